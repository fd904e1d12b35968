"""How the needs of a proposal differ today from those that a choice was made on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import euro, say, word
from jointbuy.l10n import format as written
from jointbuy.model import NeedStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Arg, Message
    from jointbuy.model import Dossier, Need

UNKNOWN = word("not known")


def _text(text: str) -> Arg | str:
    return text or UNKNOWN


def _amount(amount: Decimal | None) -> Arg:
    return UNKNOWN if amount is None else euro(amount)


def _quantity(need: Need) -> Arg | str:
    if need.quantity is None:
        return UNKNOWN
    return f"{written.number(need.quantity)} {need.unit}".strip()


def _plain(value: date | int | None) -> Arg | date | int:
    return UNKNOWN if value is None else value


COMPARED: tuple[tuple[Arg, Callable[[Need], Arg | str | int | date]], ...] = (
    (word("title"), lambda need: _text(need.title)),
    (word("estimate excluding VAT"), lambda need: _amount(need.estimate)),
    (word("quantity"), _quantity),
    (word("earliest start"), lambda need: _plain(need.earliest)),
    (word("latest start"), lambda need: _plain(need.latest)),
    (word("duration in months"), lambda need: _plain(need.duration_months)),
    (word("CPV code"), lambda need: _text(need.cpv)),
)
"""What is compared of each need, and how it is written."""


def changes_since(dossier: Dossier, needs: Mapping[str, Need]) -> Iterator[Message]:
    """What happened to the needs since the last choice.

    Where the needs were not kept with the choice, only their sum can be compared.
    """
    kept = {need.id: need for need in dossier.needs}
    for id_ in dossier.candidate.needs:
        before, now = kept.get(id_), needs.get(id_)
        name = (before or now).title if before or now else id_  # type: ignore[union-attr]
        if now is None:
            yield say("“{need}” is no longer in the register.", need=name)
        elif now.status is not NeedStatus.OPEN:
            yield _left(now.status, name)
        elif before is not None:
            yield from _differences(before, now)
    if not kept:
        yield from _sum(dossier, needs)


def _left(status: NeedStatus, name: str) -> Message:
    if status is NeedStatus.WITHDRAWN:
        return say("“{need}” was withdrawn.", need=name)
    if status is NeedStatus.SETTLED:
        return say("“{need}” is settled.", need=name)
    return say("“{need}” became a draft again.", need=name)


def _differences(before: Need, now: Need) -> Iterator[Message]:
    for what, read in COMPARED:
        old, new = read(before), read(now)
        if old != new:
            yield say(
                "“{need}”, {what}: {old} before, {new} now.",
                need=before.title,
                what=what,
                old=old,
                new=new,
            )


def _sum(dossier: Dossier, needs: Mapping[str, Need]) -> Iterator[Message]:
    old = dossier.candidate.estimate
    known = [needs[id_].estimate for id_ in dossier.candidate.needs if id_ in needs]
    new = sum(one for one in known if one is not None)
    if old is not None and old != new:
        yield say(
            "The estimates of its needs add up to {new} now, {old} before.",
            old=euro(old),
            new=euro(new + 0 * old),
        )
