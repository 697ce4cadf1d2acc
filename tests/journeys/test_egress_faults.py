"""A sample of the injected faults of ``benchmarks/egress_faults.py``, in a process with a loopback server."""

from __future__ import annotations

import subprocess
import sys


def test_nothing_leaves_when_something_breaks() -> None:
    command = [sys.executable, "-m", "benchmarks.egress_faults", "--most", "80"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "0/80 = 0.0000" in done.stdout
    assert "80/80 = 1.0000" in done.stdout
