"""The values of a decision on joining a purchasing centre, the same for twins.

Whatever nobody decided or recorded stays empty here; the template makes a field of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jointbuy.documents.document import clean, typographic
from jointbuy.l10n import format as written
from jointbuy.model import AdministrationKind, Region

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.documents.joining import EarlierAct, Joining
    from jointbuy.documents.template import Values
    from jointbuy.documents.words import Words
    from jointbuy.model import Administration

DRAFTED = ("fr", "nl")
"""The languages in which jurists wrote a model of it."""


def values(case: Joining, words: Words) -> Values:
    """Every name of the template with its value."""
    return {
        **_heads(case, words),
        **bodies(case.administration, words),
        **_contents(case, words),
        **acting(case.administration, case.languages, words),
    }


def acting(
    administration: Administration, languages: tuple[str, ...], words: Words
) -> dict[str, Any]:
    """In which languages its acts are written, and whether this is one of them."""
    named = tuple(words.named("languages", code) for code in languages)
    own = words.language in languages
    return {
        "courtesy": bool(languages) and not own,
        "several_languages": own and len(languages) > 1,
        "languages": words.listed(named),
        "own_language": words.named("languages", words.language),
        "administration": text(administration.name(words.language), words),
    }


def known_day(day: date | None, language: str) -> str:
    """A day as a paper writes it; nothing where it is not recorded."""
    return written.day(day, language, long=True) if day else ""


def text(typed: str, words: Words) -> str:
    """What somebody typed, fit for print: one line, the apostrophes of print."""
    return typographic(clean(typed), words.language)


def _heads(case: Joining, words: Words) -> dict[str, Any]:
    language = words.language
    centre = text(case.centre.names.get(language) or case.centre.id, words)
    programme = text(case.programme.get(language), words) if case.programme else ""
    kind = "programme" if programme else "centre"
    gaps = {"centre": centre, "programme": programme}
    return {
        "draft": words.mark("draft"),
        "reference": text(case.reference, words),
        "object": words.named("adhesion", kind).format(**gaps),
        **gaps,
        "authority": case.centre.contracting_authority is True,
        "earlier": tuple(_earlier(each, words) for each in case.earlier),
        "no_earlier": not case.earlier,
        "notes": tuple({"text": one} for one in _notes(case, words)),
        "differing": tuple(
            {"text": _differing(point, whose, words)}
            for point, whose in case.common.differing
        ),
    }


def _notes(case: Joining, words: Words) -> list[str]:
    """What has to be settled before the draft goes to a body."""
    notes = []
    if case.due is not None:
        day = written.day(case.due, words.language, long=True)
        notes.append(words.named("adhesion", "due").format(day=day))
    if not case.admitted:
        day = written.day(case.on, words.language, long=True)
        notes.append(words.named("adhesion", "not_admitted").format(day=day))
    if case.centre.contracting_authority is False:
        notes.append(words.named("adhesion", "not_authority"))
    return notes


def _differing(point: str, whose: tuple[Administration, ...], words: Words) -> str:
    """A reservation or trigger, and who recorded it."""
    return words.named("adhesion", "reserved_for").format(
        text=_sentence(text(point, words)),
        whom=words.listed(
            tuple(text(who.name(words.language), words) for who in whose)
        ),
    )


def _earlier(act: EarlierAct, words: Words) -> dict[str, str]:
    """An earlier decision of the same body."""
    language = words.language
    part = text(act.part.get(language), words) if act.part else ""
    number = text(act.number, words)
    return {
        "day": written.day(act.day, language, long=True),
        "number": words.word("number", number=number) if number else "",
        "object": words.named("adhesion", "part").format(part=part)
        if part
        else words.named("adhesion", "whole"),
    }


def bodies(
    who: Administration, words: Words, *, executive_decides: bool = False
) -> dict[str, Any]:
    """Who decides, carries out, signs and supervises."""
    known, table = words.bodies(who), words.tables["adhesion"]
    deciding = known.executive if executive_decides else known.council
    name = deciding or str(table["body"])
    upper = deciding.upper()
    executive = known.executive and str(
        table["executives"].get(
            known.executive, table["executive"].format(body=known.executive)
        )
    )
    signs = (*known.signs, "", "")
    region, kind = _place(who)
    closed = who.kind is AdministrationKind.CPAS
    supervisor = known.supervisor
    return {
        "body_name": _capital(name),
        "body_short": str(table["short"]).format(body=name)
        if deciding
        else _capital(name),
        "body_opening": str(table["opening"]).format(body=upper)
        if upper
        else str(table["opening_unknown"]),
        "executive_article": executive,
        "executive_first": _capital(executive),
        "signs": words.listed(known.signs),
        "first_signs": _capital(signs[0]),
        "second_signs": _capital(signs[1]),
        "supervision": str(table["supervision"]).format(supervisor=supervisor)
        if supervisor
        else "",
        "financial": _of(table["financials"], region, kind) or str(table["financial"]),
        "public": "" if closed or executive_decides else str(table["public"]),
        "two_step": _of(table["two_step"], region, kind),
        "two_step_of": _of(table["two_step_of"], region, kind),
        "cpas": closed or who.kind is AdministrationKind.COMMUNE,
        "flemish": who.region is Region.FLANDERS,
    }


def _place(who: Administration) -> tuple[str, str]:
    region = who.region.name if who.region else ""
    return region, who.kind.name if who.kind else ""


def _of(table: dict[str, dict[str, str]], region: str, kind: str) -> str:
    return table.get(region, {}).get(kind) or table.get("ANY", {}).get(kind, "")


def _contents(case: Joining, words: Words) -> dict[str, Any]:
    """What is joined, at what cost, under which reservations, with whom."""
    language, table = words.language, words.tables["adhesion"]
    parts = [(text(each.names.get(language), words), each.cost) for each in case.parts]
    twins = tuple(text(each.name(language), words) for each in case.twins)
    return {
        "part": bool(parts),
        "domains": tuple({"name": name} for name, _ in parts),
        "costs": tuple(
            {"name": name, "amount": written.amount(cost, language)}
            for name, cost in parts
            if cost is not None
        ),
        "reservations": tuple(
            {"text": _sentence(text(each.text, words))}
            for each in case.common.reservations
        ),
        "triggers": tuple(
            {"text": _sentence(text(each, words))} for each in case.common.triggers
        ),
        "twins": words.listed(twins),
        "twins_too": str(table["twins_too"]) if twins else "",
        **grounds(case.administration, words),
    }


def grounds(who: Administration, words: Words) -> dict[str, Any]:
    """The legal grounds of its decisions towards a centre."""
    visas = tuple(
        {
            "text": ground.text,
            "title": _capital(ground.text),
            "remark": f" ({words.mark('to_verify')})" if ground.to_verify else "",
        }
        for ground in words.adhesion_grounds
        if ground.concerns(who)
    )
    return {"visas": visas, "no_visas": not visas}


def _sentence(typed: str) -> str:
    """A reservation as an item of a list, which has its own sign at the end."""
    return typed.rstrip(" .;")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
