"""Acceptance criteria: drafted from what the notes and the programme file give, checked, never invented.

What is missing is asked for by name: measure, threshold, unit, source, date, verifier, KPI. A number that the notes do
not state comes from the KPI alone and is marked as proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, LiteralString

from copilot.boxes.lines import PROGRAMME, cited_lines, of_kind, quote
from copilot.boxes.spoken import first_sentence, sentence_at, spoken
from copilot.criterion_lint import Card, CriterionLinter
from copilot.criterion_seeds import Bound, Seed, bound_in, content_words, seed_at_hand, seeds
from copilot.drafts import Criterion, Dropped
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import KpiFacts, Snapshot
from guards.errors import Unsupported
from guards.facts import facts_of
from guards.grounding import Basis, Claim, Rule, Slot, claim, ground
from guards.text import RedactedText, composed, house, joined
from guards.tokens import day_text, number_text
from knowledge.passages import Citation

_FILE: Final = re.compile(r"\b[\w-]+\.(?:csv|xlsx|parquet|jsonl?|pdf)\b")
_NAMES: Final = {
    "alignment": house("decision of the first session that names this measure"),
    "decision": house("decision"), "artifact": house("artifact or evaluation set"), "measure": house("measure"),
    "threshold": house("threshold"), "unit": house("unit"), "data source": house("data source"),
    "who verifies": house("who verifies"), "date": house("date"), "KPI": house("KPI it counts towards"),
}  # fmt: skip
_TARGET: Final = house("the KPI's target")
_KPI_WORDS: Final = 2
"""Content words that a stated criterion shares with the KPI's name before it counts towards it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion before it is checked: its claim, and where that stands."""

    claim: Claim
    citations: tuple[Citation, ...]


def draft_criteria(snapshot: Snapshot, *, rules: Mapping[str, Rule]) -> tuple[tuple[Criterion, ...], list[Dropped]]:
    """One criterion for the decision at hand, of the parts that pass their check, and what did not pass."""
    made, dropped = draft_one(snapshot, seed_at_hand(snapshot), rules=rules)
    return (made,), dropped


def all_criteria(snapshot: Snapshot, *, rules: Mapping[str, Rule], but: str = "") -> tuple[Criterion, ...]:
    """Every criterion of the pair: the first one, that of the decision at hand, and those that decisions state.

    ``but`` is the id of one that is drafted already.
    """
    return tuple(draft_one(snapshot, each, rules=rules)[0] for each in seeds(snapshot) if each.id != but)


def draft_one(snapshot: Snapshot, seed: Seed, *, rules: Mapping[str, Rule]) -> tuple[Criterion, list[Dropped]]:
    """The criterion of a seed, of the parts that pass their check, and what did not pass."""
    kept: dict[str, RedactedText] = {}
    cited: dict[Citation, None] = {}
    dropped: list[Dropped] = []
    for name, part in parts_of(snapshot, seed).items():
        try:
            kept[name] = ground(part.claim, rules=rules).text
        except Unsupported as refused:
            dropped.append(Dropped(part.claim.text, f"criterion {name}: {refused}"))
            continue
        cited.update(dict.fromkeys(part.citations))
    return _criterion(snapshot, seed, kept, _gathered(tuple(cited))), dropped


def worth_a_look(criterion: Criterion, linter: CriterionLinter) -> tuple[Card, ...]:
    """The words of a drafted criterion that no test can settle; what it lacks is in its ``needs``."""
    said = dict.fromkeys(each for each in (criterion.then, criterion.metric) if each)
    return tuple({card.why: card for text in said for card in linter.vague_words(text)}.values())


def _gathered(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """The programme file once, with all that was taken from it."""
    taken = [each for each in citations if each.document == PROGRAMME]
    if not taken:
        return citations
    quotes = tuple(dict.fromkeys(each.quote for each in taken))
    once = Citation(PROGRAMME, taken[0].source, 0, 0, joined("; ", quotes))
    return (once, *(each for each in citations if each.document != PROGRAMME))


def parts_of(snapshot: Snapshot, seed: Seed | None = None) -> dict[str, Part]:
    """The parts that the record gives, each as a claim over its sources; without a seed, of the decision at hand."""
    seed = seed or seed_at_hand(snapshot)
    mention, kpi = seed.mention, snapshot.kpi
    made = _stated(snapshot, seed.said) if seed.said else _kpi_parts(kpi) if kpi else {}
    artifact = _artifact(snapshot, seed)
    if artifact is not None:
        made["given"] = _quoted(snapshot, artifact, first_sentence(artifact.text), limit=110)
    if kpi is not None:
        owner = snapshot.who(kpi.kpi.owner)
        if owner is not None:
            made["verified_by"] = _programme("{value}", value=Slot(owner, Basis.RULE, "kpi", ("owner",)))
    if mention is not None:
        made["about"] = _quoted(snapshot, mention, mention.text, limit=400)
    due = _day_in(mention)
    if due is not None and mention is not None:
        slot = Slot(day_text(due), Basis.RULE, "session_day", (due.isoformat(),), (day_text(due)[4:],))
        made["due"] = Part(claim("{day}", lines=cited_lines(snapshot, [mention.citation]), day=slot),
                           (mention.citation,))  # fmt: skip
    return made


def _artifact(snapshot: Snapshot, seed: Seed) -> Mention | None:
    """The latest artifact; for a decision of an earlier day, one of that day, the nearest in words first."""
    found = [spoken(snapshot, each) for each in of_kind(snapshot, MentionKind.ARTIFACT)]
    found = [each for each in found if each.text]
    about = seed.mention
    if about is None or about.session_date == snapshot.last:
        return found[0] if found and not seed.first else None
    of_day = [each for each in found if each.session_date == about.session_date]
    words = content_words(about.text)
    return max(of_day, key=lambda each: len(words & content_words(each.text)), default=None)


def _quoted(snapshot: Snapshot, mention: Mention, words: RedactedText, *, limit: int) -> Part:
    lines = cited_lines(snapshot, [mention.citation])
    return Part(claim("{words}", lines=lines, words=quote(words, limit=limit)), (mention.citation,))


def _stated(snapshot: Snapshot, said: Mention) -> dict[str, Part]:
    """The note states the comparison itself: its own words are the measure."""
    bound, file = bound_in(said.text), _FILE.search(said.text)
    made = {"then": _quoted(snapshot, said, sentence_at(said.text, bound.start if bound else 0), limit=140)}
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


def _criterion(
    snapshot: Snapshot, seed: Seed, kept: Mapping[str, RedactedText], citations: tuple[Citation, ...]
) -> Criterion:
    mention, kpi = seed.mention, snapshot.kpi
    bound = bound_in(seed.said.text) if seed.said else None
    unit = (bound.unit if bound else str(kpi.unit) if kpi else None) if "threshold" in kept else None
    linked = _kpi_of(seed, kept, kpi)
    aligned = None if seed.first and mention is None and snapshot.met else True
    have = {"alignment": aligned, "decision": mention or seed.first or None, "artifact": kept.get("given"),
            "measure": kept.get("metric") or kept.get("then"), "threshold": kept.get("threshold"),
            "data source": kept.get("source"), "who verifies": kept.get("verified_by"), "date": kept.get("due"),
            "unit": unit or (bound is None and "threshold" not in kept) or _counted(kept) or None,
            "KPI": linked}  # fmt: skip
    return Criterion(
        id=seed.id, given=kept.get("given"), when=_when(kept), then=kept.get("then"),
        metric=kept.get("metric") or kept.get("then"),
        comparator=_comparator(bound, kpi) if "threshold" in kept else None,
        threshold=kept.get("threshold"), unit=unit,
        source=kept.get("source"), verified_by=kept.get("verified_by"),
        due=_day_in(mention) if "due" in kept else None,
        needs=_asks(snapshot, [name for name in _NAMES if have[name] is None]), citations=citations,
        about=kept.get("about"), kpi=linked, first=seed.first, day=mention.session_date if mention else None,
        proposed=(("threshold", _TARGET),) if "threshold" in kept and seed.said is None else (),
        aliases=seed.aliases,
    )  # fmt: skip


def _comparator(bound: Bound | None, kpi: KpiFacts | None) -> str:
    if bound is not None:
        return bound.comparator
    return "<=" if kpi is not None and kpi.kpi.better == "lower" else ">="


def _counted(kept: Mapping[str, RedactedText]) -> bool:
    """Whether the number counts the word behind it ("fewer than 12 duplicates"), which is a unit."""
    value, then = kept.get("threshold"), kept.get("then")
    return bool(value and then and re.search(rf"{re.escape(value)}\s+[a-z]{{3,}}", then))


def _kpi_of(seed: Seed, kept: Mapping[str, RedactedText], kpi: KpiFacts | None) -> str | None:
    """The KPI's id where it is the measure, or where the stated one shares enough words with its name."""
    if kpi is None:
        return None
    if seed.said is None:
        return kpi.kpi.id
    shared = content_words(kpi.name) & content_words(" ".join([kept.get("then", ""), kept.get("about", "")]))
    return kpi.kpi.id if len(shared) >= _KPI_WORDS else None


def _when(kept: Mapping[str, RedactedText]) -> RedactedText | None:
    source, window = kept.get("source"), kept.get("window")
    if source is None:
        return None
    if window is None:
        return composed("measured on {source}", source=source)
    return composed("measured on {source} over {window}", source=source, window=window)


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
    asked = {"threshold": sponsor, "date": sponsor, "KPI": sponsor}
    return tuple(
        composed("[needs: {name} - ask {who}]", name=_NAMES[each], who=asked.get(each, mentee)) for each in names
    )
