"""The questions that come before every form.

Source: law of 17 June 2016, art. 2, 29, 47 and 48; Directive 2014/24/EU, art. 1(6).
"""

from __future__ import annotations

from jointbuy.law.rule import Rule, row
from jointbuy.law.rules import free_sharing
from jointbuy.law.tables import BadTable, table
from jointbuy.model.cooperation import Form

MARKET = (Form.JOINT_CONTRACT, Form.PURCHASING_CENTRE)
"""The forms in which administrations buy on the market together."""

BETWEEN = (Form.IN_HOUSE, Form.IN_HOUSE_REVERSE, Form.IN_HOUSE_JOINT, Form.HORIZONTAL)
"""The forms of articles 30 and 31: administrations work for one another for a price."""

QUESTIONS = ("g0_1", "g0_2", "g0_3", "g0_4", "g0_5", "g0_6", "g0_7")


def gate(form: Form) -> tuple[Rule, ...]:
    """The gate of a form, in reading order."""
    found = tuple(row("gate", _row(code, form)) for code in QUESTIONS)
    if form is not Form.FREE_SHARING:
        return found
    # Plain sharing asks once more what is given in return.
    return tuple(free_sharing.agreeing(each) for each in found)


def _row(code: str, form: Form) -> str:
    """The row that judges the question for the form; a row names the forms it is for.

    One without forms is for all.
    """
    found = [
        name
        for name, cells in table("rules/gate").items()
        if cells.get("question", name) == code
        and form.name in cells.get("forms", [form.name])
    ]
    if len(found) != 1:
        raise BadTable(f"rules/gate: {len(found)} rows judge {code} for {form.name}")
    return found[0]
