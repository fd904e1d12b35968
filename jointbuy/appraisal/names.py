"""The participants by name, in the language of whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES = ("fr", "nl", "de", "en")


def listed(ids: Iterable[str], called: Mapping[str, Arg]) -> Arg:
    """Several names, with commas."""
    args = [called[id_] for id_ in ids]
    return Arg(
        name="",
        kind="names",
        text=", ".join(map(str, args)),
        names={
            language: ", ".join(_name(arg, language) for arg in args)
            for language in LANGUAGES
        },
    )


def _name(arg: Arg, language: str) -> str:
    """Its name in that language, else the first it has, else its id."""
    return arg.names.get(language) or next(iter(arg.names.values()), arg.text)
