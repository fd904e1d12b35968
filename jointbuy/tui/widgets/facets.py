"""The panel that narrows a list down: values of its facets, with how many rows each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.scrolling import extend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.events import Click

    from jointbuy.tui.listing import Facet, Listing

FACETS: tuple[Action, ...] = (
    Action(
        id="pane.facet_up",
        keys=("up", "k"),
        label=say("Up"),
        help=say("Look at the value above."),
        group=Group.MOVE,
        does="move(-1)",
    ),
    Action(
        id="pane.facet_down",
        keys=("down", "j"),
        label=say("Down"),
        help=say("Look at the value below."),
        group=Group.MOVE,
        does="move(1)",
    ),
    Action(
        id="pane.facet",
        keys=("space", "enter"),
        label=say("Choose"),
        help=say("Show only the rows with this value, or all of them again."),
        group=Group.CHOOSE,
        does="choose",
        rank=5,
    ),
)


def counted(facet: Facet[Any], rows: Iterable[Any]) -> Counter[str]:
    """How many rows have each value."""
    counts: Counter[str] = Counter()
    for value, n in Counter(map(facet.value, rows)).items():
        for each in (value,) if isinstance(value, str) else value:
            counts[each] += n
    return counts


class Facets(ScrollView, can_focus=True):
    """The values by which the rows of a list can be told apart."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = FACETS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FACETS)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"facets--heading", "facets--cursor"}
    DEFAULT_CSS = """
    Facets { background: $surface; overflow-x: hidden; padding: 0 1; }
    Facets > .facets--heading { color: $text-muted; text-style: bold; }
    Facets:focus > .facets--cursor { background: $primary; color: $text; }
    """

    class Chosen(Message):
        """The values that rows shall have, by facet."""

        def __init__(self, chosen: dict[str, frozenset[str]]) -> None:
            super().__init__()
            self.chosen = chosen

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.chosen: dict[str, frozenset[str]] = {}
        self.at = 0
        self._lines: list[tuple[Facet[Any], str | None, int]] = []

    def show(self, listing: Listing[Any]) -> None:
        """Offer the values of this list; a value that is gone is no longer chosen."""
        self._lines = []
        kept: dict[str, frozenset[str]] = {}
        for facet in listing.facets:
            counts = counted(facet, listing.rows)
            self._lines.append((facet, None, 0))
            self._lines += [(facet, value, n) for value, n in sorted(counts.items())]
            if values := self.chosen.get(facet.id, frozenset()) & set(counts):
                kept[facet.id] = values
        self.chosen = kept
        self.set_class(bool(self._lines), "-offered")
        self.at = min(max(self.at, 1), max(len(self._lines) - 1, 0))
        extend(self, Size(self.size.width, len(self._lines)))
        self.refresh()

    def relabel(self) -> None:
        """Say the values anew."""
        self.refresh()

    def clear(self) -> None:
        """Choose nothing."""
        self.chosen = {}
        self.refresh()

    def action_move(self, by: int) -> None:
        """Look at another value."""
        at = self.at + by
        while 0 <= at < len(self._lines) and self._lines[at][1] is None:
            at += by
        if 0 <= at < len(self._lines):
            self.at = at
            self.scroll_to_region_line(at)
            self.refresh()

    def scroll_to_region_line(self, at: int) -> None:
        """Scroll so that this line is seen."""
        top, room = self.scroll_offset.y, max(self.scrollable_content_region.height, 1)
        if at < top:
            self.scroll_to(y=at, animate=False)
        elif at >= top + room:
            self.scroll_to(y=at - room + 1, animate=False)

    def action_choose(self) -> None:
        """Choose the value that is looked at, or no longer."""
        if not 0 <= self.at < len(self._lines):
            return
        facet, value, _ = self._lines[self.at]
        if value is not None:
            self.turn(facet.id, value)

    def turn(self, facet: str, value: str) -> None:
        """Choose that value, or no longer."""
        values = self.chosen.get(facet, frozenset()) ^ {value}
        self.chosen = {**self.chosen, facet: values}
        self.refresh()
        self.post_message(self.Chosen(self.chosen))

    @property
    def offered(self) -> list[tuple[Facet[Any], str, int]]:
        """Every value with its facet and how many rows have it."""
        return [
            (facet, value, n) for facet, value, n in self._lines if value is not None
        ]

    def on_click(self, event: Click) -> None:
        """Choose what is clicked."""
        at = self.scroll_offset.y + event.get_content_offset_capture(self).y
        if 0 <= at < len(self._lines) and self._lines[at][1] is not None:
            self.at = at
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """A heading, or a value with its number of rows."""
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        facet, value, count = self._lines[at]
        speech = speech_of(self)
        if value is None:
            style = self.get_component_rich_style("facets--heading")
            text = set_cell_size(speech.line(facet.heading), width)
            return Strip([Segment(text, style)], width)
        sign = "[x] " if value in self.chosen.get(facet.id, ()) else "[ ] "
        number = f" {count}"
        room = max(width - cell_len(sign) - len(number), 1)
        label = speech.line(facet.label(value, speech))
        if cell_len(label) > room:
            label = set_cell_size(label, room - 1) + "…"
        text = sign + set_cell_size(label, room) + number
        here = self.has_focus and at == self.at
        style = (
            self.get_component_rich_style("facets--cursor") if here else self.rich_style
        )
        return Strip([Segment(set_cell_size(text, width), style)], width)
