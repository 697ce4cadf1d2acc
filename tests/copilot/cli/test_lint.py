"""``coach lint``: cards on a text, a stream and a draft, and one clear line for what is no text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.exits import BAD_INPUT, FOUND, NOT_PERMITTED, USAGE, exit_status
from copilot.cli.lint import lint
from copilot.cli.main import coach
from copilot.linting import LONGEST
from tests.copilot.cli.home import HomeRun, filled

HARMLESS = "Ben will label 200 claims by Friday."


@pytest.fixture(autouse=True)
def _rules_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WEIGHTS", str(tmp_path / "no-weights"))


def linted(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(coach, ["lint", *arguments], input=stdin)


def test_a_card_says_what_why_what_is_missing_and_asks() -> None:
    run = linted(stdin=f"{HARMLESS}\nPriya is lazy.\n")
    assert run.exit_code == FOUND
    assert "stdin, line 2, 46-50: “lazy” (personality_not_behaviour)" in run.stdout
    assert "not given: situation, behaviour, impact" in run.stdout
    assert "ask instead: What did they do or say" in run.stdout
    assert "see: " in run.stdout


def test_a_text_without_any_says_so(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text(HARMLESS, encoding="utf-8")
    run = linted(str(file))
    assert (run.exit_code, run.stdout) == (0, "nothing to look at\n")


@pytest.mark.parametrize("flags", [("--jsonl",), ("--format", "jsonl"), ("-", "--jsonl")])
def test_a_stream_has_a_record_for_each_record(flags: tuple[str, ...]) -> None:
    text = "👩 <PERSON_2> is quite arrogant."
    rows = [
        {"id": 1, "text": text},
        {"id": "b", "text": HARMLESS},
        {"id": 3, "text": "mark is careless.", "roster": [{"id": "mark", "name": "Mark Adeyemi"}]},
    ]
    run = linted(*flags, stdin="\n".join(map(json.dumps, rows)))
    first, second, third = map(json.loads, run.stdout.splitlines())
    (card,) = first["cards"]
    assert text[card["start"] : card["end"]] == "arrogant"
    assert {"kind", "category", "start", "end", "why", "question", "missing", "reference"} <= set(card)
    assert card["kind"] == "bias"
    assert card["question"].endswith("?")
    assert second == {"id": "b", "cards": []}
    assert [each["category"] for each in third["cards"]] == ["personality_not_behaviour"]


@pytest.mark.parametrize("stdin", ["", " \n\t\n", b"caf\xe9"])
def test_what_is_no_text_is_one_line(stdin: str | bytes) -> None:
    run = linted(stdin=stdin)
    assert run.exit_code == BAD_INPUT
    assert len([line for line in run.stderr.splitlines() if "only listed names" not in line]) == 1


def test_a_huge_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    file.write_text("x" * (LONGEST + 1), encoding="utf-8")
    run = linted(str(file))
    assert run.exit_code == BAD_INPUT
    assert "lint it in parts" in run.stderr


def test_wrong_use_is_said(tmp_path: Path) -> None:
    assert CliRunner().invoke(coach, ["lint", "--format", "xml"]).exit_code in {2, USAGE}
    assert CliRunner().invoke(coach, ["lint", str(tmp_path / "none.txt")]).exit_code in {2, USAGE}


def status_of(result: Result) -> int:
    return exit_status(result.exception) if isinstance(result.exception, Exception) else result.exit_code


def test_a_pairs_draft_is_linted_for_the_pair_alone(tmp_path: Path) -> None:
    run: HomeRun = filled(tmp_path)
    result = CliRunner().invoke(lint, ["--pair", "p1", "--json"], obj=run)
    assert result.exit_code in {0, FOUND}, result.output
    assert isinstance(json.loads(result.stdout), list)
    assert "sceptical" not in result.stdout  # the note's own words are not linted unasked
    assert status_of(CliRunner().invoke(lint, ["--pair", "nope"], obj=run)) == BAD_INPUT
    assert status_of(CliRunner().invoke(lint, ["--pair", "p1", "--as", "sam"], obj=run)) == NOT_PERMITTED
