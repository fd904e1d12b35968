"""What follows what: from a contract to the need, the dossier and the next contract."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from jointbuy.model import NeedStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.model import Contract, Dossier, Need

LinkKind = Literal["contract", "need", "dossier"]

_ORDER: tuple[LinkKind, ...] = ("contract", "need", "dossier")
"""Of what stands side by side, what comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One record of a chain; `step` counts from the contract asked for, 0."""

    kind: LinkKind
    id: str
    step: int


@dataclass(slots=True)
class Successions:
    """Who follows whom among contracts, needs and dossiers, by id."""

    after: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    before: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[str, LinkKind] = field(default_factory=dict)

    def join(self, one: str, other: str) -> None:
        """Note that `other` follows `one`, if both are known."""
        if one in self.kinds and other in self.kinds and other not in self.after[one]:
            self.after[one].append(other)
            self.before[other].append(one)


def successions(
    contracts: Mapping[str, Contract],
    needs: Mapping[str, Need],
    dossiers: Iterable[Dossier] = (),
) -> Successions:
    """Who follows whom.

    A contract is followed by its `successor` and by the needs that replace it, a need
    by the dossiers that were retained for it and by the contract concluded for it; the
    latter also follows the dossier. A need that was withdrawn follows nothing.
    """
    retained = [each for each in dossiers if each.choice and each.choice.retained]
    found = Successions()
    found.kinds |= dict.fromkeys(contracts, "contract")
    found.kinds |= {
        id_: "need"
        for id_, need in needs.items()
        if need.status is not NeedStatus.WITHDRAWN
    }
    found.kinds |= {each.id: "dossier" for each in retained}
    of_need: dict[str, list[str]] = defaultdict(list)
    for dossier in retained:
        for id_ in dossier.candidate.needs:
            of_need[id_].append(dossier.id)
            found.join(id_, dossier.id)
    for need in needs.values():
        found.join(need.replaces, need.id)
    for contract in contracts.values():
        found.join(contract.id, contract.successor)
        for dossier_id in of_need.get(contract.need, ()):
            found.join(dossier_id, contract.id)
        if contract.need not in of_need:
            found.join(contract.need, contract.id)
    return found


def chain(of: str, found: Successions) -> tuple[Link, ...]:
    """Everything that led to a record and everything that follows, first to last."""
    steps = {of: 0}
    for way, sign in ((found.before, -1), (found.after, 1)):
        waiting = [of]
        while waiting:
            here = waiting.pop(0)
            for each in way.get(here, ()):
                if each not in steps:
                    steps[each] = steps[here] + sign
                    waiting.append(each)
    links = [Link(kind=found.kinds[id_], id=id_, step=n) for id_, n in steps.items()]
    return tuple(sorted(links, key=lambda e: (e.step, _ORDER.index(e.kind), e.id)))


def circle(of: str, found: Successions) -> tuple[str, ...]:
    """The way from a record back to itself, or nothing."""
    came: dict[str, str] = {}
    waiting = [of]
    while waiting:
        here = waiting.pop(0)
        for each in found.after.get(here, ()):
            if each == of:
                way = [here]
                while way[-1] != of:
                    way.append(came[way[-1]])
                return (*reversed(way), of)
            if each not in came:
                came[each] = here
                waiting.append(each)
    return ()
