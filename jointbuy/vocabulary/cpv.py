"""The tree of the common procurement vocabulary, read from the codes themselves."""

from __future__ import annotations

DIGITS = 8
DIVISION, GROUP, CLASS, CATEGORY = 2, 3, 4, 5


def bare(code: str) -> str:
    """The eight digits of a code written with or without its check digit, or ""."""
    head = code.strip().split("-", 1)[0].strip()
    return head if len(head) == DIGITS and head.isascii() and head.isdigit() else ""


def significant(code: str) -> str:
    """The leading digits that say something; never fewer than the two of a division."""
    return code.rstrip("0").ljust(DIVISION, "0")


def depth(code: str) -> int:
    """How many digits say something: 2 is a division, 8 the finest leaf."""
    return len(significant(code))


def ancestor(code: str, level: int) -> str:
    """The code as it stands at that many digits: 2 division, 3 group, 4 class."""
    return code[:level].ljust(DIGITS, "0")


def ancestors(code: str) -> tuple[str, ...]:
    """Every code above this one, nearest first, the division last."""
    found: list[str] = []
    for level in range(depth(code) - 1, DIVISION - 1, -1):
        above = ancestor(code, level)
        if above != code and above not in found:
            found.append(above)
    return tuple(found)


def shared(one: str, other: str) -> int:
    """How many leading significant digits two codes share; 0 in two divisions."""
    left, right = significant(one), significant(other)
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count if count >= DIVISION else 0


def distance(one: str, other: str) -> int:
    """Steps up and down the tree between two codes; 0 only for the same code."""
    return depth(one) + depth(other) - 2 * shared(one, other)


def within(code: str, above: str) -> bool:
    """Whether a code is that code or lies under it."""
    return code.startswith(significant(above))


def compatibility(declared: str, proposed: str) -> float:
    """How well a proposed code suits the declared one, from 0.35 to 1.

    A code under or above the declared one suits fully: a coarse declaration leaves the
    choice to the text, a fine one is merely finer than our category.
    """
    if not declared or within(proposed, declared) or within(declared, proposed):
        return 1.0
    steps = {0: 0.35, DIVISION: 0.65, GROUP: 0.8, CLASS: 0.9}
    return steps.get(min(shared(declared, proposed), CATEGORY), 0.95)
