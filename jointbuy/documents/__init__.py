"""The papers of a dossier: acts, conventions, letters, tables and calendars."""
