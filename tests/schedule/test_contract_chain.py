"""What follows what, from a contract to the next one."""

from __future__ import annotations

from datetime import date

from jointbuy.model import (
    Candidate,
    CandidateKind,
    Choice,
    Contract,
    Dossier,
    Need,
    NeedStatus,
)
from jointbuy.schedule.contract_chain import Link, chain, circle, successions


def contract(id_: str, successor: str = "", need: str = "") -> Contract:
    return Contract(
        id=id_, administration="a", title=id_, successor=successor, need=need
    )


def need(id_: str, replaces: str = "", status: NeedStatus = NeedStatus.OPEN) -> Need:
    return Need(id=id_, administration="a", title=id_, replaces=replaces, status=status)


def dossier(id_: str, *needs: str, retained: bool = True) -> Dossier:
    return Dossier(
        id=id_,
        candidate=Candidate(id=id_, kind=CandidateKind.JOINT, needs=needs),
        choices=(Choice(by="An", on=date(2026, 11, 1), retained=retained, why=""),),
    )


def by_id(*records: Contract | Need) -> dict[str, object]:
    return {each.id: each for each in records}


def test_a_chain_leads_through_needs_and_dossiers_to_the_next_contract() -> None:
    contracts = by_id(
        contract("old", successor="k"), contract("k"), contract("new", need="n")
    )
    needs = by_id(need("n", "k"), need("gone", "k", NeedStatus.WITHDRAWN))
    dossiers = [dossier("d", "n"), dossier("aside", "n", retained=False)]
    found = successions(contracts, needs, dossiers)  # type: ignore[arg-type]
    assert chain("k", found) == (
        Link(kind="contract", id="old", step=-1),
        Link(kind="contract", id="k", step=0),
        Link(kind="need", id="n", step=1),
        Link(kind="dossier", id="d", step=2),
        Link(kind="contract", id="new", step=3),
    )
    assert [each.id for each in chain("new", found)] == ["old", "k", "n", "d", "new"]


def test_a_contract_is_linked_to_its_need_where_there_is_no_dossier() -> None:
    contracts = by_id(contract("k", successor="nobody"), contract("new", need="n"))
    found = successions(contracts, by_id(need("n", "k")))  # type: ignore[arg-type]
    assert [each.id for each in chain("k", found)] == ["k", "n", "new"]
    alone = successions(by_id(contract("k")), {})  # type: ignore[arg-type]
    assert chain("k", alone) == (Link(kind="contract", id="k", step=0),)


def test_a_circle_is_told_with_its_way_and_a_fork_is_none() -> None:
    contracts = by_id(
        contract("a", successor="b"), contract("b", successor="c"), contract("c")
    )
    needs = by_id(need("n", "c"), need("m", "c"))
    straight = successions(contracts, needs)  # type: ignore[arg-type]
    assert circle("a", straight) == ()
    closed = {**contracts, "a": contract("a", successor="b", need="n")}
    round_ = successions(closed, needs)  # type: ignore[arg-type]
    assert circle("a", round_) == ("a", "b", "c", "n", "a")
    assert circle("m", round_) == ()
    assert [each.id for each in chain("a", round_)] == ["b", "c", "n", "a"]
