"""Text as people type and paste it: cleaned, folded for comparison, what was read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from jointbuy.errors import Message

T = TypeVar("T")

_GAPS = re.compile(r"[\W_]+")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009\u2002\u2003\t", " "))
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed(Generic[T]):
    """What one cell or answer was understood as.

    Nothing was written if both `value` and `fault` are None. `remarks` say how a text
    that can be read in two ways was read; `reading` names that way, so that the cells
    of one column can be compared.
    """

    value: T | None = None
    remarks: tuple[Message, ...] = ()
    fault: Message | None = None
    reading: str = ""


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Small letters without accents; what is neither letter nor figure is one space."""
    return _GAPS.sub(" ", plain(text)).strip()


def spaced(text: str) -> str:
    """The text with every kind of space made a plain one, and its ends trimmed."""
    return text.translate(_SPACES).strip()


def clean(text: str, *, lines: bool = False) -> tuple[str, bool]:
    """The text without control characters, and whether it held any.

    Characters that steer a terminal, or turn the order of letters around, are taken
    out. Line ends stay with `lines`, else they become spaces.
    """
    if text.isascii() and text.isprintable():
        return text.strip(), False
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    kept = _UNSEEN.sub("", text)
    if not lines:
        kept = re.sub(r"\s*\n\s*", " ", kept)
    return unicodedata.normalize("NFC", kept).strip(), kept_less(text, kept)


def kept_less(text: str, kept: str) -> bool:
    """Whether characters that cannot be seen were taken out of the text."""
    return text != kept and _UNSEEN.search(text) is not None
