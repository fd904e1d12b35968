"""How long a procedure takes an administration, from the first step to the start."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, UsageError
from jointbuy.model import Candidate, CandidateKind, Form
from jointbuy.workspace.planning import CAUTIOUS

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.law import Value
    from jointbuy.model import Administration, Contract, Nature
    from jointbuy.workspace.planning import Planning

YEAR_DAYS = 365
"""How far ahead the start lies for which the time of a procedure is planned."""
AFTER_SESSION_DAYS = 60
"""From the last session that is known to a start that it can still serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long a procedure takes, in days; `assumed` where the value is not known."""

    days: int
    procedure: Message
    assumed: bool = False


class ProcedureTimes:
    """How long the procedures take the administrations of a register."""

    def __init__(self, workspace: Planning) -> None:
        self._workspace = workspace
        self._administrations = workspace.administrations()
        self._own = workspace.own_law()
        self._on = workspace.on
        self._limits: dict[Nature, tuple[Value, ...]] = {}
        self._chosen: dict[tuple[Nature, tuple[bool, ...]], tuple[str, bool]] = {}
        self._days: dict[tuple[str, str, bool], int | None] = {}

    def lead(self, contract: Contract, value: Decimal | None) -> Lead | None:
        """The time of the procedure for that value; None where no plan can be made."""
        from jointbuy import law
        from jointbuy.intake.choices import nature_of

        administration = self._administrations.get(contract.administration)
        if administration is None:
            return None
        nature = nature_of(contract.cpv)
        procedure, eu_publicity = CAUTIOUS, True
        if nature is not None and value is not None:
            procedure, eu_publicity = self._lightest(nature, value)
        key = (administration.id, procedure, eu_publicity)
        if key not in self._days:
            self._days[key] = self._planned(
                administration, procedure, value, eu_publicity=eu_publicity
            )
        days = self._days[key]
        if days is None:
            return None
        return Lead(
            days=days,
            procedure=law.procedure_title(procedure),
            assumed=nature is None or value is None,
        )

    def _lightest(self, nature: Nature, value: Decimal) -> tuple[str, bool]:
        """The lightest procedure, and whether Europe must hear of it.

        It is chosen once for all values that meet the same limits.
        """
        from jointbuy import law
        from jointbuy.law.procedures import limits

        chosen = (CAUTIOUS, True)
        with contextlib.suppress(NotInForce):
            if nature not in self._limits:
                self._limits[nature] = limits(nature, on=self._on, own=self._own)
            met = tuple([each.met_by(value) for each in self._limits[nature]])
            if (nature, met) not in self._chosen:
                allowed = law.procedures(nature, value, on=self._on, own=self._own)
                if allowed.procedures:
                    chosen = (allowed.procedures[0].name, allowed.eu_publicity)
                self._chosen[nature, met] = chosen
            chosen = self._chosen[nature, met]
        return chosen

    def _planned(
        self,
        administration: Administration,
        procedure: str,
        value: Decimal | None,
        *,
        eu_publicity: bool,
    ) -> int | None:
        from jointbuy.schedule.case import Case
        from jointbuy.schedule.holding import planned

        on = self._on
        wanted = on + timedelta(days=YEAR_DAYS)
        known = [day for b in administration.bodies for day in b.sessions if day > on]
        if known and not any(body.rhythm for body in administration.bodies):
            wanted = min(wanted, max(known) + timedelta(days=AFTER_SESSION_DAYS))
        case = Case(
            candidate=Candidate(
                id=administration.id,
                kind=CandidateKind.SEPARATE,
                administrations=(administration.id,),
                estimate=value,
            ),
            form=Form.JOINT_CONTRACT,
            wanted=wanted,
            on=on,
            administrations=(administration,),
            pilot=administration.id,
            procedure=procedure,
            eu_publicity=eu_publicity,
            practice=self._workspace.practice(),
            own=self._own,
        )
        try:
            steps = planned(case)
        except (UsageError, NotInForce):
            return None
        return (wanted - min(step.day for step in steps.milestones)).days
