"""What the name of an administration betrays."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary.bodies import canonical, municipality


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Gemeente en OCMW Zele", "zele"),
        ("Stad en OCMW Gent", "gent"),
        ("Commune et CPAS de Mons", "mons"),
        ("Ville et CPAS de Mons", "mons"),
        ("Gemeindeverwaltung und ÖSHZ Eupen", "eupen"),
        ("Commune et CPAS", ""),
    ],
)
def test_a_municipality_named_with_its_centre_is_at_that_place(
    name: str, place: str
) -> None:
    assert municipality(name) == place


def test_two_bodies_in_one_name_are_not_one_of_them() -> None:
    assert canonical("Gemeente en OCMW Zele")[0] != "cpas"


def test_a_place_that_merely_begins_alike_keeps_its_name() -> None:
    assert municipality("Gemeente Enghien") == "enghien"
    assert municipality("Commune d'Etterbeek") == "etterbeek"
    assert municipality("OCMW Zele") == "zele"
