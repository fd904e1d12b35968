"""How an adhesion to a centre, or to a domain of its programme, stands on a day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, euro, named, say, word
from jointbuy.model import JOINED, AdhesionStatus
from jointbuy.model.parties import LANGUAGES, LocalText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from jointbuy.model import (
        Adhesion,
        Administration,
        Programme,
        PurchasingCentre,
        Reopening,
        Reservation,
    )


class AdhesionState(Enum):
    """Where an adhesion stands on a day; what no body decided is computed."""

    NOT_PROPOSED = "NOT_PROPOSED"
    PROPOSED = "PROPOSED"
    NO_ANSWER = "NO_ANSWER"
    ADHERED = "ADHERED"
    WITHOUT_CONVENTION = "WITHOUT_CONVENTION"
    CONDITIONAL = "CONDITIONAL"
    NOT_COUNTED = "NOT_COUNTED"
    IN_REGULARISATION = "IN_REGULARISATION"
    REOPENED = "REOPENED"
    POSTPONED = "POSTPONED"
    REFUSED = "REFUSED"
    ENDED = "ENDED"


class Weight(Enum):
    """What an adhesion adds to the minimum of its domain.

    FIRM counts in every case; LOOSE counts, but may fall away; HELD was decided and is
    not counted by prudence; PENDING may still come; NONE counts as no.
    """

    FIRM = "FIRM"
    LOOSE = "LOOSE"
    HELD = "HELD"
    PENDING = "PENDING"
    NONE = "NONE"


MEMBERS = frozenset(
    {
        AdhesionState.ADHERED,
        AdhesionState.WITHOUT_CONVENTION,
        AdhesionState.CONDITIONAL,
        AdhesionState.NOT_COUNTED,
        AdhesionState.IN_REGULARISATION,
        AdhesionState.REOPENED,
    }
)
"""The states of an administration whose body decided to join."""

STANDS = frozenset(
    {
        AdhesionState.ADHERED,
        AdhesionState.WITHOUT_CONVENTION,
        AdhesionState.CONDITIONAL,
    }
)
"""Those in which nothing holds up the decision to join."""

COST = word("cost above budget")
"""The trigger that occurs by itself."""

BY_ITSELF = "cost"
"""The key of that trigger."""

_WEIGHTS = {
    AdhesionState.ADHERED: Weight.FIRM,
    AdhesionState.WITHOUT_CONVENTION: Weight.FIRM,
    AdhesionState.CONDITIONAL: Weight.LOOSE,
    AdhesionState.NOT_COUNTED: Weight.HELD,
    AdhesionState.IN_REGULARISATION: Weight.HELD,
    AdhesionState.PROPOSED: Weight.PENDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTrigger:
    """A trigger that occurred and was not dealt with on the day.

    `since` is the day it occurred or the cost became known, None where that is not on
    record. `key` tells it from the others of the adhesion, also once some are settled.
    """

    trigger: Message
    what: Message
    since: date | None = None
    key: str = BY_ITSELF

    @property
    def by_itself(self) -> bool:
        """Whether it follows from the amounts and was recorded by nobody."""
        return self.key == BY_ITSELF


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What is joined: a domain of a programme, or a centre (or a part of it).

    `id` is that of the domain; of a centre its own, with the part behind a slash.
    `domain` is the text by which adhesions name it.
    """

    id: str
    centre: str
    names: LocalText = field(default_factory=LocalText)
    programme: str = ""
    domain: str = ""
    due: date | None = None
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One administration before one domain or centre, on the day.

    `why` says how it stands, `todo` what to do about it. `late` when it was decided
    after the day it was due. `budget` is what was presented and `cost` what is known
    of it now, euro excluding VAT.
    """

    administration: str
    column: str
    state: AdhesionState
    weight: Weight
    why: Message
    todo: Message | None = None
    adhesion: str = ""
    due: date | None = None
    late: bool = False
    open: tuple[OpenTrigger, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    triggers: tuple[str, ...] = ()
    budget: Decimal | None = None
    cost: Decimal | None = None


def programme_columns(programme: Programme) -> tuple[Column, ...]:
    """A column for each domain, in their order."""
    return tuple(
        Column(
            id=domain.id,
            centre=programme.centre,
            names=domain.names,
            programme=programme.id,
            domain=domain.id,
            due=domain.due,
            budget=domain.budget,
        )
        for domain in programme.domains
    )


def other_columns(
    programme: Programme, adhesions: Iterable[Adhesion]
) -> tuple[Column, ...]:
    """A column for each domain that adhesions to the programme name and it has not."""
    known = programme_columns(programme)
    named = dict.fromkeys(
        each.domain
        for each in adhesions
        if each.programme == programme.id
        and each.domain
        and not any(_names_it(each, column) for column in known)
    )
    return tuple(
        Column(
            id=domain,
            centre=programme.centre,
            names=LocalText(en=domain),
            programme=programme.id,
            domain=domain,
        )
        for domain in named
    )


def centre_columns(
    adhesions: Iterable[Adhesion], centres: Mapping[str, PurchasingCentre]
) -> tuple[Column, ...]:
    """A column for each centre, and for each part of one that somebody joins.

    Only what is joined outside a programme; in the order of the centres.
    """
    wanted = dict.fromkeys((a.centre, a.domain) for a in adhesions if not a.programme)
    order = {id_: place for place, id_ in enumerate(centres)}
    found = []
    for centre, domain in sorted(
        wanted, key=lambda each: (order.get(each[0], len(order)), each[0], each[1])
    ):
        known = centres.get(centre)
        names = known.names if known else LocalText(en=centre)
        if domain:
            written = {code: f"{text} – {domain}" for code, text in _texts(names)}
            names = LocalText(**written) if written else LocalText(en=domain)
        found.append(
            Column(
                id=f"{centre}/{domain}" if domain else centre,
                centre=centre,
                names=names,
                domain=domain,
            )
        )
    return tuple(found)


def _texts(names: LocalText) -> list[tuple[str, str]]:
    return [(code, text) for code, text in names.as_dict().items() if text]


def open_triggers(
    adhesion: Adhesion, on: date, *, presented: Decimal | None = None
) -> tuple[OpenTrigger, ...]:
    """The triggers of a decided adhesion that occurred and wait on the day.

    A cost above the budget, strictly, occurs by itself; `presented` is the budget of
    the domain, for an adhesion that has none of its own. Euro excluding VAT.
    """
    if adhesion.status not in JOINED or _not_yet(adhesion, on):
        return ()
    found = [
        OpenTrigger(
            trigger=say("{text}", text=each.trigger),
            what=say("{text}", text=each.what),
            since=each.on,
            key=key,
        )
        for key, each in _keyed(adhesion.reopenings)
        if each.on <= on and (each.settled_on is None or each.settled_on > on)
    ]
    budget = adhesion.budget if adhesion.budget is not None else presented
    if adhesion.cost_on is not None and adhesion.cost_on > on:
        return tuple(found)
    if adhesion.cost is not None and budget is not None and adhesion.cost > budget:
        found.append(
            OpenTrigger(
                trigger=say("{text}", text=COST),
                what=say(
                    "{cost} is known now; {budget} was presented.",
                    cost=euro(adhesion.cost),
                    budget=euro(budget),
                ),
                since=adhesion.cost_on,
            )
        )
    return tuple(found)


def _keyed(reopenings: Iterable[Reopening]) -> Iterator[tuple[str, Reopening]]:
    """Each with a key of its day and trigger; a rank only where these are the same."""
    seen: Counter[str] = Counter()
    for each in reopenings:
        trigger = re.sub(r"[\W_]+", "-", each.trigger.casefold()).strip("-")
        key = f"{each.on}-{trigger}"
        seen[key] += 1
        yield (key if seen[key] == 1 else f"{key}-{seen[key]}"), each


def _not_yet(adhesion: Adhesion, on: date) -> bool:
    """Whether it was decided on a later day only."""
    return adhesion.decided_on is not None and adhesion.decided_on > on


def meant(
    adhesions: Iterable[Adhesion], administration: str, column: Column, on: date
) -> Adhesion | None:
    """The adhesion of the administration that counts for the column on the day.

    One to the domain goes before one to the whole programme, one that is open before
    one that was refused or ended, and the latest decision before earlier ones.
    """
    found = [
        (_specific(each, column), _rank(each, on), place, each)
        for place, each in enumerate(adhesions)
        if each.administration == administration and concerns(each, column)
    ]
    return max(found, key=lambda each: each[:3])[3] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How one administration stands before a centre, and before the parts of it.

    `whole` is its adhesion to all of the centre, None without any; `parts` are those to
    a domain or a programme, under the name of each. Nothing on record says to which
    part a framework agreement belongs.
    """

    whole: Cell | None
    parts: tuple[tuple[LocalText, Cell], ...] = ()

    @property
    def member(self) -> Cell | None:
        """The adhesion to the whole centre, where the body decided in favour."""
        whole = self.whole
        return whole if whole is not None and whole.state in MEMBERS else None

    @property
    def joined(self) -> tuple[tuple[LocalText, Cell], ...]:
        """The parts for which the body decided in favour, by name."""
        return tuple(each for each in self.parts if each[1].state in MEMBERS)

    @property
    def counting(self) -> tuple[Cell, ...]:
        """What orders may rest on: the whole centre, else the parts joined."""
        member = self.member
        return (member,) if member else tuple(cell for _, cell in self.joined)

    @property
    def standing(self) -> tuple[Cell, ...]:
        """Those of them that nothing holds up."""
        return tuple(cell for cell in self.counting if cell.state in STANDS)

    @property
    def note(self) -> Message | None:
        """What keeps an order from resting on it without more, if anything does."""
        if not self.counting:
            return None
        if not self.standing:
            return _held(self.counting[0])
        if self.member is not None:
            return None
        joined = (each for each in self.joined if each[1].state in STANDS)
        return say(
            "Only parts of the centre were joined ({parts}): ask it in writing to "
            "which of them the framework agreement belongs.",
            parts=names_of_parts(joined),
        )


def _held(found: Cell) -> Message:
    """Why an adhesion that was decided does not let anybody order yet."""
    if found.state is AdhesionState.REOPENED:
        return say("A trigger occurred: the body has to look at it again.")
    if found.todo is None:
        return found.why
    return say("{step} {then}", step=found.why, then=found.todo)


def membership(
    adhesions: Iterable[Adhesion],
    administration: str,
    centre: str,
    on: date,
    programmes: Iterable[Programme] = (),
) -> Membership:
    """How the administration stands before the centre on the day."""
    own = [
        each
        for each in adhesions
        if each.administration == administration and each.centre == centre
    ]
    known = {each.id: each for each in programmes} if own else {}
    of_all = Column(id=centre, centre=centre)
    columns = {
        (column.programme, column.id): column
        for each in own
        if each.programme or each.domain
        for column in (column_of(each, known.get(each.programme)),)
    }
    whole = meant(own, administration, of_all, on)
    return Membership(
        whole=cell_of(whole, of_all, on) if whole else None,
        parts=tuple(
            (column.names, cell_of(found, column, on))
            for column in columns.values()
            if (found := meant(own, administration, column, on)) is not None
        ),
    )


def column_of(adhesion: Adhesion, programme: Programme | None) -> Column:
    """What an adhesion joins: a domain or a whole programme, a centre or a part."""
    for column in programme_columns(programme) if programme else ():
        if _names_it(adhesion, column):
            return column
    part = adhesion.domain or adhesion.programme
    called = programme.names if programme and not adhesion.domain else None
    return Column(
        id=part or adhesion.centre,
        centre=adhesion.centre,
        names=called or LocalText(en=part),
        programme=adhesion.programme,
        domain=adhesion.domain,
    )


def names_of_parts(parts: Iterable[tuple[LocalText, Cell]]) -> Arg:
    """What the parts are called, listed, in each language."""
    several = [names for names, _ in parts]
    return named(
        {
            language: ", ".join(names.get(language) for names in several)
            for language in LANGUAGES
        }
    )


def concerns(adhesion: Adhesion, column: Column) -> bool:
    """Whether it is an adhesion to that domain, programme or centre."""
    if adhesion.centre != column.centre:
        return False
    if not column.programme:
        return not adhesion.programme and adhesion.domain == column.domain
    if adhesion.programme == column.programme:
        return not adhesion.domain or _names_it(adhesion, column)
    return not adhesion.programme and _names_it(adhesion, column)


def _names_it(adhesion: Adhesion, column: Column) -> bool:
    """Whether it names the domain, by its id or by one of its names."""
    wanted = adhesion.domain.casefold()
    names = {text.casefold() for text in column.names.as_dict().values()}
    return bool(wanted) and wanted in {column.domain.casefold(), *names}


def _specific(adhesion: Adhesion, column: Column) -> bool:
    return not column.programme or bool(adhesion.domain)


def _rank(adhesion: Adhesion, on: date) -> tuple[bool, int]:
    gone = {AdhesionStatus.REFUSED, AdhesionStatus.ENDED, AdhesionStatus.POSTPONED}
    day = adhesion.decided_on
    decided = day.toordinal() if day is not None and day <= on else 0
    return adhesion.status not in gone, decided


def cell(
    adhesions: Iterable[Adhesion],
    administration: Administration,
    column: Column,
    on: date,
) -> Cell:
    """How an administration stands before a domain or a centre on the day."""
    found = meant(adhesions, administration.id, column, on)
    if found is None:
        return _nothing(administration, column, on)
    return cell_of(found, column, on)


def cell_of(found: Adhesion, column: Column, on: date) -> Cell:
    """How one adhesion stands on the day."""
    due = found.due or column.due
    state = state_of(found, on, due=column.due, presented=column.budget)
    waiting = open_triggers(found, on, presented=column.budget)
    late = _late(found, due, on)
    return Cell(
        administration=found.administration,
        column=column.id,
        state=state,
        weight=_weight(found, state, late=late),
        why=_why(found, state, due, on, waiting),
        todo=_todo(found, state, due, late=late),
        adhesion=found.id,
        due=due,
        late=late,
        open=waiting,
        reservations=found.reservations,
        triggers=found.triggers,
        budget=found.budget if found.budget is not None else column.budget,
        cost=found.cost,
    )


def _nothing(administration: Administration, column: Column, on: date) -> Cell:
    silent = column.due is not None and on > column.due
    if silent and column.due is not None:
        state = AdhesionState.NO_ANSWER
        why = say("No decision was taken by {due}: that counts as no.", due=column.due)
        todo = say("Ask the centre in writing whether it still takes an adhesion.")
    elif column.due is not None:
        state = AdhesionState.NOT_PROPOSED
        why = say(
            "No adhesion is recorded; it must be decided by {due}.", due=column.due
        )
        todo = say("Propose the adhesion to the competent body, or record its refusal.")
    else:
        return Cell(
            administration=administration.id,
            column=column.id,
            state=AdhesionState.NOT_PROPOSED,
            weight=Weight.NONE,
            why=say("No adhesion is recorded."),
        )
    return Cell(
        administration=administration.id,
        column=column.id,
        state=state,
        weight=Weight.NONE,
        why=why,
        todo=todo,
        due=column.due,
    )


def state_of(
    adhesion: Adhesion,
    on: date,
    *,
    due: date | None = None,
    presented: Decimal | None = None,
) -> AdhesionState:
    """The state of one adhesion on the day.

    `due` and `presented` are those of its domain, where it has none of its own. The
    due day itself is still in time; what was decided on a later day than `on` was not
    decided yet.
    """
    status = adhesion.status
    if _not_yet(adhesion, on):
        if status is not AdhesionStatus.ENDED:
            status = AdhesionStatus.PROPOSED
        else:
            status = AdhesionStatus.ADHERED
    if status is AdhesionStatus.PROPOSED:
        last = adhesion.due or due
        silent = last is not None and on > last
        return AdhesionState.NO_ANSWER if silent else AdhesionState.PROPOSED
    if status in JOINED and open_triggers(adhesion, on, presented=presented):
        return AdhesionState.REOPENED
    if status is AdhesionStatus.ADHERED and (
        adhesion.convention_on is None or adhesion.convention_on > on
    ):
        return AdhesionState.WITHOUT_CONVENTION
    return AdhesionState[status.name]


def _late(adhesion: Adhesion, due: date | None, on: date) -> bool:
    day = adhesion.decided_on
    return (
        adhesion.status in JOINED
        and due is not None
        and day is not None
        and due < day <= on
    )


def _weight(adhesion: Adhesion, state: AdhesionState, *, late: bool) -> Weight:
    held = {AdhesionStatus.NOT_COUNTED, AdhesionStatus.IN_REGULARISATION}
    if state is AdhesionState.REOPENED:
        return Weight.HELD if adhesion.status in held else Weight.LOOSE
    weight = _WEIGHTS.get(state, Weight.NONE)
    unsure = late or adhesion.decided_on is None
    return Weight.LOOSE if weight is Weight.FIRM and unsure else weight


def _why(
    adhesion: Adhesion,
    state: AdhesionState,
    due: date | None,
    on: date,
    waiting: tuple[OpenTrigger, ...],
) -> Message:
    day = adhesion.decided_on
    match state:
        case AdhesionState.NO_ANSWER if due is not None:
            return say("No decision was taken by {due}: that counts as no.", due=due)
        case AdhesionState.PROPOSED if day is not None and day > on:
            return say("It was decided on {day} only: not yet on this day.", day=day)
        case AdhesionState.PROPOSED if due is not None:
            return say(
                "The adhesion is proposed; it must be decided by {due}.", due=due
            )
        case AdhesionState.PROPOSED:
            return say("The adhesion is proposed; no day to decide by is recorded.")
        case AdhesionState.REOPENED:
            first = waiting[0]
            if first.by_itself or first.since is None:
                return say(
                    "Reopened, {trigger}: {what}",
                    trigger=first.trigger,
                    what=first.what,
                )
            return say(
                "Reopened on {day}: {trigger}.", day=first.since, trigger=first.trigger
            )
        case AdhesionState.WITHOUT_CONVENTION if day is not None:
            return say("Decided on {day}; no convention was signed yet.", day=day)
        case AdhesionState.CONDITIONAL if day is not None:
            return say(
                "Decided on {day}, with reservations: {n}.",
                day=day,
                n=len(adhesion.reservations),
            )
        case AdhesionState.NOT_COUNTED:
            return say("Joined, but the centre does not count it, by prudence.")
        case AdhesionState.IN_REGULARISATION:
            return say(
                "Joined; the centre and the administration are putting it right."
            )
        case AdhesionState.POSTPONED:
            return say("The decision was put off: that counts as no until it is taken.")
        case AdhesionState.REFUSED:
            return say("The body decided not to join.")
        case AdhesionState.ENDED:
            return say("The adhesion has ended.")
    if day is None:
        return say("The day of the decision is not recorded.")
    return say("Decided on {day}.", day=day)


def _todo(
    adhesion: Adhesion, state: AdhesionState, due: date | None, *, late: bool
) -> Message | None:
    """What is to be done; of a decision that came too late, its acceptance as well."""
    step = _step(adhesion, state)
    if not late or due is None:
        return step
    kept = say(
        "It was decided after {due}: keep the paper in which the centre accepts it all "
        "the same.",
        due=due,
    )
    return kept if step is None else say("{step} {then}", step=step, then=kept)


def _step(adhesion: Adhesion, state: AdhesionState) -> Message | None:
    match state:
        case AdhesionState.NO_ANSWER:
            return say("Ask the centre in writing whether it still takes an adhesion.")
        case AdhesionState.WITHOUT_CONVENTION:
            return say(
                "Sign the convention with the centre before anything is ordered."
            )
        case AdhesionState.CONDITIONAL:
            return say(
                "Have the centre answer in writing to each reservation, then record "
                "the adhesion without them."
            )
        case AdhesionState.REOPENED:
            return say(
                "Put it to the competent body again, with what changed, and record "
                "what it decides."
            )
        case AdhesionState.NOT_COUNTED | AdhesionState.IN_REGULARISATION:
            return say(
                "Settle with the centre in writing what keeps the adhesion from being "
                "counted."
            )
        case AdhesionState.ADHERED if adhesion.decided_on is None:
            return say("Record the day on which the body decided.")
    return None
