"""Plain sharing free of charge: nothing is given in return, so there is no contract.

Source: law of 17 June 2016, art. 2, 17°; CJEU C-606/17 and C-796/18.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.law.facts import NO, YES
from jointbuy.law.questions import as_word, question
from jointbuy.law.rule import Judgement, Rule, blocked, row, serious

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jointbuy.law.facts import Facts

NAME = "free_sharing"

COUNTER_PERFORMANCE = {
    ("f1", NO): {"g0_2": YES},
    ("g0_2", NO): {"f1": YES, "f2": YES},
}
"""Answers that there is none, and those that say there is: both cannot be right."""

PERSONAL_DATA = {("f5", NO): {"d1": YES}}
"""The same of personal data; that they are shared goes before that they are not."""


def rules() -> tuple[Rule, ...]:
    """The rules of the form in reading order."""
    own = {code: row(NAME, code) for code in ("f1", "f2", "f3", "f4", "f5", "f6")}
    own["f1"] = agreeing(own["f1"])
    own["f5"] = _agreeing(own["f5"], PERSONAL_DATA, serious)
    return tuple(own.values())


def agreeing(before: Rule) -> Rule:
    """The rule, blocked where other answers say that something is given in return."""
    return _agreeing(before, COUNTER_PERFORMANCE, blocked)


def _agreeing(
    before: Rule,
    against: Mapping[tuple[str, str], Mapping[str, str]],
    weigh: Callable[..., Judgement],
) -> Rule:
    def judge(facts: Facts) -> Judgement:
        judged = before.judge(facts)
        said = against.get((before.code, facts.known(before.code)), {})
        for code, value in said.items():
            if facts.known(code) == value:
                return weigh(
                    say(
                        "This contradicts the answer to “{question}” ({code}): find "
                        "out which is right and correct the other.",
                        question=as_word(question(code).text),
                        code=code,
                    )
                )
        return judged

    return replace(before, judge=judge)
