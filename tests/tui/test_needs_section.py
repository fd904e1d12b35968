"""The section of the needs: noted, copied, withdrawn, taken in and handed out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from jointbuy.model import Need, NeedStatus
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.forms.form import Form
from jointbuy.tui.needs.listing import (
    NATURES,
    Around,
    needs_listing,
    page,
    passed,
    read_needs,
    remarks,
)
from jointbuy.tui.needs.section import Needs
from jointbuy.tui.needs.taking import Taking
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace import told
from jointbuy.workspace.need_words import NEED_STATES
from tests.tui.officer import work_with

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.workspace import Desk
    from tests.tui.officer import Officer

EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"


async def click_on(officer: Officer, text: str, *, times: int = 1) -> None:
    """Click on the first letter of a text that is on the screen."""
    for y, line in enumerate(officer.text().splitlines()):
        if text in line:
            x = cell_len(line[: line.index(text)])
            await officer.pilot.click(offset=(x, y), times=times)
            await officer.settle()
            return
    raise AssertionError(f"{text!r} is not on the screen:\n{officer.text()}")


def around(desk: Desk) -> Around:
    workspace = desk.open()
    return Around(
        administrations=workspace.administrations(),
        contacts=workspace.contacts(),
        contracts=workspace.contracts(),
        last=workspace.last_changes(Need),
        on=workspace.on,
    )


def test_a_need_is_added_with_the_mouse_alone(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        before = desk.open().needs()
        await click_on(officer, "Jouets de la")
        chosen = officer.app.screen.query_one(Grid).row
        await click_on(officer, "Copier")
        form = officer.app.screen
        assert isinstance(form, Form)
        fields = {row.field.cell: row for row in form.rows}
        opener = fields["administration"].size.width - 2

        await officer.click(fields["administration"], at=(opener, 0))
        await click_on(officer, "Commune de Clairsaule", times=2)
        await officer.click(fields["nature"], at=(opener, 0))
        await click_on(officer, "Services")
        await click_on(officer, "Choisir")
        await officer.click(fields["cpv"], at=(opener, 0))
        await officer.pilot.pause(0.1)
        await officer.settle()
        await click_on(officer, "37520000", times=2)
        form.query_one("#fields").scroll_end(animate=False)
        await officer.settle()
        await officer.click(fields["latest"], at=(opener, 0))
        await click_on(officer, "►")
        await click_on(officer, " 20 ")
        await click_on(officer, "Enregistrer")

        added = [n for id_, n in desk.open().needs().items() if id_ not in before]
        assert len(added) == 1, officer.text()
        new = added[0]
        assert new.title == chosen.title
        assert new.administration == "commune-clairsaule"
        assert new.nature is not None
        assert new.nature.name == "SERVICES"
        assert new.cpv == "37520000"
        assert new.latest is not None
        assert (new.latest.day, new.latest > chosen.latest) == (20, True)
        assert officer.app.screen.query_one(Grid).row.id == new.id

    work_with(desk, job)


def test_marked_needs_are_withdrawn_and_taken_back_as_one_change(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        grid = officer.app.screen.query_one(Grid)
        ids = [need.id for need in grid.rows[:3]]
        await officer.press("space", "down", "space", "down", "space", "w")
        now = desk.open().needs()
        assert {now[id_].status for id_ in ids} == {NeedStatus.WITHDRAWN}
        assert officer.said == "Needs withdrawn: 3."
        assert not grid.marked
        await officer.press("u")
        now = desk.open().needs()
        assert {now[id_].status for id_ in ids} == {NeedStatus.OPEN}

    work_with(desk, job)


def test_the_same_key_withdraws_a_need_and_opens_it_again(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        id_ = officer.app.screen.query_one(Grid).row.id
        speech = officer.app.speech
        for status in (NeedStatus.WITHDRAWN, NeedStatus.OPEN):
            await officer.press("w")
            assert desk.open().needs()[id_].status is status
            assert speech.line(NEED_STATES[status]) in officer.text()
        await officer.press("c")
        assert desk.open().needs()[id_].status is NeedStatus.SETTLED
        await officer.press("r")
        assert desk.open().needs()[id_].status is NeedStatus.OPEN

    work_with(desk, job)


def test_a_file_is_shown_before_anything_is_kept_and_its_good_rows_are(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "besoins.csv"
    file.write_text(
        "Administration;Objet;Nature;Estimation\n"
        "Commune de Clairsaule;Chaises pliantes;fournitures;1.500,00\n"
        "Commune de Clairsaule;;fournitures;2\n"
        f"Commune de Clairsaule;{EVIL};inconnue;3\n",
        encoding="utf-8",
    )

    async def job(officer: Officer) -> None:
        before = len(desk.open().needs())
        await officer.press("i")
        officer.app.screen.query_one("#answer").value = str(tmp_path / "no.csv")  # type: ignore[attr-defined]
        await officer.press("enter")
        assert "no.csv" in officer.text()
        officer.app.screen.query_one("#answer").value = f"'{file}'"  # type: ignore[attr-defined]
        await officer.press("enter")
        await officer.press("enter")  # yes, they exclude VAT
        asked: Any = officer.app.screen
        assert isinstance(asked, Taking)
        parsed: Any = asked.parsed
        assert len(parsed.refused_rows) == 2
        assert len(desk.open().needs()) == before
        assert not set("\x1b\x07\x9b\u202e") & set(officer.text())
        await officer.press("down", "down")
        assert not set("\x1b\x07\x9b\u202e") & set(officer.text())
        await officer.press("ctrl+s")
        found = desk.open().needs().values()
        chairs = [need for need in found if need.title == "Chaises pliantes"]
        assert [str(need.estimate) for need in chairs] == ["1500.00"]
        assert len(found) == before + 1
        assert officer.said.startswith("Needs added: 1,")
        await officer.press("u")
        assert len(desk.open().needs()) == before

    work_with(desk, job)


def test_what_is_shown_is_written_into_a_file_that_is_not_there_yet(
    desk: Desk, tmp_path: Path
) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("slash", *"papier", "enter")
        shown = officer.app.screen.query_one(Grid).rows
        ids = {n.id for n in shown if n.status is NeedStatus.OPEN}
        assert 0 < len(ids) < len(desk.open().needs())
        file = tmp_path / "needs.csv"
        for _ in range(2):
            await officer.press("E", "enter")
            officer.app.screen.query_one("#answer").value = str(file)  # type: ignore[attr-defined]
            await officer.press("enter")
        written = file.read_text(encoding="utf-8-sig")
        assert all(id_ in written for id_ in ids)
        assert len(written.splitlines()) == len(ids) + 1
        assert "needs.csv" in officer.text()  # it is there already: asked again
        await officer.press("escape")
        assert officer.said.startswith("Needs written to")

    work_with(desk, job)


def test_a_need_that_is_not_open_is_compared_with_none(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        workspace = desk.open()
        cells = {"title": "Zzyzx", "nature": "services"}
        (need,) = workspace.add_need(cells, draft=True).needs
        await officer.press("ctrl+r")
        section = officer.app.screen
        assert isinstance(section, Needs)
        assert await section.look_at(need.id)
        await officer.press("p")
        assert officer.app.current_mode == "needs"
        assert officer.said.startswith("Only open needs are compared")

    work_with(desk, job)


def test_the_proposals_of_a_need_are_gone_to(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        need = officer.app.screen.query_one(Grid).row
        await officer.press("p")
        assert officer.app.current_mode == "proposals"
        proposal = officer.app.screen.query_one(Grid).row.proposal
        assert need.id in proposal.candidate.needs

    work_with(desk, job)


def test_the_history_of_a_need_is_told_with_its_days(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        need = officer.app.screen.query_one(Grid).row
        workspace = desk.open()
        workspace.edit_need(need.id, {"unit": "pièces"})
        sentence = told(workspace, workspace.history()[-1])
        await officer.press("ctrl+r", "o")
        shown = " ".join(officer.text().split())
        assert " ".join(officer.app.speech.line(sentence).split())[:30] in shown
        today = datetime.now().astimezone().date()
        assert officer.app.speech.day(today) in shown
        await officer.press("escape")

    work_with(desk, job)


def test_the_page_of_a_need_begins_with_what_matters_most(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        await officer.press("slash", *"jouets saint", "enter")
        told = officer.app.screen.query_one(Page).text.splitlines()[:4]
        assert told[0].startswith("Jouets de la Saint-Nicolas")
        assert "Commune de Val-Tilleul" in told[1]
        assert "14.500,00" in "".join(told[2:])
        foot = officer.text().splitlines()[-7:]
        assert any(line.strip().startswith("Jouets de la Saint-Nic") for line in foot)

    work_with(desk, job)


def test_needs_are_narrowed_down_by_state_owner_nature_and_year(desk: Desk) -> None:
    listing = read_needs(desk.open())
    speech = Speech("fr")
    for facet in listing.facets:
        values = {value for need in listing.rows for value in facet.values(need)}
        assert len(values) > 1
        for value in values:
            label = facet.label(value, speech)
            assert label
            found = listing.filtered("", speech, {facet.id: frozenset({value})})
            assert 0 < len(found) < len(listing.rows)
            assert all(value in facet.values(need) for need in found)


def test_what_is_missing_is_remarked_of_needs_that_are_still_to_be_bought(
    desk: Desk,
) -> None:
    known = around(desk)
    bare = Need(id="n", administration="a", title="x")
    said = [str(message) for message in remarks(bare, known)]
    assert len(said) == 4
    full = next(
        need for need in desk.open().needs().values()
        if need.cpv and need.estimate and need.contact and need.earliest
        and need.earliest > known.on and need.status is NeedStatus.OPEN
    )  # fmt: skip
    assert not list(remarks(full, known))


def test_a_start_has_passed_the_day_after_its_last_day(desk: Desk) -> None:
    on = around(desk).on
    on_the_day = Need(id="n", administration="a", title="x", latest=on)
    assert not passed(on_the_day, on)
    before = Need(id="n", administration="a", title="x", latest=on.replace(day=1))
    assert passed(before, on)
    settled = Need(
        id="n", administration="a", title="x", latest=on.replace(day=1),
        status=NeedStatus.SETTLED,
    )  # fmt: skip
    assert not passed(settled, on)


def test_no_state_and_no_nature_is_cut_in_any_language(desk: Desk) -> None:
    listing = needs_listing((), around(desk))
    column = listing.column("state")
    assert column is not None
    for language in LANGUAGES:
        speech = Speech(language)
        assert (
            max(cell_len(speech.say(w)) for w in NEED_STATES.values()) <= column.width
        )
        assert all(speech.say(word) for word in NATURES.values())


def test_a_page_holds_nothing_that_steers_the_terminal(desk: Desk) -> None:
    need = Need(
        id="n", administration="a", title=EVIL, description=EVIL, note=EVIL,
        service=EVIL, unit=EVIL, place=EVIL, requirements=(EVIL,), contact=EVIL,
    )  # fmt: skip
    for each in page(need, around(desk), Speech("fr")):
        assert not set("\x1b\x07\x9b\u202e") & set(each.text.plain + each.first.plain)


def test_an_empty_register_says_how_to_begin(desk: Desk) -> None:
    async def job(officer: Officer) -> None:
        grid = officer.app.screen.query_one(Grid)
        grid.show(needs_listing((), around(desk)))
        await officer.settle()
        assert officer.app.speech.line(needs_listing((), around(desk)).empty)[:20] in (
            officer.text()
        )
        for action in ("edit", "duplicate", "withdraw", "open", "export", "history"):
            assert not officer.app.screen.check_action(action, ())

    work_with(desk, job)
