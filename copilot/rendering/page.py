"""What the page formats share: footnote numbers, the criterion as lines, the head and the foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from copilot.boxes.lines import PROGRAMME
from copilot.drafts import Criterion, Draft, Item, ItemKind
from guards.held import CRISIS, help_card
from guards.tokens import day_text
from knowledge.passages import Citation

Reveal = Callable[[str], str]
_STAGES: Final = str.maketrans("_", " ")
_PARTS: Final[Mapping[str, str]] = {
    "due": "a due date", "late": "a due date", "who": "an owner", "what": "wording", "ticket": "a ticket",
    "words": "a quote", "day": "a date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notes:
    """Footnotes in order of first use: the number of each place, the places, and each document's short name."""

    numbers: Mapping[tuple[str, int, int], int]
    places: tuple[Citation, ...]
    names: Mapping[str, str]

    def marks(self, citations: tuple[Citation, ...]) -> str:
        """The footnote marks behind a line, such as ``[1][4]`` or ``[2-5]``."""
        found = sorted({self.numbers[(each.document, each.first, each.last)] for each in citations})
        runs = [[n for _, n in run] for _, run in groupby(enumerate(found), key=lambda each: each[1] - each[0])]
        return "".join(
            f"[{run[0]}-{run[-1]}]" if len(run) > 2 else "".join(f"[{number}]" for number in run) for run in runs
        )

    def short(self, citation: Citation) -> str:
        """``name:lines``, the name without its folders where no other cited document has the same."""
        return _place(self.names[citation.document], citation)


def notes_of(draft: Draft) -> Notes:
    """Number every place cited in the order it is read."""
    places: dict[tuple[str, int, int], Citation] = {}
    for box in draft.boxes:
        cited = [each for item in box.items for each in item.citations]
        if box.id == "decision":
            cited += [each for criterion in draft.criteria[:1] for each in criterion.citations]
        for each in cited:
            places.setdefault((each.document, each.first, each.last), each)
    numbers = {place: number for number, place in enumerate(places, 1)}
    return Notes(numbers, tuple(places.values()), _short_names(tuple(places.values())))


def _short_names(places: tuple[Citation, ...]) -> dict[str, str]:
    full = {each.document: str(each.source) for each in places}
    last = {document: name.rsplit("/", 1)[-1] for document, name in full.items()}
    often = Counter(last.values())
    return {document: name if often[name] == 1 else full[document] for document, name in last.items()}


def place(citation: Citation) -> str:
    """``source:lines`` in full."""
    return _place(str(citation.source), citation)


def _place(name: str, citation: Citation) -> str:
    if citation.document == PROGRAMME:
        return name
    lines = f"{citation.first}" if citation.first == citation.last else f"{citation.first}-{citation.last}"
    return f"{name}:{lines}"


def head(draft: Draft, minutes: int) -> str:
    """Who, when, how long, which week and stage."""
    found = draft.provenance
    parts = [f"{found['mentor']} and {found['mentee']}", day_text(draft.day, year=True), f"{minutes} min"]
    parts.append(f"week {found['week']} of {found['weeks']}")
    if found["stage"]:
        parts.append(found["stage"].translate(_STAGES))
    return " · ".join(parts)


def sign(item: Item) -> str:
    """What kind of line it is, and which engine had a hand in it: ``~`` is a suggestion, ``~local`` a model's."""
    plain = {ItemKind.SUGGESTION: "~", ItemKind.NEEDS: "!", ItemKind.FACT: "•", ItemKind.OWN: "+"}[item.kind]
    return plain if item.worded_by == "rules" else f"{plain}{item.worded_by}"


def criterion_lines(criterion: Criterion) -> list[str]:
    """Given, when, then and who verifies; what is missing stays visible where it belongs."""
    asks = {ask.removeprefix("[needs: ").split(" - ")[0]: ask for ask in criterion.needs}

    def missing(name: str) -> str:
        return asks.get(name, f"[needs: {name}]")

    then = criterion.then or f"{criterion.metric or '[needs: measure]'} reaches {missing('threshold')}"
    proposed = dict(criterion.proposed).get("threshold")
    then = f"{then} (proposed: {proposed})" if proposed else then
    due = str(day_text(criterion.due)) if criterion.due else missing("date")
    when = criterion.when or "measured on " + missing("data source")
    return [
        f"Given  {criterion.given or missing('artifact or evaluation set')}",
        f"When   {when}",
        f"Then   {then}",
        f"       verified by {criterion.verified_by or missing('who verifies')}, by {due}",
    ]


def foot(draft: Draft) -> list[str]:
    """How the draft came about, what was left blank and what was kept out."""
    found = draft.provenance
    seen = " and ".join(each.replace("_", " ") for each in draft.audience)
    lines = [f"Draft {draft.id} · {draft.engine} · seen by {seen} · day: {found['day']}"]
    if found.get("model_over_budget"):
        lines.append("The model was not asked: the draft is over its budget (COACH_DRAFT_TOKENS, COACH_DRAFT_COST).")
    elif found.get("model_unanswered"):
        lines.append(f"The model did not answer ({found['model_unanswered']} tasks): the rules stand there instead.")
    if found.get("endpoint") == "withdrawn":
        lines.append("No model outside this machine was asked: consent to endpoint_model is withdrawn for this pair.")
    if draft.dropped:
        kinds = Counter(_PARTS.get(each.reason.split(":")[0], "a detail") for each in draft.dropped)
        said = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in sorted(kinds.items()))
        lines.append(f"Left blank because the cited lines don't show it: {said}.")
    if draft.held_back:
        passages = "1 passage" if draft.held_back == 1 else f"{draft.held_back} passages"
        kinds = ", ".join(f"{kind} ({n})" if n > 1 else kind for kind, n in draft.held_kinds)
        lines.append(f"Kept out of this page: {passages}{': ' + kinds if kinds else ''}.")
    return [*lines, *help_lines(draft)]


def help_lines(draft: Draft) -> list[str]:
    """The fixed help card where a passage that was held back shows signs of crisis; never a word of the passage."""
    return [help_card()] if CRISIS in dict(draft.held_kinds) else []
