"""The palette: every command that makes sense now and every record, found by words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from jointbuy.errors import named, say, word
from jointbuy.tui.actions import GROUPS, Group
from jointbuy.tui.dialogs.picker import Picker
from jointbuy.tui.listing import Column, Listing
from jointbuy.tui.prose import paragraph
from jointbuy.tui.speech import folded
from jointbuy.tui.themes import themes
from jointbuy.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from textual.widgets import Input

    from jointbuy.errors import Arg, LocalNames, Message
    from jointbuy.tui.app import Terminal
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Sayable, Speech
    from jointbuy.tui.stage import Stage
    from jointbuy.workspace import Workspace

OWN_NAMES = {"fr": "Français", "nl": "Nederlands", "de": "Deutsch", "en": "English"}
"""The languages, each as those who speak it call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something to do or a record to go to.

    `about` is said below the list; `also` are further texts that finding compares.
    """

    id: str
    kind: Message | Arg
    title: Sayable
    does: Callable[[], Coroutine[Any, Any, None]]
    about: tuple[Sayable, ...] = ()
    also: str = ""
    key: str = ""


Found = tuple[Hit, str, str]
"""A hit, its title and all its words as they are compared."""


class Palette(Picker):
    """Gives what to do, or the record to go to."""

    DEFAULT_CSS = """
    Palette #frame { height: 22; }
    Palette Page { height: 3; }
    Palette.-wide #frame { width: 96; }
    """

    def __init__(self, commands: Sequence[Hit], speech: Speech) -> None:
        self._commands = commands
        self._all = _prepared(commands, speech)
        self._wide = _widest(commands, speech)
        super().__init__(say("Search"), self._listing_of(self._all), paged=True)

    def on_mount(self) -> None:
        """The commands are there at once; the records follow."""
        self.terminal.work(self._read(), group="palette")

    def relabel(self) -> None:
        """Find by the words of the language of the moment."""
        super().relabel()
        self._all = _prepared(self._commands, self.speech)
        self._wide = _widest(self._commands, self.speech)
        self._again()
        self.terminal.work(self._read(), group="palette")

    async def _read(self) -> None:
        speech, terminal = self.speech, self.terminal

        def read(workspace: Workspace) -> tuple[list[Found], int]:
            hits = tuple(records(workspace, terminal))
            return _prepared(hits, speech), _widest(hits, speech)

        found, wide = await terminal.ask(read)
        if self.is_attached and speech is self.speech:
            self._all = _prepared(self._commands, speech) + found
            self._wide = max(self._wide, wide)
            self._again()

    def _again(self) -> None:
        """Find the same in what is known now, and keep looking at the same row."""
        grid = self.query_one(Grid)
        grid.show(self._listing_of(ranked(self._all, self._typed_text())))

    def _typed_text(self) -> str:
        field: Input = self.query_one("#wanted")  # type: ignore[assignment]
        return field.value

    def narrow(self, text: str) -> None:
        """Offer what contains every word, the best first."""
        grid = self.query_one(Grid)
        grid.show(self._listing_of(ranked(self._all, text)))
        grid.action_move(-len(grid.rows))

    def _listing_of(self, found: Sequence[Found]) -> Listing[Hit]:
        return Listing(
            rows=tuple(each[0] for each in found),
            columns=(
                Column(
                    id="title",
                    heading=say("What"),
                    text=lambda hit, speech: speech.line(hit.title),
                    width=24,
                    grow=1,
                ),
                Column(
                    id="kind",
                    heading=say("Kind"),
                    text=lambda hit, speech: speech.line(hit.kind),
                    width=self._wide,
                    tone=lambda _: "muted",
                    rank=1,
                ),
                Column(
                    id="key",
                    heading=say("Key"),
                    text=lambda hit, _: hit.key,
                    width=6,
                    tone=lambda _: "accent",
                ),
            ),
            page=_page,
            empty=say("Nothing contains all these words: take one away."),
        )


def _page(hit: Hit, speech: Speech) -> Iterator[Paragraph]:
    text = ", ".join(speech.line(each) for each in hit.about if each)
    yield paragraph(text, "$text-muted")


def _widest(hits: Sequence[Hit], speech: Speech) -> int:
    kinds = {id(hit.kind): hit.kind for hit in hits}
    return max((cell_len(speech.line(kind)) for kind in kinds.values()), default=6)


def _prepared(hits: Sequence[Hit], speech: Speech) -> list[Found]:
    """Each hit with its words as they are compared, in one language."""
    known: dict[int, str] = {}

    def fold(what: Sayable) -> str:
        """Owners and kinds are said once, not for each of their records."""
        if isinstance(what, str):
            return folded(what)
        text = known.get(id(what))
        if text is None:
            text = known[id(what)] = folded(speech.line(what))
        return text

    return [
        (
            hit,
            fold(hit.title),
            " ".join(
                [
                    fold(hit.title),
                    *map(fold, hit.about),
                    fold(hit.kind),
                    folded(f"{hit.also} {hit.key}"),
                ]
            ),
        )
        for hit in hits
    ]


def ranked(known: Sequence[Found], text: str) -> list[Found]:
    """Those that contain every word; first those whose title begins with them.

    Then those where each begins a word of the title, those where the title contains
    them, and the others, each in the order in which they are known.
    """
    whole = " ".join(folded(text).split())
    if not whole:
        return list(known)
    words = whole.split()
    places: tuple[list[Found], ...] = ([], [], [], [])
    for each in known:
        _, title, every = each
        if any(word_ not in every for word_ in words):
            continue
        spaced = " " + title
        if title.startswith(whole):
            places[0].append(each)
        elif all(f" {word_}" in spaced for word_ in words):
            places[1].append(each)
        elif all(word_ in title for word_ in words):
            places[2].append(each)
        else:
            places[3].append(each)
    return [each for place in places for each in place]


# What can be found.


def commands(stage: Stage[object]) -> tuple[Hit, ...]:
    """What can be done on that screen now, whatever has the focus, and everywhere."""
    terminal = stage.terminal
    order = list(GROUPS)
    offered = [
        (action, key)
        for action, key in stage.offered()
        if action.group is not Group.MOVE and action.id != "app.palette"
    ]
    offered.sort(key=lambda pair: order.index(pair[0].group))
    done = [
        Hit(
            id=action.id,
            kind=GROUPS[action.group],
            title=action.label,
            about=(action.help,),
            key=key,
            does=partial(stage.perform, action),
        )
        for action, key in offered
    ]
    return (*done, *_languages(terminal), *_colours(terminal))


def _languages(terminal: Terminal) -> Iterator[Hit]:
    kind = say("Language")
    for code, name in OWN_NAMES.items():
        yield Hit(
            id=f"language.{code}",
            kind=kind,
            title=name,
            about=(say("Read everything in this language."),),
            also=code,
            does=partial(_speak, terminal, code),
        )


async def _speak(terminal: Terminal, code: str) -> None:
    terminal.speak(code)


def _colours(terminal: Terminal) -> Iterator[Hit]:
    kind = say("Colours")
    for name, title in themes(terminal).items():
        yield Hit(
            id=f"theme.{name}",
            kind=kind,
            title=title,
            about=(say("Show everything in these colours."),),
            does=partial(_colour, terminal, name),
        )


async def _colour(terminal: Terminal, name: str) -> None:
    terminal.colour(name)


def records(workspace: Workspace, terminal: Terminal) -> Iterator[Hit]:
    """Every record that can be gone to; proposals as far as they are known already."""
    administrations = workspace.administrations()
    owners: dict[str, Message | str] = {
        id_: say("{name}", name=named(admin.names, id_))
        for id_, admin in administrations.items()
    }

    def owned(id_: str) -> Message | str:
        return owners.get(id_, id_)

    def hit(
        place: str, id_: str, kind: Arg, title: Sayable, *about: Sayable, also: str = ""
    ) -> Hit:
        return Hit(
            id=f"{place}/{id_}",
            kind=kind,
            title=title,
            about=about,
            also=f"{id_} {also}",
            does=partial(terminal.show, place, id_),
        )

    kind = word("need")
    for need in workspace.needs().values():
        owner = owned(need.administration)
        yield hit("needs", need.id, kind, need.title, owner, also=need.cpv)
    kind = word("proposal")
    candidates = {each.id: each for each in workspace.proposed_already() or ()}
    candidates |= {each.id: each.candidate for each in workspace.dossiers().values()}
    for candidate in candidates.values():
        title = _named(candidate.title, candidate.id)
        who = map(owned, candidate.administrations)
        yield hit("proposals", candidate.id, kind, title, *who)
    kind = word("administration")
    for admin in administrations.values():
        yield hit("settings", admin.id, kind, owned(admin.id), admin.note)
    kind = word("contact person")
    for person in workspace.contacts().values():
        owner = owned(person.administration)
        yield hit("settings", person.id, kind, person.name, owner, person.service)
    kind = word("purchasing centre")
    centres = workspace.centres()
    for centre in centres.values():
        aliases = (alias.name for alias in centre.aliases)
        title = _named(centre.names, centre.id)
        yield hit("centres", centre.id, kind, title, *aliases)
    kind = word("framework agreement")
    for framework in workspace.frameworks().values():
        title = _named(framework.title, framework.id)
        whose = centres.get(framework.centre)
        about = (_named(whose.names, whose.id),) if whose else ()
        also = f"{framework.reference} {' '.join(framework.cpv)}"
        yield hit("centres", framework.id, kind, title, *about, also=also)
    kind = word("programme of a purchasing centre")
    for programme in workspace.programmes().values():
        title = _named(programme.names, programme.id)
        names = (_named(each.names, each.id) for each in programme.domains)
        yield hit("centres", programme.id, kind, title, *names)
    kind, frameworks = word("order"), workspace.frameworks()
    for order in workspace.orders().values():
        of = frameworks.get(order.framework)
        title = _named(of.title, of.id) if of else say("{name}", name=order.framework)
        owner, also = owned(order.administration), f"{order.number} {order.supplier}"
        yield hit("centres", order.id, kind, title, owner, also=also)
    kind = word("contract")
    for contract in workspace.contracts().values():
        owner = owned(contract.administration)
        yield hit(
            "centres", contract.id, kind, contract.title, owner, contract.supplier
        )


def _named(names: LocalNames, id_: str) -> Message:
    return say("{name}", name=named(names, id_))


__all__ = ["OWN_NAMES", "Hit", "Palette", "commands", "ranked", "records"]
