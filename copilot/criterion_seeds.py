"""What acceptance criteria are drafted from: the pair's KPI with its first session, the decision at hand, and every
decision that states a bound. A seed's id comes from the decision as it was first noted, so a criterion keeps its id
however often it is drafted again; a decision without a bound seeds nothing and is for the orphan report.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copilot.boxes.decision import at_hand
from copilot.boxes.lines import of_kind
from copilot.boxes.spoken import spoken
from copilot.mentions import Mention, MentionKind
from copilot.similarity import content
from copilot.snapshot import Snapshot
from guards.text import RedactedText

_BOUND: Final = re.compile(
    r"(?P<words>at least|at most|no more than|no less than|not more than|fewer than|less than|more than|under|below"
    r"|above|over|up to|within|≥|≤|<=|>=|<|>)\s*(?P<value>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>%|percent|days?|weeks?|hours?|h\b|minutes?|ms)?",
    re.IGNORECASE,
)
_LOW: Final = frozenset(
    {"at most", "no more than", "not more than", "fewer than", "less than", "under", "below", "up to", "within", "≤",
     "<=", "<"}
)  # fmt: skip
_DECISIONS: Final = (MentionKind.OPEN_DECISION, MentionKind.DECISION)
_SAME: Final = 0.6
"""Share of the longer wording's content words, numbers aside, that makes two notes of one decision; as the ledger's."""
_SHARED: Final = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold as the note words it."""

    comparator: str
    value: RedactedText
    unit: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Seed:
    """One criterion to be. ``said`` states the comparison itself; without it the KPI is the measure.

    ``aliases`` are the ids that later notes of the same decision would have given.
    """

    id: str
    mention: Mention | None
    said: Mention | None
    first: bool = False
    aliases: tuple[str, ...] = ()


def bound_in(text: RedactedText) -> Bound | None:
    """The first comparison with a number in a text."""
    found = _BOUND.search(text)
    if found is None:
        return None
    low = found["words"].lower() in _LOW
    value = text[found.start("value") : found.end("value")]
    return Bound("<=" if low else ">=", value, found["unit"], found.start())


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The stems that make up a text's meaning: names and numbers left out."""
    return frozenset(word for word in content(text) if word[0].isalpha())


def same_decision(one: str, other: str) -> bool:
    """Whether two notes are about one decision, whatever number each gives."""
    a, b = content_words(one), content_words(other)
    shared = len(a & b)
    return shared >= _SHARED and shared / max(len(a), len(b)) >= _SAME


def seed_at_hand(snapshot: Snapshot, told: tuple[tuple[Mention, ...], ...] | None = None) -> Seed:
    """The decision at hand; where there is none, the pair's first criterion. ``told`` are ``threads``, where known."""
    mention = at_hand(snapshot)
    if mention is None:
        first = first_seed(snapshot)
        return Seed(first.id, first.mention, _near_objective(snapshot, None), first=first.first, aliases=first.aliases)
    known = threads(snapshot) if told is None else told
    thread = next(each for each in known if any(one.id == mention.id for one in each))
    return _of_thread(snapshot, thread, mention, _near_objective(snapshot, mention))


def seeds(snapshot: Snapshot) -> tuple[Seed, ...]:
    """Every criterion to be: the first one, then the decision at hand, then decisions that state a bound, by age."""
    told = threads(snapshot)
    found = {each.id: each for each in (first_seed(snapshot), seed_at_hand(snapshot, told))}
    for thread in told:
        latest = thread[-1]
        if bound_in(latest.text) is not None:
            seed = _of_thread(snapshot, thread, latest, latest)
            found.setdefault(seed.id, seed)
    return tuple(found.values())


def unmeasured(snapshot: Snapshot) -> tuple[Mention, ...]:
    """Decisions that no criterion is drafted from, in their latest wording."""
    used = {each.mention.id for each in seeds(snapshot) if each.mention}
    return tuple(thread[-1] for thread in threads(snapshot) if not any(each.id in used for each in thread))


def threads(snapshot: Snapshot) -> tuple[tuple[Mention, ...], ...]:
    """Decisions with what later notes say of the same one, oldest first."""
    told = sorted(
        (spoken(snapshot, each) for each in of_kind(snapshot, *_DECISIONS)),
        key=lambda each: (each.session_date, each.citation.document, each.citation.first, each.id),
    )
    found: list[list[Mention]] = []
    for each in told:
        if len(each.text.split()) <= 2:
            continue
        thread = next((one for one in found if same_decision(one[-1].text, each.text)), None)
        if thread is None:
            found.append([each])
        else:
            thread.append(each)
    return tuple(tuple(each) for each in found)


def first_seed(snapshot: Snapshot) -> Seed:
    """The first criterion: the pair's KPI, resting on what the first session (the alignment of week 0) said of it."""
    kpi = snapshot.kpi
    told = first_session(snapshot)
    words = content_words(kpi.name) if kpi else frozenset[str]()
    best = max(told, key=lambda each: len(words & content_words(each.text)), default=None)
    about = best if best is not None and len(words & content_words(best.text)) >= _SHARED else None
    return Seed(criterion_id(snapshot.pair.id, "kpi", kpi.kpi.id if kpi else ""), about, None, first=True)


def first_session(snapshot: Snapshot) -> tuple[Mention, ...]:
    """What the first session decided or aimed at."""
    told = [spoken(snapshot, each) for each in of_kind(snapshot, *_DECISIONS, MentionKind.OBJECTIVE)]
    day = min((each.session_date for each in snapshot.mentions), default=None)
    return tuple(each for each in told if each.session_date == day and each.text)


def criterion_id(pair: str, *parts: str) -> str:
    """A criterion's id from what it is drafted from; never from its wording."""
    return "c" + hashlib.sha256("\x1f".join((pair, *parts)).encode()).hexdigest()[:7]


def _of_thread(snapshot: Snapshot, thread: Iterable[Mention], mention: Mention, said: Mention | None) -> Seed:
    own, *others = [criterion_id(snapshot.pair.id, "decision", each.id) for each in thread]
    return Seed(own, mention, said, aliases=tuple(others))


def _near_objective(snapshot: Snapshot, mention: Mention | None) -> Mention | None:
    """The decision itself, or an objective or decision of the last session, that states a comparison."""
    kinds = (MentionKind.OBJECTIVE, MentionKind.DECISION)
    near = [spoken(snapshot, each) for each in of_kind(snapshot, *kinds) if each.session_date == snapshot.last]
    return next((each for each in [*([mention] if mention else []), *near] if bound_in(each.text)), None)
