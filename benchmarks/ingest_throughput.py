"""Ingest by stage: passages per CPU second alone, and the whole against the sum of its parts, in one run.

The floor of a stage is that stage run over the same documents by itself. ``whole / sum of floors`` says how much
the orchestration costs; 1.0 is none.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from copilot.bootstrap import Copilot, bootstrap
from copilot.ingest import Options
from copilot.intake import ingest_parts, prepare, run
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from guards.access import Lane
from guards.presidio import PresidioRedactor
from knowledge.chunking import chunk
from knowledge.documents import redact_document
from knowledge.passages import Document, Passage, RedactedDocument
from knowledge.reading import read_document

PAIR = "ada-ben"


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process that the work took."""
    began = time.process_time()
    work()
    return time.process_time() - began


def floors(copilot: Copilot, sample: Path) -> tuple[dict[str, float], int]:
    """CPU seconds of each stage alone, and how many passages there were."""
    ready = prepare(copilot, [sample])
    parts = ingest_parts(copilot)
    if isinstance(parts.redactor, PresidioRedactor):
        parts.redactor.forget()  # sentences of the round before would cost nothing
    documents: list[Document] = []
    redacted: list[RedactedDocument] = []
    passages: list[tuple[Passage, ...]] = []
    with copilot.record.vaults.open(PAIR) as vault:
        took = {
            "read": cpu(lambda: documents.extend(read_document(f.path, root=f.root) for f in ready.files)),
            "redact": cpu(
                lambda: redacted.extend(
                    redact_document(
                        each,
                        redactor=parts.redactor,
                        vault=vault,
                        pair=PAIR,
                        lane=Lane.CONVERSATION,
                        session_date=each.session_date or ready.programme.start,
                    )
                    for each in documents
                )
            ),
            "chunk": cpu(lambda: passages.extend(chunk(each) for each in redacted)),
            "read for promises": cpu(
                lambda: [parts.read_mentions(doc, own, vault) for doc, own in zip(redacted, passages, strict=True)]
            ),
        }
    texts = [each.text for own in passages for each in own if not each.held]
    embedder = copilot.embedder
    if embedder is not None:
        took["embed"] = cpu(lambda: embedder.embed(texts, pair=PAIR))
    return took, len(texts)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample = build_sample(Path(folder) / "notes").folder
        with bootstrap(read_settings(home=Path(folder) / "floors", engine="rules")) as copilot:
            floors(copilot, sample)  # loads everything; not counted
            took, count = floors(copilot, sample)
            redactor = copilot.redactor
        print(f"{count} passages of the sample programme, redactor {redactor.policy}")
        for stage, seconds in took.items():
            print(f"{stage:<20} {count / max(seconds, 1e-9):10.1f} passages per CPU second")
        with bootstrap(read_settings(home=Path(folder) / "whole", engine="rules")) as copilot:
            ready = prepare(copilot, [sample])
            ingest_parts(copilot).redactor.policy  # noqa: B018 - loads the redactor outside the clock
            if copilot.embedder is not None:
                copilot.embedder.embed([], pair=PAIR)
            whole = cpu(lambda: list(run(copilot, ready, options=Options())))
    total = sum(took.values())
    print(f"{'whole ingest':<20} {count / whole:10.1f} passages per CPU second, {whole / total:.2f} x its parts' sum")


if __name__ == "__main__":
    main()
