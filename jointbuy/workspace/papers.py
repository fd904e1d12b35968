"""The drafts of a dossier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, say
from jointbuy.workspace.bulk import framework_months
from jointbuy.workspace.legal import form_of
from jointbuy.workspace.outlook import Outlooks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jointbuy.documents import Case, Document, Field
    from jointbuy.model import Candidate, ContactPerson, Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The files written and the fields somebody still has to complete."""

    paths: tuple[Path, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """A draft before it is written: its title, its files, the fields to complete.

    Title and fields are in the language of the draft; each field has its label and
    what is expected there.
    """

    title: str
    files: tuple[str, ...]
    fields: tuple[Field, ...]


class Papers(Outlooks):
    """Drafts."""

    def case(self, text: str) -> Case:
        """Everything a paper about a proposal is made from, as it stands today.

        Raises:
            UsageError: it was set aside, or is to stay separate.
        """
        from jointbuy import documents, law

        proposal = self.proposal(text)
        if proposal.choice is not None and not proposal.choice.retained:
            raise UsageError(
                say(
                    "{id} was set aside on {day}: retain it before a paper is drafted.",
                    id=proposal.candidate.id,
                    day=proposal.choice.on,
                )
            )
        kept, _ = self.dossier(proposal)
        candidate = self.standing(proposal.candidate)
        dossier = replace(kept, candidate=candidate)
        checked = self.checked(proposal, form_of(proposal, named=False))
        needs = self.members(candidate)
        known = {question.code: question for question in checked.questions}
        durations = {need.duration_months for need in needs}
        procedure, _ = self.procedure_of(dossier)
        plan = self.plan_of(dossier)
        return documents.Case(
            dossier=dossier,
            administrations=self.participants(candidate),
            needs=needs,
            on=self.on,
            reference=dossier.id,
            contacts=self._contacts(candidate, needs),
            changes=proposal.changes,
            warnings=tuple(breach.message for breach in plan.breaches),
            findings=checked.findings,
            questions=tuple(
                documents.OpenQuestion(code=code, message=known[code].text)
                for code in checked.open_questions
            ),
            milestones=plan.milestones,
            procedure=law.procedure_title(procedure),
            titles=law.source_titles(),
            whole={"yes": True, "no": False}.get(checked.answers.get("j7", "")),
            duration_months=durations.pop() if len(durations) == 1 else None,
            framework_months=framework_months(self.on),
        )

    def _contacts(
        self, candidate: Candidate, needs: Sequence[Need]
    ) -> tuple[ContactPerson, ...]:
        """The main contact of each participant, then those its needs name."""
        from jointbuy.schedule.deadlines import main_contact

        everyone = self.contacts()
        mains = (
            main_contact(who, tuple(everyone.values()), self.on)
            for who in candidate.administrations
        )
        ids = [person.id for person in mains if person is not None]
        ids += [need.contact for need in needs if need.contact in everyone]
        return tuple(everyone[id_] for id_ in dict.fromkeys(ids))

    def draft(
        self,
        text: str,
        *,
        kind: str,
        language: str,
        folder: Path,
        formats: Sequence[str] = ("docx",),
        overwrite: bool = False,
    ) -> Drafted:
        """Write a draft; says which fields are left to complete.

        Raises:
            UsageError: there is no such kind, language or format of draft, or the
                proposal was set aside.
            Refused: a participant voted no, the file is there already, or it cannot
                be written.
        """
        from jointbuy import documents
        from jointbuy.documents.formats import EXTENSION

        document = self._composed(text, kind, language)
        contents = {form: documents.write(document, form) for form in formats}
        name = _name(document)
        return Drafted(
            paths=tuple(
                documents.write_file(
                    folder, name + EXTENSION[form], content, overwrite=overwrite
                )
                for form, content in contents.items()
            ),
            fields=tuple(field.label for field in documents.fields(document)),
        )

    @staticmethod
    def papers() -> dict[str, tuple[str, ...]]:
        """The kinds of drafts, each with the languages it is written in."""
        from jointbuy import documents

        return dict(documents.KINDS)

    def preview(
        self, text: str, *, kind: str, language: str, formats: Sequence[str] = ("docx",)
    ) -> Previewed:
        """What would be written; nothing is.

        Raises:
            UsageError: as for the draft itself.
            Refused: a participant voted no.
        """
        from jointbuy import documents
        from jointbuy.documents.formats import EXTENSION

        document = self._composed(text, kind, language)
        return Previewed(
            title=document.title,
            files=tuple(_name(document) + EXTENSION[form] for form in formats),
            fields=documents.fields(document),
        )

    def _composed(self, text: str, kind: str, language: str) -> Document:
        from jointbuy import documents

        return documents.compose(kind, self.case(text), language)


def _name(document: Document) -> str:
    return f"{document.kind}-{document.reference}-{document.language}"
