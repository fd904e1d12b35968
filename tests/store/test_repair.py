"""Checking, restoring and taking over a register, and writing one in a go."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jointbuy import store as stores
from jointbuy.errors import BadRecord, StaleRevision, StoreError, UsageError
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Administration,
    AskedService,
    Candidate,
    CandidateKind,
    ContactPerson,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    LocalText,
    Need,
    NeedsRound,
    Order,
    Programme,
    PurchasingCentre,
    Record,
    Register,
    UseDecision,
)
from jointbuy.store import Change, Damaged, open_store
from jointbuy.store.repair import (
    accept_changes,
    check_register,
    restore,
    write_register,
)
from jointbuy.store.tinydb import TinyStore
from tests.store.contract import START, Clock, creating, need, removing, saving, titles

COMMUNE = Administration(id="commune", names=LocalText(fr="Exemple", nl="Voorbeeld"))


@pytest.fixture(autouse=True)
def _brussels(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sentences tell the hour of the place where the reader is."""
    if not hasattr(time, "tzset"):
        yield
        return
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Brussels"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    store = TinyStore(path, create=True, now=Clock())
    commune = Change(kind=Administration, id="commune", value=COMMUNE)
    store.commit([commune, *creating(need("n1"), need("n2"))], by="An", why="")
    store.commit(saving(need("n2", "Fuel"), seen=1), by="Jo", why="")
    store.commit(creating(need("n3", "Toys")), by="An", why="")
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rewrite(path: Path, change: Any) -> None:
    plain = json.loads(path.read_bytes())
    change(plain)
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=2), encoding="utf-8")


# Restoring


def test_a_damaged_register_is_restored_from_its_newest_backup(path: Path) -> None:
    damaged = path.read_bytes()[:-80]
    path.write_bytes(damaged)
    told = restore(path, now=Clock())
    assert titles(open_store(path)) == ["Paper", "Fuel"]
    aside = path.with_name("register.json.damaged-20261120T090000Z")
    assert aside.read_bytes() == damaged
    values = {arg.name: (arg.kind, arg.text) for arg in told.args}
    assert values["backup"] == ("text", "register.json.bak1")
    assert values["by"] == ("text", "Jo")
    assert values["day"] == ("day", "2026-11-20")
    assert values["time"] == ("text", "10:01")
    assert values["aside"] == ("text", aside.name)
    assert "Enter again what was saved after that" in str(told)


def test_a_damaged_backup_is_passed_over_for_an_older_one(path: Path) -> None:
    path.write_bytes(b"")
    path.with_name("register.json.bak1").write_bytes(b"{")
    told = restore(path)
    assert "register.json.bak2" in str(told)
    assert titles(open_store(path)) == ["Paper", "Paper"]


def test_a_backup_changed_by_hand_is_no_intact_backup(path: Path) -> None:
    path.write_bytes(b"")
    edit(path.with_name("register.json.bak1"), '"Fuel"', '"Petrol"')
    assert "register.json.bak2" in str(restore(path))


def test_a_register_that_was_removed_is_restored(path: Path) -> None:
    path.unlink()
    told = restore(path)
    assert "damaged" not in str(told)
    assert titles(open_store(path)) == ["Paper", "Fuel"]


def test_an_edit_by_hand_can_be_undone_by_restoring(path: Path) -> None:
    edit(path, '"Toys"', '"Guns"')
    restore(path)
    assert titles(open_store(path)) == ["Paper", "Fuel"]
    (aside,) = path.parent.glob("*.damaged-*")
    assert b"Guns" in aside.read_bytes()


def test_a_restored_register_goes_on_and_keeps_its_backups(path: Path) -> None:
    mine = TinyStore(path)
    path.write_bytes(b"")
    restore(path)
    mine.commit(creating(need("n4", "Paint")), by="An", why="")
    assert titles(TinyStore(path)) == ["Paper", "Fuel", "Paint"]
    assert check_register(path) == ()


def test_a_register_as_it_was_made_is_restored_too(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    TinyStore(path, create=True).commit(creating(need()), by="An", why="")
    path.write_bytes(b"")
    assert "as it was when it was made" in str(restore(path))
    assert open_store(path).all(Need) == ()


def test_an_intact_register_is_not_restored(path: Path) -> None:
    text = path.read_bytes()
    with pytest.raises(UsageError, match="is intact"):
        restore(path)
    assert path.read_bytes() == text


def test_nothing_is_restored_without_an_intact_backup(path: Path) -> None:
    path.write_bytes(b"broken")
    for backup in path.parent.glob("*.bak*"):
        backup.write_bytes(b"")
    with pytest.raises(StoreError, match=r"no intact backup .*bak1.*bak3"):
        restore(path)
    assert path.read_bytes() == b"broken"


# Taking over edits by hand


def test_an_edit_that_is_accepted_becomes_part_of_the_history(path: Path) -> None:
    edit(path, '"title":"Fuel","_revision"', '"title":"Petrol","_revision"')
    told = accept_changes(path, by="Jo", why="typo", now=Clock())
    assert next(arg.text for arg in told.args if arg.name == "count") == "1"
    store = open_store(path)
    stored = store.get(Need, "n2")
    assert (stored.value.title, stored.revision, stored.by) == ("Petrol", 3, "Jo")
    entry = store.history()[-1]
    (changed,) = entry.changes
    assert (entry.number, entry.by, entry.why, entry.at) == (4, "Jo", "typo", START)
    assert changed.before == need("n2", "Fuel")
    assert changed.after == need("n2", "Petrol")
    assert check_register(path) == ()


def test_records_added_and_removed_by_hand_are_told_apart(path: Path) -> None:
    def change(plain: Any) -> None:
        del plain["need"]["n1"]
        plain["need"]["n9"] = {"id": "n9", "administration": "commune", "title": "New"}

    rewrite(path, change)
    accept_changes(path, by="Jo", why="", now=Clock())
    store = open_store(path)
    assert titles(store) == ["Fuel", "Toys", "New"]
    told = [(c.id, c.before, c.after, c.revision) for c in store.history()[-1].changes]
    assert told == [
        ("n9", None, need("n9", "New"), 1),
        ("n1", need("n1"), None, 2),
    ]
    back = store.commit(creating(need("n1")), by="An", why="undo")
    assert back.changes[0].revision == 3


def test_a_stamp_changed_by_hand_is_put_right(path: Path) -> None:
    def change(plain: Any) -> None:
        plain["need"]["n2"]["_revision"] = 7
        plain["need"]["n2"]["_by"] = "Nobody"

    rewrite(path, change)
    accept_changes(path, by="An", why="")
    stored = open_store(path).get(Need, "n2")
    assert (stored.revision, stored.by) == (2, "Jo")
    assert len(open_store(path).history()) == 3


def test_a_change_that_the_history_was_given_too_is_not_called_none(path: Path) -> None:
    edit(path, "Fuel", "Petrol")
    said = str(accept_changes(path, by="An", why=""))
    assert open_store(path).get(Need, "n2").value.title == "Petrol"
    assert "cannot be told" in said
    assert ": 0" not in said


@pytest.mark.parametrize("address", ["postgresql://host/register", "https://host/r"])
def test_a_register_on_a_server_is_not_looked_for_as_a_file(address: str) -> None:
    for act in (stores.check_register, stores.restore):
        with pytest.raises(StoreError, match=r"register\.json"):
            act(address)
    with pytest.raises(StoreError, match=r"register\.json"):
        stores.accept_changes(address)


def test_somebody_who_had_it_open_notices_what_was_accepted(path: Path) -> None:
    mine = TinyStore(path)
    seen = mine.get(Need, "n2").revision
    edit(path, '"title":"Fuel","_revision"', '"title":"Petrol","_revision"')
    accept_changes(path, by="Jo", why="")
    with pytest.raises(StaleRevision, match="“Petrol”"):
        mine.commit(saving(need("n2", "Gas"), seen=seen), by="An", why="")


def test_an_edit_that_broke_a_record_is_not_accepted(path: Path) -> None:
    edit(path, '"title":"Fuel","_revision"', '"titel":"Fuel","_revision"')
    text = path.read_bytes()
    with pytest.raises(Damaged, match=r"need\.n2"):
        accept_changes(path, by="Jo", why="")
    assert path.read_bytes() == text


def test_a_cut_off_file_is_not_accepted(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Damaged, match="cut off"):
        accept_changes(path, by="Jo", why="")


def test_there_must_be_something_to_accept(path: Path) -> None:
    with pytest.raises(UsageError, match="nothing was changed"):
        accept_changes(path, by="Jo", why="")


def test_what_was_there_before_is_kept_as_a_backup(path: Path) -> None:
    edit(path, '"title":"Fuel","_revision"', '"title":"Petrol","_revision"')
    edited = path.read_bytes()
    accept_changes(path, by="Jo", why="")
    assert path.with_name("register.json.bak1").read_bytes() == edited


def test_a_register_written_by_hand_can_be_sealed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    row = {"id": "n1", "administration": "commune", "title": "Paper"}
    plain = {"_meta": {"1": {"format": 1}}, "need": {"n1": row}}
    path.write_text(json.dumps(plain), encoding="utf-8")
    accept_changes(path, by="An", why="written by hand")
    stored = open_store(path).get(Need, "n1")
    assert (stored.value, stored.revision, stored.by) == (need(), 1, "An")
    assert open_store(path).history()[0].why == "written by hand"


# Writing a register in a go


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    values: list[Record] = [
        COMMUNE,
        need("n1"),
        need("n2", "Fuel"),
        Register(day=date(2027, 1, 4)),
    ]
    texts = []
    for name in "ab":
        path = tmp_path / name / "register.json"
        path.parent.mkdir()
        write_register(path, values, by="An", why="sample", at=START)
        texts.append(path.read_bytes())
        assert [one.name for one in path.parent.iterdir()] == ["register.json"]
    assert texts[0] == texts[1]
    store = open_store(tmp_path / "a" / "register.json")
    assert store.get(Register, "register").value.day == date(2027, 1, 4)
    (entry,) = store.history()
    assert (entry.by, entry.why, entry.at) == ("An", "sample", START)
    assert {c.id for c in entry.changes} == {"commune", "n1", "n2", "register"}


def test_a_register_is_never_written_over_another_file(path: Path) -> None:
    text = path.read_bytes()
    with pytest.raises(StoreError, match="exists already"):
        write_register(path, [need()], by="An", why="", at=START)
    assert path.read_bytes() == text


def test_a_wrong_record_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    bad: Any = need(title=5)  # type: ignore[arg-type]
    with pytest.raises(BadRecord, match=r"need\.n1"):
        write_register(path, [bad], by="An", why="", at=START)
    with pytest.raises(UsageError, match="twice"):
        write_register(path, [need(), need()], by="An", why="", at=START)
    assert not path.exists()


# Checking


def test_a_sound_register_has_no_problems(path: Path) -> None:
    assert check_register(path) == ()


def test_a_damaged_register_has_one_problem(path: Path) -> None:
    path.write_bytes(b"")
    (problem,) = check_register(path)
    assert "is empty" in str(problem)


def test_the_store_package_offers_the_repairs_by_name(path: Path) -> None:
    edit(path, '"title":"Fuel","_revision"', '"title":"Petrol","_revision"')
    assert len(stores.check_register(path)) == 1
    stores.accept_changes(path, by="Jo", why="typo")
    assert stores.check_register(path) == ()
    path.write_bytes(b"")
    assert len(stores.check_register(path)) == 1
    stores.restore(path)
    # the newest backup is the file as it was edited, which no seal covers
    assert titles(open_store(path)) == ["Paper", "Fuel"]


def test_every_wrong_record_of_an_edited_register_is_told(path: Path) -> None:
    edit(path, '"title":"Fuel","_revision"', '"titel":"Fuel","_revision"')
    edit(path, '"title":"Toys","_revision"', '"title":5,"_revision"')
    told = [str(problem) for problem in check_register(path)]
    assert len(told) == 3
    assert "changed outside jointbuy" in told[0]
    assert "need.n2" in told[1]
    assert "need.n3.title" in told[2]


def test_a_register_that_is_not_there_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no longer there"):
        check_register(tmp_path / "none.json")


def test_every_reference_to_nothing_is_told_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    candidate = Candidate(
        id="c",
        kind=CandidateKind.JOINT,
        needs=("n1", "lost need"),
        administrations=("commune", "lost administration"),
        framework="lost framework",
    )
    values: list[Record] = [
        Register(home="lost home"),
        Administration(
            id="commune", neighbours=("lost neighbour",), belongs_to=("commune",)
        ),
        ContactPerson(
            id="p", administration="commune", name="An", successor="lost person"
        ),
        need("n1", contact="lost contact", replaces="k"),
        need("n2", contact="p", replaces="lost contract"),
        Contract(id="k", administration="lost owner", title="Paper", successor="n1",
                 framework="lost cover", need="lost cause"),
        NeedsRound(id="r", title="Needs", previous="lost round", services=(
            AskedService(administration="commune", contact="p"),
            AskedService(administration="lost asked", contact="lost referent"))),
        Order(id="o", framework="lost source", administration="commune", need="n1"),
        Programme(id="g", centre="lost house"),
        Adhesion(id="a", centre="centre", administration="commune", programme="lost g"),
        ActionPoint(id="t", title="Write", contact="lost actor"),
        PurchasingCentre(id="centre"),
        FrameworkAgreement(id="f1", centre="lost centre", successor="lost heir"),
        FrameworkAgreement(id="f2", centre="centre"),
        Interest(id="i", administration="commune", framework="f1"),
        UseDecision(id="u", need="n1", framework="f9"),
        Dossier(id="d", candidate=candidate, pilot="lost pilot"),
    ]  # fmt: skip
    write_register(path, values, by="An", why="", at=START)
    told = {
        tuple(arg.text for arg in problem.args if arg.name in ("field", "target"))
        for problem in check_register(path)
    }
    assert told == {
        ("home", "lost home"),
        ("neighbours", "lost neighbour"),
        ("successor", "lost person"),
        ("contact", "lost contact"),
        ("replaces", "lost contract"),
        ("administration", "lost owner"),
        ("framework", "lost cover"),
        ("need", "lost cause"),
        ("previous", "lost round"),
        ("services.administration", "lost asked"),
        ("services.contact", "lost referent"),
        ("framework", "lost source"),
        ("centre", "lost house"),
        ("programme", "lost g"),
        ("contact", "lost actor"),
        ("successor", "lost heir"),
        ("centre", "lost centre"),
        ("framework", "f9"),
        ("pilot", "lost pilot"),
        ("candidate.needs", "lost need"),
        ("candidate.administrations", "lost administration"),
        ("candidate.framework", "lost framework"),
    }
    known = {"lost centre", "f9", "lost framework"}
    assert len(check_register(path, known=known)) == len(told) - len(known)


def test_removing_what_others_refer_to_shows_in_a_check(path: Path) -> None:
    store = TinyStore(path, now=lambda: datetime(2027, 1, 1, tzinfo=UTC))
    gone = [Change(kind=Administration, id="commune", value=None, seen=1)]
    store.commit([*gone, *removing("n1", seen=1)], by="An", why="")
    assert [arg.text for p in check_register(path) for arg in p.args[:1]] == [
        "Fuel",
        "Toys",
    ]
