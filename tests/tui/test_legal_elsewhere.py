"""In the legal section: the forms in order, and what other dossiers answered."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from jointbuy.model import Administration, Form, Need
from jointbuy.store import open_store
from jointbuy.store.port import Change
from jointbuy.tui.legal.preference import Choice
from jointbuy.tui.legal.report import as_text
from jointbuy.tui.legal.section import Legal
from jointbuy.workspace import Desk, Workspace, question_title
from tests.tui.officer import Officer, work_with

SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
DAY = date(2026, 11, 23)
EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the needs of three joint proposals of the sample."""
    path = tmp_path_factory.mktemp("few") / "register.json"
    whole = Workspace(open_store(str(SAMPLE)), user="An", on=DAY)
    joint = [p.candidate for p in whole.match() if p.candidate.id[:2] == "j-"][:3]
    needs = {id_ for each in joint for id_ in each.needs}
    owners = {id_ for each in joint for id_ in each.administrations}
    store = open_store(str(path), create=True)
    store.commit(
        [
            *(
                Change(kind=Administration, id=id_, value=whole.administrations()[id_])
                for id_ in sorted(owners)
            ),
            *(
                Change(kind=Need, id=id_, value=whole.needs()[id_])
                for id_ in sorted(needs)
            ),
        ],
        by="An",
        why="begin",
    )
    return path


@pytest.fixture
def desk(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with that register, read in French."""
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    own = shutil.copy(few, tmp_path / "register.json")
    return Desk(str(own), language="fr", on=DAY)


def section(officer: Officer) -> Legal:
    return cast("Legal", officer.app.screen)


def two(desk: Desk, *, contradict: bool = False, provider: str = "iMio") -> str:
    """A dossier about a provider another dossier knows; its id."""
    workspace = desk.open()
    ids = [p.candidate.id for p in workspace.match() if p.candidate.id[:2] == "j-"]
    one, other = ids[:2]
    given = {"h3": "no", "h5": "92"}
    workspace.check(one, form=Form.IN_HOUSE, answers=given, provider=provider)
    answers = {"k6": "yes"} if contradict else {"k9": "yes"}
    workspace.check(other, form=Form.IN_HOUSE_JOINT, answers=answers, provider=provider)
    return other


async def open_at(officer: Officer, id_: str, code: str) -> None:
    """Open that check and go to that question."""
    await officer.press("4")
    await section(officer).look_at(id_)
    await officer.settle()
    assert section(officer).grid.look_at(code)
    await officer.settle()
    question = section(officer).asking.question
    assert question is not None
    assert question.code == code


def test_an_answer_of_another_dossier_is_shown_and_one_key_takes_it_over(
    desk: Desk,
) -> None:
    id_ = two(desk)

    async def scenario(officer: Officer) -> None:
        await open_at(officer, id_, "k6")
        before = section(officer).inquiry
        assert before is not None
        assert "k6" in before.waiting
        assert "→" in officer.text()
        assert "Ne compte pas encore" in " ".join(officer.text().split())
        await officer.press("r")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.facts.answers["k6"] == "no"
        assert inquiry.kept["k6"].taken_from
        assert officer.said
        asked = section(officer).asking.question
        assert asked is not None
        assert asked.code != "k6"
        await officer.ask(lambda w: w.undo())
        answers = desk.open().dossiers()[id_].answers
        assert [each.question for each in answers] == ["k9"]

    work_with(desk, scenario, size=(140, 40))


def test_where_a_share_is_typed_another_key_takes_it_over(desk: Desk) -> None:
    id_ = two(desk)

    async def scenario(officer: Officer) -> None:
        await open_at(officer, id_, "k7")
        assert "F8" in officer.text()
        await officer.press("f8")
        kept = {a.question: a.value for a in desk.open().dossiers()[id_].answers}
        assert kept == {"k7": "92", "k9": "yes"}

    work_with(desk, scenario)


def test_the_key_does_nothing_where_nothing_is_proposed(desk: Desk) -> None:
    id_ = two(desk)

    async def scenario(officer: Officer) -> None:
        await open_at(officer, id_, "k5")
        assert not section(officer).can_take_over()
        before = desk.open().dossiers()[id_]
        await officer.press("r")
        assert desk.open().dossiers()[id_] == before

    work_with(desk, scenario)


def test_answers_that_contradict_stand_there_with_a_sign(desk: Desk) -> None:
    id_ = two(desk, contradict=True)

    async def scenario(officer: Officer) -> None:
        await open_at(officer, id_, "k6")
        shown = " ".join(officer.text().split())
        assert "Réponses contradictoires" in shown
        inquiry = section(officer).inquiry
        assert inquiry is not None
        written = as_text(inquiry, section(officer).speech)
        assert "Prestataire : iMio" in written.replace("\u00a0", " ")
        assert "Réponses contradictoires" in written
        assert any("✓!" in line or "▲!" in line or "?!" in line or "·!" in line
                   for line in officer.text().splitlines())  # fmt: skip

    work_with(desk, scenario, size=(120, 40))


def test_the_forms_stand_in_their_order_and_enter_checks_one(desk: Desk) -> None:
    id_ = two(desk)

    async def scenario(officer: Officer) -> None:
        await officer.ask(lambda w: w.check(id_, form=Form.IN_HOUSE_JOINT,
                                            answers={"g0_3": "no"}))  # fmt: skip
        await officer.press("4")
        await section(officer).look_at(id_)
        await officer.settle()
        views = [view.id for view in section(officer).views]
        section(officer).action_show_view(views.index("forms"))
        await officer.settle()
        rows = [cast("Choice", row) for row in section(officer).grid.rows]
        assert {row.ranked.form for row in rows} == set(Form)
        assert rows[0].ranked.form is Form.HORIZONTAL
        assert "✗" in officer.text()
        await officer.press("end")
        assert "Rien ne serait acheté sur le marché" in " ".join(officer.text().split())
        await officer.press("home", "enter")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert (inquiry.id, inquiry.checked.form) == (id_, Form.HORIZONTAL)
        assert section(officer).view.id == "questions"

    work_with(desk, scenario, size=(120, 40))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_nothing_of_the_forms_is_cut_at_80_columns(desk: Desk, language: str) -> None:
    desk.language = language

    async def scenario(officer: Officer) -> None:
        await officer.press("4", "end", "enter")
        views = [view.id for view in section(officer).views]
        section(officer).action_show_view(views.index("forms"))
        await officer.settle()
        assert "…" not in officer.text()
        await officer.press("end")
        assert "…" not in officer.text()

    work_with(desk, scenario)


def test_open_questions_on_a_form_are_named_by_their_titles(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter")
        views = [view.id for view in section(officer).views]
        section(officer).action_show_view(views.index("forms"))
        await officer.settle()
        rows = section(officer).grid.rows
        row = next(each for each in rows if each.ranked.deciding)
        section(officer).grid.look_at(row.row)
        await officer.settle()
        text = officer.text()
        assert "Décisives" in text
        assert "Questions décisives encore ouvertes" in text
        for code in row.ranked.deciding:
            assert section(officer).speech.line(question_title(code)) in text
            assert f" {code}" not in text
        out = next(each for each in rows if each.ranked.against)
        listing = section(officer).grid.listing
        column = None if listing is None else listing.column("open")
        assert column is not None
        assert column.text(out, section(officer).speech) == ""
        assert column.text(row, section(officer).speech) == str(len(row.ranked.open))

    work_with(desk, scenario, size=(140, 40))


def test_a_free_check_ranks_the_forms_on_its_own_answers(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "end", "enter")
        assert section(officer).grid.look_at("g0_2")
        await officer.settle()
        await officer.press("n")
        views = [view.id for view in section(officer).views]
        section(officer).action_show_view(views.index("forms"))
        await officer.settle()
        first = cast("Choice", section(officer).grid.rows[0])
        assert first.ranked.form is Form.FREE_SHARING

    work_with(desk, scenario)


def test_the_provider_is_named_with_a_key_and_brings_what_is_known(
    desk: Desk,
) -> None:
    two(desk)

    async def scenario(officer: Officer) -> None:
        workspace = desk.open()
        ids = [p.candidate.id for p in workspace.match() if p.candidate.id[:2] == "j-"]
        id_ = ids[2]
        await officer.ask(
            lambda w: w.answer(id_, "g0_4", "yes", form=Form.IN_HOUSE_JOINT)
        )
        await open_at(officer, id_, "k6")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.elsewhere.offer("k6") is None
        await officer.press("w")
        await officer.write("IMIO")
        await officer.press("enter")
        assert desk.open().dossiers()[id_].provider == "IMIO"
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.elsewhere.offer("k6") is not None
        await officer.press("w", "escape")
        assert desk.open().dossiers()[id_].provider == "IMIO"

    work_with(desk, scenario)


def test_a_name_in_a_dossier_is_never_markup(desk: Desk) -> None:
    id_ = two(desk, contradict=True, provider=EVIL)

    async def scenario(officer: Officer) -> None:
        await open_at(officer, id_, "k6")
        await officer.press("w")
        await officer.press("escape")
        assert "\x1b" not in officer.text()

    work_with(desk, scenario)
