"""Neighbouring public administrations buy together, lawfully and in time."""

__version__ = "0.1.0"
