"""mtcheck."""
