"""The ``coach`` command: declarations only; each command imports what it needs when it runs."""
