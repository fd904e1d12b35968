"""Reads the tables of the law: TOML beside the code, where a jurist can review them."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from jointbuy.errors import Arg, NotInForce, say
from jointbuy.model.finding import Citation
from jointbuy.model.parties import LocalText

CONFIDENCES = ("high", "medium", "low")
"""How sure we are of a rule: read in a source or known well, remembered, doubtful."""


class BadTable(ValueError):
    """A packaged table is not as it must be; the fault is in jointbuy itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text the rules rest on; `titles` are the short titles as they are cited."""

    key: str
    titles: LocalText
    year: int | None = None
    start: date | None = None
    url: str = ""
    note: str = ""


@functools.cache
def table(name: str) -> dict[str, Any]:
    """The packaged table of that name; numbers with a point are decimals."""
    path = files("jointbuy.law") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


@functools.cache
def sources() -> dict[str, Source]:
    """Every text, by its key."""
    return {
        key: Source(
            key=key,
            titles=LocalText(**row["title"]),
            year=row.get("year"),
            start=row.get("from"),
            url=row.get("url", ""),
            note=row.get("note", ""),
        )
        for key, row in table("sources").items()
    }


def in_force(key: str, on: date) -> None:
    """Refuses a day before the text took effect."""
    source = sources()[key]
    if source.start is not None and on < source.start:
        title = source.titles
        names = {"fr": title.fr, "nl": title.nl, "de": title.de, "en": title.en}
        raise NotInForce(
            say(
                "This text was not in force on {day}: {source}. It counts from "
                "{first}: choose a later day.",
                source=Arg(name="", kind="title", text=title.en, names=names),
                day=on,
                first=source.start,
            )
        )


@functools.cache
def source_titles() -> dict[str, LocalText]:
    """The titles of a text in every language, by the English one findings cite."""
    return {source.titles.en: source.titles for source in sources().values()}


def citation(row: dict[str, Any], *, where: str) -> Citation:
    """The citation a row of a table gives; a row without source does not load."""
    key = row.get("source", "")
    if key not in sources():
        raise BadTable(f"{where}: no source “{key}” in sources.toml")
    confidence = row.get("confidence", "")
    if confidence not in CONFIDENCES:
        raise BadTable(f"{where}: confidence must be one of {CONFIDENCES}")
    checked = row.get("checked")
    if checked is not None and not isinstance(checked, date):
        raise BadTable(f"{where}: checked must be a day")
    return Citation(
        source=sources()[key].titles.en,
        article=row.get("article", ""),
        checked=checked,
        to_verify=confidence != CONFIDENCES[0],
    )


def citation_of(text: str, *, where: str) -> Citation:
    """The citation written as "source | article | confidence | checked"."""
    parts = [part.strip() for part in text.split("|")]
    row: dict[str, Any] = dict(
        zip(("source", "article", "confidence"), parts, strict=False)
    )
    if parts[len(row) :]:
        row["checked"] = date.fromisoformat(parts[-1])
    return citation(row, where=where)
