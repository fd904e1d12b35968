"""Paragraphs for the pages beside lists: heads, facts, bullets, bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from jointbuy.l10n.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


NOTHING = Content()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text with what stands before its first line; its other lines align with it."""

    text: Content
    first: Content = NOTHING
    indent: int = 0


def plain(text: str, style: str = "") -> Content:
    """A text that is never markup and holds nothing that steers a terminal."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def paragraph(text: str, style: str = "", *, indent: int = 0) -> Paragraph:
    """A plain paragraph."""
    return Paragraph(text=plain(text, style), indent=indent)


def head(text: str) -> Paragraph:
    """The title of a page."""
    return Paragraph(text=plain(text, "bold $text-accent"))


def heading(text: str) -> Paragraph:
    """The title of a part of a page."""
    return Paragraph(text=plain(text, "bold"))


def blank() -> Paragraph:
    """An empty line."""
    return Paragraph(text=Content())


def fact(label: str, value: str, *, style: str = "") -> Paragraph:
    """What something is, behind its name; nothing stands where it is not known."""
    return Paragraph(
        text=plain(value, style), first=plain(f"{label}  ", "$text-muted"), indent=0
    )


def bullet(
    text: str, *, sign: str = "·", style: str = "", indent: int = 0
) -> Paragraph:
    """A point of a list."""
    return Paragraph(
        text=plain(text, style), first=plain(f"{sign} ", style), indent=indent
    )


EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(share: float, width: int) -> str:
    """A bar of that width, filled to that share (0 to 1).

    >>> bar(0.5, 4), bar(0.28, 4)
    ('██  ', '█▏  ')
    """
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)


def lay_out(paragraphs: Iterable[Paragraph], width: int) -> list[Content]:
    """The lines of these paragraphs at that width, folded between words."""
    lines: list[Content] = []
    for each in paragraphs:
        lines += _fold(each, max(width, 8))
    return lines


def _fold(each: Paragraph, width: int) -> list[Content]:
    hang = each.indent + each.first.cell_length
    if hang > width // 2:
        hang = each.indent + 2
    start = Content(" " * each.indent) + each.first
    if start.cell_length > hang:  # a long name stands on a line of its own
        return [
            *_wrapped(start, width),
            *(_indented(line, hang) for line in _wrapped(each.text, width - hang)),
        ]
    body = _wrapped(each.text, width - hang)
    return [start + body[0], *(_indented(line, hang) for line in body[1:])]


NO_BREAK, HELD = "\u00a0", "\ue000"
"""A space where no line ends, and what stands for it while a text is folded."""


def _wrapped(text: Content, width: int) -> list[Content]:
    if not text.plain:
        return [Content()]
    if NO_BREAK not in text.plain:
        return text.wrap(max(width, 4))
    held = Content(text.plain.replace(NO_BREAK, HELD), list(text.spans))
    return [
        Content(line.plain.replace(HELD, NO_BREAK), list(line.spans))
        for line in held.wrap(max(width, 4))
    ]


def _indented(line: Content, by: int) -> Content:
    return Content(" " * by) + line
