"""What the lists about centres share: names, columns, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import say
from jointbuy.tui.centres.rows import (
    SOON,
    Named,
    stale,
)
from jointbuy.tui.centres.words import SHORT_PHASES
from jointbuy.tui.listing import Facet
from jointbuy.workspace.words import (
    PHASES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import (
        Deadline,
        FrameworkAgreement,
        PurchasingCentre,
        Record,
    )
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.standing import Offer

EMPTY = say("There is nothing here yet: n notes the first.")


FULL = 80
"""Per cent of a ceiling from which little is left."""


BAR = 5


def named(record: object, id_: str) -> Named:
    """How a record is called; by its id where it is gone."""
    names = getattr(record, "names", None) or getattr(record, "title", None)
    if names is None:
        return Named(id=id_, names={})
    if isinstance(names, str):
        return Named(id=id_, names={"": names})
    aliases = tuple(each.name for each in getattr(record, "aliases", ()))
    return Named(id=id_, names=dict(names.as_dict()), also=aliases)


def title(framework: FrameworkAgreement, speech: Speech) -> str:
    """What a framework agreement is about."""
    return speech.name(framework.title) or framework.id


def through(offer: Offer, speech: Speech) -> str:
    """The centre of a framework agreement."""
    return (offer.centre and speech.name(offer.centre.names)) or offer.framework.centre


def divisions(codes: Iterable[str]) -> tuple[str, ...]:
    """The divisions of the CPV these codes lie in, each once."""
    return tuple(dict.fromkeys(code[:2] for code in codes if code))


def days_text(days: int | None) -> str:
    """Days as a cell shows them."""
    return "" if days is None else str(days)


def marked(days: int | None, *, late: bool) -> str:
    """Days, with a sign where a body cannot decide in time any more."""
    return f"! {days_text(days)}".rstrip() if late else days_text(days)


def nearness(days: int | None) -> str:
    """The tone of days: near or past."""
    if days is None:
        return ""
    if days < 0:
        return "error"
    return "warning" if days <= SOON else ""


def seen_text(day: date | None, on: date, speech: Speech) -> str:
    """When a source was seen; an old one is marked."""
    return ("! " if stale(day, on) else "  ") + speech.day(day)


def also_found(
    framework: FrameworkAgreement, centre: PurchasingCentre | None
) -> list[str]:
    """What else finds a framework agreement: every name, code, lot and alias."""
    found = [framework.id, framework.reference, framework.note, framework.source]
    found += framework.title.as_dict().values()
    found += framework.cpv
    for lot in framework.lots:
        found += [*lot.title.as_dict().values(), *lot.cpv]
    if centre is not None:
        found += centre.names.as_dict().values()
        found += (alias.name for alias in centre.aliases)
    return found


def phase_facet(phase_of: Callable[[Any], str]) -> Facet[Any]:
    """Narrows down by the phase of a framework agreement."""
    order = tuple(PHASES)
    return Facet(
        id="phase",
        heading=say("Phase"),
        value=lambda row: str(order.index(phase_of(row))),
        label=lambda value, speech: speech.say(SHORT_PHASES[order[int(value)]]),
    )


def named_facet(
    id_: str, heading: Message, value: Callable[[Any], str], names: Mapping[str, Record]
) -> Facet[Any]:
    """Narrows down by a record that rows name."""
    return Facet(
        id=id_,
        heading=heading,
        value=lambda row: value(row) or (),
        label=lambda each, speech: named(names.get(each), each).said(speech),
    )


def division_facet(codes: Callable[[Any], Iterable[str]]) -> Facet[Any]:
    """Narrows down by division of the CPV."""
    return Facet(
        id="cpv", heading=say("CPV code"), value=lambda row: divisions(codes(row))
    )


def deadlines_by_subject(found: Iterable[Deadline]) -> dict[str, tuple[Deadline, ...]]:
    """Deadlines by the record they are about."""
    by: dict[str, tuple[Deadline, ...]] = {}
    for each in found:
        by[each.subject] = (*by.get(each.subject, ()), each)
    return by
