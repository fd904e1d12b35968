"""Puts a finished file where somebody asked for it, whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from pathlib import Path

from jointbuy.errors import Refused, say

LONGEST = 120
"""Bytes of a file name at most; paths on Windows are short."""

_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE
)
"""Names that are devices on Windows, whatever their extension."""


def safe_name(name: str) -> str:
    """A file name that every system takes, as near to the one asked for as can be.

    Never a path: separators, control characters and what Windows forbids become
    hyphens; the extension survives when the name is too long.

    >>> safe_name("../projet: a/b?.docx")
    'projet-a-b.docx'
    >>> safe_name("NUL.txt")
    '_NUL.txt'
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(c if unicodedata.category(c)[0] != "C" else "-" for c in text)
    text = re.sub(r'[\\/:*?"<>|\s]+', "-", text)
    stem, _, extension = text.rpartition(".")
    if not re.fullmatch(r"[A-Za-z0-9]{1,12}", extension) or "." not in text:
        stem, extension = text, ""
    stem = re.sub(r"-{2,}", "-", stem).strip("-. ")
    if not stem:
        stem = "document"
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    tail = f".{extension}" if extension else ""
    while len((stem + tail).encode()) > LONGEST:
        stem = stem[:-1]
    return stem.rstrip("-. ") + tail


def write_file(
    folder: Path, name: str, content: bytes, *, overwrite: bool = False
) -> Path:
    """Write the content under a safe form of the name, and answer where it stands.

    The file appears whole or not at all, is readable by its owner only, and replaces
    nothing unless `overwrite`; a link in its place is replaced, never followed.
    Raises Refused when it cannot be written there.
    """
    target = folder / safe_name(name)
    _check_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if target.is_dir() and not target.is_symlink():
            raise Refused(
                say(
                    "“{path}” is a folder. Choose another name or folder.",
                    path=str(target),
                )
            )
        _place(target, content, overwrite=overwrite)
    except FileExistsError as error:
        raise Refused(
            say(
                "“{path}” exists already and was left as it is. Choose another folder, "
                "or ask to replace it.",
                path=str(target),
            )
        ) from error
    except OSError as error:
        raise Refused(
            say(
                "“{path}” cannot be written: {reason}. Close it if another program "
                "has it open, or choose another folder.",
                path=str(target),
                reason=error.strerror or str(error),
            )
        ) from error
    return target


def _check_folder(folder: Path) -> None:
    """Refuse a folder that is a file, or lies below one."""
    for path in (folder, *folder.parents):
        if path.is_dir():
            return
        if path.exists():
            raise Refused(
                say(
                    "“{path}” is a file, not a folder. Choose another folder.",
                    path=str(path),
                )
            )


def _place(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Write beside the target, then give it its name in one step."""
    handle, temporary = tempfile.mkstemp(
        prefix=".jointbuy-", suffix=".tmp", dir=target.parent
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            Path(temporary).replace(target)
        else:
            _name_new(Path(temporary), target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _name_new(temporary: Path, target: Path) -> None:
    """Name a file that may not exist yet; FileExistsError when it does."""
    if os.path.lexists(target):
        raise FileExistsError(str(target))
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        temporary.rename(target)
