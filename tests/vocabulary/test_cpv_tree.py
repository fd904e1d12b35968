"""The tree of codes, with its trailing zeros."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary import cpv


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30199770", "30199770"),
        ("30199770-8", "30199770"),
        (" 03000000-1 ", "03000000"),
        ("3019977", ""),
        ("30199770x", ""),
        ("٣٠١٩٩٧٧٠", ""),
        ("", ""),
    ],
)
def test_a_code_is_read_with_or_without_its_check_digit(
    written: str, expected: str
) -> None:
    assert cpv.bare(written) == expected


@pytest.mark.parametrize(
    ("code", "digits"),
    [("30000000", 2), ("30100000", 3), ("30190000", 4), ("30199770", 7)],
)
def test_trailing_zeros_say_nothing_but_a_division_keeps_two(
    code: str, digits: int
) -> None:
    assert cpv.depth(code) == digits


def test_the_ancestors_go_up_to_the_division() -> None:
    assert cpv.ancestors("30199770") == (
        "30199700",
        "30199000",
        "30190000",
        "30100000",
        "30000000",
    )
    assert cpv.ancestors("30000000") == ()


def test_a_zero_inside_a_code_names_no_ancestor_twice() -> None:
    assert cpv.ancestors("30200100") == ("30200000", "30000000")


def test_two_divisions_share_nothing_even_with_the_same_first_digit() -> None:
    assert cpv.shared("30000000", "31000000") == 0
    assert cpv.distance("30000000", "31000000") == 4


def test_distance_counts_the_steps_up_and_down() -> None:
    assert cpv.distance("30199770", "30199770") == 0
    assert cpv.distance("30199770", "30199700") == 1
    assert cpv.distance("30199770", "30199760") == 2


def test_a_coarse_or_fine_declaration_suits_fully_and_a_stranger_little() -> None:
    assert cpv.compatibility("30000000", "30199770") == 1.0
    assert cpv.compatibility("30199770", "30190000") == 1.0
    assert cpv.compatibility("", "30190000") == 1.0
    near = cpv.compatibility("30199770", "30192000")
    far = cpv.compatibility("30199770", "45233140")
    assert far < near < 1.0
