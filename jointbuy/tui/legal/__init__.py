"""The legal check: one question at a time, and what the law of the day says."""
