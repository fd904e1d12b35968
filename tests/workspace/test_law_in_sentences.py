"""What changed in the law, in sentences that can be read in every language."""

from __future__ import annotations

from datetime import date

import pytest

from jointbuy.l10n.catalogue import catalogue
from jointbuy.law.difference import Difference, RowChange
from jointbuy.law.tables import table
from jointbuy.workspace.law_sentences import difference_points

LANGUAGES = ("fr", "nl", "de", "en")


def told(change: RowChange, language: str) -> list[str]:
    """What is said of one changed row."""
    found = Difference(
        first=date(2023, 2, 28),
        last=date(2023, 3, 1),
        values=(),
        rows=(change,),
        started=(),
    )
    return [
        catalogue(language).say(line)
        for _, points in difference_points(found)
        for point in points
        for line in (point.text, *point.below)
    ]


def row(before: dict[str, object], after: dict[str, object]) -> RowChange:
    return RowChange(
        part="sending",
        kinds=("COMMUNE",),
        regions=("WALLONIA",),
        about={"procedures": ["low_value"]},
        before=before,
        after=after,
        was=None,
        now=None,
    )


def test_a_sentence_does_not_stand_between_before_and_now() -> None:
    lines = told(row({"due": True}, {"due": False, "reason": "low_value"}), "en")
    assert lines[1] == "to be sent: yes before, no now"
    assert lines[2].startswith("now: ")
    assert lines[2].endswith(".")
    assert "nothing" not in " ".join(lines)
    back = told(row({"reason": "low_value"}, {}), "en")
    assert back[1].startswith("before: ")


def test_what_was_read_since_is_told_on_a_line_of_its_own() -> None:
    assert told(row({}, {"unread": True}), "en")[1] == "now: not read in the text"
    assert told(row({"unread": True}, {}), "en")[1] == "before: not read in the text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_procedure_is_called_by_its_title(language: str) -> None:
    title = table("procedures")["low_value"]["title"]
    said = told(row({"term": 30}, {"term": 20}), language)[0]
    assert catalogue(language).word(title) in said
    assert ("low value" in said) is (language == "en")


def test_every_procedure_has_a_word_of_its_own() -> None:
    for name, cells in table("procedures").items():
        change = row({"term": 30}, {"term": 20})
        about = {"procedures": [name]}
        found = RowChange(
            part=change.part, kinds=change.kinds, regions=change.regions, about=about,
            before=change.before, after=change.after, was=None, now=None,
        )  # fmt: skip
        for language in LANGUAGES:
            assert catalogue(language).word(cells["title"]) in told(found, language)[0]


def test_french_shares_of_an_activity_agree_with_it() -> None:
    from jointbuy.l10n.build import read

    said = [
        str(message.string)
        for message in read("fr")
        if "{share} of the activit" in str(message.id)
    ]
    assert len(said) >= 7
    for text in said:
        assert "exercée pour" in text or "exercées sur" in text, text


def test_german_has_a_word_for_staff_and_another_for_free_sharing() -> None:
    say = catalogue("de").word
    assert say("free sharing") == "unentgeltliche Mitbenutzung"
    assert say("staff put at disposal") == "Bereitstellung von Personal"
