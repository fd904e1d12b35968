"""Who acts for an administration on a day, departures followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jointbuy.model import ContactPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The contact persons by id, and the main ones of each administration."""

    by_id: Mapping[str, ContactPerson]
    main: Mapping[str, Sequence[ContactPerson]]


def people(contacts: Iterable[ContactPerson]) -> People:
    """The contact persons, ready to be asked who acts."""
    by_id: dict[str, ContactPerson] = {}
    main: dict[str, list[ContactPerson]] = {}
    for person in contacts:
        by_id[person.id] = person
        if not person.service:
            main.setdefault(person.administration, []).append(person)
    return People(by_id=by_id, main=main)


def main_contact(
    administration: str, contacts: Sequence[ContactPerson], on: date
) -> ContactPerson | None:
    """The main contact of the administration on that day; a departure is followed.

    Among several the one who started last. None when nobody is active.
    """
    return main_of(people(contacts), administration, on)


def main_of(known: People, administration: str, on: date) -> ContactPerson | None:
    """The main contact of the administration on that day; a departure is followed."""
    main = known.main.get(administration, ())
    active = [person for person in main if is_active(person, on)]
    if active:
        return max(active, key=lambda each: (str(each.active_from or ""), each.id))
    for person in sorted(
        main, key=lambda each: (str(each.active_until or ""), each.id), reverse=True
    ):
        if found := _successor(person, known.by_id, on):
            return found
    return None


def followed(known: People, contact: str, on: date) -> ContactPerson | None:
    """The person with that id if active on that day, else who took over from them."""
    person = known.by_id.get(contact)
    if person is None or is_active(person, on):
        return person
    return _successor(person, known.by_id, on)


def _successor(
    person: ContactPerson, by_id: Mapping[str, ContactPerson], on: date
) -> ContactPerson | None:
    seen = {person.id}
    while person.successor in by_id and person.successor not in seen:
        person = by_id[person.successor]
        if is_active(person, on):
            return person
        seen.add(person.id)
    return None


def is_active(person: ContactPerson, on: date) -> bool:
    """Whether the person acts on that day, its first and its last included."""
    started = person.active_from is None or person.active_from <= on
    return started and (person.active_until is None or on <= person.active_until)
