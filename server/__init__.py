"""The HTTP service (its own issue; nothing here listens yet)."""
