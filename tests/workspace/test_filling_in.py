"""Forms: what they show, offer and remark, and what becomes of what was typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jointbuy.errors import NotFound, Refused, StaleRevision, UsageError
from jointbuy.model import (
    Adhesion,
    Administration,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    Need,
    NeedStatus,
    PurchasingCentre,
)
from jointbuy.workspace import Desk, Workspace, cells_of, form, options

ON = date(2026, 11, 23)
PAPER = {"administration": "commune", "title": "Papier A4", "nature": "fournitures"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A register of a commune and its CPAS."""
    made = Desk(str(tmp_path / "r.json"), ON, "fr").open(create=True)
    for id_, name in (("commune", "Commune de Val"), ("cpas", "CPAS de Val")):
        made.enter(Administration, {"fr": name, "kind": id_}, id_=id_)
    return made


@pytest.fixture
def sample(brussels: Path) -> Workspace:
    """The sample, as an officer who reads Dutch opens it."""
    return Desk(str(brussels), ON, "nl").open()


def add(workspace: Workspace, **cells: str) -> Need:
    return workspace.enter(Need, PAPER | cells).record


def fields(problems: Any) -> list[tuple[str, bool]]:
    return [(problem.field, problem.blocking) for problem in problems]


def field(kind: type, cell: str) -> Any:
    return next(each for each in form(kind) if each.cell == cell)


# What a form shows


def test_a_form_shows_a_record_as_it_would_be_typed(workspace: Workspace) -> None:
    need = add(workspace, estimate="36000", earliest="+2m", quantity="1.250,5 rames")
    cells = cells_of(workspace, Need, need)
    assert list(cells) == [each.cell for each in form(Need)]
    assert cells["nature"] == "Fournitures"
    assert cells["estimate"] == "36.000,00"
    assert cells["earliest"] == "23/01/2027"
    assert (cells["quantity"], cells["unit"]) == ("1250,5", "rames")
    workspace.language = "de"
    assert cells_of(workspace, Need, need)["nature"] == "Lieferungen"


def test_the_form_of_a_new_record_is_empty(workspace: Workspace) -> None:
    assert set(cells_of(workspace, Contract, None).values()) == {""}


def test_choices_are_offered_in_the_words_of_the_reader(sample: Workspace) -> None:
    assert options(sample, field(Need, "nature")) == (
        ("Werken", "Werken"),
        ("Leveringen", "Leveringen"),
        ("Diensten", "Diensten"),
    )
    assert options(sample, field(Need, "personal_data")) == (
        ("Ja", "Ja"),
        ("Nee", "Nee"),
    )
    spoken = dict(options(sample, field(Need, "language")))
    assert list(spoken) == ["fr", "nl", "de", "en"]
    assert spoken["nl"] == "Nederlands"
    letters = options(sample, field(PurchasingCentre, "certainty"))
    assert [typed for typed, _ in letters] == ["A", "B", "C", "D"]
    assert options(sample, field(Need, "title")) == ()


def test_every_choice_offered_is_read_back(sample: Workspace) -> None:
    for kind in (Administration, Contract, PurchasingCentre, FrameworkAgreement):
        record = next(iter(sample.records(kind).values()))
        for each in form(kind):
            for typed, shown in options(sample, each):
                assert shown
                problems = sample.tried(kind, record.id, {each.cell: typed})
                told = [p for p in problems if p.field == each.cell and p.blocking]
                own = {record.id, getattr(record, "successor", "")}
                assert not told or typed in own  # nothing leads back to itself


def test_records_are_offered_by_name_and_typed_by_id(sample: Workspace) -> None:
    offered = options(sample, field(Need, "administration"))
    assert dict(offered) == {
        id_: admin.name("nl") for id_, admin in sample.administrations().items()
    }
    assert [shown for _, shown in offered] == sorted(
        (shown for _, shown in offered), key=str.casefold
    )


def test_the_contacts_offered_are_those_of_the_administration(
    workspace: Workspace,
) -> None:
    for who, name in (("commune", "Léa Lierre"), ("cpas", "Noé Chêne")):
        workspace.enter(ContactPerson, {"administration": who, "name": name})
    gone = {"administration": "commune", "name": "Zoé", "active_until": "22/11/2026"}
    stays = {"administration": "commune", "name": "Ada", "active_until": "23/11/2026"}
    workspace.enter(ContactPerson, gone)
    workspace.enter(ContactPerson, stays)
    asked = field(Need, "contact")
    assert options(workspace, asked, {"administration": "commune"}) == (
        ("ada", "Ada"),
        ("lea-lierre", "Léa Lierre"),
    )
    assert len(options(workspace, asked)) == 3
    assert len(options(workspace, asked, {"administration": "nobody"})) == 3


# What is tried


def test_a_half_filled_form_says_what_is_missing_and_keeps_nothing(
    workspace: Workspace,
) -> None:
    before = workspace.store.history()
    assert fields(workspace.tried(Need, "", {"title": "Papier"})) == [
        ("administration", True),
        ("nature", True),
    ]
    assert fields(workspace.tried(Need, "", PAPER)) == []
    assert fields(workspace.tried(Need, "", PAPER | {"estimate": "12,34,5"})) == [
        ("estimate", True)
    ]
    assert fields(workspace.tried(Contract, "", {"start": "soon"})) == [
        ("start", True),
        ("administration", True),
        ("title", True),
    ]
    assert fields(workspace.tried(Administration, "", {"fr": "Val"})) == []
    assert workspace.store.history() == before


def test_only_what_was_typed_anew_is_judged(workspace: Workspace) -> None:
    need = add(workspace, latest="1/1/2027")
    workspace = Workspace(workspace.store, user="x", on=date(2027, 2, 1), language="fr")
    cells = cells_of(workspace, Need, need)
    assert workspace.tried(Need, need.id, cells) == ()
    again = cells | {"latest": "2/1/2027"}
    assert fields(workspace.tried(Need, need.id, again)) == [("latest", False)]
    with pytest.raises(NotFound):
        workspace.tried(Need, "n-none", cells)


def test_a_contract_that_nobody_knows_cannot_be_replaced(workspace: Workspace) -> None:
    contract = workspace.enter(
        Contract, {"administration": "commune", "title": "Papier 2024"}
    ).record
    typed = PAPER | {"replaces": "papier 2025"}
    assert fields(workspace.tried(Need, "", typed)) == [("replaces", True)]
    with pytest.raises(Refused):
        workspace.enter(Need, typed)
    need = add(workspace, replaces="Papier 2024")
    assert need.replaces == contract.id == "papier-2024"


# What is entered


def test_every_kind_comes_in_through_one_door(workspace: Workspace) -> None:
    assert add(workspace, estimate="", note=" ").status is NeedStatus.OPEN
    draft = workspace.enter(Need, PAPER | {"title": "Autre"}, draft=True).record
    assert draft.status is NeedStatus.DRAFT
    zone = {"fr": "Zone de police Val", "kind": "police zone"}
    assert workspace.enter(Administration, zone).record.id == "zone-de-police-val"
    assert workspace.enter(Administration, zone).record.id == "zone-de-police-val-2"
    centre = workspace.enter(PurchasingCentre, {"nl": "i-CITY"}).record
    joined = {"centre": centre.id, "administration": "commune"}
    assert workspace.enter(Adhesion, joined).record.id == "i-city.commune"
    with pytest.raises(UsageError, match="there already"):
        workspace.enter(Adhesion, joined)
    with pytest.raises(UsageError, match="cannot be an id"):
        workspace.enter(Administration, zone, id_="a b")
    with pytest.raises(Refused) as refused:
        workspace.enter(Contract, {"start": "soon"})
    assert len(refused.value.problems) == 3


def test_what_was_remarked_comes_with_what_was_entered(workspace: Workspace) -> None:
    entered = workspace.enter(Need, PAPER | {"latest": "1/1/2026"})
    assert fields(entered.remarks) == [("latest", False)]


def test_an_amended_record_keeps_what_the_form_did_not_change(
    workspace: Workspace,
) -> None:
    need = add(workspace, estimate="100", requirements="blanc; 80 g")
    cells = cells_of(workspace, Need, need)
    done = workspace.amend(Need, need.id, cells)
    assert (done.record, done.changed) == (need, False)
    done = workspace.amend(Need, need.id, cells | {"estimate": "", "unit": "rames"})
    assert done.changed
    assert (done.record.estimate, done.record.unit) == (None, "rames")
    assert done.record.requirements == need.requirements == ("blanc", "80 g")
    entries = workspace.history(need.id)
    workspace.amend(Need, need.id, {"unit": "rames"})
    assert workspace.history(need.id) == entries
    named = workspace.amend(Administration, "cpas", {"nl": "OCMW Val"}).record
    assert named.names.as_dict() == {"fr": "CPAS de Val", "nl": "OCMW Val"}
    assert not workspace.amend(Administration, "cpas", {"nl": "OCMW Val"}).changed


@pytest.mark.parametrize("kind", [Need, Administration])
def test_a_record_that_somebody_else_changed_meanwhile_is_not_overwritten(
    workspace: Workspace, kind: Any
) -> None:
    id_ = add(workspace).id if kind is Need else "commune"
    seen = workspace.store.get(kind, id_).revision
    other = Workspace(workspace.store, user="Noé", on=ON, language="fr")
    other.amend(kind, id_, {"note": "first"}, seen=seen)
    with pytest.raises(StaleRevision, match="changed by Noé") as refused:
        workspace.amend(kind, id_, {"note": "second"}, seen=seen)
    assert ("Papier A4" if kind is Need else "Commune de Val") in str(refused.value)
    assert workspace.store.get(kind, id_).value.note == "first"
    workspace.amend(kind, id_, {"note": "second"}, seen=seen + 1)
    assert workspace.store.get(kind, id_).value.note == "second"


def test_a_need_changed_while_it_was_judged_is_not_overwritten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    need = add(workspace)
    other = Workspace(workspace.store, user="Noé", on=ON, language="fr")
    judged = workspace._typed

    def meanwhile(cells: Any) -> Any:
        parsed = judged(cells)
        other.edit_need(need.id, {"unit": "boîtes"})
        return parsed

    monkeypatch.setattr(workspace, "_typed", meanwhile)
    with pytest.raises(StaleRevision):
        workspace.edit_need(need.id, {"unit": "rames"})
    assert workspace.need(need.id).value.unit == "boîtes"


# Codes


def test_codes_are_suggested_with_their_reason(workspace: Workspace) -> None:
    found = workspace.suggest_codes("Papier à copier A4", nature="Fournitures")
    assert found[0].code == "30197643"
    assert len(found) <= 8
    assert all(str(each.why) for each in found)
    assert workspace.suggest_codes("") == ()
    assert len(workspace.suggest_codes("papier", limit=2)) == 2
