"""The proposals as lists: those of today, those retained, those set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import CandidateKind, Form, Stage, Vote
from jointbuy.model.decision import STAGES as DECIDED_ON
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.proposals.words import BRIEFLY, SHORT
from jointbuy.tui.prose import bar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.errors import Arg, Message
    from jointbuy.model import (
        Administration,
        Candidate,
        Decision,
        Dossier,
        FrameworkAgreement,
        Need,
        PurchasingCentre,
    )
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Proposal, Workspace

STANDS_AGAINST = -20
"""Points of one reason from which it is worth a warning."""

BOUND = "running_contracts"
"""The reason that says somebody is still bound on the day of the launch."""

FOR_ALL = frozenset({Stage.LAUNCH, Stage.AWARD})
"""What one administration decides for all that buy together."""

NOTES: dict[str, Arg] = {
    "changed": word("changed"),
    "against": word("hard to do"),
    "bound": word("still bound"),
    "missing": word("incomplete"),
    "none": word("nothing"),
}
"""What is worth a look before one goes on with a proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal with the names and needs that are told of it."""

    proposal: Proposal
    needs: tuple[Need, ...]
    everyone: Mapping[str, Administration]
    framework: FrameworkAgreement | None = None
    centre: PurchasingCentre | None = None

    @property
    def id(self) -> str:
        """The id of the proposal, and of its dossier."""
        return self.proposal.candidate.id

    @property
    def candidate(self) -> Candidate:
        """What is proposed."""
        return self.proposal.candidate

    @property
    def dossier(self) -> Dossier | None:
        """What people did with it."""
        return self.proposal.dossier

    @property
    def latest(self) -> date | None:
        """The last day on which every need can still start."""
        days = [need.latest for need in self.needs if need.latest is not None]
        return min(days, default=None)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth a look."""
        found = [
            ("changed", bool(self.proposal.changes)),
            (
                "against",
                any(r.weight <= STANDS_AGAINST for r in self.candidate.reasons),
            ),
            ("bound", any(r.name == BOUND for r in self.candidate.reasons)),
            ("missing", bool(self.candidate.missing)),
        ]
        return tuple(name for name, here in found if here) or ("none",)

    @property
    def warned(self) -> bool:
        """Whether one of them is a warning."""
        return bool({"changed", "against", "bound"} & set(self.notes))

    def amounts(self) -> dict[str, Decimal | None]:
        """What each administration expects to spend, as far as it is known."""
        found: dict[str, Decimal | None] = {}
        for who in self.candidate.administrations:
            known = [
                need.estimate
                for need in self.needs
                if need.administration == who and need.estimate is not None
            ]
            found[who] = sum(known[1:], known[0]) if known else None
        return found


def title(row: Row, speech: Speech) -> str:
    """What it is about."""
    return speech.name(row.candidate.title) or row.candidate.cpv or row.id


def name_of(row: Row, who: str, speech: Speech) -> str:
    """What an administration is called."""
    known = row.everyone.get(who)
    return known.name(speech.language) if known else who


def partners(row: Row, speech: Speech) -> str:
    """Who buys together, or whose framework is joined."""
    names = [name_of(row, who, speech) for who in row.candidate.administrations]
    text = ", ".join(names)
    if row.centre is not None:
        return f"→ {speech.name(row.centre.names)}: {text}"
    return f"{len(names)}: {text}" if len(names) > 1 else text


def score(row: Row) -> str:
    """The points, as a number and a bar, with a sign where there is a warning."""
    points = row.candidate.score
    return f"{points:>4} {bar(points / 100, 6)} {'!' if row.warned else ' '}"


# What the bodies decided.


def votes(dossier: Dossier | None) -> dict[tuple[Stage, str], Decision]:
    """The decision that counts, of each administration on each stage: the last."""
    found: dict[tuple[Stage, str], Decision] = {}
    for each in dossier.decisions if dossier else ():
        before = found.get((each.stage, each.administration))
        if before is None or before.on <= each.on:
            found[each.stage, each.administration] = each
    return found


def stages(row: Row) -> tuple[Stage, ...]:
    """What the bodies decide on, in order."""
    form = row.dossier.form if row.dossier else None
    return DECIDED_ON[form or Form.JOINT_CONTRACT]


def for_all(row: Row) -> frozenset[Stage]:
    """The stages that the pilot of a joint contract decides on for all."""
    form = row.dossier.form if row.dossier else None
    return FOR_ALL if form in {None, Form.JOINT_CONTRACT} else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the bodies are with one stage: how many said yes, who said no."""

    stage: Stage
    yes: int
    of: int
    no: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every body said yes."""
        return self.yes == self.of


def standings(row: Row) -> tuple[Standing, ...]:
    """How far the bodies are, stage by stage.

    What the pilot of a joint contract does for all takes its decision alone.
    """
    shared = for_all(row)
    made, everyone = votes(row.dossier), row.candidate.administrations
    pilot = row.dossier.pilot if row.dossier else ""
    found = []
    for stage in stages(row):
        who = (pilot,) if pilot in everyone and stage in shared else everyone
        cast = {each: made[stage, each] for each in who if (stage, each) in made}
        yes = [each for each in cast if cast[each].outcome is not Vote.NO]
        found.append(
            Standing(
                stage=stage,
                yes=min(len(yes), 1) if stage in shared else len(yes),
                of=1 if stage in shared else len(who),
                no=tuple(each for each in cast if each not in yes),
            )
        )
    return tuple(found)


def current(row: Row) -> Standing | None:
    """The first stage that is not complete; none when all are."""
    return next((each for each in standings(row) if not each.complete), None)


def state(row: Row, speech: Speech) -> str:
    """Where it stands, in a word or two."""
    if row.proposal.state == "set_aside":
        choice = row.proposal.choice
        return speech.day(choice.on) if choice else ""
    if row.proposal.state != "retained":
        return speech.line(NOTES[row.notes[0]]) if row.notes != ("none",) else ""
    here = current(row)
    if here is None:
        return "✓ " + speech.line(DECIDED)
    sign = "✗ " if here.no else ""
    return f"{sign}{speech.line(BRIEFLY[here.stage])} {here.yes}/{here.of}"


DECIDED = word("all decided")


def _stage(row: Row) -> str:
    here = current(row)
    return here.stage.value if here else ""


def _stage_label(value: str, speech: Speech) -> str:
    words = {stage.value: name for stage, name in BRIEFLY.items()}
    return speech.line(words.get(value, DECIDED))


# The lists.


def read_open(workspace: Workspace) -> Listing[Row]:
    """What is proposed today and nobody has chosen on yet, best first."""
    return listing(
        _rows(workspace, "proposed"),
        empty=say(
            "Nothing is proposed: needs of at least one administration are wanted, "
            "open and with a title."
        ),
    )


def read_retained(workspace: Workspace) -> Listing[Row]:
    """The dossiers of what was retained."""
    return listing(
        _rows(workspace, "retained"),
        empty=say("Nothing is retained yet: choose a proposal, and retain it with a."),
        state_="retained",
    )


def read_set_aside(workspace: Workspace) -> Listing[Row]:
    """What was set aside."""
    return listing(
        _rows(workspace, "set_aside"),
        empty=say("Nothing was set aside."),
        state_="set_aside",
    )


def _rows(workspace: Workspace, state: str) -> tuple[Row, ...]:
    needs, everyone = workspace.needs(), workspace.administrations()
    frameworks, centres = workspace.frameworks(), workspace.centres()

    def row(proposal: Proposal) -> Row:
        candidate, dossier = proposal.candidate, proposal.dossier
        kept = {need.id: need for need in dossier.needs} if dossier else {}
        known = (needs.get(id_) or kept.get(id_) for id_ in candidate.needs)
        framework = frameworks.get(candidate.framework)
        return Row(
            proposal=proposal,
            needs=tuple(need for need in known if need is not None),
            everyone=everyone,
            framework=framework,
            centre=centres.get(framework.centre) if framework else None,
        )

    return tuple(row(each) for each in workspace.match() if each.state == state)


def meant(workspace: Workspace, id_: str) -> str | None:
    """The id of the proposal meant: its own, or that of a need it holds.

    Of several that hold a need the retained one goes first, then the best; buying
    together or through a centre goes before staying separate.
    """
    found = workspace.match()
    own = [each for each in found if each.candidate.id == id_]
    holding = [each for each in found if id_ in each.candidate.needs]
    order = {"retained": 0, "proposed": 1, "set_aside": 2}
    holding.sort(
        key=lambda each: (
            order[each.state],
            each.candidate.kind is CandidateKind.SEPARATE,
            -each.candidate.score,
        )
    )
    for each in (*own, *holding):
        return each.candidate.id
    return None


def listing(
    rows: tuple[Row, ...], *, empty: Message, state_: str = "proposed"
) -> Listing[Row]:
    """Proposals in one state, as a list."""
    return Listing(
        rows=rows,
        empty=empty,
        columns=(*_COLUMNS[:3], *_FURTHER[state_], *_COLUMNS[3:]),
        also=lambda row: (
            row.id,
            *row.candidate.needs,
            *(need.title for need in row.needs),
            row.candidate.cpv,
        ),
        facets=_facets(rows[0].everyone if rows else {}, state_),
    )


_COLUMNS: tuple[Column[Row], ...] = (
    Column(
        id="score", heading=say("Score"), width=13,
        text=lambda row, _: score(row),
        key=lambda row: row.candidate.score,
        tone=lambda row: "warning" if row.warned else "",
    ),
    Column(id="title", heading=say("What"), text=title, width=16, grow=3),
    Column(id="who", heading=say("Who"), text=partners, width=12, grow=3, rank=2),
    Column(
        id="estimate", heading=say("Estimate"), right=True, width=9, rank=4,
        text=lambda row, speech: speech.amount(row.candidate.estimate),
        key=lambda row: row.candidate.estimate,
    ),
    Column(
        id="start", heading=say("Start"), width=10, rank=6,
        text=lambda row, speech: speech.day(row.candidate.launch),
        key=lambda row: row.candidate.launch,
    ),
    Column(
        id="until", heading=say("Until"), width=10, rank=8,
        text=lambda row, speech: speech.day(row.latest),
        key=lambda row: row.latest,
    ),
)  # fmt: skip

_FURTHER: dict[str, tuple[Column[Row], ...]] = {
    "proposed": (
        Column(
            id="form", heading=say("Form"), width=11, rank=5,
            text=lambda row, speech: speech.line(SHORT[row.candidate.kind]),
        ),
        Column(id="state", heading=say("To note"), text=state, width=14, rank=7),
    ),
    "retained": (
        Column(id="state", heading=say("State"), text=state, width=22, rank=1),
    ),
    "set_aside": (
        Column(
            id="on", heading=say("Since"), width=10, rank=3, text=state,
            key=lambda row: row.proposal.choice and row.proposal.choice.on,
        ),
        Column(
            id="why", heading=say("Why"), width=20, grow=4, rank=1,
            text=lambda row, _: row.proposal.choice.why if row.proposal.choice else "",
        ),
    ),
}  # fmt: skip
"""What is shown besides of proposals in each state."""


def _facets(
    everyone: Mapping[str, Administration], state_: str
) -> tuple[Facet[Row], ...]:
    """What the proposals can be told apart by."""

    def name(value: str, speech: Speech) -> str:
        known = everyone.get(value)
        return known.name(speech.language) if known else value

    form = Facet[Row](
        id="form", heading=say("Form"),
        value=lambda row: row.candidate.kind.value,
        label=lambda value, speech: speech.line(SHORT[CandidateKind(value)]),
    )  # fmt: skip
    stage = Facet[Row](
        id="stage", heading=say("State"), value=_stage, label=_stage_label
    )
    notes = Facet[Row](
        id="notes", heading=say("To note"), value=lambda row: row.notes,
        label=lambda value, speech: speech.line(NOTES[value]),
    )  # fmt: skip
    who = Facet[Row](
        id="who", heading=say("Administration"),
        value=lambda row: row.candidate.administrations, label=name,
    )  # fmt: skip
    return (form, *((stage,) if state_ == "retained" else ()), notes, who)
