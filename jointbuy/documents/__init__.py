"""Drafts of the papers: composed as a neutral tree, then written in a format."""

from jointbuy.documents.case import Case, CostKey, Invoicing, OpenQuestion
from jointbuy.documents.compose import (
    ACTS,
    KINDS,
    compose,
    compose_deliberation,
    compose_interest,
    compose_use,
)
from jointbuy.documents.document import Document, Field, fields
from jointbuy.documents.files import write_file
from jointbuy.documents.formats import write

__all__ = [
    "ACTS",
    "KINDS",
    "Case",
    "CostKey",
    "Document",
    "Field",
    "Invoicing",
    "OpenQuestion",
    "compose",
    "compose_deliberation",
    "compose_interest",
    "compose_use",
    "fields",
    "write",
    "write_file",
]
