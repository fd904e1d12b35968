"""`jointbuy cpv`: find the code of a purchase."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jointbuy import settings
from jointbuy.cli.base import REFUSED, Group, Option, Session, command
from jointbuy.errors import say
from jointbuy.workspace import install_cpv, search_cpv, suggest_cpv

cpv = Group(
    "cpv", help="Find the CPV code of a purchase, in any of the four languages."
)


@click.argument("text", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    cls=Option,
    help="How many.",
)
@click.option(
    "--nature",
    type=click.Choice(["works", "supplies", "services"]),
    cls=Option,
    help="Works, supplies or services.",
)
def _search(
    session: Session, text: tuple[str, ...], limit: int, nature: str | None
) -> None:
    found = search_cpv(
        " ".join(text),
        language=session.language,
        nature=nature or "",
        limit=limit,
        folder=settings.folder(),
    )
    if session.as_json:
        session.json(
            [
                {
                    "code": item.code,
                    "label": item.labels,
                    "score": round(item.score, 4),
                    "why": session.catalogue.say(item.why),
                }
                for item in found
            ]
        )
        return
    rows = [
        (item.code, session.catalogue.name(item.labels), session.say(item.why))
        for item in found
    ]
    session.table((say("Code"), say("Purchase"), say("Why")), rows)
    if not found:
        session.tell(
            say("No known word in it. Try other words, or install the official list.")
        )


cpv.add_command(
    command(name="search", help="Suggest codes for a text, with the reason.")(_search)
)


@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    required=True,
    cls=Option,
    help="NDJSON: one object a line with id, text, language.",
)
def _suggest(session: Session, source: Path) -> None:
    suggested = suggest_cpv(source, folder=settings.folder())
    for item in suggested.suggestions:
        sys.stdout.write(session.as_line(item))
    session.problems(suggested.problems[:50])
    if suggested.problems:
        session.tell(say("Lines refused: {n}.", n=len(suggested.problems)))
        click.get_current_context().exit(REFUSED)


cpv.add_command(
    command(name="suggest", help="Suggest codes for many texts (NDJSON).")(_suggest)
)


@click.argument("file", type=click.Path(path_type=Path))
def _install(session: Session, file: Path) -> None:
    count = install_cpv(file, folder=settings.folder())
    session.tell(say("Official codes installed: {n}.", n=count))
    if session.as_json:
        session.json({"codes": count})


cpv.add_command(
    command(name="install", help="Install the official list (CSV, genericode, XML).")(
        _install
    )
)
