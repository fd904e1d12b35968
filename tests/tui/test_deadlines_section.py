"""The deadlines on the screen: as a list, on a line of time, in a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from threading import current_thread
from typing import TYPE_CHECKING

import icalendar
import pytest
from textual.widgets import Input

from jointbuy.errors import say
from jointbuy.model import (
    Candidate,
    CandidateKind,
    Choice,
    Contract,
    Deadline,
    Dossier,
    Form,
    Level,
)
from jointbuy.store.port import Change
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.deadlines.listing import deadlines_listing
from jointbuy.tui.deadlines.month import Due, Month, cell, fitting, moved, weeks
from jointbuy.tui.deadlines.scale import (
    Mark,
    Scale,
    Window,
    draw,
    named_periods,
    ruler,
)
from jointbuy.tui.deadlines.section import Deadlines, Horizon, Legend, Span
from jointbuy.tui.deadlines.timeline import Timeline
from jointbuy.tui.deadlines.words import KINDS, LEVELS
from jointbuy.tui.proposals.plan import Planned
from jointbuy.tui.section import Filter, Views
from jointbuy.tui.speech import Speech
from jointbuy.workspace.watching import Lead, Watch
from tests.tui.officer import Officer, work_with

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.tui.widgets.bars import Line
    from jointbuy.workspace import Desk, Workspace

DAY = date(2026, 11, 23)
EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"
HIGH = (140, 40)


def section(officer: Officer) -> Deadlines:
    found = officer.app.screen
    assert isinstance(found, Deadlines)
    return found


async def look_at_notice(officer: Officer) -> None:
    """Look at the contract for which notice can still be given first."""
    rows = section(officer).grid.rows
    notice = next(row for row in rows if row.kind == "contract_notice")
    assert await section(officer).look_at(notice.id)
    await officer.settle()


def keep(workspace: Workspace, *contracts: Contract) -> None:
    changes = [Change(kind=Contract, id=each.id, value=each) for each in contracts]
    workspace.commit(changes, why="test")


def retained(workspace: Workspace) -> None:
    """A joint contract of two administrations, retained without asking what fits."""
    needs = [
        next(n for n in workspace.needs().values() if n.administration == who)
        for who in ("commune-val-tilleul", "cpas-val-tilleul")
    ]
    candidate = Candidate(
        id="j-test",
        kind=CandidateKind.JOINT,
        needs=tuple(need.id for need in needs),
        administrations=tuple(need.administration for need in needs),
        launch=date(2027, 9, 1),
    )
    choice = Choice(retained=True, by="An", on=DAY)
    dossier = Dossier(
        id=candidate.id,
        candidate=candidate,
        form=Form.JOINT_CONTRACT,
        pilot="commune-val-tilleul",
        choices=(choice,),
    )
    workspace.save(dossier, why="test")


def ending(days: int, title: str = "Paper", **more: str) -> Contract:
    return Contract(
        id=f"end-{days}",
        administration="commune-val-tilleul",
        title=title,
        end=DAY + timedelta(days=days),
        **more,  # type: ignore[arg-type]
    )


# Days as columns.

MONTHS = Window(start=date(2026, 11, 1), scale=Scale.MONTHS, width=40)


@pytest.mark.parametrize(
    ("day", "column"),
    [
        (date(2026, 10, 31), -1),
        (date(2026, 11, 1), 0),
        (date(2026, 11, 3), 0),
        (date(2026, 11, 4), 1),
        (date(2027, 2, 28), 39),
        (date(2027, 3, 1), 40),
    ],
)
def test_a_column_of_the_months_holds_three_days(day: date, column: int) -> None:
    assert MONTHS.column(day) == column
    assert (0 <= column < 40) == (MONTHS.start <= day <= MONTHS.last)


def test_a_deadline_stands_in_the_column_of_its_day() -> None:
    for ahead in range(98):
        day = DAY + timedelta(days=ahead)
        line = draw(MONTHS, Mark(day=day), DAY)
        assert len(line) == 40
        assert line.index("◆") == MONTHS.column(day)


def test_before_a_deadline_one_waits_and_then_prepares() -> None:
    lead = Lead(begin=date(2026, 12, 1), prepares=True)
    line = draw(MONTHS, Mark(day=date(2026, 12, 31), lead=lead), DAY)
    assert line == "       ┊··══════════◆" + " " * 19
    start = replace(lead, prepares=False)
    line = draw(MONTHS, Mark(day=date(2026, 12, 31), lead=start), DAY)
    assert line.rstrip() == "       ┊··──────────◆"


def test_what_lies_outside_the_days_seen_is_pointed_at() -> None:
    words = ("31/10 Interest, CPAS", "31/10")
    early = draw(MONTHS, Mark(day=date(2026, 10, 31), urgent=True, words=words), DAY)
    assert early.startswith("◀! 31/10 Interest, CPAS")
    late = draw(MONTHS, Mark(day=date(2027, 3, 1), words=("01/03 End", "01/03")), DAY)
    assert late.endswith("01/03 ▶")
    assert len(early) == len(late) == 40


def test_the_longest_words_that_fit_whole_stand_behind_a_deadline() -> None:
    words = ("18/12 Interest, CPAS de Val-Tilleul", "18/12 Interest", "18/12")
    for ahead in range(98):
        line = draw(MONTHS, Mark(day=DAY + timedelta(days=ahead), words=words), DAY)
        said = line[line.index("◆") + 1 :].strip()
        assert said in {*words, ""}
    near = draw(MONTHS, Mark(day=DAY, words=words), DAY)
    assert near.endswith("◆ 18/12 Interest" + " " * 17)


def test_a_narrow_window_never_breaks() -> None:
    for width in range(1, 12):
        window = replace(MONTHS, width=width)
        for ahead in (-40, -1, 0, 10, 400):
            mark = Mark(day=DAY + timedelta(days=ahead), urgent=True, words=("1/1",))
            assert len(draw(window, mark, DAY)) == width
        assert len(ruler(window, DAY)) == width
        assert len(named_periods(window, lambda _day, _year: "nov. 26")) == width


def test_the_months_are_named_where_they_begin_with_the_year_when_it_changes() -> None:
    names = named_periods(
        MONTHS, lambda day, year: f"{day:%b} {day:%y}" if year else f"{day:%b}"
    )
    assert names == "Nov 26    Dec       Jan 27    Feb       "
    assert ruler(MONTHS, DAY) == "+------|23+---------+---------+---------"


def test_a_scale_steps_by_its_own_periods() -> None:
    assert Scale.WEEKS.step(DAY, 1) == date(2026, 11, 30)
    assert Scale.MONTHS.step(DAY, 2) == date(2027, 1, 1)
    assert Scale.QUARTERS.step(DAY, 1) == date(2027, 1, 1)
    assert Scale.YEARS.step(DAY, -1) == date(2025, 1, 1)
    assert Scale.WEEKS.nearer() is Scale.WEEKS
    assert Scale.YEARS.wider() is Scale.YEARS
    assert Scale.MONTHS.step(DAY, -100_000) < DAY < Scale.YEARS.step(DAY, 100_000)


# A calendar.


def test_a_month_has_six_weeks_from_monday_on() -> None:
    november = weeks(2026, 11)
    assert [len(week) for week in november] == [7] * 6
    assert november[0] == [None] * 6 + [date(2026, 11, 1)]
    assert november[5][0] == date(2026, 11, 30)
    for week in november:
        assert all(day is None or day.weekday() == n for n, day in enumerate(week))


def test_a_day_says_where_one_is_what_is_due_and_how_much() -> None:
    assert cell(DAY, Due(), today=True, here=False) == "┊23  "
    assert cell(DAY, Due(count=1), today=False, here=True) == "▶23◆ "
    assert cell(DAY, Due(count=9, urgent=True), today=False, here=False) == " 23!9"
    assert cell(DAY, Due(count=10), today=False, here=False) == " 23◆+"


def test_two_months_fit_into_78_columns_and_three_into_111() -> None:
    assert [fitting(width, 8)[0] for width in (72, 73, 110, 111)] == [1, 2, 2, 3]
    assert moved(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert moved(date(2027, 1, 31), -1) == date(2026, 12, 31)


# The list.


BOUNDS = {
    -1: Level.OVERDUE,
    0: Level.WEEK,
    7: Level.WEEK,
    8: Level.MONTH,
    30: Level.MONTH,
    31: Level.QUARTER,
    90: Level.QUARTER,
    91: Level.LATER,
}


def test_a_row_says_its_level_in_words_and_by_a_sign(desk: Desk) -> None:
    workspace = desk.open()
    keep(workspace, *(ending(days) for days in BOUNDS))
    listing = deadlines_listing(workspace.watch())
    speech = Speech("en")
    for days, level in BOUNDS.items():
        row = next(
            each
            for each in listing.rows
            if (each.kind, each.subject) == ("contract_end", f"end-{days}")
        )
        shown = {each.id: each.text(row, speech) for each in listing.columns}
        sign, words, _ = LEVELS[level]
        assert shown["level"] == f"{sign} {words.text}"
        assert shown["days"] == str(days)
        assert shown["administration"] == "Commune de Val-Tilleul"
        assert shown["what"] == "Paper: Contract end"


def test_a_horizon_takes_its_last_day_and_what_is_overdue(desk: Desk) -> None:
    workspace = desk.open()
    keep(workspace, *(ending(days) for days in (-3, 30, 31)))
    listing = deadlines_listing(workspace.watch(), 30)
    subjects = {row.subject for row in listing.rows if row.kind == "contract_end"}
    assert {"end--3", "end-30"} <= subjects
    assert "end-31" not in subjects


def test_the_list_is_sorted_by_day_and_the_page_says_who_acts(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        days = [row.day for row in section(officer).grid.rows]
        assert days == sorted(days)
        assert len(days) > 50
        await look_at_notice(officer)
        page = section(officer).page.text
        row = section(officer).grid.row
        person = desk.open().contacts()[row.contact]
        assert person.name in page.replace("\n", " ")
        assert "Conseil de l'action sociale" in page
        assert "24/11/2026" in page.replace("\n", " ")

    work_with(desk, scenario, size=HIGH)


def test_enter_goes_to_the_record_a_deadline_comes_from(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        rows = section(officer).grid.rows
        need = next(row for row in rows if row.kind == "need_latest")
        assert await section(officer).look_at(need.id)
        await officer.press("enter")
        assert officer.app.current_mode == "needs"
        assert officer.app.screen.grid.row.id == need.subject  # type: ignore[attr-defined]
        await officer.press("5", "o")
        assert officer.app.current_mode == "needs"

    work_with(desk, scenario)


def test_the_step_of_a_plan_says_where_it_is_written_and_opens_the_plan(
    desk: Desk,
) -> None:
    retained(desk.open())

    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        assert {each.kind for each in section(officer).grid.rows} <= set(KINDS)
        steps = [r for r in section(officer).grid.rows if r.kind == "milestone"]
        watch = section(officer).known
        assert watch is not None
        based = next(r for r in steps if (s := watch.milestone(r)) and s.basis)
        assert await section(officer).look_at(based.id)
        await officer.settle()
        page = " ".join(section(officer).page.text.split())
        step = watch.milestone(based)
        assert step is not None
        assert step.basis[0].article in page
        assert section(officer).can_plan()
        await officer.press("P")
        assert officer.app.current_mode == "proposals"
        assert isinstance(officer.app.screen, Planned)

    work_with(desk, scenario)


def test_a_filter_holds_in_every_view(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "slash")
        await officer.write("sibelga")
        await officer.press("enter")
        found = [row.id for row in section(officer).grid.rows]
        assert 0 < len(found) < 20
        await officer.press("T")
        assert [row.id for row in section(officer).grid.rows] == found
        await officer.press("M")
        month = officer.app.screen.query_one(Month)
        assert sum(due.count for due in month.dues.values()) == len(found)
        await officer.press("escape")
        assert sum(due.count for due in month.dues.values()) > len(found)
        assert section(officer).query_one(Filter).value == ""

    work_with(desk, scenario)


def test_the_period_is_chosen_from_a_list(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "z", "down", "enter")
        assert section(officer).horizon == "30"
        last = max(row.day for row in section(officer).grid.rows)
        assert last <= DAY + timedelta(days=30)
        assert "Dans les 30 jours" in officer.line(3)
        await officer.click(Horizon)
        await officer.press("down", "down", "down", "enter")
        assert section(officer).horizon == "all"

    work_with(desk, scenario)


# The line of time.


def test_the_line_of_time_draws_the_list_moves_and_scales(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "T")
        await look_at_notice(officer)
        lines = officer.text().splitlines()
        assert any("Ramen wassen" in line and "◆! 09/12" in line for line in lines)
        (looked,) = [line for line in lines if line.startswith("▶")]
        assert "Ramen wassen" in looked
        assert "Donner préavis" in officer.text()
        await officer.press("right")
        assert officer.app.screen.query_one(Timeline).start == date(2026, 12, 1)
        await officer.press("h", "left")
        assert officer.app.screen.query_one(Timeline).start == date(2026, 10, 1)
        await officer.press("t")
        assert officer.app.screen.query_one(Timeline).start == date(2026, 11, 1)
        await officer.press("plus")
        timeline = officer.app.screen.query_one(Timeline)
        assert (timeline.scale, timeline.start) == (Scale.WEEKS, date(2026, 11, 23))
        await officer.press("minus", "minus")
        assert (timeline.scale, timeline.start) == (Scale.QUARTERS, date(2026, 10, 1))
        await officer.press("minus")
        assert "2027" in officer.text()

    work_with(desk, scenario)


def test_the_mouse_does_on_the_line_of_time_what_keys_do(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        title = officer.line(2)
        await officer.click("Views", (title.index("Frise"), 0))
        assert section(officer).view.id == "timeline"
        timeline = officer.app.screen.query_one(Timeline)
        await officer.click(Timeline, (10, 4))
        assert section(officer).grid.at == 2
        await officer.click(Timeline, (1, 3))
        assert section(officer).grid.marked == {section(officer).grid.rows[1].id}
        span = officer.app.screen.query_one(Span)
        texts = [text for text, _ in span.parts()]
        await officer.click(Span, (texts[0].cell_length + texts[1].cell_length + 1, 0))
        assert timeline.start == date(2026, 12, 1)

    work_with(desk, scenario)


def test_list_page_and_line_of_time_stand_together_where_there_is_room(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "T")
        shown = officer.app.screen
        assert isinstance(shown, Deadlines)
        grid, page, line = shown.grid, shown.page, shown.timeline
        assert grid.region.bottom <= line.region.y
        assert page.region.y == grid.region.y
        await officer.app.screen.app.animator.wait_for_idle()
        await officer.pilot.resize_terminal(80, 24)
        await officer.settle()
        assert grid.size.height == 0
        assert line.region.bottom <= page.region.y
        assert line.size.height >= 10

    work_with(desk, scenario, size=HIGH)


def many(count: int) -> Watch:
    return Watch(
        on=DAY,
        deadlines=tuple(
            Deadline(
                id=f"contract_end:k-{n}",
                day=DAY + timedelta(days=n // 10),
                what=say("Contract ends – {title}", title=f"Contract {n}"),
                level=Level.LATER,
                kind="contract_end",
                subject=f"k-{n}",
            )
            for n in range(count)
        ),
    )


def test_of_ten_thousand_deadlines_only_those_on_the_screen_are_drawn(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "T")
        shown = section(officer)
        known = many(10_000)
        before = shown.timeline.drawn
        shown.take_in(known, deadlines_listing(known))
        await officer.settle()
        officer.text()
        room = shown.timeline.size.height
        assert len(shown.grid.rows) == 10_000
        assert 0 < shown.timeline.drawn - before <= 3 * room
        before = shown.timeline.drawn
        await officer.press("end")
        assert "k-9999" in officer.text()
        assert 0 < shown.timeline.drawn - before <= 3 * room

        assert shown.whole is not None
        threads: set[str] = set()

        def also(row: Deadline) -> tuple[str]:
            threads.add(current_thread().name)
            return (row.subject,)

        whole = replace(shown.whole, also=also)
        shown.take_in(known, whole)
        shown._foresee()
        await officer.settle()
        assert len(whole.words["fr"]) == 10_000
        assert all(name.startswith("clerk") for name in threads)
        threads.clear()
        await officer.press("f")
        await officer.write("9998")
        assert [row.subject for row in shown.grid.rows] == ["k-9998"]
        assert not threads

    work_with(desk, scenario)


# The calendar.


def test_the_calendar_lists_the_deadlines_of_the_day_that_is_looked_at(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "M", "t")
        month = officer.app.screen.query_one(Month)
        assert month.at == DAY
        await officer.press("down", "down", "right", "right")
        assert month.at == date(2026, 12, 9)
        assert {row.day for row in section(officer).grid.rows} == {month.at}
        await officer.press("end")
        assert month.at == date(2026, 12, 18)
        assert len(section(officer).grid.rows) == month.dues[date(2026, 12, 18)].count
        await officer.press("pagedown")
        assert month.at == date(2027, 1, 18)
        await officer.press("right")
        assert "Aucune échéance le 19/01/2027" in officer.text()
        await officer.press("home", "enter")
        assert section(officer).grid.has_focus
        assert section(officer).grid.row.day == month.at

    work_with(desk, scenario)


def test_a_click_looks_at_a_day_and_its_month_comes_along(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("5", "M", "t")
        month = officer.app.screen.query_one(Month)
        lines = officer.text().splitlines()
        y = next(n for n, line in enumerate(lines) if "18!" in line[40:])
        x = lines[y].rindex("18!")
        await officer.click(Month, (x - month.region.x, y - month.region.y))
        assert month.at == date(2026, 12, 18)
        assert "février 2027" not in officer.text()
        await officer.press("pagedown", "pagedown")
        assert "février 2027" in officer.text()
        await officer.press("t")
        assert "novembre 2026" in officer.text()

    work_with(desk, scenario)


# The agenda.


async def answer(officer: Officer, text: str) -> None:
    """Answer the question that is open."""
    officer.app.screen.query_one("#answer", Input).value = text
    await officer.press("enter")


def test_the_calendar_file_holds_the_marked_deadlines_and_replaces_when_asked(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "mine.ics"

    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        await look_at_notice(officer)
        await officer.press("space", "down", "space", "i")
        await answer(officer, str(tmp_path / "mine"))
        assert officer.said == f"Calendar written to {path}: 2."
        events = list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
        rows = section(officer).grid.marked_rows
        days = sorted(each.decoded("dtstart") for each in events)
        assert days == [row.day for row in rows]
        assert any(str(each["summary"]).startswith("Donner") for each in events)
        path.write_text("kept", encoding="utf-8")
        await officer.press("i")
        await answer(officer, str(path))
        await officer.press("enter")
        assert path.read_text(encoding="utf-8") == "kept"
        await officer.press("enter", "down", "enter")
        assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")

    work_with(desk, scenario)


# Languages, and what people type.


SAID = {
    "fr": ("janv.", "novembre 2026", "lu   ma   me"),
    "nl": ("mrt", "november 2026", "ma   di   wo"),
    "de": ("März", "November 2026", "Mo   Di   Mi"),
    "en": ("Mar", "November 2026", "Mo   Tu   We"),
}


def test_every_language_is_spoken_at_once_and_nothing_of_ours_is_cut_at_80_columns(
    desk: Desk,
) -> None:
    def whole(officer: Officer, line: Line, at: int) -> None:
        text = "".join(text.plain for text, _ in line.parts())
        assert text.strip() in officer.line(at)

    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        shown = section(officer)
        for language in LANGUAGES:
            speech = officer.app.speech
            assert speech.language == language
            for column, width in shown.grid._shown:
                assert len(speech.line(column.heading)) + 2 <= width
                if column.id == "level":
                    words = [speech.line(each) for _, each, _ in LEVELS.values()]
                    assert max(map(len, words)) + 2 <= width
            for view in ("M", "T"):
                await officer.press(view, "t")
                whole(officer, shown.query_one(Views), 2)
                whole(officer, shown.query_one(Legend), -3)
                assert "…" not in officer.line(-1)
                shown_there = [text in officer.text() for text in SAID[language][1:]]
                assert all(shown_there) if view == "M" else not any(shown_there)
            whole(officer, shown.query_one(Span), 2)
            assert SAID[language][0] in officer.text()
            await officer.press("f7")

    work_with(desk, scenario)


def test_a_title_is_neither_markup_nor_a_command(desk: Desk) -> None:
    keep(desk.open(), ending(-20, EVIL, note=EVIL))

    async def scenario(officer: Officer) -> None:
        await officer.press("5")
        row = next(r for r in section(officer).grid.rows if r.subject == "end--20")
        await section(officer).look_at(row.id)
        for view in ("L", "T", "M"):
            await officer.press(view)
            shown = officer.text()
            assert "[bold]x[/]" in shown
            assert not set("\x1b\x07\x9b\u202e") & set(shown)

    work_with(desk, scenario)


def test_the_deadlines_that_are_near_are_counted_at_the_top(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        assert ": 7" not in officer.line(0)
        await officer.press("5")
        near = desk.open().deadlines(within=30)
        await officer.press("1")
        assert f"30 jours\u00a0: {len(near)}" in officer.line(0)

    work_with(desk, scenario, size=(120, 24))
