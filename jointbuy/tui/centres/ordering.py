"""Orders recorded, and whether an administration may place one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from jointbuy.errors import UsageError, say, word
from jointbuy.model import Form, NeedStatus, Order, Outcome
from jointbuy.tui.actions import Action, bindings
from jointbuy.tui.centres.aimed import Aimed
from jointbuy.tui.centres.counts import counter_told, own_told
from jointbuy.tui.centres.orders import Ordering as Row
from jointbuy.tui.citing import citations
from jointbuy.tui.dialogs.dialog import CLOSE, Dialog
from jointbuy.tui.dialogs.picker import Picker, choices
from jointbuy.tui.legal.names import SIGNS, STYLES
from jointbuy.tui.prose import blank, bullet, head, heading, paragraph
from jointbuy.tui.widgets.page import Page
from jointbuy.workspace import last_told, parse_amount, parse_day, parse_quantity
from jointbuy.workspace.words import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from jointbuy.errors import Message
    from jointbuy.model import FrameworkAgreement
    from jointbuy.tui.dialogs.sheet import Slot
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.workspace import Workspace
    from jointbuy.workspace.ordering import OrderCheck

YES_NO = tuple((id_, say("{name}", name=each)) for id_, each in ANSWERS.items())

RECORD: tuple[Action, ...] = (
    Action(
        id="checked.answer",
        keys=("a",),
        label=say("Answer"),
        help=say("Answer a question that is open."),
        rank=11,
    ),
    Action(
        id="checked.record",
        keys=("m", "ctrl+s"),
        label=say("Order"),
        help=say("Record this order."),
        rank=10,
    ),
)


class Ordering(Aimed):
    """Records orders under the framework agreements that the rows are about."""

    def can_order(self) -> bool:
        """Whether the row is about a framework agreement."""
        return bool(self.aim.framework)

    def action_order(self) -> None:
        """Record an order."""
        self.terminal.work(self._order())

    async def _order(self) -> None:
        about, row = self.aim, self.grid.row
        on, home = await self.terminal.ask(lambda w: (w.on, w.register.home))
        cells = {"framework": about.framework, "concluded_on": f"{on:%d/%m/%Y}"}
        if who := about.administration or home:
            cells["administration"] = who
        need = getattr(row, "need", None)
        if need is not None:
            cells["need"] = need.id
        await self.fill_in(Order, cells=cells)

    can_check = can_order

    def action_check(self) -> None:
        """Look whether an administration may order."""
        self.terminal.work(self._check())

    async def _check(self) -> None:
        from jointbuy.tui.dialogs.sheet import Sheet

        about, row, speech = self.aim, self.grid.row, self.speech
        order = row.order if isinstance(row, Row) else None
        slots = await self.terminal.ask(
            lambda w: _slots(w, about.framework, about.administration, order, speech)
        )

        async def check(values: dict[str, str]) -> dict[str, str]:
            values = dict(values)
            await self.terminal.ask(lambda w: _checked(w, about.framework, values))
            return values

        given = await self.terminal.put(
            Sheet(say("May this administration order?"), slots, check)
        )
        if given is None:
            return
        found, framework, name = await self.terminal.ask(
            lambda w: (
                _checked(w, about.framework, given),
                w.frameworks()[about.framework],
                w.administrations()[given["who"]],
            )
        )

        async def again(answers: dict[str, str]) -> OrderCheck:
            return await self.terminal.ask(
                lambda w: _checked(w, about.framework, given, answers)
            )

        async def keep(code: str, value: str) -> Message | None:
            return await self.terminal.ask(
                lambda w: _kept(w, about.framework, given, code, value)
            )

        who = name.name(speech.language)
        told = Checked(found, framework, who, again, keep)
        if await self.terminal.put(told):
            cells = {"framework": about.framework, "administration": given["who"]}
            cells |= {cell: given.get(cell, "") for cell in ("need", "amount", "lot")}
            cells |= _counted(given["quantity"])
            cells["concluded_on"] = given["day"]
            await self.fill_in(Order, cells=cells)


def _counted(typed: str) -> dict[str, str]:
    """A quantity with its unit, as the form of an order takes them apart."""
    if not typed:
        return {}
    found = parse_quantity(typed)
    return {"quantity": f"{found.amount}", "unit": found.unit}


def _slots(
    workspace: Workspace, id_: str, who: str, order: Order | None, speech: Speech
) -> tuple[Slot, ...]:
    from jointbuy.tui.dialogs.sheet import Slot

    framework, who = workspace.frameworks()[id_], who or workspace.register.home
    everyone = workspace.administrations()
    needs: list[tuple[str, Sayable]] = [("", word("none named"))]
    needs += [
        (need.id, need.title)
        for need in workspace.needs().values()
        if need.status is NeedStatus.OPEN and (not who or need.administration == who)
    ]
    day = order.concluded_on if order and order.concluded_on else workspace.on
    slots = [
        Slot(
            id="who",
            label=say("Administration"),
            value=who,
            choices=tuple(
                (each.id, say("{name}", name=each.name(workspace.language)))
                for each in everyone.values()
            ),
            hint=say("Who would order."),
        ),
        Slot(
            id="need",
            label=say("Need"),
            value=order.need if order else "",
            choices=tuple(needs),
            hint=say("The need that the order would cover, if it is recorded."),
        ),
        Slot(
            id="amount",
            label=say("Amount"),
            value=f"{order.amount}" if order and order.amount is not None else "",
            hint=say("Euro excluding VAT; empty if it is not known yet."),
        ),
        Slot(
            id="quantity",
            label=say("Quantity"),
            hint=say("With its unit, such as 260 desks; empty if it is not counted."),
        ),
        Slot(
            id="day",
            label=say("Day of the order"),
            value=speech.day(day),
            hint=say("The day on which it would be concluded."),
        ),
    ]
    if framework.lots:
        slots.insert(
            2,
            Slot(
                id="lot",
                label=say("Lot"),
                value=order.lot if order else "",
                choices=(
                    ("", word("none named")),
                    *((lot.id, lot.id) for lot in framework.lots),
                ),
            ),
        )
    return tuple(slots)


def _checked(
    workspace: Workspace,
    framework: str,
    values: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
) -> OrderCheck:
    """Whether it may order, from what was typed.

    Raises:
        JointbuyError: an amount, a quantity or a day is none.
    """
    typed = values["quantity"]
    quantity = parse_quantity(typed) if typed else None
    if not values["who"]:
        raise UsageError(say("Choose the administration that would order."))
    day = values["day"]
    return workspace.may_order(
        framework,
        values["who"],
        need=values.get("need", ""),
        amount=parse_amount(values["amount"]) if values["amount"] else None,
        quantity=quantity.amount if quantity else None,
        unit=quantity.unit if quantity else "",
        lot=values.get("lot", ""),
        day=parse_day(day, on=workspace.on) if day else None,
        answers=answers,
    )


def _kept(
    workspace: Workspace,
    framework: str,
    given: Mapping[str, str],
    code: str,
    value: str,
) -> Message | None:
    """Keep an answer in the dossier it belongs to; None where there is none."""
    found = workspace.order_dossiers(framework, given["who"], given.get("need", ""))
    if len(found) != 1:
        return None
    workspace.answer(found[0].id, code, value, form=Form.PURCHASING_CENTRE)
    return last_told(workspace)


class Put(Picker):
    """A question in full, and the answers to choose from below it."""

    DEFAULT_CSS = """
    Put #put { height: auto; max-height: 9; border: none; margin: 0 0 1 0; }
    """

    def __init__(self, title: Message, question: Message) -> None:
        told = replace(
            choices(YES_NO),
            page=lambda _, speech: (paragraph(speech.say(question)),),
        )
        super().__init__(title, told)

    def body(self) -> ComposeResult:
        """The question first."""
        page = Page(id="put")
        page.can_focus = False
        yield page
        yield from super().body()


class Checked(Dialog[bool]):
    """What keeps an administration from ordering, and the ways out; `True` to order."""

    ACTIONS = (*RECORD, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(RECORD)]
    DEFAULT_CSS = """
    Checked > #frame { width: 100%; height: 100%; }
    Checked Page { height: 1fr; border: none; }
    """

    def __init__(
        self,
        found: OrderCheck,
        framework: FrameworkAgreement,
        who: str,
        again: Callable[[dict[str, str]], Awaitable[OrderCheck]],
        keep: Callable[[str, str], Awaitable[Message | None]],
    ) -> None:
        super().__init__(say("May this administration order?"))
        self.found = found
        self.framework = framework
        self.who = who
        self.answers: dict[str, str] = {}
        self._again = again
        self._keep = keep

    def body(self) -> ComposeResult:
        """The page it stands on."""
        yield Page(id="checked")

    def on_mount(self) -> None:
        """Read it, and scroll with the keys."""
        page = self.query_one(Page)
        page.tell(
            lambda speech: check_page(
                self.found, self.framework, self.who, speech, passing=bool(self.answers)
            )
        )
        page.focus()

    def can_answer(self) -> bool:
        """Whether a question is open."""
        return any(each.ask for each in self.found.findings)

    def action_answer(self) -> None:
        """Answer a question that is open."""
        self.terminal.work(self._answer())

    async def _answer(self) -> None:
        waiting = tuple(
            (each.ask, each.title) for each in self.found.findings if each.ask
        )
        asked = await self.terminal.put(
            Picker(say("Which question?"), choices(waiting))
        )
        if asked is None:
            return
        code = asked[0]
        each = next(each for each in self.found.findings if each.ask == code)
        given = await self.terminal.put(Put(each.title, each.question or each.title))
        if given is None:
            return
        kept = await self._keep(code, given[0])
        if kept is None:
            self.answers |= {code: given[0]}
        else:
            self.terminal.tell(kept)
            self.terminal.changed()
        self.found = await self._again(self.answers)
        self.query_one(Page).relabel()
        self.refresh_bindings()

    def action_record(self) -> None:
        """Go on to record the order."""
        self.dismiss(True)


def check_page(
    found: OrderCheck,
    framework: FrameworkAgreement,
    who: str,
    speech: Speech,
    *,
    passing: bool = False,
) -> Iterator[Paragraph]:
    """The answer first, then every finding with its way out, then the count.

    `passing` says that answers were given which are kept nowhere.
    """
    yield head(f"{speech.name(framework.title) or framework.id} – {who}")
    worst = found.worst
    answer = {
        Outcome.BLOCKED: say("No, it may not order."),
        Outcome.UNKNOWN: say("It is not known yet whether it may order."),
    }.get(worst)
    if answer is None:
        answer = (
            say("Yes, it may order.")
            if worst in {Outcome.OK, Outcome.INFO}
            else say("Yes, but mind what follows.")
        )
    yield bullet(speech.say(answer), sign=SIGNS[worst], style=f"bold {STYLES[worst]}")
    if passing:
        told = say(
            "Your answers count for this look only: they are kept once a proposal to "
            "order through this framework agreement has a dossier."
        )
        yield bullet(speech.say(told), sign="!", style="$text-warning")
    yield blank()
    for each in sorted(found.findings, key=lambda each: -each.outcome.rank):
        told = say("{head}: {rest}", head=each.title, rest=each.message)
        yield bullet(
            speech.say(told), sign=SIGNS[each.outcome], style=STYLES[each.outcome]
        )
        if each.why is not None and each.outcome not in {Outcome.OK, Outcome.INFO}:
            yield paragraph(speech.say(each.why), "$text-muted", indent=2)
        if each.way_out is not None:
            yield bullet(speech.say(each.way_out), sign="→", indent=2)
        if each.basis:
            yield paragraph(
                f"({citations(each.basis, speech)})", "$text-muted", indent=2
            )
    yield blank()
    yield heading(speech.say(say("Count of the orders")))
    yield from own_told(found.counter.own_of(found.administration.id), speech)
    yield from counter_told(found.counter, framework, speech)
