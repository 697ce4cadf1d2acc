"""The canary suite: thousands of planted values in eight forms down every path, every recorded byte searched.

What a roster lists and what has the form of an identifier must leak nowhere. A name that no roster lists depends on
the recognisers: the door cannot know it, so those are counted apart and bounded by nothing here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.canary_paths import Setting, recorded
from benchmarks.canary_run import NAMED, Recording
from benchmarks.canary_scan import Needles
from benchmarks.canary_values import FORMS, LISTED, STRUCTURED, Kind, Value, planted
from benchmarks.canary_world import World, build_world
from benchmarks.figures import Figure, Ratio, Share, show

VALUES: Final = 3300
_HELD_STAYS: Final = frozenset({
    "record, bytes", "record, rows", "record, write-ahead log", "output where no name may be",
})  # fmt: skip
"""Where what was said off the record may lie (the pair's own note, masked) or comes back to who put it in."""


_WALL: Final = b"\n\x01\x01\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was searched, and which values were found where."""

    world: World
    leaks: Mapping[str, frozenset[int]]
    searched: Mapping[str, int]
    recordings: int

    def of(self, kinds: frozenset[Kind], places: Sequence[str] | None = None) -> frozenset[int]:
        """Values of these kinds that leaked, anywhere or in some places; what was echoed to its typist is no leak."""
        chosen = [place for place in self.leaks if place != NAMED] if places is None else places
        found = frozenset[int]().union(*(self.leaks.get(place, frozenset()) for place in chosen))
        return frozenset(no for no in found if self.world.values[no].kind in kinds)

    def count(self, kinds: frozenset[Kind]) -> int:
        """How many values of these kinds were planted."""
        return sum(each.kind in kinds for each in self.world.values)


def judged(world: World, recordings: Sequence[Recording]) -> Outcome:
    """Search every recording for every value that may not be in it."""
    needles = Needles((needle, value.no) for value in world.values for needle in value.needles)
    leaks: dict[str, set[int]] = {}
    searched: dict[str, int] = {}
    for place, data, pair in _merged(recordings):
        searched[place] = searched.get(place, 0) + len(data)
        found = {no for no in needles.found_in(data) if _is_leak(world, world.values[no], place, pair)}
        leaks.setdefault(place, set()).update(found)
    return Outcome(world, {place: frozenset(found) for place, found in leaks.items()}, searched, len(recordings))


def _merged(recordings: Sequence[Recording]) -> list[tuple[str, bytes, str]]:
    """Recordings of one place in one piece: many small ones are quicker to search together."""
    parts: dict[tuple[str, str], list[bytes]] = {}
    for each in recordings:
        parts.setdefault((each.place, each.pair), []).append(each.data)
    return [(place, _WALL.join(dict.fromkeys(data)), pair) for (place, pair), data in parts.items()]


def _is_leak(world: World, value: Value, place: str, pair: str) -> bool:
    """Whether a value may not be here. The people of a pair may read its names, and nobody what was held back."""
    if value.kind is Kind.HELD:
        return place not in _HELD_STAYS
    if not pair:
        return True
    return pair != "*" and world.pair_of.get(value.no, pair) != pair


def run_suite(setting: Setting) -> Outcome:
    """All paths, then the search."""
    return judged(setting.world, recorded(setting))


def figures(values: int = VALUES, *, rules: bool = False) -> list[Figure]:
    """The suite's figures, on the installed weights (or on rules alone)."""
    with tempfile.TemporaryDirectory() as folder:
        world = build_world(Path(folder) / "world", planted(values))
        setting = rules_setting(world, Path(folder)) if rules else Setting(world, Path(folder))
        return figures_of(run_suite(setting))


def rules_setting(world: World, folder: Path) -> Setting:
    """Roster and rules alone, without the two small models; for tests."""
    from copilot.bootstrap import Overrides
    from guards.presidio import build_redactor

    weights = folder / "no-weights"
    weights.mkdir(exist_ok=True)
    return Setting(world, folder, weights=weights, overrides=Overrides(redactor=build_redactor(ner=None)))


def figures_of(outcome: Outcome) -> list[Figure]:
    """As figures: counts, then leaks by class, then leaks of known values by place."""
    known = LISTED | STRUCTURED
    total = len(outcome.world.values)
    unlisted, unseen = frozenset({Kind.UNLISTED}), frozenset({Kind.HELD})
    calls = ("model calls", "cassette of the calls", "tracing")
    made: list[Figure] = [
        Ratio("planted values", total, total, least=3000),
        Ratio("surface forms of each", FORMS, total, least=8),
        Ratio("places recorded", len(outcome.searched), outcome.recordings),
        Ratio("megabytes searched", sum(outcome.searched.values()) / 1e6, outcome.recordings),
        Share("listed people and words that leaked", len(outcome.of(LISTED)), outcome.count(LISTED), most=0),
        Share("structured identifiers that leaked", len(outcome.of(STRUCTURED)), outcome.count(STRUCTURED), most=0),
        Share("off-the-record remarks that got out", len(outcome.of(unseen)), outcome.count(unseen), most=0),
        Share("commands that crashed", outcome.searched.get("crash", 0), max(1, outcome.recordings), most=0),
        Share("unlisted names in a model call", len(outcome.of(unlisted, calls)), outcome.count(unlisted)),
        Share("unlisted names in the record", len(outcome.of(unlisted)), outcome.count(unlisted)),
    ]
    made += [
        Share(f"  known values in: {place}", len(outcome.of(known, [place])), outcome.count(known), most=0)
        for place in sorted(outcome.searched)
        if place not in {"crash", NAMED}
    ]
    echoed = len(outcome.of(known, [NAMED]))
    return [*made, Share(f"  {NAMED}", echoed, outcome.count(known))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=VALUES)
    parser.add_argument("--rules", action="store_true", help="without the small models")
    options = parser.parse_args()
    began = time.monotonic()
    met = show("canaries", figures(options.values, rules=options.rules))
    print(f"{time.monotonic() - began:.0f} seconds")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
