"""A candidate with the records that belong to it, as the derivations read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, named
from jointbuy.law.facts import Derived
from jointbuy.law.parameters import NO_OWN, OwnValues
from jointbuy.model.parties import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jointbuy.model import (
        Adhesion,
        Administration,
        Candidate,
        Contract,
        Form,
        FrameworkAgreement,
        Interest,
        Nature,
        Need,
        Order,
        PurchasingCentre,
        UseDecision,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate and the records around it, on a day.

    `needs` and `administrations` are those of the candidate; the rest is everybody's.
    `form` is the one asked about, `beside` are other needs of the administrations.
    `order` is what would be ordered now, euro excluding VAT, where that is not the rest
    of the needs.
    `own` are the values of the law that the register sets itself.
    """

    candidate: Candidate
    form: Form
    needs: tuple[Need, ...]
    administrations: tuple[Administration, ...]
    contracts: tuple[Contract, ...]
    framework: FrameworkAgreement | None
    interests: tuple[Interest, ...]
    adhesions: tuple[Adhesion, ...]
    uses: tuple[UseDecision, ...]
    centre: PurchasingCentre | None
    on: date
    beside: tuple[Need, ...] = ()
    own: OwnValues = field(default_factory=lambda: NO_OWN)
    orders: tuple[Order, ...] = ()
    order: Decimal | None = None

    @property
    def complete(self) -> bool:
        """Whether every need and administration of the candidate is at hand."""
        needs = {need.id for need in self.needs}
        parties = {each.id for each in self.administrations}
        return (
            bool(needs and parties)
            and needs >= set(self.candidate.needs)
            and parties >= set(self.candidate.administrations)
        )

    @property
    def total(self) -> Decimal | None:
        """The sum of the estimates in euro, None unless every need has one."""
        return total(self.needs)

    @property
    def nature(self) -> Nature | None:
        """The nature all needs share, if they do."""
        natures = {need.nature or self.candidate.nature for need in self.needs}
        return natures.pop() if len(natures) == 1 else None

    def needs_of(self, administration: Administration) -> tuple[Need, ...]:
        """The needs of one administration."""
        return tuple(n for n in self.needs if n.administration == administration.id)

    def start(self, need: Need) -> date | None:
        """The day a need starts: its own entry in a staggered plan, else the launch."""
        for entry in self.candidate.entries:
            if entry.need == need.id:
                return entry.on
        return self.candidate.launch


def total(needs: Iterable[Need]) -> Decimal | None:
    """The sum of the estimates, None unless every need has one."""
    amounts = [need.estimate for need in needs]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def names(administrations: Iterable[Administration]) -> Arg:
    """Their names, listed, in each language."""
    several = tuple(administrations)
    listed = {
        language: ", ".join(each.name(language) for each in several)
        for language in LANGUAGES
    }
    return named(listed, ", ".join(each.id for each in several))


def answer(value: str, message: Message) -> Derived:
    """An answer and the sentence that says why."""
    return Derived(value=value, message=message)
