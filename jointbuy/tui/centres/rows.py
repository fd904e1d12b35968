"""The rows of the lists about centres, and what each of them points at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.centres.joining import Cell
    from jointbuy.model import (
        Adhesion,
        Contract,
        Deadline,
        Need,
        PurchasingCentre,
        UseDecision,
    )
    from jointbuy.schedule.contract_ends import FollowUp
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.contract_register import ChainLink
    from jointbuy.workspace.standing import Offer, Standing

SOON = 30
"""Days before which a day is shown as near."""
STALE = 90
"""Days after which a source has to be looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call for interest before one administration."""

    offer: Offer
    standing: Standing
    due: date | None

    @property
    def id(self) -> str:
        """That of the interest, or what it would be called."""
        if self.standing.interest is not None:
            return self.standing.interest.id
        return f"{self.offer.framework.id}.{self.standing.administration.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A centre, what it offers and who joined it."""

    centre: PurchasingCentre
    offers: tuple[Offer, ...]
    members: tuple[Joining, ...]

    @property
    def id(self) -> str:
        """That of the centre."""
        return self.centre.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """An adhesion, with the names of both, and what is to be done about it."""

    adhesion: Adhesion
    who: Named
    centre: Named
    offers: tuple[Offer, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    cell: Cell | None = None

    @property
    def id(self) -> str:
        """That of the adhesion."""
        return self.adhesion.id

    @property
    def state(self) -> str:
        """The name of the state on the day; as it was decided where none is known."""
        return (self.cell.state if self.cell else self.adhesion.status).name

    @property
    def due(self) -> date | None:
        """The last day to decide on it."""
        return self.cell.due if self.cell else self.adhesion.due

    @property
    def reopened(self) -> bool:
        """Whether something that reopened it waits for the body."""
        return self.cell is not None and bool(self.cell.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Using:
    """A decision to cover a need, with what it is about."""

    use: UseDecision
    need: Need | None
    who: Named
    framework: Named
    offer: Offer | None = None

    @property
    def id(self) -> str:
        """That of the decision."""
        return self.use.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running contract, whose it is, and what is to be done about it."""

    contract: Contract
    who: Named
    successor: Named
    next_day: date | None
    deadlines: tuple[Deadline, ...] = ()
    due: FollowUp | None = None
    chain: tuple[ChainLink, ...] = ()

    @property
    def id(self) -> str:
        """That of the contract."""
        return self.contract.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record that another one names, by what it is called."""

    id: str
    names: dict[str, str]
    also: tuple[str, ...] = ()

    def said(self, speech: Speech) -> str:
        """Its name in that language, else in another; its id where it has none."""
        known = self.names.get(speech.language) or next(
            (self.names[each] for each in self.names if self.names[each]), ""
        )
        return known or self.id


def days_to(day: date | None, on: date) -> int | None:
    """How many days are left; fewer than none when it has passed."""
    return None if day is None else (day - on).days


def stale(seen: date | None, on: date) -> bool:
    """Whether what a source said may have changed since it was seen."""
    return seen is None or (on - seen).days > STALE
