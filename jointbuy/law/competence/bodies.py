"""The body that decides on a stage, and who may decide in its place."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, say, word
from jointbuy.law.competence.judging import Amounts, Due, judge
from jointbuy.law.competence.rows import basis, fitting
from jointbuy.law.parameters import NO_OWN
from jointbuy.model.need import BudgetKind
from jointbuy.model.parties import AdministrationKind, BodyKind, Region

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from jointbuy.law.parameters import OwnValues, Value
    from jointbuy.model.cooperation import Form
    from jointbuy.model.decision import Stage
    from jointbuy.model.finding import Citation

_COUNCILS = {
    AdministrationKind.COMMUNE: word("municipal council"),
    AdministrationKind.CPAS: word("council for social action"),
    AdministrationKind.POLICE_ZONE: word("police council"),
    AdministrationKind.PROVINCE: word("provincial council"),
}
_EXECUTIVES = {
    AdministrationKind.COMMUNE: word("municipal executive"),
    AdministrationKind.CPAS: word("permanent bureau"),
    AdministrationKind.POLICE_ZONE: word("police executive"),
    AdministrationKind.PROVINCE: word("provincial executive"),
    AdministrationKind.INTERCOMMUNALE: word("board of directors"),
}


class Deputy(Enum):
    """Who may decide in the place of the body."""

    EXECUTIVE = "EXECUTIVE"
    DIRECTOR = "DIRECTOR"
    OFFICIAL = "OFFICIAL"
    COMMITTEE = "COMMITTEE"


class How(Enum):
    """What lets another decide."""

    LAW = "LAW"
    URGENCY = "URGENCY"
    DELEGATION = "DELEGATION"
    DAILY = "DAILY"
    LISTED = "LISTED"


_DEPUTIES = {
    Deputy.DIRECTOR: word("general director"),
    Deputy.OFFICIAL: word("another official, not the financial director"),
    Deputy.COMMITTEE: word("special committee"),
}

NOTES = {
    "first_decision": say("A first decision, separate from the one on each need."),
    "second_decision": say(
        "A second decision for each need, separate from the adhesion."
    ),
    "bureau_or_council": say("The bureau or the council, as the council delegated."),
    "prudently": say("Prudently the council: no text says it in so many words."),
    "statutes": say("As its statutes say; management launches and carries out."),
}
"""What is said beside a decision, by the key that the table names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Who may decide in the place of the body, and under what.

    `open` says whether what is known lets it: the amount beside the `limit`, the
    budget, the urgency. A delegation further needs the council's own decision.
    """

    to: Deputy
    how: How
    message: Message
    open: Due
    why: Message | None = None
    limit: Value | None = None
    parameter: str = ""
    budget: BudgetKind | None = None
    citation: Citation

    @property
    def to_verify(self) -> bool:
        """Whether its article, or the amount under it, is still to be verified."""
        doubtful = self.limit is not None and self.limit.citation.to_verify
        return self.citation.to_verify or doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The body competent for a stage, and who may decide `instead`."""

    body: BodyKind
    citation: Citation
    instead: tuple[Instead, ...] = ()
    note: Message | None = None

    @property
    def by_law(self) -> Instead | None:
        """Who decides by law in the place of the body, on the amount known."""
        return next(
            (e for e in self.instead if e.how is How.LAW and e.open is Due.YES), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is known of what is decided on."""

    amounts: Amounts = Amounts()  # noqa: RUF009 - a frozen value
    budget: BudgetKind | None = None
    population: int | None = None
    urgent: bool = False


def deciding_body(
    kind: AdministrationKind | None,
    region: Region | None,
    stage: Stage,
    on: date,
    own: OwnValues = NO_OWN,
    *,
    form: Form | None = None,
    purchase: Purchase | None = None,
) -> Deciding | None:
    """The body that decides on a stage on that day; None where it is not known."""
    for cells in fitting("deciding", kind, region, on):
        if stage.name not in cells["stages"]:
            continue
        if form is not None and form.name not in cells.get("forms", (form.name,)):
            continue
        purchase = purchase or Purchase()
        return Deciding(
            body=BodyKind[cells["body"]],
            citation=basis(cells["basis"]),
            instead=tuple(_instead(kind, region, stage, on, own, purchase)),
            note=NOTES.get(cells.get("note", "")),
        )
    return None


@functools.cache
def article(
    kind: AdministrationKind | None, region: Region | None, stage: Stage, on: date
) -> Citation | None:
    """Where it is written who decides, without who may decide instead."""
    for cells in fitting("deciding", kind, region, on):
        if stage.name in cells["stages"]:
            return basis(cells["basis"])
    return None


def organ(kind: AdministrationKind | None, body: BodyKind) -> Arg:
    """How the bodies of such an administration are called."""
    usual, other = (
        (_COUNCILS, word("council"))
        if body is BodyKind.COUNCIL
        else (_EXECUTIVES, word("executive body"))
    )
    return usual.get(kind, other) if kind else other


def deputy(kind: AdministrationKind | None, to: Deputy) -> Arg:
    """How the one who decides instead is called."""
    return _DEPUTIES.get(to) or organ(kind, BodyKind.EXECUTIVE)


def _instead(
    kind: AdministrationKind | None,
    region: Region | None,
    stage: Stage,
    on: date,
    own: OwnValues,
    purchase: Purchase,
) -> Iterator[Instead]:
    for cells in fitting("instead", kind, region, on):
        if stage.name in cells["stages"]:
            for to in cells["to"]:
                yield _one(cells, Deputy[to], on, own, purchase)


def _one(
    cells: dict[str, Any], to: Deputy, on: date, own: OwnValues, purchase: Purchase
) -> Instead:
    how = How[cells["how"].upper()]
    budget = BudgetKind[cells["budget"]] if "budget" in cells else None
    opens, why, limit, name = Due.YES, None, None, ""
    if how is How.URGENCY:
        opens = Due.YES if purchase.urgent else Due.NO
    elif how in {How.DAILY, How.LISTED} or cells.get("unread"):
        opens = Due.UNKNOWN
    if "below" in cells:
        name, why = _bracket(cells["below"], purchase.population)
        if name:
            judged = judge(name, purchase.amounts, on, own)
            opens, why, limit = judged.due, judged.why, judged.limit
        else:
            opens = Due.UNKNOWN
    elif cells.get("unread"):
        why = say(
            "Up to which amount is not known here: see the decision of the council."
        )
    if budget is not None and purchase.budget not in {None, budget}:
        opens, why = Due.NO, say("It is another budget.")
    elif budget is not None and purchase.budget is None and opens is Due.YES:
        opens, why = Due.UNKNOWN, say("It depends on the budget, which is not known.")
    written = basis(cells["basis"])
    if opens is Due.UNKNOWN and limit is None and (name or cells.get("unread")):
        written = replace(written, to_verify=True)
    return Instead(
        to=to,
        how=how,
        message=_message(how, budget, informs=cells.get("informs", False)),
        open=opens,
        why=why,
        limit=limit,
        parameter=name,
        budget=budget,
        citation=written,
    )


def _bracket(
    below: str | list[dict[str, Any]], population: int | None
) -> tuple[str, Message | None]:
    """The parameter for that population; none where it is needed and not known."""
    if isinstance(below, str):
        return below, None
    if population is None:
        return "", say("It depends on the population, which is not known: fill it in.")
    for step in below:
        if "under" not in step or population < step["under"]:
            return str(step["amount"]), None
    return "", None


def _message(how: How, budget: BudgetKind | None, *, informs: bool) -> Message:
    match how, budget:
        case How.LAW, _:
            return say(
                "by law, without delegation, up to the amount; the council takes note "
                "at its next session"
            )
        case How.URGENCY, _ if not informs:
            return say("in imperious urgency that could not be foreseen")
        case How.URGENCY, _:
            return say(
                "in imperious urgency that could not be foreseen; the council takes "
                "note at its next session"
            )
        case How.DAILY, _:
            return say("for daily management, as the council defined it")
        case How.LISTED, _:
            return say("for contracts that the council listed by name")
        case _, BudgetKind.ORDINARY:
            return say("on the ordinary budget, if the council delegated it")
        case _, BudgetKind.EXTRAORDINARY:
            return say("on the extraordinary budget, if the council delegated it")
    return say("if the council delegated it")
