"""One decision per administration out of one text, and the letter to a centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from jointbuy.documents import (
    compose_deliberation,
    compose_interest,
    compose_use,
    fields,
    write,
)
from jointbuy.documents.document import Article, all_runs, plain
from jointbuy.documents.joining import (
    CommonText,
    Declaring,
    EarlierAct,
    Joining,
    Part,
    Using,
)
from jointbuy.errors import UsageError
from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    CallOff,
    FrameworkAgreement,
    Interest,
    LocalText,
    Need,
    PurchasingCentre,
    Region,
    Reservation,
    UseDecision,
)

if TYPE_CHECKING:
    from jointbuy.documents import Document

ON = date(2026, 11, 23)
K, R = AdministrationKind, Region
CENTRE = PurchasingCentre(
    id="c", names=LocalText(fr="Centrale *", nl="Centrale"), contracting_authority=True
)
COMMON = CommonText(
    reservations=(Reservation(text="Le coût ne dépasse pas 45.000 euros."),),
    triggers=("réduction du périmètre",),
)


def who(kind: AdministrationKind, region: Region, *languages: str) -> Administration:
    return Administration(
        id=f"{kind.name}-{region.name}".lower(),
        names=LocalText(fr=f"{kind.name} A", nl=f"{kind.name} B"),
        kind=kind,
        region=region,
        languages=languages or ("fr",),
    )


def joining(one: Administration, **values: Any) -> Joining:
    known: dict[str, Any] = {
        "centre": CENTRE,
        "on": ON,
        "reference": "a-1",
        "common": COMMON,
        "programme": LocalText(fr="Parcours", nl="Traject"),
        "parts": (Part(names=LocalText(fr="Finances"), cost=Decimal(45000)),),
        "languages": one.languages,
    }
    return Joining(administration=one, **{**known, **values})


def words_of(document: Document) -> str:
    return "\n".join(run.text for run in all_runs(document.blocks))


def articles(document: Document) -> list[str]:
    """What was decided, from the first article on, without whose bodies decide."""
    blocks = document.blocks
    first = next(n for n, b in enumerate(blocks) if isinstance(b, Article))
    return [
        plain(block.runs)
        for block in blocks[first:]
        if isinstance(block, Article) and plain(block.runs)
    ]


LOCAL = [
    who(kind, region)
    for region in Region
    for kind in (K.COMMUNE, K.CPAS, K.POLICE_ZONE, K.PROVINCE, K.OTHER)
]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_administration_has_a_decision_with_the_same_articles(
    language: str,
) -> None:
    made = [compose_deliberation(joining(one), language) for one in LOCAL]
    assert len({tuple(articles(document)) for document in made}) == 1
    assert len(articles(made[0])) == 8
    for one, document in zip(LOCAL, made, strict=True):
        said = words_of(document)
        assert one.name(language) in said
        assert "Le coût ne dépasse pas 45.000 euros" in said
        assert "réduction du périmètre" in said
        labels = [field.label for field in fields(document)]
        votes = {"fr": "résultat du vote", "nl": "uitslag van de stemming"}[language]
        assert {votes} <= set(labels)
        assert write(document, "markdown")
    assert write(made[0], "docx") == write(made[0], "docx")


def test_the_body_and_the_grounds_are_those_of_the_administration() -> None:
    for one, language, wanted, unwanted in (
        (who(K.COMMUNE, R.WALLONIA), "fr",
         ("LE CONSEIL COMMUNAL", "L1222-7", "En séance publique"), "84ter"),
        (who(K.CPAS, R.WALLONIA), "fr",
         ("LE CONSEIL DE L’ACTION SOCIALE", "84ter", "bureau permanent"), "L1222-7"),
        (who(K.COMMUNE, R.BRUSSELS), "nl",
         ("DE GEMEENTERAAD", "Gelet op", "Nieuwe Gemeentewet"), "L1222-7"),
        (who(K.COMMUNE, R.FLANDERS, "nl"), "nl",
         ("Juridische gronden", "artikel 41, tweede lid, 10°", "Stemming"), "Gelet op"),
        (who(K.PROVINCE, R.FLANDERS, "nl"), "nl", ("De deputatie",), "het deputatie"),
    ):  # fmt: skip
        said = words_of(compose_deliberation(joining(one), language))
        assert all(each in said for each in wanted), wanted
        assert unwanted not in said


def test_what_nobody_decided_is_a_field_and_nothing_is_prefilled() -> None:
    one = who(K.CPAS, R.BRUSSELS, "fr", "nl")
    bare = joining(one, parts=(), programme=None, common=CommonText())
    said = words_of(compose_deliberation(bare, "fr"))
    assert "Réserves" not in said
    assert "à la centrale d’achat «\u00a0Centrale *\u00a0»" in said
    labels = [f.label for f in fields(compose_deliberation(bare, "fr"))]
    for label in (
        "date de la séance",
        "membres présents",
        "avis rendu sur le projet",
        "en séance publique ou à huis clos",
        "résultat du vote",
        "article budgétaire",
        "coûts présentés, hors TVA",
    ):
        assert label in labels
    outside = words_of(compose_deliberation(replace(bare, admitted=False), "fr"))
    assert "n’admet pas cette administration" in outside
    doubtful = replace(bare, centre=replace(CENTRE, contracting_authority=None))
    more = [f.label for f in fields(compose_deliberation(doubtful, "fr"))]
    assert set(more) - set(labels) == {"qualité de pouvoir adjudicateur de la centrale"}


def test_twins_are_told_of_each_other_and_of_what_they_recorded_apart() -> None:
    one, other = who(K.COMMUNE, R.BRUSSELS), who(K.CPAS, R.BRUSSELS)
    case = joining(
        one,
        twins=(other,),
        common=replace(COMMON, differing=(("réduction du périmètre", (one,)),)),
        earlier=(EarlierAct(day=date(2025, 6, 18), number="22"),),
        due=date(2026, 12, 31),
    )
    said = words_of(compose_deliberation(case, "fr"))
    assert "CPAS A" in said
    assert "(COMMUNE A)" in said
    assert "délibération du 18 juin 2025 (n° 22)" in said.replace("\u00a0", " ")
    assert "31 décembre 2026" in said


def test_a_version_in_a_language_it_does_not_act_in_is_only_for_information() -> None:
    one = who(K.COMMUNE, R.FLANDERS, "nl")
    assert "traduction d’information" in words_of(
        compose_deliberation(joining(one), "fr")
    )
    assert "ter informatie" not in words_of(compose_deliberation(joining(one), "nl"))
    with pytest.raises(UsageError, match="never translated"):
        compose_deliberation(joining(one), "de")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_letter_marks_interest_without_any_duty_to_order(language: str) -> None:
    case = Declaring(
        administration=who(K.CPAS, R.BRUSSELS),
        centre=CENTRE,
        framework=FrameworkAgreement(
            id="f", centre="c", title=LocalText(fr="Énergie"),
            interest_deadline=date(2026, 12, 18),
        ),
        on=ON,
        reference="i-1",
    )  # fmt: skip
    empty = compose_interest(case, language)
    filled = compose_interest(
        replace(
            case,
            interest=Interest(
                id="i", administration="x", framework="f", unit="MWh",
                maximum_quantity=Decimal(820), maximum_amount=Decimal(640000),
            ),
        ),
        language,
    )  # fmt: skip
    assert len(fields(empty)) - len(fields(filled)) == 2
    said = words_of(filled)
    assert "18 d" in said
    assert "640.000,00" in said
    assert ("aucune obligation" if language == "fr" else "geen verplichting") in said


def test_a_need_is_covered_by_a_second_decision_after_joining() -> None:
    framework = FrameworkAgreement(
        id="f", centre="c", title=LocalText(fr="Licences", nl="Licenties"),
        end=date(2027, 6, 30), call_off=CallOff.DIRECT,
    )  # fmt: skip
    joined = Adhesion(
        id="a", administration="x", centre="c", status=AdhesionStatus.ADHERED,
        decided_on=date(2022, 11, 16), number="18", convention_on=date(2022, 12, 5),
    )  # fmt: skip
    bare = Using(
        administration=who(K.CPAS, R.WALLONIA),
        centre=CENTRE,
        framework=framework,
        need=Need(
            id="n",
            administration="x",
            title="Licences bureautiques.",
            quantity=Decimal(420),
            unit="postes",
        ),
        use=UseDecision(id="u", need="n", framework="f"),
        on=ON,
    )
    whole = replace(
        bare,
        adhesion=joined,
        identified=True,
        use=replace(bare.use, amount=Decimal(268000), budget_article="139/123-13"),
    )
    said = words_of(compose_use(whole, "fr")).replace("\u00a0", " ")
    for each in (
        "84ter",
        "Licences bureautiques (420 postes)",
        "du 16 novembre 2022 (n° 18)",
        "le 5 décembre 2022",
        "268.000,00 €",
        "139/123-13",
        "est identifiée dans l’accord-cadre",
        "directement, aux conditions de l’accord-cadre",
        "utilisable jusqu’au 30 juin 2027",
    ):
        assert each in said
    assert "Aucune décision d’adhésion" in words_of(compose_use(bare, "fr"))
    left = {field.label for field in fields(compose_use(bare, "fr"))}
    known = {field.label for field in fields(compose_use(whole, "fr"))}
    assert len(left - known) == 5
    assert {"disponibilité des maxima", "résultat du vote"} <= known
    executive = replace(whole, executive=True)
    assert "LE BUREAU PERMANENT" in words_of(compose_use(executive, "fr"))
    flemish = replace(whole, administration=who(K.COMMUNE, R.FLANDERS, "nl"))
    dutch = words_of(compose_use(flemish, "nl"))
    assert "is in de raamovereenkomst aangewezen" in dutch
    assert "Gelet op" not in dutch
    assert articles(compose_use(flemish, "nl")) == articles(compose_use(bare, "nl"))


@pytest.mark.parametrize("kind", ["deliberation", "interest", "use"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_prose_is_written_with_the_signs_of_print(kind: str, language: str) -> None:
    from importlib import resources

    home = resources.files("jointbuy.documents") / "templates"
    text = (home / f"{kind}.{language}.md").read_text(encoding="utf-8")
    prose = [line for line in text.splitlines() if not line.startswith("<!--")]
    assert not any("'" in line or "\u00a0" in line for line in prose)
