"""What a field shows for what is typed in it: records by name, lines in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.l10n.visible import on_one_line
from jointbuy.tui.speech import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.intake.fields import Field

Option = tuple[str, str]

RETURN = "↵"
"""How the end of a line is written in a field of one line."""
BETWEEN = "; "

MANY = frozenset({"IDS", "CHOICES", "LANGUAGES"})
"""Sorts of which several options can be chosen."""
LONG = frozenset(
    {
        "LINES",
        "LOTS",
        "TEXTS",
        "RESERVATIONS",
        "ALIASES",
        "CONDITIONS",
        "DOMAINS",
        "REOPENINGS",
    }
)
"""Sorts whose text may be long."""
CODES = frozenset({"CPV", "CPVS"})


def several(field: Field) -> bool:
    """Whether more than one option can be chosen."""
    return field.sort.name in MANY


def is_long(field: Field) -> bool:
    """Whether its text may run over several lines."""
    return field.sort.name in LONG


def is_day(field: Field) -> bool:
    """Whether a day is typed in it."""
    return field.sort.name == "DAY"


def is_days(field: Field) -> bool:
    """Whether several days are typed in it, with commas between them."""
    return field.sort.name in {"SESSIONS", "CANCELLED"}


def is_code(field: Field) -> bool:
    """Whether CPV codes are typed in it."""
    return field.sort.name in CODES


def in_one_line(field: Field, text: str) -> str:
    """The text as a field of one line can show it, without what steers a terminal."""
    if is_long(field):
        text = text.replace("\r\n", "\n").replace("\n", RETURN)
    return on_one_line(text)


def shown(field: Field, cell: str, options: Sequence[Option]) -> str:
    """What stands in the field for a cell: names for ids."""
    names = dict(options)
    if several(field):
        return BETWEEN.join(names.get(each, each) for each in pieces(cell))
    return in_one_line(field, names.get(cell, cell))


def meant(field: Field, text: str, options: Sequence[Option]) -> str:
    """The cell that is meant by what stands in the field."""
    ids = {folded(name): typed for typed, name in options}

    def one(piece: str) -> str:
        return ids.get(folded(piece.strip()), piece)

    if several(field):
        return BETWEEN.join(one(each) for each in pieces(text))
    if options:
        return one(text)
    return text.replace(RETURN, "\n") if is_long(field) else text


def pieces(text: str) -> list[str]:
    """The parts of a text that are separated by semicolons."""
    return [each.strip() for each in text.split(";") if each.strip()]


def completed(text: str, options: Sequence[Option], *, new: bool = False) -> str:
    """The one option that begins so, else the one that has all these words.

    A text that may also name something new is completed by its whole name only.
    """
    wanted = folded(text.strip())
    names = [name for _, name in options]
    if not wanted:
        return text
    same = [name for name in names if folded(name) == wanted]
    if same or new:
        return same[0] if same else text
    begins = [name for name in names if folded(name).startswith(wanted)]
    if not begins:
        words = wanted.split()
        begins = [name for name in names if all(w in folded(name) for w in words)]
    return begins[0] if len(begins) == 1 else text


def translated(
    field: Field, cell: str, before: Sequence[Option], after: Sequence[Option]
) -> str:
    """The cell with the words of choices in the language of `after`."""
    if field.kinds or len(before) != len(after):
        return cell
    words = {old: new for (old, _), (new, _) in zip(before, after, strict=True)}
    if several(field):
        return BETWEEN.join(words.get(each, each) for each in pieces(cell))
    return words.get(cell, cell)
