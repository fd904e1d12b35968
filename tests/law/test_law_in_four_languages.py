"""What the law says is read in four languages, its gaps filled in each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import Message
from jointbuy.l10n.catalogue import catalogue
from jointbuy.law import Facts, check, evidence, parameters, procedure_title, questions
from jointbuy.law.procedures import PROCEDURES
from jointbuy.law.questions import every_question
from jointbuy.law.rulings import rulings
from jointbuy.law.tables import sources, table
from jointbuy.model import Form

DAY = date(2026, 11, 20)
HERE = Path(__file__).parent / "cases"
GOOD: dict[str, Any] = tomllib.loads((HERE / "good.toml").read_text(encoding="utf-8"))
TRANSLATED = ("fr", "nl", "de")
LONG = 30
"""A sentence this long never reads the same in two languages."""

GAP = re.compile(r"\{(\w+)[^}]*\}")


def _sentences() -> dict[str, Message]:
    """Every sentence a user can read in a check, and those of the tables beside it."""
    found: dict[str, Message] = {}
    for message in (*_checked(), *_listed()):
        for each in _whole(message):
            found.setdefault(each.text, each)
    return found


def _whole(message: Message) -> Iterator[Message]:
    yield message
    for arg in message.args:
        if arg.kind == "word":
            yield Message(text=arg.text)
        if arg.message is not None:
            yield from _whole(arg.message)


def _checked() -> Iterator[Message]:
    for form in Form:
        known = {**GOOD["gate"], **GOOD["around"], **GOOD[form.name]}
        good = {code: str(value) for code, value in known.items()}
        for answers in _changed(form, good):
            for finding in check(form, Facts(answers=answers, on=DAY)):
                yield finding.message


def _changed(form: Form, good: dict[str, str]) -> Iterator[dict[str, str]]:
    yield {}
    for asked in questions(form):
        values = (
            *asked.choices,
            *(("0", "80.5", "17") if asked.kind == "share" else ()),
        )
        for value in values:
            yield good | {asked.code: value}
            for code, words in asked.when:
                for word in words:
                    yield good | {code: word, asked.code: value}


def _listed() -> Iterator[Message]:
    for asked in every_question().values():
        yield asked.title
        yield asked.text
        for _, label in asked.words:
            yield Message(text=label)
    for code in table("evidence"):
        yield evidence(code)
    for name in PROCEDURES:
        yield procedure_title(name)
    for known in parameters().values():
        yield Message(text=known.title)
    for ruling in rulings().values():
        yield ruling.holding
        yield ruling.effect


SENTENCES = _sentences()


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_a_check_says_is_translated_with_the_same_gaps(language: str) -> None:
    said = catalogue(language)
    assert len(SENTENCES) > 400
    left = []
    for text in SENTENCES:
        translated = said.word(text)
        assert sorted(GAP.findall(translated)) == sorted(GAP.findall(text)), text
        if not translated.strip() or (translated == text and len(text) > LONG):
            left.append(text)
    assert not left


@pytest.mark.parametrize("language", [*TRANSLATED, "en"])
def test_no_gap_of_a_sentence_stays_open(language: str) -> None:
    said = catalogue(language)
    for message in SENTENCES.values():
        if message.args:
            written = said.say(message)
            assert not GAP.search(written), written


def test_every_text_that_is_cited_has_a_title_in_four_languages() -> None:
    for source in sources().values():
        titles = source.titles
        four = (titles.fr, titles.nl, titles.de, titles.en)
        assert all(title.strip() for title in four), source.key
        if source.key != "practice":
            years = [re.findall(r"\b(?:19|20)\d\d\b", title) for title in four]
            assert all(year[:1] == years[0][:1] for year in years), source.key
