"""How adhesions stand on a day, and whether a domain has the adhesions it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jointbuy.centres import twins
from jointbuy.centres.programmes import (
    AdhesionState,
    AdhesionTable,
    Reach,
    Weight,
    adhesion_table,
    open_triggers,
    state_of,
)
from jointbuy.errors import say
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    Domain,
    LocalText,
    Programme,
    PurchasingCentre,
    Region,
    Reopening,
    Reservation,
)

ON = date(2026, 11, 23)
DAY = timedelta(days=1)
CENTRE = PurchasingCentre(id="c", names=LocalText(fr="Centrale"))
S = AdhesionStatus


def one(status: AdhesionStatus = S.ADHERED, **values: Any) -> Adhesion:
    known = {"decided_on": ON, "convention_on": ON, "programme": "p", "domain": "d"}
    given = {**known, **values}
    if status is S.PROPOSED and "decided_on" not in values:
        given |= {"decided_on": None}
    return Adhesion(
        **{"id": "a", "administration": "x", "centre": "c", "status": status, **given}
    )


@pytest.mark.parametrize(
    ("adhesion", "due", "state"),
    [
        (one(), None, "ADHERED"),
        (one(convention_on=None), None, "WITHOUT_CONVENTION"),
        (one(convention_on=ON + DAY), None, "WITHOUT_CONVENTION"),
        (one(decided_on=ON + DAY), None, "PROPOSED"),
        (one(S.REFUSED, decided_on=ON + DAY), None, "PROPOSED"),
        (one(S.REFUSED, decided_on=ON + DAY), ON - DAY, "NO_ANSWER"),
        (one(S.ENDED), None, "ENDED"),
        (one(S.ENDED, decided_on=ON + DAY), None, "ADHERED"),
        (one(S.PROPOSED), None, "PROPOSED"),
        (one(S.PROPOSED), ON, "PROPOSED"),
        (one(S.PROPOSED), ON - DAY, "NO_ANSWER"),
        (one(S.PROPOSED, due=ON), ON - DAY, "PROPOSED"),
        (one(S.PROPOSED, due=ON - DAY), None, "NO_ANSWER"),
        (one(S.CONDITIONAL, convention_on=None), None, "CONDITIONAL"),
        (one(S.NOT_COUNTED), None, "NOT_COUNTED"),
        (one(S.POSTPONED), ON - DAY, "POSTPONED"),
        (one(cost=Decimal(101), budget=Decimal(100)), None, "REOPENED"),
        (one(cost=Decimal(100), budget=Decimal(100)), None, "ADHERED"),
        (one(cost=Decimal(101)), None, "ADHERED"),
        (one(S.REFUSED, cost=Decimal(101), budget=Decimal(100)), None, "REFUSED"),
        (one(reopenings=(Reopening(trigger="t", on=ON),)), None, "REOPENED"),
        (one(reopenings=(Reopening(trigger="t", on=ON + DAY),)), None, "ADHERED"),
        (
            one(reopenings=(Reopening(trigger="t", on=ON - DAY, settled_on=ON),)),
            None,
            "ADHERED",
        ),
        (
            one(reopenings=(Reopening(trigger="t", on=ON, settled_on=ON + DAY),)),
            None,
            "REOPENED",
        ),
    ],
)
def test_what_was_decided_and_the_day_give_the_state(
    adhesion: Adhesion, due: date | None, state: str
) -> None:
    assert state_of(adhesion, ON, due=due) is AdhesionState[state]


def test_the_budget_of_the_domain_counts_where_the_adhesion_has_none() -> None:
    over = one(cost=Decimal(101))
    (found,) = open_triggers(over, ON, presented=Decimal(100))
    assert found.by_itself
    assert not open_triggers(replace(over, budget=Decimal(200)), ON,
                             presented=Decimal(100))  # fmt: skip


def table(domain: Domain, *adhesions: Adhesion) -> AdhesionTable:
    programme = Programme(id="p", centre="c", domains=(domain,))
    everyone = {id_: Administration(id=id_) for id_ in "wxyz"}
    return adhesion_table(
        on=ON,
        programme=programme,
        adhesions=adhesions,
        administrations=everyone,
        centres={"c": CENTRE},
    )


def by(who: str, status: AdhesionStatus = S.ADHERED, **values: Any) -> Adhesion:
    return one(status, **{"id": f"a-{who}", "administration": who, **values})


LOOSE = by("x", S.CONDITIONAL)
HELD = by("y", S.NOT_COUNTED)


@pytest.mark.parametrize(
    ("domain", "adhesions", "reach", "missing", "always", "missing_firm"),
    [
        ({"minimum": 3, "elsewhere": 2}, [by("w")], "REACHED", 0, "REACHED", 0),
        ({"minimum": 4, "elsewhere": 2}, [by("w")], "MISSING", 1, "MISSING", 1),
        ({"minimum": 3, "elsewhere": 2}, [LOOSE], "REACHED", 0, "MISSING", 1),
        ({"minimum": 3, "elsewhere": 2}, [HELD], "MISSING", 1, "MISSING", 1),
        ({"minimum": 3}, [by("w")], "UNKNOWN", None, "UNKNOWN", None),
        ({"minimum": 1}, [by("w")], "REACHED", 0, "REACHED", 0),
        ({"minimum": 1}, [LOOSE], "REACHED", 0, "UNKNOWN", None),
        ({"minimum": 0}, [], "REACHED", 0, "REACHED", 0),
        ({"elsewhere": 9}, [by("w")], "NONE", None, "NONE", None),
        (
            {"minimum": 3, "elsewhere": 9, "counted_on": ON + DAY},
            [by("w")], "UNKNOWN", None, "UNKNOWN", None,
        ),
        (
            {"minimum": 3, "elsewhere": 9, "counted_on": ON},
            [by("w")], "REACHED", 0, "REACHED", 0,
        ),
    ],
)  # fmt: skip
def test_a_minimum_is_only_sure_without_what_may_fall_away(
    domain: dict[str, Any],
    adhesions: list[Adhesion],
    reach: str,
    missing: int | None,
    always: str,
    missing_firm: int | None,
) -> None:
    judged = table(Domain(id="d", **domain), *adhesions).thresholds["d"]
    assert (judged.reach, judged.missing) == (Reach[reach], missing)
    assert (judged.in_every_case, judged.missing_firm) == (Reach[always], missing_firm)
    assert (judged.todo is None) == (reach == "NONE" or always == "REACHED")


def test_a_reopened_or_late_adhesion_counts_but_not_in_every_case() -> None:
    again = by("x", reopenings=(Reopening(trigger="t", on=ON),))
    late = by("w", due=ON - DAY)
    undated = by("y", decided_on=None)
    found = table(Domain(id="d"), again, late, undated, by("z"))
    weights = {who: found.cells[who, "d"].weight for who in "wxyz"}
    assert weights == {
        "w": Weight.LOOSE, "x": Weight.LOOSE, "y": Weight.LOOSE, "z": Weight.FIRM,
    }  # fmt: skip
    assert found.cells["w", "d"].late
    both = by("w", due=ON - DAY, convention_on=None)
    assert table(Domain(id="d"), both).cells["w", "d"].todo == say(
        "{step} {then}",
        step=say("Sign the convention with the centre before anything is ordered."),
        then=say(
            "It was decided after {due}: keep the paper in which the centre accepts it "
            "all the same.",
            due=ON - DAY,
        ),
    )
    assert found.cells["x", "d"].todo is not None


def test_who_said_nothing_has_a_row_and_no_answer_after_the_day() -> None:
    still = table(Domain(id="d", due=ON), by("w"))
    assert still.cells["z", "d"].state is AdhesionState.NOT_PROPOSED
    past = table(Domain(id="d", due=ON - DAY), by("w", due=ON))
    assert past.cells["z", "d"].state is AdhesionState.NO_ANSWER
    assert past.cells["w", "d"].state is AdhesionState.ADHERED


def test_one_to_the_domain_goes_before_one_to_the_whole_programme() -> None:
    whole = by("w", domain="")
    only = by("w", S.REFUSED, id="only")
    named = by("w", id="named", programme="", domain="Finances")
    domain = Domain(id="d", names=LocalText(fr="Finances"))
    found = [
        table(domain, *those).cells["w", "d"].adhesion
        for those in ([whole], [whole, only], [named], [by("w", domain="other")])
    ]
    assert found == ["a-w", "only", "named", ""]
    stray = table(domain, by("w", domain="other"))
    assert [column.id for column in stray.columns] == ["d", "other"]
    assert stray.cells["w", "other"].adhesion == "a-w"
    again = by("w", S.PROPOSED, id="again")
    assert table(domain, only, again).cells["w", "d"].adhesion == "again"


def test_a_centre_that_leaves_it_out_gives_no_row_without_an_adhesion() -> None:
    centre = replace(CENTRE, regions=(Region.BRUSSELS,))
    everyone = {
        "in": Administration(id="in", region=Region.BRUSSELS),
        "out": Administration(id="out", region=Region.WALLONIA),
        "open": Administration(id="open"),
        "all-the-same": Administration(id="all-the-same", region=Region.WALLONIA),
    }
    found = adhesion_table(
        on=ON,
        programme=Programme(id="p", centre="c", domains=(Domain(id="d"),)),
        adhesions=[by("all-the-same")],
        administrations=everyone,
        centres={"c": centre},
    )
    assert [who.id for who in found.administrations] == ["in", "open", "all-the-same"]


def test_without_a_programme_there_is_a_column_for_each_centre_and_part() -> None:
    found = adhesion_table(
        on=ON,
        programme=None,
        adhesions=[
            by("x", programme="", domain=""),
            by("y", programme="", domain="Téléphonie"),
            by("z"),
        ],
        administrations={id_: Administration(id=id_) for id_ in "xyz"},
        centres={"c": CENTRE},
    )
    assert [column.id for column in found.columns] == ["c", "c/Téléphonie"]
    assert [who.id for who in found.administrations] == ["x", "y"]
    assert found.columns[1].names.fr == "Centrale – Téléphonie"


def test_twins_differ_only_in_what_is_not_each_ones_own() -> None:
    text = Reservation(text="Sans  obligation d’achat", place="art. 2")
    plain = replace(text, text="sans obligation d’achat")
    same = by("x", reservations=(text,), triggers=("prix",), body="Conseil", number="1")
    twin = replace(same, id="t", administration="y", body="Raad", number="9",
                   reservations=(plain,), decided_on=ON + DAY,
                   convention_on=ON + DAY)  # fmt: skip
    assert twins.differences((same, twin)) == ()
    moved = replace(twin, reservations=(replace(text, place="art. 3"),))
    assert [d.field for d in twins.differences((same, moved))] == ["reservation_place"]
    other = replace(twin, triggers=("prix", "portée"), reservations=(), text="d.odt")
    found = {d.field: d for d in twins.differences((same, other))}
    assert set(found) == {"text", "reservation", "trigger"}
    assert found["trigger"].values == {"a-x": None, "t": "portée"}
    assert found["reservation"].values["t"] is None
