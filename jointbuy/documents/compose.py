"""From a case to a draft: the right prose, filled with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.documents import convention, declaration, deliberation, use_decision
from jointbuy.documents.document import (
    Block,
    Document,
    Field,
    Marks,
    Title,
    all_runs,
    plain,
    typographic,
)
from jointbuy.documents.template import fill
from jointbuy.documents.words import Words, prose, words
from jointbuy.errors import UsageError, say
from jointbuy.l10n import format as written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointbuy.documents.case import Case
    from jointbuy.documents.joining import Declaring, Joining, Using
    from jointbuy.documents.template import Values

KINDS: dict[str, tuple[str, ...]] = {"convention": convention.DRAFTED}
"""The kinds of papers of a dossier and the languages in which jurists wrote each."""

ACTS: dict[str, tuple[str, ...]] = {
    "deliberation": deliberation.DRAFTED,
    "use": use_decision.DRAFTED,
    "interest": declaration.DRAFTED,
}
"""The papers of one administration towards a centre, likewise."""


def compose(kind: str, case: Case, language: str) -> Document:
    """The draft of one kind in one language.

    Raises UsageError for a kind or language that does not exist, Refused for a case
    of which no such paper can be made.
    """
    if kind not in KINDS:
        raise UsageError(
            say(
                "There is no paper of the kind “{kind}”. Choose one of: {kinds}.",
                kind=kind,
                kinds=", ".join(KINDS),
            )
        )
    known = _words(kind, KINDS, language)
    return _composed(kind, convention.values(case, known), known, case.on)


def compose_deliberation(case: Joining, language: str) -> Document:
    """The decision of one administration on joining a centre, in one language.

    Raises UsageError for a language in which there is no model of it.
    """
    known = _words("deliberation", ACTS, language)
    return _composed("deliberation", deliberation.values(case, known), known, case.on)


def compose_use(case: Using, language: str) -> Document:
    """The decision to cover a need through a framework agreement, in one language.

    Raises UsageError for a language in which there is no model of it.
    """
    known = _words("use", ACTS, language)
    return _composed("use", use_decision.values(case, known), known, case.on)


def compose_interest(case: Declaring, language: str) -> Document:
    """The letter with which one administration marks interest, in one language.

    Raises UsageError for a language in which there is no model of it.
    """
    known = _words("interest", ACTS, language)
    return _composed("interest", declaration.values(case, known), known, case.on)


def _words(kind: str, models: Mapping[str, tuple[str, ...]], language: str) -> Words:
    """The words of a language in which there is a model of that kind."""
    if language not in models[kind]:
        raise UsageError(
            say(
                "The paper “{kind}” does not exist in the language “{language}”: legal "
                "texts are written by language, never translated. Choose one of: "
                "{languages}.",
                kind=kind,
                language=language,
                languages=", ".join(models[kind]),
            )
        )
    return words(language)


def _composed(kind: str, values: Values, known: Words, on: date) -> Document:
    language = known.language
    blocks = fill(
        prose(kind, language),
        values,
        language=language,
        field_text=known.mark("field", label="{label}"),
    )
    reference = str(values["reference"])
    file = known.tables["marks"].get(f"file_{kind}", known.mark("file"))
    return Document(
        kind=kind,
        name=f"{file}-{reference}-{language}",
        title=_title(blocks),
        language=language,
        reference=reference,
        day=on,
        draft=known.mark("draft"),
        marks=_marks(known, on, blocks),
        blocks=blocks,
    )


def _title(blocks: tuple[Block, ...]) -> str:
    return next(plain(block.runs) for block in blocks if isinstance(block, Title))


def _marks(known: Words, on: date, blocks: tuple[Block, ...]) -> Marks:
    count = sum(isinstance(run, Field) for run in all_runs(blocks))
    size = {0: "box_none", 1: "box_one"}.get(count, "box_many")
    day = written.day(on, known.language, long=True)
    return Marks(
        article=known.mark("article"),
        notice=typographic(known.mark("notice", day=day), known.language),
        box=known.mark(size, count=count),
        page=known.mark("page", page="{page}", pages="{pages}"),
        to_complete=known.mark("to_complete"),
        styles=known.tables["styles"],
    )
