"""The shipped thesaurus is whole, official in its codes, and found by its words."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jointbuy.errors import NotFound
from jointbuy.vocabulary import cpv
from jointbuy.vocabulary.lexicon import lexicon
from jointbuy.vocabulary.thesaurus import (
    LANGUAGES,
    NATURES,
    REACHES,
    category,
    category_for_code,
    thesaurus,
)

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "cpv.csv"


def test_there_are_at_least_six_hundred_categories_with_different_ids() -> None:
    names = [one.id for one in thesaurus()]
    assert len(names) >= 600
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_is_named_in_each_language(language: str) -> None:
    for one in thesaurus():
        assert one.labels[language], one.id
        assert len(one.terms[language]) >= 3, (one.id, language)
        assert all(one.terms[language]), (one.id, language)
        own = [term.casefold() for term in one.terms[language]]
        assert len(set(own)) == len(own), (one.id, language, own)


def test_few_wordings_are_claimed_by_two_categories() -> None:
    claimed = Counter(
        (language, term.casefold())
        for one in thesaurus()
        for language, terms in one.terms.items()
        for term in terms
    )
    shared = [term for term, times in claimed.items() if times > 1]
    assert len(shared) <= len(claimed) // 100, shared


def test_codes_nature_and_reach_have_their_form() -> None:
    for one in thesaurus():
        codes = (one.cpv, *one.other_cpv)
        assert all(cpv.bare(code) == code for code in codes), one.id
        assert len(set(codes)) == len(codes), one.id
        assert one.nature in NATURES, one.id
        assert one.reach in REACHES, one.id


def test_finer_codes_belong_to_terms_of_their_category() -> None:
    for one in thesaurus():
        terms = {term for own in one.terms.values() for term in own}
        assert set(one.finer) <= terms, one.id
        assert all(cpv.bare(code) == code for code in one.finer.values()), one.id


def test_every_code_stands_in_the_official_list() -> None:
    if not OFFICIAL.exists():
        pytest.skip("the official list is not beside this repository")
    with OFFICIAL.open(encoding="utf-8", newline="") as file:
        official = {row["code"] for row in csv.DictReader(file)}
    ours = {
        code
        for one in thesaurus()
        for code in (one.cpv, *one.other_cpv, *one.finer.values())
    }
    assert ours <= official


def test_every_term_finds_its_own_category_among_five() -> None:
    book = lexicon()
    lost = []
    for place, one in enumerate(book.categories):
        for language, terms in one.terms.items():
            for term in terms:
                ranked = book.rank(book.weighted(term), language)[:5]
                if place not in [found.category for found in ranked]:
                    lost.append((one.id, language, term))
    assert lost == []


def test_the_label_of_a_category_is_found_first_unless_it_is_shared() -> None:
    book = lexicon()
    lost = []
    for place, one in enumerate(book.categories):
        for language, terms in one.terms.items():
            ranked = book.rank(book.weighted(terms[0]), language)
            best = [hit.category for hit in ranked if hit.score >= ranked[0].score]
            if place not in best:
                lost.append((one.id, language, terms[0]))
    assert lost == []


def test_green_maintenance_stays_local_and_software_does_not() -> None:
    assert category("green-maintenance").reach == "place"
    assert category("accounting-software").reach == "anywhere"
    assert category("school-meals").reach == "neighbours"


def test_an_unknown_category_is_said_to_be_unknown() -> None:
    with pytest.raises(NotFound, match="no category unicorns"):
        category("unicorns")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("30199770", "meal-vouchers"),
        ("09135100", "heating-oil"),
        ("09135000", "heating-oil"),
        ("90911300", "window-cleaning"),
        ("30213100", "laptops"),
    ],
)
def test_a_code_leads_to_its_category(code: str, expected: str) -> None:
    found = category_for_code(code)
    assert found is not None
    assert found.id == expected


def test_a_code_the_thesaurus_lacks_leads_to_the_nearest_or_to_none() -> None:
    near = category_for_code("34928530")
    assert near is not None
    assert near.cpv.startswith("34928")
    assert category_for_code("76600000") is None
    assert category_for_code("nonsense") is None
