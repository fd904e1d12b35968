"""Reminding, putting off with a reason, action points, and the mail of it all."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from jointbuy.errors import NotFound, Refused, UsageError
from jointbuy.model import (
    ActionPoint,
    Administration,
    AdministrationKind,
    BodyKind,
    Channel,
    CompetentBody,
    ContactPerson,
    Contract,
    Level,
    LocalText,
    Need,
    Region,
    Register,
    Reminder,
)
from jointbuy.store.memory import MemoryStore
from jointbuy.store.port import Change
from jointbuy.workspace import Workspace, last_told
from jointbuy.workspace.follow_up import LONGEST

ON = date(2027, 3, 1)
NOTICE = "contract_notice:k:commune"
MINUTES = "action_due:pv:commune"
EVIL = "<img src=x onerror=alert(1)> & *bold* [x](http://x)"


def after(days: int) -> date:
    return ON + timedelta(days=days)


@pytest.fixture
def workspace() -> Workspace:
    """A notice in twenty days, minutes that are overdue, and a need much later."""
    made = Workspace(MemoryStore(), user="tester", on=ON, language="en")
    records = (
        Register(names=LocalText(en="Our <register>"), day=ON, home="commune"),
        Administration(
            id="commune",
            names=LocalText(fr="Val & Fils"),
            kind=AdministrationKind.COMMUNE,
            region=Region.BRUSSELS,
            bodies=(
                CompetentBody(
                    kind=BodyKind.COUNCIL,
                    names=LocalText(en="Council"),
                    sessions=(after(10), after(60)),
                    convocation_days=0,
                    filing_days=0,
                ),
            ),
        ),
        Administration(id="cpas", names=LocalText(fr="CPAS")),
        ContactPerson(
            id="an",
            administration="commune",
            name="An Aster",
            active_until=after(30),
            successor="bo",
        ),
        ContactPerson(
            id="bo",
            administration="commune",
            name="Bo Braam",
            active_from=after(31),
        ),
        Need(
            id="n",
            administration="commune",
            title="Paper",
            latest=after(300),
            replaces="k",
        ),
        Contract(
            id="k",
            administration="commune",
            title=EVIL,
            notice=after(20),
            end=after(200),
        ),
        ActionPoint(
            id="pv",
            title="Send the minutes",
            administration="commune",
            due=after(-1),
            consequence="Nobody knows what was agreed",
        ),
    )
    made.commit(
        [Change(kind=type(each), id=each.id, value=each) for each in records], why=""
    )
    return made


def listed(workspace: Workspace, **asked: object) -> list[str]:
    return [each.id for each in workspace.deadlines(**asked)]  # type: ignore[arg-type]


def test_the_list_is_asked_by_period_person_kind_and_level(
    workspace: Workspace,
) -> None:
    whole = [MINUTES, NOTICE, "contract_end:k:commune", "need_latest:n:commune"]
    assert listed(workspace) == whole
    assert listed(workspace, within=20) == whole[:2]
    assert listed(workspace, within=19) == whole[:1]
    assert listed(workspace, who="Val & Fils") == whole
    assert listed(workspace, who="cpas") == []
    assert listed(workspace, who="an aster") == whole[:2]  # gone when the others come
    assert listed(workspace, who="bo") == whole[2:]
    assert listed(workspace, kind="contract") == whole[1:3]
    assert listed(workspace, kind="contract-end") == whole[2:3]
    assert listed(workspace, level=Level.OVERDUE) == whole[:1]
    with pytest.raises(UsageError, match="no deadlines of the kind"):
        workspace.deadlines(kind="contrat")
    with pytest.raises(NotFound, match="nobody"):
        workspace.deadlines(who="nobody")


def test_a_deadline_answers_to_its_id_its_code_and_their_beginnings(
    workspace: Workspace,
) -> None:
    (_, notice, *_) = workspace.deadlines()
    for text in (NOTICE, notice.code, notice.code[:4].upper(), "contract_n"):
        assert workspace.deadline(text) == notice
    with pytest.raises(NotFound, match="more than one"):
        workspace.deadline("contract_")
    with pytest.raises(NotFound, match="There is no deadline"):
        workspace.deadline("zzzzzz")


def test_what_is_put_off_comes_back_on_its_day_when_it_moves_and_when_woken(
    workspace: Workspace,
) -> None:
    made = workspace.snooze(NOTICE, until=after(20), why="  The supplier answers\n")
    assert (made.why, made.by, made.on) == ("The supplier answers", "tester", ON)
    assert NOTICE not in listed(workspace)
    assert NOTICE in listed(workspace, snoozed=True)
    assert "The supplier answers" in str(last_told(workspace))
    for days, told in ((19, False), (20, True)):
        workspace._on = after(days)
        assert (NOTICE in listed(workspace)) is told
    workspace._on = ON
    workspace.edit_record(Contract, "k", {"notice": str(after(25))})
    assert NOTICE in listed(workspace)
    workspace.undo()
    assert NOTICE not in listed(workspace)
    workspace.wake("contract_n")
    assert NOTICE in listed(workspace)
    assert str(last_told(workspace)).startswith("Reported again: ")
    with pytest.raises(NotFound, match="was not put off"):
        workspace.wake(NOTICE)
    workspace.undo()
    assert NOTICE not in listed(workspace)


@pytest.mark.parametrize(
    ("which", "until", "why", "fields"),
    [
        (NOTICE, after(20), "x", []),
        (NOTICE, after(21), "x", ["until"]),
        (NOTICE, after(1), "x", []),
        (NOTICE, ON, "x", ["until"]),
        (NOTICE, after(5), " \n", ["why"]),
        (NOTICE, after(-5), "", ["why", "until"]),
        (MINUTES, after(LONGEST), "x", []),
        (MINUTES, after(LONGEST + 1), "x", ["until"]),
    ],
)
def test_nothing_is_put_off_without_a_reason_or_beyond_its_day(
    workspace: Workspace, which: str, until: date, why: str, fields: list[str]
) -> None:
    if not fields:
        assert workspace.snooze(which, until=until, why=why).until == until
        return
    with pytest.raises(Refused) as refused:
        workspace.snooze(which, until=until, why=why)
    assert [problem.field for problem in refused.value.problems] == fields
    assert workspace.snoozes() == {}


def test_a_reminder_is_about_a_deadline_or_a_record_and_to_who_must_act(
    workspace: Workspace,
) -> None:
    first = workspace.remind(NOTICE, on=after(-9), channel=Channel.TELEPHONE)
    assert (first.about, first.to, first.by) == (NOTICE, "an", "tester")
    about = workspace.remind("k", to="An Aster", note="again")
    assert (about.about, about.to) == ("k", "an")
    other = workspace.remind("n", to="Somebody else")
    assert other.to == "Somebody else"
    watch = workspace.watch()
    notice = workspace.deadline(NOTICE)
    assert watch.reminded(notice) == (about, first)
    assert watch.reminded(workspace.deadline("need_latest:n:commune")) == (other,)
    assert "about “" not in str(last_told(workspace))
    assert str(last_told(workspace)) == "Reminder recorded: Somebody else, about Paper."
    with pytest.raises(NotFound, match="no deadline or record “gone”"):
        workspace.remind("gone")
    with pytest.raises(Refused) as ahead:
        workspace.remind(NOTICE, on=after(1))
    assert [each.field for each in ahead.value.problems] == ["on"]
    with pytest.raises(Refused) as nobody:
        workspace.remind("cpas")
    assert [each.field for each in nobody.value.problems] == ["to"]
    assert len(workspace.reminders()) == 3
    workspace.edit_record(Reminder, first.id, {"channel": "réunion"})
    assert workspace.reminders()[first.id].channel is Channel.MEETING


def test_several_are_reminded_of_as_one_change(workspace: Workspace) -> None:
    before = len(workspace.history())
    made = workspace.remind_all(workspace.deadlines(within=20))
    assert {each.to for each in made} == {"an"}
    assert len(workspace.history()) == before + 1
    assert str(last_told(workspace)) == "Reminders recorded: 2."
    workspace.undo()
    assert workspace.reminders() == {}
    assert workspace.remind_all(()) == ()
    assert len(workspace.history()) == before + 2


def test_an_action_point_that_is_done_is_told_and_drops_out(
    workspace: Workspace,
) -> None:
    with pytest.raises(Refused, match="Nothing was kept"):
        workspace.finish_action("pv", after(1))
    assert workspace.finish_action("send the minutes").changed
    assert not workspace.finish_action("pv").changed
    assert MINUTES not in listed(workspace)
    assert str(last_told(workspace)) == "Action point done: “Send the minutes”."
    workspace.undo()
    assert MINUTES in listed(workspace)
    entered = workspace.add_record(ActionPoint, {"title": "No day"})
    assert [each.field for each in entered.remarks] == ["due"]


class Page(HTMLParser):
    """What stands on a page: the tags, their attributes, the words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_mail_groups_by_level_and_holds_no_markup_of_users(
    workspace: Workspace,
) -> None:
    workspace.remind(NOTICE, to="<b>An</b>")
    made = workspace.digest(within=20, language="nl")
    assert [section.level for section in made.sections] == [Level.OVERDUE, Level.MONTH]
    assert [each.id for each in made.deadlines] == [MINUTES, NOTICE]
    page = Page()
    text = workspace.digest_text(made, "html")
    page.feed(text)
    said = " ".join(page.words)
    assert '<html lang="nl">' in text
    assert {"h1", "h2", "h3", "ul", "li", "time", "main"} <= set(page.tags)
    assert not {"img", "b", "a", "script", "link", "register"} & set(page.tags)
    assert page.links == []
    assert EVIL in said
    assert "Our <register>" in said
    assert "Val & Fils" in said
    assert "An Aster" in said
    assert "Nobody knows what was agreed" in said
    assert "11/03/2027" in said  # the last useful council
    assert "<b>An</b>" in said
    marked = workspace.digest_text(made, "md")
    assert "\\<img src=x onerror=alert(1)\\>" in marked
    assert "\\*bold\\* \\[x\\](http\\://x)" in marked
    assert "## Te laat" in marked
    assert "21/03/2027" in marked.splitlines()[0]


def test_the_mail_leaves_out_what_was_put_off_and_says_how_many(
    workspace: Workspace,
) -> None:
    workspace.snooze(MINUTES, until=after(9), why="ill")
    made = workspace.digest(within=20, who="an")
    assert [each.id for each in made.deadlines] == [NOTICE]
    assert made.put_off == 1
    text = workspace.digest_text(made)
    assert "For: An Aster" in text
    assert "left out: 1" in text
    assert "0 overdue and 1 due by 21/03/2027" in text
    empty = workspace.digest(within=3, who="cpas")
    assert "Nothing is to be done by then." in workspace.digest_text(empty, "html")
