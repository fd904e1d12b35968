"""The days of purchasing centres: interest, adhesions, programmes, ends, sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from jointbuy.centres import (
    InterestStatus,
    Phase,
    covers,
    identified,
    interest_state,
    phase,
)
from jointbuy.centres.eligibility import Known, may_be_named, may_join
from jointbuy.centres.interest import due_day
from jointbuy.centres.joining import meant, open_triggers, programme_columns
from jointbuy.centres.lifecycle import OPEN, reinterest_day
from jointbuy.errors import say
from jointbuy.model import JOINED, AdhesionStatus, InterestAnswer, NeedStatus
from jointbuy.schedule.lookout import title
from jointbuy.schedule.names import named

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from datetime import date

    from jointbuy.centres.joining import OpenTrigger
    from jointbuy.model import (
        Adhesion,
        Administration,
        Deadline,
        FrameworkAgreement,
        Interest,
        Nature,
        Need,
        Order,
        Programme,
        PurchasingCentre,
        UseDecision,
    )
    from jointbuy.schedule.lookout import Lookout

_OPEN_ADHESIONS = (
    AdhesionStatus.PROPOSED,
    AdhesionStatus.CONDITIONAL,
    AdhesionStatus.POSTPONED,
    AdhesionStatus.IN_REGULARISATION,
    AdhesionStatus.NOT_COUNTED,
)
_SILENCE = say(
    "No answer counts as no, and the framework agreement is closed to you after its "
    "launch."
)
_DAY = timedelta(days=1)

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The administrations by what decides whether a framework is for them.

    Those of one kind, region and territory are answered alike, so that each of them
    need not be asked for each framework agreement.
    """

    on: date
    everyone: Mapping[str, Administration]
    alike: Mapping[object, Sequence[str]] = field(default_factory=dict)
    _named: dict[str, frozenset[str]] = field(default_factory=dict)
    _answers: dict[tuple[str, object], Known] = field(default_factory=dict)
    _open: dict[tuple[str, object], bool] = field(default_factory=dict)

    def known(
        self,
        framework: FrameworkAgreement,
        administration: str,
        centre: PurchasingCentre | None,
    ) -> Known:
        """Whether the framework agreement identifies the administration."""
        if administration in self.beneficiaries(framework):
            return Known.YES
        return self._alike(framework, self.everyone[administration], centre)

    def identified(
        self, framework: FrameworkAgreement, centre: PurchasingCentre | None
    ) -> Iterator[str]:
        """The administrations that the framework agreement identifies."""
        named = self.beneficiaries(framework)
        yield from (id_ for id_ in named if id_ in self.everyone)
        for members in self.alike.values():
            others = [id_ for id_ in members if id_ not in named]
            if others and (
                self._alike(framework, self.everyone[others[0]], centre) is Known.YES
            ):
                yield from others

    def open_to(
        self,
        framework: FrameworkAgreement,
        administration: str,
        centre: PurchasingCentre | None,
    ) -> bool:
        """Whether a framework agreement to come can still be for one it does not name.

        Nothing says that it is not, or interest can be marked and others are named so
        far.
        """
        who = self.everyone[administration]
        key = (framework.id, _group(who))
        if key not in self._open:
            known = self._alike(framework, who, centre)
            self._open[key] = known is Known.UNKNOWN or (
                phase(framework, self.on) in OPEN
                and may_be_named(framework, who, centre, self.on)
            )
        return self._open[key]

    def admitted(self, centre: PurchasingCentre) -> Iterator[str]:
        """The administrations that the centre serves on the day."""
        for members in self.alike.values():
            if may_join(centre, self.everyone[members[0]], self.on) is Known.YES:
                yield from members

    def beneficiaries(self, framework: FrameworkAgreement) -> frozenset[str]:
        """The ids of those that the framework agreement names."""
        if framework.id not in self._named:
            self._named[framework.id] = frozenset(framework.beneficiaries)
        return self._named[framework.id]

    def _alike(
        self,
        framework: FrameworkAgreement,
        administration: Administration,
        centre: PurchasingCentre | None,
    ) -> Known:
        key = (framework.id, _group(administration))
        if key not in self._answers:
            found = identified(framework, administration, centre, self.on)
            self._answers[key] = found.answer
        return self._answers[key]


def circle(administrations: Iterable[Administration], on: date) -> Circle:
    """The administrations, ready to be asked which framework is for them."""
    everyone = {each.id: each for each in administrations}
    alike: dict[object, list[str]] = {}
    for administration in everyone.values():
        alike.setdefault(_group(administration), []).append(administration.id)
    return Circle(on=on, everyone=everyone, alike=alike)


def _group(administration: Administration) -> object:
    return (administration.kind, administration.region, administration.territory)


# Interest.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What ties administrations to a framework agreement that does not name them.

    Those that joined its centre, used or marked interest in a framework agreement, and
    have an open need of a code and a nature; `before` are the ids of those that it
    follows.
    """

    joined: Mapping[str, Collection[str]]
    used: Mapping[str, Collection[str]]
    wanted: Mapping[tuple[str, Nature | None], Collection[str]]
    before: Mapping[str, Collection[str]]

    def of(self, framework: FrameworkAgreement) -> Iterator[str]:
        """Who is tied to it, some more than once."""
        yield from self.joined.get(framework.centre, ())
        for earlier in self.before.get(framework.id, ()):
            yield from self.used.get(earlier, ())
        for (code, nature), whose in self.wanted.items():
            if covers(framework, code, nature) is not None:
                yield from whose


def ties(
    frameworks: Iterable[FrameworkAgreement],
    interests: Iterable[Interest],
    adhesions: Iterable[Adhesion],
    uses: Iterable[UseDecision],
    orders: Iterable[Order],
    needs: Mapping[str, Need],
) -> Ties:
    """Who is tied to what, by what they did and what they need."""
    used = [(e.framework, e.administration) for e in interests if _said_yes(e)]
    used += [(each.framework, each.administration) for each in orders]
    used += [
        (each.framework, needs[each.need].administration)
        for each in uses
        if each.need in needs
    ]
    return Ties(
        joined=_grouped(
            (e.centre, e.administration) for e in adhesions if e.status in JOINED
        ),
        used=_grouped(used),
        wanted=_grouped(
            ((need.cpv, need.nature), need.administration)
            for need in needs.values()
            if need.cpv and need.status is NeedStatus.OPEN
        ),
        before=_grouped((e.successor, e.id) for e in frameworks if e.successor),
    )


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, dict[str, None]]:
    found: dict[K, dict[str, None]] = {}
    for key, whose in pairs:
        found.setdefault(key, {})[whose] = None
    return found


def _said_yes(interest: Interest) -> bool:
    return interest.answer is InterestAnswer.YES


def of_interests(
    lookout: Lookout,
    around: Circle,
    frameworks: Iterable[FrameworkAgreement],
    interests: Iterable[Interest],
    tied: Callable[[], Ties],
) -> Iterator[Deadline]:
    """The calls to be answered, and what an answer still lacks, until the launch.

    The users of a framework agreement to come are named because they answered: whom it
    does not name yet is told as well where something ties it to the call, else the one
    that keeps the register, so that no call is missed in silence.
    """
    asked: dict[str, dict[str, Interest]] = {}
    for interest in interests:
        if interest.administration in around.everyone:
            asked.setdefault(interest.framework, {})[interest.administration] = interest
    for framework in frameworks:
        if framework.launch is not None and framework.launch <= lookout.on:
            continue
        given = asked.get(framework.id, {})
        closing = last_day_of_interest(framework)
        if closing is not None and _still_open(lookout, framework, closing):
            centre = lookout.centres.get(framework.centre)
            named = dict.fromkeys(around.identified(framework, centre))
            others = dict.fromkeys(
                id_
                for id_ in tied().of(framework)
                if id_ in around.everyone
                and id_ not in named
                and around.open_to(framework, id_, centre)
            )
            home = lookout.home
            if (
                not (given or named or others)
                and home in around.everyone
                and around.open_to(framework, home, centre)
            ):
                others = {home: None}
            for administration in (*named, *others):
                if administration not in given:
                    yield _mark(
                        lookout,
                        framework,
                        administration,
                        closing,
                        named=administration in named,
                    )
        for administration, interest in given.items():
            yield from _interest(lookout, framework, administration, interest)


def last_day_of_interest(framework: FrameworkAgreement) -> date | None:
    """The last day to mark interest: the one fixed, else the day before the launch."""
    if framework.interest_deadline is not None or framework.launch is None:
        return framework.interest_deadline
    return framework.launch - _DAY


def _interest(
    lookout: Lookout,
    framework: FrameworkAgreement,
    administration: str,
    interest: Interest,
) -> Iterator[Deadline]:
    state = interest_state(interest, framework, lookout.on).status
    if state is InterestStatus.NO:
        return
    closing, due = last_day_of_interest(framework), interest.due
    last = due_day(interest, framework)
    prolonged = due is not None and closing is not None and due > closing
    if state in {InterestStatus.YES, InterestStatus.YES_WITHOUT_MAXIMUM}:
        by = last or closing or interest.answered_on
        if by is not None and _still_open(lookout, framework, by):
            yield from _lacking(lookout, framework, interest, state, by)
        return
    if closing and not prolonged and _still_open(lookout, framework, closing):
        yield _mark(lookout, framework, administration, closing)
    if due is None or due == closing or (due < lookout.on and due != last):
        return
    if _still_open(lookout, framework, due):
        yield lookout.deadline(
            "interest_due",
            interest.id,
            administration,
            due,
            what=say("Answer the centre – {framework}", framework=title(framework)),
            consequence=say("No answer by this day counts as no."),
        )


def _mark(
    lookout: Lookout,
    framework: FrameworkAgreement,
    administration: str,
    closing: date,
    *,
    named: bool = True,
) -> Deadline:
    return lookout.deadline(
        "framework_interest",
        framework.id,
        administration,
        closing,
        what=say("Mark interest – {framework}", framework=title(framework)),
        consequence=_SILENCE
        if named
        else say(
            "Its beneficiaries are not all named yet, and you are not among them: ask "
            "the centre to be. {more}",
            more=_SILENCE,
        ),
    )


def _lacking(
    lookout: Lookout,
    framework: FrameworkAgreement,
    interest: Interest,
    state: InterestStatus,
    by: date,
) -> Iterator[Deadline]:
    """What a yes still lacks: its maximum, its proof."""
    if state is InterestStatus.YES_WITHOUT_MAXIMUM:
        yield lookout.deadline(
            "interest_maximum",
            interest.id,
            interest.administration,
            by,
            what=say("Give the maximum – {framework}", framework=title(framework)),
            consequence=say(
                "The centre must publish a maximum for each beneficiary before the "
                "launch: without yours, what you may order is open to challenge."
            ),
        )
    if interest.proof is None:
        yield lookout.deadline(
            "interest_proof",
            interest.id,
            interest.administration,
            by,
            what=say(
                "Keep the proof of the answer – {framework}", framework=title(framework)
            ),
            consequence=say(
                "Without the paper that was sent nobody can show that interest was "
                "marked in time."
            ),
        )


def _still_open(lookout: Lookout, framework: FrameworkAgreement, day: date) -> bool:
    """A missed interest counts until the launch; without one, a while."""
    return framework.launch is not None or lookout.reported(day)


# Adhesions and programmes.


def of_adhesions(
    lookout: Lookout, adhesions: Iterable[Adhesion], programmes: Sequence[Programme]
) -> Iterator[Deadline]:
    """Adhesions to be decided, and decided ones to be looked at again."""
    domains = {
        (programme.id, name): domain
        for programme in programmes
        for domain in programme.domains
        for name in (domain.id, *domain.names.as_dict().values())
    }
    for adhesion in adhesions:
        domain = domains.get((adhesion.programme, adhesion.domain))
        if (
            adhesion.due is not None
            and adhesion.status in _OPEN_ADHESIONS
            and lookout.reported(adhesion.due)
        ):
            yield lookout.deadline(
                "adhesion_due",
                adhesion.id,
                adhesion.administration,
                adhesion.due,
                what=say(
                    "Decide on joining – {centre}",
                    centre=lookout.centre(adhesion.centre),
                ),
                consequence=say(
                    "Without the decision of the competent body and a signed "
                    "convention no order can be placed through the centre."
                ),
            )
        budget = domain.budget if domain else None
        for again in open_triggers(adhesion, lookout.on, presented=budget):
            yield _decide_again(lookout, adhesion, again)


def _decide_again(lookout: Lookout, adhesion: Adhesion, again: OpenTrigger) -> Deadline:
    """The body looks at the adhesion again, so long after what occurred.

    A cost without a day is known since its record was changed last, else as of today.
    """
    since = again.since or lookout.changed.get(adhesion.id, lookout.on)
    return lookout.deadline(
        "adhesion_reopened",
        adhesion.id,
        adhesion.administration,
        since + timedelta(days=lookout.practice.reopening_days),
        part=again.key,
        what=say(
            "Decide again on the adhesion – {centre}",
            centre=lookout.centre(adhesion.centre),
        ),
        consequence=say(
            "What reopens the adhesion has occurred ({event}): until the body has "
            "dealt with it, new orders do not rest on its decision.",
            event=again.what if str(again.what) else again.trigger,
        ),
    )


def of_programmes(
    lookout: Lookout,
    around: Circle,
    programmes: Iterable[Programme],
    adhesions: Iterable[Adhesion],
) -> Iterator[Deadline]:
    """The domains of a programme that an administration has not decided on."""
    mine: dict[str, dict[str, list[Adhesion]]] = {}
    for adhesion in adhesions:
        of_centre = mine.setdefault(adhesion.centre, {})
        of_centre.setdefault(adhesion.administration, []).append(adhesion)
    for programme in programmes:
        centre = lookout.centres.get(programme.centre)
        known = mine.get(programme.centre, {})
        concerned = dict.fromkeys(around.admitted(centre) if centre else ())
        concerned |= dict.fromkeys(
            id_
            for id_, found in known.items()
            if id_ in around.everyone
            and any(a.programme == programme.id for a in found)
        )
        for column in programme_columns(programme):
            if column.due is None or not lookout.reported(column.due):
                continue
            for administration in concerned:
                found = meant(
                    known.get(administration, ()), administration, column, lookout.on
                )
                if found is not None and _settles(found):
                    continue
                yield lookout.deadline(
                    "programme_due",
                    programme.id,
                    administration,
                    column.due,
                    part=column.id,
                    what=say(
                        "Decide on the domain {domain} – {programme}",
                        domain=named(column.names, column.id),
                        programme=named(programme.names, programme.id),
                    ),
                    consequence=say(
                        "No decision by this day counts as no: the domain stays closed "
                        "until the centre opens the programme again."
                    ),
                )


def _settles(adhesion: Adhesion) -> bool:
    """Whether it says what the administration does, or brings a day of its own."""
    if adhesion.status not in _OPEN_ADHESIONS or adhesion.due is not None:
        return True
    return adhesion.status not in {AdhesionStatus.PROPOSED, AdhesionStatus.POSTPONED}


# Frameworks in use.


def of_framework_ends(
    lookout: Lookout,
    around: Circle,
    frameworks: Iterable[FrameworkAgreement],
    interests: Iterable[Interest],
    adhesions: Iterable[Adhesion],
    ordered: Mapping[str, Sequence[Order]],
) -> Iterator[Deadline]:
    """The last day of orders and, before it, the search for what follows.

    Nothing can be ordered any more under a framework agreement that is exhausted.
    """
    marked: dict[str, list[str]] = {}
    for interest in interests:
        if _said_yes(interest):
            marked.setdefault(interest.framework, []).append(interest.administration)
    joined: dict[str, list[str]] = {}
    for adhesion in adhesions:
        if adhesion.status in JOINED:
            joined.setdefault(adhesion.centre, []).append(adhesion.administration)
    for framework in frameworks:
        end = framework.end
        if end is None or not lookout.reported(end):
            continue
        centre = lookout.centres.get(framework.centre)
        users = dict.fromkeys(
            id_ for id_ in marked.get(framework.id, ()) if id_ in around.everyone
        )
        users |= dict.fromkeys(
            id_
            for id_ in joined.get(framework.centre, ())
            if id_ in around.everyone
            and around.known(framework, id_, centre) is not Known.NO
        )
        left = phase(framework, lookout.on, ordered.get(framework.id, ()))
        for administration in users:
            if left is not Phase.EXHAUSTED:
                yield _last_orders(lookout, framework, administration, end)
            if not framework.successor and end >= lookout.on:
                yield _what_follows(lookout, framework, administration, end)


def _last_orders(
    lookout: Lookout, framework: FrameworkAgreement, administration: str, end: date
) -> Deadline:
    return lookout.deadline(
        "framework_end",
        framework.id,
        administration,
        end,
        what=say(
            "Last day to conclude orders – {framework}", framework=title(framework)
        ),
        consequence=say(
            "After this day no order can be concluded under the framework agreement."
        ),
    )


def _what_follows(
    lookout: Lookout, framework: FrameworkAgreement, administration: str, end: date
) -> Deadline:
    day = reinterest_day(framework, lookout.practice.reinterest_months) or end
    return lookout.deadline(
        "framework_successor",
        framework.id,
        administration,
        max(day, framework.start) if framework.start else day,
        what=say(
            "Ask the centre what follows – {framework}", framework=title(framework)
        ),
        consequence=say(
            "The framework agreement ends on {end}, and interest in the next one must "
            "be marked before its launch. Record the one that follows, or an own "
            "procedure.",
            end=end,
        ),
    )


def of_sources(
    lookout: Lookout, frameworks: Iterable[FrameworkAgreement]
) -> Iterator[Deadline]:
    """Frameworks still to come or running, of which the source was not seen lately."""
    for framework in frameworks:
        if framework.seen_on is None:
            continue
        if framework.end is not None and framework.end < lookout.on:
            continue
        yield lookout.deadline(
            "framework_source",
            framework.id,
            lookout.home,
            framework.seen_on + timedelta(days=lookout.practice.source_days),
            what=say(
                "Look at the source again – {framework}", framework=title(framework)
            ),
            consequence=say(
                "It was last seen on {day}: days, ceilings and who may order can have "
                "changed since.",
                day=framework.seen_on,
            ),
        )
