"""What the law says: dated parameters, questions, rules, procedures and competence."""

from jointbuy.law.parameters import (
    Parameter,
    Term,
    Value,
    parameter,
    parameters,
    stale,
    term,
)
from jointbuy.law.tables import Source, source_titles, sources

__all__ = [
    "Parameter",
    "Source",
    "Term",
    "Value",
    "parameter",
    "parameters",
    "source_titles",
    "sources",
    "stale",
    "term",
]
