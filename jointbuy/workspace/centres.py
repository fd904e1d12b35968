"""Purchasing centres: where each framework stands, and the calls for interest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jointbuy.errors import Refused, UsageError, named, say, word
from jointbuy.model import InterestAnswer
from jointbuy.model.lookup import find
from jointbuy.workspace.entries import ID, Entered
from jointbuy.workspace.records import Records
from jointbuy.workspace.standing import orders_by_framework

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from jointbuy.centres import KnownCentre
    from jointbuy.errors import Message, Problem
    from jointbuy.intake.call_reading import Noted
    from jointbuy.model import (
        Administration,
        FrameworkAgreement,
        Interest,
        PurchasingCentre,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkState:
    """A framework on one day: its phase, what is left, who marked interest.

    `interest` gives the status by administration, `remaining` euro excluding VAT.
    """

    framework: FrameworkAgreement
    phase: str
    remaining: Decimal | None
    interest: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The answer of one administration; amounts in euro excluding VAT.

    `day` is when it was sent, today or that of the same answer where it is not given.
    `whole` says that a maximum which is not given is none.
    """

    framework: str
    administration: str
    answer: InterestAnswer
    maximum_quantity: Decimal | None = None
    unit: str = ""
    maximum_amount: Decimal | None = None
    day: date | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A call for interest or its answer as recorded, and what should be said of it.

    Nothing was kept anew where it is not `changed`.
    """

    interest: Interest
    remarks: tuple[Message, ...] = ()
    changed: bool = True


class Centres(Records):
    """Frameworks and interests."""

    def framework_states(self) -> tuple[FrameworkState, ...]:
        """Each framework on the day, in the order of the register."""
        return tuple(self._state(each) for each in self.frameworks().values())

    def _state(self, framework: FrameworkAgreement) -> FrameworkState:
        from jointbuy import centres
        from jointbuy.centres import calls

        interests = self.interests().values()
        orders = orders_by_framework(self).get(framework.id, ())
        stands = {}
        for who in self._concerned(framework):
            interest = calls.find_interest(interests, framework.id, who)
            state = centres.interest_state(interest, framework, self.on)
            stands[who] = state.status.name
        return FrameworkState(
            framework=framework,
            phase=centres.phase(framework, self.on, orders).name,
            remaining=centres.remaining(framework, "", orders, self.on),
            interest=stands,
        )

    def _concerned(self, framework: FrameworkAgreement) -> tuple[str, ...]:
        """The administrations that may use it, and those that were asked."""
        from jointbuy import centres
        from jointbuy.centres.eligibility import Known

        centre = self.centres().get(framework.centre)
        asked = {
            interest.administration
            for interest in self.interests().values()
            if interest.framework == framework.id
        }
        return tuple(
            admin.id
            for admin in self.administrations().values()
            if admin.id in asked
            or centres.identified(framework, admin, centre, self.on).answer is Known.YES
        )

    def known_centres(self) -> tuple[KnownCentre, ...]:
        """The centres that are known of in Belgium, to be adopted."""
        from jointbuy import centres

        return centres.catalogue()

    def adopted(self, known: KnownCentre) -> PurchasingCentre | None:
        """The centre of the register that is this one, by its id or a name."""
        from jointbuy.centres.known import names_of

        kept = self.centres()
        if known.id in kept:
            return kept[known.id]
        called = names_of(known)
        return next((each for each in kept.values() if called & names_of(each)), None)

    def adopt_centre(self, text: str, *, id_: str = "") -> PurchasingCentre:
        """Keep a known centre in the register, by default under its own id.

        Raises:
            NotFound: no known centre answers to it, or several do.
            UsageError: the register has it, or that id, already; or it cannot be one.
        """
        from jointbuy import centres

        known = centres.known_centre(text)
        if id_ and not ID.fullmatch(id_):
            raise UsageError(
                say("“{id}” cannot be an id: use letters, digits and hyphens.", id=id_)
            )
        there = self.centres().get(id_) if id_ else self.adopted(known)
        if there is not None:
            raise UsageError(
                say(
                    "The register has {name} already, as {id}: change it there, or "
                    "give the new one an id of its own.",
                    name=named(there.names, there.id),
                    id=there.id,
                )
            )
        made = replace(centres.adopt(known, self.language), id=id_ or known.id)
        self.save(made, seen=0, why=f"adopt {made.id}")
        return made

    def note_call(self, cells: Mapping[str, str]) -> Entered[FrameworkAgreement]:
        """Keep a call for interest as it came in: framework, question and answer.

        All of it is one change; a centre nobody knows is added with it.

        Raises:
            Refused: with every field that is wrong or missing; nothing is then kept.
        """
        from jointbuy.centres import calls

        noted, problems = self._read_call(cells)
        if noted is None or any(problem.blocking for problem in problems):
            raise Refused(say("Nothing was kept: correct what follows."), problems)
        call, framework = noted.call, noted.framework
        who = self.administrations()[call.administration]
        before = calls.find_interest(self.interests().values(), framework.id, who.id)
        made = before or calls.unasked(framework, who)
        if made.asked_on is None:
            made = calls.ask(framework, who, on=self.on, before=before)
        if call.answered is not None:
            made = calls.answer(
                made,
                InterestAnswer.YES if call.answered else InterestAnswer.NO,
                on=self.on,
                by=self.user,
                maximum_quantity=call.maximum_quantity,
                unit=call.unit,
                maximum_amount=call.maximum_amount,
            )
        if call.note:
            made = replace(made, note=call.note)
        changes = [self.change(made, of=before)]
        if framework != noted.before:
            changes.insert(0, self.change(framework, of=noted.before))
        if noted.centre is not None:
            changes.insert(0, self.change(noted.centre, of=None))
        self.commit(changes, why=f"call {made.id}")
        return Entered(record=framework, remarks=problems)

    def _read_call(
        self, cells: Mapping[str, str]
    ) -> tuple[Noted | None, tuple[Problem, ...]]:
        """What a call comes to, and everything wrong or remarked."""
        from jointbuy.intake.call_reading import parse_call

        return parse_call(
            cells,
            administrations=self.administrations(),
            centres=self.centres(),
            frameworks=self.frameworks(),
            interests=self.interests(),
            on=self.on,
            home=self.register.home,
            language=self.language,
        )

    def ask_interest(
        self,
        framework: str,
        administration: str,
        *,
        due: date | None = None,
        asked_on: date | None = None,
    ) -> Called:
        """Record that a centre asks an administration whether it will take part."""
        pairs = ((framework, administration),)
        return self.ask_interests(pairs, due=due, asked_on=asked_on)[0]

    def ask_interests(
        self,
        pairs: Iterable[tuple[str, str]],
        *,
        due: date | None = None,
        asked_on: date | None = None,
    ) -> tuple[Called, ...]:
        """Record that centres ask: framework and administration; all as one change."""
        from jointbuy.centres import calls

        on = asked_on or self.on
        kept = []
        for framework, administration in pairs:
            found, who, before = self._call(framework, administration)
            made = calls.ask(found, who, on=on, due=due, before=before)
            kept.append((found, made, before))
        return self._keep_interests(kept, "ask")

    def answer_interest(
        self,
        framework: str,
        administration: str,
        answer: InterestAnswer,
        *,
        maximum_quantity: Decimal | None = None,
        unit: str = "",
        maximum_amount: Decimal | None = None,
        day: date | None = None,
    ) -> Called:
        """Record the answer and the most this administration may order.

        One that comes too late is recorded too, and said not to count. `day` is when
        it was sent.

        Raises:
            UsageError: that day is still to come.
        """
        given = Given(
            framework=framework,
            administration=administration,
            answer=answer,
            maximum_quantity=maximum_quantity,
            unit=unit,
            maximum_amount=maximum_amount,
            day=day,
        )
        return self.answer_interests((given,))[0]

    def answer_interests(self, answers: Iterable[Given]) -> tuple[Called, ...]:
        """Record several answers as one change.

        Raises:
            UsageError: the day of one is still to come.
        """
        from jointbuy.centres import calls

        kept = []
        for given in answers:
            found, who, before = self._call(given.framework, given.administration)
            made = calls.answer(
                before or calls.unasked(found, who),
                given.answer,
                on=self.on,
                by=self.user,
                maximum_quantity=given.maximum_quantity,
                unit=given.unit,
                maximum_amount=given.maximum_amount,
                day=given.day,
                whole=given.whole,
            )
            kept.append((found, made, before))
        return self._keep_interests(kept, "answer")

    def prove_interest(self, framework: str, administration: str, file: Path) -> Called:
        """Keep the name and digest of the paper that shows the answer was sent.

        Raises:
            Refused: the paper cannot be read.
            UsageError: there is no answer yet.
        """
        return self.prove_interests(((framework, administration),), file)[0]

    def accept_interest(
        self,
        framework: str,
        administration: str,
        file: Path,
        *,
        day: date | None = None,
    ) -> Called:
        """Keep the paper, of that day, in which the centre takes a late answer.

        It counts from then on.

        Raises:
            Refused: the paper cannot be read.
            UsageError: there is no answer yet, or it was given from the launch on.
        """
        from jointbuy.centres import calls

        found, _, before = self._call(framework, administration)
        made = calls.accept(
            before,
            found,
            file=file.name,
            sha256=_digest(file),
            on=day or self.on,
        )
        return self._keep_interests([(found, made, before)], "accept")[0]

    def prove_interests(
        self, pairs: Iterable[tuple[str, str]], file: Path
    ) -> tuple[Called, ...]:
        """Keep one paper for the answers of several, as one change.

        Raises:
            Refused: the paper cannot be read.
            UsageError: there is no answer yet.
        """
        from jointbuy.centres import calls

        digest = _digest(file)
        kept = []
        for framework, administration in pairs:
            found, _, before = self._call(framework, administration)
            made = calls.prove(before, file=file.name, sha256=digest, on=self.on)
            kept.append((found, made, before))
        return self._keep_interests(kept, "prove")

    def _call(
        self, framework: str, administration: str
    ) -> tuple[FrameworkAgreement, Administration, Interest | None]:
        from jointbuy.centres import calls

        found = find(framework, self.frameworks(), word("framework"))
        who = self.administration(administration)
        before = calls.find_interest(self.interests().values(), found.id, who.id)
        return found, who, before

    def _keep_interests(
        self,
        kept: Sequence[tuple[FrameworkAgreement, Interest, Interest | None]],
        verb: str,
    ) -> tuple[Called, ...]:
        """Keep what changed in one go, and say what there is to be said of each."""
        from jointbuy.centres import calls

        changes = [self.change(made, of=old) for _, made, old in kept if made != old]
        self.commit(
            changes, why=" ".join([verb, "interest", *(each.id for each in changes)])
        )
        return tuple(
            Called(
                interest=made,
                changed=made != before,
                remarks=calls.doubts(framework, made, on=self.on, before=before)
                if verb in {"ask", "answer"}
                else (),
            )
            for framework, made, before in kept
        )


def _digest(file: Path) -> str:
    """The SHA-256 of a paper.

    Raises:
        Refused: it cannot be read.
    """
    import hashlib

    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise unreadable(file, error) from None


def unreadable(file: Path, error: OSError) -> Refused:
    """A file that cannot be read, and why."""
    name = str(file)
    if isinstance(error, FileNotFoundError):
        return Refused(
            say("{file} does not exist: check the name and the folder.", file=name)
        )
    if isinstance(error, IsADirectoryError):
        return Refused(say("{file} is a folder: choose a file in it.", file=name))
    return Refused(
        say("{file} may not be read: ask for access to it, or close it.", file=name)
    )
