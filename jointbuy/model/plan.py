"""The backward planning of a dossier and the deadlines of a register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from jointbuy.errors import Message, say
from jointbuy.model.cooperation import Form
from jointbuy.model.dossier import Anchor
from jointbuy.model.finding import Citation
from jointbuy.model.parties import BodyKind

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


class StepKind(Enum):
    """What a step of the plan rests on."""

    ANCHOR = "ANCHOR"
    LEGAL = "LEGAL"
    SUPERVISION = "SUPERVISION"
    SESSION = "SESSION"
    PRACTICE = "PRACTICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step: the last day on which it can be done.

    `code` is stable (such as `council:commune`); `days` is the term the step needs
    before the next one; `basis` the article, empty for practice; `slack` the days
    between today and `day`, negative when the day has passed; `administration` who
    must act, empty for all; `body` the one that meets for a session. `forced` is a day
    somebody fixed, with `why`; `done` the day on which the step was taken.

    `after` are the codes of the steps it waits for; `earliest` is the first day on
    which it can be taken, counted forwards from today and from what is done; `margin`
    the days it can slip without moving the start (from `earliest` to `day`), negative
    when it breaks, None for what is done and for the days of others. `critical` is a
    step of the chain that decides the earliest start.
    """

    code: str
    label: Message
    day: date
    kind: StepKind
    administration: str = ""
    days: int | None = None
    basis: tuple[Citation, ...] = ()
    slack: int | None = None
    forced: bool = False
    why: str = ""
    note: Message | None = None
    done: date | None = None
    after: tuple[str, ...] = ()
    earliest: date | None = None
    margin: int | None = None
    critical: bool = False
    body: BodyKind | None = None

    @property
    def step(self) -> Message:
        """What is done, without whose step it is; that is its administration."""
        gaps = {gap.name: gap for gap in self.label.args}
        if "step" in gaps and "administration" in gaps:
            return say("{name}", name=gaps["step"])
        return self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A step that cannot hold, by how many days, and what would help."""

    milestone: str
    days: int
    message: Message
    remedies: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Milestones, earliest first; what follows the start comes after it.

    `changes` says how the needs differ from those the choice was made on. `critical`
    are the codes of the chain that decides the earliest start, in order; `earliest` is
    the first start for which every step holds, where that was asked for, there is one
    and all it rests on is known; `latest` the last day on which all the needs can start
    (`earliest` may lie after it); `anchor` what the wanted day rests on; `unsure` what
    the plan supposes and nobody knows.
    """

    candidate: str
    form: Form
    wanted: date
    on: date
    milestones: tuple[Milestone, ...] = ()
    breaches: tuple[Breach, ...] = ()
    changes: tuple[Message, ...] = ()
    critical: tuple[str, ...] = ()
    earliest: date | None = None
    anchor: Anchor | None = None
    latest: date | None = None
    unsure: tuple[Message, ...] = ()


class Level(Enum):
    """How near a deadline is, nearest first."""

    OVERDUE = "OVERDUE"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    LATER = "LATER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One day not to miss.

    `id` is stable for the same thing whatever its day; `subject` is the id of the
    record it comes from; `sequence` counts how often that record was changed; `basis`
    the article behind it, where there is one.
    """

    id: str
    day: date
    what: Message
    level: Level
    administration: str = ""
    contact: str = ""
    consequence: Message | None = None
    subject: str = ""
    kind: str = ""
    sequence: int = 0
    cancelled: bool = False
    basis: tuple[Citation, ...] = ()

    @property
    def code(self) -> str:
        """Six letters and figures that follow from the id alone, short enough to type.

        No two signs in them are taken for one another when they are read aloud.
        """
        import hashlib

        number = int.from_bytes(hashlib.sha256(self.id.encode()).digest()[:8])
        signs = []
        for _ in range(6):
            number, sign = divmod(number, len(_SIGNS))
            signs.append(_SIGNS[sign])
        return "".join(signs)
