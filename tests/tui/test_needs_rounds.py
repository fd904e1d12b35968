"""The services asked for their needs, in the terminal: by keyboard alone, at 80x24."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.model import NeedsRound, NeedStatus, Reminder, ServiceAnswer
from jointbuy.store.port import Change
from jointbuy.tui.needs.rounding import bought_each_year
from jointbuy.tui.needs.rounds import AskedRow, remarks
from tests.tui.officer import work_with

if TYPE_CHECKING:
    from pathlib import Path

    from jointbuy.workspace import Desk, Workspace
    from tests.tui.officer import Officer


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The sample as it is where no service was asked yet."""
    store = desk.open().store
    kinds: tuple[type[Any], ...] = (NeedsRound, Reminder)
    store.commit(
        [
            Change(kind=kind, id=kept.value.id, value=None, seen=kept.revision)
            for kind in kinds
            for kept in store.all(kind)
        ],
        by="capucine-brindille",
        why="begin",
    )
    return desk


async def ask_all(officer: Officer, due: str = "31/1/2027") -> None:
    """Ask every contact person for the needs of next year."""
    await officer.press("v", "n", "tab")
    await officer.write(due)
    await officer.press("enter")


def states(workspace: Workspace) -> dict[str, object]:
    state = workspace.round_state("2027")
    return {each.service: each.answer for each in state.services if each.service}


def row(officer: Officer) -> AskedRow:
    found = officer.app.screen.grid.row  # type: ignore[attr-defined]
    assert isinstance(found, AskedRow)
    return found


def test_services_are_asked_answer_and_are_reminded(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        await officer.press("v")
        assert "n les interroge tous" in " ".join(officer.text().split())
        await officer.press("v")
        await ask_all(officer)
        assert "15 sur 15" in officer.text()
        assert "x Aucun" in officer.line(-1)
        await officer.press("down", "x")
        assert officer.said.startswith("Commune de Clairsaule – Openbare Werken needs")
        await officer.press("down", "enter", "left", "tab", "end")
        await officer.write(" (tél.)")
        await officer.press("enter")
        first = (await officer.ask(lambda w: w.round_state("2027").services))[:3]  # type: ignore[index]
        assert [each.answer for each in first] == [
            None, ServiceAnswer.NONE, ServiceAnswer.NEEDS,
        ]  # fmt: skip
        assert first[2].answered_by == "Capucine Brindille (tél.)"
        await officer.press("m")
        assert "13" in officer.text()
        await officer.press("enter")
        assert officer.said.startswith("Reminders to silent services: 13")
        assert len(await officer.ask(lambda w: w.reminders())) == 13  # type: ignore[arg-type]
        await officer.press("u", "u")
        assert not await officer.ask(lambda w: w.reminders())
        assert (await officer.ask(states))["Openbare Werken"] is ServiceAnswer.NONE  # type: ignore[index]
        await officer.press("space", "down", "space", "m", "enter")
        assert len(await officer.ask(lambda w: w.reminders())) == 2  # type: ignore[arg-type]
        await officer.press("c")
        assert officer.said.startswith("Needs round closed")
        before = len(await officer.ask(lambda w: w.history()))  # type: ignore[arg-type]
        await officer.press("x", "m", "escape")
        assert len(await officer.ask(lambda w: w.history())) == before  # type: ignore[arg-type]
        await officer.press("c")
        assert officer.said.startswith("Needs round opened again")

    work_with(desk, scenario)


def test_last_year_s_needs_are_carried_over_and_confirmed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def scenario(officer: Officer) -> None:
        await officer.press("v", "n")
        await officer.press("end", *["backspace"] * 4)
        await officer.write("2028")
        await officer.press("tab")
        await officer.write("+10w")
        await officer.press("enter")
        while row(officer).state.service != "Personnel":
            await officer.press("down")
        assert any("t carries them over" in str(each) for each in remarks(row(officer)))
        had = {need.id for need in row(officer).last_year}
        before = row(officer).last_year
        yearly = [need for need in before if bought_each_year(need)]
        await officer.press("t")
        assert all(need.title[:20] in officer.text() for need in before[:3])
        assert officer.text().count("✓ ") == len(yearly)
        await officer.press("enter")
        assert officer.said.startswith("Needs of last year carried over")
        every = await officer.ask(lambda w: w.needs())
        made = [n for n in every.values() if n.status is NeedStatus.DRAFT and n.origin]  # type: ignore[attr-defined]
        assert made
        assert all(need.origin.split()[2] in had for need in made)
        assert row(officer).state.silent
        await officer.ask(lambda w: w.set_need_status(made[0].id, NeedStatus.OPEN))
        await officer.press("ctrl+r")
        assert row(officer).state.answer is ServiceAnswer.NEEDS
        assert row(officer).needs[0].id == made[0].id
        await officer.press("E", "enter")
        text = (tmp_path / "round-2028.txt").read_text(encoding="utf-8")
        assert "Behoeften 2028: uw antwoord" in text
        assert "Besoins 2028\u00a0: votre réponse" in text
        assert "Wout Klaproos" not in text
        await officer.press("h", "enter", "e", "escape")
        assert row(officer).state.service == "Personnel"

    work_with(desk, scenario)


def test_the_contract_concluded_for_a_need_settles_it(desk: Desk) -> None:
    async def scenario(officer: Officer) -> None:
        need = officer.app.screen.grid.row  # type: ignore[attr-defined]
        await officer.press("K", "ctrl+s")
        assert officer.said.startswith("Contract concluded")
        needs = await officer.ask(lambda w: w.needs())
        assert needs[need.id].status is NeedStatus.SETTLED  # type: ignore[index]
        found = await officer.ask(lambda w: w.contracts())
        assert [k.title for k in found.values() if k.need == need.id] == [need.title]  # type: ignore[attr-defined]
        await officer.press("u")
        needs = await officer.ask(lambda w: w.needs())
        assert needs[need.id] == need  # type: ignore[index]

    work_with(desk, scenario)
