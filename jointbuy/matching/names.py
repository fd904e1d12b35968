"""Names and stable ids that candidates are known by."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from jointbuy.errors import Arg
from jointbuy.model import CandidateKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import Administration, LocalText

LANGUAGES = ("fr", "nl", "de", "en")
_LETTER = {
    CandidateKind.JOINT: "j",
    CandidateKind.ADHESION: "a",
    CandidateKind.SEPARATE: "s",
}


def candidate_id(
    kind: CandidateKind, needs: Iterable[str], framework: str = "", lot: str = ""
) -> str:
    """The same id for the same kind, needs and framework, on every run and machine."""
    parts = [kind.value, framework, lot, *sorted(needs)]
    text = "\x00".join(parts).encode()
    digest = hashlib.blake2b(text, digest_size=5).digest()
    return f"{_LETTER[kind]}-{base64.b32encode(digest).decode().lower()}"


def local(names: LocalText, otherwise: str = "") -> Arg:
    """A name that is data, written in the reader's language."""
    found = {language: names.get(language) or otherwise for language in LANGUAGES}
    return Arg(name="", kind="names", text=names.get("en") or otherwise, names=found)


def named(administrations: Iterable[Administration]) -> Arg:
    """The names of administrations, with commas, in the reader's language."""
    listed = tuple(administrations)
    found = {
        language: ", ".join(one.name(language) for one in listed)
        for language in LANGUAGES
    }
    return Arg(name="", kind="names", text=found["en"], names=found)
