"""What every command shares: its options, its language, and how it prints."""

from __future__ import annotations

import functools
import gettext
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jointbuy import settings
from jointbuy.errors import (
    BadRecord,
    JointbuyError,
    Message,
    NotFound,
    NotInForce,
    Problem,
    Refused,
    StoreError,
    UsageError,
    say,
)
from jointbuy.l10n.catalogue import Catalogue, catalogue
from jointbuy.l10n.visible import CONTROLS, visible
from jointbuy.workspace import Desk

if TYPE_CHECKING:
    from decimal import Decimal

    from jointbuy.intake.contract_rows import ParsedContracts
    from jointbuy.intake.rows import ParsedNeeds
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.records import Records

REFUSED, OVERDUE = 3, 5
"""Exit codes: input refused, in whole or in part; something is overdue."""

EXIT_CODES: tuple[tuple[type[JointbuyError], int], ...] = (
    (StoreError, 4),
    (NotFound, 2),
    (UsageError, 2),
    (Refused, REFUSED),
    (NotInForce, REFUSED),
    (BadRecord, REFUSED),
)


def _translated(text: str | None) -> str | None:
    return gettext.gettext(text) if text else text


class Option(click.Option):
    """An option whose help is said in the user's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the help."""
        source, self.help = self.help, _translated(self.help)
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = source


_BELOW_ZERO = re.compile(r"-[0-9.,]")


class Command(click.Command):
    """A command whose help is said in the user's language.

    `more` makes the parameters that only who runs this very command waits for, such as
    one for each field of a form.
    """

    more: Callable[[], Iterable[click.Parameter]] | None = None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """What it takes, all told."""
        if self.more is not None:
            self.params = [*self.params, *self.more()]
            self.more = None
        return super().get_params(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A number below zero is a value and no option."""
        if any(_BELOW_ZERO.match(each) for each in args):
            ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002
        """The first sentence, whole: the list of commands folds it."""
        text = _translated(self.help) or ""
        return text.partition(". ")[0].rstrip(".")

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """What the command does."""
        source, self.help = self.help, _translated(self.help)
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = source


class Group(Command, click.Group):
    """Commands under one name."""

    command_class = Command


F = TypeVar("F", bound=Callable[..., Any])


def command(
    *,
    help: str,  # noqa: A002
    name: str | None = None,
    ui: bool = True,
    more: Callable[[], Iterable[click.Parameter]] | None = None,
) -> Callable[[F], Command]:
    """A command with the options every command takes; it receives a `Session`.

    Without `ui` its own `--lang` is not that of the answers but of a paper. `more` is
    that of the `Command`.
    """

    def decorate(function: F) -> Command:
        @functools.wraps(function)
        def run(**values: Any) -> None:  # noqa: ANN401
            function(_session(values), **values)

        parameters = getattr(function, "__click_params__", [])
        run.__click_params__ = [*_common(ui=ui), *parameters]  # type: ignore[attr-defined]
        made: Command = click.command(name=name, cls=Command, help=help)(run)
        made.more = more
        return made

    return decorate


def listing(name: str, *, help: str, show: Callable[..., None]) -> Group:  # noqa: A002
    """Commands under one name, which by itself shows what there is.

    The options of `show` go with the name alone, not with a command under it.
    """
    own: list[click.Parameter] = getattr(show, "__click_params__", [])[::-1]

    def run(**values: Any) -> None:  # noqa: ANN401
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            show(_session(values), **values)
            return
        for each in own:
            if values.pop(each.name) not in {None, "", False}:
                raise UsageError(
                    say(
                        "{option} goes without “{command}”, or after it.",
                        option=each.opts[0],
                        command=ctx.invoked_subcommand,
                    )
                )
        said = {_ABOVE[key]: value for key, value in values.items() if value}
        ctx.find_root().obj = {**(ctx.find_root().obj or {}), **said}

    return Group(
        name,
        help=help,
        callback=run,
        params=[*_common(ui=True), *own],
        invoke_without_command=True,
    )


_ABOVE = {
    "as_json": "as_json",
    "ui_lang": "lang",
    "law_day": "on",
    "register_path": "register",
}
"""Options of every command, and what they are called where they stand before it."""


@functools.cache
def _common(*, ui: bool) -> tuple[click.Option, ...]:
    """The options of every command, the same ones in all of them."""
    flag = "--lang" if ui else "--ui-lang"
    return (
        Option(["--json", "as_json"], is_flag=True, help="Print JSON."),
        Option([flag, "ui_lang"], type=click.Choice(settings.LANGUAGES), hidden=True),
        Option(["--on", "law_day"], metavar="DATE", hidden=True),
        Option(["--register", "register_path"], metavar="PATH", hidden=True),
    )


def _session(values: dict[str, Any]) -> Session:
    above = click.get_current_context().find_root().obj or {}
    return Session(
        register=values.pop("register_path") or above.get("register"),
        on=above.get("on") if (day := values.pop("law_day")) is None else day,
        language=values.pop("ui_lang") or above.get("lang"),
        as_json=values.pop("as_json") or above.get("as_json", False),
    )


class Session:
    """One run of the program: the register, the day, the language, the way to print."""

    def __init__(
        self,
        *,
        register: str | None = None,
        on: str | None = None,
        language: str | None = None,
        as_json: bool = False,
    ) -> None:
        day = None if on is None else parse_on(on)
        self.desk = Desk(register, day, language or "")
        self.as_json = as_json

    @property
    def location(self) -> str:
        """Where the register is."""
        return self.desk.location

    @property
    def language(self) -> str:
        """The language to answer in."""
        return self.desk.language

    @property
    def on(self) -> date | None:
        """The day asked for, if any."""
        return self.desk.on

    @property
    def day(self) -> date:
        """The day asked for, else today."""
        return self.on or date.today()  # noqa: DTZ011 - the day at the officer's desk

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The sentences of the user's language."""
        return catalogue(self.language)

    @functools.cached_property
    def records(self) -> Records:
        """What the register keeps, to be looked up; it must exist."""
        return self.desk.records()

    @functools.cached_property
    def workspace(self) -> Workspace:
        """The register, which must exist."""
        return self.desk.open()

    @functools.cached_property
    def new_workspace(self) -> Workspace:
        """The register, created if there is none."""
        return self.desk.open(create=True)

    def say(self, message: Message) -> str:
        """A message in the user's language, safe for a terminal."""
        return visible(self.catalogue.say(message))

    def tell(self, message: Message) -> None:
        """Narration: a sentence on standard error."""
        narrate(self.say(message))

    def line(self, text: str | Message = "") -> None:
        """A line of the result."""
        said = self.say(text) if isinstance(text, Message) else visible(text)
        click.echo(said.rstrip(" "))

    def json(self, value: object) -> None:
        """The result as one JSON document."""
        from jointbuy.codec import dumps, to_plain

        click.echo(safe_json(dumps(to_plain(value)).decode()))

    def json_line(self, value: object) -> None:
        """One JSON object on a line."""
        click.echo(self.as_line(value), nl=False)

    @staticmethod
    def as_line(value: object) -> str:
        """One JSON object and its line end, to be written in bulk."""
        from jointbuy.codec import dump_line

        return safe_json(dump_line(value).decode()) + "\n"

    def table(self, headings: Sequence[Message], rows: Iterable[Sequence[str]]) -> None:
        """Rows under headings, folded to the width of the terminal, never in a pipe."""
        body = [[visible(cell).replace("\n", " ") for cell in row] for row in rows]
        heads = [self.say(heading) for heading in headings]
        wide = _columns() if _is_terminal() else 0
        click.echo("\n".join(lay_out([heads, *body], wide)))

    def problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong with an input, one line each, on standard error."""
        for problem in problems:
            narrate(self.problem(problem))

    def plain_problem(self, problem: Problem) -> dict[str, object]:
        """A problem as one JSON object, in the words the user reads."""
        return {
            "row": problem.row or None,
            "field": problem.field,
            "column": problem.column,
            "value": problem.value,
            "message": self.catalogue.say(problem.message),
            "blocking": problem.blocking,
        }

    def problem(self, problem: Problem) -> str:
        """Where and what, in one line."""
        said = self.say(problem.message)
        place = visible(problem.column)
        if not place and problem.label is not None:
            place = self.say(problem.label)
        elif not place and problem.field:
            from jointbuy.workspace import field_name

            place = self.say(field_name(problem.field, self.language))
        if problem.row and place:
            where = self.say(say("Row {row}, {column}:", row=problem.row, column=place))
        elif problem.row:
            where = self.say(say("Row {row}:", row=problem.row))
        else:
            return (
                self.say(say("{head}: {rest}", head=place, rest=said))
                if place
                else said
            )
        return f"{where} {said}"


def narrate(text: str) -> None:
    """A sentence on standard error, folded between words where a person reads it."""
    if sys.stderr.isatty():
        text = folded(text, _columns())
    click.echo(text, err=True)


def _columns() -> int:
    """How wide the terminal is."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def folded(text: str, wide: int) -> str:
    """The text in lines of at most that many columns; a longer word stays whole."""
    return "\n".join(
        line for part in text.split("\n") for line in _fold(part, wide) or [""]
    )


def safe_json(text: str) -> str:
    """JSON in which no sign steers a terminal: such signs are written as escapes.

    The plain ones stand as escapes already; text of plain letters is left alone.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return CONTROLS.sub(
        lambda sign: sign[0] if sign[0] == "\n" else f"\\u{ord(sign[0]):04x}", text
    )


def plain_number(value: Decimal | None) -> int | float | None:
    """An amount as JSON writes numbers: whole where it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def at_terminal() -> bool:
    """Whether the screens can be shown: both streams are live, and screens are there.

    Without them, what is asked for is told as it is in a pipe.
    """
    from importlib.util import find_spec

    if find_spec("jointbuy.tui") is None:
        return False
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def open_terminal(desk: Desk) -> None:
    """Work in the terminal until it is closed; a throw-away copy is then deleted."""
    try:
        import_module("jointbuy.tui").run(desk)
    finally:
        desk.close()


def width(text: str) -> int:
    """How many columns the text takes."""
    return len(text) if text.isascii() else sum(map(_sign_width, text))


@functools.cache
def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 1 + (unicodedata.east_asian_width(sign) in "WF")


def lay_out(rows: Sequence[Sequence[str]], wide: int = 0) -> list[str]:
    """Lines with aligned columns under the first row, the headings.

    With `wide`, the longest columns are folded between words; where words themselves
    do not fit, each row becomes a paragraph under its first cell. Nothing is cut: an
    id or an amount that lost its end would be worse than a long list.
    """
    if not rows:
        return []
    columns = range(len(rows[0]))
    widths = [max(width(row[i]) for row in rows) for i in columns]
    room = wide - GAP * (len(widths) - 1)
    if wide and sum(widths) > room:
        floors = [widths[0], *(_floor(rows, i) for i in columns[1:])]
        if sum(floors) > room:
            return _blocks(rows, wide)
        while sum(widths) > room:
            loose = [i for i in columns if widths[i] > floors[i]]
            widths[max(loose, key=widths.__getitem__)] -= 1
    return [line for row in rows for line in _row(row, widths)]


GAP = 2
"""Spaces between two columns."""

_BREAKS = re.compile("(?<= )|(?<=–)")
"""Where a cell may be folded: after a space or the dash of a period."""


def _floor(rows: Sequence[Sequence[str]], column: int) -> int:
    """How narrow a column may become: its longest piece."""
    return max(
        width(piece.rstrip()) for row in rows for piece in _BREAKS.split(row[column])
    )


def _row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """One row on as many lines as its tallest cell needs."""
    cells = [_fold(cell, w) for cell, w in zip(row, widths, strict=True)]
    tallest = max(len(lines) for lines in cells)
    made = []
    for n in range(tallest):
        parts = [lines[n] if n < len(lines) else "" for lines in cells]
        padded = (
            part + " " * (w - width(part))
            for part, w in zip(parts, widths, strict=True)
        )
        made.append((" " * GAP).join(padded).rstrip())
    return made


def _fold(cell: str, wide: int) -> list[str]:
    """The cell in lines of at most that many columns; a longer word stays whole."""
    if width(cell) <= wide:
        return [cell]
    lines = [""]
    for piece in _BREAKS.split(cell):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > wide:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _blocks(rows: Sequence[Sequence[str]], wide: int) -> list[str]:
    """Each row as a paragraph: its first cell, then the others with their heading."""
    heads, *body = rows
    lines = []
    for row in body:
        told = " · ".join(
            f"{head}: {cell}"
            for head, cell in zip(heads[1:], row[1:], strict=True)
            if cell
        )
        lines.append(row[0])
        lines += ["    " + line for line in _fold(told, wide - 4) if line]
    return lines


def parse_on(text: str) -> date:
    """A day as a user types it: 2027-03-15 or 15/03/2027.

    Raises:
        UsageError: it is not a day, or one of a year in which nobody buys.
    """
    from jointbuy.intake.days import parse_day

    parts = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text.strip())
    try:
        if parts:
            day = date(int(parts[3]), int(parts[2]), int(parts[1]))
        else:
            day = date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            say(
                "“{text}” is not a day: write 2027-03-15 or 15/03/2027.",
                text=text,
            )
        ) from None
    if (fault := parse_day(day).fault) is not None:
        raise UsageError(fault)
    return day


def fail(error: JointbuyError, language: str) -> int:
    """Say what went wrong on standard error; the exit code that fits."""
    session = Session(language=language)
    narrate(session.say(error.message))
    if isinstance(error, Refused):
        session.problems(error.problems)
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)


def asking_for_a_file(*, help: str) -> Callable[[Any], Any]:  # noqa: A002
    """The file and how it is read; `help` says whose rows are meant."""
    options = (
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--administration", "-a", cls=Option, help=help),
        click.option(
            "--sheet", cls=Option, help="The sheet to read, when there are several."
        ),
        click.option(
            "--vat",
            type=click.Choice(["excl"]),
            cls=Option,
            help="Say that plain amounts exclude VAT.",
        ),
        click.option(
            "--dry-run", is_flag=True, cls=Option, help="Only say what would happen."
        ),
    )

    def asked(run: Any) -> Any:  # noqa: ANN401
        for option in reversed(options):
            run = option(run)
        return run

    return asked


def told_of_rows(
    session: Session,
    parsed: ParsedNeeds | ParsedContracts,
    told: Message,
    **records: tuple[object, ...],
) -> None:
    """Say what became of the rows; refused ones leave with exit code 3.

    `records` are those that were read, under the name they have in JSON.
    """
    if session.as_json:
        session.json(
            {
                "created": [each.id for each in parsed.created],
                "updated": [each.id for each in parsed.updated],
                "unchanged": [each.id for each in parsed.unchanged],
                "administrations": [each.id for each in parsed.administrations],
                **records,
                "problems": [session.plain_problem(each) for each in parsed.problems],
            }
        )
    session.problems(parsed.problems)
    session.tell(told)
    if parsed.refused_rows:
        click.get_current_context().exit(REFUSED)
