"""Codes suggested from the thesaurus, the words of buyers and an installed list."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jointbuy.vocabulary import official
from jointbuy.vocabulary.official import FILE, INDEX, CpvList, install, installed
from jointbuy.vocabulary.search import search, suggest

MADE_UP = """code,fr,nl,de,en
37310000,Instruments,Instrumenten,Instrumente,Instruments
37311000,Instruments à clavier,Toetsinstrumenten,Tasteninstrumente,Keyboards
37311200,Accordéons,Accordeons,Akkordeons,Accordions
38820000,Télécommandes,Afstandsbedieningen,Fernsteuerungen,Remote controls
44000000,Matériaux,Materialen,Baustoffe,Materials
44112000,Frimolets de toit,Frimoletten,Frimoletten,Frimolets
45000000,Construction,Bouw,Bau,Construction
45261000,Pose de frimolets,Plaatsen van frimoletten,Frimolettenbau,Frimolet laying
45443000,Ravalement,Gevelwerken,Fassadenarbeiten,Facade work
98390000,Soin de frimolets,Verzorgen van frimoletten,Frimolettenpflege,Frimolet care
"""


@pytest.fixture
def made_up(tmp_path: Path) -> CpvList:
    (tmp_path / "list.csv").write_text(MADE_UP, encoding="utf-8")
    install(tmp_path / "list.csv", tmp_path)
    kept = installed(tmp_path)
    assert kept is not None
    return kept


def codes(title: str, **more: object) -> list[str]:
    return [one.code for one in search(title, **more)]  # type: ignore[arg-type]


def test_an_official_wording_is_found_and_said(made_up: CpvList) -> None:
    first = search("accordeons", language="nl", official=made_up)[0]
    assert first.code == "37311200"
    assert str(first.why) == "The official wording says “Accordeons”."
    assert first.labels["de"] == "Akkordeons"


def test_an_inflected_or_misspelt_word_finds_its_wording(made_up: CpvList) -> None:
    for title in ("accordeon", "acordeons", "Akkordeone"):
        assert codes(title, official=made_up)[0] == "37311200"


def test_the_nature_decides_between_codes_that_say_the_same(made_up: CpvList) -> None:
    for nature, code in (
        ("works", "45261000"),
        ("supplies", "44112000"),
        ("services", "98390000"),
    ):
        assert codes("frimolets", nature=nature, official=made_up)[0] == code


def test_what_buyers_call_it_is_heard_and_said() -> None:
    found = search("Objektplanung Verkehrsanlagen")
    assert found[0].code.startswith("713")
    told = {str(one.why) for one in found}
    assert any("Public buyers often file" in one for one in told)
    assert all(one.labels for one in found)


def test_the_description_speaks_where_the_title_is_silent() -> None:
    title, description = "Lot 3", "Rohbauarbeiten am Neubau der Grundschule"
    assert codes(title) == []
    assert codes(title, description=description)[0].startswith("452")


def test_the_title_speaks_louder_than_the_description() -> None:
    with_more = codes("Streusalz", description="Lieferung in Paletten, Winterdienst")
    assert with_more[0] == codes("Streusalz")[0]


def test_five_suggestions_cover_several_classes() -> None:
    for title in ("Objektplanung Gebäude", "travaux de voirie", "schoonmaak scholen"):
        found = codes(title)
        assert len(found) == len(set(found)) == 5
        assert len({code[:4] for code in found}) >= 3


def test_scores_fall_from_the_first_to_the_last(made_up: CpvList) -> None:
    for listed in (None, made_up):
        for title in ("Formations bureautiques des agents", "toiture en frimolets"):
            scores = [one.score for one in search(title, official=listed)]
            assert scores == sorted(scores, reverse=True)
            assert all(0 < score < 1 for score in scores)


def test_more_are_suggested_where_more_are_wanted() -> None:
    assert len(codes("travaux de voirie", limit=8)) == 8
    assert codes("travaux de voirie", limit=1) == codes("travaux de voirie")[:1]


def test_a_code_typed_comes_first_whatever_the_list_says(made_up: CpvList) -> None:
    assert codes("37311200-3", official=made_up)[0] == "37311200"
    unknown = search("12345678", official=made_up)[0]
    assert "does not have it" in str(unknown.why)


def test_in_bulk_the_list_is_asked_like_alone(made_up: CpvList) -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "text": "frimolets", "nature": "works", "description": "", "x": None},
        {"id": 2, "text": "accordeons", "language": "nl"},
        {"id": 3, "text": "xqzt"},
        {"id": 4},
    ]
    found = list(suggest(rows, official=made_up))
    assert [one["id"] for one in found] == [1, 2, 3, 4]
    alone = codes("frimolets", nature="works", official=made_up)
    assert found[0]["suggestions"] == alone
    assert found[2]["suggestions"] == found[3]["suggestions"] == []


# -- the index beside the list ---------------------------------------------------------


def test_the_index_is_kept_when_the_list_is_installed(
    made_up: CpvList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (tmp_path / INDEX).is_file()

    def never(_: object) -> None:
        raise AssertionError("it was kept")

    monkeypatch.setattr("jointbuy.vocabulary.retrieval.build", never)
    assert codes("accordeons", official=made_up)[0] == "37311200"


@pytest.mark.parametrize("harm", ["missing", "spoilt", "of another list"])
def test_an_index_that_cannot_serve_is_made_again(
    made_up: CpvList, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / INDEX
    good = file.read_bytes()
    if harm == "missing":
        file.unlink()
    elif harm == "spoilt":
        file.write_bytes(good[:100])
    else:
        other = MADE_UP.replace("Accordéons", "Orgues")
        (tmp_path / "other.csv").write_text(other, encoding="utf-8")
        install(tmp_path / "other.csv", tmp_path / "other")
        file.write_bytes((tmp_path / "other" / INDEX).read_bytes())
    kept = installed(tmp_path)
    assert codes("accordeons", official=kept) == codes("accordeons", official=made_up)
    assert file.read_bytes() == good


def test_a_list_installed_before_there_was_an_index_still_serves(
    tmp_path: Path,
) -> None:
    old = {"format": "jointbuy-cpv-1", "codes": {"37311200": {"en": "Accordions"}}}
    (tmp_path / FILE).write_text(json.dumps(old), encoding="utf-8")
    assert codes("accordions", official=installed(tmp_path))[0] == "37311200"
    assert (tmp_path / INDEX).is_file()


def test_a_folder_that_cannot_be_written_does_not_stop_a_search(
    made_up: CpvList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / INDEX).unlink()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(official, "_replace", refuse)
    assert codes("accordeons", official=made_up)[0] == "37311200"


def test_without_the_list_no_numpy_is_loaded() -> None:
    code = (
        "import sys; from jointbuy.vocabulary.search import search; "
        "assert search('voirie'); assert 'numpy' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
