"""``coach init`` writes a programme that loads, and never overwrites."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.cli.main import coach
from copilot.errors import BadInput
from copilot.programme_file import load_programme
from copilot.starting import EXAMPLE_PAIR, start_programme

TODAY = date(2026, 11, 26)


def test_what_it_writes_loads_and_starts_on_monday(tmp_path: Path) -> None:
    written = start_programme(tmp_path / "new", today=TODAY)
    programme = load_programme(written[0]).programme
    assert programme.start == date(2026, 11, 23)
    assert [pair.id for pair in programme.pairs] == [EXAMPLE_PAIR]
    assert (tmp_path / "new" / "notes" / EXAMPLE_PAIR).is_dir()


def test_it_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "programme.yaml").write_text("mine")
    with pytest.raises(BadInput, match="is there already; nothing was written"):
        start_programme(tmp_path, today=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["programme.yaml"]
    assert (tmp_path / "programme.yaml").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        start_programme(tmp_path / "file" / "below", today=TODAY)


def test_the_command_says_what_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(coach, ["init", str(tmp_path / "new")])
    assert result.exit_code == 0
    assert f"coach prep {EXAMPLE_PAIR}" in result.output
    again = CliRunner().invoke(coach, ["init", str(tmp_path / "new")])
    assert again.exit_code == 65
