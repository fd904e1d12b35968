"""The values of a decision to cover a need through a framework agreement of a centre.

Whatever nobody decided or recorded stays empty here; the template makes a field of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.documents.deliberation import acting, bodies, grounds, known_day, text
from jointbuy.l10n import format as written

if TYPE_CHECKING:
    from jointbuy.documents.joining import Using
    from jointbuy.documents.template import Values
    from jointbuy.documents.words import Words
    from jointbuy.model import Adhesion, Need

DRAFTED = ("fr", "nl")
"""The languages in which jurists wrote a model of it."""


def values(case: Using, words: Words) -> Values:
    """Every name of the template with its value."""
    language, framework, need = words.language, case.framework, case.need
    use, table = case.use, words.tables["adhesion"]
    amount = use.amount if use.amount is not None else need.estimate
    way = framework.call_off.name if framework.call_off else ""
    end = known_day(framework.end, language)
    return {
        **acting(case.administration, case.languages, words),
        **bodies(case.administration, words, executive_decides=case.executive),
        **grounds(case.administration, words),
        "draft": words.mark("draft"),
        "reference": text(need.id, words),
        "centre": text(case.centre.names.get(language) or case.centre.id, words),
        "framework": text(framework.title.get(language) or framework.id, words),
        "number": text(framework.reference, words),
        "end": str(table["until"]).format(day=end) if end else "",
        "need": text(need.title, words).rstrip(" ."),
        "quantity": _quantity(need, words),
        "amount": "" if amount is None else written.amount(amount, language),
        "budget": text(use.budget_article or need.budget_article, words),
        "lot": text(use.lot, words),
        "call_off": str(table["call_offs"].get(way, "")),
        "adhesion": _act(case.adhesion, words),
        "convention": _signed(case.adhesion, words),
        "identified": str(table["identified"]) if case.identified else "",
        "identified_main": str(table["identified_main"]) if case.identified else "",
    }


def _quantity(need: Need, words: Words) -> str:
    """How much is needed, in brackets behind what is needed."""
    if need.quantity is None:
        return ""
    return f" ({text(f'{written.number(need.quantity)} {need.unit}', words)})"


def _act(adhesion: Adhesion | None, words: Words) -> str:
    """The decision to join, by its day and number."""
    if adhesion is None or adhesion.decided_on is None:
        return ""
    said = words.word("decision", day=known_day(adhesion.decided_on, words.language))
    number = text(adhesion.number, words)
    return said + (words.word("number", number=number) if number else "")


def _signed(adhesion: Adhesion | None, words: Words) -> str:
    if adhesion is None or adhesion.convention_on is None:
        return ""
    day = known_day(adhesion.convention_on, words.language)
    return str(words.tables["adhesion"]["signed"]).format(day=day)
