"""Centres, calls for interest, adhesions and contracts, worked with on the screen."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste

from jointbuy.errors import UsageError
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Contract,
    FrameworkAgreement,
    InterestAnswer,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.tui.app import LANGUAGES
from jointbuy.tui.centres.adhesions import read_adhesions
from jointbuy.tui.centres.aiming import aim
from jointbuy.tui.centres.calling import path_of
from jointbuy.tui.centres.calls import read_calls
from jointbuy.tui.centres.contracts import read_contracts
from jointbuy.tui.centres.frameworks import read_frameworks
from jointbuy.tui.centres.houses import read_centres
from jointbuy.tui.centres.orders import read_orders
from jointbuy.tui.centres.rows import STALE, stale
from jointbuy.tui.centres.section import Centres
from jointbuy.tui.centres.words import (
    SHORT_ANSWERS,
    SHORT_PHASES,
    SHORT_STATUSES,
    UNPROVED,
)
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.dialogs.question import Question
from jointbuy.tui.dialogs.several import Several
from jointbuy.tui.dialogs.sheet import Sheet
from jointbuy.tui.forms.form import Form
from jointbuy.tui.section import Views
from jointbuy.tui.speech import Speech
from jointbuy.tui.widgets.grid import Grid
from jointbuy.workspace.standing import offers
from tests.tui.officer import work_with

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.tui.listing import Listing
    from jointbuy.workspace import Desk
    from tests.tui.officer import Officer

ENERGY = "sibelga-energie-2028"
EVIL = "[bold]x[/] [@click=app.quit]y[/] \x1b]0;owned\x07\x1b[2J\x9b31m \u202etxt"
READERS = (
    read_frameworks,
    read_calls,
    read_centres,
    read_adhesions,
    read_orders,
    read_contracts,
)


def section(officer: Officer) -> Centres:
    """The section, which has to be on the screen."""
    screen = officer.app.screen
    assert isinstance(screen, Centres)
    return screen


async def view(officer: Officer, name: str) -> Centres:
    """Go to that list of the section, as a click on its name does."""
    if officer.app.current_mode != "centres":
        await officer.press("3")
    here = section(officer)
    if here.view.id != name:
        here.action_show_view([each.id for each in here.views].index(name))
        await officer.settle()
    return here


async def look_at(officer: Officer, id_: str) -> None:
    """Look at that row, as a click on it does."""
    assert section(officer).grid.look_at(id_)
    await officer.settle()


async def paste(officer: Officer, text: str) -> None:
    """Paste a text into the field that has the focus."""
    field = officer.app.focused
    assert field is not None
    field.post_message(Paste(text))
    await officer.settle()


async def type_in(officer: Officer, slot: str, text: str) -> None:
    """Type into that slot of the sheet instead of what stands there."""
    sheet = officer.app.screen
    assert isinstance(sheet, Sheet)
    line = next(each for each in sheet.query("Input") if each.name == slot)
    line.focus()
    await officer.settle()
    await officer.press("ctrl+u")
    await paste(officer, text)


# What is shown.


def test_frameworks_stand_with_phase_days_and_ceiling(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "frameworks")
        shown = officer.text()
        line = next(each for each in shown.splitlines() if " 72\u00a0%" in each)
        assert Speech("fr").say(SHORT_PHASES["RUNNING"]) in line
        assert "219" in line
        assert "Licences bure" in line
        assert "█" in line
        assert "Sibelga · EX-SIB-2028" in shown

    work_with(desk, scenario)


def test_the_first_rows_are_those_that_can_still_be_answered(desk: Desk) -> None:
    rows = read_frameworks(desk.open()).rows
    assert rows[0].framework.id == ENERGY
    assert [row.phase for row in rows[:3]] == [
        "INTEREST_OPEN",
        "INTEREST_OPEN",
        "INTEREST_CLOSED",
    ]
    assert rows[-1].phase == "ENDED"


def test_what_must_be_done_stands_first_on_the_page(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        page = (await view(officer, "frameworks")).page.text
        assert "18/12/2026" in page.splitlines()[2]
        for name in ("Commune de Clairsaule", "CPAS de Val-Tilleul"):
            assert name in page
        assert "2024/02/21-07" in page
        assert "✓" in page
        # A council that meets too late is said before anything else, and marked.
        head = " ".join(page.split())
        assert head.index("ne peut plus décider") < head.index("Phases")
        assert "→" in page
        assert "! 25" in officer.text()
        here: Any = await view(officer, "calls")
        late = [row for row in here.grid.rows if "! 25" in here.grid.listing.columns[0]
                .text(row, officer.app.speech)]  # fmt: skip
        assert [row.standing.administration.id for row in late] == [
            "commune-clairsaule"
        ]

    work_with(desk, scenario, size=(140, 40))


def test_each_list_has_a_page_for_every_row(desk: Desk) -> None:
    workspace = desk.open()
    for language in LANGUAGES:
        workspace.language = language
        for read in READERS:
            listing: Listing[object] = read(workspace)  # type: ignore[assignment]
            assert listing.rows
            for row in listing.rows:
                pieces = list(listing.page(row, Speech(language)))
                assert len(pieces) > 3
                assert aim(row).records


def test_silence_and_answers_stand_beside_each_other_in_a_call(desk: Desk) -> None:
    rows = {row.id: row for row in read_calls(desk.open()).rows}
    assert rows["i-p-materiel"].standing.status == "NO_ANSWER"
    assert rows["i-z-materiel"].standing.status == "NO"
    assert rows["i-c-energie"].standing.status == "ASKED"
    assert rows[f"{ENERGY}.cpas-clairsaule"].standing.status == "NOT_ASKED"
    assert "i-c-licences" not in rows


def test_days_are_counted_only_while_something_is_left_to_do(desk: Desk) -> None:
    listing = read_calls(desk.open())
    days = listing.column("days")
    assert days is not None
    assert days.key is not None
    left = {row.id: days.key(row) for row in listing.rows}
    assert left["i-p-materiel"] == -39
    assert left["i-c-energie"] == 25
    assert left["i-z-materiel"] is None


@pytest.mark.parametrize(("age", "marked"), [(STALE, False), (STALE + 1, True)])
def test_a_source_not_seen_for_long_is_marked(
    desk: Desk, age: int, *, marked: bool
) -> None:
    desk.on = date(2026, 11, 20) + timedelta(days=age)

    async def scenario(officer: Officer) -> None:
        shown = (await view(officer, "frameworks")).grid.listing
        assert shown is not None
        seen = shown.column("seen")
        assert seen is not None
        text = seen.text(shown.rows[0], Speech("fr"))
        assert text.startswith("!") is marked
        assert ("! 20/11/2026" in officer.text()) is marked
        await view(officer, "centres")
        assert ("! Creat" in officer.text()) is marked
        assert (f"il y a {age} jours" in section(officer).page.text) is marked

    work_with(desk, scenario)


def test_a_source_that_nobody_dated_counts_as_old() -> None:
    assert stale(None, date(2026, 11, 23))


def test_a_ceiling_by_lots_is_drawn_as_one(desk: Desk) -> None:
    found = {offer.framework.id: offer for offer in offers(desk.open())}
    for offer in found.values():
        if offer.left is None:
            assert offer.used is None
        else:
            assert offer.ceiling == offer.left + offer.ordered
    assert found["i-city-licences-2023"].used == 72


def test_who_joined_counts_as_in_unless_it_said_no_or_was_silent(desk: Desk) -> None:
    found = {offer.framework.id: offer for offer in offers(desk.open())}
    counting = {
        id_: {s.administration.id for s in offer.standings if s.counts}
        for id_, offer in found.items()
    }
    assert counting["i-city-materiel-2027"] == {
        "commune-val-tilleul",
        "commune-clairsaule",
    }
    assert "zone-tilleul" in counting["police-vehicules-2025"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_words_fit_their_columns(language: str) -> None:
    speech = Speech(language)
    answers = {**SHORT_ANSWERS, "": UNPROVED}
    for words, width in ((SHORT_PHASES, 13), (answers, 16), (SHORT_STATUSES, 16)):
        for each in words.values():
            assert len(speech.say(each)) <= width, each


def test_no_label_is_cut_at_80_columns_in_any_language(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for each in Centres.views:
            await view(officer, each.id)
            if each.id == "adhesions":  # the last column stands before the scroll bar
                assert " 219" in officer.text()
            for language in LANGUAGES:
                officer.app.speak(language)
                await officer.settle()
                titles = [Speech(language).say(v.title) for v in Centres.views]
                assert "  ".join(titles) in officer.line(2)
                assert "…" not in officer.line(-1)
                if each.id not in {"table", "centres"}:  # headed by their own names
                    assert "…" not in officer.line(4)

    work_with(desk, scenario)


def test_the_filter_finds_codes_aliases_and_objects_in_any_language(
    desk: Desk,
) -> None:
    listing = read_frameworks(desk.open())
    for wanted, found in (
        ("30197643", {"forcms-papier-2024"}),
        ("cirb", {"paradigm-mobile-2025", "paradigm-parcours-rh"}),
        ("elektriciteit", {ENERGY}),
        ("ECRANS", {"i-city-materiel-2027"}),
        ("through:sibelga", {ENERGY}),
    ):
        rows = listing.filtered(wanted, Speech("en"))
        assert {row.framework.id for row in rows} == found, wanted


def test_facets_narrow_by_phase_centre_and_division(desk: Desk) -> None:
    listing = read_frameworks(desk.open())
    by_id = {facet.id: facet for facet in listing.facets}
    assert set(by_id) == {"phase", "centre", "cpv"}
    papers = listing.filtered("", Speech("fr"), {"cpv": frozenset({"09"})})
    assert [row.framework.id for row in papers] == [ENERGY]
    calls = {facet.id for facet in read_calls(desk.open()).facets}
    assert {"answer", "phase", "administration", "centre"} <= calls


def test_what_people_wrote_is_neither_markup_nor_a_command(desk: Desk) -> None:
    workspace = desk.open()
    workspace.enter(PurchasingCentre, {"fr": EVIL}, id_="evil")
    workspace.enter(
        FrameworkAgreement,
        {"fr": EVIL, "centre": "evil", "note": EVIL, "interest_deadline": "1/12/2026"},
        id_="evil-framework",
    )
    workspace.enter(
        Adhesion,
        {"centre": "evil", "administration": "cpas-val-tilleul", "domain": EVIL},
    )

    async def scenario(officer: Officer) -> None:
        for each in Centres.views[:4]:
            await view(officer, each.id)
            await officer.press("slash")
            await paste(officer, "[b")
            shown = officer.text() + section(officer).page.text
            if section(officer).grid.rows:
                assert "[bold]x[/]" in shown
            assert not set("\x1b\x07\x9b\u202e") & set(shown)
            await officer.press("enter", "escape")

    work_with(desk, scenario)


# What is done.


def test_a_call_is_noted_in_few_keys_and_answered_for_two(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letter = tmp_path / "à.pdf"
    letter.write_bytes(b"We want it.")

    async def scenario(officer: Officer) -> None:
        groups = ["3", "v", "n", "@Sibelga", "enter", "@Papier", "enter"]
        groups += ["@18/12/2026", "ctrl+s"]
        assert len(groups) < 12
        for group in groups:
            if group.startswith("@"):
                await paste(officer, group[1:])
            else:
                await officer.press(group)
        assert officer.said.startswith("Call for interest noted: Papier")
        grid = section(officer).grid
        framework = grid.row.offer.framework
        assert framework.centre == "sibelga"
        assert framework.interest_deadline == date(2026, 12, 18)

        # The commune was asked with it; the centre asks the CPAS too.
        await officer.press("i")
        assert isinstance(officer.app.screen, Several)
        assert "CPAS de Val-Tilleul" in officer.text()
        await officer.press("enter", "enter")
        assert officer.said.startswith("Call for interest recorded: ")

        # Both are marked and answered in one go, each with its own maximum.
        both = [row.id for row in grid.rows if row.offer.framework.id == framework.id]
        assert len(both) == 2
        for id_ in both:
            await look_at(officer, id_)
            await officer.press("space")
        await officer.press("a", "enter")
        for typed in ("500 rames", "4000", "200 rames"):
            await paste(officer, typed)
            await officer.press("down")
        await officer.press("escape")  # one sheet: all or nothing, and it says so
        assert officer.said == "Nothing was recorded."
        await officer.press("a", "enter")
        for typed in ("500 rames", "4000", "200 rames"):
            await paste(officer, typed)
            await officer.press("down")
        await officer.press("enter")
        assert officer.said == (
            "Answers to calls for interest recorded: 2. "
            "Keep the proof that it was sent: b."
        )
        workspace = desk.open()
        made = [
            each
            for each in workspace.interests().values()
            if each.framework == framework.id
        ]
        assert [each.answer for each in made] == [InterestAnswer.YES] * 2
        assert {each.maximum_quantity for each in made} == {500, 200}
        assert {each.unit for each in made} == {"rames"}
        assert not grid.marked

        # The paper proves one of them; until then it is marked, and b is in sight.
        await look_at(officer, made[0].id)
        unproved = Speech("fr").say(UNPROVED)
        assert officer.text().count(unproved) >= len(both)
        assert " b " in officer.line(-1)
        assert "Aucune pièce" in section(officer).page.text
        await officer.press("b")
        await paste(officer, f"'{letter.name}'")
        await officer.press("enter")
        proof = desk.open().interests()[made[0].id].proof
        assert proof is not None
        assert proof.file == letter.name
        assert proof.sha256 == hashlib.sha256(b"We want it.").hexdigest()
        assert proof.sha256[:12] in section(officer).page.text
        # The answer is changed as it is recorded; its day can be set back.
        await officer.press("e")
        await type_in(officer, "day", "20/11")
        await officer.press("enter")
        dated = desk.open().interests()[made[0].id]
        assert dated.answered_on == date(2026, 11, 20)
        assert dated.proof == proof
        assert dated.maximum_quantity == made[0].maximum_quantity
        await officer.press("e", "enter")
        assert officer.said == "Nothing was changed."
        await officer.press("u")

        # And it is taken back with a sentence.
        await officer.press("u")
        assert "Proof of the answer kept" in officer.said
        assert "taken back" in officer.said
        assert desk.open().interests()[made[0].id].proof is None

    work_with(desk, scenario)


def test_a_no_asks_for_no_maximum_and_a_yes_without_one_is_warned_of(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "calls")
        await look_at(officer, "i-c-energie")
        await officer.press("enter", "down", "enter", "enter")
        assert officer.said.startswith("Call for interest answered no: ")
        made = desk.open().interests()["i-c-energie"]
        assert made.answer is InterestAnswer.NO
        await officer.press("u")
        assert desk.open().interests()["i-c-energie"].answer is None
        assert section(officer).grid.row.standing.status == "ASKED"
        await officer.press("a", "enter", "enter")
        assert "without a maximum" in officer.said
        assert officer.app.said is not None
        assert officer.app.said[1] == "warning"

    work_with(desk, scenario)


def test_no_quantity_is_refused_and_a_late_answer_said_not_to_count(
    desk: Desk, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"We take it.")

    async def scenario(officer: Officer) -> None:
        before = len(desk.open().history())
        await view(officer, "calls")
        await look_at(officer, "i-p-materiel")
        await officer.press("a", "enter")
        await paste(officer, "beaucoup")
        await officer.press("enter")
        assert isinstance(officer.app.screen, Sheet)
        assert "beaucoup" in officer.text()
        await officer.press("escape")
        assert section(officer)
        assert len(desk.open().history()) == before
        await officer.press("a", "enter")
        await paste(officer, "40 postes")
        await officer.press("enter")
        assert "counts as no answer" in officer.said
        assert desk.open().interests()["i-p-materiel"].maximum_quantity == 40
        # The centre takes it in writing: it counts from the day of that paper.
        await look_at(officer, "i-p-materiel")
        assert section(officer).grid.row.standing.status == "NO_ANSWER"
        await officer.press("b")
        await type_in(officer, "file", str(letter))
        await officer.press("enter")
        assert "takes the answer" in officer.said
        taken = desk.open().interests()["i-p-materiel"].acceptance
        assert taken is not None
        assert (taken.file, taken.on) == ("letter.pdf", date(2026, 11, 23))
        assert section(officer).grid.row.standing.status == "YES"

    work_with(desk, scenario)


def test_among_the_frameworks_it_is_asked_who_answers(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "frameworks")
        await officer.press("a")
        assert isinstance(officer.app.screen, Several)
        await officer.press("space", "down", "space", "enter")
        await officer.press("down", "enter", "enter")
        assert officer.said == "Answers to calls for interest recorded: 2."
        made = desk.open().interests()
        assert made["i-c-energie"].answer is InterestAnswer.NO
        assert made["i-p-energie"].answer is InterestAnswer.NO
        assert made["i-z-energie"].answer is InterestAnswer.YES

        # They were one change, and are taken back as one.
        await officer.press("u")
        assert "Answers to calls for interest recorded: 2." in officer.said
        made = desk.open().interests()
        assert made["i-c-energie"].answer is None
        assert made["i-p-energie"].answer is None

    work_with(desk, scenario)


def test_a_due_day_in_the_past_is_not_taken(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "calls")
        await look_at(officer, f"{ENERGY}.cpas-clairsaule")
        await officer.press("i", "ctrl+u")
        await paste(officer, "1/10/2026")
        await officer.press("enter")
        assert f"{ENERGY}.cpas-clairsaule" not in desk.open().interests()
        assert "01/10/2026" in officer.text()
        await officer.press("ctrl+u")
        await paste(officer, "1/12/2026")
        await officer.press("enter")
        asked = desk.open().interests()[f"{ENERGY}.cpas-clairsaule"]
        assert asked.due == date(2026, 12, 1)
        assert asked.asked_on == date(2026, 11, 23)

    work_with(desk, scenario)


def test_a_paper_that_is_not_there_is_said_before_anything_is_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "box").mkdir()

    async def scenario(officer: Officer) -> None:
        await view(officer, "calls")
        await look_at(officer, "i-z-energie")
        await officer.press("b")
        for typed, told in (("no", "n’existe pas"), ("box", "répertoire")):
            await officer.press("ctrl+u")
            await paste(officer, typed)
            await officer.press("enter")
            assert isinstance(officer.app.screen, Question)
            assert told in officer.text()
        assert desk.open().interests()["i-z-energie"].proof is None

    work_with(desk, scenario)


def test_a_file_may_come_quoted_or_with_escaped_spaces(tmp_path: Path) -> None:
    paper = tmp_path / "a b.pdf"
    paper.write_bytes(b"")
    for typed in (f' "{paper}" ', f"'{paper}'", str(paper).replace(" ", "\\ ")):
        assert path_of(typed) == paper
    assert path_of("~nobody-of-that-name/x.pdf").name == "x.pdf"


def test_the_decision_on_an_adhesion_that_waits_is_filled_in(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "calls")
        await look_at(officer, "i-p-energie")
        await officer.press("d")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.record_id == "a-p-sibelga"
        await officer.press("ctrl+s")
        made = desk.open().adhesions()["a-p-sibelga"]
        assert made.status is AdhesionStatus.ADHERED
        assert made.decided_on == date(2026, 11, 23)
        await officer.press("u")
        kept = desk.open().adhesions()["a-p-sibelga"]
        assert kept.status is AdhesionStatus.PROPOSED
        # One that is decided stays as it is; one put off is decided anew.
        before = desk.open().adhesions()
        joined = next(
            each for each in before.values()
            if each.status is AdhesionStatus.ADHERED and each.number
        )  # fmt: skip
        off = next(
            each for each in before.values()
            if each.status is AdhesionStatus.POSTPONED
        )  # fmt: skip
        await view(officer, "adhesions")
        await look_at(officer, joined.id)
        await officer.press("d", "ctrl+s")
        assert desk.open().adhesions() == before
        await view(officer, "frameworks")
        at = next(
            row.framework.id for row in section(officer).grid.rows
            if row.framework.centre == joined.centre
        )  # fmt: skip
        await look_at(officer, at)
        await officer.press("d")
        name = desk.open().administrations()[joined.administration].name("fr")
        await paste(officer, name)
        await officer.press("enter")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.record_id == joined.id
        await officer.press("escape")
        await view(officer, "adhesions")
        await look_at(officer, off.id)
        await officer.press("d", "ctrl+s")
        anew = desk.open().adhesions()[off.id]
        assert (anew.number, anew.convention_on) == ("", None)
        assert anew.decided_on == date(2026, 11, 23)

    work_with(desk, scenario)


def test_a_new_adhesion_names_the_centre_and_who_was_chosen(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "centres")
        await look_at(officer, "spw")
        await officer.press("d")
        await paste(officer, "CPAS de Cl")
        await officer.press("enter", "ctrl+s")
        made = [a for a in desk.open().adhesions().values() if a.centre == "spw"]
        assert [a.administration for a in made] == ["cpas-clairsaule"]
        assert section(officer).view.id == "adhesions"
        assert section(officer).grid.row.id == made[0].id

    work_with(desk, scenario)


def test_a_decision_to_use_begins_with_the_framework(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "frameworks")
        await officer.press("y")
        form = officer.app.screen
        assert isinstance(form, Form)
        cells = form.cells()
        assert cells["framework"] == ENERGY
        assert cells["decided_on"] == "23/11/2026"

    work_with(desk, scenario)


def test_enter_opens_a_record_and_n_a_new_one_of_that_kind(
    desk: Desk,
) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "orders")
        await officer.press("enter")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.kind is UseDecision
        assert form.record_id == "u-c-licences"
        await officer.press("escape")
        await view(officer, "contracts")
        await officer.press("n")
        form = officer.app.screen
        assert isinstance(form, Form)
        assert form.kind is Contract
        assert not form.record_id

    work_with(desk, scenario)


def test_a_framework_leads_to_the_proposals_that_would_use_it(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "frameworks")
        await look_at(officer, "i-city-licences-2023")
        await officer.press("p")
        if officer.app.current_mode == "centres":  # several were offered
            await officer.press("enter")
        assert officer.app.current_mode == "proposals"
        await officer.press("3")
        await look_at(officer, "hainaut-sel-2022")
        await officer.press("p")
        assert officer.app.current_mode == "centres"
        assert "No proposal would use this framework agreement" in officer.said

    work_with(desk, scenario)


def test_the_history_of_a_framework_tells_its_calls_too(desk: Desk) -> None:
    desk.open().answer_interest(ENERGY, "commune-val-tilleul", InterestAnswer.NO)

    async def scenario(officer: Officer) -> None:
        await view(officer, "frameworks")
        await officer.press("o")
        assert "Réponse négative à l’appel à intérêt" in officer.text()

    work_with(desk, scenario)


def test_any_record_is_found_from_another_section(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        for id_, name in (
            (ENERGY, "frameworks"),
            ("i-p-energie", "calls"),
            ("i-c-licences", "frameworks"),
            ("paradigm", "centres"),
            ("a-p-sibelga", "adhesions"),
            ("u-c-licences", "orders"),
            ("k-jouets-2026", "contracts"),
        ):
            await officer.app.show("centres", id_)
            await officer.settle()
            assert section(officer).view.id == name
            assert id_ in aim(section(officer).grid.row).records
        assert not await section(officer).look_at("nothing-of-that-name")

    work_with(desk, scenario)


def test_the_mouse_shows_a_view_and_opens_a_row(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        here = await view(officer, "frameworks")
        second = officer.line(2).index("Intérêts")
        await officer.click(Views, at=(second + 1, 0))
        assert here.view.id == "calls"
        await officer.click(Grid, at=(12, 3))
        assert here.grid.at == 2
        await officer.pilot.double_click(Grid, offset=(12, 3))
        await officer.settle()
        assert isinstance(officer.app.screen, Picker)

    work_with(desk, scenario)


def test_nothing_that_makes_no_sense_is_offered(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await view(officer, "contracts")
        offered = {action.id for action, _ in section(officer).offered()}
        assert "centres.edit" in offered
        assert not offered & {
            "centres.answer",
            "centres.ask",
            "centres.prove",
            "centres.decide",
            "centres.use",
            "centres.proposals",
        }
        await view(officer, "calls")
        await look_at(officer, "i-c-energie")
        offered = {action.id for action, _ in section(officer).offered()}
        assert {"centres.answer", "centres.decide", "centres.use"} <= offered
        assert "centres.prove" not in offered

    work_with(desk, scenario)


def test_an_empty_register_says_what_to_do(tmp_path: Path) -> None:
    from jointbuy.workspace import Desk

    empty = Desk(str(tmp_path / "new.json"), date(2026, 11, 23), "fr")
    empty.open(create=True)

    async def scenario(officer: Officer) -> None:
        for each in Centres.views:
            await view(officer, each.id)
            assert "n note" in officer.text()

    work_with(empty, scenario)


def test_nobody_is_asked_twice(desk: Desk) -> None:
    with pytest.raises(UsageError):
        desk.open().ask_interest(ENERGY, "commune-val-tilleul")


# The catalogue of known centres.


async def centre_ids(officer: Officer) -> set[str]:
    """The purchasing centres of the register."""
    found = await officer.ask(lambda w: set(w.centres()))
    assert isinstance(found, set)
    return found


def test_a_known_centre_is_chosen_by_typing_and_taken_back(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        here = await view(officer, "frameworks")
        await officer.press("w")
        assert isinstance(officer.app.screen, Picker)
        await officer.write("flandre veb")
        assert "Vlaams Energiebedrijf" in officer.text()
        await officer.press("enter")
        kept = await centre_ids(officer)
        assert "veb" in kept
        assert here.view.id == "centres"
        row = here.grid.row
        assert row is not None
        assert row.id == "veb"
        await officer.press("w")
        await officer.write("CIRB")
        await officer.press("enter")
        assert "already, as paradigm" in str(officer.said)
        assert await centre_ids(officer) == kept
        await officer.press("u")
        assert await centre_ids(officer) == kept - {"veb"}

    work_with(desk, scenario, size=(80, 24))
