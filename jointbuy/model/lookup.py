"""The record a person means by an id, the beginning of one, or a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from jointbuy.errors import Arg, NotFound, say
from jointbuy.model.parties import LocalText

V = TypeVar("V")

SEVERAL = 8


def find(text: str, known: Mapping[str, V], what: Arg) -> V:
    """The value meant: by its whole id, its name, or what only one id begins with.

    Raises:
        NotFound: nothing answers to it (the nearest ids are named), or several do.
    """
    if text in known:
        return known[text]
    wanted = text.strip().casefold()
    by_name = [id_ for id_, value in known.items() if wanted in _names(value)]
    begins = [id_ for id_ in known if wanted and id_.casefold().startswith(wanted)]
    for found in (by_name, begins):
        if len(found) == 1:
            return known[found[0]]
    several = by_name or begins
    if several:
        raise NotFound(
            say(
                "“{text}” can be more than one {what}: {several}.",
                text=text,
                what=what,
                several=", ".join(sorted(several)[:SEVERAL]),
            )
        )
    from difflib import get_close_matches

    near = get_close_matches(wanted, list(known), n=3, cutoff=0.6)
    if near:
        raise NotFound(
            say(
                "There is no {what} “{text}”. Did you mean {near}?",
                what=what,
                text=text,
                near=", ".join(near),
            )
        )
    raise NotFound(say("There is no {what} “{text}”.", what=what, text=text))


def _names(value: object) -> set[str]:
    """What it is or was called: its names or title in any language."""
    found: set[str] = set()
    for field in ("names", "title", "name"):
        text = getattr(value, field, None)
        if isinstance(text, LocalText):
            found |= {name.casefold() for name in text.as_dict().values()}
        elif isinstance(text, str):
            found.add(text.casefold())
    found |= {alias.name.casefold() for alias in getattr(value, "aliases", ())}
    return found - {""}
