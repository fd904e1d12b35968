"""Holds every quantity of the law against a table written down apart from it.

Each block is: name, the operator of the rule, what is tested; then the periods with
their value, the end left out when it is open.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.errors import NotInForce
from jointbuy.law import parameter, parameters, term
from jointbuy.law.difference import difference
from jointbuy.law.review import review

TABLE = """
thresholds.eu_works >= estimate
2014-01-01 2015-12-31 5186000
2016-01-01 2017-12-31 5225000
2018-01-01 2019-12-31 5548000
2020-01-01 2021-12-31 5350000
2022-01-01 2023-12-31 5382000
2024-01-01 2025-12-31 5538000
2026-01-01 2027-12-31 5404000

thresholds.eu_central >= estimate
2014-01-01 2015-12-31 134000
2016-01-01 2017-12-31 135000
2018-01-01 2019-12-31 144000
2020-01-01 2021-12-31 139000
2022-01-01 2023-12-31 140000
2024-01-01 2025-12-31 143000
2026-01-01 2027-12-31 140000

thresholds.eu_local >= estimate
2014-01-01 2015-12-31 207000
2016-01-01 2017-12-31 209000
2018-01-01 2019-12-31 221000
2020-01-01 2021-12-31 214000
2022-01-01 2023-12-31 215000
2024-01-01 2025-12-31 221000
2026-01-01 2027-12-31 216000

thresholds.eu_social >= estimate
2016-01-01 2017-06-29 750000
2017-06-30 - 750000

thresholds.eu_utilities >= estimate
2014-01-01 2015-12-31 414000
2016-01-01 2017-12-31 418000
2018-01-01 2019-12-31 443000
2020-01-01 2021-12-31 428000
2022-01-01 2023-12-31 431000
2024-01-01 2025-12-31 443000
2026-01-01 2027-12-31 432000

thresholds.eu_utilities_social >= estimate
2016-01-01 - 1000000

thresholds.low_value < estimate
2013-07-01 2017-06-29 8500 <= expenditure
2017-06-30 - 30000

thresholds.negotiated_without_publication < expenditure
2013-07-01 2017-06-29 85000
2017-06-30 2017-12-31 135000
2018-01-01 2019-12-31 144000
2020-01-01 2021-12-31 139000
2022-01-01 2023-12-31 140000
2024-01-01 2025-12-31 143000
2026-01-01 2027-12-31 140000

thresholds.negotiated_without_publication_social < estimate
2017-06-30 - 750000

thresholds.negotiated_without_publication_certain < expenditure
2017-06-30 2017-12-31 209000
2018-01-01 2019-12-31 221000
2020-01-01 2021-12-31 214000
2022-01-01 2023-12-31 215000
2024-01-01 2025-12-31 221000
2026-01-01 2027-12-31 216000

thresholds.negotiated_without_publication_lot < expenditure
2018-01-01 - 100000

thresholds.negotiated_with_publication_works < estimate
2017-06-30 - 750000

thresholds.lots >= estimate
2017-06-30 2017-12-31 135000
2018-01-01 2019-12-31 144000
2020-01-01 2021-12-31 139000
2022-01-01 2023-12-31 140000
2024-01-01 2025-12-31 143000
2026-01-01 2027-12-31 140000

thresholds.small_lot < estimate
2017-06-30 - 80000

thresholds.small_lot_works < estimate
2017-06-30 - 1000000

thresholds.small_lots_share <= estimate
2017-06-30 - 20

thresholds.standstill_works >= expenditure
2017-06-30 2017-12-31 2612500
2018-01-01 2019-12-31 2774000
2020-01-01 2021-12-31 2675000
2022-01-01 2023-12-31 2691000
2024-01-01 2025-12-31 2769000
2026-01-01 2027-12-31 2702000

thresholds.simplified_information < expenditure
2017-06-30 2017-12-31 135000
2018-01-01 2019-12-31 144000
2020-01-01 2021-12-31 139000
2022-01-01 2023-12-31 140000
2024-01-01 2025-12-31 143000
2026-01-01 2027-12-31 140000

thresholds.electronic_invoice >= estimate
2023-05-01 2024-02-29 30000
2024-03-01 - 3000

thresholds.open_ended_months <= estimate
2017-06-30 - 48

thresholds.regular_months >=
2017-06-30 - 12

thresholds.rental_months <=
2017-06-30 - 12

thresholds.financial_opinion_wallonia > expenditure
2013-12-16 - 22000

amounts.brussels_college < estimate
2017-06-30 2018-06-24 135000
2018-06-25 2020-05-24 144000
2020-05-25 2022-07-16 139000
2022-07-17 2023-12-31 140000
2024-01-01 - 140000

amounts.brussels_cpas_delegation_small < estimate
2017-06-30 2020-04-12 20000

amounts.brussels_cpas_delegation_medium < estimate
2017-06-30 2020-04-12 40000

amounts.brussels_cpas_delegation_large < estimate
2017-06-30 2020-04-12 100000

amounts.brussels_cpas_delegation < estimate
2020-04-13 2021-12-31 139000
2022-01-01 - 139000

amounts.brussels_transmission >= estimate
2017-06-30 2024-06-26 175000

amounts.brussels_police_transmission >= estimate
2017-06-30 - 0

amounts.brussels_cpas_transmission >= estimate
2017-06-30 2019-05-31 0
2019-06-01 - 0

amounts.german_speaking_transmission >= expenditure
2019-01-01 - 0

amounts.wallonia_delegation_ordinary < estimate
2019-02-01 2023-02-28 3000
2023-03-01 2025-07-16 5000

amounts.wallonia_delegation_college_small < estimate
2019-02-01 2023-02-28 15000
2023-03-01 2025-07-16 30000

amounts.wallonia_delegation_college_medium < estimate
2019-02-01 2023-02-28 30000
2023-03-01 2025-07-16 60000

amounts.wallonia_delegation_college_large < estimate
2019-02-01 2023-02-28 60000
2023-03-01 2025-07-16 120000

amounts.wallonia_delegation_director < estimate
2019-02-01 2023-02-28 1500
2023-03-01 2025-07-16 2500

amounts.wallonia_transmission_services_open > expenditure
2017-06-30 2023-02-28 200000

amounts.wallonia_transmission_services_restricted > expenditure
2017-06-30 2023-02-28 62000

amounts.wallonia_transmission_services_negotiated > expenditure
2017-06-30 2023-02-28 31000

amounts.wallonia_transmission_works_open > expenditure
2017-06-30 2023-02-28 250000

amounts.wallonia_transmission_works_restricted > expenditure
2017-06-30 2023-02-28 125000

amounts.wallonia_transmission_works_negotiated > expenditure
2017-06-30 2023-02-28 62000

amounts.wallonia_cpas_transmission_services_open > expenditure
2017-06-30 2023-01-31 200000

amounts.wallonia_cpas_transmission_services_restricted > expenditure
2017-06-30 2023-01-31 62000

amounts.wallonia_cpas_transmission_services_negotiated > expenditure
2017-06-30 2023-01-31 31000

amounts.wallonia_cpas_transmission_works_open > expenditure
2017-06-30 2023-01-31 250000

amounts.wallonia_cpas_transmission_works_restricted > expenditure
2017-06-30 2023-01-31 125000

amounts.wallonia_cpas_transmission_works_negotiated > expenditure
2017-06-30 2023-01-31 62000

amounts.wallonia_transmission_exclusive >= expenditure
2017-06-30 - 0

amounts.wallonia_transmission_in_house >= expenditure
2017-06-30 - 0

amounts.wallonia_transmission_horizontal >= expenditure
2017-06-30 - 0

amounts.wallonia_change_share >=
2017-06-30 2023-02-28 10
2023-03-01 - 10

cooperation.in_house_activity >
2017-06-30 - 80

cooperation.in_house_near <
2017-06-30 - 85

cooperation.open_market <
2017-06-30 - 20

cooperation.open_market_near >=
2017-06-30 - 15

cooperation.measured_years >=
2017-06-30 - 3

terms.open_days >=
2017-06-30 - 35

terms.open_electronic_days >=
2017-06-30 - 30

terms.open_prior_notice_days >=
2017-06-30 - 15

terms.open_urgent_days >=
2017-06-30 - 15

terms.restricted_requests_days >=
2017-06-30 - 30

terms.restricted_requests_urgent_days >=
2017-06-30 - 15

terms.restricted_tenders_days >=
2017-06-30 - 30

terms.restricted_tenders_electronic_days >=
2017-06-30 - 25

terms.restricted_tenders_urgent_days >=
2017-06-30 - 10

terms.competitive_requests_days >=
2017-06-30 - 30

terms.competitive_requests_urgent_days >=
2017-06-30 - 15

terms.competitive_tenders_days >=
2017-06-30 - 30

terms.competitive_tenders_electronic_days >=
2017-06-30 - 25

terms.negotiated_with_publication_days >=
2017-06-30 - 22

terms.negotiated_with_publication_urgent_days >=
2017-06-30 - 10

terms.negotiated_without_publication_days >=
2017-06-30 - 15

terms.low_value_days >=
2017-06-30 - 10

terms.additional_information_days >=
2017-06-30 - 6

terms.additional_information_urgent_days >=
2017-06-30 - 4

terms.tender_validity_days <=
2017-06-30 - 90

terms.standstill_days >=
2013-07-01 - 15

terms.suspension_days <=
2013-07-01 - 15

terms.annulment_days <=
2013-07-01 - 60

terms.award_notice_days <=
2017-06-30 - 30

terms.award_notice_belgian_days <=
2023-09-01 - 30

terms.call_off_report_days <=
2023-09-01 - 46

terms.framework_months <=
2017-06-30 - 48

terms.renewal_months <=
2017-06-30 - 48

terms.financial_opinion_days <=
2013-09-01 - 10

terms.financial_opinion_urgent_days <=
2013-09-01 - 5

terms.wallonia_sending_days <=
2017-06-30 - 15

terms.wallonia_supervision_days <=
2017-06-30 - 30

terms.wallonia_extension_days <=
2017-06-30 - 15

terms.wallonia_cpas_sending_days <=
2017-06-30 - 15

terms.wallonia_cpas_supervision_days <=
2017-06-30 - 30

terms.wallonia_cpas_extension_days <=
2017-06-30 - 15

terms.brussels_sending_days <=
2017-06-30 - 20

terms.brussels_supervision_days <=
2017-06-30 - 30

terms.brussels_extension_days <=
2017-06-30 - 15

terms.brussels_police_sending_days <=
2017-06-30 - 20

terms.brussels_police_supervision_days <=
2017-06-30 - 30

terms.brussels_police_extension_days <=
2017-06-30 - 15

terms.brussels_cpas_sending_days <=
2017-06-30 2019-05-31 20
2019-06-01 - 20

terms.brussels_cpas_supervision_days <=
2017-06-30 2019-05-31 30
2019-06-01 - 30

terms.brussels_cpas_extension_days <=
2017-06-30 2019-05-31 15
2019-06-01 - 15

terms.flanders_publication_days <=
2019-01-01 - 10

terms.flanders_complaint_days <=
2019-01-01 - 30

terms.convocation_wallonia_days >=
2004-08-12 - 7

terms.convocation_brussels_days >=
1989-01-01 - 7

terms.convocation_flanders_days >=
2019-01-01 - 8

terms.convocation_german_speaking_days >=
2019-01-01 - 7

terms.convocation_cpas_days >=
1977-04-01 - 5

terms.convocation_cpas_budget_days >=
1977-04-01 - 7

terms.convocation_cpas_flanders_days >=
2019-01-01 - 8

terms.convocation_police_days >=
2001-01-01 - 7

terms.next_interest_months >=
2014-01-01 - 12
"""

SIDE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
STRICT = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
DAY = timedelta(days=1)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One value as it is written down here."""

    name: str
    start: date
    until: date | None
    value: Decimal
    side: str
    tests: str


def _periods(text: str) -> list[Period]:
    found = []
    for block in text.strip().split("\n\n"):
        head, *rows = block.splitlines()
        name, side, *tests = head.split()
        for row in rows:
            start, until, value, *other = row.split()
            found.append(
                Period(
                    name=name,
                    start=date.fromisoformat(start),
                    until=None if until == "-" else date.fromisoformat(until),
                    value=Decimal(value),
                    side=other[0] if other else side,
                    tests=" ".join(other[1:] or tests),
                )
            )
    return found


PERIODS = _periods(TABLE)
EACH = pytest.mark.parametrize("period", PERIODS, ids=lambda p: f"{p.name}@{p.start}")


@EACH
def test_a_value_counts_on_its_days_alone(period: Period) -> None:
    ends = [period.start, period.until or period.start + 10_000 * DAY]
    for day in ends:
        found = parameter(period.name, day)
        assert (found.value, found.start, found.until) == (
            period.value,
            period.start,
            period.until,
        )
        assert (found.strictness, found.tests) == (STRICT[period.side], period.tests)
    beyond = [period.start - DAY, *([period.until + DAY] if period.until else [])]
    for day in beyond:
        other = [
            each
            for each in PERIODS
            if each.name == period.name
            and each.start <= day
            and (each.until is None or day <= each.until)
        ]
        if other:
            assert parameter(period.name, day).value == other[0].value
        else:
            with pytest.raises(NotInForce):
                parameter(period.name, day)


@EACH
def test_a_cent_below_at_and_above_fall_on_the_side_the_law_says(
    period: Period,
) -> None:
    found = parameter(period.name, period.start)
    for amount in (period.value - CENT, period.value, period.value + CENT):
        assert found.met_by(amount) is SIDE[period.side](amount, period.value)


@EACH
def test_a_term_is_the_whole_number_of_its_value(period: Period) -> None:
    if not period.name.startswith("terms."):
        return
    name = period.name.removeprefix("terms.")
    found = term(name, period.start)
    assert found.value == period.value
    assert found.strictness == STRICT[period.side]
    unit = name.rpartition("_")[2]
    assert found.unit == unit


@EACH
def test_amounts_are_in_euro_and_shares_in_per_cent(period: Period) -> None:
    unit = parameters()[period.name].values[0].unit
    last = period.name.rpartition("_")[2]
    if last in ("days", "months", "years"):
        assert unit == last
    elif period.name.startswith("cooperation.") or last == "share":
        assert unit == "per_cent"
    else:
        assert unit == "euro"


REVISED = {
    f"thresholds.{name}"
    for name in (
        "eu_central",
        "eu_local",
        "eu_utilities",
        "eu_works",
        "lots",
        "negotiated_without_publication",
        "negotiated_without_publication_certain",
        "simplified_information",
        "standstill_works",
    )
}
"""What changes every two years with the European thresholds."""


def test_nothing_is_known_after_2027_of_what_is_revised_every_two_years() -> None:
    for name in REVISED:
        assert parameters()[name].last == date(2027, 12, 31)
        with pytest.raises(NotInForce):
            parameter(name, date(2028, 1, 1))


def test_what_a_text_fixes_once_and_for_all_has_no_invented_end() -> None:
    for name in set(parameters()) - REVISED:
        if name.startswith("thresholds."):
            value = parameter(name, date(2028, 1, 1))
            assert value == parameter(name, date(2027, 12, 31)), name
            assert parameters()[name].last is None


def test_only_what_is_revised_falls_due_with_the_next_revision() -> None:
    last = date(2027, 12, 31)
    names = {each.parameter.name for each in review(last + DAY, last + DAY).ending}
    assert {name for name in names if name.startswith("thresholds.")} == REVISED
    changed = {each.parameter.name for each in difference(last, last + DAY).values}
    assert changed == REVISED


def test_half_the_european_threshold_for_works_makes_the_standstill() -> None:
    for period in PERIODS:
        if period.name == "thresholds.standstill_works":
            whole = parameter("thresholds.eu_works", period.start)
            assert period.value * 2 == whole.value


def test_every_quantity_of_the_law_stands_in_the_table_and_nothing_else() -> None:
    assert {period.name for period in PERIODS} == set(parameters())
    for known in parameters().values():
        here = [period for period in PERIODS if period.name == known.name]
        assert len(here) == len(known.values), known.name


def test_a_value_ends_within_the_days_that_reach_its_last_one() -> None:
    last = date(2027, 12, 31)
    name = "thresholds.eu_local"

    def ends(until: date) -> bool:
        found = review(date(2026, 11, 20), until).ending
        return name in {each.parameter.name for each in found}

    assert not ends(last - DAY)
    assert ends(last)


def test_what_is_certain_and_open_need_not_be_looked_at() -> None:
    day = date(2026, 11, 20)
    names = {value.name for value in review(day, day).doubtful}
    assert "terms.open_days" not in names
    assert "cooperation.in_house_activity" not in names
    assert "amounts.brussels_college" in names
