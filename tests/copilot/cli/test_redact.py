"""``coach redact`` alone: a text, a stream of records, and what it says of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.exits import BAD_INPUT
from copilot.cli.main import coach

PEOPLE = [{"id": "grace", "name": "Grace Adeyemi", "also": ["@grace"]}]


@pytest.fixture(autouse=True)
def _rules_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WEIGHTS", str(tmp_path / "no-weights"))


def redact(*arguments: str, stdin: str) -> Result:
    return CliRunner().invoke(coach, ["redact", *arguments], input=stdin)


def test_a_text_keeps_its_lines_and_dates(tmp_path: Path) -> None:
    roster = tmp_path / "roster.json"
    roster.write_text(json.dumps(PEOPLE))
    run = redact("--roster", str(roster), stdin="Anything for Grace?\nBy 2026-10-09. 25 claims, mail jo@x.example\n")
    assert run.exit_code == 0
    assert run.stdout == "Anything for <PERSON_1>?\nBy 2026-10-09. 25 claims, mail <EMAIL_ADDRESS_1>\n"
    warned, counted = run.stderr.strip().splitlines()
    assert warned.startswith("coach: only listed names")  # no weights in this test
    assert counted == "2 masked, 2 distinct"


def test_a_stream_gives_one_record_a_line_with_offsets_of_the_input() -> None:
    text = "👩 Grace met jo@x.example"
    run = redact("--jsonl", stdin=json.dumps({"id": 7, "text": text, "roster": PEOPLE}) + "\n\n")
    record = json.loads(run.stdout)
    assert record["id"] == 7
    assert record["text"] == "👩 <PERSON_1> met <EMAIL_ADDRESS_1>"
    spans = [(text[each["start"] : each["end"]], each["entity_type"]) for each in record["spans"]]
    assert spans == [("Grace", "PERSON"), ("jo@x.example", "EMAIL_ADDRESS")]
    assert record["spans"][0]["placeholder"] == "<PERSON_1>"


def test_each_record_has_a_vault_of_its_own() -> None:
    lines = [json.dumps({"id": name, "text": f"mail {name}@x.example"}) for name in ("jo", "al")]
    shown = [json.loads(line)["text"] for line in redact("--jsonl", stdin="\n".join(lines)).stdout.splitlines()]
    assert shown == ["mail <EMAIL_ADDRESS_1>"] * 2


def test_a_line_that_is_no_record_is_named_by_number_and_never_shown() -> None:
    run = redact("--jsonl", stdin='Grace Adeyemi said\n{"id": 1, "text": "fine"}\n')
    assert run.exit_code == BAD_INPUT
    assert json.loads(run.stdout)["text"] == "fine"
    assert "line 1" in run.stderr
    assert "Grace" not in run.output.replace("fine", "")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"caf\xe9")
    run = redact(str(file), stdin="")
    assert run.exit_code == BAD_INPUT
    assert "byte 3 is not UTF-8" in run.stderr
