from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec
import pytest

from jointbuy.matching.lines import match_lines
from tests.bench import concepts, planted

pytestmark = pytest.mark.skipif(
    bool(concepts.missing()), reason=concepts.missing() or "-"
)

MANY = 4000


def _written(kind: str, seed: int = 7) -> tuple[list[planted.Need], planted.Truth]:
    truth = planted.Truth()
    decode = msgspec.json.Decoder(planted.Need).decode
    found = [
        decode(line) for line in planted.lines(MANY, kind=kind, seed=seed, truth=truth)
    ]
    return found, truth


@pytest.fixture(scope="module")
def easy() -> tuple[list[planted.Need], planted.Truth]:
    return _written("easy")


@pytest.fixture(scope="module")
def hard() -> tuple[list[planted.Need], planted.Truth]:
    return _written("hard")


def _exact(needs: list[planted.Need], truth: planted.Truth) -> float:
    known = concepts.concepts(7)
    same = [
        need.cpv == known[concept].code
        for need, concept in zip(needs, truth.concept, strict=True)
    ]
    return sum(same) / len(same)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, other = (b"".join(planted.lines(500, kind="hard", seed=3)) for _ in "ab")
    assert one == other
    assert one != b"".join(planted.lines(500, kind="hard", seed=4))


def test_no_planted_wording_is_one_of_the_thesaurus() -> None:
    wordings = {
        concepts.folded(text)
        for concept in concepts.concepts(7)
        for own in concept.wordings.values()
        for text in own
    }
    assert len(wordings) > 10_000
    assert len(concepts.own_terms()) > 1000
    assert not wordings & concepts.own_terms()


def test_every_concept_has_several_wordings_in_each_language() -> None:
    for concept in concepts.concepts(7):
        assert sorted(concept.wordings) == sorted(concepts.LANGUAGES)
        assert all(len(own) >= 5 for own in concept.wordings.values()), concept.code


def test_concepts_share_classes() -> None:
    classes = Counter(concept.code[:4] for concept in concepts.concepts(7))
    shared = sum(count for count in classes.values() if count > 1)
    assert shared > len(concepts.concepts(7)) / 3


def test_every_planted_line_can_be_read() -> None:
    read = match_lines(
        planted.lines(300, kind="hard", seed=7),
        on=date(2026, 11, 21),
        max_framework_months=48,
    )
    assert read.needs == 300
    assert not read.problems


@pytest.mark.parametrize("kind", ["easy", "hard"])
def test_windows_hold_the_campaign_day_unless_they_are_loose(
    kind: str, request: pytest.FixtureRequest
) -> None:
    needs, truth = request.getfixturevalue(kind)
    days: dict[int, int] = {}
    for need, group, day, loose in zip(
        needs, truth.group, truth.day, truth.loose, strict=True
    ):
        inside = need.earliest <= date.fromordinal(day) <= need.latest
        assert inside is not loose
        assert days.setdefault(group, day) == day
    assert 0.05 < sum(truth.loose) / MANY < 0.07


def test_windows_follow_one_another_in_the_continuous_set() -> None:
    needs, truth = _written("continuous")
    assert not any(truth.loose)
    lengths = [(need.latest - need.earliest).days for need in needs]
    assert min(lengths) >= 60
    assert sum(lengths) / MANY > planted.CAMPAIGN_DAYS


def test_a_true_group_is_one_territory_concept_and_campaign(
    hard: tuple[list[planted.Need], planted.Truth],
) -> None:
    needs, truth = hard
    seen: dict[int, tuple[str, int, int]] = {}
    for need, group, concept, day in zip(
        needs, truth.group, truth.concept, truth.day, strict=True
    ):
        own = (need.territory, concept, day)
        assert seen.setdefault(group, own) == own
    assert len(set(seen.values())) == len(seen)


def test_the_codes_are_as_exact_as_stated(
    easy: tuple[list[planted.Need], planted.Truth],
    hard: tuple[list[planted.Need], planted.Truth],
) -> None:
    assert 0.58 < _exact(*easy) < 0.66
    assert 0.25 < _exact(*hard) < 0.45
    coarse = [need.cpv for need in hard[0] if need.cpv and need.cpv.endswith("0000")]
    assert len(coarse) / MANY > 0.3


def test_descriptions_and_titles_lack_as_often_as_stated(
    easy: tuple[list[planted.Need], planted.Truth],
    hard: tuple[list[planted.Need], planted.Truth],
) -> None:
    assert 0.17 < sum(need.description is None for need in easy[0]) / MANY < 0.23
    assert 0.46 < sum(need.description is None for need in hard[0]) / MANY < 0.54
    capitals = sum(need.title.isupper() for need in easy[0]) / MANY
    assert 0.03 < capitals < 0.08


def test_a_concept_is_counted_in_one_unit_and_has_one_nature(
    easy: tuple[list[planted.Need], planted.Truth],
) -> None:
    natures: dict[int, str] = {}
    for need, concept in zip(easy[0], easy[1].concept, strict=True):
        if need.nature:
            assert natures.setdefault(concept, need.nature) == need.nature
        if need.unit:
            assert need.unit in concepts.concepts(7)[concept].units.values()


def test_all_three_languages_are_written(
    easy: tuple[list[planted.Need], planted.Truth],
) -> None:
    shares = Counter(easy[1].language)
    assert sorted(shares) == ["de", "fr", "nl"]
    assert min(shares["fr"], shares["nl"]) > MANY / 4


def test_the_truth_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("planted") / "needs.ndjson"
    truth = planted.write(path, 200, kind="easy", seed=1)
    assert planted.read_truth(path) == truth
    assert len(path.read_bytes().splitlines()) == 200


def test_a_set_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="easy, hard, continuous"):
        planted.lines(1, kind="middling")
