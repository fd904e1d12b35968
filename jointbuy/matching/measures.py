"""The names of units in four languages: a table to extend, without any logic."""

from __future__ import annotations

PIECE = "piece"
SHEET = "sheet"
HOUR = "hour"

REAM = "500"
"""A ream is 500 sheets unless another number is written (ISO 4046-3)."""

TABLE: dict[str, dict[str, str]] = {
    PIECE: {
        "1": "piece pieces pce pces pc pcs unit units unite unites stuk stuks st "
        "eenheid eenheden exemplaire exemplaires ex exemplaren exemplar stueck stuck "
        "stk einheit einheiten item items each ea h87 c62 nar",
    },
    "kg": {
        "1": "kgm kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes "
        "kilogramm",
        "0.001": "grm g gr gram grams gramme grammes gramm",
        "100": "quintal quintaux",
        "1000": "tne t ton tonne tonnes tons tonnen",
    },
    "litre": {
        "1": "ltr l litre litres liter liters dm3",
        "1000": "mtq m3 m³ kubikmeter kubikmetern metre_cube metres_cubes m_cube "
        "m_cubes kubieke_meter kuub cubic_metre cubic_metres cubic_meter cubic_meters",
        "100": "hlt hl hectolitre hectolitres hectoliter",
        "0.1": "dl decilitre decilitres deciliter",
        "0.01": "clt cl centilitre centilitres centiliter zentiliter",
        "0.001": "mlt millilitre millilitres milliliter",
    },
    "m": {
        "1": "mtr m metre metres meter meters mct lfm metre_courant metres_courants "
        "metre_lineaire metres_lineaires m_courant m_courants lopende_meter "
        "strekkende_meter laufende_meter laufender_meter laufmeter",
        "0.01": "cm centimetre centimetres centimeter zentimeter",
        "1000": "kmt km kms kilometre kilometres kilometer kilometers",
    },
    "m²": {
        "1": "mtk m2 m² sqm qm metre_carre metres_carres m_carre m_carres "
        "vierkante_meter vierkante_meters quadratmeter quadratmetern square_metre "
        "square_metres square_meter square_meters centiare centiares",
        "100": "a are ares",
        "10000": "har ha hectare hectares hectaren hektar",
        "1000000": "km2 km²",
    },
    "kWh": {
        "1": "kwh kilowattheure kilowattheures kilowattuur kilowattstunde "
        "kilowattstunden",
        "1000": "mwh megawattheure megawattheures megawattuur megawattstunden",
        "1000000": "gwh",
    },
    HOUR: {
        "1": "hur h hour hours heure heures uur uren stunde stunden hr hrs man_hour "
        "man_hours manuren personenstunden heure_homme heures_homme",
    },
    "week": {"1": "wee week weeks semaine semaines weken woche wochen"},
    "month": {
        "1": "mon month months mois maand maanden monat monate monaten",
        "3": "quarter quarters trimestre trimestres kwartaal kwartalen quartal "
        "quartale trimester trimesters",
        "6": "semestre semestres semester semesters halbjahr",
        "12": "ann year years an ans annee annees jaar jaren jahr jahre jahren",
    },
    SHEET: {
        "1": "sheet sheets feuille feuilles vel vellen blad bladen bladeren blatt "
        "blatter blaetter feuillet feuillets",
        REAM: "ream reams rame rames ramette ramettes riem riemen ries riese",
    },
    "person": {
        "1": "person persons people personne personnes persoon personen agent agents "
        "employee employees travailleur travailleurs werknemer werknemers medewerker "
        "medewerkers personeelslid personeelsleden mitarbeiter beschaftigte etp vte "
        "fte eleve eleves leerling leerlingen schuler enfant enfants kind kinderen "
        "kinder resident residents bewoner bewoners bewohner habitant habitants "
        "inwoner inwoners einwohner patient patients patienten participant "
        "participants deelnemer deelnemers teilnehmer",
    },
    "voucher": {
        "1": "voucher vouchers meal_voucher meal_vouchers cheque cheques titre titres "
        "bon bons maaltijdcheque maaltijdcheques gutschein gutscheine scheck schecks",
    },
    "licence": {
        "1": "licence licences license licenses licentie licenties lizenz lizenzen "
        "user users utilisateur utilisateurs gebruiker gebruikers nutzer benutzer",
    },
    "vehicle": {
        "1": "vehicle vehicles vehicule vehicules voertuig voertuigen fahrzeug "
        "fahrzeuge",
    },
    "page": {
        "1": "page pages pagina paginas bladzijde bladzijden seite seiten copie copies "
        "kopie kopieen kopien impression impressions afdruk afdrukken",
    },
    "item of mail": {
        "1": "envoi envois zending zendingen sendung sendungen pli plis mailing "
        "poststuk poststukken",
    },
    "subscription": {
        "1": "subscription subscriptions abonnement abonnementen abonnements sim "
        "simkaart simkaarten carte-sim cartes-sim karte-sim abo abos",
    },
    "check": {
        "1": "check checks controle controles controle-medical kontrolle kontrollen "
        "examen examens onderzoek onderzoeken untersuchung untersuchungen",
    },
    "training": {
        "1": "training trainings session sessions sessie sessies formation formations "
        "opleiding opleidingen cours cursus cursussen schulung schulungen kurs kurse",
    },
    "meal": {
        "1": "meal meals repas maaltijd maaltijden mahlzeit mahlzeiten couvert "
        "couverts",
    },
    "word": {"1": "word words mot mots woord woorden wort worter woerter"},
    "pair": {"1": "pair pairs paire paires paar paren"},
    "building": {
        "1": "building buildings batiment batiments gebouw gebouwen gebaude site sites "
        "locatie locaties",
    },
    "tree": {"1": "tree trees arbre arbres boom bomen baum baume"},
    "stere": {"1": "stere steres ster raummeter"},
    "normal m³": {"1": "nm3 nm³ normo_m3"},
    "contract": {
        "1": "contract contracts contrat contrats contracten vertrag vertrage marche "
        "marches opdracht opdrachten auftrag auftrage",
    },
    "lump sum": {
        "1": "ff sog pg tp gp ens ensemble geheel prix_global totale_prijs "
        "globale_prijs lump_sum lump_sums forfait forfaits forfaitair forfaitaire fft "
        "pauschale pauschal",
    },
    "intervention": {
        "1": "intervention interventions interventie interventies einsatz einsatze",
    },
    "visit": {"1": "visit visits visite visites bezoek bezoeken besuch besuche"},
    "round": {
        "1": "time times fois keer mal passage passages beurt beurten durchgang "
        "durchgange tournee tournees ronde ronden",
    },
    "place": {
        "1": "place places plaats plaatsen platz platze zitplaats zitplaatsen seat "
        "seats",
    },
    "file": {"1": "dossier dossiers akte akten"},
    "report": {
        "1": "report reports rapport rapporten rapports verslag verslagen "
        "bericht berichte"
    },
    "journey": {
        "1": "journey journeys trajet trajets course courses rit ritten fahrt fahrten",
    },
    "night": {
        "1": "night nights nuit nuits nuitee nuitees nacht nachten nachte overnachting "
        "overnachtingen ubernachtung ubernachtungen",
    },
    "dose": {"1": "dose doses dosis dosissen"},
    "line": {"1": "line lines ligne lignes lijn lijnen leitung leitungen"},
    "light point": {
        "1": "light_point light_points point_lumineux points_lumineux lichtpunt "
        "lichtpunten lichtpunkt lichtpunkte",
    },
    "workplace": {
        "1": "workplace workplaces workstation workstations poste_de_travail "
        "postes_de_travail werkplek werkplekken werkpost werkposten arbeitsplatz "
        "arbeitsplatze",
    },
    "copy of a text": {"1": "numero numeros nummer nummers ausgabe ausgaben"},
}
"""Base unit: how many of it one of the named units is, and the names.

Small letters without accents; words of one name are joined by an underscore.
"""

JOULES = {"mj": "1", "gj": "1000", "tj": "1000000"}
"""In MJ; a kilowatt-hour is 3.6 of them."""

DAYS: dict[str, str] = {
    "1": "day days jour jours journee journees dag dagen tag tage tagen jr jrs j "
    "manday mandays man_day man_days person_day person_days training_day "
    "training_days jour_homme jours_homme jours_hommes jour_h homme_jour homme_jours "
    "hommes_jours mandag mandagen mensdag mensdagen personendag personendagen "
    "personentag personentage manntag manntage mann_tage jh werkdag werkdagen "
    "arbeitstag arbeitstage jour_ouvrable jours_ouvrables jour_ouvre jours_ouvres",
    "0.5": "half_day half_days demi_jour demi_jours demi_journee demi_journees "
    "halve_dag halve_dagen dagdeel dagdelen halber_tag halbe_tage halbtag halbtage",
}
"""Working days; what one lasts in hours is an assumption, not a measure."""

PACKS: dict[str, str] = {
    "box": "bx box boxes boite boites doos dozen karton kartons carton cartons "
    "schachtel schachteln caisse caisses kist kisten kiste",
    "pack": "pk pack packs paquet paquets pak pakken pakket pakketten packung "
    "packungen paket pakete blister blisters",
    "set": "set sets jeu jeux satz satze kit kits",
    "batch": "lot lots",
    "bag": "bag bags sac sacs zak zakken sack sacke sacken bigbag bigbags big_bag "
    "big_bags",
    "roll": "roll rolls rouleau rouleaux rol rollen rolle bobine bobines",
    "pallet": "pallet pallets palette palettes paletten palet",
    "bottle": "bottle bottles bouteille bouteilles fles flessen flasche flaschen "
    "flacon flacons",
    "canister": "canister canisters bidon bidons jerrycan jerrycans jerrican jerricans "
    "kanister can cans",
    "drum": "drum drums fut futs vat vaten fass fasser",
}
"""What holds something else: it converts only where its size is written."""

LIQUID = frozenset({"bottle", "canister", "drum"})
"""Of these a volume is what they hold; of a bag or a box it may be how large it is."""

OF_PIECES = frozenset({"box", "pack", "set", "batch"})
"""A bare number after these counts pieces: “boîte de 100”."""

MULTIPLES: dict[str, str] = {
    "12": "douzaine douzaines dozijn dozijnen dutzend dutzende",
    "100": "hundred cent honderd hundert centaine centaines honderdtal honderdtallen",
    "1000": "thousand mille duizend tausend millier milliers duizendtal duizendtallen",
    "1000000": "million millions miljoen miljoenen millionen mio",
}
"""So many of what follows, or of pieces. “Dozen” are boxes here, as in Dutch."""

PERIODS: dict[str, str] = {
    "1": "year an annee jaar jahr annum pa",
    "2": "semestre semester halbjahr",
    "4": "quarter trimestre kwartaal quartal trimester",
    "12": "month mois maand monat",
}
"""How often a period comes in a year."""

LINKS = frozenset(
    {"de", "d", "du", "des", "a", "avec", "contenant", "chacun", "chacune"}
    | {"van", "aan", "met", "elk", "von", "zu", "mit", "je", "der", "den"}
    | {"of", "with", "containing"}
)
"""Small words between a pack, its number and what it holds."""

COUNTED = frozenset(
    {
        "voucher",
        "licence",
        "vehicle",
        "item of mail",
        "subscription",
        "check",
        "training",
        "meal",
        "building",
        "tree",
    }
)
"""What is counted one by one, so that pieces of it can be added to it.

Not what holds several (a box, a pair, a ream), nor what measures the work or the size
of the thing (pages, words, persons).
"""
