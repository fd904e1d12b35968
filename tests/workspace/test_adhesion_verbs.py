"""Deciding, reopening, settling and comparing adhesions; the inventory of centres."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.centres.programmes import AdhesionState, state_of
from jointbuy.errors import Refused, UsageError
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    Contract,
    Domain,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    LocalText,
    Order,
    Programme,
    PurchasingCentre,
    Region,
    Reopening,
    Reservation,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import cells_of
from jointbuy.workspace.telling import last_told
from jointbuy.workspace.whole import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.model import Record

ON = date(2026, 11, 23)


def names(text: str) -> LocalText:
    return LocalText(fr=text)


def brussels(id_: str, kind: AdministrationKind) -> Administration:
    return Administration(
        id=id_, names=names(id_.title()), kind=kind, region=Region.BRUSSELS
    )


COMMUNE = brussels("val", AdministrationKind.COMMUNE)
CPAS = brussels("cpas", AdministrationKind.CPAS)
FAR = replace(COMMUNE, id="far", names=names("Far"), region=Region.WALLONIA)
CENTRE = PurchasingCentre(id="c", names=names("Centrale"), regions=(Region.BRUSSELS,))
PROGRAMME = Programme(
    id="p",
    centre="c",
    names=names("Parcours"),
    domains=(Domain(id="rh", names=LocalText(fr="RH", nl="HR"), budget=Decimal(100)),),
)


def adhesion(who: Administration, domain: str = "rh", **values: Any) -> Adhesion:
    known = {"status": AdhesionStatus.ADHERED, "decided_on": date(2026, 6, 1)}
    return Adhesion(
        **{
            "id": f"a-{who.id}",
            "administration": who.id,
            "centre": "c",
            "programme": "p",
            "domain": domain,
            **known,
            **values,
        }
    )


def register(*records: Record, on: date = ON) -> Workspace:
    store = MemoryStore()
    given: list[Any] = [COMMUNE, CPAS, CENTRE, PROGRAMME, *records]
    every = {(type(each), each.id): each for each in given}.values()
    store.commit(
        [Change(kind=type(each), id=each.id, value=each) for each in every],
        by="",
        why="",
    )
    return Workspace(store, user="me", on=on, language="en")


def test_twins_are_decided_as_one_change_and_undone_as_one() -> None:
    work = register(
        adhesion(COMMUNE, status=AdhesionStatus.PROPOSED, decided_on=None),
        adhesion(CPAS, status=AdhesionStatus.PROPOSED, decided_on=None),
    )
    before = work.adhesions()
    with pytest.raises(UsageError, match="no reservation"):
        work.decide_adhesions(["a-val"], AdhesionStatus.CONDITIONAL)
    with pytest.raises(UsageError, match="still to come"):
        work.decide_adhesions(["a-val"], AdhesionStatus.ADHERED, on=date(2026, 11, 24))
    kept = (Reservation(text="budget", place="art. 2"),)
    made = work.decide_adhesions(
        ["a-val", "a-cpas"],
        AdhesionStatus.CONDITIONAL,
        on=ON,
        number="12",
        reservations=kept,
        triggers=("prix",),
    )
    assert {each.reservations for each in made} == {kept}
    assert {each.decided_on for each in work.adhesions().values()} == {ON}
    assert work.compare_adhesions(["a-val", "a-cpas"]) == ()
    assert str(last_told(work)) == "Adhesions decided: 2."
    work.undo()
    assert work.adhesions() == before


@pytest.mark.parametrize(
    ("status", "on", "number", "signed"),
    [
        (AdhesionStatus.POSTPONED, ON, "", None),
        (AdhesionStatus.CONDITIONAL, ON, "", date(2026, 7, 1)),
        (AdhesionStatus.CONDITIONAL, date(2026, 6, 1), "24", date(2026, 7, 1)),
    ],
)
def test_another_decision_does_not_take_the_number_of_the_one_before(
    status: AdhesionStatus, on: date, number: str, signed: date | None
) -> None:
    given: Any = {"number": "24", "convention_on": date(2026, 7, 1)}
    work = register(adhesion(COMMUNE, status=status, **given))
    (made,) = work.decide_adhesions(["a-val"], AdhesionStatus.ADHERED, on=on)
    assert (made.number, made.convention_on) == (number, signed)


def test_a_trigger_reopens_until_the_body_settled_it() -> None:
    work = register(adhesion(COMMUNE), adhesion(CPAS, status=AdhesionStatus.REFUSED))
    for wrong in (
        {"trigger": " "},
        {"trigger": "prix", "on": date(2026, 11, 24)},
        {"trigger": "prix", "on": date(2026, 5, 31)},
    ):
        with pytest.raises(UsageError):
            work.reopen_adhesion("a-val", **wrong)
    with pytest.raises(UsageError, match="nothing to reopen"):
        work.reopen_adhesion("a-cpas", "prix")
    work.reopen_adhesion("a-val", "portée", what="un lot\nen moins; le 3", on=ON)
    with pytest.raises(UsageError, match="already"):
        work.reopen_adhesion("a-val", "Portée")
    (waiting,) = work.adhesion_state("a-val").open
    assert waiting.since == ON
    assert str(waiting.what) == "un lot en moins, le 3"
    with pytest.raises(UsageError, match="only"):
        work.settle_reopening("a-val", "oui", on=date(2026, 11, 22))
    with pytest.raises(UsageError, match="portée"):
        work.settle_reopening("a-val", "oui", trigger="prix")
    made = work.settle_reopening("a-val", "accepté", trigger="portée")
    assert made.reopenings[0].settled_on == ON
    assert work.adhesion_state("a-val").open == ()
    with pytest.raises(UsageError, match="nothing to settle"):
        work.settle_reopening("a-val", "oui")


def test_a_cost_above_the_budget_is_settled_by_the_cost_the_body_was_shown() -> None:
    work = register(adhesion(COMMUNE, cost=Decimal(120)), adhesion(CPAS, "HR",
                    cost=Decimal(100)))  # fmt: skip
    assert work.adhesion_state("a-cpas").open == ()
    (waiting,) = work.adhesion_state("a-val").open
    assert waiting.since is None
    with pytest.raises(UsageError, match="still above"):
        work.settle_reopening("a-val", "oui", budget=Decimal(110))
    made = work.settle_reopening("a-val", "présenté au conseil")
    assert made.budget == Decimal(120)
    assert made.reopenings[0].trigger == "cost above budget"
    assert work.adhesion_state("a-val").open == ()


def test_a_domain_is_the_same_under_its_name_in_another_language() -> None:
    work = register(adhesion(COMMUNE, "RH"), adhesion(CPAS, "HR"))
    assert [each.id for each in work.twins("a-val")] == ["a-val", "a-cpas"]
    assert work.compare_adhesions(["a-val", "a-cpas"]) == ()
    with pytest.raises(UsageError, match="two"):
        work.compare_adhesions(["a-val", "a-val"])
    cells = work.adhesion_table("parcours").cells
    assert {cells[who, "rh"].adhesion for who in ("val", "cpas")} == {"a-val", "a-cpas"}


# The inventory


RUNNING = FrameworkAgreement(
    id="f",
    centre="c",
    title=names("Licences"),
    regions=(Region.BRUSSELS,),
    start=date(2025, 1, 1),
    end=date(2028, 1, 1),
)
LATER = replace(
    RUNNING, id="g", title=names("Postes"), start=None, end=None,
    interest_deadline=ON,
)  # fmt: skip


def used(on: date = ON, **changes: Any) -> Workspace:
    framework = replace(RUNNING, **changes)
    return register(
        FAR,
        framework,
        LATER,
        adhesion(COMMUNE, programme="", domain=""),
        Contract(id="k", administration="val", title="Bureautique", framework="f",
                 yearly_value=Decimal(12000), end=date(2026, 12, 31)),
        Order(id="o", administration="val", framework="f", amount=Decimal(3000),
              concluded_on=date(2026, 3, 1)),
        Order(id="old", administration="val", framework="f", amount=Decimal(9000),
              concluded_on=date(2025, 3, 1)),
        Interest(id="i", administration="val", framework="g",
                 answer=InterestAnswer.YES, answered_on=date(2026, 11, 2)),
        on=on,
    )  # fmt: skip


def test_what_one_uses_and_the_other_could_is_told_with_what_it_takes() -> None:
    found = used().inventory()
    (mine, other) = (found.cells[who, "c"] for who in ("val", "cpas"))
    assert [(each.framework, each.ways) for each in mine.used] == [
        ("f", ("order", "contract")),
        ("g", ("interest",)),
    ]
    assert (mine.yearly, mine.ordered) == (Decimal(12000), Decimal(3000))
    assert mine.joined
    assert not other.uses
    assert found.cells["far", "c"].admitted == "NO"
    told = {(gap.administration, gap.framework): gap for gap in found.gaps}
    assert set(told) == {("cpas", "f"), ("cpas", "g")}
    assert found.gaps[0].framework == "g"
    assert str(told["cpas", "g"].todo) == (
        "Mark interest by 2026-11-23, with a maximum. Join c as well: decision "
        "of the competent body, then convention."
    )
    assert told["cpas", "f"].todo.text.startswith("Join {centre} first")
    assert told["cpas", "f"].users == ("val",)


def test_what_is_closed_leads_to_the_framework_that_follows() -> None:
    day_after = used(date(2026, 11, 24)).inventory().gaps
    closed = next(gap for gap in day_after if gap.framework == "g")
    assert not closed.open
    ended = used(end=date(2026, 11, 22), successor="g").inventory().gaps
    after = next(gap for gap in ended if gap.framework == "f")
    assert (after.open, "Postes" in str(after.todo)) == (False, True)
    unsure = used(regions=()).inventory().gaps
    asked = next(gap for gap in unsure if gap.framework == "f")
    assert asked.todo.text.startswith("Ask the centre in writing")


def test_a_centre_that_is_joined_and_not_used_is_within_reach_too() -> None:
    work = register(FAR, adhesion(COMMUNE, programme="", domain=""))
    (gap,) = work.inventory().gaps
    assert (gap.administration, gap.framework) == ("cpas", "")
    assert work.inventory(["cpas"]).gaps == (gap,)
    assert [who.id for who in work.inventory(["cpas"]).administrations] == ["cpas"]


def test_the_inventory_is_written_as_a_sheet_without_formulas(tmp_path: Path) -> None:
    work = used(title=names("=cmd"))
    work.write_inventory(tmp_path / "inventaire.csv")
    text = (tmp_path / "inventaire.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][4:8] == ["'=cmd", "order, running contract", "12000,00", "3000,00"]
    assert len({len(row) for row in rows}) == 1
    work.write_inventory(tmp_path / "inventaire.xlsx")
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(tmp_path / "inventaire.xlsx")
    again = sheet.get_sheet_by_index(0).to_python()
    assert (again[1][4], again[1][6]) == ("=cmd", 12000)
    with pytest.raises(Refused, match="exists already"):
        work.write_inventory(tmp_path / "inventaire.csv")
    with pytest.raises(UsageError, match="must end"):
        work.write_inventory(tmp_path / "inventaire.ods")


def test_the_state_of_a_centre_is_that_of_its_adhesions() -> None:
    found = register(adhesion(COMMUNE, cost=Decimal(101))).inventory()
    assert found.cells["val", "c"].states == (AdhesionState.REOPENED,)
    assert state_of(adhesion(COMMUNE, cost=Decimal(101)), ON) is not (
        AdhesionState.REOPENED
    )


# Drafts


def test_each_administration_gets_one_decision_in_the_languages_of_its_acts(
    tmp_path: Path,
) -> None:
    bilingual = replace(CPAS, languages=("fr", "nl"))
    kept = (Reservation(text="budget voté"),)
    work = register(
        replace(COMMUNE, languages=("fr",)),
        bilingual,
        adhesion(COMMUNE, reservations=kept),
        adhesion(COMMUNE, "fin", id="a-fin"),
        adhesion(CPAS),
        adhesion(FAR, programme="", domain="", status=AdhesionStatus.REFUSED),
        FAR,
    )
    made = work.draft_adhesions(["a-val", "a-fin", "a-cpas"], folder=tmp_path,
                                formats=("markdown",))  # fmt: skip
    assert [(each.administration, each.language) for each in made] == [
        ("val", "fr"),
        ("cpas", "fr"),
        ("cpas", "nl"),
    ]
    texts = [each.paths[0].read_text(encoding="utf-8") for each in made]
    assert all("budget voté" in text for text in texts)
    assert [text.count("- fin") for text in texts] == [1, 0, 0]
    with pytest.raises(UsageError, match="apart"):
        work.draft_adhesions(["a-val", "a-far"], folder=tmp_path)
    with pytest.raises(UsageError, match="decided against"):
        work.draft_adhesions(["a-far"], folder=tmp_path)
    with pytest.raises(Refused, match="exists already"):
        work.draft_adhesions(["a-val"], folder=tmp_path, formats=("markdown",))


def test_a_letter_of_interest_is_drafted_unless_the_answer_was_no(
    tmp_path: Path,
) -> None:
    no = Interest(id="i", administration="val", framework="g",
                  answer=InterestAnswer.NO)  # fmt: skip
    work = register(replace(COMMUNE, languages=("fr",)), LATER, no)
    with pytest.raises(UsageError, match="answered no"):
        work.draft_interests("g", ["val"], folder=tmp_path)
    with pytest.raises(UsageError, match="languages of the acts"):
        work.draft_interests("g", ["cpas"], folder=tmp_path)
    (made,) = work.draft_interests("g", ["cpas"], folder=tmp_path, languages=("nl",))
    assert made.paths[0].suffix == ".docx"
    assert "kenmerk van de centrale" in made.fields


def test_what_happened_keeps_its_semicolons_when_another_line_is_typed() -> None:
    told = Reopening(trigger="scope", on=date(2026, 3, 2), what="lots 2; 4 left out")
    before = adhesion(COMMUNE, reopenings=(told,))
    workspace = register(COMMUNE, CENTRE, PROGRAMME, before)
    cells = cells_of(workspace, Adhesion, before)
    typed = cells["reopenings"] + "\nprice; 1/4/2026"
    workspace.amend(Adhesion, before.id, {"reopenings": typed})
    kept = workspace.adhesions()[before.id].reopenings
    assert kept[0] == told
    assert [each.trigger for each in kept] == ["scope", "price"]
