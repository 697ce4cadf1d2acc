"""Benchmarks: run by hand, print their figures, never timed tests."""
