"""What goes before a decision and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.law.competence.judging import Due

if TYPE_CHECKING:
    from jointbuy.errors import Message
    from jointbuy.law.parameters import Value
    from jointbuy.model.finding import Citation
    from jointbuy.model.parties import LocalText


class FormalityKind(Enum):
    """What sort of thing it is, in the order in which it is done."""

    CONSULTATION = "CONSULTATION"
    OPINION = "OPINION"
    VISUM = "VISUM"
    SUMMONS = "SUMMONS"
    SENDING = "SENDING"
    LISTING = "LISTING"
    PUBLICATION = "PUBLICATION"
    WAITING = "WAITING"
    CHANGE = "CHANGE"


BEFORE = frozenset(
    {
        FormalityKind.CONSULTATION,
        FormalityKind.OPINION,
        FormalityKind.VISUM,
        FormalityKind.SUMMONS,
    }
)
"""What comes before the decision; the rest follows it."""


def merged(*citations: Citation) -> tuple[Citation, ...]:
    """Citations in order, each article once; doubtful where one of the same is."""
    found: dict[tuple[str, str], Citation] = {}
    for each in citations:
        key = each.source, each.article
        known = found.get(key)
        if known is None or (each.to_verify and not known.to_verify):
            found[key] = each
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Formality:
    """One formality of an act: whether it is due, why, and where it is written.

    `days` is the time it may take, in `unit`; `term_days` is what the authority then
    has, `extension_days` what it can add once. `parameter` names the value of the law
    that decides, which a register can set itself; `among` those of which one does,
    where it is not known which.
    """

    kind: FormalityKind
    due: Due
    message: Message
    why: Message | None = None
    days: int | None = None
    unit: str = "days"
    authority: LocalText | None = None
    term_days: int | None = None
    extension_days: int | None = None
    limit: Value | None = None
    parameter: str = ""
    among: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()

    @property
    def to_verify(self) -> bool:
        """Whether something in it was not read, or not compared with the text."""
        return self.due is Due.UNKNOWN or any(each.to_verify for each in self.basis)

    @property
    def goes_before(self) -> bool:
        """Whether it comes before the decision."""
        return self.kind in BEFORE
