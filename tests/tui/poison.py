"""A register in which every text of the officers' own is meant to do harm."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message
from jointbuy.store.port import Change
from jointbuy.store.records import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.errors import Arg
    from jointbuy.model import Record
    from jointbuy.workspace import Desk, Workspace

MARKUP = (
    "[bold]b[/]",
    "[@click=app.quit]x[/]",
    "[link=https://example.org]l[/link]",
    "[/] [/red]",
    "[black on black]hid",
    "\\[",
    "{n} %s {0}",
)
CONTROLS = (
    "\x1b]0;OWNED\x07",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b[2JOWNED",
    "\x1b]8;;https://owned.example\x1b\\OWNED\x1b]8;;\x1b\\",
    "\x9b31mOWNED",
    "\x1bPOWNED\x1b\\",
    "\x00OWNED",
    "\u202eOWNED\u202c\u2066",
    "\r\x08\x7f\x0b",
    "\x1b[?1049lOWNED",
)
"""What steers a terminal; `OWNED` tells in the output whether one went through."""
WIDE = "\u200b\ufeff\u00ad e\u0301\u0327 漢字 ﷽ 👩\u200d🔧 \ufe0f\u2028\u0085"
LINES = "one\ntwo\tthree\r\nfour"
PAYLOAD = " ".join((*MARKUP, *CONTROLS, WIDE, LINES))
LONG = PAYLOAD + "long " * 120

FREE = {
    *("title", "description", "service", "place", "unit", "estimate_method", "note"),
    *("requirements", "origin", "budget_article", "supplier", "joining", "source"),
    *("name", "names", "function", "phone", "address", "domain", "body", "number"),
    *("triggers", "text", "reference", "why", "conditions", "answered_by", "file"),
    *("recorded_by", "by", "fr", "nl", "de", "en", "certainty", "lot", "postcode"),
    *("email", "budget_kind", "language", "procedure"),
    *("what", "how", "trigger", "to", "agreed", "consequence", "article"),
}
"""Fields that hold a text somebody wrote; the others are ids, codes and choices."""


READ = {
    "parameter": "amounts.brussels_transmission",
    "value": "250000",
    "start": "2024-06-27",
    "source": "arrêté du 27 juin 2024",
    "article": "art. 1er",
}
"""A value of the law as an officer reads it, which the sample has none of."""


def poisoned(value: Any, name: str = "") -> Any:
    """The value with the payload before each text, or as each text there is not."""
    if isinstance(value, str):
        if name not in FREE:
            return value
        return LONG if name == "note" else f"{PAYLOAD} {value}"
    if isinstance(value, Message):
        return replace(value, args=tuple(map(_argument, value.args)))
    if isinstance(value, tuple):
        kept = tuple(poisoned(each, name) for each in value)
        return kept or ((PAYLOAD,) if name in {"requirements", "triggers"} else kept)
    if is_dataclass(value) and not isinstance(value, type):
        found = {
            each.name: poisoned(getattr(value, each.name), each.name)
            for each in fields(value)
        }
        return replace(value, **found)
    return value


def _argument(value: Arg) -> Arg:
    """A value of a sentence that is kept, poisoned if it was somebody's text."""
    if value.kind == "text":
        return replace(value, text=f"{PAYLOAD} {value.text}")
    if value.message is not None:
        return replace(value, message=poisoned(value.message))
    return value


def poison(desk: Desk) -> int:
    """Poison every record of the register on the desk; how many there are."""
    workspace = desk.open()
    for proposal in list(workspace.match())[:2]:
        workspace.retain(proposal.candidate.id, why="chosen")
    workspace.set_own_value(READ)
    changes = list(_changes(workspace))
    workspace.store.commit(changes, by=PAYLOAD, why=PAYLOAD)
    return len(changes)


def _changes(workspace: Workspace) -> Iterator[Change]:
    for kind in kinds().values():
        for kept in workspace.store.all(kind):
            value: Record = poisoned(kept.value)
            yield Change(kind=kind, id=value.id, value=value, seen=kept.revision)
