"""A table of the law begins and ends only on days on which a text changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import jointbuy.law

DATA = Path(jointbuy.law.__file__).parent / "data"

CHANGES = {
    "1977-04-01": "organic law on the CPAS",
    "1989-01-01": "New Municipal Law, coordinated",
    "2001-01-01": "local police zones",
    "2004-08-12": "Walloon code of local democracy",
    "2013-07-01": "royal decree of 2011 and law of 2013 on remedies",
    "2013-09-01": "opinion of the Walloon financial director",
    "2013-12-16": "Walloon circular on the amount of that opinion",
    "2014-01-01": "revision of the thresholds",
    "2016-01-01": "revision of the thresholds",
    "2017-06-30": "law of 17 June 2016",
    "2018-01-01": "revision of the thresholds",
    "2018-06-25": "Brussels college: 144,000",
    "2019-01-01": "Flemish decree on local government; German-speaking decree",
    "2019-02-01": "Walloon decree of 4 October 2018",
    "2019-04-13": "law of 1 March 2019 on police zones, ten days after its publication",
    "2019-06-01": "one supervisor for the Brussels CPAS",
    "2020-01-01": "revision of the thresholds",
    "2020-04-13": "Brussels CPAS: 139,000, ten days after the publication",
    "2020-05-25": "Brussels college: 139,000",
    "2022-01-01": "revision of the thresholds",
    "2022-07-17": "Brussels college: 140,000, ten days after the publication",
    "2023-02-01": "Walloon decree of 6 October 2022, CPAS",
    "2023-03-01": "Walloon decree of 6 October 2022, communes",
    "2023-05-01": "electronic invoices from 30,000",
    "2023-09-01": "simplified award notices below the European threshold",
    "2024-01-01": "revision of the thresholds",
    "2024-01-12": "delegation on the extraordinary budget of a police zone",
    "2024-03-01": "electronic invoices from 3,000",
    "2024-06-27": "Brussels decree on what is sent",
    "2024-09-01": "Walloon decree of 28 March 2024",
    "2025-07-17": "Walloon decree-programme, adopted by the Government",
    "2026-01-01": "revision of the thresholds",
    "2028-01-01": "the next revision, not known yet",
}

EVERY = re.compile(r"\b(from|until) *= *(\d{4}-\d\d-\d\d)")


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda p: p.stem)
def test_a_table_changes_only_when_a_text_does(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        for word, written in EVERY.findall(line):
            day = date.fromisoformat(written)
            first = day if word == "from" else day + timedelta(days=1)
            assert first.isoformat() in CHANGES, f"{path.name}:{number}: {written}"


def test_the_day_of_each_change_is_known_to_some_table() -> None:
    text = "\n".join(p.read_text(encoding="utf-8") for p in DATA.rglob("*.toml"))
    used = {
        (date.fromisoformat(day) + timedelta(days=word == "until")).isoformat()
        for word, day in EVERY.findall(text)
    }
    assert set(CHANGES) <= used
