"""Amounts and days are written as Belgians write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy.l10n import format as written


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1234.5", "1.234,5"), ("1000000", "1.000.000"), ("0", "0"), ("-12", "-12")],
)
def test_a_number_has_dots_between_thousands(value: str, expected: str) -> None:
    assert written.number(Decimal(value)) == expected


def test_an_amount_stands_on_the_side_the_language_wants() -> None:
    assert written.amount(Decimal("1234.565"), "fr") == "1.234,57\u00a0€"
    assert written.amount(Decimal(12480), "nl") == "€\u00a012.480,00"
    assert written.amount(Decimal("0.1"), "de") == "0,10\u00a0€"


def test_the_first_of_the_month_is_the_first_in_french() -> None:
    assert written.day(date(2027, 3, 1), "fr", long=True) == "1er mars 2027"
    assert written.day(date(2027, 3, 2), "fr", long=True) == "2 mars 2027"
    assert written.day(date(2027, 3, 1), "nl", long=True) == "1 maart 2027"
    assert written.day(date(2027, 3, 1), "de", long=True) == "1. März 2027"
    assert written.day(date(2027, 3, 1), "en", long=True) == "1 March 2027"


def test_a_short_day_can_be_typed_back() -> None:
    assert written.day(date(2027, 3, 1), "fr") == "01/03/2027"
    assert written.day(date(2027, 3, 1), "de") == "01.03.2027"


def test_a_share_is_written_with_its_sign() -> None:
    assert written.share(Decimal("80.50"), "fr") == "80,5\u00a0%"
    assert written.share(Decimal(80), "nl") == "80%"


def test_a_month_and_a_day_of_the_week_are_named_in_each_language() -> None:
    day = date(2027, 2, 1)
    months = [written.month(day, code) for code in ("fr", "nl", "de", "en")]
    assert months == ["févr. 2027", "feb 2027", "Feb. 2027", "Feb 2027"]
    assert written.month(day, "fr", long=True) == "février 2027"
    days = [written.weekday(day, code, short=True) for code in ("fr", "nl", "de")]
    assert days == ["lu", "ma", "Mo"]
