"""What the thesaurus says, compiled: loaded in a moment instead of worked out again.

`python -m jointbuy.vocabulary.build` makes the table from the files of `thesaurus/`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from jointbuy.vocabulary.thesaurus import Category  # noqa: TC001  # it is decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

FILE = "bridge.msgpack"

MOST = 8
"""So many categories are kept of what one word, or two together, speak for."""

UNSAID = 0.6
"""What the other words of a wording weigh of which only one tells: "pour le CPAS"."""


class BridgeTable(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What words say of categories, whatever their language.

    Of each of the `spelt` words: what it weighs (`heaviest`, f4) and, between two
    `starts` (u4), the `categories` (u2) it speaks for and by what `weights` (f4). Two
    roots that stand in one wording say more: `pairs` (u4, two places among the
    `roots`, ascending), `pair_categories` (u2) and `pair_weights` (f4).
    """

    spelt: list[str] = []
    heaviest: bytes = b""
    starts: bytes = b""
    categories: bytes = b""
    weights: bytes = b""
    roots: list[str] = []
    pairs: bytes = b""
    pair_categories: bytes = b""
    pair_weights: bytes = b""


class Compiled(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """The thesaurus as columns.

    The known words of each language stand in a fixed order, one language after another:
    that is their place. `roots` and `stems` are theirs. Of each word: `weights` (f4)
    and, between two `starts` (u4), the `numbers` (u4) of its wordings and what it
    `says` of each (f4). Of each wording: category (u2), language (u1), mass (f4), text.
    `phrases` are wordings of few telling words, with their numbers.
    """

    source: str
    categories: tuple[Category, ...]
    known: dict[str, list[str]]
    roots: dict[str, list[str]]
    stems: dict[str, list[str]]
    weights: bytes
    starts: bytes
    numbers: bytes
    says: bytes
    term_categories: bytes
    term_languages: bytes
    masses: bytes
    wordings: list[str]
    phrases: dict[str, list[int]]
    bridge: BridgeTable = BridgeTable()


def sources() -> Iterator[Traversable]:
    """The files the table is made of, in a fixed order."""
    own = resources.files(__package__)
    yield own / "fillers.toml"
    yield from sorted(
        (file for file in (own / "thesaurus").iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )


def digest() -> str:
    """What the sources look like now; line ends do not count."""
    found = hashlib.sha256()
    for file in sources():
        found.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


@cache
def compiled() -> Compiled:
    """The shipped table, or one made anew where the sources have changed since."""
    file = resources.files(__package__) / FILE
    try:
        kept = msgspec.msgpack.decode(file.read_bytes(), type=Compiled)
    except (OSError, msgspec.MsgspecError):
        kept = None
    if kept is not None and kept.source == digest():
        return kept
    from jointbuy.vocabulary.build import build  # only where the table is out of date

    return build()
