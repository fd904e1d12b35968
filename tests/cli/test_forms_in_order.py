"""The order of the forms, and answers from other dossiers, by command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointbuy.model import Form

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

ON = ("--on", "2026-11-23")


@pytest.fixture
def two(jointbuy: Run, brussels: object) -> tuple[str, str]:
    """The first two joint proposals of the sample."""
    lines = jointbuy("match", "--json", "--kind", "joint", *ON).lines
    return str(lines[0]["id"]), str(lines[1]["id"])


def test_a_check_of_a_form_names_all_forms_in_order(jointbuy: Run) -> None:
    done = jointbuy("check", "--form", "horizontal", "--answer", "c3=no", *ON)
    head, _, order = done.out.partition("order of preference:")
    assert "A party that only pays does not cooperate" in head
    lines = [line for line in order.splitlines() if line[2:3].isdigit()]
    assert len(lines) == len(Form) - 1
    assert lines[0].startswith("  1  joint contract: questions still open")
    assert "–  horizontal cooperation: excluded: A party that only pays" in order
    assert "C-429/19" in order
    assert "--forms" in order


def test_forms_are_ranked_on_answers_without_a_form(
    jointbuy: Run, tmp_path: Path
) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('g0_2 = "no"\nf1 = "no"\n', encoding="utf-8")
    found = jointbuy("check", "--answers", file, "--json", *ON).json
    assert found["form"] is None
    assert found["forms"][0]["form"] == "free_sharing"
    assert found["forms"][0]["state"] == "open"
    out = {each["form"] for each in found["forms"] if each["state"] == "out"}
    assert {"joint_contract", "horizontal", "in_house"} <= out
    for each in found["forms"]:
        assert each["reason"]
        assert each["basis"]
        assert (each["place"] is None) is (each["state"] == "out")
        assert all(reason["basis"] for reason in each["against"])


def test_in_full_the_order_says_why(jointbuy: Run) -> None:
    out = " ".join(jointbuy("check", "--forms", *ON).out.split())
    assert "This order is one of prudence; no text imposes it." in out
    assert "Contact the supervisory authority before deciding." in out
    assert out.count("whoever relies on the exception has to prove them") == 3


def test_without_anything_to_check_a_proposal_is_asked_for(jointbuy: Run) -> None:
    assert "--form" in jointbuy("check", code=2).err
    assert "proposal" in jointbuy(
        "check", "--form", "in_house", "--provider", "iMio", code=2
    ).err  # fmt: skip


def test_an_answer_of_another_dossier_is_shown_and_taken_over(
    jointbuy: Run, two: tuple[str, str]
) -> None:
    one, other = two
    jointbuy(
        "check", one, "--form", "in_house", "--provider", "iMio",
        "--answer", "h3=no", "--answer", "h5=92", *ON,
    )  # fmt: skip
    asked = ("check", other, "--form", "in_house_joint")
    nobody = jointbuy(*asked, *ON).out
    assert "Nobody is named who would do the work" in " ".join(nobody.split())
    shown = " ".join(jointbuy(*asked, "--provider", "IMIO", *ON).out.split())
    assert "Answered elsewhere; it does not count here until it is taken over" in shown
    assert "k6 no, answered on 23/11/2026 by tester in “" in shown
    assert f"[{one}]. It was given under question h3." in shown
    plain = jointbuy(*asked, "--json", *ON).json
    assert {"k6", "k7"} <= set(plain["open_questions"])
    assert [each["question"] for each in plain["proposed"]] == ["k6", "k7"]
    assert plain["proposed"][0]["dossiers"] == [one]
    done = jointbuy(*asked, "--take-over", "k6", *ON)
    assert "k6" in done.err
    plain = jointbuy(*asked, "--take-over", "--json", *ON).json
    assert plain["taken_over"] == ["k7"]
    assert not {"k6", "k7"} & set(plain["open_questions"])
    assert plain["provider"] == "IMIO"


def test_answers_that_contradict_are_shown(jointbuy: Run, two: tuple[str, str]) -> None:
    one, other = two
    for id_, form, answer in (
        (one, "in_house", "h3=no"),
        (other, "in_house_joint", "k6=yes"),
    ):
        done = jointbuy(
            "check", id_, "--form", form, "--provider", "iMio", "--answer", answer, *ON
        )
    said = " ".join(done.out.split())
    assert "! Answers that contradict each other: direct private capital" in said
    assert "- yes: 23/11/2026, tester, this dossier, question k6" in said
    plain = jointbuy("check", one, "--json", *ON).json
    (found,) = plain["contradictions"]
    assert found["fact"] == "private_capital"
    assert {each["value"] for each in found["answers"]} == {"yes", "no"}


def test_another_provider_is_said_to_take_answers_out(
    jointbuy: Run, two: tuple[str, str]
) -> None:
    check = ("check", two[0], "--form", "in_house", *ON)
    jointbuy(*check, "--provider", "iMio", "--answer", "h3=no")
    assert "h3" in jointbuy(*check, "--provider", "Vivaqua").err
