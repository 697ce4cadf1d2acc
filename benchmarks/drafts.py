"""Drafts in one table: owners, the check of claims, status links, criteria, and notes that try to give orders.

``coach bench drafts --data DIR`` prints each figure with its n, its 95 % interval and the bound that is wanted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from benchmarks import blocks
from benchmarks.blocks import Block

BLOCKS: Final = (
    Block("commitments", "benchmarks.commitments_held_out", "Commitments and owners on cases kept apart"),
    Block("second", "benchmarks.commitments_second", "Commitments and owners on a second set kept apart, two authors"),
    Block("minutes", "benchmarks.solid_owners", "Owners in the public minutes", needs_data=True),
    Block("verifier", "benchmarks.verifier_mutants", "The check of claims: mutants, paraphrases, contradictions"),
    Block("status", "benchmarks.status_links", "Status changes linked to what is open"),
    Block("criteria", "benchmarks.criterion_lint", "What a criterion lacks"),
    Block("injection", "benchmarks.injection_effects", "Instructions planted in notes", needs_data=True),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the blocks and print a closing line."""
    return blocks.main(BLOCKS, __doc__ or "", arguments)


if __name__ == "__main__":
    sys.exit(main())
