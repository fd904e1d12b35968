"""Choices and codes are read in four languages, and headings in officers' own words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jointbuy.intake.choices import (
    choice_word,
    choice_words,
    nature_of,
    parse_budget_kind,
    parse_cpv,
    parse_language,
    parse_nature,
    parse_territory,
    parse_year,
    parse_yes_no,
)
from jointbuy.intake.headings import heading, recognise
from jointbuy.intake.rows import FIELDS
from jointbuy.intake.text import clean, fold
from jointbuy.model import BudgetKind, Nature
from jointbuy.model.parties import LANGUAGES


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Travaux", Nature.WORKS),
        ("marché de travaux", Nature.WORKS),
        ("WERKEN", Nature.WORKS),
        ("Bauauftrag", Nature.WORKS),
        ("T", Nature.WORKS),
        ("fournitures", Nature.SUPPLIES),
        ("Fourniture", Nature.SUPPLIES),
        ("leveringen", Nature.SUPPLIES),
        ("Lieferungen", Nature.SUPPLIES),
        ("goods", Nature.SUPPLIES),
        ("L", Nature.SUPPLIES),
        ("Services", Nature.SERVICES),
        ("diensten", Nature.SERVICES),
        ("Dienstleistungen", Nature.SERVICES),
        ("D", Nature.SERVICES),
    ],
)
def test_a_nature_is_read(text: str, nature: Nature) -> None:
    assert parse_nature(text).value is nature
    assert parse_nature(text).remarks == ()


def test_a_lone_s_is_taken_for_services_and_said() -> None:
    assert parse_nature("S").value is Nature.SERVICES
    assert parse_nature("S").remarks


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("papier", "is not a nature"),
        ("fournitures et services", "more than one"),
        ("werken/diensten", "more than one"),
        ("Lieferungen und Dienstleistungen", "more than one"),
    ],
)
def test_another_nature_is_refused_with_the_words_to_write(text: str, why: str) -> None:
    parsed = parse_nature(text)
    assert parsed.value is None
    assert why in str(parsed.fault)


@pytest.mark.parametrize(
    ("code", "nature"),
    [
        ("45000000", Nature.WORKS),
        ("44000000", Nature.SUPPLIES),
        ("03111000", Nature.SUPPLIES),
        ("48000000", Nature.SUPPLIES),
        ("50000000", Nature.SERVICES),
        ("98000000", Nature.SERVICES),
        ("46000000", None),
        ("49000000", None),
        ("99000000", None),
        ("", None),
    ],
)
def test_the_nature_follows_from_the_division_of_the_code(
    code: str, nature: Nature | None
) -> None:
    assert nature_of(code) is nature


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("30197630", ("30197630",)),
        ("30197630-1", ("30197630",)),
        ("CPV 30197630-1", ("30197630",)),
        ("30197630-1 Papier à photocopier", ("30197630",)),
        ("30197630-1, 30197643-5", ("30197630", "30197643")),
        ("30197630\n30197630", ("30197630",)),
        ("30 19 76 30", ("30197630",)),
        (30197630, ("30197630",)),
        (Decimal("30197630.0"), ("30197630",)),
        ("", None),
    ],
)
def test_cpv_codes_are_read(
    cell: str | float | Decimal, codes: tuple[str, ...] | None
) -> None:
    parsed = parse_cpv(cell)
    assert parsed.value == codes
    assert parsed.fault is None
    assert parsed.remarks == ()


@pytest.mark.parametrize("cell", ["3111000", 3111000, "3111000-9"])
def test_a_zero_that_a_spreadsheet_lost_is_put_back_and_said(cell: str | int) -> None:
    parsed = parse_cpv(cell)
    assert parsed.value == ("03111000",)
    assert len(parsed.remarks) == 1


@pytest.mark.parametrize("cell", ["papier", "301976", "00123456", "301976301", 12])
def test_another_code_is_refused(cell: str | int) -> None:
    assert parse_cpv(cell).fault is not None


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("oui", True), ("Ja", True), ("x", True), ("✓", True), (True, True), (1, True),
     ("VRAI", True), ("non", False), ("neen", False), ("Nein", False), (False, False),
     (0, False), ("", None)],
)  # fmt: skip
def test_yes_and_no_are_read(cell: str | bool | int, answer: bool | None) -> None:
    assert parse_yes_no(cell).value is answer


def test_an_answer_that_is_neither_is_refused() -> None:
    assert parse_yes_no("peut-être").fault is not None


def test_other_choices_are_read_or_refused() -> None:
    assert parse_language("Français").value == "fr"
    assert parse_language("NL").value == "nl"
    assert parse_language("italien").fault is not None
    assert parse_budget_kind("Extraordinaire").value is BudgetKind.EXTRAORDINARY
    assert parse_budget_kind("gewone dienst").value is BudgetKind.ORDINARY
    assert parse_budget_kind("autre").fault is not None
    assert parse_territory("be 332").value == "BE332"
    assert parse_territory("Liège").fault is not None
    assert parse_year("2027").value == 2027
    assert parse_year(2027.0).value == 2027
    assert parse_year("27").fault is not None
    assert parse_year("1999").fault is not None
    assert parse_year("2000").value == 2000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_we_write_are_read_back(language: str) -> None:
    for nature in Nature:
        word = choice_word("nature", nature.name, language)
        assert parse_nature(word).value is nature
    for kind in BudgetKind:
        word = choice_word("budget_kind", kind.name, language)
        assert parse_budget_kind(word).value is kind
    assert [parse_yes_no(word).value for word in choice_words("yes_no", language)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headings_we_write_are_read_back(language: str) -> None:
    for name in FIELDS:
        if name == "replaces":
            continue
        found = recognise(heading(name, language))
        assert found is not None
        assert (found.field, found.close) == (name, False)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Objet du marché", "title"),
        ("OBJET", "title"),
        ("Omschrijving", "title"),
        ("Bezeichnung", "title"),
        ("Entité", "administration"),
        ("Bestuur", "administration"),
        ("Afdeling", "service"),
        ("Qté", "quantity"),
        ("Aantal", "quantity"),
        ("Montant HTVA", "estimate"),
        ("Montant estimé 2027 (€ HTVA)", "estimate"),
        ("Estimation\nhors TVA", "estimate"),
        ("Bedrag excl. btw", "estimate"),
        ("Raming (excl. BTW)", "estimate"),
        ("Geschätzter Betrag ohne MwSt.", "estimate"),
        ("Estimated amount excl. VAT", "estimate"),
        ("Montant TVAC", "estimate_incl"),
        ("Bedrag incl. btw", "estimate_incl"),
        ("Betrag inkl. MwSt.", "estimate_incl"),
        ("Montant", "estimate_unclear"),
        ("Bedrag", "estimate_unclear"),
        ("Raming", "estimate_unclear"),
        ("Échéance", "latest"),
        ("Uiterste datum", "latest"),
        ("Durée du marché", "duration_months"),
        ("Article budgétaire", "budget_article"),
        ("Opmerkingen", "note"),
    ],
)
def test_headings_from_offices_are_known(text: str, field: str) -> None:
    found = recognise(text)
    assert found is not None
    assert (found.field, found.close) == (field, False)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Désignaton", "title"),
        ("Omschrijvng", "title"),
        ("Quantitée", "quantity"),
        ("Montnat HTVA", "estimate"),
        ("Montnat TVAC", "estimate_incl"),
    ],
)
def test_a_misspelt_heading_is_taken_as_a_close_one(text: str, field: str) -> None:
    found = recognise(text)
    assert found is not None
    assert (found.field, found.close) == (field, True)


@pytest.mark.parametrize(
    "text",
    ["Type", "Date", "N°", "Budget", "Prix unitaire HTVA", "Montant annuel HTVA",
     "Couleur", "TVA", "Taux de TVA", "", "   ", "Prix"],
)  # fmt: skip
def test_a_heading_that_says_nothing_certain_is_not_guessed(text: str) -> None:
    assert recognise(text) is None


def test_control_characters_are_taken_out_and_said() -> None:
    assert clean("Pa\x00pier\x1b[31m") == ("Papier[31m", True)
    assert clean("abc\u202edef") == ("abcdef", True)
    assert clean(" Papier\u00a0A4 ") == ("Papier\u00a0A4", False)
    assert clean("a\r\nb\tc") == ("a b c", False)
    assert clean("a\r\nb", lines=True) == ("a\nb", False)
    assert clean("e\u0301te\u0301") == ("été", False)


def test_folding_keeps_letters_and_figures_only() -> None:
    assert fold("  L'Été–à Ünß  n°5 ") == "l ete a unss n 5"
    assert fold("…") == ""
