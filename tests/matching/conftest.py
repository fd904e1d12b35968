"""A small district: a commune, its CPAS, its police zone, a neighbour, a far city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jointbuy.matching import Inputs, propose
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Candidate,
    LocalText,
    Need,
    Region,
)

KIND = AdministrationKind

ADMINISTRATIONS = (
    Administration(
        id="commune",
        names=LocalText(fr="Commune de Valbois", nl="Gemeente Dalbos"),
        kind=KIND.COMMUNE,
        region=Region.BRUSSELS,
        territory="BE100",
        postcode="1299",
    ),
    Administration(
        id="cpas",
        names=LocalText(fr="CPAS de Valbois", nl="OCMW Dalbos"),
        kind=KIND.CPAS,
        region=Region.BRUSSELS,
        territory="BE100",
        postcode="1299",
        belongs_to=("commune",),
    ),
    Administration(
        id="zone",
        names=LocalText(fr="Zone de police"),
        kind=KIND.POLICE_ZONE,
        region=Region.BRUSSELS,
        territory="BE100",
        postcode="1290",
        neighbours=("commune",),
    ),
    Administration(
        id="next",
        names=LocalText(fr="Commune voisine"),
        kind=KIND.COMMUNE,
        region=Region.BRUSSELS,
        territory="BE100",
        postcode="1298",
    ),
    Administration(
        id="far",
        names=LocalText(fr="Ville lointaine"),
        kind=KIND.COMMUNE,
        region=Region.WALLONIA,
        territory="BE32B",
        postcode="6999",
    ),
)

ON = date(2026, 11, 20)
MONTHS = 48

Propose = Callable[..., tuple[Candidate, ...]]


@pytest.fixture
def administrations() -> tuple[Administration, ...]:
    return ADMINISTRATIONS


@pytest.fixture
def matched() -> Propose:
    def run(*needs: Need, **more: Any) -> tuple[Candidate, ...]:
        fields: dict[str, Any] = {
            "administrations": ADMINISTRATIONS,
            "on": ON,
            "max_framework_months": MONTHS,
            **more,
        }
        return propose(Inputs(needs=needs, **fields))

    return run
