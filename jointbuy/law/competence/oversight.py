"""The supervisory authority, its terms, and what is sent to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, NotInForce, say
from jointbuy.law.competence.formalities import merged
from jointbuy.law.competence.judging import Amounts, Due, Judged, judge
from jointbuy.law.competence.rows import basis, fitting
from jointbuy.law.parameters import NO_OWN, Term, parameter, term
from jointbuy.model.cooperation import Form
from jointbuy.model.decision import Stage
from jointbuy.model.parties import AdministrationKind, LocalText, Region

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.law.parameters import OwnValues
    from jointbuy.model.finding import Citation

HEADINGS = {
    Form.JOINT_CONTRACT: "contract",
    Form.PURCHASING_CENTRE: "contract",
    Form.IN_HOUSE: "in_house",
    Form.IN_HOUSE_REVERSE: "in_house",
    Form.IN_HOUSE_JOINT: "in_house",
    Form.HORIZONTAL: "horizontal",
    Form.TRANSFER: "transfer",
}
"""Under which heading of the supervision the award of a form is sent."""

LOW_VALUE = "low_value"
"""The procedure of a contract of low value."""

MEMBERSHIP = "membership"
"""The heading of joining the provider that several control together."""

EXCLUSIVE = "exclusive"
"""The heading, and the name of the procedure, of an award on an exclusive right."""

REASONS = {
    "dropped": say(
        "According to the draft of the decrees of October 2022 it is no longer sent. "
        "Ask the authority; sending it all the same does no harm."
    ),
    "low_value": say("A contract of low value stays under every amount known."),
    "general": say("General supervision: a decision is looked at upon complaint."),
    "zone": say("As far as is known, decisions on a contract are not sent one by one."),
    "approval": say("A special approval can be due: ask before the decision."),
    "membership": say("Joining can need a special approval: ask before the decision."),
    "heading": say("Under which heading it is sent is not known here: ask."),
}
"""Why something is sent or not, by the key that the table names."""

APPROVALS = frozenset({"approval", "membership"})
"""The reasons that ask for an approval, of which the terms are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """The supervisory authority and its terms in calendar days; None is no such term.

    An act of one of the `stages` can have to be sent within `transmit_days`: `sending`
    says which; the authority then has `term_days`, extendable once by
    `extension_days`. What `waits` is not carried out before the act is sent (`sent`)
    or before the term on the award has run (`term`); `unread`: prudently, nobody read
    it. The other decisions of `lists` go on a list within the same days. Those of
    `published` are published within `publish_days` and open to complaint for
    `complaint_days`.
    """

    authority: LocalText
    stages: tuple[Stage, ...]
    citation: Citation
    sends: Term | None = None
    term: Term | None = None
    extension: Term | None = None
    waits: str = ""
    unread: bool = False
    lists: tuple[Stage, ...] = ()
    published: tuple[Stage, ...] = ()
    publishes: Term | None = None
    complaints: Term | None = None

    @property
    def mandatory(self) -> bool:
        """Whether some acts can have to be sent at all."""
        return bool(self.stages)

    @property
    def suspensive_award(self) -> bool:
        """Whether an award that is sent waits for the authority."""
        return self.waits == "term"

    @property
    def transmit_days(self) -> int | None:
        """Within how many days an act is sent."""
        return self.sends.value if self.sends else None

    @property
    def term_days(self) -> int | None:
        """How long the authority has."""
        return self.term.value if self.term else None

    @property
    def extension_days(self) -> int | None:
        """What it can add once."""
        return self.extension.value if self.extension else None

    @property
    def publish_days(self) -> int | None:
        """Within how many days decisions are published."""
        return self.publishes.value if self.publishes else None

    @property
    def complaint_days(self) -> int | None:
        """How long a complaint can be made."""
        return self.complaints.value if self.complaints else None

    @property
    def basis(self) -> tuple[Citation, ...]:
        """Where the authority and its terms are written."""
        terms = (self.sends, self.term, self.extension, self.publishes, self.complaints)
        written = [each.citation for each in terms if each is not None]
        return merged(self.citation, *written)


def supervision(
    kind: AdministrationKind | None,
    region: Region | None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Supervision | None:
    """Who supervises an administration on that day; None where it is not known."""
    cells = next(fitting("supervision", kind, region, on), None)
    if cells is None:
        return None

    def named(key: str) -> Term | None:
        return term(cells[key], on, own) if key in cells else None

    sent = [
        row for row in fitting("sending", kind, region, on) if row.get("due") != "no"
    ]
    return Supervision(
        authority=LocalText(**cells["authority"]),
        stages=tuple(
            stage
            for stage in Stage
            if any(stage.name in row["stages"] for row in sent if _usual(row))
        ),
        citation=basis(cells["basis"]),
        sends=named("sends"),
        term=named("term"),
        extension=named("extension"),
        waits=cells.get("waits", ""),
        unread=cells.get("unread", False),
        lists=tuple(Stage[name] for name in cells.get("lists", ())),
        published=tuple(Stage[name] for name in cells.get("published", ())),
        publishes=named("publishes"),
        complaints=named("complaints"),
    )


def _usual(row: dict[str, Any]) -> bool:
    """Whether the row is about a contract, not another form of cooperation alone."""
    return "contract" in row.get("headings", ("contract",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Whether an act is sent, why, and the article; `of` is the amount that decides.

    `amounts` are all that can decide where it is not known which one does; an
    `approval` has terms of its own.
    """

    due: Due
    why: Message | None
    of: Judged | None
    citation: Citation
    amounts: tuple[Judged, ...] = ()
    approval: bool = False


def sending(
    kind: AdministrationKind | None,
    region: Region | None,
    stage: Stage,
    on: date,
    own: OwnValues = NO_OWN,
    *,
    heading: str = "contract",
    nature: str = "",
    procedure: str = "",
    amounts: Amounts | None = None,
) -> Sending | None:
    """Whether an act of that stage is sent to the authority; None where none is named.

    Where the nature or the procedure is not known, only what holds for all of them is
    certain; an amount above that of low value is not of low value.

    Source: Walloon code of local democracy, art. L3122-2; ordinance of 14 May 1998
        and decree of 16 July 1998; organic law of 8 July 1976, art. 112quater.
    """
    found: list[Sending] = []
    missing: set[str] = set()
    amounts = amounts or Amounts()
    above = not procedure and _is_large(amounts, on, own)
    for cells in fitting("sending", kind, region, on):
        if stage.name not in cells["stages"]:
            continue
        if heading not in cells.get("headings", (heading,)):
            continue
        natures, names = cells.get("natures", ()), cells.get("procedures", ())
        if natures and nature and nature not in natures:
            continue
        if names and procedure and procedure not in names:
            continue
        if above and list(names) == [LOW_VALUE]:
            continue
        found.append(_sending(cells, on, own, amounts))
        if natures and not nature:
            missing.add("nature")
        if names and not procedure:
            missing.add("procedure")
        if (nature or not natures) and (procedure or not names):
            break
    return _agreed(found, missing, on)


def _is_large(amounts: Amounts, on: date, own: OwnValues) -> bool:
    """Whether the estimate is known to lie above low value."""
    if amounts.estimate is None:
        return False
    try:
        limit = parameter("thresholds.low_value", on, own)
    except NotInForce:
        return False
    return not limit.met_by(amounts.estimate)


def _sending(
    cells: dict[str, Any], on: date, own: OwnValues, amounts: Amounts
) -> Sending:
    if "amount" in cells:
        unread = cells.get("unread", False)
        judged = judge(cells["amount"], amounts, on, own, unread=unread)
        due, why = judged.due, judged.why
    else:
        judged, due = None, Due[cells["due"].upper()]
        why = REASONS.get(cells.get("reason", ""))
    written = basis(cells["basis"])
    if due is Due.UNKNOWN:  # the article may be sure, what it comes to is not
        written = replace(written, to_verify=True)
    return Sending(
        due=due,
        why=why,
        of=judged,
        citation=written,
        approval=cells.get("reason", "") in APPROVALS,
    )


def _agreed(found: list[Sending], missing: set[str], on: date) -> Sending | None:
    """What all that can apply come to; unknown where they differ.

    Where all but what is never sent are one and the same, the amount of it decides.
    """
    if not found:
        return None
    first = found[0]
    if len(found) == 1:
        return first
    if len({each.due for each in found}) == 1 and first.due is not Due.UNKNOWN:
        return found[-1]
    can_be_due = [each for each in found if each.due is not Due.NO]
    if len(can_be_due) == 1 and can_be_due[0].due is Due.UNKNOWN:
        return can_be_due[0]
    judged = tuple(
        each.of for each in found if each.of is not None and each.due is Due.UNKNOWN
    )
    return Sending(
        due=Due.UNKNOWN,
        why=_undecided(missing, judged, on),
        of=None,
        citation=replace(found[-1].citation, to_verify=True),
        amounts=judged,
    )


def _undecided(missing: set[str], judged: tuple[Judged, ...], on: date) -> Message:
    """What to name first, and that the amount is not known, where it is not."""
    if missing == {"nature"}:
        name = say("It depends on the nature of the contract: name it.")
    elif missing == {"procedure"}:
        name = say("It depends on the procedure: name it.")
    else:
        name = say("It depends on the nature and the procedure: name them.")
    if not judged:
        return name
    if all(each.limit is None for each in judged):
        amount = say("The amounts that count on {day} are not known here.", day=on)
    else:
        amount = say("It also depends on the amount, which is not known.")
    return say("{first} {more}", first=name, more=amount)


def convocation(
    kind: AdministrationKind | None,
    region: Region | None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Term | None:
    """The days between summons and session of the council, where they are known."""
    cells = next(fitting("convocation", kind, region), None)
    return term(cells["term"], on, own) if cells else None


def clear_days(kind: AdministrationKind | None, region: Region | None) -> bool:
    """Whether neither the day of the summons nor that of the session counts."""
    cells = next(fitting("convocation", kind, region), None)
    return cells is not None and cells.get("clear", False)
