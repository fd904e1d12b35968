"""An administration is completed field by field; what is wrong is named."""

from __future__ import annotations

from datetime import date

from jointbuy.intake.administrations import parse_administration
from jointbuy.model import Administration, AdministrationKind, BodyKind, Region

ON = date(2026, 11, 23)
KNOWN = {"commune": Administration(id="commune"), "cpas": Administration(id="cpas")}


def parse(
    before: Administration | None = None, **cells: str
) -> tuple[Administration, list[str]]:
    made, problems = parse_administration(
        before or Administration(id="zone"), cells, known=KNOWN, on=ON
    )
    return made, [problem.field for problem in problems]


def test_every_field_that_is_right_is_taken() -> None:
    made, problems = parse(
        fr="Zone de police",
        kind="police_zone",
        region="brussels",
        territory="be100",
        languages="fr, nl",
        neighbours="cpas",
        belongs_to="commune",
        council="21/01/2027;2027-02-18",
        enterprise_number="0123.456.749",
    )
    assert problems == []
    assert made.kind is AdministrationKind.POLICE_ZONE
    assert made.region is Region.BRUSSELS
    assert made.territory == "BE100"
    assert made.languages == ("fr", "nl")
    assert made.neighbours == ("cpas",)
    assert made.bodies[0].kind is BodyKind.COUNCIL
    assert made.bodies[0].sessions == (date(2027, 1, 21), date(2027, 2, 18))
    assert not made.to_complete


def test_every_fault_is_named_and_the_rest_is_taken() -> None:
    made, problems = parse(
        fr="Zone",
        kind="guild",
        languages="fr,it",
        neighbours="nobody",
        council="soon",
        enterprise_number="0123.456.748",
    )
    assert made.names.fr == "Zone"
    assert problems == [
        "kind", "languages", "neighbours", "council", "enterprise_number",
    ]  # fmt: skip


def test_a_field_that_was_not_typed_stays_and_an_empty_one_is_emptied() -> None:
    before = Administration(id="zone", postcode="1094", languages=("fr",))
    made, _ = parse(before, postcode="")
    assert made.postcode == ""
    assert made.languages == ("fr",)


def test_nobody_is_its_own_neighbour() -> None:
    _, problems = parse(Administration(id="cpas"), neighbours="cpas")
    assert problems == ["neighbours"]
