"""What ``coach init`` writes: a commented programme file and the note templates."""
