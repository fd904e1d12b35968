"""Text that can be shown: without signs that steer a terminal or hide."""

from __future__ import annotations

import re

CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Signs that steer a terminal, hide a text or turn it round; lines and tabs stay."""

_BREAKS = re.compile("[\t\n\u2028\u2029]+")


def visible(text: str) -> str:
    """The text with each sign that could steer a terminal as U+FFFD; lines stay."""
    return CONTROLS.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """The visible text without line ends and tabs."""
    return CONTROLS.sub("\ufffd", _BREAKS.sub(" ", text))
