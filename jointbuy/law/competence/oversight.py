"""The supervisory authority, its terms, and what is sent to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Message, say
from jointbuy.law.competence.formalities import merged
from jointbuy.law.competence.judging import Amounts, Due, Judged, judge
from jointbuy.law.competence.rows import basis, fitting
from jointbuy.law.parameters import NO_OWN, Term, term
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
    "heading": say("Under which heading it is sent is not known here: ask."),
}
"""Why something is sent or not, by the key that the table names."""


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
    """Whether an act is sent, why, and the article; `of` is the amount that decides."""

    due: Due
    why: Message | None
    of: Judged | None
    citation: Citation


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
    certain.

    Source: Walloon code of local democracy, art. L3122-2; ordinance of 14 May 1998
        and decree of 16 July 1998; organic law of 8 July 1976, art. 112quater.
    """
    found: list[Sending] = []
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
        found.append(_sending(cells, on, own, amounts or Amounts()))
        if (nature or not natures) and (procedure or not names):
            break
    return _agreed(found)


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
    return Sending(due=due, why=why, of=judged, citation=written)


def _agreed(found: list[Sending]) -> Sending | None:
    """What all that can apply come to; unknown where they differ."""
    if not found:
        return None
    first = found[0]
    if len(found) == 1:
        return first
    if len({each.due for each in found}) == 1 and first.due is not Due.UNKNOWN:
        return found[-1]
    return Sending(
        due=Due.UNKNOWN,
        why=say("It depends on the nature and the procedure: name them."),
        of=None,
        citation=replace(found[-1].citation, to_verify=True),
    )


def convocation(
    kind: AdministrationKind | None,
    region: Region | None,
    on: date,
    own: OwnValues = NO_OWN,
) -> Term | None:
    """The days between summons and session of the council, where they are known."""
    cells = next(fitting("convocation", kind, region), None)
    return term(cells["term"], on, own) if cells else None
