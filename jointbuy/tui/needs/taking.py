"""What is in a file of needs: what would be taken in, and what stays out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from jointbuy.errors import say
from jointbuy.tui.actions import bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.needs.actions import TAKE_IN
from jointbuy.tui.prose import head, paragraph
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message, Problem
    from jointbuy.intake.rows import ParsedNeeds
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech


def counted(parsed: ParsedNeeds) -> Message:
    """How many rows became what."""
    return say(
        "Needs added: {created}, changed: {updated}, as they were: {unchanged}, "
        "rows refused: {refused}.",
        created=len(parsed.created),
        updated=len(parsed.updated),
        unchanged=len(parsed.unchanged),
        refused=len(parsed.refused_rows),
    )


def unclear(parsed: ParsedNeeds) -> int:
    """How many columns do not say whether their amounts include VAT, or include it."""
    return sum(
        1
        for each in parsed.problems
        if each.row == 0 and each.column and each.field == "estimate"
    )


def problems_listing(problems: tuple[Problem, ...]) -> Listing[int]:
    """What is wrong with each row, those that are refused first."""
    ranked = sorted(problems, key=lambda each: (not each.blocking, each.row))

    def sign(at: int) -> str:
        return "!" if ranked[at].blocking else "·"

    def page(at: int, speech: Speech) -> Iterator[Paragraph]:
        each = ranked[at]
        yield head(" ".join(filter(None, (each.column or each.field, each.value))))
        yield paragraph(speech.say(each.message))

    return Listing(
        rows=tuple(range(len(ranked))),
        id_of=str,
        columns=(
            Column(id="sign", heading=say("!"), text=lambda at, _: sign(at), width=1),
            Column(
                id="row", heading=say("Row"), width=4, right=True,
                text=lambda at, _: str(ranked[at].row or ""),
                key=lambda at: ranked[at].row,
            ),
            Column(
                id="column", heading=say("Column"), width=14, grow=1, rank=1,
                text=lambda at, _: ranked[at].column or ranked[at].field,
            ),
            Column(
                id="message", heading=say("What is to be known"), width=30, grow=4,
                text=lambda at, speech: speech.line(ranked[at].message),
                tone=lambda at: "error" if ranked[at].blocking else "",
            ),
        ),
        page=page,
        empty=say("Every row can be taken in as it stands."),
    )  # fmt: skip


class Read(Protocol):
    """What was read from a file: what is new, what changes, and what is wrong."""

    @property
    def created(self) -> Sized:
        """What is new."""

    @property
    def updated(self) -> Sized:
        """What is known, and changes."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with which row."""


class Taking(Dialog[bool]):
    """Asks whether what was read from a file is to be kept; `True` when it is."""

    ACTIONS = (*TAKE_IN, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TAKE_IN)]
    DEFAULT_CSS = """
    Taking #frame { width: 100%; height: 22; max-height: 100%; }
    Taking #counted { height: auto; max-height: 5; border: none; }
    Taking Grid { height: 1fr; }
    Taking #problem { height: 6; border-top: solid $panel; }
    """

    def __init__(
        self,
        parsed: Read,
        file: str,
        counted: Callable[[Any], Message] = counted,
    ) -> None:
        super().__init__(say("What is in {file}", file=file))
        self.parsed = parsed
        self.counted = counted

    def body(self) -> ComposeResult:
        """How many rows, what is wrong with which, and one of them in full."""
        yield Page(id="counted")
        yield Grid()
        yield Page(id="problem")

    def on_mount(self) -> None:
        """Look at the first problem."""
        counts = self.query_one("#counted", Page)
        counts.can_focus = False
        counts.tell(lambda speech: (paragraph(speech.say(self.counted(self.parsed))),))
        grid = self.query_one(Grid)
        grid.show(problems_listing(self.parsed.problems))
        grid.focus()

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Say it in full."""
        listing, row = event.listing, event.row
        page = self.query_one("#problem", Page)
        page.tell(lambda speech: () if row is None else listing.page(row, speech))

    def can_keep(self) -> bool:
        """Whether there is something to keep."""
        return bool(self.parsed.created or self.parsed.updated)

    def action_keep(self) -> None:
        """Take it in."""
        self.dismiss(True)
