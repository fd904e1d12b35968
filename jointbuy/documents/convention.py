"""The values of a joint-contract convention, article 48 of the law of 17 June 2016.

Whatever nobody decided or recorded stays empty here; the template makes a field of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jointbuy import law
from jointbuy.documents.case import CostKey, Invoicing
from jointbuy.documents.document import clean, typographic
from jointbuy.errors import Refused, named, say
from jointbuy.l10n import format as written
from jointbuy.l10n.catalogue import Catalogue, catalogue
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    CandidateKind,
    ContactPerson,
    Decision,
    EnterpriseNumber,
    Finding,
    Form,
    Milestone,
    Need,
    Outcome,
    Region,
    Stage,
    Vote,
    cents,
    shares,
)
from jointbuy.model.parties import LANGUAGES

if TYPE_CHECKING:
    from datetime import date

    from jointbuy.documents.case import Case
    from jointbuy.documents.template import Values
    from jointbuy.documents.words import Words
    from jointbuy.model import Citation

HUNDRED = Decimal("100.00")
EXAMPLE_COST = Decimal("1000.00")
"""The cost on which the key is shown while the real one is unknown, in euro."""

FEWEST = 2
"""How many administrations a joint contract takes."""

DRAFTED = ("fr", "nl")
"""The languages in which jurists wrote a model of it."""


def values(case: Case, words: Words) -> Values:
    """Every name of the template with its value, after checking that it can be made."""
    _check(case)
    return _Convention(case, words).values()


def _check(case: Case) -> None:
    dossier = case.dossier
    if dossier.candidate.kind is not CandidateKind.JOINT or dossier.form not in {
        None,
        Form.JOINT_CONTRACT,
    }:
        raise Refused(
            say(
                "The convention is the paper of a joint contract, and dossier "
                "{dossier} is not one: no paper is drafted for its form. `check "
                "{dossier}` names the papers that each answer needs.",
                dossier=dossier.id,
            )
        )
    if len(case.administrations) < FEWEST:
        raise Refused(
            say(
                "A joint contract takes at least two administrations; dossier "
                "{dossier} has {count}. Add the other participants.",
                dossier=dossier.id,
                count=len(case.administrations),
            )
        )
    known = {administration.id for administration in case.administrations}
    if dossier.pilot and dossier.pilot not in known:
        raise Refused(
            say(
                "The lead “{lead}” does not take part in dossier {dossier}. Choose one "
                "of the participants as lead.",
                lead=dossier.pilot,
                dossier=dossier.id,
            )
        )
    _check_votes(case)
    for need in case.needs:
        if need.administration not in known:
            raise Refused(
                say(
                    "The need “{need}” is of “{administration}”, which does not take "
                    "part in dossier {dossier}. Add that administration or leave the "
                    "need out.",
                    need=need.title,
                    administration=need.administration,
                    dossier=dossier.id,
                )
            )


def _check_votes(case: Case) -> None:
    """No convention binds an administration whose last word on it is no."""
    for party in case.administrations:
        for stage in (Stage.PARTICIPATION, Stage.CONDITIONS, Stage.LAUNCH):
            last = last_decision(case, party, stage)
            if last is not None and last.outcome is Vote.NO:
                raise _refusal(case, party, last)


def _refusal(case: Case, party: Administration, no: Decision) -> Refused:
    name = named(party.names, party.id)
    if len(case.administrations) == FEWEST:
        return Refused(
            say(
                "{administration} decided against it on {day}: nothing is left to buy "
                "jointly while that decision stands. Set the proposal aside, or record "
                "its new decision.",
                administration=name,
                day=no.on,
            )
        )
    return Refused(
        say(
            "{administration} decided against it on {day}: no convention is drafted "
            "while that decision stands. Retain the proposal again without it "
            "(`retain {dossier} --without {id}`), or record its new decision.",
            administration=name,
            day=no.on,
            dossier=case.dossier.id,
            id=party.id,
        )
    )


def last_decision(case: Case, party: Administration, stage: Stage) -> Decision | None:
    """Its decision of the latest session; on one day the one recorded last."""
    taken = [
        one
        for one in case.dossier.decisions
        if one.administration == party.id and one.stage is stage
    ]
    taken.sort(key=lambda one: one.on)
    return taken[-1] if taken else None


def required_languages(
    administrations: tuple[Administration, ...], on: date
) -> tuple[str, ...]:
    """The languages in which the act must exist: those of all participants together.

    A participant of which nobody knows the language is left out.
    """
    known = [each for each in administrations if law.regime(each, on) is not None]
    found = law.required_languages(known, on)
    wanted = {
        language
        for each in found
        if each.paper is law.Paper.CONVENTION
        for language in each.languages
    }
    return tuple(code for code in LANGUAGES if code in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """The estimates of the parties in their order, and what follows from them.

    `complete` when every need has an estimate and every party a need.
    """

    parties: tuple[Decimal | None, ...]
    known: Decimal
    complete: bool

    @property
    def weights(self) -> tuple[Decimal, ...]:
        return tuple(one or Decimal(0) for one in self.parties)


def _sums(parties: tuple[Administration, ...], needs: tuple[Need, ...]) -> _Sums:
    by_party: list[Decimal | None] = []
    for party in parties:
        own = [need.estimate for need in needs if need.administration == party.id]
        known = [cents(one) for one in own if one is not None]
        whole = bool(own) and len(known) == len(own)
        by_party.append(sum(known, Decimal(0)) if whole else None)
    return _Sums(
        parties=tuple(by_party),
        known=sum(
            (cents(n.estimate) for n in needs if n.estimate is not None), Decimal(0)
        ),
        complete=all(one is not None for one in by_party),
    )


class _Convention:
    """One case in one language, ready to be asked for its values."""

    def __init__(self, case: Case, words: Words) -> None:
        self.case = case
        self.words = words
        self.language = words.language
        self.catalogue: Catalogue = catalogue(words.language)
        pilot = case.dossier.pilot
        self.parties = tuple(sorted(case.administrations, key=lambda a: a.id != pilot))
        self.names = {
            one.id: self._text(one.name(self.language)) for one in self.parties
        }
        self.sums = _sums(self.parties, case.needs)
        self.start = case.dossier.wanted or case.dossier.candidate.launch

    def values(self) -> Values:
        return {
            **self._heads(),
            **self._languages(),
            **self._choices(),
            **self._money(),
            **self._annexes(),
        }

    def _text(self, text: str) -> str:
        """What somebody typed, fit for print: one line, the apostrophes of print."""
        return typographic(clean(text), self.language)

    def _amount(self, amount: Decimal) -> str:
        return written.amount(amount, self.language)

    def _share(self, share: Decimal) -> str:
        return written.share(share, self.language, places=2)

    def _heads(self) -> dict[str, Any]:
        case, candidate = self.case, self.case.dossier.candidate
        natures = {need.nature for need in case.needs if need.nature}
        nature = candidate.nature or (natures.pop() if len(natures) == 1 else None)
        months = [need.duration_months for need in case.needs]
        known = [one for one in months if one]
        longest = max(known) if known and len(known) == len(months) else None
        duration = case.duration_months or longest
        codes = dict.fromkeys(
            code for need in case.needs for code in (need.cpv, *need.other_cpv) if code
        )
        codes.pop(candidate.cpv, None)
        return {
            "draft": self.words.mark("draft"),
            "reference": self._text(case.reference or case.dossier.id),
            "day": written.day(case.on, self.language, long=True),
            "count": str(len(self.parties)),
            "object": self._text(candidate.title.get(self.language)).rstrip("."),
            "nature": self.words.named("natures", nature.name) if nature else "",
            "cpv": self._text(candidate.cpv),
            "other_cpv": self._text(", ".join(codes)),
            "pilot": self.names.get(case.dossier.pilot, ""),
            "procedure": self._said(case.procedure) if case.procedure else "",
            "start": written.day(self.start, self.language, long=True)
            if self.start
            else "",
            "duration": self.words.word("months", count=duration) if duration else "",
            "framework_limit": self.words.word("months", count=case.framework_months)
            if case.framework_months
            else "",
            "changes": tuple({"text": self._said(one)} for one in case.changes),
            "warnings": tuple({"text": self._said(one)} for one in case.warnings),
            "reply_days": str(case.reply_days or ""),
            "withdrawal_days": str(case.withdrawal_days or ""),
        }

    def _said(self, message: Any) -> str:  # noqa: ANN401
        return self._text(self.catalogue.say(message))

    def _languages(self) -> dict[str, Any]:
        needed = required_languages(self.parties, self.case.on)
        named = tuple(self.words.named("languages", code) for code in needed)
        missing = tuple(
            self.words.named("languages", code)
            for code in needed
            if code not in DRAFTED
        )
        return {
            "no_model": bool(missing),
            "missing_languages": self.words.listed(missing),
            "several_languages": len(needed) > 1 and self.language in needed,
            "courtesy": bool(needed) and self.language not in needed,
            "languages": self.words.listed(named),
            "own_language": self.words.named("languages", self.language),
        }

    def _choices(self) -> dict[str, Any]:
        case = self.case
        regions = {one.region for one in self.parties}
        pilots = [one for one in self.parties if one.id == case.dossier.pilot]
        leading = {one.region for one in pilots} or regions
        days = {entry.on for entry in case.dossier.candidate.entries}
        return {
            "whole": case.whole is True,
            "partial": case.whole is False,
            "extent_open": case.whole is None,
            "framework": case.framework is True,
            "staggered": len(days) > 1,
            "invoicing_separate": case.invoicing is Invoicing.SEPARATE,
            "invoicing_lead": case.invoicing is Invoicing.LEAD,
            "invoicing_open": case.invoicing is None,
            "personal_data": any(need.personal_data for need in case.needs),
            "social_data": any(
                one.kind is AdministrationKind.CPAS for one in self.parties
            ),
            "wallonia": Region.WALLONIA in regions,
            "brussels": Region.BRUSSELS in regions,
            "flanders": Region.FLANDERS in regions,
            "flemish": leading == {Region.FLANDERS},
        }

    def _money(self) -> dict[str, Any]:
        sums, count = self.sums, len(self.case.needs)
        key = self.case.cost_key or (
            CostKey.ESTIMATES if sums.complete else CostKey.EQUAL
        )
        equal = key is CostKey.EQUAL
        one_each = tuple(Decimal(1) for _ in self.parties)
        weights = one_each if equal else sums.weights
        cost = cents(
            EXAMPLE_COST
            if self.case.procedure_cost is None
            else self.case.procedure_cost
        )
        parts = {
            "share": shares(HUNDRED, sums.weights),
            "key_share": shares(HUNDRED, weights),
            "key_amount": shares(cost, weights),
        }
        bases = tuple("1" if equal else self._amount(one) for one in weights)
        estimated = sum(need.estimate is not None for need in self.case.needs)
        counted = self.words.word(
            "need_one" if count == 1 else "need_many", count=count
        )
        partly = self.words.word("needs_estimated", estimated=estimated, count=count)
        example = self.words.word("cost_example", cost=self._amount(cost))
        return {
            "complete": sums.complete,
            "total": self._amount(sums.known) if sums.complete else "",
            "subtotal": self._amount(sums.known),
            "needs_counted": counted if sums.complete else partly,
            "hundred": self._share(HUNDRED),
            "key_sentence": self.words.named("keys", key.name),
            "key_open": self.case.cost_key is None,
            "key_provisional": key is CostKey.ORDERS and sums.complete,
            "key_computed": equal or sums.complete,
            "key_total": str(len(self.parties)) if equal else self._amount(sums.known),
            "cost": self._amount(cost),
            "cost_caption": example
            if self.case.procedure_cost is None
            else self.words.word("cost_known"),
            "parties": tuple(
                self._party(party)
                | {
                    "amount": "" if amount is None else self._amount(amount),
                    "share": self._share(parts["share"][i]),
                    "key_base": bases[i],
                    "key_share": self._share(parts["key_share"][i]),
                    "key_amount": self._amount(parts["key_amount"][i]),
                }
                for i, (party, amount) in enumerate(
                    zip(self.parties, sums.parties, strict=True)
                )
            ),
        }

    def _party(self, party: Administration) -> dict[str, Any]:
        bodies = self.words.bodies(party)
        masculine = self.words.tables["masculine"]["kinds"]
        gender = "m" if party.kind and party.kind.name in masculine else "f"
        pilot = party.id == self.case.dossier.pilot
        decision = last_decision(self.case, party, Stage.PARTICIPATION)
        signs = bodies.signs if len(bodies.signs) == FEWEST else ("", "")
        return {
            "name": self.names[party.id],
            "address": self._text(party.address),
            "enterprise_number": self._number(party.enterprise_number),
            "represented": self.words.word(f"represented_{gender}"),
            "role": self.words.word("pilot" if pilot else "participant"),
            "signs": self.words.listed(bodies.signs),
            "signs_two": all(signs),
            "first_function": signs[0],
            "second_function": signs[1],
            "first_sign": _capital(signs[0]),
            "second_sign": _capital(signs[1]),
            "supervisor": bodies.supervisor,
            "council": self._body(party, decision),
            "decision": self._act(decision) if decision else "",
            "conditions": self.words.word("conditions")
            if decision and decision.outcome is Vote.CONDITIONAL
            else "",
            "budget": self._budget(party),
        }

    def _number(self, number: str) -> str:
        if EnterpriseNumber.is_valid(number):
            return EnterpriseNumber.format(EnterpriseNumber.compact(number))
        return self._text(number)

    def _act(self, decision: Decision) -> str:
        """The day and number of a decision as they were recorded."""
        day = written.day(decision.on, self.language, long=True)
        number = self._text(decision.number)
        numbered = self.words.word("number", number=number) if number else ""
        return self.words.word("decision", day=day) + numbered

    def _body(self, party: Administration, decision: Decision | None) -> str:
        """The body that decides, by its own name where the register has one."""
        kind = decision.body if decision and decision.body else BodyKind.COUNCIL
        for body in party.bodies:
            if body.kind is kind and (own := getattr(body.names, self.language)):
                return self._text(own)
        usual = self.words.bodies(party)
        return usual.council if kind is BodyKind.COUNCIL else usual.executive

    def _budget(self, party: Administration) -> str:
        """Its budget articles, each with year and kind where known."""
        articles: dict[str, None] = {}
        for need in self.case.needs:
            if need.administration != party.id or not need.budget_article:
                continue
            year = need.budget_year
            kind = need.budget_kind
            articles[
                self._text(need.budget_article)
                + (self.words.word("budget_year", year=year) if year else "")
                + (self.words.named("budgets", kind.name) if kind else "")
            ] = None
        return self._joined(tuple(articles))

    def _joined(self, texts: tuple[str, ...]) -> str:
        return typographic(
            (" ; " if self.language == "fr" else "; ").join(texts), self.language
        )

    def _annexes(self) -> dict[str, Any]:
        asked = {one.code for one in self.case.questions}
        not_ok = [one for one in self.case.findings if one.outcome is not Outcome.OK]
        in_order = len(self.case.findings) - len(not_ok)
        waiting = {
            one.ask: one
            for one in not_ok
            if one.outcome is Outcome.UNKNOWN and one.ask in asked
        }
        how_many = "in_order_one" if in_order == 1 else "in_order_many"
        return {
            "visas": self._visas(),
            "parties_without_visas": tuple(
                {"name": self.names[one.id]}
                for one in self.parties
                if not any(
                    ground.concerns(one) and not ground.is_common
                    for ground in self.words.grounds
                )
            ),
            "needs": tuple(self._need(need) for need in self._ordered_needs()),
            "milestones": tuple(self._step(one) for one in self.case.milestones),
            "contacts": tuple(self._contacts()),
            "findings": tuple(
                self._finding(one)
                for one in sorted(not_ok, key=lambda one: -one.outcome.rank)
                if one not in waiting.values()
            ),
            "in_order": self.words.word(how_many, count=in_order) if in_order else "",
            "questions": tuple(
                {"code": self._text(one.code), "text": self._said(one.message)}
                | self._weight(waiting.get(one.code))
                for one in self.case.questions
            ),
        }

    def _visas(self) -> tuple[dict[str, str], ...]:
        found = []
        for ground in self.words.grounds:
            whose = tuple(
                self.names[one.id] for one in self.parties if ground.concerns(one)
            )
            if not whose:
                continue
            remarks = (
                self.words.listed(whose) if len(whose) < len(self.parties) else "",
                self.words.mark("to_verify") if ground.to_verify else "",
            )
            remark = self._joined(tuple(filter(None, remarks)))
            found.append(
                {
                    "text": ground.text,
                    "title": _capital(ground.text),
                    "remark": f" ({remark})" if remark else "",
                }
            )
        return tuple(found)

    def _ordered_needs(self) -> list[Need]:
        place = {party.id: i for i, party in enumerate(self.parties)}
        return sorted(self.case.needs, key=lambda need: place[need.administration])

    def _need(self, need: Need) -> dict[str, str]:
        entries = {one.need: one.on for one in self.case.dossier.candidate.entries}
        entry = entries.get(need.id, self.start)
        quantity = ""
        if need.quantity is not None:
            quantity = f"{written.number(need.quantity)} {need.unit}"
        return {
            "party": self.names[need.administration],
            "title": self._text(need.title) or self._text(need.id),
            "quantity": self._text(quantity),
            "entry": written.day(entry, self.language) if entry else "",
            "estimate": ""
            if need.estimate is None
            else self._amount(cents(need.estimate)),
        }

    def _step(self, step: Milestone) -> dict[str, str]:
        who = self.names.get(step.administration) or self._text(step.administration)
        return {
            "day": written.day(step.day, self.language),
            "label": self._said(step.step if who else step.label),
            "who": who or self.words.word("of_all"),
            "basis": self._basis(step.basis) or self.words.word("practice"),
        }

    def _basis(self, basis: tuple[Citation, ...]) -> str:
        texts = []
        for one in basis:
            titles = self.case.titles.get(one.source)
            title = titles.get(self.language) if titles else ""
            source = self._text(title or self.catalogue.word(one.source))
            article = self._article(one.article)
            mark = f" ({self.words.mark('to_verify')})" if one.to_verify else ""
            texts.append(", ".join(filter(None, (source, article))) + mark)
        return self._joined(tuple(texts))

    def _article(self, article: str) -> str:
        """The articles cited, their few English link words in this language."""
        said = self.catalogue.word(article)
        if said == article and article.startswith(("art.", "chap")):
            known = self.words.tables["links"]
            said = re.sub(
                r"[a-z]+\.?", lambda found: known.get(found[0], found[0]), said
            )
        return self._text(self._joined(tuple(said.split("; "))))

    def _contacts(self) -> list[dict[str, str]]:
        rows = []
        for party in self.parties:
            own = [
                one
                for one in self.case.contacts
                if one.administration == party.id and self._is_active(one)
            ]
            mains = [one for one in own if not one.service]
            rows += [self._contact(party, one) for one in mains or (None,)]
            rows += [self._contact(party, one) for one in own if one.service]
        return rows

    def _is_active(self, person: ContactPerson) -> bool:
        return person.active_until is None or person.active_until >= self.case.on

    def _contact(
        self, party: Administration, person: ContactPerson | None
    ) -> dict[str, str]:
        role, words = self.words.word("main_contact"), ""
        if person:
            known = (person.name, person.function, person.email, person.phone)
            words = self._text(", ".join(filter(None, known)))
            if person.service:
                service = self._text(person.service)
                role = self.words.word("referent", service=service)
        return {"party": self.names[party.id], "role": role, "person": words}

    def _finding(self, finding: Finding) -> dict[str, str]:
        return {
            "severity": self.words.named("severities", finding.outcome.name),
            "message": self._said(finding.message),
            **self._weight(finding),
        }

    def _weight(self, finding: Finding | None) -> dict[str, str]:
        """What a finding stops and on what it rests."""
        stops = finding.stops if finding else None
        none = self.words.mark("none")
        return {
            "stops": self.words.named("stops", stops.name) if stops else none,
            "basis": self._basis(finding.basis) or none if finding else none,
        }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
