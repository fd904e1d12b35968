"""What the estimate speaks for, why, and what would turn it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from jointbuy import law
from jointbuy.appraisal.outcome import Verdict
from jointbuy.appraisal.ranges import NOTHING
from jointbuy.errors import Arg, euro, per_cent, say
from jointbuy.model import CandidateKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointbuy.appraisal.assumptions import Assumptions
    from jointbuy.appraisal.formalities import Formalities
    from jointbuy.appraisal.outcome import Appraisal
    from jointbuy.appraisal.ranges import Range
    from jointbuy.errors import Message
    from jointbuy.model import Candidate

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
BLOCKS = -100
"""A reason that weighs so much by itself forbids what it stands against."""

TIMES = 20
"""Volumes that would have to grow beyond so many times are no advice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a verdict looks at.

    `saving` is what all would save if the whole price were pressed and everything
    ordered, `priced` the volume whose price can be lowered (euro). `estimated` is None
    where too little is known. `without` is who would better be left out, and the gain
    then; `alternatives` are adhesions for the same needs; `purchases` says how many
    different things are bought.
    """

    candidate: Candidate
    participants: int
    estimated: Range | None
    price: Range | None
    saving: Decimal = Decimal(0)
    priced: Decimal = Decimal(0)
    formalities: Formalities | None = None
    coordination: Range = NOTHING
    fee: Range = NOTHING
    headline: Outcome | None = None
    without: tuple[Arg, Decimal] | None = None
    alternatives: Sequence[Appraisal] = ()
    purchases: int = 1
    called: Mapping[str, Arg]
    assumed: Assumptions


def judge(seen: Weighed) -> tuple[Verdict, tuple[Message, ...], tuple[Message, ...]]:
    """The verdict, its reasons and what would turn it."""
    if seen.candidate.kind is CandidateKind.ADHESION:
        verdict, *first = _of_adhesion(seen)
        reasons = (*first, *_parts_of_adhesion(seen), *_reserved(seen))
        return verdict, reasons, tuple(_turns_there(seen))
    if seen.participants < 2:  # noqa: PLR2004  # nobody to buy with
        reasons = tuple(one.message for one in seen.candidate.reasons)
        return Verdict.STAY_SEPARATE, reasons, seen.candidate.would_change
    verdict, *first = _of_joint(seen)
    instead = tuple(_instead(seen, verdict))
    if instead and _better_elsewhere(seen):
        verdict = Verdict.ADHERE
    told = (*first, *_parts(seen), *_reserved(seen), *instead)
    return verdict, told, tuple(_turns(seen))


def obstacle(seen: Weighed) -> Message | None:
    """Why the estimated gain cannot be had as things stand, if it cannot."""
    if seen.candidate.kind is CandidateKind.ADHESION:
        blocking = _blocking(seen)
        if not blocking:
            return None
        return say(
            "The framework agreement cannot be used: {reason}", reason=blocking[0]
        )
    if seen.headline is Outcome.BLOCKED:
        return _forbidden(seen)
    return _different(seen)


def _forbidden(seen: Weighed) -> Message:
    return say(
        "The law blocks this form of cooperation as things stand: see `check {id}`.",
        id=seen.candidate.id,
    )


def _reserved(seen: Weighed) -> Iterator[Message]:
    """What the law has against it without forbidding it."""
    if seen.headline is Outcome.SERIOUS:
        yield say(
            "The law has a serious reservation about this form of cooperation: see "
            "`check {id}`.",
            id=seen.candidate.id,
        )


# -- buying together -------------------------------------------------------------------


def _of_joint(seen: Weighed) -> tuple[Verdict, *tuple[Message, ...]]:
    joined = Verdict.STAGGERED if seen.candidate.entries else Verdict.JOIN
    stay = Verdict.STAY_SEPARATE
    if seen.headline is Outcome.BLOCKED:
        return stay, _forbidden(seen)
    different = _different(seen)
    if different is not None:
        return stay, different
    if seen.candidate.score <= 0:
        return stay, say(
            "The reasons of the proposal itself speak against it ({points} points).",
            points=seen.candidate.score,
        )
    if seen.estimated is None:
        kept = seen.candidate.kind is CandidateKind.JOINT
        return (joined if kept else stay), say(
            "The gain cannot be estimated yet: only the reasons of the proposal speak."
        )
    if not _falls(seen):
        return stay, say(
            "Volume cannot lower this price: there is a single supplier, the price is "
            "regulated, or it is already that of a centre."
        )
    if seen.estimated.mid > 0:
        return joined, _gains(seen.estimated)
    if not seen.estimated.mid:
        return stay, say("Buying together is estimated to gain nothing.")
    return stay, say(
        "Buying together is estimated to cost {amount} more than it gains.",
        amount=euro(-seen.estimated.mid),
    )


def _different(seen: Weighed) -> Message | None:
    """That they are for different things, which volume does not make cheaper."""
    if seen.purchases <= 1:
        return None
    return say(
        "These are {count} different purchases: bundling them lowers no price. Buy "
        "each of them by itself.",
        count=seen.purchases,
    )


def _falls(seen: Weighed) -> bool:
    """Whether the price may fall at all: without that, bundling has no sense."""
    return seen.price is not None and seen.price.high > 0


def _gains(estimated: Range) -> Message:
    return say(
        "Buying together is estimated to gain {mid} over the whole duration: {low} in "
        "the low case, {high} in the high case.",
        mid=euro(estimated.mid),
        low=euro(estimated.low),
        high=euro(estimated.high),
    )


def _parts(seen: Weighed) -> Iterator[Message]:
    """What makes up the estimate, in sentences."""
    if seen.candidate.entries:
        yield say(
            "They cannot all start on one day: it takes a framework agreement under "
            "which those who enter later can order."
        )
    if seen.price is not None and seen.price.mid:
        share = HUNDRED * seen.price.mid / seen.priced
        yield say(
            "The price may fall by {share} ({amount}); nobody can promise it, and in "
            "the low case it does not fall.",
            share=per_cent(share.quantize(TENTH, ROUND_HALF_UP)),
            amount=euro(seen.price.mid),
        )
    if seen.formalities is not None and seen.formalities.joint:
        yield from _procedures(seen.formalities)
    if seen.coordination.mid:
        yield say(
            "Coordination is assumed to cost {amount}: {days} person-days for each "
            "further participant ({count}).",
            amount=euro(seen.coordination.mid),
            days=seen.assumed["coordination_days"].value.mid,
            count=seen.participants - 1,
        )
    if seen.estimated is not None and seen.estimated.low < 0 < seen.estimated.mid:
        yield say(
            "In the low case buying together costs {amount} more than buying alone.",
            amount=euro(-seen.estimated.low),
        )


def _procedures(found: Formalities) -> Iterator[Message]:
    title = law.procedure_title(found.joint)
    net = found.net.mid
    if found.heavier:
        yield say(
            "Together the value calls for a heavier procedure than any of them needs "
            "alone: {procedure}.",
            procedure=title,
        )
    if net > 0:
        yield say(
            "One procedure in the place of {count} saves {amount} of work.",
            count=len(found.alone),
            amount=euro(net),
        )
    elif net < 0:
        yield say(
            "The joint procedure costs {amount} more than those it takes the place of.",
            amount=euro(-net),
        )


def _turns(seen: Weighed) -> Iterator[Message]:
    """What would turn the verdict on buying together."""
    if seen.estimated is None or not _falls(seen) or seen.purchases > 1:
        return
    if seen.headline is Outcome.BLOCKED:
        if seen.estimated.mid > 0:
            yield say(
                "If the legal obstacle were removed: the estimate itself speaks for "
                "buying together."
            )
        return
    yield from _by_days(seen, seen.estimated)
    yield from _by_share(seen, seen.estimated)
    if seen.without is not None:
        who, gain = seen.without
        yield say(
            "Without {administration} the others would gain {amount}.",
            administration=who,
            amount=euro(gain),
        )


def _by_days(seen: Weighed, estimated: Range) -> Iterator[Message]:
    """The days of coordination at which it gains nothing."""
    assumed = seen.assumed["coordination_days"].value.mid
    each = seen.assumed["day_cost"].value.mid * (seen.participants - 1)
    if not each:
        return
    even = (estimated.mid + seen.coordination.mid) / each
    days = even.quantize(TENTH, ROUND_HALF_UP)
    if estimated.mid > 0:
        yield say(
            "From {days} person-days of coordination for each further participant on, "
            "it would no longer pay (assumed: {assumed}).",
            days=days,
            assumed=assumed,
        )
    elif even > 0:
        yield say(
            "Below {days} person-days of coordination for each further participant it "
            "would pay (assumed: {assumed}).",
            days=days,
            assumed=assumed,
        )


def _by_share(seen: Weighed, estimated: Range) -> Iterator[Message]:
    """The share of the price that must be pressed for it to gain anything."""
    price = seen.price.mid if seen.price else Decimal(0)
    share = seen.assumed["compressible"].value.mid
    pressed = seen.saving * seen.assumed["take_up"].ratio.mid
    needed = (price - estimated.mid) / pressed * HUNDRED if pressed else Decimal(0)
    if needed <= 0:
        return
    said = per_cent(needed.quantize(TENTH, ROUND_HALF_UP))
    if estimated.mid > 0:
        yield say(
            "If volume could press no more than {share} of the price, it would no "
            "longer pay (assumed: {assumed}).",
            share=said,
            assumed=per_cent(share),
        )
    elif needed <= HUNDRED:
        yield say(
            "If volume could press more than {share} of the price, it would pay "
            "(assumed: {assumed}).",
            share=said,
            assumed=per_cent(share),
        )
    if estimated.mid <= 0 < price:
        times = (price - estimated.mid) / price
        if times <= TIMES:
            yield say(
                "With volumes more than {times} times as large and the same procedure "
                "it would pay.",
                times=times.quantize(TENTH, ROUND_HALF_UP),
            )


# -- the framework of a centre instead -------------------------------------------------


def _usable(seen: Weighed) -> dict[str, Appraisal]:
    """The best adhesion for each participant, of all its needs."""
    own: dict[str, Appraisal] = {}
    for one in seen.alternatives:
        gain = one.gain.estimated
        if one.verdict is not Verdict.ADHERE or gain is None:
            continue
        who = one.candidate.administrations[0]
        best = own.get(who)
        if best is None or (best.gain.estimated or NOTHING).mid < gain.mid:
            own[who] = one
    return own


def _better_elsewhere(seen: Weighed) -> bool:
    """Whether all of them would gain more under frameworks than together."""
    own = _usable(seen)
    if set(own) != set(seen.candidate.administrations) or seen.estimated is None:
        return False
    covered = {need for one in own.values() for need in one.candidate.needs}
    if not covered >= set(seen.candidate.needs):
        return False
    return _apart(own) > max(seen.estimated.mid, Decimal(0))


def _apart(own: dict[str, Appraisal]) -> Decimal:
    gains = ((one.gain.estimated or NOTHING).mid for one in own.values())
    return sum(gains, Decimal(0))


def _instead(seen: Weighed, verdict: Verdict) -> Iterator[Message]:
    own = _usable(seen)
    if _better_elsewhere(seen):
        yield say(
            "Under the framework agreements that all of them may use they would gain "
            "more: {amount}.",
            amount=euro(_apart(own)),
        )
        return
    if verdict is Verdict.STAY_SEPARATE and seen.headline is Outcome.BLOCKED:
        return
    for who, one in own.items():
        yield say(
            "{administration} could also order under a framework agreement, with an "
            "estimated gain of {amount}: see {id}.",
            administration=seen.called[who],
            amount=euro((one.gain.estimated or NOTHING).mid),
            id=one.candidate.id,
        )


# -- joining a framework ---------------------------------------------------------------


def _blocking(seen: Weighed) -> tuple[Message, ...]:
    """What forbids to order under the framework: its own reasons, else the law."""
    own = tuple(one.message for one in seen.candidate.reasons if one.weight <= BLOCKS)
    if own or seen.headline is not Outcome.BLOCKED:
        return own
    return (
        say(
            "The law blocks this form of cooperation as things stand: see "
            "`check {id}`.",
            id=seen.candidate.id,
        ),
    )


def _of_adhesion(seen: Weighed) -> tuple[Verdict, *tuple[Message, ...]]:
    stay = Verdict.STAY_SEPARATE
    blocking = _blocking(seen)
    if blocking:
        return stay, *blocking
    if seen.candidate.score <= 0:
        return stay, say(
            "The reasons of the proposal itself speak against it ({points} points).",
            points=seen.candidate.score,
        )
    if seen.estimated is None:
        return Verdict.ADHERE, say(
            "The gain cannot be estimated yet: only the reasons of the proposal speak."
        )
    if seen.estimated.mid > 0:
        return Verdict.ADHERE, say(
            "Ordering under the framework agreement is estimated to gain {mid} over "
            "the whole duration: {low} in the low case, {high} in the high case.",
            mid=euro(seen.estimated.mid),
            low=euro(seen.estimated.low),
            high=euro(seen.estimated.high),
        )
    if not seen.estimated.mid:
        return stay, say(
            "Ordering under the framework agreement is estimated to gain nothing."
        )
    return stay, say(
        "Ordering under the framework agreement is estimated to cost {amount} more "
        "than it gains.",
        amount=euro(-seen.estimated.mid),
    )


def _parts_of_adhesion(seen: Weighed) -> Iterator[Message]:
    if seen.estimated is None:
        return
    if seen.price is not None and seen.price.mid:
        yield say(
            "The price may be {share} lower ({amount}), if the centre buys as much as "
            "its ceiling; in the low case it is not.",
            share=per_cent(
                (HUNDRED * seen.price.mid / seen.priced).quantize(TENTH, ROUND_HALF_UP)
            ),
            amount=euro(seen.price.mid),
        )
    if seen.formalities is not None and seen.formalities.net.mid > 0:
        yield say(
            "An order in the place of an own procedure saves {amount} of work.",
            amount=euro(seen.formalities.net.mid),
        )
    if seen.fee.mid:
        yield say("The fee of the centre takes {amount}.", amount=euro(seen.fee.mid))


def _turns_there(seen: Weighed) -> Iterator[Message]:
    """What would turn the verdict on joining a framework."""
    gain, volume = seen.estimated, seen.candidate.estimate
    if gain is None or not volume:
        return
    if _blocking(seen):
        if gain.mid > 0:
            yield say(
                "If that obstacle were removed, the estimate would speak for it "
                "({amount}).",
                amount=euro(gain.mid),
            )
        return
    if gain.mid <= 0:
        yield say(
            "If its prices are more than {share} lower than those you pay alone, it "
            "pays: compare them.",
            share=per_cent(
                (HUNDRED * ((seen.price or NOTHING).mid - gain.mid) / volume).quantize(
                    TENTH, ROUND_HALF_UP
                )
            ),
        )
    even = HUNDRED * (gain.mid + seen.fee.mid) / volume
    if even > 0 and seen.fee.mid:
        yield say(
            "With a fee of more than {share} of the order it does not pay.",
            share=per_cent(even.quantize(TENTH, ROUND_HALF_UP)),
        )
