"""Every deadline of the register, what it rests on, and the calendar of them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from jointbuy.errors import UsageError, say, word
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
)
from jointbuy.model.lookup import find
from jointbuy.workspace.contract_register import ContractRegister
from jointbuy.workspace.needs_rounds import NeedsRounds
from jointbuy.workspace.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from jointbuy.model import Deadline, Level, Plan, Reminder
    from jointbuy.schedule.contract_ends import Begin
    from jointbuy.workspace.calendar_file import CalendarWritten

WATCHED: tuple[type[Any], ...] = (
    Need,
    Contract,
    FrameworkAgreement,
    Interest,
    Adhesion,
    Dossier,
    Order,
    Programme,
    NeedsRound,
    ActionPoint,
)

BEGINS: tuple[type[Any], ...] = (
    Administration,
    Contract,
    Need,
    OwnPractice,
    OwnValue,
)
"""What the plan of the procedure after a contract rests on."""


def kind_of(text: str) -> str:
    """The kind of deadlines that is meant, or what it is about; empty for all.

    Raises:
        UsageError: there is no such kind.
    """
    from jointbuy.schedule.deadlines import KINDS

    wanted = text.strip().lower().replace("-", "_")
    subjects = dict.fromkeys(kind.partition("_")[0] for kind in KINDS)
    if wanted and wanted not in {*KINDS, *subjects}:
        raise UsageError(
            say(
                "There are no deadlines of the kind “{kind}”: choose among {kinds}.",
                kind=text,
                kinds=", ".join((*subjects, *(k for k in KINDS if k not in subjects))),
            )
        )
    return wanted


class Deadlines(ContractRegister, NeedsRounds):
    """Every day not to miss."""

    def deadlines(
        self,
        *,
        within: int | None = None,
        who: str = "",
        kind: str = "",
        level: Level | None = None,
        snoozed: bool = False,
    ) -> tuple[Deadline, ...]:
        """Every day not to miss, nearest first: in `within` days, of `who` alone.

        What was put off is left out unless `snoozed`.

        Raises:
            NotFound: nobody answers to `who`.
            UsageError: there is no such kind.
        """
        watch = self.watch()
        chosen = self.acting(who).id if who else ""
        found = watch.select(within=within, who=chosen, kind=kind_of(kind), level=level)
        if snoozed:
            return found
        return tuple(each for each in found if watch.snoozed(each) is None)

    def deadline(self, text: str) -> Deadline:
        """The deadline with that id or code, or the only one that begins so.

        Raises:
            NotFound: none, or several.
        """
        found = self.watch().deadlines
        known = {each.code: each for each in found} | {each.id: each for each in found}
        return find(text, known, word("deadline"))

    def acting(self, text: str) -> Administration | ContactPerson:
        """The administration or the contact person with that id or name.

        Of a person who left, the one who took over and acts now.

        Raises:
            NotFound: none, or several.
        """
        from jointbuy.schedule import acting

        contacts = self.contacts()
        known: dict[str, Administration | ContactPerson] = {
            **contacts,
            **self.administrations(),
        }
        found = find(text, known, word("administration or contact person"))
        if not isinstance(found, ContactPerson):
            return found
        return (
            acting.followed(acting.people(contacts.values()), found.id, self.on)
            or found
        )

    def watch(self) -> Watch:
        """Every deadline with the records and plans it rests on, as they stand now.

        What was put off is among them; the watch says so.
        """
        plans = self._plans()
        reminders: dict[str, list[Reminder]] = {}
        for reminder in sorted(
            self.reminders().values(), key=lambda each: (each.on, each.id), reverse=True
        ):
            reminders.setdefault(reminder.about, []).append(reminder)
        return Watch(
            on=self.on,
            deadlines=self._deadlines(plans),
            administrations=self.administrations(),
            contacts=self.contacts(),
            records={kind: self.records(kind) for kind in (*WATCHED, PurchasingCentre)},
            plans=plans,
            reminders={about: tuple(each) for about, each in reminders.items()},
            snoozes=self.snoozes(),
            practice=self.practice(),
            own=self.own_law(),
        )

    def _plans(self) -> dict[str, Plan]:
        """The plans of the retained dossiers, by their id.

        One that cannot be planned, such as an adhesion without its framework
        agreement, has none; `plan` says why.
        """
        found: dict[str, Plan] = {}
        for dossier in self.dossiers().values():
            if dossier.choice is None or not dossier.choice.retained:
                continue
            if not self.members(dossier.candidate):
                continue
            with contextlib.suppress(UsageError):
                found[dossier.id] = self.plan_of(dossier, cautious=True, remedies=False)
        return found

    def _deadlines(self, plans: Mapping[str, Plan]) -> tuple[Deadline, ...]:
        from jointbuy.schedule import deadlines

        dossiers = self.dossiers().values()
        retained = [each for each in dossiers if each.choice and each.choice.retained]
        return deadlines.deadlines(
            on=self.on,
            needs=tuple(self.needs().values()),
            contracts=tuple(self.contracts().values()),
            frameworks=tuple(self.frameworks().values()),
            centres=tuple(self.centres().values()),
            interests=tuple(self.interests().values()),
            adhesions=tuple(self.adhesions().values()),
            administrations=tuple(self.administrations().values()),
            contacts=tuple(self.contacts().values()),
            dossiers=retained,
            plans=tuple(plans.values()),
            uses=tuple(self.uses().values()),
            orders=tuple(self.orders().values()),
            programmes=tuple(self.programmes().values()),
            rounds=tuple(self.rounds().values()),
            actions=tuple(self.action_points().values()),
            fresh=self.fresh_needs(),
            begins=self.begun(),
            home=self.register.home,
            practice=self.practice(),
            own=self.own_law(),
            sequences=self._sequences(),
            changed=self.changed_on(),
        )

    def begun(self) -> dict[str, Begin]:
        """When the procedure after each contract begins, as long as that holds."""
        known: dict[str, Begin] | None = self.recalled("begins", BEGINS)
        if known is None:
            known = self.remember("begins", BEGINS, self.begins())
        return known

    def changed_on(self) -> dict[str, date]:
        """The day on which each adhesion was changed last.

        None where the register is read as of a day of its own.
        """
        if self.register.day is not None:
            return {}
        kept = self.store.all(Adhesion)
        return {each.value.id: min(each.at.date(), self.on) for each in kept}

    def _sequences(self) -> dict[str, int]:
        return {
            kept.value.id: kept.revision - 1
            for kind in WATCHED
            for kept in self.store.all(kind)
        }

    def write_calendar(
        self, path: Path, found: Iterable[Deadline], *, overwrite: bool = False
    ) -> CalendarWritten:
        """Write deadlines to a calendar file; one of ours is brought up to date.

        Raises:
            Refused: a file of somebody else is there already, or it cannot be written.
        """
        from jointbuy.workspace.calendar_file import write_calendar_file
        from jointbuy.workspace.legal import source_title

        everyone: dict[str, str] = {
            **{each.id: each.name for each in self.contacts().values()},
            **{
                each.id: each.name(self.language)
                for each in self.administrations().values()
            },
        }
        return write_calendar_file(
            path,
            tuple(found),
            self.watch().deadlines,
            on=self.on,
            language=self.language,
            name=self.register.names.get(self.language) or "jointbuy",
            called=lambda id_: everyone.get(id_, id_),
            cited=lambda each: ", ".join(
                filter(None, (source_title(each.source, self.language), each.article))
            ),
            overwrite=overwrite,
        )
