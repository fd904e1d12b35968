"""One lot or two: words in four languages, codes, natures, sites."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import exp
from pathlib import Path
from string import Formatter
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.matching.likeness import TABLE, Text, likeness, likeness_reasons
from jointbuy.model import Nature, Need
from tests.bench import pairs

DEV = Path(__file__).parents[2] / ".." / "shared" / "bench" / "pairs_dev.jsonl"

SAME = [
    (("fr", "Chèques-repas électroniques"), ("nl", "Maaltijdcheques")),
    (("fr", "Titres-repas pour le personnel"), ("fr", "Fourniture de chèques-repas")),
    (("fr", "Mazout de chauffage"), ("nl", "Stookolie voor gemeentegebouwen")),
    (("fr", "PC portables pour les écoles"), ("de", "Laptops für Schulen")),
    (("de", "Fensterreinigung"), ("nl", "Glazenwassen")),
    (("en", "Mobile telephony subscriptions"), ("fr", "Abonnements GSM")),
    (("nl", "Werkkledij en PBM"), ("fr", "EPI et vêtements de travail")),
    (("nl", "Bewakingsdiensten"), ("en", "Security guards")),
    (("fr", "Sel de déneigement"), ("nl", "Levering van strooizout")),
]
APART = [
    (("fr", "Ordinateurs portables"), ("fr", "Imprimantes multifonctions")),
    (("fr", "Chèques-repas"), ("nl", "Schoolmaaltijden")),
    (("fr", "Mazout de chauffage"), ("nl", "Onderhoud van verwarmingsketels")),
    (("nl", "Brood"), ("fr", "Viande")),
    (("fr", "Nettoyage des vitres"), ("fr", "Nettoyage des égouts")),
    (("de", "Büromöbel"), ("fr", "Véhicules utilitaires")),
    (("en", "Payroll software"), ("nl", "Aankoop van een tractor")),
]
TITLES = sorted({said for pair in SAME + APART for said in pair})


def text(said: tuple[str, str], cpv: str = "") -> Text:
    language, title = said
    return Text(title=title, language=language, cpv=cpv)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_purchase_in_other_words_is_likely_one_lot(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert likeness(text(one), text(other)) > 0.65


@pytest.mark.parametrize(("one", "other"), APART)
def test_neighbours_on_the_shelf_are_not_one_lot(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert likeness(text(one), text(other)) < 0.5


def test_the_order_of_the_two_does_not_matter() -> None:
    coded = [
        text(said, cpv=code)
        for said, code in zip(
            TITLES, ["", "30213100", "45233140", "30210000"] * 9, strict=False
        )
    ]
    for one, other in combinations(coded, 2):
        assert likeness(one, other) == pytest.approx(likeness(other, one), abs=1e-12)
        names = {(why.name, why.weight) for why in likeness_reasons(one, other)}
        back = {(why.name, why.weight) for why in likeness_reasons(other, one)}
        assert names == back


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(["", "fr", "nl", "de", "en", "xx", "FR-be"]),
    st.sampled_from(["", "45233140", "30213100-6", "4523314", "99999999"]),
)
def test_any_text_gets_a_score_between_nothing_and_certainty(
    one: str, other: str, language: str, cpv: str
) -> None:
    left = Text(title=one, language=language, cpv=cpv)
    right = Text(title=other, description=one, unit=other)
    score = likeness(left, right)
    assert 0 < score < 1
    assert score == pytest.approx(likeness(right, left), abs=1e-12)
    for why in likeness_reasons(left, right):
        assert str(why.message)


@pytest.mark.parametrize("empty", ["", " ", "\x00\x1b\x07", "—", "12", "de la pour"])
def test_texts_that_say_nothing_are_neither_one_lot_nor_explained(empty: str) -> None:
    assert likeness(Text(title=empty), Text(title=empty)) < 0.5
    assert likeness_reasons(Text(title=empty), Text(title=empty)) == ()


def test_control_characters_do_not_change_what_is_said() -> None:
    other = Text(title="Maaltijdcheques", language="nl")
    clean = likeness(Text(title="Chèques-repas", language="fr"), other)
    dirty = likeness(Text(title="Chèques-repas\x00\x1b\x07", language="fr"), other)
    assert dirty == pytest.approx(clean)


def test_a_book_pasted_as_a_description_is_read_in_part() -> None:
    book = " ".join(f"mot{number} woord{number}" for number in range(200_000))
    one = Text(title="Chèques-repas", description=book, language="fr")
    other = Text(title=f"Maaltijdcheques {book}", description=book, language="nl")
    begun = process_time()
    assert 0 < likeness(one, other) < 1
    assert process_time() - begun < 2


def test_the_same_words_twice_are_nearly_certain() -> None:
    for said in TITLES:
        assert likeness(text(said), text(said)) > 0.85


def test_a_need_can_be_held_against_a_text() -> None:
    need = Need(id="n", administration="a", title="Maaltijdcheques", language="nl")
    other = Text(title="Chèques-repas", language="fr")
    same = Text(title="Maaltijdcheques", language="nl")
    assert likeness(need, other) == likeness(same, other)


def test_what_one_alone_says_makes_one_lot_less_likely() -> None:
    plain = Text(title="Chaises de bureau", language="fr")
    scores = [
        likeness(plain, Text(title=f"Chaises de bureau{more}", language="fr"))
        for more in ("", " et imprimantes", " et imprimantes, pain, mazout")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_the_deeper_two_codes_agree_the_likelier_is_one_lot() -> None:
    one = Text(title="Fournitures diverses de bureau", language="fr", cpv="30192100")
    codes = ["09123000", "30213100", "30141000", "30197600", "30192110", "30192100"]
    scores = [likeness(one, replace(one, cpv=code)) for code in codes]
    assert scores == sorted(scores)
    assert scores[0] < scores[1] < scores[2] < scores[-1]


def test_one_fine_code_does_not_make_one_lot_of_two_things() -> None:
    one = Text(title="Formation premiers secours", language="fr", cpv="80510000")
    other = Text(title="Adobe Photoshop", language="fr", cpv="80510000")
    assert likeness(one, other) < 0.5


def test_a_code_of_one_alone_changes_nothing() -> None:
    one = Text(title="Chaises de bureau", language="fr")
    assert likeness(replace(one, cpv="45233140"), one) < likeness(one, one) + 1e-9
    coded = replace(one, cpv="39112000")
    assert likeness(coded, one) == pytest.approx(likeness(one, one))


def test_works_on_two_streets_are_two_lots() -> None:
    known = Text(
        title="Réfection de la rue de l’Église",
        language="fr",
        nature=Nature.WORKS,
        cpv="45233140",
    )
    other = replace(known, title="Réfection de la rue du Moulin")
    assert likeness(known, other) < 0.5
    upkeep = replace(known, title="Nettoyage de façades", cpv="45452000")
    assert likeness(upkeep, upkeep) > 0.8


def test_works_that_share_a_reference_may_be_one_site() -> None:
    one = Text(title="Rue du Moulin – dossier PIC-2031/14", nature=Nature.WORKS)
    shared = Text(title="Molenstraat, PIC-2031/14", nature=Nature.WORKS)
    other = Text(title="Molenstraat, PIC-2031/15", nature=Nature.WORKS)
    assert likeness(one, shared) > likeness(one, other)
    assert "marks" in {why.name for why in likeness_reasons(one, shared)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chèques-repas 2031", "Chèques 2031 cadeaux"),
        ("Chèques-repas 2031-2033", "Vêtements 2031-2033"),
        ("Chèques-repas 31/12/2031", "Vêtements 31/12/2031"),
        ("20 chaises", "20 tables"),
    ],
)
def test_years_days_and_small_numbers_are_no_shared_reference(
    one: str, other: str
) -> None:
    found = likeness_reasons(Text(title=one), Text(title=other))
    assert "marks" not in {why.name for why in found}


def test_natures_units_and_concessions_count_against() -> None:
    one = Text(title="Machines à café", language="fr", nature=Nature.SUPPLIES, unit="h")
    alike = likeness(one, one)
    for other in (
        replace(one, nature=Nature.SERVICES),
        replace(one, unit="kg"),
        replace(one, title="Concession de machines à café"),
        replace(one, title="Délégation de service public : machines à café"),
    ):
        assert likeness(one, other) < alike
    works = replace(one, nature=Nature.WORKS)
    assert likeness(one, works) < likeness(one, replace(one, nature=Nature.SERVICES))
    assert likeness(one, replace(one, unit="heures")) == alike
    assert likeness(one, replace(one, nature=None, unit="")) == alike


def test_missing_words_weigh_less_in_another_language() -> None:
    one = Text(title="Zyqorvane", language="fr")
    own = likeness(one, Text(title="Blemforte", language="fr"))
    foreign = likeness(one, Text(title="Blemforte", language="nl"))
    assert own < foreign < 0.5


def test_a_shared_model_name_brings_two_languages_together() -> None:
    one = Text(title="Zyqorvane 5000 pour la zone", language="fr")
    other = Text(title="Zyqorvane 5000 voor de politie", language="nl")
    assert likeness(one, other) > 0.5


def test_reasons_add_up_to_the_score() -> None:
    for one, other in SAME + APART:
        left, right = text(one, "30199770"), text(other, "30199770")
        found = likeness_reasons(left, right)
        points = TABLE["unproven"].points + sum(why.weight for why in found)
        low, high = (
            1 / (1 + exp(-(points + off * len(found)) / 10)) for off in (-0.5, 0.5)
        )
        assert low - 1e-9 <= likeness(left, right) <= high + 1e-9
        assert list(found) == sorted(found, key=lambda why: -abs(why.weight))


def test_reasons_name_the_word_of_the_other_language() -> None:
    found = likeness_reasons(
        Text(title="Chèques-repas", language="fr"),
        Text(title="Maaltijdcheques voor de kraanmachinist", language="nl"),
    )
    told = " ".join(str(said) for why in found for said in why.evidence)
    assert "“cheques” comes close to “maaltijdcheques”" in told
    assert "Only one of them says: kraanmachinist" in told
    read = next(why for why in found if why.name == "purchases")
    assert {arg.names.get("nl") for arg in read.message.args} == {"Maaltijdcheques"}


def test_every_reason_fills_the_gaps_of_its_sentence() -> None:
    needs = [
        Text(
            title=f"{title} PIC-2031/14 {number}",
            language=language,
            nature=nature,
            cpv=cpv,
            unit=unit,
        )
        for number, (language, title) in enumerate(TITLES)
        for nature, cpv, unit in (
            (Nature.WORKS, "45233140", "m"),
            (Nature.SERVICES, "71221000", "h"),
            (Nature.SUPPLIES, "30199770", "stuk"),
        )
    ]
    needs.append(Text(title="Concessie zwembad", cpv="92000000"))
    needs.append(Text(title="Façades", nature=Nature.WORKS, cpv="45452000"))
    seen = set()
    for one, other in combinations(needs[::3] + needs[1::7] + needs[-9:], 2):
        for why in likeness_reasons(one, other):
            seen.add(why.name)
            for said in (why.message, *why.evidence):
                gaps = {name for _, name, _, _ in Formatter().parse(said.text) if name}
                assert gaps == {arg.name for arg in said.args}
    assert seen >= {"words", "purchases", "marks", "one_site", "one_design", "upkeep"}
    assert seen >= {"works_apart", "nature_apart", "units_apart", "own_operation"}
    assert seen >= {"same_code", "other_division"}


# -- the bench -------------------------------------------------------------------------


def test_the_bench_prints_a_score_for_each_pair(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(
        '{"id": "p1", "a": {"text": "Pain"}, "b": {"text": "Brood"}, "label": 1}\n\n'
        '{"id": "p2", "a": {"text": "Pain", "nature": null, "cpv": "15811000"}, '
        '"b": {"text": "Tracteur", "description": null, "language": "fr"}}\n',
        encoding="utf-8",
    )
    assert pairs.main([str(file)]) == 0
    printed = capsys.readouterr()
    rows = [line.split("\t") for line in printed.out.splitlines()]
    assert [name for name, _ in rows] == ["p1", "p2"]
    assert float(rows[0][1]) > 0.5 > float(rows[1][1])
    assert printed.err == ""


@pytest.mark.parametrize("line", ["{", "[1]", '{"a": {}}', '{"a": 1, "b": 2}', "7"])
def test_the_bench_names_the_line_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(f'{{"a": {{}}, "b": {{}}}}\n{line}\n', encoding="utf-8")
    assert pairs.main([str(file)]) == 2
    assert "line 2 is not a pair of texts" in capsys.readouterr().err
    assert pairs.main([str(tmp_path / "absent")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_area_counts_ties_by_halves() -> None:
    labels = np.array([1, 1, 0, 0])
    assert pairs.area(labels, np.array([0.9, 0.8, 0.1, 0.2])) == 1
    assert pairs.area(labels, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5
    assert pairs.area(labels, np.array([0.1, 0.9, 0.5, 0.1])) == 0.625


def test_the_cosine_of_letters_is_one_for_a_text_and_itself() -> None:
    found = pairs.letters([("pain gris", "pain gris"), ("pain", "vrxt"), ("", "pain")])
    assert found[0] == pytest.approx(1)
    assert found[1] == found[2] == 0


@pytest.mark.skipif(not DEV.is_file(), reason="the judged pairs are not here")
def test_judged_pairs_are_told_apart_better_than_by_their_letters() -> None:
    read = list(pairs.read(DEV))
    labels = np.array([pair.label for pair in read])
    scores = np.array([likeness(pair.one, pair.other) for pair in read])
    assert len(read) > 100
    assert pairs.area(labels, scores) >= 0.85
    for chosen in (slice(0, None, 2), slice(1, None, 2)):
        assert pairs.area(labels[chosen], scores[chosen]) >= 0.85
    whole = [
        (
            f"{pair.one.title} {pair.one.description}",
            f"{pair.other.title} {pair.other.description}",
        )
        for pair in read
    ]
    better, low, _ = pairs.resampled(labels, scores, pairs.letters(whole))
    assert better >= 0.95
    assert low >= 0.85
