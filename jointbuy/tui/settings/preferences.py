"""What the user prefers and where everything is, as a list."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from jointbuy import __version__
from jointbuy.errors import say
from jointbuy.l10n.visible import on_one_line
from jointbuy.tui.dialogs.palette import OWN_NAMES
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import blank, head, paragraph
from jointbuy.tui.themes import themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Something that is set, to what, and what there is to know about it.

    `action` is what changes it here, if anything does.
    """

    id: str
    label: Message
    value: Callable[[Speech], str]
    about: Message
    action: str = ""


def read_preferences(workspace: Workspace, terminal: Terminal) -> Listing[Preference]:
    """The language, the colours, whose register it is, and where everything is."""
    return Listing(
        rows=tuple(_preferences(workspace, terminal)),
        columns=(
            Column(
                id="label",
                heading=say("Setting"),
                text=lambda row, speech: speech.line(row.label),
                width=26,
                grow=1,
            ),
            Column(
                id="value",
                heading=say("Value"),
                text=lambda row, speech: on_one_line(row.value(speech)),
                width=42,
                grow=2,
            ),
        ),
        page=_page,
    )


def _preferences(workspace: Workspace, terminal: Terminal) -> Iterator[Preference]:
    desk, on, user = terminal.desk, workspace.on, workspace.user
    yield Preference(
        id="language",
        label=say("Language"),
        value=lambda speech: OWN_NAMES[speech.language],
        about=say("The language of the screen; papers have the language of their own."),
        action="tongue",
    )
    yield Preference(
        id="theme",
        label=say("Colours"),
        value=lambda speech: speech.say(themes(terminal).get(terminal.theme, "")),
        about=say("Colours are never the only sign: what they say stands there too."),
        action="theme",
    )
    home = workspace.administrations().get(workspace.register.home)
    yield Preference(
        id="home",
        label=say("Own administration"),
        value=lambda speech: (
            home.name(speech.language) if home else speech.say(say("none chosen yet"))
        ),
        about=say(
            "Whose register this is: new needs are noted for it, and rows of a file "
            "that name no administration are taken for its own."
        ),
        action="choose_home",
    )
    if desk.throwaway:
        where = say("This is a copy of the sample; it is deleted when you leave.")
    else:
        where = say(
            "Everything you note is in this place, and nothing is sent over the "
            "internet."
        )
    yield Preference(
        id="register", label=say("Register"), value=lambda _: desk.location, about=where
    )
    yield Preference(
        id="drafts",
        label=say("Typed and not saved yet"),
        value=lambda _: str(desk.drafts.file),
        about=say(
            "What was typed in a form and not saved is kept in this file, and is there "
            "again when the form is opened."
        ),
    )
    yield Preference(
        id="day",
        label=say("Day it is read on"),
        value=lambda speech: speech.day(on),
        about=_whence(workspace, terminal),
    )
    yield Preference(
        id="user",
        label=say("Name in the history"),
        value=lambda _: user,
        about=say(
            "Every change is recorded under this name; the variable JOINTBUY_USER sets "
            "another."
        ),
    )
    yield Preference(
        id="version",
        label=say("Versions"),
        value=lambda _: (
            f"jointbuy {__version__}, Python {sys.version.split()[0]}, "
            f"Textual {version('textual')}"
        ),
        about=say("To be named when you report something."),
    )


def _whence(workspace: Workspace, terminal: Terminal) -> Message:
    """Why it is read on that day."""
    if terminal.desk.on is not None:
        return say("The day that was asked for when jointbuy was started (--on).")
    if workspace.register.day is not None:
        return say("The day this register is fixed on, as a sample is.")
    return say("Today: phases, deadlines and the law are those of this day.")


def _page(row: Preference, speech: Speech) -> Iterator[Paragraph]:
    yield head(speech.say(row.label))
    yield paragraph(row.value(speech))
    yield blank()
    yield paragraph(speech.say(row.about), "$text-muted")
