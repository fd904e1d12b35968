"""A file that is not what was saved is refused, never read as something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import StoreError
from jointbuy.model import RECORDS, Contract, Need
from jointbuy.store import Damaged, open_store
from jointbuy.store.tinydb import TinyStore
from tests.store.contract import START, Clock, creating, need, saving, titles


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small register with two needs, one of them changed."""
    path = tmp_path / "register.json"
    store = TinyStore(path, create=True, now=Clock())
    store.commit(creating(need(title="Papier à lettres"), need("n2")), by="An", why="")
    store.commit(saving(need("n2", "Fuel"), seen=1), by="Jo", why="")
    return path


@pytest.fixture
def alone(path: Path) -> Path:
    """The same, without any backup beside it."""
    for backup in path.parent.glob("*.bak*"):
        backup.unlink()
    return path


def everything(path: Path) -> Any:
    store = TinyStore(path)
    return [store.all(kind) for kind in RECORDS], store.history()


def test_a_register_that_is_not_there_is_not_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    with pytest.raises(StoreError, match=r"There is no register at .*none\.json"):
        open_store(path)
    assert list(tmp_path.iterdir()) == []


def test_a_lost_register_with_a_backup_is_not_begun_anew(path: Path) -> None:
    path.unlink()
    for create in (False, True):
        with pytest.raises(StoreError, match=r"its backup register\.json\.bak1 is"):
            open_store(path, create=create)
    assert not path.exists()


def test_creating_where_a_register_is_opens_it(path: Path) -> None:
    assert titles(open_store(path, create=True)) == ["Papier à lettres", "Fuel"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\0" * 400, "overwritten with zeros"),
        (b'{"_meta":{"1":{"format":1' + b"\0" * 40, "overwritten with zeros"),
        (b"[]", "not a register"),
        (b"5", "not a register"),
        (b"null", "not a register"),
        (b"{}", "not a register"),
        (b'{"need":{}}', "not a register"),
        (b"title;estimate\nPaper;5\n", "cut off or damaged"),
        (b"PK\x03\x04 a spreadsheet", "cut off or damaged"),
        ('{"title":"é"}'.encode("latin-1"), "cut off or damaged"),
        ('﻿{"_meta":{"1":{"format":1}}}'.encode(), "cut off or damaged"),
        (b'{"_meta":{"1":{"format":1}}} and more', "cut off or damaged"),
        (b'{"_meta":{"1":{"format":1}},"need":NaN}', "cut off or damaged"),
        (b"[" * 100_000, "cut off or damaged"),
        (b'{"_meta":[]}', "first lines"),
        (b'{"_meta":{"1":{}}}', "first lines"),
        (b'{"_meta":{"1":{"format":true}}}', "first lines"),
        (b'{"_meta":{"1":{"format":0}}}', "first lines"),
        (b'{"_meta":{"1":{"format":"1"}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1,"shape":2}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1},"2":{}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1,"sha256":"ab"}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1,"generation":-1}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1,"generation":true}}}', "first lines"),
        (b'{"_meta":{"1":{"format":1,"generation":1,"sha256":7}}}', "first lines"),
        (b'{"_meta":{"1":{"format":2}}}', "newer version"),
        (b'{"_meta":{"1":{"format":1}},"needs":{}}', "table that is unknown"),
        (b'{"_meta":{"1":{"format":1}},"need":[]}', "tables is damaged"),
        (b'{"_meta":{"1":{"format":1}},"need":{"n1":5}}', "records is damaged"),
    ],
    ids=lambda value: ascii(value)[:40],
)
@pytest.mark.parametrize("create", [False, True])
def test_a_file_that_is_no_register_is_refused_with_the_way_out(
    path: Path, text: bytes, reason: str, create: bool
) -> None:
    path.write_bytes(text)
    with pytest.raises(Damaged, match=reason) as caught:
        open_store(path, create=create)
    told = str(caught.value)
    assert str(path) in told
    assert "register.json.bak1" in told
    assert "“jointbuy restore”" in told
    assert caught.value.backup == path.with_name("register.json.bak1")
    assert not caught.value.edited
    assert path.read_bytes() == text


def test_without_an_intact_backup_the_refusal_says_so(path: Path) -> None:
    path.write_bytes(b"")
    for backup in path.parent.glob("*.bak*"):
        backup.write_bytes(b"{")
    with pytest.raises(Damaged, match="no intact backup") as caught:
        open_store(path)
    assert caught.value.backup is None


def test_a_register_cut_off_at_any_length_is_refused_or_the_same(alone: Path) -> None:
    text, whole = alone.read_bytes(), everything(alone)
    same = 0
    for length in range(len(text)):
        alone.write_bytes(text[:length])
        try:
            found = everything(alone)
        except Damaged:
            continue
        assert found == whole, length
        same += 1
    assert same <= 1, "only the last line end may be missing"


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_a_changed_byte_at_any_place_is_refused_or_harmless(
    alone: Path, bit: int
) -> None:
    text, whole = alone.read_bytes(), everything(alone)
    refused = 0
    for place in range(len(text)):
        changed = bytearray(text)
        changed[place] ^= bit
        alone.write_bytes(changed)
        try:
            found = everything(alone)
        except Damaged:
            refused += 1
            continue
        assert found == whole, place
    assert refused > 0.98 * len(text)


def test_a_block_of_zeros_at_any_place_is_refused(alone: Path) -> None:
    text = alone.read_bytes()
    for place in range(0, len(text) - 16, 7):
        alone.write_bytes(text[:place] + b"\0" * 16 + text[place + 16 :])
        with pytest.raises(Damaged):
            TinyStore(alone)


def test_lines_taken_out_or_in_another_order_are_refused(alone: Path) -> None:
    lines = alone.read_bytes().splitlines(keepends=True)
    for place in range(1, len(lines)):
        for other in (
            lines[:place] + lines[place + 1 :],
            [*lines[: place - 1], lines[place], lines[place - 1], *lines[place + 1 :]],
        ):
            alone.write_bytes(b"".join(other))
            with pytest.raises(Damaged):
                TinyStore(alone)


def test_an_edit_by_hand_is_refused_with_both_ways_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Fuel"', '"Petrol"'), encoding="utf-8")
    with pytest.raises(Damaged, match="changed outside jointbuy") as caught:
        open_store(path)
    told = str(caught.value)
    assert "“jointbuy restore --accept-changes”" in told
    assert "“jointbuy restore”" in told
    assert caught.value.edited
    assert caught.value.backup


def test_an_edit_by_hand_without_a_backup_can_only_be_taken_over(alone: Path) -> None:
    text = alone.read_text(encoding="utf-8")
    alone.write_text(text.replace('"Fuel"', '"Petrol"'), encoding="utf-8")
    with pytest.raises(Damaged, match="--accept-changes") as caught:
        open_store(alone)
    assert "“jointbuy restore”" not in str(caught.value)


@pytest.mark.parametrize("field", ["sha256", "generation"])
def test_a_seal_that_was_taken_out_is_noticed(path: Path, field: str) -> None:
    plain = json.loads(path.read_bytes())
    del plain["_meta"]["1"][field]
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(Damaged):
        open_store(path)


def test_the_generation_is_part_of_what_is_sealed(path: Path) -> None:
    plain = json.loads(path.read_bytes())
    plain["_meta"]["1"]["generation"] += 1
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(Damaged, match="changed outside"):
        open_store(path)


def test_another_layout_of_the_same_content_is_the_same_register(alone: Path) -> None:
    whole = everything(alone)
    plain = json.loads(alone.read_bytes())
    alone.write_text(json.dumps(plain, indent=4), encoding="ascii")
    assert everything(alone) == whole


# Registers written by hand, not sealed yet


def by_hand(path: Path, **tables: Any) -> Path:
    plain = {"_meta": {"1": {"format": 1}}, **tables}
    path.write_text(json.dumps(plain, indent=2), encoding="utf-8")
    return path


PAPER = {"id": "n1", "administration": "commune", "title": "Paper"}


def test_a_register_written_by_hand_opens_and_is_left_alone(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "register.json", need={"n1": PAPER})
    text = path.read_bytes()
    stored = open_store(path).get(Need, "n1")
    assert (stored.value, stored.revision, stored.by) == (need(), 1, "")
    assert path.read_bytes() == text
    assert [one.name for one in tmp_path.iterdir()] == ["register.json"]


def test_a_register_written_by_hand_is_sealed_at_its_first_save(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "register.json", need={"n1": PAPER})
    store = TinyStore(path, now=Clock())
    entry = store.commit(saving(need(title="Card"), seen=1), by="An", why="")
    assert entry.number == 2
    there = TinyStore(path)
    taken_over, changed = there.history()
    assert [c.after for c in taken_over.changes] == [need()]
    assert (taken_over.by, taken_over.why) == ("", "")
    assert changed == entry
    assert there.get(Need, "n1").revision == 2
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Card", "Carl"), encoding="utf-8")
    with pytest.raises(Damaged, match="changed outside"):
        TinyStore(path)


def test_what_was_stamped_by_hand_keeps_its_stamp(tmp_path: Path) -> None:
    stamp = {"_revision": 3, "_by": "An", "_at": "2026-11-20T10:00:00+01:00"}
    path = by_hand(tmp_path / "register.json", need={"n1": {**PAPER, **stamp}})
    stored = open_store(path).get(Need, "n1")
    assert (stored.revision, stored.by, stored.at) == (3, "An", START)
    open_store(path).commit(saving(need("n1", "Card"), seen=3), by="Jo", why="")
    assert open_store(path).get(Need, "n1").revision == 4
    assert open_store(path).history()[0].changes[0].revision == 3


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        ({"need": {"n1": {**PAPER, "titel": "x"}}}, "need.n1.titel"),
        ({"need": {"n1": {**PAPER, "estimate": "a lot"}}}, "need.n1.estimate"),
        ({"need": {"n1": {"id": "n1", "title": "Paper"}}}, "need.n1"),
        ({"need": {"n2": PAPER}}, "need.n2.id"),
        ({"need": {"n1": {**PAPER, "_revision": 0}}}, "need.n1._revision"),
        ({"need": {"n1": {**PAPER, "_revision": True}}}, "need.n1._revision"),
        ({"need": {"n1": {**PAPER, "_by": 5}}}, "need.n1._by"),
        ({"need": {"n1": {**PAPER, "_at": "2026-11-20"}}}, "need.n1._at"),
        ({"need": {"n1": {**PAPER, "_at": "today"}}}, "need.n1._at"),
        ({"history": {"1": {"number": 2}}}, "history.1.number"),
        ({"history": {"1": {"number": 1}}}, "history.1.by"),
        (
            {"history": {"1": {"number": 1, "by": "", "why": "", "changes": [{}]}}},
            "history.1",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_record_written_by_hand_that_is_wrong_is_named(
    tmp_path: Path, tables: dict[str, Any], place: str
) -> None:
    path = by_hand(tmp_path / "register.json", **tables)
    with pytest.raises(Damaged, match=place) as caught:
        open_store(path)
    assert str(path) in str(caught.value)


def test_who_looks_up_needs_does_not_stumble_over_a_wrong_contract(
    tmp_path: Path,
) -> None:
    tables = {"need": {"n1": PAPER}, "contract": {"c1": {"id": "c1"}}}
    path = by_hand(tmp_path / "register.json", **tables)
    text = path.read_bytes()
    with pytest.raises(Damaged, match=r"contract\.c1"):
        open_store(path)
    store = open_store(path, whole=False)
    assert [stored.value for stored in store.all(Need)] == [need()]
    with pytest.raises(Damaged, match=r"contract\.c1"):
        store.all(Contract)
    with pytest.raises(Damaged, match=r"contract\.c1"):
        store.commit(saving(need(title="Card"), seen=1), by="An", why="")
    assert path.read_bytes() == text


# Other places


@pytest.mark.parametrize(
    "location", ["postgresql://an:secret@host/db", "postgres://host/db"]
)
def test_a_server_is_refused_without_repeating_the_password(location: str) -> None:
    with pytest.raises(StoreError, match="keeps registers in files") as caught:
        open_store(location)
    assert "secret" not in str(caught.value)


def test_another_scheme_is_refused_by_name() -> None:
    with pytest.raises(StoreError, match="mysql://") as caught:
        open_store("mysql://an:secret@host/db")
    assert "secret" not in str(caught.value)


def test_a_folder_is_not_a_register(tmp_path: Path) -> None:
    for create in (False, True):
        with pytest.raises(StoreError, match="is a folder"):
            open_store(tmp_path, create=create)


def test_a_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be the name"):
        open_store("with a NUL \0.json")
    loop = tmp_path / "loop.json"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(StoreError):
        open_store(loop, create=True)


def test_a_register_below_a_file_is_refused(path: Path) -> None:
    for create in (False, True):
        with pytest.raises(StoreError):
            open_store(path / "register.json", create=create)
