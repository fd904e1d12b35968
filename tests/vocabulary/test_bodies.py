"""What the name of an administration betrays."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary.bodies import canonical, municipality


@pytest.mark.parametrize(
    ("name", "place", "language"),
    [
        ("Gemeente en OCMW Zele", "zele", "nl"),
        ("Stad en OCMW Gent", "gent", "nl"),
        ("Commune et CPAS de Mons", "mons", "fr"),
        ("Ville et CPAS de Mons", "mons", "fr"),
        ("Gemeindeverwaltung und ÖSHZ Eupen", "eupen", "de"),
    ],
)
def test_a_municipality_named_with_its_centre_is_that_municipality(
    name: str, place: str, language: str
) -> None:
    assert canonical(name) == ("commune", place, language)
    assert municipality(name) == place


def test_a_place_that_merely_begins_alike_keeps_its_name() -> None:
    assert municipality("Gemeente Enghien") == "enghien"
    assert municipality("Commune d'Etterbeek") == "etterbeek"
    assert municipality("OCMW Zele") == "zele"
