"""`jointbuy appraise` and `jointbuy what-if`: is it worth it, and what if."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, parse_on, plain_number
from jointbuy.cli.law import as_json as check_as_json
from jointbuy.cli.proposals import CASES, brief, plain_range, summary
from jointbuy.errors import UsageError, say
from jointbuy.l10n import format as written
from jointbuy.workspace import (
    CONFIDENCES,
    KEYS,
    VERDICTS,
    Proposal,
    gain_line,
    parse_number,
    read_assumptions,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.appraisal import Appraisal, Assumption, Input, Sharing
    from jointbuy.errors import Message
    from jointbuy.workspace import Side


@click.argument("proposal", required=False)
@click.option(
    "--key",
    type=click.Choice(list(KEYS)),
    default=None,
    cls=Option,
    help="By which key the fall of the price is shared; default: all of them.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="ADMINISTRATION=NUMBER",
    cls=Option,
    help="Its part of the fixed key, or its inhabitants; may be repeated.",
)
@click.option(
    "--coordination-days",
    metavar="N",
    cls=Option,
    help="Person-days for each further participant; an assumption.",
)
@click.option(
    "--day-cost", metavar="N", cls=Option, help="Cost of a person-day in euro."
)
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    cls=Option,
    help="Assume otherwise: one value, or low/middle/high; may be repeated.",
)
@click.option(
    "--keep",
    is_flag=True,
    cls=Option,
    help="Assume this from now on; alone, go back to the assumptions of jointbuy.",
)
def _appraise(
    session: Session,
    proposal: str | None,
    key: str | None,
    parts: tuple[str, ...],
    coordination_days: str | None,
    day_cost: str | None,
    pairs: tuple[str, ...],
    *,
    keep: bool,
) -> None:
    chosen = read_assumptions(pairs)
    named = {"coordination_days": coordination_days, "day_cost": day_cost}
    for name, text in named.items():
        if text is not None:
            chosen[name] = (str(parse_number(text)),)
    workspace = session.workspace
    if keep:
        workspace.keep_assumptions(chosen)
        session.tell(
            say("From now on this is assumed in every estimate.")
            if chosen
            else say("From now on what jointbuy assumes counts again.")
        )
    if proposal is None:
        _assumed(session)
        return
    given = _parts(parts)
    if given and key is None:
        key = "fixed"
    if key == "fixed" and not given:
        raise UsageError(
            say(
                "Give each participant its part of the fixed key with --part, such as "
                "--part commune=60."
            )
        )
    found = workspace.appraise(proposal, chosen=chosen)
    shares = workspace.share_out(found, key=key or "", parts=given)
    if session.as_json:
        session.json(
            {
                **as_json(session, found),
                "sharing": [_plain_share(session, one) for one in shares],
            }
        )
        return
    session.line(shown.headline(session, workspace.proposal(proposal)))
    tell(session, found)
    _tell_shares(session, shares)
    _tell_inputs(session, found.inputs)


def _parts(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        who, equals, number = pair.rpartition("=")
        if not equals or not who.strip() or not number.strip():
            raise UsageError(
                say(
                    "Write a part as administration=number, such as commune=60, not "
                    "“{pair}”.",
                    pair=pair,
                )
            )
        found[who.strip()] = number
    return found


appraise = command(
    name="appraise",
    help=(
        "Estimate what a proposal gains, who gains what, and whether it is worth it. "
        "Without a proposal, list what is assumed."
    ),
)(_appraise)


# -- as data ---------------------------------------------------------------------------


def as_json(session: Session, found: Appraisal) -> dict[str, object]:
    """An appraisal as one JSON object; amounts are euro excluding VAT."""
    say_ = session.catalogue.say
    return {
        "proposal": found.candidate.id,
        "on": found.on.isoformat(),
        **brief(found),
        "obstacle": say_(found.obstacle) if found.obstacle else None,
        "claimed": plain_number(found.gain.claimed),
        "realised": plain_number(found.gain.realised),
        "lines": [
            {
                "name": line.name,
                "title": say_(line.title),
                **(plain_range(line.amount) or {}),
                "confidence": line.confidence,
            }
            for line in found.lines
        ],
        "procedures": {
            "joint": found.procedure or None,
            "avoided": plain_range(found.avoided),
            "added": plain_range(found.added),
        },
        "volumes": [
            {
                "administration": one.administration,
                "amount": plain_number(one.amount),
                "priced": plain_number(one.priced),
                "complete": one.complete,
            }
            for one in found.volumes
        ],
        "reasons": [say_(one) for one in found.reasons],
        "turns": [say_(one) for one in found.turns],
        "missing": [say_(one) for one in found.missing],
        "warnings": [say_(one) for one in found.warnings],
        "inputs": [_plain_input(session, one) for one in found.inputs],
    }


def _plain_input(session: Session, one: Input | Assumption) -> dict[str, object]:
    return {
        "name": one.name,
        "title": session.catalogue.say(one.title),
        "unit": one.unit,
        **(plain_range(one.value) or {}),
        "source": session.catalogue.say(one.source),
        "confidence": one.confidence,
        "chosen": one.chosen,
    }


def _plain_share(session: Session, found: Sharing) -> dict[str, object]:
    return {
        "key": found.key,
        "parts": [
            {
                "administration": part.administration,
                "gain": plain_number(part.gain),
                "share": plain_number(part.share),
                "settlement": plain_number(part.settlement),
            }
            for part in found.parts
        ],
        "missing": session.catalogue.say(found.missing) if found.missing else None,
        "warnings": [session.catalogue.say(one) for one in found.warnings],
    }


# -- in words --------------------------------------------------------------------------


def tell(session: Session, found: Appraisal) -> None:
    """The verdict, why, the figures, and what would turn it."""
    session.line(say("Verdict: {verdict}", verdict=VERDICTS[found.verdict.value]))
    if found.provisional:
        provisional = say("Provisional: something is not known yet.")
        shown.paragraph(session, session.say(provisional), indent=2, first="! ")
    for one in found.reasons:
        shown.paragraph(session, session.say(one), indent=2, first="- ")
    for one in (*found.missing, *found.warnings):
        shown.paragraph(session, session.say(one), indent=2, first="! ")
    if found.lines and found.gain.estimated is not None and not found.obstacle:
        session.line()
        _tell_lines(session, found)
    if found.turns:
        session.line()
        session.line(say("What would turn it:"))
        for one in found.turns:
            shown.paragraph(session, session.say(one), indent=2, first="- ")


def _tell_lines(session: Session, found: Appraisal) -> None:
    language = session.language
    gain = found.gain.estimated
    total = session.say(say("Estimated gain"))
    rows = [
        (session.say(line.title), line.amount, _sure(session, line.confidence))
        for line in found.lines
    ]
    if gain is not None:
        rows.append((total, gain, ""))
    heads = (
        say("Euro excluding VAT, whole duration"),
        say("Low"),
        say("Middle"),
        say("High"),
        say("Inputs"),
    )
    session.table(
        heads,
        [
            (title, *(written.amount(getattr(value, c), language) for c in CASES), sure)
            for title, value, sure in rows
        ],
    )
    shown.paragraph(
        session,
        session.say(
            say(
                "An estimate: what a supplier or a centre claims and what the award "
                "realises are other figures, and are never added to it."
            )
        ),
    )


def _sure(session: Session, confidence: str) -> str:
    return shown.spoken(session, CONFIDENCES[confidence])


def _tell_shares(session: Session, shares: tuple[Sharing, ...]) -> None:
    if not shares:
        return
    session.line()
    session.line(say("Who gains what of the fall of the price, in the middle case:"))
    divided = [one for one in shares if one.parts]
    everyone = session.workspace.administrations()
    names = [
        shown.names(session, [one.administration], everyone)
        for one in (divided[0].parts if divided else ())
    ]
    heads = [
        say("Participant"),
        *(say("{word}", word=KEYS[one.key]) for one in divided),
    ]
    single = divided[0] if len(divided) == 1 else None
    if single is not None and single.key != "equal":
        heads.append(say("To be settled"))
    rows = []
    for place, name in enumerate(names):
        row = [name, *(_share(session, one, place) for one in divided)]
        if single is not None and single.key != "equal":
            row.append(_signed(session, single.parts[place].settlement))
        rows.append(row)
    if rows:
        session.table(heads, rows)
    for one in shares:
        if one.missing is not None:
            text = say("{head}: {rest}", head=KEYS[one.key], rest=one.missing)
            shown.paragraph(session, session.say(text), indent=2, first="! ")


def _share(session: Session, found: Sharing, place: int) -> str:
    part = found.parts[place]
    amount = written.amount(part.gain, session.language)
    return f"{amount} ({written.share(part.share, session.language)})"


def _signed(session: Session, amount: Decimal) -> str:
    sign = "+" if amount > 0 else ""
    return sign + written.amount(amount, session.language)


def _tell_inputs(session: Session, inputs: tuple[Input, ...]) -> None:
    if not inputs:
        return
    session.line()
    session.line(say("What it rests on:"))
    for one in inputs:
        _tell_input(session, one)


def _tell_input(session: Session, one: Input | Assumption, name: str = "") -> None:
    value = _value(session, one)
    sure = _sure(session, one.confidence)
    title = session.say(one.title)
    text = shown.headed(
        session, title + name, f"{value} ({sure}). {session.say(one.source)}"
    )
    shown.paragraph(session, text, indent=2, first="- ")


def _value(session: Session, one: Input | Assumption) -> str:
    """The three values, or the one where they are the same."""
    values = [getattr(one.value, case) for case in CASES]
    if len(set(values)) == 1:
        values = values[:1]
    if one.unit == "euro":
        return " / ".join(written.amount(each, session.language) for each in values)
    if one.unit == "per_cent":
        return " / ".join(written.share(each, session.language) for each in values)
    numbers = " / ".join(written.number(each) for each in values)
    if one.unit == "days":
        return session.say(say("{numbers} person-days", numbers=numbers))
    return numbers


def _assumed(session: Session) -> None:
    """Everything that is assumed, with the name by which it is set."""
    known = session.workspace.assumptions()
    if session.as_json:
        session.json([_plain_input(session, one) for one in known])
        return
    session.line(say("What is assumed, and can be set with --set:"))
    for one in known:
        _tell_input(session, one, "" if one.fixed else f" [{one.name}]")


# -- what if ---------------------------------------------------------------------------


@click.argument("proposal")
@click.option(
    "--drop",
    multiple=True,
    metavar="ADMINISTRATION",
    cls=Option,
    help="Without this administration; may be repeated.",
)
@click.option(
    "--with",
    "add",
    multiple=True,
    metavar="NEED",
    cls=Option,
    help="With this need, or with those of another proposal; may be repeated.",
)
@click.option(
    "--split",
    metavar="NEED,NEED",
    default="",
    cls=Option,
    help="Buy these needs apart from the others.",
)
@click.option("--launch", metavar="DATE", cls=Option, help="Launch on this day.")
def _what_if(
    session: Session,
    proposal: str,
    drop: tuple[str, ...],
    add: tuple[str, ...],
    split: str,
    launch: str | None,
) -> None:
    found = session.workspace.what_if(
        proposal,
        drop=drop,
        add=add,
        split=[one.strip() for one in split.split(",") if one.strip()],
        launch=parse_on(launch) if launch else None,
    )
    if session.as_json:
        session.json(
            {
                "before": _plain_side(session, found.before),
                "after": [_plain_side(session, one) for one in found.after],
                "differences": [session.catalogue.say(d) for d in found.differences],
            }
        )
        return
    _tell_side(session, found.before, say("Today:"))
    for side in found.after:
        _tell_side(session, side, say("Then:"))
    _tell_differences(session, found.differences)
    session.tell(say("Nothing of this is kept."))


what_if = command(
    name="what-if",
    help=(
        "Try what would become of a proposal without an administration, with another "
        "need, split up, or launched on another day. Nothing is kept."
    ),
)(_what_if)


def _tell_differences(session: Session, found: tuple[Message, ...]) -> None:
    if found:
        session.line()
        session.line(say("What would be different:"))
    for one in found:
        shown.paragraph(session, session.say(one), indent=2, first="- ")


def _tell_side(session: Session, side: Side, head: Message) -> None:
    candidate = side.candidate
    session.line()
    session.line(head)
    session.line("  " + shown.headline(session, Proposal(candidate=candidate)))
    who = shown.names(
        session, candidate.administrations, session.workspace.administrations()
    )
    session.line("    " + who)
    if candidate.launch and len(candidate.administrations) > 1:
        session.line(
            "    " + session.say(say("Common start: {day}", day=candidate.launch))
        )
    shown.paragraph(session, session.say(gain_line(side.appraisal)), indent=4)
    for one in side.objections:
        shown.paragraph(session, session.say(one), indent=4, first="! ")
    if side.trouble is not None:
        shown.paragraph(session, session.say(side.trouble), indent=4, first="! ")
    for one in side.differences:
        shown.paragraph(session, session.say(one), indent=4, first="- ")


def _plain_side(session: Session, side: Side) -> dict[str, object]:
    tell_ = session.catalogue.say
    known = side.procedures
    return {
        "proposal": summary(session, Proposal(candidate=side.candidate), explain=True),
        "appraisal": as_json(session, side.appraisal),
        "check": check_as_json(session, side.checked) if side.checked else None,
        "procedures": {
            "names": list(known.names),
            "eu_publicity": known.eu_publicity,
            "lots_due": known.lots_due,
        }
        if known
        else None,
        "objections": [tell_(one) for one in side.objections],
        "differences": [tell_(one) for one in side.differences],
        "trouble": tell_(side.trouble) if side.trouble else None,
    }
