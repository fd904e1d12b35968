"""The history in sentences: what each change was, with the names it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, named, say
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    Administration,
    ContactPerson,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    Need,
    NeedsRound,
    Order,
    PurchasingCentre,
    Register,
    Reminder,
    ServiceAnswer,
    Snooze,
    UseDecision,
)
from jointbuy.store.undo import REDO, turned
from jointbuy.workspace.names import called

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from jointbuy.model import Record
    from jointbuy.store.port import Changed, Entry
    from jointbuy.workspace.records import Records


def told(workspace: Records, entry: Entry) -> Message:
    """What a change was, in one sentence.

    A wording that no verb of today writes is told by what happened to the records.
    """
    verb, number = turned(entry)
    if verb:
        return _turned(workspace, verb, number)
    if not entry.by:
        return say("The register as it began: {n} records.", n=len(entry.changes))
    if not entry.why:
        return say("Changed outside jointbuy: {n} records.", n=len(entry.changes))
    tell = _VERBS.get(entry.why.partition(" ")[0])
    return (tell and tell(workspace, entry)) or _plainly(workspace, entry)


def last_told(workspace: Records) -> Message:
    """What the last change was, without reading those before it."""
    return told(workspace, next(workspace.store.latest()))


def _turned(workspace: Records, verb: str, number: int) -> Message:
    """An undo or a redo, with what it turned."""
    before = next((each for each in workspace.history() if each.number == number), None)
    if before is None or turned(before)[0]:
        if verb == REDO:
            return say("Change {number} made again.", number=number)
        return say("Change {number} taken back.", number=number)
    what = told(workspace, before)
    if verb == REDO:
        return say("Change {number} made again: {what}", number=number, what=what)
    return say("Change {number} taken back: {what}", number=number, what=what)


def _last(entry: Entry, kind: type) -> Changed | None:
    """The last change of a record of that kind; a new need comes after its owner."""
    found = [each for each in entry.changes if each.kind is kind]
    return found[-1] if found else None


def _plainly(workspace: Records, entry: Entry) -> Message:
    """What happened to the records, whatever verb did it."""
    from jointbuy.store.records import kind_word

    if len(entry.changes) != 1:
        return say("Records changed: {n}.", n=len(entry.changes))
    (changed,) = entry.changes
    kind = kind_word(changed.kind)
    name = _name(workspace, changed)
    if changed.before is None:
        return say("Added: {kind} “{name}”.", kind=kind, name=name)
    if changed.after is None:
        return say("Removed: {kind} “{name}”.", kind=kind, name=name)
    return say("Changed: {kind} “{name}”.", kind=kind, name=name)


def _name(workspace: Records, changed: Changed) -> Arg | Message | str:
    record = changed.after or changed.before
    return changed.id if record is None else _called(workspace, record)


def _called(workspace: Records, record: Record) -> Arg | Message:
    """What a record is called; one that joins others, by both of them."""
    match record:
        case Dossier():
            names = record.candidate.title
            if names.as_dict():
                return named(names)
            return Arg(name="", text=record.id)
        case Adhesion():
            return _both(
                _of(workspace, PurchasingCentre, record.centre),
                _of(workspace, Administration, record.administration),
            )
        case Interest():
            return _both(
                _of(workspace, FrameworkAgreement, record.framework),
                _of(workspace, Administration, record.administration),
            )
        case UseDecision():
            return _both(
                _of(workspace, FrameworkAgreement, record.framework),
                _of(workspace, Need, record.need),
            )
        case Order():
            return _both(
                _of(workspace, FrameworkAgreement, record.framework),
                _of(workspace, Administration, record.administration),
            )
    return called(record)


def _both(one: Arg, other: Arg) -> Message:
    return say("{one} – {other}", one=one, other=other)


def _of(workspace: Records, kind: type[Any], id_: str) -> Arg:
    """What the record with that id is called today; the id where it is gone."""
    record = workspace.records(kind).get(id_)
    return Arg(name="", text=id_) if record is None else called(record)


# One teller for each verb; None where the records do not go with it.


def _added(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Need)
    if changed is None or changed.before is not None:
        return None
    return say("Need added: “{name}”.", name=_name(workspace, changed))


def _status(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Need)
    if changed is None or changed.after is None:
        return None
    name = _name(workspace, changed)
    count = sum(1 for each in entry.changes if each.kind is Need)
    if count > 1:
        return _statuses(entry.why.partition(" ")[0], count)
    match entry.why.partition(" ")[0]:
        case "open":
            return say("Need opened: “{name}”.", name=name)
        case "draft":
            return say("Need made a draft: “{name}”.", name=name)
        case "withdrawn":
            return say("Need withdrawn: “{name}”.", name=name)
    return say("Need settled: “{name}”.", name=name)


def _statuses(status: str, count: int) -> Message:
    match status:
        case "open":
            return say("Needs opened: {n}.", n=count)
        case "draft":
            return say("Needs made drafts: {n}.", n=count)
        case "withdrawn":
            return say("Needs withdrawn: {n}.", n=count)
    return say("Needs settled: {n}.", n=count)


def _imported(_workspace: Records, entry: Entry) -> Message:
    contracts = sum(1 for changed in entry.changes if changed.kind is Contract)
    if contracts:
        return say(
            "Contracts taken in from {file}: {n}.",
            file=entry.why.partition(" ")[2],
            n=contracts,
        )
    return say(
        "Needs taken in from {file}: {n}.",
        file=entry.why.partition(" ")[2],
        n=sum(1 for changed in entry.changes if changed.kind is Need),
    )


def _interest(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Interest)
    if changed is None or not isinstance(changed.after, Interest):
        return None
    name, answer = _name(workspace, changed), changed.after.answer
    verb, number = entry.why.split(" ", 1)[0], len(entry.changes)
    if number > 1 and verb in _SEVERAL:
        return _SEVERAL[verb](number)
    match verb:
        case "ask":
            return say("Call for interest recorded: {name}.", name=name)
        case "prove":
            return say("Proof of the answer kept: {name}.", name=name)
        case "accept":
            return say("Answer taken by the centre all the same: {name}.", name=name)
        case "call" if answer is None:
            return say("Call for interest noted: {name}.", name=name)
    if answer is InterestAnswer.YES:
        return say("Interest marked: {name}.", name=name)
    return say("Call for interest answered no: {name}.", name=name)


_SEVERAL: dict[str, Callable[[int], Message]] = {
    "ask": lambda n: say("Calls for interest recorded: {n}.", n=n),
    "answer": lambda n: say("Answers to calls for interest recorded: {n}.", n=n),
    "prove": lambda n: say("Proofs of answers kept: {n}.", n=n),
}
"""What is told of several calls, answers or proofs that were kept in one go."""


def _home(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Register)
    if changed is None or not isinstance(changed.after, Register):
        return None
    home = _of(workspace, Administration, changed.after.home)
    return say("Register of: {name}.", name=home)


def _answered(workspace: Records, entry: Entry) -> Message | None:
    """An answer to a call for interest, or to questions of the law."""
    if (asked := _interest(workspace, entry)) is not None:
        return asked
    changed = _last(entry, Dossier)
    if changed is None or not isinstance(changed.after, Dossier):
        return None
    before = changed.before.answers if isinstance(changed.before, Dossier) else ()
    return say(
        "Legal questions answered: {n}, on proposal “{name}”.",
        n=len(set(changed.after.answers) - set(before)),
        name=_name(workspace, changed),
    )


def _open_again(workspace: Records, entry: Entry) -> Message | None:
    """Answers to questions of the law that were taken out of a dossier."""
    changed = _last(entry, Dossier)
    if changed is None or not isinstance(changed.before, Dossier):
        return None
    after = changed.after.answers if isinstance(changed.after, Dossier) else ()
    return say(
        "Legal questions open again: {n}, on proposal “{name}”.",
        n=len(set(changed.before.answers) - set(after)),
        name=_name(workspace, changed),
    )


def _proposal(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Dossier)
    if changed is None or not isinstance(changed.after, Dossier):
        return None
    name = _name(workspace, changed)
    match entry.why.partition(" ")[0]:
        case "retain":
            return say("Proposal retained: “{name}”.", name=name)
        case "set":
            return say("Proposal set aside: “{name}”.", name=name)
        case "plan":
            return say("Plan changed: “{name}”.", name=name)
    if not changed.after.decisions:
        return None
    who = changed.after.decisions[-1].administration
    return say(
        "Decision of {who} recorded: “{name}”.",
        who=_of(workspace, Administration, who),
        name=name,
    )


def _reminded(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Reminder)
    if changed is None or not isinstance(changed.after, Reminder):
        return None
    if len(entry.changes) > 1:
        return say("Reminders recorded: {n}.", n=len(entry.changes))
    return say(
        "Reminder recorded: {who}, about {what}.",
        who=_of(workspace, ContactPerson, changed.after.to),
        what=_about(workspace, changed.after.about),
    )


def _put_off(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, Snooze)
    if changed is None:
        return None
    what = _about(workspace, changed.id)
    if not isinstance(changed.after, Snooze):
        return say("Reported again: {what}.", what=what)
    return say(
        "Put off until {until}: {what} ({why}).",
        until=changed.after.until,
        what=what,
        why=changed.after.why,
    )


def _about(workspace: Records, id_: str) -> Arg | Message:
    """What the record is called that a deadline comes from, or that has that id."""
    from jointbuy.model import type_names

    _, _, rest = id_.partition(":")
    kinds: tuple[type[Any], ...] = tuple(type_names)
    for wanted in (id_, rest.partition(":")[0]):
        for kind in kinds:
            record = workspace.records(kind).get(wanted)
            if record is not None and not isinstance(record, Snooze):
                return _called(workspace, record)
    return Arg(name="", text=id_)


def _done(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, ActionPoint)
    if changed is None:
        return None
    return say("Action point done: “{name}”.", name=_name(workspace, changed))


def _sessions(workspace: Records, entry: Entry) -> Message | None:
    """What was done to the calendar of councils and executives."""
    _, _, rest = entry.why.partition(" ")
    verb, _, about = rest.partition(" ")
    before, after = _session_days(entry, 0), _session_days(entry, 1)
    added = len(after["sessions"] - before["sessions"])
    cancelled = sorted(each[-1] for each in after["cancelled"] - before["cancelled"])
    if verb == "import":
        return say(
            "Sessions taken in from {file}: {added} added, {cancelled} cancelled.",
            file=about,
            added=added,
            cancelled=len(cancelled),
        )
    name = _of(workspace, Administration, about)
    if verb == "rhythm":
        return say("Rhythm of the sessions changed: {name}.", name=name)
    if verb == "cancel" and cancelled:
        return say("Session of {day} cancelled: {name}.", day=cancelled[0], name=name)
    return say("Sessions registered for {name}: {n}.", name=name, n=added)


def _session_days(entry: Entry, side: int) -> dict[str, set[tuple[str, str, date]]]:
    """Every session and every cancelled one before a change (0) or after it (1)."""
    found: dict[str, set[tuple[str, str, date]]] = {
        "sessions": set(),
        "cancelled": set(),
    }
    for changed in entry.changes:
        record = (changed.before, changed.after)[side]
        if not isinstance(record, Administration):
            continue
        for body in record.bodies:
            kind = body.kind.name
            found["sessions"] |= {(record.id, kind, day) for day in body.sessions}
            found["cancelled"] |= {(record.id, kind, day) for day in body.cancelled}
    return found


def _handed_over(workspace: Records, entry: Entry) -> Message | None:
    changed = _last(entry, ContactPerson)
    if changed is None or not isinstance(changed.after, ContactPerson):
        return None
    return say(
        "{name} hands over to {successor}; needs handed over: {n}.",
        name=_name(workspace, changed),
        successor=_of(workspace, ContactPerson, changed.after.successor),
        n=sum(1 for each in entry.changes if each.kind is Need),
    )


def _contract(workspace: Records, entry: Entry) -> Message | None:
    """A contract that was followed up, concluded or taken out."""
    changed = _last(entry, Contract)
    match entry.why.partition(" ")[0]:
        case "follow":
            count = sum(1 for each in entry.changes if each.kind is Need)
            if count != 1 or changed is None:
                return say("Needs made of contracts that end: {n}.", n=count)
            name = _name(workspace, changed)
            return say("Need made of the contract that ends: “{name}”.", name=name)
        case "conclude":
            new = [e for e in entry.changes if e.kind is Contract and not e.before]
            if new:
                name = _name(workspace, new[0])
                return say("Contract concluded: “{name}”.", name=name)
    return None


def _round(workspace: Records, entry: Entry) -> Message | None:
    """What happened in a round in which the services are asked for their needs."""
    verb, _, rest = entry.why.partition(" ")
    if verb == "carry":
        count = sum(1 for each in entry.changes if each.kind is Need)
        return say("Needs of last year carried over: {n}.", n=count)
    if verb == "remind-services":
        return _reminded_of(workspace, entry, rest)
    changed = _last(entry, NeedsRound)
    if changed is None or not isinstance(changed.after, NeedsRound):
        return None
    name = _name(workspace, changed)
    match verb:
        case "ask-needs":
            count = len(changed.after.services)
            return say("Services asked for their needs: {n}, “{name}”.", n=count,
                       name=name)  # fmt: skip
        case "answer-round":
            return _answer_in(workspace, changed.before, changed.after, name)
        case "close-round":
            return say("Needs round closed: “{name}”.", name=name)
        case "reopen-round":
            return say("Needs round opened again: “{name}”.", name=name)
    return say("Services asked changed: “{name}”.", name=name)


def _reminded_of(workspace: Records, entry: Entry, rest: str) -> Message | None:
    found = workspace.rounds().get(rest)
    if found is None or not all(e.kind is Reminder for e in entry.changes):
        return None
    return say(
        "Reminders to silent services: {n}, “{name}”.",
        n=len(entry.changes),
        name=called(found),
    )


def _answer_in(
    workspace: Records, before: object, after: NeedsRound, name: Arg | Message | str
) -> Message | None:
    old = before.services if isinstance(before, NeedsRound) else ()
    new = [each for each in after.services if each not in old]
    if len(new) != 1:
        return None
    who = _of(workspace, Administration, new[0].administration)
    whom = say("{one} – {other}", one=who, other=new[0].service)
    if not new[0].service:
        whom = say("{name}", name=who)
    match new[0].answer:
        case ServiceAnswer.NEEDS:
            return say("{whom} has needs: “{name}”.", whom=whom, name=name)
        case ServiceAnswer.NONE:
            return say("{whom} needs nothing: “{name}”.", whom=whom, name=name)
    return say("Answer of {whom} taken back: “{name}”.", whom=whom, name=name)


def _adhesion(workspace: Records, entry: Entry) -> Message | None:
    """What a body decided on adhesions, and what reopened or settled one."""
    found = [each for each in entry.changes if each.kind is Adhesion]
    if not found:
        return None
    verb = entry.why.partition(" ")[0]
    if len(found) > 1:
        return say("Adhesions decided: {n}.", n=len(found))
    name = _name(workspace, found[0])
    match verb:
        case "trigger":
            return say("Adhesion reopened: {name}.", name=name)
        case "settle":
            return say("Reopening of an adhesion settled: {name}.", name=name)
    return say("Adhesion decided: {name}.", name=name)


_VERBS: dict[str, Callable[[Records, Entry], Message | None]] = {
    "add": _added,
    "home": _home,
    "import": _imported,
    "open": _status,
    "draft": _status,
    "withdrawn": _status,
    "settled": _status,
    "call": _interest,
    "ask": _interest,
    "prove": _interest,
    "accept": _interest,
    "answer": _answered,
    "reopen": _open_again,
    "retain": _proposal,
    "set": _proposal,
    "decide": _proposal,
    "plan": _proposal,
    "hand": _handed_over,
    "sessions": _sessions,
    "adhesion": _adhesion,
    "trigger": _adhesion,
    "settle": _adhesion,
    "follow": _contract,
    "conclude": _contract,
    "ask-needs": _round,
    "answer-round": _round,
    "close-round": _round,
    "reopen-round": _round,
    "ask-service": _round,
    "leave-service": _round,
    "carry": _round,
    "remind-services": _round,
    "remind": _reminded,
    "snooze": _put_off,
    "wake": _put_off,
    "done": _done,
}
"""By the first word of what a change says of itself."""
