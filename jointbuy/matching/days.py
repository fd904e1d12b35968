"""Days as whole numbers, so that windows can be compared in bulk."""

from __future__ import annotations

from datetime import date

FIRST = date.min.toordinal()
NEVER = date.max.toordinal()
"""The end of a window without an end."""
