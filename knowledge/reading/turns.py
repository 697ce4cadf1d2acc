"""Speaker turns: utterances of one speaker in a row become one line ``Name: words``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from guards.text import RawText
from knowledge.passages import SourceLine
from knowledge.reading.labels import speaker_label
from knowledge.reading.lines import clean

_LONG_TURN: Final = 120
"""Words after which a monologue goes on in a new line at the next sentence end, so that citations stay narrow."""
_ENDS: Final = (".", "?", "!", "…", ".”", '."', "?”", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one cue or line says; ``speaker`` is ``None`` when nobody is named."""

    speaker: str | None
    words: str
    first: int
    last: int


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip().endswith(_ENDS)


def merged(utterances: Iterable[Utterance]) -> Iterator[SourceLine]:
    """One line per speaker run, long runs cut at a sentence end."""
    run: list[Utterance] = []
    words = 0
    for each in utterances:
        if run and (each.speaker != run[-1].speaker or (words >= _LONG_TURN and ends_sentence(run[-1].words))):
            yield _line(run)
            run, words = [], 0
        run.append(each)
        words += len(each.words.split())
    if run:
        yield _line(run)


def _line(run: Sequence[Utterance]) -> SourceLine:
    words = " ".join(" ".join(each.words.split()) for each in run)
    speaker = run[0].speaker
    text = words if speaker is None else f"{speaker}: {words}"
    return SourceLine(RawText(clean(text)), run[0].first, run[-1].last, turn=speaker is not None)


def looks_like_transcript(lines: Sequence[SourceLine]) -> bool:
    """Whether most lines carry a speaker's label, of at least two speakers, one of whom speaks twice."""
    if any(line.heading > 1 for line in lines):
        return False
    texts = [line.text.unseal() for line in lines if line.text and not line.heading]
    names = [label.name for text in texts if (label := speaker_label(text))]
    speakers = set(names)
    often = len(names) * 2 >= len(texts) or (len(names) >= 6 and len(names) * 4 >= len(texts))
    return len(names) >= 4 and often and 2 <= len(speakers) < len(names)


def turns_of(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    """Turn labelled lines into turns; unlabelled lines go on with the turn, headings and lines before it stay."""
    run: list[Utterance] = []
    for line in lines:
        label = None if line.heading else speaker_label(line.text.unseal())
        if label is not None:
            run.append(Utterance(label.name, label.words, line.first, line.last))
        elif line.heading or not run:
            yield from merged(run)
            run = []
            yield line
        elif line.text:
            run.append(Utterance(run[-1].speaker, line.text.unseal(), line.first, line.last))
    yield from merged(run)


def on_page(lines: Iterable[SourceLine], page: int) -> Iterator[SourceLine]:
    """The lines, marked with their page."""
    return (replace(line, page=page) for line in lines)
