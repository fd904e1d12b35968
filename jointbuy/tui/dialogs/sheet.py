"""Several things asked at once: choices and lines, each behind its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Horizontal, VerticalScroll
from textual.message import Message as Posted
from textual.widget import Widget
from textual.widgets import Input

from jointbuy.errors import JointbuyError, Refused, say
from jointbuy.tui.actions import Action, Group, bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.prose import paragraph, plain
from jointbuy.tui.stage import speech_of, terminal_of
from jointbuy.tui.widgets.page import Page
from jointbuy.tui.widgets.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.events import Click, DescendantFocus, Focus

    from jointbuy.errors import Message
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One thing asked: a line to type, or one of `choices` (an id and its name)."""

    id: str
    label: Sayable
    value: str = ""
    choices: tuple[tuple[str, Sayable], ...] = ()
    hint: Message | None = None


PICK: tuple[Action, ...] = (
    Action(
        id="pane.pick_next",
        keys=("right", "space", "l"),
        label=say("Change"),
        help=say("Choose the next value; ← the one before."),
        group=Group.CHOOSE,
        does="pick(1)",
        shown="←→",
        rank=11,
    ),
    Action(
        id="pane.pick_before",
        keys=("left", "h"),
        label=say("Before"),
        help=say("Choose the value before."),
        group=Group.CHOOSE,
        does="pick(-1)",
    ),
    Action(
        id="pane.pick_list",
        keys=("f4",),
        label=say("List"),
        help=say("Choose from the list of all values."),
        group=Group.CHOOSE,
        does="pick_list",
        rank=12,
    ),
)


class Pick(Widget, can_focus=True):
    """One of several values, changed by the arrow keys or a click."""

    ALLOW_SELECT = False
    ACTIONS: ClassVar[tuple[Action, ...]] = PICK
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PICK)]
    DEFAULT_CSS = """
    Pick { height: 1; width: 1fr; background: $boost; }
    Pick:focus { background: $primary; color: $text; }
    """

    class Changed(Posted):
        """Another value was chosen."""

        def __init__(self, pick: Pick) -> None:
            super().__init__()
            self.pick = pick

    def __init__(self, slot: Slot) -> None:
        super().__init__()
        self.slot = slot
        ids = [id_ for id_, _ in slot.choices]
        self.at = ids.index(slot.value) if slot.value in ids else 0

    @property
    def value(self) -> str:
        """The id of the value chosen."""
        return self.slot.choices[self.at][0] if self.slot.choices else ""

    def relabel(self) -> None:
        """Say it again."""
        self.refresh()

    def render(self) -> Content:
        """The value between the signs that it can be changed."""
        name = self.slot.choices[self.at][1] if self.slot.choices else ""
        text = speech_of(self).line(name)
        return plain(f"◂ {text} ▸").truncate(max(self.size.width, 1), ellipsis=True)

    def on_focus(self, event: Focus) -> None:  # noqa: ARG002
        """Its keys are others than those of a line."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """A click to the left goes back, any other goes on."""
        self.action_pick(-1 if event.x <= 1 else 1)

    def action_pick(self, by: int) -> None:
        """Choose the value beside."""
        self._choose((self.at + by) % max(len(self.slot.choices), 1))

    def _choose(self, at: int) -> None:
        if at != self.at:
            self.at = at
            self.refresh()
            self.post_message(self.Changed(self))

    def action_pick_list(self) -> None:
        """Choose from the list of all values."""
        terminal_of(self).work(self._from_list())

    async def _from_list(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker
        from jointbuy.tui.listing import Column, Listing

        named = Column[int](
            id="label",
            heading=say("Choice"),
            text=lambda at, speech: speech.line(self.slot.choices[at][1]),
            width=20,
            grow=1,
        )
        rows = tuple(range(len(self.slot.choices)))
        listing = Listing[int](rows=rows, columns=(named,), id_of=str)
        picked = await terminal_of(self).put(Picker(say("Choose"), listing))
        if picked is not None:
            self._choose(picked)


class Labelled(Widget):
    """The name of what is asked."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Labelled { height: 1; color: $text-muted; padding: 0 1; }"

    def __init__(self, label: Sayable) -> None:
        super().__init__()
        self.label = label

    def relabel(self) -> None:
        """Say it again."""
        self.refresh()

    def render(self) -> Content:
        """The name; one in which somebody is named may be cut."""
        label = plain(speech_of(self).line(self.label))
        return label.truncate(max(self.size.width - 1, 1), ellipsis=True)


SHEET: tuple[Action, ...] = (
    Action(
        id="sheet.keep",
        keys=("enter",),
        label=say("OK"),
        help=say("Do it with what stands here."),
        rank=10,
    ),
    Action(
        id="sheet.next_line",
        keys=("down",),
        label=say("Move"),
        help=say("Go to the line below."),
        group=Group.MOVE,
        does="line(1)",
        shown="↑↓",
        rank=13,
    ),
    Action(
        id="sheet.line_before",
        keys=("up",),
        label=say("Up"),
        help=say("Go to the line above."),
        group=Group.MOVE,
        does="line(-1)",
    ),
)


class Sheet(Dialog[T]):
    """Asks for all slots, and gives what `do` makes of them.

    What `do` refuses is said below, and the sheet stays open.
    """

    ACTIONS = (*SHEET, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SHEET)]
    DEFAULT_CSS = """
    Sheet #slots { height: auto; max-height: 14; }
    Sheet .slot { height: 1; }
    Sheet Input { height: 1; border: none; padding: 0 1; background: $boost; }
    Sheet Input:focus { border: none; background: $panel; }
    Sheet #hint { height: auto; min-height: 2; max-height: 6; }
    """

    def __init__(
        self,
        title: Message,
        slots: tuple[Slot, ...],
        do: Callable[[dict[str, str]], Awaitable[T]],
    ) -> None:
        super().__init__(title)
        self.slots = slots
        self._do_it = do
        self._doing = False

    def body(self) -> ComposeResult:
        """The slots, and what is to be known about the one that has the focus."""
        yield from self.above()
        with VerticalScroll(id="slots", can_focus=False):
            for slot in self.slots:
                with Horizontal(classes="slot"):
                    yield Labelled(slot.label)
                    if slot.choices:
                        yield Pick(slot)
                    else:
                        yield Typed(slot.value, name=slot.id)
        yield Page(id="hint")

    def above(self) -> ComposeResult:
        """What stands over the slots."""
        yield from ()

    def on_mount(self) -> None:
        """Begin with the first slot."""
        self.query_one("#hint", Page).can_focus = False
        self._measure()
        self.focus_first()

    def focus_first(self) -> None:
        """Where one begins."""
        for widget in self.query("Pick, Input"):
            widget.focus()
            return

    def _measure(self) -> None:
        """Give all names the width of the longest."""
        names = [speech_of(self).line(slot.label) for slot in self.slots]
        wide = max((plain(name).cell_length for name in names), default=8) + 3
        for label in self.query(Labelled):
            label.styles.width = min(wide, 34)

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        super().relabel()
        self._measure()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the slots."""
        found = {pick.slot.id: pick.value for pick in self.query(Pick)}
        return found | {
            line.name: line.value.strip() for line in self.query(Input) if line.name
        }

    def tell(self, *messages: Message | None, style: str = "$text-muted") -> None:
        """Say something below the slots."""

        def told(speech: Speech) -> tuple[Paragraph, ...]:
            return tuple(
                paragraph(speech.say(each), style)
                for each in messages
                if each is not None
            )

        self.query_one("#hint", Page).tell(told)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Say what the slot is for."""
        widget = event.widget
        id_ = widget.slot.id if isinstance(widget, Pick) else widget.name
        for slot in self.slots:
            if slot.id == id_:
                self.tell(slot.hint)

    def on_input_submitted(self) -> None:
        """Do it."""
        self.action_keep()

    def action_line(self, by: int) -> None:
        """Go to the line beside."""
        if by > 0:
            self.focus_next("Pick, Input")
        else:
            self.focus_previous("Pick, Input")

    def action_keep(self) -> None:
        """Do it with what stands here, once."""
        if not self._doing:
            self._doing = True
            self.terminal.work(self._keep())

    async def _keep(self) -> None:
        try:
            made = await self._do_it(self.values)
        except Refused as error:
            wrong = [each.message for each in error.problems if each.blocking]
            self.tell(*(wrong or [error.message]), style="$text-error")
        except JointbuyError as error:
            self.tell(error.message, style="$text-error")
        else:
            self.dismiss(made)
        finally:
            self._doing = False
