"""The redactor: Presidio's registry, analyzer and results over the house recognisers, the roster and Rampart.

The only module that imports presidio. Everything is configured here in full: Presidio's own defaults would
download a language model and, at the first e-mail address, a list of domains. Refuses to return anything when
any part erred.
"""

from __future__ import annotations

import hashlib
import inspect
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine

from guards import candidate_gate, folding, leakage, masking, name_lists, names_seen, ordinary_words, spans, wire_forms
from guards.errors import RedactionFailed
from guards.rampart import ONNX_ERRORS, Rampart, WordGuess
from guards.recognisers import borrowed, given_name, hints, keep, keep_shape, roster, rules, sentence_start, unlisted
from guards.recognisers.found import GUESS, Found, Recogniser
from guards.redaction import Redaction
from guards.roster import Roster
from guards.text import RawText
from guards.vault import Vault

_LANGUAGE: Final = "en"
_PERSON_KEY: Final = "roster_person"
_ROSTERS_KEPT: Final = 32
_BESIDE_RULES: Final = (borrowed, hints, keep_shape, sentence_start, unlisted)
_STOPS: Final = (
    *(ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError),
    *ONNX_ERRORS,
)


class _HouseRecogniser(EntityRecognizer):
    """One house rule as Presidio knows recognisers."""

    def __init__(self, rule: Recogniser) -> None:
        self._rule = rule
        super().__init__(supported_entities=list(rule.entity_types), name=rule.name, supported_language=_LANGUAGE)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - Presidio's signature
        nlp_artifacts: NlpArtifacts | None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The rule's findings as results."""
        return [_result(found, self.name) for found in self._rule.find(text)]


class _NoContext(ContextAwareEnhancer):
    """House rules look at the words around themselves; without lemmas Presidio's booster would do nothing, silently."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=0.0,
            min_score_with_context_similarity=0.0,
            context_prefix_count=0,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002 - Presidio's signature
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The results as they came."""
        return raw_results


def _result(found: Found, name: str) -> RecognizerResult:
    about = {RecognizerResult.RECOGNIZER_NAME_KEY: name, _PERSON_KEY: found.person}
    return RecognizerResult(found.entity_type, found.start, found.end, found.score, recognition_metadata=about)


def _found(result: RecognizerResult) -> Found:
    known: Any = result
    about: dict[str, Any] = known.recognition_metadata or {}
    return Found(result.start, result.end, result.entity_type, result.score, about.get(_PERSON_KEY))


class PresidioRedactor:
    """Roster first, then the house rules, then the model's names; overlaps settled so that nothing known is left."""

    def __init__(self, *, ner: Rampart | None = None) -> None:
        self._ner = ner
        self._known: OrderedDict[str, masking.KnownForms] = OrderedDict()
        self._last: tuple[Roster, roster.RosterIndex] | None = None
        self._indexes: OrderedDict[Roster, roster.RosterIndex] = OrderedDict()
        registry = RecognizerRegistry(
            recognizers=[_HouseRecogniser(rule) for rule in rules.ALWAYS], supported_languages=[_LANGUAGE]
        )
        engine = NoOpNlpEngine(models=[{"lang_code": _LANGUAGE, "model_name": "none"}])
        engine.load()
        self._analyzer = AnalyzerEngine(
            registry=registry,
            nlp_engine=engine,
            supported_languages=[_LANGUAGE],
            context_aware_enhancer=_NoContext(),
            default_score_threshold=0.0,
        )
        self._artifacts = engine.process_text("", _LANGUAGE)
        self._labels = [_HouseRecogniser(rule) for rule in rules.IN_TRANSCRIPTS]

    @property
    def policy(self) -> str:
        """A digest of the rules' source, the word lists, the thresholds and the model's file."""
        return self._policy

    @cached_property
    def _policy(self) -> str:
        digest = hashlib.sha256(self._ner.digest.encode() if self._ner else b"no model")
        parts = (
            *(
                candidate_gate,
                ordinary_words,
                folding,
                leakage,
                wire_forms,
                masking,
                names_seen,
                name_lists,
                spans,
                keep,
                roster,
            ),
            *_BESIDE_RULES,
            *_modules(),
        )
        for part in parts:
            digest.update(inspect.getsource(part).encode())
        ordinary = candidate_gate.ordinary_words()
        lists = (keep.jargon(), keep.everyday(), keep.crowd(), given_name.given(), borrowed.borrowed())
        for words in (*lists, *ordinary.parts()):
            digest.update("\n".join(sorted(words)).encode())
        return f"house-{'ner' if self._ner else 'rules'}-{digest.hexdigest()[:12]}"

    def forget(self) -> None:
        """Drop what is remembered of sentences read before; for measuring."""
        if self._ner is not None:
            self._ner.forget()

    def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
        """Redact each text alone; see ``guards.redaction.Redactor``.

        Raises:
            RedactionFailed: any part erred; the message names the error's type and never the text.
        """
        try:
            return self._redact([text.unseal() for text in texts], vault, transcript=transcript)
        except RedactionFailed:
            raise
        except _STOPS as error:
            reason = type(error).__name__
        raise RedactionFailed(f"redaction of {len(texts)} texts stopped ({reason}); nothing was passed on")

    def _redact(self, texts: Sequence[str], vault: Vault, *, transcript: bool) -> list[Redaction]:
        views = [folding.visible(text) for text in texts]
        guesses = self._ner.read([view.text for view in views]) if self._ner else [list[WordGuess]() for _ in views]
        redactions: list[Redaction] = []
        for text, view, words in zip(texts, views, guesses, strict=True):
            findings = self._findings(view.text, words, vault.roster, transcript=transcript)
            placed = [
                Found(view.start(each.start), view.end(each.end), each.entity_type, each.score, each.person)
                for each in findings
            ]
            redactions.append(masking.masked(text, placed, vault=vault, known=self._forms_of(vault.pair)))
        return redactions

    def _findings(self, text: str, words: list[WordGuess], people: Roster, *, transcript: bool) -> Iterator[Found]:
        yield from self._index(people).find(text)
        results = self._analyzer.analyze(
            text=text,
            language=_LANGUAGE,
            ad_hoc_recognizers=list(self._labels) if transcript else None,
            nlp_artifacts=self._artifacts,
        )
        stays = keep_shape.Kept(text)
        for found in stays.spare(map(_found, results)):
            if found.score > GUESS or not keep.is_kept(text[found.start : found.end], people.keep_words):
                yield found
        yield from stays.spare(names_seen.seen(text, words, people.keep_words))

    def _index(self, people: Roster) -> roster.RosterIndex:
        """The roster's automaton, kept for the last few rosters; the one at hand is not even hashed."""
        if self._last is not None and self._last[0] is people:
            return self._last[1]
        index = self._indexes.get(people)
        if index is None:
            index = self._indexes[people] = roster.RosterIndex(people)
            if len(self._indexes) > _ROSTERS_KEPT:
                self._indexes.popitem(last=False)
        self._last = (people, index)
        return index

    def _forms_of(self, pair: str) -> masking.KnownForms:
        """What a pair's forms were compiled to, kept for the last few pairs, so that taking turns costs nothing."""
        known = self._known.setdefault(pair, masking.KnownForms())
        if len(self._known) > _ROSTERS_KEPT:
            self._known.popitem(last=False)
        return known


def _modules() -> Iterator[ModuleType]:
    for rule in (*rules.ALWAYS, *rules.IN_TRANSCRIPTS):
        module = inspect.getmodule(rule.find)
        if module is not None:
            yield module


def build_redactor(*, ner: Path | None, remember: bool = True) -> PresidioRedactor:
    """The redactor with Rampart from the folder ``ner``; ``None`` gives roster and rules alone, under another policy.

    With ``remember=False`` every sentence is read anew, repeats within one call too: the same results, for measuring.

    Raises:
        RedactionFailed: the folder does not hold a model that loads.
    """
    if ner is None:
        return PresidioRedactor()
    try:
        model = Rampart(ner, remember=remember)
    except (OSError, RuntimeError, ValueError, KeyError, *ONNX_ERRORS) as error:
        reason = type(error).__name__
    else:
        return PresidioRedactor(ner=model)
    raise RedactionFailed(f"the redaction model does not load ({reason}); run: coach model install --small")
