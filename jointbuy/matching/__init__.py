"""Who could buy together, or join a centre's framework agreement, and why."""

from jointbuy.matching.inputs import Inputs
from jointbuy.matching.lines import LinesMatched, match_lines
from jointbuy.matching.propose import propose

__all__ = ["Inputs", "LinesMatched", "match_lines", "propose"]
