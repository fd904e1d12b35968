"""Who decides what in each administration, what is sent to whom, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jointbuy.errors import NotInForce, UsageError, say, word
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BudgetKind,
    Form,
    Region,
    Stage,
)
from jointbuy.workspace.bulk import parse_amount
from jointbuy.workspace.planning import Planning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from jointbuy.errors import Arg, Message
    from jointbuy.law import Act, Due, OwnValues
    from jointbuy.model import Candidate, Citation, Need
    from jointbuy.workspace.proposals import Proposal

FORMALITIES = {
    "CONSULTATION": word("consultation committee"),
    "OPINION": word("legality opinion"),
    "VISUM": word("visum"),
    "SUMMONS": word("summons"),
    "SENDING": word("sending"),
    "LISTING": word("list of decisions"),
    "PUBLICATION": word("publication"),
    "WAITING": word("execution"),
    "CHANGE": word("later changes"),
}
"""What goes before and after a decision, by the name of its sort."""

DUES = {
    "YES": word("to be done"),
    "NO": word("not needed"),
    "UNKNOWN": word("to be verified"),
}
"""Whether a formality is due."""

OPEN = {
    "YES": word("possible"),
    "NO": word("not in this case"),
    "UNKNOWN": word("to be verified"),
}
"""Whether another can decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is supposed of an administration or a contract, each as it was typed.

    What stands here goes before what a proposal itself says.
    """

    kind: str = ""
    region: str = ""
    population: int | None = None
    form: str = ""
    nature: str = ""
    procedure: str = ""
    estimate: str | None = None
    expenditure: str | None = None
    budget: str = ""
    stage: str = ""
    urgent: bool = False
    one_municipality: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The acts of one administration in the order they are taken."""

    administration: Administration
    pilot: bool
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Who decides what in a form of cooperation, under the law of the day `on`."""

    form: Form
    on: date
    candidate: Candidate | None
    shares: tuple[Share, ...]

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The values of the law to ask for and to keep, by name, each once."""
        found = (name for share in self.shares for a in share.acts for name in _open(a))
        return tuple(dict.fromkeys(found))


def _open(act: Act) -> Iterator[str]:
    """Values not known, or not compared with their text."""
    for one in act.instead:
        if one.parameter and (one.limit is None or one.limit.citation.to_verify):
            yield one.parameter
    for each in act.formalities:
        cited = each.basis if each.limit is None else (each.limit.citation,)
        unknown = each.limit is None and each.due.name == "UNKNOWN"
        if each.parameter and (unknown or any(by.to_verify for by in cited)):
            yield each.parameter
        yield from each.among


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing said of an act: under which head, how it stands, and why."""

    head: Arg
    due: Due
    mark: Arg
    message: Message
    why: Message | None
    basis: tuple[Citation, ...]
    before: bool
    instead: bool = False


def points(act: Act) -> tuple[Point, ...]:
    """Who may decide instead, then what goes before and after, in order."""
    from jointbuy import law

    instead = [
        Point(
            head=law.deputy(act.kind, each.to),
            due=each.open,
            mark=OPEN[each.open.name],
            message=each.message,
            why=each.why,
            basis=law.merged(
                each.citation, *((each.limit.citation,) if each.limit else ())
            ),
            before=True,
            instead=True,
        )
        for each in act.instead
    ]
    formalities = [
        Point(
            head=FORMALITIES[each.kind.name],
            due=each.due,
            mark=DUES[each.due.name],
            message=each.message,
            why=each.why,
            basis=each.basis,
            before=each.goes_before,
        )
        for each in act.formalities
    ]
    return (*instead, *formalities)


class Competences(Planning):
    """The acts of the administrations of a proposal."""

    def competence(
        self, text: str, supposed: Supposed | None = None, *, form: Form | None = None
    ) -> Competence:
        """Who decides what in each administration of a proposal.

        Raises:
            NotFound: there is no such proposal.
            UsageError: it is to stay separate and no form is named.
        """
        return self.competence_of(self.proposal(text), supposed or Supposed(), form)

    def competence_of(
        self, proposal: Proposal, supposed: Supposed, form: Form | None = None
    ) -> Competence:
        """The same of a proposal at hand."""
        from jointbuy.workspace.legal import form_of

        if supposed.form:
            form = Form[supposed.form.upper()]
        form = form or form_of(proposal)
        candidate = self.standing(proposal.candidate)
        dossier = proposal.dossier
        needs = self.members(candidate)
        own = self.own_law()
        everyone = self.participants(candidate)
        pilot = candidate.administrations[:1]
        procedure, expenditure = supposed.procedure, None
        if dossier is not None:
            pilot = (self.pilot_of(dossier, candidate),)
            expenditure = dossier.expenditure
        if not procedure and form is Form.JOINT_CONTRACT:
            procedure = self._procedure(proposal)
        natures = {need.nature for need in needs}
        nature = candidate.nature or (natures.pop() if len(natures) == 1 else None)
        shares = []
        for each in everyone:
            mine = [need for need in needs if need.administration == each.id]
            impact = _sum(mine)
            joint = form is Form.JOINT_CONTRACT
            given = _given(supposed)
            given.setdefault("estimate", candidate.estimate if joint else impact)
            if expenditure is not None:
                given.setdefault("expenditure", expenditure)
            given.setdefault("nature", nature)
            given.setdefault("budget", _budget(mine))
            shares.append(
                Share(
                    administration=each,
                    pilot=each.id in pilot,
                    acts=_acts(
                        each,
                        form,
                        supposed,
                        procedure=procedure,
                        impact=impact if joint else None,
                        pilot=each.id in pilot,
                        partners=[one for one in everyone if one.id != each.id],
                        on=self.on,
                        own=own,
                        **given,
                    ),
                )
            )
        return Competence(
            form=form, on=self.on, candidate=candidate, shares=tuple(shares)
        )

    def _procedure(self, proposal: Proposal) -> str:
        """The procedure chosen, else the lightest; none where no law is known."""
        dossier, _ = self.dossier(proposal)
        try:
            return self.procedure_of(dossier)[0]
        except NotInForce:
            return ""


def competence_on(
    supposed: Supposed, *, on: date | None = None, own: OwnValues | None = None
) -> Competence:
    """Who decides what in an administration of that kind and region.

    Raises:
        UsageError: the kind, the region or the form is not named.
    """
    from jointbuy import law

    if not (supposed.kind and supposed.region and supposed.form):
        raise UsageError(
            say("Name a proposal, or a kind, a region and a form of cooperation.")
        )
    administration = Administration(
        id="",
        kind=AdministrationKind[supposed.kind.upper()],
        region=Region[supposed.region.upper()],
        population=supposed.population,
    )
    day = on or date.today()  # noqa: DTZ011 - the day at the officer's desk
    form = Form[supposed.form.upper()]
    found = _acts(
        administration,
        form,
        supposed,
        procedure=supposed.procedure,
        pilot=True,
        partners=(),
        on=day,
        own=law.NO_OWN if own is None else own,
        **_given(supposed),
    )
    return Competence(
        form=form,
        on=day,
        candidate=None,
        shares=(Share(administration=administration, pilot=True, acts=found),),
    )


def _given(supposed: Supposed) -> dict[str, Any]:
    """What was typed, read."""
    found: dict[str, Any] = {}
    if supposed.estimate is not None:
        found["estimate"] = parse_amount(supposed.estimate)
    if supposed.expenditure is not None:
        found["expenditure"] = parse_amount(supposed.expenditure)
    if supposed.nature:
        found["nature"] = supposed.nature
    if supposed.budget:
        found["budget"] = BudgetKind[supposed.budget.upper()]
    return found


def _acts(
    administration: Administration,
    form: Form,
    supposed: Supposed,
    **given: Any,  # noqa: ANN401 - what `law.acts` takes
) -> tuple[Act, ...]:
    from jointbuy import law

    found = law.acts(
        administration,
        form,
        urgent=supposed.urgent,
        one_municipality=supposed.one_municipality,
        **given,
    )
    if not supposed.stage:
        return found
    stage = Stage[supposed.stage.upper()]
    return tuple(act for act in found if act.stage is stage)


def _sum(needs: list[Need]) -> Decimal | None:
    known = [need.estimate for need in needs if need.estimate is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(needs) else None


def _budget(needs: list[Need]) -> BudgetKind | None:
    """The budget all of them are on, where it is one."""
    kinds = {need.budget_kind for need in needs}
    return kinds.pop() if len(kinds) == 1 else None
