"""Single labelled texts: redaction, passages to hold back, claims with one wrong fact."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import yaml

from copilot.bootstrap import bootstrap
from copilot.settings import read_settings
from evals.case import SetCard, case_file
from evals.results import Row
from evals.score import Score
from evals.scorers import texts
from evals.tasks.task import Options, taken
from guards.claims import verify
from guards.errors import GuardError
from guards.held import held_reason, kind_of
from guards.pair_vault import PairVault
from guards.redaction import Redactor
from guards.roster import Roster, RosterPerson
from guards.text import RawText, mint_redacted

_Line = Mapping[str, Any]


def lines_of(path: Path) -> list[_Line]:
    """The rows of a JSON lines or YAML file."""
    text = path.read_text("utf-8")
    if path.suffix in {".yaml", ".yml"}:
        return cast("list[_Line]", yaml.safe_load(text))
    return [cast("_Line", json.loads(each)) for each in text.splitlines() if each.strip()]


def redaction_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Every personal string with and without roster; every word that must stay."""
    with (
        tempfile.TemporaryDirectory() as folder,
        bootstrap(read_settings(home=Path(folder), engine="rules")) as copilot,
    ):
        redactor = copilot.redactor
        for line in taken(lines_of(case_file(card)), card, options):
            options.tell(str(line["id"]), {})
            for way in ("roster", "no_roster"):
                yield from _redacted(card, line, redactor, way)


def _redacted(card: SetCard, line: _Line, redactor: Redactor, way: str) -> Iterator[Row]:
    text, unit = str(line["text"]), f"{line['id']}/{way}"
    people = [RosterPerson(each["id"], each["name"], tuple(each["also"])) for each in line["roster"]]
    roster = Roster(tuple(people) if way == "roster" else (), tuple(line["mask_words"]), tuple(line["keep_words"]))
    try:
        done = redactor.redact(
            [RawText(text)], vault=PairVault("evaluation", roster=roster), transcript=bool(line["transcript"])
        )[0]
    except GuardError as error:
        yield _text_row(card, f"masked_{way}", unit, text, Score(None), error=f"{type(error).__name__}: {error}")
        return
    masks = [(span.start, span.end) for span in done.spans]
    for number, span in enumerate(line["spans"]):
        score = texts.masked(text, (span["start"], span["end"]), masks)
        yield _text_row(card, f"masked_{way}", f"{unit}/{number}", text, score, style=str(span["type"]))
    for number, keep in enumerate(line["must_keep"]):
        score = texts.kept((keep["start"], keep["end"]), masks)
        yield _text_row(card, f"kept_{way}", f"{unit}/keep{number}", text, score, style=str(keep["kind"]))


def passage_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Sensitive passages and signs of crisis, and what only looks alike."""
    for number, line in enumerate(taken(lines_of(case_file(card)), card, options)):
        text = str(line["text"])
        said: Any = line["kind"] if "kind" in line else "crisis" if line["crisis"] else None
        found = kind_of(held_reason(mint_redacted(text)))
        options.tell(str(number), {})
        wanted = str(said) if said else None
        yield _text_row(card, "held", str(number), text, texts.held(wanted=wanted, found=found), style=wanted or "")
        yield _text_row(card, "left_alone", str(number), text, texts.left_alone(wanted=wanted, found=found))


def claim_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Claims on cited lines: rows with ``swap`` have one wrong fact, rows with ``kind`` are honest."""
    for number, line in enumerate(taken(lines_of(case_file(card)), card, options)):
        lines, claim = cast("Sequence[str]", line["lines"]), str(line["claim"])
        options.tell(str(number), {})
        supported = verify(claim, lines).supported
        kind = str(line.get("swap") or line.get("kind") or "")
        if "swap" in line:
            scorer, score = "wrong_refused", texts.rejected(accepted=supported, kind=kind)
        else:
            scorer, score = "honest_taken", texts.accepted(taken=supported, kind=kind)
        cluster = str(line.get("id", number)).partition("-")[0]
        yield _text_row(card, scorer, str(line.get("id", number)), "\n".join([*lines, claim]), score,
                        style=kind, cluster=cluster)  # fmt: skip


def _text_row(  # noqa: PLR0913 - a row's fields
    card: SetCard,
    scorer: str,
    unit: str,
    text: str,
    score: Score,
    *,
    style: str = "",
    error: str = "",
    cluster: str = "",
) -> Row:
    shown = not card.kept_apart and (error or (score.value is not None and score.value < 1))
    return Row(
        set=card.name, scorer=scorer, unit=unit, cluster=cluster or unit.partition("/")[0], style=style,
        value=score.value, reason=score.reason, spans=score.spans if shown else (), error=error,
        text=text if shown else "",
    )  # fmt: skip
