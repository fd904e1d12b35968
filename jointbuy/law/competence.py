"""Who decides, who supervises, and how long the council must be summoned before."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jointbuy.law.parameters import Term, Value, parameter, term
from jointbuy.law.tables import BadTable, citation_of, table
from jointbuy.model.decision import Stage
from jointbuy.model.parties import AdministrationKind, BodyKind, LocalText, Region

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.model.finding import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The body competent for a stage.

    `may_delegate`: the council can have delegated it, so check its delegations;
    `executive_below`: an estimate on this side of the value is for the executive.
    """

    body: BodyKind
    citation: Citation
    may_delegate: bool = False
    executive_below: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """The supervisory authority and its terms in calendar days; None is no such term.

    An act of one of the `stages` is sent within `transmit_days`; the authority then
    has `term_days`, extendable once by `extension_days`. An award may not be carried
    out before that where `suspensive_award`. Amounts from which an act must be sent
    differ and change: they are not part of this. Where nothing is sent, decisions are
    published within `publish_days` and open to complaint for `complaint_days`.
    """

    authority: LocalText
    stages: tuple[Stage, ...]
    citation: Citation
    transmit_days: int | None = None
    term_days: int | None = None
    extension_days: int | None = None
    suspensive_award: bool = False
    publish_days: int | None = None
    complaint_days: int | None = None

    @property
    def mandatory(self) -> bool:
        """Whether some acts must be sent at all."""
        return bool(self.stages)


def deciding_body(
    kind: AdministrationKind | None, region: Region | None, stage: Stage, on: date
) -> Deciding | None:
    """The body that decides on a stage on that day; None where it is not known."""
    for cells in _rows("deciding"):
        if _fits(cells, kind, region, on) and stage.name in cells["stages"]:
            below = cells.get("executive_below")
            return Deciding(
                body=BodyKind[cells["body"]],
                citation=_basis(cells["basis"]),
                may_delegate=cells.get("may_delegate", False),
                executive_below=parameter(below, on) if below else None,
            )
    return None


def supervision(
    kind: AdministrationKind | None, region: Region | None, on: date
) -> Supervision | None:
    """Who supervises an administration on that day; None where it is not known."""
    for cells in _rows("supervision"):
        if _fits(cells, kind, region, on):
            return Supervision(
                authority=LocalText(**cells["authority"]),
                stages=tuple(Stage[name] for name in cells["stages"]),
                citation=_basis(cells["basis"]),
                transmit_days=cells.get("transmit_days"),
                term_days=cells.get("term_days"),
                extension_days=cells.get("extension_days"),
                suspensive_award=cells.get("suspensive_award", False),
                publish_days=cells.get("publish_days"),
                complaint_days=cells.get("complaint_days"),
            )
    return None


def convocation(
    kind: AdministrationKind | None, region: Region | None, on: date
) -> Term | None:
    """The days between summons and session of the council, where they are known."""
    for cells in _rows("convocation"):
        if _of(cells, kind, region):
            return term(cells["term"], on)
    return None


@functools.cache
def _rows(name: str) -> tuple[dict[str, Any], ...]:
    rows: list[dict[str, Any]] = table("competence")[name]
    for cells in rows:
        known = {
            "kinds": AdministrationKind.__members__,
            "regions": Region.__members__,
            "stages": Stage.__members__,
        }
        for key, members in known.items():
            if any(each not in members for each in cells.get(key, ())):
                raise BadTable(f"competence.{name}: unknown {key} in {cells[key]}")
    return tuple(rows)


@functools.cache
def _basis(text: str) -> Citation:
    return citation_of(text, where="competence")


def _of(
    cells: dict[str, Any], kind: AdministrationKind | None, region: Region | None
) -> bool:
    if kind is None or region is None:
        return False
    return kind.name in cells["kinds"] and region.name in cells["regions"]


def _fits(
    cells: dict[str, Any],
    kind: AdministrationKind | None,
    region: Region | None,
    on: date,
) -> bool:
    until = cells.get("until")
    ended = until is not None and on > until
    return _of(cells, kind, region) and cells["from"] <= on and not ended
