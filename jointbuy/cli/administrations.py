"""`jointbuy administrations`: who buys."""

from __future__ import annotations

from jointbuy.cli.base import Group, Session, command
from jointbuy.cli.entries import add_command, edit_command
from jointbuy.errors import say
from jointbuy.model import Administration
from jointbuy.workspace.words import ADMINISTRATION_KINDS, REGIONS

administrations = Group(
    "administrations", help="List, add and complete administrations."
)


def _list(session: Session) -> None:
    found = session.records.administrations()
    if session.as_json:
        session.json(list(found.values()))
        return
    heads = (say("Id"), say("Name"), say("Kind"), say("Region"), say("Languages"))
    session.table(
        heads,
        [
            (
                admin.id,
                admin.name(session.language),
                session.catalogue.word(ADMINISTRATION_KINDS[admin.kind].text)
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


add_command(
    administrations,
    Administration,
    help="Add an administration under an id of your choice.",
)
edit_command(
    administrations, Administration, help="Complete or change an administration."
)
