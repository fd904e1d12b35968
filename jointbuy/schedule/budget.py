"""The amendment of the budget that a purchase waits for where a credit is missing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jointbuy.errors import Message, NotInForce, say, word
from jointbuy.law import Term, term
from jointbuy.model import (
    AdministrationKind,
    BodyKind,
    BudgetKind,
    Form,
    Region,
    Stage,
    StepKind,
)
from jointbuy.schedule.case import Lead
from jointbuy.schedule.decisions import decide, earlier, of, prepare_file

if TYPE_CHECKING:
    from jointbuy.model import Administration
    from jointbuy.schedule.case import Case, Steps

ASKED = {Form.JOINT_CONTRACT: "j5", Form.PURCHASING_CENTRE: "a8"}
"""The question of the law on the budget, by form."""


def amend_budget(steps: Steps, administration: Administration, of_step: str) -> None:
    """The amendment and its approval, before the step that commits the money.

    Nothing where the credit is there, or is not said to be missing.

    Source: organic law of 8 July 1976, art. 30, for the summons of a council for social
        action; the rest is a practice.
    """
    case = steps.case
    why = missing_credit(case, administration)
    if why is None or not steps.has(of_step) or steps.is_done(of_step):
        return
    key, practice = administration.id, case.practice
    approved = steps.put(
        f"budget_approved:{key}",
        of(word("Have the amendment of the budget approved"), administration),
        earlier(steps.day(of_step), 1, administration),
        StepKind.SUPERVISION,
        administration=key,
        days=practice.budget_approval_days,
        note=say(
            "The term of the approval is not known here: these days are a practice. "
            "Ask the supervisory authority."
        ),
        leads=(Lead(to=of_step, days=1),),
    )
    if steps.is_done(f"budget_approved:{key}"):
        return
    code = f"budget:{key}"
    session = decide(
        steps,
        administration,
        code=code,
        stages=(),
        by=approved - timedelta(days=practice.budget_approval_days),
        limit=approved,
        step=word("Amend the budget"),
        note=why,
        leads=(Lead(to=f"budget_approved:{key}", days=practice.budget_approval_days),),
        of_body=BodyKind.COUNCIL,
        summons=_summons(case, administration),
    )
    if session is None:
        return
    file = prepare_file(
        steps,
        administration,
        session,
        of_step=code,
        stage=Stage.CONDITIONS,
        amount=Decimal(0),
        part="budget:",
    )
    steps.put(
        f"budget_draft:{key}",
        of(word("Prepare the amendment of the budget"), administration),
        earlier(file.day, practice.budget_days, administration),
        StepKind.PRACTICE,
        administration=key,
        days=practice.budget_days,
        leads=(Lead(to=file.code, days=practice.budget_days),),
    )


def missing_credit(case: Case, administration: Administration) -> Message | None:
    """Why the budget must be amended; None where nothing says so."""
    own = [
        each for each in case.own_needs() if each.administration == administration.id
    ]
    if any(
        each.budget_kind is BudgetKind.EXTRAORDINARY and not each.budget_article
        for each in own
    ):
        return say(
            "A need is on the extraordinary budget without an article: the credit must "
            "be there before anything is committed."
        )
    code = ASKED.get(case.form, "")
    if case.answers.get(code) != "no" or all(each.budget_article for each in own):
        return None
    return say(
        "The answer to question {code} says that the budget may not be there: the "
        "credit must be there before anything is committed.",
        code=code,
    )


def _summons(case: Case, administration: Administration) -> Term | None:
    """The longer summons of a council for social action that meets on the budget."""
    if administration.kind is not AdministrationKind.CPAS:
        return None
    if administration.region is Region.FLANDERS:
        return None
    try:
        return term("convocation_cpas_budget_days", case.on, case.own)
    except NotInForce:
        return None
