"""Who could buy together: the proposals, and what people did with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotFound, UsageError, say, word
from jointbuy.model import (
    Adhesion,
    Administration,
    Candidate,
    CandidateKind,
    Contract,
    Decision,
    Dossier,
    Form,
    FrameworkAgreement,
    Interest,
    Need,
    NeedStatus,
    Order,
    PurchasingCentre,
    UseDecision,
    Vote,
)
from jointbuy.model.decision import STAGES
from jointbuy.model.lookup import find
from jointbuy.workspace.bulk import framework_months
from jointbuy.workspace.changes import changes_since
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from jointbuy.errors import Message
    from jointbuy.matching import Inputs, Matching
    from jointbuy.model import Choice

FORMS = {
    CandidateKind.JOINT: Form.JOINT_CONTRACT,
    CandidateKind.ADHESION: Form.PURCHASING_CENTRE,
}
"""The form a proposal is checked under unless another is asked for."""


FIRST_DAY = date(2000, 1, 1)
"""No decision in a register is older; an earlier day is a slip."""

RANKS = {"retained": 0, "proposed": 1, "set_aside": 2}

MATCHED: tuple[type[Any], ...] = (
    Need,
    Administration,
    Contract,
    PurchasingCentre,
    FrameworkAgreement,
    Adhesion,
    Interest,
    UseDecision,
    Order,
)
"""What matching looks at; a dossier is not among it."""

FEWEST = 2
"""How many administrations it takes to buy together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A candidate and what people did with it so far.

    One that was retained or set aside is shown as it stood then; `changes` says how
    the register differs from it today.
    """

    candidate: Candidate
    dossier: Dossier | None = None
    changes: tuple[Message, ...] = ()

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

    _matching: Matching | None = None

    def match(self) -> tuple[Proposal, ...]:
        """All proposals, best first: retained ones lead, those set aside come last.

        What was retained or set aside stays as it stood, and takes the place of what
        is proposed today for the same needs.
        """
        today = self.proposed()
        dossiers = self.dossiers()
        chosen = [
            self._as_chosen(dossier, today)
            for dossier in dossiers.values()
            if dossier.choice is not None
        ]
        taken = {_same(one.candidate) for one in chosen}
        taken |= {
            _same(self.standing(one.candidate))
            for one in chosen
            if one.state == "retained"
        }
        found = [
            Proposal(candidate=candidate, dossier=dossiers.get(candidate.id))
            for candidate in today
            if _same(candidate) not in taken
        ]
        found += sorted(chosen, key=lambda one: -one.candidate.score)
        return tuple(sorted(found, key=lambda proposal: RANKS[proposal.state]))

    def proposed(self) -> tuple[Candidate, ...]:
        """What matching proposes for the needs of today, best first.

        It is worked out again once something that matching looks at has changed; where
        only needs have changed, for what they touch.
        """
        known = self.proposed_already()
        if known is not None:
            return known
        return self.remember("proposed", MATCHED, self._propose())

    def proposed_already(self) -> tuple[Candidate, ...] | None:
        """What matching proposes, if nothing has to be worked out for it."""
        found: tuple[Candidate, ...] | None = self.recalled("proposed", MATCHED)
        return found

    def _propose(self) -> tuple[Candidate, ...]:
        from jointbuy import matching

        inputs, before = self.looked_at(), self._matching
        self._matching = before.follow(inputs) if before else matching.Matching(inputs)
        return self._matching.proposals

    def looked_at(self) -> Inputs:
        """What matching looks at."""
        from jointbuy import matching

        return matching.Inputs(
            needs=tuple(self.needs().values()),
            administrations=tuple(self.administrations().values()),
            contracts=tuple(self.contracts().values()),
            centres=tuple(self.centres().values()),
            frameworks=tuple(self.frameworks().values()),
            adhesions=tuple(self.adhesions().values()),
            interests=tuple(self.interests().values()),
            uses=tuple(self.uses().values()),
            orders=tuple(self.orders().values()),
            programmes=tuple(self.programmes().values()),
            on=self.on,
            max_framework_months=framework_months(self.on),
            labels=self.official_codes.labels if self.official_codes else None,
        )

    def _as_chosen(self, dossier: Dossier, today: Sequence[Candidate]) -> Proposal:
        """A proposal as it was retained or set aside, and what changed since."""
        changes = (
            *changes_since(dossier, self.needs()),
            *self._proposed_otherwise(dossier, today),
        )
        return Proposal(candidate=dossier.candidate, dossier=dossier, changes=changes)

    def _proposed_otherwise(
        self, dossier: Dossier, today: Sequence[Candidate]
    ) -> Iterator[Message]:
        """Whether the needs that are still open are proposed together today.

        Those of an administration that decided against it were left out on purpose.
        """
        candidate, needs = dossier.candidate, self.needs()
        against = {
            each.administration for each in dossier.decisions if each.outcome is Vote.NO
        }
        open_ = {need.id for need in self.members(candidate)}
        alike = {
            one.id: {n for n in one.needs if needs[n].administration not in against}
            for one in today
            if one.kind is candidate.kind and one.framework == candidate.framework
        }
        own = {n for n in open_ if needs[n].administration not in against}
        if not own or own in alike.values():
            return
        wider = [id_ for id_, found in alike.items() if own < found]
        others = [id_ for id_, found in alike.items() if own & found]
        if wider:
            yield say(
                "These needs are now proposed together with others: {ids}.",
                ids=", ".join(wider),
            )
        elif others:
            yield say(
                "These needs are no longer proposed together; today they stand in: "
                "{ids}.",
                ids=", ".join(others),
            )
        else:
            yield say("These needs are no longer proposed together.")

    def proposal(self, text: str) -> Proposal:
        """The proposal with that id, or whose id alone begins so.

        One that was retained or set aside is shown as it stood then.

        Raises:
            NotFound: none, or several.
        """
        dossiers = self.dossiers()
        if text in dossiers and dossiers[text].choice is not None:
            return self._as_chosen(dossiers[text], self.proposed())
        everyone = {each.candidate.id: each for each in self.match()}
        if text in dossiers and text not in everyone:
            return Proposal(candidate=dossiers[text].candidate, dossier=dossiers[text])
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
        """Its needs that are still open, in order."""
        needs = self.kept(Need)
        return tuple(
            needs[id_]
            for id_ in candidate.needs
            if id_ in needs and needs[id_].status is NeedStatus.OPEN
        )

    def standing(self, candidate: Candidate) -> Candidate:
        """The candidate with the needs that are still open, and whose they are.

        As it stood where none is open any more: there is nothing left to judge.
        """
        return _with(candidate, self.members(candidate))

    def refreshed(self, proposal: Proposal, without: Collection[str]) -> Candidate:
        """What is retained today: with its reasons where matching still gives them.

        Raises:
            UsageError: too little is left of it.
        """
        old = proposal.candidate
        needs = [n for n in self.members(old) if n.administration not in without]
        if not needs:
            raise UsageError(
                say(
                    "Nothing is left of {id} to retain: none of its needs is open.",
                    id=old.id,
                )
            )
        fresh = _with(old, needs)
        if old.kind is CandidateKind.JOINT and len(fresh.administrations) < FEWEST:
            raise UsageError(
                say(
                    "Nothing is left of {id} to buy together: the needs still open "
                    "are those of one administration.",
                    id=old.id,
                )
            )
        today = (one for one in self.proposed() if _same(one) == _same(fresh))
        return replace(next(today, fresh), id=old.id)

    def participants(self, candidate: Candidate) -> tuple[Administration, ...]:
        """Its administrations that are in the register, in order."""
        everyone = self.kept(Administration)
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
            UsageError: the proposal was not retained, its form has no such stage, or
                the day cannot be that of the session.
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
        form = proposal.dossier.form if proposal.dossier else None
        stages = STAGES[form or Form.JOINT_CONTRACT]
        if decision.stage not in stages:
            raise UsageError(
                say(
                    "“{stage}” is no stage of this form of cooperation. Choose one of: "
                    "{stages}.",
                    stage=decision.stage.name.lower(),
                    stages=", ".join(stage.name.lower() for stage in stages),
                )
            )
        if decision.on < FIRST_DAY:
            raise UsageError(
                say(
                    "{day} lies too far back to be the day of the session: correct it.",
                    day=decision.on,
                )
            )
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


def _same(candidate: Candidate) -> tuple[CandidateKind, str, str, frozenset[str]]:
    """What makes two candidates the same one."""
    needs = frozenset(candidate.needs)
    return candidate.kind, candidate.framework, candidate.lot, needs


def _with(candidate: Candidate, needs: Sequence[Need]) -> Candidate:
    """The candidate with these of its needs alone, as they stand today."""
    if not needs:
        return candidate
    ids = tuple(need.id for need in needs)
    owners = {need.administration for need in needs}
    known = [need.estimate for need in needs if need.estimate is not None]
    return replace(
        candidate,
        needs=ids,
        administrations=tuple(a for a in candidate.administrations if a in owners),
        entries=tuple(entry for entry in candidate.entries if entry.need in ids),
        estimate=sum(known[1:], known[0]) if known else None,
    )
