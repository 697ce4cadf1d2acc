"""Acceptance criteria: drafted from what the notes and the programme file give, checked, linted, never invented.

What is missing is asked for by name: artifact, threshold, source, verifier, date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, LiteralString

from copilot.boxes.decision import at_hand
from copilot.boxes.lines import PROGRAMME, cited_lines, of_kind, quote
from copilot.boxes.spoken import first_sentence, sentence_at, spoken
from copilot.drafts import Criterion, Dropped
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import KpiFacts, Snapshot
from guards.errors import Unsupported
from guards.facts import facts_of
from guards.grounding import Basis, Claim, Rule, Slot, claim, ground
from guards.text import RedactedText, composed, house, joined
from guards.tokens import day_text, number_text
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
_NAMES: Final = {
    "decision": house("decision"), "artifact": house("artifact or evaluation set"), "threshold": house("threshold"),
    "data source": house("data source"), "who verifies": house("who verifies"), "date": house("date"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold as the note words it."""

    comparator: str
    value: RedactedText
    unit: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion before it is checked: its claim, and where that stands."""

    claim: Claim
    citations: tuple[Citation, ...]


def bound_in(text: RedactedText) -> Bound | None:
    """The first comparison with a number in a text."""
    found = _BOUND.search(text)
    if found is None:
        return None
    low = found["words"].lower() in _LOW
    return Bound("<=" if low else ">=", text[found.start("value") : found.end("value")], found["unit"])


def draft_criteria(snapshot: Snapshot, *, rules: Mapping[str, Rule]) -> tuple[tuple[Criterion, ...], list[Dropped]]:
    """One criterion for the decision at hand, of the parts that pass their check, and what did not pass."""
    kept: dict[str, RedactedText] = {}
    cited: dict[Citation, None] = {}
    dropped: list[Dropped] = []
    for name, part in parts_of(snapshot).items():
        try:
            kept[name] = ground(part.claim, rules=rules).text
        except Unsupported as refused:
            dropped.append(Dropped(part.claim.text, f"criterion {name}: {refused}"))
            continue
        cited.update(dict.fromkeys(part.citations))
    return (_criterion(snapshot, kept, _gathered(tuple(cited))),), dropped


def _gathered(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The programme file once, with all that was taken from it."""
    taken = [each for each in citations if each.document == PROGRAMME]
    if not taken:
        return citations
    quotes = tuple(dict.fromkeys(each.quote for each in taken))
    once = Citation(PROGRAMME, taken[0].source, 0, 0, joined("; ", quotes))
    return (once, *(each for each in citations if each.document != PROGRAMME))


def parts_of(snapshot: Snapshot) -> dict[str, Part]:
    """The parts that the record gives, each as a claim over its sources."""
    mention, kpi = at_hand(snapshot), snapshot.kpi
    said = _bounded(snapshot, mention)
    made = _stated(snapshot, said) if said else _kpi_parts(kpi) if kpi else {}
    artifact = _artifact(snapshot)
    if artifact is not None:
        made["given"] = _quoted(snapshot, artifact, first_sentence(artifact.text), limit=110)
    if kpi is not None:
        owner = snapshot.who(kpi.kpi.owner)
        if owner is not None:
            made["verified_by"] = _programme("{value}", value=Slot(owner, Basis.RULE, "kpi", ("owner",)))
    due = _day_in(mention)
    if due is not None and mention is not None:
        slot = Slot(day_text(due), Basis.RULE, "session_day", (due.isoformat(),), (day_text(due)[4:],))
        made["due"] = Part(claim("{day}", lines=cited_lines(snapshot, [mention.citation]), day=slot),
                           (mention.citation,))  # fmt: skip
    return made


def _artifact(snapshot: Snapshot) -> Mention | None:
    found = (spoken(snapshot, each) for each in of_kind(snapshot, MentionKind.ARTIFACT))
    return next((each for each in found if each.text), None)


def _quoted(snapshot: Snapshot, mention: Mention, words: RedactedText, *, limit: int) -> Part:
    lines = cited_lines(snapshot, [mention.citation])
    return Part(claim("{words}", lines=lines, words=quote(words, limit=limit)), (mention.citation,))


def _stated(snapshot: Snapshot, said: Mention) -> dict[str, Part]:
    """The note states the comparison itself: its own words are the measure."""
    bound, file = bound_in(said.text), _FILE.search(said.text)
    at = _BOUND.search(said.text)
    made = {"then": _quoted(snapshot, said, sentence_at(said.text, at.start() if at else 0), limit=140)}
    if bound is not None:
        made["threshold"] = _quoted(snapshot, said, bound.value, limit=20)
    if file is not None:
        made["source"] = _quoted(snapshot, said, said.text[file.start() : file.end()], limit=60)
    return made


def _kpi_parts(kpi: KpiFacts) -> dict[str, Part]:
    """The pair's KPI is the measure, as the programme file has it."""

    def value(text: RedactedText, part: str) -> Slot:
        return Slot(text, Basis.RULE, "kpi", (part,))

    made = {"metric": _programme("{value}", value=value(kpi.name, "name"))}
    made["source"] = _programme("{value}", value=value(kpi.source, "source"))
    target, window = kpi.kpi.target, kpi.kpi.window_days
    if window is not None:
        made["window"] = _programme("{days} days", days=value(number_text(window), "window"))
    if target is not None:
        low = house("<=") if kpi.kpi.better == "lower" else house(">=")
        made["threshold"] = _programme("{value}", value=value(number_text(target), "target"))
        made["then"] = _programme("{name} {low} {target} {unit}", name=value(kpi.name, "name"),
                                  low=value(low, "comparator"), target=value(number_text(target), "target"),
                                  unit=value(kpi.unit, "unit"))  # fmt: skip
    return made


def _programme(template: LiteralString, **slots: Slot) -> Part:
    made = claim(template, lines=(), **slots)
    return Part(made, (Citation(PROGRAMME, house("programme.yaml"), 0, 0, made.text),))


def _criterion(snapshot: Snapshot, kept: Mapping[str, RedactedText], citations: tuple[Citation, ...]) -> Criterion:
    mention, kpi = at_hand(snapshot), snapshot.kpi
    said = _bounded(snapshot, mention)
    bound = bound_in(said.text) if said else None
    low = kpi is not None and kpi.kpi.better == "lower"
    have = {"decision": mention, "artifact": kept.get("given"), "threshold": kept.get("threshold"),
            "data source": kept.get("source"), "who verifies": kept.get("verified_by"),
            "date": kept.get("due")}  # fmt: skip
    return Criterion(
        id="c1", given=kept.get("given"), when=_when(kept), then=kept.get("then"),
        metric=kept.get("metric") or kept.get("then"),
        comparator=(bound.comparator if bound else "<=" if low else ">=") if "threshold" in kept else None,
        threshold=kept.get("threshold"), unit=bound.unit if bound else str(kpi.unit) if kpi else None,
        source=kept.get("source"), verified_by=kept.get("verified_by"),
        due=_day_in(mention) if "due" in kept else None,
        needs=_asks(snapshot, [name for name, part in have.items() if part is None]), citations=citations,
    )  # fmt: skip


def _when(kept: Mapping[str, RedactedText]) -> RedactedText | None:
    source, window = kept.get("source"), kept.get("window")
    if source is None:
        return None
    if window is None:
        return composed("measured on {source}", source=source)
    return composed("measured on {source} over {window}", source=source, window=window)


def _bounded(snapshot: Snapshot, mention: Mention | None) -> Mention | None:
    """The decision itself, or an objective or decision of the last session, that states a comparison."""
    kinds = (MentionKind.OBJECTIVE, MentionKind.DECISION)
    near = [spoken(snapshot, each) for each in of_kind(snapshot, *kinds) if each.session_date == snapshot.last]
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


def _asks(snapshot: Snapshot, names: list[str]) -> tuple[RedactedText, ...]:
    mentee = snapshot.people[snapshot.pair.mentee]
    sponsor = snapshot.who(snapshot.pair.sponsor) or mentee
    asked = {"threshold": sponsor, "date": sponsor}
    return tuple(
        composed("[needs: {name} - ask {who}]", name=_NAMES[each], who=asked.get(each, mentee)) for each in names
    )


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
