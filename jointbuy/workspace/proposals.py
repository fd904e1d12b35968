"""Who could buy together: the proposals, and what people did with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, UsageError, say, word
from jointbuy.model import Candidate, CandidateKind, Decision, Dossier, Form
from jointbuy.model.lookup import find
from jointbuy.workspace.bulk import framework_months
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from jointbuy.model import Administration, Choice, Need

FORMS = {
    CandidateKind.JOINT: Form.JOINT_CONTRACT,
    CandidateKind.ADHESION: Form.PURCHASING_CENTRE,
}
"""The form a proposal is checked under unless another is asked for."""

RANKS = {"retained": 0, "proposed": 1, "set_aside": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A candidate and what people did with it so far."""

    candidate: Candidate
    dossier: Dossier | None = None

    @property
    def choice(self) -> Choice | None:
        """The last choice made, if any."""
        return self.dossier.choice if self.dossier else None

    @property
    def state(self) -> str:
        """`proposed`, `retained` or `set_aside`."""
        if self.choice is None:
            return "proposed"
        return "retained" if self.choice.retained else "set_aside"


class Proposals(Records):
    """Matching, and the dossier of each proposal."""

    def match(self) -> tuple[Proposal, ...]:
        """All proposals, best first: retained ones lead, those set aside come last.

        What was retained or set aside stays as it stood when it no longer comes out
        of the needs of today.
        """
        from jointbuy import matching

        inputs = matching.Inputs(
            needs=tuple(self.needs().values()),
            administrations=tuple(self.administrations().values()),
            contracts=tuple(self.contracts().values()),
            centres=tuple(self.centres().values()),
            frameworks=tuple(self.frameworks().values()),
            adhesions=tuple(self.adhesions().values()),
            interests=tuple(self.interests().values()),
            uses=tuple(self.uses().values()),
            on=self.on,
            max_framework_months=framework_months(self.on),
        )
        dossiers = self.dossiers()
        found = [
            Proposal(candidate=candidate, dossier=dossiers.pop(candidate.id, None))
            for candidate in matching.propose(inputs)
        ]
        found += [
            Proposal(candidate=dossier.candidate, dossier=dossier)
            for dossier in dossiers.values()
            if dossier.choice is not None
        ]
        return tuple(sorted(found, key=lambda proposal: RANKS[proposal.state]))

    def proposal(self, text: str) -> Proposal:
        """The proposal with that id, or whose id alone begins so.

        One that people worked on is shown as it stood then.

        Raises:
            NotFound: none, or several.
        """
        dossiers = self.dossiers()
        if text in dossiers:
            return Proposal(candidate=dossiers[text].candidate, dossier=dossiers[text])
        everyone = {each.candidate.id: each for each in self.match()}
        return find(text, everyone, word("proposal"))

    def dossier(self, proposal: Proposal) -> tuple[Dossier, int]:
        """The dossier of a proposal and its revision; a new one stands at 0."""
        candidate = proposal.candidate
        try:
            stored = self.store.get(Dossier, candidate.id)
        except NotFound:
            return Dossier(id=candidate.id, candidate=candidate), 0
        return stored.value, stored.revision

    def members(self, candidate: Candidate) -> tuple[Need, ...]:
        """Its needs that are still in the register, in order."""
        needs = self.needs()
        return tuple(needs[id_] for id_ in candidate.needs if id_ in needs)

    def participants(self, candidate: Candidate) -> tuple[Administration, ...]:
        """Its administrations that are in the register, in order."""
        everyone = self.administrations()
        return tuple(
            everyone[id_] for id_ in candidate.administrations if id_ in everyone
        )

    def participant(self, candidate: Candidate, text: str) -> str:
        """The id of the participant a person means.

        Raises:
            NotFound: no participant answers to it.
        """
        known = {admin.id: admin for admin in self.participants(candidate)}
        return find(text, known, word("participant")).id

    def decide(self, text: str, decision: Decision) -> Dossier:
        """Record the act of a competent body on a retained proposal.

        Raises:
            UsageError: the proposal was not retained, or the session is still to come.
            NotFound: that administration has no part in it.
        """
        proposal = self.proposal(text)
        if proposal.state != "retained":
            raise UsageError(
                say(
                    "{id} was not retained: retain it before decisions are recorded.",
                    id=proposal.candidate.id,
                )
            )
        who = self.participant(proposal.candidate, decision.administration)
        if decision.on > self.on:
            raise UsageError(
                say(
                    "{day} is still to come: a decision is recorded once it is taken.",
                    day=decision.on,
                )
            )
        made = replace(decision, administration=who, recorded_by=self.user)
        dossier, seen = self.dossier(proposal)
        dossier = replace(dossier, decisions=(*dossier.decisions, made))
        self.save(dossier, seen=seen, why=f"decide {dossier.id}")
        return dossier
