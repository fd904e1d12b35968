"""One fictitious dossier from which every paper of these tests is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jointbuy.documents import Case, OpenQuestion
from jointbuy.errors import euro, say
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    BudgetKind,
    Candidate,
    CandidateKind,
    Citation,
    ContactPerson,
    Decision,
    Dossier,
    Entry,
    Finding,
    Form,
    LocalText,
    Milestone,
    Nature,
    Need,
    Outcome,
    Region,
    Stage,
    StepKind,
    Stops,
    Vote,
)

LAW = "Law of 17 June 2016 on public procurement"


def administration(
    key: str, kind: AdministrationKind | None, region: Region | None
) -> Administration:
    return Administration(
        id=key,
        names=LocalText(fr=f"Administration d'essai {key}", nl=f"Proefbestuur {key}"),
        kind=kind,
        region=region,
    )


def need(key: str, owner: str, estimate: str | None, **more: object) -> Need:
    plain = Need(
        id=key,
        administration=owner,
        title=f"Papier d'impression {key}",
        nature=Nature.SUPPLIES,
        cpv="30197630",
        quantity=Decimal(1200),
        unit="rames",
        estimate=None if estimate is None else Decimal(estimate),
        duration_months=48,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


MakeCase = Callable[..., Case]


@pytest.fixture(scope="session")
def make_case() -> MakeCase:
    """A case of two administrations; anything can be given otherwise."""
    return _make_case


def _make_case(
    *,
    region: Region | None = Region.BRUSSELS,
    kinds: tuple[AdministrationKind | None, ...] = (
        AdministrationKind.COMMUNE,
        AdministrationKind.CPAS,
    ),
    estimates: tuple[str | None, ...] = ("20125.33", "4800"),
    title: str = "Fourniture de papier d'impression",
    entries: tuple[Entry, ...] = (),
    decisions: tuple[Decision, ...] = (),
    **more: object,
) -> Case:
    parties = tuple(
        administration(f"p{i}", kind, region) for i, kind in enumerate(kinds)
    )
    needs = tuple(
        need(f"n{i}", party.id, estimate, budget_article=f"10{i}/123-02")
        for i, (party, estimate) in enumerate(zip(parties, estimates, strict=True))
    )
    candidate = Candidate(
        id="c1",
        kind=CandidateKind.JOINT,
        title=LocalText(fr=title, nl=title),
        cpv="30197630",
        nature=Nature.SUPPLIES,
        needs=tuple(one.id for one in needs),
        administrations=tuple(one.id for one in parties),
        launch=date(2027, 9, 1),
        entries=entries,
    )
    dossier = Dossier(
        id="D-2026-014",
        candidate=candidate,
        form=Form.JOINT_CONTRACT,
        pilot="p0",
        decisions=decisions,
    )
    case = Case(
        dossier=dossier,
        administrations=parties,
        needs=needs,
        on=date(2026, 11, 20),
        findings=(
            Finding(rule="j1", outcome=Outcome.OK, message=say("Nothing was sent.")),
            Finding(
                rule="j9",
                outcome=Outcome.WARNING,
                message=say("Lots: {amount}.", amount=euro(Decimal("24925.33"))),
                basis=(Citation(source=LAW, article="art. 58", to_verify=True),),
            ),
            Finding(
                rule="j4",
                outcome=Outcome.BLOCKED,
                message=say("No council has approved yet."),
                stops=Stops.LAUNCH,
                basis=(Citation(source=LAW, article="art. 48"),),
            ),
        ),
        questions=(OpenQuestion(code="j7", message=say("Is it joint as a whole?")),),
        milestones=(
            Milestone(
                code="council:p0",
                label=say("Last useful council session"),
                day=date(2027, 2, 1),
                kind=StepKind.SESSION,
                administration="p0",
            ),
        ),
        contacts=(
            ContactPerson(
                id="k1", administration="p0", name="A. Essai", function="achats"
            ),
            ContactPerson(
                id="k2", administration="p0", name="B. Essai", service="voirie"
            ),
        ),
        titles={LAW: LocalText(fr="loi de 2016", nl="wet van 2016")},
    )
    return replace(case, **more)  # type: ignore[arg-type]


@pytest.fixture
def full_case(make_case: MakeCase) -> Case:
    """The same with as much decided as can be."""
    from jointbuy.documents import CostKey, Invoicing

    case = make_case(
        decisions=tuple(
            Decision(
                administration=key,
                stage=Stage.PARTICIPATION,
                outcome=vote,
                on=date(2026, 11, 1),
                body=BodyKind.COUNCIL,
                number=f"2026/{key}",
            )
            for key, vote in (("p0", Vote.YES), ("p1", Vote.CONDITIONAL))
        ),
        whole=True,
        framework=True,
        framework_months=48,
        procedure=say("open procedure"),
        invoicing=Invoicing.SEPARATE,
        cost_key=CostKey.EQUAL,
        procedure_cost=Decimal("1500.01"),
        reply_days=20,
        withdrawal_days=30,
    )
    return replace(
        case,
        administrations=tuple(
            replace(
                one,
                address="Place 1, 1999 Essai",
                enterprise_number="0123456749",
            )
            for one in case.administrations
        ),
        needs=tuple(
            replace(
                one,
                budget_year=2027,
                budget_kind=BudgetKind.ORDINARY,
                personal_data=True,
            )
            for one in case.needs
        ),
    )
