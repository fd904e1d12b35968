"""The acts of the bodies: who decides, what is sent to whom, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.apart import Apart
from jointbuy.tui.citing import citation, citations
from jointbuy.tui.legal.findings import headed
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, head, heading, paragraph
from jointbuy.workspace import points
from jointbuy.workspace.competences import DUES
from jointbuy.workspace.words import REGIONS, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.law import Act
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Competence, Point, Share

SIGNS = {"YES": "✓", "NO": "–", "UNKNOWN": "?"}
TONES = {"YES": "", "NO": "muted", "UNKNOWN": "accent"}
STYLES = {"YES": "", "NO": "$text-muted", "UNKNOWN": "$text-accent"}
"""Beside the word; a colour never stands alone."""

NOBODY = say(
    "A free check knows no administrations. Open a proposal to see who decides what in "
    "each of them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One act of one administration, as a row."""

    share: Share
    act: Act

    @property
    def id(self) -> str:
        """The administration and the stage."""
        return f"{self.share.administration.id} {self.act.stage.name}"


def acts_listing(found: Competence | None) -> Listing[Taken]:
    """Every act in the order in which each administration takes it."""
    shares = found.shares if found else ()
    rows = tuple(Taken(share=share, act=act) for share in shares for act in share.acts)

    def short(taken: Taken, speech: Speech, room: int) -> str:
        """Who decides, told from the other bodies."""
        every = {_decides(each, speech) for each in rows}
        return Apart(sorted(every)).short(_decides(taken, speech), room)

    return Listing(
        rows=rows,
        columns=(
            Column(
                id="who", heading=say("Who"), width=14, grow=2, text=_who,
            ),
            Column(
                id="stage", heading=say("Stage"), width=33, grow=1, text=_stage,
                key=rows.index, tone=_tone,
            ),
            Column(
                id="decides", heading=say("Decides"), width=26, grow=1, rank=1,
                text=_decides, short=short,
            ),
            Column(
                id="sent", heading=say("Sending"), width=18, rank=2, text=_sent,
                tone=_tone,
            ),
        ),
        facets=(
            Facet(
                id="who", heading=say("Who"),
                value=lambda taken: taken.share.administration.id,
                label=lambda value, speech: next(
                    (
                        share.administration.name(speech.language)
                        for share in shares
                        if share.administration.id == value
                    ),
                    value,
                ),
            ),
        ),
        page=_page,
        empty=NOBODY,
    )  # fmt: skip


def _who(taken: Taken, speech: Speech) -> str:
    return taken.share.administration.name(speech.language)


def _decides(taken: Taken, speech: Speech) -> str:
    return speech.line(taken.act.organ) if taken.act.organ else "?"


def _stage(taken: Taken, speech: Speech) -> str:
    return f"{_sign(taken)} {speech.line(STAGES[taken.act.stage])}"


def _sign(taken: Taken) -> str:
    """Whether it is sent; nothing where nothing is to be sent of such an act."""
    return SIGNS[taken.act.sent.name] if taken.act.sending else " "


def _tone(taken: Taken) -> str:
    return TONES[taken.act.sent.name] if taken.act.sending else ""


def _sent(taken: Taken, speech: Speech) -> str:
    return speech.line(DUES[taken.act.sent.name]) if taken.act.sending else ""


def _page(taken: Taken, speech: Speech) -> Iterator[Paragraph]:
    act = taken.act
    yield head(f"{speech.line(STAGES[act.stage])} – {_who(taken, speech)}")
    region = taken.share.administration.region
    if region is not None:
        yield paragraph(speech.line(REGIONS[region]), "$text-muted")
    organ = speech.line(act.organ) if act.organ else speech.say(say("not known here"))
    yield paragraph(headed(speech.say(say("Decides")), organ, speech))
    if act.written is not None:
        yield paragraph(f"({citation(act.written, speech)})", "$text-muted")
    for note in act.notes:
        yield bullet(speech.say(note))
    every = points(act)
    for title, some in (
        (say("In its place"), [each for each in every if each.instead]),
        (say("Before the decision"), [e for e in every if e.before and not e.instead]),
        (say("After the decision"), [each for each in every if not each.before]),
    ):
        if some:
            yield blank()
            yield heading(speech.say(title))
            for point in some:
                yield from _point(point, speech)


def _point(point: Point, speech: Speech) -> Iterator[Paragraph]:
    due = point.due.name
    what = f"{speech.line(point.head)} [{speech.line(point.mark)}]"
    said = speech.say(point.message)
    if point.why is not None:
        said = f"{said.rstrip('.')}. {speech.say(point.why)}"
    yield bullet(headed(what, said, speech), sign=SIGNS[due], style=STYLES[due])
    if point.basis:
        cited = citations(point.basis, speech)
        yield paragraph(f"({cited})", "$text-muted", indent=2)
