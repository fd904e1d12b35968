"""How near a text comes to the wordings of a list of codes."""

from __future__ import annotations

import numpy as np
import pytest

from jointbuy.vocabulary.retrieval import Index, Near, build, pack, unpack

LIST = {
    "37300000": {"en": "Instruments for music", "fr": "Instruments de musique"},
    "37310000": {"en": "Musical instruments", "de": "Musikinstrumente"},
    "37311000": {"en": "Keyboard instruments", "de": "Tasteninstrumente"},
    "37311200": {"en": "Accordions", "fr": "Accordéons", "nl": "Accordeons"},
    "45440000": {"en": "Painting and glazing", "de": "Anstricharbeiten"},
    "45443000": {"en": "Facade painting", "de": "Fassadenarbeiten"},
    "45000000": {"en": "Construction", "fr": "Construction", "nl": "Bouw"},
}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(build(LIST))


def nearest(index: Index, near: Near) -> str:
    best = sorted(near.best(1.0, 1.0, 60), key=lambda one: -one[1])
    return best[0][0] if best else ""


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("accordeons", "3731"),
        ("accordeon", "3731"),
        ("acordeons", "3731"),
        ("fassadenbauarbeiten", "4544"),
        ("glazing", "4544"),
        ("bouw", "4500"),
    ],
)
def test_inflected_misspelt_and_compound_words_come_near(
    index: Index, word: str, name: str
) -> None:
    assert nearest(index, index.near({word: 1.0})) == name


def test_unknown_words_come_near_nothing(index: Index) -> None:
    for said in ({"xqzt": 1.0}, {}):
        near = index.near(said)
        assert near.best(1.0, 1.0, 60) == []
        assert not near.labels.any()


def test_the_word_itself_is_the_most_alike(index: Index) -> None:
    places, likeness = index.alike("instruments")
    assert index.words[places[0]] == "instruments"
    assert likeness[0] == 1.0
    assert all(0 < one <= 1 for one in likeness)
    assert list(likeness) == sorted(likeness, reverse=True)


def test_each_code_of_a_class_shows_its_nearest_wording(index: Index) -> None:
    near = index.near({"accordeons": 1.0}, "fr")
    found = {code: (value, place) for code, value, place in index.codes(near, "3731")}
    best = max(found, key=lambda code: found[code][0])
    assert best == "37311200"
    assert index.language_of(found[best][1]) == "fr"
    assert list(index.codes(near, "9999")) == []


def test_a_word_said_in_passing_weighs_less(index: Index) -> None:
    near = index.near({"accordeons": 1.0, "glazing": 0.3})
    assert nearest(index, near) == "3731"
    assert dict(near.best(1.0, 1.0, 60))["4544"] > 0


def test_the_share_of_a_wording_that_is_said_counts(index: Index) -> None:
    near = index.near({"painting": 1.0})
    values = {code: value for code, value, _ in index.codes(near, "4544")}
    assert 0 < values["45443000"] < 1
    whole = index.near({"facade": 1.0, "painting": 1.0})
    values = {code: value for code, value, _ in index.codes(whole, "4544")}
    assert values["45443000"] == pytest.approx(1.0, abs=1e-3)


def test_only_as_many_classes_as_wanted_are_named(index: Index) -> None:
    near = index.near({"instruments": 1.0, "glazing": 1.0, "bouw": 1.0})
    assert len(near.best(1.0, 1.0, 1)) == 1
    assert len(near.best(1.0, 1.0, 60)) >= 3


def test_what_is_kept_is_what_was_built_and_the_same_each_time() -> None:
    arrays = build(LIST)
    raw = pack(arrays, 7)
    assert raw == pack(build(LIST), 7)
    kept = unpack(raw, 7)
    assert kept is not None
    assert set(kept) == set(arrays)
    assert all(np.array_equal(kept[name], arrays[name]) for name in arrays)


@pytest.mark.parametrize("raw", [b"", b"PK", b"\x93NUMPY", b"nothing at all"])
def test_what_cannot_be_read_is_no_index(raw: bytes) -> None:
    assert unpack(raw, 7) is None


def test_the_index_of_another_list_is_not_taken() -> None:
    assert unpack(pack(build(LIST), 7), 8) is None


def test_half_a_file_is_no_index() -> None:
    raw = pack(build(LIST), 7)
    assert unpack(raw[: len(raw) // 2], 7) is None
    assert unpack(raw.replace(b"label_of", b"label_xx"), 7) is None
