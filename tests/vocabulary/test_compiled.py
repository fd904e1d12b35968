"""The table that ships is the one its sources make."""

from __future__ import annotations

from importlib import resources

import msgspec
import pytest

from jointbuy.vocabulary import build as builder
from jointbuy.vocabulary.compiled import FILE, Compiled, digest
from jointbuy.vocabulary.thesaurus import read
from jointbuy.vocabulary.words import stem


def shipped() -> bytes:
    return (resources.files("jointbuy.vocabulary") / FILE).read_bytes()


@pytest.mark.slow
def test_the_shipped_table_is_what_its_sources_make() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    assert table.source == digest(), "run python -m jointbuy.vocabulary.build"
    anew = msgspec.structs.replace(builder.build(), stems=table.stems)
    assert msgspec.msgpack.encode(anew) == shipped(), "build it anew"


def test_most_stems_are_those_of_the_installed_stemmer() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    for language, known in table.known.items():
        some = list(zip(known, table.stems[language], strict=True))[::40]
        same = sum(stem(word, language) == kept for word, kept in some)
        assert same > 0.97 * len(some), language


def test_the_table_can_be_read_as_text() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    lines = list(builder.as_text(table))
    assert len(lines) == len(table.bridge.spelt)
    (toner,) = [line for line in lines if line.startswith("toner\t")]
    assert "toner" in toner.split("\t")[2]


def test_the_table_holds_every_category_as_its_file_says() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    assert table.categories == read()
