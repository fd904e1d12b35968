"""`jointbuy law competence`: who decides, what is sent to whom, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command, plain_number
from jointbuy.errors import say
from jointbuy.model import AdministrationKind, BudgetKind, Form, Region, Stage
from jointbuy.workspace import Supposed, competence_on, points, source_title
from jointbuy.workspace.legal_texts import own_law
from jointbuy.workspace.words import (
    ADMINISTRATION_KINDS,
    FORMS,
    REGIONS,
    STAGES,
)

if TYPE_CHECKING:
    from enum import Enum

    from jointbuy.law import Act, Formality, Instead
    from jointbuy.model import Administration, Citation
    from jointbuy.workspace import Competence, Point, Share


def _names(kind: type[Enum]) -> click.Choice[str]:
    return click.Choice(
        [each.name.lower() for each in kind],
        case_sensitive=False,
    )


@click.argument("proposal", required=False)
@click.option(
    "--kind",
    type=_names(AdministrationKind),
    cls=Option,
    help="What sort of administration, without a proposal.",
)
@click.option(
    "--region", type=_names(Region), cls=Option, help="Whose rules it follows."
)
@click.option(
    "--population",
    type=click.IntRange(min=0),
    cls=Option,
    help="Its inhabitants: some amounts depend on them.",
)
@click.option("--form", type=_names(Form), cls=Option, help="The form of cooperation.")
@click.option(
    "--nature",
    type=click.Choice(["works", "supplies", "services", "social", "certain_services"]),
    cls=Option,
    help=(
        "Works, supplies, services, social and other specific services, or certain "
        "financial, research or legal services."
    ),
)
@click.option(
    "--procedure",
    metavar="NAME",
    default="",
    cls=Option,
    help="The procedure, or exclusive for an award on an exclusive right.",
)
@click.option("--estimate", cls=Option, help="Euro excluding VAT.")
@click.option(
    "--expenditure", cls=Option, help="Expenditure to approve, euro excluding VAT."
)
@click.option(
    "--budget", type=_names(BudgetKind), cls=Option, help="Ordinary or extraordinary."
)
@click.option("--stage", type=_names(Stage), cls=Option, help="One stage alone.")
@click.option(
    "--urgent",
    is_flag=True,
    cls=Option,
    help="In imperious urgency that could not be foreseen.",
)
@click.option(
    "--one-municipality",
    is_flag=True,
    cls=Option,
    help="A police zone of one municipality.",
)
def _competence(
    session: Session,
    proposal: str | None,
    **typed: Any,  # noqa: ANN401 - as they are typed
) -> None:
    said: dict[str, Any] = {
        name: "" if value is None and name in _WORDS else value
        for name, value in typed.items()
    }
    supposed = Supposed(**said)
    if proposal is not None:
        found = session.workspace.competence(proposal, supposed)
    else:
        own = own_law(session.desk)
        found = competence_on(supposed, on=session.on, own=own)
    if session.as_json:
        session.json(_plain(session, found))
    else:
        _told(session, found)


_WORDS = frozenset({"kind", "region", "form", "nature", "budget", "stage"})
"""What is empty where it is not typed."""


# What is shown.


def _told(session: Session, found: Competence) -> None:
    session.line(
        say("Who decides – {form}, law of {day}", form=FORMS[found.form], day=found.on)
    )
    for share in found.shares:
        session.line()
        session.line(_called(session, share))
        known: dict[str, Stage] = {}
        for act in share.acts:
            _act(session, act, known)
        if not share.acts:
            nothing = say("It decides nothing at that stage of this form.")
            shown.paragraph(session, session.say(nothing), indent=2)
    doubtful = found.doubtful
    if doubtful:
        session.line()
        shown.paragraph(
            session,
            session.say(
                say(
                    "To be verified: ask the supervisory authority, then keep what it "
                    "answers with `law set NAME VALUE --from DATE --source TEXT`. The "
                    "names are: {names}.",
                    names=", ".join(doubtful),
                )
            ),
        )


def _called(session: Session, share: Share) -> str:
    """The administration, or its kind and region; whether it is the pilot."""
    who = share.administration
    name = who.name(session.language) if who.id else _sort(session, who)
    if who.id and share.pilot and any(act.stage is Stage.AWARD for act in share.acts):
        return session.say(say("{administration} (pilot)", administration=name))
    return name


def _sort(session: Session, who: Administration) -> str:
    kind = shown.spoken(session, ADMINISTRATION_KINDS[who.kind]) if who.kind else "–"
    region = shown.spoken(session, REGIONS[who.region]) if who.region else "–"
    return f"{kind}, {region}"


def _act(session: Session, act: Act, known: dict[str, Stage]) -> None:
    """An act; what was `known` of an earlier one is not said again."""
    organ = (
        shown.spoken(session, act.organ)
        if act.organ
        else session.say(say("not known here"))
    )
    cited = f" ({shown.citation(session, act.written)})" if act.written else ""
    stage = shown.spoken(session, STAGES[act.stage])
    text = shown.headed(session, stage, f"{organ}{cited}")
    shown.paragraph(session, text, indent=2, first="· ")
    for note in act.notes:
        shown.paragraph(session, session.say(note), indent=4)
    for point in points(act):
        _point(session, point, act.stage, known)


def _point(
    session: Session, point: Point, stage: Stage, known: dict[str, Stage]
) -> None:
    """What is said of an act, or the stage at which it was said already."""
    head = shown.spoken(session, point.head)
    mark = shown.spoken(session, point.mark)
    said = session.say(point.message)
    if point.why is not None:
        said = f"{said.rstrip('.')}. {session.say(point.why)}"
    text = shown.headed(session, f"{head} [{mark}]", said)
    cited = shown.citations(session, point.basis)
    first = known.setdefault(f"{text} ({cited})", stage)
    if first is not stage:
        as_for = session.say(say("(as for: {stage})", stage=STAGES[first]))
        text = f"{head} [{mark}] {as_for}"
        cited = ""
    shown.paragraph(session, text, indent=4, first="- ")
    if cited:
        shown.paragraph(session, f"({cited})", indent=6)


# The same as plain values.


def _plain(session: Session, found: Competence) -> dict[str, object]:
    return {
        "form": found.form.name.lower(),
        "on": found.on.isoformat(),
        "proposal": found.candidate.id if found.candidate else None,
        "administrations": [
            {
                "id": share.administration.id or None,
                "kind": _lower(share.administration.kind),
                "region": _lower(share.administration.region),
                "pilot": share.pilot,
                "acts": [_plain_act(session, act) for act in share.acts],
            }
            for share in found.shares
        ],
        "to_verify": list(found.doubtful),
    }


def _lower(value: Enum | None) -> str | None:
    return value.name.lower() if value else None


def _plain_act(session: Session, act: Act) -> dict[str, object]:
    return {
        "stage": act.stage.name.lower(),
        "body": _lower(act.body),
        "decides": _lower(act.decides),
        "basis": _cited(session, act.written) if act.written else None,
        "to_verify": act.to_verify,
        "notes": [session.catalogue.say(note) for note in act.notes],
        "instead": [_plain_instead(session, each) for each in act.instead],
        "formalities": [_plain_formality(session, each) for each in act.formalities],
    }


def _plain_instead(session: Session, each: Instead) -> dict[str, object]:
    return {
        "to": each.to.name.lower(),
        "how": each.how.name.lower(),
        "possible": each.open.name.lower(),
        "message": session.catalogue.say(each.message),
        "why": session.catalogue.say(each.why) if each.why else None,
        "limit": plain_number(each.limit.value) if each.limit else None,
        "parameter": each.parameter or None,
        "basis": _cited(session, each.citation),
        "to_verify": each.to_verify,
    }


def _plain_formality(session: Session, each: Formality) -> dict[str, object]:
    return {
        "kind": each.kind.name.lower(),
        "before": each.goes_before,
        "due": each.due.name.lower(),
        "message": session.catalogue.say(each.message),
        "why": session.catalogue.say(each.why) if each.why else None,
        "days": each.days,
        "unit": each.unit if each.days is not None else None,
        "authority": (each.authority.get(session.language) if each.authority else None),
        "term_days": each.term_days,
        "extension_days": each.extension_days,
        "limit": plain_number(each.limit.value) if each.limit else None,
        "parameter": each.parameter or None,
        "among": list(each.among),
        "basis": [_cited(session, one) for one in each.basis],
        "to_verify": each.to_verify,
    }


def _cited(session: Session, basis: Citation) -> dict[str, object]:
    return {
        "source": source_title(basis.source, session.language),
        "article": basis.article,
        "to_verify": basis.to_verify,
        "own": basis.own,
    }


competence = command(
    name="competence",
    help=(
        "Say who decides what, what is sent to whom within how many days, and what "
        "waits: of a proposal, or of a kind of administration."
    ),
)(_competence)
