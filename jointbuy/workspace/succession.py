"""A contact person leaves: who takes over, from when, and what goes along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Problem, Refused, say, word
from jointbuy.model import ActionPoint, ContactPerson, Need, NeedStatus
from jointbuy.model.lookup import find
from jointbuy.workspace.names import called
from jointbuy.workspace.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.errors import Message

OPEN = (NeedStatus.DRAFT, NeedStatus.OPEN)
"""What is still to be followed up; a settled need keeps the name of who did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Who leaves, who takes over, and the needs and action points that go along."""

    contact: ContactPerson
    successor: ContactPerson
    needs: tuple[Need, ...] = ()
    actions: tuple[ActionPoint, ...] = ()


class Succession(Records):
    """Contact persons who follow each other."""

    def hand_over(
        self, contact: str, successor: str, on: date | None = None
    ) -> HandedOver:
        """Record the last day of a contact person and give all open work to another.

        Without a day it is today. All of it is one change.

        Raises:
            NotFound: there is no such contact person.
            Refused: with every reason why the other cannot take over.
        """
        contacts, what = self.contacts(), word("contact person")
        leaves = find(contact, contacts, what)
        takes = find(successor, contacts, what)
        last = on or self.on
        if problems := tuple(_against(leaves, takes, last)):
            raise Refused(say("Nothing was kept: correct what follows."), problems)
        needs = [
            need
            for need in self.needs().values()
            if need.contact == leaves.id and need.status in OPEN
        ]
        points = [
            point
            for point in self.action_points().values()
            if point.contact == leaves.id and point.done_on is None
        ]
        gone = replace(leaves, active_until=last, successor=takes.id)
        given = tuple(replace(need, contact=takes.id) for need in needs)
        actions = tuple(replace(point, contact=takes.id) for point in points)
        changes = [
            self.change(replace(need, contact=takes.id), of=need) for need in needs
        ]
        changes += [
            self.change(replace(point, contact=takes.id), of=point) for point in points
        ]
        if gone != leaves:
            changes.insert(0, self.change(gone, of=leaves))
        self.commit(changes, why=f"hand over {leaves.id}")
        return HandedOver(contact=gone, successor=takes, needs=given, actions=actions)


def _against(
    leaves: ContactPerson, takes: ContactPerson, last: date
) -> Iterator[Problem]:
    """Everything that keeps one from taking over from the other on that day."""

    def about(field: str, message: Message) -> Problem:
        return Problem(field=field, message=message)

    name: Arg = called(takes)
    if leaves.id == takes.id:
        yield about(
            "successor",
            say("Nobody and nothing takes over from itself: name another."),
        )
        return
    if leaves.administration != takes.administration:
        yield about(
            "successor",
            say(
                "{name} is a contact person of another administration: name one of "
                "the same, or add one.",
                name=name,
            ),
        )
    if takes.active_until is not None and takes.active_until <= last:
        yield about(
            "successor",
            say(
                "{name} leaves on {day} already: name somebody who stays.",
                name=name,
                day=takes.active_until,
            ),
        )
    if leaves.active_from is not None and last < leaves.active_from:
        yield about(
            "active_until",
            say(
                "The last day, {last}, lies before the first, {first}: correct one of "
                "them.",
                last=last,
                first=leaves.active_from,
            ),
        )
