"""Where the services asked in a needs round stand: needs, none, or silent."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.model import NeedStatus, ServiceAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from jointbuy.model import AskedService, Need, NeedsRound


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """What one service answered in a round, counted with its new needs.

    `answer` is None while it is silent; `needs` are the ids of those it opened since
    the round began, `undated` those among them of which no year is known.
    `contradicted`: it said none, and has opened needs since.
    """

    round: str
    administration: str
    service: str = ""
    contact: str = ""
    answer: ServiceAnswer | None = None
    answered_on: date | None = None
    answered_by: str = ""
    needs: tuple[str, ...] = ()
    due: date | None = None
    note: str = ""
    contradicted: bool = False
    undated: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nothing was heard of it."""
        return self.answer is None

    @property
    def id(self) -> str:
        """The id of its deadline, under which reminders are kept."""
        return answer_id(self.round, self.administration, self.service)


def answer_id(round_: str, administration: str, service: str = "") -> str:
    """The id of the deadline by which a service answers."""
    bits = ("round_answer", round_, plainly(service).replace(" ", "-"), administration)
    return ":".join(bit for bit in bits if bit)


def plainly(text: str) -> str:
    """A name of a service as it is compared: small, without accents or marks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", " ", kept).strip()


def year_of(need: Need) -> int | None:
    """The year a need is for: that of its budget, else of its first day; or None."""
    day = need.earliest or need.latest
    return need.budget_year or (day.year if day else None)


def service_states(
    round_: NeedsRound, fresh: Iterable[Need] = ()
) -> tuple[ServiceState, ...]:
    """The state of each service asked, in their order.

    `fresh` are the needs opened since the round began: a service with one of them for
    the year of the round, or for no known year, has answered, whatever was noted. A
    need belongs to the service it names, else to that of its contact person, else to
    the administration as a whole.
    """
    found = _of_services(round_, fresh)
    return tuple(
        _state(round_, asked, found.get(index, []))
        for index, asked in enumerate(round_.services)
    )


def _of_services(round_: NeedsRound, fresh: Iterable[Need]) -> dict[int, list[Need]]:
    by_name: dict[tuple[str, str], int] = {}
    by_contact: dict[tuple[str, str], int] = {}
    for index, asked in enumerate(round_.services):
        by_name[asked.administration, plainly(asked.service)] = index
        if asked.contact:
            by_contact.setdefault((asked.administration, asked.contact), index)
    found: dict[int, list[Need]] = {}
    for need in fresh:
        if need.status not in {NeedStatus.OPEN, NeedStatus.SETTLED}:
            continue
        if round_.year and year_of(need) not in {None, round_.year}:
            continue
        who = need.administration
        for place in (
            by_name.get((who, plainly(need.service))) if need.service else None,
            by_contact.get((who, need.contact)),
            by_name.get((who, "")),
        ):
            if place is not None:
                found.setdefault(place, []).append(need)
                break
    return found


def _state(
    round_: NeedsRound, asked: AskedService, needs: Sequence[Need]
) -> ServiceState:
    return ServiceState(
        round=round_.id,
        administration=asked.administration,
        service=asked.service,
        contact=asked.contact,
        answer=ServiceAnswer.NEEDS if needs else asked.answer,
        answered_on=asked.answered_on,
        answered_by=asked.answered_by,
        needs=tuple(need.id for need in needs),
        due=round_.due,
        note=asked.note,
        contradicted=bool(needs) and asked.answer is ServiceAnswer.NONE,
        undated=tuple(n.id for n in needs if round_.year and year_of(n) is None),
    )


def silent(
    rounds: Iterable[NeedsRound],
    fresh: Mapping[str, Sequence[Need]] | None = None,
) -> tuple[ServiceState, ...]:
    """The services of open rounds of which nothing was heard, by day.

    `fresh` gives by round the needs opened since it began. A round that was closed, or
    that has no last day, asks for nothing.
    """
    return tuple(sorted(_silent(rounds, fresh or {}), key=lambda each: str(each.due)))


def _silent(
    rounds: Iterable[NeedsRound], fresh: Mapping[str, Sequence[Need]]
) -> Iterator[ServiceState]:
    for round_ in rounds:
        if round_.closed_on is None and round_.due is not None:
            states = service_states(round_, fresh.get(round_.id, ()))
            yield from (each for each in states if each.silent)
