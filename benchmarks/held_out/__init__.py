"""Held-out data of the privacy figures: written apart from the rules, and read by benchmarks alone.

Nobody who works on recognisers, word lists or what is held back reads these texts; they get figures.
"""
