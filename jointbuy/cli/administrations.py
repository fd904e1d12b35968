"""`jointbuy administrations`: who buys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli.base import Group, Option, Session, command
from jointbuy.codec import to_plain
from jointbuy.errors import say, word
from jointbuy.model import AdministrationKind, Region

if TYPE_CHECKING:
    from collections.abc import Callable

administrations = Group(
    "administrations", help="List, add and complete administrations."
)

KINDS = {
    AdministrationKind.COMMUNE: word("commune"),
    AdministrationKind.CPAS: word("public centre for social welfare"),
    AdministrationKind.POLICE_ZONE: word("police zone"),
    AdministrationKind.PROVINCE: word("province"),
    AdministrationKind.INTERCOMMUNALE: word("intermunicipal company"),
    AdministrationKind.SCHOOL_BOARD: word("school board"),
    AdministrationKind.REGION: word("region"),
    AdministrationKind.OTHER: word("other"),
}

REGIONS = {
    Region.WALLONIA: word("Wallonia"),
    Region.BRUSSELS: word("Brussels"),
    Region.FLANDERS: word("Flanders"),
    Region.GERMAN_SPEAKING: word("German-speaking Community"),
}


def _list(session: Session) -> None:
    found = session.workspace.administrations()
    if session.as_json:
        session.json([to_plain(admin) for admin in found.values()])
        return
    heads = (say("Id"), say("Name"), say("Kind"), say("Region"), say("Languages"))
    session.table(
        heads,
        [
            (
                admin.id,
                admin.name(session.language),
                session.catalogue.word(KINDS[admin.kind].text)
                if admin.kind
                else session.say(say("to complete")),
                session.catalogue.word(REGIONS[admin.region].text)
                if admin.region
                else session.say(say("to complete")),
                " ".join(admin.languages),
            )
            for admin in found.values()
        ],
    )


administrations.add_command(
    command(name="list", help="List the administrations.")(_list)
)


def _fields(function: Callable[..., None]) -> Callable[..., None]:
    kinds = click.Choice([kind.name.lower() for kind in AdministrationKind])
    regions = click.Choice([region.name.lower() for region in Region])
    for option in (
        click.option("--fr", cls=Option, help="Name in French."),
        click.option("--nl", cls=Option, help="Name in Dutch."),
        click.option("--de", cls=Option, help="Name in German."),
        click.option("--en", cls=Option, help="Name in English."),
        click.option("--kind", type=kinds, cls=Option, help="What sort it is."),
        click.option(
            "--region", type=regions, cls=Option, help="Whose rules it follows."
        ),
        click.option("--territory", cls=Option, help="NUTS code, such as BE100."),
        click.option("--postcode", cls=Option, help="Postcode."),
        click.option("--languages", cls=Option, help="Languages of its acts: fr,nl."),
        click.option("--enterprise-number", cls=Option, help="Enterprise number."),
        click.option("--neighbours", cls=Option, help="Ids of its neighbours: a,b."),
        click.option(
            "--belongs-to", cls=Option, help="Ids of what it belongs to: a,b."
        ),
        click.option(
            "--council",
            cls=Option,
            help="Days its council meets: 2027-01-21,2027-02-18.",
        ),
        click.option(
            "--executive", cls=Option, help="Days its executive meets, likewise."
        ),
    ):
        function = option(function)
    return function


@click.argument("administration")
@_fields
def _add(session: Session, administration: str, **cells: Any) -> None:  # noqa: ANN401
    _save(session, administration, cells, new=True)


administrations.add_command(
    command(name="add", help="Add an administration under an id of your choice.")(_add)
)


@click.argument("administration")
@_fields
def _edit(session: Session, administration: str, **cells: Any) -> None:  # noqa: ANN401
    _save(session, administration, cells, new=False)


administrations.add_command(
    command(name="edit", help="Complete or change an administration.")(_edit)
)


def _save(session: Session, id_: str, cells: dict[str, Any], *, new: bool) -> None:
    workspace = session.new_workspace if new else session.workspace
    typed = {name: value for name, value in cells.items() if value is not None}
    saved = workspace.edit_administration(id_, typed, new=new)
    session.tell(say("Recorded: {id}.", id=saved.id))
    if session.as_json:
        session.json(saved)
