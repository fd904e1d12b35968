"""Which papers of a proposal are needed in which languages, and the yearly report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.workspace.legal import form_of

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.law import SynergiesReport, Versions
    from jointbuy.model import Administration, Candidate, Form
    from jointbuy.workspace.whole import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The papers of a proposal in one form, on a day.

    `papers` are those of the form, the letters last; `unmodelled` the languages that a
    convention is needed in and that no model is ready in; `reports` what is due each
    year in the regions of the parties.
    """

    candidate: Candidate
    form: Form
    on: date
    administrations: tuple[Administration, ...]
    papers: tuple[Versions, ...]
    unmodelled: tuple[str, ...]
    reports: tuple[SynergiesReport, ...]


def written(workspace: Workspace, text: str, form: Form | None = None) -> Written:
    """The papers of a proposal, with the languages of the parties of today.

    Raises:
        NotFound: there is no such proposal, or several.
        UsageError: it is to stay separate and no form is named.
    """
    from jointbuy import law
    from jointbuy.documents.convention import DRAFTED
    from jointbuy.law.rules import concertation, languages
    from jointbuy.model import Form

    proposal = workspace.proposal(text)
    form = form or form_of(proposal)
    candidate = workspace.standing(proposal.candidate)
    parties, on = workspace.participants(candidate), workspace.on
    every = law.required_languages(parties, on)
    papers = languages.papers(form, parties, on)
    drafted = [
        language
        for each in papers
        if each.paper is law.Paper.CONVENTION and form is Form.JOINT_CONTRACT
        for language in each.languages
    ]
    return Written(
        candidate=candidate,
        form=form,
        on=on,
        administrations=parties,
        papers=(*papers, *(e for e in every if e.paper is law.Paper.LETTER)),
        unmodelled=tuple(code for code in drafted if code not in DRAFTED),
        reports=concertation.reports(parties, on),
    )
