"""The sample registers hold together, and hold nothing of anybody real."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jointbuy.centres import (
    InterestStatus,
    Phase,
    identified,
    interest_state,
    phase,
    remaining,
)
from jointbuy.centres.eligibility import Known
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    AdhesionStatus,
    Administration,
    BudgetKind,
    Candidate,
    CandidateKind,
    ContactPerson,
    Contract,
    CpvCode,
    EnterpriseNumber,
    FrameworkAgreement,
    Interest,
    InterestAnswer,
    Level,
    Need,
    NeedsRound,
    NeedStatus,
    NutsCode,
    Order,
    Programme,
    PurchasingCentre,
    Register,
    Reminder,
    ServiceAnswer,
    Snooze,
    UseDecision,
    type_names,
)
from jointbuy.schedule.calendar import is_working_day
from jointbuy.schedule.sessions import last_useful_session
from jointbuy.store.records import faults, fields, from_row
from jointbuy.store.sealed import Tables, unseal
from jointbuy.workspace import Workspace

HERE = Path(__file__).parents[1]
SAMPLES = HERE / "sample_data"
SHARED = HERE / ".." / "shared"
COMMUNE, CPAS, ZONE = "commune-val-tilleul", "cpas-val-tilleul", "zone-tilleul"
BRUSSELS = SAMPLES / "brussels" / "register.json"

Records = dict[type, dict[str, Any]]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return unseal(BRUSSELS.read_bytes()).tables


@pytest.fixture(scope="module")
def records(tables: Tables) -> Records:
    from datetime import UTC, datetime

    now = datetime(2026, 11, 23, tzinfo=UTC)
    found: Records = defaultdict(dict)
    for kind, name in type_names.items():
        for id_, row in tables.get(name, {}).items():
            found[kind][id_] = from_row(kind, id_, row, since=now).value
    return found


def test_every_record_can_be_read(tables: dict[str, Any]) -> None:
    assert faults(tables) == ()
    assert set(tables) <= set(type_names.values())


def test_a_record_is_written_as_the_codec_writes_it(
    tables: dict[str, Any], records: Records
) -> None:
    from jointbuy.codec import to_plain

    for kind, name in type_names.items():
        for id_, row in tables.get(name, {}).items():
            assert to_plain(records[kind][id_]) == fields(row), (name, id_)


def test_the_register_has_its_own_day_and_a_home(records: Records) -> None:
    (register,) = records[Register].values()
    assert register.day is not None
    assert register.home in records[Administration]
    assert {"fr", "nl", "de", "en"} == set(register.names.as_dict())


def test_it_is_large_enough_to_work_with(records: Records) -> None:
    assert len(records[Administration]) >= 5
    assert len(records[Need]) >= 45
    assert len(records[Contract]) >= 12
    assert len(records[FrameworkAgreement]) >= 8
    languages = {n.language for n in records[Need].values()}
    assert languages == {"fr", "nl"}
    assert {n.status for n in records[Need].values()} == set(NeedStatus)


def test_every_reference_leads_somewhere(records: Records) -> None:
    admins, people = records[Administration], records[ContactPerson]
    needs, contracts = records[Need], records[Contract]
    frameworks, centres = records[FrameworkAgreement], records[PurchasingCentre]
    wanted: list[tuple[str, str, dict[str, Any]]] = []
    for a in admins.values():
        wanted += [(a.id, x, admins) for x in (*a.neighbours, *a.belongs_to)]
    for p in people.values():
        wanted.append((p.id, p.administration, admins))
        wanted += [(p.id, p.successor, people)] if p.successor else []
    for n in needs.values():
        wanted += [(n.id, n.administration, admins), (n.id, n.contact, people)]
        wanted += [(n.id, n.replaces, contracts)] if n.replaces else []
    for k in contracts.values():
        wanted.append((k.id, k.administration, admins))
        wanted += [(k.id, k.successor, {**needs, **contracts})] if k.successor else []
    for f in frameworks.values():
        wanted.append((f.id, f.centre, centres))
        wanted += [(f.id, x, admins) for x in f.beneficiaries]
    for j in records[Adhesion].values():
        wanted += [(j.id, j.administration, admins), (j.id, j.centre, centres)]
    for i in records[Interest].values():
        wanted += [(i.id, i.administration, admins), (i.id, i.framework, frameworks)]
        wanted += [(i.id, i.answered_by, people)] if i.answered_by else []
    for u in records[UseDecision].values():
        wanted += [(u.id, u.need, needs), (u.id, u.framework, frameworks)]
    wanted += _of_the_new_kinds(records)
    assert [(one, to) for one, to, table in wanted if to not in table] == []


def _of_the_new_kinds(records: Records) -> list[tuple[str, str, dict[str, Any]]]:
    admins, people = records[Administration], records[ContactPerson]
    frameworks, rounds = records[FrameworkAgreement], records[NeedsRound]
    every: dict[str, Any] = {}
    for rows in records.values():
        every.update(rows)
    wanted: list[tuple[str, str, dict[str, Any]]] = []
    wanted += [(f.id, f.successor, frameworks) for f in frameworks.values()]
    wanted += [(k.id, k.framework, frameworks) for k in records[Contract].values()]
    for a in records[Adhesion].values():
        wanted += [(a.id, a.programme, records[Programme])]
    for p in records[Programme].values():
        wanted += [(p.id, p.centre, records[PurchasingCentre])]
    for o in records[Order].values():
        wanted += [(o.id, o.framework, frameworks), (o.id, o.administration, admins)]
        wanted += [(o.id, o.need, records[Need])]
    for r in rounds.values():
        wanted += [(r.id, r.previous, rounds)]
        for asked in r.services:
            wanted += [(r.id, asked.administration, admins)]
            wanted += [
                (r.id, who, people) for who in (asked.contact, asked.answered_by)
            ]
    for t in records[ActionPoint].values():
        wanted += [(t.id, t.administration, admins), (t.id, t.contact, people)]
        wanted += [(t.id, t.about, every)]
    for m in records[Reminder].values():
        wanted += [(m.id, m.to, people), (m.id, m.by, people)]
        wanted += [(m.id, m.about.split(":")[1], every)]
    for s in records[Snooze].values():
        wanted += [(s.id, s.by, people), (s.id, s.id.split(":")[1], every)]
    return [(one, to, table) for one, to, table in wanted if to]


def test_neighbours_name_each_other(records: Records) -> None:
    admins = records[Administration]
    for one in admins.values():
        for other in one.neighbours:
            assert one.id in admins[other].neighbours, (one.id, other)


def test_what_belongs_together_is_of_one_administration(records: Records) -> None:
    people, contracts, needs = records[ContactPerson], records[Contract], records[Need]
    for need in needs.values():
        assert people[need.contact].administration == need.administration, need.id
        if need.replaces:
            assert contracts[need.replaces].administration == need.administration
    for contract in contracts.values():
        if contract.successor in needs:
            follower = needs[contract.successor]
            assert follower.administration == contract.administration


def test_every_administration_has_one_main_contact_at_a_time(records: Records) -> None:
    day = records[Register]["register"].day
    for admin in records[Administration]:
        main = [
            person.id
            for person in records[ContactPerson].values()
            if person.administration == admin
            and not person.service
            and (person.active_from is None or person.active_from <= day)
            and (person.active_until is None or person.active_until >= day)
        ]
        assert len(main) == 1, admin


def test_who_left_has_a_successor_who_took_over_the_next_day(records: Records) -> None:
    people = records[ContactPerson]
    gone = [p for p in people.values() if p.active_until is not None]
    assert gone
    for person in gone:
        after = people[person.successor]
        assert after.administration == person.administration
        assert (after.active_from - person.active_until).days == 1


def test_enterprise_numbers_are_valid_and_not_in_use(records: Records) -> None:
    numbers = [a.enterprise_number for a in records[Administration].values()]
    assert all(EnterpriseNumber.is_valid(number) for number in numbers)
    assert all(number.startswith("0999") for number in numbers)
    assert len(set(numbers)) == len(numbers)
    for centre in records[PurchasingCentre].values():
        number = centre.enterprise_number
        assert not number or EnterpriseNumber.is_valid(number)


def test_territories_are_codes(records: Records) -> None:
    for one in (*records[Administration].values(), *records[Need].values()):
        assert NutsCode.is_valid(one.territory), one.id


def _codes(records: Records) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for need in records[Need].values():
        for code in filter(None, (need.cpv, *need.other_cpv)):
            found[code].add(need.id)
    for contract in records[Contract].values():
        found[contract.cpv].add(contract.id)
    for centre in records[PurchasingCentre].values():
        for code in centre.cpv:
            found[code].add(centre.id)
    for framework in records[FrameworkAgreement].values():
        for code in framework.cpv + tuple(c for lot in framework.lots for c in lot.cpv):
            found[code].add(framework.id)
    return found


def test_cpv_codes_are_written_as_codes(records: Records) -> None:
    for code, where in _codes(records).items():
        assert CpvCode.compact(code) == code, where
        assert CpvCode.is_valid(code), where


def test_cpv_codes_stand_in_the_official_list(records: Records) -> None:
    path = SHARED / "data" / "cpv.csv"
    if not path.exists():
        pytest.skip("the official CPV list is not on this machine")
    with path.open(encoding="utf-8", newline="") as file:
        official = {row["code"] for row in csv.DictReader(file)}
    assert {c: w for c, w in _codes(records).items() if c not in official} == {}


def test_bodies_meet_on_working_days(records: Records) -> None:
    day = records[Register]["register"].day
    for admin in records[Administration].values():
        for body in admin.bodies:
            assert list(body.sessions) == sorted(set(body.sessions))
            for session in body.sessions:
                assert session > day
                assert is_working_day(session, admin.closed), (admin.id, session)


def test_councils_meet_every_month_but_july_and_august(records: Records) -> None:
    for admin in records[Administration].values():
        for body in admin.bodies[:1]:
            months = [(s.year, s.month) for s in body.sessions]
            wanted = [(2026, 12), *((2027, m) for m in range(1, 13) if m not in {7, 8})]
            assert months == wanted, admin.id


def test_windows_and_terms_run_forwards(records: Records) -> None:
    for need in records[Need].values():
        if need.earliest and need.latest:
            assert need.earliest <= need.latest, need.id
        assert need.estimate is None or need.estimate > 0
        assert need.duration_months is None or 0 < need.duration_months <= 60
    for contract in records[Contract].values():
        if contract.end:
            assert contract.start < contract.end, contract.id
            if contract.notice:
                assert contract.start < contract.notice < contract.end, contract.id
    for framework in records[FrameworkAgreement].values():
        days = [
            getattr(framework, name)
            for name in ("interest_deadline", "launch", "award", "start", "end")
        ]
        known = [day for day in days if day]
        assert known == sorted(known), framework.id
        lots = [lot.ceiling for lot in framework.lots if lot.ceiling is not None]
        if lots and framework.ceiling is not None:
            assert sum(lots) == framework.ceiling, framework.id


def test_investments_stand_in_the_extraordinary_budget(records: Records) -> None:
    for need in records[Need].values():
        assert bool(need.budget_article) == (need.budget_year is not None), need.id
        if need.budget_article:
            invests = need.budget_article.split("/")[1].startswith("7")
            assert (need.budget_kind is BudgetKind.EXTRAORDINARY) == invests, need.id


def test_interests_were_answered_in_time_or_not_at_all(records: Records) -> None:
    for interest in records[Interest].values():
        framework = records[FrameworkAgreement][interest.framework]
        assert interest.due == framework.interest_deadline, interest.id
        assert (interest.answer is None) == (interest.answered_on is None)
        if interest.answered_on:
            assert interest.asked_on <= interest.answered_on <= interest.due
        if interest.answer is InterestAnswer.YES:
            assert interest.maximum_amount, interest.id


def _texts() -> dict[str, str]:
    files = [p for p in SAMPLES.rglob("*") if p.is_file() and p.suffix != ".png"]
    return {str(p.relative_to(SAMPLES)): p.read_text(encoding="utf-8") for p in files}


def _seeds() -> str:
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the source documents are not on this machine")
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.iterdir()))


MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
PHONE = re.compile(
    r"(?<![\d/.])(?:\+\d{2}|0\d{1,3})(?:[ /.()-]{1,2}\d{2,3}){3,4}(?!\d)"
)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def test_mail_addresses_are_of_a_domain_kept_for_examples() -> None:
    for name, text in _texts().items():
        for mail in MAIL.findall(text):
            assert mail.endswith("@example.org"), (name, mail)


def test_no_mail_address_or_phone_of_the_source_documents_occurs() -> None:
    seeds = _seeds()
    mails = {mail.lower() for mail in MAIL.findall(seeds)}
    phones = {_digits(phone) for phone in PHONE.findall(seeds)}
    assert mails
    assert phones
    for name, text in _texts().items():
        lower = text.lower()
        assert [m for m in mails if m in lower] == [], name
        mine = {_digits(phone) for phone in PHONE.findall(text)}
        assert phones & mine == set(), name


ATTENDANCE = re.compile(
    r"(?:Présents|Excusés?)\s*:(.*?)(?:Début|\d\.|Chers)", re.DOTALL
)
FULL_NAME = re.compile(
    r"\b[A-ZÉ][a-zé]+ (?:(?:Van|El|De|Van den) )?(?:[A-Z][a-zé]+|[A-Z]{3,})\b"
)


def _people(seeds: str) -> set[str]:
    """The names in the lists of attendance, and before the @ of mail addresses."""
    found = set()
    for block in ATTENDANCE.findall(seeds):
        found |= set(FULL_NAME.findall(" ".join(block.split())))
    for local in re.findall(r"\b([a-z]+\.[a-z]+)@", seeds):
        found.add(local.replace(".", " "))
    return {name.lower() for name in found}


def test_no_name_of_the_source_documents_occurs(records: Records) -> None:
    people = _people(_seeds())
    assert len(people) > 12
    words = {word for name in people for word in name.split() if len(word) > 3}
    for name, text in _texts().items():
        lower = text.lower()
        assert [person for person in people if person in lower] == [], name
    for person in records[ContactPerson].values():
        assert words.isdisjoint(person.name.lower().split()), person.id


def test_no_municipality_of_the_source_documents_occurs() -> None:
    for name, text in _texts().items():
        for real in ("molenbeek", "schaerbeek", "schaarbeek", "wanze", "charleroi"):
            assert real not in text.lower(), name


def test_the_register_opens_and_keeps_a_change(
    tmp_path: Path, records: Records
) -> None:
    from dataclasses import replace

    from jointbuy.store.port import Change
    from jointbuy.store.tinydb import TinyStore

    path = tmp_path / "register.json"
    path.write_bytes(BRUSSELS.read_bytes())
    store = TinyStore(path)
    for kind, rows in records.items():
        opened: Any = store.all(kind)
        assert {stored.value.id: stored.value for stored in opened} == rows
    need = store.get(Need, "c-papier")
    changed = replace(need.value, note="seen")
    change = Change(kind=Need, id=changed.id, value=changed, seen=need.revision)
    store.commit([change], by="capucine-brindille", why="a note")
    again = TinyStore(path)
    assert again.get(Need, "c-papier").value.note == "seen"
    assert len(again.all(Need)) == len(records[Need])


# What the register tells on its own day


def _state(records: Records, administration: str, framework: str) -> InterestStatus:
    day = records[Register]["register"].day
    asked = {(i.administration, i.framework): i for i in records[Interest].values()}
    found = records[FrameworkAgreement][framework]
    return interest_state(asked.get((administration, framework)), found, day).status


def _identified(records: Records, administration: str, framework: str) -> Known:
    found = records[FrameworkAgreement][framework]
    admin = records[Administration][administration]
    return identified(found, admin, records[PurchasingCentre][found.centre]).answer


def test_the_call_for_portable_computers_was_missed_by_the_cpas(
    records: Records,
) -> None:
    framework = "i-city-materiel-2027"
    assert _state(records, CPAS, framework) is InterestStatus.NO_ANSWER
    assert _identified(records, CPAS, framework) is Known.NO
    assert _state(records, COMMUNE, framework) is InterestStatus.YES
    assert _identified(records, COMMUNE, framework) is Known.YES


def test_the_call_for_energy_is_open_and_the_council_of_the_cpas_is_near(
    records: Records,
) -> None:
    day = records[Register]["register"].day
    framework = records[FrameworkAgreement]["sibelga-energie-2028"]
    assert phase(framework, day) is Phase.INTEREST_OPEN
    useful = {}
    for admin in (COMMUNE, CPAS):
        party = records[Administration][admin]
        session = last_useful_session(
            party.bodies[0],
            framework.interest_deadline,
            convocation_days=0,
            filing_days=0,
            today=day,
            closed=party.closed,
        )
        assert session is not None, admin
        useful[admin] = session
    assert useful[COMMUNE].day == date(2026, 12, 16)
    assert useful[CPAS].day == date(2026, 12, 3)
    assert useful[CPAS].filing == day + timedelta(days=1)


def test_the_ceiling_for_paper_is_nearly_reached(records: Records) -> None:
    framework = records[FrameworkAgreement]["forcms-papier-2024"]
    left = remaining(framework)
    assert left is not None
    assert 0 < left < records[Need]["c-papier"].estimate
    assert left / framework.ceiling < Decimal("0.05")


def test_a_framework_for_flanders_is_not_for_brussels(records: Records) -> None:
    for admin in records[Administration]:
        assert _identified(records, admin, "creat-produits-entretien-2025") is Known.NO


def test_a_notice_falls_within_three_weeks_and_a_contract_has_ended(
    records: Records,
) -> None:
    day = records[Register]["register"].day
    contracts = records[Contract].values()
    near = [
        c.id
        for c in contracts
        if c.notice and day <= c.notice <= day + timedelta(days=21)
    ]
    assert near == ["k-p-ramen"]
    ended = [c.id for c in contracts if c.end and c.end < day]
    assert ended == ["k-c-copieurs", "k-c-licences-2020"]


def test_adhesions_stand_in_every_status(records: Records) -> None:
    assert {a.status for a in records[Adhesion].values()} == set(AdhesionStatus)


# What matching makes of it


@pytest.fixture(scope="module")
def candidates(records: Records) -> tuple[Candidate, ...]:
    from jointbuy.matching import Inputs, propose

    def every(kind: type) -> tuple[Any, ...]:
        return tuple(records[kind].values())

    return propose(
        Inputs(
            needs=every(Need),
            administrations=every(Administration),
            contracts=every(Contract),
            centres=every(PurchasingCentre),
            frameworks=every(FrameworkAgreement),
            adhesions=every(Adhesion),
            interests=every(Interest),
            uses=every(UseDecision),
            on=records[Register]["register"].day,
            max_framework_months=48,
        )
    )


def _joint(candidates: tuple[Candidate, ...], need: str) -> Candidate | None:
    found = [c for c in candidates if c.kind is CandidateKind.JOINT and need in c.needs]
    assert len(found) <= 1, need
    return found[0] if found else None


def _adhesion(
    candidates: tuple[Candidate, ...], framework: str, need: str
) -> Candidate:
    (found,) = [c for c in candidates if c.framework == framework and need in c.needs]
    return found


def _reasons(candidate: Candidate) -> set[str]:
    return {reason.name for reason in candidate.reasons}


@pytest.mark.parametrize(
    "needs",
    [
        {"c-controle-medical", "p-medische-controle"},
        {"c-carburant", "p-brandstof", "z-carburant"},
        {"c-portables", "p-laptops"},
        {"c-vitres", "p-ramen"},
        {"c-assurances", "p-verzekeringen"},
        {"c-papier", "p-papier", "k-papier", "q-papier"},
        {"c-produits-entretien", "p-schoonmaak", "g-schoonmaak"},
        {"c-mobilier", "z-meubilair"},
        {"c-defibrillateurs", "z-defibrillatoren"},
        {"c-formation", "p-opleidingen"},
        {"c-copieurs", "p-kopieertoestellen"},
        {"c-energie", "p-energie", "g-energie"},
        {"c-telephonie", "p-telefonie"},
        {"c-outillage", "k-gereedschap"},
        {"c-poste", "p-post"},
        {"c-gardiennage", "p-bewaking"},
        {"c-vetements", "p-werkkledij"},
        {"c-jouets", "p-speelgoed"},
        {"c-imprimes", "p-drukwerk"},
        {"c-epi", "p-pbm"},
        {"g-voeding", "p-epicerie", "p-restaurants"},
        {"c-site-web", "p-website"},
        {"c-archives", "p-archief"},
        {"c-conteneurs", "k-afvalcontainers"},
    ],
    ids=min,
)
def test_needs_in_two_languages_are_proposed_together(
    candidates: tuple[Candidate, ...], needs: set[str]
) -> None:
    found = _joint(candidates, min(needs))
    assert found is not None
    assert set(found.needs) == needs
    assert found.score > 30
    assert found.launch is not None


def test_the_medical_checks_are_among_the_first_proposals(
    candidates: tuple[Candidate, ...], records: Records
) -> None:
    joint = [c for c in candidates if c.kind is CandidateKind.JOINT]
    joint.sort(key=lambda c: c.score, reverse=True)
    checks = {"c-controle-medical", "p-medische-controle"}
    assert checks in [set(c.needs) for c in joint[:5]]
    assert {records[Need][need].language for need in checks} == {"fr", "nl"}


def test_the_cpas_enters_later_for_meal_vouchers(
    candidates: tuple[Candidate, ...], records: Records
) -> None:
    found = _joint(candidates, "c-titres-repas")
    assert found is not None
    entries = {entry.need: entry.on for entry in found.entries}
    bound = records[Contract]["k-p-maaltijdcheques"]
    assert entries["c-titres-repas"] < bound.end < entries["p-maaltijdcheques"]
    assert {"staggered", "running_contracts"} <= _reasons(found)


def test_one_party_brings_most_of_the_fuel(
    candidates: tuple[Candidate, ...], records: Records
) -> None:
    found = _joint(candidates, "c-carburant")
    assert found is not None
    assert found.estimate is not None
    largest = max(records[Need][need].estimate for need in found.needs)
    assert largest / found.estimate > Decimal("0.5")


def test_the_missed_call_keeps_the_cpas_out(candidates: tuple[Candidate, ...]) -> None:
    framework = "i-city-materiel-2027"
    missed = _adhesion(candidates, framework, "p-laptops")
    assert {"not_identified", "interest_missed"} <= _reasons(missed)
    assert missed.score < 0
    marked = _adhesion(candidates, framework, "c-portables")
    assert {"identified", "interest_marked"} <= _reasons(marked)
    assert marked.score > 30


def test_the_open_call_is_open_to_the_commune_and_the_cpas(
    candidates: tuple[Candidate, ...],
) -> None:
    for need in ("c-energie", "p-energie"):
        found = _adhesion(candidates, "sibelga-energie-2028", need)
        assert {"identified", "interest_open"} <= _reasons(found)
    pending = _adhesion(candidates, "sibelga-energie-2028", "p-energie")
    assert "joined" not in _reasons(pending)


def test_the_paper_of_the_commune_no_longer_fits(
    candidates: tuple[Candidate, ...],
) -> None:
    small = _adhesion(candidates, "forcms-papier-2024", "p-papier")
    assert "ceiling_nearly_used" in _reasons(small)
    large = _adhesion(candidates, "forcms-papier-2024", "c-papier")
    assert "ceiling_too_low" in _reasons(large)


@pytest.mark.parametrize(
    ("framework", "need"),
    [
        ("creat-produits-entretien-2025", "p-schoonmaak"),
        ("spw-mobilier-2024", "c-mobilier"),
    ],
)
def test_the_framework_of_another_region_is_of_no_use(
    candidates: tuple[Candidate, ...], framework: str, need: str
) -> None:
    found = _adhesion(candidates, framework, need)
    assert "not_identified" in _reasons(found)
    assert found.score < 0


@pytest.mark.parametrize(
    ("need", "reason"),
    [
        ("c-logiciel-population", "single_supplier"),
        ("p-sociaal-dossier", "single_supplier"),
        ("z-uniformes", "centre_priced"),
        ("c-pianos", "no_partner"),
        ("c-espaces-verts", "too_far"),
        ("k-groen", "too_far"),
        ("c-conseil-juridique", "no_partner"),
    ],
)
def test_what_stays_separate_says_why(
    candidates: tuple[Candidate, ...], need: str, reason: str
) -> None:
    assert _joint(candidates, need) is None
    (found,) = [
        c for c in candidates if c.kind is CandidateKind.SEPARATE and c.needs == (need,)
    ]
    assert reason in _reasons(found)


def test_a_need_with_a_decision_to_use_a_framework_is_not_proposed_otherwise(
    candidates: tuple[Candidate, ...],
) -> None:
    (found,) = [c for c in candidates if "c-licences" in c.needs]
    assert found.framework == "i-city-licences-2023"
    assert "use_decided" in _reasons(found)


def test_drafts_and_closed_needs_are_in_no_proposal(
    candidates: tuple[Candidate, ...], records: Records
) -> None:
    closed = {
        need.id for need in records[Need].values() if need.status is not NeedStatus.OPEN
    }
    assert len(closed) >= 4
    assert closed.isdisjoint(need for c in candidates for need in c.needs)


# What the officer gets to see of it


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    from jointbuy.store.tinydb import TinyStore

    path = tmp_path / "register.json"
    path.write_bytes(BRUSSELS.read_bytes())
    return Workspace(TinyStore(path), user="capucine-brindille")


def _proposal(workspace: Workspace, need: str) -> str:
    (found,) = [
        p.candidate.id
        for p in workspace.match()
        if p.candidate.kind is CandidateKind.JOINT and need in p.candidate.needs
    ]
    return found


@pytest.mark.parametrize("need", ["c-controle-medical", "c-titres-repas"])
def test_a_plan_for_september_holds(workspace: Workspace, need: str) -> None:
    assert workspace.on == date(2026, 11, 23)
    plan = workspace.plan(_proposal(workspace, need))
    assert plan.wanted == date(2027, 9, 1)
    assert plan.breaches == ()


def test_the_councils_meet_too_late_for_the_fuel(workspace: Workspace) -> None:
    plan = workspace.plan(_proposal(workspace, "c-carburant"))
    late = {breach.milestone: breach.days for breach in plan.breaches}
    assert late[f"council:{ZONE}"] > 0
    assert late[f"council:{COMMUNE}"] > 0


def test_the_missed_call_goes_to_who_took_over(workspace: Workspace) -> None:
    found = workspace.deadlines()
    first = next(each for each in found if each.kind == "framework_interest")
    assert first.level is found[0].level is Level.OVERDUE
    assert first.subject == "i-city-materiel-2027"
    assert (first.administration, first.contact) == (CPAS, "lotte-vlinderstruik")
    near = {d.subject for d in workspace.deadlines(within=30)}
    assert {"k-p-ramen", "a-p-sibelga", "sibelga-energie-2028"} <= near


# The work with centres, councils, contracts and services


def test_a_dearer_domain_reopens_an_adhesion_and_a_smaller_one_was_settled(
    workspace: Workspace,
) -> None:
    adhesions = workspace.adhesions()
    waiting = [each for each in adhesions if workspace.adhesion_state(each).open]
    assert waiting == ["a-c-parcours-fin"]
    cost, budget = adhesions[waiting[0]].cost, adhesions[waiting[0]].budget
    assert cost is not None
    assert budget is not None
    assert cost > budget
    settled = workspace.adhesions()["a-c-parcours-rh"].reopenings
    assert [each.settled_on for each in settled] == [date(2026, 3, 18)]
    twins = [each.id for each in workspace.twins("a-c-parcours-rh")]
    assert twins == ["a-c-parcours-rh", "a-p-parcours-rh"]
    mine, theirs = (workspace.adhesions()[twin].reservations for twin in twins)
    assert theirs[:-1] == mine


def test_orders_stay_below_every_ceiling_and_are_concluded_or_planned(
    workspace: Workspace,
) -> None:
    orders = workspace.orders().values()
    assert {each.concluded_on is None for each in orders} == {True, False}
    for framework in {each.framework for each in orders}:
        counter = workspace.framework_sheet(framework).counter
        assert counter.exceeded == ()
        assert counter.left is not None
        assert counter.left > counter.planned > 0


def test_one_service_is_silent_and_was_reminded(workspace: Workspace) -> None:
    state = workspace.round_state("2028")
    (silent,) = (each for each in state.services if each.silent)
    assert silent.contact == "fien-madelief"
    assert state.days_left == 7
    assert [each.to for each in state.reminders[silent.id]] == [silent.contact]
    answers = {each.answer for each in state.services}
    assert answers == {None, ServiceAnswer.NEEDS, ServiceAnswer.NONE}


def test_what_is_watched_is_reminded_put_off_and_agreed(workspace: Workspace) -> None:
    watch = workspace.watch()
    known = {each.id: each for each in watch.deadlines}
    for reminder in workspace.reminders().values():
        assert reminder.about in known, reminder.id
    for snooze in workspace.snoozes().values():
        assert watch.snoozed(known[snooze.id]) == snooze
    points = workspace.action_points().values()
    day = workspace.on
    assert sorted((p.done_on is not None, p.due < day) for p in points if p.due) == [
        (False, False),
        (False, True),
        (True, True),
    ]
    assert workspace.practice().reopening_days == 45


def test_contracts_follow_each_other_but_for_the_lifts(workspace: Workspace) -> None:
    chain = workspace.chain("k-c-licences")
    assert [link.id for link in chain.links] == [
        "k-c-licences-2020",
        "k-c-licences",
        "c-licences",
    ]
    assert [due.contract.id for due in workspace.due_contracts(within=365)] == [
        "k-c-ascenseurs"
    ]


def test_councils_go_on_by_their_rhythm_but_for_one_day(workspace: Workspace) -> None:
    lines = workspace.sessions(body="council", until=date(2028, 6, 30))
    after = [line for line in lines if line.day.year == 2028]
    assert {line.administration for line in after} == {COMMUNE, CPAS}
    cancelled = [line.day for line in after if line.state == "cancelled"]
    assert cancelled == [date(2028, 5, 17)]
