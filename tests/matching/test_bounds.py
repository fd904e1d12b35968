"""Figures of requirements: at least, at most, exactly, and of what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.matching.bounds import Interval, bounds_of, formats_of, stance

D = Decimal


@pytest.mark.parametrize(
    ("text", "dimension", "low", "high"),
    [
        ("≥ 80 g/m²", "g/m²", 80, None),
        ("au moins 80 g/m2", "g/m²", 80, None),
        ("minstens 80 g/m²", "g/m²", 80, None),
        ("mindestens 80 g/m²", "g/m²", 80, None),
        ("at least 80 gsm", "g/m²", 80, None),
        ("80 g/m² ou plus", "g/m²", 80, None),
        ("75 g/m²", "g/m²", 75, 75),
        ("Papier 75 g", "g/m²", 75, 75),
        ("<= 48 h", "hour", None, 48),
        ("max. 48 uur", "hour", None, 48),
        ("höchstens 2 Tage", "hour", None, 48),
        ("Réponse en 24 h", "hour", None, 24),
        ("Antwort innerhalb von 24 Stunden", "hour", None, 24),
        ("Levering binnen 5 werkdagen", "working day", None, 5),
        ("Délai de livraison : 48 heures", "hour", None, 48),
        ("Garantie 3 ans", "month", 36, None),
        ("mindestens 5 Jahre Garantie", "month", 60, None),
        ("pas plus de 3 ans", "month", None, 36),
        ("niet minder dan 3 jaar", "month", 36, None),
        ("nicht mehr als 3 Jahre", "month", None, 36),
        ("entre 20 et 30 kg", "kg", 20, 30),
        ("tussen 20 en 30 kg", "kg", 20, 30),
        ("2-4 ans", "month", 24, 48),
        ("charge utile d'au moins 800 kg", "kg", 800, None),
        ("maximaal 1.000 kg", "kg", None, 1000),
        ("0,5 l maximum", "litre", None, D("0.5")),
        ("écran de 24 pouces", "inch", 24, 24),
        ("5 places minimum", "#plake", 5, None),
    ],
)
def test_a_figure_is_read_with_its_direction(
    text: str, dimension: str, low: int | None, high: int | None
) -> None:
    (found,) = bounds_of(text)
    assert found.dimension == dimension
    assert (found.interval.low, found.interval.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Station ouverte 24 h sur 24",
        "24/7",
        "24u op 24 en 7 dagen op 7",
        "Ouvert de 8h à 17h",
        "Haute visibilité EN ISO 20471",
        "Accessibilité WCAG 2.2 AA",
        "Bilingue",
        "2 techniciens",
    ],
)
def test_what_is_no_measure_is_no_bound(text: str) -> None:
    assert bounds_of(text) == ()


def test_more_than_leaves_the_number_out() -> None:
    (less,) = bounds_of("à moins de 5 km")
    assert less.interval == Interval(high=D(5000), under=True)
    (more,) = bounds_of("meer dan 5 km")
    assert more.interval == Interval(low=D(5000), over=True)
    assert less.interval.meet(more.interval).empty
    assert not less.interval.meet(Interval(low=D(4999))).empty
    assert less.interval.meet(Interval(low=D(5000))).empty


def test_each_figure_of_a_sentence_keeps_its_own_subject() -> None:
    memory, storage = bounds_of("au minimum 16 GB RAM et 512 GB SSD")
    assert memory.aspects == {"memory"}
    assert storage.aspects == {"storage"}
    assert not memory.about(storage)
    screen, warranty = bounds_of("Écran 24 pouces minimum et garantie de 5 ans")
    assert screen.aspects == {"screen"}
    assert warranty.interval == Interval(low=D(60))


def test_figures_about_two_things_are_not_compared() -> None:
    def about(one: str, other: str) -> bool:
        return bounds_of(one)[0].about(bounds_of(other)[0])

    assert about("Livraison 48 h", "levering binnen 72 uur")
    assert not about("Livraison 48 h", "Réponse en 24 h")
    assert not about("Livraison 48 h", "Garantie 2 ans")
    assert about("max 48 h", "Réponse en 24 h")
    assert about("Papier 80 g/m²", "90 g/m²")


def test_formats_are_found_in_any_language() -> None:
    assert formats_of("Papier A4 et A3") == {"A4", "A3"}
    assert formats_of("Format DIN A4") == {"A4"}
    assert formats_of("A40, EA4, A7") == frozenset()


def test_without_is_told_from_with() -> None:
    assert stance("Sans pesticide")[0]
    assert stance("zonder pesticiden")[1] == stance("Avec pesticides")[1]
    assert not stance("Avec pesticides")[0]


numbers = st.none() | st.integers(0, 9).map(Decimal)
intervals = st.builds(Interval, numbers, numbers, st.booleans(), st.booleans()).map(
    lambda one: Interval(
        one.low,
        one.high,
        one.over and one.low is not None,
        one.under and one.high is not None,
    )
)
quick = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def holds(interval: Interval, number: Decimal) -> bool:
    low, high = interval.low, interval.high
    above = low is None or number > low or (number == low and not interval.over)
    below = high is None or number < high or (number == high and not interval.under)
    return above and below


@quick
@given(intervals, intervals, intervals, st.integers(-2, 22))
def test_an_intersection_holds_what_both_hold(
    one: Interval, other: Interval, third: Interval, halves: int
) -> None:
    number = Decimal(halves) / 2
    both = one.meet(other)
    assert holds(both, number) == (holds(one, number) and holds(other, number))
    assert both == other.meet(one)
    assert one.meet(one) == one
    assert both.meet(other) == both
    assert both.meet(third) == one.meet(other.meet(third))
    if both.empty:
        assert not holds(both, number)


@quick
@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_requirement(text: str) -> None:
    for bound in bounds_of(text):
        low, high = bound.interval.low, bound.interval.high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high
    stance(text)
    formats_of(text)


@quick
@given(
    st.integers(1, 999),
    st.sampled_from(["≥ {}", "min. {}", "au moins {}", "minstens {}", "{} of meer"]),
    st.sampled_from(["g/m²", "dB", "kg", "cm", "lumen"]),
)
def test_every_way_of_saying_at_least_is_one(size: int, form: str, unit: str) -> None:
    (plainly,) = bounds_of(f">= {size} {unit}")
    head, tail = form.format(size), ""
    if form.startswith("{}"):
        head, tail = str(size), form.removeprefix("{}")
    (found,) = bounds_of(f"{head} {unit}{tail}")
    assert found.interval == plainly.interval
