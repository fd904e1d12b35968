"""The settings: administrations, contact persons, and what the user prefers."""
