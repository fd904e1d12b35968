"""Citations: one text named once, its articles as each language writes them."""

from __future__ import annotations

import re

import pytest

from jointbuy import law
from jointbuy.l10n.catalogue import catalogue
from jointbuy.l10n.references import NBSP, article, unbroken
from jointbuy.law.rulings import rulings
from jointbuy.model import Citation, Form
from jointbuy.workspace.citing import basis_said, cited_said
from jointbuy.workspace.law_sentences import ruling_named

LAW = "Law of 17 June 2016 on public procurement"
DECREE = "Flemish Decree of 22 December 2017 on local government"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        ("art. 2, 17°", "Art. 2 Nr. 17"),
        ("art. 30, § 1, 2°; § 4", "Art. 30 § 1 Nr. 2; § 4"),
        ("art. 2, 6°–7°; art. 43, 47", "Art. 2 Nr. 6–7; Art. 43, 47"),
        ("art. 42, § 1, 1°, a", "Art. 42 § 1 Nr. 1 Buchstabe a"),
        ("art. 26bis, § 5, al. 2", "Art. 26bis § 5 Abs. 2"),
        ("art. 12(3)", "Art. 12 Abs. 3"),
        ("art. L1222-3, § 2", "Art. L1222-3 § 2"),
        ("art. 4, d", "Art. 4 Buchstabe d"),
        ("chap. IX", "Kapitel IX"),
    ],
)
def test_german_divides_an_article_without_commas(stored: str, german: str) -> None:
    assert plain(article(stored, "de")) == german


def test_the_other_languages_keep_the_stored_form() -> None:
    for language in ("fr", "nl", "en"):
        assert plain(article("art. 30, § 1, 2°", language)) == "art. 30, § 1, 2°"
    assert article("chap. IX", "nl") == f"hoofdstuk{NBSP}IX"
    assert article("chap. IX", "fr") == f"chap.{NBSP}IX"
    assert article("art. 26bis, § 5, al. 2", "nl") == (
        f"art.{NBSP}26bis, §{NBSP}5, lid{NBSP}2"
    )


def test_what_is_no_article_stays_as_it_is() -> None:
    assert article("circular of 3 May, point 2", "de") == "circular of 3 May, point 2"


def test_no_article_of_the_law_is_left_half_german() -> None:
    known = {
        basis.article
        for form in Form
        for asked in law.questions(form)
        for basis in asked.basis
        if basis.article
    } | {value.citation.article for each in law.parameters().values()
         for value in each.values}  # fmt: skip
    assert len(known) > 40
    for each in known - {""}:
        said = article(each, "de")
        assert not re.search(r"°|\bart\.|chap\.|al\. |\(", said), (each, said)


def test_no_line_breaks_between_a_sign_and_its_number() -> None:
    said = unbroken("arrêté du 1er mars 2019, art. 47, § 2, n° 3")
    assert said.split(" ") == [
        "arrêté", "du", f"1er{NBSP}mars", "2019,", f"art.{NBSP}47,", f"§{NBSP}2,",
        f"n°{NBSP}3",
    ]  # fmt: skip
    assert f"22.{NBSP}Dezember 2017" in unbroken("Dekret vom 22. Dezember 2017")
    assert unbroken("part. 3 of the list") == "part. 3 of the list"


def test_the_articles_of_one_text_stand_behind_one_title() -> None:
    basis = (
        Citation(source=LAW, article="art. 30, § 1, 2°"),
        Citation(source=DECREE, article="art. 287", to_verify=True),
        Citation(source=LAW, article="art. 36", to_verify=True),
        Citation(source=DECREE, article="art. 330"),
        Citation(source=LAW, article="art. 30, § 1, 2°"),
    )
    assert plain(catalogue("en").say(basis_said(basis))) == (
        f"{LAW}, art. 30, § 1, 2°; art. 36 (to be verified); "
        f"{DECREE}, art. 287 (to be verified); art. 330"
    )


def test_a_single_place_reads_alike_in_a_list_and_alone() -> None:
    one = Citation(source=LAW, article="art. 2, 17°")
    for language in ("fr", "nl", "de", "en"):
        say = catalogue(language).say
        assert say(basis_said((one,))) == say(cited_said(one))
    assert catalogue("en").say(basis_said(())) == ""


def test_the_values_of_a_register_cite_its_own_text_untouched() -> None:
    own = Citation(source="Dienstnote", article="art. 3, 2°", own=True)
    assert "Dienstnote, art. 3, 2°" in catalogue("de").say(cited_said(own))


def test_titles_have_typographic_apostrophes() -> None:
    for source in law.sources().values():
        for language in ("fr", "nl", "de"):
            assert "'" not in source.titles.get(language)


def test_a_ruling_is_named_as_each_language_cites_it() -> None:
    found = {
        language: catalogue(language).name(ruling_named(rulings()["hamburg"]).names)
        for language in ("fr", "nl", "de", "en")
    }
    assert found == {
        "fr": "Commission/Allemagne C-480/06",
        "nl": "Commissie/Duitsland C-480/06",
        "de": "Kommission/Deutschland C-480/06",
        "en": "Commission v Germany C-480/06",
    }
    for ruling in rulings().values():
        for name in ruling_named(ruling).names.values():
            assert f" {ruling.numbers[0]}" in name
            assert name.endswith(f" {ruling.numbers[-1]}")
