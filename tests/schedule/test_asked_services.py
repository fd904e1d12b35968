"""Where each service asked in a needs round stands."""

from __future__ import annotations

from datetime import date

import pytest

from jointbuy.model import AskedService, Need, NeedsRound, NeedStatus, ServiceAnswer
from jointbuy.schedule.asked_services import answer_id, service_states, silent

SERVICES = (
    AskedService(administration="a", contact="main"),
    AskedService(administration="a", service="Économat & bâtiments", contact="eco"),
    AskedService(
        administration="a",
        service="Personnel",
        answer=ServiceAnswer.NONE,
        answered_on=date(2026, 11, 2),
    ),
    AskedService(administration="b", service="Economat et batiments"),
)


def asked(id_: str = "r", **values: object) -> NeedsRound:
    given = {"title": "Needs", "services": SERVICES, "due": date(2027, 1, 31), **values}
    return NeedsRound(id=id_, **given)  # type: ignore[arg-type]


def need(service: str = "", contact: str = "", **values: object) -> Need:
    given = {"id": "n", "administration": "a", "title": "x", **values}
    return Need(service=service, contact=contact, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fresh", "place"),
    [
        (need("economat batiments"), 1),
        (need("ECONOMAT  – BÂTIMENTS"), 1),
        (need("Personnel"), 2),
        (need("Voirie", "eco"), 1),
        (need("Voirie"), 0),
        (need(), 0),
        (need(contact="eco"), 1),
        (need("Economat et batiments", administration="b"), 3),
        (need("Voirie", administration="b"), None),
        (need("Personnel", status=NeedStatus.DRAFT), None),
        (need("Personnel", status=NeedStatus.WITHDRAWN), None),
    ],
)
def test_a_new_need_is_the_answer_of_the_service_it_belongs_to(
    fresh: Need, place: int | None
) -> None:
    states = service_states(asked(), [fresh])
    assert [i for i, each in enumerate(states) if each.needs] == (
        [] if place is None else [place]
    )
    if place is not None:
        assert states[place].answer is ServiceAnswer.NEEDS


@pytest.mark.parametrize(
    ("fresh", "answered", "undated"),
    [
        (need(budget_year=2027, earliest=date(2026, 12, 1)), True, False),
        (need(earliest=date(2027, 1, 1)), True, False),
        (need(latest=date(2027, 12, 31)), True, False),
        (need(), True, True),
        (need(latest=date(2026, 12, 31)), False, False),
        (need(budget_year=2026, latest=date(2027, 1, 31)), False, False),
        (need(earliest=date(2028, 1, 1)), False, False),
    ],
)
def test_a_need_of_another_year_answers_no_round(
    fresh: Need, answered: bool, undated: bool
) -> None:
    state = service_states(asked(year=2027), [fresh])[0]
    assert (not state.silent, bool(state.undated)) == (answered, undated)
    assert not service_states(asked(), [fresh])[0].silent  # a round of no year


def test_who_said_none_and_has_needs_since_is_told_so() -> None:
    plain = service_states(asked())
    assert [each.answer for each in plain] == [None, None, ServiceAnswer.NONE, None]
    assert not plain[2].contradicted
    assert service_states(asked(), [need("personnel")])[2].contradicted


def test_silent_are_those_asked_in_open_rounds_with_a_last_day() -> None:
    later = asked("later", due=date(2027, 3, 31), services=SERVICES[:1])
    rounds = [
        later,
        asked(),
        asked("closed", closed_on=date(2026, 12, 1)),
        asked("no-day", due=None),
    ]
    found = silent(rounds, {"r": [need()]})
    assert [(each.round, each.administration, each.service) for each in found] == [
        ("r", "a", SERVICES[1].service),
        ("r", "b", SERVICES[3].service),
        ("later", "a", ""),
    ]
    assert found[0].id == "round_answer:r:economat-batiments:a"
    assert answer_id("r", "a") == found[2].id.replace("later", "r")
