"""Comma-separated tables as RFC 4180 has them, safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it, so that it stays text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the start of a cell, full-width forms included."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their header, lines ended by CRLF, each cell quoted where it must be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def safe_cell(cell: str) -> str:
    """The cell as text that no spreadsheet runs; control characters but line breaks become blanks."""
    plain = "".join(each if each.isprintable() or each in "\t\r\n" else " " for each in cell)
    return f"'{plain}" if plain.startswith(_STARTS) or plain.lstrip(" ").startswith(_STARTS) else plain
