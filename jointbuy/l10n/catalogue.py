"""Sentences in the user's language: English source strings, gettext catalogues."""

from __future__ import annotations

import functools
import gettext
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.l10n import format as written

if TYPE_CHECKING:
    from jointbuy.errors import Arg, Message

LANGUAGES = ("fr", "nl", "de", "en")
LOCALE = Path(__file__).parent / "locale"


class Catalogue:
    """Says messages in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._gettext = gettext.translation(
            "jointbuy", LOCALE, languages=[language], fallback=True
        ).gettext

    def word(self, text: str) -> str:
        """A word or sentence without gaps."""
        return self._gettext(text) if text else ""

    def say(self, message: Message) -> str:
        """The sentence, its gaps filled as this language writes them."""
        text = self.word(message.text)
        return text.format(**{arg.name: self._write(arg) for arg in message.args})

    def _write(self, arg: Arg) -> str:  # one line per kind of argument
        match arg.kind:
            case "word":
                return self.word(arg.text)
            case "number":
                return written.number(Decimal(arg.text))
            case "amount":
                return written.amount(Decimal(arg.text), self.language)
            case "share":
                return written.share(Decimal(arg.text), self.language)
            case "day":
                return written.day(date.fromisoformat(arg.text), self.language)
            case "names":
                return self.name(arg.names) or arg.text
            case "title" | "article":
                return self._cite(arg)
            case "message":
                return self.say(arg.message) if arg.message else ""
            case _:
                return arg.text

    def _cite(self, arg: Arg) -> str:
        """A legal text or an article of it, as this language cites them."""
        from jointbuy.l10n import references

        if arg.kind == "article":
            return references.article(arg.text, self.language)
        return references.unbroken(self.name(arg.names) or arg.text)

    def name(self, names: dict[str, str]) -> str:
        """A name that is kept in several languages, in this one if it has it."""
        for language in (self.language, *LANGUAGES):
            if names.get(language):
                return names[language]
        return ""


@functools.cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of the four languages; English where there is none."""
    return Catalogue(language if language in LANGUAGES else "en")
