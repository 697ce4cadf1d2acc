"""Whole processes of ``coach``, against bare Python starting up and against importing the stock stack, in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from copilot.sample.build import build_sample

RUNS = 5


def seconds(command: list[str]) -> float:
    """The median wall time of a command over ``RUNS`` runs after one that is not counted."""
    times: list[float] = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample = build_sample(Path(folder) / "notes").folder
        coach = [sys.executable, "-m", "copilot", "--home", str(Path(folder) / "home")]
        subprocess.run([*coach, "ingest", str(sample), "--engine", "rules"], check=True, capture_output=True)
        bare = seconds([sys.executable, "-c", "pass"])
        stock = seconds([sys.executable, "-c", "import langchain_openai, chromadb, presidio_analyzer"])
        rows = {
            "bare python": bare,
            "coach --help": seconds([*coach, "--help"]),
            "coach prep (rules)": seconds([*coach, "prep", "ada-ben", "--engine", "rules"]),
            "coach search": seconds([*coach, "search", "ada-ben", "threshold for the shadow run"]),
            "coach ingest, nothing new": seconds([*coach, "ingest", str(sample), "--engine", "rules"]),
            "import of langchain, chromadb, presidio": stock,
        }
    print(f"{'whole process, median of ' + str(RUNS):<42} {'s':>6} {'x bare':>8} {'x stock import':>15}")
    for name, took in rows.items():
        print(f"{name:<42} {took:6.2f} {took / bare:8.1f} {took / stock:15.2f}")


if __name__ == "__main__":
    main()
