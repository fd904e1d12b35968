"""`jointbuy law procedure`: which procedures a value allows, and where it tips over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, plain_number
from jointbuy.errors import UsageError, euro, say, word
from jointbuy.l10n import format as written
from jointbuy.workspace import Asked, by_value, source_title
from jointbuy.workspace.legal_texts import own_law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.errors import Message
    from jointbuy.law import Comparison, Division, Procedure, Procedures
    from jointbuy.model import Citation
    from jointbuy.workspace import ByValue

TESTS = {
    "estimate": word("the estimate"),
    "expenditure": word("the expenditure to approve"),
}

HERE, ELSEWHERE = "→ ", "  "


@click.argument("proposal", required=False)
@click.option(
    "--nature",
    type=click.Choice(["works", "supplies", "services", "social", "certain_services"]),
    cls=Option,
    help=(
        "Works, supplies, services, social and other specific services, or certain "
        "financial, research or legal services."
    ),
)
@click.option(
    "--estimate",
    cls=Option,
    help="Euro excluding VAT, all participants.",
)
@click.option(
    "--options", cls=Option, help="Options on top of the estimate, euro excluding VAT."
)
@click.option(
    "--renewals",
    cls=Option,
    help="Renewals on top of the estimate, euro excluding VAT.",
)
@click.option(
    "--tranche",
    "tranches",
    multiple=True,
    cls=Option,
    metavar="AMOUNT",
    help="A conditional tranche on top of the estimate; once for each.",
)
@click.option(
    "--premiums",
    cls=Option,
    help="Premiums and payments to bidders on top of the estimate.",
)
@click.option(
    "--repetition",
    cls=Option,
    help="Similar works or services that may be asked for again.",
)
@click.option(
    "--goods", cls=Option, help="Goods that the buyer makes available for works."
)
@click.option(
    "--maximum",
    cls=Option,
    help="The most a framework agreement may come to over its whole term.",
)
@click.option(
    "--past-year",
    cls=Option,
    help="What was spent on similar contracts in the past twelve months.",
)
@click.option(
    "--change",
    cls=Option,
    help="How much more, or less, that will foreseeably be; -500 for less.",
)
@click.option(
    "--recurring",
    is_flag=True,
    cls=Option,
    help="The price per month is that of a purchase that comes back.",
)
@click.option(
    "--other-units",
    cls=Option,
    help="What the other units of the authority need of the same.",
)
@click.option(
    "--autonomous/--not-autonomous",
    default=None,
    cls=Option,
    help="Whether this unit decides on its purchases and pays them by itself.",
)
@click.option(
    "--centre",
    is_flag=True,
    cls=Option,
    help="The parts are those of the beneficiaries of a purchasing centre.",
)
@click.option(
    "--monthly",
    cls=Option,
    help="A price per month instead: services without total price, or a rental.",
)
@click.option(
    "--months",
    type=int,
    cls=Option,
    help="The term of a price per month; without it, no end is fixed.",
)
@click.option(
    "--residual", cls=Option, help="What rented supplies are worth at the end."
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    cls=Option,
    metavar="NAME=AMOUNT",
    help="What a participant brings in; once for each of them.",
)
@click.option(
    "--federal",
    multiple=True,
    cls=Option,
    metavar="NAME",
    help="A participant that is a federal authority.",
)
@click.option(
    "--lot",
    "lots",
    multiple=True,
    cls=Option,
    metavar="[NAME=]AMOUNT",
    help="A lot; once for each of them.",
)
@click.option(
    "--apart",
    multiple=True,
    cls=Option,
    metavar="LOT",
    help="A lot that is to escape European publicity, by its name or number.",
)
@click.option(
    "--expenditure", cls=Option, help="Expenditure to approve, euro excluding VAT."
)
@click.option(
    "--authority",
    type=click.Choice(["local", "central", "utilities"]),
    default="local",
    cls=Option,
    help="Local, central (federal), or in the special sectors.",
)
def _procedure(
    session: Session,
    proposal: str | None,
    nature: str | None,
    parts: tuple[str, ...],
    lots: tuple[str, ...],
    **given: Any,  # noqa: ANN401 - as they are typed
) -> None:
    asked = Asked(nature=nature or "", parts=_parts(parts), lots=_lots(lots), **given)
    if proposal is not None:
        found = session.workspace.by_value(proposal, asked)
    else:
        own = own_law(session.desk)
        found = by_value(asked, on=session.on, own=own)
    names = _names(session, found, of_register=proposal is not None)
    if session.as_json:
        session.json(_plain(session, found, names))
        return
    _estimate(session, found)
    _procedures(session, found.found)
    _ladder(session, found)
    if found.comparison is not None:
        _alone(session, found.comparison, names)
    if found.division is not None:
        _division(session, found.division)
    _remarks(session, found)


def _parts(typed: Iterable[str]) -> dict[str, str]:
    """What each participant brings in, as `NAME=AMOUNT`."""
    found: dict[str, str] = {}
    for each in typed:
        name, equals, amount = each.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                say(
                    "Write a part as name=amount, such as CPAS=60000, not “{text}”.",
                    text=each,
                )
            )
        found[_once(name.strip(), found)] = amount
    return found


def _lots(typed: Iterable[str]) -> dict[str, str]:
    """The lots by their names, or by their numbers."""
    found: dict[str, str] = {}
    for number, each in enumerate(typed, start=1):
        name, equals, amount = each.rpartition("=")
        found[_once(name.strip() if equals else str(number), found)] = amount
    return found


def _once(name: str, found: Mapping[str, str]) -> str:
    if name in found:
        raise UsageError(say("“{name}” is named twice.", name=name))
    return name


def _names(session: Session, found: ByValue, *, of_register: bool) -> dict[str, str]:
    """What each part is called."""
    if found.comparison is None:
        return {}
    known = session.workspace.administrations() if of_register else {}
    return {
        who: known[who].name(session.language) if who in known else who
        for who, _ in found.comparison.alone
    }


# What is shown.


def _estimate(session: Session, found: ByValue) -> None:
    """How the estimate was made, where it was made of more than one amount."""
    estimate = found.estimate
    by_itself = [step.rule for step in estimate.steps] in (["firm"], [])
    if by_itself and not estimate.remarks:
        return
    session.line(say("Estimate: {amount}", amount=euro(estimate.amount)))
    session.table(
        (say("What counts"), say("Euro excluding VAT"), say("Source")),
        [
            (
                session.say(step.message),
                written.amount(step.amount, session.language),
                shown.citation(session, step.citation),
            )
            for step in estimate.steps
        ],
    )
    for remark in estimate.remarks:
        shown.paragraph(session, session.say(remark), indent=2, first="· ")
    session.line()


def _procedures(session: Session, found: Procedures) -> None:
    session.line(
        say("European publicity is required.")
        if found.eu_publicity
        else say("European publicity is not required.")
    )
    rows = [
        (
            session.say(item.title),
            ""
            if item.threshold is None
            else session.say(say("below {amount}", amount=euro(item.threshold))),
            session.catalogue.word(TESTS[item.tests].text) if item.tests else "",
            shown.citation(session, item.citation),
        )
        for item in found.procedures
    ]
    session.table(
        (say("Procedure"), say("Threshold"), say("Tested on"), say("Source")), rows
    )
    planned = [item for item in found.procedures if item.planned]
    for item in planned[:1]:
        shown.paragraph(session, session.say(item.message), indent=2, first="· ")


def _ladder(session: Session, found: ByValue) -> None:
    """From which euro on another procedure is due, and where this amount stands."""
    session.line()
    spent = found.found.expenditure
    session.line(
        say("By amount, estimate and expenditure being the same:")
        if spent is None
        else say(
            "By estimate, the expenditure to approve being {amount}:",
            amount=euro(spent),
        )
    )
    for step in found.steps:
        text = session.say(step.message)
        if step.to_verify:
            text = session.say(say("{text} (to be verified)", text=text))
        first = HERE if step is found.room.step else ELSEWHERE
        shown.paragraph(session, text, indent=2, first=first)
    shown.paragraph(session, session.say(found.room.message))


def _alone(session: Session, found: Comparison, names: Mapping[str, str]) -> None:
    """What each part would need by itself."""
    session.line()
    rows = [
        (
            names[who],
            written.amount(each.estimate, session.language),
            session.say(each.lightest.title),
        )
        for who, each in found.alone
    ]
    whole = session.say(say("Together"))
    rows.append(
        (
            whole,
            written.amount(found.joint.estimate, session.language),
            session.say(found.joint.lightest.title),
        )
    )
    session.table((say("Alone"), say("Estimate"), say("Lightest procedure")), rows)
    shown.paragraph(session, session.say(found.message))


def _division(session: Session, found: Division) -> None:
    """The lots, and which of them may escape what the whole calls for."""
    session.line()
    rows = [
        (
            lot.name,
            written.amount(lot.amount, session.language),
            session.say(lot.message),
        )
        for lot in found.lots
    ]
    session.table((say("Lot"), say("Estimate"), say("European publicity")), rows)
    shown.paragraph(session, session.say(found.message))


def _remarks(session: Session, found: ByValue) -> None:
    """What the value brings with it, then what to look at again."""
    session.line()
    for duty in found.duties:
        text = session.say(duty.message)
        basis = shown.citation(session, duty.citation)
        first = "◆ " if duty.due else "· "
        shown.paragraph(session, f"{text} [{basis}]", indent=2, first=first)
    for warning in _warnings(found):
        shown.paragraph(session, session.say(warning), indent=2, first="! ")


def _warnings(found: ByValue) -> list[Message]:
    return [*found.warnings, *(each.message for each in found.apart)]


# As JSON.


def _plain(
    session: Session, found: ByValue, names: Mapping[str, str]
) -> dict[str, object]:
    """Everything as one JSON object; amounts in euro excluding VAT."""
    say_ = session.catalogue.say
    beyond = found.room.beyond
    return {
        "estimate": plain_number(found.estimate.amount),
        "expenditure": plain_number(found.found.expenditure),
        "nature": found.found.nature,
        "on": found.found.on.isoformat(),
        **_allowed(session, found.found),
        "counted": [
            {
                "rule": step.rule,
                "text": say_(step.message),
                "amount": plain_number(step.amount),
                **_source(session, step.citation),
            }
            for step in found.estimate.steps
        ],
        "ladder": [
            {
                "from": plain_number(step.start),
                "to": plain_number(step.end),
                "procedures": list(step.names),
                "eu_publicity": step.allowed.eu_publicity,
                "notice": step.allowed.publication or None,
                "to_verify": step.to_verify,
            }
            for step in found.steps
        ],
        "left": plain_number(found.room.left),
        "next": plain_number(beyond.start) if beyond else None,
        "expenditure_limits": [
            {
                "limit": plain_number(each.limit),
                "left": plain_number(each.left),
                "procedure": each.across.name,
            }
            for each in found.room.spending
        ],
        "duties": [
            {
                "name": duty.name,
                "due": duty.due,
                "text": say_(duty.message),
                "threshold": plain_number(duty.limit.value),
                **_source(session, duty.citation),
            }
            for duty in found.duties
        ],
        "joint": _joint(session, found.comparison, names),
        "lots": _lots_plain(session, found.division),
        "warnings": [say_(each) for each in _warnings(found)],
    }


def _allowed(session: Session, found: Procedures) -> dict[str, object]:
    return {
        "eu_publicity": found.eu_publicity,
        "low_value": found.low_value,
        "notice": found.publication or None,
        "procedures": [
            {
                "name": item.name,
                "threshold": plain_number(item.threshold),
                "tests": item.tests or None,
                "planned": item.planned,
                "amount_source": _amount_source(session, item),
                **_source(session, item.citation),
            }
            for item in found.procedures
        ],
    }


def _joint(
    session: Session, found: Comparison | None, names: Mapping[str, str]
) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "heavier": found.heavier,
        "lost": list(found.lost),
        "crossed": [plain_number(step.start) for step in found.crossed],
        "text": session.catalogue.say(found.message),
        "alone": [
            {
                "part": who,
                "name": names[who],
                "estimate": plain_number(each.estimate),
                "procedures": list(each.names),
                "eu_publicity": each.eu_publicity,
            }
            for who, each in found.alone
        ],
    }


def _lots_plain(session: Session, found: Division | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "eu_publicity": found.eu_publicity,
        "allowance": plain_number(found.allowance),
        "used": plain_number(found.used),
        "text": session.catalogue.say(found.message),
        "lots": [
            {
                "name": lot.name,
                "estimate": plain_number(lot.amount),
                "small": lot.small,
                "apart": lot.apart,
                "without_publication": lot.unpublished,
                "text": session.catalogue.say(lot.message),
            }
            for lot in found.lots
        ],
    }


def _source(session: Session, basis: Citation) -> dict[str, object]:
    return {
        "source": source_title(basis.source, session.language),
        "article": basis.article,
        "to_verify": basis.to_verify,
    }


def _amount_source(session: Session, item: Procedure) -> str | None:
    """Where the amount itself is written, which is not where the procedure is."""
    return shown.citation(session, item.limit.citation) if item.limit else None


procedure = command(
    name="procedure",
    help=(
        "Say which procedures a value allows on a day, and from which euro another is "
        "due. Of a proposal or of several parts, together and alone."
    ),
)(_procedure)
