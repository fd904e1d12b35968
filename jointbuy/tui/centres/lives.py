"""The life of a framework agreement: how far it came, and what is next for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.centres.pieces import MUTED, joint
from jointbuy.tui.centres.rows import SOON
from jointbuy.tui.prose import Paragraph, bullet
from jointbuy.tui.prose import paragraph as text_of
from jointbuy.workspace.words import LIFE, PHASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.centres.lifecycle import Life, LifeStep
    from jointbuy.errors import Message
    from jointbuy.model import FrameworkAgreement
    from jointbuy.tui.speech import Speech

STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("announced", ("ANNOUNCED",)),
    ("interest", ("INTEREST_OPEN", "INTEREST_CLOSED")),
    ("launch", ("LAUNCHED",)),
    ("award", ("AWARDED",)),
    ("start", ("RUNNING", "EXHAUSTED")),
    ("end", ("ENDED",)),
)
"""The steps of the centre in their order, and the phases that follow each."""

DAYS = {
    "interest": "interest_deadline",
    "launch": "launch",
    "award": "award",
    "start": "start",
    "end": "end",
}


def course_told(
    framework: FrameworkAgreement, phase: str, speech: Speech
) -> Iterator[Paragraph]:
    """The steps of the centre from the announcement to the end; ▶ where it is."""
    here = next((at for at, (_, of) in enumerate(STAGES) if phase in of), None)
    for at, (code, _) in enumerate(STAGES):
        day: date | None = getattr(framework, DAYS[code]) if code in DAYS else None
        passed = here is not None and at < here
        sign = "▶" if at == here else "✓" if passed else "·"
        now = speech.say(PHASES[phase]) if at == here else ""
        yield bullet(
            joint(now, speech.say(LIFE[code]), speech.day(day)),
            sign=sign,
            style="bold" if at == here else MUTED if passed else "",
        )


def next_told(
    life: Life, told_before: Message | None, on: date, speech: Speech
) -> Iterator[Paragraph]:
    """What one administration did of its own steps, and what is next."""
    own = [each for each in life.steps if each.ours]
    done = "  ".join(
        f"{_sign(each, life.next)} {speech.say(LIFE[each.code])}"
        for each in own
        if each.code not in {"reinterest", "successor"} or each.code == life.next
    )
    yield text_of(done, indent=2)
    step = life.step(life.next) if life.next else None
    if step is None:
        return
    what = speech.say(LIFE[step.code])
    when = f"{speech.day(step.day)}" if step.day else ""
    urgent = step.day is not None and (step.day - on).days <= SOON
    told = say("Next: {step}", step=joint(what, when))
    yield bullet(
        speech.say(told), sign="▶", style="$text-warning" if urgent else "", indent=2
    )
    if step.note is not None and told_before != step.note:
        yield text_of(speech.say(step.note), MUTED, indent=4)


def _sign(step: LifeStep, next_: str) -> str:
    if step.code == next_:
        return "▶"
    return "✓" if step.done else "✗" if step.closed else "·"
