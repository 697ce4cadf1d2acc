"""``draft_for`` warm, in a home of 3 pairs and in one of 500 pairs and 100,000 passages; beside it, in the same run,
langchain-chroma's filtered similarity search over the same vectors in one collection.

``python -m benchmarks.prep_latency [CACHE]``: homes are built once in the cache folder and used again.
"""

from __future__ import annotations

import hashlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for
from copilot.mentions import Mention, MentionKind, ReadBy
from copilot.programme import Kpi, Pair, Person, Programme
from copilot.settings import read_settings
from copilot.snapshot import Request
from guards.access import Lane, Principal, Role, WriteNotes, authorize
from guards.text import RedactedText, mint_redacted
from knowledge.embedding import Vector
from knowledge.passages import Citation, DocumentKind, Passage, RedactedDocument, RedactedLine

SMALL, LARGE, PER_PAIR, NOTES, SIZE, RUNS, SPREAD = 3, 500, 200, 10, 384, 60, 20
START = date(2026, 9, 7)
WORDS = [
    "threshold", "claims", "label", "sheet", "precision", "recall", "shadow", "run", "referral", "alert", "export",
    "nightly", "sponsor", "decision", "option", "measure", "baseline", "pilot", "risk", "rollback", "queue", "agent",
    "transcript", "consent", "backtest", "forecast", "store", "region", "error", "cost",
]  # fmt: skip


class RandomEmbedder:
    """Unit vectors that depend on the text alone; what a model would cost is measured elsewhere."""

    dimensions = SIZE
    digest = "bench-random"

    def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:  # noqa: ARG002
        """One vector each."""
        return [vector(text) for text in texts]


def vector(text: str) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    made = np.random.default_rng(seed).standard_normal(SIZE)
    return (made / np.linalg.norm(made)).tolist()


def opened(home: Path) -> Copilot:
    return bootstrap(read_settings(home=home, engine="rules"), overrides=Overrides(embedder=RandomEmbedder()))


def programme(pairs: int) -> Programme:
    people = [Person("lead", "Programme Lead", roles=frozenset({Role.LND}))]
    made: list[Pair] = []
    for n in range(pairs):
        roles = (("coach", Role.MENTOR_COACH), ("mentee", Role.MENTEE), ("sponsor", Role.SPONSOR))
        people += [Person(f"{who}{n}", f"{who.title()} Number{n}", roles=frozenset({role})) for who, role in roles]
        made.append(Pair(f"pair-{n}", f"coach{n}", f"mentee{n}", f"sponsor{n}", "kpi", START,
                         signed=(("mentor_agreement", START),)))  # fmt: skip
    kpi = Kpi("kpi", "Alerts upheld", "delivery", "%", 31, 45, "higher", "sponsor0", "weekly log", 90)
    return Programme("bench", "Bench", START, 12, 7, "session-60", tuple(people), tuple(made), (kpi,))


def build(home: Path, pairs: int) -> None:
    with opened(home) as copilot:
        copilot.record.programmes.save(programme(pairs))
        for n in range(pairs):
            pair = f"pair-{n}"
            grant = authorize(Principal(f"coach{n}", {pair: Role.MENTOR_COACH}), WriteNotes, pair)
            with copilot.record.vaults.open(pair) as vault:
                who = vault.placeholder_of(f"mentee{n}")
            writer, ids = copilot.record.writer(grant), list[str]()
            for note, passages, mentions in notes(pair, f"mentee{n}", who):
                writer.put_document(note, passages)
                writer.put_mentions(note.id, note.version, mentions)
                ids += [each.id for each in passages]
            if copilot.index is not None:
                copilot.index.add(pair, ids, [vector(each) for each in ids])


def notes(pair: str, mentee: str, who: RedactedText) -> Iterator[tuple[RedactedDocument, list[Passage], list[Mention]]]:
    rng = random.Random(pair)  # noqa: S311 - synthetic text
    for week in range(NOTES):
        day = START + timedelta(days=7 * week)
        texts = [" ".join(rng.choices(WORDS, k=20)) for _ in range(PER_PAIR // NOTES)]
        texts[0] = f"{who}: Label {rng.randint(20, 400)} {rng.choice(WORDS)} records. Due {day + timedelta(days=5)}."
        texts[1] = f"Open: which threshold for the {rng.choice(WORDS)} {rng.choice(WORDS)}: 0.55 or 0.70?"
        lines = tuple(RedactedLine(mint_redacted(text), n, n) for n, text in enumerate(texts, 1))
        name = mint_redacted(f"{pair}/{day}.md")
        note = RedactedDocument(f"{pair}-{week}", "v1", pair, Lane.CONVERSATION, DocumentKind.NOTE, day, name, lines)
        passages = [
            Passage(f"{note.id}-{line.first}", note.id, "v1", pair, note.lane, day, name, line.first, line.last,
                    line.text)
            for line in lines
        ]  # fmt: skip
        kinds = (MentionKind.COMMITMENT, MentionKind.OPEN_DECISION)
        mentions = [
            Mention(f"{note.id}-m{line.first}", pair, kind, line.text, day,
                    Citation(note.id, name, line.first, line.last, line.text), ReadBy.TEMPLATE,
                    owner=mentee if kind is MentionKind.COMMITMENT else None,
                    due=day + timedelta(days=5) if kind is MentionKind.COMMITMENT else None)
            for line, kind in zip(lines, kinds, strict=False)
        ]  # fmt: skip
        yield note, passages, mentions


def one_collection(folder: Path) -> Chroma:
    """The same vectors in one collection, the pair as metadata, opened through langchain-chroma."""
    client: Any = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    made: Any = client.get_or_create_collection("all", embedding_function=None)
    for n in range(made.count() // PER_PAIR, LARGE):  # goes on where an earlier run stopped
        pair = f"pair-{n}"
        ids = [f"{pair}-{week}-{line}" for week in range(NOTES) for line in range(1, PER_PAIR // NOTES + 1)]
        made.upsert(ids=ids, embeddings=[vector(each) for each in ids], documents=ids,
                    metadatas=[{"pair": pair}] * len(ids))  # fmt: skip
    return Chroma(client=client, collection_name="all")


def timed(task: Callable[[int], object], *, runs: int = RUNS) -> list[float]:
    """Seconds of each run, after one of each pair asked about that is not counted."""
    times: list[float] = []
    for n in range(runs + SPREAD):
        began = time.perf_counter()
        task(n)
        times.append(time.perf_counter() - began)
    return sorted(times[SPREAD:])


def drafting(home: Path, pairs: int) -> list[float]:
    with opened(home) as copilot:
        people = [Principal(f"coach{n}", {f"pair-{n}": Role.MENTOR_COACH}) for n in range(pairs)]

        def one(run: int) -> object:
            n = run % SPREAD * 37 % pairs
            return draft_for(copilot, Request(f"pair-{n}"), principal=people[n])

        return timed(one)


def main() -> None:
    with tempfile.TemporaryDirectory() as spare:
        cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(spare)
        began = time.perf_counter()
        for name, pairs in (("small", SMALL), ("large", LARGE)):
            if not (cache / f"{name}.built").exists():
                build(cache / name, pairs)
                (cache / f"{name}.built").touch()
        peer = one_collection(cache / "one-collection")
        print(f"homes and peer ready after {time.perf_counter() - began:.0f} s")
        rows = {
            f"draft_for, {SMALL} pairs": drafting(cache / "small", SMALL),
            f"draft_for, {LARGE} pairs, {LARGE * PER_PAIR:,} passages": drafting(cache / "large", LARGE),
            "langchain-chroma filtered search, same vectors": timed(
                lambda n: peer.similarity_search_by_vector(vector(f"query {n}"), k=6,
                                                           filter={"pair": f"pair-{n % SPREAD * 37 % LARGE}"})
            ),
        }  # fmt: skip
    last = rows["langchain-chroma filtered search, same vectors"]
    print(f"{'warm, ' + str(RUNS) + ' runs':<50} {'p50 ms':>8} {'p95 ms':>8} {'p50 x peer':>11}")
    for name, times in rows.items():
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{name:<50} {middle * 1000:8.1f} {late * 1000:8.1f} {middle / statistics.median(last):11.2f}")


if __name__ == "__main__":
    main()
