"""How administrations, their bodies and agreements are named in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg
from jointbuy.law import organ

if TYPE_CHECKING:
    from jointbuy.model import Administration, CompetentBody, LocalText


def named(names: LocalText, otherwise: str) -> Arg:
    """A name in the reader's language; `otherwise` where there is none."""
    known = {"fr": names.fr, "nl": names.nl, "de": names.de, "en": names.en}
    filled = {language: text for language, text in known.items() if text}
    text = names.get("en") or otherwise
    return Arg(name="", kind="names" if filled else "text", text=text, names=filled)


def administration_name(administration: Administration) -> Arg:
    """The administration, or its id where it has no name yet."""
    return named(administration.names, administration.id)


def body_name(administration: Administration, body: CompetentBody) -> Arg:
    """The body by its own name, else as bodies of its kind are called."""
    if body.names.get("en"):
        return named(body.names, body.kind.value)
    return organ(administration.kind, body.kind)
