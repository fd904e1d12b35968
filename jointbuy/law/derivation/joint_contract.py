"""What the needs and running contracts say about a joint contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import euro, named, say
from jointbuy.law.derivation.case import answer
from jointbuy.law.facts import NO, YES
from jointbuy.law.parameters import parameter
from jointbuy.law.splitting import apart_from

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.law.derivation.case import Case
    from jointbuy.law.facts import Derived
    from jointbuy.model import Contract, Need

MONTHS_A_YEAR = 12


def estimate_is_sum(case: Case) -> Derived | None:
    """The estimate of the proposal adds up every need.

    Asked where other needs of a participant may have to be estimated with them.
    """
    total = case.total
    if total is None or case.candidate.estimate != total:
        return None
    if apart_from(case.needs, case.beside, on=case.on, own=case.own):
        return None
    return answer(
        YES,
        say(
            "The estimate of {total} adds up the {count} needs, each over its whole "
            "duration.",
            total=euro(total),
            count=len(case.needs),
        ),
    )


def exclusive_contract(case: Case) -> Derived | None:
    """A participant is still bound by an exclusive contract when it would start.

    No is certain only where every need is linked to a contract that ends in time, with
    no renewal left, or is not exclusive.
    """
    certain = True
    for need in case.needs:
        start = case.start(need)
        linked = [each for each in case.contracts if _linked(each, need)]
        if start is None or not linked:
            certain = False
            continue
        running = [each for each in linked if each.end is None or each.end >= start]
        for contract in running:
            if contract.exclusive:
                return answer(YES, _bound(case, contract, start))
        may_run = [each for each in linked if each in running or each.renewals_left]
        certain = certain and all(each.exclusive is False for each in may_run)
    if not certain:
        return None
    return answer(
        NO, say("Every contract it replaces ends in time or is not exclusive.")
    )


def _linked(contract: Contract, need: Need) -> bool:
    if contract.administration != need.administration:
        return False
    if contract.successor == need.id or need.replaces == contract.id:
        return True
    return bool(need.cpv) and contract.cpv == need.cpv


def _bound(case: Case, contract: Contract, start: date) -> Message:
    who = next(
        (a for a in case.administrations if a.id == contract.administration), None
    )
    whose = named(who.names if who else {}, contract.administration)
    if contract.end is None:
        return say(
            "{administration} is bound by “{contract}” without known end; the start "
            "would be on {start}.",
            administration=whose,
            contract=contract.title,
            start=start,
        )
    return say(
        "{administration} is bound by “{contract}” until {end}; the start would be on "
        "{start}.",
        administration=whose,
        contract=contract.title,
        end=contract.end,
        start=start,
    )


def lots(case: Case) -> Derived | None:
    """Below the amount, lots need not be considered."""
    total = case.total
    if total is None:
        return None
    floor = parameter("thresholds.lots", case.on, case.own)
    if floor.met_by(total):
        return None
    return answer(
        "not_due",
        say(
            "The estimates add up to {total}, less than {amount}.",
            total=euro(total),
            amount=euro(floor.value),
        ),
    )


def regions_or_languages(case: Case) -> Derived | None:
    """The participants belong to different regions or have different languages."""
    regions = {each.region for each in case.administrations}
    languages = {frozenset(each.languages) for each in case.administrations}
    if len(regions - {None}) > 1 or len(languages - {frozenset()}) > 1:
        return answer(
            YES, say("Different regions or languages are recorded for the parties.")
        )
    if None in regions or frozenset() in languages:
        return None
    return answer(
        NO, say("The same region and languages are recorded for all parties.")
    )


def duration(case: Case) -> Derived | None:
    """The longest duration recorded, counted from the launch in a staggered plan."""
    longest = int(parameter("terms.framework_months", case.on, case.own).value)
    months = 0
    for need in case.needs:
        if need.duration_months is None:
            return None
        months = max(months, need.duration_months + _wait(case, need))
    return answer(
        YES if months <= longest else NO,
        say(
            "From the launch to the end of the last need: {months} months.",
            months=months,
        ),
    )


def _wait(case: Case, need: Need) -> int:
    """Months from the launch until the need enters, rounded up."""
    launch, start = case.candidate.launch, case.start(need)
    if launch is None or start is None or start <= launch:
        return 0
    months = (start.year - launch.year) * MONTHS_A_YEAR + start.month - launch.month
    return months + (start.day > launch.day)
