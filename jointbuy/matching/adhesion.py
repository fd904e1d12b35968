"""Which framework agreements of purchasing centres fit a need, and what stands against.

A framework that does not identify the administration, or whose interest call is over,
is shown all the same, so that the officer sees why not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from jointbuy.centres import (
    Identified,
    InterestState,
    InterestStatus,
    Known,
    Phase,
    covers,
    identified,
    interest_state,
    phase,
    remaining,
)
from jointbuy.centres.joining import AdhesionState, membership, names_of_parts
from jointbuy.centres.orders import concluded
from jointbuy.errors import Arg, Message, euro, per_cent, say
from jointbuy.matching import weights
from jointbuy.matching.joining import missing, total
from jointbuy.matching.names import candidate_id, local, named
from jointbuy.matching.openings import Asked, openings
from jointbuy.matching.purchases import Text, readings
from jointbuy.model import CallOff, Candidate, CandidateKind, Reason
from jointbuy.vocabulary import cpv as tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jointbuy.centres.joining import Membership
    from jointbuy.matching.inputs import Inputs
    from jointbuy.matching.places import Places
    from jointbuy.matching.purchases import Purchase
    from jointbuy.matching.rows import Row
    from jointbuy.model import (
        Administration,
        FrameworkAgreement,
        Interest,
        Order,
        PurchasingCentre,
    )

ZERO = Decimal(0)
COARSE = 3
"""Digits of a code that says too little: there the words of the title must agree."""

REFUSED = (AdhesionState.REFUSED, AdhesionState.ENDED)
TO_DECIDE = (None, AdhesionState.PROPOSED, AdhesionState.NO_ANSWER)
STANDS = (AdhesionState.ADHERED, AdhesionState.WITHOUT_CONVENTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One framework (or lot) seen by one administration with the needs it covers.

    `orders` are those concluded under it for other needs.
    """

    framework: FrameworkAgreement
    lot: str
    centre: PurchasingCentre | None
    administration: Administration
    rows: tuple[Row, ...]
    phase: Phase
    identified: Identified
    interest: Interest | None
    state: InterestState
    adhesion: Membership
    digits: int
    used: bool
    on: date
    orders: tuple[Order, ...] = ()


Place = tuple[str, str, str]
"""Where an offer stands: framework, administration, lot."""


class Offers:
    """The frameworks that cover the needs of each administration, need by need."""

    def __init__(self, places: Places, inputs: Inputs) -> None:
        self._places, self._inputs = places, inputs
        self._frameworks = [
            one
            for one in sorted(inputs.frameworks, key=lambda one: one.id)
            if phase(one, inputs.on) is not Phase.ENDED
        ]
        self._hits: dict[tuple[object, ...], list[tuple[str, str, int]]] = {}
        self._held: dict[Place, dict[str, tuple[Row, int]]] = defaultdict(dict)
        self._known = {one.id: one for one in self._frameworks}
        self._orders: dict[str, list[Order]] = defaultdict(list)
        for one in inputs.orders:
            if concluded(one, inputs.on):
                self._orders[one.framework].append(one)
        usable = {
            one.id
            for one in self._frameworks
            if phase(one, inputs.on) is not Phase.EXHAUSTED
        }
        self._decided: dict[str, set[str]] = defaultdict(set)
        for use in inputs.uses:
            decided = use.decided_on is not None and use.decided_on <= inputs.on
            if decided and use.framework in usable:
                self._decided[use.need].add(use.framework)

    def add(self, row: Row) -> Iterator[Place]:
        """Take in a need; where it is covered.

        One that a body decided to cover through a framework is offered no other, as
        long as that one can be used.
        """
        asked = row.need.cpv, row.need.nature, row.purchase.key
        if asked not in self._hits:
            self._hits[asked] = [
                (framework.id, *hit)
                for framework in self._frameworks
                if (hit := _covered(framework, row)) is not None
            ]
        decided = self._decided.get(row.need.id)
        for framework, lot, digits in self._hits[asked]:
            if decided and framework not in decided:
                continue
            place = framework, row.need.administration, lot
            self._held[place][row.need.id] = row, digits
            yield place

    def drop(self, need: str) -> Iterator[Place]:
        """Leave out a need; where it was covered."""
        for place, held in self._held.items():
            if held.pop(need, None) is not None:
                yield place

    def candidate(self, place: Place) -> Candidate | None:
        """What is offered there; None when it covers no need any more."""
        held = [self._held[place][need] for need in sorted(self._held[place])]
        if not held:
            return None
        framework, owner, lot = place
        administration = self._places.all[self._places.at[owner]]
        offer = _offer(
            self._known[framework],
            lot,
            administration,
            held,
            self._inputs,
            self._orders.get(framework, ()),
        )
        return _candidate(offer, self._places)


def _covered(framework: FrameworkAgreement, row: Row) -> tuple[str, int] | None:
    """The lot that covers a need and the digits of its code, or None.

    The declared code or that of the purchase must lie under a code of the framework.
    Under a coarse code the title of the framework or lot must not be about something
    else.
    """
    for code in (tree.bare(row.need.cpv), row.purchase.cpv):
        nature = row.need.nature or row.purchase.nature
        lot = covers(framework, code, nature) if code else None
        if lot is None:
            continue
        own = next((one for one in framework.lots if one.id == lot), None)
        codes = own.cpv if own and own.cpv else framework.cpv
        digits = max(
            tree.depth(bare)
            for text in codes
            if (bare := tree.bare(text)) and tree.within(code, bare)
        )
        title = own.title if own and own.title.get("fr") else framework.title
        if digits > COARSE or _agrees(title.get("fr"), row):
            return lot, digits
    return None


def _agrees(title: str, row: Row) -> bool:
    about = _about(title)
    if not about.category or not row.purchase.category:
        return True
    return about.key == row.purchase.key or tree.shared(about.cpv, row.purchase.cpv) > 0


@lru_cache(maxsize=2_000)
def _about(title: str) -> Purchase:
    """What the title of a framework or lot is about."""
    return readings([Text(title=title)])[0].purchase


def _offer(
    framework: FrameworkAgreement,
    lot: str,
    administration: Administration,
    held: list[tuple[Row, int]],
    inputs: Inputs,
    orders: Sequence[Order],
) -> Offer:
    centre = next((one for one in inputs.centres if one.id == framework.centre), None)
    interest = max(
        (
            one
            for one in inputs.interests
            if one.framework == framework.id and one.administration == administration.id
        ),
        key=lambda one: (one.asked_on or date.min, one.id),
        default=None,
    )
    adhesion = membership(
        inputs.adhesions,
        administration.id,
        framework.centre,
        inputs.on,
        inputs.programmes,
    )
    needs = {row.need.id for row, _ in held}
    return Offer(
        framework=framework,
        lot=lot,
        centre=centre,
        administration=administration,
        rows=tuple(row for row, _ in held),
        phase=phase(framework, inputs.on, orders),
        identified=identified(framework, administration, centre, inputs.on),
        interest=interest,
        state=interest_state(interest, framework, inputs.on),
        adhesion=adhesion,
        digits=min(digits for _, digits in held),
        used=any(
            one.framework == framework.id and one.need in needs for one in inputs.uses
        ),
        on=inputs.on,
        orders=tuple(one for one in orders if one.need not in needs),
    )


def _candidate(offer: Offer, places: Places) -> Candidate:
    needs = [row.need for row in offer.rows]
    best = max(offer.rows, key=lambda row: row.score).purchase
    ids = tuple(sorted(need.id for need in needs))
    reasons = (
        _covers(offer),
        *_identified(offer),
        *_phase(offer),
        *_interest(offer),
        *_room(offer),
        *_joined(offer),
        *_days(offer),
        *_terms(offer),
    )
    return Candidate(
        id=candidate_id(CandidateKind.ADHESION, ids, offer.framework.id, offer.lot),
        kind=CandidateKind.ADHESION,
        title=best.labels,
        category=best.category,
        cpv=best.cpv,
        nature=needs[0].nature or best.nature,
        needs=ids,
        administrations=(offer.administration.id,),
        framework=offer.framework.id,
        lot=offer.lot,
        launch=first_order(offer),
        estimate=total(needs),
        reasons=reasons,
        missing=(*missing(needs, places), *_missing(offer)),
        would_change=tuple(_would_change(offer, reasons)),
    )


def _reason(
    name: str, message: Message, *evidence: Message, weight: int | None = None
) -> Reason:
    worth = weights.points(name) if weight is None else weight
    return Reason(name=name, weight=worth, message=message, evidence=evidence)


def _centre(offer: Offer) -> Arg:
    if offer.centre is None:
        return Arg(name="", text=offer.framework.centre)
    return local(offer.centre.names, offer.centre.id)


def _covers(offer: Offer) -> Reason:
    return _reason(
        "covered",
        say(
            "“{framework}” of {centre} covers this purchase.",
            framework=local(offer.framework.title, offer.framework.id),
            centre=_centre(offer),
        ),
        *(told for row in offer.rows if (told := row.told()) is not None),
        weight=weights.stepped(offer.digits, weights.COVER_STEPS),
    )


def _identified(offer: Offer) -> Iterable[Reason]:
    names = {
        Known.YES: "identified",
        Known.NO: "not_identified",
        Known.UNKNOWN: "identification_unknown",
    }
    yield _reason(names[offer.identified.answer], offer.identified.why)


def _phase(offer: Offer) -> Iterable[Reason]:
    framework = offer.framework
    if offer.phase is Phase.RUNNING:
        if framework.end is None:
            yield _reason("running", say("It runs; its end is not recorded."))
        else:
            yield _reason("running", say("It runs until {end}.", end=framework.end))
    elif offer.phase is Phase.EXHAUSTED:
        yield _reason(
            "ceiling_reached", say("Its ceiling is reached: no order is possible.")
        )
    elif offer.phase is Phase.INTEREST_OPEN:
        yield _reason(
            "interest_open",
            say(
                "Interest can be marked until {deadline}.",
                deadline=framework.interest_deadline or offer.on,
            ),
        )
    elif offer.phase is Phase.ANNOUNCED:
        yield _reason("announced", say("It is announced but not launched."))
    elif offer.phase is Phase.UNKNOWN:
        yield _reason(
            "phase_unknown", say("No day is recorded that says how far it has come.")
        )
    else:
        yield _reason(
            "not_running_yet", say("It is on its way but cannot be ordered from yet.")
        )


def _interest(offer: Offer) -> Iterable[Reason]:
    status, why = offer.state.status, offer.state.why
    still_open = offer.phase in (Phase.INTEREST_OPEN, Phase.ANNOUNCED)
    if status is InterestStatus.YES:
        yield _reason("interest_marked", why)
        yield from _above_maximum(offer)
    elif status is InterestStatus.YES_WITHOUT_MAXIMUM:
        yield _reason("maximum_missing", why)
    elif still_open:
        if status is InterestStatus.NO:
            yield _reason("interest_declined", why)
    elif status in (InterestStatus.NO, InterestStatus.NO_ANSWER):
        yield _reason("interest_missed", why)
    elif offer.framework.interest_deadline is not None:
        yield from _not_marked(offer, offer.framework.interest_deadline)


def _not_marked(offer: Offer, deadline: date) -> Iterable[Reason]:
    """The call is over and nothing was sent: only a name in the notice still helps."""
    if offer.on <= deadline:
        return
    if offer.identified.answer is Known.YES:
        yield _reason(
            "interest_not_marked",
            say(
                "Interest was to be marked by {deadline} and no mark is recorded; the "
                "framework identifies the administration all the same: ask the centre.",
                deadline=deadline,
            ),
        )
    else:
        yield _reason(
            "interest_missed",
            say(
                "Interest was to be marked by {deadline} and was not: the framework "
                "cannot be used.",
                deadline=deadline,
            ),
        )


def _above_maximum(offer: Offer) -> Iterable[Reason]:
    expected = total(row.need for row in offer.rows)
    most = offer.interest.maximum_amount if offer.interest else None
    ordered = _own_ordered(offer)
    if expected is None or most is None or expected + ordered <= most:
        return
    if ordered:
        yield _reason(
            "above_maximum",
            say(
                "The need ({expected}) is larger than what is left of the maximum "
                "marked ({left}).",
                expected=euro(expected),
                left=euro(most - ordered),
            ),
        )
    else:
        yield _reason(
            "above_maximum",
            say(
                "The need ({expected}) is larger than the maximum marked ({maximum}).",
                expected=euro(expected),
                maximum=euro(most),
            ),
        )


def _own_ordered(offer: Offer) -> Decimal:
    """What the administration ordered already for other needs, euro excluding VAT."""
    return sum(
        (
            one.amount or ZERO
            for one in offer.orders
            if one.administration == offer.administration.id
        ),
        ZERO,
    )


def _room(offer: Offer) -> Iterable[Reason]:
    """What is left below the ceilings, the total and the one of each beneficiary."""
    left = remaining(offer.framework, offer.lot, offer.orders, offer.on)
    each = offer.framework.ceiling_each
    each = None if each is None else each - _own_ordered(offer)
    room = min((one for one in (left, each) if one is not None), default=None)
    if room is None or offer.phase is Phase.EXHAUSTED:
        return
    expected = total(row.need for row in offer.rows)
    if room <= 0:
        yield _reason(
            "ceiling_reached", say("Its ceiling is reached: no order is possible.")
        )
    elif expected is not None and expected > room:
        yield _reason(
            "ceiling_too_low",
            say(
                "Only {left} is left below the ceiling, the need is {expected}.",
                left=euro(room),
                expected=euro(expected),
            ),
        )
    elif _nearly_used(offer, left):
        yield _reason(
            "ceiling_nearly_used",
            say("Its ceiling is nearly used: {left} is left.", left=euro(room)),
        )
    elif expected is not None:
        yield _reason(
            "ceiling_enough",
            say("{left} is left below the ceiling: enough.", left=euro(room)),
        )


def _nearly_used(offer: Offer, left: Decimal | None) -> bool:
    lot = next((one for one in offer.framework.lots if one.id == offer.lot), None)
    ceiling = lot.ceiling if lot and lot.ceiling else offer.framework.ceiling
    return left is not None and bool(ceiling) and left < ceiling * weights.NEARLY_USED  # type: ignore[operator]


def _joined(offer: Offer) -> Iterable[Reason]:
    """How the administration stands before all of the centre, else before parts."""
    whole, centre = offer.adhesion.whole, _centre(offer)
    state = whole.state if whole else None
    if offer.adhesion.member is None and offer.adhesion.joined:
        yield _reason(
            "joining_unknown",
            say(
                "{administration} joined parts of {centre} only ({parts}); to which of "
                "them “{framework}” belongs is not recorded.",
                administration=named([offer.administration]),
                centre=centre,
                parts=names_of_parts(offer.adhesion.joined),
                framework=local(offer.framework.title, offer.framework.id),
            ),
        )
    elif state in STANDS:
        yield _reason(
            "joined",
            say(
                "{administration} has joined {centre}.",
                administration=named([offer.administration]),
                centre=centre,
            ),
        )
    elif state in REFUSED:
        yield _reason(
            "joining_refused",
            say("Joining {centre} was refused or has ended.", centre=centre),
        )
    elif state in TO_DECIDE:
        yield _reason(
            "not_joined",
            say(
                "{administration} has not joined {centre} yet: the competent body must "
                "decide and the convention be signed first.",
                administration=named([offer.administration]),
                centre=centre,
            ),
        )
    else:
        yield _reason(
            "joining_pending",
            say("The decision to join {centre} is not complete.", centre=centre),
        )


def first_order(offer: Offer) -> date | None:
    """The first day on which all the needs could be ordered, if there is one."""
    start = max(date.fromordinal(row.start) for row in offer.rows)
    if offer.framework.start is not None:
        start = max(start, offer.framework.start)
    end = min(row.end for row in offer.rows)
    if offer.framework.end is not None:
        end = min(end, offer.framework.end.toordinal())
    return start if start.toordinal() <= end else None


def _days(offer: Offer) -> Iterable[Reason]:
    framework = offer.framework
    earliest = date.fromordinal(min(row.start for row in offer.rows))
    latest = date.fromordinal(min(row.end for row in offer.rows))
    if framework.end is not None and earliest > framework.end:
        yield _reason(
            "ends_before",
            say(
                "It ends on {end}, before the need can start on {earliest}.",
                end=framework.end,
                earliest=earliest,
            ),
        )
    elif framework.start is not None and framework.start > latest:
        yield _reason(
            "starts_late",
            say(
                "It starts on {start}, after the latest day of the need, {latest}.",
                start=framework.start,
                latest=latest,
            ),
        )
    elif (first := first_order(offer)) is not None and framework.start is not None:
        yield _reason(
            "in_time", say("The first order is possible from {day}.", day=first)
        )


def _terms(offer: Offer) -> Iterable[Reason]:
    framework = offer.framework
    yield _reason(
        "own_procedure_saved",
        say("The centre runs the procedure: an own one is not needed."),
    )
    if offer.used:
        yield _reason("use_decided", say("The decision to use it has been taken."))
    if framework.fee:
        each = weights.points("fee")
        yield _reason(
            "fee",
            say("The centre charges {fee} of the order.", fee=per_cent(framework.fee)),
            weight=min(-1, int(each * framework.fee)),
        )
    if framework.call_off in (CallOff.MINI_COMPETITION, CallOff.BOTH):
        yield _reason(
            "mini_competition",
            say("Orders may need a round of offers among the contractors."),
        )
    if framework.exclusive:
        yield _reason(
            "exclusive",
            say("Joining binds: the object may not be bought elsewhere meanwhile."),
        )
    if framework.seen_on is None:
        yield _reason(
            "unchecked", say("This record was never compared with its source.")
        )


def _missing(offer: Offer) -> Iterable[Message]:
    if remaining(offer.framework, offer.lot) is None:
        yield say("No ceiling is recorded: ask the centre how much is left.")
    if offer.framework.end is None:
        yield say("The end of the framework agreement is not recorded.")


def _would_change(offer: Offer, reasons: tuple[Reason, ...]) -> Iterable[Message]:
    deadline = offer.framework.interest_deadline or offer.on
    return openings(
        {reason.name: reason.weight for reason in reasons},
        Asked(
            administration=named([offer.administration]),
            centre=_centre(offer),
            open_until=deadline if offer.phase is Phase.INTEREST_OPEN else None,
            start=offer.framework.start,
            end=offer.framework.end,
            expected=total(row.need for row in offer.rows),
        ),
    )
