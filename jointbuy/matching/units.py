"""Units of quantity in four languages, and which of them can be added up.

A unit is read as a base unit and a factor. A pack converts where its size is written;
nothing is ever converted by a figure that depends on the delivery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word
from jointbuy.matching import measures
from jointbuy.matching.measures import HOUR, SHEET
from jointbuy.vocabulary import words
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

PIECE = measures.PIECE
COUNTED = measures.COUNTED

WORKING_DAY = Decimal("7.6")
"""Hours of a working day: an assumption (a week of 38 hours over five days), not law.

It counts only where some count in days and others in hours.
"""

MEGAJOULES = Decimal("3.6")
"""In a kilowatt-hour, by definition."""

DIGITS = 50
PLACES = Decimal("0.001")
SHOWN = 6

_ONE = Decimal(1)
_PARTS = re.compile(r"[^\w²³]+")
_BARE = re.compile(r"[^\W\d_]+")
_GRAMMAGE = re.compile(r"\d+\s*(?:gsm|gr?\s*/\s*(?:m2|qm))\b")
_ASIDE = re.compile(r"\(([^()]+)\)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .'’]\d{3})+")
_TOKEN = re.compile(
    r"(?P<number>(?<!\w)\d{1,3}(?:[ .'’]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?)"
    r"|(?P<times>[×*]|x(?=\s*\d))"
    r"|(?P<word>[^\W\d_]\w*)"
    r"|(?P<per>/)"
)
_PER = frozenset({"par", "per", "pro", "/"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What one unit is: so many of its base unit.

    `pack` is the kind of container, `unsized` that nothing says what it holds, and
    `content` what it holds as it was written. `days` says that working days were turned
    into hours. `doubt` names why it could not be read: `figure`, `number` or `ml`.
    """

    base: str
    factor: Decimal = _ONE
    pack: str = ""
    unsized: bool = False
    content: str = ""
    days: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One of a unit is `factor` of another; `assumed` says what that rests on."""

    factor: Decimal
    assumed: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why two units do not convert and what would help."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Quantities added up, in the unit that people wrote or else its base unit.

    `steps` are the units that were converted: as written, the factor into the unit of
    the sum. `assumed` says what the sum rests on.
    """

    quantity: Decimal
    unit: str
    steps: tuple[tuple[str, Decimal], ...] = ()
    assumed: tuple[Message, ...] = ()
    written: bool = True

    @property
    def named(self) -> Arg:
        """The unit for the reader: as written, or the base unit in their language."""
        return Arg(name="", text=self.unit) if self.written else name_of(self.unit)


# -- reading ---------------------------------------------------------------------------


@cache
def _known() -> dict[str, Unit]:
    found = {
        _spelt(name): Unit(base=base, factor=Decimal(factor))
        for base, factors in measures.TABLE.items()
        for factor, names in factors.items()
        for name in names.split()
    }
    with localcontext(prec=DIGITS):
        found |= {
            name: Unit(base="kWh", factor=Decimal(factor) / MEGAJOULES)
            for name, factor in measures.JOULES.items()
        }
    found |= {
        _spelt(name): Unit(base=HOUR, factor=Decimal(factor) * WORKING_DAY, days=True)
        for factor, names in measures.DAYS.items()
        for name in names.split()
    }
    found |= {
        _spelt(name): Unit(base=kind, pack=kind, unsized=True)
        for kind, names in measures.PACKS.items()
        for name in names.split()
    }
    return found | _multiples()


@cache
def _multiples() -> dict[str, Unit]:
    return {
        name: Unit(base=PIECE, factor=Decimal(factor))
        for factor, names in measures.MULTIPLES.items()
        for name in names.split()
    }


@cache
def _periods() -> dict[str, Decimal]:
    return {
        name: Decimal(times)
        for times, names in measures.PERIODS.items()
        for name in names.split()
    }


def _spelt(name: str) -> str:
    return plain(name).replace("_", " ").replace("-", " ")


@lru_cache(maxsize=50_000)
def measure(unit: str) -> tuple[str, Decimal]:
    """The base unit a unit converts to and by how much; ("", 1) when none is written.

    A unit of several words goes by the first one known; a pack by its size, if it is
    written. An unknown unit is its own base, in whatever case it is written.

    >>> measure("tonnes")
    ('kg', Decimal('1000'))
    >>> measure("boîte de 5 rames")
    ('sheet', Decimal('2500'))
    >>> measure("cartes SIM")
    ('subscription', Decimal('1'))
    >>> measure("Zorglubs")
    ('zorglubs', Decimal('1'))
    """
    found = read(unit)
    return found.base, found.factor


@lru_cache(maxsize=50_000)
def read(unit: str) -> Unit:
    """What a unit is, as far as it can be told."""
    name = plain(unit).strip().rstrip(".").strip()
    if not name:
        return Unit(base="")
    whole = _known().get(" ".join(re.split(r"[\s\-/.]+", name)))
    if whole is not None:
        return whole
    aside = _ASIDE.search(name)
    if aside is not None and aside[1].strip() in _known():
        return _known()[aside[1].strip()]
    found = _phrase(_tokens(_GRAMMAGE.sub(" ", name)))
    if found is None and _is_thing(name):
        return Unit(base=PIECE, content=unit.strip())
    return found or Unit(base=name, doubt=_doubt(name))


def _doubt(name: str) -> str:
    if name == "ml":
        return "ml"
    return "figure" if name[0].isdigit() else ""


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a written unit: number, times, word or per."""

    kind: str
    text: str


def _tokens(name: str) -> list[_Token]:
    found = [
        _Token(part.lastgroup or "", part.group()) for part in _TOKEN.finditer(name)
    ]
    return [
        replace(one, kind="per") if one.text in _PER else one
        for one in found
        if one.text
    ]


def _phrase(tokens: list[_Token]) -> Unit | None:
    """What the written pieces say, or None."""
    at = next((at for at, one in enumerate(tokens) if one.kind == "per"), -1)
    if at < 0 and len(tokens) > 1 and tokens[-1].text == "pa":
        return _rate(tokens[:-1], tokens[-1:])
    if at >= 0:
        return _rate(tokens[:at], tokens[at + 1 :])
    for start, one in enumerate(tokens):
        if one.kind != "word":
            return None
        found = _at(tokens, start, short=len(tokens) == 1)
        if found is not None:
            return found[0]
    return None


def _rate(above: list[_Token], below: list[_Token]) -> Unit | None:
    """So much per something, or one unit written in two languages."""
    what = _phrase(above) if above else None
    if what is None or not below:
        return None
    times = _periods().get(below[0].text) if len(below) == 1 else None
    if times is not None:
        return Unit(base=f"{what.base} / year", factor=what.factor * times)
    other = _phrase(below)
    if other is None:
        return None
    if other.days and not what.days:
        return replace(what, base=f"{what.base} / day")
    if (other.base, other.factor) == (what.base, what.factor):
        return what
    with localcontext(prec=DIGITS):
        return Unit(
            base=f"{what.base} / {other.base}", factor=what.factor / other.factor
        )


def _at(
    tokens: list[_Token], start: int, *, short: bool = False
) -> tuple[Unit, int] | None:
    """The unit that begins at a word, and where it ends; `short` after a number."""
    for length in (3, 2, 1):
        part = tokens[start : start + length]
        if len(part) < length or any(one.kind != "word" for one in part):
            continue
        name = " ".join(one.text for one in part)
        found = _known().get(name)
        if found is None or (len(name) == 1 and not short):
            continue
        end = start + length
        if found.pack:
            return _pack(found, tokens, end)
        if found.base == SHEET and found.factor != 1:
            return _ream(found, tokens, end), end
        if name in _multiples():
            return _multiple(found, tokens, end)
        return replace(found, content=name), end
    return None


def _multiple(found: Unit, tokens: list[_Token], end: int) -> tuple[Unit, int] | None:
    """Dozens, thousands: of what follows, or of pieces."""
    following = _content(tokens, end) if end < len(tokens) else None
    if following is None:
        return found, end
    what, after = following
    return replace(what, factor=what.factor * found.factor), after


def _ream(found: Unit, tokens: list[_Token], end: int) -> Unit:
    """A ream holds the usual number of sheets unless another one is written."""
    sized = _sized(tokens, end)
    inside = sized[0] if sized else None
    ream = replace(found, content=tokens[end - 1].text)
    if inside is not None and inside.base == SHEET:
        return replace(ream, factor=inside.factor)
    return ream


def _pack(found: Unit, tokens: list[_Token], end: int) -> tuple[Unit, int] | None:
    """A pack, by the size that follows it."""
    if any(one.kind == "number" and _number(one.text) is None for one in tokens[end:]):
        return replace(found, base=_text(tokens), doubt="number"), len(tokens)
    while end < len(tokens) and (near := _known().get(tokens[end].text)) and near.pack:
        end += 1
    sized = _sized(tokens, end)
    if sized is None:
        inner = _only_size(tokens, end)
        if inner is None:
            return found, end
        sized = inner, len(tokens)
    inside, after = sized
    if inside.content == "ml" and inside.base == "ml":
        inside = (
            replace(inside, base="m")
            if found.pack == "roll"
            else replace(inside, base="litre", factor=inside.factor / 1000)
        )
    if not inside.content and found.pack not in measures.OF_PIECES:
        return replace(found, base=_text(tokens)), len(tokens)
    liquid = {found.pack, inside.pack} & measures.LIQUID
    if inside.base == "litre" and not liquid:
        large = f"{found.pack} : {inside.factor.normalize():f} litre"
        return replace(found, base=large, unsized=False), after
    return replace(inside, pack=found.pack), after


def _text(tokens: list[_Token]) -> str:
    return " ".join(one.text for one in tokens)


def _sized(tokens: list[_Token], at: int) -> tuple[Unit, int] | None:
    """What stands right behind a pack: a number, or several multiplied, and of what."""
    at = _after_links(tokens, at)
    if at >= len(tokens) or tokens[at].kind != "number":
        return None
    count = _number(tokens[at].text)
    at += 1
    while at + 1 < len(tokens) and tokens[at].kind == "times":
        more = _number(tokens[at + 1].text)
        if count is None or more is None:
            return None
        count *= more
        at += 2
    if not count:
        return None
    following = _content(tokens, at)
    if following is None:
        return Unit(base=PIECE, factor=count), at
    inside, at = following
    return replace(inside, factor=inside.factor * count), at


def _only_size(tokens: list[_Token], at: int) -> Unit | None:
    """The one size that stands further on: “pak papier 500 vel”."""
    starts = [
        place
        for place in range(at, len(tokens))
        if tokens[place].kind == "number" and tokens[place - 1].kind != "times"
    ]
    found = [
        sized[0]
        for place in starts
        if (sized := _sized(tokens, place)) is not None
        and sized[0].base != PIECE
        and sized[0].content
    ]
    sheets = [one for one in found if one.base == SHEET]
    if len(sheets) == 1:
        return sheets[0]
    return found[0] if len(found) == 1 == len(starts) else None


def _content(tokens: list[_Token], at: int) -> tuple[Unit, int] | None:
    """What a number counts: a known unit, else pieces of what is named."""
    at = _after_links(tokens, at)
    if at >= len(tokens) or tokens[at].kind != "word":
        return None
    if tokens[at].text == "ml":
        return Unit(base="ml", content="ml"), at + 1
    found = _at(tokens, at, short=True)
    if found is not None:
        return found
    if len(tokens[at].text) == 1:
        return None
    return Unit(base=PIECE, content=tokens[at].text), len(tokens)


def _after_links(tokens: list[_Token], at: int) -> int:
    while at < len(tokens) and tokens[at].text in measures.LINKS:
        at += 1
    return at


def _number(text: str) -> Decimal | None:
    """A number as Belgians write it: 2.500 is 2500, 2,5 is 2.5; 1,000 is unclear."""
    whole, comma, rest = text.partition(",")
    if comma and len(rest) == 3 and whole != "0":  # noqa: PLR2004  # thousands or not?
        return None
    if _THOUSANDS.fullmatch(whole) and not whole.startswith("0"):
        whole = re.sub(r"\D", "", whole)
    return Decimal(f"{whole}.{rest}" if comma else whole)


def _is_thing(name: str) -> bool:
    """Whether a unit is the name of what is bought: then it is counted in pieces."""
    own = words.words(name)
    if len(own) != 1 or not _BARE.fullmatch(name):
        return False
    forms = {own[0], f"{own[0]}s", own[0].removesuffix("s")}
    return any(
        words.root(form, language) in known
        for language, known in _things().items()
        for form in forms
    )


@cache
def _things() -> dict[str, frozenset[str]]:
    """The supplies of the thesaurus that one word names, by their roots."""
    from jointbuy.vocabulary.thesaurus import LANGUAGES, thesaurus

    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for category in thesaurus():
        if category.nature != "supplies":
            continue
        for language, terms in category.terms.items():
            for term in terms:
                own = words.words(term)
                if len(own) == 1:
                    found[language].add(words.root(own[0], language))
    return {language: frozenset(own) for language, own in found.items()}


# -- converting ------------------------------------------------------------------------


def conversion(one: str, other: str) -> Conversion | Refusal:
    """How many of another unit one unit is, or why that cannot be said.

    >>> conversion("boîte de 5 rames", "vel")
    Conversion(factor=Decimal('2500'), assumed=())
    """
    left, right = read(one), read(other)
    same = one.strip().casefold() == other.strip().casefold()
    if not _compatible((left, right)) or (not same and (left.unsized or right.unsized)):
        return Refusal(message=_why_not(one, other))
    with localcontext(prec=DIGITS):
        factor = left.factor / right.factor
    return Conversion(
        factor=_tidy(factor), assumed=_assumed((left, right), mixed=left != right)
    )


def converted(quantity: Decimal, unit: str, into: str) -> Decimal | None:
    """A quantity in another unit, to the thousandth; None where it does not convert.

    >>> converted(Decimal(12), "boîtes de 5 rames", "rames")
    Decimal('60')
    """
    found = conversion(unit, into)
    if isinstance(found, Refusal):
        return None
    with localcontext(prec=DIGITS):
        return _rounded(quantity * found.factor)


def _compatible(found: Iterable[Unit]) -> bool:
    """Whether units count the same: one base, or pieces of what is counted singly."""
    bases = {one.base for one in found}
    others = bases - {PIECE}
    return "" not in bases and (
        len(bases) == 1 or (len(others) == 1 and others < COUNTED)
    )


def _tidy(value: Decimal) -> Decimal:
    """Without a power of ten or zeros at its end: 1E+4 is 10000."""
    whole = value.to_integral_value()
    if whole == value:
        return whole.quantize(_ONE)
    return value.normalize()


def _rounded(value: Decimal) -> Decimal:
    whole = value == value.to_integral_value()
    return _tidy(value if whole else value.quantize(PLACES))


def _assumed(found: Iterable[Unit], *, mixed: bool) -> tuple[Message, ...]:
    kinds = {one.days for one in found}
    if not mixed or len(kinds) == 1:
        return ()
    return (
        say(
            "A working day is taken as {hours} hours (a week of 38 hours over five "
            "days): an assumption, to be agreed.",
            hours=WORKING_DAY,
        ),
    )


def _why_not(one: str, other: str) -> Message:
    """Why two units do not convert, and what would help."""
    for unit in (one, other):
        if not unit.strip():
            return say("One of the quantities has no unit: give it.")
        told = _doubtful(unit)
        if told is not None:
            return told
    left, right = read(one), read(other)
    for unit, own in ((one, left), (other, right)):
        if own.unsized:
            return say(
                "“{unit}” does not say what it holds: write the size with it, such as "
                "“box of 500 sheets”.",
                unit=unit.strip(),
            )
    pair = frozenset({left.base, right.base})
    for kinds, told in _BETWEEN:
        if any(pair == frozenset(bases) for bases in kinds):
            return told
    return say(
        "Nothing fixed turns “{one}” into “{other}”: agree on one of them.",
        one=one.strip(),
        other=other.strip(),
    )


def _doubtful(unit: str) -> Message | None:
    doubt = read(unit).doubt
    if doubt == "figure":
        return say(
            "“{unit}” begins with a figure: write the figure in the quantity and only "
            "the unit here, or name the pack it belongs to.",
            unit=unit.strip(),
        )
    if doubt == "number":
        return say(
            "The number in “{unit}” can be read in two ways: write 1.000 or 1000 for a "
            "thousand.",
            unit=unit.strip(),
        )
    if doubt == "ml":
        return say("“ml” can mean millilitres or running metres: write it in full.")
    return None


_BETWEEN: tuple[tuple[tuple[tuple[str, str], ...], Message], ...] = (
    (
        (("litre", "kWh"), ("normal m³", "kWh"), ("kg", "kWh"), ("stere", "kWh")),
        say(
            "How much energy a volume or a weight of fuel gives depends on its "
            "calorific value, which each delivery states: give both in kWh, as on the "
            "invoice."
        ),
    ),
    (
        (("litre", "normal m³"),),
        say(
            "A cubic metre of gas depends on pressure and temperature: give both in "
            "normal cubic metres, or in kWh as on the invoice."
        ),
    ),
    (
        (("litre", "kg"), ("stere", "kg")),
        say(
            "Between volume and weight stands the density of the product: agree on one "
            "of them."
        ),
    ),
    (
        (("stere", "litre"),),
        say(
            "A stere of stacked wood holds less than a cubic metre of wood: agree on "
            "one of them."
        ),
    ),
    (
        (("m", "m²"),),
        say("Between a length and a surface stands the width: agree on one of them."),
    ),
    (
        (("m²", "litre"), ("m", "litre")),
        say("Between them stands a thickness or a section: agree on one unit."),
    ),
    (
        ((SHEET, "page"),),
        say(
            "A sheet carries one page or two: say whether both sides are printed, and "
            "count both in pages."
        ),
    ),
    (
        (("pair", PIECE),),
        say("A piece may be one or a pair: say which, and count both in pairs."),
    ),
    (
        ((SHEET, PIECE),),
        say(
            "A piece of paper may be a sheet, a ream or a box: count it in reams or "
            "sheets."
        ),
    ),
    (
        tuple(("person", base) for base in (PIECE, *sorted(COUNTED), "meal", "pair")),
        say("How many each person gets is not recorded: give the number itself."),
    ),
    (
        ((HOUR, "month"), (HOUR, "week"), ("week", "month")),
        say(
            "How many hours a week, a month or a year holds depends on the service: "
            "count both in hours or in working days."
        ),
    ),
)


# -- together --------------------------------------------------------------------------


def added(
    quantities: Iterable[tuple[Decimal | None, str]],
) -> tuple[Decimal, str] | None:
    """The sum of quantities and its unit; None where they cannot be added up.

    >>> added([(Decimal(3), "t"), (Decimal(500), "kg")])
    (Decimal('3500'), 'kg')
    >>> added([(Decimal(900), "contrôles"), (Decimal(260), "stuks")])
    (Decimal('1160'), 'contrôles / stuks')
    """
    found = sum_up(quantities)
    return (found.quantity, found.unit) if isinstance(found, Sum) else None


def sum_up(quantities: Iterable[tuple[Decimal | None, str]]) -> Sum | Refusal | None:
    """The sum of quantities in the finest unit somebody wrote, or why there is none.

    None when one has no number or no unit. Packs are told in what they hold, unless
    all are alike; packs of unknown size are never added up.

    >>> found = sum_up([(Decimal(12), "boîtes de 5 rames"), (Decimal(40), "riemen")])
    >>> found.quantity, found.unit
    (Decimal('100'), 'riemen')
    """
    listed = [(quantity, unit) for quantity, unit in quantities]
    found = {unit: read(unit) for _, unit in listed}
    if not listed or any(
        quantity is None or not found[unit].base for quantity, unit in listed
    ):
        return None
    refusal = _refused(found)
    if refusal is not None:
        return refusal
    with localcontext(prec=DIGITS):
        whole = sum((quantity or 0) * found[unit].factor for quantity, unit in listed)
        name, factor, written = _told_in(found, Decimal(whole))
        steps = tuple(
            (unit, _tidy(own.factor / factor))
            for unit, own in sorted(found.items())
            if own.factor != factor
        )
        quantity = _rounded(whole / factor)
    return Sum(
        quantity=quantity,
        unit=name,
        steps=steps,
        assumed=_assumed(found.values(), mixed=len(found) > 1),
        written=written,
    )


def _refused(found: dict[str, Unit]) -> Refusal | None:
    """What keeps quantities from being added up, if anything does."""
    for one, other in combinations(sorted(found), 2):
        if not _compatible((found[one], found[other])):
            return Refusal(message=_why_not(one, other))
    for unit in sorted(found):
        if found[unit].unsized:
            return Refusal(message=_why_not(unit, unit))
    return None


def _told_in(found: dict[str, Unit], whole: Decimal) -> tuple[str, Decimal, bool]:
    """The unit a sum is told in, its factor, and whether somebody wrote it."""
    factors = {own.factor for own in found.values()}
    if len(factors) == 1:
        return as_written(found), factors.pop(), True
    plainly = {unit: own.factor for unit, own in found.items() if not own.pack}
    finest = min(plainly.values(), default=Decimal(0))
    if finest and (whole / finest == (whole / finest).to_integral_value()):
        return _named_in(plainly, finest), finest, True
    if _ONE in plainly.values():
        return _named_in(plainly, _ONE), _ONE, True
    if finest and finest < 1:
        return _named_in(plainly, finest), finest, True
    base = next(iter({own.base for own in found.values()} - {PIECE}), PIECE)
    return base, _ONE, False


def _named_in(units: dict[str, Decimal], factor: Decimal) -> str:
    return as_written(unit for unit, own in units.items() if own == factor)


def as_written(units: Iterable[str]) -> str:
    """The units as people wrote them, each once: “contrôles / controles”."""
    found: dict[str, str] = {}
    for unit in sorted(unit.strip() for unit in units if unit.strip()):
        found.setdefault(unit.casefold(), unit)
    return " / ".join(list(found.values())[:SHOWN])


def name_of(base: str) -> Arg:
    """A base unit in the reader's language; a unit nobody knows as it stands."""
    return _NAMES.get(base) or Arg(name="", text=base)


_NAMES: dict[str, Arg] = {
    PIECE: word("pieces"),
    SHEET: word("sheets"),
    HOUR: word("hours"),
    "litre": word("litres"),
    "m": word("metres"),
    "week": word("weeks"),
    "month": word("months"),
    "person": word("persons"),
    "voucher": word("vouchers"),
    "licence": word("licences"),
    "vehicle": word("vehicles"),
    "page": word("pages"),
    "item of mail": word("items of mail"),
    "subscription": word("subscriptions"),
    "check": word("checks"),
    "training": word("training sessions"),
    "meal": word("meals"),
    "word": word("words"),
    "pair": word("pairs"),
    "building": word("buildings"),
    "tree": word("trees"),
    "stere": word("steres"),
    "normal m³": word("normal cubic metres"),
    "contract": word("contracts"),
    "lump sum": word("lump sums"),
    "intervention": word("interventions"),
    "visit": word("visits"),
    "round": word("rounds"),
    "place": word("places"),
    "file": word("files of a case"),
    "report": word("reports"),
    "journey": word("journeys"),
    "night": word("nights"),
    "dose": word("doses"),
    "line": word("telephone or data lines"),
    "light point": word("light points"),
    "workplace": word("workplaces"),
    "copy of a text": word("issues of a publication"),
    "box": word("boxes"),
    "pack": word("packs"),
    "set": word("sets"),
    "batch": word("batches"),
    "bag": word("bags"),
    "roll": word("rolls"),
    "pallet": word("pallets"),
    "bottle": word("bottles"),
    "canister": word("canisters"),
    "drum": word("drums"),
}
