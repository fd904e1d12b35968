"""A file of needs is matched without a register; a bad line stops nobody."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from jointbuy.errors import Message, Problem
from jointbuy.matching import lines, match_lines

ON = date(2026, 11, 20)


def line(name: str, administration: str, title: str, **more: Any) -> bytes:
    fields = {"id": name, "administration": administration, "title": title, **more}
    return json.dumps(fields).encode()


def run(
    *lines: bytes, explain: bool = False
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    found = match_lines(lines, on=ON, explain=explain, max_framework_months=48)
    return list(found.proposals), found.problems


PAPER = line(
    "1", "A", "Papier A4", territory="BE100", earliest="2027-01-01", latest="2027-03-01"
)
PAPIER = line(
    "2", "B", "kopieerpapier", territory="BE100", earliest="2027-02-01", language="nl"
)


def test_the_same_thing_at_the_same_place_makes_a_group() -> None:
    (group,), problems = run(PAPER, PAPIER)
    assert not problems
    assert group["kind"] == "joint"
    assert group["needs"] == ["1", "2"]
    assert group["administrations"] == ["A", "B"]
    assert group["launch"] == "2027-02-01"
    assert group["framework"] is None
    assert group["score"] == sum(one["weight"] for one in group["reasons"])
    assert all(set(one) == {"name", "weight"} for one in group["reasons"])
    json.dumps(group)


def test_explained_reasons_carry_sentences() -> None:
    (group,), _ = run(PAPER, PAPIER, explain=True)
    assert all(isinstance(one["message"], Message) for one in group["reasons"])
    first = group["reasons"][0]
    assert first["name"] == "same_purchase"
    assert first["evidence"]


def test_a_minimal_line_is_enough() -> None:
    (group,), problems = run(
        line("1", "A", "Titres-repas"), line("2", "B", "maaltijdcheques")
    )
    assert group["kind"] == "joint"
    assert group["launch"] == ON.isoformat()
    assert not problems


def test_green_works_in_two_territories_do_not_meet() -> None:
    grass = [
        line("1", "A", "Tonte des pelouses", territory="BE100"),
        line("2", "B", "Tonte des pelouses", territory="BE323"),
    ]
    found, _ = run(*grass)
    assert [one["kind"] for one in found] == ["separate", "separate"]
    assert found[0]["reasons"][0]["name"] == "too_far"


def test_what_is_bought_anywhere_meets_across_territories_when_alone_at_home() -> None:
    software = [
        line("1", "A", "Logiciel de comptabilité", territory="BE100"),
        line("2", "B", "Logiciel de comptabilité", territory="BE323"),
    ]
    (group,), _ = run(*software)
    assert group["kind"] == "joint"
    assert "far_apart" in {one["name"] for one in group["reasons"]}
    at_home = line("3", "C", "Logiciel de comptabilité", territory="BE100")
    found, _ = run(*software, at_home)
    assert [one["needs"] for one in found] == [["1", "3"], ["2"]]


def test_who_stays_alone_beside_a_group_is_not_told_that_no_day_suits() -> None:
    days = {"earliest": "2027-02-01", "latest": "2027-03-01"}
    found, _ = run(
        PAPER,
        PAPIER,
        line("3", "C", "Papier A4", territory="BE336", **days),
        explain=True,
    )
    (reason,) = found[-1]["reasons"]
    assert found[-1]["needs"] == ["3"]
    assert reason["name"] == "partners_taken"
    assert "already form groups" in str(reason["message"])


def test_who_misses_the_days_of_a_group_elsewhere_is_not_said_to_fit() -> None:
    group = [
        line("1", "A", "Papier A4", territory="BE100", latest="2027-01-31"),
        line("2", "B", "Papier A4", territory="BE100", latest="2027-01-31"),
    ]
    for earliest, name in (
        ("2027-01-31", "partners_taken"),
        ("2027-02-01", "other_days"),
    ):
        alone = line("3", "C", "Papier A4", territory="BE336", earliest=earliest)
        found, _ = run(*group, alone)
        assert found[-1]["reasons"][0]["name"] == name


def test_a_window_that_comes_later_is_told_apart() -> None:
    late = line("3", "C", "papier", territory="BE100", earliest="2028-01-01")
    found, _ = run(
        PAPER, line("2", "B", "papier", territory="BE100", latest="2027-03-01"), late
    )
    alone = found[-1]
    assert alone["needs"] == ["3"]
    assert alone["reasons"][0]["name"] == "enters_later"


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (b"{", ""),
        (b"[]", ""),
        (b"\xff\xfe", ""),
        (b'{"id": 5, "administration": "A", "title": "x"}', "id"),
        (b'{"id": "9", "administration": "A"}', ""),
        (line("9", "A", " "), "title"),
        (line("", "A", "x"), "id"),
        (line("1", "C", "Papier"), "id"),
        (line("9", "A", "x", earliest="2027-13-01"), "earliest"),
        (line("9", "A", "x", earliest="2027-02-02", latest="2027-02-01"), "latest"),
        (line("9", "A", "x", estimate=-1), "estimate"),
        (line("9", "A", "x", estimate="a lot"), "estimate"),
        (line("9", "A", "x", estimate="NaN"), "estimate"),
        (line("9", "A", "x", estimate="1e400"), "estimate"),
        (line("9", "A", "x", duration_months=0), "duration_months"),
        (line("9", "A", "x", duration_months=601), "duration_months"),
        (line("9", "A", "x", duration_months=10**12), "duration_months"),
        (line("9", "A", "x", nature="sorcery"), "nature"),
        (b"[" * 100_000, ""),
    ],
)
def test_a_bad_line_is_refused_by_itself(bad: bytes, field: str) -> None:
    found, problems = run(PAPER, bad, PAPIER)
    assert [one["needs"] for one in found] == [["1", "2"]]
    (problem,) = problems
    assert problem.row == 2
    assert problem.field == field
    assert problem.blocking
    assert str(problem.message)


def test_a_code_that_is_none_is_left_out_and_told() -> None:
    found, (problem,) = run(line("1", "A", "Papier A4", cpv="paper"))
    assert found[0]["needs"] == ["1"]
    assert not problem.blocking
    assert problem.field == "cpv"


def test_blank_lines_a_byte_order_mark_and_unknown_keys_do_no_harm() -> None:
    found, problems = run(
        b"\xef\xbb\xbf" + PAPER,
        b"",
        b"  \n",
        line("2", "B", "papier", truth=1, territory="BE100"),
    )
    assert not problems
    assert [one["needs"] for one in found] == [["1", "2"]]


def test_blanks_and_capitals_do_not_make_another_name() -> None:
    more = {"territory": " be100", "language": "FR ", "duration_months": 600}
    found, problems = run(
        line("1", "A", "Papier A4", territory="BE100", language="fr"),
        line("2", "A ", "Papier A4", **more),
    )
    assert not problems
    assert [one["kind"] for one in found] == ["separate", "separate"]
    ((group, *_), _) = run(
        line("1", "A", "Papier A4", territory="BE100", language="fr"),
        line("2", "B ", "Papier A4", **more),
    )
    assert group["administrations"] == ["A", "B"]
    names = [one["name"] for one in group["reasons"]]
    assert "neighbours" in names
    assert "two_languages" not in names


def test_an_empty_file_gives_nothing() -> None:
    assert run() == ([], ())


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = [
        line(str(n), f"A{n % 4}", title, territory="BE100", earliest=f"2027-0{n}-01")
        for n, title in enumerate(
            ["Papier", "Titres-repas", "papier A4", "maaltijdcheques", "Carburant"], 1
        )
    ]
    assert run(*lines, explain=True) == run(*reversed(lines), explain=True)


def test_units_that_do_not_convert_keep_lines_apart() -> None:
    one = line("1", "A", "Sel de déneigement", unit="t", quantity=2)
    other = line("2", "B", "Sel de déneigement", unit="heures")
    assert {each["kind"] for each in run(one, other)[0]} == {"separate"}
    kilos = line("2", "B", "Sel de déneigement", unit="kg", quantity="500")
    (group,), _ = run(one, kilos, explain=True)
    assert any("2500 (kg)" in str(reason["message"]) for reason in group["reasons"])


def test_pieces_and_vouchers_meet_in_a_file_too() -> None:
    one = line("1", "A", "Titres-repas", unit="chèques", quantity=900)
    other = line("2", "B", "maaltijdcheques", unit="stuks", quantity=260)
    (group,), _ = run(one, other, explain=True)
    said = " ".join(str(reason["message"]) for reason in group["reasons"])
    assert "1160 (chèques / stuks)" in said
    apart, _ = run(one, line("2", "B", "maaltijdcheques", unit="heures"))
    assert {each["reasons"][0]["name"] for each in apart} == {"other_unit"}


def nearness(*lines: bytes) -> set[str]:
    found, _ = run(*lines)
    return {reason["name"] for one in found for reason in one["reasons"]} & {
        *("same_place", "neighbours", "far_apart", "distance_unknown"),
        *("too_far", "place_unknown"),
    }


def test_no_place_is_invented_for_administrations_without_a_territory() -> None:
    def pair(title: str, one: str, other: str, **more: Any) -> set[str]:
        return nearness(line("1", one, title), line("2", other, title, **more))

    assert pair("Titres-repas", "A", "B") == {"distance_unknown"}
    assert pair("Titres-repas", "A", "B", territory="BE100") == {"distance_unknown"}
    assert pair("Titres-repas", "Commune d'Ans", "CPAS d'Ans") == {"same_place"}
    assert pair("Sel de déneigement", "A", "B") == {"distance_unknown"}
    assert pair("Tonte des pelouses", "A", "B") == {"place_unknown"}
    assert pair("Tonte des pelouses", "Ans", "CPAS d'Ans") == {"same_place"}
    assert pair("Tonte des pelouses", "De Panne", "OCMW De Panne") == {"same_place"}


def test_many_cells_are_numbered_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    more = [
        line(str(n), f"A{n}", title, territory=f"BE{n % 3}")
        for n, title in enumerate(["Papier", "Gants", "Papier A4", "gants"] * 3)
    ]
    found = run(*more, explain=True)
    monkeypatch.setattr(lines, "MANY_CELLS", 0)
    assert run(*more, explain=True) == found


def test_one_territory_makes_neighbours_and_one_name_one_place() -> None:
    grass = "Tonte des pelouses"
    here = line("1", "Commune d'Ans", grass, territory="BE332")
    assert nearness(here, line("2", "B", grass, territory="BE332")) == {"neighbours"}
    assert nearness(here, line("2", "CPAS d'Ans", grass)) == {"same_place"}
    assert nearness(here, line("2", "B", grass, territory="BE100")) == {"too_far"}
