"""`jointbuy contracts`: what the administrations are still bound by, and until when."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from jointbuy.cli.base import (
    OVERDUE,
    Group,
    Option,
    Session,
    asking_for_a_file,
    command,
    told_of_rows,
)
from jointbuy.cli.entries import add_command, edit_command, list_command
from jointbuy.errors import say, word
from jointbuy.l10n import format as written
from jointbuy.model import Contract

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.intake.contract_rows import ParsedContracts
    from jointbuy.schedule.contract_ends import FollowUp
    from jointbuy.workspace.contract_register import ChainLink

contracts = Group(
    "contracts", help="List, add, take in and follow up running contracts."
)

KINDS = {
    "contract": word("contract"),
    "need": word("need"),
    "dossier": word("dossier"),
}

list_command(
    contracts,
    Contract,
    ("administration", say("Administration")),
    ("title", say("Object")),
    ("supplier", say("Supplier")),
    ("yearly_value", say("Per year")),
    ("notice", say("Notice by")),
    ("end", say("End")),
    ("successor", say("Taken over by")),
    help="List the running contracts.",
    count=lambda n: say("Contracts: {n}.", n=n),
)


def _add_with_link(
    session: Session,
    /,
    record: str,
    successor_of: str | None,
    **cells: Any,  # noqa: ANN401
) -> None:
    """Enter a contract, linked to the one, the need or the dossier it comes from."""
    from jointbuy.cli.entries import told, typed

    given = typed(cells)
    workspace = session.new_workspace
    if successor_of:
        entered = workspace.conclude(given, id_=record, successor_of=successor_of)
    else:
        entered = workspace.add_record(Contract, given, id_=record)
    told(session, entered)


add_command(
    contracts,
    Contract,
    help="Add a running contract under an id of your choice.",
    run=_add_with_link,
    options=(
        partial(
            Option,
            ["--successor-of"],
            metavar="ID",
            help="The contract, need or dossier that it comes from; what it "
            "leaves open is taken from there.",
        ),
    ),
)
edit_command(contracts, Contract, help="Change a running contract.")


@click.argument("contract")
def _show(session: Session, contract: str) -> None:
    workspace = session.workspace
    found = workspace.chain(contract)
    record = workspace.contracts()[found.of]
    due = [each for each in workspace.due_contracts() if each.contract.id == found.of]
    last = workspace.last_end(record)
    if session.as_json:
        session.json(
            {
                "contract": record,
                "last_end": last,
                "chain": [
                    {
                        "kind": each.kind,
                        "id": each.id,
                        "step": each.step,
                        "name": session.say(say("{name}", name=each.name)),
                        "start": each.start,
                        "end": each.end,
                    }
                    for each in found.links
                ],
                "due": [_plain(session, each) for each in due],
            }
        )
        return
    session.line(session.say(say("{name}", name=record.title)))
    _facts(session, record, last)
    session.line()
    session.line(say("What led to it and what follows:"))
    session.table(
        (say("Kind"), say("Id"), say("Object"), say("From"), say("Until")),
        [_link(session, each, found.of) for each in found.links],
    )
    for each in due:
        session.line()
        session.line(
            say("Nothing follows it: the need must exist by {day}.", day=each.by)
        )
        session.line(each.why)
        session.line(each.way_out)


def _facts(session: Session, record: Contract, last: date | None) -> None:
    def day(value: date | None) -> str:
        return written.day(value, session.language) if value else "–"

    session.line(
        say(
            "{supplier} · from {start} to {end} · notice by {notice} · last possible "
            "end {last}",
            supplier=record.supplier or "–",
            start=day(record.start),
            end=day(record.end),
            notice=day(record.notice),
            last=day(last),
        )
    )


def _link(session: Session, each: ChainLink, of: str) -> tuple[str, ...]:
    kind = session.catalogue.word(KINDS[each.kind].text)
    return (
        f"› {kind}" if each.id == of else f"  {kind}",
        each.id,
        session.say(say("{name}", name=each.name)),
        written.day(each.start, session.language) if each.start else "",
        written.day(each.end, session.language) if each.end else "",
    )


contracts.add_command(
    command(
        name="show",
        help="Show a contract with what led to it and what follows.",
    )(_show)
)


@click.option(
    "--within",
    metavar="90d",
    default="90d",
    show_default=True,
    cls=Option,
    help="Only those whose need must exist within this period; `all` for every one.",
)
@click.option("--who", default="", cls=Option, help="Only those of one administration.")
def _due(session: Session, within: str, who: str) -> None:
    from jointbuy.cli.deadlines import parse_within

    days = None if within.strip().casefold() == "all" else parse_within(within)
    workspace = session.workspace
    found = workspace.due_contracts(within=days, who=who)
    if session.as_json:
        session.json([_plain(session, each) for each in found])
    else:
        names = workspace.administrations()
        session.table(
            (
                say("Need by"),
                say("Id"),
                say("Administration"),
                say("Object"),
                say("Starts on"),
            ),
            [
                (
                    written.day(each.by, session.language),
                    each.contract.id,
                    names[each.contract.administration].name(session.language)
                    if each.contract.administration in names
                    else each.contract.administration,
                    each.contract.title,
                    written.day(each.start, session.language),
                )
                for each in found
            ],
        )
        for each in found:
            session.line()
            session.line(say("{head}: {rest}", head=each.contract.id, rest=each.why))
            session.line(each.way_out)
        session.tell(say("Contracts that nothing follows: {n}.", n=len(found)))
    if any(each.by < workspace.on for each in found):
        click.get_current_context().exit(OVERDUE)


def _plain(session: Session, each: FollowUp) -> dict[str, object]:
    """A contract that nothing follows, as one JSON object."""
    return {
        "contract": each.contract.id,
        "administration": each.contract.administration,
        "title": each.contract.title,
        "start": each.start,
        "by": each.by,
        "days": each.days,
        "overdue": each.by < session.workspace.on,
        "procedure": session.say(each.procedure) if each.procedure else None,
        "why": session.say(each.why),
        "way_out": session.say(each.way_out),
    }


contracts.add_command(
    command(
        name="due",
        help=(
            "List the contracts that end and that nothing follows, with the day by "
            "which the need must exist; exit code 5 when one has passed."
        ),
    )(_due)
)


@click.argument("ids", metavar="ID…", nargs=-1, required=True)
def _follow(session: Session, ids: tuple[str, ...]) -> None:
    needs = session.workspace.follow(ids)
    if session.as_json:
        session.json(needs)
    for need in needs:
        if not session.as_json:
            session.line(need.id)
        if need.nature is None:
            session.tell(
                say(
                    "{id}: the nature does not follow from the contract. Give it with "
                    "`needs edit {id} --nature`.",
                    id=need.id,
                )
            )
    session.tell(
        say(
            "Draft needs made: {n}. Complete them and open them with `needs edit ID "
            "--open`.",
            n=len(needs),
        )
    )


contracts.add_command(
    command(
        name="follow",
        help="Make the draft need that follows each of these contracts.",
    )(_follow)
)


@click.argument("contract")
def _remove(session: Session, contract: str) -> None:
    removed = session.workspace.remove_contract(contract)
    session.tell(say("Removed: {id}. `undo` brings it back.", id=removed.id))
    if session.as_json:
        session.json(removed)


contracts.add_command(
    command(name="remove", help="Take a contract out that was entered twice.")(_remove)
)


@asking_for_a_file(help="Whose contracts, where the file is silent.")
def _import(
    session: Session,
    file: Path,
    administration: str | None,
    sheet: str | None,
    vat: Literal["excl"] | None,
    *,
    dry_run: bool,
) -> None:
    parsed = session.new_workspace.import_contracts(
        file,
        home=administration or "",
        sheet=sheet or "",
        vat=vat or "",
        dry_run=dry_run,
    )
    if dry_run:
        session.tell(say("Nothing is kept; this is what would happen:"))
    _report(session, parsed)


contracts.add_command(
    command(
        name="import",
        help=(
            "Take in a register of contracts from a spreadsheet (CSV, XLSX, XLS, ODS). "
            "Good rows are kept when others fail; a row with an id updates that "
            "contract."
        ),
    )(_import)
)


def _report(session: Session, parsed: ParsedContracts) -> None:
    """Say what became of the rows; refused rows leave with exit code 3."""
    told = say(
        "Contracts added: {created}, changed: {updated}, as they were: {unchanged}, "
        "rows refused: {refused}.",
        created=len(parsed.created),
        updated=len(parsed.updated),
        unchanged=len(parsed.unchanged),
        refused=len(parsed.refused_rows),
    )
    told_of_rows(session, parsed, told, contracts=parsed.contracts)


@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--administration", "-a", cls=Option, help="Only those of one administration."
)
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
def _export(
    session: Session, file: Path, administration: str | None, *, overwrite: bool
) -> None:
    workspace = session.workspace
    only = None
    if administration:
        who = workspace.administration(administration).id
        only = {e.id for e in workspace.contracts().values() if e.administration == who}
    count = workspace.export_contracts(file, only=only, overwrite=overwrite)
    session.tell(say("Contracts written to {file}: {n}.", file=str(file), n=count))
    if session.as_json:
        session.json({"file": str(file), "contracts": count})


contracts.add_command(
    command(
        name="export",
        help="Write the contracts to a spreadsheet (.xlsx or .csv) that reads back.",
    )(_export)
)
