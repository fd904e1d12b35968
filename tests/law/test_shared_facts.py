"""Facts answered once: proposed elsewhere, never counted, held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jointbuy.law import questions
from jointbuy.law import shared_facts as module
from jointbuy.law.shared_facts import (
    Held,
    Proposed,
    about,
    contradictions,
    keys_of,
    old,
    proposed,
    shared_facts,
)
from jointbuy.law.tables import BadTable
from jointbuy.model import (
    Administration,
    Answer,
    Form,
    LocalText,
    PurchasingCentre,
)
from jointbuy.model.framework import Alias

DAY = date(2026, 11, 20)
GIVEN = date(2026, 3, 12)
IMIO = keys_of("iMio")


def answer(question: str, value: str, on: date | None = GIVEN) -> Answer:
    return Answer(question=question, value=value, by="An", on=on, source="statutes")


def dossier(
    id_: str,
    *answers: tuple[str, str],
    provider: frozenset[str] = IMIO,
    parties: str = "",
    on: date | None = GIVEN,
    form: Form | None = None,
) -> Held:
    return Held(
        id=id_,
        form=form,
        answers=tuple(answer(*each, on=on) for each in answers),
        provider=provider,
        parties=frozenset(parties.split()),
    )


def offered(found: tuple[Proposed, ...]) -> dict[str, str]:
    return {each.question: each.value for each in found}


def test_a_fact_about_a_provider_is_proposed_where_it_is_asked_again() -> None:
    there = dossier("j-1", ("h3", "no"), ("h5", "92"), ("c3", "yes"))
    found = proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY)
    assert offered(found) == {"h3": "no", "h5": "92"}
    (capital, _) = found
    assert (capital.by, capital.on, capital.source) == ("An", GIVEN, "statutes")
    assert capital.dossiers == ("j-1",)
    assert not capital.old


def test_it_is_proposed_under_the_code_of_the_other_form() -> None:
    there = dossier("j-1", ("h3", "no"), ("h5", "92"))
    found = proposed(dossier("j-2"), [there], Form.IN_HOUSE_JOINT, DAY)
    assert offered(found) == {"k6": "no", "k7": "92"}
    assert {each.asked for each in found} == {"h3", "h5"}
    reverse = proposed(dossier("j-2"), [there], Form.IN_HOUSE_REVERSE, DAY)
    assert offered(reverse) == {"r2": "no"}


def test_within_one_dossier_no_provider_has_to_be_named() -> None:
    here = dossier("j-1", ("h3", "no"), provider=frozenset())
    found = proposed(here, [], Form.IN_HOUSE_JOINT, DAY)
    assert offered(found) == {"k6": "no"}


@pytest.mark.parametrize(
    "other",
    [
        dossier("j-1", ("h3", "no"), provider=keys_of("Vivaqua")),
        dossier("j-1", ("h3", "no"), provider=frozenset()),
        dossier("j-1", ("h3", "unknown")),
        dossier("j-1", ("h9", "no")),
    ],
    ids=["another provider", "no provider", "not known there", "not a shared fact"],
)
def test_nothing_else_is_proposed(other: Held) -> None:
    assert proposed(dossier("j-2"), [other], Form.IN_HOUSE, DAY) == ()


def test_two_dossiers_that_name_nobody_do_not_share_a_provider() -> None:
    nobody = frozenset[str]()
    there = dossier("j-1", ("h3", "no"), provider=nobody)
    assert proposed(dossier("j-2", provider=nobody), [there], Form.IN_HOUSE, DAY) == ()


def test_what_is_answered_here_is_not_proposed_again() -> None:
    here = dossier("j-2", ("h3", "unknown"), ("activity_years", "2025=9/10"))
    there = dossier("j-1", ("h3", "no"), ("h5", "92"), ("h6", "no"))
    found = proposed(here, [there], Form.IN_HOUSE, DAY)
    assert offered(found) == {"h6": "no"}


def test_a_question_that_does_not_arise_is_not_proposed() -> None:
    there = dossier("j-1", ("h3", "no"), ("h4", "yes"))
    assert offered(proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY)) == {
        "h3": "no"
    }
    private = dossier("j-1", ("h3", "yes"), ("h4", "yes"))
    found = proposed(dossier("j-2"), [private], Form.IN_HOUSE, DAY)
    assert offered(found) == {"h3": "yes", "h4": "yes"}


def test_the_latest_answer_is_proposed_and_that_of_this_dossier_before_all() -> None:
    early = dossier("j-1", ("h3", "no"), on=date(2026, 1, 1))
    late = dossier("j-3", ("h3", "yes"), on=date(2026, 2, 1))
    found = proposed(dossier("j-2"), [late, early], Form.IN_HOUSE, DAY)
    assert found[0].dossiers == ("j-3",)
    here = dossier("j-2", ("k6", "no"), on=date(2025, 1, 1))
    assert proposed(here, [late, early], Form.IN_HOUSE, DAY)[0].dossiers == ("j-2",)


def test_an_answer_without_a_day_is_older_than_every_other() -> None:
    dated = dossier("j-1", ("h3", "no"), on=date(2020, 1, 1))
    never = dossier("j-3", ("h3", "yes"), on=None)
    for others in ([dated, never], [never, dated]):
        (found,) = proposed(dossier("j-2"), others, Form.IN_HOUSE, DAY)
        assert (found.value, found.dossiers) == ("no", ("j-1",))
        (disputed,) = contradictions(dossier("j-2"), others)
        assert [each.dossier for each in disputed.statements] == ["j-1", "j-3"]
    each = [
        dossier("j-1", ("k1", "yes"), parties="commune"),
        dossier("j-3", ("k1", "yes"), parties="cpas", on=None),
    ]
    both = dossier("j-2", parties="commune cpas")
    (found,) = proposed(both, each, Form.IN_HOUSE_JOINT, DAY)
    assert found.on is None


def test_of_several_answers_the_latest_no_is_told() -> None:
    early = dossier("j-1", ("k1", "no"), parties="cpas", on=date(2026, 1, 1))
    late = dossier("j-3", ("k1", "no"), parties="cpas", on=date(2026, 2, 1))
    here = dossier("j-2", parties="cpas")
    for others in ([early, late], [late, early]):
        (found,) = proposed(here, others, Form.IN_HOUSE_JOINT, DAY)
        assert (found.value, found.dossiers) == ("no", ("j-3",))


@pytest.mark.parametrize(
    ("given", "remarked"),
    [
        (date(2025, 11, 20), False),
        (date(2025, 11, 19), True),
        (DAY, False),
        (None, True),
    ],
)
def test_an_answer_of_more_than_twelve_months_is_proposed_with_a_remark(
    given: date | None, remarked: bool
) -> None:
    there = dossier("j-1", ("h3", "no"), on=given)
    (found,) = proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY)
    assert found.old is remarked


def test_the_last_day_of_february_ends_a_year_that_began_on_the_29th() -> None:
    assert not old(date(2024, 2, 29), date(2025, 2, 28))
    assert old(date(2024, 2, 29), date(2025, 3, 1))


def test_an_answer_taken_over_keeps_the_age_of_the_first() -> None:
    taken = replace(answer("h3", "no", on=DAY), first=date(2024, 1, 1))
    there = replace(dossier("j-1"), answers=(taken,))
    (found,) = proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY)
    assert found.on == date(2024, 1, 1)
    assert found.old


def test_membership_of_each_adds_up_to_that_of_all() -> None:
    commune = dossier("j-1", ("k1", "yes"), parties="commune")
    cpas = dossier("j-2", ("k1", "yes"), parties="cpas", on=date(2026, 1, 1))
    both = dossier("j-3", parties="commune cpas")
    (found,) = proposed(both, [commune, cpas], Form.IN_HOUSE_JOINT, DAY)
    assert (found.value, set(found.dossiers)) == ("yes", {"j-1", "j-2"})
    assert found.on == date(2026, 1, 1)
    assert proposed(both, [commune], Form.IN_HOUSE_JOINT, DAY) == ()


def test_yes_for_all_is_yes_for_one_and_no_for_one_is_no_for_all() -> None:
    both = dossier("j-1", ("k1", "yes"), parties="commune cpas")
    one = dossier("j-2", parties="cpas")
    assert offered(proposed(one, [both], Form.IN_HOUSE_JOINT, DAY)) == {"k1": "yes"}
    denied = dossier("j-3", ("k1", "no"), parties="cpas")
    wide = dossier("j-4", parties="commune cpas zone")
    assert offered(proposed(wide, [denied], Form.IN_HOUSE_JOINT, DAY)) == {"k1": "no"}
    not_all = dossier("j-5", ("k1", "no"), parties="commune cpas")
    assert proposed(one, [not_all], Form.IN_HOUSE_JOINT, DAY) == ()


def test_the_open_market_share_is_that_of_the_same_parties() -> None:
    there = dossier("j-1", ("c7", "5"), parties="commune cpas")
    same = dossier("j-2", parties="cpas commune", provider=frozenset())
    fewer = dossier("j-3", parties="commune")
    assert offered(proposed(same, [there], Form.HORIZONTAL, DAY)) == {"c7": "5"}
    assert proposed(fewer, [there], Form.HORIZONTAL, DAY) == ()


def test_how_a_share_is_measured_goes_with_the_share_of_the_provider() -> None:
    market = dossier("j-1", ("c7", "5"), ("share_basis", "forecast"))
    assert proposed(dossier("j-2"), [market], Form.IN_HOUSE, DAY) == ()
    there = dossier("j-1", ("h5", "92"), ("share_basis", "three_years"))
    found = offered(proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY))
    assert found == {"h5": "92", "share_basis": "three_years"}


FIGURES = "2023=9/10;2024=9/10;2025=9/10"
IN_COSTS = (("activity_years", FIGURES), ("activity_measure", "costs"))


def test_figures_bring_along_by_what_they_are_measured() -> None:
    there = dossier("j-1", *IN_COSTS)
    found = proposed(dossier("j-2"), [there], Form.IN_HOUSE, DAY)
    assert offered(found) == dict(IN_COSTS)
    assert {each.question: each.brings for each in found} == {
        "activity_years": ("activity_measure",),
        "activity_measure": (),
    }
    same = dossier("j-2", ("activity_measure", "costs"))
    (alone,) = proposed(same, [there], Form.IN_HOUSE, DAY)
    assert (alone.question, alone.brings) == ("activity_years", ())
    market = dossier("j-1", ("market_years", FIGURES), IN_COSTS[1], parties="a b")
    found = proposed(dossier("j-2", parties="a b"), [market], Form.HORIZONTAL, DAY)
    assert offered(found) == {"market_years": FIGURES, "activity_measure": "costs"}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ([("activity_measure", "turnover")], IN_COSTS),
        ([("activity_measure", "costs")], IN_COSTS[:1]),
        ([("group_years", FIGURES)], IN_COSTS),
        ([], (IN_COSTS[0], ("activity_measure", "unknown"))),
    ],
    ids=["costs into turnover", "turnover into costs", "unsaid", "nobody knows"],
)
def test_figures_are_not_offered_without_their_measure(
    here: list[tuple[str, str]], there: tuple[tuple[str, str], ...]
) -> None:
    offers = proposed(dossier("j-2", *here), [dossier("j-1", *there)],
                      Form.IN_HOUSE, DAY)  # fmt: skip
    assert offers == ()


def test_figures_of_two_dossiers_are_not_mixed_in_one_measure() -> None:
    own = dossier("j-1", ("activity_years", FIGURES))
    group = dossier("j-3", ("group_years", FIGURES), IN_COSTS[1])
    found = proposed(dossier("j-2", ("h6", "yes")), [own, group], Form.IN_HOUSE, DAY)
    assert offered(found) == {"activity_years": FIGURES}


def test_figures_in_another_measure_do_not_contradict() -> None:
    costs = dossier("j-1", *IN_COSTS)
    other = FIGURES.replace("9/", "8/")
    turnover = dossier("j-2", ("activity_years", other))
    assert contradictions(turnover, [costs]) == ()
    assert contradictions(dossier("j-3"), [costs, turnover]) == ()
    same = dossier("j-2", ("activity_years", other), IN_COSTS[1])
    (found,) = contradictions(same, [costs])
    assert found.fact == "activity_years"


def test_the_figures_of_who_awards_in_reverse_are_not_those_of_the_provider() -> None:
    years = ("activity_years", "2025=9/10")
    reverse = dossier("j-1", years, form=Form.IN_HOUSE_REVERSE)
    assert proposed(dossier("j-2"), [reverse], Form.IN_HOUSE, DAY) == ()
    single = dossier("j-1", years, form=Form.IN_HOUSE)
    assert proposed(dossier("j-2"), [single], Form.IN_HOUSE_REVERSE, DAY) == ()
    assert offered(proposed(dossier("j-2"), [single], Form.IN_HOUSE_JOINT, DAY)) == {
        "activity_years": "2025=9/10"
    }


# Contradictions.


def facts(*held: Held, form: Form | None = None) -> list[str]:
    here, *others = held
    return [each.fact for each in contradictions(here, others, form)]


def test_two_dossiers_that_answer_a_fact_differently_are_flagged() -> None:
    one = dossier("j-1", ("h3", "no"))
    two = dossier("j-2", ("k6", "yes"), on=date(2026, 5, 1))
    (found,) = contradictions(two, [one])
    assert found.codes == ("h3", "k6", "r2")
    assert [each.dossier for each in found.statements] == ["j-2", "j-1"]
    assert facts(dossier("j-3"), one, two) == ["private_capital"]


def test_one_dossier_can_contradict_itself() -> None:
    assert facts(dossier("j-1", ("h3", "no"), ("k6", "yes"))) == ["private_capital"]
    assert facts(dossier("j-1", ("h3", "no"), ("k6", "no"))) == []


@pytest.mark.parametrize(
    "other",
    [
        dossier("j-2", ("h3", "no")),
        dossier("j-2", ("h3", "unknown")),
        dossier("j-2", ("h3", "yes"), provider=keys_of("Vivaqua")),
    ],
    ids=["the same", "not known", "another provider"],
)
def test_what_does_not_contradict_is_not_flagged(other: Held) -> None:
    assert facts(dossier("j-1", ("h3", "no")), other) == []


def test_shares_are_compared_as_numbers() -> None:
    one = dossier("j-1", ("h5", "80"))
    assert facts(one, dossier("j-2", ("h5", "80.00"))) == []
    assert facts(one, dossier("j-2", ("h5", "80.01"))) == ["entrusted_share"]


def test_the_share_for_one_controller_is_not_that_for_all_members() -> None:
    assert facts(dossier("j-1", ("h5", "60"), ("k7", "100"))) == []


def test_figures_are_compared_year_by_year() -> None:
    one = dossier("j-1", ("activity_years", "2024=8/10; 2025=9/10"))
    assert facts(one, dossier("j-2", ("activity_years", "2025=9/10; 2026=1/2"))) == []
    assert facts(one, dossier("j-2", ("activity_years", "2025=9/11"))) == [
        "activity_years"
    ]


def test_figures_contradict_in_a_form_that_is_about_the_provider_alone() -> None:
    here = dossier("j-1", ("activity_years", "2025=9/10"), form=Form.IN_HOUSE_REVERSE)
    there = dossier("j-2", ("activity_years", "2025=8/10"), form=Form.IN_HOUSE)
    assert facts(here, there, form=Form.IN_HOUSE) == ["activity_years"]
    assert facts(here, there, form=Form.IN_HOUSE_REVERSE) == []
    assert facts(here, there) == []


def test_no_member_among_those_that_are_all_members_is_flagged() -> None:
    both = dossier("j-1", ("k1", "yes"), parties="commune cpas")
    one = dossier("j-2", ("k1", "no"), parties="cpas")
    assert facts(one, both) == ["membership"]
    assert facts(dossier("j-2", ("k1", "no"), parties="commune cpas"), both) == [
        "membership"
    ]
    other = dossier("j-2", ("k1", "no"), parties="cpas zone")
    assert facts(other, both) == []


def test_only_what_the_form_asks_is_flagged_in_its_check() -> None:
    here = dossier("j-1", ("h3", "no"), ("k6", "yes"))
    assert facts(here, form=Form.IN_HOUSE) == ["private_capital"]
    assert facts(here, form=Form.HORIZONTAL) == []


# Who is meant.

REGISTER = (
    Administration(
        id="imio",
        names=LocalText(fr="iMio scrl", nl="iMio"),
        enterprise_number="0841470248",
    ),
    PurchasingCentre(
        id="cdm",
        names=LocalText(fr="Centrale des marchés"),
        aliases=(Alias(name="CdM"),),
    ),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iMio", "IMIO"),
        ("Société de l’Eau", "societe de l eau"),
        ("0841.470.248", "BE 0841 470 248"),
        ("841470248", "0841.470.248"),
        ("iMio (0841.470.248)", "0841470248"),
    ],
)
def test_a_provider_is_known_by_its_number_or_its_name(one: str, other: str) -> None:
    assert keys_of(one) & keys_of(other)


def test_a_record_of_the_register_ties_its_names_and_its_number() -> None:
    assert keys_of("iMio SCRL", REGISTER) & keys_of("0841.470.248", REGISTER)
    assert keys_of("imio", REGISTER) & keys_of("BE0841470248", REGISTER)
    assert keys_of("cdm", REGISTER) & keys_of("Centrale des Marchés", REGISTER)
    assert not keys_of("iMio SCRL") & keys_of("0841.470.248")


def test_two_records_of_one_name_are_not_taken_for_one_another() -> None:
    names = LocalText(fr="Val-Tilleul")
    twins = tuple(
        Administration(id=id_, names=names, enterprise_number=number)
        for id_, number in (("commune", "0841470248"), ("cpas", "0123456749"))
    )
    assert keys_of("Val-Tilleul", twins) == {"val tilleul"}
    assert "commune" in keys_of("0841.470.248", twins)
    one = keys_of("Val-Tilleul (0841.470.248)", twins)
    assert "commune" in one
    assert "cpas" not in one


def test_nobody_is_known_by_nothing() -> None:
    assert keys_of("  ") == keys_of("–") == frozenset()


def test_a_number_with_a_typing_error_is_no_number() -> None:
    assert keys_of("0841.470.249") == {"0841 470 249"}


# The table.


def test_every_shared_fact_asks_the_same_kind_of_answer_under_each_code() -> None:
    known = {each.code: each for form in Form for each in questions(form)}
    for fact in shared_facts().values():
        assert fact.title.text
        kinds = {(known[c].kind, known[c].choices) for c in fact.questions}
        assert len(kinds) == 1, fact.id
        assert set(fact.beside) <= set(known)
    codes = [code for fact in shared_facts().values() for code in fact.questions]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    "row",
    [
        {"about": "nobody", "title": "x", "questions": ["h3"]},
        {"about": "provider", "title": "x", "questions": ["zz"]},
        {"about": "provider", "title": "x", "questions": ["h3"], "beside": ["zz"]},
    ],
)
def test_a_fact_about_nothing_that_is_asked_does_not_load(
    row: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "table", lambda _: {"fact": {"bad": row}})
    with pytest.raises(BadTable):
        shared_facts.__wrapped__()


def test_the_questions_about_a_provider_are_known() -> None:
    assert {"h3", "k6", "r2", "k1", "activity_years"} <= set(about("provider"))
    assert "c7" not in about("provider")
