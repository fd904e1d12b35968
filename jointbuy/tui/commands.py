"""What a command that a sentence names is done with on the screen: a key, and where."""

from __future__ import annotations

import functools
import re

from jointbuy.l10n.catalogue import Catalogue
from jointbuy.tui.actions import PLACES

KEYS: dict[str, tuple[str, str]] = {
    "needs add": ("needs", "n"),
    "needs edit": ("needs", "e"),
    "needs import": ("needs", "i"),
    "rounds ask": ("needs", "n"),
    "rounds edit": ("needs", "e"),
    "rounds reopen": ("needs", "c"),
    "retain": ("proposals", "a"),
    "decide": ("proposals", "y"),
    "plan": ("proposals", "P"),
    "frameworks edit": ("centres", "e"),
    "adhesions add": ("centres", "d"),
    "interest answer": ("centres", "a"),
    "interest ask": ("centres", "i"),
    "interest accept": ("centres", "b"),
    "orders edit": ("centres", "e"),
    "uses add": ("centres", "y"),
    "contracts add": ("centres", "n"),
    "contracts edit": ("centres", "e"),
    "contracts follow": ("centres", "m"),
    "check": ("legal", ""),
    "sessions last": ("deadlines", ""),
    "sessions add": ("settings", "n"),
    "sessions list": ("settings", ""),
    "sessions cancel": ("settings", "c"),
    "administrations edit": ("settings", "e"),
    "contacts add": ("settings", "n"),
    "law set": ("settings", "n"),
    "law values": ("settings", ""),
    "undo": ("", "u"),
    "edit": ("", "e"),
}
"""By command: the section and the key; no section where it is the same everywhere."""

_COMMAND = re.compile(r"`([a-z][a-z-]*(?: [a-z][a-z-]*)?)[^`]*`")
_TITLES = {place.id: (place.keys[0], place.title.text) for place in PLACES}


class Spoken(Catalogue):
    """Says messages as they are said on the screen: with its keys for the commands."""

    def word(self, text: str) -> str:
        """A word or sentence without gaps; those of the user are never looked at."""
        said = super().word(text)
        return _COMMAND.sub(self._key, said) if "`" in said else said

    def _key(self, command: re.Match[str]) -> str:
        words = command[1]
        known = KEYS.get(words) or KEYS.get(words.partition(" ")[0])
        if known is None:
            return command[0]
        place, key = known
        if not place:
            return key
        number, title = _TITLES[place]
        where = f"{number} {super().word(title)}"
        return f"{key} ({where})" if key else where


@functools.cache
def spoken(language: str) -> Spoken:
    """The catalogue of the screen in one of the four languages."""
    return Spoken(language)
