"""Engines: one protocol of narrow tasks, three ways to serve it (rules, local, endpoint)."""
