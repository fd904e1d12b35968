"""From nothing to a draft convention, by command, on an empty register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
import xlsxwriter
from docx import Document
from icalendar import Calendar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

ROWS = (
    ("commune", "Contrôles médicaux du personnel", "services", "36.000", "01/04/2027"),
    (
        "cpas",
        "Medische controles van het personeel",
        "diensten",
        "22.800",
        "15/04/2027",
    ),
    ("commune", "Papier à copier A4", "fournitures", "52000", "01/03/2027"),
    ("cpas", "Kopieerpapier A4", "leveringen", "19.500", "15/03/2027"),
    ("commune", "Nettoyage des vitres", "services", "74.000", "01/05/2027"),
    ("cpas", "Ramen wassen", "diensten", "31.000", "01/06/2027"),
    ("commune", "Mobilier de bureau", "fournitures", "128.000", "01/03/2027"),
    ("commune", "Élagage d'arbres", "services", "45.000", "01/10/2027"),
    ("cpas", "Incontinentiemateriaal", "leveringen", "90.000", "01/02/2027"),
    ("cpas", "Onderhoud liften", "diensten", "25.000", "01/01/2028"),
)


def write_needs(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    headings = ("Administration", "Objet", "Nature", "Estimation HTVA", "Au plus tôt")
    for column, heading in enumerate((*headings, "Au plus tard")):
        sheet.write_string(0, column, heading)
    for number, row in enumerate(ROWS, start=1):
        for column, cell in enumerate((*row, "31/12/2028")):
            sheet.write_string(number, column, cell)
    book.close()


@pytest.mark.usefixtures("empty")
def test_two_administrations_buy_together_from_needs_to_convention(
    jointbuy: Run, tmp_path: Path
) -> None:
    on = ("--on", "2026-11-23")
    for who, name, kind in (
        ("commune", "Commune de Val-Tilleul", "commune"),
        ("cpas", "CPAS de Val-Tilleul", "cpas"),
    ):
        jointbuy(
            "administrations", "add", who, "--fr", name, "--kind", kind,
            "--region", "brussels", "--languages", "fr,nl", "--territory", "BE100",
            "--postcode", "1094", "--belongs-to", "commune" if kind == "cpas" else "",
            "--council", "2026-12-17,2027-01-21,2027-02-18,2027-03-18",
        )  # fmt: skip
    write_needs(tmp_path / "needs.xlsx")
    imported = jointbuy("needs", "import", tmp_path / "needs.xlsx", "--json", *on).json
    assert isinstance(imported, dict)
    assert len(imported["created"]) == len(ROWS)

    proposals = jointbuy("match", "--json", *on).lines
    checks = ROWS[0][1]
    titles = {need["id"]: need["title"] for need in imported["needs"]}
    together = next(
        p
        for p in proposals
        if p["kind"] == "joint" and checks in {titles[id_] for id_ in p["needs"]}
    )
    assert {titles[id_] for id_ in together["needs"]} == {checks, ROWS[1][1]}
    assert together["launch"] == "2027-04-15"
    id_ = str(together["id"])
    assert jointbuy("show", id_, *on).out.startswith(id_)

    check = jointbuy("check", id_, "--json", *on).json
    assert isinstance(check, dict)
    assert "j3" in check["open_questions"]
    answered = jointbuy(
        "check", id_, "--answer", "j3=yes", "--answer", "pilot_mandate=yes", *on,
        code=3,
    )  # fmt: skip
    assert "pilot_mandate" in answered.err
    check = jointbuy("check", id_, "--answer", "j3=yes", "--json", *on).json
    assert isinstance(check, dict)
    assert "j3" not in check["open_questions"]

    jointbuy("retain", id_, "--pilot", "commune", "--why", "same supplier", *on)
    plan = jointbuy("plan", id_, "--wanted", "2027-09-01", "--json", *on).json
    assert isinstance(plan, dict)
    codes = {step["code"] for step in plan["milestones"]}
    assert {"council:commune", "council:cpas"} <= codes

    ics = tmp_path / "deadlines.ics"
    listed = jointbuy("deadlines", "--ics", ics, "--json", *on).json
    assert isinstance(listed, list)
    events = list(Calendar.from_ical(ics.read_bytes()).walk("VEVENT"))
    assert len(events) == len(listed) > 0

    for language in ("fr", "nl"):
        drafted = jointbuy(
            "draft", id_, "--lang", language, "--out", tmp_path / "out", "--json", *on
        ).json
        assert isinstance(drafted, dict)
        paper = Document(drafted["files"][0])
        text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
        assert "Val-Tilleul" in text
        assert drafted["to_complete"]

    jointbuy(
        "decide", id_, "-a", "cpas", "--stage", "participation", "--outcome", "yes",
        "--day", "2026-11-20", *on,
    )  # fmt: skip
    history = jointbuy("history", "--json").json
    assert isinstance(history, list)
    assert history[-1]["by"] == "tester"
    jointbuy("undo")
    shown = msgspec.json.decode(jointbuy("show", id_, "--json", *on).out)
    assert not shown["dossier"].get("decisions")
