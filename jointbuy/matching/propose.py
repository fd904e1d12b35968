"""From open needs to proposals: together, through a centre, or each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.matching.adhesion import adhesions
from jointbuy.matching.groups import gather
from jointbuy.matching.joining import joining
from jointbuy.matching.places import Places
from jointbuy.matching.rows import open_rows
from jointbuy.matching.separate import Alone, too_small

if TYPE_CHECKING:
    from jointbuy.matching.inputs import Inputs
    from jointbuy.model import Candidate


SERVED = ("", "centre_priced")
"""A need in no group for one of these reasons needs no advice beside a framework."""


def propose(inputs: Inputs) -> tuple[Candidate, ...]:
    """Every proposal for the open needs, best first; each need is in at least one.

    Only open needs take part: a draft never does. The order of the input does not
    matter, and the same input gives the same ids and scores.
    """
    rows = open_rows(inputs)
    places = Places(inputs.administrations, (row.need.administration for row in rows))
    groups = gather(rows, places, inputs.max_framework_months)
    found: list[Candidate] = []
    grouped: set[str] = set()
    for group in groups:
        candidate = joining(group, places, inputs.on)
        found += [candidate, *too_small(candidate, group, places, inputs.on)]
        grouped.update(candidate.needs)
    joined = adhesions(rows, places, inputs)
    found += joined
    served = {need for one in joined if one.score > 0 for need in one.needs}
    alone = Alone(rows, groups, places, inputs.on)
    found += [
        alone.separate(row)
        for row in rows
        if row.need.id not in grouped
        and (row.need.id not in served or row.ground not in SERVED)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.id)))
