"""`jointbuy law languages`: which paper of a proposal is needed in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Option, Session, command
from jointbuy.cli.legal_texts import cited_json
from jointbuy.errors import named, say
from jointbuy.law import Paper
from jointbuy.law.languages import spoken
from jointbuy.model import Form
from jointbuy.workspace.language_duties import written
from jointbuy.workspace.words import FORMS

if TYPE_CHECKING:
    from jointbuy.errors import Arg, Message
    from jointbuy.law import Versions
    from jointbuy.workspace.language_duties import Written


@click.argument("proposal")
@click.option(
    "--form",
    type=click.Choice([each.name.lower() for each in Form], case_sensitive=False),
    cls=Option,
    help="The form of cooperation.",
)
def _languages(session: Session, proposal: str, form: str | None) -> None:
    chosen = Form[form.upper()] if form else None
    found = written(session.workspace, proposal, chosen)
    if session.as_json:
        session.json(_plain(session, found))
    else:
        _told(session, found)


languages = command(
    name="languages",
    help="Tell which paper of a proposal is needed in which language.",
)(_languages)


def _told(session: Session, found: Written) -> None:
    session.line(
        say(
            "Languages of the papers – {form}, law of {day}",
            form=FORMS[found.form],
            day=found.on,
        )
    )
    for each in found.papers:
        shown.paragraph(session, session.say(_line(found, each)), indent=2, first="· ")
        if each.languages:
            basis = shown.citations(session, each.citations)
            shown.paragraph(session, f"({basis})", indent=4)
    remarks = [each.message for each in found.reports]
    if found.unmodelled:
        remarks.insert(
            0,
            say(
                "No model of a convention is ready in: {languages}.",
                languages=spoken(found.unmodelled),
            ),
        )
    for remark in remarks:
        session.line()
        shown.paragraph(session, session.say(remark))


def _line(found: Written, each: Versions) -> Message:
    names = {one.id: named(one.names, one.id) for one in found.administrations}
    languages: Message | Arg = (
        spoken(each.languages)
        if each.languages
        else say("not known, complete the region and the languages of every party")
    )
    match each.paper:
        case Paper.DECISION:
            return say(
                "Decision of {administration}: {languages}",
                administration=names[each.author],
                languages=languages,
            )
        case Paper.SPECIFICATIONS:
            return say("Specifications: {languages}", languages=languages)
        case Paper.CONVENTION:
            return say("Convention: {languages}", languages=languages)
        case Paper.NOTICE:
            return say("Notices to the public: {languages}", languages=languages)
        case _:
            return say(
                "Letters of {author} to {addressee}: {languages}",
                author=names[each.author],
                addressee=names[each.addressee],
                languages=languages,
            )


def _plain(session: Session, found: Written) -> dict[str, object]:
    return {
        "candidate": found.candidate.id,
        "form": found.form.name.lower(),
        "on": found.on.isoformat(),
        "papers": [
            {
                "paper": each.paper.name.lower(),
                "author": each.author or None,
                "addressee": each.addressee or None,
                "languages": list(each.languages),
                "basis": [cited_json(session, one) for one in each.citations],
            }
            for each in found.papers
        ],
        "without_model": list(found.unmodelled),
        "yearly_reports": [
            {
                "due": each.due,
                "text": session.say(each.message),
                "basis": cited_json(session, each.citation),
            }
            for each in found.reports
        ],
    }
