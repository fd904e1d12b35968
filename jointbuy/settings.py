"""Where this user's register and lists are, and what the user prefers.

`JOINTBUY_HOME` moves the folder, `JOINTBUY_REGISTER` the register, `JOINTBUY_LANG`
sets the language, `JOINTBUY_USER` the name under which changes are recorded.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("fr", "nl", "de", "en")


def folder() -> Path:
    """The folder of this user's register and installed lists; not created here."""
    if home := os.environ.get("JOINTBUY_HOME"):
        return Path(home).expanduser()
    if sys.platform == "linux":  # as platformdirs has it, without what that loads
        chosen, home = (os.environ.get(name, "") for name in ("XDG_DATA_HOME", "HOME"))
        for place in (Path(chosen), Path(home, ".local", "share")):
            if place.is_absolute():
                return place / "jointbuy"
    from platformdirs import user_data_path

    return user_data_path("jointbuy", appauthor=False)


def register() -> str:
    """The register opened when none is named: a path, or the address of a server.

    That of the environment, else the one that was opened last by choice, else this
    user's own.
    """
    return (
        os.environ.get("JOINTBUY_REGISTER")
        or preferences().register
        or str(folder() / "register.json")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What this user chose once for all registers; empty where nothing was chosen."""

    language: str = ""
    theme: str = ""
    register: str = ""
    assumptions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What an appraisal assumes otherwise: one number by name, or three that rise."""


def preferences() -> Preferences:
    """What was kept; nothing where the file is missing, damaged or out of reach."""
    try:
        text = _file().read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Preferences()
    import tomllib

    try:
        kept = tomllib.loads(text)
    except (ValueError, RecursionError):
        return Preferences()
    names = ("language", "theme", "register")
    language, theme, register = (kept.get(name) for name in names)
    return Preferences(
        language=str(language) if language in LANGUAGES else "",
        theme=theme if isinstance(theme, str) else "",
        register=register if isinstance(register, str) else "",
        assumptions=_assumptions(kept.get("appraisal")),
    )


def _assumptions(kept: object) -> dict[str, tuple[str, ...]]:
    """The numbers of a table, each one or a list; what else stands there is left."""
    found = {}
    for name, value in kept.items() if isinstance(kept, dict) else ():
        numbers = value if isinstance(value, list) else [value]
        named = str(name).isidentifier()
        if named and numbers and all(type(each) in {int, float} for each in numbers):
            found[name] = tuple(str(each) for each in numbers)
    return found


def keep(chosen: Preferences) -> bool:
    """Keep what the user prefers; whether it could be written.

    A folder that takes nothing is no reason to stop anybody's work.
    """
    import json

    return write(
        _file(),
        "".join(
            f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
            for name, value in (
                ("language", chosen.language),
                ("theme", chosen.theme),
                ("register", chosen.register),
            )
            if value
        )
        + _written(chosen.assumptions),
    )


def _written(assumptions: dict[str, tuple[str, ...]]) -> str:
    if not assumptions:
        return ""
    lines = [f"{name} = [{', '.join(each)}]" for name, each in assumptions.items()]
    return "\n".join(("", "[appraisal]", *lines, ""))


def write(file: Path, text: str) -> bool:
    """Write a small file of this user whole or not at all; whether it could be."""
    import tempfile

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.stem}-")
        made = Path(name)
        try:
            with open(handle, "w", encoding="utf-8") as written:  # noqa: PTH123
                written.write(text)
            made.replace(file)
        finally:
            made.unlink(missing_ok=True)
    except (OSError, UnicodeError):
        return False
    return True


def drafts(location: str) -> Path:
    """Where is kept what was typed for the register there and not saved yet."""
    import hashlib

    name = hashlib.sha256(location.encode("utf-8", "replace")).hexdigest()[:16]
    return folder() / "drafts" / f"{name}.json"


def _file() -> Path:
    return folder() / "settings.toml"


def language() -> str:
    """One of the four languages: set for this run, else preferred, else the machine's.

    `JOINTBUY_LANG` sets it for a run.
    """
    if set_now := _spoken("JOINTBUY_LANG"):
        return set_now
    if preferred := preferences().language:
        return preferred
    named = (_spoken(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "") or _machine_language()


def _spoken(name: str) -> str:
    """The language that a variable of the environment names, if it is one of ours."""
    code = os.environ.get(name, "")[:2].lower()
    return code if code in LANGUAGES else ""


def _machine_language() -> str:
    import locale

    name = locale.getlocale()[0] or ""
    spoken = {"french": "fr", "dutch": "nl", "german": "de"}
    code = spoken.get(name.split("_")[0].lower(), name[:2].lower())
    return code if code in LANGUAGES else "en"


def user() -> str:
    """The name under which changes are recorded."""
    if name := os.environ.get("JOINTBUY_USER"):
        return name
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
