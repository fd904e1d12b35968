"""Amounts and quantities as they are typed in Belgium: 1.234,56 €, 500 rames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from jointbuy.errors import euro, say
from jointbuy.intake.text import Parsed, fold, spaced
from jointbuy.model import cents

if TYPE_CHECKING:
    from jointbuy.errors import Message

LARGEST = Decimal(10) ** 11
"""An estimate at or above this many euro is a typing error."""

TAXES = r"(?:btw|tva|vat|mwst|mehrwertsteuer|ust)"
WITHOUT = re.compile(
    r"\b(?:htva|h tva|hors taxes?|ht|"
    r"(?:hors|excl|exclusief|excluding|exclusive|exkl|exklusive|ohne|zzgl|zonder|sans|"
    rf"without|ex) (?:of |la |de )?{TAXES}|"
    rf"{TAXES} (?:exclu(?:e|sief|ded|sive)?|excl|exkl|non comprise|non incluse|"
    r"niet inbegrepen|nicht inbegriffen|not included)|netto|excl)\b"
)
WITH = re.compile(
    r"\b(?:tvac|ttc|toutes taxes comprises|"
    r"(?:incl|inkl|inclusief|including|inclusive|inklusive|mit|avec|met|with|y compris)"
    rf" (?:of |la |de )?{TAXES}|"
    rf"{TAXES} (?:comprise?|incluse?|inbegrepen|inclusief|incl|inkl|included|"
    r"inbegriffen)|brutto)\b"
)

_CURRENCY = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)
_MARKS = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "−": "-", "–": "-",
                        "—": "-"})  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<before>[^0-9]*?)(?P<open>\(?)\s*(?P<sign>[-+]?)\s*"
    r"(?P<core>[0-9][0-9.,' ]*?)(?P<dash>[.,][-=]{1,2})?\s*(?P<minus>-?)\s*"
    r"(?P<close>\)?)(?P<after>[^0-9]*)"
)
_QUANTITY = re.compile(r"(?P<before>[^0-9]*?)(?P<core>[0-9][0-9.,' ]*?)"
                       r"(?P<unit>(?:[^0-9.,'\s].*)?)", re.DOTALL)  # fmt: skip
_ABOUT = {"", "env", "environ", "ca", "circa", "ongeveer", "approx", "approximately",
          "etwa", "ungefahr", "about", "estime", "geraamd", "rond"}  # fmt: skip
_PER = re.compile(r"/|\b(?:par|per|pro|p ?a|ans?|jaar|jahr|year|mois|maand|monat|month|"
                  r"annuels?|jaarlijks|jahrlich|yearly)\b")  # fmt: skip
_SCALE = re.compile(r"\b(?:k|keur|mio|m|mln|millions?|milliers?|mille|duizend|miljoen"
                    r"|tausend|millionen|thousand)\b")  # fmt: skip
_RANGE = re.compile(r"(?:-|a|à|bis|tot|to|et|en|und|and)\s*[0-9]", re.IGNORECASE)
_POWER = re.compile(r"e[-+]?[0-9]", re.IGNORECASE)
_TIMES = re.compile(r"[x×*]\s*[0-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """So many of a unit; the unit may be empty."""

    amount: Decimal
    unit: str = ""


def vat_named(folded: str) -> tuple[str, str]:
    """What folded words say of VAT (`excl`, `incl` or ``), and the other words.

    >>> vat_named("montant estime hors tva")
    ('excl', 'montant estime')
    >>> vat_named("raming incl btw")
    ('incl', 'raming')
    >>> vat_named("bedrag")
    ('', 'bedrag')
    """
    for basis, pattern in (("excl", WITHOUT), ("incl", WITH)):
        if pattern.search(folded):
            return basis, " ".join(pattern.sub(" ", folded).split())
    return "", folded


@lru_cache(maxsize=20_000)
def parse_amount(text: str) -> Parsed[Decimal]:
    """An amount in euro, excluding VAT; the comma is the decimal sign.

    >>> parse_amount("1.234,56 €").value
    Decimal('1234.56')
    >>> parse_amount("(1.234,50)").value
    Decimal('-1234.50')
    """
    bare = spaced(_CURRENCY.sub(" ", text.translate(_MARKS)))
    if not bare:
        return _no_number(text) if text.strip() else Parsed()
    found = _AMOUNT.fullmatch(bare)
    if not found or bool(found["open"]) != bool(found["close"]):
        return Parsed(fault=_why_no_amount(text, bare))
    if re.fullmatch(r"[-+ ]*[.,]", found["before"]):  # ,50 is not 50
        return Parsed(fault=_why_no_amount(text, bare))
    if re.search("[%‰]", bare):
        return Parsed(fault=_per_cent(text))
    words = " ".join(fold(f"{found['before']} | {found['after']}").split())
    basis, rest = vat_named(words)
    if basis == "incl":
        return Parsed(fault=_with_vat(text))
    per = _PER.search(rest) or "/" in found["after"]
    if rest not in _ABOUT or per:
        return Parsed(fault=_why_no_amount(text, bare))
    # A dash for the cents, 1.234,-, says which sign is the decimal one.
    dash = f"{found['dash'][0]}00" if found["dash"] else ""
    number = _number(found["core"] + dash)
    if number.fault or number.value is None or number.reading == "three":
        return Parsed(fault=_unclear(text))
    negative = found["open"] or found["sign"] == "-" or found["minus"]
    value = -number.value if negative else number.value
    remarks = _how(text, number.reading, value)
    if rest or re.search(r"[~±]", found["before"]):
        remarks += (say("“{text}” was taken as {amount}.", text=text,
                        amount=euro(value)),)  # fmt: skip
    return Parsed(value=value, remarks=remarks, reading=number.reading)


def _no_number(text: str) -> Parsed[Decimal]:
    return Parsed(fault=_why_no_amount(text, ""))


def _how(text: str, reading: str, value: Decimal) -> tuple[Message, ...]:
    match reading:
        case "thousands":
            return (
                say(
                    "The dot in “{text}” was read as marking thousands: {amount}.",
                    text=text,
                    amount=euro(value),
                ),
            )
        case "point":
            return (
                say(
                    "The dot in “{text}” was read as the decimal sign: {amount}.",
                    text=text,
                    amount=euro(value),
                ),
            )
        case "english":
            return (
                say(
                    "“{text}” is written the English way and was read as {amount}.",
                    text=text,
                    amount=euro(value),
                ),
            )
    return ()


def _unclear(text: str) -> Message:
    return say(
        "The amount “{text}” can be read in more than one way: write it with a comma "
        "before the cents and dots only between thousands, such as 1.234,56.",
        text=text,
    )


def _per_cent(text: str) -> Message:
    return say(
        "“{text}” is a percentage: write the amount itself, in euro excluding VAT.",
        text=text,
    )


def _with_vat(text: str) -> Message:
    return say(
        "“{text}” includes VAT: write the amount excluding VAT, as thresholds and "
        "estimates are calculated without it.",
        text=text,
    )


def _why_no_amount(text: str, bare: str) -> Message:
    folded = fold(bare)
    if not re.search(r"[0-9]", bare):
        return say(
            "“{text}” is not an amount: write a number in euro excluding VAT, such as "
            "12.480,00, or leave the field empty while no amount is known.",
            text=text,
        )
    if _PER.search(folded) or re.search(r"[0-9]\s*/", bare):
        return say(
            "“{text}” is an amount per period or per unit: write the total over the "
            "whole duration, options and renewals included.",
            text=text,
        )
    if _SCALE.search(re.sub(r"([0-9])([a-z])", r"\1 \2", folded)):
        return say(
            "“{text}” is abbreviated: write the amount in full and in figures, such as "
            "12.000.",
            text=text,
        )
    if re.search(r"[0-9]\s*(?:-|à|bis|tot|to)\s*[0-9]", bare):
        return say(
            "“{text}” is a range: write one amount, the highest you expect.", text=text
        )
    return say(
        "“{text}” is not an amount: write only the number in euro excluding VAT, such "
        "as 12.480,00.",
        text=text,
    )


_GROUPED = {
    sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+")
    for sign in (".", ",", " ", "'")
}


def _number(core: str) -> Parsed[Decimal]:
    """Figures with their dots, commas, spaces and apostrophes, and how they are read.

    The reading is `thousands` for 12.480, `point` for 12.5, `english` for 1,234.56 and
    `three` for 1,234, which is left to the caller.
    """
    core = core.strip()
    wrong: Parsed[Decimal] = Parsed(fault=say("This is not a number."))
    for sign in (" ", "'"):
        if sign in core:
            whole, mark, cents_ = _split_last(core)
            if not _GROUPED[sign].fullmatch(whole):
                return wrong
            core = whole.replace(sign, "") + mark + cents_
            if mark and cents_:
                return Parsed(value=Decimal(core.replace(",", ".")))
    dots, commas = core.count("."), core.count(",")
    if dots and commas:
        last = max(".,", key=core.rfind)
        other = "," if last == "." else "."
        whole, _, cents_ = core.rpartition(last)
        if core.count(last) > 1 or not _GROUPED[other].fullmatch(whole) or not cents_:
            return wrong
        value = Decimal(f"{whole.replace(other, '')}.{cents_}")
        return Parsed(value=value, reading="english" if last == "." else "")
    if not dots and not commas:
        return Parsed(value=Decimal(core))
    sign = "." if dots else ","
    if dots + commas > 1:
        if not _GROUPED[sign].fullmatch(core):
            return wrong
        value = Decimal(core.replace(sign, ""))
        return Parsed(value=value, reading="english" if commas else "")
    whole, _, cents_ = core.partition(sign)
    if not cents_:
        return wrong
    three = len(cents_) == 3 and len(whole) <= 3 and not whole.startswith("0")  # noqa: PLR2004
    if sign == "." and three:
        return Parsed(value=Decimal(whole + cents_), reading="thousands")
    value = Decimal(f"{whole}.{cents_}")
    if sign == ".":
        return Parsed(value=value, reading="point")
    return Parsed(value=value, reading="three" if three else "")


def _split_last(core: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"([^.,]+)([.,]?)([0-9]*)", core)
    return (found[1], found[2], found[3]) if found else ("", "", "")


def parse_estimate(cell: str | float | Decimal) -> Parsed[Decimal]:
    """An estimate: an amount excluding VAT that is not negative, in whole cents."""
    if isinstance(cell, str):
        parsed = parse_amount(cell)
    else:
        number = exact(cell)
        if number is None:
            return Parsed(fault=_why_no_amount(str(cell), ""))
        parsed = Parsed(value=number)
    value = parsed.value
    if value is None:
        return parsed
    shown = cell if isinstance(cell, str) else str(value)
    if value < 0:
        return Parsed(
            fault=say("“{text}” is negative: an estimate is zero or more.", text=shown)
        )
    if value >= LARGEST:
        return Parsed(
            fault=say(
                "“{text}” is too large for an estimate: check the number of zeros.",
                text=shown,
            )
        )
    remarks = parsed.remarks
    if value == 0:
        remarks += (
            say(
                "An estimate of 0 € was kept; leave the field empty if no amount is "
                "known yet."
            ),
        )
    rounded = cents(value)
    if rounded != value:
        remarks += (
            say("“{text}” was rounded to {amount}.", text=shown, amount=euro(rounded)),
        )
        value = rounded
    return Parsed(value=value, remarks=remarks, reading=parsed.reading)


def exact(cell: float | Decimal) -> Decimal | None:
    """The number a numeric cell shows, not its binary shadow; None if it is none."""
    number = cell if isinstance(cell, Decimal) else Decimal(repr(cell))
    if not number.is_finite():
        return None
    whole = number.to_integral_value()
    if number == whole and abs(number) < LARGEST:
        return whole.quantize(Decimal(1))
    return number


@lru_cache(maxsize=20_000)
def _parse_quantity(text: str) -> Parsed[Quantity]:
    bare = spaced(text.translate(_MARKS))
    if not bare:
        return Parsed()
    found = _QUANTITY.fullmatch(bare)
    before = fold(found["before"]) if found else ""
    unit = found["unit"].strip() if found else ""
    if (
        not found
        or before not in _ABOUT
        or "-" in found["before"]
        or _RANGE.match(unit)
        or _TIMES.match(unit)
        or _POWER.match(unit)
    ):
        return Parsed(fault=_no_quantity(text))
    number = _number(found["core"])
    if number.value is None or number.value >= LARGEST:
        return Parsed(fault=_no_quantity(text))
    value = _trimmed(number.value)
    remarks: tuple[Message, ...] = ()
    if number.reading or before or re.search(r"[~±]", found["before"]):
        remarks = (say("“{text}” was read as {number}.", text=text, number=value),)
    return Parsed(
        value=Quantity(amount=value, unit=unit.rstrip(" .") if len(unit) < 2 else unit),  # noqa: PLR2004
        remarks=remarks,
        reading=number.reading,
    )


def _trimmed(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _no_quantity(text: str) -> Message:
    return say(
        "“{text}” is not a quantity: write one number, with its unit if you wish, such "
        "as 500 or 500 reams.",
        text=text,
    )


def parse_quantity(cell: str | float | Decimal) -> Parsed[Quantity]:
    """A number that is not negative and the unit written behind it.

    >>> parse_quantity("500 rames").value
    Quantity(amount=Decimal('500'), unit='rames')
    """
    if isinstance(cell, str):
        return _parse_quantity(cell)
    number = exact(cell)
    if number is None or number < 0 or number >= LARGEST:
        return Parsed(fault=_no_quantity(str(cell)))
    return Parsed(value=Quantity(amount=_trimmed(number)))
