"""What the draft convention says, and what it leaves to people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jointbuy.documents import Case, CostKey, Document, Invoicing, compose, fields
from jointbuy.documents.convention import required_languages
from jointbuy.documents.document import (
    Article,
    Clause,
    Heading,
    Recital,
    Signature,
    Table,
    Title,
    all_runs,
    plain,
)
from jointbuy.documents.template import names
from jointbuy.documents.words import prose, words
from jointbuy.errors import Refused, UsageError, say
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    Candidate,
    CandidateKind,
    Citation,
    CompetentBody,
    Decision,
    Dossier,
    Entry,
    Finding,
    Form,
    LocalText,
    Need,
    Outcome,
    Region,
    Stage,
    Stops,
    Vote,
)

LANGUAGES = ("fr", "nl")
MakeCase = Callable[..., Case]


def text_of(document: Document) -> str:
    return "\n".join(run.text for run in all_runs(document.blocks))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def euro(text: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9,]", "", text).replace(",", "."))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_articles_follow_each_other_and_so_do_their_clauses(
    make_case: MakeCase, language: str
) -> None:
    document = compose("convention", make_case(), language)
    articles = [b.number for b in document.blocks if isinstance(b, Article)]
    assert articles == list(range(1, 15))
    current, last = 0, 0
    for block in document.blocks:
        if isinstance(block, Article):
            current, last = block.number, 0
        if isinstance(block, Clause):
            assert block.number == (current, last + 1)
            last += 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_one_title_first_and_five_annexes_last(
    make_case: MakeCase, language: str
) -> None:
    document = compose("convention", make_case(), language)
    assert isinstance(document.blocks[0], Title)
    assert sum(isinstance(block, Title) for block in document.blocks) == 1
    headings = [plain(b.runs) for b in document.blocks if isinstance(b, Heading)]
    word = {"fr": "Annexe", "nl": "Bijlage"}[language]
    assert [h.split(" –")[0] for h in headings[-5:]] == [
        f"{word} {number}" for number in range(1, 6)
    ]
    assert document.title.startswith({"fr": "PROJET – ", "nl": "ONTWERP – "}[language])


@pytest.mark.parametrize(
    ("region", "kind", "language"),
    [
        *product(Region, AdministrationKind, LANGUAGES),
        *product((None,), (None, AdministrationKind.COMMUNE), LANGUAGES),
        *product((Region.FLANDERS,), (None,), LANGUAGES),
    ],
)
def test_every_region_and_kind_has_its_words_or_a_field(
    make_case: MakeCase,
    region: Region | None,
    kind: AdministrationKind | None,
    language: str,
) -> None:
    case = make_case(
        region=region,
        kinds=(kind, AdministrationKind.CPAS),
        findings=(),
        questions=(),
    )
    document = compose("convention", case, language)
    text = text_of(document) + "\n".join(one.hint for one in fields(document))
    assert "None" not in text
    assert not re.search(r"[{}]", text)
    assert "  " not in text
    assert not re.search(r"[ \u00a0],|\(\)|, ,|\.\.", text)
    if language == "fr":
        assert "'" not in text
        assert "\u202f" not in text
        assert not re.search(r" [;:!?»]|« ", text)
        assert not re.search(r"(?<![0-9\u00a0])[;!?»]|\w:\s", text)


def test_old_names_and_old_laws_appear_nowhere(make_case: MakeCase) -> None:
    old = re.compile(
        r"DGO5|vie privée|persoonlijke levenssfeer|1993|2006|centrale de marchés"
        r"|opdrachtencentrale|samengevoegde|promoteur|algemene offerteaanvraag"
    )
    for region, language in product(Region, LANGUAGES):
        document = compose("convention", make_case(region=region), language)
        hints = "\n".join(field.hint for field in fields(document))
        assert not old.search(text_of(document) + hints)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_never_says_that_a_vote_or_an_opinion_happened(
    full_case: Case, language: str
) -> None:
    text = text_of(compose("convention", full_case, language))
    assert not re.search(
        r"unanimité|par \d+ voix|présents :|avis favorable|eenparig|met \d+ stemmen"
        r"|gunstig advies|aanwezig:",
        text,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_counts_the_fields(make_case: MakeCase, language: str) -> None:
    document = compose("convention", make_case(), language)
    count = len(fields(document))
    assert count > 10
    assert document.marks.box.startswith(f"{count} ")
    for field in fields(document):
        assert field.label in field.text
        assert field.hint
        assert field.text.startswith("[")
        assert field.text.endswith("]")


def test_what_is_known_is_no_field_any_more(
    make_case: MakeCase, full_case: Case
) -> None:
    before = {f.label for f in fields(compose("convention", make_case(), "fr"))}
    after = {f.label for f in fields(compose("convention", full_case, "fr"))}
    assert after < before | {"délégués à la protection des données"}
    assert "délai de réponse en jours" in before - after
    assert not [label for label in after if "décision" in label]
    assert {"lieu de la signature", "fonctionnaire dirigeant"} <= after


def test_a_recorded_decision_is_quoted_with_its_day_and_number(
    full_case: Case,
) -> None:
    document = compose("convention", full_case, "fr")
    recitals = [plain(b.runs) for b in document.blocks if isinstance(b, Recital)]
    assert any("du 1er novembre 2026 (n°\u00a02026/p0)" in one for one in recitals)
    conditional = [one for one in recitals if "2026/p1" in one]
    assert "sous les conditions" in conditional[0]
    assert "van 1 november 2026 (nr.\u00a02026/p0)" in text_of(
        compose("convention", full_case, "nl")
    )


def voted(vote: Vote, day: date, stage: Stage = Stage.PARTICIPATION) -> Decision:
    return Decision(administration="p0", stage=stage, outcome=vote, on=day)


def test_another_stage_leaves_the_decision_to_complete(make_case: MakeCase) -> None:
    award = voted(Vote.YES, date(2026, 10, 5), Stage.AWARD)
    document = compose("convention", make_case(decisions=(award,)), "fr")
    assert "5 octobre 2026" not in text_of(document)


@pytest.mark.parametrize("stage", [Stage.PARTICIPATION, Stage.CONDITIONS, Stage.LAUNCH])
def test_no_convention_is_drafted_while_a_participant_says_no(
    make_case: MakeCase, stage: Stage
) -> None:
    no = voted(Vote.NO, date(2026, 10, 5), stage)
    with pytest.raises(Refused, match="decided against it on 2026-10-05") as two:
        compose("convention", make_case(decisions=(no,)), "fr")
    assert "nothing is left to buy jointly" in str(two.value)
    three = make_case(
        kinds=(AdministrationKind.COMMUNE,) * 3,
        estimates=("1", "2", "3"),
        decisions=(no,),
    )
    with pytest.raises(Refused, match="--without p0"):
        compose("convention", three, "fr")


def test_the_last_decision_counts(make_case: MakeCase) -> None:
    yes = voted(Vote.YES, date(2026, 10, 6))
    for earlier in (date(2026, 10, 5), date(2026, 10, 6)):
        decisions = (voted(Vote.NO, earlier), yes)
        document = compose("convention", make_case(decisions=decisions), "fr")
        assert "6 octobre 2026" in text_of(document)
        reversed_ = (yes, voted(Vote.NO, date(2026, 10, 7)))
        with pytest.raises(Refused):
            compose("convention", make_case(decisions=reversed_), "fr")


@pytest.mark.parametrize(
    ("language", "head"),
    [("fr", "La situation a changé depuis"), ("nl", "is de toestand gewijzigd")],
)
def test_what_changed_since_the_choice_is_said_in_the_draft(
    make_case: MakeCase, language: str, head: str
) -> None:
    changed = make_case(changes=(say("“{need}” was withdrawn.", need="Zand"),))
    assert head in text_of(compose("convention", changed, language))
    assert "Zand" in text_of(compose("convention", changed, language))
    assert head not in text_of(compose("convention", make_case(), language))


def test_the_bodies_are_those_of_the_region_or_of_the_register(
    make_case: MakeCase,
) -> None:
    brussels = text_of(compose("convention", make_case(), "fr"))
    assert "secrétaire communal" in brussels
    assert "Collège réuni" in brussels
    assert "L1222-6" not in brussels
    walloon = make_case(region=Region.WALLONIA)
    text = text_of(compose("convention", walloon, "fr"))
    assert "L1222-6" in text
    assert "gouverneur de la province" in text
    assert "Région de Bruxelles-Capitale" not in text
    named = replace(
        walloon,
        administrations=(
            replace(
                walloon.administrations[0],
                bodies=(
                    CompetentBody(
                        kind=BodyKind.COUNCIL, names=LocalText(fr="conseil réuni")
                    ),
                ),
            ),
            walloon.administrations[1],
        ),
    )
    assert "(conseil réuni)" in text_of(compose("convention", named, "fr"))
    assert "conseil réuni" not in text_of(compose("convention", named, "nl"))


def test_a_flemish_act_has_headed_parts_and_a_brussels_one_recitals(
    make_case: MakeCase,
) -> None:
    flemish = compose("convention", make_case(region=Region.FLANDERS), "nl")
    assert not [b for b in flemish.blocks if isinstance(b, Recital)]
    assert "Juridische gronden" in text_of(flemish)
    brussels = compose("convention", make_case(), "nl")
    starts = {
        plain(b.runs).split()[0] for b in brussels.blocks if isinstance(b, Recital)
    }
    assert starts == {"Gelet", "Overwegende"}


def test_a_ground_of_one_party_names_it_and_a_doubtful_one_is_marked(
    make_case: MakeCase,
) -> None:
    document = compose("convention", make_case(), "fr")
    lines = [plain(b.runs) for b in document.blocks if isinstance(b, Recital)]
    own = next(line for line in lines if "Nouvelle loi communale" in line)
    assert own.endswith("(Administration d’essai p0\u00a0; à vérifier)\u00a0;")
    common = next(line for line in lines if "loi du 17 juin 2013" in line)
    assert "(" not in common


def test_a_bilingual_body_makes_both_versions_authentic(make_case: MakeCase) -> None:
    both = text_of(compose("convention", make_case(), "nl"))
    assert "in het Frans en in het Nederlands" in both
    assert "authentiek" in both
    one = text_of(compose("convention", make_case(region=Region.FLANDERS), "nl"))
    assert "authentiek" not in one
    courtesy = text_of(compose("convention", make_case(region=Region.FLANDERS), "fr"))
    assert "traduction d’information" in courtesy


def test_the_languages_are_those_of_all_participants(make_case: MakeCase) -> None:
    case = make_case(region=Region.WALLONIA)
    walloon, cpas = case.administrations
    flemish = replace(cpas, region=Region.FLANDERS)
    german = replace(cpas, languages=("de",))
    unknown = replace(cpas, region=None)
    assert required_languages((walloon, cpas), case.on) == ("fr",)
    assert required_languages((walloon, flemish), case.on) == ("fr", "nl")
    assert required_languages((walloon, german), case.on) == ("fr", "de")
    assert required_languages((unknown,), case.on) == ()
    brussels = replace(cpas, region=Region.BRUSSELS, languages=("fr",))
    assert required_languages((brussels,), case.on) == ("fr", "nl")


def test_a_language_without_model_is_pointed_out(make_case: MakeCase) -> None:
    case = make_case(region=Region.WALLONIA)
    walloon, cpas = case.administrations
    german = replace(case, administrations=(walloon, replace(cpas, postcode="4700")))
    assert "Un texte en allemand est requis" in text_of(
        compose("convention", german, "fr")
    )
    assert "Een tekst in het Duits is vereist" in text_of(
        compose("convention", german, "nl")
    )
    assert "en allemand" not in text_of(compose("convention", case, "fr"))


def with_estimates(amounts: list[Decimal]) -> Case:
    """Built here, as a fixture would live through all examples."""
    parties = tuple(
        Administration(id=f"p{i}", kind=AdministrationKind.COMMUNE)
        for i in range(len(amounts))
    )
    candidate = Candidate(id="c", kind=CandidateKind.JOINT)
    return Case(
        dossier=Dossier(id="d", candidate=candidate),
        administrations=parties,
        needs=tuple(
            Need(id=party.id, administration=party.id, title="Sel", estimate=amount)
            for party, amount in zip(parties, amounts, strict=True)
        ),
        on=date(2027, 1, 1),
    )


@settings(max_examples=40, deadline=None)
@given(
    amounts=st.lists(
        st.decimals(min_value=0, max_value=10**7, places=3), min_size=2, max_size=5
    ),
    cost=st.decimals(min_value=0, max_value=10**5, places=2),
    key=st.sampled_from([*CostKey, None]),
)
def test_shares_sum_to_the_cent_and_to_a_hundred(
    amounts: list[Decimal], cost: Decimal, key: CostKey | None
) -> None:
    case = replace(
        with_estimates(amounts), procedure_cost=cost, cost_key=key, findings=()
    )
    _, parts, _, split, *_ = tables(compose("convention", case, "fr"))
    *each, total = rows(parts)
    assert sum(euro(row[1]) for row in each) == euro(total[1])
    assert sum(euro(row[2]) for row in each) == Decimal("100.00") == euro(total[2])
    *each, total = rows(split)
    assert sum(euro(row[2]) for row in each) == Decimal("100.00")
    assert sum(euro(row[3]) for row in each) == cost == euro(total[3])


def test_a_missing_estimate_is_a_field_and_no_share_is_invented(
    make_case: MakeCase,
) -> None:
    case = make_case(estimates=("100.00", None), cost_key=CostKey.ESTIMATES)
    document = compose("convention", case, "fr")
    text = text_of(document)
    labels = [field.label for field in fields(document)]
    assert "valeur estimée totale hors TVA" in labels
    assert any(label.startswith("estimation – Papier") for label in labels)
    assert "Les parts ne sont pas calculées" in text
    assert "Le calcul ne peut pas encore être fait" in text
    assert rows(tables(document)[0])[-1][1] == "1 sur 2 avec estimation"
    equal = compose("convention", make_case(estimates=("100.00", None)), "fr")
    assert "à parts égales" in text_of(equal)


def test_a_party_without_needs_has_no_share_either(make_case: MakeCase) -> None:
    case = make_case()
    document = compose("convention", replace(case, needs=case.needs[:1]), "nl")
    assert "De aandelen zijn niet berekend" in text_of(document)


def test_half_cents_are_rounded_before_they_are_summed(make_case: MakeCase) -> None:
    case = make_case(estimates=("0.005", "0.005"))
    document = compose("convention", case, "fr")
    assert rows(tables(document)[0])[-1][-1] == "0,02\u00a0€"


def test_amounts_and_days_are_written_the_belgian_way(make_case: MakeCase) -> None:
    french = text_of(compose("convention", make_case(), "fr"))
    assert "24.925,33\u00a0€" in french
    assert "1er septembre 2027" in french
    dutch = text_of(compose("convention", make_case(), "nl"))
    assert "€\u00a024.925,33" in dutch
    assert "1 september 2027" in dutch


def test_the_lead_comes_first_whatever_the_order(make_case: MakeCase) -> None:
    case = make_case()
    turned = replace(
        case,
        administrations=case.administrations[::-1],
        needs=case.needs[::-1],
    )
    assert compose("convention", turned, "fr") == compose("convention", case, "fr")


def test_without_a_lead_the_lead_is_to_complete(make_case: MakeCase) -> None:
    case = make_case()
    case = replace(case, dossier=replace(case.dossier, pilot=""))
    labels = [f.label for f in fields(compose("convention", case, "nl"))]
    assert "leidend bestuur" in labels


@pytest.mark.parametrize(
    ("whole", "says", "says_not"),
    [
        (True, "dans sa totalité", "n’est menée conjointement qu’en partie"),
        (False, "n’est menée conjointement qu’en partie", "dans sa totalité"),
        (None, "en totalité, ou en partie", "dans sa totalité"),
    ],
)
def test_the_liability_follows_what_is_joint(
    make_case: MakeCase, whole: bool | None, says: str, says_not: str
) -> None:
    text = text_of(compose("convention", make_case(whole=whole), "fr"))
    assert says in text
    assert says_not not in text


@pytest.mark.parametrize(
    ("invoicing", "says"),
    [
        (Invoicing.SEPARATE, "factures distinctes, par voie électronique"),
        (Invoicing.LEAD, "régime TVA"),
        (None, "factures distinctes par administration, ou"),
    ],
)
def test_the_invoicing_is_what_was_chosen(
    make_case: MakeCase, invoicing: Invoicing | None, says: str
) -> None:
    assert says in text_of(compose("convention", make_case(invoicing=invoicing), "fr"))


def test_staggered_entries_stand_with_their_needs(make_case: MakeCase) -> None:
    entries = (
        Entry(need="n0", on=date(2027, 9, 1)),
        Entry(need="n1", on=date(2028, 3, 1)),
    )
    document = compose("convention", make_case(entries=entries), "fr")
    assert "à des dates différentes" in text_of(document)
    entered = [row[3] for row in rows(tables(document)[0])]
    assert entered == ["01/09/2027", "01/03/2028", "–"]


def test_findings_come_worst_first_in_the_words_of_the_language(
    make_case: MakeCase,
) -> None:
    document = compose("convention", make_case(), "fr")
    found = rows(tables(document)[-2])
    assert [row[0] for row in found] == ["bloquant", "attention"]
    assert found[0][2:] == ["le lancement", "loi de 2016, art.\u00a048"]
    assert found[1][2:] == ["–", "loi de 2016, art.\u00a058 (à vérifier)"]
    assert "Un constat conforme" in text_of(document)
    dutch = rows(tables(compose("convention", make_case(), "nl"))[-2])
    assert [row[0] for row in dutch] == ["blokkerend", "aandachtspunt"]
    assert rows(tables(document)[-1]) == [["j7", "Is it joint as a whole?", "–", "–"]]


def test_a_question_stands_once_with_what_it_stops_and_its_basis(
    make_case: MakeCase,
) -> None:
    case = make_case()
    waiting = Finding(
        rule="j7",
        outcome=Outcome.UNKNOWN,
        message=say("Not answered yet."),
        stops=Stops.FORM,
        basis=(Citation(source="Directive", article="art. 2, 36°, and 48 ff."),),
        ask="j7",
    )
    other = replace(waiting, ask="j8", message=say("Something else is open."))
    document = compose(
        "convention", replace(case, findings=(waiting, other, *case.findings)), "nl"
    )
    assert "Not answered yet." not in text_of(document)
    basis = "Directive, art.\u00a02, 36°, en 48 en volgende"
    assert rows(tables(document)[-1]) == [
        ["j7", "Is it joint as a whole?", "de keuze van de vorm", basis]
    ]
    found = [row[:2] for row in rows(tables(document)[-2])]
    assert ["te bepalen", "Something else is open."] in found


def test_a_chapter_is_cited_in_the_language_of_the_paper(make_case: MakeCase) -> None:
    waiting = Finding(
        rule="j7",
        outcome=Outcome.UNKNOWN,
        message=say("Not answered yet."),
        stops=Stops.FORM,
        basis=(Citation(source="Directive", article="chap. IX"),),
        ask="j7",
    )
    case = replace(make_case(), findings=(waiting,))
    for language, cited in (("nl", "hoofdstuk IX"), ("fr", "chapitre IX")):
        text = text_of(compose("convention", case, language))
        assert f"Directive, {cited}" in text.replace("\u00a0", " ")


def test_without_findings_questions_or_plan_the_annexes_say_so(
    make_case: MakeCase,
) -> None:
    case = make_case(findings=(), questions=(), milestones=())
    document = compose("convention", case, "nl")
    text = text_of(document)
    assert "Geen enkele vaststelling" in text
    assert "Geen enkele vraag" in text
    assert "tijdschema" in [field.label for field in fields(document)]


def test_people_are_named_only_if_given_and_still_there(make_case: MakeCase) -> None:
    case = make_case()
    named = text_of(compose("convention", case, "fr"))
    assert "A. Essai, achats" in named
    assert "référent – voirie" in named
    gone = tuple(replace(one, active_until=date(2026, 11, 19)) for one in case.contacts)
    left = compose("convention", replace(case, contacts=gone), "fr")
    assert "Essai," not in text_of(left).replace("A. ", "")
    labels = [field.label for field in fields(left)]
    assert sum(label.startswith("personne de contact") for label in labels) == 2


def test_every_party_signs(make_case: MakeCase) -> None:
    document = compose("convention", make_case(), "nl")
    signed = [b for b in document.blocks if isinstance(b, Signature)]
    assert [plain(one.party) for one in signed] == [
        "Voor Proefbestuur p0",
        "Voor Proefbestuur p1",
    ]
    assert all(len(one.lines) == 2 for one in signed)


def test_what_users_type_is_never_read_as_template(make_case: MakeCase) -> None:
    hostile = "{{x | y}} [if a] *b* {field} | <b>"
    document = compose("convention", make_case(title=hostile), "fr")
    assert hostile in document.title
    unnamed = make_case(title="")
    labels = [field.label for field in fields(compose("convention", unnamed, "fr"))]
    assert labels.count("objet du marché") == 2


@pytest.mark.parametrize("kind", ["conventie", ""])
def test_an_unknown_kind_lists_those_that_exist(full_case: Case, kind: str) -> None:
    with pytest.raises(UsageError, match="convention"):
        compose(kind, full_case, "fr")


@pytest.mark.parametrize("language", ["de", "en", ""])
def test_a_language_without_prose_is_refused(full_case: Case, language: str) -> None:
    with pytest.raises(UsageError, match="fr, nl"):
        compose("convention", full_case, language)


def _other_form(case: Case) -> Case:
    return replace(case, dossier=replace(case.dossier, form=Form.HORIZONTAL))


def _adhesion(case: Case) -> Case:
    candidate = replace(case.dossier.candidate, kind=CandidateKind.ADHESION)
    return replace(case, dossier=replace(case.dossier, candidate=candidate))


def _alone(case: Case) -> Case:
    return replace(case, administrations=case.administrations[:1])


def _foreign_lead(case: Case) -> Case:
    return replace(case, dossier=replace(case.dossier, pilot="px"))


def _foreign_need(case: Case) -> Case:
    return replace(case, needs=(Need(id="n", administration="px", title="Sel"),))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_other_form, "joint contract"),
        (_adhesion, "joint contract"),
        (_alone, "at least two"),
        (_foreign_lead, "px"),
        (_foreign_need, "px"),
    ],
)
def test_a_case_of_which_no_convention_can_be_made_is_refused(
    full_case: Case, change: Callable[[Case], Case], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        compose("convention", change(full_case), "fr")


def test_both_languages_ask_for_the_same_values() -> None:
    french, dutch = (names(prose("convention", one)) for one in LANGUAGES)
    assert french - dutch == {"parties.represented"}
    assert dutch - french == {"flanders", "flemish", "visas.title"}


def test_both_languages_have_the_same_words() -> None:
    french, dutch = (words(one).tables for one in LANGUAGES)
    assert french.keys() == dutch.keys()
    for table in french.keys() - {"visas", "adhesion_visas", "masculine", "bodies"}:
        assert french[table].keys() == dutch[table].keys()
    for region, kinds in french["bodies"].items():
        assert kinds.keys() == dutch["bodies"][region].keys()
    strip = ("regions", "kinds", "to_verify")
    for table in ("visas", "adhesion_visas"):
        assert [[g.get(k) for k in strip] for g in french[table]] == [
            [g.get(k) for k in strip] for g in dutch[table]
        ]
    for kind in ("two_step", "two_step_of", "financials"):
        tables = (each["adhesion"][kind] for each in (french, dutch))
        assert len({str({k: sorted(v) for k, v in t.items()}) for t in tables}) == 1


def test_the_longest_framework_is_that_of_the_day_not_of_the_prose(
    full_case: Case,
) -> None:
    text = text_of(compose("convention", full_case, "fr"))
    assert "Sa durée ne dépasse pas 48\u00a0mois" in text.replace(
        "48 mois", "48\u00a0mois"
    )
    shorter = replace(full_case, framework_months=36)
    assert "36" in text_of(compose("convention", shorter, "nl"))
    unknown = replace(full_case, framework_months=None)
    labels = {field.label for field in fields(compose("convention", unknown, "fr"))}
    assert "durée maximale d’un accord-cadre" in labels
