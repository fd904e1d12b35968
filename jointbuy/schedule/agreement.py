"""The steps of a cooperation that rests on an agreement: no tender, no centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word
from jointbuy.law import question
from jointbuy.law.rules.concertation import integrated
from jointbuy.model import AdministrationKind, Form, Stage, StepKind
from jointbuy.schedule.calendar import latest_event, previous_working_day
from jointbuy.schedule.decisions import (
    before_sending,
    decide,
    of,
    oversight_of,
    own_estimate,
    prepare_file,
    send_decision,
)

if TYPE_CHECKING:
    from jointbuy.model import Administration, Citation
    from jointbuy.schedule.case import Case, Steps

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the steps of one form are called, and the stage its councils decide on.

    `award` is what each executive does after its council, where it does anything;
    `of_each` whether each party binds itself alone, by a contract of its own.
    """

    start: Message
    draft: Message
    decision: Arg
    note: Message
    signature: Message
    award: Arg | None = None
    stage: Stage = Stage.PARTICIPATION
    of_each: bool = False


_IN_HOUSE = Agreement(
    start=say("Contract starts"),
    draft=say("Agree on the conditions of the contract"),
    decision=word("Choose the in-house award"),
    note=say("The choice, its reasons and the conditions of the contract."),
    signature=say("Conclude the contract"),
    award=word("Award the contract"),
    stage=Stage.CONDITIONS,
    of_each=True,
)

AGREEMENTS = {
    Form.IN_HOUSE: _IN_HOUSE,
    Form.IN_HOUSE_REVERSE: _IN_HOUSE,
    Form.IN_HOUSE_JOINT: _IN_HOUSE,
    Form.HORIZONTAL: Agreement(
        start=say("The cooperation starts"),
        draft=say("Agree on the draft convention"),
        decision=word("Decide on the cooperation"),
        note=say(
            "The convention, what each one contributes and the sharing of the costs."
        ),
        signature=say("Sign the convention"),
        award=word("Conclude the cooperation"),
    ),
    Form.STAFF_PLACEMENT: Agreement(
        start=say("The staff starts"),
        draft=say("Agree on the mission, its duration and the charge"),
        decision=word("Decide to put staff at disposal"),
        note=say("The mission, its duration, the conditions and the charge."),
        signature=say("Employer, user and worker sign their agreement"),
    ),
    Form.FREE_SHARING: Agreement(
        start=say("The sharing starts"),
        draft=say("Agree on what is shared, its insurance and its inventory"),
        decision=word("Decide on the sharing"),
        note=say("By the council, or by the executive where the local rules say so."),
        signature=say("Sign the convention"),
    ),
    Form.TRANSFER: Agreement(
        start=say("The transfer takes effect"),
        draft=say("Agree on the draft statutes or convention"),
        decision=word("Decide on the transfer"),
        note=say("The powers transferred, the means and the statutes."),
        signature=say("Sign the statutes or the convention"),
    ),
}
"""The forms planned so, each with its words."""


def plan_agreement(steps: Steps) -> None:
    """Every step from the contact with the supervisor to the start, added to `steps`.

    Source: law of 17 June 2016, art. 30 and 31; organic law of 8 July 1976, art.
        26bis; New Municipal Law, art. 144bis.
    """
    case = steps.case
    words = AGREEMENTS[case.form]
    steps.put("start", words.start, case.wanted, StepKind.ANCHOR)
    signed = _signature(steps, words)
    firsts = [
        first
        for administration in case.participants()
        if (first := _decision(steps, words, administration, signed)) is not None
    ]
    if firsts:
        _preparation(steps, words, min(firsts))


def _signature(steps: Steps, words: Agreement) -> date:
    """The last day on which the parties bind themselves; of each one, its own."""
    case = steps.case
    if case.form is Form.TRANSFER:
        steps.put(
            "approval",
            say("Have the special approval of the supervisory authority"),
            previous_working_day(case.wanted - _DAY),
            StepKind.SUPERVISION,
            basis=question("x7").basis,
            note=say("Where it is due. Its term is not known here: ask first."),
        )
    if not words.of_each:
        basis = question("t4").basis if case.form is Form.STAFF_PLACEMENT else ()
        return _signed(steps, "signature", words.signature, basis)
    label = Arg(name="", kind="word", text=words.signature.text)
    return min(
        _signed(steps, f"order:{each.id}", of(label, each), (), each)
        for each in case.participants()
    )


def _signed(
    steps: Steps,
    code: str,
    label: Message,
    basis: tuple[Citation, ...],
    administration: Administration | None = None,
) -> date:
    case = steps.case
    placed = None
    if administration is not None:
        placed = case.decision(code, administration.id, (Stage.ORDER,))
    days = case.practice.conclusion_days
    return steps.put(
        code,
        label,
        _earlier(case.wanted, days, administration),
        StepKind.PRACTICE,
        administration=administration.id if administration else "",
        days=days,
        basis=basis,
        done=placed.on if placed else None,
    )


def _award(
    steps: Steps, award: Arg, administration: Administration, signed: date
) -> date:
    """The executive of one party awards, in time for the supervisor; the last day.

    Source: Walloon code of local democracy, art. L3122-2, 4°.
    """
    case = steps.case
    code = f"award:{administration.id}"
    received = signed - _DAY
    by = _earlier(received, case.practice.notification_days, administration)
    found = oversight_of(steps, administration, (Stage.AWARD,))
    if found and found.rule.suspensive_award and found.rule.term_days:
        received = previous_working_day(latest_event(received, found.rule.term_days))
        by = min(by, before_sending(steps, received, found.rule))
    decide(
        steps,
        administration,
        code=code,
        stages=(Stage.AWARD,),
        by=by,
        limit=received,
        step=award,
        amount=own_estimate(steps, administration),
    )
    send_decision(steps, administration, (Stage.AWARD,), code, last=received)
    return steps.day(code)


def _decision(
    steps: Steps, words: Agreement, administration: Administration, signed: date
) -> date | None:
    """The council of one party decides; the day its file must exist."""
    case = steps.case
    if words.award is not None:
        signed = _award(steps, words.award, administration, signed)
    code = f"council:{administration.id}"
    amount = own_estimate(steps, administration)
    if case.form is Form.FREE_SHARING:
        amount = Decimal(0)
    session = decide(
        steps,
        administration,
        code=code,
        stages=(words.stage,),
        by=_earlier(signed, case.practice.launch_days, administration),
        limit=signed,
        step=words.decision,
        amount=amount,
        note=words.note,
    )
    send_decision(steps, administration, (words.stage,), code, last=case.wanted - _DAY)
    if session is None:
        return None
    return prepare_file(steps, administration, session, amount=amount)


def _preparation(steps: Steps, words: Agreement, first: date) -> None:
    """What comes before the files of the councils, which must all exist by `first`."""
    case = steps.case
    if _together(case) and case.form in question("k26").forms:
        first = steps.put(
            "consultation",
            say("Hear the consultation committee of the commune and its CPAS"),
            previous_working_day(first - _DAY),
            StepKind.LEGAL,
            basis=question("k26").basis,
            note=say("Its minutes go with the files of both councils."),
        )
    agreed = steps.put(
        "convention",
        words.draft,
        previous_working_day(first - timedelta(days=case.practice.convention_days)),
        StepKind.PRACTICE,
        days=case.practice.convention_days,
    )
    if case.form is not Form.FREE_SHARING:
        steps.put(
            "supervisor",
            say("Contact the supervisory authority in writing"),
            previous_working_day(agreed - _DAY),
            StepKind.PRACTICE,
            note=say("Before anything is decided; keep its answer on file."),
        )


def _together(case: Case) -> bool:
    """Whether a commune and a CPAS take part, with a committee to consult them in."""
    kinds = {
        each.kind
        for each in case.participants()
        if not integrated(each.region, case.on)
    }
    return kinds >= {AdministrationKind.COMMUNE, AdministrationKind.CPAS}


def _earlier(day: date, days: int, administration: Administration | None) -> date:
    """So many days before, on a day on which the administration works."""
    closed = administration.closed if administration else ()
    return previous_working_day(day - timedelta(days=days), closed)
