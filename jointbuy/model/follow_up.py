"""What is done about deadlines: who was reminded, what was put off or agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Channel(Enum):
    """How somebody was reminded."""

    MAIL = "MAIL"
    TELEPHONE = "TELEPHONE"
    MEETING = "MEETING"
    LETTER = "LETTER"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Somebody was reminded of something.

    `about` is the id of the deadline, or of the record, it was about; `to` the id of a
    contact person, or a name. `by` is who reminded.
    """

    id: str
    about: str
    on: date
    to: str = ""
    channel: Channel = Channel.MAIL
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A deadline that is not to be reported before `until`, and why; its day stands.

    Its id is the id of the deadline. `day` is the day the deadline had: one that moves
    is reported again.
    """

    id: str
    until: date
    why: str
    day: date | None = None
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPoint:
    """Something somebody is to do by a day (point d'action, actiepunt).

    `about` is the id of the record it belongs to, `agreed` where it was agreed, such as
    the minutes of a meeting; `consequence` what happens when it is not done.
    """

    id: str
    title: str
    administration: str = ""
    contact: str = ""
    due: date | None = None
    agreed: str = ""
    about: str = ""
    consequence: str = ""
    done_on: date | None = None
    note: str = ""
