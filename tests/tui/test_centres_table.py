"""Tables of adhesions and centres, orders and follow-ups, worked with on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jointbuy.model import Adhesion, AdhesionStatus, Contract, Order, Programme
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.centres.houses import PLACES
from jointbuy.tui.centres.houses import WIDTH as ROOM
from jointbuy.tui.centres.ordering import Checked, Put
from jointbuy.tui.centres.orders import STEP, STEPS
from jointbuy.tui.centres.section import Centres
from jointbuy.tui.centres.table import WIDTH, heads_of, read_table
from jointbuy.tui.centres.words import CELL_STATES, REACHED
from jointbuy.tui.dialogs.sheet import Pick, Sheet
from jointbuy.tui.forms.form import Form
from jointbuy.tui.needs.taking import Taking
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.page import Page
from tests.tui.officer import work_with
from tests.tui.test_centres_section import look_at, paste, section, type_in, view

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from jointbuy.errors import Message
    from jointbuy.workspace import Desk
    from tests.tui.officer import Officer

VAL, CPAS = "commune-val-tilleul", "cpas-val-tilleul"


def spot(officer: Officer) -> Any:
    """The cell that is looked at."""
    return section(officer).grid.cell


def says(officer: Officer, message: Message) -> bool:
    """Whether the page says that, however it is folded."""
    page = " ".join(section(officer).page.text.split())
    return " ".join(Speech("fr").say(message).split()) in page


def test_every_word_fits_its_cell_and_every_title_its_line() -> None:
    what: Any
    for language in LANGUAGES:
        speech = Speech(language)
        for sign, _, what in (*CELL_STATES.values(), *REACHED.values()):
            assert len(f"{sign} {speech.say(what)}") <= WIDTH, (language, what)
        for sign, _, what in STEPS.values():
            assert len(f"{sign} {speech.say(what)}") <= STEP, (language, what)
        for sign, _, what in PLACES.values():
            assert len(f"{sign} {speech.say(what)}") <= ROOM, (language, what)
        titles = [speech.say(each.title) for each in Centres.views]
        assert max(map(len, titles)) <= 12
        assert len("  ".join(titles)) + 2 <= 80


def test_the_table_goes_cell_by_cell_and_says_what_is_missing(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        here: Any = await view(officer, "table")
        shown = officer.text()
        assert "Parcours – " not in officer.line(4)  # what all share is left out
        assert officer.line(5).count("✓") == 1
        assert Speech("fr").say(CELL_STATES["REOPENED"][2]) in officer.line(5)
        assert spot(officer).joined.id == here.grid.listing.columns[1].id
        await officer.press("right", "right", "right", "right")
        assert spot(officer).joined.id == here.grid.listing.columns[-1].id
        assert says(officer, spot(officer).cell.why)
        await officer.press("left", "end")
        assert spot(officer).threshold is not None
        assert says(officer, spot(officer).threshold.why)
        # A click looks at a cell too; Enter on the minimum changes the programme.
        await officer.click(type(here.grid), at=(30, 1))
        assert spot(officer).who.id == VAL
        assert "✓" in shown

        # What is not decided yet is decided in its cell, and taken back.
        await look_at(officer, here.grid.rows[2].id)
        who, joined = spot(officer).who.id, spot(officer).joined
        await officer.press("enter")
        form: Any = officer.app.screen
        assert isinstance(form, Form)
        assert form.cells()["domain"] in {joined.id, joined.names.get("fr")}
        assert form.cells()["programme"] == joined.programme
        await officer.press("ctrl+s")
        assert here.view.id == "table"
        assert spot(officer).adhesion.administration == who
        assert spot(officer).adhesion.status is AdhesionStatus.ADHERED
        assert spot(officer).cell.state.name == "WITHOUT_CONVENTION"
        await officer.press("u")
        assert spot(officer).adhesion is None

    work_with(desk, scenario)


def test_few_administrations_stand_beside_each_other(desk: Desk) -> None:
    workspace = desk.open()
    programme = next(iter(workspace.programmes().values()))
    domain = programme.domains[0]
    more = tuple(replace(domain, id=f"d{n}") for n in range(12))
    wider = replace(programme, domains=(*programme.domains, *more))
    workspace.save(wider, seen=1, why="wider")
    listing = read_table(workspace)
    assert len(listing.rows) == len(programme.domains) + 12
    assert listing.columns[-1].id == "threshold"
    for row in listing.rows:
        for column in listing.columns[1:]:
            assert column.text(row, Speech("de"))
            cell = listing.cell(row, column.id)
            assert len(list(listing.page(cell, Speech("de")))) > 2
    names: dict[str, Any] = {"a": domain, "b": replace(domain, id="b")}
    assert set(heads_of(tuple(names.values()))) == {domain.id, "b"}
    outside = read_table(workspace, "")
    assert {VAL, CPAS} <= {column.id for column in outside.columns}


def test_what_reopens_an_adhesion_is_recorded_settled_and_taken_back(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        here: Any = await view(officer, "table")
        offered = {action.id for action, _ in here.offered()}
        assert "centres.reopen" in offered
        assert "centres.settle" not in offered
        await officer.press("r")
        await officer.press("left")  # another event, the last of the choices
        await officer.press("enter")
        assert isinstance(officer.app.screen, Sheet)  # it has to be said which
        await type_in(officer, "what", "New documents")
        await officer.press("enter")
        assert spot(officer).cell.state.name == "REOPENED"
        assert "New documents" in here.page.text
        assert Speech("fr").say(CELL_STATES["REOPENED"][2]) in officer.line(5)
        await officer.press("l")
        await type_in(officer, "how", "Nothing changes")
        await officer.press("enter")
        made = spot(officer).adhesion
        assert made.reopenings[-1].settled_on == date(2026, 11, 23)
        assert "Nothing changes" in here.page.text
        await officer.press("u", "u")
        assert len(spot(officer).adhesion.reopenings) == 1  # settled in March

    work_with(desk, scenario)


def test_the_same_is_decided_on_several_that_are_marked(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        here: Any = await view(officer, "table")
        await officer.press("space", "down", "space", "d")
        asked: Any = officer.app.screen
        assert isinstance(asked, Sheet)
        await type_in(officer, "number", "2026/11/23-1")
        await officer.press("enter")
        assert officer.app.screen is asked  # nothing stands ready to be decided
        decided = asked.query_one(Pick)
        ids = [id_ for id_, _ in decided.slot.choices]
        decided.focus()
        await officer.press(*["right"] * ids.index("CONDITIONAL"))
        await type_in(officer, "reservations", "two years at most @ article 2")
        await officer.press("enter")
        made = [here.grid.listing.cell(row, here.grid.column.id).adhesion
                for row in here.grid.rows[:2]]  # fmt: skip
        assert [each.number for each in made] == ["2026/11/23-1"] * 2
        assert {each.decided_on for each in made} == {date(2026, 11, 23)}
        assert {each.status.name for each in made} == {"CONDITIONAL"}
        assert {each.reservations[0].place for each in made} == {"article 2"}
        await officer.press("u")
        kept: Any = await officer.ask(lambda w: w.adhesions()[made[0].id])
        assert kept.number != "2026/11/23-1"

        # A programme is noted with its domains, and its table is shown.
        await officer.press("n")
        form: Any = officer.app.screen
        assert isinstance(form, Form)
        assert form.kind is Programme
        await officer.press("escape")
        await officer.press("t", "down", "enter")
        assert here.shown_programme == ""
        assert here.grid.column is not None

    work_with(desk, scenario)


def test_centres_side_by_side_say_what_could_be_used(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        here: Any = await view(officer, "centres")
        await look_at(officer, "sibelga")
        cell = spot(officer)
        assert cell.who.id == VAL
        assert cell.stands == "COULD"
        gap = cell.gaps[0]
        assert says(officer, gap.todo)
        assert "Zone de police du Tilleul" in here.page.text
        await officer.press("right", "right")
        assert spot(officer).stands == "USES"
        await officer.press("end", "d")  # that administration joins that centre
        asked: Any = officer.app.screen
        assert isinstance(asked, Form)
        assert asked.kind is Adhesion
        await officer.press("escape", *["right"] * 12)
        assert spot(officer) is here.grid.row  # the last columns are the centre's own

    work_with(desk, scenario)


def test_an_order_is_checked_recorded_and_counted(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        had = await officer.ask(lambda w: set(w.orders()))
        await view(officer, "frameworks")
        await look_at(officer, "i-city-licences-2023")
        await officer.press("c")
        assert isinstance(officer.app.screen, Sheet)
        await type_in(officer, "amount", "3000000")
        await officer.press("enter")
        checked: Any = officer.app.screen
        assert isinstance(checked, Checked)
        assert "✗" in officer.text()
        assert "→" in officer.text()
        waiting = [each.ask for each in checked.found.findings if each.ask]
        await officer.press("a", "enter")  # the first question, in full
        first: Any = next(each for each in checked.found.findings if each.ask)
        asked: Any = officer.app.screen
        assert isinstance(asked, Put)
        put = " ".join(asked.query_one("#put", Page).text.split())
        assert put == " ".join(Speech("fr").say(first.question).split())
        await officer.press("enter")  # yes
        left = [each.ask for each in checked.found.findings if each.ask]
        assert left == waiting[1:]
        assert "!" in officer.line(3)  # no dossier to keep it in: it is said so
        await officer.press("m")
        form: Any = officer.app.screen
        assert isinstance(form, Form)
        assert form.kind is Order
        assert form.cells()["amount"]
        # What it exceeds is said before it is kept.
        assert "2.520.000,00" in officer.text()
        await officer.press("ctrl+s")
        here: Any = section(officer)
        assert here.view.id == "orders"
        order = here.grid.row.order
        assert order.framework == "i-city-licences-2023"
        assert here.grid.row.counted.above
        assert Speech("fr").say("dépassement") in officer.line(5)
        assert "█" in here.page.text
        # The decision to use it stands in the same list.
        assert await here.look_at("u-c-licences")
        await officer.press("enter")
        asked = officer.app.screen
        assert isinstance(asked, Form)
        await officer.press("escape")
        await view(officer, "frameworks")
        await look_at(officer, "i-city-licences-2023")
        assert "!" in here.page.text
        await officer.press("u")
        assert await officer.ask(lambda w: set(w.orders())) == had

    work_with(desk, scenario)


def test_a_contract_is_followed_up_and_others_are_taken_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    register = tmp_path / "contrats.csv"
    register.write_text(
        "Administration;Objet;Fin\nCommune de Val-Tilleul;Nettoyage;31/12/2028\n",
        encoding="utf-8",
    )

    desk.open().enter(
        Contract,
        {"administration": VAL, "title": "Extincteurs", "end": "30/06/2027"},
    )
    ended = desk.open().enter(
        Contract,
        {"administration": VAL, "title": "Fontaines", "end": "31/10/2026",
         "note": "de mois en mois"},
    )  # fmt: skip
    assert [each.field for each in ended.remarks] == ["supplier"]

    async def scenario(officer: Officer) -> None:
        here: Any = await view(officer, "contracts")
        await look_at(officer, ended.record.id)
        assert "! -23" in officer.text()
        page = here.page.text
        assert page.index("de mois en mois") < page.index("–31/10/2026")
        row = next(each for each in here.grid.rows if each.due is not None)
        await look_at(officer, row.id)
        assert "→" in here.page.text
        await officer.press("m")
        followed = here.grid.row
        assert followed.id == row.id
        assert followed.due is None
        assert "draft" in officer.said
        assert followed.chain[-1].kind == "need"
        assert "▶" in here.page.text
        await officer.press("u")
        assert here.grid.row.due is not None
        await officer.press("i")
        await paste(officer, register.name)
        await officer.press("enter")
        assert isinstance(officer.app.screen, Taking)
        assert "Nettoyage" in officer.text()  # what would be taken in, before it is
        await officer.press("ctrl+s")
        assert here.grid.row.contract.title == "Nettoyage"
        known: Any = await officer.ask(
            lambda w: [c.title for c in w.contracts().values()]
        )
        assert "Nettoyage" in known
        await officer.press("u")
        known = await officer.ask(lambda w: [c.title for c in w.contracts().values()])
        assert "Nettoyage" not in known

    work_with(desk, scenario)


def test_the_same_deliberation_is_written_for_every_body(
    desk: Desk, tmp_path: Path
) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "table")
        await officer.press("right", "E")
        await type_in(officer, "folder", str(tmp_path / "acts"))
        await officer.press("enter")
        written = sorted(path.name for path in (tmp_path / "acts").iterdir())
        owners = {VAL, CPAS}
        assert len(written) >= len(owners)
        assert all(name.endswith(".docx") for name in written)
        # What is there already is not replaced unasked.
        await officer.press("E")
        await type_in(officer, "folder", str(tmp_path / "acts"))
        await officer.press("enter")
        assert isinstance(officer.app.screen, Sheet)
        await officer.press("escape")

        # A letter marks the interest of one administration.
        await view(officer, "calls")
        await look_at(officer, "i-c-energie")
        await officer.press("E")
        await type_in(officer, "folder", str(tmp_path / "letters"))
        await officer.press("enter")
        assert list((tmp_path / "letters").iterdir())

        # Contracts and centres go into a spreadsheet.
        for name in ("contracts", "centres"):
            await view(officer, name)
            await officer.press("E", "ctrl+u")
            await paste(officer, str(tmp_path / f"{name}.csv"))
            await officer.press("enter")
            assert (tmp_path / f"{name}.csv").stat().st_size > 100

    work_with(desk, scenario)
