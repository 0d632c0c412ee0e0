"""Pages about signing and about what was signed."""
