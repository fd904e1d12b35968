"""`jointbuy frameworks` and `uses`: what the centres offer, and what is taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Group, Session, command
from jointbuy.cli.drafting import draft_options, told_drafts
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.codec import to_plain
from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.model import FrameworkAgreement, UseDecision
from jointbuy.workspace.words import LIFE, PHASES

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from jointbuy.centres import Counter, Life
    from jointbuy.workspace import FrameworkSheet

frameworks = Group(
    "frameworks", help="List, add and change framework agreements of the centres."
)

list_command(
    frameworks,
    FrameworkAgreement,
    ("centre", say("Centre")),
    ("title", say("Object")),
    ("interest_deadline", say("Interest by")),
    ("launch", say("Launch")),
    ("start", say("Start")),
    ("end", say("End")),
    ("ceiling", say("Ceiling")),
    ("seen_on", say("Seen on")),
    help="List the framework agreements; `centres` gives their phase.",
    count=lambda n: say("Framework agreements: {n}.", n=n),
)
add_command(
    frameworks,
    FrameworkAgreement,
    help="Add a framework agreement under an id of your choice; --lot once per lot.",
)
edit_command(
    frameworks,
    FrameworkAgreement,
    help=(
        "Change a framework agreement. --lot adds a lot or replaces the one of its "
        'number; --lot "" takes the lots away.'
    ),
)


@click.argument("framework", metavar="ID")
def _show(session: Session, framework: str) -> None:
    sheet = session.workspace.framework_sheet(framework)
    if session.as_json:
        session.json(_plain_sheet(session, sheet))
        return
    found, language = sheet.framework, session.language
    session.line(found.title.get(language) or found.id)
    facts = [
        (say("Centre"), sheet.name.get(language) if sheet.name else found.centre),
        (say("Phase"), session.catalogue.word(PHASES[sheet.phase].text)),
        (say("Start"), _day(found.start, language)),
        (say("End"), _day(found.end, language)),
    ]
    if sheet.successor is not None:
        following = sheet.successor
        facts.append((say("Followed by"), following.title.get(language)))
        facts.append((say("Interest by"), _day(following.interest_deadline, language)))
    for label, value in facts:
        if value:
            session.line(say("{head}: {rest}", head=session.say(label), rest=value))
    session.line()
    counts(session, sheet.counter)
    everyone = session.workspace.administrations()
    for id_, life in sheet.lives.items():
        session.line()
        session.line(everyone[id_].name(language))
        _life(session, life)


def _life(session: Session, life: Life) -> None:
    """The steps of one administration, a line each, and what comes next."""
    rows = [
        (
            "→" if step.code == life.next else "✓" if step.done else "·",
            session.catalogue.word(LIFE[step.code].text),
            _day(step.day, session.language),
            session.say(step.note) if step.note else "",
        )
        for step in life.steps
        if step.day is not None or step.done or step.code == life.next
    ]
    for mark, what, day, note in rows:
        told = f"{what}, {day}" if day else what
        shown.paragraph(
            session, shown.headed(session, told, note) if note else told,
            indent=2, first=f"{mark} ",
        )  # fmt: skip


def counts(session: Session, counter: Counter, *, only: str = "") -> None:
    """The running count: what was ordered, is planned and left, under each ceiling."""
    language = session.language
    rows = [
        (
            session.say(say("Whole")),
            *_amounts(
                session, counter.ceiling, counter.ordered, counter.planned, counter.left
            ),
        )
    ]
    rows += [
        (
            session.say(say("Lot {lot}", lot=lot.lot)),
            *_amounts(session, lot.ceiling, lot.ordered, lot.planned, lot.left),
        )
        for lot in counter.lots
    ]
    everyone = session.workspace.administrations()
    for own in counter.own:
        if only and own.administration != only:
            continue
        who = everyone.get(own.administration)
        name = who.name(language) if who else own.administration
        rows.append(
            (name, *_amounts(session, own.maximum, own.ordered, own.planned, own.left))
        )
        if own.quantity_maximum is not None and own.quantity_left is not None:
            rows.append(
                (
                    f"{name} ({own.unit})" if own.unit else name,
                    written.number(own.quantity_maximum),
                    written.number(own.quantity),
                    "",
                    written.number(own.quantity_left),
                )
            )
    heads = (say("Count"), say("Ceiling"), say("Ordered"), say("Planned"), say("Left"))
    session.table(heads, rows)
    if counter.unplaced:
        session.line(
            say(
                "{amount} was ordered without a lot: it counts in the whole only.",
                amount=written.amount(counter.unplaced, language),
            )
        )
    if counter.reported_on is not None:
        session.line(
            say(
                "The centre counted {amount} until {day}; own orders after it are "
                "added.",
                amount=written.amount(counter.reported, language),
                day=counter.reported_on,
            )
        )
    _exceeded(session, counter)


def _exceeded(session: Session, counter: Counter) -> None:
    from jointbuy.workspace.ordering import excess_said

    everyone = session.workspace.administrations()
    for each in counter.exceeded:
        told = session.say(excess_said(each, counter, everyone))
        if each.administration:
            who = everyone.get(each.administration)
            name = who.name(session.language) if who else each.administration
            told = shown.headed(session, name, told)
        shown.paragraph(session, told, indent=0, first="! ")


def _amounts(
    session: Session,
    ceiling: Decimal | None,
    ordered: Decimal,
    planned: Decimal,
    left: Decimal | None,
) -> tuple[str, ...]:
    return tuple(
        "" if each is None else written.amount(each, session.language)
        for each in (ceiling, ordered, planned or None, left)
    )


def plain_counter(session: Session, counter: Counter) -> dict[str, object]:
    """The count as JSON: amounts in euro excluding VAT, as text."""
    from jointbuy.workspace.ordering import excess_said

    def text(value: Decimal | None) -> str | None:
        return None if value is None else str(value)

    return {
        "ceiling": text(counter.ceiling),
        "reported": text(counter.reported),
        "reported_on": counter.reported_on and counter.reported_on.isoformat(),
        "ordered": text(counter.ordered),
        "planned": text(counter.planned),
        "left": text(counter.left),
        "unplaced": text(counter.unplaced),
        "lots": [
            {
                "lot": lot.lot,
                "ceiling": text(lot.ceiling),
                "ordered": text(lot.ordered),
                "planned": text(lot.planned),
                "left": text(lot.left),
            }
            for lot in counter.lots
        ],
        "administrations": [
            {
                "administration": own.administration,
                "maximum": text(own.maximum),
                "ordered": text(own.ordered),
                "planned": text(own.planned),
                "left": text(own.left),
                "quantity_maximum": text(own.quantity_maximum),
                "quantity": text(own.quantity),
                "quantity_left": text(own.quantity_left),
                "unit": own.unit,
            }
            for own in counter.own
        ],
        "orders": [
            {
                "order": each.order.id,
                "concluded": each.concluded,
                "total": text(each.total),
                "own": text(each.own),
                "above": [excess.ceiling.name.lower() for excess in each.above],
            }
            for each in counter.orders
        ],
        "exceeded": [
            {
                "ceiling": each.ceiling.name.lower(),
                "order": each.order,
                "lot": each.lot,
                "administration": each.administration,
                "limit": text(each.limit),
                "by": text(each.by),
                "unit": each.unit,
                "message": session.say(
                    excess_said(each, counter, session.workspace.administrations())
                ),
            }
            for each in counter.exceeded
        ],
    }


def _plain_sheet(session: Session, sheet: FrameworkSheet) -> dict[str, object]:
    return {
        "framework": to_plain(sheet.framework),
        "centre": sheet.name.get(session.language) if sheet.name else "",
        "phase": sheet.phase.lower(),
        "successor": sheet.successor.id if sheet.successor else "",
        "counter": plain_counter(session, sheet.counter),
        "lives": {
            id_: {
                "next": life.next,
                "steps": [
                    {
                        "step": step.code,
                        "day": step.day and step.day.isoformat(),
                        "done": step.done,
                        "closed": step.closed,
                        "ours": step.ours,
                        "note": session.say(step.note) if step.note else "",
                    }
                    for step in life.steps
                ],
            }
            for id_, life in sheet.lives.items()
        },
    }


def _day(day: date | None, language: str) -> str:
    return "" if day is None else written.day(day, language)


frameworks.add_command(
    command(
        name="show",
        help="Show a framework: its counts, and what comes next for each.",
    )(_show)
)

uses = Group(
    "uses", help="List, add and change decisions to cover a need through a framework."
)

list_command(
    uses,
    UseDecision,
    ("need", say("Need")),
    ("framework", say("Framework")),
    ("body", say("Body")),
    ("decided_on", say("Decided on")),
    ("number", say("Number")),
    ("amount", say("Amount")),
    help="List the decisions to cover a need through a framework.",
    count=lambda n: say("Decisions: {n}.", n=n),
)
add_command(
    uses,
    UseDecision,
    help="Record that a body decided to cover a need through a framework.",
)
edit_command(uses, UseDecision, help="Change such a decision.")


@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@draft_options
def _draft(session: Session, ids: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401
    told_drafts(session, session.workspace.draft_uses(ids, **options))


uses.add_command(
    command(
        name="draft",
        help="Draft the decision to cover a need through a framework, to be verified.",
        ui=False,
    )(_draft)
)
