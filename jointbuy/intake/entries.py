"""One record as somebody typed it, field by field, with everything wrong at once."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy.errors import Arg, Message, Problem, euro, say
from jointbuy.intake.call import Call
from jointbuy.intake.field_reading import CALENDAR, read, slug, with_calendar
from jointbuy.intake.fields import Around, Field, Sort, cleaned
from jointbuy.intake.forms import FORMS, field_of
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    AdhesionStatus,
    Administration,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    FrameworkLot,
    LocalText,
    Need,
    NeedsRound,
    Order,
    OwnValue,
    Programme,
    PurchasingCentre,
    Reminder,
    UseDecision,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping
    from datetime import date

    from jointbuy.model import Record

R = TypeVar("R", bound="Record | Call")

HUNDRED = Decimal(100)

_POSTCODE = re.compile(r"(?:B(?:E)?[ -]?)?([1-9][0-9]{3})", re.IGNORECASE)


def parse_record(
    kind: type[R],
    before: R | None,
    cells: Mapping[str, str],
    *,
    known: Mapping[type, Mapping[str, Record]],
    on: date,
    language: str = "fr",
    codes: Container[str] | None = None,
) -> tuple[R | None, tuple[Problem, ...]]:
    """The record with what was typed, and every problem found.

    A field that is not in `cells` stays; an empty one is emptied. A new record takes
    its id from the cell `id`, else from what it joins together. It is None where too
    little was understood to make one. `known` holds the records that ids may name,
    `codes` the official CPV codes where they are installed, and `language` is that of
    the titles of lots.
    """
    identifier = cells.get("id", "").strip() if before is None else ""
    start = {"id": identifier} if before is None else _values(before)
    reading = _Reading(kind, start, known, on, language, codes)
    for name in sorted(cells, key=lambda each: each == "lots"):  # after the titles
        if name != "id":
            reading.take(name, cells[name])
    reading.require(cells, new=before is None)
    if kind is Adhesion:
        _since_when(reading, before)
    for check in _CHECKS.get(kind, ()):
        reading.problems += check(reading, cells)
    if not identifier and before is None and not reading.missing:
        reading.values["id"] = _new_id(kind, reading.values, known, language)
    made = None if reading.missing else kind(**reading.values)
    return made, tuple(_labelled(each, kind) for each in reading.problems)


def _since_when(reading: _Reading, before: object) -> None:
    """A new cost is known since the day it is typed, unless another day is."""
    cost, day = reading.get("cost"), reading.get("cost_on")
    if cost is None:
        reading.values["cost_on"] = None
    elif cost != getattr(before, "cost", None) and (
        day == getattr(before, "cost_on", None)
    ):
        reading.values["cost_on"] = reading.on


def _labelled(problem: Problem, kind: type) -> Problem:
    """The problem with what the form of that kind calls the field."""
    field = field_of(kind, problem.field)
    return dataclasses.replace(problem, label=field.label) if field else problem


def _values(record: object) -> dict[str, Any]:
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)  # type: ignore[arg-type]
    }


class _Reading:
    """One record being read, with the problems found so far."""

    def __init__(
        self,
        kind: type,
        values: dict[str, Any],
        known: Mapping[type, Mapping[str, Record]],
        on: date,
        language: str,
        codes: Container[str] | None,
    ) -> None:
        self.kind = kind
        self.on = on
        self.values = values
        self.missing = False
        self.problems: list[Problem] = []
        self.around = Around(
            known=known, on=on, language=language, values=values, codes=codes
        )
        self.defaults = _defaults(kind)

    def get(self, name: str) -> Any:  # noqa: ANN401
        """What the field of the record holds so far."""
        return self.values.get(name, self.defaults.get(name))

    def take(self, cell: str, typed: str) -> None:
        """One cell."""
        field = field_of(self.kind, cell)
        if field is None:
            self.say(cell, typed, say("There is no such field."))
            return
        text, old = cleaned(field, typed), self.get(field.target)
        if not text:
            self.values[field.target] = self._empty(field, old)
            return
        taken = read(field, text, old, self.around)
        for part, fault in taken.faults:
            self.say(cell, part, fault)
        for remark in taken.remarks:
            self.say(cell, text, remark, blocking=False)
        if not taken.faults or taken.value:
            self.values[field.target] = taken.value

    def _empty(self, field: Field, old: object) -> object:
        if field.sort is Sort.LOCAL and isinstance(old, LocalText):
            return dataclasses.replace(old, **{field.part: ""})
        if field.sort in CALENDAR:
            none = () if field.sort in {Sort.SESSIONS, Sort.CANCELLED} else None
            return with_calendar(field, old, none)
        return self.defaults.get(field.target, "")

    def require(self, cells: Mapping[str, str], *, new: bool) -> None:
        """Name the fields without which the record cannot be kept."""
        for field in FORMS[self.kind]:
            if field.required and not self.get(field.target):
                self.missing = True
                if not any(problem.field == field.cell for problem in self.problems):
                    message = say("This is missing: {label}.", label=field.label)
                    self.say(field.cell, "", message)
        for name, languages in _named(self.kind).items():
            touched = [cell for cell in languages if cell in cells]
            if (new or touched) and not self.get(name).as_dict():
                self.say((*touched, *languages)[0], "", _nameless(name))

    def say(
        self, cell: str, text: str, message: Message, *, blocking: bool = True
    ) -> None:
        """Note a problem with a cell."""
        self.problems.append(
            Problem(field=cell, value=text, message=message, blocking=blocking)
        )


def _nameless(name: str) -> Message:
    if name == "title":
        return say("The title is missing: write it in one language.")
    return say("The name is missing: write it in one language.")


def _defaults(kind: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        if field.default is not dataclasses.MISSING:
            found[field.name] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            found[field.name] = field.default_factory()
    return found


def _named(kind: type) -> dict[str, tuple[str, ...]]:
    """The fields of which one language must be written, with their cells."""
    names = {
        Administration: "names",
        PurchasingCentre: "names",
        Programme: "names",
        FrameworkAgreement: "title",
    }
    name = names.get(kind)
    if name is None:
        return {}
    return {name: tuple(f.cell for f in FORMS[kind] if f.target == name)}


def _new_id(
    kind: type,
    values: Mapping[str, Any],
    known: Mapping[type, Mapping[str, Record]],
    language: str,
) -> str:
    """The id of a record nobody named: of what it joins together, or of its name."""
    if kind is Adhesion:
        domain = slug(_get(values, "domain"))
        programme = _get(values, "programme")
        parts = (values["centre"], values["administration"], programme, domain)
        return ".".join(part for part in parts if part)
    if kind is UseDecision:
        return f"{values['framework']}.{values['need']}"
    if kind is OwnValue:
        return f"{values['parameter']}.{values['start']}"
    taken = known.get(kind, {})
    if kind is Order:
        stem, count = f"{values['framework']}.{values['administration']}", 1
        while f"{stem}.{count}" in taken:
            count += 1
        return f"{stem}.{count}"
    names = (values.get(name) for name in ("name", "names", "title"))
    name = next(filter(None, names), "")
    stem = slug(name.get(language) if isinstance(name, LocalText) else name)
    stem = stem or ("reminder" if kind is Reminder else "record")
    found, count = stem, 1
    while found in taken:
        count += 1
        found = f"{stem}-{count}"
    return found


def _get(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name, ""))


# What holds between the fields of one record.


def _in_order(
    reading: _Reading,
    cells: Mapping[str, str],
    first: str,
    then: str,
    message: Callable[[date, date], Message],
) -> Iterator[Problem]:
    """One day may not lie after another; the one that was typed is named."""
    early, late = reading.get(first), reading.get(then)
    typed = first in cells or then in cells
    if typed and early is not None and late is not None and early > late:
        cell = first if first in cells and then not in cells else then
        yield Problem(
            field=cell, value=cells.get(cell, ""), message=message(early, late)
        )


def _period(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from _in_order(
        reading,
        cells,
        "start",
        "end",
        lambda start, end: say(
            "It ends on {end}, before it starts on {start}: correct one of them.",
            end=end,
            start=start,
        ),
    )


def _notice(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from _in_order(
        reading,
        cells,
        "notice",
        "end",
        lambda notice, end: say(
            "The last day to give notice, {notice}, lies after the end of the "
            "contract, {end}: correct one of them.",
            notice=notice,
            end=end,
        ),
    )


def _activity(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from _in_order(
        reading,
        cells,
        "active_from",
        "active_until",
        lambda first, last: say(
            "The last day, {last}, lies before the first, {first}: correct one of "
            "them.",
            last=last,
            first=first,
        ),
    )


def after_launch(deadline: date, launch: date) -> Message:
    """What to say of a call for interest that outlasts the launch."""
    return say(
        "Interest can be marked until {deadline}, after the launch on {launch}: it "
        "must be marked before. Correct one of them.",
        deadline=deadline,
        launch=launch,
    )


def _course(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Interest, launch, award and start follow each other."""
    yield from _in_order(
        reading,
        cells,
        "interest_deadline",
        "launch",
        after_launch,
    )
    yield from _in_order(
        reading,
        cells,
        "launch",
        "start",
        lambda launch, start: say(
            "The launch on {launch} comes after the first order on {start}: correct "
            "one of them.",
            launch=launch,
            start=start,
        ),
    )
    yield from _in_order(
        reading,
        cells,
        "launch",
        "award",
        lambda launch, award: say(
            "The award on {award} comes before the launch on {launch}: correct one of "
            "them.",
            launch=launch,
            award=award,
        ),
    )


def _ceilings(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What was ordered may exceed a ceiling in fact; it is pointed out."""
    if not cells.keys() & {"ceiling", "consumed", "lots"}:
        return
    ceiling: Decimal | None = reading.get("ceiling")
    consumed: Decimal = reading.get("consumed")
    if ceiling is not None and consumed > ceiling:
        message = say(
            "More was ordered ({consumed}) than the ceiling allows ({ceiling}).",
            consumed=euro(consumed),
            ceiling=euro(ceiling),
        )
        yield Problem(field="consumed", message=message, blocking=False)
    lots: tuple[FrameworkLot, ...] = reading.get("lots")
    for lot in lots:
        if lot.ceiling is not None and lot.consumed > lot.ceiling:
            message = say(
                "Lot {lot}: more was ordered ({consumed}) than its ceiling allows "
                "({ceiling}).",
                lot=lot.id,
                consumed=euro(lot.consumed),
                ceiling=euro(lot.ceiling),
            )
            yield Problem(field="lots", message=message, blocking=False)


_DECIDED = (AdhesionStatus.ADHERED, AdhesionStatus.CONDITIONAL)


def _decided(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Nobody has joined without a decision, and none is recorded ahead of its day."""
    day: date | None = reading.get("decided_on")
    unread = any(problem.field == "decided_on" for problem in reading.problems)
    typed = "status" in cells or "decided_on" in cells
    if typed and day is None and not unread and reading.get("status") in _DECIDED:
        yield Problem(
            field="decided_on",
            message=say(
                "An administration has joined once its competent body decided so: give "
                "the day of the decision, or record the adhesion as proposed."
            ),
        )
    if day is not None and day > reading.on and "decided_on" in cells:
        yield Problem(
            field="decided_on",
            value=cells["decided_on"],
            message=say(
                "{day} is still to come: a decision is recorded once it is taken.",
                day=day,
            ),
        )


def _order_lot(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """A lot that the framework agreement has; it has lots to choose from otherwise."""
    framework = reading.around.known.get(FrameworkAgreement, {}).get(
        reading.get("framework") or ""
    )
    if not isinstance(framework, FrameworkAgreement):
        return
    lots = [lot.id for lot in framework.lots]
    lot = str(reading.get("lot"))
    if "lot" in cells and lot and lot not in lots:
        message = say(
            "The framework agreement {framework} has no lot {lot}.",
            framework=framework.id,
            lot=lot,
        )
        yield Problem(field="lot", value=lot, message=message)
    if lots and not lot and reading.kind is Order:
        yield Problem(
            field="lot",
            message=say(
                "It has lots ({lots}): say which one, or the order counts under the "
                "ceiling of the whole only.",
                lots=", ".join(lots),
            ),
            blocking=False,
        )


def _order_days(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Whose need it is, and what is delivered after the order."""
    yield from _in_order(
        reading,
        cells,
        "concluded_on",
        "until",
        lambda concluded, until: say(
            "What was ordered ends on {until}, before the order was concluded on "
            "{concluded}: correct one of them.",
            until=until,
            concluded=concluded,
        ),
    )
    need = reading.around.known.get(Need, {}).get(reading.get("need") or "")
    if isinstance(need, Need) and need.administration != reading.get("administration"):
        yield Problem(
            field="need",
            value=cells.get("need", need.id),
            message=say("This need belongs to another administration."),
        )


def _own_id(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """A record does not name itself."""
    own = reading.values.get("id", "")
    if own and "neighbours" in cells and own in reading.get("neighbours"):
        yield Problem(
            field="neighbours",
            value=cells["neighbours"],
            message=say("An administration is not a neighbour of itself."),
        )
    if own and "belongs_to" in cells and own in reading.get("belongs_to"):
        yield Problem(
            field="belongs_to",
            value=cells["belongs_to"],
            message=say("An administration does not belong to itself."),
        )


def _successor(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    own = reading.values.get("id", "")
    if own and "successor" in cells and reading.get("successor") == own:
        yield Problem(
            field="successor",
            value=cells["successor"],
            message=say("Nobody and nothing takes over from itself: name another."),
        )


def _in_a_circle(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What takes over from a contract does not lead back to it."""
    own = reading.values.get("id", "")
    typed = cells.keys() & {"successor", "need"}
    if not own or not typed or reading.missing or reading.get("successor") == own:
        return
    from jointbuy.schedule.contract_chain import circle, successions

    contracts: dict[str, Any] = {**reading.around.known.get(Contract, {})}
    contracts[own] = Contract(**reading.values)
    needs: dict[str, Any] = {**reading.around.known.get(Need, {})}
    if way := circle(own, successions(contracts, needs)):
        cell = "successor" if "successor" in cells else "need"
        yield Problem(
            field=cell,
            value=cells[cell],
            message=say(
                "A contract does not follow itself: {way}. Name another.",
                way=" → ".join(way),
            ),
        )


def _round_days(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from _in_order(
        reading,
        cells,
        "opened_on",
        "due",
        lambda opened, due: say(
            "The last day to answer, {due}, lies before the round was opened, "
            "{opened}: correct one of them.",
            due=due,
            opened=opened,
        ),
    )


def _happened(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """What was done or sent is recorded once it was; what has no day is never told."""
    for cell in ("done_on", "on", "cost_on"):
        day: date | None = reading.get(cell)
        if cell in cells and day is not None and day > reading.on:
            yield Problem(
                field=cell,
                value=cells[cell],
                message=say(
                    "{day} is still to come: this is recorded once it has happened.",
                    day=day,
                ),
            )
    unread = any(problem.field == "due" for problem in reading.problems)
    if reading.kind is ActionPoint and reading.get("due") is None and not unread:
        yield Problem(
            field="due",
            message=say("Without a day by which it must be done it is never reported."),
            blocking=False,
        )


def _postcode(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """A Belgian postcode has four figures; B-1094 is kept as 1094."""
    code = str(reading.get("postcode"))
    abroad = reading.get("territory") and not reading.get("territory").startswith("BE")
    if "postcode" not in cells or not code or abroad:
        return
    if found := _POSTCODE.fullmatch(code):
        reading.values["postcode"] = found[1]
        return
    yield Problem(
        field="postcode",
        value=cells["postcode"],
        message=say(
            "“{text}” is not a postcode: write four figures, such as 1094.", text=code
        ),
    )


def _called(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Interest is marked before the launch, and a no has no maximum."""
    yield from _in_order(reading, cells, "deadline", "launch", after_launch)
    closing: date | None = reading.get("deadline")
    if closing is not None and closing < reading.on:
        yield Problem(
            field="deadline",
            value=cells["deadline"],
            message=say(
                "The last day to mark interest, {day}, has passed.", day=closing
            ),
            blocking=False,
        )
    if reading.get("answer") is False:
        for cell in ("maximum_quantity", "maximum_amount"):
            if reading.get(cell) is not None:
                yield Problem(
                    field=cell,
                    value=cells[cell],
                    message=say(
                        "Who answers no may order nothing: empty the maximum, or "
                        "answer yes."
                    ),
                )


def _in_force(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    yield from _in_order(
        reading,
        cells,
        "start",
        "until",
        lambda start, until: say(
            "It ends on {end}, before it starts on {start}: correct one of them.",
            end=until,
            start=start,
        ),
    )


def _parameter(reading: _Reading, cells: Mapping[str, str]) -> Iterator[Problem]:
    """The law has such a value, it is counted so, and who knows better is told so."""
    from jointbuy import law

    name = str(reading.get("parameter") or "")
    known = law.parameters().get(name)
    if known is None:
        near = get_close_matches(name, law.parameters(), n=3, cutoff=0.5)
        message = say("There is no legal parameter “{name}”.", name=name)
        if near:
            message = say(
                "There is no legal parameter “{name}”. Close to it: {near}.",
                name=name,
                near=", ".join(near),
            )
        yield Problem(field="parameter", value=name, message=message)
        return
    value, start = reading.get("value"), reading.get("start")
    typed = cells.get("value", str(value))
    unit = known.values[0].unit
    if "%" in typed and unit != "per_cent":
        yield Problem(
            field="value",
            value=typed,
            message=say("It is not counted in per cent: leave the sign % out."),
        )
    if value is not None and (wrong := _counted(unit, value)):
        yield Problem(field="value", value=typed, message=wrong)
    packaged = [each for each in known.values if start and each.in_force(start)]
    for each in packaged:
        if value is not None and value != each.value and not each.citation.to_verify:
            yield Problem(
                field="value",
                value=typed,
                message=say(
                    "jointbuy holds {value} on {day}, read in {source}, {article}. In "
                    "this register yours goes before it: make sure of it.",
                    value=each.value,
                    day=start,
                    source=Arg(
                        name="",
                        kind="title",
                        names=law.source_titles()[each.citation.source].as_dict(),
                    ),
                    article=Arg(name="", kind="article", text=each.citation.article),
                ),
                blocking=False,
            )


def _counted(unit: str, value: Decimal) -> Message | None:
    """Why a value cannot be counted in that unit."""
    if unit == "per_cent" and value > HUNDRED:
        return say("A share is at most 100 per cent, not {value}.", value=value)
    if unit in {"days", "months", "years"} and value != int(value):
        return say("A term is a whole number, not {value}.", value=value)
    return None


_CHECKS: dict[
    type, tuple[Callable[[_Reading, Mapping[str, str]], Iterator[Problem]], ...]
] = {
    Administration: (_own_id, _postcode),
    ContactPerson: (_activity, _successor),
    Contract: (_period, _notice, _successor, _in_a_circle),
    NeedsRound: (_round_days,),
    FrameworkAgreement: (_course, _period, _ceilings, _successor),
    Adhesion: (_decided, _happened),
    UseDecision: (_decided, _order_lot),
    Order: (_order_lot, _order_days),
    OwnValue: (_in_force, _parameter),
    Call: (_called,),
    ActionPoint: (_happened,),
    Reminder: (_happened,),
}
