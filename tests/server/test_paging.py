"""Pages together are the list, whatever is added between them; a made-up cursor is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.paging import Wanted, page
from server.problems import Refused

KEYS = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=40).map(sorted)


@given(keys=KEYS, limit=st.integers(1, 7), late=st.text(min_size=1, max_size=8))
def test_pages_together_are_the_list(keys: list[str], limit: int, late: str) -> None:
    seen: list[str] = []
    cursor, entries = "", keys
    while True:
        found = page(entries, Wanted(limit, cursor), key=str)
        assert len(found.items) <= limit
        seen += found.items
        if found.next is None:
            break
        cursor, entries = found.next, sorted({*keys, late})
    assert seen == sorted(set(seen))
    assert set(keys) <= set(seen)


@given(cursor=st.text(min_size=1, max_size=30).filter(lambda each: not each.startswith("a")))
def test_a_cursor_that_nobody_gave_is_refused(cursor: str) -> None:
    with pytest.raises(Refused):
        Wanted(5, cursor)
