"""Where something is written, on one line of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.workspace.citing import basis_said, cited_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.model import Citation
    from jointbuy.tui.speech import Speech


def citation(basis: Citation, speech: Speech) -> str:
    """The text and its article, and whether it is to be verified or the register's."""
    return speech.line(cited_said(basis))


def citations(basis: Iterable[Citation], speech: Speech) -> str:
    """Several of them, each text named once; empty where there is none."""
    return speech.line(basis_said(basis))
