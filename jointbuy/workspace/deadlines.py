"""Every deadline of the register, what it rests on, and the calendar of them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from jointbuy.errors import UsageError
from jointbuy.model import (
    Adhesion,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    Need,
    PurchasingCentre,
)
from jointbuy.workspace.planning import Planning
from jointbuy.workspace.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jointbuy.model import Deadline, Plan

WATCHED: tuple[type[Any], ...] = (
    Need,
    Contract,
    FrameworkAgreement,
    Interest,
    Adhesion,
    Dossier,
)


class Deadlines(Planning):
    """Every day not to miss."""

    def deadlines(
        self, *, within: int | None = None, who: str = ""
    ) -> tuple[Deadline, ...]:
        """Every day not to miss, nearest first: in `within` days, of `who` alone."""
        from jointbuy.schedule import deadlines

        found = self._deadlines(self._plans())
        if who:
            chosen = self.administration(who).id
            found = tuple(d for d in found if d.administration == chosen)
        return found if within is None else deadlines.within(found, within, on=self.on)

    def watch(self) -> Watch:
        """Every deadline with the records and plans it rests on, as they stand now."""
        plans = self._plans()
        return Watch(
            on=self.on,
            deadlines=self._deadlines(plans),
            administrations=self.administrations(),
            contacts=self.contacts(),
            records={kind: self.records(kind) for kind in (*WATCHED, PurchasingCentre)},
            plans=plans,
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
                found[dossier.id] = self.plan_of(dossier, cautious=True)
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
            sequences=self._sequences(),
        )

    def _sequences(self) -> dict[str, int]:
        return {
            kept.value.id: kept.revision - 1
            for kind in WATCHED
            for kept in self.store.all(kind)
        }

    def write_calendar(
        self, path: Path, found: Iterable[Deadline], *, overwrite: bool = False
    ) -> None:
        """Write deadlines as a calendar file.

        Raises:
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.documents.files import write_file
        from jointbuy.documents.formats.ics import write_ics
        from jointbuy.l10n.catalogue import catalogue

        everyone = self.administrations()
        content = write_ics(
            found,
            say=catalogue(self.language).say,
            name=self.register.names.get(self.language) or "jointbuy",
            stamp=datetime.combine(self.on, time(), UTC),
            called=lambda id_: (
                everyone[id_].name(self.language) if id_ in everyone else id_
            ),
        )
        write_file(path.parent, path.name, content, overwrite=overwrite)
