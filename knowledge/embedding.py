"""Turns redacted text into vectors on this machine; the only module that reaches an embedding model.

An embedding call is a model call: every text passes the egress door's check first, and nothing but redacted text
is accepted. Refuses to download anything: the weights are files whose folder is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from guards.errors import RawTextExposed
from guards.text import RedactedText

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vector = Sequence[float]
"""Unit length, as long as the embedder's ``dimensions``."""

TextCheck = Callable[[Sequence[RedactedText], str], None]
"""Given texts and the pair they are of; raises ``EgressRefused`` when one holds a personal form the pair knows."""

_MOST_TOKENS: Final = 256


class Embedder(Protocol):
    """Turns texts into unit vectors; the vector of a text never depends on its companions in the call."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    @property
    def digest(self) -> str:
        """Which model and reading made the vectors; vectors of two digests are never compared."""
        ...

    def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:
        """One vector per text of a pair, in order.

        Raises:
            EgressRefused: a text holds a known personal form; nothing was embedded.
        """
        ...


class MiniLmEmbedder:
    """all-MiniLM-L6-v2 over ONNX Runtime: mean of the token vectors, length 1, the first 256 tokens.

    Texts run one at a time. Without padding that is quicker per CPU second than batches of 8 to 32 (13.6 against
    11 to 12 passages on two AVX2 cores), and a text's vector cannot depend on its companions.
    """

    def __init__(self, folder: Path, *, check: TextCheck, threads: int = 1) -> None:
        """Point at ``model.onnx`` and ``tokenizer.json`` in ``folder``; both are opened at the first call."""
        self._model = folder / "model.onnx"
        self._tokens = folder / "tokenizer.json"
        self._check = check
        self._threads = threads

    @staticmethod
    def installed(folder: Path) -> bool:
        """Whether the folder holds the two files."""
        return (folder / "model.onnx").is_file() and (folder / "tokenizer.json").is_file()

    @property
    def dimensions(self) -> int:
        """384."""
        return 384

    @property
    def digest(self) -> str:
        """Digest of the model's and the tokenizer's bytes and of how they are read."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        found = hashlib.sha256(f"mean,l2,{_MOST_TOKENS}".encode())
        for path in (self._model, self._tokens):
            found.update(hashlib.sha256(path.read_bytes()).digest())
        return found.hexdigest()[:12]

    def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:
        """One vector per text of a pair, in order, once the door's check has let all of them pass."""
        require_redacted(texts)
        self._check(texts, pair)
        return [self._one(text) for text in texts]

    @cached_property
    def _session(self) -> Any:
        return _session_of(self._model, _state(self._model), self._threads)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return _tokenizer_of(self._tokens, _state(self._tokens))

    def _one(self, text: RedactedText) -> Vector:
        import numpy as np  # noqa: PLC0415 -- as above

        ids = np.asarray([self._tokenizer.encode(str(text)).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = np.asarray(self._session.run(["last_hidden_state"], inputs)[0], dtype=np.float32)[0]
        mean = states.mean(axis=0)
        unit: list[float] = (mean / max(float(np.linalg.norm(mean)), 1e-12)).tolist()
        return unit


def _state(path: Path) -> tuple[int, int]:
    """What tells a file from one put in its place."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _session_of(model: Path, _as_it_is: tuple[int, int], threads: int) -> Any:
    """The model, opened once in a process: it keeps nothing of a text, takes 0.4 s to open and 150 MB to hold."""
    import onnxruntime  # noqa: PLC0415 -- half of a cold start; nobody pays who does not embed

    runtime: Any = onnxruntime  # ships partly untyped
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=2)
def _tokenizer_of(tokens: Path, _as_it_is: tuple[int, int]) -> Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 -- as above

    tokenizer = Tokenizer.from_file(str(tokens))
    tokenizer.no_padding()  # the file asks for 128 tokens, padded: neither is wanted
    tokenizer.enable_truncation(_MOST_TOKENS)  # pyright: ignore[reportUnknownMemberType]
    return tokenizer


def require_redacted(texts: Sequence[RedactedText]) -> None:
    """Refuse a plain string at run time as well as in the type checker.

    Raises:
        RawTextExposed: a text is not redacted.
    """
    for position, text in enumerate(texts):
        if not isinstance(text, RedactedText):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise RawTextExposed(f"text {position} of an embedding call is not redacted")
