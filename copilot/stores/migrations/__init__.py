"""Revisions of the record's schema, run when a record is opened."""
