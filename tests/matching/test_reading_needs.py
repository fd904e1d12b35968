"""What a need is about is what the vocabulary says first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jointbuy.matching.alike import leaders
from jointbuy.matching.purchases import Text, evidence, readings
from jointbuy.matching.units import measure
from jointbuy.matching.weights import TABLE, does_not_pay, price_share


def read(title: str, code: str = "", description: str = "") -> str:
    (found,) = readings([Text(title=title, cpv=code, description=description)])
    return found.purchase.category


@pytest.mark.parametrize(
    ("title", "code", "category"),
    [
        ("Contrôles médicaux du personnel", "", "medical-checks"),
        ("Medische controles personeel", "85147000", "medical-checks"),
        ("Papier A4", "30000000", "copy-paper"),
        ("Entretien des toitures", "45260000", "roofing"),
        ("Achat de chèques-repas", "30000000", "meal-vouchers"),
        ("xyzzy", "", ""),
    ],
)
def test_a_specific_text_beats_a_coarse_code(
    title: str, code: str, category: str
) -> None:
    assert read(title, code) == category


def test_a_declared_leaf_speaks_where_the_text_is_silent() -> None:
    assert read("Dossier 2025/14", "09135100-5") == "heating-oil"
    told = evidence("heating-oil", Text(title="Dossier 2025/14", cpv="09135100-5"))
    assert "09135100" in str(told)


def test_a_declared_leaf_decides_between_two_readings() -> None:
    assert read("Papier") == "copy-paper"
    assert read("Papier", "33760000") == "toilet-paper"


def test_a_description_helps_a_title_that_says_nothing() -> None:
    assert read("Lot 3", "", "fourniture de sel de déneigement") == "road-salt"


def test_the_words_are_told_by_which_a_text_was_read() -> None:
    told = evidence("meal-vouchers", Text(title="Achat de chèques-repas"))
    assert "repas" in str(told)
    assert evidence("", Text(title="chèques-repas")) is None
    assert evidence("meal-vouchers", Text(title="xyzzy")) is None


def test_unknown_texts_meet_by_the_roots_they_share() -> None:
    boat = "Acquisition RHIB (Rigid Hull Inflatable Boat)"
    schip = "Verwerving RHIB (Rigid Hull Inflatable Boat)"
    textile = "Recyclage de textile zorglub"
    textiel = "zorglub textiel recycleren"
    other = "Zorglub martien"
    found = leaders([("1", one) for one in (boat, schip, textile, textiel, other)])
    assert found["1", boat] == found["1", schip]
    assert found["1", textile] == found["1", textiel]
    assert found["1", other] == other


def test_unknown_texts_under_two_groups_of_codes_stay_apart() -> None:
    found = leaders([("341", "zorglub"), ("342", "Zorglub")])
    assert found == {("341", "zorglub"): "zorglub", ("342", "Zorglub"): "Zorglub"}
    same = leaders([("341", "zorglub"), ("341", "Zorglub")])
    assert len(set(same.values())) == 1


def test_a_fine_code_names_an_unknown_thing_and_a_coarse_one_does_not() -> None:
    def keys(code: str) -> set[str]:
        texts = [Text(title=title, cpv=code) for title in ("Zorglub", "Bidulflop")]
        return {one.purchase.key for one in readings(texts)}

    assert len(keys("34144410")) == 1
    assert len(keys("34140000")) == 2
    assert len(keys("45112730")) == 2


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("kg", "kg", "1"),
        ("Tonnes", "kg", "1000"),
        ("stuks", "piece", "1"),
        ("pièces", "piece", "1"),
        ("MWh", "kWh", "1000"),
        ("m³", "litre", "1000"),
        ("", "", "1"),
        ("Palettes", "pallet", "1"),
        ("Zorglubs", "zorglubs", "1"),
        ("cartes SIM", "subscription", "1"),
        ("chèques-repas", "voucher", "1"),
        ("pagina's", "page", "1"),
        ("meal vouchers", "voucher", "1"),
        ("tonnes de sel", "kg", "1000"),
        ("chèques/an", "voucher / year", "1"),
        ("licences par an", "licence / year", "1"),
        ("cent pages", "page", "100"),
        ("10 boîtes", "10 boites", "1"),
    ],
)
def test_units_convert_to_their_base(unit: str, base: str, factor: str) -> None:
    assert measure(unit) == (base, Decimal(factor))


def test_equal_parties_gain_most_and_a_lone_one_nothing() -> None:
    assert price_share([50.0, 50.0]) == pytest.approx(1 - 0.5**0.5)
    assert price_share([100.0]) == 0
    assert price_share([]) == 0
    assert price_share([90.0, 10.0]) < price_share([50.0, 50.0])


def test_small_purchases_do_not_pay_and_large_ones_do() -> None:
    assert does_not_pay([2000.0, 2000.0])
    assert not does_not_pay([9999.0, 9999.0])
    assert not does_not_pay([2000.0, 10000.0])
    assert not does_not_pay([2000.0])


def test_every_weight_says_why() -> None:
    assert all(weight.why for weight in TABLE.values())
