"""How likely one lot could serve two needs, and why: words, codes, nature, site.

Signed points are added up as log-odds: ten points multiply the odds by e, seven double
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, TypeAlias

from jointbuy.errors import Arg, Message, named, say, word
from jointbuy.matching.units import measure
from jointbuy.matching.weights import Weight
from jointbuy.matching.wording import (
    Counterpart,
    Wording,
    counterparts,
    covered,
    product,
    wording,
)
from jointbuy.model import Nature, Need, Reason
from jointbuy.vocabulary import cpv as tree
from jointbuy.vocabulary import words as text
from jointbuy.vocabulary.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE: dict[str, Weight] = {
    "unproven": Weight(-10, "two needs taken at random are seldom one purchase"),
    "words": Weight(35, "times the share of both texts the other answers, from usual"),
    "purchases": Weight(25, "times how far they speak for one purchase, from usual"),
    "marks": Weight(20, "references and models they share: one gives half, two more"),
    "same_code": Weight(10, "a fine code names a thing, yet it may be a wide one"),
    "same_coarse_code": Weight(4, "a division or a group holds many purchases"),
    "code_above": Weight(2, "a coarser code leaves room for the finer"),
    "near_code": Weight(-2, "one class, two codes: the words must tell"),
    "shared_group": Weight(-8, "one group, other classes"),
    "shared_division": Weight(-15, "a division is a trade, not a purchase"),
    "other_division": Weight(-20, "two divisions are two markets"),
    "works_apart": Weight(-15, "works, and the other is none: two trades"),
    "nature_apart": Weight(-5, "supplies or services: officers differ on mixed ones"),
    "one_site": Weight(-35, "works on one site are not works on another"),
    "upkeep": Weight(-8, "works a firm does round after round can be shared"),
    "one_design": Weight(-10, "a design is for one building; a framework may hold two"),
    "own_operation": Weight(-10, "a concession is for an asset of one's own"),
    "units_apart": Weight(-6, "they count different things"),
}
"""What each piece of evidence weighs, in points, and why."""

USUAL_WORDS, USUAL_PURCHASES = 0.25, 0.4
"""How far two unlike texts of one trade answer each other and speak for one purchase:
only what goes beyond counts for, and what stays below counts against."""

FOREIGN_LACK = 0.5
"""Words missing in another language count so much of what they count in one's own."""

WORKS_DIVISION = "45"
DESIGN = ("712", "7132", "7133", "7154")
"""Architecture, engineering design and project management of a building."""

CLEAR = 0.6
"""A word that answers another so well is shown."""

SHOWN = 4
"""So many words of each sort are shown."""

_OPERATION = frozenset(
    text.words(
        """
        concession concessions concessionnaire affermage dsp
        concessie concessies concessieovereenkomst concessieopdracht dienstenconcessie
        konzession konzessionen dienstleistungskonzession konzessionsvertrag
        """
    )
)
_DELEGATED = {"delegation", "service", "public"}
_NATURES = {
    Nature.WORKS: word("works"),
    Nature.SUPPLIES: word("supplies"),
    Nature.SERVICES: word("services"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A title and what little may be known beside it."""

    title: str
    description: str = ""
    language: str = ""
    cpv: str = ""
    nature: Nature | None = None
    unit: str = ""


Described: TypeAlias = Need | Text


def likeness(one: Described, other: Described) -> float:
    """How likely one lot could serve both needs, from 0 to 1; the order is the same.

    Only what is bought is weighed, not who, when or where. Half and more: rather yes.
    """
    held = _Held.of(one, other)
    points = sum(points for _, points in _weigh(held))
    return 1 / (1 + exp(-points / 10))


def likeness_reasons(one: Described, other: Described) -> tuple[Reason, ...]:
    """Why one lot could serve both needs or not, heaviest first; points are rounded.

    What weighs nothing is left out, and so is the doubt every pair begins with.
    """
    held = _Held.of(one, other)
    found = [
        Reason(
            name=name,
            weight=round(points),
            message=_message(name, points, held),
            evidence=_evidence(name, held),
        )
        for name, points in _weigh(held)
        if round(points) and name != "unproven"
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


# -- weighing --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """Two needs held against each other: their words, and how these answer."""

    one: Described
    other: Described
    wordings: tuple[Wording, Wording]
    answers: tuple[tuple[Counterpart, ...], tuple[Counterpart, ...]]

    @classmethod
    def of(cls, one: Described, other: Described) -> _Held:
        left, right = (
            wording(each.title, each.description, each.language)
            for each in (one, other)
        )
        answers = (counterparts(left, right), counterparts(right, left))
        return cls(one, other, (left, right), answers)

    @property
    def foreign(self) -> bool:
        """Whether they may be written in two languages."""
        left, right = (each.language for each in self.wordings)
        return left != right or not left

    @property
    def codes(self) -> tuple[str, str]:
        return tree.bare(self.one.cpv), tree.bare(self.other.cpv)


def _weigh(held: _Held) -> list[tuple[str, float]]:
    """The evidence by name, in points."""
    found = [("unproven", _points("unproven"))]
    found += _by_words(held)
    marks = 1 - 0.5 ** len(_marks(held))
    if marks:
        found.append(("marks", marks * _points("marks")))
    if all(held.codes):
        name = _code_path(*held.codes)
        found.append((name, _points(name)))
    found += _by_nature(held)
    found += ((name, (1 - marks) * _points(name)) for name in _bound(held))
    units = {measure(each.unit)[0] for each in (held.one, held.other)}
    if len(units) > 1 and "" not in units:
        found.append(("units_apart", _points("units_apart")))
    return found


def _points(name: str) -> float:
    return TABLE[name].points


def _by_words(held: _Held) -> Iterable[tuple[str, float]]:
    left, right = held.wordings
    if left.words and right.words:
        both = (covered(answers, foreign=held.foreign) for answers in held.answers)
        beyond = sum(both) / 2 - USUAL_WORDS
        if beyond < 0 and held.foreign:
            beyond *= FOREIGN_LACK
        yield "words", beyond * _points("words")
    if left.purchases and right.purchases:
        beyond = product(left.purchases, right.purchases) - USUAL_PURCHASES
        yield "purchases", beyond * _points("purchases")


def _marks(held: _Held) -> frozenset[str]:
    """References and models in both titles; in two languages also unknown words."""
    left, right = held.wordings
    shared = left.marks & right.marks
    if held.foreign:
        unknown = [
            {each.written for each in said.words if not each.senses}
            for said in held.wordings
        ]
        shared |= unknown[0] & unknown[1]
    return shared


def _code_path(one: str, other: str) -> str:
    """How two codes lie to each other in the tree."""
    if one == other:
        fine = tree.depth(one) >= tree.CLASS
        return "same_code" if fine else "same_coarse_code"
    if tree.within(one, other) or tree.within(other, one):
        return "code_above"
    shared = tree.shared(one, other)
    steps = {0: "other_division", tree.DIVISION: "shared_division"}
    steps[tree.GROUP] = "shared_group"
    return steps.get(shared, "near_code")


def _by_nature(held: _Held) -> Iterable[tuple[str, float]]:
    natures = {held.one.nature, held.other.nature}
    if len(natures) > 1 and None not in natures:
        name = "works_apart" if Nature.WORKS in natures else "nature_apart"
        yield name, _points(name)


def _bound(held: _Held) -> Iterable[str]:
    """What ties one of the needs to a site or an asset of its own."""
    tied = [
        _tie(need, said)
        for need, said in zip((held.one, held.other), held.wordings, strict=True)
    ]
    for name in ("one_site", "upkeep", "one_design"):
        if name in tied:
            yield name
            break
    if _conceded(held.one.title) or _conceded(held.other.title):
        yield "own_operation"


def _conceded(title: str) -> bool:
    said = set(text.words(title))
    return bool(_OPERATION & said) or said >= _DELEGATED


def _tie(need: Described, said: Wording) -> str:
    code = tree.bare(need.cpv)
    if need.nature is Nature.WORKS or code.startswith(WORKS_DIVISION):
        place = said.purchase
        known = place >= 0 and lexicon().categories[place].reach != "place"
        return "upkeep" if known else "one_site"
    return "one_design" if code.startswith(DESIGN) else ""


# -- words for the reader --------------------------------------------------------------


def _message(name: str, points: float, held: _Held) -> Message:
    one, other = held.one, held.other
    if name in ("words", "purchases"):
        return _said(points) if name == "words" else _read_as(held)
    if name == "marks":
        return say("Both name {names}.", names=", ".join(sorted(_marks(held))))
    if name in ("works_apart", "nature_apart"):
        left, right = (_NATURES[each.nature] for each in (one, other) if each.nature)
        return say("One calls it {one}, the other {other}.", one=left, other=right)
    if name == "units_apart":
        return say(
            "They count in different units: {one} and {other}.",
            one=one.unit.strip(),
            other=other.unit.strip(),
        )
    if name in _TIES:
        return _TIES[name]
    return _code_message(name, *held.codes)


_TIES = {
    "one_site": say("Works on one site are not works on another."),
    "upkeep": say("Works belong to a site, unless a firm does them round after round."),
    "one_design": say("A design is made for one building or one site."),
    "own_operation": say("A concession concerns an asset of one authority alone."),
}


def _said(points: float) -> Message:
    if points > 0:
        return say("What one says, the other says too.")
    return say("Little of what one says is said by the other.")


def _read_as(held: _Held) -> Message:
    left, right = (_label(each) for each in held.wordings)
    if held.wordings[0].purchase == held.wordings[1].purchase:
        return say("Both are read as: {purchase}.", purchase=left)
    return say("One is read as: {one}; the other as: {other}.", one=left, other=right)


def _label(said: Wording) -> Arg:
    return named(lexicon().categories[said.purchase].labels)


def _code_message(name: str, one: str, other: str) -> Message:
    if name in ("same_code", "same_coarse_code"):
        return say("All declare the code {code}.", code=one)
    codes = ", ".join(sorted((one, other)))
    if name == "other_division":
        return say(
            "The codes {codes} lie in different divisions: one of them may be wrong.",
            codes=codes,
        )
    return say(
        "The codes {codes} share their first {digits} digits.",
        codes=codes,
        digits=tree.shared(one, other),
    )


def _evidence(name: str, held: _Held) -> tuple[Message, ...]:
    if name != "words":
        return ()
    answers, back = held.answers
    same = [each.word.written for each in answers if _same(each)]
    found = []
    if same:
        found.append(say("Both say: {words}.", words=", ".join(same[:SHOWN])))
    told = sorted(
        (each for each in answers if not _same(each) and each.how_well >= CLEAR),
        key=lambda each: -each.word.weight * each.how_well,
    )
    found += [
        say(
            "“{one}” comes close to “{other}”.",
            one=each.word.written,
            other=_written(each),
        )
        for each in told[:SHOWN]
    ]
    alone = sorted(
        (each.word for each in (*answers, *back) if not each.how_well),
        key=lambda each: -each.weight,
    )
    if alone:
        listed = ", ".join(each.written for each in alone[:SHOWN])
        found.append(say("Only one of them says: {words}.", words=listed))
    return tuple(found)


def _same(each: Counterpart) -> bool:
    return each.how_well == 1.0


def _written(each: Counterpart) -> str:
    return each.other.written if each.other else ""
