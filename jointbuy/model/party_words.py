"""What kinds of administration and regions are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import word
from jointbuy.model.parties import AdministrationKind, Region

if TYPE_CHECKING:
    from enum import Enum

    from jointbuy.errors import Arg

ADMINISTRATION_KINDS: dict[Enum, Arg] = {
    AdministrationKind.COMMUNE: word("commune"),
    AdministrationKind.CPAS: word("public centre for social welfare"),
    AdministrationKind.POLICE_ZONE: word("police zone"),
    AdministrationKind.PROVINCE: word("province"),
    AdministrationKind.INTERCOMMUNALE: word("intermunicipal company"),
    AdministrationKind.SCHOOL_BOARD: word("school board"),
    AdministrationKind.REGION: word("region"),
    AdministrationKind.OTHER: word("other"),
}

REGIONS: dict[Enum, Arg] = {
    Region.WALLONIA: word("Wallonia"),
    Region.BRUSSELS: word("Brussels"),
    Region.FLANDERS: word("Flanders"),
    Region.GERMAN_SPEAKING: word("German-speaking Community"),
}
