"""The deterministic check between a draft and the lines it cites.

A claim is a literal template of the product's own words with slots. Each slot says what it rests on:

- ``QUOTED``: the words stand in the cited lines, contiguous, white space aside;
- ``RULE``: a declared rule, run again here on the slot's inputs, gives exactly this text; what the rule was fed
  (``cited``) must itself stand in the cited lines;
- ``WORDED``: another wording of quoted words that the check of claims (``guards/claims.py``) supports by them and that
  loses none of their people, days, numbers and tickets;
- ``SAID``: a sentence of its own over the cited lines, which may leave things out and add nothing;
- ``HOUSE``: the product's own words, which may hold no fact at all.

What fails is dropped with a reason, or its slot falls back to an honest blank. Nothing is repaired silently.
``Grounded`` is the proof, and only ``ground`` makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, LiteralString

from guards.claims import verify
from guards.errors import Unsupported
from guards.facts import facts_of, missing_facts
from guards.text import RedactedText, composed


class Basis(StrEnum):
    """What the text of a slot rests on."""

    QUOTED = "quoted"
    RULE = "rule"
    WORDED = "worded"
    SAID = "said"
    HOUSE = "house"


Rule = Callable[..., RedactedText | None]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a claim. ``fallback`` replaces it when its check fails; without one the claim is dropped."""

    text: RedactedText
    basis: Basis
    rule: str = ""
    inputs: tuple[str, ...] = ()
    cited: tuple[RedactedText, ...] = ()
    of: RedactedText | None = None
    fallback: RedactedText | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A line as it is to be shown, how it was put together, and the whole lines it cites."""

    text: RedactedText
    template: LiteralString
    slots: Mapping[str, Slot]
    lines: tuple[RedactedText, ...]


def claim(template: LiteralString, *, lines: tuple[RedactedText, ...], **slots: Slot) -> Claim:
    """Fill a template. Slots are named in it as ``{name}``."""
    return Claim(_fill(template, slots), template, slots, lines)


def _fill(template: LiteralString, slots: Mapping[str, Slot]) -> RedactedText:
    return composed(template, **{name: slot.text for name, slot in slots.items()})


_WORDING: Final = 0.75
"""The least share of a rewording's words that are the note's or their synonyms: it says one thing in other words."""


class _Proof:
    """Held by this module alone."""


_PROOF: Final = _Proof()


@dataclass(frozen=True, slots=True)
class Grounded:
    """Proof that every slot of a claim passed. ``blanks`` names slots that fell back, with the reason."""

    text: RedactedText
    blanks: tuple[tuple[str, RedactedText, str], ...] = ()
    proof: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.proof is not _PROOF:
            raise Unsupported("a grounded claim is made by ground(), not constructed")


def ground(made: Claim, *, rules: Mapping[str, Rule]) -> Grounded:
    """Check a claim against its cited lines and the declared rules.

    Raises:
        Unsupported: the text is not what its slots make, or a slot without fallback failed; the message names
            the slot and the check, never the text.
    """
    if _fill(made.template, made.slots) != made.text:
        raise Unsupported("text: differs from what its sources make")
    kept: dict[str, Slot] = {}
    blanks: list[tuple[str, RedactedText, str]] = []
    for name, slot in made.slots.items():
        reason = _fault(slot, made.lines, rules)
        if reason and slot.fallback is None:
            raise Unsupported(f"{name}: {reason}")
        if reason:
            blanks.append((name, slot.text, reason))
        kept[name] = replace(slot, text=slot.fallback) if reason and slot.fallback is not None else slot
    return Grounded(_fill(made.template, kept), tuple(blanks), _PROOF)


def _fault(slot: Slot, lines: tuple[RedactedText, ...], rules: Mapping[str, Rule]) -> str:
    if slot.basis is Basis.QUOTED:
        return "" if quoted(slot.text, lines) else "these words are not in the cited lines"
    if slot.basis is Basis.RULE:
        return _rule_fault(slot, lines, rules)
    if slot.basis is Basis.SAID:
        return _said_fault(slot, lines)
    if slot.basis is Basis.WORDED:
        return _wording_fault(slot, lines)
    facts = facts_of(slot.text)
    return "house words may hold no fact" if facts.who or facts.numbers or facts.days or facts.tickets else ""


def _rule_fault(slot: Slot, lines: tuple[RedactedText, ...], rules: Mapping[str, Rule]) -> str:
    rule = rules.get(slot.rule)
    if rule is None:
        return f"no declared rule {slot.rule}"
    if rule(*slot.inputs) != slot.text:
        return f"rule {slot.rule} gives another value"
    for part in slot.cited:
        if facts_of(part) == facts_of(""):
            if not quoted(part, lines):
                return "the words it rests on are not in the cited lines"
        elif missing := missing_facts(part, lines):
            return f"{', '.join(missing)} not in the cited lines"
    return ""


def _said_fault(slot: Slot, lines: tuple[RedactedText, ...]) -> str:
    if slot.of is None or not quoted(slot.of, lines):
        return "the lines it sums up are not the cited ones"
    verdict = verify(slot.text, slot.of.lines())
    return "" if verdict.supported else f"it {verdict.reasons[0]}"


def _wording_fault(slot: Slot, lines: tuple[RedactedText, ...]) -> str:
    if slot.of is None or not quoted(slot.of, lines):
        return "the words it rewords are not in the cited lines"
    verdict = verify(slot.text, (slot.of,), enough=_WORDING)
    if not verdict.supported:
        return f"the wording {verdict.reasons[0]}"
    lost = missing_facts(slot.of, (slot.text,))
    return f"the wording leaves out a {lost[0]} of the note" if lost else ""


def quoted(words: str, lines: tuple[RedactedText, ...]) -> bool:
    """Whether the words stand in the lines as one stretch; white space and outer punctuation aside."""
    wanted = _plain(words)
    return bool(wanted) and wanted in _plain("\n".join(lines))


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .;,…").casefold()
