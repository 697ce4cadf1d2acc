"""What a run rests on, as digests: prompts, extraction rules, redactor, thresholds, model pins, coaching corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from evals.case import ROOT, Suite, cards_of

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "prompts": ("prompts/**/*",),
    "extraction": ("copilot/extraction/**/*.py", "copilot/ledger*.py", "copilot/due_dates.py"),
    "redactor": ("guards/recognisers/**/*", "guards/*names*", "guards/*words*", "guards/masking.py",
                 "guards/presidio.py", "guards/rampart.py", "guards/candidate_gate.py"),
    "held": ("guards/held.py", "guards/sensitive*.py", "guards/lexicons/*.yaml"),
    "check": ("guards/claim*.py", "guards/grounding.py"),
    "thresholds": ("copilot/*.yaml", "copilot/flags/*.yaml"),
    "models": ("copilot/weights/*.py", "copilot/weights/*.toml", "copilot/weights/*.yaml"),
    "corpus": ("knowledge/corpus/**/*",),
    "scorers": ("evals/scorers/*.py", "evals/matching.py", "evals/tasks/*.py"),
}  # fmt: skip
"""Which files make which part; a change of any asks for a new baseline."""


def digests(suite: Suite, *, root: Path = ROOT) -> dict[str, str]:
    """Each part's digest, and that of the suite's cases; the same on every machine for the same files."""
    found = {name: _digest(root, patterns) for name, patterns in _PARTS.items()}
    found["cases"] = _digest(root, tuple(each.file for each in cards_of(suite) if each.file))
    return found


def _digest(root: Path, patterns: tuple[str, ...]) -> str:
    paths = {path for pattern in patterns for path in root.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(root).as_posix().encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
