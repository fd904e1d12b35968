"""What the law says: dated parameters, questions, rules, procedures and competence."""

from jointbuy.law.check import check, headline, open_questions, rules, worst
from jointbuy.law.comparison import Comparison, Part, compare, joint_estimate
from jointbuy.law.competence import (
    Deciding,
    Supervision,
    convocation,
    deciding_body,
    supervision,
)
from jointbuy.law.derivation import derive, facts_for
from jointbuy.law.duties import Duty, award_remarks, duties
from jointbuy.law.estimation import Counted, Estimate
from jointbuy.law.facts import Derived, Facts, Seen, Unanswered
from jointbuy.law.ladder import Room, Step, room, tipping
from jointbuy.law.lots import Division, Lot, lots
from jointbuy.law.parameters import (
    NO_OWN,
    OwnValues,
    Parameter,
    Term,
    Value,
    own_values,
    parameter,
    parameters,
    stale,
    term,
)
from jointbuy.law.procedures import (
    AUTHORITIES,
    NATURES,
    PROCEDURES,
    Procedure,
    Procedures,
    eu_threshold,
    maybe_social,
    procedure_title,
    procedures,
)
from jointbuy.law.questions import (
    Question,
    doubts,
    evidence,
    parse_answers,
    question,
    questions,
)
from jointbuy.law.splitting import Apart, estimated_apart
from jointbuy.law.tables import Source, source_titles, sources

__all__ = [
    "AUTHORITIES",
    "NATURES",
    "NO_OWN",
    "PROCEDURES",
    "Apart",
    "Comparison",
    "Counted",
    "Deciding",
    "Derived",
    "Division",
    "Duty",
    "Estimate",
    "Facts",
    "Lot",
    "OwnValues",
    "Parameter",
    "Part",
    "Procedure",
    "Procedures",
    "Question",
    "Room",
    "Seen",
    "Source",
    "Step",
    "Supervision",
    "Term",
    "Unanswered",
    "Value",
    "award_remarks",
    "check",
    "compare",
    "convocation",
    "deciding_body",
    "derive",
    "doubts",
    "duties",
    "estimated_apart",
    "eu_threshold",
    "evidence",
    "facts_for",
    "headline",
    "joint_estimate",
    "lots",
    "maybe_social",
    "open_questions",
    "own_values",
    "parameter",
    "parameters",
    "parse_answers",
    "procedure_title",
    "procedures",
    "question",
    "questions",
    "room",
    "rules",
    "source_titles",
    "sources",
    "stale",
    "supervision",
    "term",
    "tipping",
    "worst",
]
