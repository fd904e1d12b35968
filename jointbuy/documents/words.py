"""The words, bodies and legal grounds of one language, read from its packaged file."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from jointbuy.documents import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jointbuy.model import Administration


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A legal ground and whose acts rest on it; without regions and kinds, all."""

    text: str
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    to_verify: bool = False

    @property
    def is_common(self) -> bool:
        """Whether it holds whoever takes part."""
        return not self.regions and not self.kinds

    def concerns(self, administration: Administration) -> bool:
        """Whether acts of this administration rest on it."""
        region, kind = administration.region, administration.kind
        in_region = not self.regions or (
            region is not None and region.name in self.regions
        )
        of_kind = not self.kinds or (kind is not None and kind.name in self.kinds)
        return in_region and of_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """Who decides, executes, signs and supervises; empty where nothing is known."""

    council: str = ""
    executive: str = ""
    signs: tuple[str, ...] = ()
    supervisor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language: single words by table, bodies by region and kind, grounds.

    `grounds` are those of a joint contract, `adhesion_grounds` those of joining a
    centre.
    """

    language: str
    tables: Mapping[str, Any]
    grounds: tuple[Ground, ...]
    adhesion_grounds: tuple[Ground, ...] = ()

    def word(self, key: str, **gaps: str | int) -> str:
        """A word of the general table, its gaps filled."""
        return str(self.tables["words"][key]).format(**gaps)

    def mark(self, key: str, **gaps: str | int) -> str:
        """A mark of the paper, its gaps filled."""
        return str(self.tables["marks"][key]).format(**gaps)

    def named(self, table: str, key: str) -> str:
        """The word for a member of an enumeration."""
        return str(self.tables[table][key])

    def bodies(self, administration: Administration) -> Bodies:
        """The bodies of an administration by its region and kind."""
        if administration.kind is None:
            return Bodies()
        known = self.tables["bodies"]
        region = administration.region.name if administration.region else "ANY"
        kind = administration.kind.name
        found = known.get(region, {}).get(kind) or known["ANY"].get(kind, {})
        return Bodies(**{**found, "signs": tuple(found.get("signs", ()))})

    def listed(self, names: tuple[str, ...]) -> str:
        """The names in a row: one, two and three."""
        if len(names) < 2:  # noqa: PLR2004
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.word('and')} {names[-1]}"


_HOME = resources.files("jointbuy.documents") / "templates"


@functools.cache
def words(language: str) -> Words:
    """The words of a language."""
    text = (_HOME / f"words.{language}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Words(
        language=language,
        tables=tables,
        grounds=_grounds(tables["visas"]),
        adhesion_grounds=_grounds(tables["adhesion_visas"]),
    )


def _grounds(rows: Iterable[Mapping[str, Any]]) -> tuple[Ground, ...]:
    return tuple(
        Ground(
            text=one["text"],
            regions=tuple(one.get("regions", ())),
            kinds=tuple(one.get("kinds", ())),
            to_verify=one.get("to_verify", False),
        )
        for one in rows
    )


@functools.cache
def prose(kind: str, language: str) -> template.Template:
    """The template of a kind of paper in a language."""
    text = (_HOME / f"{kind}.{language}.md").read_text(encoding="utf-8")
    return template.parse(text)
