"""When notice must be given, when a contract ends at last, and what must follow it."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.errors import Message
from jointbuy.model import Contract, Need, NeedStatus
from jointbuy.schedule.contract_ends import (
    Begin,
    duration_months,
    expiring,
    last_end,
    notice_day,
    taken_over,
    whole_value,
)
from jointbuy.schedule.practice import usual_practice

ON = date(2026, 11, 23)
PRACTICE = usual_practice()


def contract(id_: str = "k", **values: object) -> Contract:
    given = {"administration": "a", "title": "Papier", **values}
    return Contract(id=id_, **given)  # type: ignore[arg-type]


def over_after(start: date, months: int) -> date:
    """The last day of a term that begins on a day, by the calendar alone: an oracle.

    It is the eve of the same day; of a month without that day, its last day.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if start.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, start.day) - timedelta(days=1)


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_notice_leaves_a_whole_term_and_no_day_more(months: int) -> None:
    end = date(2023, 1, 1)
    while end < date(2029, 1, 1):
        day = notice_day(end, months)
        assert over_after(day + timedelta(days=1), months) <= end
        assert over_after(day + timedelta(days=2), months) > end
        end += timedelta(days=1)


@pytest.mark.parametrize(
    ("end", "count", "unit", "day"),
    [
        (date(2027, 12, 31), 3, "months", date(2027, 9, 30)),
        (date(2028, 5, 30), 3, "months", date(2028, 2, 28)),
        (date(2027, 5, 30), 3, "months", date(2027, 2, 27)),
        (date(2028, 2, 29), 1, "years", date(2027, 2, 28)),
        (date(2027, 4, 30), 90, "days", date(2027, 1, 30)),
        (date(2027, 4, 30), 6, "weeks", date(2027, 3, 19)),
    ],
)
def test_notice_is_counted_back_from_the_day_after_the_end(
    end: date, count: int, unit: str, day: date
) -> None:
    assert notice_day(end, count, unit) == day  # type: ignore[arg-type]


def test_renewals_give_the_last_possible_end_only_where_they_are_known() -> None:
    end = date(2027, 2, 28)
    assert last_end(contract(end=end, renewals_left=0)) == end
    twice = contract(end=end, renewals_left=2, renewal_months=12)
    assert last_end(twice) == date(2029, 2, 28)
    assert last_end(contract(end=end, renewals_left=2)) is None
    assert last_end(contract(end=end)) is None
    assert last_end(contract(renewals_left=0)) is None


def test_a_value_is_counted_by_whole_months_or_by_days() -> None:
    yearly = Decimal(12000)
    four = contract(start=date(2024, 1, 1), end=date(2027, 12, 31), yearly_value=yearly)
    assert (duration_months(four), whole_value(four)) == (48, Decimal("48000.00"))
    days = contract(start=date(2027, 1, 1), end=date(2027, 1, 10), yearly_value=yearly)
    assert (duration_months(days), whole_value(days)) == (None, Decimal("328.77"))
    assert whole_value(contract(yearly_value=yearly, end=ON)) is None
    assert whole_value(contract(start=ON, end=ON)) is None


@pytest.mark.parametrize(
    ("successor", "need", "taker"),
    [
        ("", None, ""),
        ("gone", None, ""),
        ("n", NeedStatus.DRAFT, "n"),
        ("n", NeedStatus.WITHDRAWN, ""),
        ("k2", None, "k2"),
    ],
)
def test_what_was_withdrawn_or_is_gone_takes_nothing_over(
    successor: str, need: NeedStatus | None, taker: str
) -> None:
    own = contract(end=date(2027, 1, 31), successor=successor)
    known = {"k": own, "k2": contract("k2")}
    needs = (
        {"n": Need(id="n", administration="a", title="x", status=need)} if need else {}
    )
    assert taken_over(own, known, needs) == taker
    due = expiring(known.values(), needs.values(), on=ON, practice=PRACTICE)
    assert [each.contract.id for each in due] == ([] if taker else ["k"])


def test_a_need_that_replaces_it_follows_a_contract() -> None:
    own = contract(end=date(2027, 1, 31))
    need = Need(id="n", administration="a", title="x", replaces="k")
    assert taken_over(own, {"k": own}, {"n": need}) == "n"
    assert not expiring([own], [need], on=ON, practice=PRACTICE)


def test_the_need_must_exist_when_the_procedure_begins_or_notice_is_due() -> None:
    end = date(2027, 12, 31)
    plain, noted = (
        contract("a", end=end),
        contract("b", end=end, notice=date(2026, 12, 1)),
    )
    begin = Begin(day=date(2027, 4, 16), procedure=Message(text="open procedure"))
    due = expiring(
        [plain, noted], [], on=ON, practice=PRACTICE, begins={"a": begin, "b": begin}
    )
    assert [(each.contract.id, each.by) for each in due] == [
        ("b", date(2026, 12, 1)),
        ("a", date(2027, 4, 16)),
    ]
    assert due[1].start == date(2028, 1, 1)
    assert due[1].days == (date(2028, 1, 1) - date(2027, 4, 16)).days
    assert "contracts follow a" in str(due[1].way_out)
    passed = contract("b", end=end, notice=ON - timedelta(days=1))
    (late,) = expiring([passed], [], on=ON, practice=PRACTICE, begins={"b": begin})
    assert late.by == date(2027, 4, 16)


def test_without_a_plan_the_habit_of_the_office_counts() -> None:
    end = date(2027, 6, 30)
    (due,) = expiring([contract(end=end)], [], on=ON, practice=PRACTICE)
    assert due.by == date(2027, 7, 1) - timedelta(days=PRACTICE.renewal_days)
    assert due.procedure is None
    for days, found in ((due.by - ON).days, 1), ((due.by - ON).days - 1, 0):
        within = expiring(
            [contract(end=end)], [], on=ON, practice=PRACTICE, within=days
        )
        assert len(within) == found


def test_what_ended_long_ago_is_no_longer_reported() -> None:
    last = ON - timedelta(days=PRACTICE.uncovered_days)
    assert len(expiring([contract(end=last)], [], on=ON, practice=PRACTICE)) == 1
    longer = contract(end=last - timedelta(days=1))
    assert not expiring([longer], [], on=ON, practice=PRACTICE)


def test_a_contract_that_can_be_renewed_says_so() -> None:
    renewable = contract(end=date(2027, 1, 31), renewals_left=1, renewal_months=12)
    (due,) = expiring([renewable], [], on=ON, practice=PRACTICE)
    assert "renewals left: 1, until 2028-01-31" in str(due.way_out)
