"""The records of a register, read by kind, and the one way to keep a change."""

from __future__ import annotations

import functools
import operator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy import model
from jointbuy.errors import StaleRevision, StoreError, say, word
from jointbuy.model.lookup import find
from jointbuy.store.port import Change
from jointbuy.workspace.names import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from jointbuy.law import OwnValues
    from jointbuy.model import (
        ActionPoint,
        Adhesion,
        Administration,
        ContactPerson,
        Contract,
        Dossier,
        FrameworkAgreement,
        Interest,
        Need,
        NeedsRound,
        Order,
        OwnPractice,
        OwnValue,
        Programme,
        PurchasingCentre,
        Record,
        Register,
        Reminder,
        Snooze,
        UseDecision,
    )
    from jointbuy.schedule.practice import Practice
    from jointbuy.store.port import Entry, Store, Stored
    from jointbuy.vocabulary.official import CpvList

R = TypeVar("R", bound="Record")
V = TypeVar("V")

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for one another when an id is read aloud."""


class Records:
    """A register, the person who works on it and the day everything is judged on."""

    def __init__(
        self,
        store: Store,
        *,
        user: str,
        on: date | None = None,
        language: str = "en",
        folder: Path | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store = store
        self.user = user
        self.language = language
        self.folder = folder
        self._on = on
        self._today = today
        self._worked_out: dict[str, tuple[date, tuple[object, ...], Any]] = {}
        self._read: dict[type, tuple[tuple[Stored[Any], ...], dict[str, Any]]] = {}

    @property
    def register(self) -> Register:
        """What the register says of itself."""
        kept = self.store.all(model.Register)
        return kept[0].value if kept else model.Register()

    @property
    def on(self) -> date:
        """The day asked for, else the register's own, else today."""
        return self._on or self.register.day or self._today()

    def records(self, kind: type[R]) -> dict[str, R]:
        """Every record of a kind, by id."""
        return dict(self.kept(kind))

    def kept(self, kind: type[R]) -> Mapping[str, R]:
        """Every record of a kind, by id: the very same until one of them changes."""
        every = self.store.all(kind)
        known, found = self._read.get(kind, ((), {}))
        if known is not every:
            found = {kept.value.id: kept.value for kept in every}
            self._read[kind] = every, found
        return found

    def administrations(self) -> dict[str, Administration]:
        """Every administration by id."""
        return self.records(model.Administration)

    def contacts(self) -> dict[str, ContactPerson]:
        """Every contact person by id."""
        return self.records(model.ContactPerson)

    def needs(self) -> dict[str, Need]:
        """Every need by id, drafts included."""
        return self.records(model.Need)

    def contracts(self) -> dict[str, Contract]:
        """Every running contract by id."""
        return self.records(model.Contract)

    def centres(self) -> dict[str, PurchasingCentre]:
        """Every purchasing centre by id."""
        return self.records(model.PurchasingCentre)

    def frameworks(self) -> dict[str, FrameworkAgreement]:
        """Every framework agreement by id."""
        return self.records(model.FrameworkAgreement)

    def interests(self) -> dict[str, Interest]:
        """Every interest asked or marked, by id."""
        return self.records(model.Interest)

    def adhesions(self) -> dict[str, Adhesion]:
        """Every adhesion by id."""
        return self.records(model.Adhesion)

    def uses(self) -> dict[str, UseDecision]:
        """Every decision to use a framework, by id."""
        return self.records(model.UseDecision)

    def dossiers(self) -> dict[str, Dossier]:
        """Every dossier by the id of its proposal."""
        return self.records(model.Dossier)

    def own_values(self) -> dict[str, OwnValue]:
        """Every value of the law that the register sets itself, by id."""
        return self.records(model.OwnValue)

    def orders(self) -> dict[str, Order]:
        """Every order under a framework agreement, by id."""
        return self.records(model.Order)

    def programmes(self) -> dict[str, Programme]:
        """Every programme of a purchasing centre, by id."""
        return self.records(model.Programme)

    def rounds(self) -> dict[str, NeedsRound]:
        """Every needs round, by id."""
        return self.records(model.NeedsRound)

    def reminders(self) -> dict[str, Reminder]:
        """Every reminder sent, by id."""
        return self.records(model.Reminder)

    def snoozes(self) -> dict[str, Snooze]:
        """What is not to be reported for a while, by the id of the deadline."""
        return self.records(model.Snooze)

    def action_points(self) -> dict[str, ActionPoint]:
        """Every action point, by id."""
        return self.records(model.ActionPoint)

    def own_practice(self) -> dict[str, OwnPractice]:
        """Every habit of the office, by its name."""
        return self.records(model.OwnPractice)

    def own_law(self) -> OwnValues:
        """The values of the law that the register sets itself, by parameter."""
        from jointbuy import law

        known: OwnValues | None = self.recalled("own_law", (model.OwnValue,))
        if known is not None:
            return known
        own = self.own_values().values()
        made = law.own_values(own) if own else law.NO_OWN
        return self.remember("own_law", (model.OwnValue,), made)

    def recalled(self, name: str, kinds: Iterable[type[Any]]) -> Any:  # noqa: ANN401
        """What was worked out under that name, while it still holds; else None.

        It holds on the day it was worked out for, until a record of those kinds is
        changed.
        """
        if name not in self._worked_out:
            return None
        day, seen, found = self._worked_out[name]
        same = all(map(operator.is_, seen, self._seen(kinds)))
        return found if same and day == self.on else None

    def remember(self, name: str, kinds: Iterable[type[Any]], found: V) -> V:
        """Keep what was worked out from the records of those kinds, and give it."""
        self._worked_out[name] = self.on, self._seen(kinds), found
        return found

    def _seen(self, kinds: Iterable[type[Any]]) -> tuple[object, ...]:
        return tuple(self.store.all(kind) for kind in kinds)

    def practice(self) -> Practice:
        """The habits of the office: the usual ones but for those it set itself."""
        from jointbuy.schedule.practice import practice_with

        known: Practice | None = self.recalled("practice", (model.OwnPractice,))
        if known is not None:
            return known
        made = practice_with(self.kept(model.OwnPractice).values())
        return self.remember("practice", (model.OwnPractice,), made)

    def administration(self, text: str) -> Administration:
        """The administration with that id or name.

        Raises:
            NotFound: none, or several.
        """
        return find(text, self.administrations(), word("administration"))

    @functools.cached_property
    def official_codes(self) -> CpvList | None:
        """The official CPV list; a spoilt one keeps nobody from registering."""
        from jointbuy.vocabulary import official

        try:
            return official.installed(self.folder) if self.folder else None
        except StoreError:  # `cpv search` says so
            return None

    # History

    def history(self, record: str = "") -> tuple[Entry, ...]:
        """Every change, oldest first; or those that touched the record with that id."""
        entries = self.store.history()
        if not record:
            return entries
        return tuple(e for e in entries if any(c.id == record for c in e.changes))

    def undo(self) -> Entry:
        """Take back the last change that was not taken back yet, as a new change.

        Raises:
            NotFound: there is nothing to take back.
            StaleRevision: one of its records was changed again since.
        """
        from jointbuy.store.undo import undo

        return undo(self.store, by=self.user)

    def redo(self) -> Entry:
        """Make the change again that was taken back last, if nothing came after that.

        Raises:
            NotFound: there is nothing to make again.
            StaleRevision: one of its records was changed again since.
        """
        from jointbuy.store.undo import redo

        return redo(self.store, by=self.user)

    # Keeping

    def save(self, value: Record, *, why: str, seen: int | None = None) -> None:
        """Keep one record; `seen` is the revision it was read at, else the present."""
        kind: type[Any] = type(value)
        if seen is None:
            from jointbuy.store.undo import revision

            seen = revision(self.store, kind, value.id)
        self.commit([Change(kind=kind, id=value.id, value=value, seen=seen)], why=why)

    def change(self, value: Record, *, of: Record | None) -> Change:
        """The change of one record into another; of none, a new one.

        Raises:
            StaleRevision: the record is no longer what it was taken for.
        """
        kind: type[Any] = type(value)
        if of is None:
            return Change(kind=kind, id=value.id, value=value)
        stored = self.store.get(kind, of.id)
        if stored.value != of:
            raise changed_since(stored)
        return Change(kind=kind, id=of.id, value=value, seen=stored.revision)

    def commit(self, changes: Sequence[Change], *, why: str) -> None:
        """Keep all changes or none, in the name of the user."""
        if changes:
            self.store.commit(changes, by=self.user, why=why)

    @staticmethod
    def new_id(prefix: str) -> str:
        """An id nobody has, easy to read aloud."""
        import secrets

        return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(8))


def changed_since(stored: Stored[Any]) -> StaleRevision:
    """What to say of a record that is no longer what it was when it was opened."""
    return StaleRevision(
        say(
            "“{name}” was changed by {who} since you opened it, so nothing was kept: "
            "open it again, look at what changed and make your change once more.",
            name=called(stored.value),
            who=stored.by or word("somebody else"),
        )
    )
