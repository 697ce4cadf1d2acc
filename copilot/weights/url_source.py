"""Fetches a joined file from an address of the user's own choosing, through the egress door; its hash is pinned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from copilot.errors import ModelUnavailable
from copilot.weights.manifest import Assembled
from guards.egress import EgressDoor
from guards.errors import EgressRefused


class FileSource(Protocol):
    """Gets a whole file."""

    def fetch(self, assembled: Assembled, target: Path, *, grown: Callable[[int], None]) -> None:
        """Download the file to ``target``; ``grown`` hears how many bytes are there so far.

        Raises:
            ModelUnavailable: it cannot be had, or is not the pinned one; what came so far is kept for the next run.
        """
        ...


class Download(Protocol):
    """``guards.egress_http.download``, or a stand-in that reaches no network."""

    def __call__(  # noqa: PLR0913 - as the function it stands for
        self, url: str, target: Path, *, sha256: str, size: int, door: EgressDoor, progress: Callable[[int], None]
    ) -> None:
        """Fetch, resume, check."""
        ...


class UrlSource:
    """One address, such as a model hub's; nothing about notes or people goes there."""

    def __init__(self, url: str, *, door: EgressDoor, get: Download | None = None) -> None:
        self._url = url
        self._door = door
        self._get = get

    def fetch(self, assembled: Assembled, target: Path, *, grown: Callable[[int], None]) -> None:
        """Download the file, going on from where an earlier run stopped."""
        try:
            self._download()(
                self._url, target, sha256=assembled.sha256, size=assembled.size, door=self._door, progress=grown
            )
        except EgressRefused as refusal:
            raise ModelUnavailable(f"COACH_MODEL_URL: {refusal}") from None

    def _download(self) -> Download:
        if self._get is not None:
            return self._get
        from guards.egress_http import download  # noqa: PLC0415 - the HTTP client is for those who fetch

        return download
