"""Is it worth it: the gain in three cases, the verdict, and who gains what."""

from jointbuy.appraisal.appraise import Case, appraise, share_out, volumes_of
from jointbuy.appraisal.assumptions import (
    CONFIDENCES,
    Assumption,
    Assumptions,
    assumptions,
)
from jointbuy.appraisal.outcome import Appraisal, Gain, Input, Line, Verdict, Volume
from jointbuy.appraisal.ranges import Range
from jointbuy.appraisal.sharing import KEYS, Part, Sharing

__all__ = [
    "CONFIDENCES",
    "KEYS",
    "Appraisal",
    "Assumption",
    "Assumptions",
    "Case",
    "Gain",
    "Input",
    "Line",
    "Part",
    "Range",
    "Sharing",
    "Verdict",
    "Volume",
    "appraise",
    "assumptions",
    "share_out",
    "volumes_of",
]
