"""Drafts other than the session prep, on the same snapshot and under the same check: a file per kind of paper."""
