"""Figures side by side in one run: ratios against the peer or the limit; never part of the tests."""
