"""Owners read from the Solid minutes against labels: ``python -m benchmarks.solid_owners DIR``.

Redacts with the roster alone, so that it measures reading and not name finding.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figures import share_line
from copilot.mentions import MentionKind
from guards.roster import Roster, RosterPerson
from tests.copilot.extraction.reading_cases import mentions

_HERE = Path(__file__).parent / "solid"


def main(folder: Path) -> None:
    """Print right, wrong, unassigned, missed and extra."""
    programme: dict[str, Any] = yaml.safe_load((_HERE / "programme.yaml").read_text(encoding="utf-8"))
    gold: list[dict[str, Any]] = yaml.safe_load((_HERE / "actions.yaml").read_text(encoding="utf-8"))
    roster = Roster(tuple(RosterPerson(p["id"], p["name"], tuple(p["also"])) for p in programme["people"]))
    tally: Counter[str] = Counter()
    for path in sorted(folder.glob("*.md")):
        found = mentions(path.read_text(encoding="utf-8"), on=date.fromisoformat(path.stem), roster=roster)
        promises = [each for each in found if each.kind is MentionKind.COMMITMENT]
        rows = [row for row in gold if row["file"] == path.name]
        lines = {row["line"] for row in rows}
        on_lines = [each for each in promises if each.citation.first in lines]
        tally["beyond ACTION lines"] += len(promises) - len(on_lines)
        for row in rows:
            owners = [each for each in on_lines if each.citation.first == row["line"]]
            match = next((each for each in owners if each.owner == row["owner"]), owners[0] if owners else None)
            if match is None:
                tally["missed"] += 1
                continue
            on_lines.remove(match)
            same = match.owner == row["owner"]
            tally["right" if same and row["owner"] else "rightly unassigned" if same else
                  "unassigned" if match.owner is None else "wrong"] += 1  # fmt: skip
        tally["extra on ACTION lines"] += len(on_lines)
    named = tally["right"] + tally["wrong"]
    print(dict(tally))
    print("owner named is right:", share_line(tally["right"], named))
    print("actions found:", share_line(len(gold) - tally["missed"], len(gold)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
