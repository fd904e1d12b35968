"""The yearly round in which the services are asked what they need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class ServiceAnswer(Enum):
    """What a service answered: needs, or that it has none."""

    NEEDS = "NEEDS"
    NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedService:
    """One service of one administration in a round; no answer: it is silent so far.

    `contact` is who was asked; an empty `service` is the administration as a whole.
    """

    administration: str
    service: str = ""
    contact: str = ""
    asked_on: date | None = None
    answer: ServiceAnswer | None = None
    answered_on: date | None = None
    answered_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsRound:
    """A round of collecting needs: who is asked, for which year, by which day.

    `previous` is the round it was reopened from; `closed_on` the day it was closed.
    """

    id: str
    title: str
    year: int | None = None
    opened_on: date | None = None
    due: date | None = None
    services: tuple[AskedService, ...] = ()
    previous: str = ""
    closed_on: date | None = None
    note: str = ""
