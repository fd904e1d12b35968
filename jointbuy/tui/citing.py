"""Where something is written, said in one way on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.workspace import source_title

if TYPE_CHECKING:
    from jointbuy.model import Citation
    from jointbuy.tui.speech import Speech


def citation(basis: Citation, speech: Speech) -> str:
    """The text and its article, and whether it is to be verified or the register's."""
    title = source_title(basis.source, speech.language)
    text = f"{title}, {basis.article}".rstrip(", ")
    if basis.own:
        return speech.line(say("{text} (own value of this register)", text=text))
    if basis.to_verify:
        return speech.line(say("{text} (to be verified)", text=text))
    return text
