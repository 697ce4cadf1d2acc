"""Ingests a folder into a home with quick doubles; a process of its own, to be killed anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from copilot.bootstrap import Overrides, bootstrap
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.settings import read_settings
from tests.doubles.finding import HashEmbedder
from tests.doubles.redaction import RosterRedactor


def main(home: Path, notes: Path) -> None:
    """Ingest everything; exit status 1 if a file failed."""
    overrides = Overrides(redactor=RosterRedactor(), embedder=HashEmbedder())
    with bootstrap(read_settings(home=home, engine="rules"), overrides=overrides) as copilot:
        results = list(run(copilot, prepare(copilot, [notes]), options=Options()))
    sys.exit(any(each.problem for each in results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
