"""The habits of the office: how long its steps take where no text sets a term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, UsageError, say
from jointbuy.model import OwnPractice
from jointbuy.store.port import Change
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from jointbuy.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHabit:
    """A habit as it counts here: the days, the usual ones, and what the office set.

    `days` and `usual` are None where the whole term of the law counts; `unit` is
    `days`, `months` or `yes_no`, of which 1 is yes. It can be set from `lowest` to
    `highest`.
    """

    id: str
    title: Message
    days: int | None
    usual: int | None
    lowest: int
    highest: int
    unit: str
    own: OwnPractice | None = None


class OwnPractices(Records):
    """Setting a habit of the office, and taking it away."""

    def habits(self) -> tuple[OfficeHabit, ...]:
        """Every habit as it counts here, in the order of the work."""
        from jointbuy.schedule.practice import HABITS, usual

        counting, own = self.practice(), self.own_practice()
        found = []
        for name, habit in HABITS.items():
            days: int | bool | None = getattr(counting, name)
            found.append(
                OfficeHabit(
                    id=name,
                    title=habit.title,
                    days=None if days is None else int(days),
                    usual=usual(name),
                    lowest=habit.lowest,
                    highest=habit.highest,
                    unit=habit.unit,
                    own=own.get(name),
                )
            )
        return tuple(found)

    def set_practice(self, name: str, days: int, *, why: str) -> OwnPractice:
        """Keep how long a step takes here; a habit set before is changed.

        Raises:
            NotFound: there is no such habit.
            UsageError: the days cannot be meant, or there is no reason.
        """
        from jointbuy.schedule.practice import HABITS, MONTHS, YES_NO

        name = self._habit(name)
        habit = HABITS[name]
        if not habit.lowest <= days <= habit.highest:
            if habit.unit == YES_NO:
                raise UsageError(
                    say(
                        "“{name}” is 1 for yes or 0 for no, not {n}.", name=name, n=days
                    )
                )
            if habit.unit == MONTHS:
                raise UsageError(
                    say(
                        "“{name}” lies between {lowest} and {highest} months, not at "
                        "{n}.",
                        name=name,
                        lowest=habit.lowest,
                        highest=habit.highest,
                        n=days,
                    )
                )
            raise UsageError(
                say(
                    "“{name}” lies between {lowest} and {highest} days, not at {n}.",
                    name=name,
                    lowest=habit.lowest,
                    highest=habit.highest,
                    n=days,
                )
            )
        if not why.strip():
            raise UsageError(say("Say why this differs from the usual practice."))
        made = OwnPractice(
            id=name, days=days, why=why.strip(), by=self.user, on=self.on
        )
        before = self.kept(OwnPractice).get(name)
        if before is None or (before.days, before.why) != (made.days, made.why):
            self.save(made, why=f"practice {name}")
        return made

    def unset_practice(self, name: str) -> OwnPractice:
        """Take a habit of the office away: the usual one counts again.

        Raises:
            NotFound: there is no such habit, or it was not set here.
        """
        name = self._habit(name)
        own: OwnPractice | None = self.kept(OwnPractice).get(name)
        if own is None:
            raise NotFound(
                say("“{name}” was not set here: the usual practice counts.", name=name)
            )
        stored = self.store.get(OwnPractice, name)
        gone = Change(kind=OwnPractice, id=name, value=None, seen=stored.revision)
        self.commit([gone], why=f"practice {name}")
        return own

    def _habit(self, text: str) -> str:
        from jointbuy.schedule.practice import HABITS

        name = text.strip().lower().replace("-", "_")
        if name in HABITS:
            return name
        if f"{name}_days" in HABITS:
            return f"{name}_days"
        raise NotFound(
            say(
                "“{name}” is no habit of an office. Choose one of: {names}.",
                name=text,
                names=", ".join(HABITS),
            )
        )
