"""Text at the level of its words: normalised, stemmed, freed of what says nothing."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[a-z0-9]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_E_WORD = re.compile(r"\be-(?=[a-z])")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "’": "'"})
_SNOWBALL = {"fr": "french", "nl": "dutch", "de": "german", "en": "english"}


def plain(text: str) -> str:
    """Text in small letters without accents.

    œ is oe, ß is ss, G.S.M. is gsm, e-learning is elearning.
    """
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if "e-" in text:
        text = _E_WORD.sub("e", text)
    return text


def words(text: str) -> tuple[str, ...]:
    """The normalised words of a text in their order, fillers included.

    Elisions (l', d', qu') and single letters fall away, and so do bare numbers.
    """
    return tuple(
        word
        for word in _WORD.findall(plain(text))
        if len(word) > 1 and not word.isdigit()
    )


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that may say what is bought."""
    silent = fillers()
    return tuple(word for word in words(text) if word not in silent)


@cache
def _lists() -> dict[str, dict[str, str]]:
    file = resources.files(__package__) / "fillers.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def fillers() -> frozenset[str]:
    """Words without weight: articles, procurement boilerplate, places, months."""
    return frozenset(
        word for text in _lists()["silent"].values() for word in words(text)
    )


@cache
def turns() -> frozenset[str]:
    """Words after which a title says for whom or where, no longer what."""
    return frozenset(words(_lists()["turns"]["words"]))


@cache
def settings() -> frozenset[str]:
    """Words for a place, a feast or a client; they rarely say what is bought."""
    return frozenset(words(_lists()["settings"]["words"]))


@cache
def opaque() -> frozenset[str]:
    """Beginnings of compounds that mean something else than their parts."""
    return frozenset(words(_lists()["opaque"]["words"]))


@cache
def cues() -> dict[str, str]:
    """Words that betray the nature of a purchase: {"travaux": "works"}."""
    return {
        word: nature
        for nature, text in _lists()["cues"].items()
        for word in words(text)
    }


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # only needed once a text is read

    stem: Callable[[str], str] = snowballstemmer.stemmer(_SNOWBALL[language]).stemWord
    return stem


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a normalised word; equal for its inflected forms."""
    return _stemmer(language)(word)


def root(word: str, language: str) -> str:
    """The word without its commonest plural or case ending; cheaper than a stem."""
    if len(word) <= 4:  # noqa: PLR2004  # short words have little to lose
        return word
    for ending, instead, least in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    return word


# What falls away, what stands instead, and how much must be left: "parking" is no park.
_ENDINGS = {
    "fr": (("eaux", "eau", 3), ("aux", "al", 3), ("s", "", 3), ("x", "", 3)),
    "nl": (
        *(("ingen", "", 5), ("ing", "", 5), ("en", "", 4), ("s", "", 3), ("e", "", 3)),
    ),
    "de": (
        *(("ungen", "", 4), ("ung", "", 4), ("ern", "", 4), ("en", "", 4)),
        *(("er", "", 4), ("es", "", 4), ("e", "", 3), ("n", "", 4), ("s", "", 4)),
    ),
    "en": (("ies", "y", 3), ("s", "", 3)),
}
