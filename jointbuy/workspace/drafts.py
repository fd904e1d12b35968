"""What was typed in a form and not saved yet, kept beside the user's settings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jointbuy import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST = 50
"""Drafts kept of one register; the oldest go first."""
LARGEST = 2_000_000
"""Characters of a file of drafts; a larger one was not written here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The cells that were typed in a form, and when."""

    at: datetime
    cells: Mapping[str, str]


class Drafts:
    """The drafts of one register; a file that is damaged holds none.

    A draft that cannot be written is no reason to stop anybody's work.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def get(self, key: str) -> Draft | None:
        """The draft of that form, if there is one."""
        return self._read().get(key)

    def keep(self, key: str, cells: Mapping[str, str]) -> bool:
        """Keep what was typed in that form; whether it could be written."""
        drafts = self._read()
        drafts[key] = Draft(at=datetime.now().astimezone(), cells=dict(cells))
        newest = sorted(drafts, key=lambda each: drafts[each].at)[-MOST:]
        return self._write({each: drafts[each] for each in newest})

    def drop(self, key: str) -> None:
        """Keep it no longer."""
        drafts = self._read()
        if drafts.pop(key, None) is not None:
            self._write(drafts)

    def _read(self) -> dict[str, Draft]:
        try:
            text = self.file.read_text(encoding="utf-8")
            if len(text) > LARGEST:
                return {}
            held = json.loads(text)
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(held, dict):
            return {}
        found = {str(key): _draft(each) for key, each in held.items()}
        return {key: draft for key, draft in found.items() if draft is not None}

    def _write(self, drafts: Mapping[str, Draft]) -> bool:
        held = {
            key: {"at": draft.at.isoformat(), "cells": dict(draft.cells)}
            for key, draft in drafts.items()
        }
        return settings.write(self.file, json.dumps(held, ensure_ascii=True, indent=1))


def _draft(held: Any) -> Draft | None:  # noqa: ANN401
    """The draft that stands in a file; None where it is none."""
    try:
        at, cells = datetime.fromisoformat(held["at"]), dict(held["cells"])
    except (KeyError, TypeError, ValueError):
        return None
    if at.tzinfo is None or not all(
        isinstance(text, str) for pair in cells.items() for text in pair
    ):
        return None
    return Draft(at=at, cells=cells)
