"""Redaction on held-out texts: recall, precision and harm, each beside its bound: ``coach bench redaction_held_out``.

A gold span counts as found when masks cover nine tenths of its letters and digits. A mask that touches neither gold nor
what is optional to mask (titles, towns) is a false alarm. ``--details`` prints texts and is for the maintainer alone.
Rows come from frames used several times, so the intervals, which take rows as independent, are somewhat narrow.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Share, show
from benchmarks.redaction_speed import installed_rampart
from guards.pair_vault import PairVault
from guards.presidio import PresidioRedactor, build_redactor
from guards.roster import Roster, RosterPerson
from guards.text import RawText

_DATA = Path(__file__).parent / "held_out" / "redaction.jsonl"
_ENOUGH = 0.9
Row = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Hits and totals by name, in order of first sight, and what was missed."""

    counts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    details: list[str] = field(default_factory=list[str])

    def note(self, name: str, *, hit: bool) -> None:
        """Count one."""
        pair = self.counts.setdefault(name, [0, 0])
        pair[0] += hit
        pair[1] += 1

    def share(self, name: str, key: str, *, least: float | None = None, most: float | None = None) -> Share:
        """The count as a figure."""
        hits, total = self.counts.get(key, [0, 0])
        return Share(name, hits, total, least=least, most=most)

    def group(self, prefix: str, label: str) -> list[Figure]:
        """Every count under a prefix, least first."""
        keys = [key for key in self.counts if key.startswith(prefix)]
        keys.sort(key=lambda key: self.counts[key][0] / self.counts[key][1])
        return [self.share(f"  {label}{key.removeprefix(prefix)}", key) for key in keys]


def read() -> list[Row]:
    return [json.loads(line) for line in _DATA.read_text("utf-8").splitlines()]


def masks_of(redactor: PresidioRedactor, row: Row, *, rostered: bool) -> list[tuple[int, int]]:
    """Where the production redactor masks a row; a vault for each, so that no row learns from another."""
    people = [RosterPerson(each["id"], each["name"], tuple(each["also"])) for each in row["roster"]]
    roster = Roster(tuple(people) if rostered else (), tuple(row["mask_words"]), tuple(row["keep_words"]))
    vault = PairVault("benchmark", roster=roster)
    done = redactor.redact([RawText(row["text"])], vault=vault, transcript=row["transcript"])[0]
    return [(span.start, span.end) for span in done.spans]


def covered(text: str, start: int, end: int, masks: Sequence[tuple[int, int]]) -> float:
    """How much of a stretch's letters and digits is masked."""
    signs = [at for at in range(start, end) if text[at].isalnum()]
    return sum(any(a <= at < b for a, b in masks) for at in signs) / max(1, len(signs))


def touches(masks: tuple[int, int], spans: Sequence[Row]) -> bool:
    return any(masks[0] < each["end"] and each["start"] < masks[1] for each in spans)


def keys_of(row: Row, span: Row) -> list[str]:
    """The counts to which a gold span belongs."""
    kind = span["type"]
    if kind == "person":
        groups = {"culture": span["culture"], "position": span["position"], "form": span["form"], "case": row["case"]}
        listed = "listed" if span["listed"] else "not listed"
        return ["person", f"listed/{listed}", *(f"{name}/{value}" for name, value in groups.items())]
    if kind == "mask_word":
        return ["mask_word", f"mask/{span['sub']}"]
    subs = {"email": span["sub"], "phone": span["sub"].split("/")[0], "ssn": span["sub"], "ip": span["sub"]}
    finer = [f"sub/{kind}: {subs[kind]}"] if kind in subs else []
    region = [f"region/{span['sub'].split('/')[1]}"] if kind == "phone" else []
    return ["identifier", f"kind/{kind}", *finer, *region]


def count_masks(tally: Tally, row: Row, masks: Sequence[tuple[int, int]]) -> None:
    """Precision and harm of a row's masks."""
    text = row["text"]
    for mask in masks:
        if not touches(mask, row["spans"]) and touches(mask, row["optional"]):
            continue
        right = touches(mask, row["spans"])
        tally.note("precision", hit=right)
        if not right:
            tally.details.append(f"false alarm {text[mask[0] : mask[1]]!r} in {row['id']} {text!r}")
    for keep in row["must_keep"]:
        harmed = any(touches(mask, [keep]) for mask in masks)
        tally.note("harmed", hit=harmed)
        tally.note(f"harm/{keep['kind']}", hit=harmed)
        if harmed:
            tally.details.append(f"harmed {keep['value']!r} in {row['id']} {text!r}")


def measure(redactor: PresidioRedactor, rows: Sequence[Row], *, rostered: bool) -> Tally:
    tally = Tally()
    for row in rows:
        text, masks = row["text"], masks_of(redactor, row, rostered=rostered)
        for span in row["spans"]:
            hit = covered(text, span["start"], span["end"], masks) >= _ENOUGH
            for key in keys_of(row, span):
                tally.note(key, hit=hit)
            if not hit:
                tally.details.append(f"missed {span['type']} {span['value']!r} in {row['id']} {text!r}")
        count_masks(tally, row, masks)
    return tally


def block(tally: Tally, *, rostered: bool, groups: bool) -> list[Figure]:
    """The figures of one way, with the bounds of the issue."""
    way, least = ("with roster", 0.97) if rostered else ("no roster", 0.95)
    found: list[Figure] = [tally.share(f"person recall, {way}", "person", least=least)]
    if groups:
        for name in ("listed", "case", "form", "position", "culture"):
            found += tally.group(f"{name}/", f"person, {name}: ")
    found.append(tally.share(f"structured identifier recall, {way}", "identifier", least=0.99))
    if groups:
        for name in ("kind", "sub", "region"):
            found += tally.group(f"{name}/", "phone, region: " if name == "region" else "")
    found.append(tally.share(f"mask_words recall, {way}", "mask_word", least=0.99))
    found += tally.group("mask/", "mask word: ") if groups else []
    found.append(tally.share(f"precision, {way}", "precision", least=0.97))
    found.append(tally.share(f"must-keep tokens harmed, {way}", "harmed", most=0.01))
    return found + (tally.group("harm/", "harmed, ") if groups else [])


def figures(weights: Path | None = None, *, groups: bool = False, details: bool = False) -> list[Figure]:
    """Both ways, with the roster and without; ``groups`` adds every kind, case, form, position and culture."""
    redactor, rows = build_redactor(ner=weights or installed_rampart()), read()
    found: list[Figure] = []
    for rostered in (True, False):
        tally = measure(redactor, rows, rostered=rostered)
        found += block(tally, rostered=rostered, groups=groups)
        if details:
            print("\n".join(tally.details))
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", type=Path, help="folder of the installed Rampart")
    options.add_argument("--brief", action="store_true", help="the figures with bounds alone")
    options.add_argument("--details", action="store_true", help="print every miss; not for those who build the rules")
    given = options.parse_args()
    found = figures(given.weights, groups=not given.brief, details=given.details)
    if not show("redaction, held-out texts", found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
