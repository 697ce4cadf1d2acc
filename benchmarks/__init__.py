"""Benchmarks, run by hand or by ``coach bench``; never timed in tests."""
