"""Who joined which domain of a programme, or which centre, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.centres.eligibility import Known, may_join
from jointbuy.centres.joining import (
    AdhesionState,
    Cell,
    Column,
    OpenTrigger,
    Weight,
    cell,
    centre_columns,
    concerns,
    open_triggers,
    other_columns,
    programme_columns,
    state_of,
)
from jointbuy.centres.minimum import Reach, Threshold, threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from jointbuy.model import (
        Adhesion,
        Administration,
        Programme,
        PurchasingCentre,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdhesionTable:
    """Administrations by domains or centres on a day.

    `cells` are by administration and column; every administration has one in every
    column. `thresholds` are by column, for the domains of a programme only.
    """

    on: date
    programme: Programme | None
    administrations: tuple[Administration, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]
    thresholds: Mapping[str, Threshold]


def adhesion_table(
    *,
    on: date,
    programme: Programme | None,
    adhesions: Iterable[Adhesion],
    administrations: Mapping[str, Administration],
    centres: Mapping[str, PurchasingCentre],
) -> AdhesionTable:
    """Administrations by the domains of a programme, or by centres without one.

    An administration has a row where it joins something, or where the centre of the
    programme does not leave it out.
    """
    every = tuple(adhesions)
    columns = (
        centre_columns(every, centres)
        if programme is None
        else programme_columns(programme) + other_columns(programme, every)
    )
    by_owner: dict[str, list[Adhesion]] = {}
    for each in every:
        if any(concerns(each, column) for column in columns):
            by_owner.setdefault(each.administration, []).append(each)
    centre = centres.get(programme.centre) if programme else None
    rows = tuple(
        who
        for who in administrations.values()
        if who.id in by_owner
        or (centre is not None and may_join(centre, who, on) is not Known.NO)
    )
    cells = {
        (who.id, column.id): cell(by_owner.get(who.id, ()), who, column, on)
        for who in rows
        for column in columns
    }
    thresholds = {
        domain.id: threshold(
            domain,
            (cells[who.id, domain.id] for who in rows),
            on,
            administrations,
        )
        for domain in (programme.domains if programme else ())
    }
    return AdhesionTable(
        on=on,
        programme=programme,
        administrations=rows,
        columns=columns,
        cells=cells,
        thresholds=thresholds,
    )


__all__ = [
    "AdhesionState",
    "AdhesionTable",
    "Cell",
    "Column",
    "OpenTrigger",
    "Reach",
    "Threshold",
    "Weight",
    "adhesion_table",
    "open_triggers",
    "state_of",
]
