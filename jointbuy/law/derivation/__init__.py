"""What the register already answers, so that nobody is asked what is known."""

from jointbuy.law.derivation.derive import derive, facts_for

__all__ = ["derive", "facts_for"]
