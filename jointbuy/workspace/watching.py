"""The deadlines of a register with what they rest on: records, plans and sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    Need,
    NeedsRound,
    Order,
    Programme,
    PurchasingCentre,
    StepKind,
)
from jointbuy.workspace.sittings import (
    Clash,
    Sitting,
    Turn,
    WayOut,
    clashes,
    sittings_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointbuy.law import OwnValues
    from jointbuy.model import (
        Administration,
        ContactPerson,
        Deadline,
        Level,
        Milestone,
        Plan,
        Reminder,
        Snooze,
    )
    from jointbuy.schedule.practice import Practice

__all__ = [
    "SUBJECTS",
    "Clash",
    "Lead",
    "Sitting",
    "Turn",
    "Watch",
    "WayOut",
    "calendar_path",
    "clashes",
]

SUBJECTS: Mapping[str, type[Any]] = {
    "contract": Contract,
    "framework": FrameworkAgreement,
    "interest": Interest,
    "adhesion": Adhesion,
    "need": Need,
    "milestone": Dossier,
    "order": Order,
    "programme": Programme,
    "round": NeedsRound,
    "action": ActionPoint,
}
"""The kind of record a deadline comes from, by the first word of its own kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The time before a deadline: of preparing, or in which the start may lie."""

    begin: date
    prepares: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The deadlines of a register on a day, nearest first, and what they rest on.

    `records` are the records by kind and id, `plans` those of the dossiers by id.
    `reminders` are kept by what they are about, the newest first, `snoozes` by the id
    of their deadline. `practice` and `own` are the habits and the own values of the law
    that sessions are reckoned with; without them the usual ones. `met` remembers the
    sittings once they were looked for.
    """

    on: date
    deadlines: tuple[Deadline, ...] = ()
    administrations: Mapping[str, Administration] = field(default_factory=dict)
    contacts: Mapping[str, ContactPerson] = field(default_factory=dict)
    records: Mapping[type, Mapping[str, Any]] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)
    reminders: Mapping[str, tuple[Reminder, ...]] = field(default_factory=dict)
    snoozes: Mapping[str, Snooze] = field(default_factory=dict)
    practice: Practice | None = None
    own: OwnValues | None = None
    met: dict[str, tuple[Sitting, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def select(
        self,
        *,
        within: int | None = None,
        who: str = "",
        kind: str = "",
        level: Level | None = None,
    ) -> tuple[Deadline, ...]:
        """Those of the next `within` days and overdue, of one administration or person.

        `who` is the id of either; `kind` a kind or its first word.
        """
        last = self.on + timedelta(days=within) if within is not None else None
        return tuple(
            each
            for each in self.deadlines
            if (last is None or each.day <= last)
            and (not who or who in {each.administration, each.contact})
            and (not kind or kind in {each.kind, each.kind.partition("_")[0]})
            and (level is None or each.level is level)
        )

    def reminded(self, deadline: Deadline) -> tuple[Reminder, ...]:
        """The reminders about a deadline or its record, the newest first."""
        own = self.reminders.get(deadline.id, ())
        record = self.reminders.get(deadline.subject, ())
        if not own or not record:
            return own or record
        return tuple(
            sorted((*own, *record), key=lambda each: (each.on, each.id), reverse=True)
        )

    def snoozed(self, deadline: Deadline) -> Snooze | None:
        """What puts it off on the day: never beyond its end, nor after it moved."""
        found = self.snoozes.get(deadline.id)
        if found is None or found.until <= self.on:
            return None
        return found if found.day in {None, deadline.day} else None

    def record(self, deadline: Deadline) -> Any:  # noqa: ANN401 - any kind of record
        """The record a deadline comes from, while the register has it."""
        kind = SUBJECTS.get(deadline.kind.partition("_")[0])
        return self.records.get(kind, {}).get(deadline.subject) if kind else None

    def object(self, deadline: Deadline) -> Any:  # noqa: ANN401 - any kind of record
        """What it is about: of an interest its framework, of an adhesion its centre."""
        record = self.record(deadline)
        if isinstance(record, Interest):
            known = self.records.get(FrameworkAgreement, {})
            return known.get(record.framework, record)
        if isinstance(record, Adhesion):
            return self.records.get(PurchasingCentre, {}).get(record.centre, record)
        return record

    def milestone(self, deadline: Deadline) -> Milestone | None:
        """The step of the plan that a deadline is, if it is one."""
        plan = self.plans.get(deadline.subject)
        if plan is None or deadline.kind != "milestone":
            return None
        code = deadline.id.removeprefix(f"milestone:{deadline.subject}:")
        code = code.removesuffix(f":{deadline.administration}")
        return next((each for each in plan.milestones if each.code == code), None)

    def sittings(self, deadline: Deadline) -> tuple[Sitting, ...]:
        """The bodies that can decide before that day, each with its last session.

        The competent one where the law names it; else every body that is recorded.
        """
        if deadline.id not in self.met:
            self.met[deadline.id] = sittings_of(self, deadline)
        return self.met[deadline.id]

    def lead(self, deadline: Deadline) -> Lead | None:
        """The time before a deadline in which something is done for it, if known."""
        record = self.record(deadline)
        if isinstance(record, Need):
            if record.earliest is None or record.earliest > deadline.day:
                return None
            return Lead(begin=record.earliest, prepares=False)
        if step := self.milestone(deadline):
            before = self._before(deadline, step)
            return Lead(begin=before, prepares=True) if before else None
        filings = [
            sitting.session.filing
            for sitting in self.sittings(deadline)
            if sitting.session is not None
        ]
        return Lead(begin=min(filings), prepares=True) if filings else None

    def _before(self, deadline: Deadline, step: Milestone) -> date | None:
        """The day of the step before it: of all, or of the same administration."""
        days = [
            each.day
            for each in self.plans[deadline.subject].milestones
            if each.day < step.day
            and each.kind is not StepKind.ANCHOR
            and each.administration in {"", deadline.administration}
        ]
        return max(days, default=None)


def calendar_path(text: str) -> tuple[Path, bool]:
    """The calendar file that is meant, and whether there is one already.

    Its name is one that every system takes, and ends as those of calendars do.
    """
    from jointbuy.documents.files import safe_name

    path = Path(text.strip())
    if text.startswith("~"):
        path = path.expanduser()
    name = path.name if path.suffix.lower() == ".ics" else f"{path.name}.ics"
    path = path.with_name(safe_name(name)) if path.name else path / safe_name(name)
    return path, path.exists()
