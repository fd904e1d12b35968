"""What can be done on the screen: the one registry of keys, footer, help and palette.

Each section declares its actions as values. From them come the bindings (each with its
id, so that keys can be changed), the footer, the help and the command palette; a screen
says by `can_<name>` methods which of them make sense at the moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from textual.binding import Binding

from jointbuy.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.errors import Message


class Group(Enum):
    """Where the help lists an action, in this order."""

    ACT = "act"
    MOVE = "move"
    CHOOSE = "choose"
    SECTIONS = "sections"
    EVERYWHERE = "everywhere"


GROUPS: dict[Group, Message] = {
    Group.ACT: say("Act"),
    Group.MOVE: say("Move"),
    Group.CHOOSE: say("Choose and filter"),
    Group.SECTIONS: say("Sections"),
    Group.EVERYWHERE: say("Everywhere"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do.

    `id` is stable (`needs.add`). Its last part names the method `action_add` of the
    screen; of the app where the first part is `app`, of the widget that has the focus
    where it is `grid` or `pane`. `does` is that call with its values, if it needs
    any. `label` is for the footer, one or two words; `help` a sentence. `rank` is the
    place in the footer, lowest first; 0 is left out of it. `shown` is the key as it is
    written, where it is not the first of `keys`.
    """

    id: str
    keys: tuple[str, ...]
    label: Message
    help: Message
    group: Group = Group.ACT
    rank: int = 0
    shown: str = ""
    does: str = ""
    priority: bool = False

    @property
    def where(self) -> str:
        """Who does it: `app`, `screen` or `focused`."""
        first = self.id.partition(".")[0]
        return {"app": "app", "grid": "focused", "pane": "focused"}.get(first, "screen")

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.id.rpartition(".")[2]

    @property
    def call(self) -> str:
        """What is called, without who does it: `add`, `move(-1)`."""
        return self.does or self.name


_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "space": "␣",
    "enter": "↵",
    "escape": "Esc",
    "asterisk": "*",
    "minus": "-",
    "plus": "+",
    "exclamation_mark": "!",
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "left_parenthesis": "(",
    "section_sign": "§",
    "latin_small_letter_e_with_acute": "é",
    "full_stop": ".",
    "comma": ",",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "tab": "Tab",
}

_HELD = {"ctrl": "^", "shift": "⇧"}


def key_name(key: str) -> str:
    """A key as the footer and the help write it.

    >>> key_name("ctrl+p"), key_name("shift+f6"), key_name("question_mark")
    ('^p', '⇧F6', '?')
    """
    *held, last = key.split("+")
    name = _NAMES.get(last, last)
    if len(name) > 1 and name[0] == "f" and name[1:].isdigit():
        name = name.upper()
    return "".join(_HELD[each] for each in held) + name


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """The key bindings of these actions, each under the id of its action."""
    return [
        Binding(
            ",".join(action.keys),
            f"app.{action.call}" if action.where == "app" else action.call,
            action.label.text,
            id=action.id,
            show=bool(action.rank),
            priority=action.priority,
        )
        for action in actions
        if action.keys
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A section of the terminal: how it is called, its keys on two keyboards."""

    id: str
    title: Message
    keys: tuple[str, ...]
    letter: str


PLACES: tuple[Place, ...] = (
    Place(id="needs", title=say("Needs"), keys=("1", "ampersand"), letter="n"),
    Place(
        id="proposals",
        title=say("Proposals"),
        keys=("2", "é", "latin_small_letter_e_with_acute"),
        letter="p",
    ),
    Place(id="centres", title=say("Centres"), keys=("3", "quotation_mark"), letter="c"),
    Place(id="legal", title=say("Legal"), keys=("4", "apostrophe"), letter="l"),
    Place(
        id="deadlines",
        title=say("Deadlines"),
        keys=("5", "left_parenthesis"),
        letter="d",
    ),
    Place(
        id="settings",
        title=say("Settings"),
        keys=("6", "section_sign", "§"),
        letter="s",
    ),
)
"""The sections, in the order of the work."""


SECTIONS: tuple[Action, ...] = tuple(
    Action(
        id=f"app.{place.id}",
        keys=place.keys,
        label=place.title,
        help=say("Go to the section “{section}”.", section=place.title),
        group=Group.SECTIONS,
        does=f"go('{place.id}')",
    )
    for place in PLACES
)

COMMON: tuple[Action, ...] = (
    Action(
        id="app.palette",
        keys=("ctrl+p", "f9"),
        label=say("Search"),
        help=say("Search every command and every record, and go there."),
        group=Group.EVERYWHERE,
        rank=80,
        priority=True,
    ),
    Action(
        id="app.help",
        keys=("question_mark", "f1"),
        label=say("Help"),
        help=say("What can be done here, and what this screen is for."),
        group=Group.EVERYWHERE,
        rank=15,
    ),
    Action(
        id="app.undo",
        keys=("u", "ctrl+z"),
        label=say("Undo"),
        help=say("Take back the last change; the history keeps both."),
        group=Group.EVERYWHERE,
        rank=70,
    ),
    Action(
        id="app.redo",
        keys=("U", "ctrl+y"),
        label=say("Redo"),
        help=say("Do again what was just taken back."),
        group=Group.EVERYWHERE,
    ),
    Action(
        id="app.language",
        keys=("f7",),
        label=say("Language"),
        help=say("Read everything in the next language: fr, nl, de, en."),
        group=Group.EVERYWHERE,
        rank=95,
    ),
    Action(
        id="app.messages",
        keys=("exclamation_mark",),
        label=say("Messages"),
        help=say("What was said since the terminal was opened."),
        group=Group.EVERYWHERE,
    ),
    Action(
        id="app.jump",
        keys=("g",),
        label=say("Go to …"),
        help=say("Go to a section by its letter, or to the top of the list."),
        group=Group.SECTIONS,
    ),
    Action(
        id="app.next_section",
        keys=("ctrl+right", "ctrl+pagedown"),
        label=say("Next section"),
        help=say("Go to the next section."),
        group=Group.SECTIONS,
        does="step(1)",
    ),
    Action(
        id="app.previous_section",
        keys=("ctrl+left", "ctrl+pageup"),
        label=say("Previous section"),
        help=say("Go to the section before."),
        group=Group.SECTIONS,
        does="step(-1)",
    ),
    Action(
        id="app.next_pane",
        keys=("f6", "tab"),
        label=say("Next pane"),
        help=say("Go to the next part of the screen."),
        group=Group.MOVE,
        does="pane(1)",
    ),
    Action(
        id="app.previous_pane",
        keys=("shift+f6", "shift+tab"),
        label=say("Previous pane"),
        help=say("Go to the part of the screen before."),
        group=Group.MOVE,
        does="pane(-1)",
    ),
    Action(
        id="app.quit",
        keys=("ctrl+q",),
        label=say("Quit"),
        help=say("Leave; everything is saved already."),
        group=Group.EVERYWHERE,
        priority=True,
        rank=90,
    ),
)
"""What can be done in every section."""

LISTS: tuple[Action, ...] = (
    Action(
        id="list.filter",
        keys=("slash", "f", "f3"),
        label=say("Filter"),
        help=say("Show only what contains these words, or a value such as cpv:30."),
        group=Group.CHOOSE,
        rank=40,
    ),
    Action(
        id="list.narrow",
        keys=("F",),
        label=say("Narrow"),
        help=say("Show only the rows with a value chosen from a list; again, all."),
        group=Group.CHOOSE,
        rank=45,
    ),
    Action(
        id="list.clear",
        keys=("escape",),
        label=say("All"),
        help=say("Take away the filter and the marks."),
        group=Group.CHOOSE,
    ),
    Action(
        id="list.sort",
        keys=("s",),
        label=say("Sort"),
        help=say("Sort by another column; the same column again turns it round."),
        group=Group.CHOOSE,
        rank=50,
    ),
    Action(
        id="list.view",
        keys=("v",),
        label=say("View"),
        help=say("Show the next view of this section."),
        group=Group.CHOOSE,
        rank=35,
    ),
    Action(
        id="list.reread",
        keys=("ctrl+r",),
        label=say("Read again"),
        help=say("Read the register again, with what others changed."),
        group=Group.EVERYWHERE,
    ),
)
"""What can be done in every section with a list."""

GRID: tuple[Action, ...] = (
    Action(
        id="grid.up",
        keys=("up", "k"),
        label=say("Up"),
        help=say("Look at the row above."),
        group=Group.MOVE,
        does="move(-1)",
    ),
    Action(
        id="grid.down",
        keys=("down", "j"),
        label=say("Down"),
        help=say("Look at the row below."),
        group=Group.MOVE,
        does="move(1)",
    ),
    Action(
        id="grid.page_up",
        keys=("pageup",),
        label=say("Page up"),
        help=say("Look a page further up."),
        group=Group.MOVE,
        does="leaf(-1)",
    ),
    Action(
        id="grid.page_down",
        keys=("pagedown",),
        label=say("Page down"),
        help=say("Look a page further down."),
        group=Group.MOVE,
        does="leaf(1)",
    ),
    Action(
        id="grid.top",
        keys=("home",),
        label=say("Top"),
        help=say("Look at the first row."),
        group=Group.MOVE,
        does="move(-1000000000)",
    ),
    Action(
        id="grid.end",
        keys=("end", "G"),
        label=say("End"),
        help=say("Look at the last row."),
        group=Group.MOVE,
        does="move(1000000000)",
    ),
    Action(
        id="grid.open",
        keys=("enter",),
        label=say("Open"),
        help=say("Open the row that is looked at."),
        group=Group.ACT,
    ),
    Action(
        id="grid.mark",
        keys=("space",),
        label=say("Mark"),
        help=say("Mark this row, or take the mark away."),
        group=Group.CHOOSE,
    ),
    Action(
        id="grid.mark_down",
        keys=("shift+down",),
        label=say("Mark down"),
        help=say("Mark this row and go to the one below."),
        group=Group.CHOOSE,
        does="mark_and_move(1)",
    ),
    Action(
        id="grid.mark_up",
        keys=("shift+up",),
        label=say("Mark up"),
        help=say("Mark this row and go to the one above."),
        group=Group.CHOOSE,
        does="mark_and_move(-1)",
    ),
    Action(
        id="grid.mark_all",
        keys=("asterisk",),
        label=say("Mark all"),
        help=say("Mark every row shown."),
        group=Group.CHOOSE,
    ),
    Action(
        id="grid.mark_none",
        keys=("minus",),
        label=say("Unmark all"),
        help=say("Take all marks away."),
        group=Group.CHOOSE,
    ),
)
"""What can be done in every list, whatever screen it is on."""

CELLS: tuple[Action, ...] = (
    Action(
        id="grid.right",
        keys=("right",),
        label=say("Cell"),
        help=say("Look at the cell to the right, where a list is a table of cells."),
        group=Group.MOVE,
        does="across(1)",
        shown="←→",
        rank=16,
    ),
    Action(
        id="grid.left",
        keys=("left",),
        label=say("Cell"),
        help=say("Look at the cell to the left, where a list is a table of cells."),
        group=Group.MOVE,
        does="across(-1)",
    ),
)
"""What can be done besides in a list that is a table of cells."""
