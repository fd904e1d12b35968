from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jointbuy.errors import say
from jointbuy.law.changes import Turn, compare
from jointbuy.law.difference import RowChange
from jointbuy.model import Citation, Finding, Outcome, Stops

ARTICLE = Citation(source="a text", article="art. 1")
BEFORE = Finding(
    rule="j2",
    outcome=Outcome.WARNING,
    message=say("A sentence."),
    stops=Stops.FORM,
    basis=(ARTICLE,),
)


@pytest.mark.parametrize(
    ("after", "turn"),
    [
        (replace(BEFORE, outcome=Outcome.SERIOUS), Turn.WORSE),
        (replace(BEFORE, outcome=Outcome.BLOCKED, message=say("Another.")), Turn.WORSE),
        (replace(BEFORE, outcome=Outcome.OK, stops=None), Turn.BETTER),
        (replace(BEFORE, message=say("Another sentence.")), Turn.OTHERWISE),
        (replace(BEFORE, stops=Stops.LAUNCH), Turn.OTHERWISE),
        (replace(BEFORE, basis=(replace(ARTICLE, article="art. 2"),)), Turn.BASIS),
        (replace(BEFORE, basis=()), Turn.BASIS),
    ],
)
def test_a_finding_that_differs_says_how(after: Finding, turn: Turn) -> None:
    (found,) = compare([BEFORE], [after])
    assert (found.rule, found.turn) == ("j2", turn)
    assert (found.before, found.after) == (BEFORE, after)


def test_what_is_the_same_is_no_change_whenever_it_was_compared() -> None:
    assert compare([BEFORE], [BEFORE]) == ()
    later = replace(ARTICLE, checked=date(2026, 11, 21), to_verify=True)
    assert compare([BEFORE], [replace(BEFORE, basis=(later,))]) == ()
    assert compare([], []) == ()


def test_what_is_new_comes_in_its_place_and_what_is_gone_last() -> None:
    other = replace(BEFORE, rule="j3")
    new = replace(BEFORE, rule="j1")
    found = compare([other, BEFORE], [new, BEFORE])
    assert [(each.rule, each.turn) for each in found] == [
        ("j1", Turn.APPEARED),
        ("j3", Turn.GONE),
    ]
    assert found[0].before is None
    assert found[1].after is None


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ({"body": "COUNCIL"}, {"body": "EXECUTIVE"}, ("body",)),
        ({"body": "COUNCIL"}, {"body": "COUNCIL"}, ()),
        (None, {"body": "COUNCIL", "note": "n"}, ("body", "note")),
        ({"body": "COUNCIL"}, None, ("body",)),
        ({"body": "COUNCIL"}, {"body": "COUNCIL", "note": "n"}, ("note",)),
    ],
)
def test_a_row_names_what_it_says_otherwise(
    before: dict[str, str] | None,
    after: dict[str, str] | None,
    names: tuple[str, ...],
) -> None:
    found = RowChange(
        part="deciding",
        kinds=("COMMUNE",),
        regions=("WALLONIA",),
        about={},
        before=before,
        after=after,
        was=None,
        now=None,
    )
    assert found.fields == names
