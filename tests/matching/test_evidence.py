"""What a reason rests on is told with names, days, shares and figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.errors import Arg, Message
from jointbuy.matching import evidence
from jointbuy.matching.evidence import Amount
from jointbuy.matching.requirements import compare
from jointbuy.model import Administration, Contract, LocalText, Need
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary.thesaurus import thesaurus

D = Decimal
ON, LAUNCH = date(2026, 11, 20), date(2027, 9, 1)


def who(name: str) -> Arg:
    return Arg(name="", kind="names", text=name, names={"fr": name, "nl": name})


A, B, C = who("Valbois"), who("Clairsaule"), who("Tilleul")


def told(found: Iterable[Message | None]) -> list[str]:
    return [str(one) for one in found if one is not None]


# -- words -----------------------------------------------------------------------------


def test_the_words_two_titles_of_one_language_share_are_told() -> None:
    found = evidence.shared_words(
        [
            ("Achat de papier pour copieurs", "fr"),
            ("Papiers recyclés pour les copieurs", "fr"),
            ("Kopieerpapier", "nl"),
        ]
    )
    assert told(found) == ["The titles in French share “papier”, “copieurs”."]


def test_titles_of_two_languages_share_no_words() -> None:
    assert evidence.shared_words([("Papier", "fr"), ("Papier", "nl")]) == ()
    assert evidence.shared_words([("Papier", ""), ("Papier", "")]) == ()
    assert evidence.shared_words([("Papier", "fr"), ("Mazout", "fr")]) == ()


def test_words_of_two_languages_that_mean_one_purchase_are_told() -> None:
    (found,) = told(
        evidence.synonyms(
            "copiers",
            [
                ("Location de photocopieurs multifonctions", "fr"),
                ("Huur van kopieertoestellen", "nl"),
            ],
        )
    )
    assert "photocopieurs" in found
    assert "(French)" in found
    assert "kopieertoestellen” (Dutch)" in found
    assert "in the thesaurus" in found


def test_a_size_does_not_part_the_words_around_it() -> None:
    (told,) = evidence.synonyms(
        "copy-paper", [("Achat de papier A4 recyclé", "fr"), ("Kopieerpapier", "nl")]
    )
    assert "“papier A4 recyclé” (French)" in str(told)


def test_a_word_both_languages_write_alike_is_no_synonym() -> None:
    titles = [("Achat de laptops", "fr"), ("Aankoop van laptops", "nl")]
    assert evidence.synonyms("laptops", titles) == ()


def test_one_language_or_an_unknown_purchase_has_no_synonyms() -> None:
    titles = [("Photocopieurs", "fr"), ("Copieurs", "fr")]
    assert evidence.synonyms("copiers", titles) == ()
    assert evidence.synonyms("", [("Papier", "fr"), ("Papier", "nl")]) == ()
    assert evidence.synonyms("copiers", [("Zorglub", "fr"), ("Foo", "nl")]) == ()


# -- codes -----------------------------------------------------------------------------


def names(code: str) -> dict[str, str]:
    return {"30120000": {"en": "Photocopying equipment", "fr": "Reprographie"}}.get(
        code, {}
    )


def test_codes_meet_at_their_common_ancestor() -> None:
    found = evidence.code_path(["30121100-4", "30125000"], names)
    assert found is not None
    assert str(found) == (
        "30121100, 30125000 lie under 30120000 Photocopying equipment."
    )
    assert found.args[1].names["fr"] == "30120000 Reprographie"


def test_a_category_does_not_lend_its_name_to_a_coarse_code() -> None:
    coarse = [one.cpv for one in thesaurus() if tree.depth(one.cpv) < tree.CATEGORY]
    fine = [one for one in thesaurus() if tree.depth(one.cpv) >= tree.CATEGORY]
    assert coarse
    assert not any(evidence.thesaurus_name(code) for code in coarse)
    assert evidence.thesaurus_name(fine[0].cpv) == fine[0].labels


def test_one_code_is_told_with_the_known_code_above_it() -> None:
    found = evidence.code_path(["30121100", "30121100"], names)
    assert str(found) == (
        "In the tree of codes: 30121100 → 30120000 Photocopying equipment."
    )
    assert evidence.code_path(["30121100", "79800000"], names) is None
    assert evidence.code_path(["79811000"], names) is None
    assert evidence.code_path(["x", ""], names) is None


def test_who_declares_which_code_is_told() -> None:
    found = evidence.declared(
        [(A, "30120000-1"), (B, "79800000"), (C, "30120000")], names
    )
    assert told(found) == [
        "Valbois, Tilleul: code 30120000 Photocopying equipment.",
        "Clairsaule: code 79800000.",
    ]
    assert evidence.declared([(A, "")], names) == ()


def test_the_thesaurus_names_its_own_codes() -> None:
    from jointbuy.vocabulary.thesaurus import thesaurus

    first = thesaurus()[0]
    assert evidence.thesaurus_name(first.cpv)["fr"]
    assert evidence.thesaurus_name("99999999") == {}


# -- days and volumes ------------------------------------------------------------------


def test_who_sets_the_common_window_is_told() -> None:
    found = told(
        evidence.window(
            [
                (A, date(2027, 3, 1), date(2027, 9, 30)),
                (B, date(2027, 1, 1), date(2027, 6, 30)),
                (C, None, date(2027, 6, 30)),
            ]
        )
    )
    assert found == [
        "The first day is that of Valbois: 2027-03-01.",
        "The last day is that of Clairsaule, Tilleul: 2027-06-30.",
    ]
    assert evidence.window([(A, None, None)]) == ()


def test_who_brings_which_share_is_told_largest_first() -> None:
    found = told(evidence.shares([(A, D(22800)), (B, D(36000))]))
    assert found == [
        "Clairsaule: 36000 (61 of the known volume).",
        "Valbois: 22800 (39 of the known volume).",
    ]
    assert evidence.shares([]) == ()
    assert evidence.shares([(A, D(0))]) == ()


# -- places ----------------------------------------------------------------------------


def place(name: str, **fields: Any) -> Administration:
    return Administration(id=name, names=LocalText(en=name), **fields)


def test_what_makes_administrations_near_is_told() -> None:
    commune = place("Valbois", postcode="1299", territory="BE100")
    cpas = place("CPAS", postcode="1299", territory="BE100", belongs_to=("Valbois",))
    zone = place("Zone", postcode="1290", neighbours=("Valbois",))
    other = place("Clairsaule", postcode="1298", territory="BE100")
    found = told(evidence.territory([commune, cpas, zone, other]))
    assert found == [
        "Valbois, CPAS have the postcode 1299.",
        "Valbois and Zone are recorded as neighbours.",
        "Valbois, CPAS, Clairsaule lie in the district BE100.",
    ]
    assert evidence.territory([place("A"), place("B", territory="BE1")]) == ()
    assert told(evidence.territory([place("A"), place("B", belongs_to=("A",))])) == [
        "B is recorded as belonging to A."
    ]


# -- contracts -------------------------------------------------------------------------


def contract(**fields: Any) -> Contract:
    return Contract(id="k", administration="a", title="Papier", **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "its end is not recorded."),
        ({"notice": date(2027, 1, 1)}, "Last day to give notice: 2027-01-01."),
        ({"end": date(2028, 1, 1)}, "is bound by “Papier” until 2028-01-01."),
        (
            {"end": date(2028, 1, 1), "notice": ON},
            "until 2028-01-01; last day to give notice: 2026-11-20.",
        ),
        (
            {"end": date(2028, 1, 1), "notice": date(2026, 11, 19)},
            "the last day to give notice, 2026-11-19, has passed.",
        ),
        (
            {"end": date(2027, 8, 31), "notice": date(2026, 11, 19)},
            "is bound by “Papier” until 2027-08-31.",
        ),
    ],
)
def test_a_contract_is_told_with_its_end_and_its_notice(
    fields: dict[str, Any], sentence: str
) -> None:
    (found,) = told(evidence.running([(A, contract(**fields))], ON, LAUNCH))
    assert found.startswith("Valbois is bound by “Papier”")
    assert found.endswith(sentence)


def test_contracts_are_told_in_the_order_of_their_ends() -> None:
    first, last = contract(end=date(2027, 1, 1)), contract(end=date(2028, 1, 1))
    found = told(evidence.running([(A, contract()), (B, last), (C, first)], ON, LAUNCH))
    assert [one.split()[0] for one in found] == ["Tilleul", "Clairsaule", "Valbois"]


# -- quantities ------------------------------------------------------------------------


def test_a_conversion_is_told_step_by_step() -> None:
    amounts = [
        Amount(who=A, quantity=D(12), unit="boîtes de 5 rames"),
        Amount(who=B, quantity=D(30000), unit="vellen"),
    ]
    assert told(evidence.conversions(amounts)) == [
        "Valbois: 12 × “boîtes de 5 rames” = 30000 (vellen)."
    ]
    assert evidence.not_added(amounts) is None


def test_a_working_day_is_told_as_an_assumption() -> None:
    found = told(
        evidence.conversions(
            [
                Amount(who=A, quantity=D(10), unit="jours"),
                Amount(who=B, quantity=D(10), unit="uren"),
            ]
        )
    )
    assert found[0] == "Valbois: 10 × “jours” = 76 (uren)."
    assert "an assumption" in found[1]


def test_what_does_not_convert_says_what_each_counts_in() -> None:
    amounts = [
        Amount(who=A, quantity=D(12), unit="boîtes"),
        Amount(who=B, quantity=D(30000), unit="vellen"),
    ]
    assert evidence.conversions(amounts) == ()
    assert "write the size" in str(evidence.not_added(amounts))
    assert told(evidence.counted_in(amounts)) == [
        "Valbois: counted in “boîtes”, of unknown size.",
        "Clairsaule: counted in “vellen” (sheets).",
    ]


def test_units_that_agree_need_no_conversion() -> None:
    amounts = [
        Amount(who=A, quantity=D(1), unit="kg"),
        Amount(who=B, quantity=D(2), unit="Kilo"),
    ]
    assert evidence.conversions(amounts) == ()
    assert evidence.not_added(amounts) is None
    assert evidence.not_added([Amount(who=A, quantity=None, unit="kg")]) is None


# -- requirements ----------------------------------------------------------------------


def asked(*texts: str) -> tuple[list[str], list[str], list[str]]:
    compared = compare(
        [
            Need(
                id=str(number),
                administration=f"a{number}",
                title="x",
                language="fr",
                requirements=tuple(text.split(" | ")),
            )
            for number, text in enumerate(texts)
        ]
    )

    def named(owners: Iterable[str]) -> Arg:
        return who(", ".join(owners))

    return (
        told(evidence.asked_by_all(compared)),
        told(evidence.asked_by_some(compared, named)),
        told(evidence.contradictory(compared, named)),
    )


def test_the_strictest_is_told_with_what_it_meets() -> None:
    assert asked("≥ 80 g/m²", "au moins 75 g/m²") == (
        [],
        ["“≥ 80 g/m²” (a0) is the strictest and meets “au moins 75 g/m²” as well."],
        [],
    )
    (limit,) = asked("max 48 h", "72 h")[1]
    assert limit.endswith("meets “72 h” as well. Read as limits: “72 h”.")
    (both,) = asked("min. 90 g/m²", "≥ 80 g/m² | bilingue", "max 100 g/m² | bilingue")[
        1
    ][:1]
    assert both.startswith("“min. 90 g/m²” (a0) and “max 100 g/m²” (a2) together meet")


def test_what_excludes_each_other_is_told_with_the_way_out() -> None:
    (found,) = asked("A4", "A3")[2]
    assert found == (
        "“A3” (a1) and “A4” (a0) exclude each other: divide into lots, or stay "
        "separate."
    )
    (unsaid,) = asked("≥ 80 g/m²", "75 g/m²")[2]
    assert "if “75 g/m²” is meant as a minimum or a maximum, say so" in unsaid


def test_what_all_ask_and_what_only_some_ask_are_told_apart() -> None:
    shared, some, against = asked("Bilingue | Carte à puce", "bilingue")
    assert shared == ["All of them ask: “Bilingue”."]
    assert some == ["a0: “Carte à puce”."]
    assert against == []
    (same,) = asked("Garantie 2 ans", "2 ans de garantie")[1]
    assert "say the same" in same


texts = st.text(alphabet="abcéà -'A4’(.", max_size=30)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(texts, st.sampled_from(("fr", "nl", "", "xx"))), max_size=4))
def test_no_title_breaks_the_evidence(titles: list[tuple[str, str]]) -> None:
    evidence.shared_words(titles)
    evidence.synonyms("copiers", titles)
