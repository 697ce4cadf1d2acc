"""Milliseconds per 160-word chunk: ours (batched) beside stock ``AnalyzerEngine.analyze``, one thread each, one run.

python benchmarks/redaction_speed.py TEXT_FOLDER --ner MODEL_FOLDER [--stock SPACY_MODEL]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from guards.pair_vault import PairVault
from guards.presidio import build_redactor
from guards.roster import Roster
from guards.text import RawText


def chunks(folder: Path, count: int) -> list[str]:
    """Whole lines up to about 160 words each."""
    found: list[str] = []
    part: list[str] = []
    for file in sorted(each for kind in ("*.md", "*.txt") for each in folder.rglob(kind)):
        for line in file.read_text("utf-8", errors="replace").splitlines():
            part.append(line)
            if sum(len(each.split()) for each in part) >= 160:
                found.append("\n".join(part))
                part = []
    return found[:count]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--ner", type=Path)
    ask.add_argument("--stock")
    ask.add_argument("--chunks", type=int, default=64)
    given = ask.parse_args()
    texts = chunks(given.folder, given.chunks)
    words = sum(len(text.split()) for text in texts)
    redactor = build_redactor(ner=given.ner)
    redactor.redact([RawText(texts[0])], vault=PairVault("bench", roster=Roster()))
    start = time.process_time()
    redactor.redact([RawText(text) for text in texts], vault=PairVault("bench", roster=Roster()))
    ours = (time.process_time() - start) * 1000 * 160 / words
    print(f"{len(texts)} chunks, {words} words; ours {ours:.1f} ms CPU per 160 words ({redactor.policy})")
    if not given.stock:
        print("stock Presidio skipped: no spaCy model given (--stock)")
        return
    from redaction_quality import stock

    peer = stock(given.stock)
    peer([{"text": texts[0]}])
    start = time.process_time()
    peer([{"text": text} for text in texts])
    theirs = (time.process_time() - start) * 1000 * 160 / words
    print(f"stock {theirs:.1f} ms CPU per 160 words; ours is {theirs / ours:.2f} times as fast")


if __name__ == "__main__":
    main()
