"""Model values survive the way to JSON and back, and nothing else gets in."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jointbuy import model
from jointbuy.codec import dump_line, dumps, from_plain, loads, to_plain
from jointbuy.errors import Arg, BadRecord, Message
from jointbuy.model import FrameworkAgreement, FrameworkLot, Need

CLASSES = sorted(
    {
        cls
        for cls in (getattr(model, name) for name in model.__all__)
        if isinstance(cls, type) and dataclasses.is_dataclass(cls)
    }
    | {Message, Arg},
    key=lambda cls: cls.__name__,
)

st.register_type_strategy(
    Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=2)
)
st.register_type_strategy(date, st.dates())
st.register_type_strategy(
    str, st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_class_comes_back_as_it_went(cls: type[Any]) -> None:
    @settings(
        max_examples=8,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(st.from_type(cls))
    def check(value: object) -> None:
        assert from_plain(cls, to_plain(value)) == value
        assert from_plain(cls, loads(dumps(to_plain(value)))) == value

    check()


def test_a_field_at_its_default_is_not_written() -> None:
    need = Need(id="n1", administration="commune", title="Paper")
    assert to_plain(need) == {
        "id": "n1",
        "administration": "commune",
        "title": "Paper",
    }


def test_the_error_names_the_path_of_the_fault() -> None:
    lots = [{"id": "1", "ceiling": "a lot"}]
    with pytest.raises(BadRecord) as caught:
        from_plain(FrameworkAgreement, {"id": "f", "centre": "c", "lots": lots})
    assert caught.value.path == "lots[0].ceiling"


def test_a_path_grows_on_the_way_up() -> None:
    assert BadRecord("ceiling", "x").under("lots[0]").path == "lots[0].ceiling"
    assert BadRecord("[0].id", "x").under("lots").path == "lots[0].id"


def test_an_unknown_field_is_refused_with_its_path() -> None:
    lots = [{"id": "1", "celing": "5"}]
    with pytest.raises(BadRecord, match="no such field") as caught:
        from_plain(FrameworkAgreement, {"id": "f", "centre": "c", "lots": lots})
    assert caught.value.path == "lots[0].celing"


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "NaN", "-Infinity"])
def test_a_number_that_is_none_is_refused(bad: object) -> None:
    with pytest.raises(BadRecord) as caught:
        from_plain(FrameworkLot, {"id": "1", "ceiling": bad})
    assert caught.value.path == "ceiling"


@pytest.mark.parametrize("bad", [float("nan"), float("-inf"), Decimal("sNaN")])
@pytest.mark.parametrize("field", ["title", "budget_year", "personal_data"])
def test_a_number_that_is_none_is_refused_in_any_field(field: str, bad: object) -> None:
    plain = {"id": "n", "administration": "a", "title": "Paper", field: bad}
    with pytest.raises(BadRecord, match="finite") as caught:
        from_plain(Need, plain)
    assert caught.value.path == field


def test_a_number_that_is_none_is_refused_deep_inside() -> None:
    lots = [{"id": "1"}, {"id": "2", "ceiling": "Infinity"}]
    with pytest.raises(BadRecord, match="finite") as caught:
        from_plain(FrameworkAgreement, {"id": "f", "centre": "c", "lots": lots})
    assert caught.value.path == "lots[1].ceiling"


@pytest.mark.parametrize("large", ["1E+400", "-1E+400"])
def test_a_number_too_large_for_a_float_is_a_number_all_the_same(large: str) -> None:
    lot = from_plain(FrameworkLot, {"id": "1", "ceiling": large})
    assert lot.ceiling == Decimal(large)


def test_words_that_look_like_no_number_are_fine_as_text() -> None:
    need = from_plain(Need, {"id": "n", "administration": "a", "title": "NaN"})
    assert need.title == "NaN"


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(BadRecord, match=r"nested|JSON"):
        loads("[" * 200_000 + "]" * 200_000)
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadRecord):
        from_plain(Need, {"id": "n", "administration": "a", "title": deep})


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(BadRecord, match="not JSON"):
        loads(b"{'id': 1}")
    with pytest.raises(BadRecord, match="not JSON"):
        loads(b'{"id": "\xff"}')


def test_a_line_holds_no_line_end() -> None:
    assert b"\n" not in dump_line({"title": "two\nlines"})
