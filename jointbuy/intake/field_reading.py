"""What was typed in one field of a form, read by the sort of the field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, NotFound, Refused, euro, per_cent, say
from jointbuy.intake.amounts import LARGEST, parse_amount, parse_quantity
from jointbuy.intake.choices import (
    parse_choice,
    parse_cpv,
    parse_language,
    parse_yes_no,
    says_unknown,
)
from jointbuy.intake.days import parse_day, parse_month_duration
from jointbuy.intake.fields import KIND_WORDS, Around, Field, Sort, Taken
from jointbuy.intake.rhythms import parse_rhythm
from jointbuy.intake.row import LONGEST_CELL, LONGEST_LINE
from jointbuy.intake.text import Parsed, fold
from jointbuy.model import (
    AdministrationKind,
    Alias,
    BodyKind,
    CompetentBody,
    Condition,
    Domain,
    EnterpriseNumber,
    FrameworkLot,
    LocalText,
    NutsCode,
    Period,
    Region,
    Reopening,
    Reservation,
    cents,
)
from jointbuy.model.lookup import find

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from enum import Enum

    from jointbuy.intake.fields import Fault
    from jointbuy.model import Record, Rhythm

BELGIAN = re.compile(r"BE(?:[123][0-9A-Z]{0,2})?")
"""A code of a territory that may be Belgian."""

MOST_DAYS = 90
"""Days of a summons or a filing; no body is called together longer before."""

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_YEARLY = re.compile(
    r"(?:/|\b(?:par|per|pro|a|à)\b)\s*(?:ans?|année|jaar|jahr|year)\s*$", re.IGNORECASE
)


def read(field: Field, text: str, old: object, around: Around) -> Taken:
    """What a text that is not empty means; `old` is what the record holds now."""
    return _READERS[field.sort](field, text, old, around)


def _taken(parsed: Parsed[Any], text: str) -> Taken:
    faults = ((text, parsed.fault),) if parsed.fault is not None else ()
    return Taken(value=parsed.value, faults=faults, remarks=parsed.remarks)


def _wrong(text: str, message: Message) -> Taken:
    return Taken(faults=((text, message),))


def split(text: str, *, commas: bool = True) -> list[str]:
    """The pieces between semicolons, line ends and, usually, commas."""
    parts = re.split(r"[;,\n]" if commas else r"[;\n]", text)
    return [part.strip() for part in parts if part.strip()]


def _text(field: Field, text: str, _old: object, _around: Around) -> Taken:
    longest = LONGEST_CELL if field.sort is not Sort.TEXT else LONGEST_LINE
    if len(text) > longest:
        return _wrong(
            text[:LONGEST_LINE],
            say(
                "The text is too long: {length} characters where {longest} fit.",
                length=len(text),
                longest=longest,
            ),
        )
    return Taken(value=text)


def _local(field: Field, text: str, old: object, around: Around) -> Taken:
    taken = _text(field, text, old, around)
    if taken.faults:
        return taken
    kept = old if isinstance(old, LocalText) else LocalText()
    return Taken(value=replace(kept, **{field.part: text}))


def _day(field: Field, text: str, _old: object, around: Around) -> Taken:
    return _taken(parse_day(text, on=around.on, end=field.last), text)


def _notice(field: Field, text: str, old: object, around: Around) -> Taken:
    """A day, or a term before the end of the contract, which gives the day."""
    from jointbuy.intake.notices import parse_notice

    parsed = parse_notice(text, end=around.values.get("end"))
    return _day(field, text, old, around) if parsed is None else _taken(parsed, text)


def _amount(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    parsed = parse_amount(text)
    if parsed.value is None:
        return _taken(parsed, text)
    if parsed.value < 0:
        return _wrong(
            text,
            say("An amount must be zero or more, not {amount}.", amount=parsed.value),
        )
    if parsed.value >= LARGEST:
        return _wrong(
            text, say("“{text}” is too large: check the number of zeros.", text=text)
        )
    rounded, remarks = cents(parsed.value), parsed.remarks
    if rounded != parsed.value:
        remarks += (
            say("“{text}” was rounded to {amount}.", text=text, amount=euro(rounded)),
        )
    return Taken(value=rounded, remarks=remarks)


def _yearly(field: Field, text: str, old: object, around: Around) -> Taken:
    """An amount a year, of which the year may be said."""
    return _amount(field, _YEARLY.sub("", text).strip() or text, old, around)


def _value(field: Field, text: str, old: object, around: Around) -> Taken:
    """A value of the law, whose unit is known: a share may be typed with its sign."""
    return _amount(field, text.removesuffix("%").strip() or text, old, around)


def _share(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    parsed = parse_quantity(re.sub(r"(?i)\s*(?:%|pct|p\.c\.)\s*$", "", text))
    quantity = parsed.value
    if quantity is None or quantity.unit or quantity.amount > 100:  # noqa: PLR2004
        return _wrong(
            text,
            say("“{text}” is not a share: write per cent, such as 1,5.", text=text),
        )
    share = quantity.amount
    remarks = (
        (say("“{text}” was read as {number}.", text=text, number=per_cent(share)),)
        if 0 < share < 1 or parsed.remarks
        else ()
    )
    return Taken(value=share, remarks=remarks)


def _count(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    parsed = parse_quantity(text)
    quantity = parsed.value
    if (
        quantity is None
        or quantity.unit
        or quantity.amount != quantity.amount.to_integral_value()
        or quantity.amount >= LARGEST
    ):
        return _wrong(
            text, say("“{text}” is not a whole number: write figures only.", text=text)
        )
    return Taken(value=int(quantity.amount), remarks=parsed.remarks)


def _quantity(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    """A number alone: the unit has a field of its own."""
    parsed = parse_quantity(text)
    quantity = parsed.value
    if quantity is None:
        return _taken(parsed, text)
    if quantity.unit:
        return _wrong(
            text, say("“{text}” is not a number: write figures only.", text=text)
        )
    return Taken(value=quantity.amount, remarks=parsed.remarks)


def _months(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    return _taken(parse_month_duration(text), text)


def _yes_no(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    if says_unknown(text):
        return Taken(value=None)
    return _taken(parse_yes_no(text), text)


def _choice(field: Field, text: str, _old: object, _around: Around) -> Taken:
    return _taken(parse_choice(_choices(field), text), text)


def _many(field: Field, text: str, _old: object, _around: Around) -> Taken:
    found, faults = [], []
    for part in split(text):
        parsed = parse_choice(_choices(field), part)
        if parsed.value is not None:
            found.append(parsed.value)
        elif parsed.fault is not None:
            faults.append((part, parsed.fault))
    return Taken(value=tuple(dict.fromkeys(found)), faults=tuple(faults))


def _choices(field: Field) -> type[Enum]:
    if field.choices is None:
        raise TypeError(f"{field.cell} names no choices")
    return field.choices


def _letter(field: Field, text: str, _old: object, _around: Around) -> Taken:
    if text.upper() in set(field.letters):
        return Taken(value=text.upper())
    allowed = ", ".join(field.letters)
    return _wrong(
        text, say("“{text}” is none of: {allowed}.", text=text, allowed=allowed)
    )


def _language(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    return _taken(parse_language(text), text)


def _languages(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    codes, faults = [], []
    for part in split(text):
        parsed = parse_language(part)
        if parsed.value is not None:
            codes.append(parsed.value)
        elif parsed.fault is not None:
            faults.append((part, parsed.fault))
    return Taken(value=tuple(dict.fromkeys(codes)), faults=tuple(faults))


def _id(field: Field, text: str, _old: object, around: Around) -> Taken:
    try:
        return Taken(value=_found(field, text, around))
    except NotFound as error:
        return _wrong(text, error.message)


def _ids(field: Field, text: str, _old: object, around: Around) -> Taken:
    ids, faults = [], []
    for part in split(text):
        try:
            ids.append(_found(field, part, around))
        except NotFound as error:
            faults.append((part, error.message))
    return Taken(value=tuple(dict.fromkeys(ids)), faults=tuple(faults))


def _found(field: Field, text: str, around: Around) -> str:
    everything: dict[str, Record] = {}
    for kind in field.kinds:
        everything |= around.known.get(kind, {})
    return find(text, everything, KIND_WORDS[field.kinds[0]]).id


def _cpv(_field: Field, text: str, _old: object, around: Around) -> Taken:
    codes = _codes([text], around)
    if codes.faults or not codes.value:
        return codes
    if len(codes.value) > 1:
        return _wrong(
            text, say("Write one CPV code here, that of the main part of the object.")
        )
    return replace(codes, value=codes.value[0])


def _cpvs(_field: Field, text: str, _old: object, around: Around) -> Taken:
    return _codes(split(text), around)


def _codes(parts: Iterable[str], around: Around) -> Taken:
    codes: dict[str, None] = {}
    faults: list[Fault] = []
    remarks: list[Message] = []
    for part in parts:
        parsed = parse_cpv(part)
        if parsed.fault is not None:
            faults.append((part, parsed.fault))
        for code in parsed.value or ():
            codes[code] = None
            if around.codes is not None and code not in around.codes:
                remarks.append(
                    say(
                        "{code} is not in the official CPV list that is installed: "
                        "check it.",
                        code=code,
                    )
                )
        remarks += parsed.remarks
    return Taken(value=tuple(codes), faults=tuple(faults), remarks=tuple(remarks))


def _territory(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    taken = _checked(NutsCode.validate, text)
    if taken.faults or BELGIAN.fullmatch(taken.value):
        return taken
    remark = say(
        "“{text}” is not the code of a Belgian territory: those begin with BE1, BE2 or "
        "BE3.",
        text=text,
    )
    return replace(taken, remarks=(remark,))


def _enterprise(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    return _checked(EnterpriseNumber.validate, text)


def _checked(validate: Callable[[str], str], text: str) -> Taken:
    try:
        return Taken(value=validate(text))
    except Refused as error:
        return _wrong(text, error.message)


def _email(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    if _EMAIL.fullmatch(text) and len(text) <= LONGEST_LINE:
        return Taken(value=text)
    return _wrong(
        text, say("“{text}” is not an e-mail address: check it, with its @.", text=text)
    )


def _sessions(field: Field, text: str, old: object, around: Around) -> Taken:
    days, faults = [], []
    for part in split(text):
        parsed = parse_day(part, on=around.on)
        if parsed.value is not None:
            days.append(parsed.value)
        elif parsed.fault is not None:
            faults.append((part, parsed.fault))
    return Taken(value=with_calendar(field, old, days), faults=tuple(faults))


def _rhythm(field: Field, text: str, old: object, around: Around) -> Taken:
    parsed = parse_rhythm(text, on=around.on)
    if parsed.value is None:
        return _taken(parsed, text)
    return Taken(value=with_calendar(field, old, parsed.value))


def _term(field: Field, text: str, old: object, around: Around) -> Taken:
    """Whole days, few enough for a summons or a filing."""
    taken = _count(field, text, old, around)
    if taken.faults:
        return taken
    if taken.value > MOST_DAYS:
        return _wrong(
            text,
            say(
                "{number} days are too many here: write at most {most}.",
                number=taken.value,
                most=MOST_DAYS,
            ),
        )
    return replace(taken, value=with_calendar(field, old, taken.value))


def _periods(_field: Field, text: str, _old: object, around: Around) -> Taken:
    """Days and stretches of days: 26/12/2027, 1/7/2027 .. 15/7/2027."""
    made, faults = [], []
    for part in split(text):
        first, dots, last = part.partition("..")
        start = parse_day(first.strip(), on=around.on)
        end = parse_day(last.strip(), on=around.on, end=True) if dots else start
        wrong = [each.fault for each in (start, end) if each.fault is not None]
        if not wrong and (start.value is None or end.value is None):
            wrong = [
                say(
                    "“{text}” lacks its first or its last day: write it as 1/7/2027 "
                    ".. 15/7/2027.",
                    text=part,
                )
            ]
        if not wrong and start.value and end.value and end.value < start.value:
            wrong = [say("“{text}” ends before it begins.", text=part)]
        faults += [(part, fault) for fault in wrong[:1]]
        if not wrong:
            made.append(Period(start=start.value, end=end.value))
    made.sort(key=lambda each: (each.start, each.end))
    return Taken(value=tuple(dict.fromkeys(made)), faults=tuple(faults))


CALENDAR = {
    Sort.SESSIONS: "sessions",
    Sort.CANCELLED: "cancelled",
    Sort.RHYTHM: "rhythm",
    Sort.SUMMONS: "convocation_days",
    Sort.FILING: "filing_days",
}
"""What of a body each of these sorts fills."""


def with_calendar(
    field: Field, old: object, value: Iterable[date] | Rhythm | int | None
) -> tuple[CompetentBody, ...]:
    """The bodies of which something is known, with this value of the field's own."""
    kind = BodyKind[field.part]
    bodies = {body.kind: body for body in old} if isinstance(old, tuple) else {}
    body = bodies.get(kind, CompetentBody(kind=kind))
    if isinstance(value, Iterable):
        value = tuple(sorted(set(value)))
    changed: dict[str, Any] = {CALENDAR[field.sort]: value}
    bodies[kind] = replace(body, **changed)
    known = (bodies[each] for each in BodyKind if each in bodies)
    return tuple(body for body in known if body != CompetentBody(kind=body.kind))


def _texts(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    return Taken(value=tuple(split(text, commas=False)))


def _reservations(_field: Field, text: str, _old: object, _around: Around) -> Taken:
    made = []
    for part in split(text, commas=False):
        what, _, place = part.partition("@")
        if not what.strip():
            return _wrong(
                part, say("“{text}” gives a place but no reservation.", text=part)
            )
        made.append(Reservation(text=what.strip(), place=place.strip()))
    return Taken(value=tuple(made))


def _conditions(_field: Field, text: str, _old: object, around: Around) -> Taken:
    """One condition a line: regions; kinds; first day; last day."""
    made, faults = [], []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = [part.strip() for part in line.split(";")]
        regions, kinds, first, last = (*parts, "", "", "", "")[:4]
        if len(parts) > 4 or not (regions or kinds):  # noqa: PLR2004
            message = say(
                "“{text}” is not a condition: write regions; kinds of administration; "
                "first day; last day, with commas between several.",
                text=line,
            )
            faults.append((line, message))
            continue
        places = [parse_choice(Region, each) for each in split(regions)]
        sorts = [parse_choice(AdministrationKind, each) for each in split(kinds)]
        start = parse_day(first, on=around.on)
        end = parse_day(last, on=around.on, end=True)
        found = (
            *(each.fault for each in places),
            *(each.fault for each in sorts),
            start.fault,
            end.fault,
        )
        wrong = [fault for fault in found if fault is not None]
        if start.value and end.value and start.value > end.value:
            wrong.append(
                say(
                    "It ends on {end}, before it starts on {start}: correct one of "
                    "them.",
                    end=end.value,
                    start=start.value,
                )
            )
        faults += [(line, fault) for fault in wrong]
        made.append(
            Condition(
                regions=tuple(p.value for p in places if p.value is not None),
                kinds=tuple(p.value for p in sorts if p.value is not None),
                period=Period(start=start.value, end=end.value),
            )
        )
    return Taken(value=tuple(made), faults=tuple(faults))


def _territories(field: Field, text: str, old: object, around: Around) -> Taken:
    """Several codes of territories."""
    read_ = [_territory(field, part, old, around) for part in split(text)]
    return Taken(
        value=tuple(dict.fromkeys(each.value for each in read_ if each.value)),
        faults=tuple(fault for each in read_ for fault in each.faults),
        remarks=tuple(told for each in read_ for told in each.remarks),
    )


def _aliases(_field: Field, text: str, _old: object, around: Around) -> Taken:
    """Names with, behind an @, the days between which they were in use."""
    made, faults = [], []
    for part in split(text, commas=False):
        name, _, days = part.partition("@")
        first, dots, last = days.partition("..")
        if not name.strip() or (days.strip() and not dots):
            message = say(
                "“{text}” is not a name with its days: write it as Name @ 1/1/2011 .. "
                "31/12/2020, of which either day may be left out.",
                text=part,
            )
            faults.append((part, message))
            continue
        start = parse_day(first.strip(), on=around.on)
        end = parse_day(last.strip(), on=around.on, end=True)
        faults += [(part, p.fault) for p in (start, end) if p.fault is not None]
        period = Period(start=start.value, end=end.value)
        made.append(Alias(name=name.strip(), period=period))
    return Taken(value=tuple(made), faults=tuple(faults))


def _lots(field: Field, text: str, old: object, around: Around) -> Taken:
    """One lot a line: its number, title, ceiling, CPV codes and what was ordered."""
    before = {lot.id: lot for lot in old} if isinstance(old, tuple) else {}
    lots: dict[str, FrameworkLot] = {}
    faults: list[Fault] = []
    remarks: list[Message] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = [part.strip() for part in line.split(";")]
        id_ = parts[0]
        if not id_ or len(parts) > len(_LOT):
            message = say(
                "“{text}” is not a lot: write its number; its title; its ceiling; its "
                "CPV codes, separated by commas; what was ordered.",
                text=line,
            )
            faults.append((line, message))
        elif id_ in lots:
            faults.append((line, say("The lot {id} is given twice.", id=id_)))
        else:
            taken = _lot(field, parts, before.get(id_, FrameworkLot(id=id_)), around)
            lots[id_] = taken.value
            faults += _of_line(id_, taken.faults)
            remarks += taken.remarks
    return Taken(
        value=tuple(lots.values()), faults=tuple(faults), remarks=tuple(remarks)
    )


def _lot(field: Field, parts: list[str], was: FrameworkLot, around: Around) -> Taken:
    """One lot; what is not given stays as it was, what is empty is emptied."""
    given = dict(zip(_LOT, parts, strict=False))
    none, zero = Taken(), Taken(value=Decimal(0))
    read_: dict[str, Taken] = {}
    for name, empty in (("ceiling", none), ("consumed", zero)):
        if name in given:
            text = given[name]
            read_[name] = _amount(field, text, None, around) if text else empty
    if "cpv" in given:
        read_["cpv"] = _codes(split(given["cpv"]), around)
    values = {name: each.value for name, each in read_.items() if not each.faults}
    if "title" in given:
        values["title"] = _lot_title(given["title"], was.title, around)
    return Taken(
        value=replace(was, **values),
        faults=tuple(fault for each in read_.values() for fault in each.faults),
        remarks=tuple(told for each in read_.values() for told in each.remarks),
    )


_LOT = ("id", "title", "ceiling", "cpv", "consumed")


def _lot_title(
    text: str, was: LocalText, around: Around, *, of: str = "title"
) -> LocalText:
    """The title in a language of the whole's own; one that stays keeps all."""
    if text == was.get(around.language):
        return was
    title = around.values.get(of)
    own = tuple(title.as_dict()) if isinstance(title, LocalText) else ()
    languages = tuple(was.as_dict()) or own
    at = around.language
    if languages and at not in languages:
        at = languages[0]
    return replace(was, **{at: text})


def _of_line(name: str, faults: Iterable[Fault]) -> list[Fault]:
    """What is wrong in a line among several, with the name it begins with."""
    return [
        (text, say("{what}: {told}", what=name, told=told)) for text, told in faults
    ]


def _lines(text: str) -> list[tuple[str, list[str]]]:
    """Each line that says something, and its parts between semicolons."""
    lines = filter(None, (line.strip() for line in text.splitlines()))
    return [(line, [part.strip() for part in line.split(";")]) for line in lines]


_DOMAIN = ("id", "names", "minimum", "elsewhere", "due", "budget")


def _domains(field: Field, text: str, old: object, around: Around) -> Taken:
    """One domain a line: id, name, adhesions needed and elsewhere, day, cost."""
    before = {each.id: each for each in old} if isinstance(old, tuple) else {}
    domains: dict[str, Domain] = {}
    faults: list[Fault] = []
    for line, parts in _lines(text):
        id_ = parts[0]
        if not id_ or len(parts) > len(_DOMAIN):
            message = say(
                "“{text}” is not a domain: write its id; its name; how many adhesions "
                "it needs; how many are counted elsewhere @ the day; the day to decide "
                "by; the cost presented.",
                text=line,
            )
            faults.append((line, message))
        elif id_ in domains:
            faults.append((line, say("The domain {id} is given twice.", id=id_)))
        else:
            taken = _domain(field, parts, before.get(id_, Domain(id=id_)), around)
            domains[id_] = taken.value
            faults += _of_line(id_, taken.faults)
    return Taken(value=tuple(domains.values()), faults=tuple(faults))


def _domain(field: Field, parts: list[str], was: Domain, around: Around) -> Taken:
    """One domain; what is not given stays as it was, what is empty is emptied."""
    given = dict(zip(_DOMAIN, parts, strict=False))
    readers = {"minimum": _count, "due": _day, "budget": _amount}
    read_ = {
        name: reader(field, given[name], None, around) if given[name] else Taken()
        for name, reader in readers.items()
        if name in given
    }
    if "elsewhere" in given:
        number, _, day = (part.strip() for part in given["elsewhere"].partition("@"))
        count = _count(field, number, None, around) if number else Taken()
        read_["elsewhere"] = count
        read_["counted_on"] = _counted_on(field, day, count.value, was, around)
    values = {name: each.value for name, each in read_.items() if not each.faults}
    if "names" in given:
        values["names"] = _lot_title(given["names"], was.names, around, of="names")
    return Taken(
        value=replace(was, **values),
        faults=tuple(fault for each in read_.values() for fault in each.faults),
    )


def _counted_on(
    field: Field, day: str, count: int | None, was: Domain, around: Around
) -> Taken:
    """The day of a count; one that is new and has no day was heard today."""
    if day:
        return _day(field, day, None, around)
    if count is None:
        return Taken()
    if count == was.elsewhere:
        return Taken(value=was.counted_on)
    return Taken(value=around.on)


_REOPENING = ("trigger", "on", "what", "settled_on", "how")


def _reopenings(field: Field, text: str, old: object, around: Around) -> Taken:
    """One trigger that occurred a line, with its day and how it was settled.

    A line that is as it was is not read again: what happened may hold semicolons.
    """
    from jointbuy.intake.field_writing import typed_reopening

    before = {
        typed_reopening(each): each
        for each in (old if isinstance(old, tuple) else ())
        if isinstance(each, Reopening)
    }
    made: list[Reopening] = []
    faults: list[Fault] = []
    for line, parts in _lines(text):
        if line in before:
            made.append(before[line])
            continue
        given = dict(zip(_REOPENING, parts, strict=False))
        trigger, on = given["trigger"], given.get("on", "")
        if not trigger or not on or len(parts) > len(_REOPENING):
            message = say(
                "“{text}” is no trigger that occurred: write the trigger; the day; "
                "what happened; the day it was settled; how.",
                text=line,
            )
            faults.append((line, message))
            continue
        days = {
            name: _day(field, given[name], None, around)
            for name in ("on", "settled_on")
            if given.get(name)
        }
        wrong = [fault for each in days.values() for fault in each.faults]
        faults += wrong
        settled = days.get("settled_on", Taken()).value
        if not wrong and settled is not None and settled < days["on"].value:
            message = say(
                "It was settled on {settled}, before it occurred on {day}: correct one "
                "of them.",
                settled=settled,
                day=days["on"].value,
            )
            faults.append((line, message))
        elif not wrong:
            made.append(
                Reopening(
                    trigger=trigger,
                    on=days["on"].value,
                    what=given.get("what", ""),
                    settled_on=settled,
                    how=given.get("how", ""),
                )
            )
    return Taken(value=tuple(made), faults=tuple(faults))


_READERS: dict[Sort, Callable[[Field, str, object, Around], Taken]] = {
    Sort.TEXT: _text,
    Sort.LINES: _text,
    Sort.LOCAL: _local,
    Sort.DAY: _day,
    Sort.NOTICE: _notice,
    Sort.AMOUNT: _amount,
    Sort.YEARLY: _yearly,
    Sort.SHARE: _share,
    Sort.VALUE: _value,
    Sort.COUNT: _count,
    Sort.QUANTITY: _quantity,
    Sort.MONTHS: _months,
    Sort.YES_NO: _yes_no,
    Sort.CHOICE: _choice,
    Sort.CHOICES: _many,
    Sort.LETTER: _letter,
    Sort.LANGUAGE: _language,
    Sort.LANGUAGES: _languages,
    Sort.ID: _id,
    Sort.IDS: _ids,
    Sort.CPV: _cpv,
    Sort.CPVS: _cpvs,
    Sort.TERRITORY: _territory,
    Sort.ENTERPRISE: _enterprise,
    Sort.EMAIL: _email,
    Sort.SESSIONS: _sessions,
    Sort.CANCELLED: _sessions,
    Sort.RHYTHM: _rhythm,
    Sort.SUMMONS: _term,
    Sort.FILING: _term,
    Sort.PERIODS: _periods,
    Sort.TEXTS: _texts,
    Sort.RESERVATIONS: _reservations,
    Sort.ALIASES: _aliases,
    Sort.CONDITIONS: _conditions,
    Sort.TERRITORIES: _territories,
    Sort.LOTS: _lots,
    Sort.DOMAINS: _domains,
    Sort.REOPENINGS: _reopenings,
}


def slug(text: str) -> str:
    """The text as part of an id: small letters, figures and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:48].rstrip("-")
