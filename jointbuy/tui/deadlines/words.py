"""What levels, kinds and records of deadlines are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from jointbuy.errors import named, say
from jointbuy.model import (
    Adhesion,
    Contract,
    Dossier,
    FrameworkAgreement,
    Interest,
    Level,
    LocalText,
    Need,
    NeedsRound,
    Order,
    Programme,
)

if TYPE_CHECKING:
    from jointbuy.errors import Message
    from jointbuy.model import Deadline
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace.watching import Watch

LEVELS: dict[Level, tuple[str, Message, str]] = {
    Level.OVERDUE: ("!", say("Overdue"), "error"),
    Level.WEEK: ("▲", say("7 days"), "error"),
    Level.MONTH: ("◆", say("30 days"), "warning"),
    Level.QUARTER: ("·", say("90 days"), ""),
    Level.LATER: (" ", say("Later"), "muted"),
}
"""How near a deadline is: the sign, the words, the tone."""

URGENT = (Level.OVERDUE, Level.WEEK, Level.MONTH)

KINDS: dict[str, Message] = {
    "framework_interest": say("Interest"),
    "framework_exceeded": say("Ceiling exceeded"),
    "framework_end": say("Last orders"),
    "framework_successor": say("What follows"),
    "framework_source": say("Source"),
    "interest_due": say("Answer"),
    "interest_maximum": say("Maximum"),
    "interest_proof": say("Proof"),
    "adhesion_due": say("Adhesion"),
    "adhesion_reopened": say("Reopened"),
    "programme_due": say("Programme"),
    "order_decision": say("Use"),
    "contract_notice": say("Giving notice"),
    "contract_renewal": say("Renewal"),
    "contract_limit": say("Renewal limit"),
    "contract_end": say("Contract end"),
    "contract_follow": say("Follow-up"),
    "need_latest": say("Latest start"),
    "round_due": say("Needs round"),
    "round_answer": say("Needs round"),
    "action_due": say("Action"),
    "milestone": say("Plan step"),
}
"""What a deadline is for, in a word or two."""

ACTION, STEP = "action_due", "milestone"
"""The kinds of those that somebody wrote down, and of the steps of a plan."""

RANKS = {level: str(rank) for rank, level in enumerate(LEVELS)}
BY_RANK = {rank: level for level, rank in RANKS.items()}


def what(deadline: Deadline) -> Message:
    """What must be done; struck out where it no longer applies."""
    if deadline.cancelled:
        return say("CANCELLED: {title}", title=deadline.what)
    return deadline.what


def level_text(level: Level, speech: Speech) -> str:
    """The sign of a level and its words."""
    sign, words, _ = LEVELS[level]
    return f"{sign} {speech.line(words)}"


def kind_text(kind: str, speech: Speech) -> str:
    """What deadlines of a kind are for."""
    return speech.line(KINDS[kind]) if kind in KINDS else kind


def administration_of(watch: Watch, id_: str, speech: Speech) -> str:
    """The name of an administration, or its id."""
    known = watch.administrations.get(id_)
    return speech.name(known.names) or id_ if known else id_


def person_of(watch: Watch, id_: str) -> str:
    """The name of a contact person; what is no id is a name already."""
    known = watch.contacts.get(id_)
    return known.name if known else id_


def title_of(watch: Watch, deadline: Deadline) -> Message | str:
    """What the record of a deadline is called, in any language."""
    record = watch.object(deadline)
    if isinstance(record, Dossier):
        record = record.candidate
    for name in ("title", "names"):
        text = getattr(record, name, None)
        if isinstance(text, str) and text:
            return text
        if isinstance(text, LocalText) and text.as_dict():
            return say("{name}", name=named(text))
    return deadline.subject


def subject_of(watch: Watch, deadline: Deadline, speech: Speech) -> str:
    """What it is about: the need, contract, agreement or plan, by its name."""
    if deadline.kind == STEP or not deadline.what.args:
        return speech.line(title_of(watch, deadline))
    return ", ".join(
        [speech.line(say("{name}", name=arg)) for arg in reversed(deadline.what.args)]
    )


def act_of(deadline: Deadline, speech: Speech) -> str:
    """What is done, in a word or two; of a step what it is."""
    if deadline.kind == STEP:
        return speech.line(deadline.what)
    return kind_text(deadline.kind, speech)


def brief(subject: str, act: str, deadline: Deadline, speech: Speech) -> str:
    """What it is about, then what is done; struck out where it no longer applies."""
    text = say("{subject}: {act}", subject=subject, act=act)
    if deadline.cancelled:
        text = say("CANCELLED: {title}", title=text)
    return speech.line(text)


def fitted(
    subject: str, act: str, deadline: Deadline, speech: Speech, width: int
) -> str:
    """The same in so many columns: the subject is cut, what is done stays."""
    whole = brief(subject, act, deadline, speech)
    over = cell_len(whole) - width
    room = max(cell_len(subject) - over, width // 3)
    if over <= 0 or room >= cell_len(subject):
        return whole
    cut = set_cell_size(subject, max(room - 1, 1)).rstrip() + "…"
    return brief(cut, act, deadline, speech)


SECTIONS: dict[type, str] = {
    Need: "needs",
    NeedsRound: "needs",
    Dossier: "proposals",
    Contract: "centres",
    FrameworkAgreement: "centres",
    Interest: "centres",
    Adhesion: "centres",
    Programme: "centres",
    Order: "centres",
}
"""The section that shows the records of a kind."""


def destination(watch: Watch, deadline: Deadline) -> str:
    """The section that shows the record of a deadline; empty while there is none."""
    return SECTIONS.get(type(watch.record(deadline)), "")
