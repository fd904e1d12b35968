"""What the register says about adhesion to a framework agreement of a centre.

With several administrations the answer is yes only when it is yes for all of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.centres import InterestStatus, identified, interest_state, may_join
from jointbuy.centres.eligibility import Known
from jointbuy.centres.joining import AdhesionState, membership
from jointbuy.centres.orders import concluded, counter, own_maximum
from jointbuy.errors import euro, named, say
from jointbuy.law.derivation.case import answer, names, total
from jointbuy.law.facts import NO, YES
from jointbuy.model import AdhesionStatus, CallOff, Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.errors import Message
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived
    from jointbuy.model import (
        Administration,
        FrameworkAgreement,
        Interest,
        Need,
        PurchasingCentre,
    )

ZERO = Decimal(0)


def centre_status(case: Case) -> Derived | None:
    """The centre is recorded as no contracting authority; never that it is one.

    A record says where the centre was seen. That its statutes and the appointments of
    its organs were looked at for this contract, only a person can say.
    """
    if case.centre is None or case.centre.contracting_authority is not False:
        return None
    return answer(
        NO, say("The centre is recorded as not being a contracting authority.")
    )


def beneficiary(case: Case) -> Derived | None:
    """Every administration is identified by name or by a closed category."""
    framework = case.framework
    if framework is None:
        return None
    found = [
        identified(framework, each, case.centre, case.on)
        for each in case.administrations
    ]
    excluded = next((each for each in found if each.answer is Known.NO), None)
    if excluded is not None:
        return answer(NO, excluded.why)
    if any(each.answer is not Known.YES for each in found):
        return None
    if len(found) == 1:
        return answer(YES, found[0].why)
    return answer(
        YES,
        say(
            "Named, or in the closed category: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def interest(case: Case) -> Derived | None:
    """Every administration marked its interest, with a maximum, before the launch."""
    framework = case.framework
    if framework is None:
        return None
    certain = framework.launch is not None
    for each in case.administrations:
        mark = _interest(case, each)
        status = interest_state(mark, framework, case.on)
        if mark is None:
            certain = False
        elif status.status is InterestStatus.YES:
            given = mark.answered_on
            if given and framework.launch and given >= framework.launch:
                return answer(
                    NO,
                    say(
                        "{administration} marked its interest on {given}, not before "
                        "the launch on {launch}.",
                        administration=named(each.names, each.id),
                        given=given,
                        launch=framework.launch,
                    ),
                )
            certain = certain and given is not None
        elif _still_possible(status.status, framework, case):
            certain = False
        else:
            return answer(NO, _no_interest(each, status.why))
    if not certain:
        return None
    return answer(
        YES, say("The interest was marked in time, with a maximum, by every party.")
    )


def _interest(case: Case, each: Administration) -> Interest | None:
    framework = case.framework.id if case.framework else ""
    for mark in case.interests:
        if mark.framework == framework and mark.administration == each.id:
            return mark
    return None


def _still_possible(
    status: InterestStatus, framework: FrameworkAgreement, case: Case
) -> bool:
    """Whether interest can still be marked, or nobody knows that it cannot."""
    if status not in (InterestStatus.ASKED, InterestStatus.NOT_ASKED):
        return False
    return framework.launch is None or case.on < framework.launch


def _no_interest(each: Administration, why: Message) -> Message:
    if why.args:
        return why
    return say(
        "No interest with a maximum was marked in time by {administration}.",
        administration=named(each.names, each.id),
    )


def within_maximum(case: Case) -> Derived | None:
    """The order fits in what is left, in all and for each administration."""
    framework = case.framework
    if framework is None:
        return None
    lot = case.candidate.lot
    known = not lot or any(each.id == lot for each in framework.lots)
    count = counter(framework, case.orders, case.interests, on=case.on)
    left = count.left_under(lot if known else "")
    if left is not None and left <= ZERO:
        return answer(NO, say("The maximum of the framework agreement is reached."))
    order = _wanted(case, case.needs) if case.order is None else case.order
    if order is not None and left is not None and order > left:
        return answer(NO, _above(case, order, left))
    for each in case.administrations:
        mine = _wanted(case, case.needs_of(each)) if case.order is None else order
        own = count.own_of(each.id)
        most = own_maximum(framework, _interest(case, each))
        if mine is not None and most is not None and mine + own.ordered > most:
            return answer(NO, _above_own(case, each, mine, most, own.ordered))
    if order is None or left is None:
        return None
    if any(
        own_maximum(framework, _interest(case, each)) is None
        for each in case.administrations
    ):
        return None
    if not known or (framework.lots and not lot):
        return None
    if lot and left - count.unplaced < order:
        return None
    if count.unpriced or _ordered_before(case, framework):
        return None
    if not _count_known(case, framework):
        return None
    if case.order is not None:
        return answer(
            YES,
            say(
                "The order comes to {order}; {left} is left, and the own maximum "
                "covers it.",
                order=euro(order),
                left=euro(left),
            ),
        )
    return answer(
        YES,
        say(
            "The needs come to {order}; {left} is left, and every own maximum covers "
            "them.",
            order=euro(order),
            left=euro(left),
        ),
    )


def _wanted(case: Case, needs: Iterable[Need]) -> Decimal | None:
    """What is still to be ordered for the needs; None where one has no estimate."""
    several = tuple(needs)
    estimate = total(several)
    if estimate is None or case.framework is None:
        return estimate
    own = {need.id for need in several}
    ordered = sum(
        (
            each.amount or ZERO
            for each in case.orders
            if each.framework == case.framework.id
            and each.need in own
            and concluded(each, case.on)
        ),
        ZERO,
    )
    return max(estimate - ordered, ZERO)


def _above(case: Case, order: Decimal, left: Decimal) -> Message:
    if case.order is not None:
        return say(
            "The order comes to {order} and only {left} is left.",
            order=euro(order),
            left=euro(left),
        )
    return say(
        "The needs come to {order} and only {left} is left.",
        order=euro(order),
        left=euro(left),
    )


def _above_own(
    case: Case, each: Administration, order: Decimal, most: Decimal, ordered: Decimal
) -> Message:
    name = named(each.names, each.id)
    if case.order is not None:
        return say(
            "The order of {administration} comes to {order}; of its own maximum of "
            "{most} it has ordered {ordered} already.",
            administration=name,
            order=euro(order),
            most=euro(most),
            ordered=euro(ordered),
        )
    if ordered:
        return say(
            "The needs of {administration} come to {order}; of its own maximum of "
            "{most} it has ordered {ordered} already.",
            administration=name,
            order=euro(order),
            most=euro(most),
            ordered=euro(ordered),
        )
    return say(
        "The needs of {administration} come to {order}; its own maximum is {most}.",
        administration=name,
        order=euro(order),
        most=euro(most),
    )


def _ordered_before(case: Case, framework: FrameworkAgreement) -> bool:
    """Whether other needs use it with no order recorded: what is left is not known.

    Where an order is asked about, one that is recorded as planned is known not to count
    yet.
    """
    own = {need.id for need in case.needs}
    own |= {
        each.need
        for each in case.orders
        if each.framework == framework.id
        and (case.order is not None or concluded(each, case.on))
    }
    return any(a.framework == framework.id and a.need not in own for a in case.uses)


def _count_known(case: Case, framework: FrameworkAgreement) -> bool:
    """Whether what was ordered is recorded, or nothing can have been ordered yet."""
    if framework.start is not None and case.on < framework.start:
        return True
    if framework.consumed_on is not None:
        return True
    counts = [each.consumed for each in framework.lots if each.id == case.candidate.lot]
    return all(count > ZERO for count in counts or [framework.consumed])


def before_end(case: Case) -> Derived | None:
    """The order would be concluded on or before the last day."""
    framework, launch = case.framework, case.candidate.launch
    if framework is None or framework.end is None:
        return None
    day = max(launch, case.on) if launch else case.on
    if day > framework.end:
        return answer(
            NO,
            say(
                "The framework agreement ends on {end}; the order would come on {day}.",
                end=framework.end,
                day=day,
            ),
        )
    if launch is None:
        return None
    return answer(
        YES,
        say(
            "The order is planned for {day}; the framework agreement ends on {end}.",
            end=framework.end,
            day=day,
        ),
    )


def adhesion(case: Case) -> Derived | None:
    """Every administration decided to join and signed the convention."""
    if case.framework is None:
        return None
    certain = True
    for each in case.administrations:
        joined = _joined(case, each)
        if joined is None:
            certain = False
        elif not joined:
            return answer(
                NO,
                say(
                    "No decision to join with a signed convention is recorded for "
                    "{administration}.",
                    administration=named(each.names, each.id),
                ),
            )
    if not certain:
        return None
    return answer(
        YES,
        say(
            "Decision and convention are recorded for: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def _joined(case: Case, each: Administration) -> bool | None:
    """None where it depends on a condition or a domain, is held up, or was reopened."""
    centre = case.framework.centre if case.framework else ""
    acts = {act.id: act for act in case.adhesions}
    stands = membership(acts.values(), each.id, centre, case.on)
    doubt = False
    for found in stands.counting:
        act = acts[found.adhesion]
        days = (act.decided_on, act.convention_on)
        signed = all(day is not None and day <= case.on for day in days)
        if act.status is AdhesionStatus.ADHERED and not signed:
            continue
        if found is stands.member and found.state is AdhesionState.ADHERED:
            return True
        doubt = True
    return None if doubt else False


def use(case: Case) -> Derived | None:
    """Every need has its own decision to use the framework."""
    framework = case.framework
    if framework is None:
        return None
    decided = {
        act.need
        for act in case.uses
        if act.framework == framework.id
        and act.decided_on is not None
        and act.decided_on <= case.on
    }
    open_ones = [need.title for need in case.needs if need.id not in decided]
    if open_ones:
        return answer(
            NO,
            say(
                "No decision to use the framework agreement is recorded for: {needs}.",
                needs=", ".join(open_ones),
            ),
        )
    return answer(YES, say("A decision to use it is recorded for every need."))


def exclusivity(case: Case) -> Derived | None:
    """The framework is recorded as exclusive; a minimum purchase is not recorded."""
    if case.framework is None or not case.framework.exclusive:
        return None
    return answer(YES, say("The framework agreement is recorded as exclusive."))


def fee(case: Case) -> Derived | None:
    """The fee recorded, per cent of the order."""
    if case.framework is None or case.framework.fee is None:
        return None
    if case.framework.fee > ZERO:
        return answer(YES, say("A fee is recorded for the framework agreement."))
    return answer(NO, say("The framework agreement is recorded as without fee."))


def mini_competition(case: Case) -> Derived | None:
    """How orders are placed."""
    if case.framework is None or case.framework.call_off is None:
        return None
    if case.framework.call_off is CallOff.DIRECT:
        return answer(NO, say("Orders are recorded as placed directly."))
    return answer(
        YES, say("Orders are recorded as placed after competition is reopened.")
    )


def limited(case: Case) -> Derived | None:
    """The centre or the framework limits who may use it."""
    limits = _limits(case)
    if not limits:
        return None
    return answer(YES, say("The record names the kinds or regions that may use it."))


def admitted(case: Case) -> Derived | None:
    """Every administration is among the users."""
    if not _limits(case):
        return None
    verdicts = [_admitted(case, each) for each in case.administrations]
    if Known.NO in verdicts:
        out = case.administrations[verdicts.index(Known.NO)]
        return answer(
            NO,
            say(
                "{administration} is not of a kind or region the record admits.",
                administration=named(out.names, out.id),
            ),
        )
    if Known.UNKNOWN in verdicts:
        return None
    return answer(
        YES,
        say(
            "Of a kind and region the record admits: {administrations}.",
            administrations=names(case.administrations),
        ),
    )


def _limits(case: Case) -> bool:
    centre, framework = case.centre, case.framework
    own = framework is not None and bool(framework.kinds or framework.regions)
    return own or (centre is not None and _chooses(centre))


def _chooses(centre: PurchasingCentre) -> bool:
    """Whether the centre says who may join it, or where it works."""
    return bool(centre.kinds or centre.regions or centre.conditions or centre.territory)


def _admitted(case: Case, each: Administration) -> Known:
    found = []
    if case.centre is not None and _chooses(case.centre):
        found.append(may_join(case.centre, each, case.on))
    framework = case.framework
    if framework is not None and (framework.kinds or framework.regions):
        found.append(identified(framework, each, case.centre, case.on).answer)
    for verdict in (Known.NO, Known.UNKNOWN):
        if verdict in found:
            return verdict
    return Known.YES


def no_works(case: Case) -> Derived | None:
    """Supplies and services are no works."""
    if case.nature not in (Nature.SUPPLIES, Nature.SERVICES):
        return None
    return answer(NO, say("The needs are supplies or services."))
