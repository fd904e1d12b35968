"""How long a procedure takes an administration, from the first step to the start."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from jointbuy.errors import NotInForce, UsageError
from jointbuy.model import Candidate, CandidateKind, Form, Nature
from jointbuy.workspace.planning import CAUTIOUS

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.law import Value
    from jointbuy.model import Administration, Contract
    from jointbuy.workspace.planning import Planning

YEAR_DAYS = 365
"""How far ahead the start lies for which the time of a procedure is planned."""
AFTER_SESSION_DAYS = 60
"""From the last session that is known to a start that it can still serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long a procedure takes, in days; `assumed` where the value is not known.

    `supposed` says how it was planned.
    """

    days: int
    procedure: Message
    assumed: bool = False
    supposed: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a contract of one value is bought again; values of one way take as long.

    `administration` stands for all of its kind and region with the same sessions, as
    far as the same amounts decide there who is competent: `turning` names them.
    """

    administration: str
    nature: Nature | None
    procedure: str
    eu_publicity: bool
    met: tuple[bool, ...] | None
    turning: tuple[tuple[str, Decimal], ...] = ()


class ProcedureTimes:
    """How long the procedures take the administrations of a register.

    Each buys on its own: whether others join in is not known yet.
    """

    def __init__(self, workspace: Planning) -> None:
        self._workspace = workspace
        self._administrations = workspace.administrations()
        self._own = workspace.own_law()
        self._on = workspace.on
        self._limits: dict[Nature, tuple[Value, ...]] = {}
        self._chosen: dict[tuple[Nature, tuple[bool, ...]], tuple[str, bool]] = {}
        self._turning: dict[tuple[str, str, Nature | None], tuple[Value, ...]] = {}
        self._asked: dict[tuple[str, Nature], bool] = {}
        self._leads: dict[_Way, Lead | None] = {}
        self._first: dict[tuple[object, ...], str] = {}
        self._alike: dict[str, str] = {}

    def lead(self, contract: Contract, value: Decimal | None) -> Lead | None:
        """The time of the procedure for that value; None where no plan can be made."""
        administration = self._administrations.get(contract.administration)
        if administration is None:
            return None
        way = self._way(administration, contract.cpv, value)
        if way not in self._leads:
            self._leads[way] = self._planned(administration, way, value)
        return self._leads[way]

    def _way(
        self, administration: Administration, cpv: str, value: Decimal | None
    ) -> _Way:
        """How it is bought: of what is not known, the procedure that takes longest."""
        from jointbuy.intake.choices import nature_of
        from jointbuy.schedule.terms import turning_amounts

        nature = nature_of(cpv)
        asked = self._that_counts(administration, nature)
        if value is None:
            return _Way(
                administration=administration.id,
                nature=asked,
                procedure=CAUTIOUS,
                eu_publicity=True,
                met=None,
            )
        procedure, eu_publicity = self._heaviest(nature, value)
        key = (administration.id, procedure, asked)
        if key not in self._turning:
            self._turning[key] = turning_amounts(
                administration, procedure, asked, self._on, self._own
            )
        turning = self._turning[key]
        return _Way(
            administration=self._stands_for(administration),
            nature=asked,
            procedure=procedure,
            eu_publicity=eu_publicity,
            met=tuple([limit.met_by(value) for limit in turning]),
            turning=tuple([(limit.name, limit.value) for limit in turning]),
        )

    def _stands_for(self, administration: Administration) -> str:
        """The first administration for which a procedure takes as long."""
        if administration.id not in self._alike:
            profile = (
                administration.kind,
                administration.region,
                administration.languages,
                administration.population is None,
                administration.belongs_to,
                administration.bodies,
                administration.closed,
            )
            first = self._first.setdefault(profile, administration.id)
            self._alike[administration.id] = first
        return self._alike[administration.id]

    def _that_counts(
        self, administration: Administration, nature: Nature | None
    ) -> Nature | None:
        """The nature where a plan asks for it."""
        from jointbuy.schedule.terms import by_nature

        if nature is None:
            return None
        key = (administration.id, nature)
        if key not in self._asked:
            self._asked[key] = by_nature(administration, nature, self._on)
        return nature if self._asked[key] else None

    def _heaviest(self, nature: Nature | None, value: Decimal) -> tuple[str, bool]:
        """The lightest procedure of the nature; of one not known, the heaviest."""
        from jointbuy.law import PROCEDURES

        found = [
            self._lightest(each, value) for each in ([nature] if nature else Nature)
        ]
        return max(found, key=lambda each: (each[1], PROCEDURES.index(each[0])))

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
        self, administration: Administration, way: _Way, value: Decimal | None
    ) -> Lead | None:
        from jointbuy import law
        from jointbuy.schedule.case import Case
        from jointbuy.schedule.holding import planned
        from jointbuy.schedule.joint_contract import supposed

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
                nature=way.nature,
                estimate=value,
            ),
            form=Form.JOINT_CONTRACT,
            wanted=wanted,
            on=on,
            administrations=(administration,),
            pilot=administration.id,
            procedure=way.procedure,
            eu_publicity=way.eu_publicity,
            practice=self._workspace.practice(),
            own=self._own,
        )
        try:
            steps = planned(case)
        except (UsageError, NotInForce):
            return None
        return Lead(
            days=(wanted - min(step.day for step in steps.milestones)).days,
            procedure=law.procedure_title(way.procedure),
            assumed=value is None,
            supposed=supposed(steps),
        )
