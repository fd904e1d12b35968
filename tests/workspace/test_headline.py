"""The line over a check: what is against the form, and worse before a later step."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from jointbuy.errors import say
from jointbuy.l10n.catalogue import catalogue
from jointbuy.model import Finding, Form, Outcome, Stops
from jointbuy.workspace import check_form
from jointbuy.workspace.headline import headline_said, later, standing_of, whole

ON = date(2026, 11, 23)
GOOD = Path(__file__).parents[1] / "law" / "cases" / "good.toml"


def answers(form: Form, **others: str) -> dict[str, object]:
    """Answers that are all good for the form, but these."""
    table = tomllib.loads(GOOD.read_text(encoding="utf-8"), parse_float=str)
    return {**table["gate"], **table["around"], **table[form.name], **others}


def line(form: Form, language: str = "en", **others: str) -> str:
    checked = check_form(form, answers(form, **others), on=ON)
    return catalogue(language).say(headline_said(checked))


def found(outcome: Outcome, stops: Stops) -> Finding:
    return Finding(rule="x", outcome=outcome, message=say("…"), stops=stops)


def test_a_block_before_an_order_stands_in_the_headline() -> None:
    said = line(Form.PURCHASING_CENTRE, a6="no")
    assert said.endswith("in order as to the form; blocked before any order")
    assert line(Form.JOINT_CONTRACT, j4="no").endswith(
        "in order as to the form; blocked before the launch"
    )


def test_a_block_before_a_step_is_said_in_every_language() -> None:
    form = Form.PURCHASING_CENTRE
    assert "bloquant avant toute commande" in line(form, "fr", a6="no")
    assert "blokkerend vóór elke bestelling" in line(form, "nl", a6="no")
    assert "blockierend vor jedem Abruf" in line(form, "de", a6="no")


def test_a_blocked_form_says_no_more() -> None:
    findings = [found(Outcome.BLOCKED, Stops.ORDER)]
    assert str(standing_of(Outcome.BLOCKED, findings)) == "blocked"


def test_a_form_without_a_hindrance_later_reads_as_before() -> None:
    findings = [found(Outcome.WARNING, Stops.LAUNCH), found(Outcome.OK, Stops.START)]
    said = standing_of(Outcome.INFO, findings)
    assert str(said) == "for information"


def test_steps_of_one_weight_stand_together_the_worst_first() -> None:
    findings = [
        found(Outcome.SERIOUS, Stops.LAUNCH),
        found(Outcome.BLOCKED, Stops.ORDER),
        found(Outcome.BLOCKED, Stops.START),
    ]
    assert str(standing_of(Outcome.WARNING, findings)) == (
        "point of attention as to the form; blocked before any order, before the "
        "start; serious reservation before the launch"
    )


@pytest.mark.parametrize("outcome", [Outcome.SERIOUS, Outcome.BLOCKED])
def test_what_is_no_worse_than_the_form_is_left_to_the_findings(
    outcome: Outcome,
) -> None:
    findings = [found(outcome, Stops.LAUNCH)]
    assert later(Outcome.OK, findings) == {Stops.LAUNCH: outcome}
    assert later(outcome, findings) == {}


def test_the_sign_is_that_of_the_worst_said() -> None:
    checked = check_form(
        Form.PURCHASING_CENTRE, answers(Form.PURCHASING_CENTRE, a6="no"), on=ON
    )
    assert checked.headline <= Outcome.INFO
    assert whole(checked) is Outcome.BLOCKED
