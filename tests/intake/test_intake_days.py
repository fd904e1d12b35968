"""Days and durations are read as people write them in four languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.intake.days import parse_day, parse_month_duration
from jointbuy.l10n.format import day

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15/03/2027", "2027-03-15"),
        ("15.03.2027", "2027-03-15"),
        ("15-3-2027", "2027-03-15"),
        ("15 3 2027", "2027-03-15"),
        ("15/03/2027 00:00:00", "2027-03-15"),
        ("2027-03-15", "2027-03-15"),
        ("2027-03-15T00:00:00", "2027-03-15"),
        ("2027/03/15", "2027-03-15"),
        ("15 mars 2027", "2027-03-15"),
        ("1er août 2027", "2027-08-01"),
        ("le lundi 15 mars 2027", "2027-03-15"),
        ("15 déc. 2027", "2027-12-15"),
        ("15 maart 2027", "2027-03-15"),
        ("maandag 15 maart 2027", "2027-03-15"),
        ("1 mei 2027", "2027-05-01"),
        ("15. März 2027", "2027-03-15"),
        ("Montag, den 15. März 2027", "2027-03-15"),
        ("15 March 2027", "2027-03-15"),
        ("March 15, 2027", "2027-03-15"),
        ("1st of August 2027", "2027-08-01"),
        ("29/02/2028", "2028-02-29"),
        ("\u00a015/03/2027 ", "2027-03-15"),
    ],
)
def test_a_day_is_read_without_a_remark(text: str, iso: str) -> None:
    parsed = parse_day(text)
    assert parsed.value == date.fromisoformat(iso)
    assert parsed.remarks == ()


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("15.3.27", "2027-03-15", "2027-03-15"),
        ("T1 2027", "2027-01-01", "2027-03-31"),
        ("Q4 2027", "2027-10-01", "2027-12-31"),
        ("2027-Q2", "2027-04-01", "2027-06-30"),
        ("1er trimestre 2027", "2027-01-01", "2027-03-31"),
        ("2e kwartaal 2027", "2027-04-01", "2027-06-30"),
        ("3. Quartal 2027", "2027-07-01", "2027-09-30"),
        ("2e semestre 2027", "2027-07-01", "2027-12-31"),
        ("nov. 2027", "2027-11-01", "2027-11-30"),
        ("februari 2028", "2028-02-01", "2028-02-29"),
        ("11/2027", "2027-11-01", "2027-11-30"),
        ("2027-11", "2027-11-01", "2027-11-30"),
        ("2027", "2027-01-01", "2027-12-31"),
        (2027, "2027-01-01", "2027-12-31"),
        (46461, "2027-03-15", "2027-03-15"),
        (Decimal("46461.5"), "2027-03-15", "2027-03-15"),
    ],
)
def test_what_names_no_single_day_is_said(
    cell: str | float | Decimal, first: str, last: str
) -> None:
    for end, iso in ((False, first), (True, last)):
        parsed = parse_day(cell, end=end)
        assert parsed.value == date.fromisoformat(iso)
        assert len(parsed.remarks) == 1


def test_cells_that_are_days_are_taken_as_they_are() -> None:
    assert parse_day(date(2027, 3, 15)).value == date(2027, 3, 15)
    assert parse_day(datetime(2027, 3, 15, 14, 30, tzinfo=UTC)).value == date(
        2027, 3, 15
    )


def test_the_month_before_the_day_is_refused_with_the_remedy() -> None:
    parsed = parse_day("03/15/2027")
    assert parsed.value is None
    assert "day first" in str(parsed.fault)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2027", "29/02/2027", "00/01/2027", "32/13/2027", "asap", "15/03", "mars",
     "dès que possible", "15 mars", "T5 2027", "Q0 2027", "13/2027", "01/01/1926", "1",
     "0", "99999999", "46461", "60000", "46461,0", "54321.00", 12, 1e9, float("nan"),
     date(1900, 1, 1), "2127-01-01", "+2m", "²/1/2027", "1 mars 2 avril 2027"],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: str | float | date) -> None:
    parsed = parse_day(cell)
    assert parsed.value is None
    assert parsed.fault is not None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("+10d", "2026-12-01"),
        ("+2w", "2026-12-05"),
        ("+2m", "2027-01-21"),
        ("+ 1y", "2027-11-21"),
        ("+15M", "2028-02-21"),
    ],
)
def test_days_ahead_are_counted_from_the_given_day(text: str, iso: str) -> None:
    assert parse_day(text, on=ON).value == date.fromisoformat(iso)


def test_a_month_ahead_stops_at_the_end_of_a_short_month() -> None:
    assert parse_day("+1m", on=date(2027, 1, 31)).value == date(2027, 2, 28)
    assert parse_day("+9999y", on=ON).fault is not None


def test_an_empty_cell_is_neither_a_day_nor_a_fault() -> None:
    assert parse_day("").value is None
    assert parse_day(" ").fault is None


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("long", [False, True])
def test_every_day_that_is_shown_can_be_typed_back(language: str, long: bool) -> None:
    for offset in range(0, 800, 3):
        wanted = date(2026, 1, 1) + timedelta(days=offset)
        parsed = parse_day(day(wanted, language, long=long))
        assert parsed.value == wanted
        assert parsed.remarks == ()


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="0123456789/.- T1QSmarsoktjan:er\u00a0", max_size=14))
def test_no_text_whatever_breaks_the_reading_of_days(text: str) -> None:
    parsed = parse_day(text, on=ON)
    assert parsed.value is None or parsed.fault is None
    parse_month_duration(text)


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("4 ans", 48),
        ("1 an", 12),
        ("48 mois", 48),
        ("2 jaar", 24),
        ("18 maanden", 18),
        ("3 Jahre", 36),
        ("6 Monate", 6),
        ("4 years", 48),
        ("1,5 an", 18),
        ("2 années", 24),
        ("1 an et 6 mois", 18),
        ("2 jaar en 6 maanden", 30),
        (24, 24),
        (Decimal("24.0"), 24),
        ("24", 24),
        (600, 600),
    ],
)
def test_a_duration_is_read_in_months(cell: str | float | Decimal, months: int) -> None:
    parsed = parse_month_duration(cell)
    assert parsed.value == months
    assert parsed.remarks == ()


def test_a_small_number_alone_may_have_meant_years_and_is_said() -> None:
    assert parse_month_duration("4").remarks
    assert parse_month_duration(4).value == 4
    assert not parse_month_duration(4, months_named=True).remarks


@pytest.mark.parametrize(
    "cell", ["indéterminée", "12 + 12 mois", "3 x 12 mois", "0", 601, -1, "10 jours",
             "1 an reconductible", 1.5, float("nan"), "1,25 mois"]
)  # fmt: skip
def test_what_is_no_duration_is_refused(cell: str | float) -> None:
    parsed = parse_month_duration(cell)
    assert parsed.value is None
    assert "renewals included" in str(parsed.fault)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("21/11", "2026-11-21"),
        ("20/11", "2027-11-20"),
        ("22.11.", "2026-11-22"),
        ("1-1", "2027-01-01"),
        ("29/2", "2028-02-29"),
    ],
)
def test_a_day_without_its_year_is_the_next_such_day(text: str, iso: str) -> None:
    parsed = parse_day(text, on=ON)
    assert parsed.value == date.fromisoformat(iso)
    assert "read as" in str(parsed.remarks[0])
    assert parse_day(text).value is None


@pytest.mark.parametrize("text", ["31/2", "3/15", "0/1", "1/0"])
def test_no_year_has_such_a_day(text: str) -> None:
    parsed = parse_day(text, on=ON)
    assert parsed.value is None
    assert parsed.fault is not None


@pytest.mark.parametrize(
    "text", ["today", "Today ", "aujourd’hui", "Aujourd'hui", "vandaag", "heute"]
)
def test_today_is_the_day_counted_from(text: str) -> None:
    assert parse_day(text, on=ON).value == ON
    assert parse_day(text).fault is not None


@pytest.mark.parametrize("text", ["29/2", "today", "+1y"])
def test_no_day_is_counted_beyond_the_years_that_are_known(text: str) -> None:
    assert parse_day(text, on=date(2101, 1, 1)).value is None
