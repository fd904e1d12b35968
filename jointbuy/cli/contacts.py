"""`jointbuy contacts`: who collects the needs, and from when until when."""

from __future__ import annotations

from jointbuy.cli.base import Group
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say
from jointbuy.model import ContactPerson

contacts = Group("contacts", help="List, add and change contact persons.")

list_command(
    contacts,
    ContactPerson,
    ("administration", say("Administration")),
    ("name", say("Name")),
    ("service", say("Service")),
    ("email", say("E-mail address")),
    ("active_from", say("From")),
    ("active_until", say("Until")),
    help="List the contact persons.",
    count=lambda n: say("Contact persons: {n}.", n=n),
)
add_command(
    contacts,
    ContactPerson,
    help="Add a contact person of an administration, or of one of its services.",
)
edit_command(
    contacts, ContactPerson, help="Change a contact person, or record a departure."
)
