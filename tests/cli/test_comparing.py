"""`needs compare`: whether one lot could serve two needs, as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("brussels")
CHECKS = ("c-controle-medical", "p-medische-controle")


def test_the_same_need_in_two_languages_is_one_lot(jointbuy: Run) -> None:
    found = jointbuy("needs", "compare", *CHECKS, "--json").json
    turned = jointbuy("needs", "compare", *CHECKS[::-1], "--json").json
    assert found["likeness"] == turned["likeness"] > 0.8
    assert all(one["message"] and one["weight"] for one in found["reasons"])
    out = jointbuy("needs", "compare", *CHECKS).out
    assert "One lot could rather serve both" in out
    assert "Medical checks of staff" in out


def test_paper_and_laptops_are_two_purchases(jointbuy: Run) -> None:
    asked = ("needs", "compare", "c-papier", "p-laptops")
    assert jointbuy(*asked, "--json").json["likeness"] < 0.2
    assert "They are rather two purchases" in jointbuy(*asked).out


def test_a_need_is_not_compared_with_itself(jointbuy: Run) -> None:
    refused = jointbuy("needs", "compare", "c-papier", "c-papier", code=2)
    assert "two needs" in refused.err
    unknown = jointbuy("needs", "compare", "c-papier", "nobody", code=2)
    assert "nobody" in unknown.err
