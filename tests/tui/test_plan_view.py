"""A plan on the screen: its slack, what decides the start, days fixed and freed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from jointbuy.errors import say
from jointbuy.model import Breach, Form, Milestone, Plan, StepKind
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.dialogs.sheet import Sheet
from jointbuy.tui.proposals.plan import Planned
from jointbuy.tui.proposals.steps import Steps, bar_of, left, signs, slack, span_of
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk

DAY = date(2026, 11, 23)
MEDICAL = "j-rfsfg4g3"


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def step(code: str, days: int, first: int | None = None, **more: object) -> Milestone:
    return Milestone(
        code=code,
        label=say("{name}", name=code),
        day=after(days),
        kind=StepKind.PRACTICE,
        slack=days,
        earliest=None if first is None else after(first),
        margin=None if first is None else days - first,
        **more,  # type: ignore[arg-type]
    )


STEPS = {
    "free": step("free", 40, 10),
    "deciding": step("deciding", 60, 60, critical=True),
    "late": step("late", 20, 50, critical=True),
    "fixed": step("fixed", 80, 70, forced=True, why="x"),
    "done": step("done", 5, done=after(3)),
}
PLAN = Plan(
    candidate="j",
    form=Form.JOINT_CONTRACT,
    wanted=after(99),
    on=DAY,
    milestones=(*STEPS.values(), step("start", 99)),
    breaches=(Breach(milestone="late", days=30, message=say("Late.")),),
)

DRAWN = {
    "free": "┊·········" + "═" * 30 + "◆",
    "deciding": "┊" + "·" * 59 + "◆",
    "late": "┊···················" + "!" * 31,
    "fixed": "┊" + "·" * 69 + "═" * 10 + "▼",
    "done": "┊  ✓",
}


@pytest.mark.parametrize("code", DRAWN)
def test_a_bar_shows_from_when_until_when_a_step_can_be_taken(code: str) -> None:
    span = span_of(PLAN, 100)
    assert (span.first, span.last) == (DAY, after(100))
    bar = bar_of(PLAN, STEPS[code], replace(span, last=after(99)))
    assert bar.rstrip() == DRAWN[code]
    assert len(bar) == 100


def test_signs_and_figures_say_what_decides_breaks_is_fixed_or_done() -> None:
    found = {code: signs(PLAN, each) for code, each in STEPS.items()}
    assert found == {
        "free": "  ",
        "deciding": "█ ",
        "late": "█!",
        "fixed": " ▼",
        "done": " ✓",
    }
    assert [slack(each) for each in STEPS.values()] == ["+30", "+0", "-30", "+10", ""]
    assert [left(each) for each in STEPS.values()] == ["40", "60", "20", "80", ""]
    for width in (1, 7, 300):
        for each in PLAN.milestones:
            assert len(bar_of(PLAN, each, span_of(PLAN, width))) == width
        assert len(span_of(PLAN, width).ruler("de")) == width


def planned(officer: Officer) -> Planned:
    found = officer.app.screen
    assert isinstance(found, Planned)
    return found


async def open_plan(officer: Officer) -> Planned:
    await officer.ask(lambda w: w.retain(MEDICAL, form=Form.JOINT_CONTRACT, why="x"))
    await officer.app.show("proposals", MEDICAL)
    await officer.settle()
    await officer.press("P")
    return planned(officer)


def test_a_day_is_fixed_with_a_reason_freed_noted_and_each_taken_back(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        plan = await open_plan(officer)
        assert plan.step is not None
        first = plan.step
        assert "█" in officer.text()
        await officer.press("f")
        fill(officer, "10/12/2026")
        await officer.press("enter")  # no reason
        assert isinstance(officer.app.screen, Sheet)
        assert "pourquoi ce jour" in officer.text()
        assert "--" not in officer.app.screen.query_one("#hint", Page).text
        await officer.press("down")
        fill(officer, "collège du 10 décembre")
        await officer.press("enter")
        assert plan.step.code == first.code
        assert (plan.step.forced, plan.step.day) == (True, date(2026, 12, 10))
        assert "▼ 10/12/2026" in officer.text()
        assert "collège du 10" in plan.query_one("#step", Page).text
        assert "Touche u" in officer.text()
        await officer.press("x")
        assert plan.step == first
        await officer.press("u")
        assert plan.step.forced
        await officer.press("u")
        assert plan.step == first
        assert not plan.can_free()

        await officer.press("d", "enter")
        assert plan.step.done == DAY
        assert "✓ 23/11/2026" in officer.text()
        await officer.press("d")
        assert plan.step == first
        await officer.press("d", "enter", "u")
        assert plan.step == first

        while plan.step.kind is not StepKind.SESSION:
            await officer.press("down")
        decided = plan.step
        assert not plan.can_done()
        await officer.press("y")
        sheet = officer.app.screen
        assert isinstance(sheet, Sheet)
        assert sheet.values["who"] == decided.administration
        assert sheet.values["body"] == (decided.body.name if decided.body else "")
        await officer.press("enter")
        again = next(e for e in plan.plan.milestones if e.code == decided.code)
        assert again.done == DAY

    work_with(desk, scenario)


def test_the_start_rests_on_a_session_and_what_breaks_stands_on_top(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        plan = await open_plan(officer)
        wanted = plan.plan.wanted
        await officer.press("a")
        picker = officer.app.screen
        assert isinstance(picker, Picker)
        offered = await officer.ask(lambda w: w.anchors(MEDICAL))
        grid = picker.query_one(Grid)
        assert isinstance(offered, tuple)
        assert grid.row.late == min(each.late for each in offered)
        assert grid.row.late == 0
        assert "! -" in officer.text()
        await officer.press("home", "down", "enter")
        assert plan.plan.anchor is not None
        assert plan.plan.wanted < wanted
        assert plan.plan.breaches
        whole = plan.query_one("#whole", Page).text
        assert "! " in whole
        assert "03/12/2026" in whole
        assert any(line.startswith("▶ █!") for line in officer.text().splitlines())
        await officer.press("u")
        assert plan.plan.wanted == wanted
        assert "repose" not in plan.query_one("#whole", Page).text

    work_with(desk, scenario)


def test_names_and_bars_are_whole_at_80_columns_and_beside_each_other_at_140(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        plan = await open_plan(officer)
        steps = plan.query_one(Steps)
        for language in LANGUAGES:
            officer.app.speak(language)
            await officer.settle()
            assert "…" not in officer.text()
            for page in plan.query(Page):
                wide = page.scrollable_content_region.width
                assert all(line.cell_length <= wide for line in page._lines)
            said = " ".join(line.plain.strip() for _, line in steps._lines)
            for each in plan.plan.milestones:
                name = officer.app.speech.say(each.label)
                assert name.split()[-1] in said
            await officer.press("v")
            drawn = [line.plain for _, line in steps._lines]
            assert len(drawn) == len(plan.plan.milestones)
            assert all(cell_len(line) <= 79 for line in drawn)
            assert any("═◆" in line for line in drawn)
            await officer.press("v")
        await officer.click(Steps, (30, 4))
        assert steps.at == 1
        await officer.pilot.resize_terminal(140, 40)
        await officer.settle()
        both = [line.plain for _, line in steps._lines]
        assert any("═◆" in line for line in both)
        assert officer.app.speech.say(plan.plan.milestones[0].label) in " ".join(both)

    work_with(desk, scenario)
