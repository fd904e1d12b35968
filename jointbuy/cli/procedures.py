"""`jointbuy law procedure`: which procedures a value allows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, plain_number
from jointbuy.errors import euro, say, word
from jointbuy.workspace import procedures, source_title

if TYPE_CHECKING:
    from jointbuy.law import Procedure


@click.option(
    "--nature",
    type=click.Choice(["works", "supplies", "services", "social"]),
    required=True,
    cls=Option,
    help="Works, supplies, services, or social and other specific services.",
)
@click.option(
    "--estimate",
    required=True,
    cls=Option,
    help="Euro excluding VAT, all participants.",
)
@click.option(
    "--expenditure", cls=Option, help="Expenditure to approve, euro excluding VAT."
)
@click.option(
    "--authority",
    type=click.Choice(["local", "central"]),
    default="local",
    cls=Option,
    help="Local, or central (federal).",
)
def _procedure(
    session: Session,
    nature: str,
    estimate: str,
    expenditure: str | None,
    authority: str,
) -> None:
    found = procedures(
        nature,
        estimate,
        expenditure=expenditure,
        authority=authority,
        on=session.on or date.today(),  # noqa: DTZ011
    )
    if session.as_json:
        session.json(
            {
                "eu_publicity": found.eu_publicity,
                "low_value": found.low_value,
                "procedures": [
                    {
                        "name": item.name,
                        "threshold": plain_number(item.threshold),
                        "tests": item.tests or None,
                        "source": source_title(item.citation.source, session.language),
                        "article": item.citation.article,
                        "amount_source": _amount_source(session, item),
                        "to_verify": item.citation.to_verify,
                    }
                    for item in found.procedures
                ],
            }
        )
        return
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


def _amount_source(session: Session, item: Procedure) -> str | None:
    """Where the amount itself is written, which is not where the procedure is."""
    return shown.citation(session, item.limit.citation) if item.limit else None


TESTS = {
    "estimate": word("the estimate"),
    "expenditure": word("the expenditure to approve"),
}

procedure = command(
    name="procedure",
    help="Say which procedures a value allows on a day, and why.",
)(_procedure)
