"""All the chapters of the work together."""

from __future__ import annotations

from jointbuy.workspace.forms import Forms
from jointbuy.workspace.inquiry import Inquiries
from jointbuy.workspace.papers import Papers
from jointbuy.workspace.succession import Succession


class Workspace(Forms, Succession, Papers, Inquiries):
    """A register and what a procurement officer does with it."""
