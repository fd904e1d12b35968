"""An administration as somebody typed it, field by field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, NotFound, Problem, Refused, say, word
from jointbuy.intake.choices import parse_kind, parse_region
from jointbuy.intake.days import parse_day
from jointbuy.intake.text import clean
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    CompetentBody,
    EnterpriseNumber,
    NutsCode,
    Region,
)
from jointbuy.model.lookup import find

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from jointbuy.intake.text import Parsed

LANGUAGES = ("fr", "nl", "de", "en")

FIELDS = (
    *LANGUAGES,
    "kind",
    "region",
    "territory",
    "postcode",
    "languages",
    "enterprise_number",
    "neighbours",
    "belongs_to",
    "council",
    "executive",
)
"""What can be typed; the languages are names, the bodies the days they meet."""


def parse_administration(
    before: Administration,
    cells: Mapping[str, str],
    *,
    known: Mapping[str, Administration],
    on: date,
) -> tuple[Administration, tuple[Problem, ...]]:
    """The administration with what was typed, and everything that was not taken.

    A field that is not in `cells` stays; an empty one is emptied.
    """
    reading = _Reading(before, known, on)
    for name, text in cells.items():
        reading.take(name, clean(text)[0].strip())
    return reading.made, tuple(reading.problems)


class _Reading:
    """One administration being read, with the faults found so far."""

    def __init__(
        self, made: Administration, known: Mapping[str, Administration], on: date
    ) -> None:
        self.made = made
        self.known = known
        self.on = on
        self.problems: list[Problem] = []

    def take(self, name: str, text: str) -> None:
        """One field."""
        if name in LANGUAGES:
            self._set(names=replace(self.made.names, **{name: text}))
        elif name == "kind":
            self._choice("kind", AdministrationKind, parse_kind, text)
        elif name == "region":
            self._choice("region", Region, parse_region, text)
        elif name == "territory":
            self._checked("territory", NutsCode.validate, text)
        elif name == "enterprise_number":
            self._checked("enterprise_number", EnterpriseNumber.validate, text)
        elif name == "languages":
            self._languages(text)
        elif name in {"neighbours", "belongs_to"}:
            self._ids(name, text)
        elif name in {"council", "executive"}:
            self._sessions(BodyKind[name.upper()], name, text)
        else:
            self._set(**{name: text})

    def _set(self, **fields: Any) -> None:  # noqa: ANN401
        self.made = replace(self.made, **fields)

    def _fault(self, name: str, text: str, message: Message) -> None:
        self.problems.append(Problem(field=name, value=text, message=message))

    def _choice(
        self,
        name: str,
        kind: type[AdministrationKind | Region],
        read: Callable[[str], Parsed[Any]],
        text: str,
    ) -> None:
        """The name of a member as it stands in the model, or a word for it."""
        wanted = text.upper().replace("-", "_").replace(" ", "_")
        if wanted in kind.__members__:
            self._set(**{name: kind[wanted]})
            return
        parsed = read(text)
        if parsed.fault is not None:
            self._fault(name, text, parsed.fault)
        else:
            self._set(**{name: parsed.value})

    def _checked(self, name: str, validate: Callable[[str], str], text: str) -> None:
        try:
            self._set(**{name: validate(text) if text else ""})
        except Refused as error:
            self._fault(name, text, error.message)

    def _languages(self, text: str) -> None:
        codes = tuple(code.lower() for code in _split(text))
        wrong = [code for code in codes if code not in LANGUAGES]
        if wrong:
            allowed = ", ".join(LANGUAGES)
            self._fault(
                "languages",
                text,
                say("“{text}” is none of: {allowed}.", text=wrong[0], allowed=allowed),
            )
        else:
            self._set(languages=tuple(dict.fromkeys(codes)))

    def _ids(self, name: str, text: str) -> None:
        ids = []
        for part in _split(text):
            try:
                ids.append(find(part, self.known, word("administration")).id)
            except NotFound as error:
                self._fault(name, part, error.message)
        if self.made.id in ids:
            self._fault(
                name, text, say("An administration is not a neighbour of itself.")
            )
        self._set(**{name: tuple(dict.fromkeys(ids))})

    def _sessions(self, kind: BodyKind, name: str, text: str) -> None:
        days = []
        for part in _split(text):
            parsed = parse_day(part, on=self.on)
            if parsed.value is not None:
                days.append(parsed.value)
            elif parsed.fault is not None:
                self._fault(name, part, parsed.fault)
        bodies = {body.kind: body for body in self.made.bodies}
        body = bodies.get(kind, CompetentBody(kind=kind))
        bodies[kind] = replace(body, sessions=tuple(sorted(set(days))))
        self._set(bodies=tuple(bodies[each] for each in BodyKind if each in bodies))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
