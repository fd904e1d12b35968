"""How a text gets to the disk whole or not at all, and the lock that goes with it."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from jointbuy.errors import StoreError, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

BACKUPS = 3
HEAD = 256
"""The bytes that tell two saves apart: they hold the generation and the checksum."""

WINDOWS = os.name == "nt"
PATIENCE = 1.0
"""Seconds; on Windows a file that somebody reads at this moment cannot be replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What tells, without reading it, that a file is another one than before."""

    inode: int
    modified: int
    size: int


class Held(Protocol):
    """A lock that is held."""

    def release(self) -> None:
        """Let go of it."""


class Files:
    """Every call to the operating system that a register needs; a seam for tests."""

    def mark(self, path: Path) -> Mark:
        """The mark of the file."""
        return _mark(path.stat())

    def read(self, path: Path) -> tuple[bytes, Mark]:
        """The text, and the mark of exactly the file it was read from."""
        with _patiently(lambda: path.open("rb")) as file:
            found = _mark(os.fstat(file.fileno()))
            return file.read(), found

    def head(self, path: Path) -> bytes:
        """The first bytes of the text."""
        with _patiently(lambda: path.open("rb")) as file:
            return file.read(HEAD)

    def mode(self, path: Path) -> int:
        """The rights on the file."""
        return stat.S_IMODE(path.stat().st_mode)

    def writable(self, path: Path) -> bool:
        """Whether the file may be changed, by its rights."""
        return bool(self.mode(path) & 0o222) and os.access(path, os.W_OK)

    def create(self, path: Path, mode: int) -> int:
        """Open a new file with those rights; never one that exists, nor a link."""
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
            flags |= getattr(os, name, 0)
        handle = os.open(path, flags, mode)
        if not WINDOWS:
            path.chmod(mode)
        return handle

    def share(self, path: Path, like: Path) -> None:
        """Give the file to the group of another, so that the group can go on."""
        if not WINDOWS:
            os.chown(path, -1, like.stat().st_gid)

    def write(self, handle: int, text: bytes) -> None:
        """Write all of the text."""
        rest = memoryview(text)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync(self, handle: int) -> None:
        """Wait until the file is on the disk."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close it."""
        os.close(handle)

    def link(self, path: Path, to: Path) -> None:
        """Give the file a second name."""
        to.hardlink_to(path)

    def replace(self, path: Path, to: Path) -> None:
        """Rename a file over another."""
        _patiently(lambda: path.replace(to))

    def remove(self, path: Path) -> None:
        """Remove it."""
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Make the folder, and those above it, for its owner alone."""
        if not path.exists():
            self.make_folder(path.parent)
            path.mkdir(mode=0o700, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in the folder are on the disk, where that exists."""
        if WINDOWS:
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
                raise
        finally:
            os.close(handle)

    def lock(self, path: Path, *, mode: int, timeout: float) -> Held:
        """Take the lock, or raise `TimeoutError`."""
        from filelock import FileLock

        lock = FileLock(path, mode=mode)
        lock.acquire(timeout=timeout, poll_interval=0.01)
        return lock


def _mark(found: os.stat_result) -> Mark:
    return Mark(inode=found.st_ino, modified=found.st_mtime_ns, size=found.st_size)


def _patiently(act: Callable[[], T]) -> T:
    """Try again for a moment where an open file cannot be replaced or read."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except PermissionError:
            if not WINDOWS or time.monotonic() > until:
                raise
            time.sleep(0.01)


def backups(path: Path) -> tuple[Path, ...]:
    """The names of the backups of a file, newest first; they need not exist."""
    return tuple(path.with_name(f"{path.name}.bak{n}") for n in range(1, BACKUPS + 1))


def leftovers(path: Path) -> tuple[Path, ...]:
    """Half-written copies that a crash left beside the file."""
    start = f".{path.name}."
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return ()
    return tuple(
        path.with_name(name)
        for name in names
        if name.startswith(start) and name.endswith(".new")
    )


@contextlib.contextmanager
def locked(files: Files, path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of the register; nobody else saves meanwhile.

    Raises:
        StoreError: somebody else holds it, or it cannot be taken.
    """
    try:
        mode = rights(files, path)
        place = path.with_name(f"{path.name}.lock")
        held = files.lock(place, mode=mode, timeout=timeout)
    except TimeoutError:
        raise StoreError(
            say(
                "Somebody else is saving to {file}. Nothing was saved: try again in a "
                "moment.",
                file=str(path),
            )
        ) from None
    except NotImplementedError:
        raise StoreError(
            say(
                "{file} stands on a drive where files cannot be locked. Nothing was "
                "saved: move the register to another folder.",
                file=str(path),
            )
        ) from None
    except OSError as error:
        raise unwritten(path, error) from None
    try:
        yield
    finally:
        held.release()


def rights(files: Files, path: Path) -> int:
    """Owner only, unless the owner lets the group write; 0600 for a new file."""
    try:
        shared = files.mode(path) & 0o020
    except FileNotFoundError:
        shared = 0
    return 0o660 if shared else 0o600


def put(
    files: Files, path: Path, text: bytes, *, expected: Mark | None, keep: bool = True
) -> Mark:
    """Replace the file by the text in one step, and keep what it was as a backup.

    `expected` is the file as it was read (None: there is none yet). On any failure
    the file stays as it was.

    Raises:
        StoreError: it could not be written, or is another file than expected.
    """
    try:
        spare = write_beside(files, path, text)
        try:
            found = files.mark(spare)
            _fence(files, path, expected)
            if keep and expected is not None:
                rotate(files, path)
            files.replace(spare, path)
        except BaseException:
            _discard(files, spare)
            raise
    except StoreError:
        raise
    except OSError as error:
        raise unwritten(path, error) from None
    try:
        files.sync_folder(path.parent)
    except OSError as error:
        raise StoreError(
            say(
                "{file} was saved, but the disk does not confirm it ({detail}). Check "
                "the disk, then open the register again.",
                file=str(path),
                detail=error.strerror or str(error),
            )
        ) from None
    return found


def write_beside(files: Files, path: Path, text: bytes) -> Path:
    """A new file in the same folder with that text, safely on the disk."""
    spare = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    mode = rights(files, path)
    try:
        handle = files.create(spare, mode)
        try:
            files.write(handle, text)
            files.sync(handle)
        finally:
            files.close(handle)
        if mode != 0o600:  # noqa: PLR2004
            with contextlib.suppress(PermissionError):
                files.share(spare, path)
    except BaseException:
        _discard(files, spare)
        raise
    return spare


def rotate(files: Files, path: Path) -> None:
    """Make the file its own newest backup, and each backup one older."""
    names = backups(path)
    for newer, older in reversed(list(itertools.pairwise(names))):
        with contextlib.suppress(FileNotFoundError):
            files.replace(newer, older)
    try:
        files.link(path, names[0])
    except OSError:  # no second names on this drive
        text, _ = files.read(path)
        copy = write_beside(files, path, text)
        try:
            files.replace(copy, names[0])
        except BaseException:
            _discard(files, copy)
            raise


def _fence(files: Files, path: Path, expected: Mark | None) -> None:
    """Refuse when somebody saved in spite of the lock, as some network drives let."""
    try:
        found = files.mark(path)
    except FileNotFoundError:
        found = None
    if found != expected:
        raise StoreError(
            say(
                "{file} changed while it was being saved. Nothing was saved: try "
                "again.",
                file=str(path),
            )
        )


def _discard(files: Files, path: Path) -> None:
    with contextlib.suppress(OSError):
        files.remove(path)


def unwritten(path: Path, error: OSError) -> StoreError:
    """Why the file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreError(
            say(
                "There is no room left on the disk to save {file}. Nothing was saved "
                "and the register is as it was: make room, then try again.",
                file=str(path),
            )
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreError(
            say(
                "You have no right to change {file} or its folder. Nothing was saved: "
                "ask for the right to write there, or work on a copy.",
                file=str(path),
            )
        )
    return StoreError(
        say(
            "{file} could not be saved ({detail}). Nothing was saved and the register "
            "is as it was.",
            file=str(path),
            detail=error.strerror or str(error),
        )
    )


def unread(path: Path, error: OSError) -> StoreError:
    """Why the file could not be read, and what to do."""
    if isinstance(error, FileNotFoundError):
        return StoreError(
            say(
                "{file} is no longer there: it was moved, renamed or removed. Put it "
                "back, then try again.",
                file=str(path),
            )
        )
    if isinstance(error, IsADirectoryError):
        return StoreError(
            say(
                "{file} is a folder. Name the register file in it, such as "
                "register.json.",
                file=str(path),
            )
        )
    if isinstance(error, PermissionError):
        return StoreError(
            say(
                "You have no right to read {file}. Ask its owner for it.",
                file=str(path),
            )
        )
    return StoreError(
        say(
            "{file} cannot be read ({detail}).",
            file=str(path),
            detail=error.strerror or str(error),
        )
    )
