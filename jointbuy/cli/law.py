"""`jointbuy check` and `jointbuy law`: what the law of the day says."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jointbuy.cli import show as shown
from jointbuy.cli.base import Group, Option, Session, command
from jointbuy.errors import Refused, UsageError, say, word
from jointbuy.model import Form
from jointbuy.workspace import (
    check_form,
    rank_forms,
    source_title,
    unreadable,
)
from jointbuy.workspace.legal_texts import own_law
from jointbuy.workspace.words import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from jointbuy.errors import Message
    from jointbuy.law import Question
    from jointbuy.workspace import Checked

VERBS = {
    "show": "legal_texts",
    "values": "legal_texts",
    "cases": "legal_texts",
    "stale": "legal_days",
    "diff": "legal_days",
    "procedure": "procedures",
    "competence": "competences",
    "languages": "languages",
    "set": "own_values",
    "unset": "own_values",
    "own": "own_values",
}
"""Each verb of `law`, in the order of the list, and the module it is loaded from."""

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_AT_END = "(at end of document)"
"""Where the reader of TOML says that a text goes wrong."""


class Verbs(Group):
    """The verbs of `law`, loaded one by one so that none waits for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb of that name."""
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        loaded = importlib.import_module(f"jointbuy.cli.{module}")
        verb: click.Command = getattr(loaded, cmd_name.replace("-", "_"))
        return verb


EVERYTHING = "*"
"""What `--explain` is given where no code follows it."""

law = Verbs("law", help="Ask the law of a day, without a proposal.")

FORM_NAMES = [form.name.lower() for form in Form]


def as_json(session: Session, checked: Checked) -> dict[str, object]:
    """A check as one JSON object."""
    return {
        "candidate": checked.candidate.id if checked.candidate else None,
        "form": checked.form.name.lower(),
        "on": checked.on.isoformat(),
        "headline": checked.headline.name,
        "worst": checked.worst.name,
        "worst_by_stop": {
            stop.name.lower(): outcome.name
            for stop, outcome in checked.worst_by_stop.items()
        },
        "findings": [
            {
                "rule": found.rule,
                "outcome": found.outcome.name,
                "stops": found.stops.name.lower() if found.stops else None,
                "message": session.catalogue.say(found.message),
                "basis": [
                    {
                        "source": source_title(basis.source, session.language),
                        "article": basis.article,
                        "to_verify": basis.to_verify,
                    }
                    for basis in found.basis
                ],
                "ask": found.ask or None,
                "evidence": list(found.evidence),
            }
            for found in checked.findings
        ],
        "open_questions": list(checked.open_questions),
        "changes": [session.catalogue.say(change) for change in checked.changes],
        **preferring().elsewhere_as_json(session, checked),
        "forms": preferring().forms_as_json(session, checked.forms),
    }


def read_answers(path: Path | None, pairs: Sequence[str]) -> dict[str, object]:
    """The answers of a TOML file and of `--answer CODE=VALUE`, the latter first.

    Raises:
        Refused: the file is not there or is not TOML.
        UsageError: an answer without `=`.
    """
    answers: dict[str, object] = {}
    if path is not None:
        try:
            text = path.read_bytes().decode("utf-8-sig")
            answers.update(tomllib.loads(text, parse_float=str))
        except OSError as error:
            raise unreadable(path, error) from None
        except UnicodeDecodeError:
            raise Refused(
                say(
                    "{file} is not text in UTF-8: save it as such, with lines such as "
                    'j3 = "yes".',
                    file=str(path),
                )
            ) from None
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise Refused(_not_answers(path, text, str(error))) from None
        inner = answers.pop("answers", None)
        if isinstance(inner, dict):
            answers.update(inner)
    for pair in pairs:
        code, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(
                say(
                    "Write an answer as code=value, such as j3=yes, not “{pair}”.",
                    pair=pair,
                )
            )
        answers[code.strip()] = value.strip()
    return answers


def _not_answers(path: Path, text: str, reason: str) -> Message:
    """That it cannot be read, and where, as far as the reader of TOML says so."""
    found = _PLACE.search(reason)
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    if _AT_END in reason:
        last = text.rstrip().split("\n")
        line, column = len(last), len(last[-1])
    if not line:
        return say(
            '{file} is not a file of answers: write lines such as j3 = "yes".',
            file=str(path),
        )
    return say(
        "{file} is not a file of answers: line {line} cannot be read at column "
        '{column}. Write lines such as j3 = "yes".',
        file=str(path),
        line=line,
        column=column,
    )


@click.argument("proposal", required=False)
@click.option(
    "--form",
    type=click.Choice(FORM_NAMES, case_sensitive=False),
    cls=Option,
    help="The form of cooperation to check.",
)
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path),
    cls=Option,
    help="A TOML file of answers, by code or by name of the question.",
)
@click.option(
    "--answer",
    "pairs",
    multiple=True,
    metavar="CODE=VALUE",
    cls=Option,
    help="One answer, such as j3=yes; may be repeated.",
)
@click.option(
    "--all", "everything", is_flag=True, cls=Option, help="Show what is in order too."
)
@click.option(
    "--explain",
    is_flag=False,
    flag_value=EVERYTHING,
    metavar="[CODE]",
    cls=Option,
    help=(
        "Say what each finding rests on, or that of one question: answers, values of "
        "the law, articles, rulings."
    ),
)
@click.option(
    "--forms",
    "forms_in_full",
    is_flag=True,
    cls=Option,
    help="Say of every form why it stands where it does, and what is against it.",
)
@click.option(
    "--provider",
    metavar="NAME",
    cls=Option,
    help="Who would do the work in-house: a name or an enterprise number.",
)
@click.option(
    "--take-over",
    multiple=True,
    is_flag=False,
    flag_value=EVERYTHING,
    metavar="[CODE]",
    cls=Option,
    help="Take over what other dossiers answered, or the answer to one question.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    cls=Option,
    help="Do not keep the answers in the dossier.",
)
@click.option(
    "--questions",
    "list_questions",
    is_flag=True,
    cls=Option,
    help="List the questions.",
)
def _check(
    session: Session,
    proposal: str | None,
    form: str | None,
    file: Path | None,
    pairs: tuple[str, ...],
    explain: str | None,
    provider: str | None,
    take_over: tuple[str, ...],
    *,
    everything: bool,
    forms_in_full: bool,
    dry_run: bool,
    list_questions: bool,
) -> None:
    answers = read_answers(file, pairs)
    chosen = Form[form.upper()] if form else None
    if proposal is None and explain and not chosen:
        proposal, explain = explain, EVERYTHING
    if proposal is None and len(take_over) == 1:
        proposal, take_over = take_over[0], (EVERYTHING,)
    if proposal is None:
        if provider or take_over:
            raise UsageError(
                say("Name the proposal as well: a provider is kept in its dossier.")
            )
        if chosen is None:
            _ranked_alone(session, answers, full=forms_in_full)
            return
        checked = check_form(chosen, answers, on=session.day, own=own_law(session.desk))
    else:
        codes = None if not take_over else set(take_over) - {EVERYTHING}
        checked = session.workspace.check(
            proposal,
            form=chosen,
            answers=answers,
            keep=not dry_run,
            provider=provider,
            take_over=codes,
        )
    session.problems(checked.doubts)
    if list_questions:
        _questions(session, checked)
    elif session.as_json:
        plain = as_json(session, checked)
        plain["since_choice"] = explaining().since_json(session, checked)
        plain["later_rulings"] = explaining().later_json(session, checked)
        if explain:
            plain["explanations"] = explaining().trees_json(session, checked, explain)
        session.json(plain)
    elif explain:
        explaining().trees(session, checked, explain)
    else:
        shown.check(session, checked, everything=everything)
        preferring().changed(session, checked)
        preferring().elsewhere(session, checked)
        preferring().order(session, checked.forms, full=forms_in_full)


def _ranked_alone(
    session: Session, answers: Mapping[str, object], *, full: bool
) -> None:
    """The forms on answers alone, in the order of preference."""
    if not answers and not full:
        raise UsageError(say("Name a proposal, or a form with --form."))
    day = session.day
    forms = rank_forms(answers, on=day, own=own_law(session.desk))
    if session.as_json:
        session.json(
            {
                "candidate": None,
                "form": None,
                "on": day.isoformat(),
                "forms": preferring().forms_as_json(session, forms),
            }
        )
    else:
        preferring().order(session, forms, full=full)


def preferring() -> ModuleType:
    """How the forms are set in order; loaded where a check is shown."""
    return importlib.import_module("jointbuy.cli.preferring")


def explaining() -> ModuleType:
    """How findings are explained; loaded where somebody asks for it."""
    return importlib.import_module("jointbuy.cli.explaining")


def _questions(session: Session, checked: Checked) -> None:
    known = {**{k: str(v.value) for k, v in checked.derived.items()}}
    known.update({code: str(value) for code, value in checked.answers.items()})
    if session.as_json:
        session.json(
            [
                {
                    "code": question.code,
                    "id": question.id,
                    "text": session.catalogue.say(question.text),
                    "kind": question.kind,
                    "choices": list(question.choices),
                    "evidence": list(question.evidence),
                    "answer": known.get(question.code),
                }
                for question in checked.questions
            ]
        )
        return
    heads = (say("Code"), say("Question"), say("Allowed answers"), say("Answer"))
    session.table(
        heads,
        [
            (
                q.code,
                session.say(q.text),
                _allowed(session, q, checked),
                _chosen(session, q, known.get(q.code, "")),
            )
            for q in checked.questions
        ],
    )


def _allowed(session: Session, question: Question, checked: Checked) -> str:
    """What can be typed, and what it stands for where the word does not say it."""
    labels = dict(question.words)
    found = [
        f"{choice} ({session.catalogue.word(labels[choice])})"
        if labels.get(choice, choice) != choice
        else choice
        for choice in question.choices
    ]
    if question.kind == "share":
        found.insert(0, session.say(say("a share in per cent, from 0 to 100")))
    if question.kind == "years":
        found.insert(0, session.say(_years(checked)))
    return ", ".join(found)


def _years(checked: Checked) -> Message:
    """How yearly figures are typed, with the years before the day of the law."""
    first, *others = checked.facts.years_before()
    example = "; ".join(
        (f"{first}=820.000/1.000.000", *(f"{year}=…" for year in others))
    )
    return say(
        "{year}=part/total, such as {example}", year=word("year"), example=example
    )


def _chosen(session: Session, question: Question, answer: str) -> str:
    """An answer in words; the code alone would say little."""
    label = dict(question.words).get(answer, answer)
    if label == answer:
        return (
            session.catalogue.word(ANSWERS[answer].text)
            if answer in ANSWERS
            else question.written(answer)
        )
    return session.catalogue.word(label)


check = command(
    name="check",
    help=(
        "Say what the law of the day says of a proposal, or of a form on answers "
        "alone: what blocks, what warns, what is still to be answered."
    ),
)(_check)
