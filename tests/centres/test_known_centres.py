"""The catalogue of known purchasing centres: whole, found by name, only a lead."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from jointbuy import centres
from jointbuy.centres.eligibility import Known
from jointbuy.centres.known import WRITTEN, KnownCentre, buying, fold, names_of
from jointbuy.errors import NotFound
from jointbuy.l10n.catalogue import catalogue as sentences
from jointbuy.law.derivation.purchasing_centre import centre_status
from jointbuy.model import Administration, LocalText, Region
from jointbuy.model.identifiers import EnterpriseNumber

if TYPE_CHECKING:
    from jointbuy.law.derivation.case import Case

CHECKED = date(2026, 11, 20)
EVERY = centres.catalogue()


@pytest.mark.parametrize("known", EVERY, ids=lambda each: each.id)
def test_every_known_centre_says_all_that_is_needed_to_judge_it(
    known: KnownCentre,
) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", known.id)
    assert set(known.names.as_dict()) == {"fr", "nl", "de"}
    assert known.certainty in set("ABCD")
    assert known.checked == CHECKED
    assert str(known.source)
    assert str(known.joining)
    if known.enterprise_number:
        assert EnterpriseNumber.validate(known.enterprise_number)
    for place in known.territory:
        assert re.fullmatch(r"BE[123]\d", place)
    if known.id == "enora":
        assert not known.operator
    else:
        assert known.regions
        assert known.operator
        assert known.domains
    for code in known.cpv:
        assert re.fullmatch(r"\d{8}", code)
        assert code[:2] != "00"
        assert code.endswith("0000")


def test_ids_and_names_are_each_those_of_one_centre() -> None:
    assert len(EVERY) >= 40
    assert len({each.id for each in EVERY}) == len(EVERY)
    called = [name for each in EVERY for name in names_of(each) | {fold(each.id)}]
    twice = {name for name in called if called.count(name) > 1}
    assert twice == set()


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_what_is_said_of_a_known_centre_is_said_in_each_language(
    language: str,
) -> None:
    said = sentences(language)
    english = sentences("en")
    for known in EVERY:
        for text in (known.joining, known.source, *known.remarks):
            assert said.say(text) != english.say(text)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("CommunesPlone", "imio"),
        ("communesplone", "imio"),
        ("CIRB", "paradigm"),
        ("cibg", "paradigm"),
        ("ipfh", "ceneo"),
        ("province de liege", "province-liege"),
        ("Provincie Luik", "province-liege"),
        ("I-CITY", "i-city"),
        ("facilitair", "facilitair-bedrijf"),
    ],
)
def test_a_centre_is_found_by_any_name_it_has_or_had(text: str, id_: str) -> None:
    assert centres.known_centre(text).id == id_


@pytest.mark.parametrize("text", ["", "Centrale de nulle part", "province"])
def test_what_names_no_centre_or_several_is_refused(text: str) -> None:
    with pytest.raises(NotFound):
        centres.known_centre(text)


def test_codes_are_open_both_ways_and_words_in_both_languages() -> None:
    ids = {each.id for each in buying(EVERY, "34920000", "fr")}
    assert "province-hainaut" in ids
    assert {each.id for each in buying(EVERY, "34", "fr")} >= ids | {"spw"}
    assert "spw" in {each.id for each in buying(EVERY, "30197630-1", "fr")}
    assert buying(EVERY, "strooizout", "nl") == buying(EVERY, "road salt", "nl")
    assert buying(EVERY, "98", "fr") == ()


def town(region: Region | None) -> Administration:
    return Administration(id="x", names=LocalText(fr="X"), region=region)


@pytest.mark.parametrize(
    ("region", "on", "answer"),
    [
        (Region.BRUSSELS, date(2026, 11, 20), Known.YES),
        (Region.WALLONIA, date(2026, 11, 20), Known.NO),
        (None, date(2026, 11, 20), Known.UNKNOWN),
        (Region.WALLONIA, date(2026, 11, 19), Known.UNKNOWN),
        (Region.WALLONIA, date(2020, 6, 1), Known.UNKNOWN),
    ],
)
def test_the_condition_of_the_seat_holds_from_the_day_it_was_seen(
    region: Region | None, on: date, answer: Known
) -> None:
    known = centres.known_centre("i-city")
    assert centres.admitted(known, town(region), on) is answer
    assert any("2020" in str(each) for each in known.remarks)


def test_what_is_adopted_says_how_certain_it_is_and_proves_nothing() -> None:
    for known in EVERY:
        made = centres.adopt(known)
        assert made.contracting_authority is None
        assert (made.certainty, made.checked) == (known.certainty, CHECKED)
        assert made.source == str(known.source)
        assert (made.conditions, made.territory) == (known.conditions, known.territory)
        assert all(str(each) in made.note for each in known.remarks)
        for language in WRITTEN:
            told = made.joining.as_dict()[language]
            assert sentences(language).say(known.joining) in told
            assert f" {known.certainty}" in told


def test_the_law_takes_no_known_centre_for_a_contracting_authority() -> None:
    for known in EVERY:
        case = cast("Case", SimpleNamespace(centre=centres.adopt(known)))
        assert centre_status(case) is None


def test_who_is_not_known_to_be_a_contracting_authority_comes_with_a_warning() -> None:
    known = centres.known_centre("Centrale des marchés")
    assert known.certainty == "D"
    assert any(str(each).startswith("Verify the status") for each in known.remarks)
