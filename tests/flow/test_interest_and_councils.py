"""Two samples: an interest almost missed, and two councils that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jointbuy.model import BodyKind
from jointbuy.workspace import Desk
from jointbuy.workspace.watching import clashes
from tests.conftest import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.workspace import Workspace
    from tests.conftest import Run


@pytest.fixture
def sample(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """A throw-away copy of the sample of that name, which the command works on too."""
    desk = Desk(language="en")
    desk.sample(request.param)
    monkeypatch.setenv("JOINTBUY_REGISTER", desk.location)
    yield desk.open()
    desk.close()


@pytest.mark.parametrize("sample", ["interest"], indirect=True)
def test_where_the_last_council_was_yesterday_the_way_out_is_said(
    sample: Workspace, jointbuy: Run
) -> None:
    watch = sample.watch()
    by = {each.administration: each for each in watch.deadlines
          if each.kind in {"framework_interest", "interest_due"}}  # fmt: skip
    deadline = by["mirebois"]
    assert (deadline.day - sample.on).days == 10
    sittings = {each.kind: each for each in watch.sittings(deadline)}
    council = sittings[BodyKind.COUNCIL]
    assert council.session is None
    assert council.missed is not None
    assert (sample.on - council.missed.day).days == 1
    assert council.first is not None
    assert council.first.expected  # the fourth Monday of March, by the rhythm
    assert (council.first.day.isoformat(), council.late) == ("2027-03-22", 17)
    ways = [str(way.message) for way in council.ways_out]
    assert "Ask Centrale d'achat Exemple" in ways[0]
    assert "the summons, with 7 clear days, must then leave by 2027-02-25" in ways[1]
    assert council.ways_out[1].basis[0].article == "art. L1122-13"
    assert "without commitment" in ways[-1]
    # The executive meets every Tuesday, and the council of the CPAS still in time.
    executive = sittings[BodyKind.EXECUTIVE]
    assert executive.session is not None
    assert executive.session.expected
    (clash,) = clashes(watch)
    assert (clash.kind, clash.subject, clash.days) == (
        "interest", "fournitures-2027", 17,
    )  # fmt: skip
    assert [each.administration for each in clash.can] == ["cpas-mirebois"]

    listed = " ".join(jointbuy("deadlines").out.split())
    assert "can no longer decide by 05/03/2027" in listed
    assert f"`sessions last --deadline {deadline.code}`" in listed
    assert "Too late: Commune de Mirebois (17 days)" in listed

    found = jointbuy("sessions", "last", "--deadline", deadline.code, "--json").json
    told = {(each["administration"], each["body"]): each for each in found}
    assert told["mirebois", "council"]["days_late"] == 17
    assert len(told["mirebois", "council"]["ways_out"]) == len(ways)
    assert told["cpas-mirebois", "council"]["days_left"] == 2
    for language, said in (
        ("fr", "ne peut plus décider"),
        ("nl", "kan niet meer beslissen"),
        ("de", "kann nicht mehr"),
    ):
        plain = jointbuy(
            "sessions", "last", "--deadline", deadline.code, "--lang", language
        ).out
        assert said in " ".join(plain.split())


@pytest.mark.parametrize("sample", ["councils"], indirect=True)
def test_two_councils_that_differ_are_told_with_days_and_way_out(
    sample: Workspace, jointbuy: Run
) -> None:
    (clash,) = clashes(sample.watch())
    assert clash.kind == "plan"
    assert [each.administration for each in clash.can] == ["wilgenoever"]
    assert [each.administration for each in clash.cannot] == ["bosvelde"]
    assert clash.cannot[0].first is not None
    assert clash.cannot[0].first.day.isoformat() == "2027-06-24"
    assert (clash.cannot[0].first.day - clash.day).days == clash.days > 14
    assert any("extra session" in str(way.message) for way in clash.ways_out)
    assert clash.deadlines
    days = {each.id: each.day for each in sample.watch().deadlines}
    assert clash.day in {days[id_] for id_ in clash.deadlines}
    turn = clash.can[0]
    assert turn.session is not None
    assert turn.session.filing < turn.session.summons < turn.session.day
    ways = [str(way.message) for way in clash.ways_out]
    assert ways[0].startswith("Gemeente Bosvelde: ")
    assert "shows the first start for which every step holds" in ways[-1]
    assert "days later" not in " ".join(ways)

    (told,) = jointbuy("sessions", "clashes", "--json").json
    assert told["days_late"] == clash.days
    assert told["cannot"][0]["first"] == "2027-06-24"
    plain = " ".join(jointbuy("sessions", "clashes").out.split())
    assert f"Gemeente Bosvelde ({clash.days} days)" in plain
    assert "24/06/2027 at the earliest" in plain
    # A day that was fixed in the plan is the session that counts, and is said to be.
    jointbuy("plan", clash.subject, "--force", "council:bosvelde=2027-05-10",
             "--why", "The chair promised it")  # fmt: skip
    (step,) = [each for each in jointbuy("deadlines", "--json", code=5).json
               if each["id"].startswith(f"milestone:{clash.subject}:council:bosvelde")
               ]  # fmt: skip
    (fixed,) = jointbuy("sessions", "last", "--deadline", step["id"], "--json").json
    assert (fixed["body"], fixed["session"]["day"]) == ("council", "2027-05-10")
    assert fixed["session"]["note"].endswith("The chair promised it")
    assert fixed["warning"] is None
    jointbuy("undo")
    (file,) = [each for each in jointbuy("deadlines", "--json", code=5).json
               if each["id"].startswith(f"milestone:{clash.subject}:file:bosvelde")
               ]  # fmt: skip
    refused = jointbuy("sessions", "last", "--deadline", file["id"], code=2)
    assert "no decision of a body" in refused.err
    # With one extra session both can decide, and nothing clashes any more.
    extra = clash.day.replace(day=clash.day.day - 3).isoformat()
    jointbuy("sessions", "add", "bosvelde", "council", extra)
    none = jointbuy("sessions", "clashes")
    assert none.out == ""
    assert "Nobody comes too late" in none.err


@pytest.mark.parametrize("name", ["interest", "councils"])
def test_the_sample_can_be_told_from_start_to_end(name: str, jointbuy: Run) -> None:
    assert (SAMPLES / name / "register.json").is_file()
    told = jointbuy("demo", "--sample", name, "--plain").out
    assert "5. The next deadlines" in told
