"""The section of the settings."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import Refused, named, say
from jointbuy.model import Administration, ContactPerson, OwnValue
from jointbuy.tui.actions import bindings
from jointbuy.tui.listing import Column, Listing, View
from jointbuy.tui.settings.actions import ACTIONS
from jointbuy.tui.settings.calendars import Chamber, read_calendars
from jointbuy.tui.settings.habits import read_habits
from jointbuy.tui.settings.law import read_law
from jointbuy.tui.settings.listing import (
    Buyer,
    Person,
    read_administrations,
    read_contacts,
)
from jointbuy.tui.settings.meeting import Meeting
from jointbuy.tui.settings.preferences import Preference, read_preferences
from jointbuy.workspace import LegalValue
from jointbuy.workspace.own_practice import OfficeHabit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.workspace import HandedOver, Workspace


class Settings(Meeting):
    """Administrations, contact persons, and what the user prefers."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("Who buys, who speaks for them, and how jointbuy is shown to you."),
        say(
            "What is known of an administration, such as its region, its neighbours "
            "and the days its council meets, decides with whom it may buy and by when."
        ),
        say("When a contact person leaves, the work goes to the successor in one go."),
        say(
            "The days on which councils meet, and the habits of the office, decide "
            "by when a file must be ready in every plan."
        ),
    )

    def __init__(self) -> None:
        self.views = (
            View(
                id="administrations",
                title=say("Administrations"),
                read=read_administrations,
            ),
            View(id="contacts", title=say("Contacts"), read=read_contacts),
            View(
                id="preferences",
                title=say("Preferences"),
                read=lambda workspace: read_preferences(workspace, self.terminal),
            ),
            View(id="law", title=say("Values of the law"), read=read_law),
            View(id="habits", title=say("Habits"), read=read_habits),
            View(id="calendars", title=say("Sessions"), read=read_calendars),
        )
        super().__init__()

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Enter changes it."""
        self._change(row)

    # New, and other.

    def can_add(self) -> bool:
        """Preferences cannot be added, nor habits."""
        return self.view.id not in {"preferences", "calendars", "habits"}

    def action_add(self) -> None:
        """Add an administration or a contact person."""
        kind: type[Any] = Administration
        cells: dict[str, str] = {}
        if self.view.id == "law":
            self._set_value(self.grid.row)
            return
        if self.view.id == "contacts":
            kind = ContactPerson
            row = self.grid.row
            if isinstance(row, Person):
                cells["administration"] = row.contact.administration
        self.terminal.work(self._form(kind, cells=cells))

    def can_edit(self) -> bool:
        """Whether what is looked at can be changed here."""
        row = self.grid.row
        return bool(row.action) if isinstance(row, Preference) else row is not None

    def action_edit(self) -> None:
        """Change what is looked at."""
        self._change(self.grid.row)

    def _change(self, row: Any) -> None:  # noqa: ANN401
        match row:
            case Buyer():
                self.terminal.work(self._form(Administration, row.id))
            case Person():
                self.terminal.work(self._form(ContactPerson, row.id))
            case LegalValue():
                self._set_value(row)
            case Chamber():
                self.terminal.work(self.change_calendar(row))
            case OfficeHabit():
                self.terminal.work(self.set_habit(row))
            case Preference(action="choose_home"):
                self.terminal.work(self._choose_home())
            case Preference(action="tongue"):
                self.action_tongue()
            case Preference(action="theme"):
                self.action_theme()
            case Preference():
                self.page.focus()

    def _set_value(self, row: Any) -> None:  # noqa: ANN401
        """Change what the register set for the day, or set it."""
        if not isinstance(row, LegalValue):
            self.terminal.work(self._form(OwnValue))
            return
        if row.counting is not None:
            self.terminal.work(self._form(OwnValue, row.counting.id, shown=row.id))
            return
        day = self.speech.day(row.on)
        cells = {"parameter": row.id, "checked": day}
        self.terminal.work(self._form(OwnValue, cells=cells, shown=row.id))

    async def _form(
        self,
        kind: type[Any],
        id_: str = "",
        cells: Mapping[str, str] | None = None,
        *,
        shown: str = "",
    ) -> None:
        from jointbuy.tui.forms.form import Form

        saved = await self.terminal.put(Form(kind, id_, cells))
        if saved is not None:
            await self.look_at(shown or saved)

    def can_unset(self) -> bool:
        """Whether the register set a value for what is looked at."""
        row = self.grid.row
        return isinstance(row, LegalValue | OfficeHabit) and bool(row.own)

    def action_unset(self) -> None:
        """Take away what the register set; the packaged value counts again."""
        row = self.grid.row
        if isinstance(row, OfficeHabit):
            self.terminal.work(self.unset_habit(row.id))
        if isinstance(row, LegalValue) and row.own:
            self.terminal.work(self._unset((row.counting or row.own[0]).id))

    async def _unset(self, id_: str) -> None:
        gone = await self.terminal.ask(lambda w: w.unset_own_value(id_))
        self.terminal.tell(say("Taken away: {id}. `undo` brings it back.", id=gone.id))
        self.terminal.changed()

    # Whose register it is.

    def can_home(self) -> bool:
        """Whether another administration is looked at than that of the register."""
        row = self.grid.row
        return isinstance(row, Buyer) and not row.home

    def action_home(self) -> None:
        """Make it the one whose register this is."""
        row = self.grid.row
        if isinstance(row, Buyer):
            self.terminal.work(self._make_home(row.id))

    async def _make_home(self, id_: str) -> None:
        home = await self.terminal.ask(lambda w: w.set_home(id_))
        self.terminal.tell(say("Register of: {name}.", name=named(home.names, home.id)))
        self.terminal.changed()

    async def _choose_home(self) -> None:
        from jointbuy.tui.dialogs.picker import Picker

        listing = await self.terminal.ask(read_administrations)
        row = await self.terminal.put(Picker(say("Own administration"), listing))
        if row is not None and not row.home:
            await self._make_home(row.id)

    # Succession.

    def can_hand_over(self) -> bool:
        """Whether a contact person is looked at."""
        return isinstance(self.grid.row, Person)

    def action_hand_over(self) -> None:
        """Ask who takes over, and from when."""
        row = self.grid.row
        if isinstance(row, Person):
            self.terminal.work(self._hand_over(row))

    async def _hand_over(self, row: Person) -> None:
        from jointbuy.tui.dialogs.picker import Picker

        leaves = row.contact
        listing = await self.terminal.ask(lambda w: successors(w, leaves))
        if not listing.rows:
            self.terminal.tell(
                say(
                    "Nobody else is a contact person of the administration of {name}: "
                    "add one first (n).",
                    name=leaves.name,
                ),
                tone="warning",
            )
            return
        title = say("Who takes over from {name}?", name=leaves.name)
        chosen = await self.terminal.put(Picker(title, listing))
        if chosen is not None:
            await self._on_which_day(leaves, chosen.contact)

    async def _on_which_day(self, leaves: ContactPerson, takes: ContactPerson) -> None:
        """Ask for the last day until it can be kept, or is given up."""
        from jointbuy.tui.dialogs.question import Question
        from jointbuy.workspace import parse_day

        today = await self.terminal.ask(lambda w: w.on)

        def meant(typed: str) -> date:
            return parse_day(typed, on=today, end=True)

        hint = say(
            "Last day of {name}; from the day after, {successor} follows up the open "
            "needs. For instance 31/12 or +2w.",
            name=leaves.name,
            successor=takes.name,
        )
        text = self.speech.day(leaves.active_until or today)
        while True:
            title = say("Last day of {name}", name=leaves.name)
            question = Question(title, text=text, hint=hint, check=meant)
            typed = await self.terminal.put(question)
            if typed is None:
                return
            text, day = typed, meant(typed)
            try:
                done = await self.terminal.ask(
                    partial(_handed, leaves=leaves.id, takes=takes.id, day=day)
                )
            except Refused as error:
                hint = told_together([each.message for each in error.problems])
                self.terminal.tell(hint, tone="error")
            else:
                self.terminal.tell(handed_over(done))
                self.terminal.changed()
                return

    # How it is shown.

    def action_tongue(self) -> None:
        """Choose the language."""
        self.terminal.work(self._tongue())

    async def _tongue(self) -> None:
        from jointbuy.tui.settings.choosing import Tongue

        chosen = await self.terminal.put(Tongue(self.terminal))
        if chosen is not None:
            self.terminal.speak(chosen[0])
            self.reread()

    def action_theme(self) -> None:
        """Choose the colours."""
        self.terminal.work(self._theme())

    async def _theme(self) -> None:
        from jointbuy.tui.settings.choosing import Colours

        chosen = await self.terminal.put(Colours(self.terminal))
        if chosen is not None:
            self.terminal.colour(chosen[0])
            self.reread()

    # History.

    def can_history(self) -> bool:
        """Whether a record is looked at."""
        return isinstance(self.grid.row, Buyer | Person)

    def action_history(self) -> None:
        """Who changed what about it, and when."""
        self.terminal.work(self._history())

    async def _history(self) -> None:
        from jointbuy.tui.dialogs.history import History

        match self.grid.row:
            case Buyer(administration=admin):
                names = say("{name}", name=named(admin.names, admin.id))
                await self.terminal.put(History(admin.id, names))
            case Person(contact=contact):
                await self.terminal.put(History(contact.id, contact.name))


def _handed(workspace: Workspace, *, leaves: str, takes: str, day: date) -> HandedOver:
    return workspace.hand_over(leaves, takes, day)


def successors(workspace: Workspace, leaves: ContactPerson) -> Listing[Person]:
    """The contact persons who can take over from one: of the same administration."""
    rows = tuple(
        row
        for row in read_contacts(workspace).rows
        if row.contact.administration == leaves.administration
        and row.id != leaves.id
        and row.presence != "gone"
    )
    return Listing(
        rows=rows,
        columns=(
            Column(
                id="name",
                heading=say("Name"),
                text=lambda row, _: row.contact.name,
                width=24,
                grow=1,
            ),
            Column(
                id="service",
                heading=say("Service"),
                text=lambda row, speech: (
                    row.contact.service or speech.say(say("main contact"))
                ),
                width=24,
                grow=1,
            ),
        ),
    )


def handed_over(done: HandedOver) -> Message:
    """Who hands over to whom, and how many needs."""
    return say(
        "{name} hands over to {successor}; needs handed over: {n}.",
        name=done.contact.name,
        successor=done.successor.name,
        n=len(done.needs),
    )


def told_together(messages: list[Message]) -> Message:
    """Several sentences as one."""
    return reduce(
        lambda one, other: say("{one} {other}", one=one, other=other), messages
    )
