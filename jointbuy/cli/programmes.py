"""`jointbuy programmes`: what is joined domain by domain, and whether it goes on."""

from __future__ import annotations

import click

from jointbuy.cli.adhesions import tell_table
from jointbuy.cli.base import Group, Session, command
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say
from jointbuy.model import Programme

programmes = Group(
    "programmes",
    help="List, add, change and show programmes that are joined domain by domain.",
)


@click.argument("programme")
def _show(session: Session, programme: str) -> None:
    tell_table(session, programme)


list_command(
    programmes,
    Programme,
    ("names", say("Name")),
    ("centre", say("Centre")),
    ("seen_on", say("Seen on")),
    help="List the programmes of the centres.",
    count=lambda n: say("Programmes: {n}.", n=n),
)
programmes.add_command(
    command(name="show", help="Its domains, who joined each, and what is missing.")(
        _show
    )
)
add_command(
    programmes,
    Programme,
    help="Add a programme under an id of your choice; --domain once per domain.",
)
edit_command(
    programmes,
    Programme,
    help=(
        "Change a programme. --domain adds a domain or replaces the one of its id; "
        '--domain "" takes the domains away.'
    ),
)
