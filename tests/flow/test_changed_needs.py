"""What is retained when the needs, the wanted day or the councils change after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("brussels")


def pair(jointbuy: Run, count: int = 2) -> dict[str, Any]:
    """The best joint proposal of so many administrations."""
    found = jointbuy("match", "--kind", "joint", "--json").lines
    return next(
        one
        for one in found
        if len(one["administrations"]) == count == len(one["needs"])
    )


def shown(jointbuy: Run, id_: str) -> dict[str, Any]:
    made: dict[str, Any] = jointbuy("show", id_, "--json").json
    return made


def test_a_changed_need_is_said_wherever_its_proposal_is_used(
    jointbuy: Run, tmp_path: Path
) -> None:
    found = pair(jointbuy)
    id_, need = found["id"], found["needs"][0]
    jointbuy("retain", id_)
    assert shown(jointbuy, id_)["changes"] == []
    jointbuy("needs", "edit", need, "--estimate", "123456")
    (change,) = shown(jointbuy, id_)["changes"]
    assert "estimate excluding VAT" in change
    assert "123.456,00" in change
    assert shown(jointbuy, id_)["estimate"] == found["estimate"]
    told = "The register has changed since the choice was made"
    assert told in jointbuy("show", id_).out
    assert told in jointbuy("match").out
    assert told in jointbuy("check", id_).out
    assert told in jointbuy("plan", id_).out
    assert jointbuy("check", id_, "--json").json["changes"] == [change]
    assert jointbuy("plan", id_, "--json").json["changes"] == [change]
    (line,) = [one for one in jointbuy("match", "--json").lines if one["id"] == id_]
    assert line["changes"] == [change]
    draft = ("--lang", "fr", "--format", "markdown", "--out", tmp_path)
    (file,) = jointbuy("draft", id_, *draft, "--json").json["files"]
    paper = (tmp_path / file).read_text(encoding="utf-8")
    assert "La situation a changé" in paper
    assert "123.456,00" in paper


def test_retaining_again_takes_over_the_needs_of_today(jointbuy: Run) -> None:
    found = pair(jointbuy)
    id_, need = found["id"], found["needs"][0]
    jointbuy("retain", id_)
    jointbuy("needs", "edit", need, "--estimate", "123456", "--title", "Other words")
    assert len(shown(jointbuy, id_)["changes"]) >= 2
    jointbuy("retain", id_)
    again = shown(jointbuy, id_)
    assert not [text for text in again["changes"] if "before" in text]
    assert again["estimate"] != found["estimate"]
    assert len(again["dossier"]["choices"]) == 2
    assert len(jointbuy("history", id_, "--json").json) == 2


def test_a_withdrawn_need_leaves_the_draft_and_the_sums(
    jointbuy: Run, tmp_path: Path
) -> None:
    found = pair(jointbuy, 3)
    id_, need = found["id"], found["needs"][-1]
    title = next(
        one["title"] for one in jointbuy("needs", "list", "--json").json
        if one["id"] == need
    )  # fmt: skip
    jointbuy("retain", id_)
    jointbuy("needs", "edit", need, "--withdraw")
    changes = shown(jointbuy, id_)["changes"]
    assert f"“{title}” was withdrawn." in changes
    draft = ("draft", id_, "--lang", "nl", "--format", "markdown", "--out", tmp_path)
    (file,) = jointbuy(*draft, "--json").json["files"]
    paper = (tmp_path / file).read_text(encoding="utf-8")
    assert [
        line for line in paper.splitlines() if line.startswith("- ") and title in line
    ]
    assert not [
        line for line in paper.splitlines() if line.startswith("|") and title in line
    ]
    jointbuy("retain", id_)
    again = shown(jointbuy, id_)
    assert set(again["needs"]) == set(found["needs"]) - {need}
    assert len(again["administrations"]) == 2
    listed = jointbuy("match", "--json").lines
    assert len([one for one in listed if set(again["needs"]) == set(one["needs"])]) == 1


def test_nothing_is_retained_of_what_is_left_to_one_administration(
    jointbuy: Run,
) -> None:
    found = pair(jointbuy)
    jointbuy("retain", found["id"])
    jointbuy("needs", "edit", found["needs"][0], "--withdraw")
    assert "one administration" in jointbuy("retain", found["id"], code=2).err
    jointbuy("needs", "edit", found["needs"][1], "--withdraw")
    assert "none of its needs is open" in jointbuy("retain", found["id"], code=2).err


def test_a_wanted_day_is_held_against_today_and_the_needs(
    jointbuy: Run, tmp_path: Path
) -> None:
    found = pair(jointbuy)
    id_ = found["id"]
    jointbuy("retain", id_)
    assert (
        "choose a later day"
        in jointbuy("plan", id_, "--wanted", "2020-07-01", code=2).err
    )
    made = jointbuy("plan", id_, "--wanted", "2031-01-01", "--json").json
    (breach,) = [one for one in made["breaches"] if one["milestone"] == "start"]
    assert "the last day on which all these needs" in breach["message"]
    draft = ("draft", id_, "--lang", "fr", "--format", "markdown", "--out", tmp_path)
    (file,) = jointbuy(*draft, "--json").json["files"]
    assert "01/01/2031" in (tmp_path / file).read_text(encoding="utf-8")


def decide(
    jointbuy: Run, id_: str, who: str, vote: str, *, code: int = 0, **more: str
) -> Any:
    options = {"stage": "participation", "day": "2026-11-16", **more}
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return jointbuy(
        "decide", id_, "-a", who, "--outcome", vote, *flags, "--json", code=code
    )


def test_a_no_stops_the_draft_until_its_administration_is_left_out(
    jointbuy: Run, tmp_path: Path
) -> None:
    found = pair(jointbuy, 3)
    id_, against = found["id"], found["administrations"][-1]
    jointbuy("retain", id_, "--pilot", found["administrations"][0])
    decide(jointbuy, id_, against, "no")
    draft = ("draft", id_, "--lang", "fr", "--out", tmp_path)
    refused = jointbuy(*draft, code=3).err
    assert f"retain {id_} --without {against}" in refused
    jointbuy("retain", id_, "--without", against)
    jointbuy(*draft)
    left = shown(jointbuy, id_)
    assert left["administrations"] == found["administrations"][:-1]
    assert left["changes"] == []
    assert left["dossier"]["pilot"] == found["administrations"][0]


def test_what_was_set_aside_is_not_drafted(jointbuy: Run) -> None:
    id_ = pair(jointbuy)["id"]
    jointbuy("set-aside", id_, "--why", "later")
    assert "was set aside on" in jointbuy("draft", id_, "--lang", "fr", code=2).err


def test_a_decision_fits_the_form_and_a_real_day(jointbuy: Run) -> None:
    found = pair(jointbuy)
    id_, who = found["id"], found["administrations"][0]
    jointbuy("retain", id_)
    refused = decide(jointbuy, id_, who, "yes", stage="adhesion", code=2).err
    assert "participation, conditions, launch, award, order" in refused
    assert (
        "too far back"
        in decide(jointbuy, id_, who, "yes", day="1999-12-31", code=2).err
    )
    decide(jointbuy, id_, who, "yes", day="2000-01-01")
    adhesion = jointbuy("match", "--kind", "adhesion", "--json").lines[0]
    jointbuy("retain", adhesion["id"], "--why", "test")
    joining = adhesion["administrations"][0]
    for stage in ("participation", "award"):
        refused = decide(
            jointbuy, adhesion["id"], joining, "yes", stage=stage, code=2
        ).err
        assert "adhesion, use, order" in refused
    decide(jointbuy, adhesion["id"], joining, "yes", stage="use")


def test_of_two_decisions_on_one_stage_the_later_session_counts(
    jointbuy: Run,
) -> None:
    found = pair(jointbuy)
    id_, who = found["id"], found["administrations"][0]
    jointbuy("retain", id_)
    assert "takes the place" not in decide(jointbuy, id_, who, "no").err
    assert (
        "takes the place of the decision of 16/11/2026"
        in decide(jointbuy, id_, who, "yes").err
    )
    assert (
        "16/11/2026 on the same stage is later"
        in decide(jointbuy, id_, who, "no", day="2026-11-02").err
    )
    assert len(shown(jointbuy, id_)["dossier"]["decisions"]) == 3
    plan = jointbuy("plan", id_, "--json").json
    assert not [b for b in plan["breaches"] if "against" in b["message"]]


def test_records_in_json_carry_sentences_and_no_templates(jointbuy: Run) -> None:
    id_ = pair(jointbuy)["id"]
    retained = jointbuy("retain", id_, "--json").json
    (choice,) = retained["choices"]
    assert all(isinstance(one["message"], str) for one in choice["findings"])
    reasons = shown(jointbuy, id_)["dossier"]["candidate"]["reasons"]
    assert all(isinstance(one["message"], str) for one in reasons)


def test_planning_what_stays_separate_names_a_way_that_exists(jointbuy: Run) -> None:
    id_ = jointbuy("match", "--kind", "separate", "--json").lines[0]["id"]
    refused = jointbuy("plan", id_, code=2).err
    assert f"retain {id_} --form" in refused


def test_the_demo_in_json_is_one_object(jointbuy: Run) -> None:
    told = jointbuy("demo", "--json").json
    assert set(told) == {
        "register", "on", "needs", "proposals", "appraisal", "check", "plan", "drafts",
        "deadlines",
    }  # fmt: skip
    assert all(told.values())
