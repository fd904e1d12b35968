"""`jointbuy orders`: what was ordered under framework agreements, and what may be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Group, Option, Session, command, parse_on
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.cli.frameworks import counts, plain_counter
from jointbuy.errors import UsageError, say
from jointbuy.l10n import format as written
from jointbuy.model import Order, Outcome
from jointbuy.workspace import parse_amount, parse_quantity
from jointbuy.workspace.words import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.workspace import OrderCheck, OrderFinding

orders = Group(
    "orders", help="List, add and change orders, and check whether one may be placed."
)

list_command(
    orders,
    Order,
    ("framework", say("Framework")),
    ("administration", say("Administration")),
    ("lot", say("Lot")),
    ("concluded_on", say("Concluded on")),
    ("amount", say("Amount")),
    ("supplier", say("Supplier")),
    ("need", say("Need")),
    help="List the orders under framework agreements, also those only planned.",
    count=lambda n: say("Orders: {n}.", n=n),
)
add_command(
    orders,
    Order,
    help="Record an order; what it exceeds, or came too late for, is said at once.",
)
edit_command(orders, Order, help="Change an order.")


@click.argument("framework")
@click.option(
    "--administration", "-a", required=True, cls=Option, help="Who would order."
)
@click.option("--need", default="", cls=Option, help="The need it would cover.")
@click.option(
    "--amount", cls=Option, help="Euro excluding VAT; default: estimate of the need."
)
@click.option("--quantity", cls=Option, help="How much would be ordered.")
@click.option("--unit", default="", cls=Option, help="Unit of the quantity.")
@click.option("--lot", default="", cls=Option, help="The lot; default: by CPV code.")
@click.option("--day", metavar="DATE", cls=Option, help="Day of the order.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="CODE=VALUE",
    cls=Option,
    help="Answer to a question of the law, such as a1=yes.",
)
@click.option(
    "--all", "everything", is_flag=True, cls=Option, help="Also what is in order."
)
def _check(
    session: Session,
    framework: str,
    administration: str,
    need: str,
    amount: str | None,
    quantity: str | None,
    unit: str,
    lot: str,
    day: str | None,
    answers: Sequence[str],
    *,
    everything: bool,
) -> None:
    most = parse_quantity(quantity) if quantity else None
    checked = session.workspace.may_order(
        framework,
        administration,
        need=need,
        amount=parse_amount(amount) if amount else None,
        quantity=most.amount if most else None,
        unit=unit or (most.unit if most else ""),
        lot=lot,
        day=parse_on(day) if day else None,
        answers=dict(map(_pair, answers)),
    )
    if session.as_json:
        session.json(_plain(session, checked))
        return
    _tell(session, checked, everything=everything)


def _pair(text: str) -> tuple[str, str]:
    """The code and the value of an answer as it is typed."""
    code, equals, value = (each.strip() for each in text.partition("="))
    if not (code and equals and value):
        raise UsageError(
            say(
                "Write an answer as code=value, such as j3=yes, not “{pair}”.",
                pair=text,
            )
        )
    return code, value


def _tell(session: Session, checked: OrderCheck, *, everything: bool) -> None:
    language = session.language
    title = checked.framework.title.get(language) or checked.framework.id
    session.line(
        say(
            "Order of {administration} under “{framework}”, on {day}: {outcome}.",
            administration=checked.administration.name(language),
            framework=title,
            day=checked.on,
            outcome=OUTCOMES[checked.worst],
        )
    )
    if checked.need is not None:
        session.line(say("{head}: {rest}", head=session.say(say("Need")),
                         rest=checked.need.title))  # fmt: skip
    if checked.amount is not None:
        amount = written.amount(checked.amount, language)
        session.line(
            say("{head}: {rest}", head=session.say(say("Amount")), rest=amount)
        )
    session.line()
    told = sorted(checked.findings, key=lambda each: -each.outcome.rank)
    hidden = [each for each in told if each.outcome is Outcome.OK]
    for each in told:
        if everything or each.outcome is not Outcome.OK:
            _finding(session, each)
    if hidden and not everything:
        session.tell(say("In order: {n}; --all shows them.", n=len(hidden)))
    session.line()
    counts(session, checked.counter, only=checked.administration.id)


def _finding(session: Session, each: OrderFinding) -> None:
    code = f" [{each.ask}]" if each.ask else ""
    mark = shown.spoken(session, OUTCOMES[each.outcome])
    told = f"{session.say(each.title)} – {mark}{code}"
    paragraph = partial(shown.paragraph, session)
    paragraph(shown.headed(session, told, session.say(each.message)), indent=2,
              first="· ")  # fmt: skip
    if each.why is not None:
        paragraph(session.say(each.why), indent=4)
    if each.basis:
        paragraph(f"({shown.citations(session, each.basis)})", indent=4)
    if each.way_out is not None:
        paragraph(f"→ {session.say(each.way_out)}", indent=4)


def _plain(session: Session, checked: OrderCheck) -> dict[str, object]:
    return {
        "framework": checked.framework.id,
        "administration": checked.administration.id,
        "need": checked.need.id if checked.need else "",
        "lot": checked.lot,
        "on": checked.on.isoformat(),
        "amount": None if checked.amount is None else str(checked.amount),
        "cost": None if checked.cost is None else str(checked.cost),
        "outcome": checked.worst.name,
        "findings": [
            {
                "rule": each.rule,
                "title": session.say(each.title),
                "outcome": each.outcome.name,
                "message": session.say(each.message),
                "why": session.say(each.why) if each.why else "",
                "basis": shown.citations(session, each.basis) if each.basis else "",
                "ask": each.ask,
                "way_out": session.say(each.way_out) if each.way_out else "",
            }
            for each in checked.findings
        ],
        "counter": plain_counter(session, checked.counter),
    }


orders.add_command(
    command(
        name="check",
        help="Say what stands between an administration and an order on a day.",
    )(_check)
)
