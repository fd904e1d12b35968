"""What lies before one proposal beside its reasons: the law, its value, its plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError
from jointbuy.model import Form, Outcome, StepKind
from jointbuy.workspace.appraising import Appraising
from jointbuy.workspace.legal import form_of
from jointbuy.workspace.planning import Planning
from jointbuy.workspace.procedures import Values

if TYPE_CHECKING:
    from jointbuy.appraisal import Appraisal
    from jointbuy.errors import Message
    from jointbuy.model import Milestone, Plan
    from jointbuy.workspace.legal import Checked
    from jointbuy.workspace.procedures import ByValue
    from jointbuy.workspace.proposals import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The check and the plan of a proposal as it stands, its procedure and its worth.

    Nothing but its worth where it proposes to stay separate; no procedure where
    somebody else runs it; `trouble` says why where the law or the calendar of the day
    has no answer. `value` is what its value calls for, together and alone; where that
    cannot be told, `unvalued` says why.
    """

    checked: Checked | None = None
    plan: Plan | None = None
    procedure: Message | None = None
    eu_publicity: bool = False
    trouble: Message | None = None
    value: ByValue | None = None
    unvalued: Message | None = None
    appraisal: Appraisal | None = None

    @property
    def next_step(self) -> Milestone | None:
        """The first step still to be taken, however late it is."""
        return next(iter(to_take(self.plan)), None) if self.plan else None


def to_take(plan: Plan) -> list[Milestone]:
    """The steps that somebody still has to take, earliest first."""
    return [
        step
        for step in plan.milestones
        if step.done is None and step.kind is not StepKind.ANCHOR
    ]


class Outlooks(Planning, Appraising, Values):
    """What comes of a proposal, without keeping anything."""

    def outlook(self, proposal: Proposal) -> Outlook:
        """The law, the value, the worth and the plan of a proposal; never a failure."""
        found = self._foreseen(proposal)
        try:
            return replace(
                found, appraisal=self.appraisal_of(proposal, checked=found.checked)
            )
        except JointbuyError as error:
            return replace(found, trouble=found.trouble or error.message)

    def _foreseen(self, proposal: Proposal) -> Outlook:
        try:
            form = form_of(proposal, named=False)
        except JointbuyError:
            return Outlook()
        try:
            found = Outlook(checked=self.checked(proposal, form))
        except JointbuyError as error:
            return Outlook(trouble=error.message)
        try:
            return self._planned(found, proposal)
        except JointbuyError as error:
            return replace(found, trouble=error.message)

    def _planned(self, found: Outlook, proposal: Proposal) -> Outlook:
        from jointbuy import law

        dossier, _ = self.dossier(proposal)
        if not self.members(dossier.candidate):
            return found
        found = replace(found, plan=self.plan_of(dossier))
        if found.checked is None or found.checked.form is not Form.JOINT_CONTRACT:
            return found
        procedure, eu_publicity = self.procedure_of(dossier)
        found = replace(
            found,
            procedure=law.procedure_title(procedure),
            eu_publicity=eu_publicity,
        )
        try:
            return replace(found, value=self.value_of(proposal))
        except JointbuyError as error:
            return replace(found, unvalued=error.message)

    @staticmethod
    def procedures_known() -> tuple[tuple[str, Message], ...]:
        """Every procedure, the lightest first, with what it is called."""
        from jointbuy import law

        return tuple((name, law.procedure_title(name)) for name in law.PROCEDURES)

    def blocked(self, proposal: Proposal, form: Form | None) -> bool:
        """Whether the law of the day blocks it in that form."""
        checked = self.checked(proposal, form or form_of(proposal))
        return checked.headline is Outcome.BLOCKED
