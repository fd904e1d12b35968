"""The command line: what each screen does, without a screen.

Standard output is the result, standard error the narration. Exit codes: 0 done,
2 the command makes no sense, 3 input was refused (in whole or in part) or no law is
in force, 4 the register cannot be read or written, 5 something is overdue.
"""

from __future__ import annotations

import gc
import gettext
import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from jointbuy import __version__, settings
from jointbuy.cli.base import (
    Command,
    Group,
    Option,
    Session,
    at_terminal,
    fail,
    open_terminal,
)
from jointbuy.errors import JointbuyError, StoreError, say
from jointbuy.l10n.catalogue import LOCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "needs": "needs",
    "rounds": "rounds",
    "administrations": "administrations",
    "contacts": "contacts",
    "contracts": "contracts",
    "match": "proposals",
    "show": "proposals",
    "appraise": "appraising",
    "what-if": "appraising",
    "check": "law",
    "law": "law",
    "retain": "proposals",
    "set-aside": "proposals",
    "decide": "proposals",
    "plan": "planning",
    "practice": "practice",
    "deadlines": "deadlines",
    "sessions": "sessions",
    "reminders": "reminders",
    "actions": "actions",
    "draft": "proposals",
    "centres": "centres",
    "frameworks": "frameworks",
    "orders": "orders",
    "programmes": "programmes",
    "adhesions": "adhesions",
    "interest": "centres",
    "uses": "frameworks",
    "cpv": "cpv",
    "history": "register",
    "undo": "register",
    "redo": "register",
    "check-register": "register",
    "restore": "register",
    "demo": "demo",
}
"""Each command, in the order of the work, and the module it is loaded from."""


class Commands(Group):
    """The commands, loaded one by one so that none waits for the others."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that has seen enough is no failure.

        click itself would leave with 1, a code that means nothing here.
        """
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _let_go()
            raise click.exceptions.Exit(0) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        loaded = importlib.import_module(f"jointbuy.cli.{module}")
        command: click.Command = getattr(loaded, cmd_name.replace("-", "_"))
        return command


@click.group(
    cls=Commands,
    help=(
        "Neighbouring public administrations buy together: register needs, see who "
        "could buy together and why, answer the legal questions, keep the deadlines, "
        "export the drafts."
    ),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--register",
    cls=Option,
    metavar="PATH",
    help="The register to work on; default: the one of this user.",
)
@click.option(
    "--on",
    cls=Option,
    metavar="DATE",
    help="The day of the law and of the deadlines; default: today.",
)
@click.option(
    "--lang",
    cls=Option,
    type=click.Choice(settings.LANGUAGES),
    help="The language to answer in.",
)
@click.version_option(__version__, message="%(prog)s %(version)s", cls=Option)
@click.pass_context
def group(
    ctx: click.Context, register: str | None, on: str | None, lang: str | None
) -> None:
    """Keep what was said before the command for it; without one, open the terminal."""
    ctx.obj = {"register": register, "on": on, "lang": lang}
    if ctx.invoked_subcommand is not None:
        return
    if not at_terminal():
        raise click.exceptions.NoArgsIsHelpError(ctx)
    open_terminal(Session(register=register, on=on, language=lang).desk)


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    if argv is None:
        gc.freeze()  # what the program was loaded with stays in use until it ends
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    speak(language_of(arguments))
    try:
        code = group.main(arguments, prog_name="jointbuy", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except JointbuyError as error:
        code = fail(error, language_of(arguments))
    except BrokenPipeError:
        _let_go()
        code = 0
    except OSError as error:
        _let_go()
        code = fail(unwritten(error), language_of(arguments))
    sys.exit(code if isinstance(code, int) else 0)


def _let_go() -> None:
    """Write nothing more to a standard output that takes nothing more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def unwritten(error: OSError) -> JointbuyError:
    """An answer that could not be written out, such as to a full disk."""
    return StoreError(
        say(
            "The answer cannot be written out ({reason}). Send it elsewhere, or make "
            "room first.",
            reason=error.strerror or "",
        )
    )


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for before the command, or for it; else the user's."""
    command = next((word for word in arguments if word in COMMANDS), "")
    drafts = (
        command in {"draft", "adhesions", "interest", "uses"} and "draft" in arguments
    )
    end = arguments.index("draft") if drafts else len(arguments)
    for index, word in enumerate(arguments[:end]):
        value = word.removeprefix("--lang=")
        if word == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in settings.LANGUAGES and word.startswith("--lang"):
            return value
    return settings.language()


def speak(language: str) -> None:
    """Have the help texts, click's own included, in that language."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("jointbuy", str(LOCALE))
    gettext.textdomain("jointbuy")


__all__ = ["Command", "group", "main"]
