"""One-fact changes and honest wordings that the check of claims rejects: ``python -m benchmarks.verifier_mutants``.

Sources: the claims of the preps of the bundled sample programme, each with its cited lines (a changed slot must be
refused by ``ground``); honest paraphrases written beside the check; and paraphrases and contradictions written by two
people who had not seen it (``held_out/paraphrases.yaml``, ``contradictions.yaml`` and ``..._second.yaml``; their texts
are never printed; half of the second author's are among the cases to build on). Beside it two verifiers that are
broken on purpose, on the same mutants: one takes all, one goes by words in common. ``--show`` prints what went wrong on
the development file.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NotRequired, TypedDict
from unittest.mock import patch

import yaml

from benchmarks.figures import Figure, Share, show
from benchmarks.verifier_swaps import KINDS, swaps
from copilot.bootstrap import bootstrap
from copilot.composing import draft_for
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from copilot.snapshot import Request
from guards.claims import verify
from guards.errors import Unsupported
from guards.grounding import Basis, Claim, Grounded, Rule, ground
from guards.text import mint_redacted

_ROOT = Path(__file__).parents[1]
_CASES = _ROOT / "tests" / "guards" / "cases"
DEVELOPMENT = _CASES / "paraphrases.yaml"
HELD_OUT = Path(__file__).parent / "held_out"
_OVERLAP = 0.6

Verifier = Callable[[str, Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A claim, its cited lines, and every honest claim on the same lines."""

    claim: str
    lines: tuple[str, ...]
    honest: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed claim, which fact was changed, and whether the unchanged one is accepted."""

    kind: str
    claim: str
    lines: tuple[str, ...]


class _Development(TypedDict):
    lines: list[str]
    claims: dict[str, str]


class _Row(TypedDict):
    lines: list[str]
    claim: str
    kind: str
    swap: NotRequired[str]


def verified(claim: str, lines: Sequence[str]) -> bool:
    """The check itself."""
    return verify(claim, lines).supported


def takes_all(claim: str, lines: Sequence[str]) -> bool:  # noqa: ARG001 - shaped as a verifier
    """Broken on purpose."""
    return True


def by_overlap(claim: str, lines: Sequence[str]) -> bool:
    """Broken on purpose: words in common, as answers are often compared."""
    words = [word.strip(".,;:()\"'").lower() for word in claim.split()]
    there = {word.strip(".,;:()\"'").lower() for line in lines for word in line.split()}
    return sum(word in there for word in words) / max(1, len(words)) >= _OVERLAP


def development(path: Path = DEVELOPMENT) -> list[Paraphrase]:
    """The paraphrases written beside the check."""
    rows: list[_Development] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Paraphrase(claim, tuple(row["lines"]), tuple(row["claims"].values()), kind)
        for row in rows
        for kind, claim in row["claims"].items()
    ]


def blind(path: Path) -> list[Paraphrase]:
    """Rows of ``{id, lines, claim, kind}`` or ``{id, lines, claim, swap}``."""
    rows: list[_Row] = yaml.safe_load(path.read_text(encoding="utf-8"))
    by_lines: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        by_lines.setdefault(tuple(row["lines"]), []).append(row["claim"])
    return [
        Paraphrase(
            row["claim"], tuple(row["lines"]), tuple(by_lines[tuple(row["lines"])]), row.get("swap") or row["kind"]
        )
        for row in rows
    ]


def mutants_of(paraphrases: Sequence[Paraphrase]) -> list[Mutant]:
    """Every distinct mutant of the paraphrases, whether or not the check takes the paraphrase itself."""
    found = {
        (text, each.lines): Mutant(kind, text, each.lines)
        for each in paraphrases
        for kind, text in swaps(each.claim, each.lines, honest=each.honest)
    }
    return list(found.values())


def sample_claims(home: Path) -> list[tuple[Claim, Mapping[str, Rule]]]:
    """Every claim that the preps of the sample programme put to the check, by the production pipeline on rules."""
    found: list[tuple[Claim, Mapping[str, Rule]]] = []

    def recording(made: Claim, *, rules: Mapping[str, Rule]) -> Grounded:
        found.append((made, rules))
        return ground(made, rules=rules)

    with (
        bootstrap(read_settings(home=home, engine="rules")) as copilot,
        patch("copilot.boxes.checked.ground", recording),
        patch("copilot.criteria.ground", recording),
    ):
        intake = prepare(copilot, [build_sample(home / "sample").folder])
        run(copilot, intake, options=Options())
        for pair in intake.programme.pairs:
            draft_for(copilot, Request(pair.id), principal=copilot.principal(pair.id))
    return found


def slot_mutants(made: Claim) -> Iterator[tuple[str, Claim]]:
    """The claim with one fact of one slot changed; a slot that would fall back has nothing to fall back to."""
    for name, slot in made.slots.items():
        if slot.basis is Basis.HOUSE:
            continue
        for kind, text in swaps(str(slot.text), [str(slot.text)]):
            slots = {**made.slots, name: replace(slot, text=mint_redacted(text), fallback=None)}
            shown = made.template.format(**{each: str(part.text) for each, part in slots.items()})
            yield kind, replace(made, slots=slots, text=mint_redacted(shown))


def _refused(made: Claim, rules: Mapping[str, Rule]) -> bool:
    try:
        ground(made, rules=rules)
    except Unsupported:
        return True
    return False


def draft_figures(home: Path) -> list[Figure]:
    """The sample's own claims: taken as they are, refused when changed."""
    claims = sample_claims(home)
    kept = sum(not _refused(made, rules) for made, rules in claims)
    judged = [(kind, _refused(changed, rules)) for made, rules in claims for kind, changed in slot_mutants(made)]
    return [
        Share("drafts of the sample: claims taken", kept, len(claims)),
        *_by_kind("drafts of the sample: mutants rejected", judged, least=0.995),
    ]


def _by_kind(name: str, judged: Sequence[tuple[str, bool]], *, least: float | None) -> list[Figure]:
    hits, totals = Counter(kind for kind, good in judged if good), Counter(kind for kind, _ in judged)
    every: list[Figure] = [Share(name, sum(hits.values()), sum(totals.values()), least=least)]
    order = [*KINDS, *sorted(set(totals) - set(KINDS))]
    return every + [Share(f"  {kind}", hits[kind], totals[kind]) for kind in order if totals[kind]]


def text_figures(name: str, paraphrases: Sequence[Paraphrase]) -> list[Figure]:
    """Honest wordings rejected, and their mutants rejected by kind; the broken verifiers beside."""
    wrong = sum(not verified(each.claim, each.lines) for each in paraphrases)
    mutants = mutants_of(paraphrases)
    judged = [(each.kind, not verified(each.claim, each.lines)) for each in mutants]
    taken = [each for each in paraphrases if verified(each.claim, each.lines)]
    of_taken = mutants_of(taken)
    found: list[Figure] = [Share(f"{name}: paraphrases wrongly rejected", wrong, len(paraphrases), most=0.02)]
    reasons = Counter(fault.value for each in paraphrases for fault in verify(each.claim, each.lines).faults)
    found += [Share(f"  for {reason}", count, len(paraphrases)) for reason, count in reasons.most_common()]
    found += _by_kind(f"{name}: mutants rejected", judged, least=0.995)
    rejected = sum(not verified(each.claim, each.lines) for each in of_taken)
    found.append(Share(f"{name}: mutants of taken paraphrases rejected", rejected, len(of_taken), least=0.995))
    for label, broken in (("takes all", takes_all), ("words in common", by_overlap)):
        rejected = sum(not broken(each.claim, each.lines) for each in mutants)
        found.append(Share(f"{name}: broken verifier ({label}) rejects", rejected, len(mutants)))
    return found


def contradiction_figures(name: str, path: Path) -> list[Figure]:
    """Contradictions written by hand, by the kind their author gave."""
    rows = blind(path)
    judged = [(each.kind, not verified(each.claim, each.lines)) for each in rows]
    broken = sum(not by_overlap(each.claim, each.lines) for each in rows)
    return [
        *_by_kind(f"{name}: contradictions rejected", judged, least=0.995),
        Share(f"{name}: broken verifier (words in common) rejects", broken, len(rows)),
    ]


def figures(held_out: Path = HELD_OUT) -> list[Figure]:
    """All figures; those kept apart only where the files are there."""
    with tempfile.TemporaryDirectory() as folder:
        found = draft_figures(Path(folder))
    found += text_figures("development", development())
    for name, folder, ending in (
        ("development, second author", _CASES, "_second"), ("held out", held_out, ""),
        ("held out, second author", held_out, "_second"),
    ):  # fmt: skip
        if (folder / f"paraphrases{ending}.yaml").is_file():
            found += text_figures(name, blind(folder / f"paraphrases{ending}.yaml"))
        if (folder / f"contradictions{ending}.yaml").is_file():
            found += contradiction_figures(name, folder / f"contradictions{ending}.yaml")
    found.append(_total(found))
    return found


def _total(found: Sequence[Figure]) -> Share:
    shares = [each for each in found if isinstance(each, Share) and each.name.endswith(": mutants rejected")]
    return Share(
        "all mutants rejected", sum(each.hits for each in shares), sum(each.total for each in shares), least=0.995
    )


def _show() -> None:
    for each in development():
        if not verified(each.claim, each.lines):
            print("wrongly rejected", verify(each.claim, each.lines).faults, each.claim, each.lines)
    for each in mutants_of(development()):
        if verified(each.claim, each.lines):
            print("taken", each.kind, each.claim, each.lines)


def main() -> None:
    """Print the figures; the folder of the texts kept apart may be given as argument."""
    arguments = [each for each in sys.argv[1:] if each != "--show"]
    if "--show" in sys.argv:
        _show()
    folder = Path(arguments[0]) if arguments else HELD_OUT
    if not show("The check of claims", figures(folder)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
