"""The fall of the price and who gains it, against the published figures.

Source of the figures: Schotanus, Telgen and de Boer (Omega 37(3), 2009) and Schotanus
(2005); the table of savings is worked out from the same formula by hand.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.appraisal.price import at_one_price, fall, gained_of, saved, saving
from jointbuy.appraisal.sharing import KEYS, Parties, shapley, shared, sharings
from jointbuy.errors import Arg, UsageError

HALF = Decimal("0.5")
D = Decimal


def parties(*volumes: int | str, **more: Any) -> Parties:
    names = "abcdefghijklmnop"[: len(volumes)]
    fields: dict[str, Any] = {"population": {}, "weights": {}, **more}
    return Parties(
        names={who: Arg(name="", text=who.upper()) for who in names},
        volumes={who: D(each) for who, each in zip(names, volumes, strict=True)},
        exponent=HALF,
        dominant=D("0.38"),
        **fields,
    )


@pytest.mark.parametrize(
    ("share", "multiple", "expected"),
    [
        (10, "2", "2.9"),
        (20, "1.25", "2.1"),
        (20, "1.5", "3.7"),
        (20, "2", "5.9"),
        (20, "3", "8.5"),
        (20, "4", "10.0"),
        (20, "8", "12.9"),
        (20, "20", "15.5"),
        (30, "2", "8.8"),
        (30, "20", "23.3"),
    ],
)
def test_the_saving_grows_with_the_multiple_of_the_own_volume(
    share: int, multiple: str, expected: str
) -> None:
    assert round(share * fall(D(multiple), HALF), 1) == D(expected)


def test_the_own_volume_alone_saves_nothing() -> None:
    assert fall(D(1), HALF) == 0
    assert fall(D("0.5"), HALF) == 0
    assert saving([D(500)], HALF) == 0
    assert saved(D(0), D(500), HALF) == 0
    assert saving([], HALF) == 0
    assert at_one_price([], HALF) == ()


def test_at_eighty_to_twenty_the_large_one_gains_27_6_per_cent() -> None:
    large, small = at_one_price([D(80_000), D(20_000)], HALF)
    assert round(100 * large, 1) == D("27.6")
    assert large + small == 1


def test_under_one_price_a_participant_gains_less_beyond_38_2_per_cent() -> None:
    """The others bring 1,000; its own volume grows from 1 to 99 per cent of all."""

    def gain(per_mille: int) -> Decimal:
        own = D(1000) * per_mille / (1000 - per_mille)
        return gained_of(own, own + 1000, HALF)

    assert max(range(10, 990), key=gain) == 382


def test_of_a_given_whole_a_quarter_gains_most() -> None:
    assert max(range(1, 1000), key=lambda own: gained_of(D(own), D(1000), HALF)) == 250


def test_two_who_bring_the_same_gain_the_same() -> None:
    for key in ("equal", "proportional", "shapley"):
        found = shared(key, D("99.98"), parties(7, 7))
        assert [part.gain for part in found.parts] == [D("49.99"), D("49.99")]


@given(
    volumes=st.lists(st.integers(1, 10**7), min_size=2, max_size=9),
    cents=st.integers(1, 10**9),
)
def test_the_parts_of_every_key_sum_to_the_whole(
    volumes: list[int], cents: int
) -> None:
    whole = D(cents) / 100
    names = "abcdefghijklmnop"[: len(volumes)]
    given_ = parties(
        *volumes,
        population={who: 1000 + place for place, who in enumerate(names)},
        weights={who: D(place) for place, who in enumerate(names)},
    )
    found = sharings(whole, given_)
    assert [one.key for one in found] == list(KEYS)
    for one in found:
        assert sum(part.gain for part in one.parts) == whole
        assert sum(part.settlement for part in one.parts) == 0
        assert min(part.gain for part in one.parts) >= 0
        said = sum((part.share for part in one.parts), D(0))
        assert abs(said - 100) <= D("0.05") * len(volumes)


def by_orders(volumes: list[Decimal]) -> list[Decimal]:
    """Shapley as it is defined: what each adds, over every order of entering."""
    found = [D(0)] * len(volumes)
    orders = list(permutations(range(len(volumes))))
    for order in orders:
        inside: list[Decimal] = []
        for who in order:
            before = saving(inside, HALF)
            inside.append(volumes[who])
            found[who] += saving(inside, HALF) - before
    return [each / len(orders) for each in found]


@pytest.mark.parametrize(
    "volumes",
    [[3, 5], [80, 20], [7, 7, 7], [10, 20, 20, 50], [1, 1, 90, 4, 4], [0, 5, 9]],
)
def test_shapley_is_the_average_over_every_order(volumes: list[int]) -> None:
    numbers = [D(each) for each in volumes]
    expected = by_orders(numbers)
    found = shapley(numbers, HALF)
    for one, other in zip(found, expected, strict=True):
        assert abs(one - other) < D("1e-9")


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
def test_shapley_sums_to_the_whole_and_treats_equals_alike(volumes: list[int]) -> None:
    numbers = [D(each) for each in volumes]
    found = shapley(numbers, HALF)
    assert abs(sum(found) - saving(numbers, HALF)) < D("1e-6") * sum(numbers)
    assert len(set(zip(numbers, found, strict=True))) == len(set(numbers))
    assert found == tuple(reversed(shapley(numbers[::-1], HALF)))


def test_who_brings_nothing_gains_nothing() -> None:
    assert shapley([D(0), D(40), D(60)], HALF)[0] == 0


def test_ten_different_participants_are_shared_exactly_and_eleven_are_not() -> None:
    ten = shared("shapley", D(1000), parties(*range(1, 11)))
    assert sum(part.gain for part in ten.parts) == 1000
    eleven = shared("shapley", D(1000), parties(*range(1, 12)))
    assert not eleven.parts
    assert "11 participants" in str(eleven.missing)


def test_many_alike_participants_are_still_shared_exactly() -> None:
    found = shared("shapley", D(1600), parties(*[50] * 15, 900))
    assert sum(part.gain for part in found.parts) == 1600
    alike = [part.gain for part in found.parts[:15]]
    assert max(alike) - min(alike) <= D("0.01")  # a cent cannot be divided


@pytest.mark.parametrize(("own", "warned"), [(38, 0), (39, 1)])
def test_above_38_per_cent_of_the_volume_is_warned_under_one_price(
    own: int, warned: int
) -> None:
    others = [(100 - own) // 2, 100 - own - (100 - own) // 2]
    found = shared("equal", D(100), parties(own, *others))
    assert len(found.warnings) == warned
    assert not shared("proportional", D(100), parties(own, *others)).warnings


def test_the_warning_says_what_it_brings_and_what_it_would_get() -> None:
    (warning,) = shared("equal", D(100), parties(80, 20)).warnings
    assert "A brings 80.0 of the volume and would get 27.6" in str(warning)
    assert "another key" in str(warning)


def test_who_gains_more_than_it_brings_is_not_told_to_change_the_key() -> None:
    first, second = shared("equal", D(100), parties(61, 39)).warnings
    assert "another key" in str(first)
    assert "another key" not in str(second)


def test_a_missing_number_of_inhabitants_is_named() -> None:
    found = shared("per-capita", D(100), parties(1, 1, 1, population={"b": 9}))
    assert not found.parts
    assert "A, C" in str(found.missing)


def test_per_capita_follows_the_inhabitants() -> None:
    found = shared("per-capita", D(100), parties(5, 95, population={"a": 3, "b": 1}))
    assert [part.gain for part in found.parts] == [75, 25]


@pytest.mark.parametrize(
    "weights",
    [{}, {"a": D(1)}, {"a": D(0), "b": D(0)}, {"a": D(-1), "b": D(2)}],
)
def test_a_fixed_key_that_divides_nothing_is_refused(weights: dict[str, D]) -> None:
    with pytest.raises(UsageError):
        shared("fixed", D(100), parties(1, 1, weights=weights))


def test_an_unknown_key_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="per-capita"):
        shared("banzhaf", D(100), parties(1, 1))


def test_alone_there_is_nobody_to_share_with() -> None:
    assert str(shared("equal", D(0), parties(5)).missing)
