from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jointbuy.errors import NotInForce, UsageError
from jointbuy.law import parameter, parameters, source_titles, sources, term
from jointbuy.law.parameters import Parameter, Value, read
from jointbuy.law.questions import every_question
from jointbuy.law.review import review
from jointbuy.law.tables import BadTable

DAY = timedelta(days=1)
CENT = Decimal("0.01")

EVERY = [
    pytest.param(known, value, id=f"{known.name}@{value.start}")
    for known in parameters().values()
    for value in known.values
]


@pytest.mark.parametrize(("known", "value"), EVERY)
def test_a_value_counts_from_its_first_day_to_its_last(
    known: Parameter, value: Value
) -> None:
    assert known.on(value.start) is value
    if value.until is not None:
        assert known.on(value.until) is value
        _another_or_none(known, value.until + DAY, value)
    _another_or_none(known, value.start - DAY, value)


def _another_or_none(known: Parameter, day: date, value: Value) -> None:
    if any(each.in_force(day) for each in known.values):
        assert known.on(day) is not value
        return
    with pytest.raises(NotInForce, match=known.first.isoformat()):
        known.on(day)


@pytest.mark.parametrize(("known", "value"), EVERY)
def test_every_value_has_a_source_and_is_strict_as_its_text(
    known: Parameter, value: Value
) -> None:
    assert value.citation.source in source_titles()
    assert value.citation.article or value.confidence == "low" or _practice(value)
    assert known.title
    below, at, above = (value.value + step for step in (-CENT, Decimal(0), CENT))
    expected = {
        "above": (False, False, True),
        "at_least": (False, True, True),
        "at_most": (True, True, False),
        "below": (True, False, False),
    }[value.strictness]
    assert tuple(value.met_by(n) for n in (below, at, above)) == expected


def _practice(value: Value) -> bool:
    return value.citation.source == sources()["practice"].titles.en


def test_the_day_after_the_last_known_one_has_no_value() -> None:
    with pytest.raises(NotInForce) as refusal:
        parameter("thresholds.eu_local", date(2028, 1, 1))
    text = str(refusal.value)
    assert "2028-01-01" in text
    assert "2014-01-01" in text
    assert "2027-12-31" in text


def test_a_term_is_a_whole_number_with_its_article() -> None:
    standstill = term("standstill_days", date(2026, 11, 20))
    assert (standstill.value, standstill.unit) == (15, "days")
    assert standstill.citation.article == "art. 11"
    assert term("terms.standstill_days", date(2026, 11, 20)) == standstill


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(UsageError, match=r"terms\.siesta"):
        term("siesta", date(2026, 11, 20))


def test_what_is_uncertain_or_ends_soon_is_listed() -> None:
    day = date(2026, 11, 20)
    found = review(day, day)
    names = {value.name for value in found.doubtful}
    assert "terms.convocation_german_speaking_days" in names
    ending = {each.parameter.name for each in found.ending}
    assert "thresholds.eu_local" not in names | ending
    soon = {e.parameter.name for e in review(day, date(2028, 1, 30)).ending}
    assert "thresholds.eu_local" in soon


def test_an_article_is_written_the_same_in_every_language() -> None:
    cited = {v.citation for p in parameters().values() for v in p.values}
    cited |= {c for q in every_question().values() for c in q.basis}
    for citation in cited:
        assert not re.search(r" (?:and|to|of|the|in) ", citation.article), citation


def test_every_source_has_four_titles_of_its_own() -> None:
    for source in sources().values():
        titles = source.titles
        assert all((titles.fr, titles.nl, titles.de, titles.en)), source.key
    assert len(source_titles()) == len(sources())


GOOD = {
    "title": "a term",
    "unit": "days",
    "strictness": "at_least",
    "value": [
        {
            "from": date(2020, 1, 1),
            "is": 1,
            "source": "law_2016",
            "article": "art. 1",
            "confidence": "high",
        }
    ],
}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"source": ""}, "source"),
        ({"source": "hearsay"}, "hearsay"),
        ({"confidence": ""}, "confidence"),
        ({"unit": "fortnights"}, "unit"),
        ({"strictness": "about"}, "strictness"),
        ({"is": "1"}, "number"),
        ({"from": "2020"}, "days"),
        ({"until": date(2019, 1, 1)}, "ends before"),
        ({"tests": "the weather"}, "tests"),
        ({"checked": "yesterday"}, "checked"),
    ],
)
def test_a_faulty_value_does_not_load(
    change: dict[str, object], complaint: str
) -> None:
    assert read("x", {"a": GOOD})
    row = {**GOOD, "value": [{**GOOD["value"][0], **change}]}  # type: ignore[dict-item]
    with pytest.raises(BadTable, match=complaint):
        read("x", {"a": row})


def test_values_that_overlap_do_not_load() -> None:
    first = GOOD["value"][0]
    second = {**first, "from": date(2021, 1, 1)}  # type: ignore[dict-item]
    with pytest.raises(BadTable, match="overlaps"):
        read("x", {"a": {**GOOD, "value": [first, second]}})
    with pytest.raises(BadTable, match="title"):
        read("x", {"a": {**GOOD, "title": ""}})
