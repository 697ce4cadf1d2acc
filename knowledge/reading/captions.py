"""WebVTT and SRT: cues become speaker turns whose locators are the lines of the cues in the file.

Teams names speakers by ``<v Name>``, Zoom by ``Name:``. Cues are scanned here, since no caption library keeps the
line numbers; a test holds the scan against one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from knowledge.errors import Unreadable
from knowledge.passages import SourceLine
from knowledge.reading.decoding import decoded
from knowledge.reading.labels import speaker_label
from knowledge.reading.turns import Utterance, ends_sentence, merged

_TIMING: Final = re.compile(
    r"\s*(?:\d{1,10}:)?\d{1,2}:\d{1,2}[.,]\d{1,9}\s*-->\s*(?:\d{1,10}:)?\d{1,2}:\d{1,2}[.,]\d{1,9}"
)
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>")
_TAG: Final = re.compile(
    r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d{1,2}:\d{2}\.\d{3}>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    last: int
    text: str


def read_captions(data: bytes) -> Iterator[SourceLine]:
    """Turns of a caption file.

    Raises:
        Unreadable: no cue in it.
    """
    text = decoded(data)
    cues = tuple(_cues(text.split("\n"), srt=not text.lstrip().startswith("WEBVTT")))
    if not cues:
        raise Unreadable("holds no caption with a time line (00:00:01.000 --> 00:00:02.000): export it again")
    return merged(_voices(cues) if any(_VOICE.search(cue.text) for cue in cues) else _labels(cues))


def _cues(lines: Sequence[str], *, srt: bool) -> Iterator[_Cue]:
    starts = [index for index, line in enumerate(lines) if "-->" in line and _TIMING.match(line)]
    for start, following in pairwise([*starts, len(lines)]):
        end = following
        if following < len(lines) and _is_identifier(lines, following - 1, srt=srt):
            end -= 1
        if not srt:
            end = next((index for index in range(start + 1, end) if not lines[index].strip()), end)
        filled = [index for index in range(start + 1, end) if lines[index].strip()]
        if filled:
            yield _Cue(start + 1, filled[-1] + 1, " ".join(lines[index].strip() for index in filled))


def _is_identifier(lines: Sequence[str], index: int, *, srt: bool) -> bool:
    """Whether the line before a time line names the cue rather than ends the cue before."""
    text = lines[index].strip()
    return bool(text) and (text.isdigit() if srt else not lines[index - 1].strip())


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\u200b", "").strip()


def _voices(cues: Sequence[_Cue]) -> Iterator[Utterance]:
    for cue in cues:
        before, *voiced = _VOICE.split(cue.text)
        if words := _plain(before):
            yield Utterance(None, words, cue.first, cue.last)
        for name, said in zip(voiced[::2], voiced[1::2], strict=True):
            if words := _plain(said):
                yield Utterance(_plain(name) or None, words, cue.first, cue.last)


def _labels(cues: Sequence[_Cue]) -> Iterator[Utterance]:
    labels = [speaker_label(_plain(cue.text)) for cue in cues]
    named = [label.name for label in labels if label]
    # Where labels never repeat, they mark a change of speaker; where they do, a cue without one is somebody unknown.
    at_change = all(name != after for name, after in pairwise(named))
    speaker: str | None = None
    before = ""
    for cue, label in zip(cues, labels, strict=True):
        words = label.words if label else _plain(cue.text)
        if label:
            speaker = label.name
        elif not at_change and ends_sentence(before):
            speaker = None
        before = words
        if words:
            yield Utterance(speaker, words, cue.first, cue.last)
