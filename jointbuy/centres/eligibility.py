"""Whether a framework agreement names an administration among those it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say

if TYPE_CHECKING:
    from jointbuy.model import (
        Administration,
        AdministrationKind,
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
) -> Identified:
    """Whether the framework identifies the administration, by name or by category.

    A name settles it. A closed category (kinds, regions or both) must hold in full.
    Where the framework says nothing, nobody is identified and the answer is unknown,
    unless the centre does not serve the administration at all.
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
        return _by_category(framework, administration, name)
    if framework.beneficiaries:
        return Identified(
            answer=Known.NO,
            why=say(
                "{administration} is not among the named beneficiaries.",
                administration=name,
            ),
        )
    if centre is not None and may_join(centre, administration) is Known.NO:
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


def may_join(centre: PurchasingCentre, administration: Administration) -> Known:
    """Whether the centre serves such administrations; unknown when it does not say."""
    if not centre.kinds and not centre.regions:
        return Known.UNKNOWN
    return _belongs(centre.kinds, centre.regions, administration)


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
