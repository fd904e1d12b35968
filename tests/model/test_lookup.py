"""An officer names a record as it comes to hand."""

from __future__ import annotations

import pytest

from jointbuy.errors import NotFound, word
from jointbuy.model import Administration, LocalText
from jointbuy.model.lookup import find

KNOWN = {
    id_: Administration(id=id_, names=LocalText(fr=fr, nl=nl))
    for id_, fr, nl in (
        ("commune-tilleul", "Commune du Tilleul", "Gemeente Linde"),
        ("commune-saule", "Commune du Saule", "Gemeente Wilg"),
        ("cpas-tilleul", "CPAS du Tilleul", "OCMW Linde"),
    )
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cpas-tilleul", "cpas-tilleul"),
        ("cpas", "cpas-tilleul"),
        ("gemeente wilg", "commune-saule"),
        ("Commune-S", "commune-saule"),
    ],
)
def test_an_id_its_beginning_or_a_name_will_do(text: str, expected: str) -> None:
    assert find(text, KNOWN, word("administration")).id == expected


def test_a_beginning_of_several_names_them() -> None:
    with pytest.raises(NotFound, match="commune-saule, commune-tilleul"):
        find("commune", KNOWN, word("administration"))


def test_a_typing_error_is_answered_with_what_is_near() -> None:
    with pytest.raises(NotFound, match="Did you mean cpas-tilleul"):
        find("cpas-tileul", KNOWN, word("administration"))


def test_nothing_does_not_mean_everything() -> None:
    with pytest.raises(NotFound):
        find("", KNOWN, word("administration"))
