"""Bring the catalogues up to date: `python -m jointbuy.l10n.build`.

Collects every sentence of the product (the first argument of `say` and `word`, the
help of the commands, the user texts of the packaged TOML), updates the three `.po`
files without losing a translation, and compiles them.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent
LOCALE = Path(__file__).parent / "locale"
TRANSLATED = ("fr", "nl", "de")

CALLS = ("say", "word")
"""Functions whose first argument is a sentence."""

CLICK = (
    "Commands",
    "Error: {message}",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Option {name!r} does not take a value.",
    "Options",
    "Show the version and exit.",
    "Show this message and exit.",
    "Try '{command} {option}' for help.",
    "Usage:",
    "default: {default}",
    "required",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)
"""What the library of the commands says by itself, through the same catalogues."""

HELP = ("help",)
"""Arguments of commands and options that are sentences."""

TEXTS = {
    "appraisal/assumptions.toml": ("title", "source"),
    "centres/data/catalogue.toml": ("joining", "remark", "source", "title"),
    "law/data/questions/*.toml": ("title", "text", "words"),
    "law/data/rules/*.toml": ("message",),
    "law/data/evidence.toml": ("text",),
    "law/data/institutions.toml": ("title",),
    "law/data/rulings.toml": ("holding", "effect"),
    "law/data/sources.toml": ("note",),
    "law/data/amounts.toml": ("title",),
    "law/data/cooperation.toml": ("title",),
    "law/data/preference.toml": ("text",),
    "law/data/procedures.toml": ("title",),
    "law/data/shared_facts.toml": ("title",),
    "law/data/terms.toml": ("title",),
    "law/data/thresholds.toml": ("title",),
    "schedule/data/holidays.toml": ("name",),
}
"""The packaged TOML that users read, and the keys that hold a text; all texts of a
table count where the key names a table. A star stands for every file of a folder."""


def sentences() -> dict[str, list[str]]:
    """Every sentence of the product and the modules it stands in."""
    found: dict[str, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE.parent).as_posix()
        for text in _in_python(path):
            _add(found, text, place)
    for pattern, keys in TEXTS.items():
        for path in sorted(PACKAGE.glob(pattern)):
            place = path.relative_to(PACKAGE.parent).as_posix()
            tree = tomllib.loads(path.read_text(encoding="utf-8"))
            for text in _in_toml(tree, keys):
                _add(found, text, place)
    for text in CLICK:
        _add(found, text, f"{PACKAGE.name}/cli/__init__.py")
    return found


def _add(found: dict[str, list[str]], text: str, place: str) -> None:
    places = found.setdefault(text, [])
    if place not in places:
        places.append(place)


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if getattr(node.func, "id", "") in CALLS and node.args:
            yield from _literal(node.args[0])
        if "cli" in path.relative_to(PACKAGE).parts[0]:
            for keyword in node.keywords:
                if keyword.arg in HELP:
                    yield from _literal(keyword.value)


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literal(node.body)
        yield from _literal(node.orelse)


def _in_toml(value: object, keys: tuple[str, ...], key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from _in_toml(item, keys, key if key in keys else inner)
    elif isinstance(value, list):
        for item in value:
            yield from _in_toml(item, keys, key)
    elif isinstance(value, str) and key in keys and value:
        yield value


def po_file(language: str) -> Path:
    """Where the translations of one language are kept."""
    return LOCALE / language / "LC_MESSAGES" / "jointbuy.po"


def read(language: str) -> Catalog:
    """The translations of one language; empty where there is no file yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, found: dict[str, list[str]]) -> Catalog:
    """A catalogue of exactly the sentences found, with the translations known."""
    known = read(language)
    fresh = Catalog(
        locale=language,
        project="jointbuy",
        fuzzy=False,
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        last_translator="jointbuy",
        language_team=language,
        copyright_holder="jointbuy",
        header_comment="# jointbuy",
    )
    for text in sorted(found):
        old = known.get(text)
        fresh.add(
            text,
            string=old.string if old is not None else "",
            locations=[(place, 0) for place in found[text]],
        )
    return fresh


_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a `.po` file that diffs well."""
    out = BytesIO()
    write_po(
        out,
        catalog,
        width=88,
        include_lineno=False,
        ignore_obsolete=True,
        sort_output=True,
    )
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue compiled."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Update and compile; says how many sentences are not translated yet."""
    found = sentences()
    for language in TRANSLATED:
        catalog = update(language, found)
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalog))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalog))
        left = sum(1 for message in catalog if message.id and not message.string)
        sys.stdout.write(f"{language}: {len(found)} sentences, {left} to translate\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
