"""Prints what a fresh process needs: CPU seconds from its start to the first redacted text, then its peak memory in MB.

``python -m benchmarks.first_redaction [FOLDER]`` redacts one line, then every chunk of the folder's texts. Started as
a child by ``redaction_speed``; refuses nothing, says nothing of the texts.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path


def main() -> None:
    from benchmarks.redaction_texts import chunks, installed_rampart
    from guards.pair_vault import PairVault
    from guards.presidio import build_redactor
    from guards.roster import Roster
    from guards.text import RawText

    vault = PairVault("bench", roster=Roster())
    redactor = build_redactor(ner=installed_rampart())
    redactor.redact([RawText("Priya asked whether Tom agrees.")], vault=vault)
    first = time.process_time()
    if len(sys.argv) > 1:
        redactor.redact([RawText(each) for each in chunks(Path(sys.argv[1]), 240)], vault=vault)
    print(f"{first:.4f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}")


if __name__ == "__main__":
    main()
