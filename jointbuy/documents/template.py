"""The text of a paper as jurists review it: one file per kind and language.

Every paragraph is one line; what it begins with says what it is:

    # title            ## heading of a part    ### article      1. clause
    ##! heading of a part that begins a page
    - item of a list   & party                 ~ recital        > note
    ^ for whom | line | line                   (a place to sign)
    | cell | cell |    rows of a table: caption line `: caption`, then the headings,
                       then `|:----|--:|` whose dashes give the relative widths
    <!-- a remark to the reviewer, on a line of its own -->

Inside a line `{name}` is a value that must be known, `{name?}` one that may be empty,
`*words*` stand out, `{{label | hint}}` is a field to complete and
`{{name ?? label | hint}}` the value if it is known, else that field. Lines `[if name]`,
`[if not name]`, `[else]`, `[end]` and `[for one in many]` choose and repeat.
Values are put in once and never read again as template text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from jointbuy.documents.document import (
    Article,
    Block,
    Clause,
    Column,
    Emphasis,
    Field,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    PartyBlock,
    Recital,
    Run,
    Runs,
    Signature,
    Table,
    Text,
    Title,
    typographic,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class TemplateError(ValueError):
    """A template that cannot be read or filled: a fault of ours, with its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Words of the template."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The place of a value."""

    path: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Parts that stand out."""

    parts: tuple[Literal | Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """A field to complete, or the value when `path` has one."""

    path: str
    label: tuple[Literal | Value, ...]
    hint: tuple[Literal | Value, ...]


Part = Literal | Value | Strong | Complete
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph; `cells` has more than one part in rows and signatures only."""

    number: int
    kind: str
    cells: tuple[Parts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The alignment line of a table: relative widths and which columns hold numbers."""

    number: int
    widths: tuple[int, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Lines for when a condition holds, and for when not."""

    number: int
    path: str
    negated: bool
    then: tuple[Node, ...]
    otherwise: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Lines for each of several values."""

    number: int
    variable: str
    path: str
    body: tuple[Node, ...]


Node = Line | Rule | Choose | Repeat
Template = tuple[Node, ...]

_KINDS = (
    ("### ", "article"),
    ("## ", "heading"),
    ("##! ", "new page"),
    ("# ", "title"),
    ("1. ", "clause"),
    ("- ", "item"),
    ("& ", "party"),
    ("~ ", "recital"),
    ("> ", "note"),
    (": ", "caption"),
    ("^ ", "signature"),
)
_NAME = r"[a-z_]+(?:\.[a-z_]+)*"
_DIRECTIVE = re.compile(
    rf"\[(?:(?P<word>else|end)|if (?P<no>not )?(?P<condition>{_NAME})"
    rf"|for (?P<variable>[a-z_]+) in (?P<many>{_NAME}))\]"
)
_SIMPLE = re.compile(rf"\{{(?P<path>{_NAME})(?P<optional>\?)?\}}")
_COMPLETE = re.compile(rf"(?:(?P<path>{_NAME}) \?\? )?(?P<label>[^|]+) \| (?P<hint>.+)")
_CELL_RULE = re.compile(r":?(-+)(:?)")


def parse(text: str) -> Template:
    """The template as a tree, or a TemplateError that names the line."""
    lines = iter(enumerate(text.splitlines(), start=1))
    nodes, closing = _parse_nodes(lines)
    if closing:
        _fail(closing[1], f"[{closing[0]}] closes nothing")
    return nodes


def _parse_nodes(
    lines: Iterator[tuple[int, str]],
) -> tuple[tuple[Node, ...], tuple[str, int] | None]:
    nodes: list[Node] = []
    for number, raw in lines:
        line = raw.strip()
        if not line or (line.startswith("<!--") and line.endswith("-->")):
            continue
        if not (line.startswith("[") and line.endswith("]")):
            nodes.append(_parse_line(number, line))
            continue
        directive = _DIRECTIVE.fullmatch(line)
        if directive is None:
            _fail(number, f"unknown instruction {line}")
        if directive["word"]:
            return tuple(nodes), (directive["word"], number)
        nodes.append(_parse_block(number, directive, lines))
    return tuple(nodes), None


def _parse_block(
    number: int, directive: re.Match[str], lines: Iterator[tuple[int, str]]
) -> Choose | Repeat:
    body, closing = _parse_nodes(lines)
    otherwise: tuple[Node, ...] = ()
    if closing and closing[0] == "else" and directive["condition"]:
        otherwise, closing = _parse_nodes(lines)
    if closing is None or closing[0] != "end":
        _fail(number, f"{directive[0]} is not closed by [end]")
    if directive["condition"]:
        return Choose(
            number=number,
            path=directive["condition"],
            negated=bool(directive["no"]),
            then=body,
            otherwise=otherwise,
        )
    return Repeat(
        number=number, variable=directive["variable"], path=directive["many"], body=body
    )


def _parse_line(number: int, line: str) -> Line | Rule:
    if line.startswith("|"):
        return _parse_row(number, line)
    for mark, kind in _KINDS:
        if line == mark.strip():
            _fail(number, f"nothing follows {line}")
        if line.startswith(mark):
            rest = line.removeprefix(mark)
            cells = _split(rest) if kind == "signature" else (rest,)
            return Line(
                number=number,
                kind=kind,
                cells=tuple(_parse_parts(number, cell.strip()) for cell in cells),
            )
    return Line(number=number, kind="paragraph", cells=(_parse_parts(number, line),))


def _parse_row(number: int, line: str) -> Line | Rule:
    if not line.endswith("|") or line == "|":
        _fail(number, "a row of a table ends with |")
    cells = [cell.strip() for cell in _split(line[1:-1])]
    rules = [_CELL_RULE.fullmatch(cell) for cell in cells]
    if all(rules):
        found = [rule for rule in rules if rule]
        return Rule(
            number=number,
            widths=tuple(len(rule[1]) for rule in found),
            right=tuple(bool(rule[2]) for rule in found),
        )
    return Line(
        number=number,
        kind="row",
        cells=tuple(_parse_parts(number, cell) for cell in cells),
    )


def _split(line: str) -> tuple[str, ...]:
    """The cells of a line, at each bar outside the braces of a field."""
    cells, depth = [""], 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if character == "|" and depth == 0:
            cells.append("")
        else:
            cells[-1] += character
    return tuple(cells)


def _parse_parts(number: int, text: str) -> Parts:
    if not text:
        _fail(number, "empty line or cell")
    parts: list[Part] = []
    for piece in re.split(r"(\{\{.*?\}\}(?!\})|\*[^*]+\*)", text):
        if piece.startswith("{{"):
            parts.append(_parse_complete(number, piece[2:-2]))
        elif piece.startswith("*"):
            if len(piece) < 3:  # noqa: PLR2004
                _fail(number, "a * without its twin")
            parts.append(Strong(parts=_parse_simple(number, piece[1:-1])))
        elif piece:
            parts.extend(_parse_simple(number, piece))
    return tuple(parts)


def _parse_complete(number: int, text: str) -> Complete:
    match = _COMPLETE.fullmatch(text.strip())
    if match is None:
        _fail(number, f"a field is written {{{{label | hint}}}}: {text}")
    return Complete(
        path=match["path"] or "",
        label=_parse_simple(number, match["label"].strip()),
        hint=_parse_simple(number, match["hint"].strip()),
    )


def _parse_simple(number: int, text: str) -> tuple[Literal | Value, ...]:
    parts: list[Literal | Value] = []
    position = 0
    for match in _SIMPLE.finditer(text):
        if literal := text[position : match.start()]:
            parts.append(_literal(number, literal))
        parts.append(Value(path=match["path"], optional=bool(match["optional"])))
        position = match.end()
    if rest := text[position:]:
        parts.append(_literal(number, rest))
    return tuple(parts)


def _literal(number: int, text: str) -> Literal:
    for stray in "{}*|":
        if stray in text:
            _fail(number, f"a stray {stray} in “{text}”")
    if "  " in text:
        _fail(number, f"a doubled space in “{text}”")
    return Literal(text=text)


def _fail(number: int, what: str) -> NoReturn:
    raise TemplateError(f"line {number}: {what}")


def names(template: Template) -> frozenset[str]:
    """Every name the template asks for; those inside a loop as `many.name`."""
    return frozenset(_names(template, {}))


def _names(nodes: tuple[Node, ...], scope: Mapping[str, str]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Line():
                for cell in node.cells:
                    for path in _paths(cell):
                        yield _absolute(path, scope)
            case Choose():
                yield _absolute(node.path, scope)
                yield from _names(node.then + node.otherwise, scope)
            case Repeat():
                many = _absolute(node.path, scope)
                yield many
                yield from _names(node.body, {**scope, node.variable: many})


def _paths(parts: Parts) -> Iterator[str]:
    for part in parts:
        match part:
            case Value():
                yield part.path
            case Strong():
                yield from _paths(part.parts)
            case Complete():
                if part.path:
                    yield part.path
                yield from _paths(part.label + part.hint)


def _absolute(path: str, scope: Mapping[str, str]) -> str:
    first, dot, rest = path.partition(".")
    return f"{scope.get(first, first)}{dot}{rest}"


Values = Mapping[str, Any]
"""Names and their texts, truths, or tuples of further names."""


def fill(
    template: Template, values: Values, *, language: str, field_text: str
) -> tuple[Block, ...]:
    """The blocks of a paper; `field_text` has the gap `{label}`.

    Raises TemplateError for a name without value, which no case may cause.
    """
    writer = _Writer(language=language, field_text=field_text)
    writer.write(template, values)
    return writer.finish()


class _Writer:
    """Writes blocks one after the other, counting articles and clauses."""

    def __init__(self, *, language: str, field_text: str) -> None:
        self._language = language
        self._field_text = field_text
        self._blocks: list[Block] = []
        self._article = 0
        self._clause = 0
        self._items: list[Runs] = []
        self._caption: Runs = ()
        self._rows: list[tuple[Runs, ...]] = []
        self._rule: Rule | None = None

    def write(self, nodes: tuple[Node, ...], values: Values) -> None:
        for node in nodes:
            match node:
                case Line():
                    cells = tuple(
                        self._runs(cell, values, node.number) for cell in node.cells
                    )
                    self._write_line(node, cells)
                case Rule():
                    if len(self._rows) != 1 or self._rule is not None:
                        _fail(node.number, "the widths follow the headings")
                    self._rule = node
                case Choose():
                    holds = bool(_look_up(node.path, values, node.number))
                    chosen = node.then if holds != node.negated else node.otherwise
                    self.write(chosen, values)
                case Repeat():
                    for one in _look_up(node.path, values, node.number):
                        self.write(node.body, {**values, node.variable: one})

    def finish(self) -> tuple[Block, ...]:
        self._close("")
        return tuple(self._blocks)

    def _write_line(self, line: Line, cells: tuple[Runs, ...]) -> None:
        self._close(line.kind)
        match line.kind:
            case "item":
                self._items.append(cells[0])
            case "caption":
                self._caption = cells[0]
            case "row":
                if self._rows and len(cells) != len(self._rows[0]):
                    _fail(line.number, "not as many cells as headings")
                self._rows.append(cells)
            case "article":
                self._article, self._clause = self._article + 1, 0
                self._blocks.append(Article(number=self._article, runs=cells[0]))
            case "clause":
                self._clause += 1
                number = (self._article, self._clause)
                self._blocks.append(Clause(number=number, runs=cells[0]))
            case "signature":
                self._blocks.append(Signature(party=cells[0], lines=cells[1:]))
            case "new page":
                self._blocks.append(Heading(runs=cells[0], new_page=True))
            case kind:
                self._blocks.append(_BLOCKS[kind](runs=cells[0]))

    def _close(self, kind: str) -> None:
        """End the list or table that the next line does not go on with."""
        if self._items and kind != "item":
            self._blocks.append(ListBlock(items=tuple(self._items)))
            self._items = []
        if self._rows and kind != "row":
            self._blocks.append(self._table())
            self._caption, self._rows, self._rule = (), [], None

    def _table(self) -> Table:
        rule = self._rule
        if rule is None or not self._caption or len(rule.widths) != len(self._rows[0]):
            raise TemplateError("a table has a caption, headings and their widths")
        columns = tuple(
            Column(heading=heading, width=width, right=right)
            for heading, width, right in zip(
                self._rows[0], rule.widths, rule.right, strict=True
            )
        )
        return Table(caption=self._caption, columns=columns, rows=tuple(self._rows[1:]))

    def _runs(self, parts: Parts, values: Values, number: int) -> Runs:
        runs: list[Run] = []
        for part in parts:
            match part:
                case Complete():
                    runs.append(self._complete(part, values, number))
                case Strong():
                    runs.append(Emphasis(text=self._words(part.parts, values, number)))
                case _:
                    runs.append(Text(text=self._words((part,), values, number)))
        return _merged(runs)

    def _complete(self, part: Complete, values: Values, number: int) -> Run:
        if part.path and (known := _look_up(part.path, values, number)):
            return Text(text=typographic(str(known), self._language))
        label = self._words(part.label, values, number)
        return Field(
            label=label,
            hint=self._words(part.hint, values, number),
            text=typographic(self._field_text.format(label=label), self._language),
        )

    def _words(
        self, parts: tuple[Literal | Value, ...], values: Values, number: int
    ) -> str:
        words = ""
        for part in parts:
            if isinstance(part, Literal):
                words += part.text
                continue
            value = _look_up(part.path, values, number)
            if value is not None and not isinstance(value, str):
                _fail(number, f"{part.path} is not a text")
            if not value and not part.optional:
                _fail(number, f"{part.path} has no value")
            words += value or ""
        return typographic(words, self._language)


_BLOCKS: dict[str, Callable[..., Block]] = {
    "title": Title,
    "heading": Heading,
    "party": PartyBlock,
    "recital": Recital,
    "paragraph": Paragraph,
    "note": Note,
}


def _merged(runs: list[Run]) -> Runs:
    """The runs, neighbouring words in one and empty ones left out."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if isinstance(run, Text) and isinstance(last, Text):
            merged[-1] = Text(text=last.text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def _look_up(path: str, values: Values, number: int) -> Any:  # noqa: ANN401
    found: Any = values
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            _fail(number, f"no value is called {path}")
        found = found[name]
    return found
