"""Every sentence of the product is there in French, Dutch and German."""

from __future__ import annotations

import re

import pytest
from babel.messages.mofile import read_mo

from jointbuy.l10n import build

LANGUAGES = build.TRANSLATED
BIDDERS = {
    "fr": r"\bcandidats?\b",
    "nl": r"\bkandida(at|ten)\b",
    "de": r"\b(Bewerber|Kandidat)",
}
OLD_NAMES = r"DGO5|vie privée|Privacycommissie|opdrachtencentrale|centrale de marché"


@pytest.fixture(scope="module")
def sentences() -> dict[str, list[str]]:
    return build.sentences()


def translations(language: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in build.read(language) if m.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(
    language: str, sentences: dict[str, list[str]]
) -> None:
    known = translations(language)
    left = [text for text in sentences if not known.get(text)]
    assert not left, f"{len(left)} to translate, such as {left[:3]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_kept_that_is_no_longer_said(
    language: str, sentences: dict[str, list[str]]
) -> None:
    assert set(translations(language)) <= set(sentences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gaps_of_a_sentence_are_those_of_the_english(language: str) -> None:
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"\{[^}]*\}", text))

    wrong = {e: t for e, t in translations(language).items() if gaps(e) != gaps(t)}
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with build.po_file(language).with_suffix(".mo").open("rb") as file:
        compiled = {str(m.id): str(m.string) for m in read_mo(file) if m.id}
    assert compiled == translations(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_is_never_called_a_bidder(language: str) -> None:
    wrong = [
        (english, text)
        for english, text in translations(language).items()
        if re.search(BIDDERS[language], text, re.IGNORECASE)
        and not re.search("candidate|tenderer", english, re.IGNORECASE)
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_institution_goes_by_a_name_it_gave_up(language: str) -> None:
    wrong = [t for t in translations(language).values() if re.search(OLD_NAMES, t)]
    assert not wrong


def test_french_sets_its_signs_apart_with_a_space_that_does_not_break() -> None:
    loose = re.compile(r" [;:!?»]|« |'|\w[;!?]")
    wrong = [
        text
        for english, text in translations("fr").items()
        if loose.search(re.sub(r"`[^`]*`|\{[^}]*\}|“[^”]*”", "", text))
        and english not in build.CLICK
    ]
    assert not wrong, wrong[:5]
