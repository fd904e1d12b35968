from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from jointbuy.errors import NotFound
from jointbuy.l10n.catalogue import catalogue
from jointbuy.law import Facts, check, parameters, question, sources
from jointbuy.law import rulings as module
from jointbuy.law.questions import every_question
from jointbuy.law.rulings import (
    Ruling,
    cited_rulings,
    later_rulings,
    ruling,
    rulings,
)
from jointbuy.law.tables import BadTable
from jointbuy.model import Form

COURT = re.compile(r"^CJEU")
DAY = date(2026, 11, 20)
A_DAY = timedelta(days=1)
EVERY = [pytest.param(each, id=key) for key, each in rulings().items()]

NUMBERS = """C-107/98 C-26/03 C-458/03 C-340/04 C-295/05 C-324/07 C-573/07 C-480/06
C-182/11 C-183/11 C-159/11 C-386/11 C-15/13 C-574/12 C-553/15 C-51/15 C-567/15
C-606/17 C-216/17 C-285/18 C-89/19 C-90/19 C-91/19 C-796/18 C-429/19 C-328/19
C-23/20 C-719/20 C-274/21 C-275/21 C-383/21 C-384/21 C-578/23 C-452/23 C-692/23"""


def test_the_register_holds_every_case_that_shapes_the_checks() -> None:
    held = {number for each in rulings().values() for number in each.numbers}
    assert held == set(NUMBERS.split())


def test_they_stand_from_the_oldest_to_the_newest() -> None:
    days = [each.day for each in rulings().values()]
    assert days == sorted(days)
    assert days[0] == date(1999, 11, 18)


def test_every_text_of_the_court_is_in_the_register_and_the_other_way_round() -> None:
    of_court = {key for key, each in sources().items() if COURT.match(each.titles.en)}
    assert of_court == set(rulings())


@pytest.mark.parametrize("each", EVERY)
def test_a_ruling_agrees_with_the_title_it_is_cited_by(each: Ruling) -> None:
    titles = each.source.titles
    for title in titles.as_dict().values():
        assert each.numbers[0] in title
        assert str(each.day.year) in title
        assert re.search(rf"\b{each.day.day}\b", title)
    assert each.source.year == each.day.year
    assert each.numbers[0] in each.source.url
    assert ("order" in titles.en) == (each.kind == "order")
    assert ("ordonnance" in titles.fr) == (each.kind == "order")


@pytest.mark.parametrize("each", EVERY)
def test_a_question_rests_on_every_ruling(each: Ruling) -> None:
    assert each.questions
    form = each.questions[0].forms[0]
    findings = check(form, Facts(answers={}, on=DAY))
    of_question = [f for f in findings if f.ask == each.questions[0].code]
    for finding in of_question:
        assert each in cited_rulings(finding.basis)


@pytest.mark.parametrize("each", EVERY)
def test_a_holding_and_its_effect_are_said_in_four_languages(each: Ruling) -> None:
    for message in (each.holding, each.effect):
        said = {code: catalogue(code).say(message) for code in ("fr", "nl", "de", "en")}
        assert len(set(said.values())) == 4, message.text


@pytest.mark.parametrize("each", EVERY)
def test_joined_cases_are_cited_together(each: Ruling) -> None:
    for title in each.source.titles.as_dict().values():
        assert each.numbers[-1] in title


def test_who_gave_it_is_told_only_where_it_is_known() -> None:
    known = {key: each.formation for key, each in rulings().items() if each.formation}
    assert known == {
        "hamburg": "grand_chamber",
        "lecce": "grand_chamber",
        "fastned": "grand_chamber",
        "avr": "fifth_chamber",
    }


def test_rulings_that_are_often_mixed_up_are_two() -> None:
    assert ruling("Rieco").kind == "order"
    assert ruling("Lerici").numbers == ("C-719/20",)
    assert ruling("C-429/19").day != ruling("C-51/15").day


@pytest.mark.parametrize(
    "text", ["C-383/21", "c-384/21", "383/21", " C-383/21 ", "sambre_biesme", "Sambre"]
)
def test_a_ruling_is_found_by_any_of_its_numbers_its_key_or_its_name(
    text: str,
) -> None:
    assert ruling(text).key == "sambre_biesme"


def test_a_name_of_two_rulings_asks_for_a_number() -> None:
    with pytest.raises(NotFound, match=r"C-51/15.*C-429/19"):
        ruling("Remondis")


@pytest.mark.parametrize("text", ["", "   ", "C-1/99", "nobody"])
def test_a_ruling_that_is_not_there_is_said(text: str) -> None:
    with pytest.raises(NotFound, match="law cases"):
        ruling(text)


def test_rulings_are_linked_from_what_cites_them_each_once() -> None:
    basis = question("h8").basis
    assert [each.key for each in cited_rulings((*basis, *basis))] == [
        "sea",
        "lerici",
        "fastned",
    ]
    assert cited_rulings(question("j2").basis) == ()


def test_a_ruling_is_later_from_the_day_before_it_back() -> None:
    basis = question("h6").basis
    given = ruling("C-692/23").day
    assert later_rulings(basis, given) == ()
    assert [each.key for each in later_rulings(basis, given - A_DAY)] == ["avr"]


def test_a_question_of_articles_30_and_31_cites_its_article_too() -> None:
    for code, article in [
        ("c3", "art. 31, 1°"),
        ("c5", "art. 31, 1°"),
        ("c9", "art. 31"),
        ("k3", "art. 30, § 3"),
        ("k8", "art. 30, § 3, 2°; § 4"),
    ]:
        assert question(code).basis[0].article == article


def test_a_ruling_is_cited_where_it_is_to_the_point() -> None:
    for key, codes in [("cz", {"g0_5"}), ("litspecmet", {"h9", "r3"})]:
        assert {each.code for each in rulings()[key].questions} == codes


def test_only_what_nobody_could_compare_is_to_be_verified() -> None:
    doubtful = [key for key, each in rulings().items() if each.to_verify]
    assert doubtful == ["cz"]
    assert all(rulings()[key].checked is None for key in doubtful)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"kind": "opinion"}, "kind"),
        ({"formation": "plenary"}, "formation"),
        ({"confidence": "sure"}, "confidence"),
    ],
)
def test_a_faulty_ruling_does_not_load(
    cells: dict[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        "name": "x", "numbers": ["C-1/01"], "day": DAY,
        "holding": "x", "effect": "x", **cells,
    }  # fmt: skip
    monkeypatch.setattr(module, "table", lambda _: {"teckal": row})
    with pytest.raises(BadTable, match=complaint):
        rulings.__wrapped__()
    monkeypatch.setattr(module, "table", lambda _: {"hearsay": row})
    with pytest.raises(BadTable, match="hearsay"):
        rulings.__wrapped__()


def test_everything_the_law_is_said_to_rest_on_is_a_known_text() -> None:
    titles = {each.titles.en for each in sources().values()}
    cited = {c.source for q in every_question().values() for c in q.basis}
    cited |= {v.citation.source for p in parameters().values() for v in p.values}
    assert cited <= titles
    for form in Form:
        for finding in check(form, Facts(answers={}, on=DAY)):
            assert finding.basis, finding.rule
