"""The backward plan of a proposal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, UsageError, say
from jointbuy.model import Form
from jointbuy.workspace.legal import Legal, form_of
from jointbuy.workspace.proposals import FORMS

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.model import Candidate, Dossier, Plan

CAUTIOUS = "open"
"""The procedure planned for while the value is not known: it takes the longest."""


class Planning(Legal):
    """Backward plans."""

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
