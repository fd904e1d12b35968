"""The legal section: one question at a time, by keyboard and by mouse."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from jointbuy import law
from jointbuy.errors import NotFound, Refused, UsageError, say
from jointbuy.model import (
    Administration,
    Form,
    Need,
    NeedStatus,
    Outcome,
)
from jointbuy.store import open_store
from jointbuy.store.port import Change
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.legal.asking import Asking, Share
from jointbuy.tui.legal.names import SIGNS
from jointbuy.tui.legal.section import Legal, Rows, Standing
from jointbuy.tui.speech import Speech
from jointbuy.workspace import Desk, Workspace, check_form, inquire, told
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"
FORMS = list(Form)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two needs of the sample that go together, and their owners."""
    path = tmp_path_factory.mktemp("few") / "register.json"
    whole = Workspace(open_store(str(SAMPLE)), user="An", on=DAY)
    needs = [whole.needs()[id_] for id_ in ("c-carburant", "p-brandstof")]
    owners = [whole.administrations()[need.administration] for need in needs]
    store = open_store(str(path), create=True)
    store.commit(
        [
            *(Change(kind=Administration, id=a.id, value=a) for a in owners),
            *(Change(kind=Need, id=n.id, value=n) for n in needs),
        ],
        by="An",
        why="begin",
    )
    return path


@pytest.fixture
def law_desk(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with that register, read in French."""
    monkeypatch.setenv("JOINTBUY_HOME", str(tmp_path))
    own = shutil.copy(few, tmp_path / "register.json")
    return Desk(str(own), language="fr", on=DAY)


def section(officer: Officer) -> Legal:
    """The section on the screen."""
    return cast("Legal", officer.app.screen)


def asked(officer: Officer) -> str:
    """The code of the question on the screen."""
    question = section(officer).asking.question
    return question.code if question else ""


async def open_free(officer: Officer, form: Form) -> None:
    """Open the check of a form alone."""
    await officer.press("4", "end", *["up"] * (len(FORMS) - 1 - FORMS.index(form)))
    await officer.press("enter")
    assert section(officer).subject is not None


async def open_first(officer: Officer) -> str:
    """Open the check of the first proposal, which its id is returned of."""
    await officer.press("4", "enter")
    inquiry = section(officer).inquiry
    assert inquiry is not None
    assert inquiry.id
    return inquiry.id


async def answer_all(officer: Officer, pick: Callable[[int, int], int]) -> None:
    """Answer whatever is asked, by its letter, until nothing is open."""
    for number in range(40):
        inquiry = section(officer).inquiry
        assert inquiry is not None
        if not inquiry.open:
            return
        question = section(officer).asking.question
        assert question is not None
        assert question.code in inquiry.waiting
        if question.kind == "years":
            await officer.press("f2")
            assert asked(officer) != question.code
        elif question.kind == "share":
            await officer.write("79,5")
            await officer.press("enter")
        else:
            at = pick(number, len(question.choices))
            await officer.press("abcde"[at])
    raise AssertionError("more questions than there are")


def work(
    desk: Desk,
    scenario: Callable[[Officer], Awaitable[None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    """Have an officer do it."""
    work_with(desk, scenario, size=size)


def test_a_form_answered_by_keyboard_comes_to_what_the_verb_says(
    law_desk: Desk,
) -> None:
    form = Form.IN_HOUSE

    async def scenario(officer: Officer) -> None:
        await open_free(officer, form)
        await answer_all(officer, lambda number, choices: number * 5 % choices)
        inquiry = section(officer).inquiry
        assert inquiry is not None
        given = {code: str(value) for code, value in inquiry.facts.answers.items()}
        assert len(given) >= len(inquiry.necessary)
        assert "79.5" in given.values()
        expected = check_form(form, given, on=DAY)
        assert inquiry.checked.findings == expected.findings
        assert expected.headline > Outcome.OK
        await officer.press("v")
        rows = section(officer).grid.rows
        assert [row.outcome.rank for row in rows] == sorted(
            (f.outcome.rank for f in expected.findings), reverse=True
        )
        assert law_desk.open().dossiers() == {}

    work(law_desk, scenario)


def test_answers_on_a_proposal_are_in_its_dossier_and_judged_as_by_the_verb(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        await answer_all(officer, lambda _number, _choices: 1)
        register = law_desk.open()
        kept = {a.question: a.value for a in register.dossiers()[id_].answers}
        assert kept["j3"] == "no"
        assert all(a.by for a in register.dossiers()[id_].answers)
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.checked.findings == register.check(id_).findings
        assert inquiry.checked.headline is register.check(id_).headline

    work(law_desk, scenario)


def test_a_click_on_an_answer_gives_it_and_shows_the_next_question(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        first, pane = asked(officer), section(officer).asking
        await officer.click(Asking, (6, 0))
        assert asked(officer) == first
        assert law_desk.open().dossiers() == {}
        line = next(n for n, option in enumerate(pane._spans) if option == 1)
        await officer.click(Asking, (6, line))
        assert asked(officer) not in {"", first}
        kept = law_desk.open().dossiers()[id_].answers
        assert [(a.question, a.value) for a in kept] == [(first, "no")]
        await officer.click(Standing, (3, 0))
        assert section(officer).view.id == "findings"
        await officer.click("Tabs", (12, 0))
        assert section(officer).view.id == "questions"

    work(law_desk, scenario)


def test_an_answer_is_taken_back_with_a_sentence_and_by_its_key(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        first = asked(officer)
        await officer.press("b")
        assert officer.said.startswith("Kept: ")
        await officer.press("u")
        assert "Legal questions answered: 1" in officer.said
        assert law_desk.open().dossiers() == {}
        await officer.press("home", "f6", "b", "up")
        section(officer).grid.look_at(first)
        await officer.settle()
        await officer.press("a")
        section(officer).grid.look_at(first)
        await officer.settle()
        await officer.press("backspace")
        assert officer.said.startswith("Open again: ")
        answers = law_desk.open().dossiers()[id_].answers
        assert first not in {answer.question for answer in answers}
        assert asked(officer) == first

    work(law_desk, scenario)


def test_undo_in_a_free_check_leaves_the_register_alone(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        await officer.press("b", "escape")
        await open_free(officer, Form.HORIZONTAL)
        first = asked(officer)
        await officer.press("b")
        assert "kept nowhere" in officer.said
        await officer.press("u")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.facts.answers == {}
        assert asked(officer) == first
        assert len(law_desk.open().dossiers()[id_].answers) == 1

    work(law_desk, scenario)


def test_what_is_not_answered_is_never_in_order() -> None:
    for form in FORMS:
        nothing = inquire(form, {}, on=DAY)
        assert nothing.checked.headline >= Outcome.UNKNOWN
        assert set(nothing.open) == {q.code for q in nothing.necessary}
        for question in nothing.checked.questions:
            assert nothing.outcome(question.code) is None
            assert nothing.outcome_with(question.code, "unknown") > Outcome.INFO
            unknown = inquire(form, {question.code: "unknown"}, on=DAY)
            outcome = unknown.outcome(question.code)
            assert outcome is not None
            assert SIGNS[outcome] != "✓"


def test_the_list_says_of_every_check_that_it_is_open(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4")
        listing = section(officer).grid.listing
        assert listing is not None
        speech = officer.app.speech
        column = listing.column("outcome")
        assert column is not None
        assert not any("✓" in column.text(row, speech) for row in listing.rows)

    work(law_desk, scenario)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_questions_are_short_and_said_in_every_language(
    language: str,
) -> None:
    speech = Speech(language)
    titles = {q.code: speech.line(q.title) for f in FORMS for q in law.questions(f)}
    assert {code: t for code, t in titles.items() if len(t) > 26} == {}
    assert len(set(titles.values())) == len(titles)


def test_nothing_of_a_question_is_cut_at_80_columns_in_any_language(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await open_free(officer, Form.PURCHASING_CENTRE)
        inquiry, pane = section(officer).inquiry, section(officer).asking
        assert inquiry is not None
        for _language in LANGUAGES:
            speech = officer.app.speech
            for question in inquiry.arising:
                pane.ask(inquiry, question.code)
                said = " ".join(pane.text.split())
                assert " ".join(speech.say(question.text).split()) in said
                assert pane.virtual_size.width <= pane.size.width
            for code in ("a1", "j3"):
                section(officer).grid.look_at(code)
                await officer.pilot.pause()
                assert "…" not in officer.text()
            shown = officer.text()
            for message in (say("kept nowhere"), say("Still open")):
                assert speech.line(message) in shown
            assert "Esc " + speech.line(say("Back")) in officer.line(-1)
            await officer.press("f7")

    work(law_desk, scenario)


def test_what_an_answer_would_mean_is_read_before_it_is_given(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_free(officer, Form.JOINT_CONTRACT)
        section(officer).grid.look_at("j3")
        await officer.settle()
        pane, speech = section(officer).asking, officer.app.speech
        inquiry = section(officer).inquiry
        assert inquiry is not None
        for value in pane.choices:
            found = inquiry.follows("j3", value)[0]
            sentence = " ".join(speech.say(found.message).split())
            assert sentence in " ".join(pane.text.replace("\n", " ").split())
            await officer.press("down")
        assert inquiry.facts.answers == {}

    work(law_desk, scenario)


def test_a_share_is_refused_with_the_reason_and_survives_another_language(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await open_free(officer, Form.IN_HOUSE)
        section(officer).grid.look_at("h5")
        await officer.settle()
        await officer.press("enter")
        await officer.write("180")
        assert "180" in section(officer).asking.text
        await officer.press("enter")
        assert asked(officer) == "h5"
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.answer("h5") == ""
        await officer.press("ctrl+u")
        await officer.write("81")
        before = section(officer).asking.text
        await officer.press("f7")
        after = section(officer).asking.text
        assert asked(officer) == "h5"
        assert section(officer).query_one(Share).value == "81"
        assert after != before
        assert Speech("nl").say(law.question("h5").text)[:30] in after
        await officer.press("enter")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.answer("h5") == "81"

    work(law_desk, scenario)


def test_a_paper_is_kept_beside_the_answer_and_is_never_markup(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        first = asked(officer)
        await officer.press("a")
        section(officer).grid.look_at(first)
        await officer.settle()
        await officer.press("p")
        await officer.write("[b]x[/]")
        await officer.press("enter")
        (answer,) = law_desk.open().dossiers()[id_].answers
        assert answer.source == "[b]x[/]"
        await officer.ask(lambda w: w.answer(id_, first, "yes", source=EVIL))
        await officer.press("ctrl+r")
        text = section(officer).asking.text
        assert "[bold]x[/] [@click=app.quit]y[/]" in " ".join(text.split())
        assert not set("\x1b\x07\x9b\u202e") & set(text + officer.text())

    work(law_desk, scenario, size=(140, 40))


def test_another_section_opens_the_check_of_its_proposal(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        proposals = law_desk.open().match()
        id_ = proposals[-1].candidate.id
        officer.app.work(officer.app.show("legal", id_))
        await officer.settle()
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.id == id_
        assert asked(officer) == inquiry.open[0]
        await officer.press("escape")
        assert section(officer).view.id == "files"
        assert section(officer).grid.row.id == id_

    work(law_desk, scenario)


def test_a_proposal_that_is_gone_leads_back_to_the_list(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_first(officer)

        def withdraw(workspace: Workspace) -> None:
            for need in workspace.needs():
                workspace.set_need_status(need, NeedStatus.WITHDRAWN)

        await officer.ask(withdraw)
        officer.app.changed()
        await officer.settle()
        assert section(officer).view.id == "files"
        assert officer.said

    work(law_desk, scenario)


def test_a_retained_form_stays_when_another_one_is_checked(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = law_desk.open().match()[0].candidate.id
        await officer.ask(lambda w: w.retain(id_, why="test"))
        await open_first(officer)
        await officer.press("t", *["down"] * FORMS.index(Form.HORIZONTAL), "enter")
        await officer.press("b")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        assert inquiry.checked.form is Form.HORIZONTAL
        dossier = law_desk.open().dossiers()[id_]
        assert dossier.form is Form.JOINT_CONTRACT
        assert [a.value for a in dossier.answers] == ["no"]

    work(law_desk, scenario)


def test_a_gap_and_a_finding_lead_to_their_question(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_free(officer, Form.JOINT_CONTRACT)
        await officer.press("v", "down", "down")
        code = section(officer).grid.row.rule
        await officer.press("enter")
        assert asked(officer) == code
        await officer.press("v", "v", "end")
        code = section(officer).grid.row.question.code
        await officer.press("enter")
        assert asked(officer) == code

    work(law_desk, scenario)


def test_list_and_question_stand_beside_each_other_at_every_size(
    law_desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await open_first(officer)
        here = section(officer)
        for wide, high in ((80, 24), (110, 30), (140, 40)):
            await officer.pilot.resize_terminal(wide, high)
            await officer.settle()
            assert here.grid.region.right <= here.asking.region.x
            assert here.grid.region.y == here.asking.region.y
            assert here.asking.size.width >= 40
            assert here.page.display == (wide >= 130)

    work(law_desk, scenario)


def test_a_check_is_written_to_a_file_that_is_not_replaced_unasked(
    law_desk: Desk, tmp_path: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        id_ = await open_first(officer)
        await officer.press("b", "E", "enter")
        path = tmp_path / f"{id_}-fr.txt"
        text = path.read_text(encoding="utf-8")
        inquiry = section(officer).inquiry
        assert inquiry is not None
        speech = officer.app.speech
        joined = " ".join(text.split())
        for found in inquiry.checked.findings:
            if not found.ask:
                assert " ".join(speech.say(found.message).split()) in joined
        assert all(len(line) < 80 for line in text.splitlines())
        path.write_text("mine", encoding="utf-8")
        await officer.press("E", "enter", "escape", "escape")
        assert path.read_text(encoding="utf-8") == "mine"
        await officer.press("E", "enter", "down", "enter")
        assert path.read_text(encoding="utf-8") == text

    work(law_desk, scenario)


def test_no_mark_can_be_taken_for_an_answer(law_desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await open_first(officer)
        before = section(officer).grid.marked
        await officer.press("shift+tab", "space", "asterisk", "shift+down")
        assert isinstance(officer.app.focused, Rows)
        await officer.click(Rows, (1, 3))
        assert section(officer).grid.marked == before == set()

    work(law_desk, scenario)


def test_a_paper_stays_while_its_answer_does(law_desk: Desk) -> None:
    register = law_desk.open()
    id_ = register.match()[0].candidate.id
    register.answer(id_, "j3", "ja", source="art. 4")
    register.answer(id_, "j3", "yes")
    assert register.inquiry(id_).kept["j3"].source == "art. 4"
    assert "j3" not in {q.code for q in register.inquiry(id_).unproven}
    register.answer(id_, "j3", "no")
    assert register.inquiry(id_).kept["j3"].source == ""
    register.open_again(id_, "j3")
    assert "j3" in register.inquiry(id_).open
    assert "open again: 1" in str(told(register, register.history()[-1]))
    with pytest.raises(NotFound):
        register.open_again(id_, "j3")
    with pytest.raises(Refused):
        register.answer(id_, "j3", "perhaps")
    with pytest.raises(UsageError):
        register.answer(id_, "j3", " ")
    with pytest.raises(Refused):
        register.answer(id_, "h5", "80")


def test_what_follows_from_an_answer_is_what_is_found_once_it_is_given() -> None:
    for form in FORMS:
        for question in law.questions(form):
            for value in question.choices:
                before = inquire(form, {}, on=DAY)
                after = inquire(form, {question.code: value}, on=DAY)
                old = before.checked.findings
                changed = [f for f in after.checked.findings if f not in old]
                for inquiry in (before, after):
                    found = inquiry.follows(question.code, value)
                    assert len(found) == len(changed)
                    assert all(f in changed for f in found)


def test_a_question_beside_its_scroll_bar_loses_no_word(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("4", "enter")
        asking = officer.app.screen.query_one(Asking)
        assert asking.question is not None
        asked = officer.app.speech.say(asking.question.text)
        assert asking.show_vertical_scrollbar
        left = asking.region.x
        shown = [line[left + 1 : asking.region.right - 1] for line in screen(officer)]
        assert asked.split() == " ".join(shown).split()[: len(asked.split())]

    def screen(officer: Officer) -> list[str]:
        lines = officer.text().splitlines()
        return lines[officer.app.screen.query_one(Asking).region.y :]

    work_with(desk, scenario)
