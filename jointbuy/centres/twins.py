"""Whether the adhesions of several administrations say the same, point by point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Message
    from jointbuy.model import Adhesion


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One point on which twins differ, with what each says, by the id of the adhesion.

    `field` is the point: a field of the adhesion, or `reservation` or `trigger` for one
    that some have and others have not. A value is None where the adhesion lacks it.
    """

    field: str
    label: Message
    values: Mapping[str, str | date | Decimal | None]


_POINTS: tuple[tuple[str, Message], ...] = (
    ("centre", say("Purchasing centre")),
    ("programme", say("Programme")),
    ("domain", say("Domain")),
    ("status", say("State")),
    ("text", say("Common draft")),
    ("due", say("Due")),
    ("budget", say("Cost presented")),
    ("cost", say("Cost known now")),
)
"""What is one and the same in twin decisions.

Bodies, numbers and the days of the decision and of the convention are each one's own.
"""


def differences(twins: Sequence[Adhesion]) -> tuple[Difference, ...]:
    """Every point on which they are not the same, the plain ones first.

    Texts are compared without regard to spacing and capitals. A reservation that stands
    in all of them, but elsewhere in each decision, differs by its place.
    """
    found = []
    for name, label in _POINTS:
        values = {each.id: _value(each, name) for each in twins}
        if len({_folded(value) for value in values.values()}) > 1:
            found.append(Difference(field=name, label=label, values=values))
    found += _set_apart(
        twins,
        "reservation",
        say("Reservation"),
        lambda each: {r.text: r.place for r in each.reservations},
    )
    found += _set_apart(
        twins, "trigger", say("Trigger"), lambda each: dict.fromkeys(each.triggers, "")
    )
    return tuple(found)


def _value(adhesion: Adhesion, name: str) -> str | date | Decimal | None:
    value = getattr(adhesion, name)
    if name == "status":
        return str(value.name)
    return value or None if isinstance(value, str) else value


def _folded(value: object) -> object:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _set_apart(
    twins: Sequence[Adhesion],
    field: str,
    label: Message,
    texts: Callable[[Adhesion], Mapping[str, str]],
) -> list[Difference]:
    """The texts that some lack, and those that stand at different places."""
    own = {
        each.id: {_folded(text): (text, place) for text, place in texts(each).items()}
        for each in twins
    }
    every = dict.fromkeys(key for each in own.values() for key in each)
    found = []
    for key in every:
        having = {id_: known[key] for id_, known in own.items() if key in known}
        if len(having) < len(own):
            values = {id_: known.get(key, (None, ""))[0] for id_, known in own.items()}
            found.append(Difference(field=field, label=label, values=values))
        elif len({_folded(place) for _, place in having.values()}) > 1:
            text = next(iter(having.values()))[0]
            found.append(
                Difference(
                    field=f"{field}_place",
                    label=say("Place of “{text}”", text=text),
                    values={id_: place or None for id_, (_, place) in having.items()},
                )
            )
    return found
