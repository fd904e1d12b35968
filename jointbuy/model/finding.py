"""What the law says about a cooperation, under the law of one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from jointbuy.errors import Message


class Outcome(Enum):
    """How a finding weighs, mildest first; the worst of several is their `max`."""

    OK = "OK"
    INFO = "INFO"
    UNKNOWN = "UNKNOWN"
    WARNING = "WARNING"
    SERIOUS = "SERIOUS"
    BLOCKED = "BLOCKED"

    def __init__(self, _name: str) -> None:
        self.rank = len(type(self).__members__)
        """Its place on the scale, 0 for OK."""

    def __lt__(self, other: Outcome) -> bool:
        return self.rank < other.rank

    def __le__(self, other: Outcome) -> bool:
        return self.rank <= other.rank

    def __gt__(self, other: Outcome) -> bool:
        return self.rank > other.rank

    def __ge__(self, other: Outcome) -> bool:
        return self.rank >= other.rank


class Stops(Enum):
    """What a finding stops until it is resolved."""

    FORM = "FORM"
    LAUNCH = "LAUNCH"
    ORDER = "ORDER"
    START = "START"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where it is written: the text, its article, and how sure we are of it.

    `source` is the short title of the text; `checked` the day the rule was read in a
    published source, or by an officer in the text where it is `own`: what a register
    set itself in the place of what is packaged. `to_verify` marks what nobody read yet.
    """

    source: str
    article: str = ""
    checked: date | None = None
    to_verify: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the law says (constat, vaststelling).

    `stops` is what may not happen meanwhile; `ask` the code of the question an
    UNKNOWN waits for; `evidence` the papers that prove it.
    """

    rule: str
    outcome: Outcome
    message: Message
    stops: Stops | None = None
    basis: tuple[Citation, ...] = ()
    ask: str = ""
    evidence: tuple[str, ...] = ()
