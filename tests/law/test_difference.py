"""What changed in the law between two days, and what of it is to be looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.law import parameters
from jointbuy.law.competence import supervision
from jointbuy.law.competence.rows import counts
from jointbuy.law.difference import (
    Difference,
    difference,
    known,
    parts,
    unknown_parts,
)
from jointbuy.law.review import review
from jointbuy.model import AdministrationKind, Citation, Region

DAY = date(2026, 11, 20)
A_DAY = timedelta(days=1)
DAYS = st.dates(date(2016, 1, 1), date(2029, 1, 1))


def names(found: Difference) -> set[str]:
    return {each.parameter.name for each in found.values}


def test_the_revision_of_2026_lowered_the_european_thresholds() -> None:
    found = difference(date(2025, 12, 31), date(2026, 1, 1))
    moved = {each.parameter.name: each for each in found.values}
    local = moved["thresholds.eu_local"]
    assert local.before is not None
    assert local.after is not None
    assert [int(local.before.value), int(local.after.value)] == [221_000, 216_000]
    assert not local.same_number
    assert "thresholds.eu_social" not in moved
    assert "thresholds.negotiated_with_publication_works" not in moved
    assert not found.rows
    assert not found.started


def test_an_amount_that_came_back_is_no_change() -> None:
    found = difference(date(2023, 6, 1), date(2026, 6, 1))
    assert known("thresholds.eu_central", date(2023, 6, 1)) is not None
    assert "thresholds.eu_central" not in names(found)


def test_the_days_may_come_in_any_order() -> None:
    one, other = date(2022, 1, 1), date(2026, 1, 1)
    assert difference(one, other) == difference(other, one)


def test_between_two_days_of_one_year_nothing_changed() -> None:
    assert difference(date(2026, 1, 1), date(2026, 12, 31)).nothing


@given(DAYS, DAYS)
@settings(max_examples=25, deadline=None)
def test_what_a_day_does_not_tell_apart_is_never_told(one: date, other: date) -> None:
    found = difference(one, other)
    for change in found.values:
        name = change.parameter.name
        for told, day in ((change.before, found.first), (change.after, found.last)):
            there = known(name, day)
            assert (told is None) == (there is None)
            if told is not None and there is not None:
                assert told.in_force(day)
                assert (told.value, told.citation) == (there.value, there.citation)
        assert change.before != change.after
    assert difference(one, one).nothing


def test_an_amount_counts_from_the_first_day_on_which_it_stood_so() -> None:
    name = "amounts.brussels_cpas_delegation"
    found = difference(date(2020, 1, 1), date(2030, 1, 1))
    (change,) = (each for each in found.values if each.parameter.name == name)
    assert change.after is not None
    assert change.after.value == 139_000
    assert (change.after.start, change.after.until) == (date(2020, 4, 13), None)
    assert change.after.citation.to_verify


def test_an_amount_that_came_back_counts_from_its_return() -> None:
    name = "thresholds.negotiated_without_publication"
    found = difference(date(2024, 1, 1), date(2026, 1, 1))
    (change,) = (each for each in found.values if each.parameter.name == name)
    assert change.before is not None
    assert (change.before.start, change.before.until) == (
        date(2024, 1, 1),
        date(2025, 12, 31),
    )
    assert change.after is not None
    assert change.after.start == date(2026, 1, 1)


def test_a_text_is_told_from_its_first_day_on() -> None:
    before, first = date(2017, 6, 29), date(2017, 6, 30)
    assert "law_2016" in {each.key for each in difference(before, first).started}
    assert not difference(first, first + A_DAY).started


def test_a_value_beyond_what_is_known_is_told_as_such() -> None:
    found = difference(date(2027, 12, 31), date(2028, 1, 1))
    gone = {each.parameter.name for each in found.values if each.after is None}
    assert "thresholds.eu_local" in gone
    assert all(each.before is not None for each in found.values)


def test_the_supervisor_of_a_brussels_cpas_changed_in_june_2019() -> None:
    found = difference(date(2019, 5, 31), date(2019, 6, 1))
    (row,) = [each for each in found.rows if "authority" in each.fields]
    assert (row.part, row.kinds, row.regions) == (
        "supervision",
        ("CPAS",),
        ("BRUSSELS",),
    )
    assert row.before is not None
    assert row.after is not None
    assert row.before["authority"]["fr"].startswith("collège")
    assert "Collège réuni" in row.after["authority"]["fr"]
    assert row.now is not None


def test_wallonia_no_longer_has_an_adhesion_sent_since_2023() -> None:
    found = difference(date(2023, 2, 28), date(2023, 3, 1))
    about = [each for each in found.rows if each.about.get("stages") == ["ADHESION"]]
    assert about
    for row in about:
        assert row.regions == ("WALLONIA",)
        assert "CPAS" not in row.kinds
        assert row.fields


def _first_days() -> list[date]:
    rows = [row for each in parts().values() for row in each]
    starts = {row["from"] for row in rows if "from" in row}
    return sorted(starts)


def test_every_row_that_begins_or_ends_between_two_days_is_told() -> None:
    for day in _first_days()[1:]:
        before = day - A_DAY
        told = difference(before, day).rows
        for part, rows in parts().items():
            if part in unknown_parts(before):
                continue
            new = [r for r in rows if counts(r, day) and not counts(r, before)]
            gone = [r for r in rows if counts(r, before) and not counts(r, day)]
            if len(new) != len(gone):
                assert part in {each.part for each in told}, (part, day)
    never = {each.part for each in difference(DAY, DAY + A_DAY).rows}
    assert never == set()


def test_what_holds_on_neither_day_is_not_told() -> None:
    before = min(_first_days()) - A_DAY
    assert set(unknown_parts(before)) >= {"deciding", "supervision"}
    assert unknown_parts(DAY) == ()
    told = {each.part for each in difference(before, DAY).rows}
    assert not told & set(unknown_parts(before))


def test_the_table_of_competences_agrees_with_the_difference() -> None:
    one, other = date(2019, 5, 31), date(2019, 6, 1)
    seen = [
        supervision(AdministrationKind.CPAS, Region.BRUSSELS, day)
        for day in (one, other)
    ]
    assert seen[0] is not None
    assert seen[1] is not None
    assert seen[0].authority != seen[1].authority


# What is to be looked at again.


def ending(on: date, until: date) -> set[str]:
    return {each.parameter.name for each in review(on, until).ending}


def test_a_value_is_ending_on_its_last_day_and_not_before() -> None:
    last = date(2027, 12, 31)
    assert "thresholds.eu_local" in ending(DAY, last)
    assert "thresholds.eu_local" not in ending(DAY, last - A_DAY)


def test_a_value_that_another_one_follows_is_not_ending() -> None:
    assert "thresholds.eu_local" not in ending(date(2024, 1, 1), date(2026, 6, 1))


def test_what_is_not_known_any_more_is_told_with_its_last_day() -> None:
    later = date(2029, 1, 1)
    found = {e.parameter.name: e.until for e in review(later, later).ending}
    assert found["thresholds.lots"] == date(2027, 12, 31)


def test_soonest_ends_first() -> None:
    days = [each.until for each in review(DAY, date(2028, 1, 1)).ending]
    assert days == sorted(day for day in days if day is not None)


def test_a_value_the_register_set_carries_on_where_the_packaged_one_ends() -> None:
    last = parameters()["thresholds.eu_local"].values[-1]
    own = replace(
        last,
        value=Decimal(1),
        start=date(2028, 1, 1),
        until=None,
        citation=Citation(source="read by us", own=True),
    )
    found = review(DAY, date(2028, 6, 1), {"thresholds.eu_local": (own,)})
    assert "thresholds.eu_local" not in {e.parameter.name for e in found.ending}


def test_an_own_value_is_not_to_be_verified() -> None:
    doubtful = review(DAY, DAY).doubtful[0]
    own = replace(
        doubtful,
        start=DAY,
        until=None,
        citation=replace(doubtful.citation, to_verify=False, own=True),
    )
    found = review(DAY, DAY, {doubtful.name: (own,)})
    assert doubtful.name not in {value.name for value in found.doubtful}


def test_doubtful_articles_name_what_rests_on_them() -> None:
    found = review(DAY, DAY)
    assert all(each.citation.to_verify for each in found.doubts)
    assert all(each.questions or each.parts for each in found.doubts)
    keys = [(d.citation.source, d.citation.article) for d in found.doubts]
    assert len(keys) == len(set(keys))
    assert any("g0_5" in each.questions for each in found.doubts)
    assert any("deciding" in each.parts for each in found.doubts)
    assert [each.key for each in found.rulings] == ["cz"]


@pytest.mark.parametrize("day", [date(2017, 6, 29), date(2016, 1, 1)])
def test_a_day_before_the_law_can_be_looked_at_too(day: date) -> None:
    assert review(day, day + 365 * A_DAY).doubtful
