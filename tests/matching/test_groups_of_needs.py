"""Who is proposed to buy together, and who is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.errors import Message
from jointbuy.matching import Inputs, propose
from jointbuy.model import (
    Administration,
    AdministrationKind,
    Candidate,
    CandidateKind,
    Contract,
    LocalText,
    Nature,
    Need,
    NeedStatus,
)

Propose = Callable[..., tuple[Candidate, ...]]

CHECKS = Need(
    id="n1",
    administration="commune",
    title="Contrôles médicaux du personnel",
    language="fr",
    earliest=date(2027, 3, 1),
    latest=date(2027, 9, 30),
)
CONTROLES = Need(
    id="n2",
    administration="cpas",
    title="Medische controles personeel",
    language="nl",
    earliest=date(2027, 1, 1),
    latest=date(2027, 6, 30),
)


def joint(found: tuple[Candidate, ...]) -> list[Candidate]:
    return [one for one in found if one.kind is CandidateKind.JOINT]


def separate(found: tuple[Candidate, ...]) -> list[Candidate]:
    return [one for one in found if one.kind is CandidateKind.SEPARATE]


def names(candidate: Candidate) -> dict[str, int]:
    return {reason.name: reason.weight for reason in candidate.reasons}


def told(messages: tuple[Message, ...]) -> str:
    return " ".join(str(message) for message in messages)


def test_french_and_dutch_needs_for_the_same_thing_meet(matched: Propose) -> None:
    (group,) = matched(CHECKS, CONTROLES)
    assert group.kind is CandidateKind.JOINT
    assert group.needs == ("n1", "n2")
    assert group.administrations == ("commune", "cpas")
    assert group.launch == date(2027, 3, 1)
    assert group.category == "medical-checks"
    assert group.title.nl
    assert "two_languages" in names(group)
    evidence = told(group.reasons[0].evidence)
    assert "médicaux" in evidence
    assert "Medische" in evidence


def test_meal_vouchers_meet_in_two_languages(matched: Propose) -> None:
    (group,) = matched(
        Need(id="a", administration="commune", title="titres-repas", language="fr"),
        Need(id="b", administration="cpas", title="Maaltijdcheques", language="nl"),
    )
    assert group.kind is CandidateKind.JOINT


def test_different_things_under_one_coarse_code_do_not_meet(matched: Propose) -> None:
    found = matched(
        Need(id="a", administration="commune", title="Papier A4", cpv="30000000"),
        Need(id="b", administration="cpas", title="Écrans PC", cpv="30000000"),
    )
    assert not joint(found)
    assert {one.needs for one in separate(found)} == {("a",), ("b",)}


def test_unknown_things_under_one_coarse_code_do_not_meet(matched: Propose) -> None:
    one = Need(id="a", administration="commune", title="Zorglub", cpv="34000000")
    other = Need(id="b", administration="cpas", title="Bidulflop", cpv="34000000")
    assert not joint(matched(one, other))
    assert joint(matched(one, replace(other, title="zorglub")))


def test_drafts_and_closed_needs_never_appear(matched: Propose) -> None:
    for status in (NeedStatus.DRAFT, NeedStatus.WITHDRAWN, NeedStatus.SETTLED):
        found = matched(CHECKS, replace(CONTROLES, status=status))
        assert not joint(found)
        assert all("n2" not in one.needs for one in found)


def test_two_needs_of_one_administration_are_no_group(matched: Propose) -> None:
    found = matched(CHECKS, replace(CONTROLES, administration="commune"))
    assert not joint(found)
    assert len(separate(found)) == 2


def test_windows_that_touch_on_one_day_make_a_group(matched: Propose) -> None:
    (group,) = matched(CHECKS, replace(CONTROLES, latest=date(2027, 3, 1)))
    assert not group.entries
    assert group.launch == date(2027, 3, 1)
    said = told(tuple(reason.message for reason in group.reasons))
    assert "All can start on one day only, 2027-03-01." in said
    (group,) = matched(CHECKS, replace(CONTROLES, latest=date(2027, 3, 2)))
    said = told(tuple(reason.message for reason in group.reasons))
    assert "Common window from 2027-03-01 to 2027-03-02 (2 days)." in said


def test_windows_one_day_apart_make_staggered_entries(matched: Propose) -> None:
    (group,) = matched(CHECKS, replace(CONTROLES, latest=date(2027, 2, 28)))
    assert group.launch == date(2027, 1, 1)
    assert [(entry.need, entry.on) for entry in group.entries] == [
        ("n2", date(2027, 1, 1)),
        ("n1", date(2027, 3, 1)),
    ]
    assert "staggered" in names(group)
    assert "could enter with the first" in told(group.would_change)


def test_a_later_entry_must_fall_within_the_longest_framework(matched: Propose) -> None:
    early = replace(CONTROLES, latest=date(2027, 1, 31))
    last_day = replace(CHECKS, earliest=date(2030, 12, 31), latest=None)
    assert joint(matched(early, last_day))
    too_late = replace(CHECKS, earliest=date(2031, 1, 1), latest=None)
    found = matched(early, too_late)
    assert not joint(found)
    assert {tuple(names(one)) for one in separate(found)} == {("other_days",)}
    assert joint(matched(early, too_late, max_framework_months=49))


def test_a_left_over_enters_the_group_that_was_launched_before(
    matched: Propose,
) -> None:
    late = replace(
        CHECKS,
        id="n3",
        administration="zone",
        earliest=date(2028, 1, 1),
        latest=date(2028, 3, 1),
    )
    (group,) = matched(CHECKS, CONTROLES, late)
    assert group.needs == ("n1", "n2", "n3")
    assert group.launch == date(2027, 3, 1)
    assert group.entries[-1].need == "n3"
    assert group.entries[-1].on == date(2028, 1, 1)


def test_an_earlier_need_hears_how_long_it_would_have_to_wait(
    matched: Propose,
) -> None:
    early = replace(
        CHECKS,
        id="n3",
        administration="zone",
        earliest=date(2026, 12, 1),
        latest=date(2026, 12, 20),
    )
    found = matched(CHECKS, CONTROLES, early)
    (alone,) = separate(found)
    assert names(alone) == {"other_days": 5}
    said = told(alone.would_change)
    assert "If Zone de police could wait until 2027-03-01 instead of 2026-12-20" in said
    assert "(+" in said


def test_who_could_join_a_group_far_away_is_not_told_to_change_its_days(
    matched: Propose,
) -> None:
    crowd = [
        Administration(
            id=f"b{place:02}",
            names=LocalText(fr=f"Commune {place}"),
            kind=AdministrationKind.COMMUNE,
            territory=f"BE1{place // 2:02}",
            postcode=str(1000 + place),
        )
        for place in range(23)
    ]
    needs = [
        Need(id=f"n-{one.id}", administration=one.id, title="Papier A4", language="fr")
        for one in crowd
    ]
    found = matched(*needs, administrations=crowd)
    (alone,) = separate(found)
    assert alone.administrations == ("b22",)
    assert names(alone) == {"partners_taken": 5}
    assert "already form groups with others nearby" in str(alone.reasons[0].message)
    (lever,) = alone.would_change
    assert "could join the group of Commune 20, Commune 21 as it is (+" in str(lever)
    days = {"latest": date(2027, 1, 31)}
    needs = [replace(one, **days) for one in needs]  # type: ignore[arg-type]
    needs[-1] = replace(needs[-1], latest=None, earliest=date(2031, 3, 1))
    (alone,) = separate(matched(*needs, administrations=crowd))
    assert names(alone) == {"other_days": 5}


def test_a_need_without_a_window_joins_and_says_so(matched: Propose) -> None:
    (group,) = matched(CHECKS, replace(CONTROLES, earliest=None, latest=None))
    assert group.kind is CandidateKind.JOINT
    assert "No start window from CPAS" in told(group.missing)


def test_what_is_missing_is_said_and_what_is_there_is_not(matched: Propose) -> None:
    full = {
        "estimate": Decimal(50000),
        "quantity": Decimal(10),
        "unit": "pièces",
        "cpv": "85147000",
    }
    (group,) = matched(replace(CHECKS, **full), replace(CONTROLES, **full))  # type: ignore[arg-type]
    assert group.missing == ()
    assert group.estimate == Decimal(100000)
    (poor,) = matched(CHECKS, CONTROLES)
    assert len(poor.missing) == 3
    assert poor.estimate is None


GRASS = Need(
    id="g1", administration="commune", title="Tonte des pelouses", language="fr"
)


@pytest.mark.parametrize(
    ("other", "meets"),
    [("cpas", True), ("zone", True), ("far", False)],
)
def test_green_works_stay_close_to_home(
    matched: Propose, other: str, *, meets: bool
) -> None:
    found = matched(GRASS, replace(GRASS, id="g2", administration=other))
    assert bool(joint(found)) is meets


def test_software_is_shared_at_any_distance(matched: Propose) -> None:
    one = Need(id="a", administration="commune", title="Logiciel de comptabilité")
    (group,) = matched(one, replace(one, id="b", administration="far"))
    assert group.kind is CandidateKind.JOINT
    assert "far_apart" in names(group)


def test_a_crowd_looks_close_by_first_even_where_distance_does_not_matter(
    matched: Propose,
) -> None:
    def people(count: int) -> tuple[Administration, ...]:
        return tuple(
            Administration(id=f"a{place}", territory=("BE100", "BE323")[place % 2])
            for place in range(count)
        )

    def groups(count: int) -> list[int]:
        needs = [
            Need(id=one.id, administration=one.id, title="Logiciel de comptabilité")
            for one in people(count)
        ]
        found = matched(*needs, administrations=people(count))
        return [len(one.needs) for one in joint(found)]

    assert groups(20) == [20]
    assert groups(21) == [11, 10]


def test_who_finds_nobody_close_by_looks_further(matched: Propose) -> None:
    own = tuple(
        Administration(id=f"a{place}", territory=f"BE{place + 100}")
        for place in range(21)
    )
    needs = [
        Need(id=one.id, administration=one.id, title="Logiciel de comptabilité")
        for one in own
    ]
    (group,) = matched(*needs, administrations=own)
    assert len(group.needs) == 21


def test_works_do_not_meet_services(matched: Propose) -> None:
    one = replace(CHECKS, nature=Nature.WORKS)
    found = matched(one, replace(CONTROLES, nature=Nature.SERVICES))
    assert not joint(found)
    assert {tuple(names(alone)) for alone in separate(found)} == {("other_nature",)}


def test_supplies_and_services_meet_but_must_agree(matched: Propose) -> None:
    one = replace(CHECKS, nature=Nature.SUPPLIES)
    (group,) = matched(one, replace(CONTROLES, nature=Nature.SERVICES))
    assert "natures_differ" in names(group)


SALT = Need(id="a", administration="commune", title="Sel de déneigement", language="fr")


def test_units_that_convert_add_up(matched: Propose) -> None:
    (group,) = matched(
        replace(SALT, quantity=Decimal(3), unit="t"),
        replace(SALT, id="b", administration="cpas", quantity=Decimal(500), unit="kg"),
    )
    assert "quantities_add_up" in names(group)
    assert "3500 (kg)" in told(tuple(reason.message for reason in group.reasons))


def test_units_that_do_not_convert_keep_needs_apart(matched: Propose) -> None:
    one = replace(SALT, unit="kg")
    other = replace(SALT, id="b", administration="cpas", unit="heures")
    found = matched(one, other)
    assert not joint(found)
    assert {tuple(names(alone)) for alone in separate(found)} == {("other_unit",)}
    assert joint(matched(one, replace(other, unit="")))


VOUCHERS = Need(
    id="a",
    administration="commune",
    title="Titres-repas",
    language="fr",
    quantity=Decimal(900),
    unit="chèques",
)
STUKS = replace(
    VOUCHERS, id="b", administration="cpas", title="maaltijdcheques", language="nl",
    quantity=Decimal(260), unit="stuks",
)  # fmt: skip


def test_pieces_add_up_with_what_others_count_one_by_one(matched: Propose) -> None:
    (group,) = matched(VOUCHERS, STUKS)
    assert "quantities_add_up" in names(group)
    said = told(tuple(reason.message for reason in group.reasons))
    assert "1160 (chèques / stuks)" in said


@pytest.mark.parametrize("unit", ["doos", "paires", "kg", "chèques/an"])
def test_pieces_do_not_add_up_with_packs_measures_or_rates(
    matched: Propose, unit: str
) -> None:
    found = matched(replace(VOUCHERS, unit=unit), STUKS)
    assert not joint(found)
    (first, _) = separate(found)
    assert names(first) == {"other_unit": 5}
    assert "stuks" in told(tuple(reason.message for reason in first.reasons))


def test_boxes_of_two_sizes_are_counted_in_what_they_hold(matched: Propose) -> None:
    one = replace(VOUCHERS, quantity=Decimal(9), unit="boîtes de 100")
    other = replace(STUKS, quantity=Decimal(4), unit="dozen van 50")
    (group,) = matched(one, other)
    assert "quantities_add_up" in names(group)
    said = told(tuple(reason.message for reason in group.reasons))
    assert "1100 (" in said


def test_boxes_of_unknown_size_are_joined_but_not_added_up(matched: Propose) -> None:
    (group,) = matched(replace(VOUCHERS, unit="boîtes"), replace(STUKS, unit="dozen"))
    assert "quantities_add_up" not in names(group)


def test_nobody_is_said_to_be_near_whose_place_is_not_recorded(
    matched: Propose,
) -> None:
    away = replace(STUKS, administration="stranger")
    (group,) = matched(VOUCHERS, away)
    found = names(group)
    assert found["distance_unknown"] == 0
    assert not {"same_place", "neighbours", "far_apart"} & set(found)
    grass = replace(VOUCHERS, title="Tonte des pelouses", unit="", quantity=None)
    alone = separate(matched(grass, replace(grass, id="b", administration="stranger")))
    assert {tuple(names(one)) for one in alone} == {("place_unknown",)}
    assert all("postcode" in told(one.would_change) for one in alone)


def test_a_requirement_in_two_languages_is_not_held_against_a_group(
    matched: Propose,
) -> None:
    def weight(one: str, other: str, language: str = "nl") -> int:
        (group,) = matched(
            replace(VOUCHERS, requirements=(one,)),
            replace(STUKS, requirements=(other,), language=language),
        )
        return names(group).get("requirements_differ", 0)

    assert weight("Réponse en 24 h", "antwoord binnen 24 uur") == 0
    assert weight("Réponse en 24 h", "antwoord binnen 48 uur") == -3
    assert weight("Bilingue", "tweetalig") == -3
    assert weight("Bilingue", "Carte à puce", "fr") == -6


def test_requirements_all_have_are_told_apart_from_those_only_some_have(
    matched: Propose,
) -> None:
    (group,) = matched(
        replace(CHECKS, requirements=("Réponse en 24 h", "Bilingue")),
        replace(CONTROLES, requirements=("bilingue",)),
    )
    found = names(group)
    assert found["requirements_shared"] > 0
    assert found["requirements_differ"] == -3
    differ = next(
        one for one in group.reasons if one.name == "requirements_differ"
    ).evidence
    assert "Réponse en 24 h" in told(differ)
    assert "Valbois" in str(differ[0].args[0].names)
    assert "(+3)" in told(group.would_change)


@pytest.mark.parametrize("field", ["single_supplier", "centre_priced"])
def test_where_volume_changes_no_price_the_need_stays_separate(
    matched: Propose, field: str
) -> None:
    found = matched(replace(CHECKS, **{field: True}), CONTROLES)  # type: ignore[arg-type]
    assert not joint(found)
    grounds = {one.needs[0]: tuple(names(one)) for one in separate(found)}
    assert grounds == {"n1": (field,), "n2": ("no_partner",)}
    assert joint(matched(replace(CHECKS, **{field: False}), CONTROLES))  # type: ignore[arg-type]


def contract(**fields: Any) -> Contract:
    return Contract(
        id="k", administration="commune", title="Contrôle médical", **fields
    )


def test_an_exclusive_contract_beyond_the_window_binds(matched: Propose) -> None:
    bound = contract(end=date(2027, 9, 30), exclusive=True)
    found = matched(CHECKS, CONTROLES, contracts=(bound,))
    assert not joint(found)
    assert {"bound"} in [set(names(one)) for one in separate(found)]


def test_an_exclusive_contract_moves_the_first_day(matched: Propose) -> None:
    until = contract(end=date(2027, 5, 31), exclusive=True)
    (group,) = matched(CHECKS, CONTROLES, contracts=(until,))
    assert group.launch == date(2027, 6, 1)
    assert "contracts_end_in_time" in names(group)


def test_a_contract_that_is_not_exclusive_is_only_told(matched: Propose) -> None:
    running = contract(end=date(2027, 12, 31))
    (group,) = matched(CHECKS, CONTROLES, contracts=(running,))
    assert group.launch == date(2027, 3, 1)
    assert "running_contracts" in names(group)
    over = contract(end=date(2026, 11, 19))
    (group,) = matched(CHECKS, CONTROLES, contracts=(over,))
    assert "running_contracts" not in names(group)


def test_a_window_that_has_passed_is_said(matched: Propose) -> None:
    gone = replace(CHECKS, earliest=date(2026, 1, 1), latest=date(2026, 11, 19))
    found = matched(gone, CONTROLES)
    assert {"window_passed"} in [set(names(one)) for one in separate(found)]
    today = replace(gone, latest=date(2026, 11, 20))
    other = replace(CONTROLES, earliest=None)
    (group,) = joint(matched(today, other))
    assert group.launch == date(2026, 11, 20)
    assert "launch_very_near" in names(group)


def test_a_window_the_wrong_way_round_is_said(matched: Propose) -> None:
    wrong = replace(CHECKS, earliest=date(2028, 1, 2), latest=date(2028, 1, 1))
    found = matched(wrong, CONTROLES)
    assert not joint(found)
    assert {"window_reversed"} in [set(names(one)) for one in separate(found)]


def test_the_last_day_of_the_calendar_does_no_harm(matched: Propose) -> None:
    endless = replace(CHECKS, earliest=date.max, latest=date.max)
    assert joint(matched(endless, replace(CONTROLES, latest=None)))


def test_small_purchases_are_told_to_stay_separate(matched: Propose) -> None:
    small = {"estimate": Decimal(1500)}
    found = matched(replace(CHECKS, **small), replace(CONTROLES, **small))  # type: ignore[arg-type]
    (group,) = joint(found)
    (alone,) = separate(found)
    assert names(group)["small_volume"] < 0
    assert names(alone) == {"does_not_pay": 20}
    assert alone.needs == ("n1", "n2")
    large = {"estimate": Decimal(60000)}
    (group,) = matched(replace(CHECKS, **large), replace(CONTROLES, **large))  # type: ignore[arg-type]
    assert "small_volume" not in names(group)
    assert names(group)["scale_gain"] > 0


def test_a_party_with_nearly_all_the_volume_gains_little(matched: Propose) -> None:
    def gain(one: int, other: int) -> int:
        (group,) = matched(
            replace(CHECKS, estimate=Decimal(one)),
            replace(CONTROLES, estimate=Decimal(other)),
        )
        return names(group).get("scale_gain", 0)

    assert gain(50_000, 50_000) > gain(80_000, 20_000) > gain(99_000, 1_000)


def test_the_procedure_weighs_more_with_each_participant(matched: Propose) -> None:
    needs = [
        replace(CHECKS, id=f"x{place}", administration=f"a{place}")
        for place in range(8)
    ]
    last = 0
    for count in range(2, 9):
        (group,) = matched(*needs[:count], administrations=())
        now = names(group)["heavier_procedure"]
        assert now < last
        last = now


def test_ids_say_the_kind_and_do_not_depend_on_anything_else(
    matched: Propose,
) -> None:
    (group,) = matched(CHECKS, CONTROLES)
    (again,) = matched(replace(CONTROLES, title="Medische controle"), CHECKS)
    assert group.id == again.id
    assert group.id[:2] == "j-"
    (alone,) = matched(CHECKS)
    assert alone.id[:2] == "s-"
    assert 8 <= len(group.id) <= 10


def test_administrations_nobody_described_still_meet(matched: Propose) -> None:
    found = matched(CHECKS, replace(CONTROLES, administration="stranger"))
    assert joint(found)


def test_nothing_comes_of_nothing(matched: Propose) -> None:
    assert matched() == ()


def test_a_purchase_the_thesaurus_does_not_know_is_called_as_somebody_called_it() -> (
    None
):
    two = [
        Need(
            id="1", administration="a", title="Zorglub", cpv="38424000", language="fr"
        ),
        Need(id="2", administration="b", title="Flop", cpv="38424000", language="nl"),
    ]
    homes = tuple(Administration(id=name, postcode="1000") for name in ("a", "b"))

    def named(**more: Any) -> LocalText:
        inputs = Inputs(
            needs=tuple(two),
            administrations=homes,
            on=date(2026, 11, 20),
            max_framework_months=48,
            **more,
        )
        return propose(inputs)[0].title

    assert named() == LocalText(fr="Zorglub")
    labels = {"38424000": {"fr": "Zorglubomètres", "nl": "Zorglubmeters"}}
    found = named(labels=lambda code: labels.get(code, {}))
    assert found == LocalText(fr="Zorglubomètres", nl="Zorglubmeters")


def test_codes_are_named_by_the_official_list_where_it_is_installed() -> None:
    inputs = Inputs(
        needs=tuple(
            Need(id=name, administration=name, title="Papier A4", cpv="30197630")
            for name in ("a", "b")
        ),
        administrations=tuple(
            Administration(id=name, postcode="1000") for name in ("a", "b")
        ),
        on=date(2026, 11, 20),
        max_framework_months=48,
    )
    labels = {"30197630": {"en": "Zorglub paper"}}
    listed = replace(inputs, labels=lambda code: labels.get(code, {}))
    told = [
        str(each) for reason in propose(listed)[0].reasons for each in reason.evidence
    ]
    assert any("30197630 Zorglub paper" in each for each in told)
    plain = [
        str(each) for reason in propose(inputs)[0].reasons for each in reason.evidence
    ]
    assert not any("Zorglub" in each for each in plain)
