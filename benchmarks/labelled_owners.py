"""Owners of the labelled synthetic cases, dev and held-out apart: ``python -m benchmarks.labelled_owners``."""

from __future__ import annotations

from collections import Counter

from benchmarks.figures import share_line
from tests.copilot.extraction.reading_cases import cases, commitments


def main() -> None:
    """Print right, wrong, unassigned, missed and extra for each file."""
    for name in ("dev", "held_out"):
        tally: Counter[str] = Counter()
        for case in cases(name):
            left = list(commitments(case["text"]))
            for row in case["expect"]:
                alike = [each for each in left if row["action"].casefold() in each.action.casefold()]
                match = next((each for each in alike if each.owner == row["owner"]), alike[0] if alike else None)
                if match is None:
                    tally["missed"] += 1
                    continue
                left.remove(match)
                right = match.owner == row["owner"]
                tally["right" if right else "unassigned" if match.owner is None else "wrong"] += 1
            rough = [row["action"].casefold() for row in case.get("optional", [])]
            tally["extra"] += sum(not any(words in each.action.casefold() for words in rough) for each in left)
        found = tally["right"] + tally["wrong"] + tally["unassigned"]
        print(name, dict(tally))
        print(
            "  right of found:",
            share_line(tally["right"], found),
            " found:",
            share_line(found, found + tally["missed"]),
        )


if __name__ == "__main__":
    main()
