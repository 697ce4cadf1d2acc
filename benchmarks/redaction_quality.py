"""What redaction finds and what it harms.

``python -m benchmarks.redaction_quality DIR [--weights D] [--spacy-path D]``

A gold span counts as found when masks cover nine tenths of its characters. A mask that touches no gold span is a
false alarm; a token that must stay is destroyed when a mask touches it. Intervals are Wilson's at 95 %.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import share_line
from benchmarks.redaction_speed import installed_rampart
from benchmarks.stock_presidio import Span, stock, stock_spans
from guards.pair_vault import PairVault
from guards.presidio import PresidioRedactor, build_redactor
from guards.roster import Roster, RosterPerson
from guards.text import RawText

Find = Callable[[Sequence[str]], list[list[Span]]]
ENOUGH = 0.9


@dataclass(slots=True)
class Tally:
    """Counts over one data set."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    masks: int = 0
    true_masks: int = 0
    kept: int = 0
    harmed: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])
    alarms: list[str] = field(default_factory=list[str])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def covered(start: int, end: int, spans: Sequence[Span]) -> float:
    hidden = {at for a, b, _ in spans for at in range(max(a, start), min(b, end))}
    return len(hidden) / max(1, end - start)


def measure(samples: Sequence[dict[str, Any]], find: Find, *, group: Callable[[dict[str, Any], Any], str]) -> Tally:
    tally = Tally()
    for sample, spans in zip(samples, find([each["text"] for each in samples]), strict=True):
        text = sample["text"]
        for gold in sample["spans"]:
            counts = tally.found[group(sample, gold)]
            counts[1] += 1
            if covered(gold["start"], gold["end"], spans) >= ENOUGH:
                counts[0] += 1
            else:
                tally.missed.append(f"{text[gold['start'] : gold['end']]!r} in {text[:80]!r}")
        for start, end, kind in spans:
            tally.masks += 1
            right = any(gold["start"] < end and start < gold["end"] for gold in sample["spans"])
            tally.true_masks += right
            if not right:
                tally.alarms.append(f"{kind} {text[start:end]!r} in {text[max(0, start - 30) : end + 30]!r}")
        for keep in sample.get("must_keep", ()):
            tally.kept += 1
            if any(start < keep["end"] and keep["start"] < end for start, end, _ in spans):
                tally.harmed.append(f"{keep['value']!r} in {text[:80]!r}")
    return tally


def ours(redactor: PresidioRedactor, roster: Roster) -> Find:
    def find(texts: Sequence[str]) -> list[list[Span]]:
        # a vault each, so that no sample learns a name from another
        vaults = [PairVault("benchmark", roster=roster) for _ in texts]
        done = [redactor.redact([RawText(text)], vault=vault)[0] for text, vault in zip(texts, vaults, strict=True)]
        return [[(span.start, span.end, span.entity_type) for span in each.spans] for each in done]

    return find


def roster_of(samples: Sequence[dict[str, Any]]) -> Roster:
    """The people whose full names the notes hold, as a programme would list them."""
    gold = [(span["value"], span.get("tags", ())) for each in samples for span in each["spans"]]
    full = {
        value.removeprefix("VP ").title()
        for value, tags in gold
        if "full" in tags and "," not in value and "." not in value
    }
    return Roster(tuple(RosterPerson(f"p{at}", name) for at, name in enumerate(sorted(full))))


def show(title: str, tally: Tally, *, details: bool, groups: bool = False) -> None:
    hits, total = (sum(counts[at] for counts in tally.found.values()) for at in (0, 1))
    print(f"{title}\n  recall    {share_line(hits, total)}\n  precision {share_line(tally.true_masks, tally.masks)}")
    if tally.kept:
        print(f"  must keep destroyed {len(tally.harmed)}/{tally.kept}")
    if groups:
        for name, (got, of) in sorted(tally.found.items(), key=lambda item: item[1][0] / item[1][1]):
            print(f"    {name:28} {share_line(got, of)}")
    if details:
        for label in ("missed", "harmed", "alarms"):
            for each in getattr(tally, label):
                print(f"    {label}: {each}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--weights", type=Path, default=installed_rampart(), help="folder of the installed Rampart")
    options.add_argument("--spacy-path", type=Path, default=Path("no-spacy"), help="folder of a spaCy model package")
    options.add_argument("--details", action="store_true", help="list every miss and false alarm")
    given = options.parse_args()
    notes = read(given.folder / "coaching_notes.jsonl")
    names = read(given.folder / "names_of_29_cultures.jsonl")
    research = read(given.folder / "presidio_research.jsonl")
    ways: dict[str, Find] = {}
    redactor = build_redactor(ner=given.weights)
    ways[f"{redactor.policy}, no roster"] = ours(redactor, Roster())
    peer = stock(given.spacy_path)
    if peer is not None:
        ways["stock Presidio"] = lambda texts: [stock_spans(peer, text) for text in texts]
    rostered = measure(notes, ours(redactor, roster_of(notes)), group=lambda _, gold: gold["entity_type"])
    show("== coaching notes, with roster", rostered, details=given.details)
    for name, find in ways.items():
        details = given.details and name != "stock Presidio"
        by_type = measure(notes, find, group=lambda _, gold: gold["entity_type"])
        show(f"== coaching notes: {name}", by_type, details=details)
        by_place = measure(names, find, group=lambda sample, _: sample["t"])
        show(f"== names of 29 cultures, by position: {name}", by_place, details=False, groups=True)
        by_culture = measure(names, find, group=lambda sample, _: sample["cul"])
        worst = sorted((got / of, culture) for culture, (got, of) in by_culture.found.items())[:3]
        print("    least by culture:", ", ".join(f"{culture} {share:.3f}" for share, culture in worst))
        general = measure(research, find, group=lambda _, gold: gold["entity_type"])
        show(f"== presidio-research, by entity: {name}", general, details=False, groups=True)


if __name__ == "__main__":
    main()
