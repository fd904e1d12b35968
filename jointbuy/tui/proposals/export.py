"""What a draft lacks before it is written, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say, word
from jointbuy.tui.dialogs.sheet import Pick, Sheet, Slot
from jointbuy.tui.dialogs.writing import path_typed
from jointbuy.tui.proposals.listing import title
from jointbuy.tui.prose import blank, bullet, head, heading, paragraph
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace.papers import Previewed

PAPERS: dict[str, Sayable] = {"convention": word("convention")}
"""What the kinds of papers are called; another by its id."""

LANGUAGES: dict[str, Sayable] = {
    "fr": word("French"),
    "nl": word("Dutch"),
    "de": word("German"),
    "en": word("English"),
}

FORMATS: tuple[tuple[str, Sayable], ...] = (
    ("docx", "DOCX (Word)"),
    ("markdown", "Markdown"),
    ("docx markdown", "DOCX + Markdown"),
)

KEEP, REPLACE = "no", "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A paper in a language, and what it would be."""

    papers: dict[str, tuple[str, ...]]
    kind: str
    language: str
    preview: Previewed


async def beginning(terminal: Terminal, row: Row) -> Choice:
    """The first paper there is of a proposal, in the user's language if it exists.

    Raises:
        JointbuyError: no paper can be made of it.
    """
    papers = await terminal.ask(lambda w: w.papers())
    kind, languages = next(iter(papers.items()))
    own = terminal.speech.language
    language = own if own in languages else languages[0]
    preview = await terminal.ask(
        lambda w: w.preview(row.id, kind=kind, language=language)
    )
    return Choice(papers=papers, kind=kind, language=language, preview=preview)


class Export(Sheet["Message"]):
    """Lists the fields left to complete first; then writes, and says where."""

    DEFAULT_CSS = """
    Export #frame { width: 100%; height: 100%; }
    Export #fields { height: 1fr; min-height: 5; border-bottom: solid $panel; }
    """

    def __init__(self, row: Row, first: Choice) -> None:
        super().__init__(say("Draft of the papers"), _slots(first), self._write)
        self.row = row
        self.preview = first.preview

    def above(self) -> ComposeResult:
        """The fields that somebody still has to complete."""
        yield Page(id="fields")

    def on_mount(self) -> None:
        """Read what is lacking before anything is written."""
        self._list()

    def _list(self) -> None:
        self.query_one("#fields", Page).tell(
            lambda speech: lacking(self.row, self.preview, speech)
        )

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Another language or paper lacks other fields."""
        if event.pick.slot.id in {"kind", "language", "format"}:
            self.terminal.work(self._preview(), group="preview")

    async def _preview(self) -> None:
        values = self.values
        self.preview = await self.terminal.ask(
            lambda w: w.preview(
                self.row.id,
                kind=values["kind"],
                language=values["language"],
                formats=values["format"].split(),
            )
        )
        self._list()

    async def _write(self, values: dict[str, str]) -> Message:
        if not values["folder"]:
            raise UsageError(say("Write the folder to put it in."))
        folder = path_typed(values["folder"])
        if (taken := there(folder, self.preview.files)) and values["replace"] == KEEP:
            raise UsageError(
                say(
                    "“{file}” is in that folder already: choose another folder, or to "
                    "replace it.",
                    file=taken[0],
                )
            )
        drafted = await self.terminal.ask(
            lambda w: w.draft(
                self.row.id,
                kind=values["kind"],
                language=values["language"],
                folder=folder,
                formats=values["format"].split(),
                overwrite=values["replace"] == REPLACE,
            )
        )
        return say(
            "The draft is in {file}; fields to complete: {n}.",
            file=", ".join(str(path) for path in drafted.paths),
            n=len(drafted.fields),
        )


def there(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Those of the names that are in the folder already."""
    return [name for name in names if (folder / name).exists()]


def _slots(first: Choice) -> tuple[Slot, ...]:
    languages = first.papers[first.kind]
    return (
        Slot(
            id="kind",
            label=say("Document"),
            value=first.kind,
            choices=tuple((each, PAPERS.get(each, each)) for each in first.papers),
            hint=say("What is drafted; it is to be verified before it is used."),
        ),
        Slot(
            id="language",
            label=say("Language"),
            value=first.language,
            choices=tuple((each, LANGUAGES.get(each, each)) for each in languages),
            hint=say(
                "There are models in French and Dutch: who acts in German takes one of "
                "them as the basis of its own text."
            ),
        ),
        Slot(id="format", label=say("Format"), choices=FORMATS),
        Slot(
            id="folder",
            label=say("Folder"),
            value=str(Path.cwd()),
            hint=say("It is made if it is not there yet."),
        ),
        Slot(
            id="replace",
            label=say("If it is there"),
            choices=(
                (KEEP, word("leave the file as it is")),
                (REPLACE, word("replace the file")),
            ),
        ),
    )


def lacking(row: Row, preview: Previewed, speech: Speech) -> Iterator[Paragraph]:
    """The fields to complete, before anything is written."""
    yield head(preview.title)
    yield paragraph(title(row, speech), "$text-muted")
    yield paragraph(", ".join(preview.files), "$text-muted")
    yield blank()
    count = say("Fields to complete: {n}.", n=len(preview.fields))
    yield heading(speech.say(count))
    for field in preview.fields:
        yield bullet(field.label)
        if field.hint:
            yield paragraph(field.hint, "$text-muted", indent=2)
