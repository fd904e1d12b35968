"""The rhythm in which a body meets, as it is typed: 3rd Thursday, not in July, August.

It is read in any of the four languages and written back in one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.intake.days import month_number, parse_day
from jointbuy.intake.text import Parsed, fold, spaced
from jointbuy.model import Period, Rhythm
from jointbuy.vocabulary.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from jointbuy.errors import Message

_WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember",
    "en": "January February March April May June July August September October "
    "November December",
}
_WRITTEN: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "every": "chaque {day}",
        "-1": "dernier", "-2": "avant-dernier", "1": "1er", "other": "{n}e",
        "and": " et ", "not": "sauf {months}",
        "from": "à partir du {day}", "until": "jusqu’au {day}",
    },
    "nl": {
        "every": "elke {day}",
        "-1": "laatste", "-2": "voorlaatste", "1": "1ste", "other": "{n}de",
        "and": " en ", "not": "niet in {months}",
        "from": "vanaf {day}", "until": "tot en met {day}",
    },
    "de": {
        "every": "jeden {day}",
        "-1": "letzter", "-2": "vorletzter", "1": "1.", "other": "{n}.",
        "and": " und ", "not": "nicht im {months}",
        "from": "ab {day}", "until": "bis {day}",
    },
    "en": {
        "every": "every {day}",
        "-1": "last", "-2": "second to last", "1": "1st", "2": "2nd", "3": "3rd",
        "other": "{n}th",
        "and": " and ", "not": "not in {months}",
        "from": "from {day}", "until": "until {day}",
    },
}  # fmt: skip

_WEEKDAY = {
    fold(name): number
    for names in _WEEKDAYS.values()
    for number, name in enumerate(names.split())
} | {"sonnabend": 5}
_ENDINGS = ("", "s", "en", "e")
"""What follows the name of a day that comes back: mardis, donderdagen, montags."""

_LAST_BUT_ONE = re.compile(
    r"\b(?:avant ?-? ?dernier|voor ?-? ?laatste?|vor ?-? ?letzte[rnms]?|"
    r"(?:second|2nd|next) ?-? ?to ?-? ?last|last but one|penultimate)\b"
)
_BETWEEN = re.compile(r"(?<=[a-z])\s*[-–—]\s*(?=[a-z])|\bt/m\b|\bt\.?e\.?m\.?(?= )")
_DATE = r"(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2})"
_FROM = re.compile(
    r"\b(?:(?:starting )?from|starting(?: on)?|since|as of|a partir du|depuis(?: le)?|"
    rf"des(?: le)?|vanaf|sinds|ab(?: dem)?|seit(?: dem)?)\s+{_DATE}"
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|up to|to|jusqu\W?(?:au|a)|au|tot en met|tot|to|"
    rf"bis(?: zum| einschliesslich)?)\s+{_DATE}"
)
_FORTNIGHT = re.compile(
    r"\b(?:every (?:two|2|second|other) weeks?|every other|fortnight\w*|biweekly|"
    r"(?:toutes )?(?:les )?(?:deux|2) semaines|une semaine sur (?:deux|2)|"
    r"(?:tous les )?(?:quinze|15) jours|"
    r"om de (?:twee|2) weken|tweewekelijks|veertiendaags|om de (?:andere|week)|"
    r"alle (?:zwei|2) wochen|jede zweite woche|zweiwochentlich|vierzehntagig)\b"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT = _words(
    "not no except excepting excluding excl without but never "
    "sauf hors pas sans excepte exceptes hormis jamais "
    "niet geen behalve zonder uitgezonderd uitgenomen nooit "
    "nicht kein keine keinen ausser ausgenommen ohne nie"
)
_TO = _words("to through until till a au jusqu jusque tot bis")
_AND = _words("and et en und")
_FILLING = _words(
    "the of in on each every all month months monthly week weeks weekly session "
    "sessions meeting meetings only "
    "le la les l du de d des un une a au chaque tous toutes mois mensuel semaine "
    "hebdomadaire seance seances reunion mais dans uniquement "
    "elke iedere ieder alle het een van maand maanden maandelijks week wekelijks "
    "zitting zittingen vergadering maar op s den der met enkel alleen "
    "jeder jede jeden jedes jeweils dem im am monat monats woche wochentlich sitzung "
    "sitzungen aber nur"
)
_ORDINALS: Mapping[str, int] = {
    word: number
    for number, words in {
        1: "first premier premiere eerste erste erster ersten erstes",
        2: "second deuxieme tweede zweite zweiter zweiten zweites",
        3: "third troisieme derde dritte dritter dritten drittes",
        4: "fourth quatrieme vierde vierte vierter vierten viertes",
        5: "fifth cinquieme vijfde funfte funfter funften funftes",
        -1: "last dernier derniere laatste letzte letzter letzten letztes",
        -2: "penultimate",
    }.items()
    for word in words.split()
}
_FIGURE = re.compile(r"([1-5])(?:st|nd|rd|th|er|ere|e|eme|ieme|de|ste|te|ter|ten)?")
_YEARFUL = 12


def parse_rhythm(text: str, *, on: date | None = None) -> Parsed[Rhythm]:
    """The rhythm that a text describes: a day of the week, in which weeks and months.

    >>> parse_rhythm("3e jeudi, sauf juillet et août").value
    Rhythm(weekday=3, weeks=(3,), without=(7, 8), period=Period(start=None, end=None))
    >>> parse_rhythm("elke dinsdag").value.weeks
    ()
    """
    bare = _plain(text)
    if not bare:
        return Parsed()
    if _FORTNIGHT.search(bare):
        return Parsed(
            fault=say(
                "“{text}”: a session every two weeks is written by the weeks of the "
                "month, such as “1st and 3rd Tuesday”; register the other days one by "
                "one.",
                text=text,
            )
        )
    bare, start = _taken_out(_FROM, bare)
    bare, end = _taken_out(_UNTIL, bare)
    for each in (start, end):
        if each is not None and (found := parse_day(each, on=on)).fault is not None:
            return Parsed(fault=found.fault)
    period = Period(
        start=parse_day(start).value if start else None,
        end=parse_day(end).value if end else None,
    )
    if period.start and period.end and period.end < period.start:
        return Parsed(
            fault=say(
                "The rhythm would end on {end}, before it starts on {start}.",
                start=period.start,
                end=period.end,
            )
        )
    return _rhythm(text, fold(bare).split(), period)


def _plain(text: str) -> str:
    """Small letters without accents, with the signs that still count."""
    bare = _LAST_BUT_ONE.sub("penultimate", plain(spaced(text)))
    return _BETWEEN.sub(" to ", bare).strip(" .")


def _taken_out(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    found = pattern.search(text)
    if found is None:
        return text, None
    return text[: found.start()] + " " + text[found.end() :], found[1].replace(" ", "")


def _rhythm(text: str, words: list[str], period: Period) -> Parsed[Rhythm]:
    cut = next((n for n, word in enumerate(words) if word in _NOT), len(words))
    weekdays: list[int] = []
    weeks: list[int] = []
    rest: list[str] = []
    for word in words[:cut]:
        if (day := _weekday(word)) is not None:
            weekdays.append(day)
        elif (week := _week(word)) is not None:
            weeks.append(week)
        elif word not in _FILLING | _AND:
            rest.append(word)
    if len(set(weekdays)) > 1:
        return Parsed(
            fault=say(
                "“{text}” names several days of the week: a rhythm has one. Register "
                "the other sessions one by one.",
                text=text,
            )
        )
    only = _months(rest, numbers=False)
    never = _months(words[cut:], numbers=True)
    if isinstance(only, str):
        return Parsed(fault=_unknown(text, only))
    if isinstance(never, str):
        return Parsed(fault=_unknown(text, never))
    if not weekdays or (cut < len(words) and not never):
        return Parsed(fault=_no_rhythm(text))
    without = set(never)
    if only:
        without |= set(range(1, _YEARFUL + 1)) - set(only)
    if len(without) == _YEARFUL:
        return Parsed(fault=say("“{text}” leaves no month to meet in.", text=text))
    return Parsed(
        value=Rhythm(
            weekday=weekdays[0],
            weeks=tuple(sorted(set(weeks), key=lambda week: (week < 0, abs(week)))),
            without=tuple(sorted(without)),
            period=period,
        )
    )


def _weekday(word: str) -> int | None:
    for ending in _ENDINGS:
        if word.endswith(ending):
            found = _WEEKDAY.get(word.removesuffix(ending))
            if found is not None:
                return found
    return None


def _week(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS[word]
    figure = _FIGURE.fullmatch(word)
    return int(figure[1]) if figure else None


def _months(words: list[str], *, numbers: bool) -> tuple[int, ...] | str:
    """The months that are named, ranges filled; the first word that is none."""
    found: list[int] = []
    ranging = False
    for word in words:
        number = month_number(word)
        if number is None and numbers and word.isdecimal():
            number = int(word) if 1 <= int(word) <= _YEARFUL else None
        if number is not None:
            found += _upto(found[-1], number) if ranging and found else [number]
            ranging = False
        elif word in _TO and (numbers or found or word in _FILLING):
            ranging = True
        elif word not in _FILLING | _AND | _NOT:
            return word
    return tuple(found)


def _upto(first: int, last: int) -> Iterator[int]:
    """The months after the first up to the last, over the end of the year."""
    while first != last:
        first = first % _YEARFUL + 1
        yield first


def _unknown(text: str, word: str) -> Message:
    return say(
        "“{word}” in “{text}” was not understood: write a rhythm such as “3rd "
        "Thursday, not in July, August”, “1st and 3rd Monday”, “last Friday” or "
        "“every Tuesday”.",
        word=word,
        text=text,
    )


def _no_rhythm(text: str) -> Message:
    return say(
        "“{text}” is not a rhythm: write it such as “3rd Thursday, not in July, "
        "August”, “1st and 3rd Monday”, “last Friday” or “every Tuesday”.",
        text=text,
    )


def write_rhythm(rhythm: Rhythm, language: str) -> str:
    """The rhythm as it would be typed; reading it gives the rhythm again.

    >>> write_rhythm(Rhythm(weekday=3, weeks=(1, 3), without=(7, 8)), "nl")
    '1ste en 3de donderdag, niet in juli, augustus'
    """
    language = language if language in _WRITTEN else "en"
    words = _WRITTEN[language]
    day = _WEEKDAYS[language].split()[rhythm.weekday % 7]
    if rhythm.weeks:
        which = words["and"].join(_week_written(each, words) for each in rhythm.weeks)
        parts = [f"{which} {day}"]
    else:
        parts = [words["every"].format(day=day)]
    if rhythm.without:
        names = _MONTHS[language].split()
        months = ", ".join(names[month - 1] for month in rhythm.without)
        parts.append(words["not"].format(months=months))
    for key, each in (("from", rhythm.period.start), ("until", rhythm.period.end)):
        if each is not None:
            parts.append(words[key].format(day=f"{each:%d/%m/%Y}"))
    return ", ".join(parts)


def _week_written(week: int, words: Mapping[str, str]) -> str:
    return words.get(str(week)) or words["other"].format(n=week)
