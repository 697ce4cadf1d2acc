"""Whether a clause of a claim has a clause in the cited lines with the same doer, denial and tense.

The clauses that share most words with it are its candidates; it stands when one of them has no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guards.claim_clauses import Clause
from guards.claim_grammar import Mode
from guards.claim_values import Value
from guards.claim_words import is_past, is_verb, keys, lexicon, opposites, stem

_NEAR: Final = 0.17
"""How much fewer of the words a candidate may share than the best one; about one word of six."""
_OPEN: Final = frozenset({"someone", "you", "I"})
_TURNED: Final[Mapping[str, str]] = {"to": "from", "from": "to"}


def clause_faults(said: Sequence[Clause], lines: Sequence[Clause], *, roles: Mapping[str, str]) -> frozenset[str]:
    """Names of what is wrong: ``owner``, ``negation``, ``tense``."""
    voices = _voices(lines)
    assents = frozenset(line.speaker for line in lines if line.speaker and Mode.FUTURE in line.modes)
    faults = set[str]()
    saying = ("", 0)
    for clause in said:
        if clause.speech and not clause.words and clause.agents:
            saying = (next(iter(sorted(clause.agents))), clause.sentence)
        if not clause.words:
            faults |= set(_bare_faults(clause, lines))
            continue
        speaker = saying[0] if saying[1] == clause.sentence else ""
        candidates = _candidates(clause, lines)
        found = [
            frozenset(_faults(clause, each, around=_Around(lines, voices, assents, roles, speaker)))
            for each in candidates
        ]
        if found and frozenset() not in found:
            faults |= min(found, key=len)
        if not found:
            faults |= set(_asking_faults(clause, lines))
    return frozenset(faults)


def _bare_faults(clause: Clause, lines: Sequence[Clause]) -> Iterator[str]:
    """A clause without a word of its own: ``CLM-9 is not done``, ``not at 15:00``, ``it was not agreed``."""
    same = [each for each in lines if any(_same(value, other) for value in clause.values for other in each.values)]
    odd = clause.negations % 2
    compared = same or (lines if odd and not clause.values else [])
    if compared and not any(each.negations % 2 == odd for each in compared):
        yield "negation"
    if clause.modes == frozenset({Mode.OPEN}) and not any(Mode.OPEN in each.modes for each in lines):
        yield "tense"
    done = Mode.DONE in clause.modes and len(clause.modes) < 3
    if same and done and not any(Mode.DONE in each.modes for each in same):
        yield "tense"


def _asking_faults(clause: Clause, lines: Sequence[Clause]) -> Iterator[str]:
    """``<PERSON_1> asked``, where the line is the question itself."""
    if not all(stem(word) in lexicon().asking for word in clause.words):
        return
    if not clause.modes & {Mode.DONE, Mode.PRESENT}:
        yield "tense"
    if clause.negations % 2:
        yield "negation"
    speakers = {each.speaker for each in lines if Mode.ASKED in each.modes}
    if clause.agents and speakers - {""} and not clause.agents & speakers:
        yield "owner"


def _voices(lines: Sequence[Clause]) -> dict[int, frozenset[str]]:
    made: dict[int, frozenset[str]] = {}
    for each in lines:
        own = each.agents if each.speech or not each.speaker else frozenset[str]()
        made[each.sentence] = made.get(each.sentence, frozenset()) | own
    return made


def _candidates(clause: Clause, lines: Sequence[Clause]) -> list[Clause]:
    wanted = [keys(word) for word in clause.words]
    scored = [(_score(clause, wanted, each), each) for each in lines if each.words]
    best = max((score for score, _ in scored), default=0.0)
    if best < _NEAR:
        return []
    found = [(score, each) for score, each in scored if score >= best - _NEAR]
    found = _with_the_verb(clause, found, scored)
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])[:24]]


def _with_the_verb(
    clause: Clause, found: Sequence[tuple[float, Clause]], scored: Sequence[tuple[float, Clause]]
) -> Sequence[tuple[float, Clause]]:
    """Those of the best candidates, or else of their sentences, that have the claim's own verb, if any has it."""
    verbs = [keys(word) for word in clause.words if is_past(word) or is_verb(word)]
    having = [(sum(bool(verb & each.keys) for verb in verbs), score, each) for score, each in found]
    most = max((count for count, _, _ in having), default=0)
    if most:
        return [(score, each) for count, score, each in having if count == most]
    sentences = {each.sentence for _, each in found}
    beside = [(score, each) for score, each in scored if each.sentence in sentences]
    return [(score, each) for score, each in beside if any(verb & each.keys for verb in verbs)] or found


def _score(clause: Clause, wanted: Sequence[frozenset[str]], line: Clause) -> float:
    shared = sum(bool(each & line.keys) for each in wanted) / len(wanted)
    values = sum(_same(value, other) for value in clause.values for other in line.values)
    return shared + 0.08 * min(values, 3) if shared else 0.0


def _same(left: Value, right: Value) -> bool:
    return left.what == right.what


@dataclass(frozen=True, slots=True)
class _Around:
    """What a clause is compared in: all clauses of the lines, who spoke and agreed, whose role is whose."""

    lines: Sequence[Clause]
    voices: Mapping[int, frozenset[str]]
    assents: frozenset[str]
    roles: Mapping[str, str]
    speaker: str


def _faults(clause: Clause, line: Clause, *, around: _Around) -> Iterator[str]:
    voices = around.voices[line.sentence] | {line.speaker}
    same = _same_doer(clause, line, voices=voices, roles=around.roles, lines=around.lines)
    if not same or _turned_round(clause, line, around.lines):
        yield "owner"
    if around.speaker and voices - {""} and around.speaker not in voices | line.agents:
        yield "owner"
    if not _same_denial(clause, line):
        yield "negation"
    if not _same_tense(clause, line, around.assents):
        yield "tense"


def _same_doer(
    clause: Clause, line: Clause, *, voices: frozenset[str], roles: Mapping[str, str], lines: Sequence[Clause]
) -> bool:
    # a capitalised name is looked for in the lines elsewhere; who does what is compared for people of the programme
    wanted = {
        roles.get(each, each) for each in clause.agents if each.startswith("<") or each in lexicon().people | {"nobody"}
    }
    have = {roles.get(each, each) for each in line.agents}
    if not wanted or wanted <= have:
        return True
    if clause.speech and wanted <= voices:
        return True
    if have & _OPEN and not have & wanted and line.speaker not in wanted:
        return True
    if have:
        return False
    beside = {roles.get(person, person) for role, person in line.others if role not in {"of", "paren"}}
    if wanted & beside:
        return False
    return wanted <= {line.speaker} or _nearby(wanted, line, lines)


def _nearby(wanted: set[str], line: Clause, lines: Sequence[Clause]) -> bool:
    """Where a clause names no doer: the one person around it, in its own line or, where that has none, elsewhere."""
    own = {person for each in lines if each.line == line.line for person in _people(each)}
    if own:
        return wanted <= own
    return wanted <= {person for each in lines for person in _people(each)}


def _people(clause: Clause) -> set[str]:
    return {*clause.agents, *(person for _, person in clause.others), *([clause.speaker] if clause.speaker else [])}


def _turned_round(clause: Clause, line: Clause, lines: Sequence[Clause]) -> bool:
    """Somebody to whom something is done in the claim does it in the line, or the other way along."""
    beside = {person for _, person in line.others}
    around = {person for each in lines if each.line == line.line for person in _people(each)}
    for role, person in clause.others:
        if role in {"of", "about", "paren"} or person in clause.agents:
            continue
        if role not in {"from", "by"} and person in line.agents and person not in beside:
            return True
        if around and person.startswith("<") and person not in around and not around & _OPEN:
            return True
        other = _TURNED.get(role)
        if other and (other, person) in line.others and (role, person) not in line.others:
            return True
    return False


def _same_denial(clause: Clause, line: Clause) -> bool:
    words = {stem(word) for word in clause.words}
    there = {stem(word) for word in line.words}
    contrary = {each for each in opposites(words - there) & there if each not in words}
    odd = (clause.negations + line.negations + bool(contrary)) % 2
    if not odd:
        return True
    # "waiting for" stands in for a denial where the other side has one and no such word
    softly = line if clause.negations % 2 else clause
    other = clause if softly is line else line
    return bool(softly.soft) and not other.soft


def _same_tense(clause: Clause, line: Clause, assents: frozenset[str]) -> bool:
    modes = set(line.modes)
    if line.conditional and not clause.conditional:
        modes = {Mode.POSSIBLE}
    doers = line.agents or frozenset({"you"})
    if Mode.FUTURE in modes or (Mode.ASKED in modes and assents & doers):
        modes |= {Mode.FUTURE, Mode.ASKED}
    if modes & clause.modes:
        return True
    # a state is both what came of something done and what is so: "is down" and "has fallen"
    return (modes == {Mode.PRESENT} and Mode.DONE in clause.modes) or (
        clause.modes == frozenset({Mode.PRESENT}) and bool(modes & {Mode.PRESENT, Mode.DONE, Mode.FUTURE})
    )
