"""What every deadline is written with: the day it is looked at, names, who acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import Arg
from jointbuy.model import Deadline, Level
from jointbuy.schedule.acting import followed, main_of
from jointbuy.schedule.names import named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointbuy.errors import Message
    from jointbuy.law import OwnValues
    from jointbuy.model import (
        Administration,
        Citation,
        ContactPerson,
        FrameworkAgreement,
        PurchasingCentre,
    )
    from jointbuy.schedule.acting import People
    from jointbuy.schedule.practice import Practice

_LEVELS = ((7, Level.WEEK), (30, Level.MONTH), (90, Level.QUARTER))
"""The longest distance in days of each level, from the day itself."""


def level(day: date, on: date) -> Level:
    """How near a day is: the day itself is not overdue yet."""
    ahead = (day - on).days
    if ahead < 0:
        return Level.OVERDUE
    return next((near for most, near in _LEVELS if ahead <= most), Level.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookout:
    """The day, and what the records call and use together.

    `home` is the administration that keeps the register, `sequences` how often each
    record was changed, by its id, and `changed` the day it was changed last, where that
    matters.
    """

    on: date
    centres: Mapping[str, PurchasingCentre]
    administrations: Mapping[str, Administration]
    people: People
    sequences: Mapping[str, int]
    practice: Practice
    own: OwnValues
    home: str = ""
    changed: Mapping[str, date] = field(default_factory=dict)
    _met: dict[tuple[str, str, date], ContactPerson | None] = field(
        default_factory=dict
    )

    def deadline(
        self,
        kind: str,
        record: str,
        administration: str,
        day: date,
        *,
        what: Message,
        consequence: Message | None = None,
        part: str = "",
        contact: str = "",
        basis: tuple[Citation, ...] = (),
    ) -> Deadline:
        """A deadline with its level and who must act, on the day or, later, now.

        The `contact` named, or who took over from them, goes before the main one.
        """
        person = self._who(administration, contact, max(day, self.on))
        return Deadline(
            id=":".join(bit for bit in (kind, record, part, administration) if bit),
            day=day,
            what=what,
            level=level(day, self.on),
            administration=administration,
            contact=person.id if person else "",
            consequence=consequence,
            subject=record,
            kind=kind,
            sequence=self.sequences.get(record, 0),
            basis=basis,
        )

    def _who(
        self, administration: str, contact: str, when: date
    ) -> ContactPerson | None:
        key = (administration, contact, when)
        if key not in self._met:
            self._met[key] = (
                followed(self.people, contact, when)
                or followed(self.people, contact, self.on)
                or main_of(self.people, administration, when)
                or main_of(self.people, administration, self.on)
            )
        return self._met[key]

    def reported(self, day: date) -> bool:
        """Whether the day lies ahead or has passed not long ago."""
        return day >= self.on - timedelta(days=self.practice.passed_days)

    def centre(self, id_: str) -> Arg:
        """What a purchasing centre is called."""
        known = self.centres.get(id_)
        return named(known.names, id_) if known else Arg(name="", text=id_)


def title(framework: FrameworkAgreement) -> Arg:
    """What a framework agreement is called."""
    return named(framework.title, framework.id)
