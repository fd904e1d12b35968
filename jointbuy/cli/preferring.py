"""How the forms of cooperation, and answers from other dossiers, read on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.cli.show import citations, headed, paragraph, spoken
from jointbuy.errors import say
from jointbuy.workspace import (
    WITH_PROVIDER,
    open_said,
    origin_said,
    question_title,
    remarks_said,
    source_title,
    statement_said,
    why_this_order,
)
from jointbuy.workspace.words import FORMS, PROSPECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jointbuy.cli.base import Session
    from jointbuy.law.preference import Ranked
    from jointbuy.model import Citation, Finding
    from jointbuy.workspace import Checked


def order(session: Session, forms: Sequence[Ranked], *, full: bool) -> None:
    """The forms in the order of preference, a line each; in full with the reasons."""
    session.line()
    session.line(say("The forms of cooperation, in the order of preference:"))
    for ranked in forms:
        place = str(ranked.place) if ranked.place else "–"
        said = headed(
            session, spoken(session, FORMS[ranked.form]), _state(session, ranked)
        )
        paragraph(session, said, indent=2, first=f"{place}  ")
        if full:
            _in_full(session, ranked)
    message, basis = why_this_order()
    if full:
        session.line()
        paragraph(session, session.say(message), indent=2)
        _basis(session, basis, indent=2)
    else:
        session.line("  " + session.say(say("With --forms: why, and in full.")))


def _state(session: Session, ranked: Ranked) -> str:
    """Whether it can be chosen; the first reason where it cannot."""
    state = spoken(session, PROSPECTS[ranked.prospect.name])
    if ranked.against:
        found = ranked.against[0]
        why = session.say(found.message)
        articles = _cited(session, found.basis)
        return f"{headed(session, state, why)} ({articles})"
    return session.say(open_said(ranked)) if ranked.open else state


def _in_full(session: Session, ranked: Ranked) -> None:
    paragraph(session, session.say(ranked.reason), indent=5)
    _basis(session, ranked.basis, indent=5)
    for found in ranked.against[1:]:
        _reason(session, found)
    for found in ranked.reservations:
        _reason(session, found)
    if ranked.open:
        named = [
            f"{code} ({session.say(question_title(code))})" for code in ranked.open
        ]
        codes = say("Questions still open: {codes}", codes=", ".join(named))
        paragraph(session, session.say(codes), indent=5)


def _reason(session: Session, found: Finding) -> None:
    paragraph(session, session.say(found.message), indent=5, first="! ")
    _basis(session, found.basis, indent=7)


def _basis(session: Session, basis: Iterable[Citation], *, indent: int) -> None:
    if cited := _cited(session, basis):
        paragraph(session, f"({cited})", indent=indent)


def _cited(session: Session, basis: Iterable[Citation]) -> str:
    return citations(session, basis)


def changed(session: Session, checked: Checked) -> None:
    """What was taken over, and what fell away with another provider."""
    if checked.taken:
        codes = ", ".join(checked.taken)
        session.tell(say("Taken over from elsewhere: {codes}", codes=codes))
    if checked.dropped:
        codes = ", ".join(checked.dropped)
        session.tell(
            say("Taken out, as they were about another provider: {codes}", codes=codes)
        )


def elsewhere(session: Session, checked: Checked) -> None:
    """What other dossiers say: contradictions, then what can be taken over."""
    found, here = checked.elsewhere, _here(checked)
    if found.provider:
        session.line()
        session.line(say("Provider: {provider}", provider=found.called))
    elif checked.form in WITH_PROVIDER and here:
        session.line()
        paragraph(session, session.say(NO_PROVIDER))
    for each in found.contradictions:
        session.line()
        title = session.catalogue.say(each.title)
        said = say("Answers that contradict each other: {fact}", fact=title)
        paragraph(session, session.say(said), first="! ")
        for statement in each.statements:
            text = session.say(statement_said(statement, here, found))
            paragraph(session, text, indent=2, first="- ")
    if not found.proposed:
        return
    session.line()
    paragraph(session, session.say(TO_TAKE_OVER))
    for offer in found.proposed:
        text = session.say(origin_said(offer, here, found))
        for remark in remarks_said(offer):
            text = f"{text}. {session.say(remark)}".replace("..", ".")
        paragraph(session, text, indent=2, first=f"{offer.question}  ")


NO_PROVIDER = say(
    "Nobody is named who would do the work: with --provider NAME, what other dossiers "
    "know of that provider is proposed."
)

TO_TAKE_OVER = say(
    "Answered elsewhere; it does not count here until it is taken over with "
    "--take-over:"
)


def _here(checked: Checked) -> str:
    return checked.candidate.id if checked.candidate else ""


# As data.


def forms_as_json(session: Session, forms: Sequence[Ranked]) -> list[dict[str, object]]:
    """The forms in the order of preference."""
    return [
        {
            "form": each.form.name.lower(),
            "place": each.place or None,
            "state": each.prospect.name.lower(),
            "headline": each.headline.name,
            "open": list(each.open),
            "deciding": list(each.deciding),
            "against": [_finding(session, found) for found in each.against],
            "reservations": [_finding(session, found) for found in each.reservations],
            "reason": session.catalogue.say(each.reason),
            "basis": _citations(session, each.basis),
        }
        for each in forms
    ]


def _finding(session: Session, found: Finding) -> dict[str, object]:
    return {
        "rule": found.rule,
        "outcome": found.outcome.name,
        "message": session.catalogue.say(found.message),
        "basis": _citations(session, found.basis),
    }


def _citations(session: Session, basis: Iterable[Citation]) -> list[dict[str, object]]:
    return [
        {
            "source": source_title(each.source, session.language),
            "article": each.article,
            "to_verify": each.to_verify,
        }
        for each in basis
    ]


def elsewhere_as_json(session: Session, checked: Checked) -> dict[str, object]:
    """What other dossiers say."""
    found = checked.elsewhere
    return {
        "provider": found.provider or None,
        "taken_over": list(checked.taken),
        "dropped": list(checked.dropped),
        "proposed": [
            {
                "question": each.question,
                "value": each.value,
                "by": each.by or None,
                "on": each.on.isoformat() if each.on else None,
                "source": each.source or None,
                "asked_as": each.asked,
                "dossiers": list(each.dossiers),
                "old": each.old,
            }
            for each in found.proposed
        ],
        "contradictions": [
            {
                "fact": each.fact,
                "title": session.catalogue.say(each.title),
                "questions": list(each.codes),
                "answers": [
                    {
                        "question": statement.answer.question,
                        "value": statement.answer.value,
                        "by": statement.answer.by or None,
                        "on": statement.given.isoformat() if statement.given else None,
                        "source": statement.answer.source or None,
                        "dossier": statement.dossier,
                    }
                    for statement in each.statements
                ],
            }
            for each in found.contradictions
        ],
    }
