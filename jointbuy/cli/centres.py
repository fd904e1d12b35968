"""`jointbuy centres` and `interest`: purchasing centres."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli.base import Group, Option, Session, command, listing, parse_on
from jointbuy.cli.drafting import draft_options, told_drafts
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.cli.inventory import inventory
from jointbuy.codec import to_plain
from jointbuy.errors import UsageError, named, say
from jointbuy.l10n import format as written
from jointbuy.model import InterestAnswer, PurchasingCentre
from jointbuy.workspace import FrameworkState, parse_amount, parse_quantity
from jointbuy.workspace.words import (
    ADMINISTRATION_KINDS,
    PHASES,
    REGIONS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import Enum

    from jointbuy.centres import KnownCentre
    from jointbuy.model import Region
    from jointbuy.workspace import Called


def _centres(session: Session) -> None:
    from jointbuy.centres import names_on

    workspace = session.workspace
    found = workspace.framework_states()
    centres = workspace.centres()
    if session.as_json:
        session.json(
            {
                "centres": [to_plain(centre) for centre in centres.values()],
                "frameworks": [_state(state) for state in found],
            }
        )
        return
    language = session.language
    rows = [
        (
            state.framework.id,
            names_on(centres[state.framework.centre], workspace.on).get(language)
            if state.framework.centre in centres
            else state.framework.centre,
            state.framework.title.get(language),
            session.catalogue.word(PHASES[state.phase].text),
            _day(state.framework.interest_deadline, language),
            _day(state.framework.end, language),
            ""
            if state.remaining is None
            else written.amount(state.remaining, language),
        )
        for state in found
    ]
    heads = (
        say("Framework"),
        say("Centre"),
        say("Object"),
        say("Phase"),
        say("Interest by"),
        say("End"),
        say("Left"),
    )
    session.table(heads, rows)
    if silent := set(centres) - {state.framework.centre for state in found}:
        session.tell(
            say(
                "Purchasing centres without a framework agreement: {n}; `centres list` "
                "names them.",
                n=len(silent),
            )
        )


def _day(day: object, language: str) -> str:
    from datetime import date

    return written.day(day, language) if isinstance(day, date) else ""


def _state(state: FrameworkState) -> dict[str, object]:
    return {
        "framework": to_plain(state.framework),
        "phase": state.phase.lower(),
        "remaining": None if state.remaining is None else str(state.remaining),
        "interest": {who: kind.lower() for who, kind in state.interest.items()},
    }


centres = listing(
    "centres",
    help="List the purchasing centres and their framework agreements with their phase.",
    show=_centres,
)
list_command(
    centres,
    PurchasingCentre,
    ("names", say("Name")),
    ("regions", say("Regions")),
    ("kinds", say("For whom")),
    ("certainty", say("Certainty")),
    ("checked", say("Checked on")),
    help="List the purchasing centres with their ids.",
    count=lambda n: say("Purchasing centres: {n}.", n=n),
)
add_command(
    centres,
    PurchasingCentre,
    help="Add a purchasing centre under an id of your choice.",
)
edit_command(centres, PurchasingCentre, help="Change a purchasing centre.")


@click.argument("text", required=False, default="")
@click.option("--region", cls=Option, help="Only those that serve this region.")
@click.option("--domain", cls=Option, help="Only those that buy this: word or CPV.")
def _known(session: Session, text: str, region: str | None, domain: str | None) -> None:
    from jointbuy.centres import catalogue, known_centre
    from jointbuy.centres.known import buying

    if text:
        found: tuple[KnownCentre, ...] = (known_centre(text),)
    else:
        found = catalogue()
    if region:
        wanted = _region(region)
        found = tuple(each for each in found if wanted in each.regions)
    if domain:
        found = buying(found, domain, session.language)
    if session.as_json:
        session.json([_plain(each, session) for each in found])
    elif text and found:
        _whole(found[0], session)
    elif found:
        heads = (
            say("Id"),
            say("Name"),
            say("Regions"),
            say("What it buys"),
            say("Certainty"),
        )
        session.table(heads, [_short(each, session) for each in found])
        session.tell(say("Known purchasing centres: {n}.", n=len(found)))
    else:
        session.tell(say("No known purchasing centre fits."))


def _region(text: str) -> Region:
    from jointbuy.intake.choices import parse_region

    read = parse_region(text)
    if read.value is None:
        raise UsageError(read.fault or say("Which region is meant?"))
    return read.value


def _short(known: KnownCentre, session: Session) -> tuple[str, ...]:
    return (
        known.id,
        known.names.get(session.language),
        ", ".join(session.catalogue.word(REGIONS[r].text) for r in known.regions),
        ", ".join(session.catalogue.say(each.title) for each in known.domains),
        known.certainty,
    )


def _whole(known: KnownCentre, session: Session) -> None:
    """All that is known of one centre, a fact on each line."""
    language, sentences = session.language, session.catalogue
    aliases = [
        f"{each.name} ({_day(each.period.start, language)}–"
        f"{_day(each.period.end, language)})"
        if each.period.start or each.period.end
        else each.name
        for each in known.aliases
    ]
    facts = [
        (say("Id"), known.id),
        (say("Operator"), known.operator),
        (say("Other names"), ", ".join(aliases)),
        (say("Enterprise number"), known.enterprise_number),
        (say("Regions"), _words(known.regions, session)),
        (say("Territory"), ", ".join(known.territory)),
        (say("For whom"), _words(known.kinds, session)),
    ]
    facts += [
        (say("What it buys"), f"{sentences.say(each.title)} ({', '.join(each.cpv)})")
        for each in known.domains
    ]
    facts.append((say("How to join"), sentences.say(known.joining)))
    facts += [
        (
            say("Seat, from {day}", day=each.period.start)
            if each.period.start
            else say("Seat"),
            _words(each.regions, session),
        )
        for each in known.conditions
    ]
    facts += [(say("Note"), sentences.say(each)) for each in known.remarks]
    facts += [
        (say("Certainty"), known.certainty),
        (say("Source"), sentences.say(known.source)),
        (say("Checked on"), _day(known.checked, language)),
    ]
    session.line(known.names.get(language))
    for label, value in facts:
        if value:
            session.line(say("{head}: {rest}", head=session.say(label), rest=value))


def _words(values: Iterable[Enum], session: Session) -> str:
    return ", ".join(
        session.catalogue.word({**REGIONS, **ADMINISTRATION_KINDS}[each].text)
        for each in values
    )


def _plain(known: KnownCentre, session: Session) -> dict[str, object]:
    """A known centre as JSON, its sentences in the user's language."""
    said = session.catalogue.say
    return {
        "id": known.id,
        "names": known.names.as_dict(),
        "operator": known.operator,
        "enterprise_number": known.enterprise_number,
        "aliases": [to_plain(each) for each in known.aliases],
        "regions": [each.name.lower() for each in known.regions],
        "territory": list(known.territory),
        "kinds": [each.name.lower() for each in known.kinds],
        "domains": [
            {"title": said(each.title), "cpv": list(each.cpv)} for each in known.domains
        ],
        "joining": said(known.joining),
        "conditions": [to_plain(each) for each in known.conditions],
        "remarks": [said(each) for each in known.remarks],
        "certainty": known.certainty,
        "source": said(known.source),
        "checked": known.checked.isoformat(),
    }


@click.argument("known", metavar="ID")
@click.option("--as", "id_", default="", metavar="ID", cls=Option, help="Id to use.")
def _adopt(session: Session, known: str, id_: str) -> None:
    made = session.new_workspace.adopt_centre(known, id_=id_)
    session.tell(
        say(
            "Adopted: {name} ({id}), certainty {letter}. Compare it with its source, "
            "then change it with `centres edit {id}`.",
            name=named(made.names, made.id),
            id=made.id,
            letter=made.certainty,
        )
    )
    if session.as_json:
        session.json(made)


centres.add_command(
    command(name="known", help="List the purchasing centres known of, or all of one.")(
        _known
    )
)
centres.add_command(
    command(name="adopt", help="Take a known purchasing centre into the register.")(
        _adopt
    )
)


centres.add_command(inventory)

interest = Group(
    "interest", help="The calls for interest of the centres, and the proof."
)


@click.argument("framework")
@click.argument("administration")
@click.option(
    "--due",
    metavar="DATE",
    cls=Option,
    help="Answer by; default: as the framework. Again: the day it was put off to.",
)
@click.option("--asked", metavar="DATE", cls=Option, help="Asked on; default: today.")
def _ask(
    session: Session,
    framework: str,
    administration: str,
    due: str | None,
    asked: str | None,
) -> None:
    called = session.workspace.ask_interest(
        framework,
        administration,
        due=parse_on(due) if due else None,
        asked_on=parse_on(asked) if asked else None,
    )
    _told(session, called)


@click.argument("framework")
@click.argument("administration")
@click.argument("answer", type=click.Choice(["yes", "no"]))
@click.option("--quantity", cls=Option, help="The most this administration may order.")
@click.option("--unit", default="", cls=Option, help="Unit of the quantity.")
@click.option("--amount", cls=Option, help="The most it may order, euro excluding VAT.")
@click.option(
    "--day",
    metavar="DATE",
    cls=Option,
    help="Day on which it was sent; default: today, or the day it has already.",
)
def _answer(
    session: Session,
    framework: str,
    administration: str,
    answer: str,
    quantity: str | None,
    unit: str,
    amount: str | None,
    day: str | None,
) -> None:
    most = parse_quantity(quantity) if quantity else None
    called = session.workspace.answer_interest(
        framework,
        administration,
        InterestAnswer[answer.upper()],
        maximum_quantity=most.amount if most else None,
        unit=unit or (most.unit if most else ""),
        maximum_amount=parse_amount(amount) if amount else None,
        day=parse_on(day) if day else None,
    )
    made = called.interest
    if (
        answer == "yes"
        and made.maximum_quantity is None
        and made.maximum_amount is None
    ):
        session.tell(
            say(
                "No maximum is given: the centre must publish one for each "
                "beneficiary. Add it with --quantity or --amount."
            )
        )
    _told(session, called)


@click.argument("framework")
@click.argument("administration")
@click.argument("file", type=click.Path(path_type=Path))
def _prove(session: Session, framework: str, administration: str, file: Path) -> None:
    _told(session, session.workspace.prove_interest(framework, administration, file))


@click.argument("framework")
@click.argument("administration")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--day", metavar="DATE", cls=Option, help="Day of the paper; default: today."
)
def _accept(
    session: Session, framework: str, administration: str, file: Path, day: str | None
) -> None:
    called = session.workspace.accept_interest(
        framework, administration, file, day=parse_on(day) if day else None
    )
    _told(session, called)


def _told(session: Session, called: Called) -> None:
    told = say("Recorded: {id}.", id=called.interest.id)
    session.tell(told if called.changed else say("Nothing was changed."))
    for remark in called.remarks:
        session.tell(remark)
    if session.as_json:
        session.json(called.interest)


interest.add_command(
    command(name="ask", help="Record that a centre asks an administration.")(_ask)
)
interest.add_command(
    command(name="answer", help="Record the answer, and the maximum.")(_answer)
)
interest.add_command(
    command(name="prove", help="Keep name and digest of the paper that was sent.")(
        _prove
    )
)


interest.add_command(
    command(
        name="accept",
        help="Keep the paper in which the centre takes an answer that came too late.",
    )(_accept)
)


@click.argument("framework")
@click.argument("administrations", nargs=-1, required=True, metavar="ADMINISTRATION…")
@draft_options
def _letter(
    session: Session,
    framework: str,
    administrations: tuple[str, ...],
    **options: Any,  # noqa: ANN401
) -> None:
    drafted = session.workspace.draft_interests(framework, administrations, **options)
    told_drafts(session, drafted)


interest.add_command(
    command(
        name="draft",
        help="Draft the letter that marks interest, for each administration.",
        ui=False,
    )(_letter)
)
