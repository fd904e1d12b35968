"""A register of many needs, as years of work of many administrations leave it.

The same count and seed give the same bytes. The words are those of the notes that
services write to one another, not those of the thesaurus.

    python -m tests.bench.registers --needs 10000 register.json
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from jointbuy.model import (
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    BodyKind,
    BudgetKind,
    CompetentBody,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    LocalText,
    Nature,
    Need,
    NeedStatus,
    PurchasingCentre,
    Region,
    Register,
)
from jointbuy.store.port import Change
from jointbuy.store.tinydb import TinyStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.model import Record

DAY = date(2027, 1, 11)
BEGUN = datetime(2025, 3, 3, 8, tzinfo=UTC)
PER_ADMINISTRATION = 250
EDITS = 25
"""How often, after the needs were taken in, some of them were worked on again."""

PLACES = [
    "Aubevigne",
    "Bruinbeke",
    "Cailloutis",
    "Doornveld",
    "Erlenbroek",
    "Fontaubry",
    "Grasheide",
    "Hautruelle",
    "Ijzerbos",
    "Jonchaie",
    "Kiezelgem",
    "Lormoulin",
    "Meirlo",
    "Noirfagne",
    "Oudekreek",
    "Pommerieux",
    "Quatrehêtres",
    "Rietmeer",
    "Sauleverte",
    "Torenakker",
    "Ulmenrode",
    "Vaucresson",
    "Wilgenhof",
    "Yvrelle",
]

KINDS = (
    (AdministrationKind.COMMUNE, "Commune de {}", "Gemeente {}"),
    (AdministrationKind.CPAS, "CPAS de {}", "OCMW {}"),
    (AdministrationKind.POLICE_ZONE, "Zone de police {}", "Politiezone {}"),
    (AdministrationKind.SCHOOL_BOARD, "Écoles communales de {}", "Scholengroep {}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Something that services ask for, in two languages."""

    cpv: str
    nature: Nature
    fr: str
    nl: str
    unit: str
    price: int


_S, _V, _W = Nature.SUPPLIES, Nature.SERVICES, Nature.WORKS
WANTS = tuple(
    Want(cpv=cpv, nature=nature, fr=fr, nl=nl, unit=unit, price=price)
    for cpv, nature, fr, nl, unit, price in (
        ("30197643", _S, "rames A4 blanches", "pakken wit A4", "rame", 4),
        (
            "30125100",
            _S,
            "recharges pour les imprimantes",
            "inkt printers",
            "pièce",
            70,
        ),
        ("30213100", _S, "portables des agents", "draagbare pc's", "pièce", 850),
        ("30231300", _S, "écrans 27 pouces", "schermen 27 duim", "pièce", 210),
        ("39112000", _S, "sièges ergonomiques", "stoelen voor de balie", "pièce", 320),
        ("39130000", _S, "bureaux assis-debout", "zit-sta-bureaus", "pièce", 540),
        ("09135100", _S, "gasoil des chaudières", "stookolie gebouwen", "litre", 1),
        (
            "09132000",
            _S,
            "essence du charroi",
            "benzine voor de voertuigen",
            "litre",
            2,
        ),
        ("09310000", _S, "courant des bâtiments", "stroom gebouwen", "MWh", 140),
        ("34144900", _S, "camionnettes électriques", "e-bestelwagens", "pièce", 41000),
        ("34430000", _S, "vélos de service", "dienstfietsen", "pièce", 2600),
        ("18110000", _S, "tenues des ouvriers", "kledij werklieden", "ensemble", 190),
        ("18830000", _S, "chaussures S3", "schoenen S3", "paire", 85),
        ("34113300", _S, "véhicules d'intervention", "combi's", "pièce", 62000),
        ("35110000", _S, "extincteurs poudre", "poederblussers", "pièce", 75),
        ("14410000", _S, "sel de déneigement", "wegenzout", "tonne", 95),
        ("44113620", _S, "enrobé à froid", "koudasfalt", "tonne", 160),
        ("34928400", _S, "bancs de la place", "zitbanken plein", "pièce", 900),
        ("34928480", _S, "poubelles de rue", "straatvuilnisbakken", "pièce", 430),
        ("37535200", _S, "module de jeux", "speeltuig", "pièce", 12000),
        ("15000000", _S, "denrées des cantines", "voeding refter", "repas", 3),
        ("33140000", _S, "gants et compresses", "handschoenen zorg", "boîte", 9),
        ("33192000", _S, "lits médicalisés", "zorgbedden", "pièce", 1400),
        ("90910000", _V, "entretien des locaux", "poetsen lokalen", "heure", 28),
        ("90911300", _V, "lavage des vitres", "ramen wassen", "passage", 600),
        ("79710000", _V, "gardiennage du soir", "avondbewaking", "heure", 36),
        ("64110000", _V, "envois du courrier", "verzending brieven", "lettre", 1),
        ("66510000", _V, "assurance des bâtiments", "brandpolis", "contrat", 30000),
        ("79340000", _V, "toutes-boîtes communal", "huis-aan-huisblad", "numéro", 7000),
        ("80500000", _V, "formations des agents", "opleiding personeel", "jour", 900),
        ("71300000", _V, "étude de stabilité", "stabiliteitsstudie", "étude", 15000),
        (
            "50112000",
            _V,
            "entretien des véhicules",
            "onderhoud wagens",
            "véhicule",
            800,
        ),
        ("50750000", _V, "contrôle des ascenseurs", "keuring liften", "ascenseur", 450),
        ("77310000", _V, "tonte des pelouses", "maaien grasperken", "ha", 700),
        ("77340000", _V, "élagage des platanes", "snoeien platanen", "arbre", 120),
        ("55523000", _V, "repas à domicile", "maaltijden aan huis", "repas", 8),
        ("72400000", _V, "accès internet", "internetlijnen", "site", 1100),
        ("79530000", _V, "traductions jurées", "vertalingen", "page", 45),
        (
            "90500000",
            _V,
            "enlèvement des encombrants",
            "grofvuil ophalen",
            "tonne",
            180,
        ),
        ("45233142", _W, "réparation des trottoirs", "herstel stoepen", "m²", 95),
        ("45261210", _W, "toiture de l'école", "dak van de school", "m²", 210),
        ("45331100", _W, "remplacement de la chaudière", "ketel", "chaudière", 48000),
        ("45316110", _W, "lampadaires LED", "ledpalen", "point", 1500),
        ("45432130", _W, "revêtement de la salle", "vloer sporthal", "m²", 70),
    )
)

FOR = (
    ("", ""),
    (" – budget {year}", " – begroting {year}"),
    (" pour la maison communale", " gemeentehuis"),
    (" pour les écoles", " scholen"),
    (" (marché à relancer)", " (opnieuw te gunnen)"),
    (" de la crèche", " kinderdagverblijf"),
    (" du dépôt", " werkplaats"),
    (" des services techniques", " technische dienst"),
)
TOLD = (
    ("Comme les années passées, livraison par étage.", "Zoals vorige jaren."),
    ("Le contrat en cours prend fin, prix à revoir.", "Het contract loopt af."),
    (
        "Demande du chef de service, à confirmer au budget.",
        "Vraag van het diensthoofd.",
    ),
    ("", ""),
    ("Y compris la reprise de l'ancien matériel.", "Met terugname van het oude."),
)
SERVICES = (
    ("Travaux", "Technische dienst"),
    ("Informatique", "Informatica"),
    ("Économat", "Aankoop"),
    ("Enseignement", "Onderwijs"),
    ("Personnel", "Personeelsdienst"),
    ("Finances", "Financiën"),
)
METHODS = ("factures des trois dernières années", "prix du dernier marché", "devis")


def write(path: Path, needs: int, *, seed: int = 1) -> None:
    """Write a register of that many needs, through the store, to a new file."""
    dice = random.Random(seed)
    days = itertools.count()
    store = TinyStore(
        path, create=True, now=lambda: BEGUN + timedelta(hours=3 * next(days))
    )
    everyone = tuple(_administrations(max(4, needs // PER_ADMINISTRATION), dice))
    people = tuple(_people(everyone))
    kept: dict[str, tuple[Need, int]] = {}
    _add(store, [_register(everyone), *everyone, *people], why="add administrations")
    _add(store, list(_centres(everyone, needs, dice)), why="import centres.xlsx")
    for number, administration in enumerate(everyone):
        ids = range(number, needs, len(everyone))
        mine = [_need(id_, administration, dice) for id_ in ids]
        held = [c for n, c in enumerate(_contracts(mine)) if n % 8 == 0]
        if mine:
            _add(store, [*mine, *held], why=f"import {administration.id}.xlsx")
        kept |= {need.id: (need, 1) for need in mine}
    for _ in range(EDITS if kept else 0):
        chosen = dice.sample(sorted(kept), k=max(1, needs // 500))
        changes = []
        for id_ in chosen:
            need, seen = kept[id_]
            changed = _reworked(need, dice)
            changes.append(Change(kind=Need, id=id_, value=changed, seen=seen))
            kept[id_] = (changed, seen + 1)
        store.commit(changes, by="econome", why=f"edit {chosen[0]}")


def _add(store: TinyStore, values: list[Record], *, why: str) -> None:
    store.commit(
        [Change(kind=type(value), id=value.id, value=value) for value in values],
        by="econome",
        why=why,
    )


def _register(everyone: tuple[Administration, ...]) -> Register:
    names = LocalText(fr="Registre de mesure", nl="Meetregister")
    return Register(names=names, day=DAY, home=everyone[0].id)


def _administrations(count: int, dice: random.Random) -> Iterator[Administration]:
    for number in range(count):
        round_, place = divmod(number // len(KINDS), len(PLACES))
        name = PLACES[place] + ("" if not round_ else f" {round_ + 1}")
        kind, fr, nl = KINDS[number % len(KINDS)]
        languages = ("fr", "nl") if number % 3 == 0 else ("fr",)
        seat = number // len(KINDS)
        yield Administration(
            id=f"{kind.name.lower().replace('_', '-')}-{seat}",
            names=LocalText(fr=fr.format(name), nl=nl.format(name)),
            kind=kind,
            region=Region.BRUSSELS if number % 3 == 0 else Region.WALLONIA,
            territory="BE100" if number % 3 == 0 else "BE310",
            postcode=str(1000 + seat),
            address=f"Grand-Place {1 + seat}",
            population=dice.randrange(4000, 60000),
            neighbours=(f"commune-{seat - 1}",) if seat and not number % 4 else (),
            languages=languages,
            bodies=(
                CompetentBody(
                    kind=BodyKind.COUNCIL,
                    sessions=tuple(
                        DAY + timedelta(days=9 + 28 * month) for month in range(11)
                    ),
                    convocation_days=7,
                    filing_days=10,
                ),
                CompetentBody(
                    kind=BodyKind.EXECUTIVE,
                    sessions=tuple(
                        DAY + timedelta(days=1 + 7 * week) for week in range(50)
                    ),
                ),
            ),
        )


def _people(everyone: tuple[Administration, ...]) -> Iterator[ContactPerson]:
    for administration in everyone:
        for number, (service, _) in enumerate((("", ""), *SERVICES[:3])):
            yield ContactPerson(
                id=f"{administration.id}-{number}",
                administration=administration.id,
                name=f"Agent {number} {administration.names.fr}",
                function="Responsable",
                service=service,
                email=f"agent{number}.{administration.id}@example.org",
                language=administration.languages[0],
                active_from=date(2024, 1, 1),
            )


def _centres(
    everyone: tuple[Administration, ...], needs: int, dice: random.Random
) -> Iterator[Record]:
    centres = [
        PurchasingCentre(
            id=f"centrale-{number}",
            names=LocalText(fr=f"Centrale {number}", nl=f"Aankoopcentrale {number}"),
            regions=(Region.BRUSSELS, Region.WALLONIA),
            kinds=(AdministrationKind.COMMUNE, AdministrationKind.CPAS),
            certainty="A",
        )
        for number in range(3)
    ]
    yield from centres
    frameworks = [
        FrameworkAgreement(
            id=f"accord-{number}",
            centre=centres[number % len(centres)].id,
            title=LocalText(fr=f"{want.fr} {2026 + number % 3}", nl=want.nl),
            cpv=(want.cpv,),
            regions=(Region.BRUSSELS, Region.WALLONIA),
            kinds=(AdministrationKind.COMMUNE, AdministrationKind.CPAS),
            interest_deadline=DAY + timedelta(days=dice.randrange(-300, 200)),
            start=DAY + timedelta(days=dice.randrange(-900, 200)),
            end=DAY + timedelta(days=dice.randrange(100, 1200)),
            ceiling=Decimal(dice.randrange(1, 90) * 100_000),
        )
        for number, want in zip(range(max(3, needs // 250)), itertools.cycle(WANTS))
    ]
    yield from frameworks
    for number, administration in enumerate(everyone):
        if number % 2 == 0:
            yield Adhesion(
                id=f"adhesion-{number}",
                administration=administration.id,
                centre=centres[number % len(centres)].id,
                status=AdhesionStatus.ADHERED,
                decided_on=date(2025, 1, 20),
                convention_on=date(2025, 2, 3),
            )
        framework = frameworks[number % len(frameworks)]
        yield Interest(
            id=f"interet-{number}",
            administration=administration.id,
            framework=framework.id,
            asked_on=date(2026, 9, 1),
            due=framework.interest_deadline,
            answer=InterestAnswer.YES if number % 3 else None,
            answered_on=date(2026, 9, 20) if number % 3 else None,
        )


def _need(number: int, administration: Administration, dice: random.Random) -> Need:
    want = dice.choice(WANTS)
    french = dice.random() < (0.5 if "nl" in administration.languages else 0.95)
    side = 0 if french else 1
    year = DAY.year + dice.randrange(2)
    words = (want.fr, want.nl)[side] + dice.choice(FOR)[side].format(year=year)
    quantity = dice.randrange(1, 400)
    earliest = DAY + timedelta(days=dice.randrange(60, 700))
    service = dice.randrange(len(SERVICES))
    return Need(
        id=f"n-{number:06}",
        administration=administration.id,
        title=words[0].upper() + words[1:],
        nature=want.nature if dice.random() < 0.97 else None,
        service=SERVICES[service][side],
        contact=f"{administration.id}-{dice.randrange(4)}",
        description=dice.choice(TOLD)[side],
        language=("fr", "nl")[side],
        cpv=want.cpv if dice.random() < 0.7 else "",
        quantity=Decimal(quantity) if dice.random() < 0.8 else None,
        unit=want.unit,
        estimate=Decimal(quantity * want.price) * Decimal("1.00")
        if dice.random() < 0.85
        else None,
        estimate_method=dice.choice(METHODS),
        earliest=earliest,
        latest=earliest + timedelta(days=dice.randrange(0, 240)),
        duration_months=dice.choice((None, 12, 24, 36, 48)),
        territory=administration.territory,
        budget_article=f"{dice.randrange(100, 900)}/{dice.randrange(120, 126)}-02",
        budget_year=year,
        budget_kind=BudgetKind.ORDINARY if want.price < 5000 else None,
        personal_data=dice.choice((None, True, False)),
        status=dice.choices(tuple(NeedStatus), weights=(8, 70, 7, 15))[0],
    )


def _contracts(needs: list[Need]) -> Iterator[Contract]:
    for number, need in enumerate(needs):
        end = need.earliest or DAY
        yield Contract(
            id=f"k-{need.id}",
            administration=need.administration,
            title=need.title,
            supplier=f"Fournisseur {number % 60}",
            cpv=need.cpv,
            start=end - timedelta(days=1461),
            end=end,
            notice=end - timedelta(days=180),
            yearly_value=need.estimate,
            exclusive=number % 5 == 0,
        )


def _reworked(need: Need, dice: random.Random) -> Need:
    match dice.randrange(3):
        case 0:
            return replace(need, status=dice.choice(tuple(NeedStatus)))
        case 1:
            return replace(need, estimate=Decimal(dice.randrange(10, 99)) * 1000)
        case _:
            return replace(need, note=f"Vu avec le service le {DAY}.")


def main() -> int:
    """Write the register asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write(chosen.path, chosen.needs, seed=chosen.seed)
    sys.stdout.write(f"{chosen.path}: {chosen.path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
