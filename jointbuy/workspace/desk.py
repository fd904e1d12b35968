"""Where the register on the officer's desk comes from, and how it is opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jointbuy import settings
from jointbuy.errors import NotFound, StoreError, say

if TYPE_CHECKING:
    from datetime import date
    from tempfile import TemporaryDirectory

    from jointbuy.store import Store
    from jointbuy.workspace import Drafts, Workspace
    from jointbuy.workspace.records import Records

    R = TypeVar("R", bound=Records)


def sample_register(name: str) -> Path:
    """The register of a sample: in the package, or beside it in a working copy.

    Raises:
        NotFound: there is no such sample.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "_sample_data", package.parent / "sample_data"):
        path = folder / name / "register.json"
        if path.is_file():
            return path
    raise NotFound(say("There is no sample register “{name}”.", name=name))


class Desk:
    """The register chosen, the day and the language it is opened with.

    Without a place it is this user's own register; without a day, the register's.
    """

    def __init__(
        self,
        location: str | None = None,
        on: date | None = None,
        language: str = "",
    ) -> None:
        self.location = location or settings.register()
        self.on = on
        self.language = language or settings.language()
        self._copy: TemporaryDirectory[str] | None = None

    @property
    def throwaway(self) -> bool:
        """Whether it is a copy of a sample, which is deleted afterwards."""
        return self._copy is not None

    @property
    def missing(self) -> bool:
        """Whether there is no register at that place yet."""
        return "://" not in self.location and not Path(self.location).exists()

    @property
    def drafts(self) -> Drafts:
        """What was typed for this register and not saved yet.

        Those of a throw-away copy are deleted with it.
        """
        from jointbuy.workspace.drafts import Drafts

        if self.throwaway:
            return Drafts(Path(self.location).parent / "drafts.json")
        local = "://" not in self.location
        place = str(Path(self.location).absolute()) if local else self.location
        return Drafts(settings.drafts(place))

    def open(self, *, create: bool = False) -> Workspace:
        """The register, ready to work on; with `create` a new one if there is none.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        from jointbuy.store import open_store
        from jointbuy.workspace import Workspace

        return self._laid(Workspace, open_store(self.location, create=create))

    def records(self) -> Records:
        """What the register keeps, for who only looks it up: the soonest to open.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        from jointbuy.store import open_store
        from jointbuy.workspace.records import Records

        return self._laid(Records, open_store(self.location, whole=False))

    def blank(self) -> Workspace:
        """A register in memory, in which one is prepared before there is a file."""
        from jointbuy.store.memory import MemoryStore
        from jointbuy.workspace import Workspace

        return self._laid(Workspace, MemoryStore())

    def _laid(self, kind: type[R], store: Store) -> R:
        return kind(
            store,
            user=settings.user(),
            on=self.on,
            language=self.language,
            folder=settings.folder(),
        )

    def begin(self, prepared: Workspace, *, why: str) -> Workspace:
        """Make the register, with everything that was prepared in memory.

        Raises:
            StoreError: it cannot be made there, or holds something already.
        """
        from jointbuy.model import type_names
        from jointbuy.store.port import Change

        kinds: tuple[type[Any], ...] = tuple(type_names)
        made = self.open(create=True)
        made.commit(
            [
                Change(kind=kind, id=kept.value.id, value=kept.value)
                for kind in kinds
                for kept in prepared.store.all(kind)
            ],
            why=why,
        )
        return made

    def sample(self, name: str = "brussels") -> None:
        """Lay a throw-away copy of a sample on the desk.

        Raises:
            NotFound: there is no such sample.
            StoreError: there is no room for the copy.
        """
        import shutil
        from tempfile import TemporaryDirectory

        source = sample_register(name)
        try:
            folder = TemporaryDirectory(prefix="jointbuy-", ignore_cleanup_errors=True)
            copy = Path(folder.name) / "register.json"
            try:
                shutil.copyfile(source, copy)
            except OSError:
                folder.cleanup()
                raise
        except OSError as error:
            raise StoreError(
                say(
                    "The sample cannot be copied ({reason}). Make room for temporary "
                    "files.",
                    reason=error.strerror or str(error),
                )
            ) from None
        self.use(str(copy))
        self._copy = folder

    def use(self, location: str) -> None:
        """Lay another register on the desk; a throw-away copy is deleted."""
        self.close()
        self.location = location

    def close(self) -> None:
        """Delete the throw-away copy, if there is one."""
        if self._copy is not None:
            self._copy.cleanup()
            self._copy = None

    # What the user prefers, whatever register it is.

    @property
    def theme(self) -> str:
        """The colours the user chose; empty where none were."""
        return settings.preferences().theme

    def keep_language(self, code: str) -> None:
        """Read and answer in that language from now on."""
        self.language = code
        settings.keep(replace(settings.preferences(), language=code))

    def keep_register(self) -> None:
        """Open this register from now on, where none is named.

        An address that holds a password is not written down.
        """
        from urllib.parse import urlsplit

        place = self.location
        if "://" not in place:
            place = str(Path(place).absolute())
        elif urlsplit(place).password:
            return
        settings.keep(replace(settings.preferences(), register=place))

    def keep_theme(self, name: str) -> None:
        """Have these colours from now on."""
        settings.keep(replace(settings.preferences(), theme=name))
