"""Needs and proposals as an appraisal sees them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jointbuy.appraisal import Appraisal, Case, appraise, assumptions
from jointbuy.errors import say
from jointbuy.model import (
    Administration,
    Candidate,
    CandidateKind,
    LocalText,
    Nature,
    Need,
    Reason,
)

ON = date(2026, 11, 23)
WHY = Reason(name="same_purchase", weight=30, message=say("They need the same thing."))


def needs(*estimates: int | str | None, **more: Any) -> tuple[Need, ...]:
    """A need of each of the administrations a, b, c …, with these estimates."""
    return tuple(
        Need(
            id=f"n-{who}",
            administration=who,
            title="Papier",
            nature=Nature.SUPPLIES,
            estimate=None if amount is None else Decimal(amount),
            **more,
        )
        for who, amount in zip("abcdefghijklmnop", estimates, strict=False)
    )


def candidate(listed: tuple[Need, ...], **more: Any) -> Candidate:
    fields: dict[str, Any] = {
        "id": "j-test",
        "kind": CandidateKind.JOINT,
        "nature": Nature.SUPPLIES,
        "reasons": (WHY,),
        **more,
    }
    return Candidate(
        needs=tuple(need.id for need in listed),
        administrations=tuple(sorted({need.administration for need in listed})),
        estimate=sum((n.estimate or Decimal(0) for n in listed), Decimal(0)),
        **fields,
    )


def administrations(listed: tuple[Need, ...], **population: int) -> Any:
    return tuple(
        Administration(
            id=who,
            names=LocalText(fr=f"Commune {who}", nl=f"Gemeente {who}"),
            population=population.get(who),
        )
        for who in sorted({need.administration for need in listed})
    )


def appraised(
    *estimates: int | str | None,
    assumed: dict[str, list[str]] | None = None,
    listed: tuple[Need, ...] = (),
    proposal: dict[str, Any] | None = None,
    population: dict[str, int] | None = None,
    **more: Any,
) -> Appraisal:
    """The appraisal of buying together what these estimates are for."""
    found = listed or needs(*estimates)
    case = Case(
        candidate=candidate(found, **(proposal or {})),
        needs=found,
        administrations=administrations(found, **(population or {})),
        on=ON,
        **more,
    )
    return appraise(case, assumptions(assumed))
