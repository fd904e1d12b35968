"""Whether a framework agreement, or its centre, is for an administration on a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, named, say
from jointbuy.model.party_words import ADMINISTRATION_KINDS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from jointbuy.model import (
        Administration,
        AdministrationKind,
        Condition,
        FrameworkAgreement,
        PurchasingCentre,
        Region,
    )


class Known(Enum):
    """What can be said: yes, no, or that nothing allows to say."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Whether an administration is identified as a user of a framework, and why."""

    answer: Known
    why: Message


def identified(
    framework: FrameworkAgreement,
    administration: Administration,
    centre: PurchasingCentre | None = None,
    on: date | None = None,
) -> Identified:
    """Whether the framework identifies the administration, by name or by category.

    A name settles it. A closed category (kinds, regions or both) must hold in full,
    and so must what the centre asks of its users on that day. Where the framework says
    nothing, nobody is identified and the answer is unknown, unless the centre does not
    serve the administration at all. Without a day only what holds always is looked at.
    """
    name = Arg(
        name="", kind="names", text=administration.id, names=_names(administration)
    )
    if administration.id in framework.beneficiaries:
        return Identified(
            answer=Known.YES,
            why=say(
                "{administration} is named among the beneficiaries.",
                administration=name,
            ),
        )
    if framework.kinds or framework.regions:
        found = _by_category(framework, administration, name)
        asked = admission(centre, administration, on) if centre is not None else None
        if asked is not None and asked.answer is not Known.YES:
            return found if found.answer is Known.NO else asked
        return found
    if framework.beneficiaries:
        return Identified(
            answer=Known.NO,
            why=say(
                "{administration} is not among the named beneficiaries.",
                administration=name,
            ),
        )
    if centre is not None and may_join(centre, administration, on) is Known.NO:
        asked = admission(centre, administration, on)
        if asked is not None and asked.answer is Known.NO:
            return asked
        return Identified(
            answer=Known.NO,
            why=say(
                "The centre does not serve administrations such as {administration}.",
                administration=name,
            ),
        )
    return Identified(
        answer=Known.UNKNOWN,
        why=say(
            "Nothing says for whom this framework agreement is: ask the centre for the "
            "notice or the specifications that name its users."
        ),
    )


def may_be_named(
    framework: FrameworkAgreement,
    administration: Administration,
    centre: PurchasingCentre | None = None,
    on: date | None = None,
) -> bool:
    """Whether only the names written so far leave it out: more can be named.

    As long as interest can be marked, that is; a closed category takes no names in.
    """
    named_only = bool(framework.beneficiaries) and not (
        framework.kinds or framework.regions
    )
    return named_only and (
        centre is None or may_join(centre, administration, on) is not Known.NO
    )


def _by_category(
    framework: FrameworkAgreement, administration: Administration, name: Arg
) -> Identified:
    answer = _belongs(framework.kinds, framework.regions, administration)
    if answer is Known.YES:
        why = say(
            "{administration} belongs to the category the framework agreement is for.",
            administration=name,
        )
    elif answer is Known.NO:
        why = say(
            "{administration} does not belong to the category the framework agreement "
            "is for.",
            administration=name,
        )
    else:
        why = say(
            "The kind or the region of {administration} is not recorded: complete it, "
            "to know whether it belongs to the category the framework agreement is "
            "for.",
            administration=name,
        )
    return Identified(answer=answer, why=why)


def may_join(
    centre: PurchasingCentre, administration: Administration, on: date | None = None
) -> Known:
    """Whether the centre serves such administrations on a day.

    Its regions and kinds, its territory and the conditions of the day must all hold;
    unknown when it says nothing.
    """
    found = []
    if centre.kinds or centre.regions:
        found.append(_belongs(centre.kinds, centre.regions, administration))
    if (asked := admission(centre, administration, on)) is not None:
        found.append(asked.answer)
    return _all_of(found) if found else Known.UNKNOWN


def admission(
    centre: PurchasingCentre, administration: Administration, on: date | None
) -> Identified | None:
    """What the territory and the conditions of a centre come to; None without any."""
    if not centre.territory and not centre.conditions:
        return None
    name = named(administration.names, administration.id)
    place = within(centre.territory, administration.territory)
    asked = conditions(centre.conditions, administration, on)
    if centre.conditions and asked is Known.NO:
        return Identified(answer=asked, why=_not_met(centre, name, asked, on))
    if place is Known.NO:
        return Identified(
            answer=place,
            why=say(
                "{administration} lies outside the territory that the centre serves "
                "({territory}).",
                administration=name,
                territory=", ".join(centre.territory),
            ),
        )
    if centre.conditions and asked is Known.UNKNOWN:
        return Identified(answer=asked, why=_not_met(centre, name, asked, on))
    if place is Known.UNKNOWN:
        return Identified(
            answer=place,
            why=say(
                "The centre serves a part of a region only ({territory}): record the "
                "NUTS code of {administration}, to know whether it lies in it.",
                administration=name,
                territory=", ".join(centre.territory),
            ),
        )
    return Identified(
        answer=Known.YES,
        why=say(
            "{administration} meets what the centre asks of its users.",
            administration=name,
        ),
    )


def _not_met(
    centre: PurchasingCentre, name: Arg, answer: Known, on: date | None
) -> Message:
    if answer is Known.NO:
        return say(
            "{administration} is not admitted: on that day {centre} admits only: "
            "{whom}.",
            administration=name,
            centre=named(centre.names, centre.id),
            whom=_whom(centre.conditions, on),
        )
    if any(_holds(each, on) for each in centre.conditions):
        return say(
            "The kind or the region of {administration} is not recorded: complete it, "
            "to know whether it meets what the centre asks of its users.",
            administration=name,
        )
    return say(
        "What {centre} asked of its users on that day is not known: ask it in writing.",
        centre=named(centre.names, centre.id),
    )


def _whom(asked: Iterable[Condition], on: date | None) -> Message | Arg:
    """The regions and kinds that the conditions of the day name, listed."""
    words = [
        word_
        for each in asked
        if _holds(each, on)
        for word_ in (
            *(REGIONS[region] for region in each.regions),
            *(ADMINISTRATION_KINDS[kind] for kind in each.kinds),
        )
    ]
    found: Message | Arg = words[0] if words else named({})
    for each in words[1:]:
        found = say("{one}, {other}", one=found, other=each)
    return found


def within(territories: Sequence[str], place: str) -> Known | None:
    """Whether a NUTS code lies in one of them; None where there are none."""
    if not territories:
        return None
    if place and any(place.startswith(each) for each in territories):
        return Known.YES
    if not place or any(each.startswith(place) for each in territories):
        return Known.UNKNOWN
    return Known.NO


def conditions(
    asked: Iterable[Condition], administration: Administration, on: date | None
) -> Known:
    """Whether the conditions known for that day admit an administration.

    Unknown where none is known for that day: one that was seen later says nothing of
    the time before it.
    """
    return _all_of(
        _belongs(each.kinds, each.regions, administration)
        for each in asked
        if _holds(each, on)
    )


def _holds(condition: Condition, on: date | None) -> bool:
    if on is None:
        return condition.period.start is None and condition.period.end is None
    return condition.period.holds(on)


def _all_of(answers: Iterable[Known]) -> Known:
    """The worst of the answers; unknown where there is none."""
    found = set(answers)
    for answer in (Known.NO, Known.UNKNOWN):
        if answer in found:
            return answer
    return Known.YES if found else Known.UNKNOWN


def _belongs(
    kinds: tuple[AdministrationKind, ...],
    regions: tuple[Region, ...],
    administration: Administration,
) -> Known:
    unknown = False
    if kinds:
        if administration.kind is None:
            unknown = True
        elif administration.kind not in kinds:
            return Known.NO
    if regions:
        if administration.region is None:
            unknown = True
        elif administration.region not in regions:
            return Known.NO
    return Known.UNKNOWN if unknown else Known.YES


def _names(administration: Administration) -> dict[str, str]:
    names = administration.names
    found = {"fr": names.fr, "nl": names.nl, "de": names.de, "en": names.en}
    return {language: text for language, text in found.items() if text}
