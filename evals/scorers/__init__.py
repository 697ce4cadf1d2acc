"""Scorers: pure functions from what production made of a case to a score. Each has its good and bad examples in tests."""
