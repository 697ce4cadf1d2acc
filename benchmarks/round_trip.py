"""Whether every text comes back letter for letter: masked by the real redactor, restored from its spans and forms.

``python -m benchmarks.round_trip NOTES.jsonl [--weights D]``: a file of records with a ``text``. Also restored from
the placeholders alone, where a roster person's other forms come back as the full name: that must never fail.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Share, show
from benchmarks.redaction_speed import installed_rampart
from guards.access import Principal, RevealNames, Role, authorize
from guards.pair_vault import PairVault
from guards.presidio import build_redactor
from guards.redaction import Redactor
from guards.roster import Roster
from guards.text import PLACEHOLDER, RawText

_PAIR = "benchmark"
_REVEAL = authorize(Principal("me", {_PAIR: Role.MENTOR_COACH}), RevealNames, _PAIR)


def exact(texts: Sequence[str], *, redactor: Redactor, roster: Roster) -> tuple[int, int]:
    """How many texts come back letter for letter, and how many restore without any placeholder left."""
    same = restored = 0
    for text in texts:
        vault = PairVault(_PAIR, roster=roster)
        done = redactor.redact([RawText(text)], vault=vault)[0]
        surfaces = [RawText(text[span.start : span.end]) for span in done.spans]
        same += vault.restore_exact(done, surfaces, _REVEAL) == text
        key = bytes(32)
        again = PairVault.opened(vault.sealed(key), key=key, pair=_PAIR, roster=roster)
        shown = again.restore(done.text, _REVEAL)
        restored += len(PLACEHOLDER.findall(shown)) == len(PLACEHOLDER.findall(text))
    return same, restored


def figures(notes: Path, *, weights: Path | None = None) -> list[Figure]:
    """Both shares over a file of records."""
    texts = [str(json.loads(line)["text"]) for line in notes.read_text("utf-8").splitlines() if line.strip()]
    same, restored = exact(texts, redactor=build_redactor(ner=weights), roster=Roster())
    return [
        Share("texts that come back letter for letter", same, len(texts), least=1),
        Share("texts whose placeholders all restore after sealing", restored, len(texts), least=1),
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("notes", type=Path)
    options.add_argument("--weights", type=Path, default=installed_rampart())
    given = options.parse_args()
    raise SystemExit(0 if show("== round trip", figures(given.notes, weights=given.weights)) else 1)


if __name__ == "__main__":
    main()
