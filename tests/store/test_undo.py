"""The last change that still stands can be taken back."""

from __future__ import annotations

import pytest

from jointbuy.errors import NotFound, StaleRevision
from jointbuy.model import Need
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.store.undo import revision, undo


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
