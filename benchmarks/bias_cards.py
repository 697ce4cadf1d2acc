"""Language worth a look on labelled sentences: ``python -m benchmarks.bias_cards [PATH] [--show]``.

Precision and recall per category and of any card, and cards on harmless sentences, on three sets. The first was written
before the rules by their author, and the rules repeat its words. The other two are halves of what an author wrote who
had not seen the rules: the second was tuned on, the kept one only ever measured; ``--show`` refuses it. That author
labelled twice (kappa .99, a minute apart, so an upper bound). A hit is a card of the right category that covers a part
of the labelled words.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.figures import Figure, Share, show
from guards.bias_language import BiasCategory, bias_cards

CASES = Path(__file__).parents[1] / "tests" / "guards" / "cases" / "bias.yaml"
SECOND = CASES.with_name("bias_second.jsonl")
WRITTEN = CASES.with_name("bias_written.yaml")
KEPT = Path(__file__).parent / "held_out" / "bias.jsonl"
GOAL = 0.8


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence; ``category`` is ``None`` where it is harmless, ``at`` the words that deserve the card."""

    text: str
    category: BiasCategory | None
    at: str


def cases(path: Path = CASES) -> tuple[Case, ...]:
    """The labelled sentences of a file.

    YAML: a block a category, ``text || words`` a line, and ``none``. JSON lines: ``text``, ``category``, ``at``.
    """
    if path.suffix == ".jsonl":
        return tuple(map(_case, path.read_text("utf-8").splitlines()))
    found: list[Case] = []
    for name, rows in yaml.safe_load(path.read_text("utf-8")).items():
        for row in rows:
            text, _, at = row.partition(" || ")
            found.append(Case(text, None if name == "none" else BiasCategory(name), at))
    return tuple(found)


def _case(line: str) -> Case:
    row = json.loads(line)
    return Case(row["text"], None if row["category"] == "none" else BiasCategory(row["category"]), row["at"])


def said(case: Case) -> frozenset[tuple[BiasCategory, bool]]:
    """The categories of the cards of a sentence, and whether one of each touches the labelled words."""
    start = case.text.casefold().find(case.at.casefold()) if case.at else -1
    if case.at and start < 0:
        raise ValueError("the labelled words are not in the sentence")
    end = start + len(case.at)
    cards = bias_cards(case.text)
    return frozenset(
        (kind, any(card.start < end and start < card.end for card in cards if card.category is kind))
        for kind in {card.category for card in cards}
    )


def figures(path: Path | None = None) -> list[Figure]:
    """The figures of one file, or of all."""
    if path is not None:
        return _side(cases(path), path.stem)
    sets = ((CASES, "tuned on"), (SECOND, "second, tuned on"), (KEPT, "kept"))
    return [figure for each, name in sets for figure in _side(cases(each), name)]


def _side(some: Sequence[Case], name: str) -> list[Figure]:
    judged = [(case, said(case)) for case in some]
    found: list[Figure] = []
    hits_of_all = cards_of_all = 0
    for kind in BiasCategory:
        wanted = [says for case, says in judged if case.category is kind]
        hits = sum((kind, True) in says for says in wanted)
        cards = sum(kind in {each for each, _ in says} for _, says in judged)
        hits_of_all += hits
        cards_of_all += cards
        found.append(Share(f"{name}: {kind.value}, recall", hits, len(wanted)))
        found.append(Share(f"{name}: {kind.value}, precision", hits, cards))
    positive = [(case, says) for case, says in judged if case.category]
    harmless = [says for case, says in judged if case.category is None]
    found.append(Share(f"{name}: right category, recall", hits_of_all, len(positive), least=GOAL))
    found.append(Share(f"{name}: right category, precision", hits_of_all, cards_of_all, least=GOAL))
    touched = sum(any(touches for _, touches in says) for _, says in positive)
    alarms = sum(bool(says) for says in harmless)
    found.append(Share(f"{name}: any category, recall", touched, len(positive), least=GOAL))
    found.append(Share(f"{name}: any category, precision", touched, touched + alarms, least=GOAL))
    found.append(Share(f"{name}: harmless sentences with a card", alarms, len(harmless)))
    return found


def _wrong(path: Path) -> None:
    if KEPT.parent in path.resolve().parents:
        sys.exit("the kept sentences are only measured")
    for case in cases(path):
        says = said(case)
        if (case.category is None and says) or (case.category and says != frozenset({(case.category, True)})):
            shown = [(card.entry, case.text[card.start : card.end]) for card in bias_cards(case.text)]
            print(f"{case.category or 'none'}: {case.text} -> {shown}")


def main() -> None:
    """Print the figures; exit 1 when one is not as wanted. ``--show`` lists what was judged otherwise."""
    paths = [Path(each) for each in sys.argv[1:] if not each.startswith("-")]
    if "--show" in sys.argv:
        _wrong(paths[0] if paths else CASES)
    sys.exit(0 if show("language worth a look", figures(paths[0] if paths else None)) else 1)


if __name__ == "__main__":
    main()
