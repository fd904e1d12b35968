"""What every store must do; each store's test file runs it on its own."""

from __future__ import annotations

import dataclasses
import itertools
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.errors import BadRecord, NotFound, StaleRevision, UsageError
from jointbuy.model import Administration, LocalText, Nature, Need
from jointbuy.store import Change, Store

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Clock:
    """A clock that goes one minute forward each time somebody looks at it."""

    def __init__(self) -> None:
        self._minutes = itertools.count()

    def __call__(self) -> datetime:
        return START + timedelta(minutes=next(self._minutes))


def need(id_: str = "n1", title: str = "Paper", **fields: Any) -> Need:
    return Need(id=id_, administration="commune", title=title, **fields)


def creating(*needs: Need) -> list[Change]:
    return [Change(kind=Need, id=one.id, value=one) for one in needs]


def saving(value: Need, *, seen: int) -> list[Change]:
    return [Change(kind=Need, id=value.id, value=value, seen=seen)]


def removing(id_: str, *, seen: int) -> list[Change]:
    return [Change(kind=Need, id=id_, value=None, seen=seen)]


def titles(store: Store) -> list[str]:
    return [stored.value.title for stored in store.all(Need)]


class StoreContract:
    """Tests by which all stores stand or fall; `store` and `again` are fixtures.

    `again` gives the register as somebody else sees it: opened anew where that exists.
    """

    def test_a_new_register_is_empty(self, store: Store) -> None:
        assert store.all(Need) == ()
        assert store.history() == ()

    def test_what_was_created_is_read_back_as_it_was(
        self, store: Store, again: Any
    ) -> None:
        paper = need(
            nature=Nature.SUPPLIES,
            estimate=Decimal("1250.50"),
            earliest=date(2027, 1, 1),
            other_cpv=("30197630", "30192000"),
            personal_data=False,
        )
        store.commit(creating(paper), by="An", why="first")
        for one in (store, again()):
            stored = one.get(Need, "n1")
            assert stored.value == paper
            assert (stored.revision, stored.by, stored.at) == (1, "An", START)

    def test_a_change_raises_the_revision_and_names_its_author(
        self, store: Store, again: Any
    ) -> None:
        store.commit(creating(need()), by="An", why="first")
        store.commit(saving(need(title="Card"), seen=1), by="Jo", why="typo")
        for one in (store, again()):
            stored = one.get(Need, "n1")
            assert (stored.value.title, stored.revision, stored.by) == ("Card", 2, "Jo")
            assert stored.at == START + timedelta(minutes=1)

    def test_a_field_that_was_emptied_is_empty(self, store: Store, again: Any) -> None:
        store.commit(creating(need(note="for the school")), by="An", why="")
        store.commit(saving(need(), seen=1), by="An", why="")
        assert again().get(Need, "n1").value == need()

    def test_what_was_removed_is_gone(self, store: Store, again: Any) -> None:
        store.commit(creating(need("n1"), need("n2")), by="An", why="first")
        store.commit(removing("n1", seen=1), by="An", why="no longer wanted")
        for one in (store, again()):
            assert [stored.value.id for stored in one.all(Need)] == ["n2"]
            with pytest.raises(NotFound, match="n1"):
                one.get(Need, "n1")

    def test_what_was_never_there_is_not_found(self, store: Store) -> None:
        with pytest.raises(NotFound, match="no record “n9”"):
            store.get(Need, "n9")
        with pytest.raises(NotFound, match="n9"):
            store.commit(removing("n9", seen=0), by="An", why="")
        assert store.history() == ()

    def test_records_of_another_kind_do_not_mix(self, store: Store) -> None:
        commune = Administration(id="n1", names=LocalText(fr="Exemple"))
        store.commit(creating(need()), by="An", why="")
        changes = [Change(kind=Administration, id="n1", value=commune)]
        store.commit(changes, by="An", why="")
        assert store.get(Administration, "n1").value == commune
        assert store.get(Need, "n1").value == need()

    def test_records_come_oldest_first_whatever_changed_since(
        self, store: Store, again: Any
    ) -> None:
        store.commit(creating(need("b", "one")), by="An", why="")
        store.commit(creating(need("a", "two"), need("c", "three")), by="An", why="")
        store.commit(saving(need("b", "one again"), seen=1), by="An", why="")
        assert titles(store) == titles(again()) == ["one again", "two", "three"]
        store.commit(removing("b", seen=2), by="An", why="")
        store.commit(creating(need("b", "back")), by="An", why="")
        assert titles(store) == titles(again()) == ["two", "three", "back"]

    def test_creating_what_exists_is_refused(self, store: Store) -> None:
        store.commit(creating(need()), by="An", why="")
        with pytest.raises(StaleRevision, match="already a record “Paper”"):
            store.commit(creating(need(title="Other")), by="Jo", why="")
        assert titles(store) == ["Paper"]

    @pytest.mark.parametrize("seen", [1, 3, 99, -1])
    def test_saving_over_a_revision_not_seen_is_refused(
        self, store: Store, seen: int
    ) -> None:
        store.commit(creating(need()), by="An", why="")
        store.commit(saving(need(title="Card"), seen=1), by="Jo", why="")
        with pytest.raises(StaleRevision, match=r"“Card” .* meantime by Jo"):
            store.commit(saving(need(title="Ink"), seen=seen), by="An", why="")
        assert titles(store) == ["Card"]

    @pytest.mark.parametrize("seen", [0, 1, 3])
    def test_removing_a_revision_not_seen_is_refused(
        self, store: Store, seen: int
    ) -> None:
        store.commit(creating(need()), by="An", why="")
        store.commit(saving(need(title="Card"), seen=1), by="Jo", why="")
        with pytest.raises(StaleRevision):
            store.commit(removing("n1", seen=seen), by="An", why="")
        assert titles(store) == ["Card"]

    def test_saving_what_was_removed_meanwhile_is_refused(self, store: Store) -> None:
        store.commit(creating(need()), by="An", why="")
        store.commit(removing("n1", seen=1), by="Jo", why="")
        for changes in (saving(need(), seen=1), removing("n1", seen=1)):
            with pytest.raises(StaleRevision, match="removed in the meantime"):
                store.commit(changes, by="An", why="")
        assert store.all(Need) == ()

    def test_revisions_go_on_after_a_removal(self, store: Store, again: Any) -> None:
        store.commit(creating(need()), by="An", why="")
        gone = store.commit(removing("n1", seen=1), by="An", why="")
        assert gone.changes[0].revision == 2
        store.commit(creating(need()), by="An", why="undo")
        assert again().get(Need, "n1").revision == 3
        store.commit(removing("n1", seen=3), by="An", why="")
        back = again().commit(creating(need()), by="An", why="")
        assert back.changes[0].revision == 5

    def test_a_batch_is_saved_whole_or_not_at_all(
        self, store: Store, again: Any
    ) -> None:
        store.commit(creating(need("n1"), need("n2")), by="An", why="")
        batch = [
            *creating(need("n3", "new")),
            *saving(need("n1", "changed"), seen=1),
            *removing("n2", seen=7),
        ]
        with pytest.raises(StaleRevision):
            store.commit(batch, by="Jo", why="")
        for one in (store, again()):
            assert titles(one) == ["Paper", "Paper"]
            assert len(one.history()) == 1
            assert one.get(Need, "n1").revision == 1

    def test_the_history_tells_every_commit_in_order(
        self, store: Store, again: Any
    ) -> None:
        old, new = need("n1", "Paper"), need("n1", "Card")
        first = store.commit(creating(old, need("n2")), by="An", why="start")
        changes = [*saving(new, seen=1), *removing("n2", seen=1)]
        second = store.commit(changes, by="Jo", why="cleaning up")
        for one in (store, again()):
            assert one.history() == (first, second)
        assert [entry.number for entry in (first, second)] == [1, 2]
        assert (second.by, second.why) == ("Jo", "cleaning up")
        assert second.at == START + timedelta(minutes=1)
        told = [(c.kind, c.id, c.before, c.after, c.revision) for c in second.changes]
        assert told == [(Need, "n1", old, new, 2), (Need, "n2", need("n2"), None, 2)]

    def test_the_latest_commits_come_first(self, store: Store, again: Any) -> None:
        assert list(store.latest()) == []
        for number in range(12):
            store.commit(creating(need(f"n{number}")), by="An", why=str(number))
        for one in (store, again()):
            assert tuple(reversed(list(one.latest()))) == one.history()

    def test_all_gives_the_same_tuple_until_a_record_of_that_kind_changes(
        self, store: Store
    ) -> None:
        store.commit(creating(need("a"), need("b")), by="An", why="")
        before = store.all(Need)
        assert store.all(Need) is before
        commune = Change(kind=Administration, id="c", value=Administration(id="c"))
        store.commit([commune], by="An", why="")
        assert store.all(Need) is before
        with pytest.raises(StaleRevision):
            store.commit(saving(need("a", "Card"), seen=9), by="An", why="")
        assert store.all(Need) is before
        store.commit(saving(need("a", "Card"), seen=1), by="An", why="")
        changed = store.all(Need)
        assert [one.value.title for one in changed] == ["Card", "Paper"]
        store.commit(removing("b", seen=1), by="An", why="")
        assert len(store.all(Need)) == 1
        assert len(changed) == len(before) == 2

    def test_the_history_of_one_record_gives_whole_entries(self, store: Store) -> None:
        commune = Administration(id="n1")
        both = store.commit(creating(need("n1"), need("n2")), by="An", why="")
        other = store.commit(
            [Change(kind=Administration, id="n1", value=commune)], by="An", why=""
        )
        last = store.commit(saving(need("n2", "x"), seen=1), by="An", why="")
        assert store.history(Need) == (both, last)
        assert store.history(Need, "n1") == (both,)
        assert store.history(Need, "n2") == (both, last)
        assert store.history(Administration) == (other,)
        assert store.history(Need, "n9") == ()

    @pytest.mark.parametrize("kind", [Nature, LocalText, str])
    def test_kinds_that_no_register_keeps_are_refused(
        self, store: Store, kind: type
    ) -> None:
        value: Any = need()
        with pytest.raises(UsageError, match=kind.__name__):
            store.get(kind, "n1")
        with pytest.raises(UsageError, match=kind.__name__):
            store.all(kind)
        with pytest.raises(UsageError, match=kind.__name__):
            store.history(kind)
        with pytest.raises(UsageError, match=kind.__name__):
            store.commit([Change(kind=kind, id="n1", value=value)], by="An", why="")

    def test_a_change_that_makes_no_sense_is_refused(self, store: Store) -> None:
        senseless: tuple[list[Change], ...] = (
            [],
            creating(need("")),
            [Change(kind=Need, id="other", value=need("n1"))],
            [Change(kind=Administration, id="n1", value=need("n1"))],
            [*creating(need("n1")), *saving(need("n1", "twice"), seen=1)],
        )
        for changes in senseless:
            with pytest.raises(UsageError):
                store.commit(changes, by="An", why="")
        assert store.history() == ()

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": 5},
            {"title": "half a character \ud800"},
            {"estimate": Decimal("NaN")},
            {"nature": "SUPPLIES?"},
            {"earliest": "soon"},
        ],
        ids=lambda fields: next(iter(fields)),
    )
    def test_what_could_not_be_read_back_is_never_saved(
        self, store: Store, again: Any, fields: dict[str, Any]
    ) -> None:
        bad = dataclasses.replace(need("bad"), **fields)
        with pytest.raises(BadRecord):
            store.commit(creating(need("good"), bad), by="An", why="")
        assert store.all(Need) == again().all(Need) == ()

    def test_half_a_character_in_a_name_or_a_reason_is_refused(
        self, store: Store
    ) -> None:
        for by, why in (("\udcff", ""), ("An", "\ud800")):
            with pytest.raises(BadRecord):
                store.commit(creating(need()), by=by, why=why)
        assert store.history() == ()

    @pytest.mark.parametrize(
        "text",
        [
            "a NUL \0 within",
            "two\nlines\r\nand a tab\t",
            "“quotes” \\ \" ' {braces} %s [/b]",
            "emoji 👩‍🚒 and flags 🇧🇪",
            "right to left: ورق \u202eabc",
            "combining e\u0301 ﬁ ß İ",
            "  spaces  \u00a0\u202f",
            "escape \x1b[31m red \x07\x9b",
            "\ufeff\u2028\u2029",
            "x" * 100_000,
        ],
        ids=lambda text: ascii(text[:12]),
    )
    def test_odd_text_is_kept_to_the_letter(
        self, store: Store, again: Any, text: str
    ) -> None:
        odd = need(text, text, requirements=(text, ""))
        store.commit(creating(odd), by=text, why=text)
        there = again()
        assert there.get(Need, text).value == odd
        assert there.get(Need, text).by == text
        assert there.history()[0].why == text

    def test_a_clock_that_goes_back_disturbs_nothing(
        self, store: Store, again: Any
    ) -> None:
        store._now = lambda: datetime(1999, 1, 1, tzinfo=UTC)  # type: ignore[attr-defined]
        store.commit(creating(need("n1")), by="An", why="")
        store._now = lambda: datetime(1998, 1, 1, tzinfo=UTC)  # type: ignore[attr-defined]
        store.commit(saving(need("n1", "Card"), seen=1), by="An", why="")
        assert again().get(Need, "n1").value.title == "Card"
        assert [entry.number for entry in again().history()] == [1, 2]

    def test_threads_that_save_at_once_lose_nothing(
        self, store: Store, again: Any
    ) -> None:
        def work(name: str) -> None:
            for index in range(10):
                change = creating(need(f"{name}{index}"))
                store.commit(change, by=name, why="")
                store.all(Need)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(again().all(Need)) == 40
        assert [entry.number for entry in again().history()] == list(range(1, 41))
