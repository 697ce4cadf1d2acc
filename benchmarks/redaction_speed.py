"""Milliseconds per chunk of 160 words, ours beside stock ``analyze``, in one run.

``coach bench redaction_speed [FOLDER] [--spacy-path D]``; the texts are the folder's Markdown and text files, else the
sample programme's. Rounds of the two alternate, so that a busy machine is busy for both; the median round counts.
What the redactor remembers of sentences is dropped before each round: repeats count within a round alone.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import copilot.sample
from benchmarks.stock_presidio import stock, stock_spans
from copilot.settings import read_settings
from copilot.weights import small_weights, weights_folder
from guards.pair_vault import PairVault
from guards.presidio import build_redactor
from guards.roster import Roster, RosterPerson
from guards.text import RawText

WORDS = 160


def chunks(folder: Path, count: int) -> list[str]:
    """Whole lines up to about 160 words each."""
    found: list[str] = []
    part: list[str] = []
    for file in sorted(each for kind in ("*.md", "*.txt") for each in folder.rglob(kind)):
        for line in file.read_text("utf-8", errors="replace").splitlines():
            part.append(line)
            if sum(len(each.split()) for each in part) >= WORDS:
                found.append("\n".join(part))
                part = []
    return found[:count]


def installed_rampart() -> Path | None:
    """Where make's set-up put the model, if it did."""
    return small_weights(weights_folder(read_settings())).rampart


def milliseconds(work: Callable[[], object], chunk_count: int) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000 / chunk_count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?", default=Path(copilot.sample.__file__).parent / "notes")
    options.add_argument("--weights", type=Path, default=installed_rampart(), help="folder of the installed Rampart")
    options.add_argument("--spacy-path", type=Path, default=Path("no-spacy"), help="folder of a spaCy model package")
    options.add_argument("--chunks", type=int, default=48)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--roster", type=int, default=0, help="so many made-up people in the roster")
    given = options.parse_args()
    texts = chunks(given.folder, given.chunks)
    redactor = build_redactor(ner=given.weights)
    people = tuple(RosterPerson(f"p{at}", f"Xa{at:04x}q Zo{at:04x}v") for at in range(given.roster))
    roster = Roster(people)
    peer = stock(given.spacy_path)
    if not peer:
        print("no stock figures: name the folder of a small spaCy model with --spacy-path")

    def batched() -> None:
        redactor.forget()
        redactor.redact([RawText(text) for text in texts], vault=PairVault("bench", roster=roster))

    def single() -> None:
        redactor.forget()
        vault = PairVault("bench", roster=roster)
        for text in texts:
            redactor.redact([RawText(text)], vault=vault)

    ways: dict[str, Callable[[], object]] = {"ours, one by one": single, "ours, batched": batched}
    if peer:
        ways["stock analyze"] = lambda: [stock_spans(peer, text) for text in texts]
    report(ways, rounds=given.rounds, title=f"{len(texts)} chunks of about {WORDS} words", count=len(texts))


def report(ways: dict[str, Callable[[], object]], *, rounds: int, title: str, count: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, work in ways.items():
            taken[name].append(milliseconds(work, count))
    middle = {name: statistics.median(times[1:]) for name, times in taken.items()}  # the first round warms up
    print(f"{title}, {rounds} rounds")
    for name, value in middle.items():
        ratio = f", {middle['stock analyze'] / value:.2f} times as fast as stock" if "stock analyze" in middle else ""
        print(f"  {name:18} {value:6.1f} ms a chunk{ratio}")


if __name__ == "__main__":
    main()
