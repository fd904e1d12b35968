"""Rows become needs: whole or not at all, with every problem said."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.errors import Problem
from jointbuy.intake.rows import Cell, ParsedNeeds, Row, parse_needs
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BudgetKind,
    ContactPerson,
    LocalText,
    Nature,
    Need,
    NeedStatus,
)
from jointbuy.vocabulary.official import CpvList

ON = date(2026, 11, 21)
TOWN = Administration(
    id="town", names=LocalText(fr="Valbois"), kind=AdministrationKind.COMMUNE
)
LEAD = ContactPerson(id="c1", administration="town", name="Ada Fictive")
GOOD: dict[str, Cell] = {
    "administration": "Valbois",
    "title": "Papier A4",
    "nature": "Fournitures",
}


def ids(name: str = "new") -> Callable[[], str]:
    counter = itertools.count(1)
    return lambda: f"{name}-{next(counter)}"


def read(*rows: Row | dict[str, Cell], **given: Any) -> ParsedNeeds:
    numbered = [
        row
        if isinstance(row, Row)
        else Row(
            number=number, cells=row, columns={n: n for n in row}, origin="besoins.csv"
        )
        for number, row in enumerate(rows, 2)
    ]
    settings: dict[str, Any] = {
        "administrations": [TOWN], "known": {}, "on": ON, "new_id": ids(),
    } | given  # fmt: skip
    return parse_needs(numbered, **settings)


def one(**cells: Cell) -> tuple[Need, tuple[Problem, ...]]:
    parsed = read(GOOD | cells)
    assert len(parsed.needs) == 1, [str(p.message) for p in parsed.problems]
    return parsed.needs[0], parsed.problems


def refused(**cells: Cell) -> Problem:
    parsed = read(GOOD | cells)
    assert parsed.needs == ()
    blocking = [problem for problem in parsed.problems if problem.blocking]
    assert len(blocking) == 1
    return blocking[0]


def test_administration_subject_and_nature_suffice() -> None:
    parsed = read(GOOD)
    assert parsed.problems == ()
    assert parsed.needs == (
        Need(
            id="new-1",
            administration="town",
            title="Papier A4",
            nature=Nature.SUPPLIES,
            origin="besoins.csv:2",
        ),
    )
    assert parsed.created == parsed.needs


def test_every_field_is_read() -> None:
    need, problems = one(
        service="Économat",
        description="A4\nA3",
        language="français",
        cpv="30197630-1",
        other_cpv="30197643, 30197644",
        quantity="500 rames",
        estimate="12.480,50 €",
        estimate_method="année passée",
        earliest="01/03/2027",
        latest=date(2027, 6, 30),
        duration_months="4 ans",
        place="Rue Fictive 1",
        territory="BE332",
        budget_article="104/123-02",
        budget_year=Decimal(2027),
        budget_kind="ordinaire",
        requirements="recyclé\n\n80 g",
        personal_data="non",
        centre_priced=True,
        single_supplier="",
        note="à revoir",
    )
    assert problems == ()
    assert need == Need(
        id="new-1",
        administration="town",
        title="Papier A4",
        nature=Nature.SUPPLIES,
        service="Économat",
        description="A4\nA3",
        language="fr",
        cpv="30197630",
        other_cpv=("30197643", "30197644"),
        quantity=Decimal(500),
        unit="rames",
        estimate=Decimal("12480.50"),
        estimate_method="année passée",
        earliest=date(2027, 3, 1),
        latest=date(2027, 6, 30),
        duration_months=48,
        place="Rue Fictive 1",
        territory="BE332",
        budget_article="104/123-02",
        budget_year=2027,
        budget_kind=BudgetKind.ORDINARY,
        requirements=("recyclé", "80 g"),
        personal_data=False,
        centre_priced=True,
        origin="besoins.csv:2",
        note="à revoir",
    )


def test_three_bad_rows_of_twenty_keep_seventeen_and_are_named() -> None:
    rows = [GOOD | {"title": f"Besoin {n}"} for n in range(20)]
    rows[3] = rows[3] | {"estimate": "pm"}
    rows[7] = rows[7] | {"nature": ""}
    rows[19] = rows[19] | {"title": "", "earliest": "31/02/2027"}
    parsed = read(*rows)
    assert len(parsed.needs) == 17
    assert parsed.refused_rows == (5, 9, 21)
    assert [(p.row, p.field, p.value) for p in parsed.problems if p.blocking] == [
        (5, "estimate", "pm"),
        (9, "nature", ""),
        (21, "title", ""),
        (21, "earliest", "31/02/2027"),
    ]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("title", ""),
        ("title", "x" * 501),
        ("description", "x" * 32_768),
        ("service", "x" * 501),
        ("estimate", "2.000 €/an"),
        ("estimate", -5.0),
        ("estimate", True),
        ("estimate", date(2027, 1, 1)),
        ("estimate", float("nan")),
        ("quantity", "beaucoup"),
        ("earliest", "03/15/2027"),
        ("latest", "bientôt"),
        ("duration_months", "toujours"),
        ("duration_months", date(2027, 1, 1)),
        ("cpv", "papier"),
        ("cpv", date(2027, 1, 1)),
        ("territory", "Liège"),
        ("language", "it"),
        ("nature", Decimal(3)),
        ("budget_year", "27"),
        ("budget_kind", "autre"),
        ("personal_data", "peut-être"),
        ("id", "../etc/passwd"),
        ("id", "x" * 81),
        ("administration", "!!!"),
    ],
)
def test_a_cell_that_cannot_be_understood_refuses_its_row(
    name: str, cell: Cell
) -> None:
    problem = refused(**{name: cell})
    assert (problem.row, problem.field, problem.column) == (2, name, name)


def test_texts_at_their_longest_are_taken() -> None:
    need, _ = one(title="x" * 500, description="y" * 32_767)
    assert len(need.title) == 500
    assert len(need.description) == 32_767


@pytest.mark.parametrize("cell", ["", "-", "–", "/", "n/a", "n.v.t.", "sans objet"])
def test_a_cell_that_says_nothing_leaves_the_field_empty(cell: str) -> None:
    need, problems = one(estimate=cell, earliest=cell, quantity=cell, cpv=cell)
    assert (need.estimate, need.earliest, need.quantity, need.cpv) == (
        None, None, None, "",
    )  # fmt: skip
    assert problems == ()


def test_a_row_says_every_one_of_its_faults() -> None:
    parsed = read({"title": "", "nature": "x", "estimate": "pm", "cpv": "y"})
    assert [problem.field for problem in parsed.problems] == [
        "administration", "cpv", "estimate", "title", "nature",
    ]  # fmt: skip


def test_the_nature_follows_from_the_code_and_is_said() -> None:
    need, problems = one(nature="", cpv="45233140")
    assert need.nature is Nature.WORKS
    assert [problem.blocking for problem in problems] == [False]


def test_a_nature_given_for_the_whole_file_fills_the_gaps_only() -> None:
    rows = [GOOD | {"title": t, "nature": n, "cpv": c} for t, n, c in
            (("a", "", ""), ("b", "Services", ""), ("c", "", "45000000"))]  # fmt: skip
    assert [need.nature for need in read(*rows, nature=Nature.SUPPLIES).needs] == [
        Nature.SUPPLIES, Nature.SERVICES, Nature.WORKS,
    ]  # fmt: skip


def test_a_missing_nature_says_what_to_write() -> None:
    assert "leveringen" in str(refused(nature="").message)
    assert "Bauleistungen" in str(refused(nature="", cpv="46000000").message)


def test_a_nature_that_the_code_contradicts_is_said() -> None:
    need, problems = one(nature="Travaux", cpv="30197630")
    assert need.nature is Nature.WORKS
    assert "another nature" in str(problems[0].message)


def test_a_row_without_administration_is_the_home_administrations() -> None:
    row: dict[str, Cell] = {"title": "Papier", "nature": "T"}
    assert read(row, home="town").needs[0].administration == "town"
    problem = read(row).problems[0]
    assert (problem.field, problem.blocking) == ("administration", True)


def test_an_unknown_administration_is_created_and_said_once() -> None:
    parsed = read(*[GOOD | {"administration": "Zandhove", "title": t} for t in "ab"])
    assert [a.id for a in parsed.administrations] == ["zandhove"]
    assert parsed.administrations[0].to_complete
    assert [need.administration for need in parsed.needs] == ["zandhove"] * 2
    assert [(p.row, p.blocking) for p in parsed.problems] == [(2, False)]


def test_an_administration_that_only_refused_rows_name_is_not_created() -> None:
    parsed = read(GOOD | {"administration": "Zandhove", "title": ""})
    assert parsed.administrations == ()


def test_a_window_the_wrong_way_round_is_refused() -> None:
    assert refused(earliest="02/03/2027", latest="01/03/2027").field == "latest"
    need, problems = one(earliest="01/03/2027", latest="01/03/2027")
    assert need.earliest == need.latest
    assert problems == ()


def test_a_latest_day_that_has_passed_is_said() -> None:
    assert one(latest="20/11/2026")[1]
    assert not one(latest="21/11/2026")[1]


def test_a_quarter_opens_and_closes_the_window() -> None:
    need, problems = one(earliest="T1 2027", latest="T1 2027")
    assert (need.earliest, need.latest) == (date(2027, 1, 1), date(2027, 3, 31))
    assert len(problems) == 2


def test_an_amount_including_vat_is_kept_in_the_note_and_never_an_estimate() -> None:
    row = Row(
        number=2,
        cells=GOOD | {"estimate_incl": "1.210,00 €"},
        columns={"estimate_incl": "Montant TVAC"},
    )
    parsed = read(row)
    assert parsed.needs[0].estimate is None
    assert parsed.needs[0].note == "Montant TVAC: 1.210,00 €"
    assert [(p.column, p.blocking) for p in parsed.problems] == [
        ("Montant TVAC", False)
    ]


def test_an_amount_that_does_not_say_vat_is_taken_only_when_told() -> None:
    rows = [
        Row(
            number=n,
            cells=GOOD | {"title": f"B{n}", "estimate_unclear": "1.000,00"},
            columns={"estimate_unclear": "Montant"},
        )
        for n in (2, 3)
    ]
    asked = read(*rows)
    assert [need.estimate for need in asked.needs] == [None, None]
    assert asked.needs[0].note == "Montant: 1.000,00"
    assert len(asked.problems) == 1
    assert not asked.problems[0].blocking
    told = read(*rows, vat="excl")
    assert [need.estimate for need in told.needs] == [Decimal("1000.00")] * 2
    assert told.problems == ()
    with_vat = read(*rows, vat="incl")
    assert [need.estimate for need in with_vat.needs] == [None, None]


def test_a_cell_that_says_htva_itself_is_taken() -> None:
    need, _ = one(estimate_unclear="1.000,00 € HTVA")
    assert need.estimate == 1000


def test_a_form_is_asked_for_the_amount_excluding_vat() -> None:
    parsed = read(Row(cells=GOOD | {"estimate_unclear": "1000,00"}))
    assert parsed.needs == ()
    assert parsed.problems[0].blocking


def test_a_dot_among_decimal_points_is_refused_rather_than_guessed() -> None:
    rows = [GOOD | {"title": t, "estimate": e} for t, e in
            (("a", "12.480"), ("b", "99.95"), ("c", "500"), ("d", "1.5"))]  # fmt: skip
    parsed = read(*rows)
    assert [need.title for need in parsed.needs] == ["b", "c", "d"]
    assert "two ways" in str(parsed.problems[0].message)


def test_days_among_american_days_are_refused_rather_than_guessed() -> None:
    rows = [GOOD | {"title": t, "latest": d} for t, d in
            (("a", "03/04/2027"), ("b", "03/15/2027"), ("c", "2027-03-15"),
             ("d", "05/05/2027"), ("e", "04/20/2027"))]  # fmt: skip
    assert [need.title for need in read(*rows).needs] == ["c", "d"]


def test_one_stray_cell_does_not_take_the_other_rows_along() -> None:
    rows = [GOOD | {"title": t, "estimate": e, "latest": d} for t, e, d in
            (("a", "12.480", "03/04/2027"), ("b", "99.95", "03/15/2027"),
             ("c", "1.250,00", "04/05/2027"))]  # fmt: skip
    parsed = read(*rows)
    assert [need.title for need in parsed.needs] == ["a", "c"]
    assert [p.field for p in parsed.problems if p.blocking] == ["latest"]
    looked_at = [p for p in parsed.problems if "Check them" in str(p.message)]
    assert [p.field for p in looked_at] == ["estimate", "latest"]
    assert not any(p.blocking for p in looked_at)


def test_a_habit_must_outweigh_the_belgian_one_to_be_that_of_the_column() -> None:
    rows = [GOOD | {"title": t, "latest": d} for t, d in
            (("a", "03/04/2027"), ("b", "03/15/2027"), ("c", "04/20/2027"),
             ("d", "25/03/2027"), ("e", "26/03/2027"))]  # fmt: skip
    assert [need.title for need in read(*rows).needs] == ["a", "d", "e"]


def test_days_ahead_belong_to_a_form_not_to_a_file() -> None:
    form = read(Row(cells=GOOD | {"latest": "+2m"}))
    assert form.needs[0].latest == date(2027, 1, 21)
    assert refused(latest="+2m").field == "latest"


def test_control_characters_are_taken_out_of_texts_and_said() -> None:
    need, problems = one(title="Papier\x1b[2J\x00 A4", description="a\nb\u202e")
    assert need.title == "Papier[2J A4"
    assert need.description == "a\nb"
    assert [problem.field for problem in problems] == ["description", "title"]


def test_a_unit_of_its_own_wins_and_a_difference_is_said() -> None:
    need, problems = one(quantity="500 rames", unit="boîtes")
    assert need.unit == "boîtes"
    assert len(problems) == 1
    assert one(quantity="500 rames", unit="Rames")[1] == ()
    assert one(quantity="500 rames", unit="")[0].unit == "rames"


def test_unknown_columns_go_into_the_note() -> None:
    row = Row(number=2, cells=GOOD | {"note": "vu"}, extra={"Couleur": "bleu"})
    assert read(row).needs[0].note == "vu\nCouleur: bleu"


def test_a_contact_person_is_found_by_name_or_kept_in_the_note() -> None:
    row = GOOD | {"contact": "ada fictive"}
    assert read(row, contacts=[LEAD]).needs[0].contact == "c1"
    parsed = read(row)
    assert parsed.needs[0].contact == ""
    assert parsed.needs[0].note == "contact: ada fictive"
    assert not parsed.problems[0].blocking


def test_twins_in_a_file_are_said_and_never_merged() -> None:
    parsed = read(GOOD, GOOD | {"title": "PAPIER  A4"}, GOOD | {"unit": "rames"})
    assert len(parsed.needs) == 3
    assert [(p.row, p.field, p.blocking) for p in parsed.problems] == [
        (3, "title", False)
    ]
    known = {"k": Need(id="k", administration="town", title="papier a4")}
    said = str(read(GOOD, known=known).problems[0].message)
    assert "needs edit k --withdraw" in said
    assert "undo" in said


KNOWN = Need(
    id="k1",
    administration="town",
    title="Papier A4",
    nature=Nature.SUPPLIES,
    estimate=Decimal(1000),
    note="interne",
    status=NeedStatus.OPEN,
    origin="formulaire",
)


def test_a_known_need_is_updated_in_the_fields_of_the_file_only() -> None:
    parsed = read(GOOD | {"id": "k1", "title": "Papier A3"}, known={"k1": KNOWN})
    assert parsed.updated == (dataclasses.replace(KNOWN, title="Papier A3"),)
    assert parsed.created == parsed.unchanged == ()
    assert "updated: title" in str(parsed.problems[0].message)
    assert not parsed.problems[0].blocking


def test_an_unchanged_need_is_no_change_and_says_nothing() -> None:
    parsed = read(GOOD | {"id": "k1", "estimate": "1000,00"}, known={"k1": KNOWN})
    assert parsed.unchanged == (KNOWN,)
    assert parsed.updated == parsed.created == ()
    assert parsed.problems == ()


def test_an_emptied_cell_empties_the_field_and_an_absent_column_does_not() -> None:
    parsed = read({"id": "k1", "estimate": ""}, known={"k1": KNOWN})
    assert parsed.updated == (dataclasses.replace(KNOWN, estimate=None),)


def test_a_known_need_does_not_lose_its_title_or_move() -> None:
    other = Administration(id="other", names=LocalText(fr="Autre"))
    emptied = read({"id": "k1", "title": ""}, known={"k1": KNOWN})
    moved = read(
        {"id": "k1", "administration": "Autre"},
        known={"k1": KNOWN},
        administrations=[TOWN, other],
    )
    assert emptied.needs == moved.needs == ()
    assert moved.problems[0].field == "administration"


def test_an_identifier_given_twice_refuses_the_second_row() -> None:
    parsed = read(GOOD | {"id": "n1"}, GOOD | {"id": "n1", "title": "autre"})
    assert [need.title for need in parsed.needs] == ["Papier A4"]
    assert parsed.refused_rows == (3,)


def test_a_neighbours_need_bears_the_day_it_was_seen() -> None:
    theirs = GOOD | {"administration": "Zandhove", "id": "z1"}
    parsed = read(theirs, GOOD, neighbour=True, home="town")
    assert [need.seen_on for need in parsed.needs] == [ON, None]
    again = read(theirs, neighbour=True, home="town", on=date(2026, 12, 1),
                 known={"z1": parsed.needs[0]},
                 administrations=[TOWN, *parsed.administrations])  # fmt: skip
    assert again.unchanged == (dataclasses.replace(parsed.needs[0]),)


def test_no_rows_give_no_needs() -> None:
    assert read() == ParsedNeeds()


def test_an_administration_that_is_not_created_is_not_said_to_be() -> None:
    bad: dict[str, Cell] = {"administration": "Ans", "title": "Papier", "nature": "?"}
    said = [str(p.message) for p in read(bad, bad).problems if not p.blocking]
    assert len(said) == 1
    assert "not created" in said[0]
    good: dict[str, Cell] = bad | {"nature": "Fournitures"}
    said = [str(p.message) for p in read(bad, good).problems if not p.blocking]
    assert "it is created" in said[0]


def test_the_same_file_again_gives_the_same_needs() -> None:
    first = read(GOOD, GOOD | {"title": "Toner"})
    known = {need.id: need for need in first.needs}
    again = read(GOOD, GOOD | {"title": "Toner", "estimate": "900,00"}, known=known)
    assert again.unchanged == first.needs[:1]
    (toner,) = again.updated
    assert toner.id == first.needs[1].id
    assert toner.estimate == Decimal(900)
    assert not again.created


def test_a_row_is_only_the_need_of_the_same_file_and_window() -> None:
    first = read(GOOD)
    known = {need.id: need for need in first.needs}
    later = GOOD | {"earliest": "01/03/2027"}
    row = Row(number=2, cells=GOOD, origin="autre.csv")
    for rows in ([later], [row], [GOOD, GOOD]):
        assert len(read(*rows, known=known, new_id=ids("next")).created) == 1
    gone = dataclasses.replace(first.needs[0], status=NeedStatus.WITHDRAWN)
    again = read(GOOD, known={gone.id: gone}, new_id=ids("next"))
    assert len(again.created) == 1


def test_twins_of_a_file_are_the_same_two_when_it_is_read_again() -> None:
    first = read(GOOD, GOOD)
    known = {need.id: need for need in first.needs}
    again = read(GOOD, GOOD, known=known, new_id=ids("next"))
    assert again.unchanged == first.needs


def test_amounts_of_a_file_read_again_are_counted_once() -> None:
    unclear = GOOD | {"estimate_unclear": "900,00"}
    known = {need.id: need for need in read(unclear).needs}
    (said,) = [p for p in read(unclear, known=known).problems if p.field == "estimate"]
    assert "estimates: 1." in str(said.message)
    assert "when importing" in str(said.message)


def test_who_edits_a_need_is_not_told_that_it_is_in_the_register() -> None:
    known = {need.id: need for need in read(GOOD).needs}
    typed = Row(cells={"id": "new-1", "title": "Papier A3"})
    assert not read(typed, known=known).problems


OFFICIAL = CpvList(
    {"30197630": {"en": "Printing paper", "fr": "Papier d'impression"}},
    {"30197630": "1"},
)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("30197630", ""),
        ("30197630-1", ""),
        ("30197630-5", "30197630-1 and not 30197630-5"),
        ("99999999", "99999999 is not in the official CPV list"),
        ("30197630-1, 99999999", "99999999 is not in"),
    ],
)
def test_codes_are_looked_up_in_the_list_that_is_installed(
    code: str, said: str
) -> None:
    parsed = read(GOOD | {"cpv": code}, codes=lambda: OFFICIAL)
    found = [str(p.message) for p in parsed.problems if p.field == "cpv"]
    assert not parsed.refused_rows
    assert bool(found) == bool(said)
    assert all(said in one for one in found)
    assert not [p for p in read(GOOD | {"cpv": code}).problems if p.field == "cpv"]


def test_a_list_without_check_digits_says_nothing_about_them() -> None:
    bare = CpvList({"30197630": {"en": "Printing paper"}})
    parsed = read(GOOD | {"cpv": "30197630-5"}, codes=lambda: bare)
    assert not [p for p in parsed.problems if p.field == "cpv"]
