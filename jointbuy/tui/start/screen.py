"""The first screen where no register is open: the language, and what to begin with."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical

from jointbuy.errors import JointbuyError, StoreError, say
from jointbuy.model import Administration, ContactPerson
from jointbuy.tui.actions import COMMON, Action, bindings
from jointbuy.tui.dialogs.palette import OWN_NAMES
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import blank, bullet, head, paragraph
from jointbuy.tui.stage import Stage
from jointbuy.tui.widgets.bars import KeyBar, Said, TopBar
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace

ACTIONS: tuple[Action, ...] = (
    Action(
        id="start.choose",
        keys=("enter",),
        label=say("Choose"),
        help=say("Go on with what is looked at."),
        rank=10,
    ),
    Action(
        id="start.back",
        keys=("escape",),
        label=say("Back"),
        help=say("Choose the language again; nothing is lost."),
        rank=12,
    ),
)

EVERYWHERE = tuple(
    replace(action, rank={"help": 80, "language": 70, "quit": 90}[action.name])
    for action in COMMON
    if action.name in {"help", "language", "quit"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Something to begin with, and what there is to know about it."""

    id: str
    title: Sayable
    about: tuple[Message, ...] = ()


LANGUAGES = tuple(Way(id=code, title=name) for code, name in OWN_NAMES.items())


class Start(Stage[None]):
    """The language, then what to begin with; gone once a register is open.

    `fault` is why the register that was asked for cannot be opened. Nothing is written
    before something was chosen that asks for it.
    """

    ACTIONS = ACTIONS
    EVERYWHERE = EVERYWHERE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("No register is open yet: here you choose what to begin with."),
        say("Nothing is written before you chose, and Esc always leads back."),
    )
    DEFAULT_CSS = """
    Start #middle { height: 1fr; align: center middle; }
    Start #sheet {
        width: 100%; max-width: 92; height: 100%; max-height: 24; background: $surface;
    }
    Start #greeting { height: auto; max-height: 9; padding: 1 2 0 2; }
    Start #ways { height: 6; margin: 1 0 0 0; }
    Start #about { height: 1fr; padding: 1 2; }
    """

    def __init__(self, fault: Message | None = None) -> None:
        super().__init__()
        self.fault = fault
        self.step = "language" if fault is None else "ways"
        self._spoken = False
        self._prepared: Workspace | None = None
        self._own = ""

    def compose(self) -> ComposeResult:
        """A greeting, the choices, and what there is to know about each."""
        yield TopBar()
        with Container(id="middle"), Vertical(id="sheet"):
            yield Page(id="greeting")
            yield Grid(id="ways")
            yield Page(id="about")
        yield Said()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin with the language."""
        for page in self.query(Page):
            page.can_focus = False
        self._show()

    def on_screen_resume(self) -> None:
        """Begin where one was."""
        self.query_one(Grid).focus()

    def _show(self) -> None:
        """Show the step of the moment."""
        greeting, grid = self.query_one("#greeting", Page), self.query_one(Grid)
        if self.step == "language":
            greeting.tell(_welcome)
            grid.show(_listing(LANGUAGES))
            self.call_after_refresh(grid.look_at, self.terminal.speech.language)
        else:
            greeting.tell(self._asked)
            grid.show(_listing(self._ways()))
            grid.action_move(-len(grid.rows))
        grid.focus()
        self.refresh_bindings()

    def _asked(self, speech: Speech) -> Iterator[Paragraph]:
        yield head(speech.say(say("What do you want to begin with?")))
        yield blank()
        desk = self.terminal.desk
        if self.fault is not None:
            yield bullet(speech.say(self.fault), sign="!", style="$text-error")
            return
        if desk.missing:
            yield paragraph(
                speech.say(
                    say("There is no register at {path} yet.", path=desk.location)
                )
            )
        yield paragraph(
            speech.say(
                say(
                    "What you note stays on your computer, or where you put it; "
                    "nothing is sent over the internet."
                )
            )
        )

    def _ways(self) -> tuple[Way, ...]:
        """What to begin with; nothing is made in the place of a damaged register."""
        desk = self.terminal.desk
        place = say(
            "The register is made in that place when you save the first form, and not "
            "before."
        )
        sample = Way(
            id="sample",
            title=say("Look round in a sample"),
            about=(
                say(
                    "An invented municipality with its public centre for social "
                    "welfare, its police zone and its neighbours: their needs, the "
                    "proposals, the law and the deadlines."
                ),
                say("It is a copy: try everything, it is deleted when you leave."),
            ),
        )
        elsewhere = Way(
            id="open",
            title=say("Open another register"),
            about=(
                say(
                    "A file on your computer or on a drive you share with colleagues, "
                    "or the address of a server. It is opened again the next time."
                ),
            ),
        )
        if self.fault is not None and not desk.missing:
            again = Way(
                id="again",
                title=say("Try again"),
                about=(say("Open {place} once more.", place=desk.location),),
            )
            return (again, elsewhere, sample)
        mine = Way(
            id="mine",
            title=say("Make the register of my administration"),
            about=(
                say(
                    "First your administration, then yourself as its contact person; "
                    "after that its needs, one by one or from a file."
                ),
                place,
            ),
        )
        taken = Way(
            id="import",
            title=say("Begin with a file of needs"),
            about=(
                say(
                    "Your administration first, then the needs of a spreadsheet (CSV, "
                    "XLSX or ODS): you see what is understood and what is refused "
                    "before anything is kept."
                ),
                place,
            ),
        )
        return (sample, mine, taken, elsewhere)

    # What happens on it.

    def on_grid_moved(self) -> None:
        """Say what there is to know; of a language, in that language."""
        row = self.query_one(Grid).row
        if row is None:
            return
        terminal = self.terminal
        if self.step == "language" and row.id != terminal.speech.language:
            terminal.speak(row.id, keep=False)
        self.query_one("#about", Page).tell(
            lambda speech: [
                paragraph(speech.say(each), "$text-muted") for each in row.about
            ]
        )

    def relabel(self) -> None:
        """The row of the language follows it, however it was chosen."""
        super().relabel()
        if self.step == "language":
            self.query_one(Grid).look_at(self.terminal.speech.language)
        else:
            self._spoken = True

    def action_choose(self) -> None:
        """Go on with what is looked at."""
        self.query_one(Grid).action_open()

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """Go on with what was chosen."""
        if self.step == "language":
            self._spoken = True
            self.step = "ways"
            self._show()
        else:
            self.terminal.hush()
            self.terminal.work(self._begin(event.row.id), group="start")

    def can_back(self) -> bool:
        """Whether there is something to go back to."""
        return self.step != "language"

    def action_back(self) -> None:
        """Choose the language again."""
        self.terminal.hush()
        self.step = "language"
        self._show()

    async def _begin(self, way: str) -> None:
        begun = {
            "sample": self._sample,
            "mine": self._mine,
            "import": self._taken,
            "open": self._elsewhere,
            "again": self._again,
        }[way]
        try:
            message = await begun()
        except BaseException:
            self.terminal.lend(None)
            raise
        if message is None:
            self.terminal.lend(None)
            return
        if self._spoken:
            self.terminal.desk.keep_language(self.speech.language)
        self.dismiss()
        self.terminal.begin()
        self.terminal.tell(message)

    # The ways to begin. Each gives what to say once a register is open.

    async def _sample(self) -> Message | None:
        self.terminal.desk.sample()
        await self._opened()
        return say("This is a copy: try everything, it is deleted when you leave.")

    async def _opened(self) -> None:
        """Open what is on the desk."""
        self.terminal.lend(None)
        await self.terminal.ask(lambda workspace: workspace.on)

    async def _again(self) -> Message | None:
        try:
            await self._opened()
        except StoreError as error:
            self.fault = error.message
            self._show()
            return None
        return say("The register is open.")

    async def _mine(self) -> Message | None:
        own = await self._administration()
        if own and await self._made(f"home {own}"):
            await self._contact(own)
            return say("Your register is made; n notes its first need.")
        return None

    async def _taken(self) -> Message | None:
        from jointbuy.tui.needs.section import Needs

        own = await self._administration()
        section = self.app.screen_stack[0]
        if not own or not isinstance(section, Needs):
            return None
        await section.take_in()
        said = self.terminal.said
        if not await self.terminal.ask(lambda w: len(w.needs())):
            return None
        if not await self._made(f"home {own}"):
            return None
        await self._contact(own)
        return said[0] if said else say("The register is open.")

    async def _administration(self) -> str:
        """Have the own administration filled in, in memory; its id, or nothing.

        What was filled in is there again when something later was given up.
        """
        from jointbuy.tui.forms.form import Form

        prepared = self._prepared or self.terminal.desk.blank()
        self.terminal.lend(prepared)
        own = await self.terminal.put(Form(Administration, self._own))
        if own is None:
            return ""
        self._prepared, self._own = prepared, own
        await self.terminal.ask(lambda workspace: workspace.set_home(own))
        return own

    async def _made(self, why: str) -> bool:
        """Make the register with what was prepared; whether it could be."""
        desk = self.terminal.desk
        try:
            made = await self.terminal.ask(lambda w: desk.begin(w, why=why))
        except JointbuyError as error:
            self.terminal.tell(error.message, tone="error")
            return False
        self.terminal.lend(made)
        return True

    async def _contact(self, own: str) -> None:
        """Ask who follows the register up; that can wait."""
        from jointbuy.tui.forms.form import Form

        cells = {"administration": own, "language": self.speech.language}
        await self.terminal.put(Form(ContactPerson, cells=cells))

    async def _elsewhere(self) -> Message | None:
        """Ask for a place until a register is opened there, or one gives up."""
        from jointbuy.tui.dialogs.question import Question

        desk, before = self.terminal.desk, self.terminal.desk.location
        text, hint = (
            "",
            say(
                "The path of a register, its folder, or an address such as "
                "postgresql://server/register."
            ),
        )
        while True:
            title = say("Open another register")
            typed = await self.terminal.put(Question(title, text=text, hint=hint))
            if typed is None:
                desk.use(before)
                return None
            text = typed
            desk.use(place_of(typed))
            try:
                await self._opened()
            except JointbuyError as error:
                hint = error.message
            else:
                desk.keep_register()
                return say("The register is open.")


def place_of(typed: str) -> str:
    """The register that is meant: a path, that of a folder, or an address."""
    text = typed.strip().strip("\"'")
    if "://" in text:
        return text
    path = Path(os.path.expanduser(text))  # noqa: PTH111 - leaves what it cannot read
    return str(path / "register.json" if path.is_dir() else path)


def _welcome(speech: Speech) -> Iterator[Paragraph]:
    yield head(speech.say(say("Welcome to jointbuy")))
    yield blank()
    yield paragraph(
        speech.say(
            say(
                "For contact persons of Belgian administrations who buy together: from "
                "the needs to the proposals, the law, the plan and the drafts."
            )
        )
    )
    yield blank()
    yield paragraph(
        speech.say(say("Choose your language; F7 changes it at any moment.")),
        "$text-muted",
    )


def _listing(ways: tuple[Way, ...]) -> Listing[Way]:
    return Listing(
        rows=ways,
        columns=(
            Column(
                id="title",
                heading=say("Choice"),
                text=lambda way, speech: speech.line(way.title),
                width=30,
                grow=1,
            ),
        ),
    )


__all__ = ["Start", "Way", "place_of"]
