"""The deadlines: what must be done when, and by whom."""
