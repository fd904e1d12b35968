"""The share of an activity over the years before the award, and what it rests on.

Source: law of 17 June 2016, art. 30, § 4, to which art. 31, 3°, refers.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, number, per_cent, say
from jointbuy.law.facts import UNKNOWN, Facts
from jointbuy.law.questions import question
from jointbuy.law.rule import Judgement, ok, serious, unknown, warning
from jointbuy.law.years import Figures, legible, share, span
from jointbuy.model.finding import Outcome

if TYPE_CHECKING:
    from jointbuy.law.parameters import Value

FORECAST, COSTS, OTHER = "forecast", "costs", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The yearly figures that count, and those that do not or are missing.

    `used` is oldest first. The years of the law are those before the award; in a
    `forecast` every year that was given counts.
    """

    used: tuple[Figures, ...]
    ignored: tuple[int, ...]
    missing: tuple[int, ...]
    before: tuple[Figures, ...]
    forecast: bool
    in_euro: bool

    @property
    def last(self) -> Figures | None:
        """The last year of a whole average; one that is not whole has no trend."""
        return None if self.missing or self.forecast else self.used[-1]

    def sentence(self) -> Message:
        """What the share is calculated from, and which figures do not count."""
        amount = euro if self.in_euro else number
        summed = say(
            "Figures of {years}: {part} of {total}.",
            years=span(each.year for each in self.used),
            part=amount(sum((each.part for each in self.used), Decimal(0))),
            total=amount(sum((each.total for each in self.used), Decimal(0))),
        )
        if not self.ignored:
            return summed
        return joined(
            summed,
            say("Those of {years} do not count.", years=span(self.ignored)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share in per cent: calculated from yearly figures, or else as it was typed."""

    exact: Fraction
    typed: Decimal | None = None
    counted: Counted | None = None

    @property
    def disagrees(self) -> bool:
        """Whether the figures come to another share than the one typed.

        One unit of its last figure may have been rounded away.
        """
        if self.typed is None or self.counted is None:
            return False
        unit = Fraction(Decimal(1).scaleb(int(self.typed.as_tuple().exponent)))
        return abs(self.exact - Fraction(self.typed)) >= unit

    def legible(self, *limits: Value) -> Arg:
        """The share with so many decimals that it stays on its side of the limits."""
        if self.counted is None and self.typed is not None:
            return per_cent(self.typed)
        return per_cent(legible(self.exact, *(limit.value for limit in limits)))


def counted(facts: Facts, years: tuple[Figures, ...]) -> Counted:
    """Which of the yearly figures count under the law of the day.

    They are those of the calendar years before that of the day of the award. Where
    none of these is known the others are judged, and do not count as an average.
    """
    wanted = facts.years_before()
    before = tuple(each for each in years if each.year in wanted)
    forecast = facts.known("share_basis") == FORECAST
    used = years if forecast or not before else before
    return Counted(
        used=used,
        ignored=tuple(each.year for each in years if each not in used),
        missing=tuple(sorted(set(wanted) - {each.year for each in before})),
        before=before,
        forecast=forecast,
        in_euro=facts.known("activity_measure") != OTHER,
    )


def answered_share(
    facts: Facts, code: str, years: tuple[Figures, ...] | None
) -> Share | None:
    """The share from the figures, else as it was answered; None if nobody knows it."""
    typed = facts.number(code) if years is None or facts.known(code) else None
    if years is not None:
        found = counted(facts, years)
        return Share(exact=share(found.used), typed=typed, counted=found)
    return None if typed is None else Share(exact=Fraction(typed), typed=typed)


def keeps(limit: Value, exact: Fraction) -> bool:
    """Whether the share is on the side the text asks for; it is not rounded first."""
    scaled = dataclasses.replace(limit, value=limit.value * exact.denominator)
    return scaled.met_by(Decimal(exact.numerator))


def with_figures(judged: Judgement, found: Share, facts: Facts) -> Judgement:
    """The judgement with the sum behind it, where there is one."""
    if found.counted is None:
        return judged
    return dataclasses.replace(
        judged,
        message=joined(judged.message, found.counted.sentence()),
        basis=(*judged.basis, _measured_years(facts).citation),
    )


def contradiction(found: Share, limit: Value) -> Judgement:
    """The share typed is not that of the figures; blocked if one of them fails."""
    assert found.typed is not None
    fails = not keeps(limit, found.exact) or not limit.met_by(found.typed)
    return Judgement(
        outcome=Outcome.BLOCKED if fails else Outcome.SERIOUS,
        message=say(
            "{typed} was answered, but the yearly figures come to {share}: find out "
            "which is right and correct the other. The limit is {limit}.",
            typed=per_cent(found.typed),
            share=found.legible(limit),
            limit=per_cent(limit.value),
        ),
        basis=(limit.citation,),
    )


def overruled(found: Share, limit: Value) -> Fraction | None:
    """The share of the years before the award, where only a forecast keeps the limit.

    A forecast counts only when these figures do not exist or are no longer relevant.
    """
    figures = found.counted
    if figures is None or not figures.forecast or figures.missing:
        return None
    real = share(figures.before)
    return None if keeps(limit, real) else real


def average(facts: Facts, years: tuple[Figures, ...] | None, *codes: str) -> Judgement:
    """The share is an average of the years before the award, or else a forecast.

    Figures of those very years say so by themselves; `codes` are the questions that
    ask for them.
    """
    if years is not None:
        judged = _of_figures(facts, counted(facts, years))
    else:
        judged = _as_answered(facts, codes)
    if judged.outcome is not Outcome.OK:
        return judged
    return _with_measure(facts, judged)


def _of_figures(facts: Facts, found: Counted) -> Judgement:
    law = _measured_years(facts)
    if found.forecast and found.missing:
        return _forecast(facts)
    if found.forecast:
        return warning(
            say(
                "There are figures of {years}: a forecast may take their place only "
                "if they are no longer relevant, for instance after a reorganisation. "
                "Write down why, and keep the business plan.",
                years=span(each.year for each in found.before),
            ),
            law.citation,
        )
    if found.missing:
        return serious(
            say(
                "The figures of {years} are missing: the share must be the average of "
                "the {number} years before the award. Only where they do not exist or "
                "are no longer relevant (a new body, a reorganisation) does a credible "
                "forecast, such as a business plan, take their place: then say that "
                "the share is a forecast.",
                years=span(found.missing),
                number=law.value,
            ),
            law.citation,
        )
    return _whole_average(facts)


def _as_answered(facts: Facts, codes: tuple[str, ...]) -> Judgement:
    law = _measured_years(facts)
    basis = facts.choice("share_basis", question("share_basis").choices)
    if basis == "three_years":
        if any(facts.known(code) == UNKNOWN for code in codes):
            return warning(
                say(
                    "The share is said to be the average of the {years} years before "
                    "the award, but the figures of these years are not known: ask for "
                    "the annual accounts.",
                    years=law.value,
                ),
                law.citation,
            )
        return _whole_average(facts)
    if basis == FORECAST:
        return _forecast(facts)
    if basis == OTHER:
        return serious(
            say(
                "The share must be the average of the {years} years before the award; "
                "a share over other years does not count.",
                years=law.value,
            ),
            law.citation,
        )
    return unknown("share_basis", Outcome.WARNING)


def _whole_average(facts: Facts) -> Judgement:
    law = _measured_years(facts)
    return ok(
        say(
            "The share is the average of the {years} years before the award.",
            years=law.value,
        ),
        law.citation,
    )


def _forecast(facts: Facts) -> Judgement:
    return warning(
        say(
            "The share is a forecast: keep the business plan, and calculate it "
            "again as soon as there are accounts."
        ),
        _measured_years(facts).citation,
    )


def _with_measure(facts: Facts, judged: Judgement) -> Judgement:
    """Turnover or costs are a measure of the activity; another one is to be motivated.

    Source: Directive 2014/24/EU, art. 12(5).
    """
    measure = facts.known("activity_measure")
    if not measure:
        return judged
    measure = facts.choice("activity_measure", question("activity_measure").choices)
    if measure == UNKNOWN:
        return unknown("activity_measure", Outcome.WARNING)
    if measure == OTHER:
        return warning(
            say(
                "The share is measured neither on turnover nor on costs: write down "
                "why this measure is appropriate to the activity."
            ),
            *judged.basis,
        )
    return judged


def _measured_years(facts: Facts) -> Value:
    return facts.parameter("cooperation.measured_years")


def joined(first: Message, second: Message) -> Message:
    """Two sentences after one another."""
    return say("{first} {second}", first=first, second=second)
