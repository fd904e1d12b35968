"""Whatever the operating system refuses, the register stays as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import StoreError
from jointbuy.model import Need
from jointbuy.store.files import Files, backups, leftovers
from jointbuy.store.repair import accept_changes, restore
from jointbuy.store.sealed import unseal
from jointbuy.store.tinydb import TinyStore
from tests.store.contract import Clock, creating, need, saving, titles

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs signals and limits of POSIX")
CALLS = sorted(name for name in vars(Files) if not name.startswith("_"))
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)


class FailingFiles(Files):
    """Files whose call number `at` fails; with `on`, every later one too."""

    def __init__(self) -> None:
        self.at = -1
        self.on = False
        self.number = errno.EIO
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        return self._counted(name, found) if name in CALLS else found

    def _counted(self, name: str, call: Any) -> Any:
        def act(*args: Any, **options: Any) -> Any:
            self.calls.append(name)
            count = len(self.calls) - 1
            if self.at >= 0 and (count == self.at or (self.on and count > self.at)):
                raise OSError(self.number, os.strerror(self.number))
            return call(*args, **options)

        return act


class ShortFiles(Files):
    """Files of which each write takes a few bytes only."""

    def write(self, handle: int, text: bytes) -> None:
        for start in range(0, len(text), 7):
            super().write(handle, text[start : start + 7])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    store = TinyStore(path, create=True, now=Clock())
    for number in range(5):
        store.commit(creating(need(f"n{number}")), by="An", why="")
    return path


def calls_of_a_commit(path: Path) -> list[str]:
    files = FailingFiles()
    store = TinyStore(path, files=files)
    files.calls.clear()
    store.commit(creating(need("counted")), by="An", why="")
    return files.calls


def test_a_commit_is_on_the_disk_before_it_takes_its_place(path: Path) -> None:
    calls = calls_of_a_commit(path)
    order = [calls.index(name) for name in ("lock", "create", "write", "sync", "close")]
    order += [calls.index("link"), len(calls) - 1 - calls[::-1].index("replace")]
    order += [calls.index("sync_folder")]
    assert order == sorted(order)
    assert calls[-1] == "sync_folder"


@pytest.mark.parametrize("on", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.__getitem__)
def test_a_failure_of_any_call_leaves_the_register_as_it_was(
    path: Path, number: int, on: bool
) -> None:
    total = len(calls_of_a_commit(path))
    assert total > 10
    survived = 0
    for at in range(total):
        files = FailingFiles()
        store = TinyStore(path, files=files)
        before = path.read_bytes()
        known = titles(store)
        files.calls.clear()
        files.at, files.number, files.on = at, number, on
        told = ""
        try:
            store.commit(creating(need(f"new{at}", f"New {at}")), by="Jo", why="")
        except StoreError as error:
            told = str(error)
        done = not told
        assert done or str(path) in told
        failed_at = files.calls[at]
        files.at = -1
        survived += done
        if failed_at == "sync_folder":
            assert titles(TinyStore(path)) == [*known, f"New {at}"]
        elif done:
            assert failed_at == "link", "only a second name can be done without"
        else:
            assert path.read_bytes() == before
        there = TinyStore(path)
        assert leftovers(path) == ()
        assert store.all(Need) == there.all(Need), "memory is what the disk is"
        assert store.history() == there.history()
        kept = [backup for backup in backups(path) if backup.exists()]
        assert kept, "some backup is left"
        assert all(unseal(backup.read_bytes()).generation for backup in kept)
        if not done and failed_at != "sync_folder":
            store.commit(creating(need(f"new{at}", f"New {at}")), by="Jo", why="")
        assert titles(TinyStore(path))[-1] == f"New {at}"
    assert survived == (0 if on else 1)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "no room left on the disk"),
        (errno.EDQUOT, "no room left on the disk"),
        (errno.EFBIG, "no room left on the disk"),
        (errno.EACCES, "no right to change"),
        (errno.EROFS, "no right to change"),
        (errno.EIO, "could not be saved"),
    ],
)
@pytest.mark.parametrize("call", ["lock", "create", "write", "replace"])
def test_the_sentence_tells_what_was_wrong(
    path: Path, call: str, number: int, sentence: str
) -> None:
    files = FailingFiles()
    store = TinyStore(path, files=files)
    files.at = calls_of_a_commit(path).index(call)
    files.calls.clear()
    files.number = number
    with pytest.raises(StoreError, match=sentence) as caught:
        store.commit(creating(need("new")), by="Jo", why="")
    assert "Nothing was saved" in str(caught.value)


def test_a_register_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    at = 0
    while True:
        files = FailingFiles()
        files.at = at
        path = tmp_path / f"{at}" / "register.json"
        try:
            TinyStore(path, create=True, files=files)
        except StoreError:
            if files.calls[-1] not in ("sync_folder", "read", "mark"):
                assert not path.exists()
            assert leftovers(path) == ()
        if len(files.calls) <= at:
            break
        TinyStore(path, create=True).commit(creating(need()), by="An", why="")
        at += 1
    assert at > 8


@pytest.mark.parametrize("act", ["restore", "accept"])
def test_a_repair_that_fails_leaves_the_file_as_it_was(path: Path, act: str) -> None:
    sound = path.read_bytes()
    damaged = sound.replace(b'"n3"', b'"m3"') if act == "accept" else sound[:-50]
    for at in range(200):
        path.write_bytes(damaged)
        files = FailingFiles()
        files.at = at
        try:
            if act == "restore":
                restore(path, files=files, now=Clock())
            else:
                accept_changes(path, by="An", why="", files=files, now=Clock())
        except StoreError:
            if files.calls[at] != "sync_folder":
                assert path.read_bytes() == damaged
        assert leftovers(path) == ()
        for aside in path.parent.glob("*.damaged-*"):
            assert aside.read_bytes() == damaged
            aside.unlink()
        if len(files.calls) <= at:
            break
    else:
        pytest.fail("it never came to its end")
    assert at > 8
    assert len(TinyStore(path).all(Need)) >= 4


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(path: Path) -> None:
    TinyStore(path, files=ShortFiles()).commit(
        saving(need("n0", "Card"), seen=1), by="An", why=""
    )
    assert titles(TinyStore(path))[0] == "Card"


@POSIX
def test_a_new_file_is_never_an_old_one_nor_a_link(tmp_path: Path) -> None:
    old, link = tmp_path / "old", tmp_path / "link"
    old.write_bytes(b"kept")
    link.symlink_to(tmp_path / "elsewhere")
    for place in (old, link):
        with pytest.raises(FileExistsError):
            Files().create(place, 0o600)
    assert old.read_bytes() == b"kept"
    assert not (tmp_path / "elsewhere").exists()


@POSIX
def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(path: Path) -> None:
    code = (
        "import resource, sys\n"
        "from tests.store.contract import creating, need\n"
        "from jointbuy.errors import StoreError\n"
        "from jointbuy.store.tinydb import TinyStore\n"
        "store = TinyStore(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "done = 0\n"
        "try:\n"
        "    while True:\n"
        "        more = need(f'more{done}', 'Paper ' * 50)\n"
        "        store.commit(creating(more), by='', why='')\n"
        "        done += 1\n"
        "except StoreError as error:\n"
        "    print(done, error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    count, _, sentence = ran.stdout.partition(" ")
    assert "no room left" in sentence
    assert int(count) > 5
    assert len(TinyStore(path).all(Need)) == 5 + int(count)
    assert leftovers(path) == ()


@POSIX
@pytest.mark.slow
def test_a_process_killed_while_saving_loses_nothing_it_acknowledged() -> None:
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "tests.bench.kill9"),
            *("--trials", "20", "--longest", "0.06", "--needs", "100"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    assert "unreadable 0, lost 0, invented 0" in ran.stdout, ran.stderr
    assert ran.returncode == 0
    acknowledged = int(ran.stdout.split("acknowledged ")[1].split(",")[0])
    assert acknowledged > 20, "else nothing was tried"
