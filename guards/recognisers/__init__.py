"""One recogniser a file; each has its table of cases in ``tests/guards/recognisers``."""
