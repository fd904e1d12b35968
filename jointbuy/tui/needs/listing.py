"""The needs of the register as a list, and the page about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word
from jointbuy.model import BudgetKind, ContactPerson, Nature, Need, NeedStatus
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph
from jointbuy.workspace.need_words import NEED_STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from jointbuy.model import Administration, Contract
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.needs import LastChange

TONES = {
    NeedStatus.DRAFT: "accent",
    NeedStatus.WITHDRAWN: "muted",
    NeedStatus.SETTLED: "muted",
}
NATURES = {
    Nature.WORKS: word("works"),
    Nature.SUPPLIES: word("supplies"),
    Nature.SERVICES: word("services"),
}
BUDGETS = {
    BudgetKind.ORDINARY: word("ordinary budget"),
    BudgetKind.EXTRAORDINARY: word("extraordinary budget"),
}
YES, NO = word("yes"), word("no")
ALIVE = (NeedStatus.DRAFT, NeedStatus.OPEN)
"""Needs that are still to be bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the page of a need says besides the need: names, the day, who was last."""

    administrations: Mapping[str, Administration]
    contacts: Mapping[str, ContactPerson]
    contracts: Mapping[str, Contract]
    last: Mapping[str, LastChange]
    on: date

    def whose(self, need: Need, speech: Speech) -> str:
        """The name of its administration."""
        owner = self.administrations.get(need.administration)
        return owner.name(speech.language) if owner else need.administration


def read_needs(workspace: Workspace) -> Listing[Need]:
    """Every need of the register, drafts and closed ones too."""
    around = Around(
        administrations=workspace.administrations(),
        contacts=workspace.contacts(),
        contracts=workspace.contracts(),
        last=workspace.last_changes(Need),
        on=workspace.on,
    )
    return needs_listing(tuple(workspace.needs().values()), around)


def needs_listing(needs: tuple[Need, ...], around: Around) -> Listing[Need]:
    """These needs as a list, with the names of whose they are."""

    def overdue(need: Need) -> str:
        return "warning" if passed(need, around.on) else ""

    return Listing(
        rows=needs,
        columns=(
            Column(
                id="title", heading=say("Object"), text=lambda need, _: need.title,
                width=30, grow=3, tone=lambda need: TONES.get(need.status, ""),
            ),
            Column(
                id="administration", heading=say("Administration"), text=around.whose,
                width=16, grow=2, rank=2,
            ),
            Column(
                id="estimate", heading=say("Estimate"), right=True, width=11, rank=1,
                text=lambda need, speech: speech.amount(need.estimate),
                key=lambda need: need.estimate,
            ),
            Column(
                id="start", heading=say("Start"), width=10, rank=3, tone=overdue,
                text=lambda need, speech: speech.day(need.earliest),
                key=lambda need: need.earliest,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=5,
                text=lambda need, _: need.cpv,
            ),
            Column(
                id="state", heading=say("State"), width=13, rank=4,
                text=lambda need, speech: speech.say(NEED_STATES[need.status]),
                tone=lambda need: TONES.get(need.status, ""),
            ),
        ),
        also=lambda need: (need.id, need.description, need.service, need.note),
        facets=(
            Facet(
                id="state", heading=say("State"),
                value=lambda need: need.status.name,
                label=lambda name, speech: speech.say(NEED_STATES[NeedStatus[name]]),
            ),
            Facet(
                id="administration", heading=say("Administration"),
                value=lambda need: need.administration,
                label=lambda id_, speech: _name_of(around, id_, speech),
            ),
            Facet(
                id="nature", heading=say("Nature"),
                value=lambda need: need.nature.name if need.nature else (),
                label=lambda name, speech: speech.say(NATURES[Nature[name]]),
            ),
            Facet(
                id="year", heading=say("Year of the start"),
                value=lambda need: str(need.earliest.year) if need.earliest else (),
            ),
        ),
        page=lambda need, speech: page(need, around, speech),
        empty=say("There is no need yet: n notes the first, i takes in a file."),
    )  # fmt: skip


def _name_of(around: Around, id_: str, speech: Speech) -> str:
    owner = around.administrations.get(id_)
    return owner.name(speech.language) if owner else id_


def passed(need: Need, on: date) -> bool:
    """Whether a need that is still to be bought should have started already."""
    last = need.latest or need.earliest
    return need.status in ALIVE and last is not None and last < on


def remarks(need: Need, around: Around) -> Iterator[Message]:
    """What an officer should look at, for needs that are still to be bought."""
    if need.status not in ALIVE:
        return
    if passed(need, around.on):
        yield say("Its start has passed: give another day, withdraw it or settle it.")
    if not need.cpv:
        yield say("No CPV code: proposals rest on its words alone.")
    if need.estimate is None:
        yield say("No estimate: the thresholds cannot be compared with it.")
    if need.earliest is None and need.latest is None:
        yield say("No start: it may come together with needs of any year.")
    contact = around.contacts.get(need.contact)
    if contact is None:
        yield say("No contact person follows it up.")
    elif contact.active_until is not None and contact.active_until < around.on:
        yield say(
            "{name} is no longer contact person since {day}: name another.",
            name=contact.name,
            day=contact.active_until,
        )


def page(need: Need, around: Around, speech: Speech) -> Iterator[Paragraph]:
    """What is known of a need, the most important first; nothing of what is not."""
    yield head(need.title)
    who = (around.whose(need, speech), need.service)
    yield paragraph(" · ".join(filter(None, who)), "$text-muted")
    yield paragraph(" · ".join(_main(need, speech)))
    for remark in remarks(need, around):
        yield bullet(speech.say(remark), sign="!", style="$text-warning")
    if need.description:
        yield blank()
        yield paragraph(need.description)
    yield blank()
    for label, told in FACTS:
        if value := told(need, around, speech):
            yield fact(speech.say(label), value)
    if need.requirements:
        yield blank()
        yield heading(speech.say(say("Requirements")))
        for each in need.requirements:
            yield bullet(each)
    last = around.last.get(need.id)
    if last is not None and last.by:
        yield blank()
        yield paragraph(
            speech.say(
                say(
                    "Last changed on {day} by {who}.",
                    day=last.at.astimezone().date(),
                    who=last.by,
                )
            ),
            "$text-muted",
        )


def _main(need: Need, speech: Speech) -> Iterator[str]:
    """State, nature, amount, quantity and period on one line."""
    yield speech.say(NEED_STATES[need.status])
    if need.nature is not None:
        yield speech.say(NATURES[need.nature])
    if need.estimate is not None:
        yield speech.euro(need.estimate)
    if need.quantity is not None:
        yield f"{speech.number(need.quantity)} {need.unit}".strip()
    if period := _period(need, speech):
        yield period


def _period(need: Need, speech: Speech) -> str:
    days = [speech.day(day) or "…" for day in (need.earliest, need.latest)]
    return "–".join(days) if need.earliest or need.latest else ""


def _contact(need: Need, around: Around, _speech: Speech) -> str:
    contact = around.contacts.get(need.contact)
    if contact is None:
        return need.contact
    return " · ".join(filter(None, (contact.name, contact.phone, contact.email)))


def _replaced(need: Need, around: Around, speech: Speech) -> str:
    contract = around.contracts.get(need.replaces)
    if contract is None:
        return need.replaces
    until = f" → {speech.day(contract.end)}" if contract.end else ""
    return f"{contract.title}{until}"


def _budget(need: Need, _around: Around, speech: Speech) -> str:
    kind = speech.say(BUDGETS[need.budget_kind]) if need.budget_kind else ""
    year = str(need.budget_year) if need.budget_year else ""
    return " · ".join(filter(None, (need.budget_article, year, kind)))


def _answer(value: bool | None, speech: Speech) -> str:  # noqa: FBT001
    return "" if value is None else speech.say(YES if value else NO)


def _months(need: Need, _around: Around, _speech: Speech) -> str:
    return "" if need.duration_months is None else str(need.duration_months)


FACTS: tuple[tuple[Message | Arg, Callable[[Need, Around, Speech], str]], ...] = (
    (say("CPV code"), lambda need, _, __: ", ".join((need.cpv, *need.other_cpv))),
    (say("Contact person"), _contact),
    (say("Start"), lambda need, _, speech: _period(need, speech)),
    (say("Duration (months)"), _months),
    (say("Estimation method"), lambda need, _, __: need.estimate_method),
    (say("Place"), lambda need, _, __: need.place),
    (say("NUTS code"), lambda need, _, __: need.territory),
    (say("Budget article"), _budget),
    (
        say("Personal data"),
        lambda need, _, speech: _answer(need.personal_data, speech),
    ),
    (
        say("Already priced through a purchasing centre"),
        lambda need, _, speech: _answer(need.centre_priced, speech),
    ),
    (
        say("Single supplier or regulated price"),
        lambda need, _, speech: _answer(need.single_supplier, speech),
    ),
    (say("Contract it replaces"), _replaced),
    (say("Note"), lambda need, _, __: need.note),
    (say("Language"), lambda need, _, __: need.language.upper()),
    (say("Origin"), lambda need, _, __: need.origin),
    (say("Id"), lambda need, _, __: need.id),
)
"""What is said of a need behind a name, in this order."""
