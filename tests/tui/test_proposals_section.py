"""The proposals on the screen: why, retain, decide, plan, draft, set aside, compare."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from rich.cells import cell_len
from textual.widgets import Input

from jointbuy.errors import say
from jointbuy.matching import weights
from jointbuy.model import Decision, NeedStatus, Stage, Vote
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.dialogs.dialog import Dialog
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.dialogs.sheet import Pick, Sheet
from jointbuy.tui.proposals.compare import CRITERIA, THEMES, Compared
from jointbuy.tui.proposals.export import Export
from jointbuy.tui.proposals.listing import Row, current, meant, read_open, standings
from jointbuy.tui.proposals.page import why
from jointbuy.tui.proposals.plan import Planned
from jointbuy.tui.proposals.section import Proposals
from jointbuy.tui.proposals.why import Why
from jointbuy.tui.prose import lay_out
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.bars import KeyBar
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

    from jointbuy.model import Dossier
    from jointbuy.workspace import Desk, Workspace

FUEL = "j-5fjoka6h"
"""Three administrations; contracts that run on, and a plan that does not hold."""
MEDICAL = "j-rfsfg4g3"
OTHERS = "j-l256npt3", "a-l256npt3"
BLOCKED = "a-7cgwgbyf"
"""An adhesion that the law blocks."""
EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"


def section(officer: Officer) -> Proposals:
    return cast("Proposals", officer.app.screen_stack[0])


async def at(officer: Officer, id_: str) -> None:
    """Go to the section, and look at that proposal."""
    await officer.press("2")
    officer.app.work(_look(section(officer), id_))
    await officer.settle()
    assert section(officer).row is not None
    assert section(officer).row.id == id_  # type: ignore[union-attr]


async def _look(where: Proposals, id_: str) -> None:
    assert await where.look_at(id_)


S = TypeVar("S")


def put(officer: Officer, kind: type[S]) -> S:
    """The screen on top, which is of that kind."""
    screen: object = officer.app.screen
    assert isinstance(screen, kind), screen
    return screen


def fill(officer: Officer, text: str) -> None:
    """Write that into the line that has the focus, in place of what stood there."""
    line: object = officer.app.focused
    assert isinstance(line, Input)
    line.value = text


async def dossiers(officer: Officer) -> dict[str, Dossier]:
    return cast("dict[str, Dossier]", await officer.ask(lambda w: w.dossiers()))


def reasons(row: Row, language: str = "en", width: int = 200) -> list[str]:
    """The page of a proposal, line by line, before law and plan are read."""
    return [line.plain for line in lay_out(why(row, None, Speech(language)), width)]


def test_a_proposal_is_retained_decided_planned_and_drafted(
    desk: Desk, tmp_path: Path
) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("2")
        await officer.press("slash")
        await officer.write("carburant")
        await officer.press("enter", "w")
        page = officer.app.screen.query_one(Page)
        assert "Carburant" in page.text
        assert "= 73 points" in page.text
        await officer.press("escape", "a")
        await officer.press("down", "right", "enter")  # the first as pilot
        assert "retained" in officer.said
        assert "u takes it back" in officer.said
        made = (await dossiers(officer))[FUEL]
        assert made.choice is not None
        assert made.choice.retained
        assert made.pilot == "commune-val-tilleul"
        assert section(officer).view.id == "retained"
        assert "participation 0/3" in officer.text()

        await officer.press("y", "down", "down", "down", "down", "down")
        fill(officer, "2026/41")
        await officer.press("enter")
        decided = (await dossiers(officer))[FUEL].decisions
        assert [(d.administration, d.stage, d.outcome) for d in decided] == [
            ("commune-val-tilleul", Stage.PARTICIPATION, Vote.YES)
        ]
        assert decided[0].number == "2026/41"
        assert "participation 1/3" in officer.text()

        await officer.press("P")
        plan = put(officer, Planned)
        assert plan.step is not None
        assert plan.step.code == "collected"
        await officer.press("escape", "E")
        export = put(officer, Export)
        assert "convention-j-5fjoka6h-fr.docx" in export.query_one("#fields", Page).text
        lacking = len(export.preview.fields)
        assert lacking > 10
        await officer.press("down", "down", "down")
        fill(officer, str(tmp_path / "drafts"))
        await officer.press("enter")
        written = tmp_path / "drafts" / "convention-j-5fjoka6h-fr.docx"
        assert written.read_bytes()[:2] == b"PK"
        assert str(written) in officer.said
        assert f"complete: {lacking}." in officer.said

    work_with(desk, job)


def test_a_draft_in_another_language_replaces_a_file_only_when_asked(
    desk: Desk, tmp_path: Path
) -> None:
    there = tmp_path / "convention-j-rfsfg4g3-nl.docx"
    there.write_text("mine", encoding="utf-8")

    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("E")
        fields = put(officer, Export).query_one("#fields", Page)
        assert "lieu de la signature" in fields.text
        await officer.press("down", "right")
        assert "plaats van ondertekening" in fields.text
        assert there.name in fields.text
        await officer.press("down", "down")
        fill(officer, str(tmp_path))
        await officer.press("enter")
        put(officer, Export)
        assert there.read_text(encoding="utf-8") == "mine"
        assert there.name in officer.app.screen.query_one("#hint", Page).text
        await officer.press("down", "right", "enter")
        assert there.read_bytes()[:2] == b"PK"

    work_with(desk, job)


def test_no_convention_is_drafted_of_an_adhesion_and_it_is_said(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, BLOCKED)
        await officer.press("E")
        put(officer, Proposals)
        assert "convention is the paper of a joint contract" in officer.said

    work_with(desk, job)


def test_setting_aside_asks_for_the_reason_and_can_be_undone(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("down", "up", "x", "enter")
        put(officer, Dialog)
        assert MEDICAL not in await dossiers(officer)
        fill(officer, "les services ne le souhaitent pas")
        await officer.press("enter")
        kept = (await dossiers(officer))[MEDICAL].choice
        assert kept is not None
        assert not kept.retained
        assert kept.why == "les services ne le souhaitent pas"
        assert "set aside" in officer.said
        where = section(officer)
        assert where.view.id == "proposed"
        assert MEDICAL not in {row.id for row in where.grid.rows}
        assert where.grid.at == 1  # one goes on where one was
        await officer.press("v", "v")
        assert "les services ne le" in officer.text()
        await officer.press("u")
        assert "taken back" in officer.said
        assert MEDICAL not in await dossiers(officer)
        await at(officer, MEDICAL)

    work_with(desk, job)


def test_a_blocked_form_is_retained_with_a_reason_only(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, BLOCKED)
        await officer.press("a", "enter")
        put(officer, Sheet)
        assert BLOCKED not in await dossiers(officer)
        assert "loi" in officer.app.screen.query_one("#hint", Page).text.lower()
        await officer.press("down", "down")
        fill(officer, "la centrale nous ajoute")
        await officer.press("enter")
        kept = (await dossiers(officer))[BLOCKED].choice
        assert kept is not None
        assert kept.why == "la centrale nous ajoute"

    work_with(desk, job)


def test_a_yes_under_conditions_needs_them_and_a_later_decision_counts(
    desk: Desk,
) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(lambda w: w.retain(MEDICAL))
        await at(officer, MEDICAL)
        await officer.press("y", "down", "down", "left", "enter")
        sheet = put(officer, Sheet)
        assert sheet.values["outcome"] == "CONDITIONAL"
        assert not (await dossiers(officer))[MEDICAL].decisions
        await officer.press("down")
        fill(officer, "1/10/2026")
        await officer.press("down", "down", "down")
        fill(officer, "sans engagement de volume")
        await officer.press("enter")
        made = (await dossiers(officer))[MEDICAL].decisions
        assert made[0].conditions == "sans engagement de volume"
        assert made[0].on.isoformat() == "2026-10-01"

        # the same administration again: a no, later
        await officer.press("y", "left", "down", "down", "right", "enter")
        assert len((await dossiers(officer))[MEDICAL].decisions) == 2
        assert "takes the place of the decision" in officer.said
        here = current(cast("Row", section(officer).row))
        assert here is not None
        assert here.no == ("commune-val-tilleul",)
        assert "✗ participation" in officer.text()

    work_with(desk, job)


def test_the_launch_is_asked_of_the_pilot_first(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        def decided(w: Workspace) -> None:
            w.retain(MEDICAL, pilot="cpas-val-tilleul")
            for stage in (Stage.PARTICIPATION, Stage.CONDITIONS):
                for who in ("commune-val-tilleul", "cpas-val-tilleul"):
                    made = Decision(
                        administration=who, stage=stage, outcome=Vote.YES, on=w.on
                    )
                    w.decide(MEDICAL, made)

        await officer.ask(decided)
        await at(officer, MEDICAL)
        await officer.press("y")
        values = put(officer, Sheet).values
        assert values["stage"] == "LAUNCH"
        assert values["who"] == "cpas-val-tilleul"
        await officer.press("enter")
        here = current(cast("Row", section(officer).row))
        assert here is not None
        assert here.stage is Stage.AWARD

    work_with(desk, job)


def test_a_decision_still_to_come_is_refused_in_the_dialog(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(lambda w: w.retain(MEDICAL))
        await at(officer, MEDICAL)
        await officer.press("y", "down", "down", "down")
        fill(officer, "+2m")
        await officer.press("enter")
        put(officer, Sheet)
        assert "23/01/2027" in officer.app.screen.query_one("#hint", Page).text

    work_with(desk, job)


def test_the_plan_says_what_breaks_and_keeps_another_start(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(lambda w: w.retain(FUEL))
        await at(officer, FUEL)
        await officer.press("P")
        plan = put(officer, Planned)
        whole = plan.query_one("#whole", Page)
        broken = [each.milestone for each in plan.plan.breaches]
        assert broken[0] == "collected"
        assert {each.partition(":")[0] for each in broken[1:]} == {"council"}
        assert str(len(broken)) in whole.text
        plan.steps.show(plan.plan, "council:commune-val-tilleul")
        await officer.settle()
        step = plan.query_one("#step", Page).text
        assert "16/12/2026" in step  # the session that comes too late
        assert "117" in step  # the article
        await officer.press("e")
        fill(officer, "1/9/2027")
        await officer.press("enter")
        assert [each.milestone for each in plan.plan.breaches] == ["start"]
        assert "Plan changed" in officer.said
        assert "u takes it back" in officer.said
        history = len(cast("Sized", await officer.ask(lambda w: w.history())))
        await officer.press("e", "enter")  # nothing is another
        assert len(cast("Sized", await officer.ask(lambda w: w.history()))) == history
        await officer.press("escape")
        kept = (await dossiers(officer))[FUEL].wanted
        assert kept is not None
        assert kept.isoformat() == "2027-09-01"

    work_with(desk, job, size=(140, 40))


def test_planning_what_was_not_retained_keeps_nothing(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("P", "e")
        fill(officer, "1/11/2027")
        await officer.press("enter")
        plan = put(officer, Planned)
        assert plan.plan.wanted.isoformat() == "2027-11-01"
        assert not plan.plan.breaches
        assert "█" in officer.text()
        assert MEDICAL not in await dossiers(officer)

    work_with(desk, job)


def test_two_to_four_proposals_are_laid_side_by_side(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("2")
        where = section(officer)
        assert not where.can_compare()
        await officer.press("shift+down", "c")
        compared = put(officer, Compared)
        grid = compared.query_one(Grid)
        assert [column.id for column in grid.listing.columns] == [  # type: ignore[union-attr]
            "criterion",
            "side0",
            "side1",
        ]
        for each in where.grid.rows[:2]:
            assert each.id in officer.text()
            assert str(each.candidate.score) in officer.text()
        await officer.press("escape", "shift+down", "shift+down")
        for language in LANGUAGES:
            officer.app.speak(language)
            await officer.press("c")
            grid = put(officer, Compared).query_one(Grid)
            assert len(grid._shown) == 5
            for criterion in grid.rows:
                if criterion.id not in {"what", "who"}:
                    for column, wide in grid._shown:
                        assert cell_len(column.text(criterion, grid.speech)) <= wide
            await officer.press("escape")
        await officer.press("asterisk")
        assert not where.can_compare()

    work_with(desk, job)


def test_every_reason_counts_in_one_line_of_the_comparison() -> None:
    named = [name for _, names in THEMES for name in names]
    assert sorted(named) == sorted(set(named))
    assert set(named) == set(weights.TABLE)
    assert len({each.id for each in CRITERIA}) == len(CRITERIA)


def test_the_points_of_the_reasons_add_up_to_the_score(desk: Desk) -> None:
    rows = read_open(desk.open()).rows
    assert len(rows) > 20
    for row in rows:
        lines = reasons(row)
        lines = lines[lines.index("Why") :]
        points = [
            int(line[:4])
            for line in lines
            if line[:4].strip().lstrip("+-").isdigit() and line[4:5] == " "
        ]
        total = next(line for line in lines if line.strip().startswith("= "))
        assert len(points) == len(row.candidate.reasons)
        assert sum(points) == row.candidate.score == int(total.split()[1])


def test_the_page_says_law_plan_and_next_step_once_they_are_read(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, FUEL)
        text = section(officer).page.text
        assert "07/10/2026" in text or "02/10/2026" in text  # late already
        assert "Questions encore ouvertes" in text
        assert "publicité européenne" in text.lower()
        for who in ("424.000,00", "37.600,00", "298.000,00"):
            assert who in text

    work_with(desk, job, size=(140, 40))


def test_the_page_says_what_it_gains_in_three_cases_and_what_would_turn_it(
    desk: Desk,
) -> None:
    workspace = desk.open()
    found = workspace.appraise(FUEL)
    assert found.gain.estimated is not None
    gain = found.gain.estimated

    async def job(officer: Officer) -> None:
        await at(officer, FUEL)
        text = re.sub("[ \n]+", " ", section(officer).page.text)
        speech = section(officer).speech
        said = [speech.euro(each) for each in (gain.low, gain.mid, gain.high)]
        assert " / ".join(said) in text
        assert said[1] in text[: text.index(speech.say(say("Why")))]
        for turn in found.turns:
            assert speech.say(turn) in text
        assert text.count("↺") == len(found.turns)

    work_with(desk, job, size=(140, 40))


def test_only_the_rows_one_stays_at_are_looked_ahead_of(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("2")
        where = section(officer)
        for _ in range(30):
            where.grid.action_move(1)
        await officer.settle()
        row = where.row
        assert row is not None
        assert row.id in where.outlooks
        assert len(where.outlooks) < 10

    work_with(desk, job)


def test_a_need_leads_to_the_best_proposal_that_holds_it(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        officer.app.work(officer.app.show("proposals", "c-carburant"))
        await officer.settle()
        assert section(officer).row is not None
        assert section(officer).row.id == FUEL  # type: ignore[union-attr]
        await officer.ask(lambda w: w.retain(FUEL))
        officer.app.changed()
        await officer.press("1")
        officer.app.work(officer.app.show("proposals", "p-brandstof"))
        await officer.settle()
        assert section(officer).view.id == "retained"
        assert await officer.ask(lambda w: meant(w, "nothing-like-it")) is None

    work_with(desk, job)


def test_a_proposal_retained_tells_what_changed_since(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(lambda w: w.retain(MEDICAL))
        await officer.ask(
            lambda w: w.edit_need("c-controle-medical", {"estimate": "99000"})
        )
        await at(officer, MEDICAL)
        await officer.press("w")
        assert "99.000,00" in officer.app.screen.query_one(Page).text
        assert "36.000,00" in officer.app.screen.query_one(Page).text

    work_with(desk, job)


def test_rows_are_found_under_each_of_their_administrations(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("2")
        where = section(officer)
        where.grid.narrow({"who": frozenset({"zone-tilleul"})})
        rows = cast("Sequence[Row]", where.grid.rows)
        assert rows
        assert all("zone-tilleul" in row.candidate.administrations for row in rows)
        assert any(len(row.candidate.administrations) > 1 for row in rows)
        where.grid.narrow({"notes": frozenset({"bound"})})
        assert FUEL in {row.id for row in where.grid.rows}

    work_with(desk, job)


def test_what_the_pilot_does_for_all_takes_its_decision_alone(desk: Desk) -> None:
    workspace = desk.open()
    workspace.retain(FUEL, pilot="cpas-val-tilleul")
    row = Row(
        proposal=workspace.proposal(FUEL),
        needs=(),
        everyone=workspace.administrations(),
    )
    needed = {each.stage: each.of for each in standings(row)}
    assert needed[Stage.PARTICIPATION] == 3
    assert needed[Stage.LAUNCH] == needed[Stage.AWARD] == 1


LABELS = ("Sheet", "Export", "Planned", "Why", "Compared", "Question")


def test_no_label_is_cut_at_80_columns_in_the_long_languages(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(lambda w: w.retain(FUEL))
        await at(officer, FUEL)
        where = section(officer)
        for language in ("de", "fr"):
            officer.app.speak(language)
            for view in (0, 2, 1):
                where.action_show_view(view)
                await officer.settle()
                whole(officer)
            for keys in (["a"], ["x"], ["y"], ["P"], ["P", "e"], ["E"], ["w"]):
                await officer.press(*keys)
                assert type(officer.app.screen).__name__ in LABELS, keys
                whole(officer)
                await officer.press(*["escape"] * len(keys))

    work_with(desk, job)


def whole(officer: Officer) -> None:
    """Headings, names of slots, choices and keys are all shown whole."""
    screen = officer.app.screen
    lines = officer.text().splitlines()
    assert "…" not in lines[-1]
    for page in screen.query(Page):
        wide = page.scrollable_content_region.width
        assert all(line.cell_length <= wide for line in page._lines) or not wide
    for pick in screen.query(Pick):
        assert "…" not in pick.render().plain
    for grid in screen.query(Grid):
        assert "…" not in lines[grid.region.y]
        assert not words_cut(grid)
    if isinstance(screen, Sheet):
        speech = officer.app.speech
        for slot in screen.slots:
            assert speech.line(slot.label)[:31] in officer.text()


def words_cut(grid: Grid) -> list[str]:
    """What jointbuy itself writes in a list and has no room for."""
    own = {"state", "form", "score", "start", "slack", "day", "rests", "criterion"}
    return [
        text
        for column, wide in grid._shown
        for row in grid.rows
        if column.id in own
        and cell_len(text := column.text(row, grid.speech).rstrip()) > wide
    ]


def test_what_people_typed_is_neither_markup_nor_a_command(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(
            lambda w: w.edit_need("c-controle-medical", {"title": f"Contrôle {EVIL}"})
        )
        await at(officer, MEDICAL)
        await officer.press("x")
        fill(officer, EVIL)
        await officer.press("enter")
        await at(officer, MEDICAL)
        for keys in ((), ("w",), ("escape", "a"), ("escape", "l")):
            await officer.press(*keys)
            assert not set("\x1b\x07\x9b\u202e") & set(officer.text())
        await at(officer, MEDICAL)
        assert "[bold]x[/]" in officer.text()
        await officer.press("w")
        assert "[@click=app.quit]y[/]" in officer.app.screen.query_one(Page).text

    work_with(desk, job)


def test_what_is_asked_for_on_the_whole_page_is_done_by_the_section(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("enter")
        put(officer, Why)
        await officer.press("y")  # nothing to decide on yet
        put(officer, Why)
        await officer.press("a")
        put(officer, Sheet)

    work_with(desk, job)


def test_a_proposal_is_retained_by_the_mouse_alone(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("2")
        await officer.click(Grid, (10, 2))  # the second row
        row = section(officer).row
        assert row is not None
        assert row.id == MEDICAL
        bar = officer.line(-1)
        await officer.click(KeyBar, (bar.index(" a ") + 1, 0))
        sheet = put(officer, Sheet)
        pilot = list(sheet.query(Pick))[1]
        await officer.click(pilot, (5, 0))
        assert pilot.value == "commune-val-tilleul"
        await officer.click(pilot, (0, 0))
        await officer.click(pilot, (0, 0))
        assert pilot.value == "cpas-val-tilleul"
        await officer.click(sheet.query_one(KeyBar), (1, 0))
        made = (await dossiers(officer))[MEDICAL]
        assert made.pilot == "cpas-val-tilleul"

    work_with(desk, job)


def test_a_value_is_chosen_from_the_list_of_all(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("a", "f4")
        put(officer, Picker)
        await officer.write("horizontale")
        await officer.press("enter")
        assert put(officer, Sheet).values["form"] == "HORIZONTAL"

    work_with(desk, job)


def test_the_legal_check_is_that_of_the_proposal(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await at(officer, MEDICAL)
        await officer.press("l")
        assert officer.app.current_mode == "legal"
        assert "Contrôle médical" in officer.text()

    work_with(desk, job)


def test_a_register_without_needs_says_why_nothing_is_proposed(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.ask(
            lambda w: w.set_need_statuses(tuple(w.needs()), NeedStatus.WITHDRAWN)
        )
        await officer.press("2", "v", "v", "v")
        assert "Nothing is proposed" in str(section(officer).grid.listing.empty)  # type: ignore[union-attr]
        assert not section(officer).grid.rows

    work_with(desk, job)


def test_the_section_loads_no_kernel_before_it_asks() -> None:
    code = (
        "import sys, jointbuy.tui.proposals.section; "
        "print([m for m in ('numpy','babel','docx','jointbuy.matching','jointbuy.law',"
        "'jointbuy.schedule','jointbuy.documents','jointbuy.vocabulary') "
        "if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
