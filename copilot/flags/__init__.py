"""Flags for people to judge: what they rest on, what else could explain it, what clears it. Nothing here acts."""
