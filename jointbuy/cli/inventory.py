"""`jointbuy centres inventory`: the centres of each administration, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli.base import Option, Session, command
from jointbuy.errors import UsageError, say
from jointbuy.l10n import format as written
from jointbuy.workspace.words import ADHESION_STANDS, USED_BY

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.workspace.inventory import Gap, Inventory, Place, Used


@click.option(
    "--administration",
    "-a",
    "administrations",
    multiple=True,
    cls=Option,
    help="Only these; once for each.",
)
@click.option(
    "--csv",
    type=click.Path(path_type=Path),
    metavar="FILE",
    cls=Option,
    help="Write it as CSV as well.",
)
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    metavar="FILE",
    cls=Option,
    help="Write it as a workbook as well.",
)
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
def _inventory(
    session: Session,
    administrations: tuple[str, ...],
    csv: Path | None,
    xlsx: Path | None,
    *,
    overwrite: bool,
) -> None:
    workspace = session.workspace
    for path, suffix in ((csv, ".csv"), (xlsx, ".xlsx")):
        if path is None:
            continue
        if path.suffix.lower() != suffix:
            raise UsageError(
                say("“{file}” must end in {suffix}.", file=path.name, suffix=suffix)
            )
        workspace.write_inventory(path, administrations, overwrite=overwrite)
        session.tell(say("Written: {file}.", file=str(path)))
    found = workspace.inventory(administrations)
    if session.as_json:
        session.json(_plain(session, found))
    else:
        _whole(session, found)


def _whole(session: Session, found: Inventory) -> None:
    """Centres by administrations, then what others use and one could."""
    language = session.language
    name = {
        who.id: who.name(language)
        for who in session.workspace.administrations().values()
    }
    titles = {
        each.id: each.title.get(language) or each.id
        for each in session.workspace.frameworks().values()
    }
    centres = {each.id: each.names.get(language) or each.id for each in found.centres}
    session.table(
        (
            say("Centre"),
            *(say("{text}", text=name[who.id]) for who in found.administrations),
        ),
        [
            (
                centres[centre.id],
                *(
                    _cell(session, found.cells[who.id, centre.id])
                    for who in found.administrations
                ),
            )
            for centre in found.centres
        ],
    )
    session.line()
    for place in found.cells.values():
        for used in place.used:
            session.line(
                say(
                    "{who}, {framework} ({centre}): {ways}",
                    who=name[place.administration],
                    framework=titles.get(used.framework, used.framework),
                    centre=centres[place.centre],
                    ways=_ways(session, used),
                )
            )
    for gap in found.gaps:
        session.line(_gap(session, gap, name, titles, centres))
    session.tell(
        say(
            "Purchasing centres used: {n}; within reach of another: {gaps}.",
            n=len(found.centres),
            gaps=sum(gap.open for gap in found.gaps),
        )
    )


def _cell(session: Session, place: Place) -> str:
    words = session.catalogue.word
    parts = [words(ADHESION_STANDS[state.name].text) for state in place.states]
    if place.used:
        parts.append(session.say(say("frameworks: {n}", n=len(place.used))))
    if place.yearly is not None:
        amount = written.amount(place.yearly, session.language)
        parts.append(session.say(say("{amount} a year", amount=amount)))
    if not parts and place.admitted == "NO":
        return session.say(say("not for it"))
    return ", ".join(parts) or "–"


def _ways(session: Session, used: Used) -> str:
    parts = [session.catalogue.word(USED_BY[way].text) for way in used.ways]
    if used.yearly is not None:
        amount = written.amount(used.yearly, session.language)
        parts.append(session.say(say("{amount} a year", amount=amount)))
    if used.ordered is not None:
        amount = written.amount(used.ordered, session.language)
        parts.append(session.say(say("{amount} ordered in a year", amount=amount)))
    return ", ".join(parts)


def _gap(
    session: Session,
    gap: Gap,
    name: dict[str, str],
    titles: dict[str, str],
    centres: dict[str, str],
) -> str:
    """What another uses, in one line: who could, what, who does, what to do."""
    what = centres[gap.centre]
    if gap.framework:
        what = f"{titles.get(gap.framework, gap.framework)} ({what})"
    others = ", ".join(name.get(each, each) for each in gap.users)
    told = (
        say(
            "{who} could use {what}, as {others}: {why} {todo}",
            who=name[gap.administration],
            what=what,
            others=others,
            why=gap.why,
            todo=gap.todo,
        )
        if gap.open
        else say(
            "{who} cannot use {what} now, unlike {others}: {why} {todo}",
            who=name[gap.administration],
            what=what,
            others=others,
            why=gap.why,
            todo=gap.todo,
        )
    )
    return session.say(told)


def _plain(session: Session, found: Inventory) -> dict[str, object]:
    """The inventory as JSON, its sentences in the user's language."""
    said = session.catalogue.say
    return {
        "on": found.on.isoformat(),
        "administrations": [who.id for who in found.administrations],
        "centres": [centre.id for centre in found.centres],
        "places": [
            {
                "administration": place.administration,
                "centre": place.centre,
                "states": [state.name.lower() for state in place.states],
                "joined": place.joined,
                "admitted": place.admitted.lower(),
                "yearly": _amount(place.yearly),
                "ordered": _amount(place.ordered),
                "used": [
                    {
                        "framework": used.framework,
                        "ways": list(used.ways),
                        "yearly": _amount(used.yearly),
                        "ordered": _amount(used.ordered),
                    }
                    for used in place.used
                ],
            }
            for place in found.cells.values()
        ],
        "gaps": [
            {
                "administration": gap.administration,
                "centre": gap.centre,
                "framework": gap.framework or None,
                "users": list(gap.users),
                "why": said(gap.why),
                "todo": said(gap.todo),
                "open": gap.open,
                "until": gap.until.isoformat() if gap.until else None,
            }
            for gap in found.gaps
        ],
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


inventory = command(
    name="inventory",
    help=(
        "The centres each administration uses, side by side, with what one uses and "
        "another could."
    ),
)(_inventory)
