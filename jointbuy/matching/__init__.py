"""Who could buy together, or join a centre's framework agreement, and why."""

from jointbuy.matching.inputs import Inputs
from jointbuy.matching.lines import LinesMatched, match_lines
from jointbuy.matching.propose import Matching, propose

__all__ = ["Inputs", "LinesMatched", "Matching", "match_lines", "propose"]
