"""Normalisation, compounds and slips of the pen."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary.lexicon import lexicon
from jointbuy.vocabulary.readings import LONGEST, Slips
from jointbuy.vocabulary.words import root, stem, telling, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chèques-repas", ("cheques", "repas")),
        ("l'entretien d’ascenseurs", ("entretien", "ascenseurs")),
        ("Qu'est-ce", ("qu", "est", "ce")),
        ("Œuvres d'art", ("oeuvres", "art")),
        ("Straße", ("strasse",)),
        ("foto's 2025", ("foto",)),
        ("G.S.M. et D.P.O.", ("gsm", "et", "dpo")),
        ("E-learning", ("elearning",)),
        ("Papier A4 80 g", ("papier", "a4")),
        ("", ()),
    ],
)
def test_words_are_plain(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_procurement_boilerplate_carries_no_weight() -> None:
    assert telling("Marché public de fournitures: acquisition de toners 2025") == (
        "toners",
    )
    assert telling("Overheidsopdracht voor de levering van strooizout") == (
        "strooizout",
    )


def test_inflected_forms_share_a_stem() -> None:
    assert stem("ascenseurs", "fr") == stem("ascenseur", "fr")
    assert stem("verzekeringen", "nl") == stem("verzekering", "nl")
    assert root("cheques", "fr") == root("cheque", "fr")


def found_by(word: str) -> set[str]:
    book = lexicon()
    best = sorted(book.categories_of(word), key=lambda pair: -pair[1])[:3]
    return {book.categories[place].id for place, _ in best}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("wegmarkeringen", "road-markings"),
        ("maaltijdcheques", "meal-vouchers"),
        ("mazout", "heating-oil"),
        ("stookolie", "heating-oil"),
        ("heizol", "heating-oil"),
        ("stookoliee", "heating-oil"),
        ("defibrilateur", "aed"),
    ],
)
def test_a_word_leads_to_its_category(word: str, expected: str) -> None:
    assert expected in found_by(word)


def test_a_compound_is_read_by_its_parts() -> None:
    readings = lexicon().readings("onderhoudscontracten")
    assert readings
    for written in ("ascenseuronderhoud", "liftenonderhoud"):
        parts = {reading.known for reading in lexicon().readings(written)}
        assert "onderhoud" in parts
    assert {"markering"} <= {
        root(reading.known, "nl") + "ing"
        for reading in lexicon().readings("straatmarkeringen")
    }


def test_a_slip_is_read_as_the_word_that_was_meant() -> None:
    ways = {(r.known, r.way) for r in lexicon().readings("ascenceurs")}
    assert ("ascenseurs", "slip") in ways


@pytest.mark.parametrize("written", ["tonner", "abcdefgh", "zzz"])
def test_short_or_strange_words_are_not_guessed_as_slips(written: str) -> None:
    known = {r.way for r in lexicon().readings(written)}
    assert "slip" not in known or written == "tonner"


def test_fillers_and_unknown_words_say_nothing() -> None:
    assert lexicon().categories_of("levering") == ()
    assert lexicon().categories_of("xqzt") == ()


def test_categories_of_gives_the_same_answer_each_time() -> None:
    assert lexicon().categories_of("toner") == lexicon().categories_of("toner")


def test_a_park_is_no_place_for_cars() -> None:
    known = {reading.known for reading in lexicon().readings("park")}
    assert "park" in known
    assert "parking" not in known
    assert "pavements-cycle" not in found_by("park")
    assert "pavements-cycle" in found_by("parking")


def test_a_compound_with_a_meaning_of_its_own_is_not_taken_apart() -> None:
    for written in ("waldkindergarten", "kindergartenausflug"):
        known = {reading.known for reading in lexicon().readings(written)}
        assert not {"garten", "kinder"} & known


def test_nothing_is_made_of_a_word_without_end() -> None:
    longest = "onderhoud" * 5
    assert len(longest) > LONGEST
    assert lexicon().readings(longest[:LONGEST])
    assert lexicon().readings(longest) == ()
    assert lexicon().readings("qz" * 100_000) == ()
    known = Slips(["a" * LONGEST])
    assert known.of("a" * (LONGEST - 1))
    assert known.of("a" * (LONGEST + 1)) == []
