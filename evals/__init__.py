"""Typed cases, scorers and the runner over the production object.

Its own issue; nothing here pretends to score yet.
"""
