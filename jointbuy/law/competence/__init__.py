"""Who decides, who supervises, and what goes before and after, by region and body."""

from jointbuy.law.competence.acts import Act, acts, stages_of
from jointbuy.law.competence.bodies import (
    Deciding,
    Deputy,
    How,
    Instead,
    Purchase,
    article,
    deciding_body,
    deputy,
    organ,
)
from jointbuy.law.competence.formalities import Formality, FormalityKind, merged
from jointbuy.law.competence.judging import Amounts, Due
from jointbuy.law.competence.oversight import (
    HEADINGS,
    Sending,
    Supervision,
    convocation,
    sending,
    supervision,
)

__all__ = [
    "HEADINGS",
    "Act",
    "Amounts",
    "Deciding",
    "Deputy",
    "Due",
    "Formality",
    "FormalityKind",
    "How",
    "Instead",
    "Purchase",
    "Sending",
    "Supervision",
    "acts",
    "article",
    "convocation",
    "deciding_body",
    "deputy",
    "merged",
    "organ",
    "sending",
    "stages_of",
    "supervision",
]
