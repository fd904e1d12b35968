"""A value of nought in the settings is no amount of the law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from jointbuy.law import parameter, parameters
from jointbuy.tui.settings.law import counted
from jointbuy.tui.speech import Speech

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

DAY = date(2026, 11, 20)
PRUDENT = "amounts.brussels_cpas_transmission"


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_a_value_of_nought_holds_whatever_the_amount(language: str) -> None:
    speech = Speech(language)
    for day in (DAY, date(2019, 5, 31)):
        value = parameter(PRUDENT, day)
        assert value.value == 0
        for brief in (True, False):
            assert "0" not in counted(value, speech, brief=brief)
    assert len(counted(parameter(PRUDENT, DAY), speech, brief=True)) <= 12
    amount = parameter("amounts.brussels_cpas_delegation", DAY)
    assert "€" in counted(amount, speech, brief=True)


def test_what_the_law_abolished_is_not_listed_as_missing(desk: Desk) -> None:
    gone = {name for name, each in parameters().items() if each.abolished}
    assert gone
    assert not gone & {each.id for each in desk.open().legal_values()}
