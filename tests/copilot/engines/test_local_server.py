"""The server's process never outlives whoever started it, and two never meet on one port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copilot.engines.local import LocalServer
from copilot.errors import ModelUnavailable

FAKE = (
    "import json, sys; print(json.dumps({'url': 'http://x', 'key': 'k'}), flush=True);"
    "import os; print(os.getpid(), file=open(sys.argv[1], 'w'), flush=True); sys.stdin.read()"
)
"""Speaks like ``serve_local``: one line, then waits for its standard input to close."""


def test_it_stops_with_its_with_block_and_can_start_again(tmp_path: Path) -> None:
    server = LocalServer(Path("x.gguf"), command=(sys.executable, "-c", FAKE, str(tmp_path / "pid")))
    for _ in range(2):
        (tmp_path / "pid").unlink(missing_ok=True)
        with server:
            server.start()
            child = pid_in(tmp_path / "pid")
            assert alive(child)
        assert gone(child)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_it_goes_with_its_parent_however_that_ends(end: signal.Signals, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from copilot.engines.local import LocalServer\n"
        "LocalServer(Path('x'), command=(sys.executable, '-c', sys.argv[1], sys.argv[2])).start()\n"
        "print('up', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, FAKE, str(tmp_path / "pid")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        child = pid_in(tmp_path / "pid")
        parent.send_signal(end)
        parent.wait(10)
    assert gone(child)


def test_a_server_that_says_nonsense_is_stopped(tmp_path: Path) -> None:
    script = (
        "import os, sys; print(os.getpid(), file=open(sys.argv[1], 'w'), flush=True); print('no'); sys.stdin.read()"
    )
    server = LocalServer(Path("x"), command=(sys.executable, "-u", "-c", script, str(tmp_path / "pid")))
    with pytest.raises(ModelUnavailable):
        server.start()
    assert gone(pid_in(tmp_path / "pid"))


def pid_in(path: Path) -> int:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text()):
            return int(text)
        time.sleep(0.01)
    raise AssertionError("the child did not say who it is")


def alive(pid: int) -> bool:
    """Running; one that ended and waits for its parent to look is not."""
    try:
        os.kill(pid, 0)
        if not Path("/proc/self/stat").exists():  # another system than Linux: a zombie there counts as running
            return True
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def gone(pid: int) -> bool:
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pid)
