"""What would become of a proposal if somebody left, came, split off or began later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, JointbuyError, NotFound, UsageError, euro, say, word
from jointbuy.model import Candidate, CandidateKind, Form, NeedStatus, Outcome, Reason
from jointbuy.model.lookup import find
from jointbuy.workspace.appraising import VERDICTS, Appraising
from jointbuy.workspace.legal import form_of
from jointbuy.workspace.proposals import FEWEST, Proposal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.appraisal import Appraisal
    from jointbuy.errors import Message
    from jointbuy.law import Procedures
    from jointbuy.matching.regroup import Regrouped
    from jointbuy.model import Finding, Need
    from jointbuy.workspace.legal import Checked

MOST_DAYS = 3652
"""A shift of more, ten years, is told by its two days alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A proposal as it is or would be, with its worth, its law and its value.

    `objections` say why matching would not propose it; `trouble` why the law or the
    thresholds of the day have no answer; `differences` how a part that is split off
    differs from the whole.
    """

    candidate: Candidate
    appraisal: Appraisal
    checked: Checked | None = None
    procedures: Procedures | None = None
    objections: tuple[Message, ...] = ()
    trouble: Message | None = None
    differences: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is, what would be (two of them after a split), and the differences."""

    before: Side
    after: tuple[Side, ...]
    differences: tuple[Message, ...]


class WhatIfs(Appraising):
    """Trying out; nothing of it is kept."""

    def what_if(
        self,
        text: str,
        *,
        drop: Sequence[str] = (),
        add: Sequence[str] = (),
        split: Sequence[str] = (),
        launch: date | None = None,
    ) -> WhatIf:
        """A proposal without some administrations, with other needs, or on another day.

        `add` names open needs, or proposals that are merged into it; `split` needs
        that are bought apart from the others.

        Raises:
            NotFound: no such proposal, participant or need.
            UsageError: nothing is asked, or nobody is left to buy with.
            Refused: somebody cannot start on that day; each is named.
        """
        proposal = self.proposal(text)
        candidate = self.standing(proposal.candidate)
        if candidate.kind is CandidateKind.ADHESION:
            raise UsageError(
                say(
                    "{id} proposes to join a framework agreement: there is no group to "
                    "change.",
                    id=candidate.id,
                )
            )
        if not (drop or add or split or launch):
            raise UsageError(
                say(
                    "Say what to try: --drop an administration, --with a need or a "
                    "proposal, --split needs off, or another --launch day."
                )
            )
        needs = self._after_leaving(candidate, drop)
        needs = [*needs, *self._coming(needs, add)]
        if len(candidate.administrations) < FEWEST and not (drop or add):
            raise UsageError(
                say(
                    "{id} proposes to stay separate: there is no group to change. Add "
                    "a need with --with.",
                    id=candidate.id,
                )
            )
        groups = self._split(needs, split)
        if len(groups) == 1 and len({need.administration for need in needs}) < FEWEST:
            raise UsageError(
                say(
                    "Only {administration} would be left, with nobody to buy with: "
                    "leave fewer out, or add a need with --with.",
                    administration=self._named({needs[0].administration}),
                )
            )
        before = self._now(proposal, candidate)
        after = tuple(self._grouped(group, proposal, launch) for group in groups)
        if len(after) == 1:
            return WhatIf(
                before=before,
                after=after,
                differences=(
                    *self._between(before, after[0]),
                    *_gain(before, after),
                    *_verdict(before, after[0]),
                ),
            )
        divided = tuple(self._divided(groups))
        parts = tuple(
            replace(
                side,
                objections=(*side.objections, *divided),
                differences=tuple(self._between(before, side, part=True)),
            )
            for side in after
        )
        return WhatIf(
            before=before, after=parts, differences=tuple(_gain(before, parts))
        )

    # Who would take part.

    def _after_leaving(self, candidate: Candidate, drop: Sequence[str]) -> list[Need]:
        gone = {self.participant(candidate, one) for one in drop}
        left = [n for n in self.members(candidate) if n.administration not in gone]
        if not left:
            raise UsageError(
                say("Nobody would be left of {id}: leave fewer out.", id=candidate.id)
                if gone
                else say("None of the needs of {id} is open any more.", id=candidate.id)
            )
        return left

    def _coming(self, needs: Sequence[Need], add: Sequence[str]) -> list[Need]:
        inside = {need.id for need in needs}
        found: dict[str, Need] = {}
        for text in add:
            for need in self._meant(text):
                if need.id in inside:
                    continue
                if need.status is not NeedStatus.OPEN:
                    raise UsageError(
                        say(
                            "“{title}” ({id}) is not open: only open needs can be "
                            "bought together.",
                            title=need.title,
                            id=need.id,
                        )
                    )
                found[need.id] = need
        if add and not found:
            raise UsageError(say("It takes part already: add another need."))
        return list(found.values())

    def _meant(self, text: str) -> tuple[Need, ...]:
        """The need with that id, or those of the proposal with that id."""
        try:
            return (find(text, self.needs(), word("need")),)
        except NotFound:
            try:
                return self.members(self.proposal(text).candidate)
            except NotFound:
                pass
            raise

    def _inside(self, text: str, known: dict[str, Need]) -> Need:
        """The need of the proposal that is meant."""
        try:
            return find(text, known, word("need"))
        except NotFound:
            other = self.needs().get(text)
            if other is None:
                raise
            raise UsageError(
                say(
                    "“{title}” ({id}) does not belong to this proposal: it cannot be "
                    "split off.",
                    title=other.title,
                    id=other.id,
                )
            ) from None

    def _split(self, needs: Sequence[Need], split: Sequence[str]) -> list[list[Need]]:
        if not split:
            return [list(needs)]
        known = {need.id: need for need in needs}
        off = {self._inside(one, known).id for one in split}
        groups = [
            [need for need in needs if need.id in off],
            [need for need in needs if need.id not in off],
        ]
        if not groups[1]:
            raise UsageError(
                say("All of them would be split off: leave some of the needs out.")
            )
        return groups

    def _divided(self, groups: Sequence[Sequence[Need]]) -> Iterator[Message]:
        """Who would divide what it buys of the same thing."""
        first, second = ({need.administration for need in each} for each in groups)
        for who in sorted(first & second):
            yield say(
                "{administration} would divide its own purchase: no purchase may be "
                "split up to escape publicity.",
                administration=self._named({who}),
            )

    def _named(self, ids: Collection[str]) -> Arg:
        everyone = self.administrations()
        listed = [everyone[one] for one in sorted(ids) if one in everyone]
        names = {
            language: ", ".join(one.name(language) for one in listed)
            for language in ("fr", "nl", "de", "en")
        }
        return Arg(name="", kind="names", text=", ".join(sorted(ids)), names=names)

    # What it would be.

    def _now(self, proposal: Proposal, candidate: Candidate) -> Side:
        """As it is proposed; what was retained long ago is weighed as of today."""
        if candidate.kind is CandidateKind.JOINT and proposal.dossier is not None:
            try:
                fresh = self._regrouped(candidate.needs, None)
                candidate = replace(fresh.candidate, id=candidate.id)
            except JointbuyError:  # it cannot start any more: as it stood
                pass
        return self._side(candidate, proposal)

    def _grouped(
        self, group: Sequence[Need], proposal: Proposal, launch: date | None
    ) -> Side:
        ids = [need.id for need in group]
        if len({need.administration for need in group}) < FEWEST:
            return self._side(_apart(group, proposal.candidate), proposal)
        found = self._regrouped(ids, launch)
        return self._side(found.candidate, proposal, found)

    def _regrouped(self, ids: Sequence[str], launch: date | None) -> Regrouped:
        from jointbuy.matching.regroup import regroup

        return regroup(self.looked_at(), frozenset(ids), launch)

    def _side(
        self,
        candidate: Candidate,
        proposal: Proposal,
        found: Regrouped | None = None,
    ) -> Side:
        thought = Proposal(candidate=candidate, dossier=proposal.dossier)
        checked = procedures = trouble = None
        if candidate.kind is CandidateKind.JOINT:
            try:
                checked = self.checked(thought, _form(proposal))
                procedures = self._thresholds(candidate)
            except JointbuyError as error:
                trouble = error.message
        return Side(
            candidate=candidate,
            appraisal=self.appraisal_of(
                thought, checked=checked, purchases=found.purchases if found else ()
            ),
            checked=checked,
            procedures=procedures,
            objections=found.objections if found else (),
            trouble=trouble,
        )

    def _thresholds(self, candidate: Candidate) -> Procedures | None:
        """The procedures that the whole allows, where all of it is known."""
        from jointbuy import law

        estimates = [need.estimate for need in self.members(candidate)]
        known = [amount for amount in estimates if amount is not None]
        if candidate.nature is None or len(known) < len(estimates) or not known:
            return None
        return law.procedures(
            candidate.nature,
            sum(known[1:], known[0]),
            on=self.on,
            own=self.own_law(),
        )

    # What would be different.

    def _between(
        self, before: Side, after: Side, *, part: bool = False
    ) -> Iterator[Message]:
        was, now = before.candidate, after.candidate
        gone = set(was.administrations) - set(now.administrations)
        come = set(now.administrations) - set(was.administrations)
        if gone and not part:
            yield say(
                "Would no longer take part: {administrations}.",
                administrations=self._named(gone),
            )
        if come:
            yield say(
                "Would take part as well: {administrations}.",
                administrations=self._named(come),
            )
        if now.kind is CandidateKind.SEPARATE:
            yield say("Would buy alone.")
            return
        yield from _score(was, now)
        yield from _days(was, now)
        yield from _value(before, after)
        yield from _law(before.checked, after.checked)


def _apart(group: Sequence[Need], whole: Candidate) -> Candidate:
    """What one administration would buy by itself."""
    known = [need.estimate for need in group if need.estimate is not None]
    ids = tuple(sorted(need.id for need in group))
    return replace(
        whole,
        id="s-" + "-".join(ids),
        kind=CandidateKind.SEPARATE,
        needs=ids,
        administrations=(group[0].administration,),
        launch=None,
        entries=(),
        estimate=sum(known[1:], known[0]) if known else None,
        reasons=(
            Reason(
                name="split_off",
                weight=0,
                message=say("It would be bought apart from the others."),
            ),
        ),
        missing=(),
        would_change=(),
    )


def _form(proposal: Proposal) -> Form:
    try:
        return form_of(proposal, named=False)
    except UsageError:
        return Form.JOINT_CONTRACT


def _score(was: Candidate, now: Candidate) -> Iterator[Message]:
    if was.kind is now.kind and was.score != now.score:
        yield say(
            "Score: {after} points instead of {before} ({difference}).",
            before=was.score,
            after=now.score,
            difference=f"{now.score - was.score:+d}",
        )
    if was.kind is not now.kind:
        yield say("Score: {after} points.", after=now.score)
        return
    before = {reason.name: reason for reason in was.reasons}
    after = {reason.name: reason for reason in now.reasons}
    for name, reason in after.items():
        old = before.get(name)
        if old is None:
            yield say(
                "New reason: {reason} ({points})",
                reason=reason.message,
                points=f"{reason.weight:+d}",
            )
        elif old.weight != reason.weight:
            yield say(
                "{reason} ({after} instead of {before})",
                reason=reason.message,
                after=f"{reason.weight:+d}",
                before=f"{old.weight:+d}",
            )
    for name, reason in before.items():
        if name not in after:
            yield say(
                "No longer a reason: {reason} ({points})",
                reason=reason.message,
                points=f"{reason.weight:+d}",
            )


def _days(was: Candidate, now: Candidate) -> Iterator[Message]:
    if was.launch and now.launch and was.launch != now.launch:
        days = (now.launch - was.launch).days
        if abs(days) > MOST_DAYS:
            yield say(
                "The common start moves from {before} to {after}.",
                before=was.launch,
                after=now.launch,
            )
        elif days == 1:
            yield say(
                "The common start moves from {before} to {after}, one day later.",
                before=was.launch,
                after=now.launch,
            )
        elif days == -1:
            yield say(
                "The common start moves from {before} to {after}, one day earlier.",
                before=was.launch,
                after=now.launch,
            )
        elif days > 0:
            yield say(
                "The common start moves from {before} to {after}, {days} days later.",
                before=was.launch,
                after=now.launch,
                days=days,
            )
        else:
            yield say(
                "The common start moves from {before} to {after}, {days} days earlier.",
                before=was.launch,
                after=now.launch,
                days=-days,
            )
    if now.entries and not was.entries:
        yield say("Some would enter later: it takes a framework agreement.")
    elif was.entries and not now.entries:
        yield say("All of them would start on the same day.")


def _value(before: Side, after: Side) -> Iterator[Message]:
    old, new = before.procedures, after.procedures
    amounts = before.candidate.estimate, after.candidate.estimate
    if amounts[0] != amounts[1] and amounts[1] is not None:
        yield say(
            "The estimate becomes {after} instead of {before}.",
            after=euro(amounts[1]),
            before=euro(amounts[0] or 0 * amounts[1]),
        )
    if new is None:
        return
    if old is None or old.lightest.name != new.lightest.name:
        yield say(
            "The lightest procedure becomes: {procedure}.", procedure=new.lightest.title
        )
    if old is None:
        return
    if new.eu_publicity and not old.eu_publicity:
        yield say("European publicity would be required.")
    elif old.eu_publicity and not new.eu_publicity:
        yield say("European publicity would no longer be required.")
    if new.lots_due and not old.lots_due:
        yield say("Dividing into lots would have to be considered.")
    elif old.lots_due and not new.lots_due:
        yield say("Dividing into lots would no longer have to be considered.")


def _law(was: Checked | None, now: Checked | None) -> Iterator[Message]:
    if was is None or now is None:
        return
    old, new = _told(was), _told(now)
    for key, found in new.items():
        if key not in old:
            yield say("New finding: {finding}", finding=found.message)
    for key, found in old.items():
        if key not in new:
            yield say("Finding that falls away: {finding}", finding=found.message)
    opened, closed = (
        set(now.open_questions) - set(was.open_questions),
        set(was.open_questions) - set(now.open_questions),
    )
    if opened:
        yield say("Questions that open: {codes}.", codes=", ".join(sorted(opened)))
    if closed:
        yield say("Questions that close: {codes}.", codes=", ".join(sorted(closed)))


def _told(checked: Checked) -> dict[tuple[str, Outcome, str], Finding]:
    """What stands against it or calls for care, each by what it says."""
    return {
        (found.rule, found.outcome, str(found.message)): found
        for found in checked.findings
        if found.outcome > Outcome.UNKNOWN and not found.ask
    }


def _mid(side: Side) -> Decimal | None:
    gain = side.appraisal.gain.estimated
    return gain.mid if gain else None


def _gain(before: Side, after: Sequence[Side]) -> Iterator[Message]:
    if any(side.appraisal.obstacle for side in (before, *after)):
        return  # what cannot be had is not compared
    gains = [mid for side in after if (mid := _mid(side)) is not None]
    if len(gains) < len(after):
        yield say("What it would gain cannot be estimated.")
        return
    now, was = sum(gains[1:], gains[0]), _mid(before)
    if was is None:
        yield say("It is estimated to gain {after}.", after=euro(now))
    elif was != now:
        yield say(
            "It is estimated to gain {after} instead of {before} ({difference}).",
            after=euro(now),
            before=euro(was),
            difference=_signed(now - was),
        )


def _signed(amount: Decimal) -> Message:
    """A difference in euro with its sign."""
    if amount < 0:
        return say("−{amount}", amount=euro(-amount))
    return say("+{amount}", amount=euro(amount))


def _verdict(before: Side, after: Side) -> Iterator[Message]:
    was, now = before.appraisal.verdict, after.appraisal.verdict
    if was is now:
        yield say("The verdict stays: {verdict}.", verdict=VERDICTS[now.value])
    else:
        yield say(
            "The verdict becomes “{after}” instead of “{before}”.",
            after=VERDICTS[now.value],
            before=VERDICTS[was.value],
        )
