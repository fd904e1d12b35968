"""`jointbuy contracts`: what the administrations are still bound by, and until when."""

from __future__ import annotations

from jointbuy.cli.base import Group
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say
from jointbuy.model import Contract

contracts = Group("contracts", help="List, add and change running contracts.")

list_command(
    contracts,
    Contract,
    ("administration", say("Administration")),
    ("title", say("Object")),
    ("supplier", say("Supplier")),
    ("yearly_value", say("Per year")),
    ("notice", say("Notice by")),
    ("end", say("End")),
    ("successor", say("Taken over by")),
    help="List the running contracts.",
    count=lambda n: say("Contracts: {n}.", n=n),
)
add_command(
    contracts, Contract, help="Add a running contract under an id of your choice."
)
edit_command(contracts, Contract, help="Change a running contract.")
