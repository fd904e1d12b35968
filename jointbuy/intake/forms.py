"""What a form asks of each kind of record, for the terminal and for the commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.intake.call import Call
from jointbuy.intake.fields import Field, Sort
from jointbuy.model import (
    ActionPoint,
    Adhesion,
    AdhesionStatus,
    Administration,
    AdministrationKind,
    BudgetKind,
    CallOff,
    Channel,
    ContactPerson,
    Contract,
    FrameworkAgreement,
    Interest,
    Nature,
    Need,
    NeedsRound,
    Order,
    OwnValue,
    Programme,
    PurchasingCentre,
    Region,
    Reminder,
    UseDecision,
)

if TYPE_CHECKING:
    from jointbuy.errors import Message


def _names(name: str, *labels: Message, before: str = "") -> tuple[Field, ...]:
    """One cell per language, in the order fr, nl, de, en."""
    return tuple(
        Field(
            cell=before + language, name=name, part=language, sort=Sort.LOCAL,
            label=label,
        )
        for language, label in zip(("fr", "nl", "de", "en"), labels, strict=True)
    )  # fmt: skip


def _administration(*, required: bool = True) -> Field:
    return Field(
        cell="administration",
        sort=Sort.ID,
        kinds=(Administration,),
        required=required,
        label=say("Administration"),
    )


def _centre() -> Field:
    return Field(
        cell="centre",
        sort=Sort.ID,
        kinds=(PurchasingCentre,),
        required=True,
        label=say("Purchasing centre"),
    )


def _calendar(cell: str, part: str, *labels: Message) -> tuple[Field, ...]:
    """What is known of the sessions of a body besides the days that are fixed."""
    hints = {
        "rhythm": say(
            "Such as “3rd Thursday, not in July, August”, “1st and 3rd Monday” or "
            "“every Tuesday”; in any of the four languages."
        ),
        "summons": say("Empty: the term of the law."),
        "filing": say("Empty: the usual practice."),
    }
    sorts = (Sort.RHYTHM, Sort.CANCELLED, Sort.SUMMONS, Sort.FILING)
    return tuple(
        Field(
            cell=f"{cell}_{sort.name.lower()}", name="bodies", part=part, sort=sort,
            label=label, hint=hints.get(sort.name.lower()),
        )
        for sort, label in zip(sorts, labels, strict=True)
    )  # fmt: skip


def _kinds(label: Message) -> Field:
    return Field(
        cell="kinds", sort=Sort.CHOICES, choices=AdministrationKind, label=label
    )


def _regions(label: Message) -> Field:
    return Field(cell="regions", sort=Sort.CHOICES, choices=Region, label=label)


NAMES = (
    say("Name in French"),
    say("Name in Dutch"),
    say("Name in German"),
    say("Name in English"),
)
TITLES = (
    say("Title in French"),
    say("Title in Dutch"),
    say("Title in German"),
    say("Title in English"),
)
NOTE = Field(cell="note", sort=Sort.LINES, label=say("Note"))

FORMS: dict[type, tuple[Field, ...]] = {
    Administration: (
        *_names("names", *NAMES),
        Field(cell="kind", sort=Sort.CHOICE, choices=AdministrationKind,
              label=say("Kind of administration")),
        Field(cell="region", sort=Sort.CHOICE, choices=Region,
              label=say("Region whose rules it follows")),
        Field(cell="territory", sort=Sort.TERRITORY,
              label=say("NUTS code of its territory, such as BE100")),
        Field(cell="address", sort=Sort.TEXT,
              label=say("Address of its seat, without postcode")),
        Field(cell="postcode", sort=Sort.TEXT, label=say("Postcode")),
        Field(cell="population", sort=Sort.COUNT, label=say("Number of inhabitants")),
        Field(cell="languages", sort=Sort.LANGUAGES,
              label=say("Languages of its acts, such as fr, nl")),
        Field(cell="enterprise_number", sort=Sort.ENTERPRISE,
              label=say("Enterprise number")),
        Field(cell="neighbours", sort=Sort.IDS, kinds=(Administration,),
              label=say("Neighbouring administrations")),
        Field(cell="belongs_to", sort=Sort.IDS, kinds=(Administration,),
              label=say("Administrations it belongs to")),
        Field(cell="council", name="bodies", part="COUNCIL", sort=Sort.SESSIONS,
              label=say("Days on which its council meets, such as 21/1/2027, "
                        "18/2/2027")),
        *_calendar(
            "council",
            "COUNCIL",
            say("Usual rhythm of its council, where no day is fixed"),
            say("Cancelled sessions of its council"),
            say("Clear days between the summons of its council and the session"),
            say("Days a file must be ready before the summons of its council"),
        ),
        Field(cell="executive", name="bodies", part="EXECUTIVE", sort=Sort.SESSIONS,
              label=say("Days on which its executive meets, likewise")),
        *_calendar(
            "executive",
            "EXECUTIVE",
            say("Usual rhythm of its executive, where no day is fixed"),
            say("Cancelled sessions of its executive"),
            say("Clear days between the summons of its executive and the session"),
            say("Days a file must be ready before the summons of its executive"),
        ),
        Field(cell="closed", sort=Sort.PERIODS,
              label=say("Days on which it is closed, such as 26/12/2027, 1/7/2027 .. "
                        "15/7/2027")),
        NOTE,
    ),
    ContactPerson: (
        _administration(),
        Field(cell="name", sort=Sort.TEXT, required=True, label=say("Name")),
        Field(cell="function", sort=Sort.TEXT, label=say("Function")),
        Field(cell="service", sort=Sort.TEXT,
              label=say("Service; empty for the main contact of the administration")),
        Field(cell="email", sort=Sort.EMAIL, label=say("E-mail address")),
        Field(cell="phone", sort=Sort.TEXT, label=say("Telephone")),
        Field(cell="language", sort=Sort.LANGUAGE,
              label=say("Language: fr, nl, de or en")),
        Field(cell="active_from", sort=Sort.DAY, label=say("First day as contact")),
        Field(cell="active_until", sort=Sort.DAY, last=True,
              label=say("Last day as contact")),
        Field(cell="successor", sort=Sort.ID, kinds=(ContactPerson,),
              label=say("Contact person who takes over")),
    ),
    Contract: (
        _administration(),
        Field(cell="title", sort=Sort.TEXT, required=True, label=say("Object")),
        Field(cell="supplier", sort=Sort.TEXT, label=say("Supplier")),
        Field(cell="cpv", sort=Sort.CPV, label=say("CPV code")),
        Field(cell="start", sort=Sort.DAY, label=say("First day of the contract")),
        Field(cell="end", sort=Sort.DAY, last=True,
              label=say("Last day of the contract")),
        Field(cell="notice", sort=Sort.NOTICE,
              label=say("Last day to give notice or refuse the renewal"),
              hint=say("A day, or the term before the end, such as 3 months.")),
        Field(cell="renewals_left", sort=Sort.COUNT,
              label=say("Number of renewals left")),
        Field(cell="renewal_months", sort=Sort.MONTHS,
              label=say("Duration of a renewal in months")),
        Field(cell="yearly_value", sort=Sort.YEARLY,
              label=say("Value per year, euro excluding VAT")),
        Field(cell="exclusive", sort=Sort.YES_NO,
              label=say("Is buying the object elsewhere excluded meanwhile?")),
        Field(cell="joint", sort=Sort.YES_NO,
              label=say("Is it a joint contract with other administrations?")),
        Field(cell="successor", sort=Sort.ID, kinds=(Contract, Need),
              label=say("Contract or need that takes over")),
        Field(cell="reference", sort=Sort.TEXT,
              label=say("Reference of the contract")),
        Field(cell="framework", sort=Sort.ID, kinds=(FrameworkAgreement,),
              label=say("Framework agreement it was concluded under")),
        Field(cell="need", sort=Sort.ID, kinds=(Need,),
              label=say("Need it was concluded for")),
        NOTE,
    ),
    PurchasingCentre: (
        *_names("names", *NAMES),
        Field(cell="aliases", sort=Sort.ALIASES,
              label=say("Other names, separated by semicolons: Name @ 1/1/2011 .. "
                        "31/12/2020")),
        Field(cell="enterprise_number", sort=Sort.ENTERPRISE,
              label=say("Enterprise number")),
        _regions(say("Regions it serves")),
        _kinds(say("Kinds of administration it serves")),
        Field(cell="conditions", sort=Sort.CONDITIONS,
              label=say("Who is admitted: regions of the seat; kinds; first day; last "
                        "day"),
              hint=say("One condition a line, such as Brussels; ; 20/11/2026.")),
        Field(cell="territory", sort=Sort.TERRITORIES,
              label=say("NUTS codes, where it serves a part of a region only"),
              hint=say("Separated by commas, such as BE32, BE35.")),
        Field(cell="cpv", sort=Sort.CPVS,
              label=say("CPV codes of what it buys, separated by commas")),
        *_names(
            "joining",
            say("How to join it, in French"),
            say("How to join it, in Dutch"),
            say("How to join it, in German"),
            say("How to join it, in English"),
            before="joining_",
        ),
        Field(cell="contracting_authority", sort=Sort.YES_NO,
              label=say("Is it itself a contracting authority?")),
        Field(cell="certainty", sort=Sort.LETTER, letters="ABCD",
              label=say("How sure it is, from A (seen in a source) to D (not known)")),
        Field(cell="source", sort=Sort.TEXT, label=say("Source")),
        Field(cell="checked", sort=Sort.DAY,
              label=say("Day on which it was compared with the source")),
        NOTE,
    ),
    FrameworkAgreement: (
        _centre(),
        *_names("title", *TITLES),
        Field(cell="reference", sort=Sort.TEXT,
              label=say("Reference of the centre")),
        Field(cell="cpv", sort=Sort.CPVS,
              label=say("CPV codes, separated by commas")),
        Field(cell="beneficiaries", sort=Sort.IDS, kinds=(Administration,),
              label=say("Administrations named as beneficiaries")),
        _kinds(say("Kinds of administration it is for")),
        _regions(say("Regions it is for")),
        Field(cell="interest_deadline", sort=Sort.DAY,
              label=say("Last day to mark interest")),
        Field(cell="launch", sort=Sort.DAY, label=say("Day of the launch")),
        Field(cell="award", sort=Sort.DAY, label=say("Day of the award")),
        Field(cell="start", sort=Sort.DAY,
              label=say("First day on which it can be ordered from")),
        Field(cell="end", sort=Sort.DAY, last=True,
              label=say("Last day to conclude orders")),
        Field(cell="ceiling", sort=Sort.AMOUNT,
              label=say("Ceiling of the whole, euro excluding VAT")),
        Field(cell="ceiling_each", sort=Sort.AMOUNT,
              label=say("Ceiling per beneficiary, euro excluding VAT")),
        Field(cell="consumed", sort=Sort.AMOUNT,
              label=say("Ordered so far, euro excluding VAT")),
        Field(cell="consumed_on", sort=Sort.DAY,
              label=say("Day until which the centre counted that"),
              hint=say("Orders concluded after it are added to the count.")),
        Field(cell="call_off", sort=Sort.CHOICE, choices=CallOff,
              label=say("How an order is placed")),
        Field(cell="fee", sort=Sort.SHARE,
              label=say("Fee of the centre, per cent of the order")),
        Field(cell="exclusive", sort=Sort.YES_NO,
              label=say("Must those who join buy the object there only?")),
        Field(cell="successor", sort=Sort.ID, kinds=(FrameworkAgreement,),
              label=say("Framework agreement that follows it")),
        Field(cell="source", sort=Sort.TEXT, label=say("Source")),
        Field(cell="seen_on", sort=Sort.DAY,
              label=say("Day on which the source was seen")),
        NOTE,
        Field(cell="lots", sort=Sort.LOTS,
              label=say("Lot: number; title; ceiling; CPV codes, separated by commas; "
                        "ordered so far")),
    ),
    Programme: (
        _centre(),
        *_names("names", *NAMES),
        Field(cell="domains", sort=Sort.DOMAINS,
              label=say("Domain: id; name; adhesions needed; adhesions counted "
                        "elsewhere @ day; to be decided by; cost presented"),
              hint=say("One line for each domain, such as: hr; Personnel; 8; "
                       "3 @ 1/2/2027; 1/6/2027; 12000")),
        Field(cell="source", sort=Sort.TEXT, label=say("Source")),
        Field(cell="seen_on", sort=Sort.DAY,
              label=say("Day on which the source was seen")),
        NOTE,
    ),
    Adhesion: (
        _centre(),
        _administration(),
        Field(cell="programme", sort=Sort.ID, kinds=(Programme,),
              label=say("Programme of the centre; empty for the centre itself")),
        Field(cell="domain", sort=Sort.TEXT,
              label=say("Domain of the programme that is joined; empty for all")),
        Field(cell="status", sort=Sort.CHOICE, choices=AdhesionStatus,
              label=say("Where the adhesion stands")),
        Field(cell="decided_on", sort=Sort.DAY, label=say("Day of the decision")),
        Field(cell="body", sort=Sort.TEXT, label=say("Body that decided")),
        Field(cell="number", sort=Sort.TEXT, label=say("Number of the decision")),
        Field(cell="convention_on", sort=Sort.DAY,
              label=say("Day on which the convention was signed")),
        Field(cell="reservations", sort=Sort.RESERVATIONS,
              label=say("Reservations, separated by semicolons: text @ place in the "
                        "decision")),
        Field(cell="triggers", sort=Sort.TEXTS,
              label=say("Events that reopen it, separated by semicolons")),
        Field(cell="due", sort=Sort.DAY, label=say("To be decided by")),
        Field(cell="budget", sort=Sort.AMOUNT,
              label=say("Cost that the body was shown, euro excluding VAT")),
        Field(cell="cost", sort=Sort.AMOUNT,
              label=say("Cost as it is known now, euro excluding VAT")),
        Field(cell="cost_on", sort=Sort.DAY,
              label=say("Day since which this cost is known")),
        Field(cell="text", sort=Sort.TEXT,
              label=say("Draft that is common to the decisions of several bodies")),
        Field(cell="reopenings", sort=Sort.REOPENINGS,
              label=say("Trigger that occurred: trigger; day; what happened; settled "
                        "on; how")),
        NOTE,
    ),
    UseDecision: (
        Field(cell="framework", sort=Sort.ID, kinds=(FrameworkAgreement,),
              required=True, label=say("Framework agreement")),
        Field(cell="need", sort=Sort.ID, kinds=(Need,), required=True,
              label=say("Need")),
        Field(cell="lot", sort=Sort.TEXT, label=say("Lot")),
        Field(cell="body", sort=Sort.TEXT, label=say("Body that decided")),
        Field(cell="decided_on", sort=Sort.DAY, label=say("Day of the decision")),
        Field(cell="number", sort=Sort.TEXT, label=say("Number of the decision")),
        Field(cell="budget_article", sort=Sort.TEXT, label=say("Budget article")),
        Field(cell="amount", sort=Sort.AMOUNT,
              label=say("Amount, euro excluding VAT")),
        NOTE,
    ),
    Order: (
        Field(cell="framework", sort=Sort.ID, kinds=(FrameworkAgreement,),
              required=True, label=say("Framework agreement")),
        _administration(),
        Field(cell="need", sort=Sort.ID, kinds=(Need,), label=say("Need")),
        Field(cell="lot", sort=Sort.TEXT, label=say("Lot")),
        Field(cell="concluded_on", sort=Sort.DAY,
              label=say("Day on which the order was concluded"),
              hint=say("Empty: it is only planned, and counts towards no ceiling.")),
        Field(cell="amount", sort=Sort.AMOUNT,
              label=say("Amount, euro excluding VAT")),
        Field(cell="quantity", sort=Sort.QUANTITY, label=say("Quantity"),
              hint=say("In the unit of the maximum that was marked, if there is one.")),
        Field(cell="unit", sort=Sort.TEXT, label=say("Unit")),
        Field(cell="supplier", sort=Sort.TEXT, label=say("Supplier")),
        Field(cell="body", sort=Sort.TEXT, label=say("Body that decided")),
        Field(cell="number", sort=Sort.TEXT, label=say("Number of the decision")),
        Field(cell="until", sort=Sort.DAY, last=True,
              label=say("Last day of what was ordered")),
        NOTE,
    ),
    NeedsRound: (
        Field(cell="title", sort=Sort.TEXT, required=True, label=say("Title")),
        Field(cell="year", sort=Sort.COUNT, label=say("Year of the needs")),
        Field(cell="opened_on", sort=Sort.DAY, label=say("Opened on")),
        Field(cell="due", sort=Sort.DAY, last=True,
              label=say("Last day to answer")),
        Field(cell="previous", sort=Sort.ID, kinds=(NeedsRound,),
              label=say("Round it was reopened from")),
        Field(cell="closed_on", sort=Sort.DAY, label=say("Closed on")),
        NOTE,
    ),
    OwnValue: (
        Field(cell="parameter", sort=Sort.TEXT, required=True,
              label=say("Amount, share or term of the law"),
              hint=say("Its name, such as amounts.brussels_transmission.")),
        Field(cell="value", sort=Sort.VALUE, required=True, label=say("Value"),
              hint=say("Euro excluding VAT, per cent, days, months or years, as the "
                       "law counts it.")),
        Field(cell="start", sort=Sort.DAY, required=True, label=say("First day"),
              hint=say("First day on which it counts.")),
        Field(cell="until", sort=Sort.DAY, last=True, label=say("Last day"),
              hint=say("Last day on which it counts; empty while it is open.")),
        Field(cell="source", sort=Sort.TEXT, required=True, label=say("Text"),
              hint=say("The text it was read in: its kind, date and title.")),
        Field(cell="article", sort=Sort.TEXT, label=say("Article"),
              hint=say("Article and paragraph.")),
        Field(cell="checked", sort=Sort.DAY, required=True, label=say("Compared on"),
              hint=say("The day it was compared with the text.")),
        Field(cell="by", sort=Sort.TEXT, label=say("Compared by")),
        NOTE,
    ),
    ActionPoint: (
        Field(cell="title", sort=Sort.TEXT, required=True,
              label=say("What is to be done")),
        _administration(required=False),
        Field(cell="contact", sort=Sort.ID, kinds=(ContactPerson,),
              label=say("Contact person"), hint=say("Who does it: name or id.")),
        Field(cell="due", sort=Sort.DAY, last=True, label=say("To be done by")),
        Field(cell="agreed", sort=Sort.TEXT, label=say("Agreed in"),
              hint=say("Where it was agreed, such as the minutes of a meeting.")),
        Field(cell="about", sort=Sort.TEXT, label=say("About"),
              kinds=(Need, Contract, FrameworkAgreement, Interest, Adhesion, Order,
                     Programme, NeedsRound),
              hint=say("The record it belongs to: name or id.")),
        Field(cell="consequence", sort=Sort.TEXT,
              label=say("What happens when it is not done")),
        Field(cell="done_on", sort=Sort.DAY, label=say("Done on")),
        NOTE,
    ),
    Reminder: (
        Field(cell="about", sort=Sort.TEXT, required=True, label=say("About"),
              hint=say("Id of the deadline or record it was about.")),
        Field(cell="on", sort=Sort.DAY, required=True, label=say("Reminded on")),
        Field(cell="to", sort=Sort.TEXT, required=True, label=say("Who was reminded"),
              hint=say("Id of a contact person, or a name.")),
        Field(cell="channel", sort=Sort.CHOICE, choices=Channel, label=say("How")),
        Field(cell="by", sort=Sort.TEXT, label=say("Reminded by")),
        NOTE,
    ),
    Need: (
        replace(_administration(), hint=say("Whose need it is: name or id.")),
        Field(cell="service", sort=Sort.TEXT, label=say("Department"),
              hint=say("The service that needs it.")),
        Field(cell="contact", sort=Sort.ID, kinds=(ContactPerson,),
              label=say("Contact person"), hint=say("Who follows it up: name or id.")),
        Field(cell="title", sort=Sort.TEXT, required=True, label=say("Subject"),
              hint=say("What is needed, in a few words.")),
        Field(cell="description", sort=Sort.LINES, label=say("Description"),
              hint=say("What exactly.")),
        Field(cell="language", sort=Sort.LANGUAGE, label=say("Language"),
              hint=say("Language of the title: fr, nl, de or en.")),
        Field(cell="nature", sort=Sort.CHOICE, choices=Nature, required=True,
              label=say("Nature"), hint=say("Works, supplies or services.")),
        Field(cell="cpv", sort=Sort.CPV, label=say("CPV code"),
              hint=say("What is bought, as a code of eight figures.")),
        Field(cell="other_cpv", sort=Sort.CPVS, label=say("Other CPV codes"),
              hint=say("CPV codes, separated by commas.")),
        Field(cell="quantity", sort=Sort.QUANTITY, label=say("Quantity"),
              hint=say("How much, for the whole duration.")),
        Field(cell="unit", sort=Sort.TEXT, label=say("Unit"),
              hint=say("Unit of the quantity.")),
        Field(cell="estimate", sort=Sort.AMOUNT, label=say("Estimate excl. VAT"),
              hint=say("Euro excluding VAT, whole duration with options.")),
        Field(cell="estimate_method", sort=Sort.TEXT, label=say("Estimation method"),
              hint=say("How the estimate was made.")),
        Field(cell="earliest", sort=Sort.DAY, label=say("Earliest"),
              hint=say("First day the contract can start.")),
        Field(cell="latest", sort=Sort.DAY, last=True, label=say("Latest"),
              hint=say("Last day the contract must start.")),
        Field(cell="duration_months", sort=Sort.MONTHS, label=say("Duration (months)"),
              hint=say("Duration in months, renewals included.")),
        Field(cell="place", sort=Sort.TEXT, label=say("Place"),
              hint=say("Where it is delivered or carried out.")),
        Field(cell="territory", sort=Sort.TERRITORY, label=say("NUTS code"),
              hint=say("NUTS code of the place.")),
        Field(cell="budget_article", sort=Sort.TEXT, label=say("Budget article")),
        Field(cell="budget_year", sort=Sort.COUNT, label=say("Budget year")),
        Field(cell="budget_kind", sort=Sort.CHOICE, choices=BudgetKind,
              label=say("Ordinary or extraordinary budget")),
        Field(cell="requirements", sort=Sort.TEXTS, label=say("Requirements"),
              hint=say("Hard requirements, separated by semicolons.")),
        Field(cell="personal_data", sort=Sort.YES_NO, label=say("Personal data"),
              hint=say("Are personal data involved? yes or no.")),
        Field(cell="centre_priced", sort=Sort.YES_NO,
              label=say("Already priced through a purchasing centre"),
              hint=say("Already priced through a centre? yes or no.")),
        Field(cell="single_supplier", sort=Sort.YES_NO,
              label=say("Single supplier or regulated price"),
              hint=say("One supplier or regulated price? yes or no.")),
        Field(cell="replaces", sort=Sort.ID, kinds=(Contract,),
              label=say("Contract it replaces")),
        replace(NOTE, hint=say("Anything else.")),
    ),
    Call: (
        replace(_administration(), hint=say("Who is asked: name or id.")),
        replace(_centre(), new=True, hint=say("Who asks; a new name adds the centre.")),
        Field(cell="title", sort=Sort.TEXT, required=True, label=say("Subject"),
              hint=say("What the centre will buy, in a few words.")),
        Field(cell="deadline", sort=Sort.DAY, label=say("Last day to mark interest")),
        Field(cell="launch", sort=Sort.DAY, label=say("Day of the launch")),
        Field(cell="answer", sort=Sort.YES_NO, label=say("Answer"),
              hint=say("Yes or no; leave it empty while it is not decided.")),
        Field(cell="maximum_quantity", sort=Sort.QUANTITY,
              label=say("Maximum quantity"),
              hint=say("The most this administration may order; it makes a yes.")),
        Field(cell="unit", sort=Sort.TEXT, label=say("Unit"),
              hint=say("Unit of the quantity.")),
        Field(cell="maximum_amount", sort=Sort.AMOUNT,
              label=say("Maximum amount, euro excluding VAT"),
              hint=say("The most this administration may order; it makes a yes.")),
        NOTE,
    ),
}  # fmt: skip
"""The fields of each kind of record, in the order in which they are asked."""


def field_of(kind: type, cell: str) -> Field | None:
    """The field that is typed under that name, if there is one."""
    return next((field for field in FORMS[kind] if field.cell == cell), None)
