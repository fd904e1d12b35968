"""From a case to a draft: the right prose, filled with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.documents import convention
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
    from collections.abc import Callable

    from jointbuy.documents.case import Case
    from jointbuy.documents.template import Values

VALUES: dict[str, Callable[[Case, Words], Values]] = {"convention": convention.values}
"""What each kind of paper is made from."""

KINDS: dict[str, tuple[str, ...]] = {"convention": convention.DRAFTED}
"""The kinds of papers and the languages in which jurists wrote each."""


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
    if language not in KINDS[kind]:
        raise UsageError(
            say(
                "The paper “{kind}” does not exist in the language “{language}”: legal "
                "texts are written by language, never translated. Choose one of: "
                "{languages}.",
                kind=kind,
                language=language,
                languages=", ".join(KINDS[kind]),
            )
        )
    known = words(language)
    values = VALUES[kind](case, known)
    blocks = fill(
        prose(kind, language),
        values,
        language=language,
        field_text=known.mark("field", label="{label}"),
    )
    reference = str(values["reference"])
    return Document(
        kind=kind,
        name=f"{known.mark('file')}-{reference}-{language}",
        title=_title(blocks),
        language=language,
        reference=reference,
        day=case.on,
        draft=known.mark("draft"),
        marks=_marks(known, case, blocks),
        blocks=blocks,
    )


def _title(blocks: tuple[Block, ...]) -> str:
    return next(plain(block.runs) for block in blocks if isinstance(block, Title))


def _marks(known: Words, case: Case, blocks: tuple[Block, ...]) -> Marks:
    count = sum(isinstance(run, Field) for run in all_runs(blocks))
    size = {0: "box_none", 1: "box_one"}.get(count, "box_many")
    day = written.day(case.on, known.language, long=True)
    return Marks(
        article=known.mark("article"),
        notice=typographic(known.mark("notice", day=day), known.language),
        box=known.mark(size, count=count),
        page=known.mark("page", page="{page}", pages="{pages}"),
        to_complete=known.mark("to_complete"),
        styles=known.tables["styles"],
    )
