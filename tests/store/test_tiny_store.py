"""The store in a TinyDB file keeps the contract, and shares its file with others."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.table import Document, Table

from jointbuy.errors import JointbuyError, StaleRevision, StoreError
from jointbuy.model import Administration, Need
from jointbuy.store import Change, Damaged, Store
from jointbuy.store.files import Files
from jointbuy.store.memory import MemoryStore
from jointbuy.store.repair import write_register
from jointbuy.store.sealed import Rows, seal
from jointbuy.store.storage import RegisterStorage
from jointbuy.store.tables import RegisterDB
from jointbuy.store.tinydb import TinyStore
from tests.store.contract import (
    START,
    Clock,
    StoreContract,
    creating,
    need,
    removing,
    saving,
    titles,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="rights as POSIX knows them")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.json"


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestTinyStore(StoreContract):
    @pytest.fixture
    def store(self, path: Path) -> TinyStore:
        return TinyStore(path, create=True, now=Clock())

    @pytest.fixture
    def again(self, store: TinyStore) -> Callable[[], TinyStore]:
        return lambda: TinyStore(store.path)


class StrTable(Table):
    document_id_class = str  # type: ignore[assignment]


def test_plain_tinydb_opens_the_file_and_finds_the_needs(path: Path) -> None:
    store = TinyStore(path, create=True)
    store.commit(creating(need("a", "Paper"), need("b", "Fuel")), by="An", why="")
    database = TinyDB(path, access_mode="r")
    database.table_class = StrTable
    found = database.table("need").search(where("title") == "Fuel")
    assert [(str(one.doc_id), one["_revision"]) for one in found] == [("b", 1)]
    assert database.tables() == {"_meta", "need", "history"}
    database.close()


def test_our_tables_are_tinydb_tables(path: Path) -> None:
    TinyStore(path, create=True).commit(creating(need()), by="An", why="")
    database = RegisterDB(
        path, storage=RegisterStorage, create=False, files=Files(), timeout=1
    )
    table = database.table("need")
    assert str(table.search(where("title") == "Paper")[0].doc_id) == "n1"
    assert table.count(where("title") == "Fuel") == 0
    row = {"id": "n2", "administration": "commune", "title": "Fuel"}
    table.insert(Document(row, doc_id="n2"))  # type: ignore[arg-type]
    assert titles(TinyStore(path)) == ["Paper", "Fuel"]
    with pytest.raises(TypeError, match="its own id"):
        table.insert({"title": "no id"})
    database.drop_table("need")
    assert TinyStore(path).all(Need) == ()


def test_a_change_by_somebody_else_is_seen_at_once(path: Path) -> None:
    mine = TinyStore(path, create=True)
    other = TinyStore(path)
    assert titles(mine) == []
    other.commit(creating(need()), by="Jo", why="")
    assert titles(mine) == ["Paper"]
    other.commit(saving(need(title="Card"), seen=1), by="Jo", why="")
    assert mine.get(Need, "n1").value.title == "Card"
    assert [entry.by for entry in mine.history()] == ["Jo", "Jo"]


def test_what_somebody_else_left_alone_is_not_read_again(path: Path) -> None:
    mine = TinyStore(path, create=True)
    mine.commit(creating(need("a"), need("b")), by="An", why="")
    before = mine.all(Need)
    other = TinyStore(path)
    commune = Change(kind=Administration, id="c", value=Administration(id="c"))
    other.commit([commune], by="Jo", why="")
    assert mine.all(Need) is before
    assert len(mine.all(Administration)) == 1
    other.commit(saving(need("b", "Card"), seen=1), by="Jo", why="")
    assert titles(mine) == ["Paper", "Card"]
    assert mine.all(Need)[0] is before[0]


def test_records_that_somebody_else_put_in_another_order_are_seen_so(
    path: Path,
) -> None:
    mine = TinyStore(path, create=True)
    mine.commit(creating(need("a", "one"), need("b", "two")), by="An", why="")
    assert titles(mine) == ["one", "two"]
    tables = TinyStore(path)._storage.state().content.tables
    tables["need"] = Rows({id_: tables["need"][id_] for id_ in ("b", "a")})
    path.write_bytes(seal(tables, 9))
    assert titles(mine) == ["two", "one"]


def test_a_change_through_tinydb_itself_is_saved(path: Path) -> None:
    store = TinyStore(path, create=True)
    store.commit(creating(need("a"), need("b")), by="An", why="")
    before = store.all(Need)
    store._db.table("need").update({"title": "Card"}, where("id") == "b")
    assert titles(store) == titles(TinyStore(path)) == ["Paper", "Card"]
    assert [one.value.title for one in before] == ["Paper", "Paper"]


def test_a_step_that_fails_changes_nothing_in_memory_either(path: Path) -> None:
    store = TinyStore(path, create=True)
    store.commit(creating(need("a")), by="An", why="")

    def fail() -> None:
        with store._storage.step():
            store._table("need").put("b", {"id": "b"})
            store._table("need").drop("a")
            store._table("need").drop("c")

    with pytest.raises(KeyError):
        fail()
    assert titles(store) == titles(TinyStore(path)) == ["Paper"]


def test_two_people_who_edit_one_need_do_not_overwrite_each_other(path: Path) -> None:
    mine = TinyStore(path, create=True)
    mine.commit(creating(need()), by="An", why="")
    other = TinyStore(path)
    other.commit(saving(need(title="Card"), seen=1), by="Jo", why="")
    with pytest.raises(StaleRevision, match="Jo"):
        mine.commit(saving(need(title="Ink"), seen=1), by="An", why="")
    assert titles(TinyStore(path)) == ["Card"]


@pytest.mark.slow
def test_two_processes_that_insert_two_hundred_each_lose_none() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.writers", "--inserts", "200"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "inserts 400, kept 400, failed processes 0" in ran.stdout, ran.stderr
    assert ran.returncode == 0


def test_a_lock_that_somebody_holds_gives_a_sentence(path: Path) -> None:
    store = TinyStore(path, create=True, timeout=0.05)
    store.commit(creating(need()), by="An", why="")
    code = (
        "import sys, filelock\n"
        "with filelock.FileLock(sys.argv[1]):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, f"{path}.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(StoreError, match="Somebody else is saving"):
            store.commit(creating(need("n2")), by="An", why="")
        spare = path.with_name(f".{path.name}.1-ab.new")
        spare.write_bytes(b"half")
        assert titles(TinyStore(path)) == ["Paper"], "reading needs no lock"
        assert spare.exists(), "it may be theirs"
        holder.stdin.close()
    store.commit(creating(need("n2")), by="An", why="")


def test_half_written_copies_of_a_crash_are_removed_at_open(path: Path) -> None:
    TinyStore(path, create=True)
    spare = path.with_name(f".{path.name}.1-ab.new")
    spare.write_bytes(b"half")
    other = path.with_name(".other.json.1-ab.new")
    other.write_bytes(b"not ours")
    TinyStore(path)
    assert not spare.exists()
    assert other.exists()


@POSIX
def test_only_the_owner_can_read_a_register(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "new" / "folder" / "register.json"
        store = TinyStore(path, create=True)
        for number in range(4):
            store.commit(creating(need(f"n{number}")), by="An", why="")
    finally:
        os.umask(before)
    names = sorted(one.name for one in path.parent.iterdir())
    assert names == [
        "register.json",
        "register.json.bak1",
        "register.json.bak2",
        "register.json.bak3",
        "register.json.lock",
    ]
    assert {rights(one) for one in path.parent.iterdir()} == {0o600}
    assert {rights(path.parent), rights(path.parent.parent)} == {0o700}


@POSIX
@pytest.mark.parametrize(
    ("before", "after"), [(0o644, 0o600), (0o640, 0o600), (0o660, 0o660)]
)
def test_a_group_keeps_its_rights_only_where_it_may_write(
    path: Path, before: int, after: int
) -> None:
    store = TinyStore(path, create=True)
    path.chmod(before)
    store.commit(creating(need()), by="An", why="")
    assert rights(path) == after


@POSIX
def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "shared" / "register.json"
    link = tmp_path / "register.json"
    TinyStore(real, create=True)
    link.symlink_to(real)
    TinyStore(link).commit(creating(need()), by="An", why="")
    assert link.is_symlink()
    assert titles(TinyStore(real)) == ["Paper"]
    assert not link.with_name("register.json.bak1").exists()


def test_a_read_only_file_can_be_read_but_not_changed(path: Path) -> None:
    TinyStore(path, create=True).commit(creating(need()), by="An", why="")
    path.chmod(0o400)
    text = path.read_bytes()
    store = TinyStore(path)
    assert titles(store) == ["Paper"]
    with pytest.raises(StoreError, match="no right to change"):
        store.commit(creating(need("n2")), by="An", why="")
    assert path.read_bytes() == text
    path.chmod(0o600)
    store.commit(creating(need("n2")), by="An", why="")


def test_three_backups_are_kept_newest_first(path: Path) -> None:
    store = TinyStore(path, create=True)
    texts = [path.read_bytes()]
    for number in range(5):
        store.commit(creating(need(f"n{number}")), by="An", why="")
        texts.append(path.read_bytes())
    kept = [path.with_name(f"register.json.bak{n}") for n in (1, 2, 3)]
    assert [one.read_bytes() for one in kept] == [texts[-2], texts[-3], texts[-4]]
    assert not path.with_name("register.json.bak4").exists()


def test_backups_are_copies_where_a_drive_knows_no_second_names(path: Path) -> None:
    class Plain(Files):
        def link(self, path: Path, to: Path) -> None:
            raise OSError(1, "no links here")

    store = TinyStore(path, create=True, files=Plain())
    for number in range(3):
        text = path.read_bytes()
        store.commit(creating(need(f"n{number}")), by="An", why="")
        backup = path.with_name("register.json.bak1")
        assert backup.read_bytes() == text
        assert backup.stat().st_nlink == 1


def test_a_file_that_vanished_is_missed_in_a_sentence(path: Path) -> None:
    store = TinyStore(path, create=True)
    path.unlink()
    with pytest.raises(StoreError, match="no longer there"):
        store.all(Need)
    with pytest.raises(StoreError, match="no longer there"):
        store.commit(creating(need()), by="An", why="")
    assert not path.exists()


def test_a_file_damaged_while_open_is_not_overwritten(path: Path) -> None:
    store = TinyStore(path, create=True)
    store.commit(creating(need()), by="An", why="")
    path.write_bytes(b"")
    with pytest.raises(Damaged, match="empty"):
        store.all(Need)
    with pytest.raises(Damaged, match="empty"):
        store.commit(creating(need("n2")), by="An", why="")
    assert path.read_bytes() == b""


def test_a_commit_notices_a_save_that_left_the_same_mark(path: Path) -> None:
    class Coarse(Files):
        def mark(self, path: Path) -> Any:
            return "the same second, the same size"

        def read(self, path: Path) -> tuple[bytes, Any]:
            return super().read(path)[0], self.mark(path)

    TinyStore(path, create=True)
    mine = TinyStore(path, files=Coarse())
    TinyStore(path).commit(creating(need()), by="Jo", why="")
    assert titles(mine) == []
    with pytest.raises(StaleRevision):
        mine.commit(creating(need(title="Ink")), by="An", why="")
    assert titles(mine) == ["Paper"]


def test_a_drive_whose_locks_do_not_hold_loses_nothing(path: Path) -> None:
    class Unlocked:
        def release(self) -> None:
            pass

    class Leaky(Files):
        meanwhile: Callable[[], object] | None = None

        def lock(self, path: Path, *, mode: int, timeout: float) -> Unlocked:
            return Unlocked()

        def sync(self, handle: int) -> None:
            act, self.meanwhile = self.meanwhile, None
            if act:
                act()

    files = Leaky()
    mine = TinyStore(path, create=True, files=files)
    other = TinyStore(path, files=Leaky())
    files.meanwhile = lambda: other.commit(creating(need("jo")), by="Jo", why="")
    with pytest.raises(StoreError, match="changed while it was being saved"):
        mine.commit(creating(need("an")), by="An", why="")
    assert [one.value.id for one in mine.all(Need)] == ["jo"]
    mine.commit(creating(need("an")), by="An", why="")
    assert len(TinyStore(path).all(Need)) == 2


def test_a_drive_that_cannot_lock_is_refused_in_a_sentence(path: Path) -> None:
    class Lockless(Files):
        def lock(self, path: Path, *, mode: int, timeout: float) -> Any:
            raise NotImplementedError

    TinyStore(path, create=True)
    with pytest.raises(StoreError, match="cannot be locked"):
        TinyStore(path, files=Lockless()).commit(creating(need()), by="An", why="")


def test_opening_and_reading_writes_nothing_and_loads_little(path: Path) -> None:
    needs = [need(f"n{number}") for number in range(100)]
    write_register(path, needs, by="An", why="", at=START)
    code = (
        "import sys\n"
        "for name in ('fcntl', 'termios', 'pwd', 'msvcrt'): sys.modules[name] = None\n"
        "from jointbuy.model import Need\n"
        "from jointbuy.store import open_store\n"
        "print(len(open_store(sys.argv[1]).all(Need)))\n"
        "heavy = {'filelock', 'asyncio', 'textual', 'rich', 'numpy', 'click'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        cwd=ROOT,
    )
    assert ran.stdout.split("\n")[:2] == ["100", "[]"]
    assert [one.name for one in path.parent.iterdir()] == ["register.json"]


IDS = st.sampled_from("abc")
COMMANDS = st.lists(
    st.tuples(
        st.sampled_from([Need, Administration]),
        IDS,
        st.sampled_from(["save", "remove"]),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=3,
)


def test_memory_and_file_give_the_same_answers_to_the_same_commands(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def attempt(store: Store, changes: list[Change]) -> Any:
        try:
            return store.commit(changes, by="An", why="")
        except JointbuyError as error:
            return type(error), str(error)

    def made(kind: type, id_: str, verb: str, seen: int) -> Change:
        if verb == "remove":
            return Change(kind=kind, id=id_, value=None, seen=seen)
        value = need(id_, f"seen {seen}") if kind is Need else Administration(id=id_)
        return Change(kind=kind, id=id_, value=value, seen=seen)

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(COMMANDS, max_size=12))
    def check(batches: list[list[tuple[type, str, str, int]]]) -> None:
        path = tmp_path_factory.mktemp("same") / "register.json"
        memory = MemoryStore(now=lambda: datetime(2027, 1, 1, tzinfo=UTC))
        file = TinyStore(
            path, create=True, now=lambda: datetime(2027, 1, 1, tzinfo=UTC)
        )
        for batch in batches:
            changes = [made(*command) for command in batch]
            assert attempt(memory, changes) == attempt(file, changes)
        there = TinyStore(path)
        for kind in (Need, Administration):
            assert memory.all(kind) == file.all(kind) == there.all(kind)
        assert memory.history() == file.history() == there.history()

    check()


def test_a_register_that_was_removed_from_is_removed_from_on_disk(path: Path) -> None:
    store = TinyStore(path, create=True)
    store.commit(creating(need()), by="An", why="")
    store.commit(removing("n1", seen=1), by="An", why="")
    with pytest.raises(KeyError):
        TinyStore(path)._storage.read()["need"]["n1"]
