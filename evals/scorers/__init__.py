"""Scorers: pure functions from what production made of a case to a score; each has good and bad examples in tests."""
