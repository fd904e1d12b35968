from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import lots

DAY = date(2026, 11, 20)
CENT = Decimal("0.01")


def euros(amount: float | str) -> Decimal:
    return Decimal(str(amount))


def test_as_many_small_lots_as_the_share_holds_may_go_apart() -> None:
    found = lots(
        {
            "paper": euros(30_000),
            "toner": euros(28_000),
            "desks": euros(200_000),
            "ink": euros(10),
        },
        "supplies",
        on=DAY,
    )
    assert found.eu_publicity
    assert found.total == 258_010
    assert found.apart == ("toner", "ink")
    assert found.used == 28_010
    assert found.allowance == 51_602


@pytest.mark.parametrize(
    ("nature", "limit", "rest"),
    [
        ("supplies", 80_000, 400_000),
        ("services", 80_000, 400_000),
        ("works", 1_000_000, 5_000_000),
    ],
)
def test_a_lot_is_small_one_cent_below_the_amount(
    nature: str, limit: int, rest: int
) -> None:
    for amount, small in [
        (limit - CENT, True),
        (Decimal(limit), False),
        (limit + CENT, False),
    ]:
        found = lots({"small": amount, "rest": euros(rest)}, nature, on=DAY)
        assert found.eu_publicity
        assert found.lots[0].small is small
        assert found.apart == (("small",) if small else ())


@pytest.mark.parametrize(
    ("amount", "within"),
    [(euros("59999.99"), True), (euros(60_000), True), (euros("60000.01"), False)],
)
def test_the_share_of_small_lots_holds_to_the_cent(
    amount: Decimal, *, within: bool
) -> None:
    rest = Decimal(300_000) - amount
    found = lots({"a": amount, "b": rest}, "supplies", apart=["a"], on=DAY)
    assert found.allowance == 60_000
    assert found.apart == (("a",) if within else ())
    assert ("too much" in str(found.message)) is not within


def test_a_lot_named_that_is_not_small_stays_and_spoils_nothing() -> None:
    found = lots(
        {"a": euros(20_000), "b": euros(90_000), "c": euros(300_000)},
        "services",
        apart=["a", "b"],
        on=DAY,
    )
    assert found.apart == ("a",)
    assert "80000" in str(found.lots[1].message)


def test_below_the_european_threshold_one_lot_may_go_without_publication() -> None:
    found = lots([euros("99999.99"), euros(100_000), euros(10_000)], "supplies", on=DAY)
    assert not found.eu_publicity
    assert found.apart == ()
    assert [lot.unpublished for lot in found.lots] == [True, False, True]
    assert [lot.name for lot in found.lots] == ["1", "2", "3"]
    above = lots([euros("99999.99"), euros("116000.01")], "supplies", on=DAY)
    assert above.eu_publicity
    assert not any(lot.unpublished for lot in above.lots)
    at = lots([euros("99999.99"), euros("116000.00")], "supplies", on=DAY)
    assert not at.eu_publicity
    assert at.unpublished.citation.to_verify


def test_the_sum_of_the_lots_decides() -> None:
    assert lots([euros(108_000)] * 2, "supplies", on=DAY).eu_publicity
    assert not lots(
        [euros(108_000), euros("107999.99")], "supplies", on=DAY
    ).eu_publicity
    assert lots([euros(70_000)] * 2, "supplies", "central", on=DAY).eu_publicity
    assert lots([euros(0), euros(0)], "supplies", on=DAY).apart == ()


@given(
    st.lists(st.decimals(0, 400_000, places=2), min_size=1, max_size=9),
    st.sampled_from(["supplies", "works"]),
)
def test_no_set_of_small_lots_with_more_lots_fits(
    amounts: list[Decimal], nature: str
) -> None:
    found = lots(amounts, nature, on=DAY)
    assert found.used * 100 <= found.total * found.share.value
    assert all(lot.small for lot in found.lots if lot.apart)
    if not found.eu_publicity:
        assert found.apart == ()
        return
    small = sorted(lot.amount for lot in found.lots if lot.small)
    more = len(found.apart) + 1
    if more <= len(small):
        assert sum(small[:more]) * 100 > found.total * found.share.value


def test_lots_that_make_no_sense_are_refused() -> None:
    with pytest.raises(UsageError, match="There is no lot “x”"):
        lots({"a": euros(1)}, "works", apart=["x"], on=DAY)
    with pytest.raises(UsageError, match="zero or more"):
        lots([euros(-1)], "works", on=DAY)
    for on in (date(2017, 6, 29), date(2028, 1, 1)):
        with pytest.raises(NotInForce):
            lots([euros(1)], "works", on=on)
