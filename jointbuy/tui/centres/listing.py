"""The lists about centres: frameworks, calls, centres, adhesions, uses, contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.model import AdhesionStatus
from jointbuy.tui.centres import pages
from jointbuy.tui.centres.rows import (
    SOON,
    Asked,
    House,
    Joining,
    Named,
    Running,
    Using,
    days_to,
    stale,
)
from jointbuy.tui.centres.words import (
    SHORT_ANSWERS,
    SHORT_PHASES,
    SHORT_STATUSES,
)
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import bar
from jointbuy.workspace.standing import JOINED, centre_deadlines, offers
from jointbuy.workspace.words import ADMINISTRATION_KINDS, PHASES, REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.model import Deadline, FrameworkAgreement, PurchasingCentre, Record
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.standing import Offer

CALLS = ("ANNOUNCED", "INTEREST_OPEN", "INTEREST_CLOSED")
"""Phases in which an answer to the call for interest can still matter."""

OPEN = (
    AdhesionStatus.PROPOSED,
    AdhesionStatus.CONDITIONAL,
    AdhesionStatus.NOT_COUNTED,
    AdhesionStatus.IN_REGULARISATION,
    AdhesionStatus.POSTPONED,
)
"""Adhesions on which something is still to be decided."""

FULL = 80
"""Per cent of a ceiling from which little is left."""
BAR = 5

EMPTY = say("There is nothing here yet: n notes the first.")


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


# Parts of rows.


def _days(days: int | None) -> str:
    return "" if days is None else str(days)


def _nearness(days: int | None) -> str:
    if days is None:
        return ""
    if days < 0:
        return "error"
    return "warning" if days <= SOON else ""


def _seen(day: date | None, on: date, speech: Speech) -> str:
    return ("! " if stale(day, on) else "  ") + speech.day(day)


def _used(offer: Offer, speech: Speech) -> str:
    if offer.used is None:
        return ""
    share = written.share(offer.used, speech.language)
    return f"{bar(float(offer.used) / 100, BAR)}{share:>6}"


def _fullness(offer: Offer) -> str:
    if offer.left is not None and offer.left <= 0:
        return "error"
    return "warning" if offer.used is not None and offer.used >= FULL else ""


def _phase_tone(phase: str) -> str:
    return {
        "INTEREST_OPEN": "accent",
        "RUNNING": "success",
        "EXHAUSTED": "warning",
        "ENDED": "muted",
    }.get(phase, "")


def _members(offer: Offer, speech: Speech) -> str:
    return ", ".join(
        each.administration.name(speech.language)
        for each in offer.standings
        if each.counts
    )


def _also(framework: FrameworkAgreement, centre: PurchasingCentre | None) -> list[str]:
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


def _phase_facet(phase_of: Callable[[Any], str]) -> Facet[Any]:
    order = tuple(PHASES)
    return Facet(
        id="phase",
        heading=say("Phase"),
        value=lambda row: str(order.index(phase_of(row))),
        label=lambda value, speech: speech.say(SHORT_PHASES[order[int(value)]]),
    )


def _named_facet(
    id_: str, heading: Message, value: Callable[[Any], str], names: Mapping[str, Record]
) -> Facet[Any]:
    return Facet(
        id=id_,
        heading=heading,
        value=lambda row: value(row) or (),
        label=lambda each, speech: named(names.get(each), each).said(speech),
    )


def _division_facet(codes: Callable[[Any], Iterable[str]]) -> Facet[Any]:
    return Facet(
        id="cpv", heading=say("CPV code"), value=lambda row: divisions(codes(row))
    )


def _by_subject(found: Iterable[Deadline]) -> dict[str, tuple[Deadline, ...]]:
    by: dict[str, tuple[Deadline, ...]] = {}
    for each in found:
        by[each.subject] = (*by.get(each.subject, ()), each)
    return by


# The lists.


def read_frameworks(workspace: Workspace) -> Listing[Offer]:
    """Every framework agreement, what is open first."""
    on, known = workspace.on, workspace.administrations()
    order = tuple(PHASES)
    found = sorted(
        offers(workspace),
        key=lambda each: (order.index(each.phase), days_to(each.until, on) or 0),
    )
    return Listing(
        rows=tuple(found),
        id_of=lambda offer: offer.framework.id,
        empty=EMPTY,
        columns=(
            Column(
                id="phase", heading=say("Phase"), width=13, rank=1,
                text=lambda offer, speech: speech.say(SHORT_PHASES[offer.phase]),
                key=lambda offer: order.index(offer.phase),
                tone=lambda offer: _phase_tone(offer.phase),
            ),
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda offer, speech: title(offer.framework, speech),
            ),
            Column(
                id="centre", heading=say("Through"), width=10, rank=4,
                text=through,
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=2,
                text=lambda offer, _: _days(days_to(offer.until, on)),
                key=lambda offer: days_to(offer.until, on),
                tone=lambda offer: _nearness(days_to(offer.until, on)),
            ),
            Column(
                id="used", heading=say("Used"), width=11, rank=3,
                text=_used, key=lambda offer: offer.used, tone=_fullness,
            ),
            Column(
                id="seen", heading=say("Seen on"), width=12, rank=3,
                text=lambda offer, speech: _seen(offer.framework.seen_on, on, speech),
                key=lambda offer: offer.framework.seen_on,
                tone=lambda offer: (
                    "warning" if stale(offer.framework.seen_on, on) else ""
                ),
            ),
            Column(
                id="interest", heading=say("Interest by"), width=10, rank=5,
                text=lambda offer, speech: speech.day(
                    offer.framework.interest_deadline
                ),
                key=lambda offer: offer.framework.interest_deadline,
            ),
            Column(
                id="in", heading=say("Who is in"), width=14, grow=2, rank=6,
                text=_members,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=7,
                text=lambda offer, _: ", ".join(offer.framework.cpv),
                key=lambda offer: offer.framework.cpv or None,
            ),
            Column(
                id="end", heading=say("End"), width=10, rank=8,
                text=lambda offer, speech: speech.day(offer.framework.end),
                key=lambda offer: offer.framework.end,
            ),
        ),
        also=lambda offer: _also(offer.framework, offer.centre),
        facets=(
            _phase_facet(lambda offer: offer.phase),
            _named_facet(
                "centre", say("Centre"), lambda offer: offer.framework.centre,
                workspace.centres(),
            ),
            _division_facet(lambda offer: offer.framework.cpv),
        ),
        page=lambda offer, speech: pages.framework_page(offer, known, on, speech),
    )  # fmt: skip


def _asked(offer: Offer, on: date) -> Iterable[Asked]:
    """The administrations that an open call concerns, each with its due day.

    Of an older call those whose answer is still awaited.
    """
    for standing in offer.standings:
        own = standing.interest.due if standing.interest else None
        awaited = standing.status == "ASKED" and own is not None and own >= on
        if awaited or (standing.concerned and offer.phase in CALLS):
            yield Asked(
                offer=offer,
                standing=standing,
                due=own or offer.framework.interest_deadline,
            )


def _answer_tone(row: Asked) -> str:
    return {
        "ASKED": "accent",
        "YES": "success",
        "YES_WITHOUT_MAXIMUM": "warning",
        "NO_ANSWER": "error",
    }.get(row.standing.status, "muted")


def read_calls(workspace: Workspace) -> Listing[Asked]:
    """Who has to answer which call for interest, by the days left."""
    on = workspace.on
    known = workspace.administrations()
    rows = [row for offer in offers(workspace) for row in _asked(offer, on)]
    order = tuple(SHORT_ANSWERS)

    def days(row: Asked) -> int | None:
        """Nothing is left to do where the answer is complete."""
        settled = row.standing.status in {"YES", "NO"}
        return None if settled else days_to(row.due, on)

    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=1,
                text=lambda row, _: _days(days(row)), key=days,
                tone=lambda row: _nearness(days(row)),
            ),
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda row, speech: title(row.offer.framework, speech),
            ),
            Column(
                id="administration", heading=say("Administration"), width=16,
                grow=2, rank=1,
                text=lambda row, speech: row.standing.administration.name(
                    speech.language
                ),
            ),
            Column(
                id="answer", heading=say("Answer"), width=16, rank=1,
                text=lambda row, speech: speech.say(SHORT_ANSWERS[row.standing.status]),
                key=lambda row: order.index(row.standing.status),
                tone=_answer_tone,
            ),
            Column(
                id="due", heading=say("Due"), width=10, rank=2,
                text=lambda row, speech: speech.day(row.due), key=lambda row: row.due,
            ),
            Column(
                id="centre", heading=say("Through"), width=10, grow=1, rank=3,
                text=lambda row, speech: through(row.offer, speech),
            ),
            Column(
                id="proof", heading=say("Proof"), width=10, grow=1, rank=4,
                text=lambda row, _: (
                    row.standing.interest.proof.file
                    if row.standing.interest and row.standing.interest.proof
                    else ""
                ),
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=5,
                text=lambda row, _: ", ".join(row.offer.framework.cpv),
            ),
        ),
        also=lambda row: (
            *_also(row.offer.framework, row.offer.centre),
            *row.standing.administration.names.as_dict().values(),
        ),
        facets=(
            Facet(
                id="answer", heading=say("Answer"),
                value=lambda row: str(order.index(row.standing.status)),
                label=lambda value, speech: speech.say(
                    SHORT_ANSWERS[order[int(value)]]
                ),
            ),
            _phase_facet(lambda row: row.offer.phase),
            _named_facet(
                "administration", say("Administration"),
                lambda row: row.standing.administration.id, known,
            ),
            _named_facet(
                "centre", say("Centre"), lambda row: row.offer.framework.centre,
                workspace.centres(),
            ),
            _division_facet(lambda row: row.offer.framework.cpv),
        ),
        page=lambda row, speech: pages.call_page(row, known, on, speech),
    )  # fmt: skip


def _joinings(
    workspace: Workspace, found: Iterable[Offer], todo: Iterable[Deadline]
) -> list[Joining]:
    known, centres = workspace.administrations(), workspace.centres()
    by_centre: dict[str, tuple[Offer, ...]] = {}
    for offer in found:
        id_ = offer.framework.centre
        by_centre[id_] = (*by_centre.get(id_, ()), offer)
    by_subject = _by_subject(todo)
    return [
        Joining(
            adhesion=each,
            who=named(known.get(each.administration), each.administration),
            centre=named(centres.get(each.centre), each.centre),
            offers=by_centre.get(each.centre, ()),
            deadlines=by_subject.get(each.id, ()),
        )
        for each in workspace.adhesions().values()
    ]


def read_centres(workspace: Workspace) -> Listing[House]:
    """Every purchasing centre, with what it offers and who joined it."""
    on, found = workspace.on, offers(workspace)
    joinings = _joinings(workspace, found, ())
    rows = tuple(
        House(
            centre=centre,
            offers=tuple(o for o in found if o.framework.centre == centre.id),
            members=tuple(j for j in joinings if j.adhesion.centre == centre.id),
        )
        for centre in workspace.centres().values()
    )

    def joined(row: House, speech: Speech) -> str:
        return ", ".join(
            dict.fromkeys(
                each.who.said(speech)
                for each in row.members
                if each.adhesion.status in JOINED
            )
        )

    return Listing(
        rows=rows,
        empty=EMPTY,
        sort="name",
        columns=(
            Column(
                id="name", heading=say("Name"), width=18, grow=2,
                text=lambda row, speech: speech.name(row.centre.names) or row.id,
            ),
            Column(
                id="joined", heading=say("Who joined"), width=16, grow=3, rank=1,
                text=joined,
            ),
            Column(
                id="checked", heading=say("Checked on"), width=12, rank=1,
                text=lambda row, speech: _seen(row.centre.checked, on, speech),
                key=lambda row: row.centre.checked,
                tone=lambda row: "warning" if stale(row.centre.checked, on) else "",
            ),
            Column(
                id="certainty", heading=say("Certainty"), width=4, rank=4,
                text=lambda row, _: row.centre.certainty,
            ),
            Column(
                id="regions", heading=say("Regions"), width=10, rank=3, grow=1,
                text=lambda row, speech: ", ".join(
                    speech.say(REGIONS[each]) for each in row.centre.regions
                ),
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=6,
                text=lambda row, _: ", ".join(row.centre.cpv),
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
            _division_facet(lambda row: row.centre.cpv),
        ),
        page=lambda row, speech: pages.centre_page(row, on, speech),
    )  # fmt: skip


def read_adhesions(workspace: Workspace) -> Listing[Joining]:
    """Every adhesion, those first on which something must be decided."""
    on = workspace.on
    rows = tuple(_joinings(workspace, offers(workspace), centre_deadlines(workspace)))
    order = tuple(SHORT_STATUSES)

    def days(row: Joining) -> int | None:
        due = row.adhesion.due if row.adhesion.status in OPEN else None
        return days_to(due, on)

    return Listing(
        rows=rows,
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="administration", heading=say("Administration"), width=14, grow=2,
                rank=1, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="centre", heading=say("Through"), width=10, grow=1,
                text=lambda row, speech: row.centre.said(speech),
            ),
            Column(
                id="domain", heading=say("Domain"), width=12, grow=2, rank=3,
                text=lambda row, _: row.adhesion.domain,
            ),
            Column(
                id="state", heading=say("State"), width=16, rank=1,
                text=lambda row, speech: speech.say(
                    SHORT_STATUSES[row.adhesion.status]
                ),
                key=lambda row: order.index(row.adhesion.status),
                tone=lambda row: _status_tone(row.adhesion.status),
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=2,
                text=lambda row, _: _days(days(row)), key=days,
                tone=lambda row: _nearness(days(row)),
            ),
            Column(
                id="decided", heading=say("Decided on"), width=10, rank=4,
                text=lambda row, speech: speech.day(row.adhesion.decided_on),
                key=lambda row: row.adhesion.decided_on,
            ),
            Column(
                id="due", heading=say("Due"), width=10, rank=5,
                text=lambda row, speech: speech.day(row.adhesion.due),
                key=lambda row: row.adhesion.due,
            ),
            Column(
                id="number", heading=say("Number"), width=14, rank=6,
                text=lambda row, _: row.adhesion.number,
            ),
        ),
        also=lambda row: (
            row.id, row.adhesion.note, row.adhesion.body, *row.centre.also,
            *row.centre.names.values(), *row.who.names.values(),
            *(each.text for each in row.adhesion.reservations),
            *row.adhesion.triggers,
        ),
        facets=(
            Facet(
                id="state", heading=say("State"),
                value=lambda row: str(order.index(row.adhesion.status)),
                label=lambda value, speech: speech.say(
                    SHORT_STATUSES[order[int(value)]]
                ),
            ),
            _named_facet(
                "administration", say("Administration"),
                lambda row: row.adhesion.administration, workspace.administrations(),
            ),
            _named_facet(
                "centre", say("Centre"), lambda row: row.adhesion.centre,
                workspace.centres(),
            ),
            Facet(
                id="domain", heading=say("Domain"),
                value=lambda row: row.adhesion.domain or (),
            ),
        ),
        page=lambda row, speech: pages.adhesion_page(row, on, speech),
    )  # fmt: skip


def _status_tone(status: AdhesionStatus) -> str:
    if status is AdhesionStatus.ADHERED:
        return "success"
    return "warning" if status in OPEN else "muted"


def read_uses(workspace: Workspace) -> Listing[Using]:
    """Every decision to cover a need through a framework agreement, newest first."""
    known, needs = workspace.administrations(), workspace.needs()
    by_id = {offer.framework.id: offer for offer in offers(workspace)}
    rows = []
    for use in workspace.uses().values():
        need, offer = needs.get(use.need), by_id.get(use.framework)
        owner = need.administration if need else ""
        rows.append(
            Using(
                use=use,
                need=need,
                who=named(known.get(owner), owner),
                framework=named(offer.framework if offer else None, use.framework),
                offer=offer,
            )
        )
    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="-decided",
        columns=(
            Column(
                id="need", heading=say("Need"), width=16, grow=3,
                text=lambda row, _: row.need.title if row.need else row.use.need,
            ),
            Column(
                id="administration", heading=say("Administration"), width=16,
                grow=1, rank=2, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="framework", heading=say("Framework"), width=16, grow=2, rank=1,
                text=lambda row, speech: row.framework.said(speech),
            ),
            Column(
                id="decided", heading=say("Decided on"), width=10, rank=1,
                text=lambda row, speech: speech.day(row.use.decided_on),
                key=lambda row: row.use.decided_on,
            ),
            Column(
                id="amount", heading=say("Amount"), width=11, right=True, rank=3,
                text=lambda row, speech: speech.amount(row.use.amount),
                key=lambda row: row.use.amount,
            ),
            Column(
                id="number", heading=say("Number"), width=14, rank=4,
                text=lambda row, _: row.use.number,
            ),
        ),
        also=lambda row: (
            row.id, row.use.body, row.use.budget_article,
            *(_also(row.offer.framework, row.offer.centre) if row.offer else ()),
        ),
        facets=(
            _named_facet(
                "administration", say("Administration"), lambda row: row.who.id, known
            ),
            _division_facet(
                lambda row: (row.need.cpv,) if row.need else ()
            ),
        ),
        page=pages.use_page,
    )  # fmt: skip


def read_contracts(workspace: Workspace) -> Listing[Running]:
    """Every running contract, by the day on which it asks something."""
    on, known = workspace.on, workspace.administrations()
    needs, contracts = workspace.needs(), workspace.contracts()
    by_subject = _by_subject(centre_deadlines(workspace))
    rows = []
    for each in contracts.values():
        ahead = [day for day in (each.notice, each.end) if day and day >= on]
        follower = contracts.get(each.successor) or needs.get(each.successor)
        rows.append(
            Running(
                contract=each,
                who=named(known.get(each.administration), each.administration),
                successor=named(follower, each.successor),
                next_day=min(ahead, default=each.end or each.notice),
                deadlines=by_subject.get(each.id, ()),
            )
        )
    return Listing(
        rows=tuple(rows),
        empty=EMPTY,
        sort="days",
        columns=(
            Column(
                id="title", heading=say("Object"), width=16, grow=3,
                text=lambda row, _: row.contract.title,
            ),
            Column(
                id="administration", heading=say("Administration"), width=14, grow=2,
                rank=2, text=lambda row, speech: row.who.said(speech),
            ),
            Column(
                id="days", heading=say("Days"), width=6, right=True, rank=1,
                text=lambda row, _: _days(days_to(row.next_day, on)),
                key=lambda row: days_to(row.next_day, on),
                tone=lambda row: (
                    _nearness(days_to(row.next_day, on)) if row.deadlines else "muted"
                ),
            ),
            Column(
                id="notice", heading=say("Notice by"), width=10, rank=2,
                text=lambda row, speech: speech.day(row.contract.notice),
                key=lambda row: row.contract.notice,
            ),
            Column(
                id="end", heading=say("End"), width=10, rank=1,
                text=lambda row, speech: speech.day(row.contract.end),
                key=lambda row: row.contract.end,
            ),
            Column(
                id="supplier", heading=say("Supplier"), width=14, grow=1, rank=3,
                text=lambda row, _: row.contract.supplier,
            ),
            Column(
                id="renewals", heading=say("Renewals"), width=4, right=True, rank=4,
                text=lambda row, _: _days(row.contract.renewals_left),
                key=lambda row: row.contract.renewals_left,
            ),
            Column(
                id="value", heading=say("Per year"), width=10, right=True, rank=5,
                text=lambda row, speech: speech.amount(row.contract.yearly_value),
                key=lambda row: row.contract.yearly_value,
            ),
            Column(
                id="cpv", heading=say("CPV code"), width=8, rank=6,
                text=lambda row, _: row.contract.cpv,
            ),
        ),
        also=lambda row: (
            row.id, row.contract.note, row.successor.id,
            *row.successor.names.values(), *row.who.names.values(),
        ),
        facets=(
            _named_facet(
                "administration", say("Administration"),
                lambda row: row.contract.administration, known,
            ),
            _division_facet(lambda row: (row.contract.cpv,)),
        ),
        page=lambda row, speech: pages.contract_page(row, on, speech),
    )  # fmt: skip
