"""Commitments of labelled cases against the ledger: owner, due date, what is found, lost, listed again, or too much.

``python -m benchmarks.commitments_held_out`` runs ``held_out/commitments.yaml`` and, apart from it,
``held_out/commitments_second.yaml`` (two other authors) by rules and prints counts, never a case's text. ``--dev`` runs
the development cases, ``--hands`` those of the same two authors; ``--details`` shows what went wrong there alone. What
answers a label is settled in ``evals/matching.py``.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Ratio, Share, show
from copilot.mentions import CommitmentStatus
from evals.case import DraftingCase, drafting_cases
from evals.matching import Found, match
from evals.outcomes import Outcomes, Seen
from evals.statistics import share
from evals.tasks.records import run_cases

HELD_OUT = Path(__file__).parent / "held_out" / "commitments.yaml"
SECOND = HELD_OUT.with_name("commitments_second.yaml")
_CASES = Path(__file__).parents[1] / "tests" / "copilot" / "extraction" / "cases"
DEV = _CASES / "styles.yaml"
HANDS = (_CASES / "hands_1.yaml", _CASES / "hands_2.yaml")


@dataclass(slots=True)
class Tally:
    """All judged items, and what was shown beyond them by case."""

    judged: list[Found] = field(default_factory=list[Found])
    extra: list[tuple[DraftingCase, Seen]] = field(default_factory=list[tuple[DraftingCase, Seen]])
    refused: int = 0
    unparsed: int = 0

    def of(self, *statuses: str) -> list[Found]:
        """The items whose label has one of the statuses."""
        return [each for each in self.judged if each.label.status in statuses]


def judge(outcomes: Iterable[Outcomes]) -> Tally:
    """Match what was expected with what is on the ledger, best fit first."""
    tally = Tally()
    for each in outcomes:
        matched = match(each)
        tally.judged += matched.found
        tally.extra += [(each.case, seen) for seen in matched.extra]
        tally.refused += each.refused
        tally.unparsed += len(each.unparsed)
    return tally


def clustered(name: str, judged: Sequence[Found], hits: Iterable[bool], **bounds: float) -> Figure:
    """A share whose interval takes items of one pair as alike."""
    values, pairs = [float(hit) for hit in hits], [each.case.pair for each in judged]
    found = share(values, pairs)
    if found.counted == found.n:  # pairs do not differ more than items do
        return Share(name, round(sum(values)), found.n, **bounds)
    title = f"{name} ({sum(values):.0f}/{found.n}, {found.clusters} pairs)"
    return Ratio(title, found.mean, found.n, low=found.low, high=found.high, **bounds)


def figures(path: Path = HELD_OUT) -> list[Figure]:
    """The goals of issue 4 on a file of cases."""
    return goals(judge(run_cases(drafting_cases(path))))


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
        Share("  of these, nothing asks of it", sum(e.listed and not e.asked for e in closed), len(closed)),
        Share("  of these, a later line is shown: is it this?", sum(e.listed and e.asked for e in closed), len(closed)),
        Share("open, asked about though it is not done", sum(e.listed and e.asked for e in live), len(live)),
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
            gold = each.label.status
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


def _tags(case: DraftingCase, key: str) -> Sequence[str]:
    return case.difficulty if key == "difficulty" else (case.style,)


def details(tally: Tally) -> list[str]:
    """What went wrong, with words; for development cases alone."""
    found: list[str] = []
    for each in tally.judged:
        gold, seen = each.label, each.seen
        fine = each.owner in {"right", "rightly unassigned"} and each.due and each.status == gold.status
        if not fine:
            got = f"{seen.of.owner} | {seen.action} | {seen.of.due} | {seen.of.status.value}" if seen else "nothing"
            found.append(
                f"{each.case.id} {' '.join(each.case.difficulty)}: {each.owner}{' UNPARSED' if each.unparsed else ''}\n"
                f"    want {gold.owner} | {gold.words} | {gold.due} | {gold.status}\n    got  {got}"
            )
    found += [
        f"{case.id} {' '.join(case.difficulty)}: EXTRA {seen.of.owner} | {seen.action} | {seen.of.status.value}"
        for case, seen in tally.extra
    ]
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("path", type=Path, nargs="*", default=[HELD_OUT, SECOND])
    options.add_argument("--dev", action="store_true", help="the development cases")
    options.add_argument("--hands", action="store_true", help="the development cases of the other authors")
    options.add_argument("--details", action="store_true", help="with --dev or --hands: what went wrong, with words")
    given = options.parse_args()
    open_to_read = given.dev or given.hands
    paths = [DEV] * given.dev + [*HANDS] * given.hands if open_to_read else given.path
    shown = [_print(path, open_to_read=open_to_read, words=given.details) for path in paths]
    raise SystemExit(0 if all(shown) else 1)


def _print(path: Path, *, open_to_read: bool, words: bool) -> bool:
    cases = drafting_cases(path)
    tally = judge(run_cases(cases))
    if open_to_read and words:
        print("\n".join(details(tally)))
    pairs = len({each.pair for each in cases})
    apart = "development" if open_to_read else "kept apart"
    met = show(f"{path.stem}, {len(cases)} cases {apart}, {pairs} pairs, rules", goals(tally))
    print(f"  files refused {tally.refused}, lines shown as not understood {tally.unparsed}")
    for key in ("style", "difficulty"):
        if not open_to_read or key == "style":
            print(f"by {key}:", *breakdown(tally, key), sep="\n")
    return met


if __name__ == "__main__":
    main()
