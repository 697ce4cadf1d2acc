"""Streams of JSON lines: one record in, one out, as they come; a line that is no record is said and passed over."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from copilot.cli.exits import BAD_INPUT
from copilot.cli.output import note

R = TypeVar("R", bound=BaseModel)


def each_record(file: Path | None, kind: type[R], write: Callable[[R], None]) -> None:
    """Hand every record of a file (or of stdin) to ``write``; exits with "bad input" after the last if some were none.

    Nothing of a line that is no record is repeated: it may be somebody's note.
    """
    failed = 0
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            record = kind.model_validate_json(line)
        except ValidationError as error:
            failed += 1
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            note(f"coach: line {number}: not a record ({first['type']}); it needs id and text, others went on")
            continue
        write(record)
    if failed:
        note(f"coach: {failed} lines were not records; correct them and run again")
        sys.exit(BAD_INPUT)


def _lines(file: Path | None) -> Iterator[bytes]:
    if file is None:
        yield from sys.stdin.buffer
        return
    with file.open("rb") as lines:
        for number, line in enumerate(lines):
            yield line.removeprefix(codecs.BOM_UTF8) if number == 0 else line
