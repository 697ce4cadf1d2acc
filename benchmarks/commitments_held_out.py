"""Commitments of labelled cases against the ledger: owner, due date, what is found, lost, listed again, or too much.

``python -m benchmarks.commitments_held_out`` runs ``held_out/commitments.yaml`` by rules and prints counts, never a
case's text. ``--dev`` runs the development cases, ``--details`` shows what went wrong there and only there. An
expected item is found where a commitment is cited from its line, or from at most two lines away, and shares its words;
or where one commitment and one label are left on a line.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from benchmarks.commitment_cases import Case, Outcomes, Seen, load, run_cases
from benchmarks.figures import Figure, Ratio, Share, show, wilson
from copilot.mentions import CommitmentStatus
from copilot.similarity import content

HELD_OUT = Path(__file__).parent / "held_out" / "commitments.yaml"
DEV = Path(__file__).parents[1] / "tests" / "copilot" / "extraction" / "cases" / "styles.yaml"
_WAITING = frozenset({CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE})
_NEAR = 2
"""Lines between where a label stands and where the promise was read: a request and its answer are turns apart."""
_ALIKE = 0.5
"""Share of the label's content words that a commitment must hold."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One expected item and the commitment that was found for it, if any."""

    case: Case
    gold: dict[str, Any]
    seen: Seen | None
    unparsed: bool = False
    held: bool = False

    @property
    def owner(self) -> str:
        """``right``, ``rightly unassigned``, ``wrong``, ``unassigned`` or ``missed``."""
        wanted = self.gold["owner"]
        if self.seen is None:
            return "missed"
        if self.seen.of.owner is None:
            return "unassigned" if wanted else "rightly unassigned"
        return "right" if self.seen.of.owner == wanted else "wrong"

    @property
    def due(self) -> bool:
        """Whether the due date is as wanted; text such as "end of sprint" is no date."""
        wanted = self.gold.get("due")
        wanted = date.fromisoformat(wanted) if isinstance(wanted, str) and wanted[:2] == "20" else wanted
        return self.seen is not None and self.seen.of.due == (wanted if isinstance(wanted, date) else None)

    @property
    def status(self) -> str:
        """The status shown, or ``missed``."""
        return self.seen.of.status.value if self.seen else "missed"


@dataclass(slots=True)
class Tally:
    """All judged items, and what was shown beyond them by case."""

    judged: list[Judged] = field(default_factory=list[Judged])
    extra: list[tuple[Case, Seen]] = field(default_factory=list[tuple[Case, Seen]])
    refused: int = 0
    unparsed: int = 0

    def of(self, *statuses: str) -> list[Judged]:
        """The items whose label has one of the statuses."""
        return [each for each in self.judged if each.gold.get("status", "open") in statuses]


def judge(outcomes: Iterable[Outcomes]) -> Tally:
    """Match what was expected with what is on the ledger, best fit first."""
    tally = Tally()
    for each in outcomes:
        golds = list(each.case.get("expect") or [])
        taken = _matched(golds, each.seen)
        for n, gold in enumerate(golds):
            seen = each.seen[taken[n]] if n in taken else None
            shown, held = _covers(each.unparsed, gold, 0), _covers(each.held, gold, 0)
            tally.judged.append(Judged(each.case, gold, seen, shown, held))
        left = [seen for n, seen in enumerate(each.seen) if n not in taken.values()]
        rough = list(each.case.get("optional") or [])
        tally.extra += [
            (each.case, seen)
            for seen in left
            if seen.of.status in _WAITING and not any(_fit(gold, seen) for gold in rough)
        ]
        tally.refused += each.refused
        tally.unparsed += len(each.unparsed)
    return tally


def _matched(golds: Sequence[dict[str, Any]], seen: Sequence[Seen]) -> dict[int, int]:
    scored = [(_fit(gold, each), n, m) for n, gold in enumerate(golds) for m, each in enumerate(seen)]
    found: dict[int, int] = {}
    for score, n, m in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if score and n not in found and m not in found.values():
            found[n] = m
    for n, gold in enumerate(golds):
        alone = [m for m, each in enumerate(seen) if m not in found.values() and _covers(each.places, gold, 0)]
        others = [k for k, each in enumerate(golds) if k not in found and _place(each) == _place(gold)]
        if n not in found and len(alone) == 1 and others == [n]:
            found[n] = alone[0]
    return found


def _place(gold: dict[str, Any]) -> tuple[str, int]:
    return str(gold["document"]), int(gold["line"])


def _fit(gold: dict[str, Any], seen: Seen) -> float:
    """How well a commitment fits a label: words first, then its line, then its owner; 0 for another promise."""
    near = [at for at in (0, _NEAR) if _covers(seen.places, gold, at)]
    if not near:
        return 0.0
    words, action = str(gold.get("words") or ""), seen.action
    wanted, said = content(words), content(action)
    alike = 1.0 if words.casefold() in action.casefold() else len(wanted & said) / len(wanted) if wanted else 0.3
    if alike < (_ALIKE if wanted else 0.3):
        return 0.0
    on_line = 1.0 if near[0] == 0 else 0.0
    return 4 * alike + 2 * on_line + ("owner" in gold and seen.of.owner == gold["owner"])


def _covers(places: Iterable[tuple[str, int, int]], gold: dict[str, Any], near: int) -> bool:
    line = int(gold["line"])
    return any(doc == gold["document"] and first - near <= line <= last + near for doc, first, last in places)


def clustered(name: str, judged: Sequence[Judged], hits: Iterable[bool], **bounds: float) -> Figure:
    """A share whose interval takes items of one pair as alike: Wilson with n divided by the design effect."""
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each, hit in zip(judged, hits, strict=True):
        groups[str(each.case["pair"])][0] += hit
        groups[str(each.case["pair"])][1] += 1
    right, total, k = sum(h for h, _ in groups.values()), sum(n for _, n in groups.values()), len(groups)
    share = right / total if total else 0.0
    if not 0 < share < 1 or k < 3:  # nothing varies between pairs
        return Share(name, right, total, **bounds)
    between = k / (k - 1) * sum((h - share * n) ** 2 for h, n in groups.values()) / total**2
    effect = max(1.0, between / (share * (1 - share) / total))
    counted = max(1, math.floor(total / effect))
    low, high = wilson(round(share * counted), counted)
    return Ratio(f"{name} ({right}/{total}, {k} pairs)", share, total, low=low, high=high, **bounds)


def figures(path: Path = HELD_OUT) -> list[Figure]:
    """The goals of issue 4 on a file of cases."""
    return goals(judge(run_cases(load(path))))


def goals(tally: Tally) -> list[Figure]:
    """Owner, finding, dates and statuses, each apart."""
    live = tally.of("open")
    owners = [each.owner for each in live]
    named = [each for each in live if each.owner in {"right", "wrong"} and each.seen and each.seen.of.owner]
    closed = tally.of("done", "dropped")
    found: list[Figure] = [
        clustered("owner right when named", named, (e.owner == "right" for e in named), least=0.97),
        clustered("wrong owner, of all open", live, (o == "wrong" for o in owners), most=0.02),
        clustered("open found (open or to confirm)", live, (e.status in {"open", "candidate"} for e in live),
                  least=0.95),
        Share("open found as open", sum(e.status == "open" for e in live), len(live)),
        clustered("owner and latest due both right", live,
                  (e.owner in {"right", "rightly unassigned"} and e.due for e in live), least=0.90),
        Share("owner and due right, of found", sum(e.owner[:5] == "right" and e.due for e in live),
              sum(e.seen is not None for e in live)),
        Share("owner left open though somebody is named", owners.count("unassigned"), len(live)),
        Share("missed", owners.count("missed"), len(live)),
        Share("missed, but shown as not understood", sum(e.seen is None and e.unparsed for e in live), len(live)),
        Share("missed, because its line is held back", sum(e.seen is None and e.held for e in live), len(live)),
        Share("lost: open, shown as done or dropped", sum(e.status in {"done", "dropped"} for e in live), len(live),
              most=0.0),
        Share("finished listed again as open", sum(e.status in {"open", "candidate"} for e in closed), len(closed),
              most=0.0),
        Share("finished shown as finished", sum(e.status in {"done", "dropped"} for e in closed), len(closed)),
    ]  # fmt: skip
    return [*found, *_beside(tally)]


def _beside(tally: Tally) -> list[Figure]:
    rough = tally.of("candidate")
    shown = len(tally.extra) + sum(each.seen is not None for each in tally.judged)
    named = sum(seen.of.status is CommitmentStatus.OPEN and seen.of.owner is not None for _, seen in tally.extra)
    return [
        Share("candidates found as candidate", sum(e.status == "candidate" for e in rough), len(rough)),
        Share("candidates found as open", sum(e.status == "open" for e in rough), len(rough)),
        Share("candidates with a wrong owner", sum(e.owner == "wrong" for e in rough), len(rough)),
        Share("extra, of all shown", len(tally.extra), shown),
        Share("extra as open with an owner, of all shown", named, shown),
    ]


def breakdown(tally: Tally, key: str) -> list[str]:
    """A line for each style or difficulty: counts of owners, dates and extras; no text. A case may have several."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for each in tally.judged:
        for name in _tags(each.case, key):
            row = rows[name]
            gold = each.gold.get("status", "open")
            if gold == "open":
                row.update([each.owner, "n"])
                row["due wrong"] += each.seen is not None and not each.due
                row["shown as candidate"] += each.status == "candidate"
                row["lost"] += each.status in {"done", "dropped"}
            else:
                row[f"{gold} as {each.status}"] += 1
    for case, seen in tally.extra:
        for name in _tags(case, key):
            rows[name][f"extra {seen.of.status.value}"] += 1
    return [f"  {name:34} {dict(+row)}" for name, row in sorted(rows.items())]


def _tags(case: Case, key: str) -> list[str]:
    said: Any = case.get(key)
    return [str(each) for each in cast("list[Any]", said)] if isinstance(said, list) else [str(said)]


def details(tally: Tally) -> list[str]:
    """What went wrong, with words; for development cases alone."""
    found: list[str] = []
    for each in tally.judged:
        gold, seen = each.gold, each.seen
        fine = each.owner in {"right", "rightly unassigned"} and each.due and each.status == gold["status"]
        if not fine:
            got = f"{seen.of.owner} | {seen.action} | {seen.of.due} | {seen.of.status.value}" if seen else "nothing"
            found.append(
                f"{each.case['id']} {each.case['difficulty']}: {each.owner}{' UNPARSED' if each.unparsed else ''}\n"
                f"    want {gold['owner']} | {gold['words']} | {gold['due']} | {gold['status']}\n    got  {got}"
            )
    found += [
        f"{case['id']} {case['difficulty']}: EXTRA {seen.of.owner} | {seen.action} | {seen.of.status.value}"
        for case, seen in tally.extra
    ]
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path", type=Path, nargs="?", default=HELD_OUT)
    options.add_argument("--dev", action="store_true", help="the development cases")
    options.add_argument("--details", action="store_true", help="with --dev: what went wrong, with words")
    given = options.parse_args()
    cases = load(DEV if given.dev else given.path)
    tally = judge(run_cases(cases))
    if given.dev and given.details:
        print("\n".join(details(tally)))
    pairs = len({str(each["pair"]) for each in cases})
    title = f"commitments, {len(cases)} {'development' if given.dev else 'kept apart'} cases of {pairs} pairs, rules"
    met = show(title, goals(tally))
    print(f"  files refused {tally.refused}, lines shown as not understood {tally.unparsed}")
    for key in ("style", "difficulty"):
        if not given.dev or key == "style":
            print(f"by {key}:", *breakdown(tally, key), sep="\n")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
