"""A message is said in the reader's language, its gaps filled accordingly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jointbuy.errors import euro, named, per_cent, say, word
from jointbuy.l10n.catalogue import catalogue
from jointbuy.model import LocalText


def test_each_kind_of_value_is_written_its_own_way() -> None:
    message = say(
        "{a} {b} {c} {d} {e} {f}",
        a=euro(Decimal(1200)),
        b=per_cent(Decimal("12.5")),
        c=date(2027, 3, 15),
        d=1234,
        e=named(LocalText(fr="Commune", nl="Gemeente")),
        f=say("inner {n}", n="text"),
    )
    assert catalogue("fr").say(message) == (
        "1.200,00\u00a0€ 12,5\u00a0% 15/03/2027 1.234 Commune inner text"
    )
    assert "Gemeente" in catalogue("nl").say(message)


def test_braces_in_what_a_user_typed_stay_as_they_are() -> None:
    assert catalogue("en").say(say("{title}", title="{x} {0}")) == "{x} {0}"


def test_an_unknown_language_is_answered_in_english() -> None:
    assert catalogue("it").language == "en"


def test_a_message_reads_plainly_in_a_log() -> None:
    assert str(say("{n} of {kind}", n=2, kind=word("needs"))) == "2 of needs"
