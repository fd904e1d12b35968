"""The section of the law: which questions it asks, and what the answers come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from jointbuy.errors import NotFound, say, word_of
from jointbuy.model import Form
from jointbuy.tui.actions import LISTS, Action, bindings
from jointbuy.tui.dialogs.writing import ask_file
from jointbuy.tui.legal.actions import ACTIONS
from jointbuy.tui.legal.acts import Taken, acts_listing
from jointbuy.tui.legal.asking import Asking, Share
from jointbuy.tui.legal.elsewhere import can_name_provider, name_provider
from jointbuy.tui.legal.figures import Years
from jointbuy.tui.legal.findings import headline
from jointbuy.tui.legal.listing import (
    File,
    Gap,
    findings_listing,
    open_listing,
    progress,
    questions_listing,
    read_files,
    storage,
    title_of,
)
from jointbuy.tui.legal.names import STYLES, answer_word
from jointbuy.tui.legal.preference import Choice, forms_in_order
from jointbuy.tui.listing import Listing, View
from jointbuy.tui.prose import bar, plain
from jointbuy.tui.section import Count, Filter, ListSection, Views
from jointbuy.tui.stage import speech_of
from jointbuy.tui.widgets.bars import Line
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace import inquire, rank_forms, write_text
from jointbuy.workspace.headline import whole
from jointbuy.workspace.words import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.geometry import Size
    from textual.widgets import Input

    from jointbuy.workspace import Inquiry, Workspace

SHORTEST = 6
"""Signs of the title of a proposal that are worth a place in the line of the views."""

SAVED = {
    "nowhere": say("kept nowhere"),
    "opens": say("an answer opens a dossier"),
    "dossier": say("saved by itself"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is being checked: a proposal, or with no id a form alone."""

    id: str = ""
    form: Form | None = None


class Tabs(Views):
    """The views, no wider than they are."""

    DEFAULT_CSS = "Tabs { width: auto; }"

    def relabel(self) -> None:
        """Say them again."""
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as all of them."""
        del container, viewport
        return sum(text.cell_length for text, _ in self.parts())


class About(Line):
    """What is being checked, beside the views."""

    DEFAULT_CSS = "About { background: $boost; }"

    def parts(self) -> list[tuple[Content, str]]:
        """The title, to the right."""
        section = self.screen
        if not isinstance(section, Legal) or section.inquiry is None:
            return []
        title = title_of(section.inquiry.proposal, speech_of(self))
        room = self.size.width - 1
        own = section.inquiry.proposal is None  # a word of ours is never cut
        if room < (len(title) if own else SHORTEST):
            return []
        text = plain(title, "bold").truncate(room, ellipsis=True)
        return [(plain(" " * (room - text.cell_length)), ""), (text, "")]


class Standing(Widget):
    """What the law of the day says of the form; folded where it is long."""

    DEFAULT_CSS = "Standing { height: auto; max-height: 2; padding: 0 1; }"
    ALLOW_SELECT = False

    def relabel(self) -> None:
        """Say it again."""
        self.refresh(layout=True)

    def render(self) -> Content:
        """The sign and the words."""
        section = self.screen
        if not isinstance(section, Legal) or section.inquiry is None:
            return plain("")
        inquiry = section.inquiry
        style = f"bold {STYLES[whole(inquiry.checked)]}"
        return plain(headline(inquiry, speech_of(self)), style)

    async def on_click(self) -> None:
        """Show what it rests on."""
        await self.app.run_action("show_view(2)", self.screen)


class Progress(Line):
    """How far the answers go, what they came to, and where they are kept."""

    def parts(self) -> list[tuple[Content, str]]:
        """A bar and the counts."""
        section = self.screen
        if not isinstance(section, Legal) or section.inquiry is None:
            return []
        inquiry, speech = section.inquiry, speech_of(self)
        every = len(inquiry.necessary)
        share = (every - len(inquiry.open)) / every if every else 1.0
        text = (
            f"{speech.line(progress(inquiry))} · {speech.line(SAVED[storage(inquiry)])}"
        )
        room = self.size.width - plain(text).cell_length - 3
        drawn = bar(share, min(room, 20)).replace(" ", "·") if room > SHORTEST else ""
        return [
            (plain(f" {drawn}", "$text-accent"), ""),
            (plain(f" {text} "), "screen.show_view(3)"),
        ]


class Rows(Grid):
    """A list without marks: a tick before a question would look like an answer."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Everything but marking."""
        if action.startswith("mark"):
            return False
        return super().check_action(action, parameters)

    def action_mark(self) -> None:
        """Mark nothing, on a click either."""


class Legal(ListSection):
    """The check of a proposal, or of a form alone, question by question."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("What the law of the day says of a form of cooperation, and why."),
        say(
            "A proposal is opened with Enter; then one question is asked at a time, "
            "with what each answer would mean. What the register answers by itself is "
            "marked with ◆."
        ),
        say(
            "Answers on a proposal are kept in its dossier at once. A free check of a "
            "form alone is kept nowhere."
        ),
    )

    def __init__(self) -> None:
        self.views = (
            View(id="files", title=say("Dossiers"), read=self._files),
            View(
                id="questions",
                title=say("Questions"),
                read=partial(self._listed, questions_listing),
            ),
            View(
                id="findings",
                title=say("Findings"),
                read=partial(self._listed, findings_listing),
            ),
            View(
                id="open",
                title=say("Still open"),
                read=partial(self._listed, open_listing),
            ),
            View(id="forms", title=say("Forms"), read=self._forms),
            View(id="acts", title=say("Acts"), read=self._acts),
        )
        super().__init__()
        self.subject: Subject | None = None
        self.inquiry: Inquiry | None = None
        self.grid = Rows(id="list")
        self.asking = Asking(id="question")
        self._found: Inquiry | None = None
        self._loose: list[dict[str, str]] = [{}]
        self._read_last: View | None = None
        self._wanted = ""
        self._storing = False

    def actions(self) -> tuple[Action, ...]:
        """Its own way back takes the place of that of every list."""
        own = {action.name for action in self.ACTIONS}
        focused = tuple(getattr(self.focused, "ACTIONS", ()))
        lists = tuple(action for action in LISTS if action.name not in own)
        mine = tuple(
            each for each in self.ACTIONS if each.name != "forget" or self.can_forget()
        )
        every = tuple(
            each
            for each in self.EVERYWHERE
            if each.name != "undo" or not self.can_forget()
        )
        return (*mine, *focused, *lists, *every)

    # What is on the screen.

    def body(self) -> ComposeResult:
        """The views, what is checked and how it stands, and the panes."""
        with Horizontal(id="views"):
            yield Tabs()
            yield About(id="about")
        with Horizontal(id="narrowing"):
            yield Filter(id="filter")
            yield Count()
        yield Standing(id="standing")
        yield Progress(id="progress")
        with Horizontal(id="body"):
            yield self.facets
            yield self.grid
            with Vertical(id="asking"):
                yield self.asking
                yield Share(id="share")
                yield Years(id="years")
            yield self.page

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        self.query_one(Share).relabel()
        self.query_one(Years).relabel()
        self._arrange()

    def _arrange(self) -> None:
        """Show the panes of this view."""
        asking = self.view.id == "questions"
        self.set_class(asking, "-asking")
        self.set_class(self.view.id != "files", "-checking")
        question = self.asking.question
        kind = question.kind if asking and question is not None else ""
        self.query_one(Share).display = kind == "share"
        self.query_one(Years).display = kind == "years"
        for line in (*self.query(Line), *self.query(Standing)):
            line.relabel()

    def _files(self, workspace: Workspace) -> Listing[Any]:
        return read_files(workspace, self._loose[-1])

    def _listed(
        self, listing: Callable[[Inquiry], Listing[Any]], workspace: Workspace
    ) -> Listing[Any]:
        """One of the lists about what is being checked; asked in the clerk’s thread."""
        subject = self.subject
        if subject is None:
            raise NotFound(NOTHING_OPEN)
        if subject.id:
            found = workspace.inquiry(subject.id, form=subject.form)
        else:
            form = subject.form or next(iter(Form))
            found = inquire(
                form, self._loose[-1], on=workspace.on, own=workspace.own_law()
            )
        self._found = found
        return listing(found)

    def _acts(self, workspace: Workspace) -> Listing[Any]:
        """Who decides what in the administrations of the proposal."""
        self._listed(findings_listing, workspace)
        if self._found is None or not self._found.id:
            return acts_listing(None)
        form = self._found.checked.form
        return acts_listing(workspace.competence(self._found.id, form=form))

    def _forms(self, workspace: Workspace) -> Listing[Any]:
        """All forms under the same answers, in the order of preference."""
        self._listed(findings_listing, workspace)
        if self.subject is not None and self.subject.id:
            return forms_in_order(workspace.forms_of(self.subject.id))
        return forms_in_order(
            rank_forms(self._loose[-1], on=workspace.on, own=workspace.own_law())
        )

    async def read(self) -> None:
        """Read the view shown; where the proposal is gone, the list of all."""
        view = self.view
        try:
            await super().read()
        except NotFound as error:
            if self.view.id == "files":
                raise
            self.terminal.tell(error.message, tone="warning")
            view = self.views[0]
            self._turn_to(view)
            self.subject = self.inquiry = self._found = None
            await super().read()
        if view is not self.view:
            return
        if view.id in {"findings", "open"} and view is not self._read_last:
            self.grid.action_move(-len(self.grid.rows))
        self._read_last = view
        self.inquiry = None if view.id == "files" else self._found
        self._arrange()
        if self.view.id == "questions":
            self._ask()

    def _ask(self) -> None:
        """Ask the question that is wanted, else that of the row looked at."""
        inquiry = self.inquiry
        if inquiry is None:
            return
        wanted, self._wanted = self._wanted, ""
        if wanted == "open":
            wanted = self._next_open()
        if wanted:
            self.grid.look_at(wanted)
        self._show_question()

    def _show_question(self) -> None:
        inquiry, row = self.inquiry, self.grid.row
        code = getattr(row, "code", "")  # another list stands there until it is read
        if inquiry is None or not code or self.view.id != "questions":
            return
        before = self.asking.question
        self.asking.ask(inquiry, row.code)
        share, years = self.query_one(Share), self.query_one(Years)
        share.display = row.kind == "share"
        years.display = row.kind == "years"
        if before is None or before.code != row.code:
            given = inquiry.answer(row.code)
            typed = share.display and given and given not in row.choices
            share.value = self.speech.number(Decimal(given)) if typed else ""
            if years.display:
                years.fill(inquiry.figures(row.code))
            self.asking.type("")
            before_it = self.focused in (self.asking, share, None)
            if before_it or years in getattr(self.focused, "ancestors", ()):
                self._focus_question()
        self.refresh_bindings()

    def _focus_question(self) -> None:
        share, years = self.query_one(Share), self.query_one(Years)
        if years.display:
            years.start()
        else:
            (share if share.display else self.asking).focus()

    def _next_open(self) -> str:
        """The first question after this one without an answer, or before it."""
        inquiry = self.inquiry
        if inquiry is None:
            return ""
        codes = [question.code for question in inquiry.arising]
        now = self.asking.question.code if self.asking.question else ""
        at = codes.index(now) + 1 if now in codes else 0
        waiting = set(inquiry.waiting)
        return next((c for c in (*codes[at:], *codes[:at]) if c in waiting), "")

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Ask the question that is looked at."""
        listing = self.grid.listing
        if event.control is self.grid and event.listing is listing:
            self._show_question()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the share would mean while it is typed."""
        if event.input.id == "share" and event.input.has_focus:
            self.asking.type(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the share as the answer."""
        if event.input.id == "share" and event.value.strip():
            self._give(event.value.strip())

    def on_years_changed(self, event: Years.Changed) -> None:
        """Say what the figures would mean while they are typed."""
        self.asking.type(event.text)

    def on_years_given(self, event: Years.Given) -> None:
        """Take the figures as the answer; the pane says why where they are refused."""
        self.asking.type(event.text)
        self._give(event.text)

    def on_asking_given(self, event: Asking.Given) -> None:
        """Take the answer that was chosen."""
        self._give(event.value)

    # Going about.

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Open a check; from a finding or a gap, its question."""
        if isinstance(row, File):
            self._open(Subject(id=row.id, form=row.form))
        elif isinstance(row, Gap):
            self._wanted = row.question.code
            self._questions()
        elif isinstance(row, Choice):
            here = self.subject.id if self.subject else ""
            self._open(Subject(id=here, form=row.ranked.form))
        elif hasattr(row, "code"):
            self._focus_question()
        elif isinstance(row, Taken):
            self.page.focus()
        else:
            self._wanted = row.ask or row.rule
            self._questions()

    def _open(self, subject: Subject) -> None:
        """Open a check at its first question without an answer."""
        if subject.form is None:
            self.terminal.work(self._choose_form(subject))
            return
        self.subject, self._wanted = subject, "open"
        self.asking.hush()
        self._questions()

    def _questions(self) -> None:
        self._turn_to(self.views[1])
        self._arrange()
        self._focus_question()
        self.reread()

    def action_show_view(self, at: int) -> None:
        """Show that view; of the row looked at, when nothing was opened yet."""
        row = self.grid.row
        if at and self.view.id == "files" and isinstance(row, File):
            subject = Subject(id=row.id, form=row.form)
            if row.form is None:
                self.terminal.work(self._choose_form(subject))
                return
            self.subject, self._wanted = subject, "open"
            self.asking.hush()
        super().action_show_view(at)
        self._arrange()
        self.grid.focus()

    async def look_at(self, id_: str) -> bool:
        """Open the check of that proposal; whether there is one."""
        form = await self.terminal.ask(lambda w: w.form_checked(id_))
        self.stale = False
        self._open(Subject(id=id_, form=form))
        return True

    def can_filter(self) -> bool:
        """Questions are few enough to be seen."""
        return self.view.id != "questions"

    def can_sort(self) -> bool:
        """They stand in the order of the law."""
        return self.view.id != "questions"

    def action_clear(self) -> None:
        """Take the filter away, or go back to the list of the dossiers."""
        filtered = bool(self.query_one(Filter).value or self.grid.chosen)
        if self.view.id != "files" and not filtered and not self.grid.marked:
            subject = self.subject
            self._turn_to(self.views[0])
            self.inquiry = None
            self._arrange()
            self.grid.focus()
            self.terminal.work(self._back(subject), group="read Legal")
        else:
            super().action_clear()

    async def _back(self, subject: Subject | None) -> None:
        await self._reread()
        if subject is not None:
            self.grid.look_at(File(id=subject.id, form=subject.form).row)

    def _asked(self) -> bool:
        return self.view.id == "questions" and self.inquiry is not None

    def can_next_open(self) -> bool:
        """Whether something is open."""
        return self._asked() and bool(self.inquiry and self.inquiry.open)

    def action_next_open(self) -> None:
        """Go to the next question without an answer."""
        code = self._next_open()
        if code:
            self.grid.look_at(code)

    def can_turn(self) -> bool:
        """Whether questions are asked."""
        return self._asked()

    def action_turn(self, by: int) -> None:
        """Go to the question beside."""
        self.grid.action_move(by)

    def can_proposal(self) -> bool:
        """Whether it is about a proposal."""
        return bool(self._here().id)

    def action_proposal(self) -> None:
        """Look at the proposal in its own section."""
        self.terminal.work(self.terminal.show("proposals", self._here().id))

    def _here(self) -> Subject:
        """What is checked, or the row looked at."""
        row = self.grid.row
        if self.view.id == "files" and isinstance(row, File):
            return Subject(id=row.id, form=row.form)
        return self.subject or Subject()

    # Answering.

    def can_letter(self) -> bool:
        """Whether a question is asked."""
        return self._asked() and self.asking.question is not None

    def action_letter(self, number: int) -> None:
        """Give the answer behind that letter."""
        if number < len(self.asking.choices):
            self._give(self.asking.choices[number])

    def can_word(self) -> bool:
        """Whether yes and no are among the answers."""
        return self.can_letter() and "no" in self.asking.choices

    def action_word(self, value: str) -> None:
        """Answer yes or no."""
        if value in self.asking.choices:
            self._give(value)

    def _give(self, value: str) -> None:
        """Take an answer; the next is taken once this one is kept and shown."""
        question = self.asking.question
        if question is not None and not self._storing:
            self._storing = True
            self.terminal.work(self._keep(question.code, value))

    async def _keep(self, code: str, value: str) -> None:
        subject, inquiry = self.subject, self.inquiry
        try:
            if subject is None or inquiry is None:
                return
            question = inquiry.question(code)
            value = inquiry.read(code, value)
            name = answer_word(question, value)
            title = word_of(question.title.text)
            if subject.id:
                await self.terminal.ask(
                    lambda w: w.answer(subject.id, code, value, form=subject.form)
                )
                said = say("Kept: {question}: {answer}", question=title, answer=name)
            else:
                self._loose.append({**self._loose[-1], code: value})
                said = say(
                    "Noted for now, kept nowhere: {question}: {answer}",
                    question=title,
                    answer=name,
                )
            self._wanted = "open"
            await self.read()
            doubts = self.inquiry.checked.doubts if self.inquiry else ()
            doubt = next((each for each in doubts if each.field == code), None)
            if doubt is not None:
                self.terminal.tell(doubt.message, tone="warning")
            elif self.inquiry is not None and not self.inquiry.open:
                self.terminal.tell(ALL_ANSWERED)
            else:
                self.terminal.tell(said)
            if subject.id:
                self.terminal.changed()
        finally:
            self._storing = False

    def can_take_back(self) -> bool:
        """Whether somebody answered it."""
        inquiry, question = self.inquiry, self.asking.question
        if not self._asked() or inquiry is None or question is None:
            return False
        return bool(inquiry.facts.answers.get(question.code))

    def action_take_back(self) -> None:
        """Take the answer back; the question is open again."""
        if not self._storing:
            self.terminal.work(self._take_back())

    async def _take_back(self) -> None:
        question, subject = self.asking.question, self.subject
        if question is None or subject is None:
            return
        code = question.code
        if subject.id:
            await self.terminal.ask(lambda w: w.open_again(subject.id, code))
        else:
            kept = {k: v for k, v in self._loose[-1].items() if k != code}
            self._loose.append(kept)
        self.query_one(Share).value = ""
        self._wanted = code
        await self.read()
        if question.kind == "years" and self.inquiry is not None:
            self.query_one(Years).fill(self.inquiry.figures(code))
        title = word_of(question.title.text)
        self.terminal.tell(say("Open again: {question}", question=title))
        if subject.id:
            self.terminal.changed()

    def can_forget(self) -> bool:
        """Whether a check that is kept nowhere has an answer to take back."""
        free = self.subject is not None and not self.subject.id
        return free and self.view.id != "files" and len(self._loose) > 1

    def action_forget(self) -> None:
        """Take back the last answer of a check that is kept nowhere."""
        if len(self._loose) > 1:
            newer, older = self._loose.pop(), self._loose[-1]
            touched = [c for c in {**newer, **older} if newer.get(c) != older.get(c)]
            self._wanted = touched[0] if touched else ""
            self.terminal.tell(say("The last answer of this free check is taken back."))
            self.reread()

    def can_take_over(self) -> bool:
        """Whether another dossier answered this question."""
        inquiry, question = self.inquiry, self.asking.question
        if not self._asked() or inquiry is None or question is None:
            return False
        return inquiry.elsewhere.offer(question.code) is not None

    def action_take_over(self) -> None:
        """Take over what another dossier answered."""
        if not self._storing:
            self.terminal.work(self._take_over())

    async def _take_over(self) -> None:
        question, subject = self.asking.question, self.subject
        if question is None or subject is None:
            return
        code, self._storing = question.code, True
        try:
            await self.terminal.ask(
                lambda w: w.accept(subject.id, [code], form=subject.form)
            )
            self._wanted = "open"
            await self.read()
        finally:
            self._storing = False
        title = word_of(question.title.text)
        self.terminal.tell(say("Taken over: {question}", question=title))
        self.terminal.changed()

    def can_provider(self) -> bool:
        """Whether somebody would do the work who can be named."""
        return can_name_provider(self.inquiry)

    def action_provider(self) -> None:
        """Name who would do the work."""
        self.terminal.work(self._provider())

    async def _provider(self) -> None:
        inquiry = self.inquiry
        if inquiry is not None and await name_provider(self.terminal, inquiry):
            self.terminal.changed()

    def can_paper(self) -> bool:
        """Whether there is an answer in a dossier that can rest on a paper."""
        inquiry, question = self.inquiry, self.asking.question
        if not self._asked() or inquiry is None or question is None:
            return False
        return bool(inquiry.id and inquiry.answer(question.code))

    def action_paper(self) -> None:
        """Note the paper an answer rests on."""
        self.terminal.work(self._paper())

    async def _paper(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        inquiry, question, subject = self.inquiry, self.asking.question, self.subject
        if inquiry is None or question is None or subject is None:
            return
        code, value = question.code, inquiry.answer(question.code)
        kept = inquiry.kept.get(code)
        source = await self.terminal.put(
            Question(
                say("The paper this answer rests on"),
                text=kept.source if kept else "",
                hint=say(
                    "Its name, number or place, such as “resolution of 12 March, "
                    "point 7”. Leave it empty to take it away."
                ),
                check=lambda _: None,
            )
        )
        if source is None:
            return
        await self.terminal.ask(
            lambda w: w.answer(
                subject.id, code, value, form=subject.form, source=source
            )
        )
        self._wanted = code
        title = word_of(question.title.text)
        self.terminal.tell(say("Paper noted: {question}", question=title))
        self.terminal.changed()

    def can_export(self) -> bool:
        """Whether there is a check to write."""
        return self._shown() is not None

    def _shown(self) -> Inquiry | None:
        row = self.grid.row
        if self.view.id == "files":
            return row.inquiry if isinstance(row, File) else None
        return self.inquiry

    def action_export(self) -> None:
        """Write the check to a file."""
        inquiry = self._shown()
        if inquiry is not None:
            self.terminal.work(self._export(inquiry))

    async def _export(self, inquiry: Inquiry) -> None:
        from jointbuy.tui.legal.report import as_text

        name = inquiry.id or inquiry.checked.form.name.lower()
        asked = await ask_file(
            self.terminal,
            say("Write this check to a file"),
            name=f"{name}-{self.speech.language}.txt",
            hint=say("A text with the findings, the answers and what is open."),
            replace=say("Replace the file."),
        )
        if asked is None:
            return
        path, there = asked
        written = as_text(inquiry, self.speech)
        await self.terminal.ask(lambda _: write_text(path, written, overwrite=there))
        self.terminal.tell(say("Written to {file}.", file=str(path)))

    # Which form.

    def action_form(self) -> None:
        """Choose the form that is checked."""
        self.terminal.work(self._choose_form(self._here()))

    def action_free(self) -> None:
        """Check a form without a proposal."""
        self.terminal.work(self._choose_form(Subject()))

    async def _choose_form(self, about: Subject) -> None:
        from jointbuy.tui.dialogs.picker import Picker

        form = await self.terminal.put(
            Picker(say("The form of cooperation to check"), forms_listing())
        )
        if form is not None:
            self._open(Subject(id=about.id, form=form))


def forms_listing() -> Listing[Form]:
    """The forms of cooperation, to choose one from."""
    from jointbuy.tui.listing import Column

    return Listing(
        rows=tuple(Form),
        id_of=lambda form: form.name,
        columns=(
            Column(
                id="form",
                heading=say("Form"),
                text=lambda form, speech: speech.line(FORMS[form]),
                width=30,
                grow=1,
            ),
        ),
    )


NOTHING_OPEN = say("Open a dossier or a form first: Enter on its row.")
ALL_ANSWERED = say(
    "Every question is answered. The findings say what it comes to: press v."
)
