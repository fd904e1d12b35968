"""Amounts and quantities are read as Belgians write them, and never guessed."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.intake.amounts import (
    LARGEST,
    Quantity,
    parse_amount,
    parse_estimate,
    parse_quantity,
    vat_named,
)
from jointbuy.l10n.format import amount, number

PLAIN = [
    ("1.234,56 €", "1234.56"),
    ("€ 1.234,56", "1234.56"),
    ("1.234,56 EUR", "1234.56"),
    ("1234,56", "1234.56"),
    ("1234", "1234"),
    ("1 234,56", "1234.56"),
    ("1\u00a0234,56\u00a0€", "1234.56"),
    ("1\u202f234\u202f567,50 €", "1234567.50"),
    ("1'234.50", "1234.50"),
    ("1’234,50", "1234.50"),
    ("1.234,-", "1234"),
    ("€ 2.000,--", "2000"),
    ("1.234.567", "1234567"),
    ("12 480", "12480"),
    ("12.480,00 euros HTVA", "12480.00"),
    ("12.480,00 € H.T.V.A.", "12480.00"),
    ("12.480,00 € hors TVA", "12480.00"),
    ("€ 12.480,00 excl. btw", "12480.00"),
    ("12.480,00 exclusief btw", "12480.00"),
    ("12.480,00 € zzgl. MwSt.", "12480.00"),
    ("12,480.50 EUR excl. VAT".replace(",480.50", ".480,50"), "12480.50"),
    ("(1.234,50)", "-1234.50"),
    ("1.234,50-", "-1234.50"),
    ("-1.234,50", "-1234.50"),
    ("−5,00", "-5.00"),
    ("0,5", "0.5"),
    ("0.5", "0.5"),
]
SAID = [
    ("12.480", "12480", "thousands"),
    ("1.234 €", "1234", "thousands"),
    ("1,234.56", "1234.56", "english"),
    ("1,234,567", "1234567", "english"),
    ("1234.56", "1234.56", "point"),
    ("12.5", "12.5", "point"),
    ("~5000", "5000", ""),
    ("env. 5.000,00 €", "5000.00", ""),
    ("ongeveer 5000", "5000", ""),
]
REFUSED = [
    ("1.23.456", "more than one way"),
    ("1,234", "more than one way"),
    ("12,34,56", "more than one way"),
    ("1.234,56,7", "more than one way"),
    ("1 23", "more than one way"),
    ("2.000 €/an", "whole duration"),
    ("2.000 € par an", "whole duration"),
    ("2000 per jaar", "whole duration"),
    ("2000 pro Jahr", "whole duration"),
    ("500 €/mois", "whole duration"),
    ("pm", "leave the field empty"),
    ("p.m.", "leave the field empty"),
    ("à déterminer", "leave the field empty"),
    ("€", "leave the field empty"),
    ("NaN", "leave the field empty"),
    ("Infinity", "leave the field empty"),
    ("-inf", "leave the field empty"),
    ("1e9", "write only the number"),
    ("5.000 - 6.000", "range"),
    ("5000 à 6000 €", "range"),
    ("12k", "in full"),
    ("1,2 mio", "in full"),
    ("2 miljoen", "in full"),
    ("12.480,00 TVAC", "includes VAT"),
    ("12.480,00 € TTC", "includes VAT"),
    ("12.480,00 incl. btw", "includes VAT"),
    ("12.480,00 € inkl. MwSt.", "includes VAT"),
    ("12.480 € (21 %)", "write only the number"),
    ("(1.234,50", "write only the number"),
    ("=1+1", "write only the number"),
    ("٣٤", "leave the field empty"),
]


@pytest.mark.parametrize(("text", "value"), PLAIN)
def test_a_belgian_amount_is_read_without_a_remark(text: str, value: str) -> None:
    parsed = parse_amount(text)
    assert parsed.value == Decimal(value)
    assert parsed.fault is None
    assert bool(parsed.remarks) == (text == "0.5")


@pytest.mark.parametrize(("text", "value", "reading"), SAID)
def test_an_amount_that_can_be_doubted_is_read_and_said(
    text: str, value: str, reading: str
) -> None:
    parsed = parse_amount(text)
    assert parsed.value == Decimal(value)
    assert parsed.reading == reading
    assert len(parsed.remarks) == 1
    assert text in str(parsed.remarks[0])


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_no_amount_is_refused_with_the_remedy(text: str, why: str) -> None:
    parsed = parse_amount(text)
    assert parsed.value is None
    assert why in str(parsed.fault)


def test_an_empty_cell_is_neither_an_amount_nor_a_fault() -> None:
    for text in ("", "  ", "\u00a0"):
        parsed = parse_amount(text)
        assert parsed.value is None
        assert parsed.fault is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Decimal("12480.50"), "12480.50"),
        (12480, "12480"),
        (12480.1, "12480.1"),
        (0.1 + 0.2, "0.30"),
        (99_999_999_999, "99999999999"),
    ],
)
def test_a_numeric_cell_is_what_it_shows(cell: float | Decimal, value: str) -> None:
    assert parse_estimate(cell).value == Decimal(value)


@pytest.mark.parametrize(
    "cell", [math.nan, math.inf, -1, Decimal(-1), LARGEST, "-5", "(5,00)"]
)
def test_an_estimate_is_finite_and_not_negative(cell: str | float | Decimal) -> None:
    assert parse_estimate(cell).fault is not None


def test_an_estimate_is_rounded_to_the_cent_and_said() -> None:
    parsed = parse_estimate(Decimal("1234.565"))
    assert parsed.value == Decimal("1234.57")
    assert len(parsed.remarks) == 1


def test_an_estimate_of_nothing_is_said() -> None:
    assert parse_estimate("0").value == 0
    assert parse_estimate("0").remarks


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_amount_that_is_shown_can_be_typed_back(language: str) -> None:
    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(st.decimals("0", "99999999999.99", places=2, allow_nan=False))
    def check(value: Decimal) -> None:
        assert parse_estimate(amount(value, language)).value == value

    check()


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**10))
def test_every_whole_quantity_that_is_shown_can_be_typed_back(count: int) -> None:
    assert parse_quantity(number(count)).value == Quantity(amount=Decimal(count))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="0123456789.,' -+()€kaniexcltvbw%/\u00a0", max_size=14))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    parsed = parse_amount(text)
    assert parsed.value is None or parsed.fault is None
    assert parsed.value is None or parsed.value.is_finite()
    parse_quantity(text)


@pytest.mark.parametrize(
    ("cell", "amount_", "unit"),
    [
        ("500 rames", "500", "rames"),
        ("1.500 stuks", "1500", "stuks"),
        ("12,5 t", "12.5", "t"),
        ("200 m²", "200", "m²"),
        ("200m2", "200", "m2"),
        ("500 rames de 500 feuilles", "500", "rames de 500 feuilles"),
        ("0,125", "0.125", ""),
        ("env. 40 Stück", "40", "Stück"),
        (Decimal("12.50"), "12.5", ""),
        (24.0, "24", ""),
    ],
)
def test_a_quantity_may_carry_its_unit(
    cell: str | float | Decimal, amount_: str, unit: str
) -> None:
    parsed = parse_quantity(cell)
    assert parsed.value == Quantity(amount=Decimal(amount_), unit=unit)


@pytest.mark.parametrize(
    "cell",
    [
        "500-600",
        "500 à 600",
        "2 x 500",
        "selon besoin",
        "-5",
        -5,
        math.nan,
        "1e400",
        "1E5",
        "2e-3 kg",
        "1" + "0" * 11,
    ],
)
def test_what_is_no_quantity_is_refused(cell: str | float) -> None:
    assert parse_quantity(cell).fault is not None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("montant htva", "excl"),
        ("montant hors tva", "excl"),
        ("bedrag zonder btw", "excl"),
        ("tva non comprise", "excl"),
        ("btw niet inbegrepen", "excl"),
        ("betrag ohne mwst", "excl"),
        ("montant tvac", "incl"),
        ("bedrag btw inbegrepen", "incl"),
        ("betrag inkl mwst", "incl"),
        ("montant", ""),
        ("achat", ""),
        ("exclusif", ""),
    ],
)
def test_words_for_vat_are_told_apart(text: str, basis: str) -> None:
    assert vat_named(text)[0] == basis


def test_a_unit_may_begin_with_the_letter_of_a_power() -> None:
    assert parse_quantity("3 eenheden").value == Quantity(
        amount=Decimal(3), unit="eenheden"
    )
    assert parse_quantity("99999999999").value == Quantity(amount=Decimal(99999999999))


@pytest.mark.parametrize("text", ["10%", "10 %", "130 % €", "5 ‰", "ca. 10%"])
def test_a_percentage_is_no_amount(text: str) -> None:
    for parse in (parse_amount, parse_estimate):
        parsed = parse(text)
        assert parsed.value is None
        assert "is a percentage" in str(parsed.fault)


@pytest.mark.parametrize("text", [".5", ",50", "-.5", "- ,50", "€ .75"])
def test_cents_alone_are_not_read_as_euro(text: str) -> None:
    parsed = parse_amount(text)
    assert parsed.value is None
    assert "is not an amount" in str(parsed.fault)
