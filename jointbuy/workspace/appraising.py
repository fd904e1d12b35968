"""Is a proposal worth it, who gains what, and what an officer assumes otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import JointbuyError, UsageError, euro, say, word
from jointbuy.model import CandidateKind
from jointbuy.workspace.bulk import parse_number
from jointbuy.workspace.legal import Legal, form_of
from jointbuy.workspace.proposals import FORMS as MARKET
from jointbuy.workspace.words import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from jointbuy.appraisal import Appraisal, Assumption, Case, Sharing
    from jointbuy.errors import Message
    from jointbuy.model import Candidate, Outcome
    from jointbuy.workspace.legal import Checked
    from jointbuy.workspace.proposals import Proposal

VERDICTS = {
    "join": word("buy together"),
    "staggered": word("buy together, with later entries"),
    "adhere": word("join the framework agreement"),
    "stay separate": word("stay separate"),
}
"""What each verdict is called."""

KEYS = {
    "equal": word("equal price"),
    "proportional": word("by volume"),
    "per-capita": word("per inhabitant"),
    "fixed": word("fixed key"),
    "shapley": word("Shapley"),
}
"""What each key is called by which a gain is shared."""

CONFIDENCES = {
    "high": word("sure"),
    "medium": word("fairly sure"),
    "low": word("unsure"),
    "assumption": word("assumption"),
}
"""What it is called how far an input can be trusted."""


def gain_line(found: Appraisal) -> Message:
    """The verdict and the gain in one sentence."""
    verdict, gain = VERDICTS[found.verdict.value], found.gain.estimated
    if found.obstacle is not None:
        return say(
            "Verdict: {verdict}. {reason}", verdict=verdict, reason=found.obstacle
        )
    if gain is None:
        return say(
            "Verdict: {verdict}; the gain cannot be estimated yet.", verdict=verdict
        )
    if not found.lines:
        return say("Verdict: {verdict}.", verdict=verdict)
    return say(
        "Verdict: {verdict}; estimated gain {mid} (from {low} to {high}).",
        verdict=verdict,
        mid=euro(gain.mid),
        low=euro(gain.low),
        high=euro(gain.high),
    )


Chosen = dict[str, tuple[str, ...]]
"""What somebody assumes otherwise: one value by name, or low, middle and high."""


class Appraising(Legal):
    """The worth of proposals; nothing of it is kept in the register."""

    def appraise(
        self, text: str, *, chosen: Mapping[str, Sequence[str | Decimal]] | None = None
    ) -> Appraisal:
        """What a proposal gains in three cases, the verdict and what they rest on.

        Assumptions that are `chosen` go before those of the settings, these before
        those of the product.

        Raises:
            NotFound: there is no such proposal.
            UsageError: there is no such assumption, or its values make no sense.
        """
        return self.appraisal_of(self.proposal(text), chosen=chosen)

    def appraisal_of(
        self,
        proposal: Proposal,
        *,
        chosen: Mapping[str, Sequence[str | Decimal]] | None = None,
        checked: Checked | None = None,
        purchases: tuple[frozenset[str], ...] = (),
    ) -> Appraisal:
        """The same of a proposal at hand, even of one that is only thought of.

        The law is asked again unless its answer is at hand, `checked`; `purchases` are
        the needs for the same thing together, where they are for several.
        """
        from jointbuy import appraisal

        assumed = appraisal.assumptions({**kept_assumptions(), **(chosen or {})})
        candidate = self.standing(proposal.candidate)
        case = self._case(candidate)
        instead = tuple(
            appraisal.appraise(self._case(other, within=candidate), assumed)
            for other in self._adhesions_for(candidate)
        )
        found = appraisal.appraise(
            replace(
                case,
                procedure=proposal.dossier.procedure if proposal.dossier else "",
                headline=checked.headline if checked else self._headline(proposal),
                alternatives=instead,
                purchases=purchases,
            ),
            assumed,
        )
        form = proposal.dossier.form if proposal.dossier else None
        if form is None or form in MARKET.values():
            return found
        other = say(
            "This estimates buying together on the market; the form chosen is another "
            "one: {form}.",
            form=FORMS[form],
        )
        return replace(found, warnings=(other, *found.warnings))

    def _case(self, candidate: Candidate, within: Candidate | None = None) -> Case:
        from jointbuy import appraisal

        needs = self.members(candidate)
        if within is not None:
            needs = tuple(need for need in needs if need.id in within.needs)
        return appraisal.Case(
            candidate=candidate,
            needs=needs,
            administrations=self.participants(candidate),
            framework=self.frameworks().get(candidate.framework),
            own=self.own_law(),
            on=self.on,
        )

    def _adhesions_for(self, candidate: Candidate) -> list[Candidate]:
        """The frameworks that are proposed for needs of a joint purchase."""
        if candidate.kind is not CandidateKind.JOINT:
            return []
        own = set(candidate.needs)
        return [
            one
            for one in self.proposed()
            if one.kind is CandidateKind.ADHESION and own & set(one.needs)
        ]

    def _headline(self, proposal: Proposal) -> Outcome | None:
        """What the law says of its form; nothing where it cannot be asked."""
        try:
            return self.checked(proposal, form_of(proposal, named=False)).headline
        except JointbuyError:
            return None

    def share_out(
        self, found: Appraisal, *, key: str = "", parts: Mapping[str, str] | None = None
    ) -> tuple[Sharing, ...]:
        """The fall of the price divided under one key, or under all that can be used.

        `parts` are by administration, as people write them: those of the fixed key, or
        the inhabitants where the key is per capita.

        Raises:
            NotFound: a part is for somebody who does not take part.
            UsageError: there is no such key, or the parts do not fit it.
        """
        from jointbuy import appraisal

        given = {
            self.participant(found.candidate, who): parse_number(number)
            for who, number in (parts or {}).items()
        }
        if given and key not in {"", "fixed", "per-capita"}:
            raise UsageError(
                say("Parts go with the fixed key, or with the key per inhabitant.")
            )
        if key == "per-capita":
            heads = {who: int(number) for who, number in given.items()}
            return appraisal.share_out(found, key=key, population=heads)
        return appraisal.share_out(found, key=key, weights=given)

    @staticmethod
    def assumptions() -> tuple[Assumption, ...]:
        """Everything that an estimate assumes, with what the settings changed."""
        from jointbuy import appraisal

        return tuple(appraisal.assumptions(kept_assumptions()).values())

    @staticmethod
    def keep_assumptions(chosen: Mapping[str, Sequence[str | Decimal]]) -> bool:
        """Assume this from now on; no values at all go back to those of the product.

        Raises:
            UsageError: there is no such assumption, or its values make no sense.
        """
        from jointbuy import appraisal, settings

        appraisal.assumptions(chosen)
        kept = {name: tuple(map(str, values)) for name, values in chosen.items()}
        before = settings.preferences()
        wanted = {**before.assumptions, **kept} if kept else {}
        return settings.keep(replace(before, assumptions=wanted))


def kept_assumptions() -> Chosen:
    """What this user assumes otherwise in every appraisal."""
    from jointbuy import settings

    return settings.preferences().assumptions


def read_assumptions(pairs: Sequence[str]) -> Chosen:
    """Assumptions as they are typed: `day_cost=450`, `day_cost=300/450/600`.

    Raises:
        UsageError: one is not written so.
        Refused: a value is not a number.
    """
    found: Chosen = {}
    for pair in pairs:
        name, equals, values = pair.partition("=")
        if not equals or not values.strip():
            raise UsageError(
                say(
                    "Write an assumption as name=value or name=low/middle/high, such "
                    "as day_cost=450, not “{pair}”.",
                    pair=pair,
                )
            )
        numbers = tuple(str(parse_number(each)) for each in values.split("/"))
        found[name.strip().replace("-", "_")] = numbers
    return found
