"""A form: any record of the register, new or known, field by field."""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Container, ScrollableContainer, Vertical

from jointbuy.errors import JointbuyError, Refused, StaleRevision, say, word_of
from jointbuy.l10n import format as written
from jointbuy.model import Contract, Need, Order, OwnValue
from jointbuy.tui.actions import bindings
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog, Title
from jointbuy.tui.forms.actions import FORM, SHARED
from jointbuy.tui.forms.row import CLOSE_NAMED, NAMED, Row, listed
from jointbuy.tui.forms.values import (
    completed,
    is_day,
    meant,
    several,
)
from jointbuy.tui.prose import plain
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.bars import KeyBar, Said
from jointbuy.workspace import filled, form, kind_word, last_told, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.events import DescendantBlur, DescendantFocus
    from textual.timer import Timer
    from textual.widgets import Input

    from jointbuy.errors import Message, Problem
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Entered, Filled, Workspace

PAUSE = 0.4
"""Seconds without a key after which what was typed is judged and kept as a draft."""

WARNED = (Contract, Order)
"""Of these what is remarked is said at once, and again when they are saved."""

LETTERS = re.compile(r"[^\W\d_]{2}")


class FormTitle(Title):
    """What the form is about, and what the star means."""

    def lines(self, width: int) -> list[Content]:
        """Both in one line."""
        del width
        return [super(Title, self).render()]

    def parts(self) -> list[tuple[Content, str]]:
        """The title to the left, the star to the right."""
        speech = speech_of(self)
        right = plain(speech.line(say("* to be filled in")) + " ", "$text-muted")
        room = max(self.size.width - right.cell_length - 1, 1)
        left = plain(f" {speech.line(self.message)}", "bold")
        left = left.truncate(room, ellipsis=True)
        gap = " " * max(room + 1 - left.cell_length, 0)
        return [(left, ""), (plain(gap), ""), (right, "")]


class Fields(ScrollableContainer, can_focus=False, inherit_bindings=False):
    """The fields, scrolled to where somebody types."""


class Form(Dialog[str]):
    """Gives the id of the record that was saved; `None` when it was closed.

    Without an id it is a new record; `cells` are what it begins with, `first` the field
    in which one begins; they are judged `at_once` where that is asked for. What was
    typed is kept as a draft until it is saved. The form saves, says so and has every
    section read again.
    """

    ACTIONS = (*FORM, CLOSE, *SHARED)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM)]
    PURPOSE = (
        say(
            "Enter goes from field to field and saves in the last one; what is wrong "
            "is said under its field, with what to do."
        ),
        say("A day may be typed as 15/03/2027, 15/3, +2m or today."),
        say("What you type is kept as a draft until you save it."),
    )
    DEFAULT_CSS = """
    Form > #frame { width: 100%; height: 100%; }
    Form #fields { height: 1fr; padding: 0 1; }
    Form #halves { height: auto; layout: vertical; }
    Form.-widest #halves { layout: horizontal; }
    Form.-widest.-long #halves { layout: vertical; }
    Form .half { height: auto; width: 1fr; }
    Form.-widest .half { padding: 0 1; }
    Form Said { min-height: 0; }
    """

    def __init__(
        self,
        kind: type[Any],
        id_: str = "",
        cells: Mapping[str, str] | None = None,
        *,
        first: str = "",
        at_once: bool = False,
    ) -> None:
        super().__init__(say("New: {kind}", kind=kind_word(kind)))
        self.at_once = at_once or kind in WARNED
        self.first = first
        self.kind = kind
        self.record_id = id_
        self.given = dict(cells or {})
        long = kind is OwnValue  # the names of the values of the law are long
        self.set_class(long, "-long")
        named = CLOSE_NAMED if long else NAMED
        self.rows = tuple(
            Row(field, listed=listed(field), named=named) for field in form(kind)
        )
        for row in self.rows:
            row.warns = self.at_once
        self.seen = 0
        self.ready = False
        self.restored = False
        self._strict = False
        self._saving = False
        self._over = False
        self._count = 0
        self._pause: Timer | None = None
        self._picking = False
        self._kept: dict[str, str] = {}

    # What it looks like.

    def compose(self) -> ComposeResult:
        """The title, the fields, what was said, and the keys."""
        half = (len(self.rows) + 1) // 2
        with Vertical(id="frame"):
            yield FormTitle(self.title_)
            with Fields(id="fields"), Container(id="halves"):
                with Vertical(classes="half"):
                    yield from self.rows[:half]
                with Vertical(classes="half"):
                    yield from self.rows[half:]
            yield Said()
            yield KeyBar()

    def on_mount(self) -> None:
        """Fill it in."""
        self.terminal.hush()
        self.rows[0].entry.focus()
        self.terminal.work(self._fill(), group="fill the form")

    async def _fill(self) -> None:
        kind, id_ = self.kind, self.record_id
        try:
            found: Filled = await self.terminal.ask(lambda w: filled(w, kind, id_))
        except JointbuyError:
            if not self._over:
                self._over = True
                self.dismiss(None)
            raise
        if self._over:
            return
        self._begin(found)
        self._restore()
        self.ready = True
        if self.focused is self.rows[0].entry and not self.rows[0].changed:
            self._to_the_first_empty()
        self.refresh_bindings()
        await self._judge()

    def _to_the_first_empty(self) -> None:
        empty = (
            row
            for row in self.rows
            if (row.field.required and not row.cell) or row.field.cell == self.first
        )
        next(empty, self.rows[0]).entry.focus()

    def _begin(self, found: Filled) -> None:
        self.seen = found.seen
        if self.record_id:
            self.title_ = say("Change: {name}", name=found.what)
            title = self.query_one(FormTitle)
            title.message = self.title_
            title.relabel()
        for row in self.rows:
            cell = row.field.cell
            row.options = found.options[cell]
            row.start = found.cells[cell]
            typed_already = row.entry.value
            if cell in self.given:
                row.put(self.given[cell])
                row.start = row.start if self.record_id else self.given[cell]
            else:
                row.put(row.start)
            if typed_already:
                row.entry.value = typed_already

    # Drafts.

    @property
    def key(self) -> str:
        """Under which its draft is kept."""
        given = repr(sorted(self.given.items())).encode("utf-8", "replace")
        origin = f"+{zlib.crc32(given):08x}" if self.given else ""
        return f"{self.kind.__name__.lower()}:{self.record_id}{origin}"

    def _restore(self) -> None:
        draft = self.terminal.desk.drafts.get(self.key)
        if draft is None:
            return
        for row in self.rows:
            if row.field.cell in draft.cells:
                row.put(draft.cells[row.field.cell])
        self._kept = self.typed()
        if self._kept:
            self.restored = True
            self.terminal.tell(
                say(
                    "Your draft of {moment} is here again; ^d throws it away.",
                    moment=_moment(draft.at, self.speech),
                )
            )

    def typed(self) -> dict[str, str]:
        """The cells that hold something else than at the start."""
        return {row.field.cell: row.cell for row in self.rows if row.changed}

    def cells(self) -> dict[str, str]:
        """Every cell."""
        return {row.field.cell: row.cell for row in self.rows}

    def keep(self) -> bool:
        """Keep what was typed as a draft; whether there is anything to keep."""
        if not self.ready or self._over:
            return False
        drafts, typed = self.terminal.desk.drafts, self.typed()
        if typed and typed != self._kept:
            drafts.keep(self.key, typed)
        elif self._kept and not typed:
            drafts.drop(self.key)
        self._kept = typed
        return bool(typed)

    def on_unmount(self) -> None:
        """Nothing is lost when the terminal is closed."""
        self.keep()

    def can_discard(self) -> bool:
        """Whether a draft came back."""
        return self.restored

    def action_discard(self) -> None:
        """Throw the draft away."""
        for row in self.rows:
            row.put(row.start)
            row.touched = False
        self.restored = self._strict = False
        self.terminal.desk.drafts.drop(self.key)
        self._kept = {}
        self.terminal.tell(say("The draft is thrown away."))
        self._to_the_first_empty()
        self.refresh_bindings()
        self.check_now()

    def action_close(self) -> None:
        """Close it; what was typed is kept as a draft."""
        if self._picking or self._saving or self._over:
            return
        if self.keep():
            self.terminal.tell(
                say(
                    "What you typed is kept as a draft: open the same form again to "
                    "go on."
                )
            )
        self._over = True
        self.dismiss(None)

    # What happens while somebody types.

    def row_of(self, widget: object) -> Row | None:
        """The field that has that entry."""
        return next((row for row in self.rows if row.entry is widget), None)

    @property
    def row(self) -> Row | None:
        """The field that has the focus."""
        return self.row_of(self.focused)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the help of the field."""
        row = self.row_of(event.widget)
        if row is not None:
            row.relabel()
            self.call_after_refresh(row.scroll_visible, animate=False)
            self.refresh_bindings()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Understand what was typed, keep it, and judge it."""
        row = self.row_of(event.widget)
        if row is None or not self.ready or self._over:
            return
        self._understand(row)
        row.touched = row.touched or not self._picking
        row.relabel()
        self.keep()
        self.check_now()

    def _understand(self, row: Row) -> None:
        """Write out in full what was abbreviated."""
        field, text = row.field, row.entry.value
        if not row.changed or not text.strip():
            return
        if is_day(field):
            day = self._day(text, last=field.last)
            if day is not None:
                row.put(f"{day:%d/%m/%Y}")
        elif row.options and not several(field):
            whole = completed(text, row.options, new=field.new)
            row.put(meant(field, whole, row.options))

    def day_of(self, row: Row) -> date | None:
        """The day that is typed in a field."""
        return self._day(row.entry.value, last=row.field.last)

    def day_before(self, row: Row) -> date | None:
        """The day typed in the nearest field of days above it."""
        above = self.rows[: self.rows.index(row)]
        days = (self.day_of(each) for each in reversed(above) if is_day(each.field))
        return next(filter(None, days), None)

    def _day(self, text: str, *, last: bool) -> date | None:
        on = self.terminal.day
        if on is None or not text.strip():
            return None
        try:
            return parse_day(text, on=on, end=last)
        except JointbuyError:
            return None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Judge it when the fingers rest; letters in a field of codes are looked up."""
        row = self.row_of(event.input)
        if row is None or not self.ready:
            return
        if row.entry.has_focus and row.changed:
            row.touched = True
            if row.field.sort.name == "CPV" and LETTERS.search(event.value):
                self._pick(row)
        self._soon()

    def _soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._rest)

    def _rest(self) -> None:
        self.keep()
        self.check_now()

    def check_now(self) -> None:
        """Judge what was typed so far."""
        if self.ready and not self._over:
            self.terminal.work(self._judge(), group="check the form")

    async def _judge(self) -> None:
        self._count += 1
        now, cells = self._count, self.cells()
        kind, id_ = self.kind, self.record_id
        days = {
            row.field.cell: self._day(row.cell, last=row.field.last)
            for row in self.rows
            if is_day(row.field)
        }
        codes = {
            row.field.cell: row.cell
            for row in self.rows
            if row.field.sort.name == "CPV"
        }
        value = self.cells().get("parameter", "") if kind is OwnValue else ""

        def verb(
            workspace: Workspace,
        ) -> tuple[tuple[Problem, ...], dict[str, Callable[[Speech], str]]]:
            problems = workspace.tried(kind, id_, cells)
            return problems, {**_echoes(workspace, days, codes), **_titled(value)}

        problems, echoes = await self.terminal.ask(verb)
        if now == self._count and not self._over:
            self._show(problems, echoes)

    def _show(
        self,
        problems: tuple[Problem, ...],
        echoes: Mapping[str, Callable[[Speech], str]] | None = None,
    ) -> None:
        for row in self.rows:
            mine = tuple(
                problem
                for problem in problems
                if problem.field == row.field.cell
                and (
                    row.touched
                    or self._strict
                    or (row.changed and self.restored)
                    or (self.at_once and row.cell)
                )
            )
            echo = None if echoes is None else echoes.get(row.field.cell, _nothing)
            row.judge(mine, echo)
        self.refresh_bindings()

    def relabel(self) -> None:
        """Say everything in another language; what was typed stays."""
        super().relabel()
        if self.ready:
            self.terminal.work(self._offer_again(), group="fill the form")

    async def _offer_again(self) -> None:
        kind, id_ = self.kind, self.record_id
        found: Filled = await self.terminal.ask(lambda w: filled(w, kind, id_))
        if self._over:
            return
        for row in self.rows:
            row.offer(found.options[row.field.cell])
        await self._judge()

    # Going from field to field.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field; in the last one it saves."""
        event.stop()
        row = self.row_of(event.input)
        if row is self.rows[-1]:
            self.action_save()
        elif row is not None:
            self.action_step(1)

    def action_step(self, by: int) -> None:
        """Go to another field."""
        row = self.row
        at = 0 if row is None else self.rows.index(row) + by
        self.rows[max(0, min(at, len(self.rows) - 1))].entry.focus()

    def can_next_error(self) -> bool:
        """Whether an error is shown."""
        return any(row.wrong for row in self.rows)

    def action_next_error(self) -> None:
        """Go to the next field that is wrong."""
        row = self.row
        at = self.rows.index(row) + 1 if row is not None else 0
        wrong = [row for row in (*self.rows[at:], *self.rows[:at]) if row.wrong]
        if wrong:
            wrong[0].entry.focus()

    # Picking.

    def can_pick(self) -> bool:
        """Whether there is something to pick from."""
        return self.row is not None and self.row.listed

    def action_pick(self) -> None:
        """Pick what the field shall hold."""
        if self.row is not None and self.row.listed:
            self._pick(self.row)

    def on_row_picked(self, event: Row.Picked) -> None:
        """A click on the sign does the same."""
        event.row.entry.focus()
        self._pick(event.row)

    def _pick(self, row: Row) -> None:
        if self._picking or not self.ready:
            return
        self._picking = True
        self.terminal.work(self._picked(row))

    async def _picked(self, row: Row) -> None:
        from jointbuy.tui.forms import picking

        try:
            cell = await picking.pick(self, row)
        finally:
            self._picking = False
        if cell is not None:
            row.put(cell)
            row.touched = True
            row.entry.focus()
            row.entry.cursor_position = len(row.entry.value)
            self.keep()
        self.check_now()

    # Saving.

    def can_save_draft(self) -> bool:
        """Only a new need can be one."""
        return self.kind is Need and not self.record_id

    def action_save(self) -> None:
        """Save it."""
        self._save(draft=False)

    def action_save_draft(self) -> None:
        """Save it as a draft."""
        self._save(draft=True)

    def _save(self, *, draft: bool) -> None:
        if self.ready and not self._saving and not self._picking:
            self._saving = True
            self.terminal.work(self._saved(draft=draft), group="save")

    async def _saved(self, *, draft: bool) -> None:
        row = self.row
        if row is not None:
            self._understand(row)
        self.keep()
        try:
            entered, sentence = await self.terminal.ask(self._verb(draft=draft))
        except Refused as refused:
            self._refuse(refused)
            return
        except StaleRevision:
            await self._catch_up()
            return
        finally:
            self._saving = False
        self._over = True
        self.terminal.desk.drafts.drop(self.key)
        remarks = [each.message for each in entered.remarks] if self.at_once else []
        for each in remarks:
            sentence = say("{one} {other}", one=sentence, other=each)
        self.terminal.tell(sentence, tone="warning" if remarks else "")
        self.terminal.changed()
        self.dismiss(entered.record.id)

    def _verb(
        self, *, draft: bool
    ) -> Callable[[Workspace], tuple[Entered[Any], Message]]:
        kind, id_, seen = self.kind, self.record_id, self.seen
        cells = self.typed() if id_ else self.cells()

        def verb(workspace: Workspace) -> tuple[Entered[Any], Message]:
            if id_:
                entered = workspace.amend(kind, id_, cells, seen=seen)
            elif draft:
                entered = workspace.enter(kind, cells, draft=True)
            else:
                entered = workspace.enter(kind, cells)
            if not entered.changed:
                return entered, say("Nothing was changed.")
            return entered, last_told(workspace)

        return verb

    def _refuse(self, refused: Refused) -> None:
        """Show everything that is wrong, and go to the first of it."""
        self._strict = True
        self._count += 1
        self._show(refused.problems)
        wrong = [row for row in self.rows if row.wrong]
        if wrong:
            wrong[0].entry.focus()
            sentence = say(
                "Not saved yet; fields to correct: {n}. F2 goes to the next one.",
                n=len(wrong),
            )
        else:
            others = (p.message for p in refused.problems if p.blocking)
            sentence = next(others, refused.message)
        self.terminal.tell(sentence, tone="error")

    async def _catch_up(self) -> None:
        """Take over what another changed where nothing was typed here."""
        kind, id_, mine = self.kind, self.record_id, self.typed()
        found: Filled = await self.terminal.ask(lambda w: filled(w, kind, id_))
        self.seen = found.seen
        for row in self.rows:
            cell = row.field.cell
            row.options, row.start = found.options[cell], found.cells[cell]
            row.put(mine.get(cell, row.start))
        self.keep()
        self.terminal.tell(
            say(
                "Not saved yet: {name} was changed by another meanwhile. Their changes "
                "stand in the fields you left alone, yours are still here: read it "
                "again and save.",
                name=found.what,
            ),
            tone="warning",
        )
        await self._judge()


def _nothing(_: Speech) -> str:
    return ""


def _titled(name: str) -> dict[str, Callable[[Speech], str]]:
    """What the value of the law of that name is about; nothing where there is none."""
    from jointbuy.workspace import legal_parameters

    known = legal_parameters().get(name.strip()) if name else None
    if known is None:
        return {}
    title = word_of(known.title)
    return {"parameter": lambda speech: speech.line(title)}


def _names(labels: Mapping[str, str]) -> Callable[[Speech], str]:
    return lambda speech: speech.line(
        labels.get(speech.language) or next(iter(labels.values()))
    )


def _days(day: date) -> Callable[[Speech], str]:
    return lambda speech: _told_day(speech.language, day)


def _echoes(
    workspace: Workspace,
    days: Mapping[str, date | None],
    codes: Mapping[str, str],
) -> dict[str, Callable[[Speech], str]]:
    """What was understood of days and codes."""
    found: dict[str, Callable[[Speech], str]] = {}
    for cell, day in days.items():
        if day is not None:
            _told_day(workspace.language, day)  # the names of months are read here
            found[cell] = _days(day)
    for cell, code in codes.items():
        if names := workspace.code_names(code):
            found[cell] = _names(names)
    return found


def _told_day(language: str, day: date) -> str:
    return f"{written.weekday(day, language)} {written.day(day, language, long=True)}"


def _moment(at: datetime, speech: Speech) -> str:
    """The hour; with the day where that is not today."""
    here = at.astimezone()
    hour = f"{here:%H:%M}"
    if here.date() == datetime.now().astimezone().date():
        return hour
    return f"{speech.day(here.date())} {hour}"
