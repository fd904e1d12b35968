"""Two to four proposals side by side, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import say, word
from jointbuy.model import Outcome
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.proposals.listing import partners, title
from jointbuy.tui.proposals.words import SHORT
from jointbuy.tui.prose import bullet, heading
from jointbuy.tui.widgets.grid import Grid
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace.headline import standing_said, whole
from jointbuy.workspace.words import CANDIDATE_KINDS, CANDIDATE_STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from jointbuy.tui.proposals.listing import Row
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace.outlook import Outlook

    Side = tuple[Row, Outlook]


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


THEMES: tuple[tuple[Sayable, frozenset[str]], ...] = (
    (
        say("Same purchase"),
        _named(
            "same_purchase shared_code other_code covered quantities_add_up "
            "natures_differ requirements_shared requirements_differ "
            "requirements_exclude two_languages "
            "other_unit other_nature single_supplier"
        ),
    ),
    (
        say("Calendar"),
        _named(
            "common_window staggered staggered_year launch_near launch_very_near "
            "launch_passed in_time starts_late ends_before durations_differ "
            "running_contracts contracts_end_in_time running not_running_yet announced "
            "phase_unknown interest_open window_passed window_reversed other_days "
            "enters_later bound"
        ),
    ),
    (
        say("Who and where"),
        _named(
            "same_place neighbours far_apart distance_unknown identified "
            "not_identified identification_unknown joined joining_pending not_joined "
            "joining_unknown joining_refused interest_marked interest_not_marked "
            "interest_declined "
            "interest_missed maximum_missing use_decided no_partner too_far "
            "place_unknown partners_taken"
        ),
    ),
    (
        say("Gain and effort"),
        _named(
            "volume small_volume scale_gain one_procedure heavier_procedure crowd fee "
            "own_procedure_saved mini_competition exclusive ceiling_enough "
            "ceiling_nearly_used ceiling_too_low ceiling_reached above_maximum "
            "does_not_pay centre_priced unchecked"
        ),
    ),
)
"""The reasons by what they are about; each counts once."""


LAW_SIGNS = {
    Outcome.OK: "✓",
    Outcome.INFO: "✓",
    Outcome.UNKNOWN: "?",
    Outcome.WARNING: "!",
    Outcome.SERIOUS: "! !",
    Outcome.BLOCKED: "✗",
}
STATE_SIGNS = {"proposed": "·", "retained": "✓", "set_aside": "✗"}

NOT = "–"
"""Where a proposal has nothing of the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What the proposals are compared by; `full` says it where there is room."""

    id: str
    label: Sayable
    of: Callable[[Side, Speech], str]
    full: Callable[[Side, Speech], str] | None = None


def _points(names: frozenset[str]) -> Callable[[Side, Speech], str]:
    def total(side: Side, speech: Speech) -> str:
        del speech
        found = [r.weight for r in side[0].candidate.reasons if r.name in names]
        return f"{sum(found):+d}" if found else NOT

    return total


def _reasons(names: frozenset[str]) -> Callable[[Side, Speech], str]:
    def said(side: Side, speech: Speech) -> str:
        return " ".join(
            f"{reason.weight:+d} {speech.line(reason.message)}"
            for reason in side[0].candidate.reasons
            if reason.name in names
        )

    return said


def _law(side: Side, speech: Speech) -> str:
    del speech
    checked = side[1].checked
    return LAW_SIGNS[whole(checked)] if checked else NOT


def _law_full(side: Side, speech: Speech) -> str:
    checked = side[1].checked
    return speech.line(standing_said(checked)) if checked else NOT


def _questions(side: Side, speech: Speech) -> str:
    del speech
    checked = side[1].checked
    return str(len(checked.open_questions)) if checked else NOT


def _publicity(side: Side, speech: Speech) -> str:
    if side[1].procedure is None:
        return NOT
    return speech.line(word("yes") if side[1].eu_publicity else word("no"))


def _procedure(side: Side, speech: Speech) -> str:
    return speech.line(side[1].procedure) if side[1].procedure else NOT


def _breaking(side: Side, speech: Speech) -> str:
    del speech
    plan = side[1].plan
    if plan is None:
        return NOT
    return f"! {len(plan.breaches)}" if plan.breaches else "0"


def _next(side: Side, speech: Speech) -> str:
    step = side[1].next_step
    return speech.day(step.day) if step else NOT


def _next_full(side: Side, speech: Speech) -> str:
    step = side[1].next_step
    return f"{speech.day(step.day)} {speech.line(step.label)}" if step else NOT


CRITERIA: tuple[Criterion, ...] = (
    Criterion(id="what", label=say("What"), of=lambda side, s: title(side[0], s)),
    Criterion(
        id="form",
        label=say("Form"),
        of=lambda side, s: s.line(SHORT[side[0].candidate.kind]),
        full=lambda side, s: s.line(CANDIDATE_KINDS[side[0].candidate.kind]),
    ),
    Criterion(
        id="state",
        label=say("State"),
        of=lambda side, _: STATE_SIGNS[side[0].proposal.state],
        full=lambda side, s: s.line(CANDIDATE_STATES[side[0].proposal.state]),
    ),
    Criterion(
        id="score",
        label=say("Score"),
        of=lambda side, _: str(side[0].candidate.score),
    ),
    *(
        Criterion(id=f"theme{n}", label=label, of=_points(names), full=_reasons(names))
        for n, (label, names) in enumerate(THEMES)
    ),
    Criterion(id="who", label=say("Who"), of=lambda side, s: partners(side[0], s)),
    Criterion(
        id="estimate",
        label=say("Estimate"),
        of=lambda side, s: s.amount(side[0].candidate.estimate) or NOT,
        full=lambda side, s: s.euro(side[0].candidate.estimate) or NOT,
    ),
    Criterion(
        id="start",
        label=say("Start"),
        of=lambda side, s: s.day(side[0].candidate.launch) or NOT,
    ),
    Criterion(
        id="until",
        label=say("Until"),
        of=lambda side, s: s.day(side[0].latest) or NOT,
    ),
    Criterion(
        id="procedure", label=say("EU publicity"), of=_publicity, full=_procedure
    ),
    Criterion(id="law", label=say("Legal"), of=_law, full=_law_full),
    Criterion(id="questions", label=say("Open questions"), of=_questions),
    Criterion(id="breaking", label=say("Steps that break"), of=_breaking),
    Criterion(id="next", label=say("Next step"), of=_next, full=_next_full),
    Criterion(
        id="missing",
        label=say("Missing facts"),
        of=lambda side, _: str(len(side[0].candidate.missing)),
        full=lambda side, s: (
            " ".join(s.line(each) for each in side[0].candidate.missing) or NOT
        ),
    ),
)


class Compared(Dialog[None]):
    """The criteria as rows, the proposals as columns, and one criterion in full."""

    ACTIONS = (CLOSE,)
    DEFAULT_CSS = """
    Compared #frame { width: 100%; height: 100%; }
    Compared Grid { height: 3fr; }
    Compared Page { height: 1fr; min-height: 6; border-top: solid $panel; }
    """

    def __init__(self, sides: Sequence[Side]) -> None:
        super().__init__(say("Side by side"))
        self._sides = sides

    def body(self) -> ComposeResult:
        """The grid, and what is cut in it."""
        yield Grid()
        yield Page()

    def on_mount(self) -> None:
        """Read at once."""
        grid = self.query_one(Grid)
        grid.show(compared(self._sides))
        grid.focus()

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Say the criterion in full."""
        listing, row = event.listing, event.row
        self.query_one(Page).tell(
            lambda speech: () if row is None else listing.page(row, speech)
        )


def compared(sides: Sequence[Side]) -> Listing[Criterion]:
    """The comparison as a list."""

    def column(at: int) -> Column[Criterion]:
        side = sides[at]
        return Column(
            id=f"side{at}",
            heading=say("{name}", name=side[0].id),
            text=lambda criterion, speech: criterion.of(side, speech),
            width=12,
            grow=1,
        )

    return Listing(
        rows=CRITERIA,
        columns=(
            Column(
                id="criterion",
                heading=say("Criterion"),
                text=lambda criterion, speech: speech.line(criterion.label),
                width=19,
            ),
            *(column(at) for at in range(len(sides))),
        ),
        page=lambda criterion, speech: _in_full(sides, criterion, speech),
    )


def _in_full(
    sides: Sequence[Side], criterion: Criterion, speech: Speech
) -> Iterator[Paragraph]:
    yield heading(speech.line(criterion.label))
    for side in sides:
        said = (criterion.full or criterion.of)(side, speech)
        text = f"{title(side[0], speech)} – {said}"
        yield bullet(text)
