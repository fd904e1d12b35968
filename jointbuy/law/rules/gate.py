"""The questions that come before every form.

Source: law of 17 June 2016, art. 2, 29, 47 and 48.
"""

from __future__ import annotations

from jointbuy.law.rule import Rule, row
from jointbuy.model.cooperation import Form

BETWEEN = (Form.IN_HOUSE, Form.IN_HOUSE_JOINT, Form.HORIZONTAL)
"""The forms in which administrations work for one another, without the market."""

VALUE = {Form.JOINT_CONTRACT: "g0_6_joint", Form.PURCHASING_CENTRE: "g0_6_centre"}
"""What reaching the European threshold means for the forms that buy on the market."""


def gate(form: Form) -> tuple[Rule, ...]:
    """The gate of a form, in reading order."""
    side = "between" if form in BETWEEN else "market"
    value = VALUE.get(form, "g0_6_between")
    party, market = f"g0_1_{side}", f"g0_3_{side}"
    names = (party, "g0_2", market, "g0_4", "g0_5", value, "g0_7")
    return tuple(row("gate", name) for name in names)
