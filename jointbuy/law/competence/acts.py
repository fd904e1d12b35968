"""The acts of one administration in a form of cooperation, with all they ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, NotInForce, UsageError, named, per_cent, say
from jointbuy.law.competence.bodies import (
    Deciding,
    How,
    Purchase,
    deciding_body,
    organ,
)
from jointbuy.law.competence.consultation import hearing
from jointbuy.law.competence.formalities import Formality, FormalityKind, merged
from jointbuy.law.competence.judging import Amounts, Due, judge
from jointbuy.law.competence.oversight import (
    EXCLUSIVE,
    HEADINGS,
    MEMBERSHIP,
    Sending,
    Supervision,
    clear_days,
    convocation,
    sending,
    supervision,
)
from jointbuy.law.competence.rows import basis, fitting
from jointbuy.law.parameters import NO_OWN, parameter, term
from jointbuy.law.procedures import PROCEDURES, nature_name
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import STAGES, Stage
from jointbuy.model.parties import AdministrationKind, BodyKind, Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from jointbuy.law.competence.bodies import Instead
    from jointbuy.law.parameters import OwnValues
    from jointbuy.model.finding import Citation
    from jointbuy.model.need import BudgetKind, Nature
    from jointbuy.model.parties import Administration

OF_THE_PILOT = frozenset({Stage.LAUNCH, Stage.AWARD})
"""What the pilot of a joint contract decides for all."""

PROCEDURE_NAMES = (*PROCEDURES, EXCLUSIVE)
"""The procedures of an act; an award on an exclusive right is none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision of one administration: who takes it, what goes with it.

    `body` is None where nobody knows who decides; `kind` is that of the administration
    whose bodies act.
    """

    administration: str
    kind: AdministrationKind | None
    form: Form
    stage: Stage
    body: BodyKind | None
    citation: Citation | None
    instead: tuple[Instead, ...] = ()
    formalities: tuple[Formality, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def by_law(self) -> Instead | None:
        """Who decides by law in the place of the body, on the amount known."""
        found = (each for each in self.instead if each.how is How.LAW)
        return next((each for each in found if each.open is Due.YES), None)

    @property
    def decides(self) -> BodyKind | None:
        """The body that decides, on what is known: by law it can be the executive."""
        return self.body if self.by_law is None else BodyKind.EXECUTIVE

    @property
    def organ(self) -> Arg | None:
        """How the body that decides is called."""
        return organ(self.kind, self.decides) if self.decides else None

    @property
    def written(self) -> Citation | None:
        """Where it is written who decides; doubtful where the amount under it is."""
        instead = self.by_law
        if instead is None:
            return self.citation
        limit = (instead.limit.citation,) if instead.limit else ()
        return merged(instead.citation, *limit)[0]

    def formality(self, kind: FormalityKind) -> Formality | None:
        """The formality of that kind, if there is one."""
        return next((each for each in self.formalities if each.kind is kind), None)

    @property
    def sending(self) -> Formality | None:
        """What is said of sending it, where something is."""
        return self.formality(FormalityKind.SENDING)

    @property
    def sent(self) -> Due:
        """Whether it is sent to the supervisory authority."""
        return self.sending.due if self.sending else Due.NO

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Every article it rests on."""
        own = (self.citation,) if self.citation else ()
        deputies = (each.citation for each in self.instead)
        written = (one for each in self.formalities for one in each.basis)
        return merged(*own, *deputies, *written)

    @property
    def to_verify(self) -> bool:
        """Whether something in it is still to be verified."""
        return (
            self.citation is None
            or self.citation.to_verify
            or any(each.to_verify for each in self.instead)
            or any(each.to_verify for each in self.formalities)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the formalities of an act turn on."""

    kind: AdministrationKind | None
    region: Region | None
    form: Form
    stage: Stage
    nature: str
    procedure: str
    amounts: Amounts
    impact: Amounts
    urgent: bool
    kinds: frozenset[AdministrationKind]
    on: date
    own: OwnValues


def stages_of(form: Form, *, pilot: bool = True) -> tuple[Stage, ...]:
    """What an administration decides on; without being the pilot, not what it does."""
    if pilot:
        return STAGES[form]
    return tuple(stage for stage in STAGES[form] if stage not in OF_THE_PILOT)


def acts(
    administration: Administration,
    form: Form,
    *,
    nature: str | Nature | None = None,
    procedure: str = "",
    estimate: Decimal | None = None,
    expenditure: Decimal | None = None,
    impact: Decimal | None = None,
    on: date,
    own: OwnValues = NO_OWN,
    budget: BudgetKind | None = None,
    urgent: bool = False,
    pilot: bool = True,
    partners: Sequence[Administration] = (),
    one_municipality: bool | None = None,
) -> tuple[Act, ...]:
    """What the bodies of an administration decide on, in order, with the formalities.

    Amounts are euro excluding VAT: those of the contract, and as `impact` what the
    administration itself spends, where that is not all of it. `urgent` is the
    imperious urgency of art. 42, § 1, 1°, b. Only the `pilot` of a joint contract
    launches and awards it. `partners` are the others who take part, where they are
    known. A police zone of `one_municipality` acts through the bodies of that
    municipality.

    Source: Walloon code of local democracy, art. L1122-30, L1222-3 to L1222-7,
        L1124-40 and L3122-2; New Municipal Law, art. 234 and 236; organic law of
        8 July 1976, art. 26bis, 27, 84, 84bis and 84ter; Flemish Decree of 22 December
        2017, art. 41, 56, 266, 267 and 285 to 287; law of 7 December 1998, art. 33.
    """
    known = nature_name(nature) if nature else ""
    if procedure and procedure not in PROCEDURE_NAMES:
        raise UsageError(
            say(
                "“{value}” is no procedure. Choose one of: {allowed}.",
                value=procedure,
                allowed=", ".join(PROCEDURE_NAMES),
            )
        )
    kind = administration.kind
    single = kind is AdministrationKind.POLICE_ZONE and bool(one_municipality)
    amounts = Amounts(estimate=estimate, expenditure=expenditure)
    case = _Case(
        kind=AdministrationKind.COMMUNE if single else kind,
        region=administration.region,
        form=form,
        stage=STAGES[form][0],
        nature=known,
        procedure=procedure,
        amounts=amounts,
        impact=amounts if impact is None else Amounts(estimate=impact),
        urgent=urgent,
        kinds=frozenset(
            each.kind for each in (administration, *partners) if each.kind is not None
        )
        if partners
        else frozenset(),
        on=on,
        own=own,
    )
    purchase = Purchase(
        amounts=amounts,
        budget=budget,
        population=administration.population,
        urgent=urgent,
    )
    return tuple(
        _act(administration, replace(case, stage=stage), purchase, single=single)
        for stage in stages_of(form, pilot=pilot or form is not Form.JOINT_CONTRACT)
    )


def _act(
    administration: Administration, case: _Case, purchase: Purchase, *, single: bool
) -> Act:
    found = deciding_body(
        case.kind,
        case.region,
        case.stage,
        case.on,
        case.own,
        form=case.form,
        purchase=purchase,
    )
    return Act(
        administration=administration.id,
        kind=case.kind,
        form=case.form,
        stage=case.stage,
        body=found.body if found else None,
        citation=found.citation if found else None,
        instead=found.instead if found else (),
        formalities=tuple(_formalities(case, found)),
        notes=tuple(_notes(administration, case, found, single=single)),
    )


def _notes(
    administration: Administration,
    case: _Case,
    found: Deciding | None,
    *,
    single: bool,
) -> Iterator[Message]:
    if found is None:
        yield say(
            "Who decides is not known here for such an administration on that day: ask "
            "it, or its supervisory authority."
        )
    elif found.note is not None:
        yield found.note
    if case.form is Form.IN_HOUSE_JOINT and case.stage is Stage.PARTICIPATION:
        yield say(
            "Joining the provider: once, before the first award. Who is a member "
            "already need not decide it again."
        )
    if case.form is Form.JOINT_CONTRACT and case.stage in OF_THE_PILOT:
        yield say(
            "The pilot decides for all, under its own rules and its own supervision."
        )
    if case.form is Form.JOINT_CONTRACT and case.stage is Stage.ORDER:
        yield say("Not before the award of the pilot can be carried out.")
    if single:
        yield say(
            "In a police zone of one municipality its council and its executive decide."
        )
    elif administration.kind is AdministrationKind.POLICE_ZONE:
        yield say(
            "That is for a zone of several municipalities; in a zone of one, its "
            "council and its executive decide."
        )


def _formalities(case: _Case, found: Deciding | None) -> Iterator[Formality]:
    yield from _before(case)
    if found is not None and found.by_law is None and found.body is BodyKind.COUNCIL:
        yield _summons(case)
    yield from _after(case)


def _before(case: _Case) -> Iterator[Formality]:
    for cells in fitting("before", case.kind, case.region, case.on):
        if case.stage.name not in cells["stages"]:
            continue
        match cells["what"]:
            case "opinion":
                yield _opinion(case, cells)
            case "visum":
                yield Formality(
                    kind=FormalityKind.VISUM,
                    due=Due.YES,
                    message=say(
                        "The financial director gives a visum before anything is "
                        "committed, except for the categories that the council left "
                        "out."
                    ),
                    basis=(basis(cells["basis"]),),
                )
            case _:
                yield from _consultation(case, cells)


def _opinion(case: _Case, cells: dict[str, Any]) -> Formality:
    judged = judge(cells["amount"], case.impact, case.on, case.own)
    usual = term(cells["term"], case.on, case.own)
    urgent = term(cells["urgent_term"], case.on, case.own)
    article = basis(cells["basis"])
    of_limit = (judged.limit.citation,) if judged.limit else ()
    message = say(
        "The financial director gives a written opinion on legality before the "
        "decision: {days} working days from a complete file, which can be doubled "
        "once; {urgent} in reasoned urgency.",
        days=usual.value,
        urgent=urgent.value,
    )
    if judged.due is Due.NO:
        message = say(
            "The financial director need not give an opinion on legality, and can "
            "give one of their own accord."
        )
    return Formality(
        kind=FormalityKind.OPINION,
        due=judged.due,
        message=message,
        why=judged.why,
        days=urgent.value if case.urgent else usual.value,
        unit="working_days",
        limit=judged.limit,
        parameter=judged.parameter,
        basis=merged(article, usual.citation, *of_limit),
    )


_BOTH = frozenset({AdministrationKind.COMMUNE, AdministrationKind.CPAS})


def _consultation(case: _Case, cells: dict[str, Any]) -> Iterator[Formality]:
    """Between a commune and its CPAS; nothing where one of the two takes no part."""
    if case.kinds and not case.kinds >= _BOTH:
        return
    found = hearing(cells, case.form)
    message = say(
        "Where a commune and its CPAS act together, their consultation committee "
        "is heard before either decides."
    )
    if found.due is Due.NO:
        message = say("The consultation committee need not be heard.")
    yield Formality(
        kind=FormalityKind.CONSULTATION,
        due=found.due,
        message=message,
        why=found.why,
        basis=(basis(cells["basis"]),),
    )


def _summons(case: _Case) -> Formality:
    try:
        known = convocation(case.kind, case.region, case.on, case.own)
    except NotInForce:
        known = None
    if known is None:
        return Formality(
            kind=FormalityKind.SUMMONS,
            due=Due.UNKNOWN,
            message=say(
                "How long before the session the council is summoned is not known here."
            ),
        )
    clear = clear_days(case.kind, case.region)
    message = say(
        "At least {days} days lie between the summons and the session of the council.",
        days=known.value,
    )
    if clear:
        message = say(
            "At least {days} clear days lie between the summons and the session of the "
            "council.",
            days=known.value,
        )
    return Formality(
        kind=FormalityKind.SUMMONS,
        due=Due.YES,
        message=message,
        days=known.value,
        unit="clear_days" if clear else "days",
        parameter=known.name,
        basis=(known.citation,),
    )


def _after(case: _Case) -> Iterator[Formality]:
    """What follows the decision."""
    authority = supervision(case.kind, case.region, case.on, case.own)
    if authority is None:
        if case.stage is not Stage.LAUNCH and case.stage is not Stage.ORDER:
            yield Formality(
                kind=FormalityKind.SENDING,
                due=Due.UNKNOWN,
                message=say(
                    "Who supervises such an administration is not known here: ask "
                    "before the decision."
                ),
            )
        return
    found = _sent(case)
    if found is not None:
        yield _to_send(authority, found)
    is_sent = found.due if found else Due.NO
    if case.stage in authority.lists and is_sent is not Due.YES:
        yield _on_the_list(authority, is_sent)
    if case.stage in authority.published and authority.publishes:
        yield _to_publish(authority)
    if found is not None:
        yield from _waiting(case, authority, found)
        if case.stage is Stage.AWARD:
            yield from _changes(case, found)


def _sent(case: _Case) -> Sending | None:
    exclusive = case.procedure == EXCLUSIVE
    heading = EXCLUSIVE if exclusive else HEADINGS.get(case.form, "")
    if case.form is Form.IN_HOUSE_JOINT and case.stage is Stage.PARTICIPATION:
        heading = MEMBERSHIP
    return sending(
        case.kind,
        case.region,
        case.stage,
        case.on,
        case.own,
        heading=heading,
        nature=case.nature,
        procedure="" if exclusive else case.procedure,
        amounts=case.amounts,
    )


def _to_send(authority: Supervision, found: Sending) -> Formality:
    name, known = named(authority.authority), not found.approval
    if found.due is Due.NO:
        message = say("Supervisory authority: {authority}.", authority=name)
    elif authority.sends and authority.term and authority.extension and known:
        message = say(
            "{authority}: within {days} days of the decision; the authority then has "
            "{term} days, which it can extend once by {extension}.",
            authority=name,
            days=authority.sends.value,
            term=authority.term.value,
            extension=authority.extension.value,
        )
    else:
        message = say(
            "{authority}: the terms are not known here, ask for them.", authority=name
        )
    limit = found.of.limit if found.of else None
    return Formality(
        kind=FormalityKind.SENDING,
        due=found.due,
        message=message,
        why=found.why,
        days=authority.transmit_days if known else None,
        authority=authority.authority,
        term_days=authority.term_days if known else None,
        extension_days=authority.extension_days if known else None,
        limit=limit,
        parameter=found.of.parameter if found.of else "",
        among=tuple(dict.fromkeys(_in_doubt(found))),
        basis=merged(found.citation, *_of(found), *(authority.basis if known else ())),
    )


def _on_the_list(authority: Supervision, is_sent: Due) -> Formality:
    """A decision that is not sent itself is named on the list of decisions."""
    return Formality(
        kind=FormalityKind.LISTING,
        due=Due.YES if is_sent is Due.NO else Due.UNKNOWN,
        message=say(
            "On the list of decisions that is sent within {days} days: {authority}.",
            authority=named(authority.authority),
            days=authority.transmit_days or 0,
        ),
        days=authority.transmit_days,
        authority=authority.authority,
        basis=authority.basis,
    )


def _to_publish(authority: Supervision) -> Formality:
    return Formality(
        kind=FormalityKind.PUBLICATION,
        due=Due.YES,
        message=say(
            "On the web application within {days} days of the decision; then a "
            "complaint can be made within {complaint} days ({authority}). Which "
            "decisions on contracts are listed or published is to be verified.",
            days=authority.publish_days or 0,
            authority=named(authority.authority),
            complaint=authority.complaint_days or 0,
        ),
        days=authority.publish_days,
        authority=authority.authority,
        term_days=authority.complaint_days,
        basis=tuple(replace(each, to_verify=True) for each in authority.basis),
    )


def _waiting(
    case: _Case, authority: Supervision, found: Sending
) -> Iterator[Formality]:
    """What may not be carried out meanwhile."""
    if found.approval:
        return
    if authority.waits == "sent" and found.due is not Due.NO:
        yield Formality(
            kind=FormalityKind.WAITING,
            due=found.due,
            message=say(
                "The decision is not carried out before it has been sent; what is "
                "carried out while the term runs, is at the risk of an annulment."
            ),
            authority=authority.authority,
            basis=(authority.citation,),
        )
    if authority.waits == "term" and case.stage is Stage.AWARD:
        yield _until_the_term(case, authority, found)


def _until_the_term(case: _Case, authority: Supervision, found: Sending) -> Formality:
    due, why = found.due, None
    message = say(
        "No order before the term on the award has run out: {days} days at most to "
        "send it, {term} for the authority, {extension} more if it extends; sooner "
        "where the authority says so.",
        days=authority.transmit_days or 0,
        term=authority.term_days or 0,
        extension=authority.extension_days or 0,
    )
    if found.due is Due.NO:
        message = say("An award that need not be sent can be carried out at once.")
    elif case.urgent:
        due = Due.NO
        message = say(
            "In imperious urgency (art. 42, § 1, 1°, b) the award does not wait."
        )
    elif found.due is Due.UNKNOWN:
        why = found.why
    elif authority.unread:
        due = Due.UNKNOWN
        why = say(
            "Whether an award waits has not been verified for this administration: "
            "prudently, wait."
        )
    return Formality(
        kind=FormalityKind.WAITING,
        due=due,
        message=message,
        why=why,
        authority=authority.authority,
        days=authority.transmit_days,
        term_days=authority.term_days,
        extension_days=authority.extension_days,
        basis=authority.basis,
    )


def _changes(case: _Case, found: Sending) -> Iterator[Formality]:
    """A change of a contract that was sent is sent as well, from a share of it."""
    cells = next(fitting("changes", case.kind, case.region, case.on), None)
    if cells is None or found.due is Due.NO:
        return
    share = parameter(cells["amount"], case.on, case.own)
    yield Formality(
        kind=FormalityKind.CHANGE,
        due=found.due,
        message=say(
            "Later changes of {share} or more of the initial amount are sent too, and "
            "so are several that add up: verify the rule on adding up.",
            share=per_cent(share.value),
        ),
        limit=share,
        parameter=share.name,
        basis=merged(basis(cells["basis"]), share.citation),
    )


def _in_doubt(found: Sending) -> Iterator[str]:
    """The amounts that can decide and are not known, or to be verified."""
    for each in found.amounts:
        if each.limit is None or each.limit.citation.to_verify:
            yield each.parameter


def _of(found: Sending) -> tuple[Citation, ...]:
    """Where the amount that decides is written."""
    limit = found.of.limit if found.of else None
    return (limit.citation,) if limit else ()
