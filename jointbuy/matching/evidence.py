"""What a reason rests on, told: words, codes, days, shares, places, contracts, units.

Pure functions from values to sentences; nothing here weighs anything.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, per_cent, say, word
from jointbuy.matching.names import local, named
from jointbuy.matching.units import Refusal, Sum, name_of, read, sum_up
from jointbuy.model import LocalText
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary import words
from jointbuy.vocabulary.lexicon import lexicon
from jointbuy.vocabulary.thesaurus import thesaurus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from jointbuy.matching.learning import Labels
    from jointbuy.matching.requirements import Compared, Contradiction, Strictest
    from jointbuy.model import Administration, Contract

    Names = Callable[[str], Mapping[str, str]]

SHOWN = 6
"""So many lines of one kind are told; the rest repeat them."""

_LANGUAGES = {
    "fr": word("French"),
    "nl": word("Dutch"),
    "de": word("German"),
    "en": word("English"),
}
_QUOTES = {"fr": "«\xa0{}\xa0»", "nl": "“{}”", "de": "„{}“", "en": "“{}”"}
_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[^\w\s'’-]")


# -- words -----------------------------------------------------------------------------


def shared_words(texts: Iterable[tuple[str, str]]) -> tuple[Message, ...]:
    """The telling words that titles of one language share: (title, language) each."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for title, language in texts:
        if language in _LANGUAGES:
            by_language[language].append(title)
    found = []
    for language, titles in sorted(by_language.items()):
        shared = _shared(titles, language)
        if shared:
            found.append(
                say(
                    "The titles in {language} share {words}.",
                    language=_LANGUAGES[language],
                    words=_quoted(shared),
                )
            )
    return tuple(found)


def _shared(titles: Sequence[str], language: str) -> list[str]:
    """The words, as first written, that stand in most titles and in two at least."""
    written: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for title in titles:
        own: dict[str, str] = {}
        for token in _TOKEN.findall(title):
            for plainly in words.telling(token):
                own.setdefault(words.root(plainly, language), token)
        seen.update(own.keys())
        for root, token in own.items():
            written.setdefault(root, token)
    most = max(seen.values(), default=0)
    if most < 2:  # noqa: PLR2004  # shared by two
        return []
    return [written[root] for root in written if seen[root] == most][:SHOWN]


def synonyms(category: str, texts: Iterable[tuple[str, str]]) -> tuple[Message, ...]:
    """The words of two languages that the thesaurus knows as the same purchase."""
    place = _places().get(category)
    if place is None:
        return ()
    carried: dict[str, str] = {}
    for title, language in texts:
        if language in _LANGUAGES and language not in carried:
            words_ = carriers(place, title)
            if words_:
                carried[language] = words_
    labels = LocalText(**thesaurus()[place].labels)
    first, *others = sorted(carried) or [""]
    return tuple(
        say(
            "“{one}” ({language}) and “{other}” ({other_language}) are both {purchase} "
            "in the thesaurus.",
            one=carried[first],
            language=_LANGUAGES[first],
            other=carried[other],
            other_language=_LANGUAGES[other],
            purchase=local(labels),
        )
        for other in others
        if words.words(carried[other]) != words.words(carried[first])
    )


@cache
def _places() -> dict[str, int]:
    return {category.id: place for place, category in enumerate(thesaurus())}


@lru_cache(maxsize=5_000)
def carriers(place: int, title: str) -> str:
    """The words of a title, as written, by which the category at that place is found.

    Of several stretches the one that says most; "" where the words do not tell.
    """
    book = lexicon()
    weighted = book.weighted(title)
    ranked = next((one for one in book.rank(weighted) if one.category == place), None)
    if ranked is None:
        return ""
    speaking = {
        plainly
        for plainly in weighted
        if any(book.speaks(reading, ranked) for reading in book.readings(plainly))
    }
    runs: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(title):
        own = words.words(token[0])
        if not speaking.intersection(own):
            if words.telling(token[0]) and not _size(token[0]):
                runs.append([])
            continue
        if runs[-1] and _BREAK.search(title[runs[-1][-1].end() : token.start()]):
            runs.append([])
        runs[-1].append(token)
    best = max(runs, key=lambda run: sum(_weight(token[0], place) for token in run))
    return title[best[0].start() : best[-1].end()] if best else ""


def _weight(token: str, place: int) -> float:
    """What a written word says of the category at that place; sizes say little."""
    if _size(token):
        return 0.0
    return sum(
        weight
        for plainly in words.words(token)
        for own, weight in lexicon().categories_of(plainly)
        if own == place
    )


def _size(token: str) -> bool:
    """Whether a written word holds a number: “A4”, “3ply”."""
    return any(letter.isdigit() for letter in token)


def _quoted(found: Iterable[str]) -> Arg:
    """Words as somebody wrote them, in the quotation marks of the reader."""
    listed = list(dict.fromkeys(found))
    told = {
        language: ", ".join(marks.format(one) for one in listed)
        for language, marks in _QUOTES.items()
    }
    return Arg(name="", kind="names", text=told["en"], names=told)


# -- codes -----------------------------------------------------------------------------


def thesaurus_name(code: str) -> Mapping[str, str]:
    """What the thesaurus calls a fine code, where a category has it as its own.

    A coarse code holds far more than the category that goes by it.
    """
    return _own_names().get(code, {}) if tree.depth(code) >= tree.CATEGORY else {}


def names_by(labels: Labels | None) -> Names:
    """Codes by their official label where the list is installed, else our name."""
    if labels is None:
        return thesaurus_name
    return lambda code: labels(code) or thesaurus_name(code)


@cache
def _own_names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for category in thesaurus():
        found.setdefault(category.cpv, dict(category.labels))
    return found


def code_path(codes: Iterable[str], names: Names = thesaurus_name) -> Message | None:
    """Where declared codes meet in the tree; None where nobody names that place."""
    listed = sorted({bare for code in codes if (bare := tree.bare(code))})
    if not listed:
        return None
    if len(listed) == 1:
        path = [listed[0], *(code for code in tree.ancestors(listed[0]) if names(code))]
        if len(path) == 1 and not names(path[0]):
            return None
        return say("In the tree of codes: {path}.", path=_path(path, names))
    digits = min(tree.shared(one, other) for one, other in combinations(listed, 2))
    if not digits:
        return None
    common = tree.ancestor(listed[0], digits)
    if not names(common):
        return None  # the digits they share are told already
    return say(
        "{codes} lie under {common}.",
        codes=Arg(name="", text=", ".join(listed[:SHOWN])),
        common=_path([common], names),
    )


def declared(
    codes: Iterable[tuple[Arg, str]], names: Names = thesaurus_name
) -> tuple[Message, ...]:
    """Who declares which code, with its name if known."""
    found: dict[str, list[Arg]] = defaultdict(list)
    for who, code in codes:
        if bare := tree.bare(code):
            found[bare].append(who)
    return tuple(
        say(
            "{administrations}: code {path}.",
            administrations=_all(who),
            path=_path([code], names),
        )
        for code, who in sorted(found.items())
    )[:SHOWN]


def _path(codes: Iterable[str], names: Names) -> Arg:
    """Codes with their names, from the finest to the coarsest."""
    listed = list(codes)
    told = {
        language: " → ".join(
            f"{code} {names(code).get(language, '')}".strip() for code in listed
        )
        for language in _LANGUAGES
    }
    return Arg(name="", kind="names", text=told["en"], names=told)


# -- days ------------------------------------------------------------------------------


def window(days: Sequence[tuple[Arg, date | None, date | None]]) -> tuple[Message, ...]:
    """Who sets the first and the last common day; (who, earliest, latest) each."""
    starts = [(first, who) for who, first, _ in days if first is not None]
    ends = [(last, who) for who, _, last in days if last is not None]
    found = []
    if starts:
        day = max(first for first, _ in starts)
        found.append(
            say(
                "The first day is that of {administrations}: {day}.",
                administrations=_all([who for first, who in starts if first == day]),
                day=day,
            )
        )
    if ends:
        day = min(last for last, _ in ends)
        found.append(
            say(
                "The last day is that of {administrations}: {day}.",
                administrations=_all([who for last, who in ends if last == day]),
                day=day,
            )
        )
    return tuple(found)


def _all(names: Sequence[Arg]) -> Arg:
    """Several names as one, each once; of many the first."""
    seen = list({str(one): one for one in names}.values())
    if len(seen) == 1:
        return seen[0]
    more = ", …" if len(seen) > SHOWN else ""
    found = {
        language: ", ".join(one.names.get(language, str(one)) for one in seen[:SHOWN])
        + more
        for language in _LANGUAGES
    }
    return Arg(name="", kind="names", text=found["en"], names=found)


# -- volumes ---------------------------------------------------------------------------


def shares(volumes: Sequence[tuple[Arg, Decimal]]) -> tuple[Message, ...]:
    """What each brings and which part of the known volume that is, largest first."""
    whole = sum((amount for _, amount in volumes), Decimal(0))
    if not whole:
        return ()
    return tuple(
        say(
            "{administration}: {amount} ({share} of the known volume).",
            administration=who,
            amount=euro(amount),
            share=per_cent((amount / whole * 100).quantize(Decimal(1))),
        )
        for who, amount in sorted(volumes, key=lambda one: (-one[1], str(one[0])))
    )


# -- places ----------------------------------------------------------------------------


def territory(administrations: Sequence[Administration]) -> tuple[Message, ...]:
    """Why administrations count as near: one postcode, one district, neighbours."""
    found: list[Message] = []
    by_postcode: dict[str, list[Administration]] = defaultdict(list)
    by_district: dict[str, list[Administration]] = defaultdict(list)
    for one in administrations:
        if one.postcode:
            by_postcode[one.postcode].append(one)
        if len(one.territory) == 5:  # noqa: PLR2004  # a district, NUTS 3
            by_district[one.territory].append(one)
    for postcode, together in sorted(by_postcode.items()):
        if len(together) > 1:
            found.append(
                say(
                    "{administrations} have the postcode {postcode}.",
                    administrations=named(together),
                    postcode=postcode,
                )
            )
    found += _ties(administrations)
    for district, together in sorted(by_district.items()):
        if len({one.postcode or one.id for one in together}) > 1:
            found.append(
                say(
                    "{administrations} lie in the district {district}.",
                    administrations=named(together),
                    district=district,
                )
            )
    return tuple(found[:SHOWN])


def _ties(administrations: Sequence[Administration]) -> Iterable[Message]:
    for one, other in combinations(administrations, 2):
        if one.postcode and one.postcode == other.postcode:
            continue
        if one.id in other.belongs_to or other.id in one.belongs_to:
            part, whole = (other, one) if one.id in other.belongs_to else (one, other)
            yield say(
                "{administration} is recorded as belonging to {other}.",
                administration=named([part]),
                other=named([whole]),
            )
        elif one.id in other.neighbours or other.id in one.neighbours:
            yield say(
                "{administration} and {other} are recorded as neighbours.",
                administration=named([one]),
                other=named([other]),
            )


# -- contracts -------------------------------------------------------------------------


def running(
    contracts: Iterable[tuple[Arg, Contract]], on: date, launch: date
) -> tuple[Message, ...]:
    """What still binds whom, until when, and the last day to give notice."""
    return tuple(
        _running(who, contract, on, launch)
        for who, contract in sorted(
            contracts, key=lambda one: (one[1].end is None, one[1].end, one[1].id)
        )
    )[:SHOWN]


def _running(who: Arg, contract: Contract, on: date, launch: date) -> Message:
    title = contract.title or contract.id
    if contract.end is None and contract.notice is None:
        return say(
            "{administration} is bound by “{contract}”; its end is not recorded.",
            administration=who,
            contract=title,
        )
    if contract.end is None:
        return say(
            "{administration} is bound by “{contract}”; its end is not recorded. Last "
            "day to give notice: {notice}.",
            administration=who,
            contract=title,
            notice=contract.notice or on,
        )
    if contract.notice is None or contract.end < launch:
        return say(
            "{administration} is bound by “{contract}” until {end}.",
            administration=who,
            contract=title,
            end=contract.end,
        )
    if contract.notice < on:
        return say(
            "{administration} is bound by “{contract}” until {end}; the last day to "
            "give notice, {notice}, has passed.",
            administration=who,
            contract=title,
            end=contract.end,
            notice=contract.notice,
        )
    return say(
        "{administration} is bound by “{contract}” until {end}; last day to give "
        "notice: {notice}.",
        administration=who,
        contract=title,
        end=contract.end,
        notice=contract.notice,
    )


# -- quantities ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """The quantity of one administration, as it wrote it."""

    who: Arg
    quantity: Decimal | None
    unit: str


def conversions(amounts: Iterable[Amount]) -> tuple[Message, ...]:
    """How quantities were brought to one unit: “12 × box of 5 reams = 60 reams”."""
    listed = list(amounts)
    found = sum_up((one.quantity, one.unit) for one in listed)
    if not isinstance(found, Sum):
        return ()
    steps = dict(found.steps)
    told = []
    for one in listed:
        if one.quantity is None or one.unit not in steps:
            continue
        total = one.quantity * steps[one.unit]
        told.append(
            say(
                "{administration}: {quantity} × “{unit}” = {total} ({units}).",
                administration=one.who,
                quantity=_plainly(one.quantity),
                unit=one.unit.strip(),
                total=_plainly(total),
                units=found.named,
            )
        )
    return (*told[:SHOWN], *found.assumed)


def not_added(amounts: Iterable[Amount]) -> Message | None:
    """Why quantities that are all given cannot be added up, and what would help."""
    found = sum_up((one.quantity, one.unit) for one in amounts)
    return found.message if isinstance(found, Refusal) else None


def counted_in(amounts: Iterable[Amount]) -> tuple[Message, ...]:
    """What each counts in, where that differs: for those whose units do not convert."""
    found: dict[str, list[Arg]] = defaultdict(list)
    for one in amounts:
        if one.unit.strip():
            found[one.unit.strip()].append(one.who)
    return tuple(
        say(
            "{administrations}: counted in “{unit}”, of unknown size.",
            administrations=_all(who),
            unit=unit,
        )
        if read(unit).unsized
        else say(
            "{administrations}: counted in “{unit}” ({base}).",
            administrations=_all(who),
            unit=unit,
            base=name_of(read(unit).base),
        )
        for unit, who in sorted(found.items())
    )[:SHOWN]


def _plainly(value: Decimal) -> Decimal:
    """A number to the thousandth, without a power of ten."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    return value.quantize(Decimal("0.001")).normalize()


# -- requirements ----------------------------------------------------------------------


def asked_by_all(asked: Compared) -> tuple[Message, ...]:
    """The requirements that all have who have any."""
    return tuple(
        say("All of them ask: “{requirement}”.", requirement=text)
        for text in asked.shared.values()
    )[:SHOWN]


def asked_by_some(
    asked: Compared, who: Callable[[Iterable[str]], Arg]
) -> tuple[Message, ...]:
    """The requirements only some have: met by a stricter one, or to be met as well."""
    told = {
        text
        for one in asked.strictest
        if one.others or one.alike
        for text in (*one.strict, *one.others, *one.alike)
    }
    told |= {text for one in asked.contradictions for text in (one.one, one.other)}
    found = [_strictest(one, asked, who) for one in asked.strictest if one.others]
    found += [
        say(
            "“{one}” and “{other}” say the same.",
            one=one.strict[0],
            other=other,
        )
        for one in asked.strictest
        for other in one.alike
    ]
    found += [
        say(
            "{administrations}: “{requirement}”.",
            administrations=who(asked.owners[key]),
            requirement=text,
        )
        for key, text in asked.differing.items()
        if text not in told
    ]
    found += [
        say(
            "“{one}” and “{other}” may be the same requirement in two languages.",
            one=one,
            other=other,
        )
        for one, other in asked.alike
        if one not in told or other not in told
    ]
    return tuple(found)


def _strictest(
    found: Strictest, asked: Compared, who: Callable[[Iterable[str]], Arg]
) -> Message:
    one = found.strict[0]
    others = _quoted(found.others)
    if len(found.strict) > 1:
        return say(
            "“{one}” ({administrations}) and “{other}” ({other_administrations}) "
            "together meet {others} as well.",
            one=one,
            administrations=who(asked.holders[one]),
            other=found.strict[1],
            other_administrations=who(asked.holders[found.strict[1]]),
            others=others,
        )
    if found.read:
        return say(
            "“{one}” ({administrations}) is the strictest and meets {others} as well. "
            "Read as limits: {read}.",
            one=one,
            administrations=who(asked.holders[one]),
            others=others,
            read=_quoted(found.read),
        )
    return say(
        "“{one}” ({administrations}) is the strictest and meets {others} as well.",
        one=one,
        administrations=who(asked.holders[one]),
        others=others,
    )


def contradictory(
    asked: Compared, who: Callable[[Iterable[str]], Arg]
) -> tuple[Message, ...]:
    """The requirements that no single thing can meet."""
    return tuple(_contradiction(one, asked, who) for one in asked.contradictions)[
        :SHOWN
    ]


def _contradiction(
    found: Contradiction, asked: Compared, who: Callable[[Iterable[str]], Arg]
) -> Message:
    one, other = who(asked.holders[found.one]), who(asked.holders[found.other])
    if len(found.unsaid) == 1:
        return say(
            "“{one}” ({administrations}) and “{other}” ({other_administrations}) "
            "exclude each other as written; if “{unsaid}” is meant as a minimum or a "
            "maximum, say so.",
            one=found.one,
            administrations=one,
            other=found.other,
            other_administrations=other,
            unsaid=found.unsaid[0],
        )
    return say(
        "“{one}” ({administrations}) and “{other}” ({other_administrations}) exclude "
        "each other: divide into lots, or stay separate.",
        one=found.one,
        administrations=one,
        other=found.other,
        other_administrations=other,
    )
