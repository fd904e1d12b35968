"""A term of notice as contracts write it: 3 mois avant la fin, 90 dagen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.intake.text import Parsed, fold

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.schedule.contract_ends import TermUnit

MOST = 3660
"""Days that a term of notice may take, in whatever unit."""

_UNITS: dict[TermUnit, tuple[int, str]] = {
    "days": (1, r"jours?|dag|dagen|tage?n?|days?|j|d|calendaires?|kalenderdagen"),
    "weeks": (7, r"semaines?|sem|week|weken|wochen?|weeks?"),
    "months": (30, r"mois|maand|maanden|monate?n?|months?|mnd|m"),
    "years": (365, r"ans?|annees?|jaar|jaren|jahre?n?|years?"),
}
_NUMBERS = {
    "un": 1, "une": 1, "een": 1, "ein": 1, "einen": 1, "eine": 1, "one": 1,
    "deux": 2, "twee": 2, "zwei": 2, "two": 2, "trois": 3, "drie": 3, "drei": 3,
    "three": 3, "quatre": 4, "vier": 4, "four": 4, "six": 6, "zes": 6, "sechs": 6,
    "neuf": 9, "negen": 9, "neun": 9, "nine": 9, "douze": 12, "twaalf": 12,
    "zwolf": 12, "twelve": 12,
}  # fmt: skip
_COUNT = rf"[0-9]{{1,4}}|{'|'.join(_NUMBERS)}"
_AROUND = (
    r"(?:preavis|delai|opzegtermijn|termijn|kundigungsfrist|frist|notice|term|de|d|"
    r"van|von|of|is|calendrier|calendaires?|kalender|calendar|avant|voor|vor|before|"
    r"prior|to|la|le|l|het|de|der|dem|die|the|fin|echeance|einde|einddatum|"
    r"vervaldag|ende|ablauf|vertragsende|end|expiry|du|des|contrat|marche|contract|"
    r"opdracht|vertrags?|auftrags?|a|au|om|plus tard)"
)


def parse_notice(text: str, *, end: date | None) -> Parsed[date] | None:
    """The last day to give notice under a term before the end.

    None where the text is not such a term; a fault where the end is not known.

    >>> from datetime import date
    >>> parse_notice("3 mois avant la fin", end=date(2027, 12, 31)).value
    datetime.date(2027, 9, 30)
    >>> parse_notice("30/09/2027", end=date(2027, 12, 31)) is None
    True
    """
    from jointbuy.schedule.contract_ends import notice_day

    if text.lstrip().startswith("+"):  # so long from today
        return None
    folded = fold(text)
    for unit, (days, words) in _UNITS.items():
        found = re.fullmatch(
            rf"(?:{_AROUND} )*(?P<count>{_COUNT}) ?(?:{words})(?: {_AROUND})*", folded
        )
        if found is None:
            continue
        count = _NUMBERS.get(found["count"]) or int(found["count"])
        if not 1 <= count * days <= MOST:
            return Parsed(
                fault=say(
                    "“{text}” is no term of notice that can be: check the number.",
                    text=text,
                )
            )
        if end is None:
            return Parsed(
                fault=say(
                    "“{text}” is a term before the end, and no end is recorded: give "
                    "the last day of the contract as well, or the day itself.",
                    text=text,
                )
            )
        day = notice_day(end, count, unit)
        return Parsed(
            value=day,
            remarks=(
                say(
                    "“{text}”: notice must have arrived by {day}, so that the whole "
                    "term lies between the day after it and {end}. Check what the "
                    "contract says of how notice is given.",
                    text=text,
                    day=day,
                    end=end,
                ),
            ),
        )
    return None
