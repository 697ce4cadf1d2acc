"""Starts and stops the packaged model's server: a child process on a loopback port, on demand."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from pydantic import SecretStr

from copilot.errors import ModelUnavailable
from copilot.settings import child_environment

_START_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and its key for this run."""

    base_url: str
    key: SecretStr


class LocalServer:
    """The server of one model file. Stopped at exit, by ``stop``, or when this process dies."""

    def __init__(self, model: Path, *, command: tuple[str, ...] | None = None) -> None:
        self._model = model
        self._command = command or (sys.executable, "-m", "copilot.engines.serve_local", str(model))
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LocalServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The server's process while it runs."""
        return self._child.pid if self._child else None

    def start(self) -> Address:
        """Start and wait until it listens; a few seconds.

        Raises:
            ModelUnavailable: it did not start.
        """
        self.stop()
        # Threads that spin while they wait take both cores from everybody else; OpenMP reads this when it loads.
        environment = child_environment(OMP_WAIT_POLICY="passive")
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        atexit.register(self.stop)
        line = self._first_line(self._child)
        try:
            said = json.loads(line)
            return Address(f"{said['url']}/v1", SecretStr(said["key"]))
        except (ValueError, KeyError, TypeError):
            self.stop()
            raise ModelUnavailable(
                "the local model's server did not start; run coach model status --verify, or use --engine rules"
            ) from None

    def stop(self) -> None:
        """Stop the server if it runs."""
        child, self._child = self._child, None
        if child is None:
            return
        atexit.unregister(self.stop)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    @staticmethod
    def _first_line(child: subprocess.Popen[bytes]) -> bytes:
        """The child's first line, or nothing if it dies or takes too long."""
        stopwatch = threading.Timer(_START_SECONDS, child.kill)
        stopwatch.start()
        try:
            return child.stdout.readline() if child.stdout else b""
        finally:
            stopwatch.cancel()
