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

from benchmarks.figures import Figure, Ratio, Share, show
from copilot.mentions import MentionKind
from guards.roster import Roster, RosterPerson
from tests.copilot.extraction.reading_cases import mentions

_HERE = Path(__file__).parent / "solid"


def tallied(folder: Path) -> Counter[str]:
    """Right, wrong, unassigned, missed and extra, counted over the minutes of a folder."""
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
    tally["gold"] = len(gold)
    return tally


def figures(data: Path) -> list[Figure]:
    """Owners and finds; ``data`` is the folder of the minutes or one above it."""
    near = (data, data / "solid", data / "meetings" / "solid")
    folder = next((each for each in near if any(each.glob("[0-9]*.md"))), data)
    tally = tallied(folder)
    named = tally["right"] + tally["wrong"]
    return [
        Share("owner named is right", tally["right"], named, least=0.97),
        Share("ACTION items found", tally["gold"] - tally["missed"], tally["gold"], least=0.95),
        Ratio("rightly unassigned", tally["rightly unassigned"], tally["gold"]),
        Ratio("unassigned though named", tally["unassigned"], tally["gold"]),
        Ratio("extra on ACTION lines", tally["extra on ACTION lines"], tally["gold"]),
        Ratio("promises beyond ACTION lines, unjudged", tally["beyond ACTION lines"], tally["gold"]),
    ]


def main(folder: Path) -> None:
    """Print the figures."""
    show("Owners in the public minutes", figures(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
