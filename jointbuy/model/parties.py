"""Who buys: administrations, their deciding bodies and their contact persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from jointbuy.model.period import Period

LANGUAGES = ("fr", "nl", "de", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalText:
    """One name in up to four languages."""

    fr: str = ""
    nl: str = ""
    de: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The name in that language, else in the first that has one."""
        for code in (language, *LANGUAGES):
            if text := str(getattr(self, code, "")):
                return text
        return ""

    def as_dict(self) -> dict[str, str]:
        """The languages that have a text, with it."""
        texts = {code: str(getattr(self, code)) for code in LANGUAGES}
        return {code: text for code, text in texts.items() if text}


class AdministrationKind(Enum):
    """What sort of legal person an administration is."""

    COMMUNE = "COMMUNE"
    CPAS = "CPAS"
    POLICE_ZONE = "POLICE_ZONE"
    PROVINCE = "PROVINCE"
    INTERCOMMUNALE = "INTERCOMMUNALE"
    SCHOOL_BOARD = "SCHOOL_BOARD"
    REGION = "REGION"
    OTHER = "OTHER"


class Region(Enum):
    """Whose rules on organisation and supervision an administration follows."""

    WALLONIA = "WALLONIA"
    BRUSSELS = "BRUSSELS"
    FLANDERS = "FLANDERS"
    GERMAN_SPEAKING = "GERMAN_SPEAKING"


class BodyKind(Enum):
    """The deciding bodies: council, and the executive that prepares and carries out."""

    COUNCIL = "COUNCIL"
    EXECUTIVE = "EXECUTIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The days on which a body usually meets, where they are not fixed yet.

    `weekday` runs from 0 (Monday) to 6. `weeks` are those of the month (1 the first,
    -1 the last); none: every week. `without` are the months in which it does not meet;
    `period` the days from and until which the rhythm holds.
    """

    weekday: int
    weeks: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    period: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetentBody:
    """A body of an administration and the days it meets.

    `sessions` are the days that are fixed, `cancelled` those that do not take place;
    in every month (week, of a weekly `rhythm`) with neither it meets by its rhythm.
    `convocation_days` are clear days between the summons and the session;
    `filing_days` the days a file must be ready before the summons goes out.
    """

    kind: BodyKind
    names: LocalText = field(default_factory=LocalText)
    sessions: tuple[date, ...] = ()
    convocation_days: int | None = None
    filing_days: int | None = None
    rhythm: Rhythm | None = None
    cancelled: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """A local administration with its own legal personality (pouvoir local, bestuur).

    `kind` and `region` may be unknown for one that an import created: it is then to
    be completed. `territory` is a NUTS code; `neighbours` and `belongs_to` are ids;
    `languages` those of its acts, in order.
    """

    id: str
    names: LocalText = field(default_factory=LocalText)
    kind: AdministrationKind | None = None
    region: Region | None = None
    territory: str = ""
    postcode: str = ""
    address: str = ""
    population: int | None = None
    neighbours: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    enterprise_number: str = ""
    bodies: tuple[CompetentBody, ...] = ()
    closed: tuple[Period, ...] = ()
    belongs_to: tuple[str, ...] = ()
    note: str = ""

    @property
    def to_complete(self) -> bool:
        """Whether too little is known of it to judge its place in a cooperation."""
        return self.kind is None or self.region is None

    def name(self, language: str) -> str:
        """Its name in that language, or its id."""
        return self.names.get(language) or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPerson:
    """Who collects the needs of an administration or, with `service`, of one service.

    `successor` is the id of the person who took over.
    """

    id: str
    administration: str
    name: str
    function: str = ""
    service: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    active_from: date | None = None
    active_until: date | None = None
    successor: str = ""
