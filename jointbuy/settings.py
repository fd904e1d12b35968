"""Where this user's register and lists are, and the language the user reads.

`JOINTBUY_HOME` moves the folder, `JOINTBUY_REGISTER` the register, `JOINTBUY_LANG`
sets the language, `JOINTBUY_USER` the name under which changes are recorded.
"""

from __future__ import annotations

import os
from pathlib import Path

LANGUAGES = ("fr", "nl", "de", "en")


def folder() -> Path:
    """The folder of this user's register and installed lists; not created here."""
    if home := os.environ.get("JOINTBUY_HOME"):
        return Path(home).expanduser()
    from platformdirs import user_data_path

    return user_data_path("jointbuy", appauthor=False)


def register() -> str:
    """The register opened when none is named: a path, or the address of a server."""
    return os.environ.get("JOINTBUY_REGISTER") or str(folder() / "register.json")


def language() -> str:
    """One of the four languages: what is set for jointbuy, else for the machine."""
    for name in ("JOINTBUY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
    return _machine_language()


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
