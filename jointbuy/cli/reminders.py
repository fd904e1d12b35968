"""`jointbuy reminders`: who was reminded of what, when and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli.base import Group, Option, Session, command
from jointbuy.cli.deadlines import plain_reminder
from jointbuy.cli.entries import edit_command
from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.model import Channel, Reminder
from jointbuy.workspace.words import CHANNELS

if TYPE_CHECKING:
    from jointbuy.model import ContactPerson

reminders = Group("reminders", help="Record who was reminded of what, and look it up.")


@click.argument("about", metavar="DEADLINE|RECORD")
@click.option(
    "--to",
    default="",
    cls=Option,
    help="Contact person or name; default: who must act.",
)
@click.option(
    "--channel",
    type=click.Choice([each.name.lower() for each in Channel]),
    default="mail",
    cls=Option,
    help="How they were reminded.",
)
@click.option("--note", default="", cls=Option, help="Anything else.")
def _add(session: Session, about: str, to: str, channel: str, note: str) -> None:
    made = session.workspace.remind(
        about, to=to, channel=Channel[channel.upper()], note=note
    )
    people = session.workspace.contacts()
    session.tell(
        say(
            "Reminder recorded: {who}, about {what}.",
            who=_name(made.to, people),
            what=made.about,
        )
    )
    if session.as_json:
        session.json(plain_reminder(made))
    else:
        session.line(made.id)


@click.option("--about", default="", cls=Option, help="Only about this.")
def _list(session: Session, about: str) -> None:
    workspace = session.workspace
    wanted = workspace.reminded_of(about) if about else None
    found = sorted(
        (
            each
            for each in workspace.reminders().values()
            if wanted is None or each.about in wanted
        ),
        key=lambda each: (each.on, each.id),
        reverse=True,
    )
    if session.as_json:
        session.json([plain_reminder(each) for each in found])
        return
    people = workspace.contacts()
    session.table(
        (
            say("Day"),
            say("Who was reminded"),
            say("How"),
            say("About"),
            say("Reminded by"),
            say("Note"),
            say("Id"),
        ),
        [
            (
                written.day(each.on, session.language),
                _name(each.to, people),
                session.catalogue.word(CHANNELS[each.channel].text),
                each.about,
                each.by,
                each.note,
                each.id,
            )
            for each in found
        ],
    )
    session.tell(say("Reminders: {n}.", n=len(found)))


def _name(to: str, people: dict[str, ContactPerson]) -> str:
    return people[to].name if to in people else to


reminders.add_command(
    command(
        name="add",
        help="Record that somebody was reminded, today or on the day of --on.",
    )(_add)
)
reminders.add_command(
    command(name="list", help="List the reminders, the newest first.")(_list)
)
edit_command(reminders, Reminder, help="Change a reminder.")
