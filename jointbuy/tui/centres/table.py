"""The table of adhesions: administrations by the domains of a programme or centres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jointbuy.errors import named, say
from jointbuy.model import AdhesionStatus
from jointbuy.tui.centres.pieces import (
    MUTED,
    decision_told,
    fact_if,
    joint,
    source_told,
    under,
)
from jointbuy.tui.centres.words import CELL_STATES, REACHED
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import blank, bullet, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.words import ADHESION_STANDS, ADHESION_STATES, REACHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jointbuy.centres.joining import Cell
    from jointbuy.centres.joining import Column as Joined
    from jointbuy.centres.minimum import Threshold
    from jointbuy.centres.programmes import AdhesionTable
    from jointbuy.centres.twins import Difference
    from jointbuy.errors import Arg, Message
    from jointbuy.model import Adhesion, Administration, PurchasingCentre
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace

WIDTH = 16
"""Columns of a cell: a sign and a word, in every language."""
THRESHOLD = "threshold"
STATES = tuple(CELL_STATES)
DASH = " – "

NO_TABLE = say(
    "There is nothing to join yet: n notes a programme with its domains, d an adhesion."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: an administration, what is joined, or the minimum of each domain."""

    who: Administration | None = None
    joined: Joined | None = None

    @property
    def id(self) -> str:
        """That of the administration or the domain."""
        one = self.who or self.joined
        return one.id if one else THRESHOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell of the table: an administration before what is joined, or its minimum."""

    joined: Joined
    who: Administration | None = None
    cell: Cell | None = None
    threshold: Threshold | None = None
    adhesion: Adhesion | None = None

    @property
    def id(self) -> str:
        """That of the adhesion, or what stands in its place."""
        if self.cell is not None and self.cell.adhesion:
            return self.cell.adhesion
        return f"{self.who.id if self.who else THRESHOLD}.{self.joined.id}"

    @property
    def sign(self) -> str:
        """What stands before its word."""
        return self._shown()[0]

    @property
    def tone(self) -> str:
        """Its colour, which says nothing that the sign and the word do not."""
        return self._shown()[1]

    @property
    def rank(self) -> int | None:
        """Its place among the states, to sort by; none of a minimum."""
        return STATES.index(self.cell.state.name) if self.cell else None

    def said(self, speech: Speech) -> str:
        """Its sign and word."""
        sign, _, what = self._shown()
        return f"{sign} {speech.say(what)}"

    def _shown(self) -> tuple[str, str, Message | Arg]:
        if self.cell is not None:
            return CELL_STATES[self.cell.state.name]
        judged = self.threshold
        if judged is None:
            return REACHED["NONE"]
        if judged.reach.name == "MISSING":
            return ("!", "error", say("missing: {n}", n=judged.missing or 0))
        if judged.reach.name == "REACHED" and judged.in_every_case.name != "REACHED":
            return ("!", "warning", say("not surely"))
        return REACHED[judged.reach.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What the table was read from, and what the pages of its cells need besides."""

    table: AdhesionTable
    adhesions: Mapping[str, Adhesion]
    centres: Mapping[str, PurchasingCentre]
    twins: Mapping[str, tuple[Difference, ...]]

    def spot(self, who: Administration | None, joined: Joined) -> Spot:
        """The cell of an administration, or the minimum, before what is joined."""
        if who is None:
            threshold = self.table.thresholds.get(joined.id)
            return Spot(joined=joined, threshold=threshold)
        cell = self.table.cells[who.id, joined.id]
        adhesion = self.adhesions.get(cell.adhesion)
        return Spot(joined=joined, who=who, cell=cell, adhesion=adhesion)


def programmes_of(workspace: Workspace) -> tuple[str, ...]:
    """What there is a table of: each programme, then what is joined outside them."""
    ids = list(workspace.programmes())
    if not ids or any(not each.programme for each in workspace.adhesions().values()):
        ids.append("")
    return tuple(ids)


def read_table(workspace: Workspace, programme: str | None = None) -> Listing[Line]:
    """The table of a programme; of the first one, where none is named."""
    known = programmes_of(workspace)
    id_ = programme if programme in known else known[0]
    table = workspace.adhesion_table(id_)
    grounds = Grounds(
        table=table,
        adhesions=workspace.adhesions(),
        centres=workspace.centres(),
        twins={
            joined.id: workspace.compare_adhesions(twins)
            for joined in table.columns
            if len(twins := twins_of(table, joined.id)) > 1
        },
    )
    across = len(table.columns) <= len(table.administrations)
    return _by_domain(grounds) if across else _by_administration(grounds)


def twins_of(table: AdhesionTable, joined: str) -> tuple[str, ...]:
    """The adhesions of all administrations to the same."""
    cells = (table.cells[who.id, joined] for who in table.administrations)
    return tuple(cell.adhesion for cell in cells if cell.adhesion)


def heads_of(columns: Sequence[Joined]) -> dict[str, Arg]:
    """The names of what is joined, without the beginning that all of them share."""
    found: dict[str, dict[str, str]] = {each.id: {} for each in columns}
    for language in ("fr", "nl", "de", "en"):
        names = {each.id: each.names.get(language) for each in columns}
        parts = {id_: name.partition(DASH) for id_, name in names.items() if name}
        alike = len({first for first, _, _ in parts.values()}) == 1
        shared = len(parts) > 1 and alike and all(rest for _, _, rest in parts.values())
        for id_, (first, dash, rest) in parts.items():
            found[id_][language] = rest if shared else f"{first}{dash}{rest}"
    return {id_: named(names, id_) for id_, names in found.items()}


def _cell_column(id_: str, heading_: Arg, spot: Any) -> Column[Line]:  # noqa: ANN401
    return Column(
        id=id_,
        heading=say("{name}", name=heading_),
        width=WIDTH,
        own=True,
        text=lambda line, speech: spot(line).said(speech),
        key=lambda line: spot(line).rank,
        tone=lambda line: spot(line).tone,
    )


def _by_domain(grounds: Grounds) -> Listing[Line]:
    """Administrations below each other, what they join beside each other."""
    table = grounds.table
    rows = [Line(who=who) for who in table.administrations]
    if table.thresholds:
        rows.append(Line())
    by_id = {joined.id: joined for joined in table.columns}
    heads = heads_of(table.columns)

    def column(joined: Joined) -> Column[Line]:
        return _cell_column(
            joined.id,
            heads[joined.id],
            lambda line: grounds.spot(line.who, joined),
        )

    return Listing(
        rows=tuple(rows),
        held=1,
        cell=lambda line, id_: grounds.spot(line.who, by_id[id_]),
        empty=NO_TABLE,
        columns=(
            Column(
                id="administration",
                heading=say("Administration"),
                width=22,
                grow=1,
                text=lambda line, speech: (
                    line.who.name(speech.language)
                    if line.who
                    else speech.say(say("Minimum"))
                ),
            ),
            *(column(joined) for joined in table.columns),
        ),
        page=lambda spot, speech: spot_page(spot, grounds, speech),
    )


def _by_administration(grounds: Grounds) -> Listing[Line]:
    """What is joined below each other, administrations beside each other."""
    table = grounds.table
    by_id = {who.id: who for who in table.administrations}

    def spot(line: Line, id_: str) -> Spot:
        if line.joined is None:
            raise LookupError(id_)
        return grounds.spot(by_id.get(id_), line.joined)

    def column(id_: str, name: Arg) -> Column[Line]:
        return _cell_column(id_, name, lambda line: spot(line, id_))

    columns = [column(who.id, named(who.names, who.id)) for who in by_id.values()]
    if table.thresholds:
        minimum = column(THRESHOLD, named({}))
        columns.append(
            Column(
                id=THRESHOLD,
                heading=say("Minimum"),
                width=WIDTH,
                text=minimum.text,
                tone=minimum.tone,
            )
        )
    return Listing(
        rows=tuple(Line(joined=joined) for joined in table.columns),
        held=1,
        cell=spot,
        empty=NO_TABLE,
        columns=(
            Column(
                id="domain",
                heading=say("Domain"),
                width=22,
                grow=1,
                text=lambda line, speech: (
                    speech.name(line.joined.names) or line.joined.id
                    if line.joined
                    else ""
                ),
            ),
            *columns,
        ),
        page=lambda spot, speech: spot_page(spot, grounds, speech),
    )


# The page of a cell.


def spot_page(spot: Spot, grounds: Grounds, speech: Speech) -> Iterator[Paragraph]:
    """How it stands and what to do; then the decision with all that hangs on it."""
    joined = spot.joined
    name = speech.name(joined.names) or joined.id
    who = spot.who.name(speech.language) if spot.who else speech.say(say("Minimum"))
    yield head(speech.say(say("{one} – {other}", one=name, other=who)))
    yield text_of(_where(grounds, joined, speech), MUTED)
    if spot.cell is not None:
        yield from _stand(spot, spot.cell, speech)
        if spot.adhesion is not None:
            yield from decision_page(spot.adhesion, speech, open_=spot.cell.open)
        yield from _twins(grounds, joined.id, speech)
    elif spot.threshold is not None:
        yield from _minimum(spot.threshold, grounds, speech)
    programme = grounds.table.programme
    if programme is not None:
        yield blank()
        yield from fact_if(speech, say("Note"), programme.note)
        yield from source_told(
            programme.source,
            programme.seen_on,
            say("Seen on"),
            grounds.table.on,
            speech,
        )


def _where(grounds: Grounds, joined: Joined, speech: Speech) -> str:
    programme, centre = grounds.table.programme, grounds.centres.get(joined.centre)
    return joint(
        (speech.name(programme.names) or programme.id) if programme else "",
        (centre and speech.name(centre.names)) or joined.centre,
    )


def _stand(spot: Spot, cell: Cell, speech: Speech) -> Iterator[Paragraph]:
    style = f"$text-{spot.tone}" if spot.tone else ""
    stands = say("{head}: {rest}", head=ADHESION_STANDS[cell.state.name], rest=cell.why)
    yield bullet(speech.say(stands), sign=spot.sign, style=style)
    if cell.todo is not None:
        yield text_of(speech.say(cell.todo), indent=2)
    yield from under(speech, say("To be decided by"), speech.day(cell.due))


def _minimum(
    judged: Threshold, grounds: Grounds, speech: Speech
) -> Iterator[Paragraph]:
    told = say("{head}: {rest}", head=REACHES[judged.reach.name], rest=judged.why)
    yield bullet(
        speech.say(told),
        sign=Spot(joined=grounds.table.columns[0], threshold=judged).sign,
    )
    if judged.todo is not None:
        yield text_of(speech.say(judged.todo), indent=2)
    names = {who.id: who.name(speech.language) for who in grounds.table.administrations}
    for label, ids in (
        (say("Counted in every case"), judged.firm),
        (say("Counted, but may fall away"), judged.loose),
        (say("Decided, not counted"), judged.held),
        (say("Not decided yet"), judged.pending),
    ):
        told_names = ", ".join(names.get(id_, id_) for id_ in ids)
        yield from fact_if(speech, label, told_names)
    yield from fact_if(speech, say("Minimum"), speech.number(judged.minimum))
    elsewhere = joint(speech.number(judged.elsewhere), speech.day(judged.counted_on))
    yield from fact_if(speech, say("Counted elsewhere by the centre"), elsewhere)


def decision_page(
    adhesion: Adhesion, speech: Speech, *, open_: tuple[Any, ...] = ()
) -> Iterator[Paragraph]:
    """What was decided, under which reservations, and what reopens it."""
    yield from fact_if(speech, say("Decision"), decision_told(adhesion, speech))
    yield from fact_if(speech, say("Body that decided"), adhesion.body)
    signed = speech.day(adhesion.convention_on)
    yield from fact_if(speech, say("Day on which the convention was signed"), signed)
    yield from fact_if(
        speech, say("Cost that was presented"), speech.euro(adhesion.budget)
    )
    yield from fact_if(speech, say("Cost known now"), speech.euro(adhesion.cost))
    yield from fact_if(speech, say("Cost known since"), speech.day(adhesion.cost_on))
    if adhesion.reservations:
        yield heading(speech.say(say("Reservations")))
        for each in adhesion.reservations:
            yield bullet(each.text)
            yield from under(speech, say("Place in the decision"), each.place)
    yield from _triggers(adhesion, open_, speech)
    yield from fact_if(speech, say("Note"), adhesion.note)
    yield from fact_if(speech, say("Id"), adhesion.id)


def _triggers(
    adhesion: Adhesion, open_: tuple[Any, ...], speech: Speech
) -> Iterator[Paragraph]:
    if adhesion.triggers or adhesion.reopenings or open_:
        yield heading(speech.say(say("Events that reopen it")))
    for trigger in adhesion.triggers:
        yield bullet(trigger)
    for each in open_:
        if each.by_itself:
            told = say("{head}: {rest}", head=each.trigger, rest=each.what)
            yield bullet(speech.say(told), sign="!", style="$text-warning")
    for each in adhesion.reopenings:
        yield bullet(
            joint(speech.day(each.on), each.trigger, each.what),
            sign="✓" if each.settled_on else "!",
            style="" if each.settled_on else "$text-warning",
        )
        settled = joint(speech.day(each.settled_on), each.how)
        yield from under(speech, say("Settled"), settled)


def _twins(grounds: Grounds, joined: str, speech: Speech) -> Iterator[Paragraph]:
    """In what the decisions of several bodies on the same thing differ."""
    found = grounds.twins.get(joined)
    if found is None:
        return
    yield blank()
    yield heading(speech.say(say("Compared with the other decisions")))
    if not found:
        yield bullet(speech.say(say("The decisions are alike.")), sign="✓")
    owners = {each.id: each.administration for each in grounds.adhesions.values()}
    names = {who.id: who.name(speech.language) for who in grounds.table.administrations}
    for each in found:
        yield bullet(speech.say(each.label), sign="!")
        for id_, value in each.values.items():
            who = owners.get(id_, id_)
            told = say(
                "{head}: {rest}",
                head=names.get(who, who),
                rest=_value_said(each.field, value, speech),
            )
            yield text_of(speech.say(told), indent=2)


def _value_said(field: str, value: str | date | Decimal | None, speech: Speech) -> str:
    """What one decision says on a point."""
    if isinstance(value, Decimal):
        return speech.euro(value)
    if isinstance(value, date):
        return speech.day(value)
    if field == "status" and value:
        return speech.say(ADHESION_STATES[AdhesionStatus[value]])
    if field in {"reservation", "trigger"} and value == "":
        return "✓"
    return value or "–"
