"""Counts the cases and holds the rulings they come from against a list of their own."""

from __future__ import annotations

import calendar
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointbuy.law.rulings import rulings

HERE = Path(__file__).parent / "cases"
DISTINCT = 400
"""How many cases rest on a text or a ruling at the least."""

RULINGS = {
    "C-107/98": "18 November 1999",
    "C-26/03": "11 January 2005",
    "C-458/03": "13 October 2005",
    "C-340/04": "11 May 2006",
    "C-295/05": "19 April 2007",
    "C-324/07": "13 November 2008",
    "C-573/07": "10 September 2009",
    "C-480/06": "9 June 2009",
    "C-182/11": "29 November 2012",
    "C-159/11": "19 December 2012",
    "C-386/11": "13 June 2013",
    "C-15/13": "8 May 2014",
    "C-574/12": "19 June 2014",
    "C-553/15": "8 December 2016",
    "C-51/15": "21 December 2016",
    "C-567/15": "5 October 2017",
    "C-606/17": "18 October 2018",
    "C-216/17": "19 December 2018",
    "C-285/18": "3 October 2019",
    "C-89/19": "6 February 2020",
    "C-796/18": "28 May 2020",
    "C-429/19": "4 June 2020",
    "C-328/19": "18 June 2020",
    "C-23/20": "17 June 2021",
    "C-719/20": "12 May 2022",
    "C-274/21": "14 July 2022",
    "C-383/21": "22 December 2022",
    "C-578/23": "9 January 2025",
    "C-452/23": "29 April 2025",
    "C-692/23": "15 January 2026",
}

OF_NO_FORM = {"C-578/23"}
"""About a ground of a procedure, an exclusivity the buyer made, not about a form."""


def _cases(name: str) -> list[dict[str, Any]]:
    tree = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = tree.get("case", [])
    return found


def test_most_cases_rest_on_a_text_and_those_made_up_say_so() -> None:
    every = [case for path in sorted(HERE.glob("*.toml")) for case in _cases(path.name)]
    assert all(case["source"].strip() for case in every)
    without = ("made up", "practice", "conditions")
    real = [case for case in every if not case["source"].startswith(without)]
    assert len(real) >= DISTINCT
    alike = {
        (case["form"], str(case["answers"]), str(case["expect"]), str(case.get("on")))
        for case in real
    }
    assert len(alike) >= DISTINCT - 40


@pytest.mark.parametrize("number", RULINGS)
def test_every_ruling_is_a_case_with_its_number_and_its_day(number: str) -> None:
    cited = [case for case in _cases("rulings.toml") if number in case["source"]]
    if number in OF_NO_FORM:
        assert not cited
        return
    assert cited
    for case in cited:
        assert case["source"].endswith(RULINGS[number])
        assert len(case["expect"]) >= 1
        ruled = _day(RULINGS[number])
        assert case["on"] >= ruled


def test_no_case_cites_a_ruling_that_is_not_listed() -> None:
    cases = list(_cases("rulings.toml"))
    assert cases
    for case in cases:
        assert any(number in case["source"] for number in RULINGS), case["note"]


def test_the_register_of_rulings_has_each_with_its_day_and_nothing_else() -> None:
    known = {ruling.numbers[0]: ruling for ruling in rulings().values()}
    assert set(known) == set(RULINGS)
    for number, ruling in known.items():
        assert ruling.day == _day(RULINGS[number])
        title = ruling.source.titles.en
        assert RULINGS[number] in title, title
        assert number in title


def _day(written: str) -> date:
    day, month, year = written.split()
    months = list(calendar.month_name)
    return date(int(year), months.index(month), int(day))
