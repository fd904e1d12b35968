"""The settings: administrations, contact persons with their succession, preferences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from jointbuy import settings
from jointbuy.model import (
    Administration,
    AdministrationKind,
    ContactPerson,
    LocalText,
    Need,
    NeedStatus,
    Region,
)
from jointbuy.store.port import Change
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.dialogs.history import History
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.forms.form import Form
from jointbuy.tui.settings.choosing import Colours, Tongue
from jointbuy.tui.settings.listing import (
    Person,
    read_administrations,
    read_contacts,
)
from jointbuy.tui.settings.section import Settings
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace.words import ADMINISTRATION_KINDS, REGIONS
from tests.tui.officer import Officer, fill, work_with

if TYPE_CHECKING:
    from jointbuy.workspace import Desk, Workspace

DAY = date(2026, 11, 23)
ALIVE = (NeedStatus.DRAFT, NeedStatus.OPEN)


def section(officer: Officer) -> Settings:
    screen = officer.app.screen_stack[0]
    assert isinstance(screen, Settings)
    return screen


async def look_at(officer: Officer, id_: str) -> None:
    assert await section(officer).look_at(id_)
    await officer.settle()


def open_needs(workspace: Workspace, contact: str) -> list[Need]:
    return [
        need
        for need in workspace.needs().values()
        if need.contact == contact
        and need.status in {NeedStatus.DRAFT, NeedStatus.OPEN}
    ]


def colleagues(workspace: Workspace) -> tuple[ContactPerson, ContactPerson]:
    """Two active contact persons of one administration, the first with open needs."""
    here = [c for c in workspace.contacts().values() if c.active_until is None]
    for one in here:
        for other in here:
            same = one.administration == other.administration
            if same and one.id != other.id and open_needs(workspace, one.id):
                return one, other
    raise AssertionError


def test_the_administration_of_the_register_comes_first_and_is_marked(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6")
        row = section(officer).grid.row
        home = desk.open().register.home
        assert (row.id, row.home) == (home, True)
        assert "◆ Commune de Val-Tilleul" in officer.text()
        assert not section(officer).can_home()

    work_with(desk, scenario)


def test_the_page_of_an_administration_says_everything_that_is_known_of_it(
    desk: Desk,
) -> None:
    admin = desk.open().administrations()["commune-val-tilleul"]
    contacts = desk.open().contacts().values()

    async def scenario(officer: Officer) -> None:
        await officer.press("6")
        text = " ".join(section(officer).page.text.split())
        assert admin.enterprise_number in text
        assert admin.postcode in text
        assert admin.territory in text
        assert admin.names.nl in text
        for person in contacts:
            assert (person.name in text) is (person.administration == admin.id)
        for body in admin.bodies:
            coming = min(day for day in body.sessions if day >= DAY)
            assert f"{coming:%d/%m/%Y}" in text

    assert admin.bodies
    work_with(desk, scenario, (140, 40))


def test_another_administration_is_made_the_one_of_the_register(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "down")
        chosen = section(officer).grid.row
        await officer.press("h")
        assert desk.open().register.home == chosen.id
        assert officer.said.startswith("Register of:")
        assert section(officer).grid.rows[0].id == chosen.id
        await officer.press("u")
        assert desk.open().register.home != chosen.id

    work_with(desk, scenario)


def test_enter_changes_an_administration_and_n_adds_one(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "enter")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert (form.kind, form.record_id) == (Administration, "commune-val-tilleul")
        await officer.press("escape", "n")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert (form.kind, form.record_id) == (Administration, "")
        fill(officer, "Commune de Nulle-Part")
        await officer.press("ctrl+s")
        names = {a.names.fr for a in desk.open().administrations().values()}
        assert "Commune de Nulle-Part" in names
        assert section(officer).grid.row.administration.names.fr == (
            "Commune de Nulle-Part"
        )
        assert section(officer).grid.row.administration.to_complete
        assert "!" in section(officer).page.text

    work_with(desk, scenario)


def test_a_new_contact_person_begins_in_the_administration_looked_at(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "down")
        row = section(officer).grid.row
        await officer.press("n")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.kind is ContactPerson
        assert form.given == {"administration": row.contact.administration}

    work_with(desk, scenario)


def test_a_contact_person_hands_over_and_the_needs_go_along(desk: Desk) -> None:
    leaves, takes = colleagues(desk.open())
    given = open_needs(desk.open(), leaves.id)

    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v")
        await look_at(officer, leaves.id)
        await officer.press("r")
        picker = officer.app.screen
        assert isinstance(picker, Picker)
        offered = {row.id for row in picker.query_one(Grid).rows}
        contacts = desk.open().contacts()
        assert leaves.id not in offered
        assert {contacts[i].administration for i in offered} == {leaves.administration}
        assert picker.query_one(Grid).look_at(takes.id)
        await officer.press("enter")
        fill(officer, "31/12/2026")
        await officer.press("enter")
        assert leaves.name in officer.said
        assert f"needs handed over: {len(given)}" in officer.said
        workspace = desk.open()
        assert workspace.contacts()[leaves.id].active_until == date(2026, 12, 31)
        assert not open_needs(workspace, leaves.id)
        assert section(officer).grid.row.presence == "leaves"
        await officer.press("o")
        assert isinstance(officer.app.screen, History)
        told = " ".join(officer.app.screen.query_one(Page).text.split())
        assert takes.name in told

    assert given
    work_with(desk, scenario)


def test_a_succession_that_cannot_be_is_refused_in_a_sentence_and_asked_again(
    desk: Desk,
) -> None:
    leaves, takes = colleagues(desk.open())
    workspace = desk.open()
    workspace.save(replace(leaves, active_from=date(2026, 6, 1)), why="edit x")

    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v")
        await look_at(officer, leaves.id)
        await officer.press("r")
        assert officer.app.screen.query_one(Grid).look_at(takes.id)
        await officer.press("enter")
        fill(officer, "tomorrow-ish")
        await officer.press("enter")
        assert "tomorrow-ish" in officer.text()
        fill(officer, "1/5/2026")
        await officer.press("enter")
        assert "lies before the first" in officer.said
        assert officer.app.screen.query_one(Input).value == "1/5/2026"
        await officer.press("escape")
        assert desk.open().contacts()[leaves.id].active_until is None

    work_with(desk, scenario)


def test_who_is_alone_is_told_to_add_somebody_first(desk: Desk) -> None:
    alone = Administration(id="alone", names=LocalText(fr="Seule"))
    person = ContactPerson(id="p-alone", administration="alone", name="Ada Seule")
    desk.open().commit(
        [
            Change(kind=Administration, id=alone.id, value=alone),
            Change(kind=ContactPerson, id=person.id, value=person),
        ],
        why="add",
    )

    async def scenario(officer: Officer) -> None:
        await officer.press("6")
        await look_at(officer, "p-alone")
        await officer.press("r")
        assert officer.said.startswith("Nobody else")
        assert officer.app.screen is section(officer)

    work_with(desk, scenario)


@pytest.mark.parametrize(
    ("first", "last", "presence"),
    [
        (None, None, "active"),
        (date(2026, 11, 23), None, "active"),
        (date(2026, 11, 24), None, "to_come"),
        (None, date(2026, 11, 23), "leaves"),
        (None, date(2026, 11, 22), "gone"),
    ],
)
def test_whether_somebody_is_there_follows_from_the_days(
    first: date | None, last: date | None, presence: str
) -> None:
    contact = ContactPerson(
        id="x", administration="a", name="X", active_from=first, active_until=last
    )
    assert Person(contact=contact, on=DAY).presence == presence


def test_needs_that_name_somebody_gone_are_said_on_the_page(desk: Desk) -> None:
    leaves, _ = colleagues(desk.open())
    desk.open().save(replace(leaves, active_until=date(2026, 1, 1)), why="edit x")

    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v")
        await look_at(officer, leaves.id)
        assert "! " in section(officer).page.text

    work_with(desk, scenario)


def test_the_language_is_tried_out_kept_when_chosen_and_taken_back_when_closed(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "L")
        assert isinstance(officer.app.screen, Tongue)
        await officer.press("down")
        assert officer.app.speech.language == "nl"
        assert "Nederlands" in officer.text()
        await officer.press("escape")
        assert officer.app.speech.language == "fr"
        assert not settings.preferences().language
        await officer.press("L", "down", "enter")
        assert officer.app.speech.language == "nl"
        assert settings.preferences().language == "nl"

    work_with(desk, scenario)


def test_the_colours_are_tried_out_kept_when_chosen_and_taken_back_when_closed(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        before = officer.app.theme
        await officer.press("6", "t")
        assert isinstance(officer.app.screen, Colours)
        assert officer.app.screen.query_one(Grid).row[0] == before
        await officer.press("down")
        assert officer.app.theme == "jointbuy-light"
        await officer.press("escape")
        assert officer.app.theme == before
        assert not settings.preferences().theme
        await officer.press("t", "down", "down", "enter")
        assert officer.app.theme == "jointbuy-contrast"
        assert settings.preferences().theme == "jointbuy-contrast"

    work_with(desk, scenario)


def test_the_preferences_say_where_everything_is_and_change_what_they_can(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v")
        rows = {row.id: row for row in section(officer).grid.rows}
        speech = officer.app.speech
        assert rows["register"].value(speech) == desk.location
        assert rows["drafts"].value(speech) == str(desk.drafts.file)
        assert rows["day"].value(speech) == "23/11/2026"
        assert "Textual" in rows["version"].value(speech)
        assert not section(officer).can_add()
        for id_, dialog in (("language", Tongue), ("theme", Colours), ("home", Picker)):
            await look_at(officer, id_)
            await officer.press("enter")
            assert isinstance(officer.app.screen, dialog)
            await officer.press("escape")
        await look_at(officer, "version")
        assert not section(officer).can_edit()
        await officer.press("enter")
        assert officer.app.screen is section(officer)

    work_with(desk, scenario)


def test_the_own_administration_is_chosen_among_the_preferences(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6", "v", "v")
        await look_at(officer, "home")
        await officer.press("enter", "down", "enter")
        assert desk.open().register.home != "commune-val-tilleul"
        value = section(officer).grid.row.value(officer.app.speech)
        assert value == "CPAS de Val-Tilleul"

    work_with(desk, scenario)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_the_settings_are_read_in_four_languages(
    desk: Desk, size: tuple[int, int]
) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("6")
        for language in LANGUAGES:
            officer.app.speak(language)
            await officer.settle()
            for view in section(officer).views:
                at = section(officer).views.index(view)
                section(officer).action_show_view(at)
                await officer.settle()
                assert officer.app.speech.line(view.title) in officer.line(2)
                assert "…" not in officer.line(2)
                assert "…" not in officer.line(-1)
                for column in section(officer).grid._shown:
                    heading = officer.app.speech.line(column[0].heading)
                    assert heading in officer.line(4)

    work_with(desk, scenario, size)


def test_every_kind_and_region_has_a_word() -> None:
    assert set(ADMINISTRATION_KINDS) == set(AdministrationKind)
    assert set(REGIONS) == set(Region)


def test_the_lists_count_what_is_still_open(desk: Desk) -> None:
    workspace = desk.open()
    counted: dict[Any, int] = {}
    for need in workspace.needs().values():
        if need.status in ALIVE:
            for id_ in (need.administration, need.contact):
                counted[id_] = counted.get(id_, 0) + 1
    for row in read_administrations(workspace).rows:
        assert row.needs == counted.get(row.id, 0)
    for person in read_contacts(workspace).rows:
        assert person.needs == counted.get(person.id, 0)
