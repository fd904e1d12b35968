"""Everyday titles, and the codes suggested for them."""

from __future__ import annotations

import pytest

from jointbuy.vocabulary.search import evidence_for, search, suggest

EVERYDAY = [
    ("Achat de PC portables pour les écoles communales", "laptops"),
    ("Aankoop van draagbare computers", "laptops"),
    ("Aankoop van stookolie voor de gemeentelijke gebouwen", "heating-oil"),
    ("Lieferung von Heizöl für die Gemeindegebäude", "heating-oil"),
    ("Marché conjoint titres-repas Commune/CPAS", "meal-vouchers"),
    ("Gezamenlijke overheidsopdracht voor maaltijdcheques", "meal-vouchers"),
    ("Jouets pour la Saint-Nicolas des enfants du personnel", "toys"),
    ("Marché conjoint pour les contrôles médicaux", "medical-checks"),
    ("Medische controles van het personeel", "medical-checks"),
    ("Accord-cadre pour les services postaux", "postal-services"),
    ("Approvisionnement en carburant des véhicules", "vehicle-fuel"),
    ("Levering van brandstof voor de voertuigen", "vehicle-fuel"),
    ("Gaz et électricité des bâtiments administratifs", "electricity"),
    ("Entretien des vitres", "window-cleaning"),
    ("Onderhoud van ramen", "window-cleaning"),
    ("Matériel de bureau", "office-supplies"),
    ("Verzekeringen", "insurance-general"),
    ("Renouvellement des infrastructures de virtualisation", "servers"),
    ("Sociabili: beheer van sociale dossiers", "social-software"),
    ("Site internet commun à la commune et au CPAS", "website"),
    ("Formations bureautiques des agents", "training-it"),
    ("Sel de déneigement", "road-salt"),
    ("Streusalz", "road-salt"),
    ("Dératisation", "pest-control"),
    ("Snoeien van bomen langs gemeentewegen", "tree-pruning"),
    ("Curage des avaloirs et égouts", "sewer-cleaning"),
    ("Software voor de boekhouding", "accounting-software"),
    ("Repas chauds pour les écoles", "school-meals"),
    ("Langes pour la maison de repos", "incontinence"),
    ("Wartung der Aufzüge", "lift-maintenance"),
    ("Keuring van liften", "lift-inspection"),
    ("Papier / papier: kopieerpapier A4", "copy-paper"),
]


@pytest.mark.parametrize(("title", "expected"), EVERYDAY)
def test_an_everyday_title_is_understood(title: str, expected: str) -> None:
    assert search(title)[0].category == expected


def test_five_different_codes_are_suggested_best_first() -> None:
    found = search("chèques-repas")
    assert len({one.code for one in found}) == len(found) == 5
    assert [one.score for one in found] == sorted(
        (one.score for one in found), reverse=True
    )
    assert search("chèques-repas", limit=2) == found[:2]


def test_nothing_is_suggested_when_no_word_is_known() -> None:
    assert search("xqzt wvvk") == ()
    assert search("Marché public 2025") == ()
    assert search("") == ()


def test_a_suggestion_says_why() -> None:
    assert "toner" in str(search("Fourniture de toner")[0].why)
    assert "read as" in str(search("Defibrilateur")[0].why)
    assert "30213100" in search("30213100-6")[0].code
    assert str(search("30213100-6")[0].why) == "The code as typed."


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Achat de vins", "15930000"),
        ("Vuurwerk", "92360000"),
        ("Lave-vaisselle pour l'école", "39713100"),
        ("Kunstgrasveld", "45236110"),
    ],
)
def test_a_term_with_a_code_of_its_own_gets_it_first(title: str, code: str) -> None:
    found = search(title)
    assert found[0].code == code
    assert len({one.code for one in found}) == 5


def test_the_nature_moves_what_fits_it_forward() -> None:
    works = search("ascenseur", nature="works")[0]
    services = search("ascenseurs", nature="services")[0]
    assert works.category == "lift-installation"
    assert services.category in {"lift-maintenance", "lift-inspection"}


def test_a_wrong_language_does_not_hide_the_meaning() -> None:
    for language in ("", "fr", "de", "xx"):
        assert search("stookolie", language=language)[0].category == "heating-oil"


def test_bulk_suggestions_equal_single_ones_and_keep_the_order() -> None:
    rows = [
        {"id": str(number), "text": title, "language": "fr"}
        for number, (title, _) in enumerate(EVERYDAY)
    ]
    answers = list(suggest(rows))
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    for row, answer in zip(rows, answers, strict=True):
        single = search(row["text"], language="fr")
        assert answer["suggestions"] == [one.code for one in single]


def test_in_bulk_each_text_gets_what_it_gets_alone() -> None:
    rows = [
        {"id": number, "text": f"{text} lot {number}", "language": "fr"}
        for number, (text, *_) in enumerate(EVERYDAY)
    ]
    for row, found in zip(rows, suggest(rows), strict=True):
        alone = [one.code for one in search(str(row["text"]), language="fr")]
        assert found == {"id": row["id"], "suggestions": alone}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Toners école", "toner"),
        ("Kermis huur tenten", "event-equipment"),
        ("Stookolie zwembad", "heating-oil"),
        ("Uniformes police", "police-uniforms"),
        ("Nettoyage des écoles", "school-cleaning"),
        ("Streusalz Bauhof", "road-salt"),
        ("Brandblussers bibliotheek", "fire-extinguishers"),
    ],
)
def test_a_place_or_feast_does_not_hide_what_is_bought(
    title: str, expected: str
) -> None:
    assert search(title)[0].category == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("piscine", "sports-building"), ("kermis", "funfair-rides")],
)
def test_a_place_or_feast_alone_is_still_understood(title: str, expected: str) -> None:
    assert search(title)[0].category == expected


def test_colours_carry_no_weight() -> None:
    assert search("stylos bleus") == search("stylos")


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Tensiomètres", "33123100"),
        ("Wapenkluis", "44421300"),
        ("Verse soep", "15891400"),
        ("Zuurvrije dozen", "30193700"),
        ("Medische zuurstof", "24111500"),
        ("Rijbewijs C arbeiders", "80411000"),
        ("Ethical hacking", "72810000"),
        ("Koekjes", "15821200"),
        ("Motorsäge Bauhof", "16310000"),
    ],
)
def test_short_everyday_words_lead_to_their_code(title: str, code: str) -> None:
    assert search(title)[0].code == code


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("light bulbs", "led-lighting"),
        ("flower bulbs", "flower-bulbs"),
        ("portail citoyen", "website"),
        ("portail et grillage", "fencing"),
        ("permis de conduire", "driving-school"),
    ],
)
def test_a_word_of_two_meanings_follows_its_neighbours(
    title: str, expected: str
) -> None:
    assert search(title)[0].category == expected


def test_the_words_found_are_shown_as_they_were_written() -> None:
    found = evidence_for("medical-checks", "Contrôles médicaux du personnel")
    assert "Contrôles" in str(found)
    assert "médicaux" in str(found)
    assert "medicaux" not in str(found)
    assert "Défibrilateur" in str(search("Défibrilateur")[0].why)
