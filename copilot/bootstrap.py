"""The composition root: from settings to a working copilot, every part replaceable by keyword.

Production, tests, evals, benchmarks and the command line all come through here. Parts that are slow to load
(redactor, embedder, index, engine) are built when first asked for.
"""

from __future__ import annotations

from types import TracebackType

from copilot.settings import Settings


class Copilot:
    """A home, opened; a context manager that lets it go."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __enter__(self) -> Copilot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the home go."""


def bootstrap(settings: Settings) -> Copilot:
    """Open the home that the settings name.

    Raises:
        HomeInUse: another process owns it.
        StoreUnavailable: its record cannot be opened.
    """
    return Copilot(settings)
