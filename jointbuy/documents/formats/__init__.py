"""The formats in which a document leaves the register."""
