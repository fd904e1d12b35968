"""What asks something over a section: a choice, a text, a reason."""
