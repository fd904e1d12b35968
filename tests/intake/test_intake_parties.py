"""Administrations are found under the names that people give them."""

from __future__ import annotations

import pytest

from jointbuy.intake.parties import Administrations
from jointbuy.model import Administration, AdministrationKind, LocalText
from jointbuy.vocabulary.bodies import canonical

HILLTOWN = Administration(
    id="hilltown",
    names=LocalText(fr="Mont-aux-Ormes", nl="Olmenberg", de="Ulmenberg"),
    kind=AdministrationKind.COMMUNE,
    enterprise_number="0123456749",
)
WELFARE = Administration(
    id="hilltown-cpas",
    names=LocalText(fr="CPAS de Mont-aux-Ormes", nl="OCMW Olmenberg"),
    kind=AdministrationKind.CPAS,
)
POLICE = Administration(
    id="zone",
    names=LocalText(fr="Zone de police des Trois Rivières"),
    kind=AdministrationKind.POLICE_ZONE,
)


def parties() -> Administrations:
    return Administrations([HILLTOWN, WELFARE, POLICE])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("hilltown", HILLTOWN),
        ("Mont-aux-Ormes", HILLTOWN),
        ("MONT AUX ORMES", HILLTOWN),
        ("Commune de Mont-aux-Ormes", HILLTOWN),
        ("Ville de Mont-aux-Ormes", HILLTOWN),
        ("Administration communale de Mont-aux-Ormes", HILLTOWN),
        ("Gemeente Olmenberg", HILLTOWN),
        ("Gemeentebestuur van Olmenberg", HILLTOWN),
        ("Stadt Ulmenberg", HILLTOWN),
        ("0123.456.749", HILLTOWN),
        ("BE 0123 456 749", HILLTOWN),
        ("C.P.A.S. de Mont-aux-Ormes", WELFARE),
        ("Centre public d'action sociale de Mont-aux-Ormes", WELFARE),
        ("OCMW van Olmenberg", WELFARE),
        ("ZP Trois Rivières", POLICE),
    ],
)
def test_an_administration_is_found(name: str, wanted: Administration) -> None:
    match = parties().find(name)
    assert match.administration == wanted
    assert match.remarks == ()
    assert not match.created


def test_a_kind_alone_means_the_only_one_of_that_kind_and_is_said() -> None:
    match = parties().find("CPAS")
    assert match.administration == WELFARE
    assert len(match.remarks) == 1


def test_a_kind_alone_that_nobody_or_several_have_is_refused() -> None:
    assert "full name" in str(parties().find("Province").fault)
    other = Administration(id="b", names=LocalText(fr="CPAS de Valbois"),
                           kind=AdministrationKind.CPAS)  # fmt: skip
    match = Administrations([WELFARE, other]).find("CPAS")
    assert match.administration is None
    assert "several" in str(match.fault)


def test_a_name_that_two_bear_is_refused() -> None:
    twin = Administration(id="twin", names=LocalText(nl="Olmenberg"))
    match = Administrations([HILLTOWN, twin]).find("Olmenberg")
    assert "hilltown, twin" in str(match.fault)


def test_an_unknown_administration_is_created_once_to_be_completed() -> None:
    known = parties()
    first = known.find("Gemeente Zandhove")
    again = known.find("Gemeente Zandhove")
    assert first.created
    assert not again.created
    assert again.remarks == ()
    assert first.administration is again.administration
    assert first.administration is not None
    assert first.administration.to_complete
    assert first.administration.id == "gemeente-zandhove"
    assert first.administration.names == LocalText(nl="Gemeente Zandhove")
    assert known.created == [first.administration]


def test_a_close_spelling_is_remarked_upon_and_not_merged() -> None:
    match = parties().find("Mont-aux-Ormnes")
    assert match.created
    assert any("resembles" in str(remark) for remark in match.remarks)
    assert len(parties().find("Zandhove").remarks) == 1


def test_the_commune_and_its_welfare_centre_stay_apart() -> None:
    match = Administrations([WELFARE]).find("Mont-aux-Ormes")
    assert match.created
    assert match.administration != WELFARE


def test_an_unknown_number_creates_nobody() -> None:
    match = parties().find("0202.239.951")
    assert match.administration is None
    assert match.fault is not None


def test_two_new_names_with_the_same_letters_get_two_ids() -> None:
    known = parties()
    one, two = known.find("Sable!"), known.find("Sable", "other")
    assert one.administration is not None
    assert two.administration is not None
    assert (one.administration.id, two.administration.id) == ("sable", "other")


@pytest.mark.parametrize(
    ("name", "kind_and_place"),
    [
        ("Ville", ("commune", "")),
        ("Villers", ("", "villers")),
        ("Stadskanaal", ("", "stadskanaal")),
        ("Province de Valbois", ("province", "valbois")),
    ],
)
def test_a_kind_is_only_read_as_a_whole_word(
    name: str, kind_and_place: tuple[str, str]
) -> None:
    assert canonical(name)[:2] == kind_and_place


@pytest.mark.parametrize(
    "name",
    ["les deux", "beide", "Ville et CPAS", "CPAS / Ville", "Gemeente en OCMW",
     "Mont-aux-Ormes et CPAS de Mont-aux-Ormes"],
)  # fmt: skip
def test_two_administrations_in_one_cell_are_refused(name: str) -> None:
    match = parties().find(name)
    assert match.administration is None
    assert "a row for each" in str(match.fault)


def test_a_name_with_an_and_in_it_may_be_one_administration() -> None:
    assert parties().find("Sart et Villers").created
