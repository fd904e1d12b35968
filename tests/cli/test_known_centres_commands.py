"""Known purchasing centres are looked up, adopted, edited and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run


@pytest.mark.usefixtures("empty")
def test_known_centres_are_listed_without_a_register(jointbuy: Run) -> None:
    every = jointbuy("centres", "known")
    assert "Paradigm" in every.out
    assert "IT services" in every.out
    found = jointbuy("centres", "known", "--region", "brussels", "--json").json
    ids = {each["id"] for each in found}
    assert "i-city" in ids
    assert "creat" not in ids
    salt = jointbuy("centres", "known", "--domain", "salt", "--json").json
    assert {each["id"] for each in salt} >= {"province-hainaut", "province-liege"}
    none = jointbuy("centres", "known", "--region", "flanders", "--domain", "salt")
    assert none.out == ""
    assert "No known purchasing centre fits" in none.err
    assert "not a region" in jointbuy("centres", "known", "--region", "x", code=2).err


@pytest.mark.usefixtures("empty")
def test_the_whole_of_one_warns_who_must_be_looked_at_first(jointbuy: Run) -> None:
    assert "Certainty: D" in jointbuy("centres", "known", "centrale-des-marches").out
    shown = jointbuy("centres", "known", "Centrale des marchés", "--lang", "fr").out
    assert "Vérifier le statut avant toute utilisation" in shown
    city = jointbuy("centres", "known", "i-city").out
    assert "Seat, from 20/11/2026: Brussels" in city
    assert "2020" in city
    assert "CommunesPlone" in jointbuy("centres", "known", "iMio").out


@pytest.mark.usefixtures("empty")
def test_an_adopted_centre_is_edited_and_given_back_by_undo(jointbuy: Run) -> None:
    told = jointbuy("centres", "adopt", "CommunesPlone").err
    assert "iMio" in told
    assert "certainty A" in told
    jointbuy("centres", "edit", "imio", "--certainty", "B")
    listed = {
        each["id"]: each for each in jointbuy("centres", "--json").json["centres"]
    }
    assert listed["imio"]["certainty"] == "B"
    assert listed["imio"]["enterprise_number"].replace(".", "") == "0841470248"
    again = jointbuy("centres", "adopt", "imio", code=2).err
    assert "already, as imio" in again
    jointbuy("undo")
    jointbuy("undo")
    assert jointbuy("centres", "--json").json["centres"] == []
    jointbuy("centres", "adopt", "imio", "--as", "ours")
    assert "already, as ours" in jointbuy("centres", "adopt", "imio", code=2).err
    assert "cannot be an id" in jointbuy(
        "centres", "adopt", "veb", "--as", "a b", code=2
    ).err  # fmt: skip


@pytest.mark.usefixtures("brussels")
def test_a_centre_of_the_register_is_known_by_its_former_name_too(
    jointbuy: Run,
) -> None:
    assert "already" in jointbuy("centres", "adopt", "CIRB", code=2).err
