"""What a record is called in a sentence, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg, named
from jointbuy.model import LocalText

if TYPE_CHECKING:
    from jointbuy.model import Record


def called(record: Record) -> Arg:
    """Its name or title; its id where it has neither."""
    for field in ("names", "title", "name"):
        text = getattr(record, field, None)
        if isinstance(text, LocalText) and text.as_dict():
            return named(text)
        if isinstance(text, str) and text:
            return Arg(name="", text=text)
    return Arg(name="", text=record.id)
