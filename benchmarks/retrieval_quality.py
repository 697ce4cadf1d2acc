"""Finding within one meeting on QMSum: ``python -m benchmarks.retrieval_quality DIR WEIGHTS``.

DIR holds ``qmsum.jsonl``, WEIGHTS the folder ``minilm``. Passages are turns joined to about 150 words here, not by
the product's chunker. A passage is relevant when it touches a span of the query. Prints R@5, R@10, MRR, nDCG@10.
"""

from __future__ import annotations

import json
import math
import random
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from copilot.stores.words import match_expression
from guards.text import RedactedText, mint_redacted
from knowledge.embedding import MiniLmEmbedder
from knowledge.retrieval import fused, scaled

Passages = list[tuple[int, int, RedactedText]]


def passages(turns: Sequence[dict[str, str]]) -> Passages:
    made: Passages = []
    lines: list[str] = []
    first = 0
    for at, turn in enumerate(turns):
        lines.append(f"{turn['speaker']}: {turn['content']}")
        if sum(len(line.split()) for line in lines) >= 150 or at == len(turns) - 1:
            made.append((first, at, mint_redacted("\n".join(lines))))  # public meetings, nobody of ours
            first, lines = at + 1, []
    return made


def by_words(store: sqlite3.Connection, query: str) -> dict[str, float]:
    found = store.execute(
        "SELECT rowid, -rank FROM w WHERE w MATCH ? ORDER BY rank LIMIT 50", (match_expression(query),)
    )
    return {str(number): float(score) for number, score in found}


def measures(scores: dict[str, float], relevant: set[str]) -> tuple[float, ...]:
    order = sorted(scores, key=lambda each: (-scores[each], each))
    gains = [each in relevant for each in order]
    first = next((1 / at for at, good in enumerate(gains, 1) if good), 0.0)
    gain = sum(good / math.log2(at + 1) for at, good in enumerate(gains[:10], 1))
    ideal = sum(1 / math.log2(at + 1) for at in range(1, min(10, len(relevant)) + 1))
    return sum(gains[:5]) / len(relevant), sum(gains[:10]) / len(relevant), first, gain / ideal


def run(meeting: dict[str, Any], embedder: MiniLmEmbedder, rows: dict[str, list[tuple[float, ...]]]) -> None:
    made = passages(meeting["meeting_transcripts"])
    vectors = embedder.embed([text for _, _, text in made], pair="bench")
    store = sqlite3.connect(":memory:")
    store.execute("CREATE VIRTUAL TABLE w USING fts5(body, tokenize='porter unicode61')")
    store.executemany("INSERT INTO w(rowid, body) VALUES (?, ?)", [(at, text) for at, (_, _, text) in enumerate(made)])
    for query in meeting["specific_query_list"]:
        spans = [(int(a), int(b)) for a, b in query["relevant_text_span"]]
        relevant = {str(at) for at, (a, b, _) in enumerate(made) if any(a <= y and b >= x for x, y in spans)}
        if not relevant:
            continue
        wanted = embedder.embed([mint_redacted(query["query"])], pair="bench")[0]
        near = {str(at): sum(x * y for x, y in zip(wanted, each, strict=True)) for at, each in enumerate(vectors)}
        dense = dict(sorted(near.items(), key=lambda hit: -hit[1])[:50])
        words = by_words(store, query["query"])
        for name, scores in (("dense", dense), ("fts5", scaled(words)), ("fusion", fused(dense, words))):
            rows.setdefault(name, []).append(measures(scores, relevant))
    store.close()


def interval(values: Sequence[float]) -> str:
    draw = random.Random(7)  # noqa: S311 -- a bootstrap, seeded so that a run repeats
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(1000))
    return f"{sum(values) / len(values):.3f} [{means[25]:.3f}, {means[974]:.3f}]"


def main() -> None:
    embedder = MiniLmEmbedder(Path(sys.argv[2]) / "minilm", check=lambda _texts, _pair: None)
    rows: dict[str, list[tuple[float, ...]]] = {}
    for line in (Path(sys.argv[1]) / "qmsum.jsonl").read_text(encoding="utf-8").splitlines():
        run(json.loads(line), embedder, rows)
    print("method  n  R@5  R@10  MRR  nDCG@10, with 95 % bootstrap intervals")
    for name, found in rows.items():
        print(name, len(found), *(interval(values) for values in zip(*found, strict=True)))


if __name__ == "__main__":
    main()
