"""Two samples: an order too many, and a framework agreement for Brussels only."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.codec import to_plain
from jointbuy.model import (
    Adhesion,
    FrameworkAgreement,
    Order,
    Outcome,
    Programme,
    type_names,
)
from jointbuy.store.records import faults, fields, from_row
from jointbuy.store.sealed import unseal
from jointbuy.workspace import Desk, Workspace
from jointbuy.workspace.standing import offers

if TYPE_CHECKING:
    from tests.conftest import Run

SAMPLES = Path(__file__).parents[2] / "sample_data"
CLOTHES = "trois-vallees-vetements-2025"
NEXT = "trois-vallees-vetements-2028"
SECOND = f"{CLOTHES}.cpas-rivebois.1"
JOINED = "trois-vallees.commune-rivebois"
LAPTOPS = "i-city-portables-2026"


@pytest.fixture
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    shutil.copyfile(SAMPLES / request.param / "register.json", path)
    return path


def opened(path: Path, language: str = "en") -> Workspace:
    return Desk(str(path), language=language).open()


ceiling = pytest.mark.parametrize("register", ["ceiling"], indirect=True)
seat = pytest.mark.parametrize("register", ["seat"], indirect=True)


@pytest.mark.parametrize("name", ["ceiling", "seat"])
def test_the_sample_is_written_as_the_codec_writes_it(name: str) -> None:
    tables = unseal((SAMPLES / name / "register.json").read_bytes()).tables
    assert faults(tables) == ()
    now = datetime(2027, 3, 15, tzinfo=UTC)
    for kind, table in type_names.items():
        for id_, row in tables.get(table, {}).items():
            made: Any = from_row(kind, id_, row, since=now).value
            assert to_plain(made) == fields(row), (table, id_)


@ceiling
def test_the_second_order_exceeds_the_ceiling_and_the_way_out_is_named(
    register: Path,
) -> None:
    workspace = opened(register)
    (excess,) = workspace.framework_sheet(CLOTHES).counter.exceeded
    assert (excess.order, excess.by) == (SECOND, Decimal("4500.00"))
    checked = workspace.may_order(CLOTHES, "commune-rivebois", need="r-vetements")
    assert checked.worst is Outcome.BLOCKED
    found = {each.rule: each for each in checked.findings}
    assert [r for r, each in found.items() if each.outcome is Outcome.BLOCKED] == ["a4"]
    assert any("C-23/20" in cited.source for cited in found["a4"].basis)
    assert "Mark interest in the one that follows" in str(found["a4"].way_out)
    said = str(found["exceeded"].message)
    assert SECOND not in said
    assert "of 2027-02-24 (" in said
    assert "45000.00" in said
    assert "Tell the centre at once" in str(found["exceeded"].way_out)
    assert found["a7"].outcome is found["a5"].outcome is Outcome.OK
    assert checked.cost == Decimal("12240.00")
    other = workspace.may_order(CLOTHES, "commune-charmoval", need="h-vetements")
    closed = {each.rule: each for each in other.findings}["a2"]
    assert closed.outcome is Outcome.BLOCKED
    assert "Mark interest in the one that follows" in str(closed.way_out)
    coming = workspace.may_order("trois-vallees-vetements-2028", "commune-rivebois")
    ahead = {each.rule: each for each in coming.findings}
    assert "Answer the call by" in str(ahead["a3"].way_out)
    assert ahead["start"].outcome is Outcome.BLOCKED
    sheet = workspace.framework_sheet(CLOTHES)
    assert sheet.phase == "EXHAUSTED"
    assert {life.next for life in sheet.lives.values()} == {"successor"}
    (offer, _) = offers(workspace)
    assert (offer.phase, offer.left) == ("EXHAUSTED", Decimal("-4500.00"))


@ceiling
@pytest.mark.parametrize(
    ("amount", "fits"), [("40499.99", True), ("40500.00", True), ("40500.01", False)]
)
def test_before_it_the_order_fitted_to_the_cent(
    register: Path, amount: str, *, fits: bool
) -> None:
    checked = opened(register).may_order(
        CLOTHES,
        "cpas-rivebois",
        need="s-vetements",
        without=SECOND,
        amount=Decimal(amount),
        quantity=Decimal(600),
        unit="tenues",
    )
    found = {each.rule: each for each in checked.findings}
    assert found["quantity"].outcome is Outcome.OK
    assert found["a4"].outcome is (Outcome.OK if fits else Outcome.BLOCKED)
    assert ("planned" in found) == fits
    if not fits:
        assert "Order 40500.00 at most" in str(found["a4"].way_out)


@seat
def test_an_order_by_whom_the_agreement_is_not_for_stays_marked(register: Path) -> None:
    workspace = opened(register)
    day = {"framework": LAPTOPS, "concluded_on": "15/03/2027"}
    out = {**day, "administration": "cpas-rivebois", "amount": "5000"}
    entered = workspace.enter(Order, out)
    (remark,) = entered.remarks
    assert "is not admitted" in str(remark.message)
    (found,) = workspace.irregular_orders()[entered.record.id]
    assert found.way_out is not None
    # One that it is for, without an amount, is only told what is missing.
    other = workspace.enter(Order, {**day, "administration": "commune-valsource"})
    assert [each.field for each in other.remarks] == ["amount"]
    assert set(workspace.irregular_orders()) == {entered.record.id}
    late = workspace.enter(
        Order,
        {**day, "concluded_on": "15/03/2040", "administration": "commune-valsource",
         "quantity": "3"},
    )  # fmt: skip
    assert "without an amount or" not in str(late.remarks[-1].message).lower()
    assert set(workspace.irregular_orders()) == {entered.record.id, late.record.id}


@ceiling
@pytest.mark.parametrize(
    ("day", "blocked"),
    [
        (date(2025, 3, 31), {"start"}),
        (date(2025, 4, 1), set()),
        (date(2028, 3, 31), set()),
        (date(2028, 4, 1), {"a5"}),
    ],
)
def test_the_first_and_the_last_day_still_count(
    register: Path, day: date, blocked: set[str]
) -> None:
    checked = opened(register).may_order(
        CLOTHES, "commune-rivebois", need="r-vetements", day=day
    )
    found = {e.rule for e in checked.findings if e.outcome is Outcome.BLOCKED}
    assert found & {"start", "a5"} == blocked


@seat
@pytest.mark.parametrize(
    ("day", "outcome"),
    [(date(2030, 10, 31), Outcome.INFO), (date(2030, 11, 1), Outcome.SERIOUS)],
)
def test_a_new_competition_must_fit_before_the_end(
    register: Path, day: date, outcome: Outcome
) -> None:
    checked = opened(register).may_order(
        LAPTOPS, "commune-valsource", need="v-portables", day=day
    )
    found = {each.rule: each for each in checked.findings}
    assert found["competition"].outcome is outcome
    assert found["counted"].outcome is Outcome.WARNING


ROOM = (FrameworkAgreement, CLOTHES, {"consumed": "1000", "consumed_on": "28/2/2027"})
"""What leaves enough under the ceiling of all."""

PART = {"administration": "commune-rivebois", "centre": "trois-vallees",
        "status": "adhered", "decided_on": "1/2/2027",
        "reopenings": "scope; 1/3/2027; cut"}  # fmt: skip


@ceiling
@pytest.mark.parametrize(
    ("edits", "order", "found"),
    [
        ((ROOM,), {"amount": 12000}, {"decided": "OK", "planned": None}),
        ((ROOM,), {"amount": "12000.01"}, {"decided": "SERIOUS"}),
        # What others plan leaves its own maximum alone.
        ((ROOM,), {"who": "cpas-rivebois", "amount": 100},
         {"decided": "SERIOUS", "planned": None}),
        # What was concluded since is planned no more.
        ((ROOM,), {"amount": 60000, "day": date(2027, 2, 1)}, {"planned": None}),
        ((ROOM, (FrameworkAgreement, CLOTHES, {"start": ""})), {},
         {"start": "UNKNOWN"}),
        ((ROOM, (FrameworkAgreement, CLOTHES, {"start": "", "award": ""})), {},
         {"start": "BLOCKED"}),
        ((ROOM, (Adhesion, JOINED, {"status": "not counted"})), {},
         {"a6": "UNKNOWN", "joined": "SERIOUS"}),
        ((ROOM, (Adhesion, "", PART | {"domain": "Voice"})), {},
         {"a6": "OK", "joined": None, "reopened": None}),
        ((ROOM, (Adhesion, JOINED, {"domain": "Voice"})), {},
         {"a6": "UNKNOWN", "joined": "UNKNOWN", "reopened": None}),
        ((ROOM, (Adhesion, JOINED, {"status": "refused"}),
          (Adhesion, "", PART | {"domain": "Voice"})), {}, {"reopened": "SERIOUS"}),
        ((ROOM, (Programme, "", {"centre": "trois-vallees", "fr": "P",
                                 "domains": "voice; Voice; ; ; ; 1000"}),
          (Adhesion, JOINED, {"programme": "p", "domain": "voice", "cost": "2000"})),
         {}, {"reopened": "SERIOUS"}),
        ((ROOM, (FrameworkAgreement, CLOTHES, {"lots": "1; A; 50000"})), {},
         {"lot": "UNKNOWN"}),
    ],
)  # fmt: skip
def test_each_thing_in_the_way_is_told_for_what_it_is(
    register: Path,
    edits: tuple[tuple[type[Any], str, dict[str, str]], ...],
    order: dict[str, Any],
    found: dict[str, str | None],
) -> None:
    workspace = opened(register)
    for kind, id_, cells in edits:
        if id_:
            workspace.edit_record(kind, id_, cells)
        else:
            workspace.add_record(kind, cells, unnamed=True)
    who = order.get("who", "commune-rivebois")
    amount = order.get("amount")
    checked = workspace.may_order(
        CLOTHES,
        who,
        need="s-vetements" if who.startswith("cpas") else "r-vetements",
        amount=None if amount is None else Decimal(amount),
        day=order.get("day"),
    )
    told = {each.rule: each.outcome.name for each in checked.findings}
    assert {rule: told.get(rule) for rule in found} == found


@ceiling
def test_an_adhesion_that_was_reopened_is_looked_at_before_an_order(
    register: Path,
) -> None:
    workspace = opened(register)
    adhesion = "trois-vallees.cpas-rivebois"

    def found() -> dict[str, Outcome]:
        checked = workspace.may_order(CLOTHES, "cpas-rivebois", need="s-vetements")
        return {each.rule: each.outcome for each in checked.findings}

    assert found()["a6"] is Outcome.OK
    workspace.edit_record(
        Adhesion, adhesion, {"reopenings": "price; 1/3/2027; above the budget"}
    )
    assert found()["reopened"] is Outcome.SERIOUS
    assert found()["a6"] is Outcome.UNKNOWN
    step = workspace.framework_life(CLOTHES, "cpas-rivebois").step("adhesion")
    assert step is not None
    assert (step.done, "look at it again" in str(step.note)) == (False, True)
    workspace.edit_record(
        Adhesion, adhesion, {"reopenings": "price; 1/3/2027; above; 10/3/2027; kept"}
    )
    assert "reopened" not in found()
    assert found()["a6"] is Outcome.OK


@ceiling
def test_by_command_the_excess_is_said_at_once_and_taken_back(
    register: Path, jointbuy: Run
) -> None:
    on = ("--register", register)
    told = jointbuy(
        *on, "orders", "check", CLOTHES, "-a", "commune-rivebois", "--need",
        "r-vetements",
    )  # fmt: skip
    assert "blocked" in told.out
    assert "exceeded by € 4.500,00" in " ".join(told.out.split())
    assert "31/05/2027" in told.out
    added = jointbuy(
        *on, "orders", "add", "--framework", CLOTHES, "--administration",
        "cpas-rivebois", "--concluded-on", "2028-04-01", "--amount", "6000",
        "--quantity", "90", "--unit", "tenues",
    )  # fmt: skip
    said = " ".join(added.err.split())
    for part in ("maximum of the framework agreement is reached", "ends on 31/03/2028",
                 "of its own maximum of 600 only 80 is left"):  # fmt: skip
        assert part in said
    made = f"{CLOTHES}.cpas-rivebois.2"
    assert made in opened(register).records(Order)
    count = jointbuy(*on, "--on", "2028-04-01", "frameworks", "show", CLOTHES, "--json")
    assert [e["ceiling"] for e in count.json["counter"]["exceeded"]] == [
        "whole", "own", "own_quantity",
    ]  # fmt: skip
    jointbuy(*on, "undo")
    assert made not in opened(register).records(Order)
    wrong = jointbuy(
        *on, "orders", "add", "--framework", CLOTHES, "--administration",
        "commune-rivebois", "--need", "s-vetements", "--lot", "9", code=3,
    )  # fmt: skip
    assert "no lot 9" in wrong.err
    assert "another administration" in wrong.err


@ceiling
def test_a_prolonged_call_or_an_answer_taken_in_writing_counts(
    register: Path, jointbuy: Run, tmp_path: Path
) -> None:
    who = (NEXT, "commune-rivebois")
    reply = tmp_path / "reply.pdf"
    reply.write_bytes(b"agreed")

    def run(*words: str, code: int = 0) -> str:
        on = ("--register", register, "--on", "2027-06-03")
        return " ".join(jointbuy(*on, *words, code=code).err.split())

    def marked() -> tuple[str, bool]:
        workspace = Desk(str(register), language="en", on=date(2027, 6, 3)).open()
        checked = {e.rule: e for e in workspace.may_order(*who).findings}
        step = workspace.framework_life(*who).step("interest")
        return checked["a3"].outcome.name, bool(step and step.done)

    assert "counts as no answer" in run("interest", "answer", *who, "yes", "--amount",
                                        "5000")  # fmt: skip
    assert marked() == ("WARNING", False)
    assert "already asked" in run("interest", "ask", *who, code=2)
    assert "no longer by" in run("interest", "ask", *who, "--due", "2027-06-10")
    assert marked() == ("OK", True)
    run("undo")
    assert marked() == ("WARNING", False)
    run("interest", "accept", *who, str(reply))
    assert marked() == ("OK", True)
    run("undo")
    run("frameworks", "edit", NEXT, "--interest-deadline", "2027-06-10")
    assert marked() == ("OK", True)
    wrong = run("orders", "check", CLOTHES, "-a", who[1], "--answer", "a1", code=2)
    assert "code=value" in wrong


@seat
def test_a_walloon_cpas_is_told_why_not_and_who_serves_it(
    register: Path, jointbuy: Run
) -> None:
    workspace = opened(register)
    checked = workspace.may_order(LAPTOPS, "cpas-rivebois", need="s-portables")
    found = {each.rule: each for each in checked.findings}
    assert [r for r, each in found.items() if each.outcome is not Outcome.OK] == ["a2"]
    assert found["a2"].outcome is Outcome.BLOCKED
    assert "admits only: Brussels" in str(found["a2"].why)
    assert found["a2"].basis
    assert "trois-vallees" in str(found["a2"].way_out)
    assert workspace.framework_life(LAPTOPS, "cpas-rivebois").next == ""
    told = jointbuy(
        "--register", register, "--lang", "nl", "orders", "check", LAPTOPS, "-a",
        "cpas-rivebois", "--need", "s-portables", "--json",
    )  # fmt: skip
    assert told.json["outcome"] == "BLOCKED"
    rules = {each["rule"]: each for each in told.json["findings"]}
    assert "Trois Vallées" in rules["a2"]["way_out"]
    assert "Brussel" in rules["a2"]["why"]


@seat
def test_who_is_admitted_may_order_once_the_questions_are_answered(
    register: Path, jointbuy: Run
) -> None:
    answers = [f"--answer={code}=no" for code in ("a9", "a10", "a12")]
    answers += [f"--answer={code}=yes" for code in ("a1", "a8")]
    told = jointbuy(
        "--register", register, "orders", "check", LAPTOPS, "-a", "commune-valsource",
        "--need", "v-portables", "--quantity", "60 postes", *answers, "--json",
    )  # fmt: skip
    assert told.json["outcome"] == "INFO"
    assert "14/04/2027" in str(told.json)
    assert told.json["counter"]["left"] == "2760000.00"
    jointbuy(
        "--register", register, "orders", "check", LAPTOPS, "-a", "commune-valsource",
        "--answer", "a1=perhaps", code=3,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["ceiling", "seat"])
def test_the_demo_tells_of_the_sample(name: str, jointbuy: Run) -> None:
    assert jointbuy("demo", "--sample", name, "--plain").out
