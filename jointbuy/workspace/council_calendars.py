"""The calendars of councils and executives: their sessions, rhythm and last chances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, Problem, Refused, UsageError, say
from jointbuy.model import BodyKind, CompetentBody, StepKind
from jointbuy.workspace.deadlines import Deadlines
from jointbuy.workspace.sittings import Sitting, body_of, held_on, listing, sitting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from jointbuy.intake.session_rows import ListedSession, ParsedSessions
    from jointbuy.model import Administration, Deadline, Milestone, Rhythm
    from jointbuy.store.port import Change
    from jointbuy.workspace.watching import Watch

AHEAD = timedelta(days=366)
"""How far ahead expected sessions are listed, unless a day is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session of a body: fixed, expected, doubtful or cancelled.

    `summons` and `filing` are the last days to call the members together and to hand
    in a file; `note` says why an expected one is not sure.
    """

    administration: str
    body: BodyKind
    name: Arg
    day: date
    state: str
    summons: date
    filing: date
    note: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSessions:
    """What became of the sessions in a file.

    `unchanged` are those that were known already, twice in the file included;
    `refused` the numbers of the rows or events that were not taken.
    """

    added: tuple[ListedSession, ...] = ()
    cancelled: tuple[ListedSession, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    refused: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSession:
    """The last chance of one body of an administration before a day."""

    administration: str
    day: date
    sitting: Sitting


def rhythm_text(rhythm: Rhythm, language: str) -> str:
    """A rhythm as it would be typed: 3rd Thursday, not in July, August."""
    from jointbuy.intake.rhythms import write_rhythm

    return write_rhythm(rhythm, language)


def overtaken(before: CompetentBody, after: CompetentBody, on: date) -> Message | None:
    """What to say when sessions that were expected no longer are.

    One that is fixed, or cancelled, takes the place of the one that the rhythm gave in
    the same month or week; both may take place.
    """
    from jointbuy.schedule.rhythm import days_to_come

    known = {*after.sessions, *after.cancelled}
    if not known or after.rhythm is None:
        return None
    last = max(known) + timedelta(days=31)  # the end of its month lies before
    gone = set(days_to_come(before, on, last)) - known
    gone -= set(days_to_come(after, on, last))
    if not gone:
        return None
    return say(
        "No longer expected by the rhythm: {n}, the first on {first}. A session that "
        "is fixed or cancelled stands for that of its month, or of its week; register "
        "any that takes place as well.",
        n=len(gone),
        first=min(gone),
    )


def body_kind(text: str) -> BodyKind:
    """The body of that name: council or executive, in any of the four languages.

    Raises:
        UsageError: it is neither.
    """
    from jointbuy.intake.choices import parse_choice
    from jointbuy.intake.session_rows import not_a_body

    parsed = parse_choice(BodyKind, text)
    if parsed.value is None:
        raise UsageError(not_a_body(text))
    return parsed.value


class CouncilCalendars(Deadlines):
    """When councils and executives meet, and until when they can still decide."""

    def sessions(
        self,
        *,
        administration: str = "",
        body: str = "",
        until: date | None = None,
        past: bool = False,
    ) -> tuple[SessionLine, ...]:
        """The sessions of every body, earliest first; those gone by only with `past`.

        Raises:
            NotFound: there is no such administration.
            UsageError: there is no such body.
        """
        last = until or self.on + AHEAD
        found = [
            line
            for owner in self._chosen(administration)
            for each in owner.bodies
            if not body or each.kind is body_kind(body)
            for line in self._lines(owner, each, last)
            if past or line.day >= self.on
        ]
        return tuple(
            sorted(found, key=lambda e: (e.day, e.administration, e.body.name))
        )

    def unknown_calendars(self) -> tuple[Administration, ...]:
        """The administrations of whose council no session is known from today on."""
        known = {
            line.administration
            for line in self.sessions(body=BodyKind.COUNCIL.name)
            if line.state != "cancelled"
        }
        return tuple(e for e in self.administrations().values() if e.id not in known)

    def _chosen(self, text: str) -> tuple[Administration, ...]:
        if text:
            return (self.administration(text),)
        return tuple(self.administrations().values())

    def _lines(
        self, owner: Administration, body: CompetentBody, last: date
    ) -> Iterator[SessionLine]:
        from jointbuy.schedule import terms
        from jointbuy.schedule.names import body_name
        from jointbuy.schedule.rhythm import expected_days, fixed_days
        from jointbuy.schedule.sessions import session_on

        convocation, filing, _ = terms.summons(
            owner, body.kind, self.on, self.practice(), self.own_law()
        )
        days: list[tuple[date, str, Message | None]] = [
            *((day, "fixed", None) for day in fixed_days(body) if day <= last),
            *((day, "cancelled", None) for day in body.cancelled if day <= last),
        ]
        for each in expected_days(body, self.on, last, owner.closed):
            state = "doubtful" if each.doubt is not None else "expected"
            days.append((each.day, state, each.doubt))
        for day, state, note in days:
            found = session_on(
                body,
                day,
                convocation_days=convocation,
                filing_days=filing,
                closed=owner.closed,
            )
            yield SessionLine(
                administration=owner.id,
                body=body.kind,
                name=body_name(owner, body),
                day=day,
                state=state,
                summons=found.summons,
                filing=found.filing,
                note=note,
            )

    # Changing a calendar, one act at a time.

    def add_sessions(
        self, administration: str, body: str, days: Iterable[date]
    ) -> tuple[date, ...]:
        """Fix sessions; one that was cancelled takes place again. Those that are new.

        Raises:
            NotFound: there is no such administration.
            UsageError: there is no such body.
        """
        owner, kept = self._calendar(administration, body)
        new = tuple(sorted(set(days) - set(kept.sessions)))
        changed = replace(
            kept,
            sessions=tuple(sorted({*kept.sessions, *new})),
            cancelled=tuple(day for day in kept.cancelled if day not in new),
        )
        self._keep_body(owner, changed, why=f"sessions add {owner.id}")
        return new

    def cancel_session(self, administration: str, body: str, day: date) -> bool:
        """Strike out a session; False if it was cancelled already.

        Raises:
            NotFound: there is no such administration.
            UsageError: the body does not meet on that day, or is none.
        """
        from jointbuy.schedule.rhythm import rhythm_days

        owner, kept = self._calendar(administration, body)
        if day in kept.cancelled and day not in kept.sessions:
            return False
        by_rhythm = rhythm_days(kept.rhythm, day, day) if kept.rhythm else ()
        if day not in kept.sessions and not by_rhythm:
            raise UsageError(
                say(
                    "No session is known on {day}: `sessions list` shows those that "
                    "are.",
                    day=day,
                )
            )
        changed = _without(kept, {day})
        self._keep_body(owner, changed, why=f"sessions cancel {owner.id}")
        return True

    def set_rhythm(self, administration: str, body: str, text: str) -> CompetentBody:
        """Give a body its rhythm; an empty text takes it away.

        Raises:
            NotFound: there is no such administration.
            UsageError: there is no such body.
            Refused: the text is no rhythm; nothing is then kept.
        """
        from jointbuy.intake.rhythms import parse_rhythm

        owner, kept = self._calendar(administration, body)
        parsed = parse_rhythm(text, on=self.on)
        if parsed.fault is not None:
            raise Refused(parsed.fault)
        changed = replace(kept, rhythm=parsed.value)
        self._keep_body(owner, changed, why=f"sessions rhythm {owner.id}")
        return changed

    def import_sessions(
        self,
        path: Path,
        *,
        administration: str = "",
        body: str = "",
        sheet: str = "",
        title: str = "",
        dry_run: bool = False,
    ) -> ImportedSessions:
        """Take in the sessions of a spreadsheet or a calendar file, in one change.

        Good rows are kept when others fail. `administration` and `body` are those of
        rows that name none; of a calendar, `title` keeps only the events in whose title
        it stands.

        Raises:
            Refused: the file cannot be read at all.
            UsageError: a calendar without administration and body.
        """
        parsed = self._parsed_sessions(path, administration, body, sheet, title)
        owners = {owner.id: owner for owner in self.administrations().values()}
        fresh = dict(owners)
        added: list[ListedSession] = []
        cancelled: list[ListedSession] = []
        remarks: list[Problem] = []
        unchanged = parsed.doubles
        for each in sorted(parsed.sessions, key=lambda listed: listed.cancelled):
            owner = fresh[each.administration]
            kept = body_of(owner, each.body)
            if each.cancelled and (
                each.day not in kept.cancelled or each.day in kept.sessions
            ):
                fresh[owner.id] = _with_body(owner, _without(kept, {each.day}))
                cancelled.append(each)
            elif each.cancelled or each.day in kept.sessions:
                unchanged += 1
            elif each.day in kept.cancelled:
                unchanged += 1
                remarks.append(_stays_cancelled(each.day))
            else:
                days = tuple(sorted({*kept.sessions, each.day}))
                fresh[owner.id] = _with_body(owner, replace(kept, sessions=days))
                added.append(each)
        called_off = {(e.administration, e.body, e.day) for e in cancelled}
        if not dry_run:
            changes: list[Change] = [
                self.change(fresh[id_], of=owner)
                for id_, owner in owners.items()
                if fresh[id_] != owner
            ]
            self.commit(changes, why=f"sessions import {path.name}")
        return ImportedSessions(
            added=tuple(
                e for e in added if (e.administration, e.body, e.day) not in called_off
            ),
            cancelled=tuple(cancelled),
            unchanged=unchanged,
            problems=(
                *parsed.problems,
                *remarks,
                *self._left_out(fresh, parsed.sessions),
                *self._overtaken(owners, fresh),
            ),
            refused=parsed.refused_rows,
        )

    def _left_out(
        self, after: dict[str, Administration], listed: Iterable[ListedSession]
    ) -> Iterator[Problem]:
        """Of each body the sessions of the file's months that it does not give."""
        from jointbuy.schedule.names import body_name

        given: dict[tuple[str, BodyKind], set[date]] = {}
        for each in listed:
            given.setdefault((each.administration, each.body), set()).add(each.day)
        for (id_, kind), days in given.items():
            first, last = (_month(each) for each in (min(days), max(days)))
            body = body_of(after[id_], kind)
            gone = [
                say("{day}", day=day)
                for day in body.sessions
                if day >= self.on and first <= _month(day) <= last and day not in days
            ]
            if gone:
                told = say(
                    "{body}: these registered sessions are not in the file: {days}. "
                    "Strike out those that do not take place with `sessions cancel`.",
                    body=body_name(after[id_], body),
                    days=listing(gone),
                )
                name = after[id_].name(self.language)
                yield Problem(column=name, message=told, blocking=False)

    def _overtaken(
        self, before: dict[str, Administration], after: dict[str, Administration]
    ) -> Iterator[Problem]:
        for id_, owner in after.items():
            for body in owner.bodies:
                said = overtaken(body_of(before[id_], body.kind), body, self.on)
                if said is not None:
                    name = owner.name(self.language)
                    yield Problem(column=name, message=said, blocking=False)

    def _parsed_sessions(
        self, path: Path, administration: str, body: str, sheet: str, title: str
    ) -> ParsedSessions:
        from jointbuy.intake.session_calendar import is_calendar, parse_calendar
        from jointbuy.intake.session_rows import parse_sessions
        from jointbuy.intake.spreadsheets import read_content, read_table
        from jointbuy.intake.text import clean

        home = self.administration(administration).id if administration else ""
        kind = body_kind(body) if body else None
        name = clean(path.name)[0]
        content = read_content(path, name)
        if is_calendar(content):
            if not home or kind is None:
                raise UsageError(
                    say(
                        "A calendar does not say whose sessions it holds: give "
                        "--administration and --body."
                    )
                )
            return parse_calendar(
                content, name, administration=home, body=kind, on=self.on, title=title
            )
        table = read_table(path, sheet=sheet, of="sessions")
        parsed = parse_sessions(
            table.rows,
            administrations=tuple(self.administrations().values()),
            home=home,
            body=kind,
            language=self.language,
        )
        return replace(parsed, problems=(*table.problems, *parsed.problems))

    def calendar(self, administration: str, body: str) -> CompetentBody:
        """What is known of a body; one without sessions where nothing is.

        Raises:
            NotFound: there is no such administration.
            UsageError: there is no such body.
        """
        return self._calendar(administration, body)[1]

    def _calendar(
        self, administration: str, body: str
    ) -> tuple[Administration, CompetentBody]:
        owner = self.administration(administration)
        return owner, body_of(owner, body_kind(body))

    def _keep_body(
        self, owner: Administration, body: CompetentBody, *, why: str
    ) -> None:
        """Keep one body; nothing is kept where nothing changes."""
        fresh = _with_body(owner, body)
        if fresh != owner:
            self.commit([self.change(fresh, of=owner)], why=why)

    # Last chances.

    def last_sessions(
        self,
        *,
        before: date | None = None,
        deadline: str = "",
        administration: str = "",
        body: str = "",
    ) -> tuple[LastSession, ...]:
        """The last useful session of each body before a day, or before a deadline.

        A deadline that several administrations have in common is answered for each of
        them, by the bodies that have to decide.

        Raises:
            NotFound: there is no such deadline or administration.
            UsageError: neither a day nor a deadline is given, the day has passed, the
                deadline is no decision of a body, or there is no such body.
        """
        kind = body_kind(body) if body else None
        chosen = self._chosen(administration)
        if deadline:
            found = [*self._before_deadline(deadline, {each.id for each in chosen})]
        elif before is not None:
            _still_ahead(before, self.on)
            found = [
                LastSession(
                    administration=owner.id,
                    day=before,
                    sitting=self._sitting(owner, each, before),
                )
                for owner in chosen
                for each in owner.bodies or (CompetentBody(kind=BodyKind.COUNCIL),)
            ]
        else:
            raise UsageError(
                say("Before which day? Give --before DATE or --deadline ID.")
            )
        return tuple(e for e in found if kind is None or e.sitting.kind is kind)

    def _before_deadline(
        self, text: str, chosen: Collection[str]
    ) -> Iterator[LastSession]:
        watch = self.watch()
        meant = self.deadline(text)
        _still_ahead(meant.day, self.on)
        if meant.kind == "milestone" and _session_step(watch.milestone(meant)) is None:
            raise UsageError(
                say(
                    "“{title}” is no decision of a body: give the deadline of a "
                    "decision, or --before DATE.",
                    title=meant.what,
                )
            )
        subject = _common(watch.record(meant), meant)
        for each in watch.deadlines:
            same = each.id == meant.id or (
                each.day == meant.day
                and each.administration != meant.administration
                and _common(watch.record(each), each) == subject
            )
            owner = watch.administrations.get(each.administration)
            if not same or owner is None or owner.id not in chosen:
                continue
            for found in self._met_before(watch, each, owner):
                yield LastSession(administration=owner.id, day=each.day, sitting=found)

    def _met_before(
        self, watch: Watch, deadline: Deadline, owner: Administration
    ) -> tuple[Sitting, ...]:
        if deadline.kind != "milestone":
            return watch.sittings(deadline) or tuple(
                self._sitting(owner, body, deadline.day) for body in owner.bodies
            )
        step = _session_step(watch.milestone(deadline))
        return () if step is None else (self._as_planned(owner, step),)

    def _as_planned(self, owner: Administration, step: Milestone) -> Sitting:
        """The session that a plan counts on; its day may be fixed there by somebody."""
        from jointbuy.schedule.names import body_name

        body = body_of(owner, step.body or BodyKind.COUNCIL)
        if not step.forced:
            return self._sitting(owner, body, step.day)
        session = held_on(
            owner,
            body,
            step.day,
            self.on,
            practice=self.practice(),
            own=self.own_law(),
        )
        note = say("{day} was fixed in the plan: {why}", day=step.day, why=step.why)
        return Sitting(
            body=body_name(owner, body),
            session=replace(session, note=note),
            kind=body.kind,
            left=(session.filing - self.on).days,
        )

    def _sitting(self, owner: Administration, body: CompetentBody, by: date) -> Sitting:
        return sitting(
            owner,
            body,
            by,
            self.on,
            practice=self.practice(),
            own=self.own_law(),
        )


def _still_ahead(day: date, on: date) -> None:
    if day < on:
        raise UsageError(
            say("{day} has passed: no session can be in time for it.", day=day)
        )


def _session_step(step: Milestone | None) -> Milestone | None:
    """The step of a plan if a body meets for it, else None."""
    return step if step is not None and step.kind is StepKind.SESSION else None


def _common(record: Any, deadline: Deadline) -> tuple[str, str]:  # noqa: ANN401
    """What a deadline is about for all: the same call, whoever it concerns."""
    subject = getattr(record, "framework", "") or deadline.subject
    if deadline.kind.partition("_")[0] in {"interest", "framework"}:
        return "interest", subject
    return deadline.kind, subject


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _with_body(owner: Administration, body: CompetentBody) -> Administration:
    bodies = {each.kind: each for each in owner.bodies} | {body.kind: body}
    known = (bodies[kind] for kind in BodyKind if kind in bodies)
    kept = tuple(each for each in known if each != CompetentBody(kind=each.kind))
    return replace(owner, bodies=kept)


def _without(body: CompetentBody, days: set[date]) -> CompetentBody:
    """The body with these sessions cancelled."""
    return replace(
        body,
        sessions=tuple(day for day in body.sessions if day not in days),
        cancelled=tuple(sorted({*body.cancelled, *days})),
    )


def _stays_cancelled(day: date) -> Problem:
    return Problem(
        message=say(
            "The session of {day} is recorded as cancelled and stays so; `sessions "
            "add` takes it up again.",
            day=day,
        ),
        blocking=False,
    )
