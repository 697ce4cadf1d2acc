"""Runs of the evaluation as a program of its own, and what they left: for the service, which may not import it.

Runs lie in the checkout and not in a home: they are about a version, and the invented people of their cases would be
found by an erasure that looks for a namesake. Refuses where the checkout has no cases.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import BadInput, NotFound

SUITES: Final = ("smoke", "redteam", "rollout")
_ROOT: Final = Path(__file__).resolve().parents[1]
_ID: Final = re.compile(r"(smoke|redteam|rollout)-(\d{8}T\d{6})")
_TOLD: Final = re.compile(r"(\w[\w -]{0,60}): (\d+) cases")
_LOOK: Final = 0.5
"""Seconds between looks at the log of a run."""
_LARGEST: Final = 20_000_000
"""Bytes of a report; one of the whole rollout suite has under a tenth of that."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Judged(_Part):
    """A gated metric that failed or had too few cases, and why."""

    metric: str
    too_few: str
    reasons: tuple[str, ...]


class MetricLine(_Part):
    """A metric with its interval, and the baseline's value where it is gated."""

    metric: str
    n: int
    errors: int
    mean: float
    low: float
    high: float
    bad: int
    base: float | None


class FailedCase(_Part):
    """A failing case. Cases are invented; of a set that is kept apart no text is here."""

    unit: str
    style: str
    reason: str
    error: str
    text: str
    wanted: str
    got: str
    spans: tuple[tuple[int, int], ...]


class Failing(_Part):
    """The failing cases of a metric, the first of them written out."""

    name: str
    total: int
    n: int
    gated: bool
    why: str
    apart: bool
    rows: tuple[FailedCase, ...]


class EvalReport(_Part):
    """What a run says: the verdict first, then why."""

    suite: str
    engine: str
    verdict: str
    changed: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[Judged, ...]
    metrics: tuple[MetricLine, ...]
    failing: tuple[Failing, ...]


@dataclass(frozen=True, slots=True)
class EvalRun:
    """A run; without a report it goes on still or was cut off."""

    id: str
    suite: str
    began: datetime
    report: EvalReport | None


class EvalRuns:
    """The runs of a checkout."""

    def __init__(self, folder: Path | None = None, *, command: tuple[str, ...] | None = None) -> None:
        self._folder = folder or _ROOT / "eval-runs"
        # -P: a folder of that name where somebody stands is not ours and is not run
        self._command = command or (sys.executable, "-P", "-m", "evals")
        self._there = command is not None or (_ROOT / "evals" / "sets.yaml").is_file()

    @property
    def available(self) -> bool:
        """Whether there are cases to run: they are of a source checkout."""
        return self._there

    def every(self) -> tuple[EvalRun, ...]:
        """Every run, newest first."""
        names = [each.name for each in self._folder.iterdir()] if self._folder.is_dir() else []
        ids = sorted((each for each in names if _ID.fullmatch(each)), key=_moment, reverse=True)
        return tuple(self._run(each) for each in ids)

    def one(self, run_id: str) -> EvalRun:
        """A run by its id.

        Raises:
            NotFound: there is none.
        """
        if not _ID.fullmatch(run_id) or not (self._folder / run_id).is_dir():
            raise NotFound("no such run of the evaluation: go back to the list of runs")
        return self._run(run_id)

    def begin(self, suite: str) -> str:
        """Make the folder of a new run; its id.

        Raises:
            BadInput: there is no such suite, or this installation has no cases.
        """
        if not self.available:
            raise BadInput("this installation has no evaluation cases: they are of a source checkout")
        if suite not in SUITES:
            raise BadInput(f"no suite of that name: there are {', '.join(SUITES)}")
        run_id = f"{suite}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        (self._folder / run_id).mkdir(parents=True, exist_ok=True)
        return run_id

    def run(self, run_id: str, *, tell: Callable[[str, int], None], stopped: Callable[[], bool]) -> EvalReport:
        """Run to the end, telling each set's cases; where ``stopped`` says so, end it.

        Raises:
            BadInput: the program ended without a report; its last words are in the run's log.
        """
        folder = self._folder / run_id
        suite = run_id.partition("-")[0]
        asked = (*self._command, "run", "--suite", suite, "--out", str(folder))
        with (folder / "log.txt").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(asked, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603 - our own
            try:
                self._follow(process, folder / "log.txt", tell, stopped)
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait()
        found = self._run(run_id).report
        if found is None:
            raise BadInput(
                f"the run {run_id} ended with status {process.returncode} and no report: whoever runs this service"
                " finds why in its log.txt"
            )
        return found

    def _follow(
        self, process: subprocess.Popen[bytes], log: Path, tell: Callable[[str, int], None], stopped: Callable[[], bool]
    ) -> None:  # fmt: skip
        told = 0
        while True:
            ended = process.poll() is not None
            lines = log.read_text("utf-8", errors="replace").splitlines()
            for line in lines[told:]:
                if (found := _TOLD.fullmatch(line.strip())) is not None:
                    tell(found[1], int(found[2]))
            told = len(lines)
            if ended or stopped():
                return
            time.sleep(_LOOK)

    def _run(self, run_id: str) -> EvalRun:
        return EvalRun(run_id, run_id.partition("-")[0], _moment(run_id), _report(self._folder / run_id))


def _moment(run_id: str) -> datetime:
    found = _ID.fullmatch(run_id)
    return datetime.strptime(found[2] if found else "19700101T000000", "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def _report(folder: Path) -> EvalReport | None:
    path = folder / "report.json"
    try:
        if path.stat().st_size > _LARGEST:
            return None
        return EvalReport.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
