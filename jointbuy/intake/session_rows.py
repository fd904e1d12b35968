"""Sessions as they are listed in a file: a day, and whose it is where the file says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jointbuy.errors import Message, Problem, say
from jointbuy.intake.choices import parse_cancelled, parse_choice
from jointbuy.intake.days import parse_day
from jointbuy.intake.habits import habits_of, mixed_columns
from jointbuy.intake.parties import Administrations
from jointbuy.intake.row import refused, shown
from jointbuy.intake.text import clean
from jointbuy.model import BodyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jointbuy.intake.habits import Habit
    from jointbuy.intake.row import Row
    from jointbuy.model import Administration

DAYS = {"day": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSession:
    """A session that a file gives, or says is cancelled."""

    administration: str
    body: BodyKind
    day: date
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSessions:
    """The sessions understood, each once, and every problem; `doubles` came twice."""

    sessions: tuple[ListedSession, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubles: int = 0

    @property
    def refused_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that were not taken."""
        return refused(self.problems)


def parse_sessions(
    rows: Iterable[Row],
    *,
    administrations: Sequence[Administration],
    home: str = "",
    body: BodyKind | None = None,
    language: str = "fr",
) -> ParsedSessions:
    """The sessions in these rows, refused one by one.

    `home` is the id of the administration and `body` the body of rows that name none.
    """
    rows = list(rows)
    habits = habits_of(rows, amounts=(), days=DAYS)
    found = _Listing(
        parties=Administrations(administrations, language=language),
        home=home,
        body=body,
        habits=habits,
    )
    kept: dict[ListedSession, None] = {}
    doubles = 0
    for row in rows:
        session = found.take(row)
        if session is None:
            continue
        doubles += session in kept
        kept[session] = None
    return ParsedSessions(
        sessions=tuple(kept),
        problems=(*mixed_columns(rows, habits), *found.problems),
        doubles=doubles,
    )


@dataclass(slots=True, kw_only=True)
class _Listing:
    """The rows of one list while they are read."""

    parties: Administrations
    home: str
    body: BodyKind | None
    habits: Mapping[tuple[str, str], Habit]
    problems: list[Problem] = field(default_factory=list)

    def _say(
        self, row: Row, name: str, message: Message, *, blocking: bool = True
    ) -> None:
        self.problems.append(
            Problem(
                row=row.number,
                field=name,
                column=row.columns.get(name, ""),
                value=shown(row.cells.get(name, "")),
                message=message,
                blocking=blocking,
            )
        )

    def take(self, row: Row) -> ListedSession | None:
        """The session of a row; None where anything about it is refused."""
        day = self._day(row)
        who = self._administration(row)
        body = self._body(row)
        cancelled = parse_cancelled(row.cells.get("cancelled", ""))  # type: ignore[arg-type]
        if cancelled.fault is not None:
            self._say(row, "cancelled", cancelled.fault)
        if day is None or not who or body is None or cancelled.fault is not None:
            return None
        return ListedSession(
            administration=who, body=body, day=day, cancelled=bool(cancelled.value)
        )

    def _day(self, row: Row) -> date | None:
        cell = row.cells.get("day", "")
        parsed = parse_day(clean(cell)[0] if isinstance(cell, str) else cell)
        if parsed.fault is not None:
            self._say(row, "day", parsed.fault)
            return None
        if parsed.value is None:
            self._say(row, "day", say("The day of the session is missing."))
            return None
        if parsed.reading == "stretch":
            self._say(
                row,
                "day",
                say("“{text}” is not one day: write the day of the session.",
                    text=shown(cell)),
            )  # fmt: skip
            return None
        habit = self.habits.get((row.origin, "day"))
        if habit is not None and habit.doubtful and parsed.reading == "either":
            self._say(
                row,
                "day",
                say(
                    "Other days of this column have the month first: write this one "
                    "with the name of the month, such as 3 April 2027."
                ),
            )
            return None
        for remark in parsed.remarks:
            self._say(row, "day", remark, blocking=False)
        return parsed.value

    def _administration(self, row: Row) -> str:
        text = clean(shown(row.cells.get("administration", "")))[0]
        if not text:
            if not self.home:
                self._say(
                    row,
                    "administration",
                    say(
                        "It does not say whose session it is: fill in the "
                        "administration, or give it with --administration."
                    ),
                )
            return self.home
        match = self.parties.find(text)
        if match.administration is None or match.created:
            self._say(
                row,
                "administration",
                match.fault
                or say(
                    "“{text}” is not a known administration: add it first, or correct "
                    "the name.",
                    text=text,
                ),
            )
            return ""
        return match.administration.id

    def _body(self, row: Row) -> BodyKind | None:
        text = clean(shown(row.cells.get("body", "")))[0]
        parsed = parse_choice(BodyKind, text)
        if parsed.fault is not None:
            self._say(row, "body", not_a_body(text))
            return None
        if parsed.value is None and self.body is None:
            self._say(
                row,
                "body",
                say(
                    "It does not say which body meets: fill in council or executive, "
                    "or give it with --body."
                ),
            )
        return parsed.value or self.body


def not_a_body(text: str) -> Message:
    """What to say of a text that names no body."""
    return say(
        "“{text}” is not a body: write council or executive (conseil, collège; raad, "
        "college; Rat, Kollegium).",
        text=text,
    )
