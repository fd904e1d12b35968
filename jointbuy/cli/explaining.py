"""How `check` explains its findings, and tells what is otherwise since a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.cli import show as shown
from jointbuy.cli.law import EVERYTHING
from jointbuy.cli.legal_texts import cited_json, part, point, ruling_json, value_json
from jointbuy.model import Outcome
from jointbuy.workspace.explaining import (
    altered_points,
    branches,
    explain,
    later_rulings,
    later_said,
    since_choice,
    since_said,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.cli.base import Session
    from jointbuy.law.explanation import Explanation, Used
    from jointbuy.model import Answer, Finding
    from jointbuy.workspace import Checked
    from jointbuy.workspace.explaining import SinceChoice


def explanations(
    session: Session, checked: Checked, code: str
) -> tuple[Explanation, ...]:
    """Those of one question, else of every finding that is not in order."""
    found = explain(
        checked, "" if code == EVERYTHING else code, answers=_kept(session, checked)
    )
    if code != EVERYTHING:
        return found
    return tuple(each for each in found if each.finding.outcome is not Outcome.OK)


def _kept(session: Session, checked: Checked) -> Iterable[Answer]:
    """The answers of the dossier, with who gave them."""
    if checked.candidate is None:
        return ()
    dossier = session.records.dossiers().get(checked.candidate.id)
    return dossier.answers if dossier else ()


def trees(session: Session, checked: Checked, code: str) -> None:
    """Each finding with everything it rests on."""
    shown.check_head(session, checked)
    since(session, checked)
    for each in explanations(session, checked, code):
        session.line()
        shown.finding(session, each.finding)
        for branch in branches(each):
            part(session, branch.head, branch.points)


def trees_json(
    session: Session, checked: Checked, code: str
) -> list[dict[str, object]]:
    """The same as JSON."""
    return [_tree(session, each) for each in explanations(session, checked, code)]


def _tree(session: Session, each: Explanation) -> dict[str, object]:
    institution = each.institution
    return {
        "rule": each.rule.code,
        "title": session.catalogue.say(each.rule.asked.title),
        "stops": each.rule.stops.name.lower(),
        "institution": {
            "name": institution.name,
            "title": session.catalogue.say(institution.title),
            "basis": [cited_json(session, basis) for basis in institution.basis],
        }
        if institution
        else None,
        "outcome": each.finding.outcome.name,
        "message": session.catalogue.say(each.finding.message),
        "raised": each.raised,
        "facts": [_fact(session, used) for used in each.used],
        "values": [value_json(session, value) for value in each.values],
        "basis": [cited_json(session, text.citation) for text in each.texts],
        "rulings": [ruling_json(session, ruling) for ruling in each.rulings],
    }


def _fact(session: Session, used: Used) -> dict[str, object]:
    answer, derived = used.answer, used.derived
    return {
        "question": used.question.code,
        "text": session.catalogue.say(used.question.text),
        "answer": used.value or None,
        "by": answer.by if answer else None,
        "on": answer.on.isoformat() if answer and answer.on else None,
        "paper": answer.source if answer else None,
        "register": session.catalogue.say(derived.message) if derived else None,
    }


def since(session: Session, checked: Checked) -> None:
    """What the law says otherwise since the choice; nothing where nothing differs."""
    found = _since(session, checked)
    if found is None or not found.altered:
        return
    shown.paragraph(session, session.say(since_said(found)), indent=2, first="! ")
    for each in altered_points(found):
        point(session, each, indent=4)


def later(session: Session, checked: Checked) -> None:
    """That findings rest on rulings later than the day; nothing where none does."""
    said = later_said(checked)
    if said is not None:
        shown.paragraph(session, session.say(said), indent=2, first="· ")


def later_json(session: Session, checked: Checked) -> list[dict[str, object]]:
    """Those rulings, as JSON."""
    return [ruling_json(session, each) for each in later_rulings(checked)]


def _since(session: Session, checked: Checked) -> SinceChoice | None:
    if checked.candidate is None:
        return None
    return since_choice(session.workspace, checked)


def since_json(session: Session, checked: Checked) -> dict[str, object] | None:
    """The same as JSON; null where it was not retained under this form."""
    found = _since(session, checked)
    if found is None:
        return None
    choice = found.choice
    return {
        "chosen": choice.on.isoformat(),
        "law_on": choice.law_on.isoformat() if choice.law_on else None,
        "headline": choice.worst.name if choice.worst else None,
        "changes": [
            {
                "rule": each.change.rule,
                "turn": each.change.turn.name.lower(),
                "before": _weighed(each.change.before),
                "after": _weighed(each.change.after),
                "message": session.catalogue.say(each.change.after.message)
                if each.change.after
                else None,
                "causes": [cause.lower() for cause in each.causes],
            }
            for each in found.altered
        ],
    }


def _weighed(found: Finding | None) -> str | None:
    return found.outcome.name if found else None
