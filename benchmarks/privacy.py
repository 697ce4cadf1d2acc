"""The privacy boundary in one table: every bench that measures a part of it.

``coach bench privacy --data DIR`` prints each figure with its n, its 95 % interval and the bound that is wanted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from benchmarks import blocks
from benchmarks.blocks import Block

BLOCKS: Final = (
    Block("redaction", "benchmarks.redaction_held_out", "Redaction on texts kept apart"),
    Block("speed", "benchmarks.redaction_speed", "Speed of redaction against the stock analyser", needs_data=True),
    Block("sensitive", "benchmarks.sensitive_passages", "Sensitive passages held back"),
    Block("crisis", "benchmarks.crisis_signs", "Signs of crisis, given the help card"),
    Block("languages", "benchmarks.languages", "Notes in other languages"),
    Block("walls", "benchmarks.walls", "Walls between roles, lanes and purposes"),
    Block("erasure", "benchmarks.erasure", "Erasure and retention"),
    Block("egress", "benchmarks.egress_faults", "Egress door under injected faults"),
    Block("canaries", "benchmarks.canaries", "Canaries down every path"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the blocks and print a closing line."""
    return blocks.main(BLOCKS, __doc__ or "", arguments)


if __name__ == "__main__":
    sys.exit(main())
