"""`jointbuy law stale` and `law diff`: what of the law ends, is unsure, or changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, parse_on
from jointbuy.cli.legal_texts import cited_json, part, ruling_json, value_json
from jointbuy.errors import UsageError, say
from jointbuy.workspace.law_sentences import (
    difference_points,
    outside_said,
    review_points,
)
from jointbuy.workspace.legal_texts import law_between, law_review, own_law

if TYPE_CHECKING:
    from jointbuy.law.difference import Difference, RowChange

MONTHS = 12


def by_day(text: str, on: date) -> date:
    """A span (`12m`, `90d`, `1y`) counted from a day, or a day as it is typed.

    Raises:
        UsageError: it is neither, or lies too far ahead.
    """
    found = re.fullmatch(r"\s*(\d{1,4})\s*([dmy])\s*", text.lower(), flags=re.ASCII)
    if found is None:
        try:
            return parse_on(text)
        except UsageError:
            raise UsageError(
                say(
                    "“{text}” is neither a span nor a day: write 12m, 90d, 1y or "
                    "2027-12-31.",
                    text=text,
                )
            ) from None
    number, unit = int(found[1]), found[2]
    try:
        if unit == "d":
            return on + timedelta(days=number)
        months = on.month - 1 + number * (MONTHS if unit == "y" else 1)
        first = date(on.year + months // MONTHS, months % MONTHS + 1, 1)
        longest = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - first
        return first + min(timedelta(days=on.day - 1), longest - timedelta(days=1))
    except (ValueError, OverflowError):
        raise UsageError(
            say("“{text}” lies too far ahead: name a nearer day.", text=text)
        ) from None


@click.option(
    "--within",
    default="12m",
    metavar="12m|DATE",
    cls=Option,
    help="A span such as 12m or 90d from the day, or the last day to look to.",
)
def _stale(session: Session, within: str) -> None:
    on = session.day
    found = law_review(on, by_day(within, on), own_law(session.desk))
    if session.as_json:
        session.json(
            {
                "on": found.on.isoformat(),
                "until": found.until.isoformat(),
                "ending": [value_json(session, each.value) for each in found.ending],
                "to_verify": [value_json(session, each) for each in found.doubtful],
                "articles": [
                    {
                        **cited_json(session, each.citation),
                        "questions": list(each.questions),
                        "parts": list(each.parts),
                    }
                    for each in found.doubts
                ],
                "rulings": [ruling_json(session, each) for each in found.rulings],
            }
        )
        return
    session.line(
        say(
            "The law of {day}, looked at until {until}:",
            day=found.on,
            until=found.until,
        )
    )
    for head, points in review_points(found):
        part(session, head, points)


stale = command(
    name="stale",
    help=(
        "List what of the law ends soon and what is to be verified, with what to do "
        "about it."
    ),
)(_stale)


@click.argument("one", metavar="DATE1")
@click.argument("other", metavar="DATE2")
def _diff(session: Session, one: str, other: str) -> None:
    found = law_between(parse_on(one), parse_on(other), own_law(session.desk))
    outside = [session.say(each) for each in outside_said(found)]
    if session.as_json:
        session.json(_difference_json(session, found, outside))
        return
    session.line(say("From {first} to {last}:", first=found.first, last=found.last))
    for text in outside:
        shown.paragraph(session, text, first="! ")
    if found.nothing:
        session.line(say("Nothing changed in the law that jointbuy knows."))
    for head, points in difference_points(found):
        part(session, head, points)


def _difference_json(
    session: Session, found: Difference, outside: list[str]
) -> dict[str, object]:
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "outside": outside,
        "texts": [
            {
                "key": each.key,
                "title": session.catalogue.name(each.titles.as_dict()),
                "from": each.start.isoformat() if each.start else None,
            }
            for each in found.started
        ],
        "values": [
            {
                "name": each.parameter.name,
                "title": session.catalogue.word(each.parameter.title),
                "before": value_json(session, each.before) if each.before else None,
                "after": value_json(session, each.after) if each.after else None,
            }
            for each in found.values
        ],
        "competences": [_row_json(session, each) for each in found.rows],
    }


def _row_json(session: Session, change: RowChange) -> dict[str, object]:
    return {
        "part": change.part,
        "kinds": [kind.lower() for kind in change.kinds],
        "regions": [region.lower() for region in change.regions],
        "about": dict(change.about),
        "before": dict(change.before) if change.before is not None else None,
        "after": dict(change.after) if change.after is not None else None,
        "was": cited_json(session, change.was) if change.was else None,
        "now": cited_json(session, change.now) if change.now else None,
    }


diff = command(
    name="diff",
    help=(
        "Say what changed in the law between two days: amounts, shares and terms, who "
        "decides and supervises, texts that took effect."
    ),
)(_diff)
