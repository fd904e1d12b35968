"""Drafts towards a centre: the decision of each administration, and a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import UsageError, named, say, word
from jointbuy.model import (
    JOINED,
    Adhesion,
    AdhesionStatus,
    Form,
    InterestAnswer,
    UseDecision,
)
from jointbuy.model.lookup import find
from jointbuy.workspace.adhesions import Adhesions, domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jointbuy.documents import Document
    from jointbuy.documents.joining import CommonText, EarlierAct, Joining, Part, Using
    from jointbuy.model import (
        Administration,
        ContactPerson,
        FrameworkAgreement,
        Reservation,
    )
    from jointbuy.workspace.proposals import Proposal

OVER = frozenset({AdhesionStatus.REFUSED, AdhesionStatus.ENDED})
"""What no decision is drafted for: it was decided against, or is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedAct:
    """The draft of one administration in one language: its files and open fields."""

    administration: str
    language: str
    paths: tuple[Path, ...]
    fields: tuple[str, ...]


class AdhesionPapers(Adhesions):
    """Drafts of decisions on joining, and of letters that mark interest."""

    def draft_adhesions(
        self,
        texts: Sequence[str],
        *,
        folder: Path,
        languages: Sequence[str] = (),
        formats: Sequence[str] = ("docx",),
        overwrite: bool = False,
    ) -> tuple[DraftedAct, ...]:
        """Draft the decision of each administration, all out of one common text.

        Several adhesions of one administration make one decision. Without `languages`
        each is drafted in those of its acts.

        Raises:
            NotFound: there is no such adhesion.
            UsageError: they are to different centres or programmes, one was refused or
                has ended, there is no model in a language, or none is known.
            Refused: a file is there already, or it cannot be written.
        """
        return self._drafted(
            self._each(texts), folder, languages, formats, overwrite=overwrite
        )

    def draft_joining(
        self,
        proposal: Proposal,
        *,
        folder: Path,
        languages: Sequence[str] = (),
        formats: Sequence[str] = ("docx",),
        overwrite: bool = False,
    ) -> tuple[DraftedAct, ...]:
        """Draft what each administration of a proposal decides, to join its centre.

        An adhesion that is not recorded is drafted as a plain one.

        Raises:
            UsageError: it is no adhesion to a centre, there is no model in a language,
                or none is known.
            Refused: a file is there already, or it cannot be written.
        """
        return self._drafted(
            self._adhesions_of(proposal), folder, languages, formats,
            overwrite=overwrite,
        )  # fmt: skip

    def _drafted(
        self,
        found: Sequence[Adhesion],
        folder: Path,
        languages: Sequence[str],
        formats: Sequence[str],
        *,
        overwrite: bool,
    ) -> tuple[DraftedAct, ...]:
        from jointbuy import documents

        made = [
            (case.administration, documents.compose_deliberation(case, language))
            for case in self._joinings(found)
            for language in languages or self._acting(case.administration)
        ]
        return tuple(
            self._written(who, document, folder, formats, overwrite=overwrite)
            for who, document in made
        )

    def draft_interests(
        self,
        framework: str,
        administrations: Sequence[str],
        *,
        folder: Path,
        languages: Sequence[str] = (),
        formats: Sequence[str] = ("docx",),
        overwrite: bool = False,
    ) -> tuple[DraftedAct, ...]:
        """Draft the letter with which each administration marks interest.

        Raises:
            NotFound: there is no such framework or administration.
            UsageError: there is no model in a language, or none is known.
            Refused: a file is there already, or it cannot be written.
        """
        from jointbuy import documents
        from jointbuy.centres import calls
        from jointbuy.documents.joining import Declaring
        from jointbuy.model import PurchasingCentre

        found = find(framework, self.frameworks(), word("framework"))
        centre = self.centres().get(found.centre, PurchasingCentre(id=found.centre))
        made = []
        for each in administrations:
            who = self.administration(each)
            interest = calls.find_interest(self.interests().values(), found.id, who.id)
            if interest is not None and interest.answer is InterestAnswer.NO:
                raise UsageError(
                    say(
                        "{administration} answered no: record a yes with `interest "
                        "answer` before its letter is drafted.",
                        administration=named(who.names, who.id),
                    )
                )
            case = Declaring(
                administration=who,
                centre=centre,
                framework=found,
                on=self.on,
                reference=interest.id if interest else f"{found.id}.{who.id}",
                interest=interest,
                contact=self._contact(who),
                languages=who.languages,
            )
            made += [
                (who, documents.compose_interest(case, language))
                for language in languages or self._acting(who)
            ]
        return tuple(
            self._written(who, document, folder, formats, overwrite=overwrite)
            for who, document in made
        )

    def draft_uses(
        self,
        texts: Sequence[str],
        *,
        folder: Path,
        languages: Sequence[str] = (),
        formats: Sequence[str] = ("docx",),
        overwrite: bool = False,
    ) -> tuple[DraftedAct, ...]:
        """Draft each decision to cover a need through a framework agreement.

        Raises:
            NotFound: there is no such decision, or its need or framework is gone.
            UsageError: there is no model in a language, or none is known.
            Refused: a file is there already, or it cannot be written.
        """
        from jointbuy import documents

        cases = [self._using(self.record(UseDecision, text)) for text in texts]
        made = [
            (case.administration, documents.compose_use(case, language))
            for case in cases
            for language in languages or self._acting(case.administration)
        ]
        return tuple(
            self._written(who, document, folder, formats, overwrite=overwrite)
            for who, document in made
        )

    def _using(self, use: UseDecision) -> Using:
        """Everything the decision on a need is made from."""
        from jointbuy.centres import Known, identified
        from jointbuy.documents.joining import Using
        from jointbuy.model import BodyKind, PurchasingCentre, Stage
        from jointbuy.schedule import terms

        need = find(use.need, self.needs(), word("need"))
        framework = find(use.framework, self.frameworks(), word("framework"))
        who = self.administration(need.administration)
        centre = self.centres().get(
            framework.centre, PurchasingCentre(id=framework.centre)
        )
        amount = use.amount if use.amount is not None else need.estimate
        body, _ = terms.competence(who, Stage.USE, amount, self.on, self.own_law())
        return Using(
            administration=who,
            centre=centre,
            framework=framework,
            need=need,
            use=use,
            on=self.on,
            adhesion=self._joined(who, framework),
            languages=who.languages,
            executive=body is BodyKind.EXECUTIVE,
            identified=identified(framework, who, centre, self.on).answer is Known.YES,
        )

    def _joined(
        self, who: Administration, framework: FrameworkAgreement
    ) -> Adhesion | None:
        """The latest adhesion to the centre that was decided in favour by the day."""
        own = [
            each
            for each in self.adhesions().values()
            if (each.administration, each.centre) == (who.id, framework.centre)
            and each.status in JOINED
            and each.decided_on is not None
            and each.decided_on <= self.on
        ]
        return max(own, key=lambda each: each.decided_on or self.on, default=None)

    def _adhesions_of(self, proposal: Proposal) -> tuple[Adhesion, ...]:
        """The adhesions to its centre, as recorded or as they would be."""
        candidate = proposal.candidate
        framework = self.frameworks().get(candidate.framework)
        form = proposal.choice.form if proposal.choice else None
        if framework is None or form not in {None, Form.PURCHASING_CENTRE}:
            raise UsageError(
                say(
                    "{id} is no adhesion to a purchasing centre: its decision is not "
                    "drafted by this kind of paper.",
                    id=candidate.id,
                )
            )
        found = []
        for id_ in candidate.administrations:
            own = [
                each
                for each in self.adhesions().values()
                if (each.administration, each.centre) == (id_, framework.centre)
                and each.status not in OVER
                and not each.programme
                and not each.domain
            ]
            plain = Adhesion(
                id=f"{framework.centre}.{id_}",
                administration=id_,
                centre=framework.centre,
            )
            found += own[:1] or [plain]
        return tuple(found)

    def _acting(self, who: Administration) -> tuple[str, ...]:
        """The languages of its acts in which there is a model, in their order."""
        from jointbuy.documents import ACTS

        if not who.languages:
            raise UsageError(
                say(
                    "The languages of the acts of {administration} are not recorded: "
                    "add them with `administrations edit {id} --languages`, or "
                    "choose the language of the draft.",
                    administration=named(who.names, who.id),
                    id=who.id,
                )
            )
        drafted = tuple(each for each in who.languages if each in ACTS["deliberation"])
        return drafted or who.languages[:1]

    def _contact(self, who: Administration) -> ContactPerson | None:
        from jointbuy.schedule.deadlines import main_contact

        return main_contact(who.id, tuple(self.contacts().values()), self.on)

    def _written(
        self,
        who: Administration,
        document: Document,
        folder: Path,
        formats: Sequence[str],
        *,
        overwrite: bool,
    ) -> DraftedAct:
        from jointbuy import documents
        from jointbuy.documents.formats import EXTENSION

        return DraftedAct(
            administration=who.id,
            language=document.language,
            paths=tuple(
                documents.write_file(
                    folder,
                    document.name + EXTENSION[form],
                    documents.write(document, form),
                    overwrite=overwrite,
                )
                for form in formats
            ),
            fields=tuple(field.label for field in documents.fields(document)),
        )

    def _joinings(self, found: Sequence[Adhesion]) -> Iterator[Joining]:
        """One case for each administration, in the order of the adhesions named."""
        from jointbuy.centres import Known, may_join
        from jointbuy.documents.joining import Joining
        from jointbuy.model import PurchasingCentre

        self._together(found)
        known = self.administrations()
        by_owner: dict[str, list[Adhesion]] = {}
        for each in found:
            by_owner.setdefault(each.administration, []).append(each)
        first = found[0]
        programme = self.programmes().get(first.programme)
        common = _common(found, known)
        centre = self.centres().get(first.centre, PurchasingCentre(id=first.centre))
        for id_, own in by_owner.items():
            who = self.administration(id_)
            days = [day for each in own if (day := self.adhesion_due(each))]
            parts = (self._part(each) for each in own)
            yield Joining(
                administration=who,
                centre=centre,
                on=self.on,
                reference=own[0].id,
                common=common,
                programme=programme.names if programme else None,
                parts=tuple(part for part in parts if part is not None),
                twins=tuple(known[t] for t in by_owner if t != id_ and t in known),
                languages=who.languages,
                earlier=tuple(self._earlier(each) for each in own if _decided(each)),
                admitted=may_join(centre, who, self.on) is not Known.NO,
                due=min((day for day in days if day >= self.on), default=None),
            )

    def _together(self, found: Sequence[Adhesion]) -> None:
        """One decision cannot join several centres, nor what was decided against."""
        if len({(each.centre, each.programme) for each in found}) > 1:
            raise UsageError(
                say(
                    "These adhesions are to different centres or programmes: draft the "
                    "decisions on each of them apart."
                )
            )
        for each in found:
            if each.status in OVER:
                raise UsageError(
                    say(
                        "“{id}” was decided against, or has ended: record it as "
                        "proposed before a decision on joining is drafted.",
                        id=each.id,
                    )
                )

    def _earlier(self, adhesion: Adhesion) -> EarlierAct:
        """What was decided on it already."""
        from jointbuy.documents.joining import EarlierAct

        part = self._part(adhesion)
        return EarlierAct(
            day=adhesion.decided_on or self.on,
            number=adhesion.number,
            part=part.names if part else None,
        )

    def _part(self, adhesion: Adhesion) -> Part | None:
        """The domain that is joined; None for the whole."""
        from jointbuy.documents.joining import Part
        from jointbuy.model import LocalText

        domain = domain_of(self, adhesion)
        cost = adhesion.budget
        if domain is not None:
            shown = cost if cost is not None else domain.budget
            names = domain.names if domain.names.as_dict() else LocalText(en=domain.id)
            return Part(names=names, cost=shown)
        if adhesion.domain:
            return Part(names=LocalText(en=adhesion.domain), cost=cost)
        return None


def _common(
    adhesions: Iterable[Adhesion], administrations: Mapping[str, Administration]
) -> CommonText:
    """Every reservation and trigger once, and which of them not all recorded."""
    from jointbuy.documents.joining import CommonText

    every = tuple(adhesions)
    owners = dict.fromkeys(each.administration for each in every)
    reservations: dict[str, Reservation] = {}
    triggers: dict[str, str] = {}
    whose: dict[str, dict[str, None]] = {}
    for each in every:
        for reservation in each.reservations:
            key = _key(reservation.text)
            reservations.setdefault(key, reservation)
            whose.setdefault(key, {})[each.administration] = None
        for trigger in each.triggers:
            key = _key(trigger)
            triggers.setdefault(key, trigger)
            whose.setdefault(key, {})[each.administration] = None
    written = {key: each.text for key, each in reservations.items()} | triggers
    return CommonText(
        reservations=tuple(reservations.values()),
        triggers=tuple(triggers.values()),
        differing=tuple(
            (
                written[key],
                tuple(administrations[id_] for id_ in ids if id_ in administrations),
            )
            for key, ids in whose.items()
            if len(ids) < len(owners)
        ),
    )


def _decided(adhesion: Adhesion) -> bool:
    return (
        adhesion.decided_on is not None
        and adhesion.status is not AdhesionStatus.PROPOSED
    )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
