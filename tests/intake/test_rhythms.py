"""Rhythms as people type them, in four languages."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from jointbuy.intake.rhythms import parse_rhythm, write_rhythm
from jointbuy.model import Period, Rhythm

SUMMER = Rhythm(weekday=3, weeks=(3,), without=(7, 8))
AUTUMN = Period(start=date(2026, 9, 1), end=date(2028, 6, 30))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_what_is_written_is_read_back(language: str) -> None:
    weeks = ((), (1,), (2,), (3,), (4,), (5,), (-1,), (-2,), (1, 3), (2, 4, -1))
    without = ((), (7, 8), (1, 2, 3, 12), tuple(range(1, 12)))
    periods = (Period(), AUTUMN, Period(start=AUTUMN.start), Period(end=AUTUMN.end))
    for day, week, months, period in product(range(7), weeks, without, periods):
        rhythm = Rhythm(weekday=day, weeks=week, without=months, period=period)
        typed = write_rhythm(rhythm, language)
        assert parse_rhythm(typed).value == rhythm, typed


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("third Thursday of the month but not in July and August", SUMMER),
        ("3RD THURSDAY (no session in July–August)", SUMMER),
        ("le troisième jeudi du mois, sauf en juillet et août", SUMMER),
        ("3e jeudi, pas en juillet-août", SUMMER),
        ("derde donderdag van de maand, behalve juli t/m augustus", SUMMER),
        ("3de donderdag, geen zitting in 7, 8", SUMMER),
        ("jeden dritten Donnerstag im Monat, außer Juli und August", SUMMER),
        ("tous les mardis", Rhythm(weekday=1)),
        ("dienstags", Rhythm(weekday=1)),
        ("le dernier lundi", Rhythm(weekday=0, weeks=(-1,))),
        ("avant-dernier vendredi", Rhythm(weekday=4, weeks=(-2,))),
        ("2nd and 4th Monday", Rhythm(weekday=0, weeks=(2, 4))),
        (
            "Friday, not November to February",
            Rhythm(weekday=4, without=(1, 2, 11, 12)),
        ),
        (
            "3rd Thursday, only in March, June, September and December",
            Rhythm(weekday=3, weeks=(3,), without=(1, 2, 4, 5, 7, 8, 10, 11)),
        ),
        (
            "elke maandag tot 30/6/2028, niet in juli tot september",
            Rhythm(weekday=0, without=(7, 8, 9), period=Period(end=AUTUMN.end)),
        ),
    ],
)
def test_it_is_read_as_people_write_it(text: str, rhythm: Rhythm) -> None:
    assert parse_rhythm(text).value == rhythm


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("6th Monday", "“6th” in “6th Monday” was not understood"),
        ("third Thirsday", "“thirsday”"),
        ("3rd Thursday, not in summer", "“summer”"),
        ("1st to 3rd Monday", "“to”"),
        ("not in July", "is not a rhythm"),
        ("3rd Thursday, except", "is not a rhythm"),
        ("Monday and Tuesday", "several days of the week"),
        ("every other Tuesday", "every two weeks"),
        ("om de twee weken dinsdag", "every two weeks"),
        ("Monday, not January to December", "leaves no month"),
        ("Monday, from 31/2/2027", "not a day of the calendar"),
        ("Monday, from 1/9/2027 until 1/8/2027", "before it starts"),
        ("\u202e\x1b[31m", "not understood"),
    ],
)
def test_what_is_no_rhythm_is_refused_with_what_to_write(text: str, said: str) -> None:
    parsed = parse_rhythm(text)
    assert parsed.value is None
    assert said in str(parsed.fault)


def test_an_empty_text_is_no_rhythm_and_no_fault() -> None:
    parsed = parse_rhythm("  ")
    assert parsed.value is None
    assert parsed.fault is None
