"""The steps of a cooperation that rests on an agreement: no tender, no centre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say, word, word_of
from jointbuy.law import question
from jointbuy.model import Form, Stage, StepKind
from jointbuy.schedule.budget import amend_budget
from jointbuy.schedule.calendar import latest_event, previous_working_day
from jointbuy.schedule.case import Lead
from jointbuy.schedule.decisions import (
    Begun,
    ask_visum,
    before_sending,
    decide,
    earlier,
    hear_committee,
    name_both,
    of,
    oversight_of,
    own_estimate,
    prepare_file,
    send_decision,
    still_open,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jointbuy.model import Administration, Citation
    from jointbuy.schedule.case import Steps

MEMBER = "k1"
"""The question whether every party is a member of the provider itself."""

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
    _signature(steps, words)
    firsts: list[Begun] = []
    for administration in case.participants():
        decided = _decision(steps, words, administration)
        joined = _membership(steps, administration)
        firsts += [each for each in (decided, joined) if each is not None]
    for administration in case.participants():
        amend_budget(steps, administration, _bound_by(words, administration))
    name_both(steps, "council")
    if firsts:
        _preparation(steps, words, firsts)


def _bound_by(words: Agreement, administration: Administration) -> str:
    """The step by which a party binds itself."""
    return f"order:{administration.id}" if words.of_each else "signature"


def _signature(steps: Steps, words: Agreement) -> None:
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
            leads=(Lead(to="start", days=1),),
        )
    if not words.of_each:
        basis = question("t4").basis if case.form is Form.STAFF_PLACEMENT else ()
        _signed(steps, "signature", words.signature, basis)
        return
    label = word_of(words.signature.text)
    for each in case.participants():
        _signed(steps, f"order:{each.id}", of(label, each), (), each)


def _signed(
    steps: Steps,
    code: str,
    label: Message,
    basis: tuple[Citation, ...],
    administration: Administration | None = None,
) -> None:
    case = steps.case
    placed = None
    if administration is not None:
        placed = case.decision(code, administration.id, (Stage.ORDER,))
    days = case.practice.conclusion_days
    steps.put(
        code,
        label,
        earlier(case.wanted, days, administration),
        StepKind.PRACTICE,
        administration=administration.id if administration else "",
        days=days,
        basis=basis,
        done=placed.on if placed else None,
        leads=(Lead(to="start", days=days),),
    )


def _award(
    steps: Steps, award: Arg, administration: Administration, bound_by: str
) -> Begun | None:
    """The executive of one party awards, in time for the supervisor; its file.

    None once it has awarded.

    Source: Walloon code of local democracy, art. L3122-2, 4°.
    """
    case = steps.case
    code = f"award:{administration.id}"
    signed = _ready_to_bind(steps, administration, Stage.ORDER, bound_by)
    received = signed.day - _DAY
    days = case.practice.notification_days
    by = received - timedelta(days=days)
    found = oversight_of(steps, administration, (Stage.AWARD,))
    if found and found.rule.suspensive_award and found.rule.term_days:
        received = previous_working_day(latest_event(received, found.rule.term_days))
        by = min(by, before_sending(steps, received, found.rule))
    amount = own_estimate(steps, administration)
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.AWARD,),
        by=by,
        limit=received,
        step=award,
        amount=amount,
        leads=(Lead(to=signed.code, days=days + 1),),
    )
    send_decision(
        steps,
        administration,
        (Stage.AWARD,),
        code,
        last=received,
        leads=(Lead(to=signed.code, days=1),),
    )
    if session is None:
        return None
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.AWARD,
        amount=amount,
        part="award:",
    )


def _ready_to_bind(
    steps: Steps, administration: Administration, stage: Stage, bound_by: str
) -> Begun:
    """The visum before a party binds itself, where it is due; else that step itself."""
    suffix = f"order:{administration.id}"
    found = None
    if not steps.is_done(bound_by):
        found = ask_visum(steps, administration, stage, of_step=bound_by, suffix=suffix)
    return found or Begun(code=bound_by, day=steps.day(bound_by))


def _decision(
    steps: Steps, words: Agreement, administration: Administration
) -> Begun | None:
    """The council of one party decides; the file that must exist for it."""
    case = steps.case
    bound_by = _bound_by(words, administration)
    limit, waits = steps.day(bound_by), Lead(to=bound_by)
    if words.award is not None:
        file = _award(steps, words.award, administration, bound_by)
        code = f"award:{administration.id}"
        limit, waits = steps.day(code), Lead(to=code)
        if file is not None:
            limit, waits = min(limit, file.day), Lead(to=file.code)
    code = f"council:{administration.id}"
    amount = own_estimate(steps, administration)
    if case.form is Form.FREE_SHARING:
        amount = Decimal(0)
    days = case.practice.launch_days
    if words.award is not None:
        days = min(days, 1)
    session = decide(
        steps,
        administration,
        code=code,
        stages=(words.stage,),
        by=limit - timedelta(days=days),
        limit=limit,
        step=words.decision,
        amount=amount,
        note=words.note,
        leads=(replace(waits, days=days),),
    )
    send_decision(
        steps,
        administration,
        (words.stage,),
        code,
        last=case.wanted - _DAY,
        leads=(Lead(to="start", days=1),),
    )
    if session is None:
        return None
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=words.stage,
        amount=amount,
    )


def _membership(steps: Steps, administration: Administration) -> Begun | None:
    """A party that is no member of the provider yet joins it first; its file.

    Source: law of 17 June 2016, art. 30, § 3.
    """
    case = steps.case
    award = f"award:{administration.id}"
    if case.form is not Form.IN_HOUSE_JOINT or case.answers.get(MEMBER) != "no":
        return None
    if steps.is_done(award):
        return None
    approval = f"approval:{administration.id}"
    approved = steps.put(
        approval,
        of(
            word("Have the special approval of the supervisory authority"),
            administration,
        ),
        earlier(steps.day(award), 1, administration),
        StepKind.SUPERVISION,
        administration=administration.id,
        note=say("Where it is due. Its term is not known here: ask first."),
        leads=(Lead(to=award, days=1),),
    )
    code = f"membership:{administration.id}"
    session = decide(
        steps,
        administration,
        code=code,
        stages=(Stage.PARTICIPATION,),
        by=approved - _DAY,
        limit=approved,
        step=word("Decide on joining the provider"),
        note=say(
            "Once, before the first award: the answers say that one is no member."
        ),
        leads=(Lead(to=approval, days=1),),
    )
    if session is None:
        return None
    return prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.PARTICIPATION,
        amount=Decimal(0),
        part="membership:",
    )


def _hear_unions(steps: Steps, before: Sequence[Begun]) -> tuple[Begun, ...]:
    """The unions, where the statute of the staff asks for it; what waits for them."""
    asked = question("t7")
    day = steps.put(
        "unions",
        say("Consult the unions, where the statute of the staff requires it"),
        previous_working_day(
            min(each.day for each in still_open(steps, before)) - _DAY
        ),
        StepKind.PRACTICE,
        basis=asked.basis,
        leads=tuple(Lead(to=each.code, days=1) for each in before),
    )
    return (Begun(code="unions", day=day),)


def _preparation(steps: Steps, words: Agreement, firsts: Sequence[Begun]) -> None:
    """What comes before the files of the councils, which must all exist by then."""
    case = steps.case
    days = case.practice.convention_days
    before = tuple(firsts)
    if case.form in question("k26").forms:
        before = hear_committee(steps, before)
    if case.form is Form.STAFF_PLACEMENT:
        before = (*before, *_hear_unions(steps, firsts))
    agreed = steps.put(
        "convention",
        words.draft,
        previous_working_day(
            min(each.day for each in still_open(steps, before)) - timedelta(days=days)
        ),
        StepKind.PRACTICE,
        days=days,
        leads=tuple(Lead(to=each.code, days=days) for each in before),
    )
    if case.form is not Form.FREE_SHARING:
        steps.put(
            "supervisor",
            say("Contact the supervisory authority in writing"),
            previous_working_day(agreed - _DAY),
            StepKind.PRACTICE,
            note=say("Before anything is decided; keep its answer on file."),
            leads=(Lead(to="convention", days=1),),
        )
