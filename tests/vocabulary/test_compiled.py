"""The table that ships is the one its sources make."""

from __future__ import annotations

from importlib import resources

import msgspec
import pytest

from jointbuy.vocabulary import build as builder
from jointbuy.vocabulary.compiled import FILE, Compiled, digest
from jointbuy.vocabulary.thesaurus import read


def shipped() -> bytes:
    return (resources.files("jointbuy.vocabulary") / FILE).read_bytes()


@pytest.mark.slow
def test_the_shipped_table_is_what_its_sources_make() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    assert table.source == digest(), "run python -m jointbuy.vocabulary.build"
    made = msgspec.msgpack.encode(builder.build())
    assert made == shipped(), "run python -m jointbuy.vocabulary.build"


def test_the_table_can_be_read_as_text() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    lines = list(builder.as_text(table))
    assert len(lines) == len(table.bridge.spelt)
    (toner,) = [line for line in lines if line.startswith("toner\t")]
    assert "toner" in toner.split("\t")[2]


def test_the_table_holds_every_category_as_its_file_says() -> None:
    table = msgspec.msgpack.decode(shipped(), type=Compiled)
    assert table.categories == read()
