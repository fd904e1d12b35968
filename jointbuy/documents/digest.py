"""The deadlines of the coming days as a mail, in Markdown or in HTML.

What users wrote is never markup, and nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from jointbuy.documents.document import clean
from jointbuy.documents.formats.markdown import escaped
from jointbuy.errors import say
from jointbuy.l10n import format as written
from jointbuy.l10n.catalogue import catalogue
from jointbuy.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.errors import Arg, Message
    from jointbuy.l10n.catalogue import Catalogue
    from jointbuy.model import Deadline

LEVELS = {
    Level.OVERDUE: say("Overdue"),
    Level.WEEK: say("Within 7 days"),
    Level.MONTH: say("Within 30 days"),
    Level.QUARTER: say("Within 90 days"),
    Level.LATER: say("Later"),
}
"""How near deadlines are, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deadline: who must act, when bodies can last decide, who was reminded."""

    deadline: Deadline
    who: str = ""
    sessions: tuple[Message, ...] = ()
    reminded: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The deadlines of one administration; of all together without a name."""

    administration: Arg | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is equally near, by administration."""

    level: Level
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What is to be done by when; `whom` it is for, all where it is None.

    `put_off` counts what was left out because somebody put it off.
    """

    title: Arg
    on: date
    until: date
    language: str
    whom: Arg | None = None
    sections: tuple[Section, ...] = ()
    put_off: int = 0

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline in it, in its order."""
        return tuple(
            entry.deadline
            for section in self.sections
            for group in section.groups
            for entry in group.entries
        )


def subject(digest: Digest) -> str:
    """What the mail is about, on one line."""
    tell = catalogue(digest.language).say
    return clean(
        tell(
            say(
                "Deadlines until {until} – {register}",
                until=digest.until,
                register=digest.title,
            )
        )
    )


def _opening(digest: Digest) -> Iterator[Message]:
    """What stands before the deadlines."""
    if digest.whom is not None:
        yield say("For: {name}", name=digest.whom)
    counts = Counter(each.level for each in digest.deadlines)
    yield say(
        "On {on}, {overdue} overdue and {ahead} due by {until}.",
        on=digest.on,
        overdue=counts[Level.OVERDUE],
        ahead=sum(counts.values()) - counts[Level.OVERDUE],
        until=digest.until,
    )
    if not digest.sections:
        yield say("Nothing is to be done by then.")
    if digest.put_off:
        yield say("Put off with a reason, and left out: {n}.", n=digest.put_off)


def _nobody(entry: Entry, tell: Catalogue) -> str:
    if entry.who:
        return tell.say(say("To be done by: {names}", names=entry.who))
    return tell.say(say("No contact person is active: name one."))


def _facts(entry: Entry, tell: Catalogue) -> Iterator[str]:
    """What is said below a deadline, line by line."""
    yield _nobody(entry, tell)
    if entry.deadline.consequence is not None:
        yield tell.say(entry.deadline.consequence)
    for each in entry.sessions:
        yield tell.say(say("Last useful session – {session}", session=tell.say(each)))
    if entry.reminded is not None:
        yield tell.say(entry.reminded)


def markdown(digest: Digest) -> str:
    """The mail as Markdown."""
    tell = catalogue(digest.language)
    parts = [f"# {escaped(subject(digest))}"]
    parts += [escaped(tell.say(each)) for each in _opening(digest)]
    for section in digest.sections:
        parts.append(f"## {escaped(tell.say(LEVELS[section.level]))}")
        for group in section.groups:
            if group.administration is not None:
                name = tell.say(say("{name}", name=group.administration))
                parts.append(f"### {escaped(name)}")
            parts += [_item(entry, digest.language, tell) for entry in group.entries]
    return "\n\n".join(parts) + "\n"


def _item(entry: Entry, language: str, tell: Catalogue) -> str:
    deadline = entry.deadline
    day = written.day(deadline.day, language)
    what = escaped(tell.say(deadline.what))
    lines = [f"- **{day}** {what} `{deadline.code}`"]
    lines += [f"  {escaped(each)}" for each in _facts(entry, tell)]
    return "\\\n".join(lines)


_STYLE = """\
body{margin:0;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;\
background:#fff}
main{max-width:46rem;margin:0 auto}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem;\
border-bottom:2px solid #1a1a1a}
h3{font-size:1rem;margin:1rem 0 .3rem}
ul{list-style:none;margin:0;padding:0}
li{margin:0 0 .8rem;padding:0 0 0 .8rem;border-left:4px solid #6b6b6b}
.OVERDUE li,.WEEK li{border-color:#a4161a}.MONTH li{border-color:#8a5a00}
p{margin:0 0 .3rem}
.fact{color:#444}
code{font-family:ui-monospace,monospace}
@media (prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}\
h2{border-color:#eee}.fact{color:#c4c4c4}li{border-color:#9a9a9a}\
.OVERDUE li,.WEEK li{border-color:#ff8a8a}.MONTH li{border-color:#f0b95a}}
"""


def html(digest: Digest) -> str:
    """The mail as a page of HTML that needs no other file and runs nothing."""
    return "\n".join(_page(digest)) + "\n"


def _page(digest: Digest) -> Iterator[str]:
    tell = catalogue(digest.language)
    title = _safe(subject(digest))
    yield "<!DOCTYPE html>"
    yield f'<html lang="{_safe(digest.language)}">'
    yield '<head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{_STYLE}</style></head>"
    yield "<body><main>"
    yield f"<h1>{title}</h1>"
    for each in _opening(digest):
        yield f"<p>{_safe(tell.say(each))}</p>"
    for section in digest.sections:
        level = section.level.name
        yield f'<section class="{level}" aria-labelledby="level-{level}">'
        yield f'<h2 id="level-{level}">{_safe(tell.say(LEVELS[section.level]))}</h2>'
        for group in section.groups:
            if group.administration is not None:
                name = tell.say(say("{name}", name=group.administration))
                yield f"<h3>{_safe(name)}</h3>"
            yield "<ul>"
            for entry in group.entries:
                yield from _listed(entry, digest.language, tell)
            yield "</ul>"
        yield "</section>"
    yield "</main></body></html>"


def _listed(entry: Entry, language: str, tell: Catalogue) -> Iterator[str]:
    deadline = entry.deadline
    day = written.day(deadline.day, language)
    yield (
        f'<li><p><strong><time datetime="{deadline.day.isoformat()}">{day}</time> '
        f"{_safe(tell.say(deadline.what))}</strong> <code>{deadline.code}</code></p>"
    )
    for each in _facts(entry, tell):
        yield f'<p class="fact">{_safe(each)}</p>'
    yield "</li>"


def _safe(text: str) -> str:
    return escape(clean(text), quote=True)
