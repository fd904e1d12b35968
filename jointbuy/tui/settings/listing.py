"""The administrations and contact persons of the register, as lists with pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import Arg, say, word
from jointbuy.model import (
    Administration,
    AdministrationKind,
    BodyKind,
    ContactPerson,
    NeedStatus,
    Region,
)
from jointbuy.tui.listing import Column, Facet, Listing
from jointbuy.tui.prose import blank, bullet, fact, head, heading, paragraph
from jointbuy.workspace.words import ADMINISTRATION_KINDS, REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from enum import Enum

    from jointbuy.errors import Message
    from jointbuy.model import CompetentBody
    from jointbuy.tui.prose import Paragraph
    from jointbuy.tui.speech import Speech
    from jointbuy.workspace import Workspace

BODIES = {
    BodyKind.COUNCIL: word("council"),
    BodyKind.EXECUTIVE: word("executive"),
}

PRESENCES: dict[str, Message] = {
    "active": say("active"),
    "leaves": say("leaves"),
    "to_come": say("to come"),
    "gone": say("gone"),
}

TO_COMPLETE = say("to complete")
MOST_SESSIONS = 6
"""Sessions to come that a page names of one body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """An administration and what the register knows around it."""

    administration: Administration
    home: bool = False
    contacts: tuple[ContactPerson, ...] = ()
    needs: int = 0
    others: Mapping[str, Administration]
    on: date

    @property
    def id(self) -> str:
        """The id of the administration."""
        return self.administration.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact person and what the register knows around it."""

    contact: ContactPerson
    administration: Administration | None = None
    successor: ContactPerson | None = None
    needs: int = 0
    on: date

    @property
    def id(self) -> str:
        """The id of the contact person."""
        return self.contact.id

    @property
    def presence(self) -> str:
        """Whether the person is there on the day: a key of `PRESENCES`."""
        first, last = self.contact.active_from, self.contact.active_until
        if first is not None and first > self.on:
            return "to_come"
        if last is None:
            return "active"
        return "leaves" if last >= self.on else "gone"


def _followed_up(workspace: Workspace) -> tuple[dict[str, int], dict[str, int]]:
    """How many open needs each administration has, and each contact person."""
    owners: dict[str, int] = {}
    people: dict[str, int] = {}
    for need in workspace.needs().values():
        if need.status in {NeedStatus.DRAFT, NeedStatus.OPEN}:
            owners[need.administration] = owners.get(need.administration, 0) + 1
            people[need.contact] = people.get(need.contact, 0) + 1
    return owners, people


def read_administrations(workspace: Workspace) -> Listing[Buyer]:
    """Every administration of the register, whose it is first."""
    known, home, on = workspace.administrations(), workspace.register.home, workspace.on
    owners, _ = _followed_up(workspace)
    contacts: dict[str, list[ContactPerson]] = {}
    for person in workspace.contacts().values():
        contacts.setdefault(person.administration, []).append(person)
    rows = [
        Buyer(
            administration=admin,
            home=admin.id == home,
            contacts=tuple(contacts.get(admin.id, ())),
            needs=owners.get(admin.id, 0),
            others=known,
            on=on,
        )
        for admin in known.values()
    ]
    rows.sort(key=lambda row: not row.home)
    return administrations_listing(tuple(rows))


def administrations_listing(rows: tuple[Buyer, ...]) -> Listing[Buyer]:
    """These administrations as a list."""
    return Listing(
        rows=rows,
        columns=(
            Column(
                id="name", heading=say("Name"), text=_marked_name, width=22, grow=3,
            ),
            Column(
                id="kind", heading=say("Kind"), text=_kind, width=30, rank=1,
                tone=lambda row: "" if row.administration.kind else "warning",
            ),
            Column(
                id="needs", heading=say("Needs"), right=True, width=6, rank=2,
                text=lambda row, speech: speech.number(row.needs or None),
                key=lambda row: row.needs or None,
            ),
            Column(
                id="region", heading=say("Region"), text=_region, width=14, rank=3,
                grow=1,
                tone=lambda row: "" if row.administration.region else "warning",
            ),
            Column(
                id="languages", heading=say("Languages"), width=8, rank=4,
                text=lambda row, _: " ".join(row.administration.languages),
            ),
            Column(
                id="contact", heading=say("Contact person"), width=18, rank=5, grow=1,
                text=lambda row, _: _main_name(row),
            ),
        ),
        also=lambda row: (
            row.id,
            *row.administration.names.as_dict().values(),
            row.administration.enterprise_number,
            row.administration.postcode,
        ),
        facets=(
            Facet(
                id="kind", heading=say("Kind"),
                value=lambda row: (
                    row.administration.kind.name if row.administration.kind else ""
                ),
                label=lambda value, speech: _choice(
                    AdministrationKind[value] if value else None,
                    ADMINISTRATION_KINDS, speech,
                ),
            ),
            Facet(
                id="region", heading=say("Region"),
                value=lambda row: (
                    row.administration.region.name if row.administration.region else ""
                ),
                label=lambda value, speech: _choice(
                    Region[value] if value else None, REGIONS, speech
                ),
            ),
        ),
        page=_administration_page,
        empty=say("There is no administration yet: n adds the first."),
    )  # fmt: skip


def _marked_name(row: Buyer, speech: Speech) -> str:
    sign = "◆ " if row.home else ""
    return sign + row.administration.name(speech.language)


def _choice(value: Enum | None, words: Mapping[Enum, Arg], speech: Speech) -> str:
    return speech.say(words[value] if value is not None else TO_COMPLETE)


def _kind(row: Buyer, speech: Speech) -> str:
    return _choice(row.administration.kind, ADMINISTRATION_KINDS, speech)


def _region(row: Buyer, speech: Speech) -> str:
    return _choice(row.administration.region, REGIONS, speech)


def _there(contact: ContactPerson, on: date) -> bool:
    """Whether somebody is a contact person on that day."""
    first, last = contact.active_from, contact.active_until
    return (first is None or first <= on) and (last is None or last >= on)


def _main_name(row: Buyer) -> str:
    """Who speaks for the whole administration on the day."""
    names = (
        person.name
        for person in row.contacts
        if not person.service and _there(person, row.on)
    )
    return next(names, "")


def _administration_page(row: Buyer, speech: Speech) -> Iterator[Paragraph]:
    admin = row.administration
    yield head(admin.name(speech.language))
    if row.home:
        ours = say("This register is that of this administration.")
        yield bullet(speech.say(ours), sign="◆", style="$text-accent")
    if admin.to_complete:
        missing = say(
            "Its kind or its region is not known yet: complete it (e), so that "
            "jointbuy can judge with whom it may buy."
        )
        yield bullet(speech.say(missing), sign="!", style="$text-warning")
    yield blank()
    yield from _facts(
        (
            (say("Kind"), _kind(row, speech)),
            (say("Region"), _region(row, speech)),
            (say("Languages"), " ".join(admin.languages)),
            (say("Needs"), speech.number(row.needs or None)),
            (say("Address"), ", ".join(filter(None, (admin.address, admin.postcode)))),
            (say("NUTS code"), admin.territory),
            (say("Number of inhabitants"), speech.number(admin.population)),
            (say("Enterprise number"), admin.enterprise_number),
            (say("Neighbouring administrations"),
             _named(admin.neighbours, row, speech)),
            (say("Administrations it belongs to"),
             _named(admin.belongs_to, row, speech)),
            (say("Note"), admin.note),
            (say("Id"), admin.id),
        ),
        speech,
    )  # fmt: skip
    if row.contacts:
        yield blank()
        yield heading(speech.say(say("Contact persons")))
        for person in row.contacts:
            yield _person(person, row.on)
    for body in admin.bodies:
        yield blank()
        yield from _body(body, row.on, speech)
    if len(admin.names.as_dict()) > 1:
        yield blank()
        yield heading(speech.say(say("Names")))
        for code, name in admin.names.as_dict().items():
            yield fact(code.upper(), name)


def _facts(known: Iterable[tuple[Message, str]], speech: Speech) -> Iterator[Paragraph]:
    for label, value in known:
        if value:
            yield fact(speech.say(label), value)


def _named(ids: Iterable[str], row: Buyer, speech: Speech) -> str:
    names = (
        row.others[id_].name(speech.language) if id_ in row.others else id_
        for id_ in ids
    )
    return ", ".join(names)


def _person(person: ContactPerson, on: date) -> Paragraph:
    parts = (person.name, person.service or person.function, person.phone, person.email)
    style = "" if _there(person, on) else "$text-muted"
    return bullet(", ".join(part for part in parts if part), style=style)


def _body(body: CompetentBody, on: date, speech: Speech) -> Iterator[Paragraph]:
    name = body.names.get(speech.language) or speech.say(BODIES[body.kind])
    yield heading(name)
    coming = [day for day in sorted(body.sessions) if day >= on]
    days = ", ".join(speech.day(day) for day in coming[:MOST_SESSIONS])
    if len(coming) > MOST_SESSIONS:
        days += " …"
    none = speech.say(say("no day known after {day}", day=on))
    yield from _facts(
        (
            (say("Next sessions"), days or none),
            (say("Days between summons and session"),
             speech.number(body.convocation_days)),
            (say("Days a file is due before the summons"),
             speech.number(body.filing_days)),
        ),
        speech,
    )  # fmt: skip


# Contact persons.


def read_contacts(workspace: Workspace) -> Listing[Person]:
    """Every contact person, those who are gone too."""
    known, contacts = workspace.administrations(), workspace.contacts()
    _, people = _followed_up(workspace)
    rows = tuple(
        Person(
            contact=contact,
            administration=known.get(contact.administration),
            successor=contacts.get(contact.successor),
            needs=people.get(contact.id, 0),
            on=workspace.on,
        )
        for contact in contacts.values()
    )
    return contacts_listing(rows)


def contacts_listing(rows: tuple[Person, ...]) -> Listing[Person]:
    """These contact persons as a list."""
    names = {row.contact.administration: row for row in rows}
    return Listing(
        rows=rows,
        columns=(
            Column(
                id="name", heading=say("Name"), width=20, grow=2,
                text=lambda row, _: row.contact.name,
            ),
            Column(
                id="administration", heading=say("Administration"), text=_whose,
                width=18, grow=2, rank=1,
            ),
            Column(
                id="service", heading=say("Service"), text=_role, width=16, grow=1,
                rank=2,
            ),
            Column(
                id="needs", heading=say("Needs"), right=True, width=6, rank=4,
                text=lambda row, speech: speech.number(row.needs or None),
                key=lambda row: row.needs or None,
            ),
            Column(
                id="state", heading=say("State"), width=10, rank=3,
                text=lambda row, speech: speech.say(PRESENCES[row.presence]),
                tone=lambda row: {"leaves": "warning", "gone": "muted"}.get(
                    row.presence, ""
                ),
            ),
            Column(
                id="email", heading=say("E-mail address"), width=24, grow=1, rank=6,
                text=lambda row, _: row.contact.email,
            ),
            Column(
                id="until", heading=say("Until"), width=10, rank=5,
                text=lambda row, speech: speech.day(row.contact.active_until),
                key=lambda row: row.contact.active_until,
            ),
        ),
        also=lambda row: (row.id, row.contact.function, row.contact.phone),
        facets=(
            Facet(
                id="administration", heading=say("Administration"),
                value=lambda row: row.contact.administration,
                label=lambda value, speech: _whose(names[value], speech)
                if value in names else value,
            ),
            Facet(
                id="state", heading=say("State"),
                value=lambda row: row.presence,
                label=lambda value, speech: speech.say(PRESENCES[value]),
            ),
        ),
        page=_contact_page,
        empty=say("There is no contact person yet: n adds the first."),
    )  # fmt: skip


def _whose(row: Person, speech: Speech) -> str:
    admin = row.administration
    return admin.name(speech.language) if admin else row.contact.administration


def _role(row: Person, speech: Speech) -> str:
    return row.contact.service or speech.say(say("main contact"))


def _contact_page(row: Person, speech: Speech) -> Iterator[Paragraph]:
    contact = row.contact
    yield head(contact.name)
    yield paragraph(f"{_whose(row, speech)} – {_role(row, speech)}", "$text-muted")
    if row.presence == "gone" and row.needs:
        left = say(
            "Gone since {day}, but needs still name this person: {n}. Give them to "
            "somebody else (r).",
            day=contact.active_until or row.on,
            n=row.needs,
        )
        yield bullet(speech.say(left), sign="!", style="$text-warning")
    yield blank()
    yield from _facts(
        (
            (say("Telephone"), contact.phone),
            (say("E-mail address"), contact.email),
            (say("Function"), contact.function),
            (say("State"), speech.say(PRESENCES[row.presence])),
            (say("Needs"), speech.number(row.needs or None)),
            (say("Language"), contact.language),
            (say("First day as contact"), speech.day(contact.active_from)),
            (say("Last day as contact"), speech.day(contact.active_until)),
            (say("Contact person who takes over"),
             row.successor.name if row.successor else contact.successor),
            (say("Id"), contact.id),
        ),
        speech,
    )  # fmt: skip
