"""Acceptance criteria: drafted from what the notes and the programme file give, linted, never invented.

What is missing is asked for by name: threshold, source, verifier, date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.boxes.decision import at_hand
from copilot.boxes.lines import PROGRAMME, of_kind, quote
from copilot.drafts import Criterion
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.facts import facts_of
from guards.text import RedactedText, house
from guards.tokens import number_text
from knowledge.corpus_files import CriterionWords
from knowledge.passages import Citation

_BOUND: Final = re.compile(
    r"(?P<words>at least|at most|no more than|no less than|not more than|fewer than|less than|more than|under|below"
    r"|above|over|up to|≥|≤|<=|>=|<|>)\s*(?P<value>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>%|percent|days?|weeks?|hours?|minutes?|ms)?",
    re.IGNORECASE,
)
_LOW: Final = frozenset(
    {"at most", "no more than", "not more than", "fewer than", "less than", "under", "below", "up to", "≤", "<=", "<"}
)
_FILE: Final = re.compile(r"\b[\w-]+\.(?:csv|xlsx|parquet|jsonl?|pdf)\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold as the note words it."""

    comparator: str
    value: RedactedText
    unit: str | None


def bound_in(text: RedactedText) -> Bound | None:
    """The first comparison with a number in a text."""
    found = _BOUND.search(text)
    if found is None:
        return None
    low = found["words"].lower() in _LOW
    return Bound("<=" if low else ">=", text[found.start("value") : found.end("value")], found["unit"])


def draft_criteria(snapshot: Snapshot) -> tuple[Criterion, ...]:
    """One criterion for the decision at hand."""
    mention = at_hand(snapshot)
    kpi = snapshot.kpi
    said = _bounded(snapshot, mention)
    bound = bound_in(said.text) if said else None
    citations = [each.citation for each in dict.fromkeys((mention, said)) if each]
    metric, threshold, comparator, unit, source = None, None, None, None, None
    if bound is not None and said is not None:
        metric, threshold, comparator, unit = (
            quote(said.text, limit=100).text,
            bound.value,
            bound.comparator,
            bound.unit,
        )
        file = _FILE.search(said.text)
        source = said.text[file.start() : file.end()] if file else None
    elif kpi is not None:
        metric, source, unit = kpi.name, kpi.source, str(kpi.unit)
        comparator = "<=" if kpi.kpi.better == "lower" else ">="
        threshold = number_text(kpi.kpi.target) if kpi.kpi.target is not None else None
        citations.append(Citation(PROGRAMME, house("programme.yaml"), 0, 0, kpi.name))
    artifact = next(iter(of_kind(snapshot, MentionKind.ARTIFACT)), None)
    if artifact is not None:
        citations.append(artifact.citation)
    verifier = snapshot.who(kpi.kpi.owner) if kpi is not None else None
    due = _day_in(mention)
    parts = {"decision": mention, "threshold": threshold, "data source": source, "who verifies": verifier, "date": due}
    return (
        Criterion(
            id="c1",
            given=quote(artifact.text, limit=110).text if artifact else None,
            when=quote(mention.text, limit=160).text if mention else None,
            then=metric, metric=metric, comparator=comparator, threshold=threshold, unit=unit, source=source,
            verified_by=verifier, due=due,
            needs=_asks(snapshot, [name for name, part in parts.items() if part is None]),
            citations=tuple(citations),
        ),
    )  # fmt: skip


def _bounded(snapshot: Snapshot, mention: Mention | None) -> Mention | None:
    """The decision itself, or an objective or artifact of the last session, that states a comparison."""
    kinds = (MentionKind.OBJECTIVE, MentionKind.ARTIFACT, MentionKind.DECISION)
    near = [each for each in of_kind(snapshot, *kinds) if each.session_date == snapshot.last]
    return next((each for each in [*([mention] if mention else []), *near] if bound_in(each.text)), None)


def _day_in(mention: Mention | None) -> date | None:
    days = sorted(facts_of(mention.text).days) if mention else []
    if not days or mention is None:
        return None
    year, month, day = days[-1]
    try:
        return date(year or mention.session_date.year, month, day)
    except ValueError:
        return None


def _asks(snapshot: Snapshot, names: list[str]) -> tuple[str, ...]:
    sponsor = snapshot.who(snapshot.pair.sponsor) or snapshot.people[snapshot.pair.mentee]
    mentee = snapshot.people[snapshot.pair.mentee]
    return tuple(f"[needs: {name} - ask {sponsor if name in {'threshold', 'date'} else mentee}]" for name in names)


def lint_criterion(text: str, *, words: CriterionWords) -> tuple[str, ...]:
    """What keeps a criterion from being tested, as questions; empty when nothing does."""
    low, asks = text.casefold(), list[str]()
    for group in words.vague:
        hit = next((word for word in group.words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", low)), None)
        if hit:
            asks.append(f"“{hit}”: {group.ask}")
    facts = facts_of(text)
    if not facts.numbers:
        asks.append("no threshold: which number settles it?")
    if not facts.days and not facts.weekdays:
        asks.append("no date: by when?")
    if not re.search(
        r"\b(?:on|from|in|over|against|measured)\b.*\b(?:set|sample|data|log|file|csv|export|cases?)\b", low
    ):
        asks.append("no source: measured on which data?")
    if not facts.who and not re.search(r"\b(?:verified|checked|signed|reviewed|accepted) (?:off )?by\b", low):
        asks.append("no verifier: who says it is met?")
    return tuple(asks)
