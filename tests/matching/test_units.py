"""Quantities are converted where that is certain, and told apart where it is not."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.matching import measures
from jointbuy.matching.units import (
    WORKING_DAY,
    Conversion,
    Refusal,
    Sum,
    added,
    as_written,
    conversion,
    converted,
    measure,
    name_of,
    read,
    sum_up,
)

D = Decimal


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("boîte de 5 rames", "sheet", "2500"),
        ("Boîtes de 5 ramettes de 500 feuilles", "sheet", "2500"),
        ("pak 500 vel", "sheet", "500"),
        ("pak van 500 vellen", "sheet", "500"),
        ("Karton à 2.500 Blatt", "sheet", "2500"),
        ("Karton zu 5 Ries", "sheet", "2500"),
        ("box of 5 reams", "sheet", "2500"),
        ("carton 5x500 feuilles", "sheet", "2500"),
        ("doos (5 × 500 vel)", "sheet", "2500"),
        ("ramette de 250 feuilles", "sheet", "250"),
        ("ramettes A4 80 g", "sheet", "500"),
        ("paquet de 500 feuilles A4 80 g/m²", "sheet", "500"),
        ("pak papier A4 80 g 500 vel", "sheet", "500"),
        ("pallet à 40 dozen van 5 riemen", "sheet", "100000"),
        ("boîte de 100", "piece", "100"),
        ("boîte de 100 gants", "piece", "100"),
        ("boîte carton de 100 enveloppes", "piece", "100"),
        ("Schachtel mit 50 Paar", "pair", "50"),
        ("douzaine de paires", "pair", "12"),
        ("dozijn", "piece", "12"),
        ("millions de pages", "page", "1000000"),
        ("duizend vel", "sheet", "1000"),
        ("big-bags de 1.000 kg", "kg", "1000"),
        ("palette de 40 sacs de 25 kg", "kg", "1000"),
        ("zak 2,5 kg", "kg", "2.5"),
        ("bidon de 5 L", "litre", "5"),
        ("Kanister 10l", "litre", "10"),
        ("carton de 6 bouteilles de 75 cl", "litre", "4.5"),
        ("flacon de 500 ml", "litre", "0.5"),
        ("rouleau de 50 ml", "m", "50"),
        ("mètres cubes", "litre", "1000"),
        ("kubieke meter", "litre", "1000"),
        ("mètres carrés", "m²", "1"),
        ("vierkante meter", "m²", "1"),
        ("ares", "m²", "100"),
        ("laufende Meter", "m", "1"),
        ("jours-homme", "hour", "7.6"),
        ("jours/homme", "hour", "7.6"),
        ("Personentage", "hour", "7.6"),
        ("demi-journées", "hour", "3.8"),
        ("trimestres", "month", "3"),
        ("pièces/stuks", "piece", "1"),
        ("sel (t)", "kg", "1000"),
        ("extincteurs", "piece", "1"),
        ("tilliften", "piece", "1"),
        ("lit", "piece", "1"),
        ("lits", "piece", "1"),
        ("FF", "lump sum", "1"),
        ("C62", "piece", "1"),
        ("MTQ", "litre", "1000"),
        ("postes de travail", "workplace", "1"),
        ("beurten", "round", "1"),
        ("leerlingen", "person", "1"),
    ],
)
def test_a_unit_converts_to_its_base(unit: str, base: str, factor: str) -> None:
    assert measure(unit) == (base, D(factor))


@pytest.mark.parametrize(
    ("unit", "base"),
    [
        ("kg/mois", "kg / year"),
        ("t/an", "kg / year"),
        ("repas/jour", "meal / day"),
        ("maaltijden per dag", "meal / day"),
        ("heures par semaine", "hour / week"),
        ("uren/week", "hour / week"),
    ],
)
def test_so_much_a_year_is_not_so_much(unit: str, base: str) -> None:
    assert measure(unit)[0] == base


@pytest.mark.parametrize("unit", ["10 boîtes", "100 stuks", "1 000 l", "5 x 500 vel"])
def test_a_figure_that_may_be_the_quantity_is_not_multiplied(unit: str) -> None:
    assert read(unit).factor == 1
    found = conversion(unit, "stuks")
    assert isinstance(found, Refusal)
    assert "begins with a figure" in str(found.message)


def test_a_number_that_reads_in_two_ways_is_not_read() -> None:
    assert conversion("boîte de 1.000 vis", "pièces") == Conversion(factor=D(1000))
    found = conversion("boîte de 1,000 vis", "pièces")
    assert isinstance(found, Refusal)
    assert "two ways" in str(found.message)
    assert measure("bouteille de 0,750 l") == ("litre", D("0.75"))


def test_a_bag_of_sixty_litres_is_a_bag_and_not_its_volume() -> None:
    assert measure("sacs de 60 litres") == measure("zakken van 60 l")
    assert isinstance(conversion("sacs de 60 litres", "litres"), Refusal)
    assert isinstance(conversion("sacs de 60 l", "sacs de 30 l"), Refusal)
    assert added([(D(5), "sacs de 60 l"), (D(7), "zakken van 60 l")]) == (
        D(12),
        "sacs de 60 l / zakken van 60 l",
    )


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("boîtes", "feuilles", "“boîtes” does not say what it holds"),
        ("vellen", "dozen", "“dozen” does not say what it holds"),
        ("boîtes", "dozen", "does not say what it holds"),
        ("boîtes", "paquets", "does not say what it holds"),
        ("m³", "kWh", "calorific value"),
        ("MWh", "m³ gaz", "calorific value"),
        ("Nm³", "GJ", "calorific value"),
        ("m³", "t", "density"),
        ("m", "m²", "width"),
        ("pages", "feuilles", "one page or two"),
        ("paires", "pièces", "one or a pair"),
        ("feuilles", "stuks", "sheet, a ream or a box"),
        ("agents", "chèques", "each person"),
        ("heures", "mois", "hours a week"),
        ("ml", "litres", "millilitres or running metres"),
        ("", "litres", "no unit"),
        ("kg", "zorglubs", "Nothing fixed turns “kg” into “zorglubs”"),
    ],
)
def test_a_refusal_says_why_and_what_helps(one: str, other: str, told: str) -> None:
    found = conversion(one, other)
    assert isinstance(found, Refusal)
    assert told in str(found.message)
    back = conversion(other, one)
    assert isinstance(back, Refusal)
    total = sum_up([(D(1), one), (D(1), other)])
    assert isinstance(total, Refusal) or not one


def test_every_refusal_between_two_bases_is_of_bases_there_are() -> None:
    from jointbuy.matching.units import _BETWEEN

    known = {*measures.TABLE, "kWh", measures.HOUR}
    named = {base for pairs, _ in _BETWEEN for pair in pairs for base in pair}
    assert named <= known


def test_boxes_of_reams_add_up_with_sheets() -> None:
    found = sum_up([(D(12), "boîtes de 5 rames"), (D(500), "vellen")])
    assert isinstance(found, Sum)
    assert (found.quantity, found.unit) == (D(30500), "vellen")
    assert found.steps == (("boîtes de 5 rames", D(2500)),)
    assert not found.assumed


def test_packs_of_two_sizes_are_told_in_what_they_hold() -> None:
    found = sum_up([(D(12), "boîtes de 5 rames"), (D(4), "pak 250 vel")])
    assert isinstance(found, Sum)
    assert (found.quantity, found.unit, found.written) == (D(31000), "sheet", False)
    assert str(found.named) == "sheets"


def test_packs_of_one_size_stay_packs() -> None:
    found = sum_up([(D(12), "boîtes de 5 rames"), (D(4), "dozen van 2.500 vel")])
    assert isinstance(found, Sum)
    assert found.quantity == 16
    assert str(found.named) == "boîtes de 5 rames / dozen van 2.500 vel"


def test_a_working_day_is_an_assumption_that_is_told() -> None:
    mixed = sum_up([(D(60), "jours"), (D(26), "uren")])
    assert isinstance(mixed, Sum)
    assert (mixed.quantity, mixed.unit) == (60 * WORKING_DAY + 26, "uren")
    assert "7.6 hours" in str(mixed.assumed[0])
    alike = sum_up([(D(60), "jours"), (D(26), "dagen")])
    assert isinstance(alike, Sum)
    assert (alike.quantity, alike.assumed) == (D(86), ())


def test_joules_are_exact_to_the_thousandth() -> None:
    assert converted(D(1), "MWh", "GJ") == D("3.6")
    assert converted(D("3.6"), "GJ", "kWh") == D(1000)
    assert added([(D(5), "GJ"), (D(5), "MWh")]) == (D(23), "GJ")


def test_packs_of_unknown_size_are_never_added_up() -> None:
    assert added([(D(12), "boîtes")]) is None
    assert added([(D(12), "boîtes"), (D(3), "boîtes")]) is None
    assert added([(D(12), "boîtes"), (D(3), "dozen")]) is None


def test_what_has_no_number_or_no_unit_is_not_added_up() -> None:
    assert sum_up([]) is None
    assert sum_up([(None, "kg"), (D(1), "kg")]) is None
    assert sum_up([(D(1), ""), (D(1), "kg")]) is None


def test_three_that_are_counted_singly_are_not_one() -> None:
    assert added([(D(1), "stuks"), (D(1), "chèques")]) is not None
    assert added([(D(1), "stuks"), (D(1), "chèques"), (D(1), "repas")]) is None


def test_no_name_of_a_unit_stands_twice() -> None:
    tables = [
        *measures.TABLE.values(),
        measures.DAYS,
        measures.PACKS,
        measures.MULTIPLES,
    ]
    names = [
        name for table in tables for text in table.values() for name in text.split()
    ]
    assert not {name for name in names if names.count(name) > 1}


def test_every_pack_and_known_base_has_a_name_for_the_reader() -> None:
    bases = {*measures.TABLE, *measures.PACKS, measures.HOUR} - {"kg", "m²", "kWh"}
    assert all(name_of(base).kind == "word" for base in bases)
    assert str(name_of("m²")) == "m²"


units = st.sampled_from(
    [
        *("kg", "t", "g", "quintaux", "sacs de 25 kg", "zak 2,5 kg"),
        *("l", "m³", "hl", "cl", "bidon de 5 L"),
        *("feuilles", "riemen", "boîte de 5 rames", "pak 250 vel"),
        *("h", "jours", "demi-jours", "uren"),
        *("kWh", "MWh", "GJ", "mois", "ans", "m", "km", "m²", "ha"),
        *("pièces", "douzaines", "boîtes de 100", "chèques", "paires", "boîtes"),
    ]
)
amounts = st.decimals(0, 10**9, places=2)
quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@quick
@given(amounts, units, units)
def test_there_and_back_again(quantity: Decimal, one: str, other: str) -> None:
    there, back = conversion(one, other), conversion(other, one)
    assert isinstance(there, Conversion) is isinstance(back, Conversion)
    if isinstance(there, Conversion) and isinstance(back, Conversion):
        assert abs(there.factor * back.factor - 1) < D("1e-24")
        home = quantity * there.factor * back.factor
        assert abs(home - quantity) < D("0.001")
        assert there.assumed == back.assumed


@quick
@given(units, units, units)
def test_converting_in_two_steps_is_converting_in_one(
    one: str, between: str, other: str
) -> None:
    first, second = conversion(one, between), conversion(between, other)
    whole = conversion(one, other)
    if isinstance(first, Conversion) and isinstance(second, Conversion):
        if isinstance(whole, Refusal):
            assert measures.PIECE in {
                measure(unit)[0] for unit in (one, between, other)
            }
        else:
            ratio = first.factor * second.factor / whole.factor
            assert abs(ratio - 1) < D("1e-24")


@quick
@given(st.lists(st.tuples(amounts, units), min_size=1, max_size=5))
def test_a_sum_depends_neither_on_the_order_nor_on_the_units(
    listed: list[tuple[Decimal, str]],
) -> None:
    found = sum_up(listed)
    turned = sum_up([*listed[1:], listed[0]])
    assert turned == found
    assert sum_up(reversed(listed)) == found
    if not isinstance(found, Sum):
        return
    whole = sum((quantity * measure(unit)[1] for quantity, unit in listed), D(0))
    factor = measure(found.unit.split(" / ")[0])[1] if found.written else D(1)
    assert abs(found.quantity * factor - whole) <= factor * D("0.0005")


@quick
@given(st.lists(units, min_size=1, max_size=6))
def test_units_are_told_once_each_in_a_fixed_order(listed: list[str]) -> None:
    told = as_written(listed).split(" / ")
    assert all(one < other for one, other in pairwise(told))
    assert set(told) == set(listed)


@quick
@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_unit(text: str) -> None:
    base, factor = measure(text)
    assert factor > 0
    assert measure(f"  {text} ") == (base, factor)
    if text.isascii():
        assert measure(text.upper()) == (base, factor)


@quick
@given(
    st.integers(1, 9999),
    st.sampled_from(["boîte de {} feuilles", "pak {} vel", "Karton à {} Blatt"]),
    st.sampled_from(["{}", "{:,}"]),
)
def test_a_written_size_is_the_size(size: int, pack: str, form: str) -> None:
    number = form.format(size).replace(",", ".")
    assert measure(pack.format(number)) == ("sheet", D(size))
