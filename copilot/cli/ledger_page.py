"""The table of a commitment's states for ``docs/ledger.md``, from the table that decides. Knows nothing of its own."""

from __future__ import annotations

from typing import Final

from copilot.ledger_states import NEEDS_REASON, TABLE, Event, State, Step

_MADE: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"

_TABLE: Final = (
    "A commitment is in one of six states. Notes and people move it, nothing else does. The same table is used when"
    " the ledger is folded, when a person decides, and by `coach commit`."
)
_RETURNED: Final = (
    "`returned` shows as a candidate: it was closed before, a later note says it again, and only a person opens it. A"
    " word that is refused says what to do first."
)
_LINKS: Final = (
    "Where a note's line may mean several commitments, or is not plain, it changes nothing: the line is shown with the"
    " commitments that it may mean, and somebody says which. Of several due dates the latest said counts; the ones"
    " before it are kept, as is everything that happened to a commitment."
)
_WORDS: Final = (
    "The record keeps people's words in the order in which it took them, whatever the clock says. Where two people"
    " speak without knowing of each other, both words are kept, the later one counts, and the commitment asks."
)
_GONE: Final = (
    "Where a line leaves its note, the commitment leaves with it unless another note says it. It does not leave"
    " silently: `coach commitments` gives the days of such notes, and no words of them, for a line may have been struck"
    " on purpose. Words that people said about it are kept and counted. What only the old line said of others counts no"
    " more."
)


def ledger_page() -> str:
    """Every state, everything that can happen in it, and what comes of it."""
    reasons = " and ".join(sorted(f"`{each.value}`" for each in NEEDS_REASON))
    head = [f"| What happens | {' | '.join(each.value for each in State)} |", f"|---|{'---|' * len(State)}"]
    rows = [f"| {each.value} | {' | '.join(_cell(TABLE[state][each]) for state in State)} |" for each in Event]
    table = "\n".join([*head, *rows])
    parts = ["# The ledger", _MADE, _TABLE, table, f"{_RETURNED} {reasons} need a reason.", _LINKS, _WORDS, _GONE]
    return "\n\n".join(parts) + "\n"


def _cell(made: Step) -> str:
    if made.refused:
        return f"refused: {made.refused}"
    if made.next is None:
        return "leaves with the line"
    words = [made.next.value]
    if made.confirms:
        words.append("counts as confirmed")
    if made.starts is not None:
        words.append(f"a new one starts as {made.starts.value}")
    if made.question is not None:
        words.append(f"asks “{made.question}”")
    return "; ".join(words)
