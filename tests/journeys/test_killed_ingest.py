"""``kill -9`` anywhere during ingest, then run again: nothing lost, nothing doubled, the same ids."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from copilot.bootstrap import Overrides, bootstrap
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from guards.access import ReadConversation, authorize
from tests.doubles.finding import HashEmbedder

KILLS = 12


def start(home: Path, notes: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.journeys.ingest_with_doubles", str(home), str(notes)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def state(home: Path) -> dict[str, object]:
    """Everything a home holds of each pair, in a form that compares."""
    found: dict[str, object] = {}
    with bootstrap(read_settings(home=home), overrides=Overrides(embedder=HashEmbedder())) as copilot:
        for pair in copilot.programme().pairs:
            reader = copilot.record.reader(authorize(copilot.principal(pair.id), ReadConversation, pair.id))
            passages = reader.all_passages()
            assert copilot.index is not None
            found[pair.id] = {
                "documents": [(row.id, row.version, row.name, row.indexed) for row in reader.documents()],
                "passages": [(each.id, each.text) for each in passages],
                "mentions": sorted(each.id for each in reader.mentions()),
                "vectors": sorted(copilot.index.ids(pair.id)),
                "words": sorted(reader.search_words("session", 100)),
            }
    return found


def test_an_ingest_killed_anywhere_is_finished_by_the_next(tmp_path: Path) -> None:
    notes = build_sample(tmp_path / "notes").folder
    whole = start(tmp_path / "whole", notes)
    began = time.monotonic()
    _, said = whole.communicate(timeout=60)
    took = time.monotonic() - began
    assert whole.returncode == 0, said.decode()
    dice = random.Random(20261124)  # noqa: S311 - a seed, so that a failure can be had again
    killed = 0
    for run in range(4 * KILLS):
        process = start(tmp_path / "killed", notes)
        slept = dice.uniform(0.3, 0.95) * took
        time.sleep(slept)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        if killed == KILLS:
            break
        if process.returncode == 0:  # it was done before the signal: begin a new home, so that every kill counts
            (tmp_path / "killed").rename(tmp_path / f"done-{run}")
            took = min(took, slept)  # the machine has become quicker since the first run was timed
    last = start(tmp_path / "killed", notes)
    _, said = last.communicate(timeout=60)
    assert last.returncode == 0, said.decode()
    assert killed == KILLS
    assert state(tmp_path / "killed") == state(tmp_path / "whole")
    for done in tmp_path.glob("done-*"):
        assert state(done) == state(tmp_path / "whole")
