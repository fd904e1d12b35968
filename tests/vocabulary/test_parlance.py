"""What public buyers call the things they file under a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from jointbuy.vocabulary import cpv, words
from jointbuy.vocabulary.parlance import Parlance, parlance, read
from jointbuy.vocabulary.thesaurus import LANGUAGES

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "cpv.csv"

SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "45233000": {
        "fr": ("voirie", "réfection de voirie"),
        "nl": ("wegenwerken",),
        "de": ("Straßenbau",),
        "en": ("road",),
    },
    "80500000": {
        "fr": ("formation",),
        "nl": ("opleiding",),
        "de": ("Schulung",),
        "en": ("training",),
    },
    "45214000": {
        "fr": ("école", "travaux"),
        "nl": ("school",),
        "de": ("Schule", "Neubau"),
        "en": ("school",),
    },
    "45210000": {"fr": ("bâtiment",), "nl": ("gebouw",), "de": ("Neubau",), "en": ()},
}


def heard(title: str, language: str = "") -> dict[str, float]:
    found = Parlance(SAID).hear(words.words(title), language)
    return {code: one.weight for code, one in found.items()}


def test_a_wording_speaks_for_its_code_and_says_which_it_was() -> None:
    found = Parlance(SAID).hear(words.words("Travaux de voirie, rue Haute"))
    assert list(found) == ["45233000"]
    assert found["45233000"].wordings == ("voirie",)


def test_a_wording_of_several_words_needs_them_all_and_says_more() -> None:
    alone, together = heard("voirie"), heard("réfection de la voirie")
    assert together["45233000"] > alone["45233000"]
    assert heard("réfection") == {}


def test_a_wording_of_two_codes_says_less_of_each() -> None:
    assert heard("Neubau")["45214000"] < heard("Schule")["45214000"]


def test_the_plural_is_heard_and_a_like_word_is_not() -> None:
    assert set(heard("Schulungen")) == {"80500000"}
    assert set(heard("Schulen", "de")) == {"45214000"}


def test_the_parts_of_a_compound_are_heard_less() -> None:
    assert 0 < heard("Grundschule")["45214000"] < heard("Schule")["45214000"]
    assert 0 < heard("Schulungsraum")["80500000"] < heard("Schulung")["80500000"]


def test_words_of_another_language_count_less() -> None:
    assert heard("training", "fr")["80500000"] < heard("training", "en")["80500000"]


def test_words_without_weight_say_nothing() -> None:
    assert heard("travaux") == heard("xyzzy") == heard("") == {}


def test_a_code_has_a_name_in_each_language_or_none_at_all() -> None:
    assert Parlance(SAID).name("45233000")["fr"] == "Voirie"
    assert Parlance(SAID).name("99999999") == {}


def test_the_shipped_wordings_are_complete() -> None:
    said = read()
    assert len(said) > 350
    for code, by_language in said.items():
        assert cpv.bare(code) == code
        assert tuple(by_language) == LANGUAGES
        assert all(wordings and all(wordings) for wordings in by_language.values())
        for wordings in by_language.values():
            assert len(set(wordings)) == len(wordings), code


def test_every_code_spoken_of_stands_in_the_official_list() -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official list is not beside this repository")
    lines = OFFICIAL.read_text(encoding="utf-8").splitlines()
    assert set(read()) <= {line.split(",", 1)[0] for line in lines}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Mission de maîtrise d'œuvre pour la construction d'une crèche", "71200000"),
        ("Fachplanung Technische Ausrüstung", "71320000"),
        ("Rohbauarbeiten", "45262000"),
        ("Leerlingenvervoer bijzonder onderwijs", "60130000"),
        ("Collecte des ordures ménagères", "90510000"),
        ("Hulp bij het huishouden", "85300000"),
    ],
)
def test_usual_titles_of_notices_are_heard(title: str, code: str) -> None:
    found = parlance().hear(words.words(title))
    assert found[code].weight >= 0.5 * max(one.weight for one in found.values())
