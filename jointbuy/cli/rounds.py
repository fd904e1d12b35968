"""`jointbuy rounds`: ask every service what it needs, each year, and who is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jointbuy.cli.base import OVERDUE, Group, Option, Session, command, parse_on
from jointbuy.cli.entries import edit_command
from jointbuy.errors import Message, say
from jointbuy.l10n import format as written
from jointbuy.model import Channel, NeedsRound, ServiceAnswer
from jointbuy.workspace.round_words import ANSWERS, no_year

if TYPE_CHECKING:
    from jointbuy.model import Need
    from jointbuy.schedule.asked_services import ServiceState
    from jointbuy.workspace import Mail, RoundState, Workspace

rounds = Group(
    "rounds", help="Ask the services for their needs, and follow up who is silent."
)


def _list(session: Session) -> None:
    workspace = session.workspace
    found = [workspace.round_state(id_) for id_ in workspace.rounds()]
    if session.as_json:
        session.json([_plain(session, each) for each in found])
        return
    session.table(
        (
            say("Id"),
            say("Title"),
            say("To answer by"),
            say("Asked"),
            say("Silent"),
            say("State"),
        ),
        [
            (
                each.round.id,
                each.round.title,
                written.day(each.round.due, session.language) if each.round.due else "",
                str(len(each.services)),
                str(len(each.silent)),
                session.say(_state(each)),
            )
            for each in found
        ],
    )
    session.tell(say("Needs rounds: {n}.", n=len(found)))


def _state(state: RoundState) -> Message:
    if state.round.closed_on is not None:
        return say("closed on {day}", day=state.round.closed_on)
    if state.days_left is None:
        return say("open")
    if state.days_left < 0:
        return say("open, {n} days late", n=-state.days_left)
    return say("open, {n} days left", n=state.days_left)


rounds.add_command(command(name="list", help="List the needs rounds.")(_list))


@click.option("--year", type=int, required=True, cls=Option, help="Year of the needs.")
@click.option(
    "--due", required=True, metavar="DATE", cls=Option, help="Last day to answer."
)
@click.option(
    "--from",
    "previous",
    default="",
    metavar="ROUND",
    cls=Option,
    help="Ask the services of that round again, with their needs of last year.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="ADMIN/SERVICE",
    cls=Option,
    help=(
        "Ask this service; without it every main contact and the referent of each "
        "service are asked."
    ),
)
@click.option("--title", default="", cls=Option, help="What the round is called.")
def _open(
    session: Session,
    year: int,
    due: str,
    previous: str,
    services: tuple[str, ...],
    title: str,
) -> None:
    workspace = session.new_workspace
    made = workspace.open_round(
        year=year,
        due=parse_on(due),
        previous=previous,
        services=services,
        title=title,
    )
    nobody = [each for each in made.services if not each.contact]
    for each in nobody:
        whom = workspace.asked_name(_whom(each.administration, each.service))
        session.tell(
            say(
                "{whom} has no contact person: add one with `contacts add`, or nobody "
                "can be reminded.",
                whom=whom,
            )
        )
    if missing := workspace.unasked(made.id):
        session.tell(
            say(
                "Not asked: {names}. Ask them with `rounds ask {id}`.",
                names=", ".join(missing),
                id=made.id,
            )
        )
    if session.as_json:
        session.json(made)
    else:
        session.line(made.id)
    session.tell(
        say(
            "Services asked: {n}, to answer by {due}.",
            n=len(made.services),
            due=made.due or workspace.on,
        )
    )


rounds.add_command(
    command(name="open", help="Ask the services for their needs of a year.")(_open)
)


def _whom(administration: str, service: str) -> str:
    return f"{administration}/{service}" if service else administration


@click.argument("round_", metavar="ROUND")
@click.option("--silent", is_flag=True, cls=Option, help="Only those who are silent.")
def _show(session: Session, round_: str, *, silent: bool) -> None:
    workspace = session.workspace
    state = workspace.round_state(round_)
    services = state.silent if silent else state.services
    if session.as_json:
        session.json(_plain(session, state, services))
    else:
        _shown(session, workspace, state, services)
    late = state.days_left is not None and state.days_left < 0
    if state.silent and late and state.round.closed_on is None:
        click.get_current_context().exit(OVERDUE)


def _shown(
    session: Session,
    workspace: Workspace,
    state: RoundState,
    services: tuple[ServiceState, ...],
) -> None:
    session.line(
        say("{head}: {rest}", head=state.round.title, rest=_state(state))
        if state.round.due is None
        else say(
            "{title}: to answer by {due}, {state}.",
            title=state.round.title,
            due=state.round.due,
            state=_state(state),
        )
    )
    contacts = workspace.contacts()
    session.table(
        (
            say("Service"),
            say("Answer"),
            say("Needs"),
            say("On"),
            say("Contact person"),
            say("Reminders"),
        ),
        [
            (
                session.say(
                    say(
                        "{name}",
                        name=workspace.asked_name(
                            _whom(each.administration, each.service)
                        ),
                    )
                ),
                session.catalogue.word(ANSWERS[each.answer].text),
                str(len(each.needs)) if each.needs else "",
                written.day(each.answered_on, session.language)
                if each.answered_on
                else "",
                contacts[each.contact].name if each.contact in contacts else "",
                ", ".join(
                    written.day(day, session.language)
                    for day in dict.fromkeys(
                        r.on for r in state.reminders.get(each.id, ())
                    )
                ),
            )
            for each in services
        ],
    )
    for each in state.services:
        if each.contradicted:
            session.line(
                say(
                    "{whom} answered that it needs nothing, and has registered needs "
                    "since: it counts as having needs.",
                    whom=workspace.asked_name(_whom(each.administration, each.service)),
                )
            )
        if each.undated:
            session.line(no_year(each))
    session.tell(
        say(
            "With needs: {needs}, none: {none}, silent: {silent}.",
            needs=sum(e.answer is ServiceAnswer.NEEDS for e in state.services),
            none=sum(e.answer is ServiceAnswer.NONE for e in state.services),
            silent=len(state.silent),
        )
    )
    if way := _way_out(state):
        session.tell(way)


def _way_out(state: RoundState) -> Message | None:
    """What can be done about the services that are silent."""
    if not state.silent or state.round.closed_on is not None:
        return None
    if state.days_left is not None and state.days_left < 0:
        return say(
            "Remind them with `rounds remind {id}`, which now goes to the main contact "
            "as well; carry last year's needs over with `rounds carry {id}`; or close "
            "the round with `rounds close {id}`: what is silent then counts as nothing "
            "known, not as none.",
            id=state.round.id,
        )
    return say(
        "Remind them with `rounds remind {id}`, or note an answer with `rounds answer "
        "{id}`.",
        id=state.round.id,
    )


rounds.add_command(
    command(
        name="show",
        help=(
            "Show who answered, who said none and who is silent; exit code 5 when a "
            "service is silent after the last day."
        ),
    )(_show)
)


def _plain(
    session: Session,
    state: RoundState,
    services: tuple[ServiceState, ...] | None = None,
) -> dict[str, object]:
    """A round as one JSON object."""
    round_ = state.round
    return {
        "id": round_.id,
        "title": round_.title,
        "year": round_.year,
        "opened_on": round_.opened_on,
        "due": round_.due,
        "closed_on": round_.closed_on,
        "previous": round_.previous,
        "days_left": state.days_left,
        "state": session.say(_state(state)),
        "silent": len(state.silent),
        "services": [
            {
                "administration": each.administration,
                "service": each.service,
                "contact": each.contact,
                "answer": each.answer.name.lower() if each.answer else "silent",
                "answered_on": each.answered_on,
                "answered_by": each.answered_by,
                "needs": each.needs,
                "contradicted": each.contradicted,
                "undated": each.undated,
                "note": each.note,
                "reminders": [
                    {"on": r.on, "to": r.to, "channel": r.channel.name.lower()}
                    for r in state.reminders.get(each.id, ())
                ],
            }
            for each in (state.services if services is None else services)
        ],
    }


@click.argument("round_", metavar="ROUND")
@click.argument("whom", metavar="ADMIN[/SERVICE]")
@click.argument("answer", type=click.Choice(["needs", "none", "silent"]))
@click.option("--by", default="", cls=Option, help="Who answered.")
@click.option("--day", metavar="DATE", cls=Option, help="The day of the answer.")
@click.option("--note", default="", cls=Option, help="Anything else.")
def _answer(
    session: Session,
    round_: str,
    whom: str,
    answer: str,
    by: str,
    day: str | None,
    note: str,
) -> None:
    workspace = session.workspace
    kept = workspace.answer_round(
        round_,
        whom,
        None if answer == "silent" else ServiceAnswer[answer.upper()],
        by=by,
        day=parse_on(day) if day else None,
        note=note,
    )
    session.tell(
        say(
            "{whom}: {answer}.",
            whom=workspace.asked_name(whom),
            answer=ANSWERS[
                None if answer == "silent" else ServiceAnswer[answer.upper()]
            ],
        )
    )
    if session.as_json:
        session.json(_plain(session, workspace.round_state(kept.id)))


rounds.add_command(
    command(
        name="answer",
        help="Note that a service has needs or none; `silent` takes an answer back.",
    )(_answer)
)


@click.argument("round_", metavar="ROUND")
@click.argument("whom", metavar="ADMIN[/SERVICE]", default="")
@click.option(
    "--channel",
    type=click.Choice([each.name.lower() for each in Channel]),
    default="mail",
    show_default=True,
    cls=Option,
    help="How they are reminded.",
)
@click.option("--note", default="", cls=Option, help="Anything else.")
@click.option(
    "--text-only", is_flag=True, cls=Option, help="Only print the mails; log nothing."
)
def _remind(
    session: Session,
    round_: str,
    whom: str,
    channel: str,
    note: str,
    *,
    text_only: bool,
) -> None:
    workspace = session.workspace
    if text_only:
        mails, logged = workspace.round_mails(round_), None
    else:
        done = workspace.remind_round(
            round_, whom, channel=Channel[channel.upper()], note=note
        )
        mails, logged = done.mails, len(done.reminders)
    if session.as_json:
        session.json({"logged": logged or 0, "mails": mails})
    else:
        for mail in mails:
            _mail(session, mail)
    if logged is not None:
        session.tell(say("Reminders logged: {n}.", n=logged))


def _mail(session: Session, mail: Mail) -> None:
    session.line(mail.addressed)
    session.line(say("Subject: {subject}", subject=mail.subject))
    session.line()
    for line in mail.body.split("\n"):
        session.line(line)
    session.line()


rounds.add_command(
    command(
        name="remind",
        help=(
            "Log a reminder to everyone who is silent, and print the mail to each in "
            "their language."
        ),
    )(_remind)
)


@click.argument("round_", metavar="ROUND")
@click.argument("whom", metavar="ADMIN[/SERVICE]")
@click.argument("needs", metavar="[NEED…]", nargs=-1)
@click.option(
    "--list", "only_list", is_flag=True, cls=Option, help="Only list last year's needs."
)
def _carry(
    session: Session, round_: str, whom: str, needs: tuple[str, ...], *, only_list: bool
) -> None:
    workspace = session.workspace
    if only_list:
        found = workspace.last_year(round_, whom)
        if session.as_json:
            session.json(found)
            return
        _needs(session, found)
        session.tell(say("Needs of last year: {n}.", n=len(found)))
        return
    done = workspace.carry_needs(round_, whom, needs)
    if session.as_json:
        session.json(
            {
                "needs": done.needs,
                "left": [
                    {"need": need.id, "why": session.say(why)}
                    for need, why in done.left
                ],
            }
        )
    else:
        _needs(session, done.needs)
    for need, why in done.left:
        session.tell(
            say("Left out, {id} “{title}”: {why}.", id=need.id, title=need.title,
                why=why)
        )  # fmt: skip
    session.tell(
        say(
            "Drafts made: {n}. The service confirms each with `needs edit ID --open`, "
            "or drops it with `--withdraw`.",
            n=len(done.needs),
        )
    )


def _needs(session: Session, found: tuple[Need, ...]) -> None:
    language = session.language
    session.table(
        (say("Id"), say("Object"), say("Estimate"), say("From"), say("Until")),
        [
            (
                need.id,
                need.title,
                ""
                if need.estimate is None
                else written.amount(need.estimate, language),
                written.day(need.earliest, language) if need.earliest else "",
                written.day(need.latest, language) if need.latest else "",
            )
            for need in found
        ],
    )


rounds.add_command(
    command(
        name="carry",
        help="Make drafts for this year of a service's needs of last year.",
    )(_carry)
)


@click.argument("round_", metavar="ROUND")
@click.argument("whom", metavar="ADMIN[/SERVICE]")
@click.option("--leave", is_flag=True, cls=Option, help="Ask it no longer instead.")
def _ask(session: Session, round_: str, whom: str, *, leave: bool) -> None:
    workspace = session.workspace
    if leave:
        kept = workspace.leave_service(round_, whom)
    else:
        kept = workspace.ask_service(round_, whom)
    session.tell(say("Services asked: {n}.", n=len(kept.services)))
    if session.as_json:
        session.json(_plain(session, workspace.round_state(kept.id)))


rounds.add_command(
    command(name="ask", help="Ask one service more in a round, or one less.")(_ask)
)


@click.argument("round_", metavar="ROUND")
def _close(session: Session, round_: str) -> None:
    workspace = session.workspace
    silent = workspace.round_state(round_).silent
    kept = workspace.close_round(round_)
    if silent:
        session.tell(
            say(
                "Still silent: {n}. Nothing is known of what they need; that is not "
                "none.",
                n=len(silent),
            )
        )
    session.tell(say("Closed: {id}.", id=kept.id))
    if session.as_json:
        session.json(_plain(session, workspace.round_state(kept.id)))


rounds.add_command(
    command(name="close", help="Close a round: nobody is waited for.")(_close)
)


@click.argument("round_", metavar="ROUND")
def _reopen(session: Session, round_: str) -> None:
    workspace = session.workspace
    kept = workspace.reopen_round(round_)
    session.tell(say("Open again: {id}.", id=kept.id))
    if session.as_json:
        session.json(_plain(session, workspace.round_state(kept.id)))


rounds.add_command(
    command(name="reopen", help="Open a round again that was closed.")(_reopen)
)
edit_command(rounds, NeedsRound, help="Change the title or the days of a round.")
