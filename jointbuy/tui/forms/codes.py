"""The CPV codes that may fit what is bought, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from jointbuy.errors import say
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import head, paragraph
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.timer import Timer

    from jointbuy.errors import Message
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.vocabulary.search import Suggestion

PAUSE = 0.08
"""Seconds without a key before codes are looked for."""
MOST = 30


def labelled(suggestion: Suggestion, speech: Speech) -> str:
    """What a code stands for, in the language of the moment or another."""
    labels = suggestion.labels
    return labels.get(speech.language) or next(iter(labels.values()), "")


def codes_listing(found: tuple[Suggestion, ...]) -> Listing[Suggestion]:
    """Codes, the best first."""
    return Listing(
        rows=found,
        id_of=lambda each: each.code,
        columns=(
            Column(
                id="code", heading=say("CPV code"), text=lambda each, _: each.code,
                width=8,
            ),
            Column(
                id="label", heading=say("Meaning"), text=labelled, width=24, grow=2,
            ),
            Column(
                id="why", heading=say("Why"), width=18, grow=3, rank=1,
                text=lambda each, speech: speech.line(each.why),
            ),
        ),
        page=_page,
        empty=say("No code was found: say it in other words, or type eight digits."),
    )  # fmt: skip


def _page(each: Suggestion, speech: Speech) -> Iterator[Paragraph]:
    yield head(f"{each.code}  {labelled(each, speech)}")
    yield paragraph(speech.say(each.why))


class Codes(Picker):
    """Gives the code that was chosen; what is typed says what is bought."""

    DEFAULT_CSS = "Codes Page { height: 4; }"

    def __init__(
        self,
        title: Message,
        typed: Callable[[], str],
        *,
        language: str = "",
        nature: str = "",
    ) -> None:
        super().__init__(title, codes_listing(()), paged=True)
        self._begin_with = typed
        self._language = language
        self._nature = nature
        self._pause: Timer | None = None
        self._count = 0

    def on_mount(self) -> None:
        """Begin with what was typed in the form."""
        field = self.query_one(Input)
        field.value = self._begin_with()
        field.cursor_position = len(field.value)
        self.query_one(Page).can_focus = False
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for codes while somebody types."""
        event.prevent_default()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        self.terminal.work(self._found(), group="codes")

    async def _found(self) -> None:
        self._count += 1
        now, text = self._count, self.query_one(Input).value
        language, nature = self._language, self._nature
        found = await self.terminal.ask(
            lambda w: w.suggest_codes(
                text, language=language, nature=nature, limit=MOST
            )
        )
        if now == self._count and self.is_attached:
            grid = self.query_one(Grid)
            self.show(codes_listing(found))
            grid.action_move(-len(grid.rows))

    def dismiss_code(self, row: Suggestion) -> None:
        """Give its code."""
        self.dismiss(row.code)

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click chooses."""
        event.prevent_default()
        self.dismiss_code(event.row)

    def action_pick(self) -> None:
        """Choose the code that is looked at, if there is one."""
        row = self.query_one(Grid).row
        if row is not None:
            self.dismiss_code(row)
