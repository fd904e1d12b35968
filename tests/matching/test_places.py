"""Who counts as being at the same place, and who as a neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jointbuy.matching.places import ANYWHERE, NEIGHBOURS, PLACE, Places
from jointbuy.model import Administration, AdministrationKind, LocalText

KIND = AdministrationKind


def near(reach: str, one: Administration, other: Administration) -> bool:
    places = Places([one, other], [])
    found = places.near(reach)
    mine, theirs = places.at[one.id], places.at[other.id]
    assert found[mine, theirs] == found[theirs, mine]
    return bool(found[mine, theirs])


COMMUNE = Administration(
    id="commune", kind=KIND.COMMUNE, postcode="1299", territory="BE100"
)


@pytest.mark.parametrize(
    ("other", "same_place", "neighbours"),
    [
        (Administration(id="x", postcode="1299"), True, True),
        (Administration(id="x", postcode="1298", territory="BE100"), False, True),
        (Administration(id="x", postcode="6999", territory="BE32B"), False, False),
        (Administration(id="x", postcode="6999", belongs_to=("commune",)), True, True),
        (Administration(id="x", territory="BE100"), True, True),
        (Administration(id="x", territory="BE1"), False, False),
        (Administration(id="x"), False, False),
        (
            Administration(
                id="x", kind=KIND.POLICE_ZONE, postcode="1", neighbours=("commune",)
            ),
            True,
            True,
        ),
        (
            Administration(
                id="x", kind=KIND.COMMUNE, postcode="1", neighbours=("commune",)
            ),
            False,
            True,
        ),
    ],
)
def test_what_makes_two_administrations_near(
    other: Administration, *, same_place: bool, neighbours: bool
) -> None:
    assert near(PLACE, COMMUNE, other) is same_place
    assert near(NEIGHBOURS, COMMUNE, other) is neighbours
    assert near(ANYWHERE, COMMUNE, other)


def test_a_name_tells_the_place_where_no_postcode_is_recorded() -> None:
    welfare = Administration(id="x", names=LocalText(fr="CPAS de Valbois"))
    named = replace(COMMUNE, names=LocalText(fr="Commune de Valbois"))
    assert near(PLACE, named, welfare)
    assert not near(PLACE, named, replace(welfare, names=LocalText(fr="CPAS d'Ans")))
    assert not near(PLACE, named, replace(welfare, postcode="1298"))
    assert not near(PLACE, named, replace(welfare, territory="BE323"))
    province = replace(welfare, names=LocalText(fr="Province de Valbois"))
    assert not near(PLACE, named, province)


def test_one_district_is_not_said_to_be_one_municipality() -> None:
    places = Places([COMMUNE, Administration(id="x", territory="BE100")], [])
    assert places.near(PLACE).all()
    assert not places.same_municipality.all()


def test_two_bodies_of_one_commune_are_at_one_place() -> None:
    bodies = [
        Administration(id=name, postcode=code, belongs_to=("commune",))
        for name, code in (("cpas", "1"), ("school", "2"))
    ]
    found = Places([COMMUNE, *bodies], []).near(PLACE)
    assert found.all()


def test_two_communes_of_one_police_zone_are_not_at_one_place() -> None:
    zone = Administration(id="zone", kind=KIND.POLICE_ZONE)
    communes = [
        Administration(id=name, kind=KIND.COMMUNE, postcode=code, belongs_to=("zone",))
        for name, code in (("a", "1"), ("b", "2"))
    ]
    places = Places([zone, *communes], [])
    found = places.near(PLACE)
    assert found[places.at["a"], places.at["zone"]]
    assert found[places.at["b"], places.at["zone"]]
    assert not found[places.at["a"], places.at["b"]]


def test_an_administration_nobody_described_is_near_itself_only() -> None:
    places = Places([COMMUNE], ["stranger"])
    assert places.near(PLACE).tolist() == [[True, False], [False, True]]
