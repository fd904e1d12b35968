"""The needs of the register as a list, and the page about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import NeedStatus
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import blank, fact, head, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jointbuy.model import Administration, Need
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace

STATUSES = {
    NeedStatus.DRAFT: word("draft"),
    NeedStatus.OPEN: word("open"),
    NeedStatus.WITHDRAWN: word("withdrawn"),
    NeedStatus.SETTLED: word("settled"),
}


def read_needs(workspace: Workspace) -> Listing[Need]:
    """Every need of the register, drafts and closed ones too."""
    return needs_listing(tuple(workspace.needs().values()), workspace.administrations())


def needs_listing(
    needs: tuple[Need, ...], administrations: Mapping[str, Administration]
) -> Listing[Need]:
    """These needs as a list, with the names of whose they are."""

    def whose(need: Need, speech: Speech) -> str:
        owner = administrations.get(need.administration)
        return owner.name(speech.language) if owner else need.administration

    return Listing(
        rows=needs,
        columns=(
            Column(
                id="title", heading=say("Object"), text=lambda need, _: need.title,
                width=20, grow=3,
            ),
            Column(
                id="administration", heading=say("Administration"), text=whose,
                width=16, grow=2, rank=2,
            ),
            Column(
                id="estimate", heading=say("Estimate"), right=True, width=11, rank=1,
                text=lambda need, speech: speech.amount(need.estimate),
                key=lambda need: need.estimate,
            ),
            Column(
                id="start", heading=say("Start"), width=10, rank=3,
                text=lambda need, speech: speech.day(need.earliest),
                key=lambda need: need.earliest,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=5,
                text=lambda need, _: need.cpv,
            ),
            Column(
                id="state", heading=say("State"), width=11, rank=4,
                text=lambda need, speech: speech.say(STATUSES[need.status]),
            ),
        ),
        also=lambda need: (need.id, need.description, need.service),
        page=lambda need, speech: _page(need, whose(need, speech), speech),
    )  # fmt: skip


def _page(need: Need, owner: str, speech: Speech) -> Iterator[Paragraph]:
    """What is known of a need; nothing is said of what is not."""
    yield head(need.title)
    yield paragraph(owner, "$text-muted")
    if need.description:
        yield blank()
        yield paragraph(need.description)
    yield blank()
    known = (
        (say("Id"), need.id),
        (say("State"), speech.say(STATUSES[need.status])),
        (say("CPV code"), need.cpv),
        (say("Estimate"), speech.euro(need.estimate)),
        (say("Start"), _period(need, speech)),
        (say("Note"), need.note),
    )
    for label, value in known:
        if value:
            yield fact(speech.say(label), value)


def _period(need: Need, speech: Speech) -> str:
    days = [speech.day(day) or "…" for day in (need.earliest, need.latest)]
    return "–".join(days) if need.earliest or need.latest else ""
