"""Runs the cases of competence: who decides, what is sent, what waits."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import UsageError
from jointbuy.law import (
    Act,
    Due,
    FormalityKind,
    OwnValues,
    Value,
    acts,
    parameter,
    parameters,
    stages_of,
)
from jointbuy.law.review import review
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BudgetKind,
    Citation,
    Form,
    Region,
    Stage,
)

PATH = Path(__file__).parent / "cases" / "competence.toml"
CASES = tomllib.loads(PATH.read_text(encoding="utf-8"), parse_float=Decimal)["act"]
DAY = date(2026, 11, 20)
CENT = Decimal("0.01")

FORMALITIES = {
    "waits": FormalityKind.WAITING,
    "lists": FormalityKind.LISTING,
    "change": FormalityKind.CHANGE,
    "opinion": FormalityKind.OPINION,
    "visum": FormalityKind.VISUM,
    "publication": FormalityKind.PUBLICATION,
    "consultation": FormalityKind.CONSULTATION,
}


def act_of(case: dict[str, Any]) -> Act:
    form, stage = Form[case.get("form", "JOINT_CONTRACT")], Stage[case["stage"]]
    region = Region[case["region"]]

    def amount(name: str) -> Decimal | None:
        return Decimal(case[name]) if name in case else None

    found = acts(
        Administration(
            id="one",
            kind=AdministrationKind[case["kind"]],
            region=region,
            population=case.get("population"),
        ),
        form,
        nature=case.get("nature"),
        procedure=case.get("procedure", ""),
        estimate=amount("estimate"),
        expenditure=amount("expenditure"),
        impact=amount("impact"),
        on=case["on"],
        budget=BudgetKind[case["budget"]] if "budget" in case else None,
        urgent=case.get("urgent", False),
        one_municipality=case.get("one_municipality"),
        partners=[
            Administration(id=name, kind=AdministrationKind[name], region=region)
            for name in case.get("partners", ())
        ],
    )
    return next(act for act in found if act.stage is stage)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_act(case: dict[str, Any]) -> None:
    assert case["source"]
    act, expect = act_of(case), dict(case["expect"])
    said = {
        "body": act.body.name if act.body else "",
        "decides": act.decides.name if act.decides else "",
        "article": act.citation.article if act.citation else "",
        "source": act.citation.source if act.citation else "",
        "sent": act.sent.name,
        "to_verify": act.to_verify,
    }
    for name, kind in FORMALITIES.items():
        found = act.formality(kind)
        said[name] = found.due.name if found else ""
    if summons := act.formality(FormalityKind.SUMMONS):
        said["summons"] = summons.days
    after = act.sending
    if after is None or after.days is None:
        after = act.formality(FormalityKind.PUBLICATION) or after
    if after is not None:
        said["days"] = after.days
        said["term"], said["extension"] = after.term_days, after.extension_days
        said["authority"] = after.authority.en if after.authority else ""
    instead = {f"{e.to.name} {e.how.name}": e.open.name for e in act.instead}
    wanted = expect.pop("instead", None)
    if wanted == {}:
        assert not act.instead
    for who, opens in (wanted or {}).items():
        best = [e.open.name for e in act.instead if f"{e.to.name} {e.how.name}" == who]
        if opens == "NO":
            assert set(best) <= {"NO"}, instead
        else:
            assert opens in best, instead
    if note := expect.pop("notes", ""):
        assert any(note in str(each) for each in act.notes)
    assert {name: said[name] for name in expect} == expect


def test_there_are_many_cases_and_none_twice() -> None:
    notes = [case["note"] for case in CASES]
    assert len(notes) == len(set(notes))
    assert len(notes) >= 60


def of(kind: AdministrationKind, region: Region, **more: Any) -> Administration:
    return Administration(id="one", kind=kind, region=region, **more)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("region", [*Region, None])
@pytest.mark.parametrize("kind", [*AdministrationKind, None])
def test_nothing_is_silently_absent(
    kind: AdministrationKind | None, region: Region | None, form: Form
) -> None:
    one = Administration(id="one", kind=kind, region=region)
    for day in (date(2016, 1, 1), date(2019, 1, 1), DAY, date(2030, 1, 1)):
        for act in acts(one, form, on=day):
            if act.body is None:
                assert act.notes
                assert act.to_verify
            elif act.citation is None:
                pytest.fail("somebody decides and no article says so")
            for each in act.formalities:
                assert each.message
                if each.due is Due.UNKNOWN:
                    assert each.to_verify
                else:
                    assert each.basis
            for other in act.instead:
                assert other.citation.source


def test_only_the_pilot_of_a_joint_contract_launches_and_awards_it() -> None:
    one = of(AdministrationKind.COMMUNE, Region.WALLONIA)
    stages = [
        each.stage for each in acts(one, Form.JOINT_CONTRACT, on=DAY, pilot=False)
    ]
    assert stages == [Stage.PARTICIPATION, Stage.CONDITIONS, Stage.ORDER]
    alone = acts(one, Form.IN_HOUSE, on=DAY, pilot=False)
    assert [each.stage for each in alone] == list(stages_of(Form.IN_HOUSE))


def own(name: str, amount: int, start: date) -> OwnValues:
    known = parameter(name, date(2020, 6, 1))
    value = Value(
        name=name,
        value=Decimal(amount),
        unit=known.unit,
        strictness=known.strictness,
        start=start,
        tests=known.tests,
        confidence="high",
        citation=Citation(source="Answer of the authority", own=True),
    )
    return {name: (value,)}


@pytest.mark.parametrize(
    ("kind", "region", "name"),
    [
        (
            AdministrationKind.COMMUNE,
            Region.WALLONIA,
            "amounts.wallonia_transmission_services_open",
        ),
        (
            AdministrationKind.CPAS,
            Region.WALLONIA,
            "amounts.wallonia_cpas_transmission_services_open",
        ),
        (
            AdministrationKind.COMMUNE,
            Region.BRUSSELS,
            "amounts.brussels_transmission",
        ),
        (
            AdministrationKind.CPAS,
            Region.BRUSSELS,
            "amounts.brussels_cpas_transmission",
        ),
        (
            AdministrationKind.POLICE_ZONE,
            Region.BRUSSELS,
            "amounts.brussels_police_transmission",
        ),
        (
            AdministrationKind.COMMUNE,
            Region.GERMAN_SPEAKING,
            "amounts.german_speaking_transmission",
        ),
    ],
)
def test_an_amount_the_register_sets_itself_decides(
    kind: AdministrationKind, region: Region, name: str
) -> None:
    amount = Decimal(230_000)
    values = own(name, 230_000, date(2026, 1, 1))
    strict = parameter(name, date(2020, 6, 1)).strictness == "above"
    for estimate, due in (
        (amount - CENT, Due.NO),
        (amount, Due.NO if strict else Due.YES),
        (amount + CENT, Due.YES),
    ):
        award = next(
            act
            for act in acts(
                of(kind, region),
                Form.JOINT_CONTRACT,
                nature="services",
                procedure="open",
                estimate=estimate,
                on=DAY,
                own=values,
            )
            if act.stage is Stage.AWARD
        )
        assert award.sent is due
        assert award.sending is not None
        assert award.sending.limit is not None
        assert award.sending.limit.citation.own


def test_a_term_the_register_sets_itself_is_counted_with() -> None:
    values = own("terms.brussels_supervision_days", 40, date(2026, 1, 1))
    award = next(
        act
        for act in acts(
            of(AdministrationKind.COMMUNE, Region.BRUSSELS),
            Form.JOINT_CONTRACT,
            nature="services",
            procedure="open",
            on=DAY,
            own=values,
        )
        if act.stage is Stage.AWARD
    )
    assert award.sending is not None
    assert award.sending.term_days == 40


def test_where_no_amount_was_read_the_value_to_set_is_named() -> None:
    award = next(
        act
        for act in acts(
            of(AdministrationKind.COMMUNE, Region.BRUSSELS),
            Form.JOINT_CONTRACT,
            nature="services",
            procedure="open",
            estimate=Decimal(500_000),
            on=DAY,
        )
        if act.stage is Stage.AWARD
    )
    assert award.sending is not None
    assert award.sending.parameter == "amounts.brussels_transmission"
    assert award.sending.limit is None
    assert "175000" in str(award.sending.why)


def test_the_planned_amount_of_an_award_is_to_be_tested_again() -> None:
    def why(**given: Any) -> str:
        found = acts(
            of(AdministrationKind.COMMUNE, Region.WALLONIA),
            Form.JOINT_CONTRACT,
            nature="services",
            procedure="open",
            on=date(2022, 6, 1),
            **given,
        )
        award = next(act for act in found if act.stage is Stage.AWARD)
        assert award.sending is not None
        return str(award.sending.why)

    assert "test it again" in why(estimate=Decimal(190_000))
    assert "test it again" not in why(
        estimate=Decimal(190_000), expenditure=Decimal(210_000)
    )


def test_joining_and_each_need_are_two_decisions_on_two_articles() -> None:
    """The trap: one adhesion decision only, or the article of a joint contract."""
    for kind in (AdministrationKind.COMMUNE, AdministrationKind.CPAS):
        one = of(kind, Region.WALLONIA)
        centre = {act.stage: act for act in acts(one, Form.PURCHASING_CENTRE, on=DAY)}
        joint = acts(one, Form.JOINT_CONTRACT, on=DAY)[0]
        assert list(centre) == [Stage.ADHESION, Stage.USE, Stage.ORDER]
        adhesion, use = centre[Stage.ADHESION], centre[Stage.USE]
        assert not any(each.how.name == "DELEGATION" for each in adhesion.instead)
        assert any(each.how.name == "DELEGATION" for each in use.instead)
        assert joint.citation is not None
        assert adhesion.citation is not None
        assert joint.citation.article != adhesion.citation.article


def test_each_region_keeps_to_its_own_texts() -> None:
    """The trap: the Walloon code for the nine German-speaking communes or Brussels."""
    own_texts = {
        Region.WALLONIA: "Walloon Code",
        Region.BRUSSELS: "New Municipal Law",
        Region.FLANDERS: "Flemish Decree",
        Region.GERMAN_SPEAKING: "Municipal Decree of 23 April 2018",
    }
    for region, text in own_texts.items():
        cited = {
            basis.source
            for form in Form
            for act in acts(
                of(AdministrationKind.COMMUNE, region, population=20_000),
                form,
                nature="services",
                procedure="open",
                on=DAY,
            )
            for basis in act.basis
        }
        assert any(text in source for source in cited)
        for other in set(own_texts.values()) - {text}:
            assert not any(other in source for source in cited), (region, other)


def test_a_commune_and_its_cpas_have_each_their_own_supervisor() -> None:
    """The trap: one supervisor for both, or two for a Brussels CPAS after May 2019."""

    def authority(kind: AdministrationKind, region: Region, day: date) -> str:
        award = next(
            act
            for act in acts(of(kind, region), Form.JOINT_CONTRACT, on=day)
            if act.stage is Stage.AWARD
        )
        assert award.sending is not None
        assert award.sending.authority is not None
        return award.sending.authority.en

    for region in (Region.WALLONIA, Region.BRUSSELS):
        commune = authority(AdministrationKind.COMMUNE, region, DAY)
        assert commune != authority(AdministrationKind.CPAS, region, DAY)
    last = date(2019, 5, 31)
    cpas, brussels = AdministrationKind.CPAS, Region.BRUSSELS
    assert "college of the commune" in authority(cpas, brussels, last)
    after = authority(cpas, brussels, last + timedelta(days=1))
    assert "college of the commune" not in after


def test_what_is_sent_in_wallonia_is_not_carried_out_before_it_is_sent() -> None:
    """The trap: carrying an act out before it has been transmitted."""
    award = next(
        act
        for act in acts(
            of(AdministrationKind.COMMUNE, Region.WALLONIA),
            Form.JOINT_CONTRACT,
            nature="works",
            procedure="open",
            expenditure=Decimal("250000.01"),
            on=date(2022, 6, 1),
        )
        if act.stage is Stage.AWARD
    )
    waiting = award.formality(FormalityKind.WAITING)
    assert waiting is not None
    assert waiting.due is Due.YES
    assert "before it has been sent" in str(waiting.message)


def test_a_procedure_or_nature_that_does_not_exist_is_refused() -> None:
    one = of(AdministrationKind.COMMUNE, Region.WALLONIA)
    with pytest.raises(UsageError, match="exclusive"):
        acts(one, Form.JOINT_CONTRACT, procedure="raffle", on=DAY)
    with pytest.raises(UsageError, match="services"):
        acts(one, Form.JOINT_CONTRACT, nature="magic", on=DAY)


def test_a_scale_that_was_abolished_is_not_said_to_be_missing() -> None:
    name = "amounts.brussels_cpas_delegation_small"
    assert parameters()[name].abolished
    ending = {each.parameter.name for each in review(DAY, DAY).ending}
    assert name not in ending
    assert "amounts.brussels_transmission" in ending
