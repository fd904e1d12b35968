"""What is shown on the screen, in the language of the moment and safe to show."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say
from jointbuy.l10n import format as written
from jointbuy.l10n.visible import on_one_line, visible
from jointbuy.tui.commands import spoken

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import LocalNames

Sayable = Message | Arg | str
"""A sentence, a word to translate, or a text of the user's own."""


class Speech:
    """Says sentences, words, days, amounts and names in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = spoken(language)

    def say(self, what: Sayable) -> str:
        """The sentence or word; the user's own text comes back as it is, visible."""
        if isinstance(what, Message):
            return visible(self._catalogue.say(what))
        if isinstance(what, Arg):
            if what.kind == "names":
                return visible(self._catalogue.name(what.names) or what.text)
            return visible(self._catalogue.word(what.text))
        return visible(what)

    def line(self, what: Sayable) -> str:
        """The same on one line."""
        return on_one_line(self.say(what))

    def name(self, names: LocalNames) -> str:
        """A name in this language, else in another."""
        return on_one_line(self._catalogue.name(dict(names.as_dict())))

    def day(self, value: date | None) -> str:
        """A day, or nothing."""
        return "" if value is None else written.day(value, self.language)

    def amount(self, value: Decimal | None) -> str:
        """Euro without the cents, which a list has no room for; or nothing."""
        return "" if value is None else written.number(value, places=0)

    def euro(self, value: Decimal | None) -> str:
        """Euro to the cent, or nothing."""
        return "" if value is None else written.amount(value, self.language)

    def number(self, value: Decimal | int | None) -> str:
        """A number, or nothing."""
        return "" if value is None else written.number(value)


def undoable(said: Message) -> Message:
    """What was done, and how it is taken back."""
    return say("{what} u takes it back.", what=said)


def folded(text: str) -> str:
    """Small letters without accents: how texts are compared while filtering.

    >>> folded("Élève à Liège")
    'eleve a liege'
    """
    if text.isascii():
        return text.lower()
    parts = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if parts.isascii():
        return parts
    rest = {sign for sign in set(parts) if unicodedata.combining(sign)}
    return "".join(sign for sign in parts if sign not in rest) if rest else parts


_ACCENTS = re.compile("[\u0300-\u036f]+")
"""The accents that are common; those of other scripts are looked for one by one."""
