"""Values that cannot hold a name, as text fit for a draft: days, numbers, tickets.

They come from typed fields, not from prose, so minting them here brings no name back in.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from guards.text import RedactedText, mint_redacted

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TICKET: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}-\d{1,7}|(?:[A-Za-z][\w.]{0,20})?[#!]\d{1,7}")


def day_text(day: date, *, year: bool = False) -> RedactedText:
    """A day as people write it: ``Mon 21 Sep``, with ``year`` also ``Mon 21 Sep 2026``."""
    shown = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return mint_redacted(f"{shown} {day.year}" if year else shown)


def number_text(value: float) -> RedactedText:
    """A number without a needless fraction: 98.0 is ``98``, 0.85 is ``0.85``."""
    return mint_redacted(f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}")


def ticket_text(value: str) -> RedactedText | None:
    """A ticket id (``CLM-12``, ``#41``), or ``None`` when the value is not shaped like one."""
    return mint_redacted(value) if _TICKET.fullmatch(value) else None
