"""Papers other than the session prep."""
