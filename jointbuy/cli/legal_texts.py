"""`jointbuy law show`, `values` and `cases`: the law itself, without a case at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Session, command, plain_number
from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.workspace import evidence_text, legal_parameters
from jointbuy.workspace.citing import beside, cited_said, title_said
from jointbuy.workspace.explaining import (
    STOPPED,
    ruling_point,
    text_points,
    value_point,
    value_said,
)
from jointbuy.workspace.law_sentences import (
    consequence_said,
    rests_said,
    ruling_facts,
    ruling_named,
)
from jointbuy.workspace.legal_texts import (
    Asked,
    Ruled,
    all_rulings,
    find_ruling,
    known_value,
    legal_parameter,
    legal_text,
    own_law,
    takers,
)
from jointbuy.workspace.words import FORMS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointbuy.errors import Message
    from jointbuy.law import OwnValues, Parameter, Question, Value
    from jointbuy.law.consequences import Consequence, Outlook
    from jointbuy.law.rulings import Ruling
    from jointbuy.model import Citation
    from jointbuy.workspace.explaining import Point


def part(session: Session, head: Message, points: Iterable[Point]) -> None:
    """Points under a head; nothing where there are none."""
    found = tuple(points)
    if not found:
        return
    session.line()
    session.line(head)
    for each in found:
        point(session, each)


def point(session: Session, each: Point, *, indent: int = 2) -> None:
    """A sentence, and what stands below it."""
    shown.paragraph(session, session.say(each.text), indent=indent, first="· ")
    for below in each.below:
        shown.paragraph(session, session.say(below), indent=indent + 4)


def cited_json(session: Session, citation: Citation) -> dict[str, object]:
    """Where it is written, as JSON."""
    from jointbuy.law.explanation import cited
    from jointbuy.workspace import source_title

    source = cited(citation).source
    return {
        "source": source_title(citation.source, session.language),
        "article": citation.article,
        "in_force_since": _day(source.start if source else None),
        "checked": _day(citation.checked),
        "to_verify": citation.to_verify,
        "own": citation.own,
        "url": source.url if source else "",
        "note": session.catalogue.word(source.note) if source else "",
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def value_json(session: Session, value: Value) -> dict[str, object]:
    """A value of the law, as JSON."""
    return {
        "name": value.name,
        "title": session.catalogue.word(legal_parameters()[value.name].title),
        "value": plain_number(value.value),
        "unit": value.unit,
        "strictness": value.strictness,
        "tests": value.tests or None,
        "from": value.start.isoformat(),
        "until": _day(value.until),
        **cited_json(session, value.citation),
    }


def ruling_json(session: Session, ruling: Ruling) -> dict[str, object]:
    """A ruling, as JSON."""
    return {
        "key": ruling.key,
        "name": ruling.name,
        "numbers": list(ruling.numbers),
        "day": ruling.day.isoformat(),
        "kind": ruling.kind,
        "formation": ruling.formation,
        "title": session.catalogue.name(ruling.source.titles.as_dict()),
        "holding": session.catalogue.say(ruling.holding),
        "effect": session.catalogue.say(ruling.effect),
        "checked": _day(ruling.checked),
        "to_verify": ruling.to_verify,
        "url": ruling.source.url,
        "questions": [question.code for question in ruling.questions],
    }


# What a code stands for.


@click.argument("code")
def _show(session: Session, code: str) -> None:
    own, on = own_law(session.desk), session.day
    found = legal_text(code, on, own)
    if isinstance(found, Asked):
        _question(session, found, on)
    elif isinstance(found, Ruled):
        _ruling(session, found.ruling)
    else:
        _parameter(session, found, on, own)


def _question(session: Session, found: Asked, on: date) -> None:
    asked = found.question
    if session.as_json:
        session.json(_question_json(session, found, on))
        return
    session.line(f"[{asked.code}] {session.say(asked.title)}")
    shown.paragraph(session, session.say(asked.text))
    session.line(say("Law of {day}", day=on))
    for outlooks in _alike(found.outlooks):
        session.line()
        _outlook(session, outlooks, asked)
    part(session, say("Where it is written:"), text_points(asked.basis))
    for region, basis in asked.basis_in:
        head = say("{head}: {rest}", head=REGIONS[region], rest="")
        session.line(session.say(head).rstrip())
        for each in text_points(basis):
            point(session, each)
    papers = [session.say(evidence_text(each)) for each in asked.evidence]
    if papers:
        session.line()
        session.line(say("Papers that prove it:"))
        for paper in papers:
            shown.paragraph(session, paper, indent=2, first="· ")
    part(session, say("The rulings it rests on:"), map(ruling_point, found.rulings))


def _alike(outlooks: Sequence[Outlook]) -> list[list[Outlook]]:
    """Forms under which the answers come to the same, together."""
    groups: list[list[Outlook]] = []
    for each in outlooks:
        for group in groups:
            if (
                group[0].consequences == each.consequences
                and group[0].rule.code == each.rule.code
                and group[0].rule.stops is each.rule.stops
            ):
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def _outlook(session: Session, outlooks: Sequence[Outlook], asked: Question) -> None:
    first = outlooks[0]
    for each in outlooks:
        session.line(shown.spoken(session, FORMS[each.form]).upper())
    rule = beside("{title} [{code}]", title=first.rule.asked.title,
                  code=first.rule.code)  # fmt: skip
    if not first.consequences:
        session.line("  " + session.say(say("A rule looks at it: {rule}", rule=rule)))
        return
    if first.rule.code != asked.code:
        session.line("  " + session.say(rule))
    stops = say(
        "Until it is in order, this stops: {what}.", what=STOPPED[first.rule.stops]
    )
    shown.paragraph(session, session.say(stops), indent=2)
    for consequence in first.consequences:
        _consequence(session, consequence)
    if first.beside:
        codes = ", ".join(each.code for each in first.beside)
        session.line("  " + session.say(say("It also looks at: {codes}", codes=codes)))
    for value in first.values:
        point(session, value_point(value))


def _consequence(session: Session, each: Consequence, *, indent: int = 2) -> None:
    text = session.say(consequence_said(each))
    shown.paragraph(session, text, indent=indent, first="· ")
    if each.then:
        asked = each.then[0].question
        text = session.say(beside("{text} [{code}]", text=asked.text, code=asked.code))
        shown.paragraph(session, text, indent=indent + 4)
    for further in each.then:
        _consequence(session, further, indent=indent + 4)


def _question_json(session: Session, found: Asked, on: date) -> dict[str, object]:
    asked = found.question
    return {
        "what": "question",
        "on": on.isoformat(),
        **_asked_json(session, asked),
        "evidence": list(asked.evidence),
        "forms": [
            {
                "form": each.form.name.lower(),
                "rule": each.rule.code,
                "stops": each.rule.stops.name.lower(),
                "answers": [_consequence_json(session, c) for c in each.consequences],
                "looks_at": [question.code for question in each.beside],
                "values": [value_json(session, value) for value in each.values],
            }
            for each in found.outlooks
        ],
        "basis": [cited_json(session, each) for each in asked.basis],
        "basis_in": {
            region.name.lower(): [cited_json(session, each) for each in basis]
            for region, basis in asked.basis_in
        },
        "rulings": [ruling_json(session, each) for each in found.rulings],
    }


def _asked_json(session: Session, asked: Question) -> dict[str, object]:
    return {
        "code": asked.code,
        "id": asked.id,
        "title": session.catalogue.say(asked.title),
        "text": session.catalogue.say(asked.text),
        "kind": asked.kind,
        "choices": list(asked.choices),
    }


def _consequence_json(session: Session, each: Consequence) -> dict[str, object]:
    plain: dict[str, object] = {"question": each.question.code}
    if each.span is None:
        plain["answer"] = each.answer
    else:
        plain["share"] = {
            "from": plain_number(each.span.low),
            "from_included": each.span.low_counts,
            "to": plain_number(each.span.high),
            "to_included": each.span.high_counts,
        }
    if each.then:
        plain["then"] = [_consequence_json(session, further) for further in each.then]
    else:
        plain["outcome"] = each.finding.outcome.name
        plain["message"] = session.catalogue.say(each.finding.message)
    return plain


show = command(
    name="show",
    help=(
        "Show a question of the law with what each answer comes to, a value with all "
        "its periods, or a ruling: j9, thresholds.lots, C-383/21."
    ),
)(_show)


# Values.


@click.argument("parameter", required=False)
def _values(session: Session, parameter: str | None) -> None:
    own, on = own_law(session.desk), session.day
    if parameter is not None:
        _parameter(session, legal_parameter(parameter), on, own)
        return
    known = [
        (each, known_value(name, on, own)) for name, each in legal_parameters().items()
    ]
    if session.as_json:
        session.json(
            [
                {
                    "name": each.name,
                    "title": session.catalogue.word(each.title),
                    "abolished": _gone(each, value, on),
                }
                | ({"value": None} if value is None else value_json(session, value))
                for each, value in known
            ]
        )
        return
    heads = (
        say("Name"),
        say("Amount, share or term of the law"),
        say("Value"),
        say("Until"),
        say("Where it is written"),
    )
    session.table(
        heads,
        [
            (
                each.name,
                session.catalogue.word(each.title),
                session.say(_counted(each, value, on)),
                written.day(value.until, session.language)
                if value and value.until
                else "",
                "" if value is None else session.say(cited_said(value.citation)),
            )
            for each, value in known
        ],
    )


def _counted(each: Parameter, value: Value | None, on: date) -> Message:
    """The value; without one, whether the law still fixes it."""
    if value is not None:
        return value_said(value)
    if _gone(each, value, on):
        return say("abolished")
    return say("not known: to be verified")


def _gone(each: Parameter, value: Value | None, on: date) -> bool:
    """Whether the law fixed it once and no longer does."""
    ended = each.last is not None and each.last < on
    return value is None and each.abolished and ended


def _parameter(session: Session, found: Parameter, on: date, own: OwnValues) -> None:
    mine = own.get(found.name, ())
    codes, parts = takers(found.name, on)
    today = known_value(found.name, on, own)
    if session.as_json:
        session.json(
            {
                "what": "value",
                "name": found.name,
                "title": session.catalogue.word(found.title),
                "on": on.isoformat(),
                "abolished": found.abolished,
                "today": None if today is None else value_json(session, today),
                "questions": list(codes),
                "parts": list(parts),
                "values": [
                    value_json(session, value) for value in (*mine, *found.values)
                ],
            }
        )
        return
    title = session.catalogue.word(found.title)
    session.line(f"[{found.name}] {title}")
    if codes or parts:
        shown.paragraph(session, session.say(rests_said(codes, parts)))
    if _gone(found, today, on):
        session.line(say("The law no longer fixes it on {day}.", day=on))
    elif today is None:
        session.line(say("No value is known on {day}.", day=on))
    for value in (*mine, *found.values):
        session.line()
        text = session.say(value_said(value))
        if value == today:
            text = session.say(
                say("{value} – counts on {day}", value=value_said(value), day=on)
            )
        shown.paragraph(session, text, indent=2, first="· ")
        below = value_point(value).below
        for each in below:
            shown.paragraph(session, session.say(each), indent=6)


values = command(
    name="values",
    help=(
        "List the amounts, shares and terms of the law as they count on a day, or one "
        "with all its periods."
    ),
)(_values)


# Rulings.


@click.argument("ruling", required=False)
def _cases(session: Session, ruling: str | None) -> None:
    if ruling is not None:
        _ruling(session, find_ruling(ruling))
        return
    everyone = all_rulings()
    if session.as_json:
        session.json([ruling_json(session, each) for each in everyone])
        return
    heads = (say("Day"), say("Ruling"), say("What it holds"), say("Questions"))
    session.table(
        heads,
        [
            (
                written.day(each.day, session.language),
                session.say(beside("{name}", name=ruling_named(each))),
                session.say(each.holding),
                ", ".join(question.code for question in each.questions),
            )
            for each in everyone
        ],
    )


def _ruling(session: Session, found: Ruling) -> None:
    if session.as_json:
        session.json({"what": "ruling", **ruling_json(session, found)})
        return
    title = title_said(found.source, found.name)
    session.line(session.say(beside("{title}", title=title)))
    for fact in ruling_facts(found):
        shown.paragraph(session, session.say(fact), indent=2)
    session.line()
    session.line(say("What it holds:"))
    shown.paragraph(session, session.say(found.holding), indent=2)
    session.line()
    session.line(say("What jointbuy makes of it:"))
    shown.paragraph(session, session.say(found.effect), indent=2)
    if found.questions:
        session.line()
        session.line(say("Questions that rest on it:"))
        for each in found.questions:
            text = beside("{text} [{code}]", text=each.text, code=each.code)
            shown.paragraph(session, session.say(text), indent=2, first="· ")


cases = command(
    name="cases",
    help="List the rulings of the Court of Justice the checks rest on, or show one.",
)(_cases)
