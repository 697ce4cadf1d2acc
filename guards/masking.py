"""From findings to redacted text that the egress door lets pass, by construction.

Whatever the recognisers found, the redacted text is scanned as the door will scan it; a known form that still
stands becomes a mask of its own, and the scan is repeated. Refuses to return a text that does not come clean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from guards import spans
from guards.errors import RedactionFailed
from guards.leakage import Forms, plain_readings, plain_words
from guards.placeholders import typed_in
from guards.recognisers.found import GUESS, SURE, Found
from guards.redaction import RedactedSpan, Redaction
from guards.text import PLACEHOLDER, RawText, RedactedText, joined, mint_redacted
from guards.vault import Vault
from guards.wire_forms import readings

_ROUNDS: Final = 8
_FRESH_AT_MOST: Final = 64
_LITERAL: Final = "LITERAL"
_DISGUISED: Final = "DISGUISED"
_WORDS: Final = re.compile(r"\S+")
_LINES: Final = re.compile(r"[^\n]+")


class KnownForms:
    """The door's forms of the vault last seen, compiled once; what is learnt later is compiled beside them."""

    def __init__(self) -> None:
        self._base: tuple[frozenset[str], Forms] = (frozenset(), Forms(()))
        self._fresh: tuple[frozenset[str], Forms] = (frozenset(), Forms(()))
        self._last: tuple[frozenset[str], tuple[Forms, ...]] | None = None

    def of(self, vault: Vault) -> tuple[Forms, ...]:
        """All that must not be left in a text of the vault's pair."""
        forms = vault.forms()
        if self._last is not None and forms is self._last[0]:
            return self._last[1]
        if not self._base[0] <= forms or len(forms) - len(self._base[0]) > _FRESH_AT_MOST:
            self._base = (forms, Forms(forms))
        fresh = forms - self._base[0]
        if fresh != self._fresh[0]:
            self._fresh = (fresh, self._with(fresh))
        compiled = tuple(each for words, each in (self._base, self._fresh) if words)
        self._last = (forms, compiled)
        return compiled

    def _with(self, fresh: frozenset[str]) -> Forms:
        """What was compiled of the fresh ones with the rest added; all anew when one has gone."""
        before, compiled = self._fresh
        if not before or not before < fresh:
            return Forms(fresh)
        compiled.add(fresh - before)
        return compiled


def masked(text: str, findings: Sequence[Found], *, vault: Vault, known: KnownForms) -> Redaction:
    """The text with every finding masked, and every form the vault knows; placeholder-like input becomes a literal.

    Raises:
        RedactionFailed: a known form stays in the text however it is masked.
    """
    literal = [Found(start, end, _LITERAL, SURE) for start, end in typed_in(text)]
    settled = spans.settled(text, [*findings, *literal])
    for _ in range(_ROUNDS):
        done = _replaced(text, settled, vault)
        forms = known.of(vault)
        if not _stand(done.text, forms):
            return done
        left = list(_left(done, forms))
        more = [_typed(found, text, vault) for found in _in_input(left, done.spans)]
        settled = spans.settled(text, [*settled, *(more or _hidden(text, settled, forms))])
    raise RedactionFailed("a known form could not be masked; nothing was passed on")


def _stand(text: str, forms: Sequence[Forms]) -> bool:
    plain = plain_readings(text) if forms else []
    return any(each.stands_in(plain) for each in forms)


def _left(done: Redaction, forms: Sequence[Forms]) -> Iterator[tuple[int, int]]:
    for each in forms:
        for start, end, _ in each.places_in(done.text):
            yield start, end


def _in_input(places: Sequence[tuple[int, int]], marked: Sequence[RedactedSpan]) -> Iterator[Found]:
    """Places of the redacted text as places of the input; none begins or ends inside a placeholder."""
    starts, shifts = [0], [0]
    for span in marked:
        starts.append(span.start + shifts[-1] + 1)
        shifts.append(shifts[-1] + len(span.placeholder) - (span.end - span.start))
    for start, end in places:
        first, last = (at - shifts[bisect_right(starts, at) - 1] for at in (start, end - 1))
        yield Found(first, last + 1, "PERSON", GUESS)


def _typed(found: Found, text: str, vault: Vault) -> Found:
    """Words to mask are no people, and neither is anything with a digit in it."""
    plain = plain_words(text[found.start : found.end]).casefold()
    if any(plain_words(word).casefold() == plain for word in vault.roster.mask_words):
        return Found(found.start, found.end, "ORGANIZATION", GUESS)
    if any(sign.isdigit() for sign in plain):
        return Found(found.start, found.end, _DISGUISED, GUESS)
    return found


def _hidden(text: str, settled: Sequence[Found], forms: Sequence[Forms]) -> Iterator[Found]:
    """A form behind an escape: the words that hold it, else the lines, else all lines."""
    edges = [0, *(edge for span in settled for edge in (span.start, span.end)), len(text)]
    shown = "".join(
        "|" * (end - start) if at % 2 else text[start:end] for at, (start, end) in enumerate(pairwise(edges))
    )
    words = [each for each in _WORDS.finditer(shown) if len(readings(each.group(0))) > 1]
    lines = [each for each in _LINES.finditer(shown) if each.group(0).strip(" \t|")]
    for pieces in (words, lines):
        guilty = [each for each in pieces if _stand(each.group(0), forms)]
        if guilty:
            yield from (Found(each.start(), each.end(), _DISGUISED, GUESS) for each in guilty)
            return
    yield from (Found(each.start(), each.end(), _DISGUISED, GUESS) for each in lines)


def _replaced(text: str, found: Sequence[Found], vault: Vault) -> Redaction:
    pieces: list[str] = []
    marked: list[RedactedSpan] = []
    at = 0
    for span in found:
        surface = RawText(text[span.start : span.end])
        mark = vault.placeholder(surface, entity_type=span.entity_type, person=span.person)
        pieces += [text[at : span.start], mark]
        marked.append(RedactedSpan(span.start, span.end, span.entity_type, mark))
        at = span.end
    return Redaction(mint_redacted("".join([*pieces, text[at:]])), tuple(marked))


class Remasker:
    """Looks through what a pair has on record for forms that its vault has learnt since, and masks them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known = KnownForms()

    def needed(self, stored: str) -> bool:
        """Whether a known form stands in a stored string, as the egress door would see it."""
        return _stand(stored, self._known.of(self._vault))

    def mask(self, text: RedactedText) -> RedactedText:
        """The text without them; one that is clean comes back as it is.

        Raises:
            RedactionFailed: a known form could not be masked.
        """
        return remasked(text, vault=self._vault, known=self._known) if self.needed(text) else text


def remasked(text: RedactedText, *, vault: Vault, known: KnownForms) -> RedactedText:
    """Redacted text of an earlier day, with what the vault has learnt since masked too; its own masks stay.

    A name that no recogniser saw in September may be known in October: whatever leaves now leaves without it.

    Raises:
        RedactionFailed: a known form could not be masked.
    """
    pieces: list[RedactedText] = []
    at = 0
    for match in PLACEHOLDER.finditer(text):
        pieces += [
            masked(text[at : match.start()], (), vault=vault, known=known).text,
            text[match.start() : match.end()],
        ]
        at = match.end()
    return joined("", [*pieces, masked(text[at:], (), vault=vault, known=known).text])
