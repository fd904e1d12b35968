"""The history is told in sentences with the names that changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.model import (
    Adhesion,
    Administration,
    Candidate,
    CandidateKind,
    ContactPerson,
    Decision,
    Dossier,
    FrameworkAgreement,
    InterestAnswer,
    LocalText,
    Need,
    NeedStatus,
    PurchasingCentre,
    Stage,
    UseDecision,
    Vote,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change, Changed, Entry
from jointbuy.workspace import Desk, Workspace, last_told, told
from jointbuy.workspace.telling import _VERBS

ON = date(2026, 11, 23)
CALL = {"administration": "commune", "centre": "i-city", "title": "Laptops"}


@pytest.fixture
def workspace() -> Workspace:
    """A commune, a centre and a need."""
    made = Workspace(MemoryStore(), user="tester", on=ON, language="fr")
    made.enter(Administration, {"fr": "Val", "kind": "commune"}, id_="commune")
    made.enter(PurchasingCentre, {"fr": "i-CITY"})
    paper = {"administration": "commune", "title": "Paper A4", "nature": "supplies"}
    made.enter(Need, paper)
    return made


def last(workspace: Workspace) -> str:
    said = told(workspace, workspace.history()[-1])
    assert said == last_told(workspace)
    return str(said)


def only(workspace: Workspace) -> str:
    return next(iter(workspace.needs()))


def test_a_need_is_told_by_its_title(workspace: Workspace) -> None:
    assert last(workspace) == "Need added: “Paper A4”."
    id_ = only(workspace)
    workspace.edit_need(id_, {"unit": "reams"})
    assert last(workspace) == "Changed: need “Paper A4”."
    for status, said in (
        (NeedStatus.WITHDRAWN, "Need withdrawn: “Paper A4”."),
        (NeedStatus.OPEN, "Need opened: “Paper A4”."),
        (NeedStatus.SETTLED, "Need settled: “Paper A4”."),
        (NeedStatus.DRAFT, "Need made a draft: “Paper A4”."),
    ):
        workspace.set_need_status(id_, status)
        assert last(workspace) == said


def test_an_import_is_told_by_its_file(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "my needs.csv"
    file.write_text(
        "Administration;Objet;Nature\nVal;Pens;fournitures\nVal;Ink;fournitures\n",
        encoding="utf-8",
    )
    workspace.import_needs(file)
    assert last(workspace) == "Needs taken in from my needs.csv: 2."


def test_what_joins_two_records_is_told_by_both(workspace: Workspace) -> None:
    workspace.enter(Adhesion, {"centre": "i-city", "administration": "commune"})
    assert last(workspace) == "Added: adhesion to a purchasing centre “i-CITY – Val”."
    workspace.note_call(CALL)
    assert last(workspace) == "Call for interest noted: Laptops – Val."
    workspace.answer_interest("laptops", "commune", InterestAnswer.NO)
    assert last(workspace) == "Call for interest answered no: Laptops – Val."
    workspace.answer_interest("laptops", "commune", InterestAnswer.YES)
    assert last(workspace) == "Interest marked: Laptops – Val."
    workspace.enter(UseDecision, {"framework": "laptops", "need": "Paper A4"})
    assert "Laptops – Paper A4" in last(workspace)


def test_a_call_that_is_answered_at_once_is_told_by_its_answer(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.note_call(CALL | {"maximum_amount": "1.000"})
    assert last(workspace) == "Interest marked: Laptops – Val."
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"x")
    workspace.prove_interest("laptops", "commune", paper)
    assert last(workspace) == "Proof of the answer kept: Laptops – Val."
    workspace.enter(
        FrameworkAgreement, {"centre": "i-city", "fr": "Fuel", "start": "1/1/2027"}
    )
    workspace.ask_interest("fuel", "commune")
    assert last(workspace) == "Call for interest recorded: Fuel – Val."


@pytest.mark.usefixtures("brussels")
def test_a_proposal_is_told_by_its_title() -> None:
    workspace = Desk(language="en").open()
    proposal = next(
        one for one in workspace.match() if one.candidate.kind is CandidateKind.JOINT
    )
    id_ = proposal.candidate.id
    title = proposal.candidate.title.get("en")
    begun = workspace.history()
    workspace.retain(id_, why="test")
    assert last(workspace) == f"Proposal retained: “{title}”."
    workspace.check(id_, answers={"j1": "yes"})
    said = f"Legal questions answered: 1, on proposal “{title}”."
    assert last(workspace) == said
    workspace.plan(id_, procedure="open")
    assert last(workspace) == f"Plan changed: “{title}”."
    who = proposal.candidate.administrations[0]
    decision = Decision(
        administration=who, stage=Stage.AWARD, outcome=Vote.YES, on=workspace.on
    )
    workspace.decide(id_, decision)
    name = workspace.administrations()[who].names
    assert last(workspace) == f"Decision of {name.en or name.fr} recorded: “{title}”."
    workspace.set_aside(id_, why="test")
    assert last(workspace) == f"Proposal set aside: “{title}”."
    for entry in begun:
        assert "The register as it began" in str(told(workspace, entry))


def test_the_own_administration_is_told_by_its_name(workspace: Workspace) -> None:
    workspace.set_home("Val")
    assert last(workspace) == "Register of: Val."
    entries = workspace.history()
    workspace.set_home("commune")
    assert workspace.history() == entries
    assert workspace.register.home == "commune"


def test_what_was_taken_back_or_made_again_is_told_with_it(
    workspace: Workspace,
) -> None:
    workspace.undo()
    assert last(workspace) == "Change 3 taken back: Need added: “Paper A4”."
    workspace.redo()
    assert last(workspace) == "Change 3 made again: Need added: “Paper A4”."


ADMIN = Administration(id="a", names=LocalText(nl="Dal"))
RECORDS: list[Any] = [
    ADMIN,
    Need(id="n", administration="a", title="t"),
    ContactPerson(id="c", administration="a", name="x", successor="gone"),
    Dossier(id="d", candidate=Candidate(id="d", kind=CandidateKind.JOINT)),
    Adhesion(id="j", administration="gone", centre="gone"),
]
changes = st.builds(
    lambda record, before, after: Changed(
        kind=type(record),
        id=record.id,
        before=record if before else None,
        after=record if after else None,
        revision=1,
    ),
    st.sampled_from(RECORDS),
    st.booleans(),
    st.booleans(),
)
VERBS = [*_VERBS, "edit", "undo", "redo"]
wordings = st.one_of(
    st.text(max_size=12),
    st.builds(
        "{} {}".format,
        st.sampled_from(
            [
                "add",
                "edit",
                "open",
                "draft",
                "withdrawn",
                "settled",
                "import",
                "call",
                "ask",
                "answer",
                "prove",
                "retain",
                "set",
                "decide",
                "plan",
                "hand",
                "home",
                "undo",
                "redo",
            ]
        ),
        st.sampled_from(VERBS),
        st.sampled_from(["", "1", "2", "x", "aside d", "interest x", "9" * 30]),
    ),
)


@given(wordings, st.sampled_from(["", "me"]), st.lists(changes, max_size=3).map(tuple))
def test_whatever_a_history_says_is_told_in_a_sentence(
    why: str, by: str, done: tuple[Changed, ...]
) -> None:
    store = MemoryStore()
    store.commit([Change(kind=Administration, id="a", value=ADMIN)], by="me", why=why)
    workspace = Workspace(store, user="me", on=ON)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry(number=2, at=at, by=by, why=why, changes=done)
    for each in (entry, *workspace.history()):
        assert str(told(workspace, each)).strip().endswith((".", "”"))
