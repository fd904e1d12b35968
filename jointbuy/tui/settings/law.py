"""The amounts, shares and terms of the law as they count in this register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word, word_of
from jointbuy.tui.apart import Apart
from jointbuy.tui.citing import citation
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, head, paragraph
from jointbuy.workspace.explaining import every_amount_said
from jointbuy.workspace.words import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.law import Value
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import LegalValue, Workspace

STATES = {
    "own": word("own value"),
    "to_verify": word("to be verified"),
    "not_known": word("not known"),
    "certain": word("read in the text"),
}
SIGNS = {"own": "◆ ", "to_verify": "! ", "not_known": "? ", "certain": "  "}
"""Before the title, so that colour is not the only sign."""

UNSETTLED = ("to_verify", "not_known")


def read_law(workspace: Workspace) -> Listing[LegalValue]:
    """Every value, those that somebody has to look at first."""
    order = list(STATES)
    rows = sorted(workspace.legal_values(), key=lambda row: order.index(row.state))
    titles: dict[str, Apart] = {}

    def short(row: LegalValue, speech: Speech, room: int) -> str:
        """The title in so many columns, told from the others; by language."""
        apart = titles.get(speech.language)
        if apart is None:
            apart = Apart([speech.line(title(each)) for each in rows])
            titles[speech.language] = apart
        sign = SIGNS[row.state]
        return sign + apart.short(speech.line(title(row)), room - len(sign))

    return Listing(
        rows=tuple(rows),
        columns=(
            Column(
                id="title",
                heading=say("Amount, share or term of the law"),
                text=lambda row, speech: SIGNS[row.state] + speech.line(title(row)),
                width=42,
                grow=1,
                tone=lambda row: "warning" if row.state in UNSETTLED else "",
                short=short,
            ),
            Column(
                id="value",
                heading=say("Value"),
                text=lambda row, speech: counted(row.value, speech, brief=True),
                width=12,
                right=True,
            ),
            Column(
                id="state",
                heading=say("State"),
                text=lambda row, speech: speech.line(STATES[row.state]),
                key=lambda row: order.index(row.state),
                width=22,
                rank=1,
                tone=lambda row: "warning" if row.state in UNSETTLED else "",
            ),
            Column(
                id="until",
                heading=say("Until"),
                text=lambda row, speech: speech.day(
                    row.value.until if row.value else None
                ),
                key=lambda row: str(row.value.until if row.value else ""),
                width=10,
                rank=2,
            ),
        ),
        facets=(
            Facet(
                id="state",
                heading=say("State"),
                value=lambda row: row.state,
                label=lambda state, speech: speech.line(STATES[state]),
            ),
        ),
        also=lambda row: (row.id,),
        page=_page,
    )


def title(row: LegalValue) -> Message | Arg:
    """What the value is about."""
    return word_of(row.parameter.title)


def counted(value: Value | None, speech: Speech, *, brief: bool = False) -> str:
    """A value with what it is counted in; `brief` where there is little room."""
    if value is None:
        return ""
    every = every_amount_said(value)
    if every is not None:
        return speech.line(word("any amount")) if brief else speech.say(every)
    match value.unit:
        case "euro":
            return f"{speech.number(value.value)} €"
        case "per_cent":
            return f"{speech.number(value.value)} %"
        case unit:
            return f"{speech.number(value.value)} {speech.line(UNITS[unit])}"


def _page(row: LegalValue, speech: Speech) -> Iterator[Paragraph]:
    yield head(speech.say(title(row)))
    state = f"{SIGNS[row.state]}{speech.line(STATES[row.state])}".strip()
    tone = "$text-warning" if row.state in UNSETTLED else ""
    yield paragraph(state, tone)
    yield blank()
    if row.value is None:
        unknown = say("No value is known on {day}.", day=row.on)
        yield bullet(speech.say(unknown), sign="?")
    else:
        now = say("On {day}: {value}.", day=row.on, value=counted(row.value, speech))
        yield paragraph(speech.say(now))
        yield paragraph(citation(row.value.citation, speech), "$text-muted")
    if row.state in UNSETTLED:
        yield blank()
        yield paragraph(speech.say(VERIFY))
    for each in row.own:
        yield blank()
        set_by = say(
            "Set in this register: {value} from {day}, read in {source}.",
            value=speech.number(each.value),
            day=each.start,
            source=f"{each.source}, {each.article}".rstrip(", "),
        )
        yield bullet(speech.say(set_by), sign="◆")
        if each.checked is not None:
            by = say(
                "Compared with the text on {day} by {who}.",
                day=each.checked,
                who=each.by or "–",
            )
            yield paragraph(speech.say(by), "$text-muted", indent=2)
        if each.note:
            yield paragraph(each.note, indent=2)
    yield blank()
    yield paragraph(speech.say(say("All values jointbuy holds:")), "$text-muted")
    for value in reversed(row.parameter.values):
        period = speech.day(value.start) + " –"
        if value.until is not None:
            period += f" {speech.day(value.until)}"
        yield bullet(f"{period}: {counted(value, speech)}")
        yield paragraph(citation(value.citation, speech), "$text-muted", indent=2)


VERIFY = say(
    "Ask the supervisory authority or read the text in force, then set the value here "
    "(e) with the text and the day you compared it."
)
