"""No network, no keys, no tracing, no shared home: a test that wants any of these asks for it by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from guards.offline import stay_on_this_machine

stay_on_this_machine()  # also for a test that asks for sockets

_WEIGHTS = user_cache_path("mentor-copilot", appauthor=False) / "weights"
if _WEIGHTS.is_dir():  # what make's set-up fetched; without it, tests marked weights say that they were skipped
    os.environ.setdefault("COACH_WEIGHTS", str(_WEIGHTS))

_UNWANTED = ("OPENAI_", "COACH_", "LANGCHAIN_", "LANGSMITH_", "ANTHROPIC_", "OTEL_")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Remove provider keys, settings and tracing variables; give each test its own home."""
    for name in list(os.environ):
        if name.startswith(_UNWANTED) and name != "COACH_WEIGHTS":
            monkeypatch.delenv(name)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
