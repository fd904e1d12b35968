"""The habits of the office: how long its steps take where no text sets a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say, word
from jointbuy.tui.apart import Apart
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.dialogs.sheet import Sheet
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.own_practice import OfficeHabit

YES_NO = "yes_no"
MONTHS = "months"
OWN, USUAL = "own", "usual"
STATES = {OWN: word("own habit"), USUAL: word("usual")}
WHOLE = say("the whole term of the law")


def read_habits(workspace: Workspace) -> Listing[OfficeHabit]:
    """Every habit, those the office set first among its own kind."""
    rows = workspace.habits()
    titles: dict[str, Apart] = {}

    def short(row: OfficeHabit, speech: Speech, room: int) -> str:
        apart = titles.get(speech.language)
        if apart is None:
            apart = Apart([speech.line(each.title) for each in rows])
            titles[speech.language] = apart
        return sign(row) + apart.short(speech.line(row.title), room - len(sign(row)))

    return Listing(
        rows=rows,
        columns=(
            Column(
                id="title", heading=say("Habit"), width=42, grow=1,
                text=lambda row, speech: sign(row) + speech.line(row.title),
                tone=lambda row: "accent" if row.own else "",
                short=short,
            ),
            Column(
                id="days", heading=say("Here"), right=True, width=8,
                text=lambda row, speech: in_days(row, row.days, speech, brief=True),
                key=lambda row: row.days,
            ),
            Column(
                id="usual", heading=say("Usual"), right=True, width=8,
                text=lambda row, speech: in_days(row, row.usual, speech, brief=True),
                key=lambda row: row.usual,
            ),
            Column(
                id="why", heading=say("Why"), width=20, grow=1, rank=1,
                text=lambda row, _: row.own.why if row.own else "",
            ),
        ),
        facets=(
            Facet(
                id="state", heading=say("State"),
                value=lambda row: OWN if row.own else USUAL,
                label=lambda value, speech: speech.line(STATES[value]),
            ),
        ),
        also=lambda row: (row.id,),
        page=_page,
    )  # fmt: skip


def sign(row: OfficeHabit) -> str:
    """Before the title of what the office set itself."""
    return "◆ " if row.own else "  "


def in_days(
    row: OfficeHabit, days: int | None, speech: Speech, *, brief: bool = False
) -> str:
    """So many days, or yes or no; what counts where there are none."""
    if days is None:
        return speech.line(word("term")) if brief else speech.say(WHOLE)
    if row.unit == YES_NO:
        return speech.line(word("yes") if days else word("no"))
    if row.unit == MONTHS:
        return speech.say(say("{n} m", n=days) if brief else say("{n} months", n=days))
    return speech.say(say("{n} d", n=days) if brief else say("{n} days", n=days))


def _page(row: OfficeHabit, speech: Speech) -> Iterator[Paragraph]:
    yield head(speech.say(row.title))
    yield fact(speech.say(say("Here")), in_days(row, row.days, speech))
    yield fact(speech.say(say("Usual")), in_days(row, row.usual, speech))
    if row.unit != YES_NO:
        lowest, highest = row.lowest, row.highest
        bounds = say(
            "between {lowest} and {highest} days", lowest=lowest, highest=highest
        )
        if row.unit == MONTHS:
            bounds = say(
                "between {lowest} and {highest} months", lowest=lowest, highest=highest
            )
        yield fact(speech.say(say("Possible")), speech.say(bounds))
    if row.own is not None:
        yield blank()
        set_by = say(
            "Set in this register by {who} on {day}: {why}",
            who=row.own.by or "–",
            day=row.own.on or "–",
            why=row.own.why or "–",
        )
        yield bullet(speech.say(set_by), sign="◆")
    yield blank()
    yield paragraph(speech.say(NO_LAW), "$text-muted")


NO_LAW = say(
    "A habit of the office, no rule: every plan counts with it where no text sets a "
    "term."
)


_LABELS = {YES_NO: say("Here"), MONTHS: say("Months")}


def setting(terminal: Terminal, row: OfficeHabit) -> Sheet[Message]:
    """Asks how long it takes here, and why; keeps it, and says so."""
    from jointbuy.tui.dialogs.sheet import Sheet, Slot

    async def keep(values: dict[str, str]) -> Message:
        return await terminal.ask(lambda w: _keep(w, row, values))

    yes_no: tuple[tuple[str, Sayable], ...] = (("1", word("yes")), ("0", word("no")))
    return Sheet(
        row.title,
        (
            Slot(
                id="days",
                label=_LABELS.get(row.unit, say("Days")),
                value="" if row.days is None else str(row.days),
                choices=yes_no if row.unit == YES_NO else (),
                hint=say("Months.") if row.unit == MONTHS else say("Calendar days."),
            ),
            Slot(
                id="why",
                label=say("Why"),
                value=row.own.why if row.own else "",
                hint=say("The reason; required. It stands beside every plan."),
            ),
        ),
        keep,
    )


def _keep(workspace: Workspace, row: OfficeHabit, values: dict[str, str]) -> Message:
    from jointbuy.workspace import last_told

    text = values["days"].strip()
    if not text.isdecimal():
        raise UsageError(say("“{text}” is not a number of days.", text=text))
    if not values["why"].strip():
        raise UsageError(say("Say why this differs from the usual practice."))
    workspace.set_practice(row.id, int(text), why=values["why"])
    return last_told(workspace)


def unset(workspace: Workspace, id_: str) -> Message:
    """Let the usual habit count again; what was done, in a sentence."""
    from jointbuy.workspace import last_told

    workspace.unset_practice(id_)
    return last_told(workspace)
