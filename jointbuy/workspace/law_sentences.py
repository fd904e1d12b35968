"""The law itself in sentences: rulings, consequences, reviews and changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jointbuy.errors import Arg, Message, named, number, per_cent, say, word, word_of
from jointbuy.workspace.citing import beside, cited_said, title_said
from jointbuy.workspace.explaining import (
    Point,
    answer_said,
    period_said,
    read_said,
    value_said,
)
from jointbuy.workspace.words import (
    ADMINISTRATION_KINDS,
    FORMS,
    OUTCOMES,
    REGIONS,
    STAGES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jointbuy.law import Parameter, Value
    from jointbuy.law.consequences import Consequence, Span
    from jointbuy.law.difference import Difference, RowChange, ValueChange
    from jointbuy.law.review import Doubt, Review
    from jointbuy.law.rulings import Ruling

FORMATIONS = {
    "fifth_chamber": word("Fifth Chamber"),
    "grand_chamber": word("Grand Chamber"),
}

RULINGS = {"judgment": word("judgment"), "order": word("order of the Court")}
"""What the Court gives."""


def ruling_facts(ruling: Ruling) -> Iterator[Message]:
    """What a ruling is: its day, its kind, its cases, how sure we are of it."""
    given = say("{kind} of {day}", kind=RULINGS[ruling.kind], day=ruling.day)
    if ruling.formation:
        given = say(
            "{kind} of {day}, {formation}",
            kind=RULINGS[ruling.kind],
            day=ruling.day,
            formation=FORMATIONS[ruling.formation],
        )
    yield given
    if len(ruling.numbers) > 1:
        yield say("joined cases {numbers}", numbers=", ".join(ruling.numbers))
    if ruling.checked is not None:
        yield read_said(ruling.checked)
    if ruling.to_verify:
        yield say("to be verified")
    yield beside("{url}", url=ruling.source.url)


def ruling_named(ruling: Ruling) -> Arg:
    """The parties and the numbers of a ruling, as each language cites them."""
    titles = ruling.source.titles.as_dict()
    names = {
        language: " ".join(title.rsplit(", ", 2)[1:])
        for language, title in titles.items()
    }
    return Arg(name="", kind="names", text=ruling.name, names=names)


def span_said(span: Span) -> Message:
    """The numbers of a span, in per cent."""
    low, high = span.low, span.high
    if low is not None and low == high:
        return say("exactly {share}", share=per_cent(low))
    lower = upper = None
    if low is not None:
        lower = (
            say("at least {amount}", amount=per_cent(low))
            if span.low_counts
            else say("more than {amount}", amount=per_cent(low))
        )
    if high is not None:
        upper = (
            say("at most {amount}", amount=per_cent(high))
            if span.high_counts
            else say("less than {amount}", amount=per_cent(high))
        )
    if lower and upper:
        return beside("{some}, {more}", some=lower, more=upper)
    return lower or upper or say("any share")


def consequence_said(consequence: Consequence) -> Message:
    """An answer and what it comes to."""
    answer: Arg | Message = (
        answer_said(consequence.question, consequence.answer)
        if consequence.span is None
        else span_said(consequence.span)
    )
    if consequence.then:
        return say(
            "{answer}: depends on question {code}",
            answer=answer,
            code=consequence.then[0].question.code,
        )
    return say(
        "{answer}: {outcome}. {sentence}",
        answer=answer,
        outcome=OUTCOMES[consequence.finding.outcome],
        sentence=consequence.finding.message,
    )


def review_points(review: Review) -> Iterator[tuple[Message, tuple[Point, ...]]]:
    """What to look at again, under its heads, with what to do."""
    gone = [e for e in review.ending if e.until is not None and e.until < review.on]
    soon = [e for e in review.ending if e not in gone]
    yield (
        say(
            "Ending by {day}. Look for the text that follows, and set it with "
            "`law set`:",
            day=review.until,
        ),
        tuple(_ending(each.parameter, each.value) for each in soon),
    )
    yield (
        say(
            "Not known any more on {day}. Look for the text, and set it with "
            "`law set`:",
            day=review.on,
        ),
        tuple(_ending(each.parameter, each.value) for each in gone),
    )
    yield (
        say(
            "Values to be verified. Compare each with its text, and set it with "
            "`law set`:"
        ),
        tuple(map(_doubtful, review.doubtful)),
    )
    yield (
        say(
            "Articles to be verified. Compare each with the text before a decision "
            "rests on it alone:"
        ),
        tuple(map(_doubt, review.doubts)),
    )
    yield (
        say("Rulings to be verified. Read each before a decision rests on it alone:"),
        tuple(
            Point(text=beside("{title}", title=title_said(each.source, each.key)))
            for each in review.rulings
        ),
    )


def _ending(parameter: Parameter, value: Value) -> Point:
    return Point(
        text=say(
            "{title} [{name}]: {value}, until {day}",
            title=word_of(parameter.title),
            name=parameter.name,
            value=value_said(value),
            day=value.until or value.start,
        )
    )


def _doubtful(value: Value) -> Point:
    return Point(
        text=say(
            "{title} [{name}]: {value}",
            title=word_of(_parameters()[value.name].title),
            name=value.name,
            value=value_said(value),
        ),
        below=(cited_said(value.citation),),
    )


def _doubt(doubt: Doubt) -> Point:
    """An article with what rests on it."""
    below = rests_said(doubt.questions, doubt.parts)
    return Point(text=cited_said(doubt.citation), below=(below,))


def rests_said(questions: Sequence[str], parts: Sequence[str]) -> Message:
    """What rests on an article or a value: questions, and parts of the competences."""
    what: list[Arg | Message] = [part_said(part) for part in parts]
    if questions:
        what.insert(0, say("the questions {codes}", codes=", ".join(questions)))
    return say("What rests on it: {what}", what=_listed(what))


def _parameters() -> Mapping[str, Parameter]:
    from jointbuy import law

    return law.parameters()


# What changed between two days.

PARTS = {
    "deciding": word("who decides"),
    "instead": word("who may decide instead"),
    "before": word("what goes before a decision"),
    "supervision": word("supervision"),
    "sending": word("what is sent to the supervisory authority"),
    "changes": word("changes of a contract that was sent"),
    "convocation": word("summons of the council"),
}

FIELDS = {
    "amount": word("amount"),
    "authority": word("supervisory authority"),
    "below": word("amount below which it counts"),
    "body": word("deciding body"),
    "clear": word("clear days"),
    "complaints": word("days for a complaint"),
    "due": word("to be sent"),
    "extension": word("days of extension"),
    "informs": word("the council is informed"),
    "lists": word("decisions on the list"),
    "note": word("note"),
    "published": word("decisions to publish"),
    "purchase": word("for a plain purchase"),
    "publishes": word("days to publish"),
    "reason": word("reason"),
    "sends": word("days to send an act"),
    "term": word("term"),
    "unread": word("not read in the text"),
    "urgent_term": word("term in urgency"),
    "waits": word("an award waits"),
}
"""What a row of the table of competences says; another one by its own name."""

CELLS = {
    "COMMITTEE": word("special committee"),
    "COUNCIL": word("council"),
    "DIRECTOR": word("general director"),
    "EXECUTIVE": word("executive body"),
    "EXTRAORDINARY": word("extraordinary budget"),
    "OFFICIAL": word("another official, not the financial director"),
    "ORDINARY": word("ordinary budget"),
    "consultation": word("consultation committee"),
    "contract": word("contract"),
    "daily": word("daily management"),
    "delegation": word("by delegation"),
    "exclusive": word("exclusive right"),
    "horizontal": word("horizontal cooperation"),
    "in_house": word("in-house award"),
    "law": word("by law"),
    "listed": word("contracts listed by the council"),
    "membership": word("membership of the provider"),
    "no": word("no"),
    "opinion": word("opinion of the financial director"),
    "sent": word("until it is sent"),
    "services": word("services"),
    "social": word("social and other specific services"),
    "supplies": word("supplies"),
    "term": word("until the term has run"),
    "transfer": word("transfer of competence"),
    "unknown": word("unknown"),
    "urgency": word("imperious urgency"),
    "visum": word("visum of the financial director"),
    "works": word("works"),
    "yes": word("yes"),
}
"""What the cells of that table name; another one by its own name."""

NOTHING = word("nothing")


def part_said(part: str) -> Arg:
    """What a part of the table is about."""
    return PARTS.get(part, Arg(name="", text=part.replace("_", " ")))


def difference_points(
    found: Difference,
) -> Iterator[tuple[Message, tuple[Point, ...]]]:
    """What changed, under its heads."""
    begun = [each for each in found.values if not each.before]
    ended = [each for each in found.values if not each.after]
    yield (
        say("Texts that took effect:"),
        tuple(
            Point(
                text=say(
                    "{title}, on {day}",
                    title=title_said(each, each.key),
                    day=each.start or found.last,
                )
            )
            for each in found.started
        ),
    )
    yield (
        say("Values of the law:"),
        tuple(
            _moved(each, each.before, each.after)
            for each in found.values
            if each.before and each.after
        ),
    )
    yield (
        say("Values known from a day in between:"),
        tuple(_alone(each, each.after) for each in begun if each.after),
    )
    for head, abolished in (
        (say("Values the law no longer fixes:"), True),
        (say("Values not known any more:"), False),
    ):
        yield (
            head,
            tuple(
                _alone(each, each.before)
                for each in ended
                if each.before and each.parameter.abolished is abolished
            ),
        )
    yield say("Who decides and who supervises:"), tuple(map(_row, found.rows))


def _moved(change: ValueChange, old: Value, new: Value) -> Point:
    title = word_of(change.parameter.title)
    if change.same_number:
        text = say(
            "{title}: still {value}, on another text",
            title=title,
            value=value_said(new),
        )
    else:
        text = say(
            "{title}: {before} before, {after} now",
            title=title,
            before=value_said(old),
            after=value_said(new),
        )
    return Point(
        text=text,
        below=(
            *_texts(old, new),
            period_said(new),
        ),
    )


def _texts(old: Value, new: Value) -> Iterator[Message]:
    """Where both are written, once where that is the same place."""
    one, other = old.citation, new.citation
    if (one.source, one.article) == (other.source, other.article):
        yield cited_said(other)
    else:
        yield beside("{was} → {now}", was=cited_said(one), now=cited_said(other))


def _alone(change: ValueChange, value: Value) -> Point:
    return Point(
        text=say(
            "{head}: {rest}",
            head=word_of(change.parameter.title),
            rest=value_said(value),
        ),
        below=(period_said(value), cited_said(value.citation)),
    )


def _row(change: RowChange) -> Point:
    text = say(
        "{part}, {whose}, {where}",
        part=part_said(change.part),
        whose=_listed(map(_cell, change.kinds)),
        where=_listed(map(_cell, change.regions)),
    )
    if change.about:
        about = [cell for value in change.about.values() for cell in _cells(value)]
        text = say("{text} ({stages})", text=text, stages=_listed(about))
    below: list[Message] = []
    if change.before is None or change.after is None:
        below.append(say("new") if change.before is None else say("counts no longer"))
        only = change.before or change.after or {}
        below += [
            say("{head}: {rest}", head=_field(name), rest=_said(name, value))
            for name, value in only.items()
        ]
    else:
        for name in change.fields:
            below += _turned(name, change.before.get(name), change.after.get(name))
    texts = {
        (each.source, each.article): cited_said(each)
        for each in (change.was, change.now)
        if each is not None
    }
    return Point(text=text, below=(*below, *texts.values()))


SENTENCES = ("note", "reason", "unread")
"""Fields that are no word: what they said, and what they say, have a line each."""


def _turned(name: str, before: Any, after: Any) -> Iterator[Message]:  # noqa: ANN401
    """What a field said and what it says; of a sentence only where there is one."""
    if name not in SENTENCES:
        yield say(
            "{about}: {before} before, {after} now",
            about=_field(name),
            before=_said(name, before),
            after=_said(name, after),
        )
        return
    for value, when in ((before, BEFORE), (after, NOW)):
        if value:
            sentence = _field(name) if name == "unread" else _said(name, value)
            yield say("{head}: {rest}", head=when, rest=sentence)


BEFORE, NOW = word("before"), word("now")

NAMES = {
    **CELLS,
    **{kind.name: said for kind, said in ADMINISTRATION_KINDS.items()},
    **{region.name: said for region, said in REGIONS.items()},
    **{stage.name: said for stage, said in STAGES.items()},
    **{form.name: said for form, said in FORMS.items()},
}


def _field(name: str) -> Arg:
    return FIELDS.get(name, Arg(name="", text=name.replace("_", " ")))


def _said(name: str, value: Any) -> Message:  # noqa: ANN401
    """What a cell of that name says; a key of a sentence by its sentence."""
    from jointbuy.law.competence.bodies import NOTES
    from jointbuy.law.competence.oversight import REASONS

    sentences = {"note": NOTES, "reason": REASONS}.get(name, {})
    known = sentences.get(value) if isinstance(value, str) else None
    return known or _listed(_cells(value))


def _listed(items: Iterable[Arg | Message]) -> Message:
    """Words with commas between them."""
    found: Message | None = None
    for each in items:
        found = (
            beside("{one}", one=each)
            if found is None
            else beside("{some}, {more}", some=found, more=each)
        )
    return beside("{one}", one=NOTHING) if found is None else found


def _cells(value: Any) -> list[Arg | Message]:  # noqa: ANN401
    """What a cell of a row says, one word for each thing in it."""
    if value is None:
        return []
    if isinstance(value, list):
        return [cell for each in value for cell in _cells(each)]
    if isinstance(value, dict):
        names = {key: str(name) for key, name in value.items()}
        return [named(names)] if "fr" in names else _cells(value.get("amount"))
    return [_cell(value)]


def _cell(value: Any) -> Arg | Message:  # noqa: ANN401
    if isinstance(value, bool):
        return word("yes") if value else word("no")
    if isinstance(value, int | Decimal):
        return number(value)
    text = str(value)
    parameter = _parameters().get(text)
    if parameter is not None:
        return word_of(parameter.title)
    if text not in NAMES and text in _procedures():
        return word_of(_procedures()[text])
    return NAMES.get(text, Arg(name="", text=text.replace("_", " ")))


def _procedures() -> Mapping[str, str]:
    """The titles of the procedures by value."""
    from jointbuy.law.tables import table

    return {name: row["title"] for name, row in table("procedures").items()}


def outside_said(found: Difference) -> Iterator[Message]:
    """That one of the days lies outside what is known."""
    from jointbuy import law
    from jointbuy.law.difference import unknown_parts

    start = law.sources()["law_2016"].start
    if start is not None and found.first < start:
        yield say(
            "The law of 2016 counts from {day} on: before that, jointbuy knows amounts "
            "alone and checks nothing.",
            day=start,
        )
    elif unknown_parts(found.first):
        yield say(
            "Of {day}, jointbuy does not know who decided and who supervised.",
            day=found.first,
        )
    ends = [each.last for each in law.parameters().values() if each.last is not None]
    for day in (found.first, found.last):
        if ends and day > max(ends):
            yield say(
                "The amounts that follow the European thresholds are known until "
                "{last}: {day} lies beyond.",
                last=max(ends),
                day=day,
            )
            return
