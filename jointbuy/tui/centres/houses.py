"""Purchasing centres side by side: what each administration uses, and could use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import named as called
from jointbuy.errors import say, word
from jointbuy.model import JOINED
from jointbuy.tui.centres.adhesions import joinings_of
from jointbuy.tui.centres.columns import (
    EMPTY,
    division_facet,
    named,
    seen_text,
)
from jointbuy.tui.centres.pieces import (
    MUTED,
    decision_told,
    fact_if,
    joint,
    period_text,
    source_told,
    under,
    yes_no,
)
from jointbuy.tui.centres.rows import (
    SOON,
    House,
    Named,
    stale,
)
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import Paragraph, blank, bullet, head, heading
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.tui.speech import folded
from jointbuy.workspace.standing import offers
from jointbuy.workspace.words import (
    ADHESION_STANDS,
    ADMINISTRATION_KINDS,
    PHASES,
    REGIONS,
    USED_BY,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from jointbuy.model import Administration
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.inventory import Gap, Inventory, Place

WIDTH = 14

PLACES = {
    "USES": ("✓", "success", word("uses it")),
    "JOINED": ("✓", "", word("joined")),
    "COULD": ("◆", "accent", word("could")),
    "ASK": ("?", "warning", word("to ask")),
    "CLOSED": ("✗", "muted", word("not open")),
    "NONE": ("·", "muted", word("none")),
}
"""How a cell shows what an administration does with a centre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A centre before one administration: what it uses there, and what it could."""

    house: House
    who: Administration
    place: Place
    gaps: tuple[Gap, ...] = ()

    @property
    def id(self) -> str:
        """That of the centre."""
        return self.house.id

    @property
    def stands(self) -> str:
        """What it does there: the one word of its cell."""
        if self.place.uses:
            return "USES"
        if self.place.joined:
            return "COULD" if self.gaps else "JOINED"
        if self.gaps:
            return "COULD" if any(gap.open for gap in self.gaps) else "ASK"
        return {"NO": "CLOSED", "UNKNOWN": "ASK"}.get(self.place.admitted, "NONE")


def stand_said(stands: str, speech: Speech) -> str:
    """A sign and a word."""
    sign, _, what = PLACES[stands]
    return f"{sign} {speech.say(what)}"


def read_centres(workspace: Workspace) -> Listing[House]:
    """Every centre beside what each administration uses there, and what it could."""
    on, found, language = workspace.on, offers(workspace), workspace.language
    joinings = joinings_of(workspace, found, ())
    beside = workspace.inventory()
    rows = tuple(
        House(
            centre=centre,
            offers=tuple(o for o in found if o.framework.centre == centre.id),
            members=tuple(j for j in joinings if j.adhesion.centre == centre.id),
        )
        for centre in workspace.centres().values()
    )
    rooms = _rooms(rows, beside)
    titles = {
        offer.framework.id: named(offer.framework, offer.framework.id)
        for offer in found
    }
    names = workspace.administrations()

    def stands(row: House, who: Administration) -> str:
        room = rooms.get((row.id, who.id))
        return room.stands if room else "NONE"

    def place(who: Administration) -> Column[House]:
        return Column(
            id=f"at.{who.id}",
            heading=say("{name}", name=called(who.names, who.id)),
            width=WIDTH,
            own=True,
            text=lambda row, speech: stand_said(stands(row, who), speech),
            tone=lambda row: PLACES[stands(row, who)][1],
        )

    def cell(row: House, column: str) -> House | Room:
        return rooms.get((row.id, column.removeprefix("at.")), row)

    def page(row: House | Room, speech: Speech) -> Iterator[Paragraph]:
        if isinstance(row, Room):
            yield from room_page(row, titles, names, on, speech)
            yield blank()
            yield from _house(row.house, on, speech)
        else:
            yield from centre_page(row, on, speech)

    return Listing(
        rows=rows,
        held=1,
        cell=cell,
        empty=EMPTY,
        sort="name",
        columns=(
            Column(
                id="name", heading=say("Name"), width=18, grow=2,
                text=lambda row, speech: (
                    ("! " if stale(row.centre.checked, on) else "")
                    + (speech.name(row.centre.names) or row.id)
                ),
                key=lambda row: folded(row.centre.names.get(language) or row.id),
                tone=lambda row: "warning" if stale(row.centre.checked, on) else "",
            ),
            *(place(who) for who in beside.administrations),
            Column(
                id="checked", heading=say("Checked on"), width=12,
                text=lambda row, speech: seen_text(row.centre.checked, on, speech),
                key=lambda row: row.centre.checked,
                tone=lambda row: "warning" if stale(row.centre.checked, on) else "",
            ),
            Column(
                id="certainty", heading=say("Certainty"), width=4,
                text=lambda row, _: row.centre.certainty,
            ),
            Column(
                id="regions", heading=say("Regions"), width=18,
                text=lambda row, speech: ", ".join(
                    speech.say(REGIONS[each]) for each in row.centre.regions
                ),
            ),
        ),
        also=lambda row: (
            row.id,
            row.centre.enterprise_number,
            row.centre.source,
            *row.centre.names.as_dict().values(),
            *(alias.name for alias in row.centre.aliases),
            *row.centre.joining.as_dict().values(),
        ),
        facets=(
            Facet(
                id="region", heading=say("Regions"),
                value=lambda row: tuple(each.name for each in row.centre.regions),
                label=lambda value, speech: next(
                    speech.say(word) for each, word in REGIONS.items()
                    if each.name == value
                ),
            ),
            Facet(
                id="kind", heading=say("For whom"),
                value=lambda row: tuple(each.name for each in row.centre.kinds),
                label=lambda value, speech: next(
                    speech.say(word) for each, word in ADMINISTRATION_KINDS.items()
                    if each.name == value
                ),
            ),
            division_facet(lambda row: row.centre.cpv),
        ),
        page=page,
    )  # fmt: skip


def _rooms(rows: Iterable[House], beside: Inventory) -> dict[tuple[str, str], Room]:
    gaps: dict[tuple[str, str], tuple[Gap, ...]] = {}
    for gap in beside.gaps:
        key = gap.centre, gap.administration
        gaps[key] = (*gaps.get(key, ()), gap)
    return {
        (row.id, who.id): Room(
            house=row, who=who, place=place, gaps=gaps.get((row.id, who.id), ())
        )
        for row in rows
        for who in beside.administrations
        if (place := beside.cells.get((who.id, row.id))) is not None
    }


def room_page(
    room: Room,
    titles: Mapping[str, Named],
    known: Mapping[str, Administration],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    """What has to be done so that it can use what others use, then what it uses."""
    centre = room.house.centre
    yield head(
        speech.say(
            say(
                "{one} – {other}",
                one=speech.name(centre.names) or centre.id,
                other=room.who.name(speech.language),
            )
        )
    )
    states = ", ".join(
        speech.say(ADHESION_STANDS[each.name]) for each in room.place.states
    )
    yield text_of(joint(stand_said(room.stands, speech), states), MUTED)
    for gap in room.gaps:
        yield from _gap(gap, titles, known, on, speech)
    for used in room.place.used:
        title = titles[used.framework].said(speech) if used.framework in titles else ""
        ways = ", ".join(speech.say(USED_BY[way]) for way in used.ways)
        yield bullet(joint(title or used.framework, ways), sign="✓")
        yield from under(speech, say("Per year"), speech.euro(used.yearly))
        yield from under(speech, say("Ordered"), speech.euro(used.ordered))


def _gap(
    gap: Gap,
    titles: Mapping[str, Named],
    known: Mapping[str, Administration],
    on: date,
    speech: Speech,
) -> Iterator[Paragraph]:
    title = titles[gap.framework].said(speech) if gap.framework in titles else ""
    urgent = gap.until is not None and (gap.until - on).days <= SOON
    yield bullet(
        joint(title, speech.say(gap.todo)),
        sign="!" if urgent or not gap.open else "·",
        style="$text-warning" if urgent else "",
    )
    yield text_of(speech.say(gap.why), MUTED, indent=2)
    yield from under(speech, say("Until"), speech.day(gap.until))
    users = ", ".join(
        known[id_].name(speech.language) if id_ in known else id_ for id_ in gap.users
    )
    yield from under(speech, say("Who uses it"), users)


def centre_page(row: House, on: date, speech: Speech) -> Iterator[Paragraph]:
    """A centre: how to join it, what it offers, who joined it."""
    yield head(speech.name(row.centre.names) or row.id)
    yield from _house(row, on, speech)


def _house(row: House, on: date, speech: Speech) -> Iterator[Paragraph]:
    centre = row.centre
    aliases = [
        f"{a.name} ({period_text(a.period.start, a.period.end, speech)})"
        if a.period.start or a.period.end
        else a.name
        for a in centre.aliases
    ]
    yield from fact_if(speech, say("Other names"), ", ".join(aliases))
    kinds = ", ".join(speech.say(ADMINISTRATION_KINDS[each]) for each in centre.kinds)
    regions = ", ".join(speech.say(REGIONS[each]) for each in centre.regions)
    yield from fact_if(speech, say("For whom"), joint(kinds, regions))
    yield from fact_if(speech, say("How to join"), speech.name(centre.joining))
    if row.offers:
        yield blank()
        yield heading(speech.say(say("Frameworks")))
        for offer in row.offers:
            told = say(
                "{head}: {rest}",
                head=speech.name(offer.framework.title) or offer.framework.id,
                rest=PHASES[offer.phase],
            )
            yield bullet(speech.say(told))
    if row.members:
        yield blank()
        yield heading(speech.say(say("Adhesions")))
        for each in row.members:
            joined = each.adhesion.status in JOINED
            yield bullet(
                speech.say(
                    say(
                        "{head}: {rest}",
                        head=each.who.said(speech),
                        rest=decision_told(each.adhesion, speech),
                    )
                ),
                sign="✓" if joined else "·",
                style="$text-success" if joined else "",
            )
    yield blank()
    yield from fact_if(speech, say("CPV code"), ", ".join(centre.cpv))
    yield from fact_if(speech, say("Enterprise number"), centre.enterprise_number)
    yield from fact_if(
        speech,
        say("Is it itself a contracting authority?"),
        yes_no(centre.contracting_authority, speech),
    )
    yield from fact_if(
        speech,
        say("How sure it is, from A (seen in a source) to D (not known)"),
        centre.certainty,
    )
    for condition in centre.conditions:
        who = ", ".join(
            [
                *(speech.say(REGIONS[region]) for region in condition.regions),
                *(speech.say(ADMINISTRATION_KINDS[kind]) for kind in condition.kinds),
            ]
        )
        when = period_text(condition.period.start, condition.period.end, speech)
        yield from fact_if(speech, say("Admits"), joint(who, when))
    yield from fact_if(speech, say("Territory"), ", ".join(centre.territory))
    yield from fact_if(speech, say("Note"), centre.note)
    yield from source_told(centre.source, centre.checked, say("Checked on"), on, speech)
    yield from fact_if(speech, say("Id"), centre.id)
