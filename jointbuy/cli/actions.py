"""`jointbuy actions`: what somebody is to do by a day, and what was done."""

from __future__ import annotations

import click

from jointbuy.cli.base import Group, Option, Session, command, parse_on
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say
from jointbuy.model import ActionPoint

actions = Group("actions", help="List, add, change and finish action points.")

list_command(
    actions,
    ActionPoint,
    ("title", say("What is to be done")),
    ("administration", say("Administration")),
    ("contact", say("Contact person")),
    ("due", say("Due")),
    ("agreed", say("Agreed in")),
    ("done_on", say("Done on")),
    help="List the action points.",
    count=lambda n: say("Action points: {n}.", n=n),
)
add_command(actions, ActionPoint, help="Add an action point.")
edit_command(actions, ActionPoint, help="Change an action point.")


@click.argument("action", metavar="ID")
@click.option("--day", metavar="DATE", cls=Option, help="Done on; default: today.")
def _done(session: Session, action: str, day: str | None) -> None:
    made = session.workspace.finish_action(action, parse_on(day) if day else None)
    id_ = made.record.id
    if made.changed:
        session.tell(say("Recorded: {id}.", id=id_))
    else:
        session.tell(say("Nothing changed: {id} stays as it was.", id=id_))
    if session.as_json:
        session.json(made.record)


actions.add_command(command(name="done", help="Record that it was done.")(_done))
