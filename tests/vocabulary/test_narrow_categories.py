"""Titles that a broad category used to swallow lead to the narrower one."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary.search import search

NARROW = [
    ("Nouveau pare-feu pour le CPAS", "firewall"),
    ("Headsets thuiswerk", "headsets"),
    ("Software begraafplaatsen", "cemetery-software"),
    ("Sitzungsverwaltung Software Gemeinderat", "council-meeting-software"),
    ("Kassarollen cafetaria", "till-rolls"),
    ("Monitorarme Bauamt", "ergonomic-accessories"),
    ("Écolage permis C ouvriers", "driving-school"),
    ("Heftruckopleiding magazijn", "training-machines"),
    ("Écochèques 2027", "eco-vouchers"),
    ("Cyberversicherung", "insurance-cyber"),
    ("Assurance tous risques chantier école", "insurance-construction"),
    ("Btw-advies agb", "tax-advice"),
    ("Prepaid-Karten ÖSHZ", "prepaid-cards"),
    ("Schuldbemiddeling cliënten", "debt-counselling"),
    ("Frais de notaire vente terrain", "notary"),
    ("Akoestische studie muziekschool", "acoustic-study"),
    ("Landschaftsarchitekt Schulhof", "landscape-architect"),
    ("Roll-up banners bib", "banners-printed"),
    ("Feu d'artifice du 21 juillet", "fireworks"),
    ("Springkastelen buitenspeeldag", "bouncy-castles"),
    ("Mobile Toiletten Kirmes", "mobile-toilets"),
    ("Hotelovernachtingen studiereis", "hotels"),
    ("Jeux de société ludothèque", "board-games"),
    ("Huiswerkbegeleiding lagere school", "teachers-tutoring"),
    ("Handboeien politiezone", "batons-handcuffs"),
    ("Feuerwehrhelme", "firefighter-clothing"),
    ("Gilets fluo pour les élèves", "hi-vis-vests"),
    ("work gloves for the depot", "work-gloves"),
]


@pytest.mark.parametrize(("title", "expected"), NARROW)
def test_a_narrow_title_finds_its_own_category(title: str, expected: str) -> None:
    assert expected in [one.category for one in search(title)[:2]]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Assurances de la commune", "insurance-general"),
        ("Formations du personnel", "training-general"),
        ("PBM technische dienst", "ppe"),
        ("Sportmateriaal", "sports-equipment"),
        ("Équipement de police", "police-equipment"),
        ("Büromaterial", "office-supplies"),
        ("Informaticamateriaal", "hardware"),
        ("Matériel audiovisuel", "audiovisual"),
    ],
)
def test_a_broad_title_stays_with_the_broad_category(title: str, expected: str) -> None:
    assert search(title)[0].category == expected
