"""Where a file is written: the path that was typed, and what is there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from jointbuy.errors import Message
    from jointbuy.tui.app import Terminal
    from jointbuy.workspace import Desk


def path_typed(text: str) -> Path:
    """The path as it was typed; ~ is the user's own folder, where it is known."""
    try:
        return Path(text).expanduser()
    except RuntimeError:  # nobody knows where it is
        return Path(text)


def known_path(text: str) -> Path:
    """The path that is meant; one that was dropped on the terminal has quotes.

    Raises:
        Refused: it begins with the folder of a user who is not there.
    """
    try:
        return Path(text.strip("'\"")).expanduser()
    except RuntimeError:
        raise Refused(say("There is no such folder: write the whole path.")) from None


def file_named(text: str) -> tuple[Path, bool]:
    """The file somebody typed, and whether it is there already."""
    path = path_typed(text)
    return path, path.exists()


def usual_folder(desk: Desk) -> Path:
    """Beside the register; where one works when there is no file to keep."""
    if desk.throwaway or "://" in desk.location:
        return Path.cwd()
    return Path(desk.location).absolute().parent


async def ask_file(
    terminal: Terminal,
    title: Message,
    *,
    name: str,
    hint: Message,
    replace: Message,
    meant: Callable[[str], tuple[Path, bool]] = file_named,
) -> tuple[Path, bool] | None:
    """The file to write, and whether it replaces one; nothing when somebody gives up.

    It is offered under this name; `meant` reads what was typed, and `replace` says
    what becomes of a file that is there already.
    """
    from jointbuy.tui.dialogs.question import Question

    text = str(usual_folder(terminal.desk) / name)
    while True:
        answer = await terminal.put(Question(title, text=text, hint=hint))
        if answer is None:
            return None
        text = answer
        path, there = meant(answer)
        if not there or await _replaces(terminal, path, replace):
            return path, there


async def _replaces(terminal: Terminal, path: Path, replace: Message) -> bool:
    """Whether a file that is there already is to be replaced."""
    from jointbuy.tui.dialogs.picker import Picker, choices

    offered = choices((("other", say("Choose another name.")), ("replace", replace)))
    title = say("“{file}” exists already.", file=path.name)
    chosen = await terminal.put(Picker(title, offered))
    return chosen is not None and chosen[0] == "replace"
