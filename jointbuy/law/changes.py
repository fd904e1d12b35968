"""How the findings on a case differ from those that were made before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model.finding import Finding


class Turn(Enum):
    """What became of a finding, gravest first."""

    WORSE = "WORSE"
    APPEARED = "APPEARED"
    BETTER = "BETTER"
    GONE = "GONE"
    OTHERWISE = "OTHERWISE"
    BASIS = "BASIS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one rule: `before` is None where it is new, `after` where gone.

    OTHERWISE is another sentence of the same weight; BASIS other articles only.
    """

    rule: str
    turn: Turn
    before: Finding | None = None
    after: Finding | None = None


def compare(old: Iterable[Finding], new: Iterable[Finding]) -> tuple[Change, ...]:
    """What differs, in the order of the new findings; what is gone comes last.

    Nothing differs when only the day on which an article was compared does.
    """
    before = {finding.rule: finding for finding in old}
    after = {finding.rule: finding for finding in new}
    found = []
    for code in (*after, *(code for code in before if code not in after)):
        turn = _turn(before.get(code), after.get(code))
        if turn is not None:
            found.append(
                Change(
                    rule=code,
                    turn=turn,
                    before=before.get(code),
                    after=after.get(code),
                )
            )
    return tuple(found)


def _turn(old: Finding | None, new: Finding | None) -> Turn | None:
    if old is None:
        return Turn.APPEARED
    if new is None:
        return Turn.GONE
    if new.outcome != old.outcome:
        return Turn.WORSE if new.outcome > old.outcome else Turn.BETTER
    if (new.message, new.stops) != (old.message, old.stops):
        return Turn.OTHERWISE
    return Turn.BASIS if _articles(new) != _articles(old) else None


def _articles(finding: Finding) -> frozenset[tuple[str, str]]:
    return frozenset((cited.source, cited.article) for cited in finding.basis)
