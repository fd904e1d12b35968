"""A centre's call for interest as it is noted in one go: who asks, what, until when."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.centres.phase import Phase, phase
from jointbuy.errors import Problem, named, say
from jointbuy.intake.call import Call
from jointbuy.intake.entries import after_launch, parse_record
from jointbuy.intake.field_reading import slug
from jointbuy.intake.parties import CLOSE
from jointbuy.intake.text import fold
from jointbuy.model import (
    Administration,
    FrameworkAgreement,
    Interest,
    LocalText,
    PurchasingCentre,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

TO_COME = (
    Phase.ANNOUNCED,
    Phase.INTEREST_OPEN,
    Phase.INTEREST_CLOSED,
    Phase.UNKNOWN,
)
"""Phases of a framework that a call for interest may still be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The framework a call is about, the centre if it is new, and what was asked.

    `before` is what the register holds of this framework, None where nothing.
    """

    call: Call
    framework: FrameworkAgreement
    before: FrameworkAgreement | None = None
    centre: PurchasingCentre | None = None


def parse_call(
    cells: Mapping[str, str],
    *,
    administrations: Mapping[str, Administration],
    centres: Mapping[str, PurchasingCentre],
    frameworks: Mapping[str, FrameworkAgreement],
    interests: Mapping[str, Interest],
    on: date,
    home: str = "",
    language: str = "fr",
) -> tuple[Noted | None, tuple[Problem, ...]]:
    """What a call comes to, and every problem found.

    `home` is the administration where none is named. A centre nobody knows is made; a
    framework to come that the centre announced already under that title is taken up.
    """
    typed = {cell: text for cell, text in cells.items() if text.strip()}
    if home and "administration" not in typed:
        typed["administration"] = home
    centre, new, remarks = _centre(typed.get("centre", ""), centres, language)
    if centre is not None:
        typed["centre"] = centre.id
        centres = {**centres, centre.id: centre}
    known: dict[type, Mapping[str, Any]] = {
        Administration: administrations,
        PurchasingCentre: centres,
        Call: frameworks,
    }
    call, problems = parse_record(
        Call,
        None,
        typed,
        known=known,
        on=on,
        language=language,
    )
    found = [*remarks, *problems]
    noted = None
    if call is not None:
        noted = _noted(call, frameworks, on, language)
        if new:
            noted = replace(noted, centre=centre)
        found += _faults(noted, typed, interests)
    return noted, tuple(found)


def _centre(
    text: str, centres: Mapping[str, PurchasingCentre], language: str
) -> tuple[PurchasingCentre | None, bool, tuple[Problem, ...]]:
    """The centre that is meant, made if nobody knows it; whether it is new."""
    wanted = fold(text) or text.strip()
    if not wanted:
        return None, False, ()
    spelt: dict[str, PurchasingCentre] = {}
    for centre in centres.values():
        for name in _spellings(centre):
            spelt.setdefault(fold(name) or name, centre)
    if text.strip() in centres or wanted in spelt:
        return centres.get(text.strip()) or spelt[wanted], False, ()
    stem, count = slug(text) or "centre", 1
    id_ = stem
    while id_ in centres:
        count += 1
        id_ = f"{stem}-{count}"
    name = " ".join(text.split())
    made = PurchasingCentre(id=id_, names=LocalText(**{language: name}))
    near = difflib.get_close_matches(wanted, spelt, n=1, cutoff=CLOSE)
    like = spelt[near[0]] if near else None
    return made, True, (_new_centre(name, like),)


def _spellings(centre: PurchasingCentre) -> Iterator[str]:
    yield centre.id
    yield from centre.names.as_dict().values()
    yield from (alias.name for alias in centre.aliases)


def _new_centre(name: str, like: PurchasingCentre | None) -> Problem:
    if like is None:
        message = say(
            "There is no purchasing centre “{text}” yet: it is added, to be completed.",
            text=name,
        )
    else:
        message = say(
            "There is no purchasing centre “{text}” yet: it is added. If {near} is "
            "meant, choose that one.",
            text=name,
            near=named(like.names, like.id),
        )
    return Problem(field="centre", value=name, message=message, blocking=False)


def _noted(
    call: Call,
    frameworks: Mapping[str, FrameworkAgreement],
    on: date,
    language: str,
) -> Noted:
    """The call with its framework, announced already or new."""
    for before in frameworks.values():
        titles = {fold(text) for text in before.title.as_dict().values()}
        same = before.centre == call.centre and fold(call.title) in titles
        if same and phase(before, on) in TO_COME:
            filled = replace(
                before,
                interest_deadline=before.interest_deadline or call.deadline,
                launch=before.launch or call.launch,
            )
            call = replace(call, id=before.id)
            return Noted(call=call, framework=filled, before=before)
    made = FrameworkAgreement(
        id=call.id,
        centre=call.centre,
        title=LocalText(**{language: call.title}),
        interest_deadline=call.deadline,
        launch=call.launch,
        seen_on=on,
    )
    return Noted(call=call, framework=made)


def _faults(
    noted: Noted, typed: Mapping[str, str], interests: Mapping[str, Interest]
) -> Iterator[Problem]:
    """What does not go with what the register holds already."""
    call, framework = noted.call, noted.framework
    if noted.before is not None:
        held = (
            ("deadline", noted.before.interest_deadline, call.deadline),
            ("launch", noted.before.launch, call.launch),
        )
        for cell, kept, day in held:
            if kept is not None and day is not None and kept != day:
                yield Problem(
                    field=cell,
                    value=typed.get(cell, ""),
                    message=say(
                        "“{title}” is in the register already, with {day} here: "
                        "correct the day, or that of the framework agreement.",
                        title=call.title,
                        day=kept,
                    ),
                )
        if call.answered is None and _asked(call, interests):
            yield Problem(
                field="title",
                value=call.title,
                message=say(
                    "This call is in the register already: add the answer, or leave "
                    "it as it is."
                ),
            )
    closing = framework.interest_deadline
    if closing is None and "deadline" not in typed:
        yield Problem(
            field="deadline",
            message=say(
                "No last day to mark interest is given: ask the centre for it, since "
                "an answer that comes too late does not count."
            ),
            blocking=False,
        )
    launch, both = framework.launch, {"deadline", "launch"} <= typed.keys()
    if closing is not None and launch is not None and closing > launch and not both:
        cell = "launch" if "launch" in typed else "deadline"
        yield Problem(
            field=cell,
            value=typed.get(cell, ""),
            message=after_launch(closing, launch),
        )


def _asked(call: Call, interests: Mapping[str, Interest]) -> bool:
    return any(
        (each.framework, each.administration) == (call.id, call.administration)
        and each.asked_on is not None
        for each in interests.values()
    )
