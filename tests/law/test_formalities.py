from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jointbuy.errors import say
from jointbuy.law import How, deciding_body, parameter
from jointbuy.law.competence.bodies import organ
from jointbuy.law.competence.formalities import Formality, FormalityKind, merged
from jointbuy.law.competence.judging import Due, _compared
from jointbuy.model import AdministrationKind, BodyKind, Citation, Region, Stage

DAY = date(2018, 6, 1)
CENT = Decimal("0.01")
SURE = Citation(source="a text", article="art. 1", checked=date(2026, 1, 1))
LATER = replace(SURE, checked=date(2026, 2, 1))
DOUBTFUL = replace(SURE, to_verify=True)
OTHER = replace(SURE, article="art. 2")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((SURE, LATER), (SURE,)),
        ((SURE, DOUBTFUL), (DOUBTFUL,)),
        ((DOUBTFUL, SURE), (DOUBTFUL,)),
        ((DOUBTFUL, replace(LATER, to_verify=True)), (DOUBTFUL,)),
        ((OTHER, SURE, OTHER), (OTHER, SURE)),
        ((), ()),
    ],
)
def test_an_article_is_cited_once_and_is_doubtful_where_one_is(
    given: tuple[Citation, ...], kept: tuple[Citation, ...]
) -> None:
    assert merged(*given) == kept


ABOVE = "amounts.wallonia_transmission_services_open"
AT_LEAST = "amounts.brussels_transmission"
BELOW = "amounts.brussels_college"


@pytest.mark.parametrize(
    ("name", "step", "said"),
    [
        (ABOVE, -CENT, "is not more than"),
        (ABOVE, Decimal(0), "is not more than"),
        (ABOVE, CENT, "is more than"),
        (AT_LEAST, -CENT, "is less than"),
        (AT_LEAST, Decimal(0), "is not less than"),
        (AT_LEAST, CENT, "is not less than"),
        (BELOW, -CENT, "is less than"),
        (BELOW, Decimal(0), "is not less than"),
        (BELOW, CENT, "is not less than"),
        (ABOVE, None, "counts above"),
        (AT_LEAST, None, "counts from"),
        (BELOW, None, "counts below"),
    ],
)
def test_an_amount_is_said_to_lie_on_its_side_of_the_limit(
    name: str, step: Decimal | None, said: str
) -> None:
    limit = parameter(name, DAY)
    amount = None if step is None else limit.value + step
    assert f" {said} " in str(_compared(limit, amount))


@pytest.mark.parametrize(
    ("kind", "council", "executive"),
    [
        (None, "council", "executive body"),
        (AdministrationKind.OTHER, "council", "executive body"),
        (AdministrationKind.COMMUNE, "municipal council", "municipal executive"),
    ],
)
def test_a_body_is_called_as_its_administration_calls_it(
    kind: AdministrationKind | None, council: str, executive: str
) -> None:
    assert organ(kind, BodyKind.COUNCIL).text == council
    assert organ(kind, BodyKind.EXECUTIVE).text == executive


@pytest.mark.parametrize("kind", FormalityKind)
def test_consultation_opinions_and_summons_come_before_the_decision(
    kind: FormalityKind,
) -> None:
    first = {"CONSULTATION", "OPINION", "VISUM", "SUMMONS"}
    found = Formality(kind=kind, due=Due.YES, message=say("A sentence."))
    assert found.goes_before is (kind.name in first)


@pytest.mark.parametrize(
    ("kind", "region", "stage", "left"),
    [
        (AdministrationKind.COMMUNE, Region.WALLONIA, Stage.CONDITIONS, True),
        (AdministrationKind.COMMUNE, Region.WALLONIA, Stage.PARTICIPATION, False),
        (AdministrationKind.COMMUNE, Region.BRUSSELS, Stage.CONDITIONS, False),
        (AdministrationKind.CPAS, Region.BRUSSELS, Stage.CONDITIONS, True),
        (AdministrationKind.COMMUNE, Region.FLANDERS, Stage.CONDITIONS, True),
        (AdministrationKind.COMMUNE, Region.FLANDERS, Stage.LAUNCH, False),
    ],
)
def test_urgency_and_the_law_itself_are_no_delegation(
    kind: AdministrationKind, region: Region, stage: Stage, left: bool
) -> None:
    found = deciding_body(kind, region, stage, date(2026, 11, 20))
    assert found is not None
    given = {How.DELEGATION, How.DAILY, How.LISTED}
    assert any(each.how in given for each in found.instead) is left
