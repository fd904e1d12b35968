"""What the commands share that draft a paper for each of several administrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jointbuy.cli.base import Option, Session
from jointbuy.errors import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.workspace.adhesion_papers import DraftedAct

F = TypeVar("F", bound=Callable[..., Any])


def draft_options(function: F) -> F:
    """The options of a command that drafts: language, folder, formats, overwriting."""
    options = (
        click.option(
            "--lang",
            "languages",
            multiple=True,
            cls=Option,
            help="Its language; default: those of the acts of each administration.",
        ),
        click.option(
            "--out",
            "folder",
            type=click.Path(path_type=Path),
            default=Path(),
            cls=Option,
            help="The folder to write it to.",
        ),
        click.option(
            "--format",
            "formats",
            type=click.Choice(["docx", "markdown"]),
            multiple=True,
            default=("docx",),
            cls=Option,
            help="DOCX, Markdown, or both.",
        ),
        click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def told_drafts(session: Session, drafted: Sequence[DraftedAct]) -> None:
    """The files of each draft, and how many fields somebody still has to complete."""
    if session.as_json:
        session.json(
            [
                {
                    "administration": each.administration,
                    "language": each.language,
                    "files": [str(path) for path in each.paths],
                    "to_complete": list(each.fields),
                }
                for each in drafted
            ]
        )
        return
    for each in drafted:
        for path in each.paths:
            session.line(str(path))
        session.tell(say("Fields to complete: {n}.", n=len(each.fields)))
