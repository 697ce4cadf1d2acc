"""What ``coach redact`` does: reads a text or a stream of records, redacts each with a vault of its own, keeps nothing.

Apart from the declaration, so that ``coach --help`` does not load pydantic.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.cli.output import Run, note, say_json_line
from copilot.cli.records import each_record
from copilot.errors import BadInput

if TYPE_CHECKING:
    from guards.redaction import Redaction, Redactor
    from guards.roster import Roster

_PAIR: Final = "none"


class PersonRow(BaseModel):
    """Somebody a text may name."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    id: str
    name: str
    also: list[str] = []


class RosterRows(BaseModel):
    """A roster file, or a programme file's part of it."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    people: list[PersonRow] = []
    mask_words: list[str] = []
    keep_words: list[str] = []


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    id: str | int
    text: str
    roster: list[PersonRow] | None = None


def whole(run: Run, file: Path | None, *, roster_file: Path | None, transcript: bool) -> Redaction:
    """One text, redacted.

    Raises:
        BadInput: the file or the roster cannot be read.
        RedactionFailed: redaction did not finish.
    """
    text = text_of(file)
    tell_foreign(foreign_in(text))
    return _one(text, redactor_of(run), read_roster(roster_file), transcript=transcript)


def stream(run: Run, file: Path | None, *, roster_file: Path | None, transcript: bool) -> None:
    """One record out for each record in, as they come.

    Raises:
        BadInput: the file or the roster cannot be read.
        RedactionFailed: redaction did not finish.
    """
    redactor, people = redactor_of(run), read_roster(roster_file)
    foreign: list[int] = []

    def write(record: _Line) -> None:
        foreign.append(foreign_in(record.text))
        known = people if record.roster is None else roster_of(RosterRows(people=record.roster))
        redaction = _one(record.text, redactor, known, transcript=transcript)
        spans = [
            {"start": s.start, "end": s.end, "entity_type": s.entity_type, "placeholder": s.placeholder}
            for s in redaction.spans
        ]
        say_json_line({"id": record.id, "text": str(redaction.text), "spans": spans})

    each_record(file, _Line, write)
    tell_foreign(sum(foreign))


def redactor_of(run: Run) -> Redactor:
    """Built without a home: redacting a text needs none and must not wait for whoever owns it."""
    from copilot.weights import small_weights, weights_folder
    from guards.presidio import build_redactor

    rampart = small_weights(weights_folder(run.settings())).rampart
    if rampart is None:
        note("coach: only listed names and identifiers are masked: run coach model install --small")
    return build_redactor(ner=rampart)


def text_of(file: Path | None) -> str:
    """The text of a file or of stdin.

    Raises:
        BadInput: they are not UTF-8.
    """
    raw = file.read_bytes() if file else sys.stdin.buffer.read()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        where = file.name if file else "stdin"
        place = error.start
    raise BadInput(f"{where}: byte {place} is not UTF-8; save it as UTF-8 and run again")


def _one(text: str, redactor: Redactor, people: Roster, *, transcript: bool) -> Redaction:
    """Each text has a vault of its own, forgotten after."""
    from guards.pair_vault import PairVault
    from guards.text import RawText

    return redactor.redact([RawText(text)], vault=PairVault(_PAIR, roster=people), transcript=transcript)[0]


def foreign_in(text: str) -> int:
    """How many lines of a text are in a language that the redactor does not know."""
    from guards.language import foreign_lines

    return sum(foreign_lines(text.splitlines()))


def tell_foreign(lines: int) -> None:
    """Say on stderr that so many lines cannot be trusted to be masked; once for a whole stream."""
    if lines:
        note(f"coach: {lines} line(s) look like another language; masking knows English, so names may stand there")


def read_roster(file: Path | None) -> Roster:
    """The roster of a file; nobody without one.

    Raises:
        BadInput: the file is no roster.
    """
    if file is None:
        return roster_of(RosterRows())
    import yaml

    try:
        content = yaml.safe_load(file.read_text("utf-8"))
        return roster_of(RosterRows.model_validate({"people": content} if isinstance(content, list) else content))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError):
        pass
    raise BadInput(f"{file.name}: not a roster; give a programme.yaml or a list of id, name, also")


def roster_of(content: RosterRows) -> Roster:
    """Rows as the redactor takes them."""
    from guards.roster import Roster, RosterPerson

    people = tuple(RosterPerson(each.id, each.name, tuple(each.also)) for each in content.people)
    return Roster(people, tuple(content.mask_words), tuple(content.keep_words))
