"""One small file per rule family. A rule reads one line and answers with readings, or with ``None`` to abstain."""
