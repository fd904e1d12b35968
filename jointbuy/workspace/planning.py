"""The backward plan of a proposal, and every deadline of the register."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotInForce, UsageError, say
from jointbuy.model import (
    Adhesion,
    Contract,
    Dossier,
    Form,
    FrameworkAgreement,
    Interest,
    Need,
    PurchasingCentre,
)
from jointbuy.workspace.legal import Legal, form_of
from jointbuy.workspace.proposals import FORMS
from jointbuy.workspace.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from jointbuy.model import Candidate, Deadline, Plan

CAUTIOUS = "open"
"""The procedure planned for while the value is not known: it takes the longest."""

WATCHED: tuple[type[Any], ...] = (
    Need,
    Contract,
    FrameworkAgreement,
    Interest,
    Adhesion,
    Dossier,
)


class Planning(Legal):
    """Plans and deadlines."""

    def plan(
        self,
        text: str,
        *,
        wanted: date | None = None,
        procedure: str = "",
        pilot: str = "",
    ) -> Plan:
        """The backward plan; what is given is kept when the proposal is retained.

        Raises:
            UsageError: the proposal is to stay separate, or the day has passed.
        """
        from jointbuy import law

        proposal = self.proposal(text)
        form_of(proposal, named=False)
        if wanted is not None and wanted < self.on:
            raise UsageError(
                say(
                    "The wanted start {wanted} lies before {on}: choose a later day.",
                    wanted=wanted,
                    on=self.on,
                )
            )
        dossier, seen = self.dossier(proposal)
        if procedure:
            law.procedure_title(procedure)
        if pilot:
            pilot = self.participant(proposal.candidate, pilot)
        fresh = replace(
            dossier,
            wanted=wanted or dossier.wanted,
            procedure=procedure or dossier.procedure,
            pilot=pilot or dossier.pilot,
        )
        plan = self.plan_of(fresh)
        if fresh != dossier and proposal.state == "retained":
            self.save(fresh, seen=seen, why=f"plan {dossier.id}")
        return replace(plan, changes=proposal.changes)

    def plan_of(self, dossier: Dossier, *, cautious: bool = False) -> Plan:
        """The plan of a dossier as it stands.

        When `cautious`, thresholds that are not known yet mean the longest procedure.

        Raises:
            NotInForce: they are not known on that day.
        """
        from jointbuy.schedule.backplan import backplan
        from jointbuy.schedule.case import Case
        from jointbuy.schedule.practice import usual_practice

        candidate = self.standing(dossier.candidate)
        framework = self.frameworks().get(candidate.framework)
        try:
            procedure, eu_publicity = self.procedure_of(dossier)
        except NotInForce:
            if not cautious:
                raise
            procedure, eu_publicity = dossier.procedure or CAUTIOUS, True
        return backplan(
            Case(
                candidate=candidate,
                form=dossier.form or FORMS.get(candidate.kind, Form.JOINT_CONTRACT),
                wanted=dossier.wanted or candidate.launch or self.on,
                on=self.on,
                administrations=self.participants(candidate),
                pilot=self.pilot_of(dossier, candidate),
                procedure=procedure,
                eu_publicity=eu_publicity,
                needs=self.members(candidate),
                contracts=tuple(self.contracts().values()),
                framework=framework,
                centre=self.centres().get(framework.centre) if framework else None,
                interests=tuple(self.interests().values()),
                adhesions=tuple(self.adhesions().values()),
                uses=tuple(self.uses().values()),
                decisions=dossier.decisions,
                forced=dossier.forced,
                practice=usual_practice(),
                own=self.own_law(),
            )
        )

    @staticmethod
    def pilot_of(dossier: Dossier, candidate: Candidate) -> str:
        """The administration that acts for the others; the first until one is named."""
        administrations = candidate.administrations
        if dossier.pilot in administrations:
            return dossier.pilot
        return administrations[0] if administrations else ""

    def procedure_of(self, dossier: Dossier) -> tuple[str, bool]:
        """The procedure chosen, else the lightest for the whole value; if European."""
        from jointbuy import law

        needs = self.members(dossier.candidate)
        nature = dossier.candidate.nature or next((n.nature for n in needs), None)
        estimates = [need.estimate for need in needs if need.estimate is not None]
        if nature is None or not needs or len(estimates) < len(needs):
            return dossier.procedure or CAUTIOUS, True
        allowed = law.procedures(
            nature,
            sum(estimates, start=0 * estimates[0]),
            dossier.expenditure,
            on=self.on,
            own=self.own_law(),
        )
        lightest = allowed.procedures[0].name if allowed.procedures else CAUTIOUS
        return dossier.procedure or lightest, allowed.eu_publicity

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
