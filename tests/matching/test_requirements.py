"""Hard requirements are intersected: the strictest of each, or else lots."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.matching.requirements import Compared, compare
from jointbuy.model import Need


def need(name: str, *asked: str, language: str = "fr") -> Need:
    return Need(
        id=name,
        administration=f"a{name}",
        title="Papier",
        language=language,
        requirements=asked,
    )


def of(*asked: str) -> Compared:
    return compare([need(str(place), text) for place, text in enumerate(asked)])


@pytest.mark.parametrize(
    ("one", "other", "strict"),
    [
        ("≥ 80 g/m²", "au moins 75 g/m²", "≥ 80 g/m²"),
        ("max 48 h", "72 h", "max 48 h"),
        ("max 48 h", "maximum 72 h", "max 48 h"),
        ("Réponse en 24 h", "réponse sous 2 jours", "Réponse en 24 h"),
        ("Garantie 3 ans", "5 ans de garantie", "5 ans de garantie"),
        ("≥ 80 g/m²", "85 g/m²", "85 g/m²"),
        ("moins de 5 km", "max 5 km", "moins de 5 km"),
    ],
)
def test_the_stricter_figure_meets_the_other(one: str, other: str, strict: str) -> None:
    found = of(one, other)
    assert [each.strict for each in found.strictest] == [(strict,)]
    assert {*found.strictest[0].others} == {one, other} - {strict}
    assert found.contradictions == ()
    assert found.apart == 1
    assert found.holders[one] == ("a0",)


def test_what_else_a_requirement_asks_still_sets_them_apart() -> None:
    found = of("Papier blanc ≥ 75 g/m²", "≥ 80 g/m²")
    assert found.strictest[0].others == ("Papier blanc ≥ 75 g/m²",)
    assert found.apart == 2
    found = of("Intervention 8 h, garantie 5 ans", "intervention 4 h")
    assert found.strictest[0].strict == ("intervention 4 h",)
    assert found.apart == 2


def test_a_lower_and_an_upper_limit_are_both_kept() -> None:
    (found,) = of("≥ 80 g/m²", "min. 90 g/m²", "au plus 100 g/m²").strictest
    assert found.strict == ("min. 90 g/m²", "au plus 100 g/m²")
    assert found.others == ("≥ 80 g/m²",)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("≥ 80 g/m²", "max 75 g/m²", "figures"),
        ("80 g/m²", "75 g/m²", "figures"),
        ("au moins 60 dB", "moins de 60 dB", "figures"),
        ("A4", "Format A3", "formats"),
        ("Sans pesticide", "Avec pesticides", "absence"),
    ],
)
def test_what_excludes_each_other_is_a_contradiction(
    one: str, other: str, kind: str
) -> None:
    (found,) = of(one, other).contradictions
    assert {found.one, found.other} == {one, other}
    assert found.kind == kind
    assert of(one, other).strictest == ()
    assert of(one, other).apart == 0


def test_a_figure_without_a_direction_may_be_meant_as_a_limit() -> None:
    (found,) = of("≥ 80 g/m²", "75 g/m²").contradictions
    assert found.unsaid == ("75 g/m²",)
    (clear,) = of("≥ 80 g/m²", "max 75 g/m²").contradictions
    assert clear.unsaid == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Livraison 48 h", "Réponse en 24 h"),
        ("A4 et A3", "A3"),
        ("Garantie 2 ans", "2 ans de garantie"),
        ("Station ouverte 24 h sur 24", "Livraison 48 h"),
    ],
)
def test_figures_about_two_things_neither_meet_nor_exclude(
    one: str, other: str
) -> None:
    found = of(one, other)
    assert found.contradictions == ()
    assert not any(each.others for each in found.strictest)


def test_one_need_with_two_articles_contradicts_nobody() -> None:
    own = need("1", "Papier 80 g/m²", "Papier 160 g/m²")
    assert compare([own, need("2", "Papier 80 g/m²")]).contradictions == ()


def test_languages_do_not_keep_figures_apart() -> None:
    found = compare(
        [
            need("1", "Livraison en 48 h"),
            need("2", "Levering binnen 24 uur", language="nl"),
            need("3", "Lieferung innerhalb von 72 Stunden", language="de"),
        ]
    )
    (strictest,) = found.strictest
    assert strictest.strict == ("Levering binnen 24 uur",)
    assert len(strictest.others) == 2


TEXTS = (
    "≥ 80 g/m²",
    "75 g/m²",
    "max 100 g/m²",
    "Papier 90 g",
    "max 48 h",
    "72 h",
    "Réponse en 24 h",
    "antwoord binnen 48 uur",
    "A4",
    "A3",
    "Bilingue",
    "tweetalig",
    "Sans pesticide",
    "Avec pesticides",
)
asked = st.lists(
    st.tuples(
        st.lists(st.sampled_from(TEXTS), max_size=3, unique=True),
        st.sampled_from(("fr", "nl", "")),
    ),
    max_size=4,
).map(
    lambda lists: [
        need(str(place), *texts, language=language)
        for place, (texts, language) in enumerate(lists)
    ]
)
quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@quick
@given(asked, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(needs: list[Need], chance: Random) -> None:
    mixed = list(needs)
    chance.shuffle(mixed)
    assert compare(mixed) == compare(needs)


@quick
@given(asked)
def test_nobody_contradicts_themselves(needs: list[Need]) -> None:
    for one in needs:
        twice = [one, need("twin", *one.requirements, language=one.language)]
        found = compare(twice)
        assert found.contradictions == () or len(one.requirements) > 1
        assert found.differing == {}
        assert found.apart == 0


@quick
@given(asked)
def test_every_requirement_is_either_shared_or_differs(needs: list[Need]) -> None:
    found = compare(needs)
    assert not set(found.shared) & set(found.differing)
    written = {*found.shared.values(), *found.differing.values()}
    assert set(found.holders) == written
    named = {
        text
        for one in found.strictest
        for text in (*one.strict, *one.others, *one.alike)
    }
    named |= {text for one in found.contradictions for text in (one.one, one.other)}
    assert named <= {text for one in needs for text in one.requirements}
    assert 0 <= found.apart <= len(found.differing)
