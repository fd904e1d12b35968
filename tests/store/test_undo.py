"""The last change that still stands can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import NotFound, StaleRevision
from jointbuy.model import Need
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.store.undo import redo, revision, undo


def save(store: MemoryStore, title: str | None, id_: str = "n") -> None:
    value = None if title is None else Need(id=id_, administration="a", title=title)
    change = Change(kind=Need, id=id_, value=value, seen=revision(store, Need, id_))
    store.commit([change], by="me", why="test")


def titles(store: MemoryStore) -> list[str]:
    return [stored.value.title for stored in store.all(Need)]


def test_a_creation_a_change_and_a_removal_are_taken_back_one_by_one() -> None:
    store = MemoryStore()
    save(store, "one")
    save(store, "two")
    save(store, None)
    assert titles(store) == []
    undo(store, by="me")
    assert titles(store) == ["two"]
    undo(store, by="me")
    assert titles(store) == ["one"]
    undo(store, by="me")
    assert titles(store) == []
    with pytest.raises(NotFound, match="nothing to undo"):
        undo(store, by="me")


def test_a_new_change_after_an_undo_is_the_next_to_go() -> None:
    store = MemoryStore()
    save(store, "one")
    save(store, "two")
    undo(store, by="me")
    save(store, "three")
    undo(store, by="me")
    assert titles(store) == ["one"]


def test_what_the_history_does_not_agree_with_is_left_alone() -> None:
    store = MemoryStore()
    save(store, "one")
    save(store, "two", id_="m")
    undo(store, by="me")
    store.commit(
        [Change(kind=Need, id="n", value=None, seen=1)], by="other", why="undo 99"
    )
    with pytest.raises(StaleRevision, match="changed again"):
        undo(store, by="me")


def test_how_the_register_began_is_not_taken_back() -> None:
    store = MemoryStore()
    need = Need(id="n", administration="a", title="one")
    store.commit([Change(kind=Need, id="n", value=need)], by="", why="")
    with pytest.raises(NotFound, match="nothing to undo"):
        undo(store, by="me")


def test_what_was_taken_back_is_made_again_one_by_one() -> None:
    store = MemoryStore()
    save(store, "one")
    save(store, "two")
    save(store, None)
    for _ in range(3):
        undo(store, by="me")
    for expected in (["one"], ["two"], []):
        redo(store, by="me")
        assert titles(store) == expected
    with pytest.raises(NotFound, match="make again"):
        redo(store, by="me")
    for expected in (["two"], ["one"], []):
        undo(store, by="me")
        assert titles(store) == expected
    assert [entry.why for entry in store.history()][3:] == [
        "undo 3", "undo 2", "undo 1", "redo 1", "redo 2", "redo 3", "undo 3", "undo 2",
        "undo 1",
    ]  # fmt: skip


def test_nothing_is_made_again_before_an_undo_or_after_another_change() -> None:
    store = MemoryStore()
    with pytest.raises(NotFound, match="make again"):
        redo(store, by="me")
    save(store, "one")
    with pytest.raises(NotFound, match="make again"):
        redo(store, by="me")
    undo(store, by="me")
    save(store, "other", "m")
    with pytest.raises(NotFound, match="make again"):
        redo(store, by="me")
    undo(store, by="me")
    redo(store, by="me")
    assert titles(store) == ["other"]


def test_a_wording_that_only_looks_like_an_undo_is_a_change() -> None:
    store = MemoryStore()
    change = Change(
        kind=Need, id="n", value=Need(id="n", administration="a", title="t")
    )
    store.commit([change], by="me", why="undo ²")
    assert undo(store, by="me").why == "undo 1"


@given(st.lists(st.sampled_from(["save", "undo", "redo"]), max_size=25))
def test_undo_and_redo_walk_to_and_fro_on_one_line(steps: list[str]) -> None:
    store = MemoryStore()
    line: list[list[str]] = [[]]
    place = 0
    for count, step in enumerate(steps):
        if step == "save":
            save(store, f"title {count}")
            line = [*line[: place + 1], [f"title {count}"]]
            place += 1
        elif step == "undo" and place > 0:
            undo(store, by="me")
            place -= 1
        elif step == "redo" and place + 1 < len(line):
            redo(store, by="me")
            place += 1
        else:
            with pytest.raises(NotFound):
                {"undo": undo, "redo": redo}[step](store, by="me")
        assert titles(store) == line[place]
