"""A form is read field by field, all faults at once, and can be filled in again."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jointbuy.codec import from_plain
from jointbuy.errors import Problem, say
from jointbuy.intake.entries import parse_record
from jointbuy.intake.field_reading import read
from jointbuy.intake.field_writing import write
from jointbuy.intake.fields import Around, Field, Sort
from jointbuy.intake.forms import FORMS
from jointbuy.intake.headings import heading
from jointbuy.intake.rows import Row, parse_needs
from jointbuy.l10n.catalogue import Catalogue
from jointbuy.model import (
    RECORDS,
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    Alias,
    CallOff,
    CompetentBody,
    ContactPerson,
    Contract,
    Domain,
    FrameworkAgreement,
    FrameworkLot,
    LocalText,
    Need,
    NeedsRound,
    Period,
    Programme,
    PurchasingCentre,
    Region,
    Reopening,
    Reservation,
    Rhythm,
    UseDecision,
    type_names,
)

ON = date(2026, 11, 23)
VAL = Administration(id="commune-val", names=LocalText(fr="Commune de Val"))
KNOWN: dict[type, dict[str, Any]] = {
    Administration: {
        "commune-val": VAL,
        "commune-mont": Administration(id="commune-mont"),
        "cpas": Administration(id="cpas", names=LocalText(nl="OCMW")),
    },
    ContactPerson: {
        "lea": ContactPerson(id="lea", administration="cpas", name="Léa Lierre")
    },
    Contract: {"k-1": Contract(id="k-1", administration="cpas", title="Ramen wassen")},
    Need: {"n-1": Need(id="n-1", administration="cpas", title="Papier")},
    PurchasingCentre: {
        "i-city": PurchasingCentre(id="i-city", names=LocalText(fr="i-CITY"))
    },
    FrameworkAgreement: {
        "f-1": FrameworkAgreement(
            id="f-1", centre="i-city", title=LocalText(nl="Laptops 2027")
        )
    },
}
BEFORE: dict[type, Any] = {
    Administration: VAL,
    ContactPerson: KNOWN[ContactPerson]["lea"],
    Contract: KNOWN[Contract]["k-1"],
    PurchasingCentre: KNOWN[PurchasingCentre]["i-city"],
    FrameworkAgreement: KNOWN[FrameworkAgreement]["f-1"],
    Adhesion: Adhesion(id="a", centre="i-city", administration="cpas"),
    Programme: Programme(id="p", centre="i-city", names=LocalText(nl="Traject")),
    UseDecision: UseDecision(id="u", framework="f-1", need="n-1"),
}


def edit(kind: type, before: Any = None, /, **cells: str) -> tuple[Any, list[Problem]]:
    made, problems = parse_record(
        kind, before or BEFORE[kind], cells, known=KNOWN, on=ON
    )
    return made, list(problems)


def add(kind: type, /, **cells: str) -> tuple[Any, list[Problem]]:
    made, problems = parse_record(kind, None, cells, known=KNOWN, on=ON)
    return made, list(problems)


def faults(problems: list[Problem]) -> list[str]:
    return [problem.field for problem in problems if problem.blocking]


TAKEN = [
    (Contract, "supplier", "  Éts\x1b[2J Lierre ", "Éts[2J Lierre"),
    (Contract, "note", "first\nsecond", "first\nsecond"),
    (Administration, "nl", "Gemeente Dal",
     LocalText(fr="Commune de Val", nl="Gemeente Dal")),
    (Contract, "start", "1er août 2027", date(2027, 8, 1)),
    (Contract, "end", "2027", date(2027, 12, 31)),
    (Contract, "start", "2027", date(2027, 1, 1)),
    (Contract, "notice", "+10d", date(2026, 12, 3)),
    (FrameworkAgreement, "ceiling", "1.234.567,89 €", Decimal("1234567.89")),
    (FrameworkAgreement, "ceiling", "0", Decimal(0)),
    (Contract, "yearly_value", "8.600 €/an", Decimal(8600)),
    (Contract, "yearly_value", "8.600,50 per jaar", Decimal("8600.50")),
    (FrameworkAgreement, "fee", "1,5 %", Decimal("1.5")),
    (FrameworkAgreement, "fee", "100", Decimal(100)),
    (Contract, "renewals_left", "0", 0),
    (Administration, "population", "34.120", 34120),
    (Contract, "renewal_months", "1 an", 12),
    (Contract, "exclusive", "neen", False),
    (Contract, "joint", "oui", True),
    (Contract, "joint", "inconnu", None),
    (Contract, "joint", "?", None),
    (Adhesion, "status", "refused", AdhesionStatus.REFUSED),
    (Adhesion, "status", "Uitgesteld", AdhesionStatus.POSTPONED),
    (FrameworkAgreement, "call_off", "mini-competition", CallOff.MINI_COMPETITION),
    (FrameworkAgreement, "call_off", "Les deux", CallOff.BOTH),
    (Administration, "kind", "Gemeente", AdministrationKind.COMMUNE),
    (FrameworkAgreement, "kinds", "commune; CPAS",
     (AdministrationKind.COMMUNE, AdministrationKind.CPAS)),
    (FrameworkAgreement, "regions", "brussels, Wallonie",
     (Region.BRUSSELS, Region.WALLONIA)),
    (PurchasingCentre, "certainty", "b", "B"),
    (ContactPerson, "language", "Nederlands", "nl"),
    (Administration, "languages", "fr, Nederlands", ("fr", "nl")),
    (Contract, "administration", "commune de val", "commune-val"),
    (Contract, "administration", "commune-m", "commune-mont"),
    (Contract, "successor", "n-1", "n-1"),
    (ContactPerson, "successor", "lea", "lea"),
    (UseDecision, "framework", "laptops 2027", "f-1"),
    (UseDecision, "need", "papier", "n-1"),
    (FrameworkAgreement, "beneficiaries", "ocmw; commune-val; cpas",
     ("cpas", "commune-val")),
    (Contract, "cpv", "30197630-1 Papier", "30197630"),
    (PurchasingCentre, "cpv", "30197630, 09310000", ("30197630", "09310000")),
    (Administration, "territory", "be 100", "BE100"),
    (Administration, "enterprise_number", "0123.456.749", "0123456749"),
    (Administration, "postcode", "B-1094", "1094"),
    (Administration, "closed", "26/12/2027, 1/7/2027 .. 15/7/2027; 26/12/2027",
     (Period(start=date(2027, 7, 1), end=date(2027, 7, 15)),
      Period(start=date(2027, 12, 26), end=date(2027, 12, 26)))),
    (ContactPerson, "email", "a.b@example.org", "a.b@example.org"),
    (Adhesion, "triggers", "prix +10 %; périmètre réduit",
     ("prix +10 %", "périmètre réduit")),
    (Adhesion, "reservations", "Sans obligation @ art. 2; budget voté",
     (Reservation(text="Sans obligation", place="art. 2"),
      Reservation(text="budget voté"))),
    (Adhesion, "reopenings", "prix; 2/11/2026; plus; 20/11/2026; oui\nlot; 3/11/2026",
     (Reopening(trigger="prix", on=date(2026, 11, 2), what="plus",
                settled_on=date(2026, 11, 20), how="oui"),
      Reopening(trigger="lot", on=date(2026, 11, 3)))),
    (Programme, "domains", "rh; HR; 5; 3 @ 1/11/2026; 31/1/2027; 40.000\nfin; ; ; 2",
     (Domain(id="rh", names=LocalText(nl="HR"), minimum=5, elsewhere=3,
             counted_on=date(2026, 11, 1), due=date(2027, 1, 31),
             budget=Decimal(40000)),
      Domain(id="fin", elsewhere=2, counted_on=ON))),
    (PurchasingCentre, "aliases", "CIRB; Irisnet @ .. 31/12/2013",
     (Alias(name="CIRB"),
      Alias(name="Irisnet", period=Period(end=date(2013, 12, 31))))),
    (FrameworkAgreement, "lots", "1; Laptops; 4.200,00; 30213100, 30231300; 12,5\n2",
     (FrameworkLot(id="1", title=LocalText(nl="Laptops"), ceiling=Decimal(4200),
                   cpv=("30213100", "30231300"), consumed=Decimal("12.5")),
      FrameworkLot(id="2"))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell", "text", "value"), TAKEN)
def test_each_sort_of_field_takes_what_it_can_mean(
    kind: type, cell: str, text: str, value: object
) -> None:
    before = BEFORE[kind]
    if (kind, cell) == (ContactPerson, "successor"):
        before = dataclasses.replace(before, id="someone")
    made, problems = edit(kind, before, **{cell: text})
    assert faults(problems) == []
    target = next(f.target for f in FORMS[kind] if f.cell == cell)
    assert getattr(made, target) == value


REFUSED = [
    (Contract, "supplier", "x" * 501),
    (Contract, "start", "soon"),
    (Contract, "start", "unknown"),
    (Contract, "start", "1/1/1900"),
    (FrameworkAgreement, "ceiling", "-1"),
    (FrameworkAgreement, "ceiling", "unknown"),
    (FrameworkAgreement, "ceiling", "8.600 €/an"),
    (FrameworkAgreement, "ceiling", "100.000.000.000"),
    (Contract, "yearly_value", "700 par mois"),
    (FrameworkAgreement, "fee", "100,5"),
    (FrameworkAgreement, "fee", "2 euros"),
    (Contract, "renewals_left", "1,5"),
    (Contract, "renewals_left", "two"),
    (Contract, "renewals_left", "1e400"),
    (Contract, "renewal_months", "long"),
    (Contract, "exclusive", "perhaps"),
    (Adhesion, "status", "married"),
    (FrameworkAgreement, "call_off", "by phone"),
    (FrameworkAgreement, "kinds", "commune, guild"),
    (FrameworkAgreement, "regions", "Atlantis"),
    (PurchasingCentre, "certainty", "E"),
    (ContactPerson, "language", "it"),
    (Contract, "administration", "nobody"),
    (Contract, "administration", "commune"),
    (Contract, "successor", "n-2"),
    (Contract, "successor", "k-1"),
    (FrameworkAgreement, "beneficiaries", "cpas, nobody"),
    (Contract, "cpv", "paper"),
    (Contract, "cpv", "30197630, 30213100"),
    (PurchasingCentre, "cpv", "30197630, 12"),
    (Administration, "territory", "Brussels"),
    (Administration, "enterprise_number", "0123.456.748"),
    (Administration, "postcode", "abcdefg"),
    (Administration, "postcode", "0123"),
    (Administration, "population", "many"),
    (Administration, "council", "21/1/2027, soon"),
    (Administration, "council_cancelled", "soon"),
    (Administration, "executive_rhythm", "3rd Thirsday"),
    (Administration, "council_summons", "-1"),
    (Administration, "council_filing", "91"),
    (Administration, "closed", "24/12/2027 .."),
    (Administration, "closed", "2/1/2028 .. 24/12/2027"),
    (Administration, "closed", "soon"),
    (Administration, "belongs_to", "commune-val"),
    (Administration, "fr", ""),
    (FrameworkAgreement, "nl", ""),
    (ContactPerson, "name", " "),
    (ContactPerson, "email", "someone"),
    (Adhesion, "reservations", "@ art. 2"),
    (Adhesion, "reopenings", "prix"),
    (Adhesion, "reopenings", "prix; soon"),
    (Adhesion, "reopenings", "prix; 3/11/2026; ; 2/11/2026"),
    (Adhesion, "reopenings", "prix; 3/11/2026; a; 4/11/2026; b; c"),
    (Programme, "domains", "; HR"),
    (Programme, "domains", "rh; HR; many"),
    (Programme, "domains", "rh; HR; 5; many @ 1/11/2026"),
    (Programme, "domains", "rh; HR; 5; 3 @ soon"),
    (Programme, "domains", "rh; a\nrh; b"),
    (Programme, "nl", ""),
    (PurchasingCentre, "aliases", "CIRB @ long ago"),
    (PurchasingCentre, "aliases", "CIRB @ 1/1/2011 .. soon"),
    (FrameworkAgreement, "lots", "; Laptops"),
    (FrameworkAgreement, "lots", "1; Laptops; many"),
    (FrameworkAgreement, "lots", "1; Laptops; 5,00; 12"),
    (FrameworkAgreement, "lots", "1; a\n1; b"),
    (FrameworkAgreement, "lots", "1; a; 5,00; 30213100; 0; more"),
    (UseDecision, "decided_on", "24/11/2026"),
    (Contract, "colour", "red"),
]


@pytest.mark.parametrize(("kind", "cell", "text"), REFUSED)
def test_each_sort_of_field_refuses_what_it_cannot_mean(
    kind: type, cell: str, text: str
) -> None:
    _, problems = edit(kind, **{cell: text})
    assert faults(problems) == [cell]


@pytest.mark.parametrize(
    ("kind", "cell"), [(Programme, "domains"), (FrameworkAgreement, "lots")]
)
def test_what_is_wrong_in_one_of_several_lines_names_its_line(
    kind: type, cell: str
) -> None:
    _, [problem] = edit(kind, **{cell: "1; a; 5\n2; b; many"})
    assert Catalogue("en").say(problem.message).startswith("2: “many” ")


def test_the_calendar_of_a_body_is_typed_part_by_part() -> None:
    before = dataclasses.replace(BEFORE[Administration], bodies=())
    made, problems = edit(
        Administration,
        before,
        council="21/1/2027",
        council_rhythm="3e jeudi, sauf juillet",
        council_cancelled="18/2/2027",
        council_summons="8",
        council_filing="0",
        executive_rhythm="elke dinsdag",
    )
    assert faults(problems) == []
    council, executive = made.bodies
    assert council == CompetentBody(
        kind=council.kind,
        sessions=(date(2027, 1, 21),),
        rhythm=Rhythm(weekday=3, weeks=(3,), without=(7,)),
        cancelled=(date(2027, 2, 18),),
        convocation_days=8,
        filing_days=0,
    )
    assert executive.rhythm == Rhythm(weekday=1)
    for language in ("fr", "nl", "de", "en"):
        assert again(made, KNOWN, language) == made
    emptied, problems = edit(
        Administration,
        made,
        council="",
        council_rhythm="",
        council_cancelled="",
        council_summons="",
        council_filing="",
    )
    assert faults(problems) == []
    assert emptied.bodies == (executive,)


def test_every_fault_is_named_at_once() -> None:
    made, problems = add(
        Contract,
        id="k",
        administration="nobody",
        start="soon",
        yearly_value="much",
        cpv="paper",
        exclusive="perhaps",
    )
    assert made is None
    assert faults(problems) == [
        "administration", "start", "yearly_value", "cpv", "exclusive", "title",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", BEFORE)
def test_a_field_that_was_not_typed_stays_and_an_empty_one_is_emptied(
    kind: type,
) -> None:
    before = BEFORE[kind]
    assert edit(kind, before) == (before, [])
    made, problems = edit(
        kind, dataclasses.replace(before, **FULL[kind]), **EMPTY[kind]
    )
    assert problems == []
    assert made == before


FULL: dict[type, dict[str, Any]] = {
    Administration: {"postcode": "1094", "kind": AdministrationKind.CPAS,
                     "population": 3, "neighbours": ("cpas",)},
    ContactPerson: {"email": "a@b", "active_until": ON},
    Contract: {"yearly_value": Decimal(3), "exclusive": False, "renewals_left": 1},
    PurchasingCentre: {"joining": LocalText(nl="x"), "certainty": "A"},
    FrameworkAgreement: {"lots": (FrameworkLot(id="1"),), "consumed": Decimal(3),
                         "regions": (Region.BRUSSELS,)},
    Adhesion: {"status": AdhesionStatus.REFUSED, "decided_on": ON,
               "reservations": (Reservation(text="x"),)},
    UseDecision: {"amount": Decimal(3), "body": "x"},
    Programme: {"domains": (Domain(id="rh"),), "seen_on": ON},
}  # fmt: skip
EMPTY: dict[type, dict[str, str]] = {
    kind: {
        field.cell: ""
        for field in FORMS[kind]
        if field.target in fields
    }
    for kind, fields in FULL.items()
}  # fmt: skip


def test_a_body_that_meets_no_more_keeps_its_terms() -> None:
    before, _ = edit(Administration, council="21/1/2027; 2027-02-18")
    body = dataclasses.replace(before.bodies[0], convocation_days=5)
    before = dataclasses.replace(before, bodies=(body,))
    made, _ = edit(Administration, before, council="")
    assert made.bodies == (CompetentBody(kind=body.kind, convocation_days=5),)


DAYS = [
    (Contract, "start", "end", "end"),
    (Contract, "notice", "end", "end"),
    (FrameworkAgreement, "start", "end", "end"),
    (FrameworkAgreement, "interest_deadline", "launch", "launch"),
    (FrameworkAgreement, "launch", "start", "start"),
    (FrameworkAgreement, "launch", "award", "award"),
    (ContactPerson, "active_from", "active_until", "active_until"),
]


@pytest.mark.parametrize(("kind", "first", "then", "named"), DAYS)
def test_days_follow_each_other_and_may_fall_together(
    kind: type, first: str, then: str, named: str
) -> None:
    assert edit(kind, **{first: "1/6/2027", then: "1/6/2027"})[1] == []
    _, problems = edit(kind, **{first: "2/6/2027", then: "1/6/2027"})
    assert faults(problems) == [named]


def test_a_day_that_contradicts_one_that_is_kept_is_the_one_that_is_named() -> None:
    before = dataclasses.replace(BEFORE[Contract], end=date(2027, 6, 1))
    assert faults(edit(Contract, before, start="2/6/2027")[1]) == ["start"]
    wrong = dataclasses.replace(before, start=date(2027, 6, 2))
    assert edit(Contract, wrong, supplier="Lierre")[1] == []


@pytest.mark.parametrize(("consumed", "warned"), [("100", 0), ("100,01", 1)])
def test_more_than_the_ceiling_is_pointed_out_and_kept(
    consumed: str, warned: int
) -> None:
    made, problems = edit(FrameworkAgreement, ceiling="100", consumed=consumed)
    assert len(problems) == warned
    assert faults(problems) == []
    assert made.consumed == Decimal(consumed.replace(",", "."))
    _, problems = edit(FrameworkAgreement, lots=f"1; a; 100,00; ; {consumed}")
    assert [problem.field for problem in problems] == ["lots"] * warned


@pytest.mark.parametrize("status", ["adhered", "conditional"])
def test_nobody_has_joined_without_the_day_of_the_decision(status: str) -> None:
    cells = {"centre": "i-city", "administration": "cpas", "status": status}
    assert faults(add(Adhesion, **cells)[1]) == ["decided_on"]
    assert faults(add(Adhesion, **cells, decided_on="soon")[1]) == ["decided_on"]
    assert faults(add(Adhesion, **cells, decided_on="24/11/2026")[1]) == ["decided_on"]
    assert add(Adhesion, **cells, decided_on="23/11/2026")[1] == []
    joined, _ = add(Adhesion, **cells, decided_on="23/11/2026")
    assert faults(edit(Adhesion, joined, decided_on="")[1]) == ["decided_on"]
    assert edit(Adhesion, joined, status="ended", decided_on="")[1] == []


def test_what_nobody_named_is_called_after_what_it_joins() -> None:
    pair = {"centre": "i-city", "administration": "cpas"}
    assert add(Adhesion, **pair)[0].id == "i-city.cpas"
    made, _ = add(Adhesion, **pair, domain="Téléphonie & données")
    assert made.id == "i-city.cpas.telephonie-donnees"
    assert add(UseDecision, framework="f-1", need="n-1")[0].id == "f-1.n-1"
    made, _ = add(ContactPerson, administration="cpas", name="Léa")
    assert made.id == "lea-2"


def test_a_share_below_one_says_how_it_was_read() -> None:
    assert edit(FrameworkAgreement, fee="1")[1] == []
    _, problems = edit(FrameworkAgreement, fee="0,25")
    assert [problem.blocking for problem in problems] == [False]


def test_a_territory_elsewhere_is_let_in_with_a_warning() -> None:
    for code, warned in (("BE332", 0), ("FR10", 1), ("BE9", 1)):
        made, problems = edit(Administration, territory=code)
        assert (made.territory, len(problems)) == (code, warned)
        assert faults(problems) == []
    made, problems = edit(Administration, territory="NL32", postcode="1011 AB")
    assert made.postcode == "1011 AB"
    assert faults(problems) == []


def test_a_code_outside_the_official_list_is_let_in_with_a_warning() -> None:
    for code, warned in (("30197630", 0), ("99999999", 1)):
        made, problems = parse_record(
            Contract, BEFORE[Contract], {"cpv": code}, known=KNOWN, on=ON,
            codes={"30197630"},
        )  # fmt: skip
        assert made is not None
        assert made.cpv == code
        assert [p.blocking for p in problems] == [False] * warned


def test_a_lot_keeps_what_is_not_given_again() -> None:
    lot = FrameworkLot(
        id="1",
        title=LocalText(fr="Portables", nl="Laptops"),
        ceiling=Decimal(5),
        cpv=("30213100",),
        consumed=Decimal(2),
    )
    before = dataclasses.replace(BEFORE[FrameworkAgreement], lots=(lot,))
    made, _ = edit(FrameworkAgreement, before, lots="1; Portables; 9,00")
    assert made.lots == (dataclasses.replace(lot, ceiling=Decimal(9)),)
    made, _ = edit(FrameworkAgreement, before, lots="1; Portables; ; ;")
    assert made.lots == (FrameworkLot(id="1", title=lot.title),)
    made, _ = edit(FrameworkAgreement, before, lots="1; Ordinateurs")
    assert made.lots[0].title == LocalText(fr="Ordinateurs", nl="Laptops")


# Filled in again, a form gives the record it was filled in from.

SAMPLE = msgspec.json.decode(
    (
        Path(__file__).parents[2] / "sample_data" / "brussels" / "register.json"
    ).read_bytes()
)


def sample(kind: type) -> dict[str, Any]:
    return {
        id_: from_plain(kind, plain)
        for id_, plain in SAMPLE.get(type_names[kind], {}).items()
    }


def again(record: Any, known: dict[type, dict[str, Any]], language: str) -> Any:
    cells = {
        field.cell: write(field, getattr(record, field.target), language=language)
        for field in FORMS[type(record)]
    }
    made, problems = parse_record(
        type(record), record, cells, known=known, on=ON, language=language
    )
    assert faults(list(problems)) == []
    return made


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_form_of_the_sample_can_be_filled_in_again(language: str) -> None:
    known = {kind: {k["id"]: v for k, v in _pairs(kind)} for kind in RECORDS}
    for kind in BEFORE:
        assert known[kind]
        for record in known[kind].values():
            assert again(record, known, language) == record


def _pairs(kind: type) -> list[tuple[dict[str, str], Any]]:
    return [({"id": record.id}, record) for record in sample(kind).values()]


days = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
amounts = st.none() | st.decimals(
    min_value=0, max_value=10**10, places=2, allow_nan=False, allow_infinity=False
)
words = st.text(alphabet="abcé’-& .", max_size=30).map(str.strip)
answers = st.sampled_from([True, False, None])


@given(
    supplier=words,
    start=days,
    yearly_value=amounts,
    exclusive=answers,
    renewals_left=st.none() | st.integers(0, 10**6),
    renewal_months=st.none() | st.integers(1, 600),
)
def test_any_contract_can_be_filled_in_again(**values: Any) -> None:
    record = dataclasses.replace(BEFORE[Contract], **values)
    assert again(record, KNOWN, "en") == record


@given(
    ceiling=amounts,
    fee=st.none() | st.decimals(min_value=0, max_value=100, places=3),
    call_off=st.none() | st.sampled_from(CallOff),
    kinds=st.lists(st.sampled_from(AdministrationKind), unique=True).map(tuple),
    lots=st.lists(
        st.builds(
            FrameworkLot,
            id=st.from_regex(r"[1-9][0-9]?", fullmatch=True),
            title=st.builds(LocalText, fr=words, nl=words),
            ceiling=amounts,
            cpv=st.sampled_from([(), ("30197630",), ("30197630", "09310000")]),
        ),
        unique_by=lambda lot: lot.id,
    ).map(tuple),
)
def test_any_framework_can_be_filled_in_again(**values: Any) -> None:
    record = dataclasses.replace(BEFORE[FrameworkAgreement], **values)
    assert again(record, KNOWN, "nl") == record


def test_every_sort_of_field_is_asked_somewhere() -> None:
    asked = {field.sort for fields in FORMS.values() for field in fields}
    assert asked == set(Sort)
    kinds: dict[Any, Any] = dict(FORMS)
    for kind, fields in kinds.items():
        own = {field.name for field in dataclasses.fields(kind)}
        assert {field.target for field in fields} == own - {"id", *NOT_TYPED[kind]}


NOT_TYPED: dict[type, set[str]] = {kind: set() for kind in FORMS} | {
    Contract: {"origin"},
    Need: {"status", "origin", "seen_on"},
    NeedsRound: {"services"},
}


# A need is read by the same rules as the rows of a file.


def needs_known(language: str) -> dict[str, Any]:
    contacts = tuple(sample(ContactPerson).values())
    return {
        "administrations": tuple(sample(Administration).values()),
        "known": sample(Need),
        "contacts": contacts,
        "on": ON,
        "new_id": lambda: "n-new",
        "vat": "excl",
        "language": language,
    }


def need_again(need: Need, around: dict[str, Any], language: str) -> Need:
    cells = {
        field.cell: write(field, getattr(need, field.target), language=language)
        for field in FORMS[Need]
    }
    around = around | {"known": {**around["known"], need.id: need}}
    parsed = parse_needs([Row(cells={**cells, "id": need.id})], **around)
    assert faults(list(parsed.problems)) == []
    return parsed.needs[0]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_need_of_the_sample_can_be_filled_in_again(language: str) -> None:
    around = needs_known(language)
    assert around["known"]
    for need in around["known"].values():
        assert need_again(need, around, language) == need


@given(
    quantity=st.none()
    | st.decimals(
        min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False
    ),
    estimate=amounts,
    earliest=days,
    duration_months=st.none() | st.integers(1, 600),
    budget_year=st.none() | st.integers(2000, 2100),
    requirements=st.lists(words.filter(bool)).map(tuple),
    personal_data=answers,
)
def test_any_need_can_be_filled_in_again(**values: Any) -> None:
    around = needs_known("fr")
    need = next(iter(around["known"].values()))
    need = dataclasses.replace(need, latest=None, **values)
    assert need_again(need, around, "fr") == need


def test_what_a_file_puts_in_one_requirement_stays_one() -> None:
    around = needs_known("fr")
    id_ = next(iter(around["known"]))
    cells = {"id": id_, "requirements": "white; 80 g\nbilingual"}
    typed = parse_needs([Row(cells=cells)], **around).needs[0]
    assert typed.requirements == ("white", "80 g", "bilingual")
    filed = parse_needs([Row(number=2, cells=cells)], **around).needs[0]
    assert filed.requirements == ("white; 80 g", "bilingual")


def test_a_field_of_a_need_is_called_as_above_its_column() -> None:
    named = {field.cell: field.label for field in FORMS[Need]}
    for cell, label in named.items():
        if cell not in {"replaces", "note"}:
            assert str(label) == heading(cell, "en")


def test_a_quantity_is_a_number_alone() -> None:
    field = Field(cell="n", sort=Sort.QUANTITY, label=say("Quantity"))
    around = Around(known={}, on=ON, language="en", values={})
    assert read(field, "1.250,5", None, around).value == Decimal("1250.5")
    for text in ("12 reams", "many", "-3"):
        taken = read(field, text, None, around)
        assert taken.value is None
        assert [piece for piece, _ in taken.faults] == [text]


@pytest.mark.parametrize(
    ("kind", "cells", "id_"),
    [
        (Administration, {"fr": "Zone de l’Étang", "nl": "Vijver"}, "zone-de-l-etang"),
        (PurchasingCentre, {"nl": "Brussel & Co."}, "brussel-co"),
        (FrameworkAgreement, {"centre": "i-city", "de": "Möbel"}, "mobel"),
        (Contract, {"administration": "cpas", "title": "Ramen wassen"}, "ramen-wassen"),
        (Contract, {"administration": "cpas", "title": "K 1"}, "k-1-2"),
        (Contract, {"administration": "cpas", "title": "???"}, "record"),
        (Contract, {"administration": "cpas", "title": "a" * 47 + " b"}, "a" * 47),
    ],
)
def test_a_record_that_nobody_gave_an_id_is_called_after_its_name(
    kind: type, cells: dict[str, str], id_: str
) -> None:
    made, problems = add(kind, **cells)
    assert faults(problems) == []
    assert made.id == id_
