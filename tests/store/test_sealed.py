"""The text of a register: read by the line, and the same whichever way it was read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import BadRecord
from jointbuy.store.sealed import Fault, Rows, parse, seal, unseal

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ROW = st.dictionaries(TEXT, st.one_of(TEXT, st.integers(-9, 9), st.lists(TEXT)))
TABLE = st.dictionaries(TEXT, ROW, max_size=5)
TABLES = st.fixed_dictionaries({}, optional={"need": TABLE, "history": TABLE})


def plain(tables: Any) -> Any:
    """The tables as a list, order included, without those that are empty."""
    found = [(name, list(rows.items())) for name, rows in tables.items() if rows]
    return sorted(found)


@given(TABLES, st.integers(1, 99))
def test_what_was_sealed_is_read_back_and_sealed_the_same(
    tables: Any, generation: int
) -> None:
    text = seal(tables, generation)
    content = unseal(text)
    assert content.generation == generation
    assert plain(content.tables) == plain(tables) == plain(parse(text)[0].tables)
    assert seal(unseal(text).tables, generation) == text


@given(TABLE, TABLE)
def test_rows_that_follow_others_are_still_their_own(older: Any, newer: Any) -> None:
    before, rows = Rows(older), Rows(newer)
    known = list(before.items())
    after = rows.after(before)
    assert list(after.items()) == list(newer.items())
    assert (after is before) == (list(older.items()) == list(newer.items()))
    assert list(before.items()) == known


def test_a_copy_is_changed_apart() -> None:
    rows = Rows({"a": {"title": "one"}, "b": {"title": "two"}})
    copy = rows.copy()
    copy["a"] = {"title": "three"}
    del copy["b"]
    assert dict(rows) == {"a": {"title": "one"}, "b": {"title": "two"}}
    assert dict(copy) == {"a": {"title": "three"}}
    assert "b" not in copy
    with pytest.raises(KeyError):
        copy["b"]


def test_rows_are_found_by_what_stands_in_their_line() -> None:
    there: dict[str, Any] = {"after": None, "note": "x"}
    rows = Rows({"a": there, "b": {"after": {}}, "c": {"note": "after, null"}})
    for kept in (rows, unseal(seal({"need": rows}, 1)).tables["need"]):
        assert isinstance(kept, Rows)
        assert list(kept.mentioning(b'"after":null')) == [there]


def test_rows_given_away_loose_do_not_change_what_is_kept() -> None:
    rows = Rows({"a": {"titles": ["one"]}})
    rows.loose()["a"]["titles"].append("two")
    assert rows["a"] == {"titles": ["one"]}


@pytest.mark.parametrize("bad", [{"a": {"title": "\ud800"}}, {"\ud800": {}}])
def test_a_row_that_cannot_be_written_is_refused_at_once(bad: Any) -> None:
    with pytest.raises(BadRecord):
        Rows(bad)


@pytest.mark.parametrize("place", [0, 20, 90, -40, -3, -1])
def test_a_letter_that_was_added_is_noticed(place: int) -> None:
    text = bytearray(seal({"need": {"a": {"title": "Paper"}}}, 3))
    text.insert(place, ord("x"))
    with pytest.raises(Fault):
        unseal(bytes(text))
