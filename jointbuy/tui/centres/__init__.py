"""The purchasing centres: what they offer, by when to answer, and who joined."""
