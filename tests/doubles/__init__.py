"""Peer implementations of the product's protocols, for tests that must be quick and closed."""
