"""The section of the centres: frameworks, calls for interest, adhesions, contracts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from jointbuy.errors import Arg, JointbuyError, Message, named, say
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Contract,
    FrameworkAgreement,
    InterestAnswer,
    PurchasingCentre,
    UseDecision,
)
from jointbuy.tui.actions import bindings
from jointbuy.tui.centres.actions import ACTIONS
from jointbuy.tui.centres.listing import (
    OPEN,
    read_adhesions,
    read_calls,
    read_centres,
    read_contracts,
    read_frameworks,
    read_uses,
    title,
)
from jointbuy.tui.centres.rows import Aim, Asked, House, Joining, Running, Using, aim
from jointbuy.tui.centres.words import SHORT_ANSWERS, SHORT_STATUSES
from jointbuy.tui.dialogs.writing import path_typed
from jointbuy.tui.listing import Column, Listing, View
from jointbuy.tui.section import ListSection
from jointbuy.workspace import (
    Call,
    Given,
    cells_of,
    parse_amount,
    parse_day,
    parse_quantity,
    unreadable,
)
from jointbuy.workspace.standing import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from textual.binding import BindingType

    from jointbuy.model import Administration, Candidate
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Called, Workspace

KINDS: dict[str, type[Any]] = {
    "frameworks": FrameworkAgreement,
    "calls": Call,
    "centres": PurchasingCentre,
    "adhesions": Adhesion,
    "uses": UseDecision,
    "contracts": Contract,
}
"""What is new in each view."""


class Centres(ListSection):
    """What centres offer, who has to answer, who joined, who is bound."""

    ACTIONS = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    PURPOSE = (
        say("What the purchasing centres offer, and how far each framework has come."),
        say(
            "Calls for interest are noted and answered here, with the proof: no answer "
            "counts as no."
        ),
        say(
            "Adhesions, decisions to use a framework and running contracts have lists "
            "of their own; v shows the next one."
        ),
    )
    views = (
        View(id="frameworks", title=say("Frameworks"), read=read_frameworks),
        View(id="calls", title=say("Calls"), read=read_calls),
        View(id="centres", title=say("Centres"), read=read_centres),
        View(id="adhesions", title=say("Adhesions"), read=read_adhesions),
        View(id="uses", title=say("Uses"), read=read_uses),
        View(id="contracts", title=say("Contracts"), read=read_contracts),
    )

    @property
    def aim(self) -> Aim:
        """What the row looked at is about."""
        return aim(self.grid.row)

    async def look_at(self, id_: str) -> bool:
        """Show the view in which that record stands, and look at it."""
        if not self.stale and self.grid.listing and self.grid.look_at(id_):
            return True
        view = await self.terminal.ask(lambda w: _view_of(w, id_))
        for each in view:
            self._turn_to(next(v for v in self.views if v.id == each))
            await self._reread()
            if self.grid.look_at(id_) or self._look_at_framework(id_):
                return True
        return False

    def _look_at_framework(self, id_: str) -> bool:
        """Look at the first row about that framework agreement, or its interest."""
        for row in self.grid.rows:
            about = aim(row)
            if id_ == about.framework or id_ in about.records:
                listing = self.grid.listing
                return listing is not None and self.grid.look_at(listing.id_of(row))
        return False

    def opened(self, row: Any) -> None:  # noqa: ANN401
        """Answer a call; change anything else."""
        if isinstance(row, Asked):
            self.action_answer()
        else:
            self.action_edit()

    # New and changed records.

    async def _fill(
        self, kind: type[Any], id_: str = "", cells: dict[str, str] | None = None
    ) -> None:
        from jointbuy.tui.forms.form import Form

        saved = await self.terminal.put(Form(kind, id_, cells or {}))
        if saved is None:
            return
        await self._reread()
        if not (self.grid.look_at(saved) or self._look_at_framework(saved)):
            await self.look_at(saved)

    def action_add(self) -> None:
        """Note something new."""
        self.terminal.work(self._add())

    async def _add(self) -> None:
        kind, about = KINDS[self.view.id], self.aim
        on = self.terminal.day
        cells: dict[str, str] = {}
        if kind is FrameworkAgreement and on is not None:
            cells = {"seen_on": f"{on:%d/%m/%Y}"}
        if kind is UseDecision and about.framework:
            cells = {"framework": about.framework}
        await self._fill(kind, cells=cells)

    def can_edit(self) -> bool:
        """Whether there is a row."""
        return self.grid.row is not None

    def action_edit(self) -> None:
        """Change the record of the row looked at."""
        row = self.grid.row
        if row is None:
            return
        if self.view.id in {"frameworks", "calls"}:
            self.terminal.work(self._fill(FrameworkAgreement, self.aim.framework))
        else:
            self.terminal.work(self._fill(KINDS[self.view.id], row.id))

    def action_known(self) -> None:
        """Take a known centre into the register."""
        self.terminal.work(self._known())

    async def _known(self) -> None:
        from jointbuy.tui.centres.known import known_listing
        from jointbuy.tui.dialogs.picker import Picker

        every = await self.terminal.ask(lambda w: w.known_centres())
        chosen = await self.terminal.put(
            Picker(say("Known purchasing centres"), known_listing(every), paged=True)
        )
        if chosen is None:
            return
        made = await self.terminal.ask(lambda w: w.adopt_centre(chosen.id))
        self.terminal.tell(
            say(
                "Adopted: {name}, certainty {letter}. Compare it with its source "
                "before use.",
                name=named(made.names, made.id),
                letter=made.certainty,
            ),
            tone="warning" if made.certainty == "D" else "",
        )
        self.terminal.changed()
        await self.look_at(made.id)

    # Calls for interest.

    def _asked(self) -> list[Asked]:
        """The administrations before a call that the rows marked are about."""
        found: list[Asked] = []
        for row in self.grid.marked_rows:
            if isinstance(row, Asked):
                found.append(row)
            elif isinstance(row, Offer):
                found += (
                    Asked(offer=row, standing=standing, due=None)
                    for standing in row.standings
                )
        return found

    async def _whom(self, heading: Message, found: Sequence[Asked]) -> list[Asked]:
        """Those of them that are meant: the rows that are marked, else asked for."""
        marked = {each.id for each in self.grid.marked_rows if isinstance(each, Asked)}
        if len(found) <= 1 or all(each.id in marked for each in found):
            return list(found)
        from jointbuy.tui.dialogs.several import Several

        chosen = await self.terminal.put(Several(heading, _administrations(found)))
        return chosen or []

    def can_answer(self) -> bool:
        """Whether a call can be answered here."""
        return bool(self._asked())

    def action_answer(self) -> None:
        """Answer for the administrations that are marked."""
        self.terminal.work(self._answer())

    async def _answer(self) -> None:
        found = await self._whom(
            say("Who answers?"), [each for each in self._asked() if _concerned(each)]
        )
        if not found:
            return
        given = await self._yes_or_no(found)
        if given is None:
            return
        most: list[tuple[str, str]] = []
        for each in found:
            maximum = await self._maximum(each) if given else ("", "")
            if maximum is None:
                return
            most.append(maximum)

        answers = [
            _given(each, given=given, maximum=maximum)
            for each, maximum in zip(found, most, strict=True)
        ]
        called = await self.terminal.ask(lambda w: w.answer_interests(answers))
        told = say("Answers to calls for interest recorded: {n}.", n=len(found))
        if len(found) == 1 and given:
            told = say("Interest marked: {name}.", name=_both(found[0]))
        elif len(found) == 1:
            told = say("Call for interest answered no: {name}.", name=_both(found[0]))
        remarks = _remarks(called)
        if given and any(
            each.interest.maximum_quantity is None
            and each.interest.maximum_amount is None
            for each in called
        ):
            remarks.append(
                say(
                    "Interest was marked without a maximum: the centre must publish a "
                    "maximum quantity or amount for each beneficiary."
                )
            )
        self._tell([told, *remarks], doubtful=bool(remarks))

    def _tell(self, sentences: Sequence[Message], *, doubtful: bool = False) -> None:
        """Say it all in one, and read everything again."""
        whole = sentences[0]
        for each in sentences[1:]:
            whole = say("{one} {other}", one=whole, other=each)
        self.terminal.tell(whole, tone="warning" if doubtful else "")
        self.grid.action_mark_none()
        self.terminal.changed()

    async def _yes_or_no(self, found: Sequence[Asked]) -> bool | None:
        from jointbuy.tui.dialogs.picker import Picker, choices

        heading = say("Answer of {n} administrations", n=len(found))
        if len(found) == 1:
            heading = say("Answer of {who}", who=_who(found[0]))
        chosen = await self.terminal.put(
            Picker(
                heading,
                choices(
                    (
                        ("yes", say("Yes: it will take part")),
                        ("no", say("No: it will not take part")),
                    )
                ),
            )
        )
        return None if chosen is None else chosen[0] == "yes"

    async def _maximum(self, each: Asked) -> tuple[str, str] | None:
        """The most it may order, as typed: a quantity and an amount."""
        from jointbuy.tui.dialogs.question import Question

        known = each.standing.interest
        quantity = amount = ""
        if known is not None and known.maximum_quantity is not None:
            quantity = f"{self.speech.number(known.maximum_quantity)} {known.unit}"
        if known is not None and known.maximum_amount is not None:
            amount = self.speech.number(known.maximum_amount)
        most = await self.terminal.put(
            Question(
                say("Maximum quantity – {who}", who=_who(each)),
                text=quantity.strip(),
                hint=say(
                    "{framework}: the most it may order, with the unit, such as 260 "
                    "desks; leave it empty if only an amount is fixed.",
                    framework=_what(each),
                ),
                check=_quantity,
            )
        )
        if most is None:
            return None
        money = await self.terminal.put(
            Question(
                say("Maximum amount – {who}", who=_who(each)),
                text=amount,
                hint=say(
                    "{framework}: euro excluding VAT for the whole duration; leave it "
                    "empty if only a quantity is fixed. The centre must publish one of "
                    "the two.",
                    framework=_what(each),
                ),
                check=_amount,
            )
        )
        return None if money is None else (most, money)

    def _not_asked(self) -> list[Asked]:
        """Who of the rows marked was not asked yet; else who else could be."""
        found = self._asked()
        return [each for each in found if _unasked(each)] or [
            Asked(offer=each.offer, standing=standing, due=each.due)
            for each in found[:1]
            for standing in each.offer.standings
            if _unasked(Asked(offer=each.offer, standing=standing, due=each.due))
        ]

    def can_ask(self) -> bool:
        """Whether there is somebody who was not asked yet."""
        return bool(self._not_asked())

    def action_ask(self) -> None:
        """Record that the centre asks."""
        self.terminal.work(self._ask())

    async def _ask(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        found = await self._whom(say("Whom does the centre ask?"), self._not_asked())
        if not found:
            return
        on = await self.terminal.ask(lambda w: w.on)
        closing = found[0].offer.framework.interest_deadline
        text = f"{closing:%d/%m/%Y}" if closing is not None and closing >= on else ""
        typed = await self.terminal.put(
            Question(
                say("Answer due by"),
                text=text,
                hint=say(
                    "The last day on which the centre takes the answer; no answer by "
                    "then counts as no."
                ),
                check=lambda each: _due(each, on, optional=closing is not None),
            )
        )
        if typed is None:
            return
        due = parse_day(typed, on=on, end=True) if typed else None

        pairs = [_pair(each) for each in found]
        called = await self.terminal.ask(lambda w: w.ask_interests(pairs, due=due))
        told = say("Calls for interest recorded: {n}.", n=len(found))
        if len(found) == 1:
            told = say("Call for interest recorded: {name}.", name=_both(found[0]))
        remarks = _remarks(called)
        self._tell([told, *remarks], doubtful=bool(remarks))

    def can_prove(self) -> bool:
        """Whether there is an answer to prove."""
        return any(_is_answered(each) for each in self._asked())

    def action_prove(self) -> None:
        """Keep the proof that the answer was sent."""
        self.terminal.work(self._prove())

    async def _prove(self) -> None:
        from jointbuy.tui.dialogs.question import Question

        found = await self._whom(
            say("Whose answer does the paper prove?"),
            [each for each in self._asked() if _is_answered(each)],
        )
        if not found:
            return
        typed = await self.terminal.put(
            Question(
                say("Paper that shows that the answer was sent"),
                hint=say(
                    "Type or paste the file with its folder. Its name and its digest "
                    "are kept; the file stays where it is."
                ),
                check=_readable,
            )
        )
        if typed is None:
            return
        file = path_of(typed)

        pairs = [_pair(each) for each in found]
        await self.terminal.ask(lambda w: w.prove_interests(pairs, file))
        told = say("Proofs of answers kept: {n}.", n=len(found))
        if len(found) == 1:
            told = say("Proof of the answer kept: {name}.", name=_both(found[0]))
        self._tell([told])

    # Decisions.

    def can_decide(self) -> bool:
        """Whether the row is about a centre."""
        return bool(self.aim.centre)

    def action_decide(self) -> None:
        """Record the decision on joining the centre."""
        self.terminal.work(self._decide())

    async def _decide(self) -> None:
        about, row = self.aim, self.grid.row
        if isinstance(row, Joining):
            await self._decided(row.adhesion)
            return
        centre, who = about.centre, about.administration
        known = await self.terminal.ask(lambda w: tuple(w.adhesions().values()))
        same = [each for each in known if each.centre == centre]
        if not who:
            from jointbuy.tui.dialogs.picker import Picker

            every = await self.terminal.ask(
                lambda w: tuple(w.administrations().values())
            )
            asked = say("Who decides on joining the centre?")
            chosen = await self.terminal.put(Picker(asked, _everyone(every, same)))
            if chosen is None:
                return
            who = chosen.id
        waiting = [a for a in same if a.administration == who and a.status in OPEN]
        made = Adhesion(id="", administration=who, centre=centre)
        await self._decided(waiting[0] if waiting else made)

    async def _decided(self, adhesion: Adhesion) -> None:
        """Open the form with the decision of today in it."""

        def prefilled(workspace: Workspace) -> dict[str, str]:
            status = adhesion.status
            if status in {AdhesionStatus.PROPOSED, AdhesionStatus.POSTPONED}:
                status = AdhesionStatus.ADHERED
            made = replace(adhesion, status=status, decided_on=workspace.on)
            return cells_of(workspace, Adhesion, made)

        cells = await self.terminal.ask(prefilled)
        await self._fill(Adhesion, adhesion.id, cells)

    def can_use(self) -> bool:
        """Whether the row is about a framework agreement."""
        return bool(self.aim.framework)

    def action_use(self) -> None:
        """Record that a need is covered through it."""
        self.terminal.work(self._use())

    async def _use(self) -> None:
        on = await self.terminal.ask(lambda w: w.on)
        cells = {"framework": self.aim.framework, "decided_on": f"{on:%d/%m/%Y}"}
        await self._fill(UseDecision, cells=cells)

    # Elsewhere.

    can_proposals = can_use

    def action_proposals(self) -> None:
        """Go to what could be bought through it."""
        self.terminal.work(self._proposals())

    async def _proposals(self) -> None:
        framework = self.aim.framework
        found, known = await self.terminal.ask(
            lambda w: (
                [
                    proposal.candidate
                    for proposal in w.match()
                    if proposal.candidate.framework == framework
                ],
                w.administrations(),
            )
        )
        if not found:
            self.terminal.tell(
                say(
                    "No proposal would use this framework agreement: no open need of "
                    "those who may order from it falls under its codes."
                )
            )
            return
        chosen = found[0]
        if len(found) > 1:
            from jointbuy.tui.dialogs.picker import Picker

            picked = await self.terminal.put(
                Picker(say("Proposals"), _candidates(found, known))
            )
            if picked is None:
                return
            chosen = picked
        await self.terminal.show("proposals", chosen.id)

    can_history = can_edit

    def action_history(self) -> None:
        """Read what happened to it."""
        self.terminal.work(self._history())

    async def _history(self) -> None:
        from jointbuy.tui.dialogs.history import History

        row, about = self.grid.row, self.aim
        first, *also = about.records
        await self.terminal.put(History(first, _called(row, about), *also))


# What is asked of rows.


def _unasked(each: Asked) -> bool:
    known = each.standing.interest
    return each.offer.phase != "ENDED" and (
        known is None or (known.asked_on is None and known.answer is None)
    )


def _is_answered(each: Asked) -> bool:
    known = each.standing.interest
    return known is not None and known.answer is not None


def _concerned(each: Asked) -> bool:
    return each.standing.concerned or bool(each.standing.adhesions)


def _both(each: Asked) -> Message:
    return say("{one} – {other}", one=_what(each), other=_who(each))


def _what(each: Asked) -> Arg:
    return named(each.offer.framework.title, each.offer.framework.id)


def _who(each: Asked) -> Arg:
    who = each.standing.administration
    return named(who.names, who.id)


def _called(row: object, about: Aim) -> Message | str:
    """What a row is called."""
    match row:
        case Asked():
            return _both(row)
        case Offer():
            framework = row.framework
            return say("{name}", name=named(framework.title, framework.id))
        case House():
            return say("{name}", name=named(row.centre.names, row.id))
        case Joining():
            return say(
                "{one} – {other}",
                one=named(row.centre.names, row.centre.id),
                other=named(row.who.names, row.who.id),
            )
        case Using():
            return row.need.title if row.need else row.use.need
        case Running():
            return row.contract.title
    return next(iter(about.records), "")


def _pair(each: Asked) -> tuple[str, str]:
    """The framework agreement and the administration, by id."""
    return each.offer.framework.id, each.standing.administration.id


def _given(each: Asked, *, given: bool, maximum: tuple[str, str]) -> Given:
    """The answer as it is recorded, from what was typed."""
    quantity, amount = maximum
    most = parse_quantity(quantity) if quantity else None
    framework, who = _pair(each)
    return Given(
        framework=framework,
        administration=who,
        answer=InterestAnswer.YES if given else InterestAnswer.NO,
        maximum_quantity=most.amount if most else None,
        unit=most.unit if most else "",
        maximum_amount=parse_amount(amount) if amount else None,
    )


def _remarks(called: Sequence[Called]) -> list[Message]:
    """What is remarked, each remark once."""
    found: list[Message] = []
    for each in called:
        found += (remark for remark in each.remarks if remark not in found)
    return found


def _quantity(text: str) -> None:
    if text.strip():
        parse_quantity(text)


def _amount(text: str) -> None:
    if text.strip():
        parse_amount(text)


def _due(text: str, on: date, *, optional: bool) -> None:
    if not text.strip() and optional:
        return
    due = parse_day(text, on=on, end=True)
    if due < on:
        raise JointbuyError(
            say(
                "The answer cannot be due on {due}, before it was asked on {asked}: "
                "correct one of the two days.",
                due=due,
                asked=on,
            )
        )


def path_of(text: str) -> Path:
    """The file that is meant by what was typed, pasted or dropped.

    >>> path_of("'/a/b c.pdf' ").name
    'b c.pdf'
    """
    bare = text.strip()
    for sign in ("'", '"'):
        if len(bare) > 1 and bare.startswith(sign) and bare.endswith(sign):
            bare = bare[1:-1]
    path = path_typed(bare)
    if not path.exists() and "\\ " in bare:
        path = path_typed(bare.replace("\\ ", " "))
    return path


def _readable(text: str) -> None:
    path = path_of(text)
    if path.is_dir():
        raise unreadable(path, IsADirectoryError())
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise unreadable(path, error) from None


def _view_of(workspace: Workspace, id_: str) -> tuple[str, ...]:
    """The views in which a record of that id can be looked at."""
    if id_ in workspace.frameworks():
        return ("frameworks",)
    if id_ in workspace.interests():
        return ("calls", "frameworks")
    if id_ in workspace.centres():
        return ("centres",)
    if id_ in workspace.adhesions():
        return ("adhesions",)
    if id_ in workspace.uses():
        return ("uses",)
    return ("contracts",) if id_ in workspace.contracts() else ()


# Lists to choose from.


def _administrations(found: Sequence[Asked]) -> Listing[Asked]:
    return Listing(
        rows=tuple(found),
        columns=(
            Column(
                id="administration",
                heading=say("Administration"),
                width=20,
                grow=2,
                text=lambda row, speech: row.standing.administration.name(
                    speech.language
                ),
            ),
            Column(
                id="answer",
                heading=say("Answer"),
                width=16,
                text=lambda row, speech: speech.say(SHORT_ANSWERS[row.standing.status]),
            ),
            Column(
                id="title",
                heading=say("Object"),
                width=16,
                grow=1,
                text=lambda row, speech: title(row.offer.framework, speech),
            ),
        ),
    )


def _everyone(
    every: Sequence[Administration], adhesions: Sequence[Adhesion]
) -> Listing[Administration]:
    """The administrations, each with where its adhesions stand."""

    def stands(row: Administration, speech: Speech) -> str:
        found = (a.status for a in adhesions if a.administration == row.id)
        return ", ".join(dict.fromkeys(speech.say(SHORT_STATUSES[s]) for s in found))

    return Listing(
        rows=tuple(every),
        columns=(
            Column(
                id="name",
                heading=say("Administration"),
                width=20,
                grow=1,
                text=lambda row, speech: row.name(speech.language),
            ),
            Column(
                id="adhesion",
                heading=say("Adhesion"),
                width=18,
                grow=1,
                text=stands,
            ),
        ),
    )


def _candidates(
    found: Sequence[Candidate], known: Mapping[str, Administration]
) -> Listing[Candidate]:
    """Proposals, each with its kind and whose needs they are."""

    def who(row: Candidate, speech: Speech) -> str:
        return ", ".join(
            known[id_].name(speech.language) if id_ in known else id_
            for id_ in row.administrations
        )

    return Listing(
        rows=tuple(found),
        columns=(
            Column(
                id="title",
                heading=say("Object"),
                width=16,
                grow=1,
                text=lambda row, speech: speech.name(row.title) or row.cpv or row.id,
            ),
            Column(
                id="administrations",
                heading=say("Administration"),
                width=20,
                grow=2,
                text=who,
            ),
            Column(
                id="score",
                heading=say("Points"),
                width=6,
                right=True,
                text=lambda row, _: str(row.score),
            ),
        ),
    )
