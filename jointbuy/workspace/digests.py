"""The mail that says what is to be done in the coming days."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from jointbuy.errors import Arg, named, say
from jointbuy.workspace.follow_up import FollowUps
from jointbuy.workspace.names import called
from jointbuy.workspace.words import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jointbuy.documents.digest import Digest, Entry
    from jointbuy.errors import Message
    from jointbuy.model import Deadline, Reminder
    from jointbuy.workspace.watching import Sitting, Watch

Layout = Literal["md", "html"]


class Digests(FollowUps):
    """Deadlines as a mail."""

    def digest(
        self, *, who: str = "", within: int = 14, kind: str = "", language: str = ""
    ) -> Digest:
        """What is overdue and what is due in so many days, by level and administration.

        What was put off is counted and left out, what was struck out is left out. It
        is written in the language of the user unless another is asked for.

        Raises:
            NotFound: nobody answers to `who`.
            UsageError: there is no such kind.
        """
        from jointbuy.documents.digest import LEVELS, Digest, Group, Section
        from jointbuy.workspace.deadlines import kind_of

        language = language or self.language
        watch = self.watch()
        whom = self.acting(who) if who else None
        asked = [
            each
            for each in watch.select(
                within=within, who=whom.id if whom else "", kind=kind_of(kind)
            )
            if not each.cancelled
        ]
        found = [each for each in asked if watch.snoozed(each) is None]
        rank = {level: number for number, level in enumerate(LEVELS)}
        names = {
            each.id: each.name(language) for each in watch.administrations.values()
        }

        def place(each: Deadline) -> tuple[int, str, str]:
            called = names.get(each.administration, "").casefold()
            return rank[each.level], called, each.administration

        sections = []
        found.sort(key=lambda each: (*place(each), each.day, each.id))
        for level, near in groupby(found, key=lambda each: each.level):
            groups = tuple(
                Group(
                    administration=_administration(watch, id_),
                    entries=tuple(_entry(watch, each) for each in mine),
                )
                for id_, mine in groupby(near, key=lambda each: each.administration)
            )
            sections.append(Section(level=level, groups=groups))
        return Digest(
            title=named(self.register.names, "jointbuy"),
            on=self.on,
            until=self.on + timedelta(days=within),
            language=language,
            whom=called(whom) if whom else None,
            sections=tuple(sections),
            put_off=len(asked) - len(found),
        )

    @staticmethod
    def digest_text(digest: Digest, layout: Layout = "md") -> str:
        """The mail, as Markdown or as HTML."""
        from jointbuy.documents import digest as mail

        return mail.html(digest) if layout == "html" else mail.markdown(digest)

    def write_digest(
        self,
        path: Path,
        digest: Digest,
        layout: Layout = "md",
        *,
        overwrite: bool = False,
    ) -> Path:
        """Write the mail to a file, and answer where it stands.

        Raises:
            Refused: the file is there already, or cannot be written.
        """
        from jointbuy.documents.files import write_file

        content = self.digest_text(digest, layout).encode()
        return write_file(path.parent, path.name, content, overwrite=overwrite)


def _administration(watch: Watch, id_: str) -> Arg | None:
    known = watch.administrations.get(id_)
    if known is not None:
        return called(known)
    return Arg(name="", text=id_) if id_ else None


def _entry(watch: Watch, deadline: Deadline) -> Entry:
    from jointbuy.documents.digest import Entry

    person = watch.contacts.get(deadline.contact)
    last = next(iter(watch.reminded(deadline)), None)
    return Entry(
        deadline=deadline,
        who=person.name if person else deadline.contact,
        sessions=tuple(_sessions(watch.sittings(deadline))),
        reminded=reminded_said(watch, last) if last else None,
    )


def _sessions(sittings: tuple[Sitting, ...]) -> Iterator[Message]:
    for each in sittings:
        if each.session is None:
            yield each.warning or say(
                "{body}: no session is left that a file can still reach.",
                body=each.body,
            )
            yield from (way.message for way in each.ways_out)
        else:
            yield say(
                "{body}: {day}; the file must be ready by {filing}.",
                body=each.body,
                day=each.session.day,
                filing=each.session.filing,
            )


def reminded_said(watch: Watch, reminder: Reminder) -> Message:
    """When somebody was last reminded, who, and how."""
    person = watch.contacts.get(reminder.to)
    return say(
        "Last reminded on {day}: {name} ({channel}).",
        day=reminder.on,
        name=person.name if person else reminder.to,
        channel=CHANNELS[reminder.channel],
    )
