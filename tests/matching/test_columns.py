"""What is worked out in bulk is what is worked out one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.matching import match_lines
from jointbuy.matching.counting import settled, settled_columns
from jointbuy.matching.days import NEVER
from jointbuy.matching.joint import Group, shared_digits, weigh
from jointbuy.matching.lines import _Table
from jointbuy.matching.ndjson import read_lines
from jointbuy.matching.reading import Concepts, code_depth
from jointbuy.matching.reading import shared_digits as shared_in_bulk
from jointbuy.matching.scoring import NEARNESS, Groups, weigh_all
from jointbuy.matching.texts import Cutter, texts_of
from jointbuy.vocabulary import cpv, words
from jointbuy.vocabulary.bridge import bridge
from jointbuy.vocabulary.lexicon import lexicon

ON = date(2026, 11, 20)

codes = st.integers(0, 10**8 - 1).map(lambda number: f"{number:08}") | st.sampled_from(
    ["45000000", "45200000", "45210000", "45211000", "45211300", "45211340", "09100000"]
)

groups = st.builds(
    Group,
    participants=st.integers(2, 30),
    certainty=st.floats(0, 1),
    codes=st.frozensets(codes, max_size=3),
    first=st.just(ON + timedelta(days=30)),
    last=st.none() | st.integers(-60, 500).map(lambda days: ON + timedelta(days=days)),
    nearness=st.sampled_from(NEARNESS),
    volumes=st.lists(st.floats(0, 200_000), max_size=5).map(tuple),
    languages=st.frozensets(st.sampled_from(["fr", "nl", "de"])),
    mixed=st.booleans(),
    add_up=st.booleans(),
    durations=st.lists(st.integers(1, 60), max_size=3).map(tuple),
    later=st.integers(0, 2),
    on=st.just(ON),
)


def columns(found: list[Group]) -> Groups:
    def ints(values: Any) -> Any:
        return np.array(list(values), dtype=np.int64)

    def floats(values: Any) -> Any:
        return np.array(list(values), dtype=np.float64)

    return Groups(
        participants=ints(one.participants for one in found),
        certainty=floats(one.certainty for one in found),
        digits=ints(shared_digits(one.codes) if one.codes else -1 for one in found),
        first=ints(one.first.toordinal() for one in found),
        last=ints(one.last.toordinal() if one.last else NEVER for one in found),
        nearness=ints(NEARNESS.index(one.nearness) for one in found),
        volume=floats(sum(one.volumes) for one in found),
        unbundled=floats(
            sum(own * (own / (sum(one.volumes) or 1)) ** 0.5 for own in one.volumes)
            for one in found
        ),
        priced=ints(len(one.volumes) for one in found),
        largest=floats(max(one.volumes, default=0.0) for one in found),
        languages=ints(len(one.languages) for one in found),
        mixed=np.array([one.mixed for one in found]),
        add_up=np.array([one.add_up for one in found]),
        shortest=ints(min(one.durations, default=NEVER) for one in found),
        longest=ints(max(one.durations, default=0) for one in found),
        later=ints(one.later for one in found),
        on=ON.toordinal(),
    )


@given(st.lists(groups, min_size=1, max_size=8))
def test_groups_weigh_the_same_together_as_one_by_one(found: list[Group]) -> None:
    weighed = weigh_all(columns(found))
    points, counts = weighed.table()
    for group, own, counted in zip(found, points, counts, strict=True):
        told = {
            (name, weight)
            for name, weight, one in zip(weighed.names, own, counted, strict=True)
            if one
        }
        assert told == set(weigh(group))


@given(st.lists(st.tuples(codes, codes), min_size=1, max_size=20))
def test_codes_suit_each_other_the_same_in_bulk(pairs: list[tuple[str, str]]) -> None:
    one = np.array([int(first) for first, _ in pairs])
    other = np.array([int(second) for _, second in pairs])
    assert code_depth(one).tolist() == [cpv.depth(first) for first, _ in pairs]
    assert shared_in_bulk(one, other).tolist() == [cpv.shared(*two) for two in pairs]


def test_a_concept_suits_a_declared_code_as_the_tree_says() -> None:
    declared = ["", "30197630", "30190000", "45233140", "90910000"]
    concepts = Concepts(declared)
    for place, category in enumerate(lexicon().categories[::7]):
        at = place * 7
        for row, code in enumerate(declared):
            best = max(
                cpv.compatibility(code, category.cpv),
                0.97
                * max(
                    (cpv.compatibility(code, one) for one in category.other_cpv),
                    default=0.0,
                ),
            )
            found = concepts.suits(np.array([row]), np.array([at]))[0]
            assert found == pytest.approx(best, abs=1e-6), (category.id, code)


texts = st.lists(
    st.text("abcdéÉ'’-.\0\n 12œß", max_size=30)
    | st.just("L’achat de G.S.M. e-learning")
)


@given(texts)
def test_cutting_in_bulk_gives_the_words_of_each_text(titles: list[str]) -> None:
    found = texts_of(titles, [None] * len(titles))
    assert len(found) == len(titles)
    for row, title in enumerate(titles):
        start, end = found.titles.starts[row : row + 2]
        own = [found.words[number] for number in found.titles.numbers[start:end]]
        cut = [
            word
            for piece in title.replace("\0", " ").split()
            for word in words.words(piece)
        ]
        assert own == cut


def test_bundles_of_texts_are_one_column() -> None:
    cutter = Cutter()
    cutter.add(["papier A4", "toner"], ["blanc", None])
    cutter.add(["papier"], [""])
    found = cutter.texts()
    assert found.titles.starts.tolist() == [0, 2, 3, 4]
    assert found.descriptions.starts.tolist() == [0, 1, 1, 1]
    assert found.titles.numbers[0] == found.titles.numbers[3]


def test_the_bridge_says_of_a_word_what_the_lexicon_says() -> None:
    asked = ["toner", "onderhoudscontract", "ascenceurs", "levering", "xqzt"]
    said = bridge().said(asked)
    for place, word in enumerate(asked):
        own = slice(said.starts[place], said.starts[place + 1])
        found = dict(
            zip(said.concepts[own].tolist(), said.weights[own].tolist(), strict=True)
        )
        known = sorted(lexicon().categories_of(word), key=lambda one: (-one[1], one[0]))
        assert found == pytest.approx(dict(known[:8]), abs=1e-5), word


named = st.sampled_from(["", "piece", "voucher", "kg", "licence"])


@given(st.lists(st.tuples(st.integers(0, 3), named), min_size=1, max_size=30))
def test_units_settle_in_bulk_as_one_by_one(rows: list[tuple[int, str]]) -> None:
    bases = ["", "piece", "voucher", "kg", "licence"]
    names = sorted(bases)
    found = settled_columns(
        np.array([cell for cell, _ in rows]),
        np.array([bases.index(unit) for _, unit in rows]),
        bases,
    )
    for (cell, unit), place in zip(rows, found.tolist(), strict=True):
        counts: dict[str, int] = {}
        for other, name in rows:
            if other == cell:
                counts[name] = counts.get(name, 0) + 1
        assert names[place] == settled(counts)[unit]


def line(number: int, title: str, **more: Any) -> bytes:
    import json

    fields = {"id": f"n{number:05}", "administration": f"A{number % 7}", "title": title}
    return json.dumps({**fields, **more}).encode()


def test_the_order_of_the_lines_does_not_matter() -> None:
    titles = ["papier A4", "kopieerpapier", "toner", "stookolie", "mazout", "zorglub"]
    lines = [
        line(
            number,
            titles[number * 7 % 6],
            territory=f"BE10{number % 2}",
            cpv=("30197630", "", "30125100")[number % 3],
            earliest=f"2027-0{1 + number % 9}-01",
            latest=f"2027-0{1 + number % 9}-25",
        )
        for number in range(400)
    ]
    given_, turned = (
        list(match_lines(some, on=ON, max_framework_months=48).proposals)
        for some in (lines, lines[::-1])
    )
    assert given_ == turned


def test_a_bad_line_late_in_a_large_file_is_named_by_its_number() -> None:
    lines = [line(number, "papier") for number in range(9000)]
    lines[8500] = b"{"
    lines[8600] = line(3, "papier")
    found, problems = read_lines(lines)
    assert len(found) == 8998
    assert [(one.row, one.field) for one in problems] == [(8501, ""), (8601, "id")]
    assert "4" in str(problems[1].message)


def test_a_need_that_misses_the_others_by_days_enters_by_itself() -> None:
    window = {"territory": "BE100", "cpv": "30197630"}
    lines = [
        line(1, "papier A4", earliest="2027-03-01", latest="2027-04-01", **window),
        line(2, "papier A4", earliest="2027-03-10", latest="2027-04-01", **window),
        line(3, "papier A4", earliest="2027-04-11", latest="2027-05-01", **window),
        line(4, "papier A4", earliest="2027-01-11", latest="2027-02-01", **window),
        line(5, "papier A4", earliest="2027-05-12", latest="2027-06-01", **window),
    ]
    (found, left), _ = (
        list(
            match_lines(lines, on=ON, max_framework_months=48, explain=True).proposals
        ),
        None,
    )
    assert found["needs"] == ["n00001", "n00002", "n00003", "n00004"]
    assert found["launch"] == "2027-03-10"
    assert found["entries"]["n00003"] == "2027-04-11"
    assert found["entries"]["n00004"] == "2027-02-01"
    (staggered,) = [one for one in found["reasons"] if one["name"] == "staggered"]
    assert str(staggered["message"])
    assert left["needs"] == ["n00005"]
    assert left["reasons"][0]["name"] == "enters_later"


def test_the_table_of_an_empty_file_is_empty() -> None:
    needs, problems = read_lines([])
    assert not problems
    assert list(_Table(needs, ON).proposals(explained=False, months=48)) == []


def test_official_labels_help_texts_the_thesaurus_does_not_know() -> None:
    labels = {
        "38424000": {"fr": "Zorglubomètres", "nl": "Zorglubmeters"},
        "38425000": {"fr": "Bidulflops", "nl": "Bidulflappen"},
    }
    window = {"territory": "BE100", "earliest": "2027-03-01", "latest": "2027-06-01"}
    lines = [
        line(1, "zorglubomètres", cpv="38420000", **window),
        line(2, "zorglubmeters", cpv="38424000", **window),
        line(3, "bidulflops", cpv="38420000", **window),
        line(4, "bidulflappen", cpv="38425000", **window),
    ]

    def groups(known: dict[str, dict[str, str]]) -> list[list[str]]:
        found = match_lines(
            lines,
            on=ON,
            max_framework_months=48,
            labels=lambda code: known.get(code, {}),
        )
        return sorted(one["needs"] for one in found.proposals if one["kind"] == "joint")

    assert groups({}) == []
    assert groups(labels) == [["n00001", "n00002"], ["n00003", "n00004"]]
