"""The bundled corpus: session blueprints, coaching tools, clarifying questions, programme obligations, vague words.

All of it is YAML under ``knowledge/corpus`` in the product's own words, checked when loaded. A folder of the same
shape can replace it. Every text of the corpus holds no data, so it is minted as redacted text here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from guards.text import PLACEHOLDER, RedactedText, mint_redacted
from knowledge.errors import CorpusInvalid

_FOLDER: Final = Path(__file__).parent / "corpus"


def _own_words(value: object) -> RedactedText:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text is needed here")
    if PLACEHOLDER.search(value):
        raise ValueError("a corpus text may not hold a placeholder")
    return mint_redacted(" ".join(value.split()))


OwnWords = Annotated[RedactedText, PlainValidator(_own_words)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True)


class _File(_Part):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    version: int = Field(ge=1)


class TimedBox(_Part):
    """A box of a blueprint; minutes count from the session's start."""

    id: str
    start: int = Field(alias="from", ge=0)
    end: int = Field(alias="to")
    title: OwnWords


class Blueprint(_File):
    """A session's timed boxes, which fill ``minutes`` without gap or overlap."""

    name: OwnWords
    minutes: int = Field(gt=0)
    boxes: tuple[TimedBox, ...]

    @model_validator(mode="after")
    def _minutes_sum(self) -> Self:
        at = 0
        for box in self.boxes:
            if box.start != at or box.end <= box.start:
                raise ValueError(f"box {box.id} must start at minute {at} and last at least one minute")
            at = box.end
        if at != self.minutes:
            raise ValueError(f"boxes end at minute {at}, not {self.minutes}")
        return self


class Step(_Part):
    """One step of a coaching tool."""

    minutes: int = Field(ge=1)
    do: OwnWords


class Tool(_File):
    """A coaching tool that fits ten minutes. ``signals`` and ``cues`` say when it fits."""

    name: OwnWords
    purpose: OwnWords
    signals: tuple[str, ...]
    cues: tuple[str, ...]
    stages: tuple[str, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _fits_ten_minutes(self) -> Self:
        if (total := sum(step.minutes for step in self.steps)) != 10:
            raise ValueError(f"steps take {total} minutes, not 10")
        return self


class Question(_Part):
    """A clarifying question with the words of a decision that it fits."""

    id: str
    text: OwnWords
    cues: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


class QuestionSet(_File):
    """The questions for one kind of decision, and the trade-off that kind usually hides."""

    name: OwnWords
    cues: tuple[str, ...]
    tradeoff: OwnWords
    questions: tuple[Question, ...] = Field(min_length=1)


class WeekAsk(_Part):
    """What the programme asks for in some weeks."""

    id: str
    start: int = Field(alias="from", ge=0)
    end: int = Field(alias="to")
    name: OwnWords
    ask: OwnWords


class StageAsk(_Part):
    """What a lifecycle stage asks for."""

    id: str
    name: OwnWords
    ask: OwnWords


class Obligations(_File):
    """Programme weeks and lifecycle stages with what each asks for."""

    weeks: tuple[WeekAsk, ...]
    stages: tuple[StageAsk, ...]


class VagueWords(_Part):
    """Words that no test can settle, and the question that would.

    ``but_not`` are phrases in which they are not vague; ``settled_by`` is what in the same sentence settles them: a
    movement from one number to another, or a threshold.
    """

    words: tuple[str, ...]
    ask: OwnWords
    but_not: tuple[str, ...] = ()
    settled_by: Literal["movement", "threshold"] | None = None


class CriterionPartWords(_Part):
    """The words by which parts of a testable criterion are recognised."""

    measures: tuple[str, ...]
    unitless: tuple[str, ...]
    sources: tuple[str, ...]
    verifying: tuple[str, ...]


class CriterionWords(_File):
    """What the linter of acceptance criteria looks for."""

    vague: tuple[VagueWords, ...]
    parts: CriterionPartWords


class Corpus(_Part):
    """Everything the product says of its own. ``digest`` changes with any file."""

    blueprints: tuple[Blueprint, ...]
    tools: tuple[Tool, ...]
    question_sets: tuple[QuestionSet, ...]
    obligations: Obligations
    criterion_words: CriterionWords
    digest: str

    def blueprint(self, blueprint_id: str) -> Blueprint | None:
        """The blueprint of that id."""
        return next((each for each in self.blueprints if each.id == blueprint_id), None)

    def week_ask(self, week: int) -> WeekAsk | None:
        """What the programme asks for in that week."""
        return next((each for each in self.obligations.weeks if each.start <= week <= each.end), None)

    def stage_ask(self, stage: str | None) -> StageAsk | None:
        """What the lifecycle stage asks for."""
        return next((each for each in self.obligations.stages if each.id == stage), None)


_M = TypeVar("_M", bound=BaseModel)


def load_corpus(folder: Path | None = None) -> Corpus:
    """Read and check a corpus folder; the bundled one when none is given.

    Raises:
        CorpusInvalid: a file is missing, is not YAML, or breaks its schema.
    """
    root = folder or _FOLDER
    corpus = Corpus(
        blueprints=tuple(_all(root / "blueprints", Blueprint)),
        tools=tuple(_all(root / "tools", Tool)),
        question_sets=tuple(_all(root / "questions", QuestionSet)),
        obligations=_one(root / "obligations.yaml", Obligations),
        criterion_words=_one(root / "criterion-words.yaml", CriterionWords),
        digest=_digest(root),
    )
    _ids_are_unique([*corpus.blueprints, *corpus.tools, *corpus.question_sets])
    _ids_are_unique([question for each in corpus.question_sets for question in each.questions])
    return corpus


def _all(folder: Path, model: type[_M]) -> Iterator[_M]:
    for path in sorted(folder.glob("*.yaml")):
        yield _one(path, model)


def _one(path: Path, model: type[_M]) -> _M:
    try:
        return model.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_loader()))  # noqa: S506  # a safe loader
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorpusInvalid(f"corpus file {path.name}: {where}: {first['msg']}") from None
    except (OSError, yaml.YAMLError):
        raise CorpusInvalid(
            f"corpus file {path.name} cannot be read as YAML: check that it is there and well formed"
        ) from None


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def _ids_are_unique(parts: list[Blueprint | Tool | QuestionSet] | list[Question]) -> None:
    ids = [part.id for part in parts]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise CorpusInvalid(f"corpus id {twice[0]} is used twice: give one of them another id")
