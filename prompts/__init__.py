"""Versioned prompt files and their strict rendering. A released version never changes."""
