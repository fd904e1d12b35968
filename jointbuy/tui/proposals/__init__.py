"""The proposals: who could buy together, why, and what came of it."""
