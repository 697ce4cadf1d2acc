"""Templates that people copy, and the field names a note may use."""
