"""Word lists of the guards, as data."""
