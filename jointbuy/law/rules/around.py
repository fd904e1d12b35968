"""What goes around every form: languages, personal data, VAT and consultation.

None of it decides whether the form is available; it says what must be there before the
launch, an order or the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.law.rules import concertation, data_protection, languages, vat

if TYPE_CHECKING:
    from jointbuy.law.rule import Rule
    from jointbuy.model.cooperation import Form


def around(form: Form) -> tuple[Rule, ...]:
    """The rules that join those of the form, in reading order."""
    return (
        *languages.rules(form),
        *data_protection.rules(form),
        *vat.rules(form),
        *concertation.rules(form),
    )
