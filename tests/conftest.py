"""Fixtures that every test may use."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec
import pytest
from hypothesis import settings

from jointbuy.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
"""The same examples in every run; `HYPOTHESIS_PROFILE=explore` looks for new ones."""

if "-B" not in sys.orig_argv:
    sys.dont_write_bytecode = False
"""What pytest makes of thousands of asserts is kept unless that is refused here.

An environment that sets `PYTHONDONTWRITEBYTECODE` for all has each worker make it again
in each run; `python -B -m pytest -n 0` still has its way.
"""

gc.freeze()
gc.set_threshold(100_000, 50, 50)
"""Thousands of short tests leave little behind: looking for it took a fifth of them."""

SAMPLES = Path(__file__).parent.parent / "sample_data"


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(line) for line in self.out.splitlines()]


class Run(Protocol):
    """Runs one command in English on one register."""

    def __call__(self, *arguments: object, code: int = 0) -> Done: ...


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths at which there is nothing yet, each given once.

    Most tests never write there, and a folder made for each of them, with `tmp_path`,
    takes longer the more of them there are.
    """
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_folder(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or changes the registers of the person who runs it."""
    monkeypatch.setenv("JOINTBUY_HOME", str(next(homes)))
    monkeypatch.setenv("JOINTBUY_LANG", "en")
    monkeypatch.setenv("JOINTBUY_USER", "tester")
    monkeypatch.delenv("JOINTBUY_REGISTER", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def jointbuy(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, in this process."""

    def run(*arguments: object, code: int = 0) -> Done:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        done = Done(int(left.value.code or 0), out, err)
        assert done.code == code, f"exit code {done.code}\n{out}\n{err}"
        return done

    return run


@pytest.fixture
def brussels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample register, which the command works on by default."""
    path = tmp_path / "register.json"
    shutil.copyfile(SAMPLES / "brussels" / "register.json", path)
    monkeypatch.setenv("JOINTBUY_REGISTER", str(path))
    return path


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register still to be created, which the command works on by default."""
    path = tmp_path / "new" / "register.json"
    monkeypatch.setenv("JOINTBUY_REGISTER", str(path))
    return path
