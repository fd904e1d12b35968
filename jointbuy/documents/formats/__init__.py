"""The formats in which a document leaves the register, each loaded when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say

if TYPE_CHECKING:
    from jointbuy.documents.document import Document

FORMATS: dict[str, str] = {
    "docx": "jointbuy.documents.formats.docx",
    "markdown": "jointbuy.documents.formats.markdown",
}
"""The module of each format; it has `write` and nothing else that others use."""

EXTENSION: dict[str, str] = {"docx": ".docx", "markdown": ".md"}
"""How the name of a file in each format ends."""


def write(document: Document, format: str) -> bytes:  # noqa: A002
    """The document in a format; the same document gives the same bytes."""
    if format not in FORMATS:
        raise UsageError(
            say(
                "There is no document format “{format}”. Choose one of: {formats}.",
                format=format,
                formats=", ".join(FORMATS),
            )
        )
    written: bytes = import_module(FORMATS[format]).write(document)
    return written
