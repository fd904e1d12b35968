"""What the law says: dated parameters, questions, rules, procedures and competence."""

from jointbuy.law.check import check, headline, open_questions, rules, worst
from jointbuy.law.facts import Derived, Facts, Unanswered
from jointbuy.law.parameters import (
    Parameter,
    Term,
    Value,
    parameter,
    parameters,
    stale,
    term,
)
from jointbuy.law.questions import (
    LANDED,
    Question,
    evidence,
    parse_answers,
    question,
    questions,
)
from jointbuy.law.tables import Source, source_titles, sources

__all__ = [
    "LANDED",
    "Derived",
    "Facts",
    "Parameter",
    "Question",
    "Source",
    "Term",
    "Unanswered",
    "Value",
    "check",
    "evidence",
    "headline",
    "open_questions",
    "parameter",
    "parameters",
    "parse_answers",
    "question",
    "questions",
    "rules",
    "source_titles",
    "sources",
    "stale",
    "term",
    "worst",
]
