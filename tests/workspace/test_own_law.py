"""Values of the law that a register sets itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jointbuy import law
from jointbuy.errors import NotFound, NotInForce, Refused
from jointbuy.model import Form, OwnValue
from jointbuy.store.memory import MemoryStore
from jointbuy.workspace import Desk, Workspace, check_form, inquire

DAY = date(2026, 11, 23)
SENT = "amounts.brussels_transmission"
TYPED = {
    "parameter": SENT,
    "value": "250.000",
    "start": "2024-06-27",
    "source": "arrêté du 27 juin 2024",
    "article": "art. 1er",
}


def register() -> Workspace:
    return Workspace(MemoryStore(), user="officer", on=DAY, language="en")


def test_an_own_value_goes_before_the_packaged_one_on_its_days_alone() -> None:
    workspace = register()
    with pytest.raises(NotInForce):
        law.parameter(SENT, DAY, workspace.own_law())
    entered = workspace.set_own_value({**TYPED, "until": "2026-12-31"})
    assert entered.record.checked == DAY
    assert entered.record.by == "officer"
    own = workspace.own_law()
    for day in (date(2024, 6, 27), DAY, date(2026, 12, 31)):
        assert law.parameter(SENT, day, own).value == Decimal(250_000)
    assert law.parameter(SENT, date(2024, 6, 26), own).value == Decimal(175_000)
    with pytest.raises(NotInForce):
        law.parameter(SENT, date(2027, 1, 1), own)


def test_an_own_value_keeps_the_strictness_of_the_law_and_says_whose_it_is() -> None:
    workspace = register()
    workspace.set_own_value(TYPED)
    value = law.parameter(SENT, DAY, workspace.own_law())
    packaged = law.parameter(SENT, date(2024, 6, 26))
    assert value.strictness == packaged.strictness
    assert (value.unit, value.tests) == (packaged.unit, packaged.tests)
    assert value.citation.own
    assert not value.citation.to_verify
    assert value.citation.source == "arrêté du 27 juin 2024"
    assert not packaged.citation.own


def test_a_value_set_again_from_the_same_day_is_changed_and_one_later_is_added() -> (
    None
):
    workspace = register()
    first = workspace.set_own_value(TYPED)
    assert workspace.set_own_value(TYPED).changed is False
    again = workspace.set_own_value({**TYPED, "value": "260000"})
    assert again.record.id == first.record.id
    workspace.set_own_value({**TYPED, "start": "2026-01-01", "value": "270000"})
    own = workspace.own_law()
    assert law.parameter(SENT, date(2025, 12, 31), own).value == Decimal(260_000)
    assert law.parameter(SENT, date(2026, 1, 1), own).value == Decimal(270_000)


def test_a_value_is_taken_away_by_its_parameter_unless_there_are_several() -> None:
    workspace = register()
    workspace.set_own_value(TYPED)
    workspace.set_own_value({**TYPED, "start": "2026-01-01"})
    with pytest.raises(NotFound, match=f"{SENT}.2026-01-01"):
        workspace.unset_own_value(SENT)
    workspace.unset_own_value(f"{SENT}.2026-01-01")
    workspace.unset_own_value(SENT)
    assert workspace.own_law() == {}
    with pytest.raises(NotFound):
        workspace.unset_own_value(SENT)
    workspace.undo()
    assert SENT in workspace.own_law()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"parameter": "amounts.brussels_transmision"}, SENT),
        ({"value": "-1"}, "zero or more"),
        ({"value": "much"}, "much"),
        ({"source": ""}, ""),
        ({"until": "2024-06-26"}, "before it starts"),
        ({"parameter": "terms.open_days", "value": "3,5"}, "whole number"),
        ({"parameter": "cooperation.in_house_activity", "value": "101"}, "at most 100"),
    ],
    ids=str,
)
def test_what_cannot_be_such_a_value_is_refused_and_nothing_is_kept(
    cells: dict[str, str], sentence: str
) -> None:
    workspace = register()
    with pytest.raises(Refused) as refused:
        workspace.set_own_value({**TYPED, **cells})
    assert any(sentence in str(each.message) for each in refused.value.problems)
    assert not workspace.own_values()


def test_who_sets_another_value_than_one_read_in_the_text_is_told_so() -> None:
    workspace = register()
    plain = {**TYPED, "value": "250000"}
    lots = {**plain, "parameter": "thresholds.lots", "start": "2026-01-01"}
    (told,) = workspace.set_own_value(lots).remarks
    assert "140000" in str(told.message)
    assert workspace.set_own_value({**plain, "start": "2017-06-30"}).remarks == ()


def test_what_is_kept_under_a_parameter_that_is_gone_is_left_out() -> None:
    old = OwnValue(
        id="x", parameter="amounts.gone", value=Decimal(1), start=DAY, source="x"
    )
    assert law.own_values([old]) == {}


def test_a_form_checked_alone_counts_with_the_own_values() -> None:
    workspace = register()
    share = "cooperation.in_house_near"
    workspace.set_own_value(
        {**TYPED, "parameter": share, "value": "90", "start": "2026-01-01"}
    )
    answers = {"h5": "87", "h6": "no"}

    def judged(own: law.OwnValues | None) -> dict[str, str]:
        checked = check_form(Form.IN_HOUSE, answers, on=DAY, own=own)
        inquired = inquire(Form.IN_HOUSE, answers, on=DAY, own=own)
        assert inquired.checked.findings == checked.findings
        return {found.rule: found.outcome.name for found in checked.findings}

    assert judged(None)["h5"] == "OK"
    assert judged(workspace.own_law())["h5"] == "WARNING"


def test_checks_made_before_a_value_was_set_are_made_again() -> None:
    desk = Desk(on=DAY, language="en")
    desk.sample()
    workspace = desk.open()
    before = workspace.inquiries()
    lots = {**TYPED, "parameter": "thresholds.lots", "start": "2026-01-01"}
    workspace.set_own_value({**lots, "value": "1000"})
    after = workspace.inquiries()
    desk.close()
    assert [p for p, _ in after] == [p for p, _ in before]
    assert after != before
