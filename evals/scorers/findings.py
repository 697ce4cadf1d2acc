"""What the product points out, against labels: language cards, criteria, stalled flags, passages found, other names.

A missed card is cheap: a person reads the text anyway. What people would be judged by, or sign, is dangerous.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from evals.score import NOT_APPLICABLE, Score, passed

AT: tuple[int, int] = (5, 10)
"""A page shows about five passages, and ten is where nDCG is usually cut."""


def card_raised(*, wanted: str | None, touching: Collection[str]) -> Score:
    """A sentence that deserves a card has one of its category on the labelled words."""
    return passed(wanted in touching, "no card of its category there") if wanted else NOT_APPLICABLE


def card_right(*, card: str, wanted: str | None, touching: Collection[str]) -> Score:
    """A card that was shown is of the labelled category and on the labelled words."""
    return passed(card == wanted and card in touching, f"{card} on {wanted or 'a harmless sentence'}")


def harmless_left_alone(*, wanted: str | None, cards: Collection[str]) -> Score:
    """A harmless sentence has no card."""
    return NOT_APPLICABLE if wanted else passed(not cards, ", ".join(sorted(cards)))


def part_found(*, has: bool, read: bool) -> Score:
    """A part that the criterion has is not asked for again."""
    return passed(read, "asked for, though it is there") if has else NOT_APPLICABLE


def part_not_invented(*, has: bool, read: bool) -> Score:
    """A part that the criterion lacks is asked for."""
    return NOT_APPLICABLE if has else passed(not read, "taken as given")


def vague_found(*, word: str, found: Collection[str]) -> Score:
    """A word that no test settles is pointed at."""
    return passed(word in found, f"“{word}” was not pointed at")


def untestable_questioned(*, lacks: bool, vague: bool, cards: int) -> Score:
    """Dangerous when 0: a criterion that no test can settle raises no question at all, and may be signed as it is."""
    return passed(cards > 0, "no question") if lacks or vague else NOT_APPLICABLE


def stall_found(*, start: int, end: int, raised: Sequence[bool], within: int) -> Score:
    """A stall is flagged within so many weeks of its beginning, and while it lasts."""
    return passed(any(raised[start : min(end, start + within) + 1]), f"not within {within} weeks")


def flag_right(*, stalled: bool, grey: bool) -> Score:
    """An episode that was flagged touches a stall; in weeks that people would call either way it is not scored."""
    return Score(1.0) if stalled else NOT_APPLICABLE if grey else Score(0.0, "nothing had stalled")


def rest_left_alone(*, rests: Sequence[bool], raised: Sequence[bool]) -> Score:
    """Dangerous when 0: a pair is flagged in weeks of leave that is on record, or after it ended on record."""
    return (
        passed(not any(a and b for a, b in zip(rests, raised, strict=True)), "flagged while at rest")
        if any(rests)
        else NOT_APPLICABLE
    )


def recall_at_5(*, ranks: Sequence[int], relevant: int) -> Score:
    """The share of the relevant passages that are among the first five; ranks count from 1."""
    share = sum(each <= AT[0] for each in ranks) / relevant
    return Score(share, "" if share == 1 else "not among the first five")


def ndcg_at_10(*, ranks: Sequence[int], relevant: int) -> Score:
    """Normalised discounted gain of the first ten: 1 where every relevant passage stands before the rest."""
    gain = sum(1 / math.log2(each + 1) for each in ranks if each <= AT[1])
    ideal = sum(1 / math.log2(at + 1) for at in range(1, min(AT[1], relevant) + 1))
    return Score(gain / ideal, "" if gain == ideal else "others before it")


def nothing_foreign(*, texts: Sequence[str], marks: Collection[str]) -> Score:
    """Dangerous when 0: a passage that only another pair has is found."""
    return passed(not [each for each in texts if any(mark in each for mark in marks)], "a passage of another pair")


def held_not_found(*, texts: Sequence[str], words: str) -> Score:
    """Dangerous when 0: a passage that was held back is found by a search."""
    return passed(not any(words in each for each in texts), "a passage that is held back")


def same_text(one: str, other: str) -> Score:
    """Dangerous when 0: what people are told depends on what somebody is called."""
    if one == other:
        return Score(1.0)
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return Score(0.0, "differs by name", ((at, max(at + 1, min(len(other), at + 20))),))


def raised_was_confirmed(*, raised: bool, label: str) -> Score:
    """A flag that would be raised now is one that a person confirmed."""
    return passed(label == "confirmed", "a person dismissed it") if raised else NOT_APPLICABLE


def confirmed_still_raised(*, raised: bool, label: str) -> Score:
    """A flag that a person confirmed would be raised again."""
    return passed(raised, "no longer raised") if label == "confirmed" else NOT_APPLICABLE
