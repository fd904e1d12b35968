"""`jointbuy needs`: the register of needs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from jointbuy.cli.base import (
    Group,
    Option,
    Session,
    asking_for_a_file,
    command,
    told_of_rows,
)
from jointbuy.errors import UsageError, per_cent, say, word
from jointbuy.l10n import format as written
from jointbuy.model import Need, NeedStatus
from jointbuy.workspace.need_words import NEED_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jointbuy.intake.rows import ParsedNeeds

needs = Group("needs", help="Register, list, take in and hand out needs.")

RATHER = 0.5
"""From this likeness on, one lot could rather serve both needs than not."""

SAID = {
    "cpv": word("CPV code; see `jointbuy cpv search`."),
    "budget_article": word("Budget article."),
    "budget_year": word("Budget year."),
    "budget_kind": word("Ordinary or extraordinary budget."),
    "replaces": word("Id of the running contract that it replaces."),
}
"""What the help of a command says of a field otherwise than the form."""


def fields() -> Iterator[Option]:
    """One option for each field of a need."""
    from jointbuy.workspace import form

    for field in form(Need):
        flag = "--" + field.cell.removesuffix("_months").replace("_", "-")
        told = SAID.get(field.cell, field.hint or field.label)
        yield Option([flag, field.cell], help=told.text)


def _row(session: Session, need: Need, names: dict[str, str]) -> tuple[str, ...]:
    language = session.language
    start = "–".join(
        written.day(day, language) if day else "…"
        for day in (need.earliest, need.latest)
    )
    return (
        need.id,
        names.get(need.administration, need.administration),
        need.title,
        "" if need.estimate is None else written.amount(need.estimate, language),
        start if need.earliest or need.latest else "",
        session.catalogue.word(NEED_STATES[need.status].text),
    )


@click.option(
    "--administration", "-a", cls=Option, help="Only those of one administration."
)
@click.option(
    "--all", "every", is_flag=True, cls=Option, help="Drafts and closed ones too."
)
def _list(session: Session, administration: str | None, every: bool) -> None:  # noqa: FBT001
    records = session.records
    found = list(records.needs().values())
    if administration:
        who = records.administration(administration).id
        found = [need for need in found if need.administration == who]
    if not every:
        found = [n for n in found if n.status in {NeedStatus.OPEN, NeedStatus.DRAFT}]
    if session.as_json:
        session.json(found)
        return
    names = {
        id_: admin.name(session.language)
        for id_, admin in records.administrations().items()
    }
    heads = (
        say("Id"),
        say("Administration"),
        say("Object"),
        say("Estimate"),
        say("Start"),
        say("State"),
    )
    session.table(heads, [_row(session, need, names) for need in found])
    session.tell(say("Needs: {n}.", n=len(found)))


needs.add_command(command(name="list", help="List the needs of the register.")(_list))


@click.option(
    "--draft", is_flag=True, cls=Option, help="Keep it to the administration."
)
def _add(session: Session, *, draft: bool, **cells: Any) -> None:  # noqa: ANN401
    typed = {name: value for name, value in cells.items() if value is not None}
    parsed = session.new_workspace.add_need(typed, draft=draft)
    _report(session, parsed)


needs.add_command(command(name="add", help="Register one need.", more=fields)(_add))


@click.argument("need")
@click.option(
    "--open", "status", flag_value="OPEN", cls=Option, help="Open a draft, or again."
)
@click.option(
    "--withdraw", "status", flag_value="WITHDRAWN", cls=Option, help="Withdraw it."
)
@click.option(
    "--settle",
    "status",
    flag_value="SETTLED",
    cls=Option,
    help="Its contract is concluded: it takes no more part.",
)
def _edit(session: Session, need: str, status: str | None, **cells: Any) -> None:  # noqa: ANN401
    typed = {name: value for name, value in cells.items() if value is not None}
    if not typed and not status:
        raise UsageError(say("Say what to change, for instance --estimate 12.000."))
    workspace = session.workspace
    parsed = workspace.edit_need(need, typed) if typed else None
    if status:
        changed = workspace.set_need_status(need, NeedStatus[status])
        if parsed:
            parsed = replace(parsed, needs=(changed,))
        session.tell(
            say(
                "{id} is now {status}.",
                id=changed.id,
                status=NEED_STATES[changed.status],
            )
        )
        if session.as_json and not parsed:
            session.json(changed)
    if parsed:
        _report(session, parsed)


needs.add_command(
    command(name="edit", help="Change fields of a need.", more=fields)(_edit)
)


@asking_for_a_file(help="Whose needs, where the file is silent.")
def _import(
    session: Session,
    file: Path,
    administration: str | None,
    sheet: str | None,
    vat: Literal["excl"] | None,
    *,
    dry_run: bool,
) -> None:
    parsed = session.new_workspace.import_needs(
        file,
        home=administration or "",
        sheet=sheet or "",
        vat=vat or "",
        dry_run=dry_run,
    )
    if dry_run:
        session.tell(say("Nothing is kept; this is what would happen:"))
    _report(session, parsed, kept=not dry_run)


needs.add_command(
    command(
        name="import",
        help=(
            "Take in needs from a spreadsheet (CSV, XLSX, ODS). Good rows are kept "
            "when others fail; a row with an id updates that need."
        ),
    )(_import)
)


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--estimates", is_flag=True, cls=Option, help="With the estimates.")
@click.option("--persons", is_flag=True, cls=Option, help="With the contact persons.")
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
def _export(
    session: Session, file: Path, *, estimates: bool, persons: bool, overwrite: bool
) -> None:
    count = session.workspace.export_needs(
        file, estimates=estimates, persons=persons, overwrite=overwrite
    )
    session.tell(say("Needs written to {file}: {n}.", file=str(file), n=count))
    if session.as_json:
        session.json({"file": str(file), "needs": count})


needs.add_command(
    command(
        name="export",
        help=(
            "Write the open needs a neighbour may see (.xlsx or .csv): no drafts, no "
            "estimates or persons unless asked."
        ),
    )(_export)
)


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--administration", "-a", required=True, cls=Option, help="For whom.")
@click.option("--service", default="", cls=Option, help="For which service.")
@click.option("--overwrite", is_flag=True, cls=Option, help="Replace the file.")
def _sheet(
    session: Session, file: Path, administration: str, service: str, *, overwrite: bool
) -> None:
    session.workspace.write_sheet(
        file, administration=administration, service=service, overwrite=overwrite
    )
    session.tell(say("The empty form is in {file}.", file=str(file)))
    if session.as_json:
        session.json({"file": str(file)})


needs.add_command(
    command(
        name="sheet",
        help="Write the empty form on which a service notes its needs.",
    )(_sheet)
)


@click.argument("one")
@click.argument("other")
def _compare(session: Session, one: str, other: str) -> None:
    from jointbuy.cli.show import paragraph  # the listing does without it

    found, reasons = session.workspace.compare(one, other)
    if session.as_json:
        session.json(
            {
                "likeness": round(found, 3),
                "reasons": [
                    {
                        "name": reason.name,
                        "weight": reason.weight,
                        "message": session.say(reason.message),
                        "evidence": [session.say(each) for each in reason.evidence],
                    }
                    for reason in reasons
                ],
            }
        )
        return
    share = per_cent(Decimal(round(100 * found)))
    if found >= RATHER:
        told = say("One lot could rather serve both ({share}).", share=share)
    else:
        told = say("They are rather two purchases ({share}).", share=share)
    session.line(session.say(told))
    for reason in reasons:
        first = f"{reason.weight:+4d}  "
        paragraph(session, session.say(reason.message), indent=4, first=first)
        for each in reason.evidence:
            paragraph(session, session.say(each), indent=10, first="- ")


needs.add_command(
    command(
        name="compare",
        help="Say whether one lot could serve two needs, and why or why not.",
    )(_compare)
)


def _report(session: Session, parsed: ParsedNeeds, *, kept: bool = True) -> None:
    """Say what became of the rows; refused rows leave with exit code 3."""
    if kept and len(parsed.created) == 1 and not parsed.updated and not session.as_json:
        session.line(parsed.created[0].id)
    told = say(
        "Needs added: {created}, changed: {updated}, as they were: {unchanged}, "
        "rows refused: {refused}.",
        created=len(parsed.created),
        updated=len(parsed.updated),
        unchanged=len(parsed.unchanged),
        refused=len(parsed.refused_rows),
    )
    told_of_rows(session, parsed, told, needs=parsed.needs)
