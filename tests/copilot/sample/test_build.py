"""The sample programme builds the same every time and agrees with itself."""

from __future__ import annotations

import io
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from pypdf import PdfReader

from copilot.programme_file import load_programme
from copilot.sample.build import Sample, build_sample
from copilot.sample.pdf import pdf_of


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return yaml.safe_load(files("copilot.sample").joinpath("expected.yaml").read_text(encoding="utf-8"))


def _text(folder: Path) -> str:
    plain = [
        path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.suffix not in {".docx", ".pdf"}
    ]
    pages = [page.extract_text() for path in folder.glob("*.pdf") for page in PdfReader(path).pages]
    paragraphs = [each.text for path in folder.glob("*.docx") for each in Document(str(path)).paragraphs]
    return " ".join(" ".join([*plain, *pages, *paragraphs]).split())


def test_a_second_build_writes_nothing_and_keeps_changes(tmp_path: Path) -> None:
    first = build_sample(tmp_path)
    assert (first.written, first.kept) == (15, 0)
    bytes_before = {path: path.read_bytes() for path in tmp_path.rglob("*.docx")}
    changed = first.notes[1][1] / "2026-10-06.md"
    changed.write_text("mine")
    for path in bytes_before:
        path.unlink()
    again = build_sample(tmp_path)
    assert (again.written, again.kept) == (1, 1)
    assert changed.read_text() == "mine"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.docx")} == bytes_before


def test_the_programme_loads_and_has_the_pairs_of_the_notes(sample: Sample) -> None:
    programme = load_programme(sample.programme).programme
    assert [pair.id for pair in programme.pairs] == [pair for pair, _ in sample.notes]
    assert {session.pair for session in programme.sessions} == {"ada-ben", "yusuf-linh"}


def test_formats_and_writing_styles_differ(sample: Sample) -> None:
    suffixes = {path.suffix for _, folder in sample.notes for path in folder.iterdir()}
    assert suffixes == {".md", ".txt", ".html", ".vtt", ".srt", ".docx", ".pdf"}


def test_the_expected_findings_stand_in_the_notes(sample: Sample, expected: dict[str, Any]) -> None:
    programme = load_programme(sample.programme).programme
    for pair, folder in sample.notes:
        text = _text(folder).casefold()
        gold = expected[pair]
        rows = [*gold["open"], *gold.get("open_for_sponsor", []), *gold["done"], *gold["candidates"]]
        for row in rows:
            assert row["action"].casefold() in text, row
            assert programme.person(row["owner"]) is not None
            assert not row.get("ticket") or row["ticket"].casefold() in text
        assert {row["ticket"] for row in gold["open"] if row["ticket"]}.isdisjoint(
            row["ticket"] for row in gold["done"]
        )


def test_the_next_session_follows_the_cadence(sample: Sample, expected: dict[str, Any]) -> None:
    programme = load_programme(sample.programme).programme
    for pair in programme.pairs:
        assert pair.started is not None
        gone = (expected[pair.id]["next_session"] - pair.started).days
        assert gone == 6 * programme.cadence_days
        assert isinstance(expected[pair.id]["next_session"], date)


def test_a_pdf_shows_its_lines_over_several_pages() -> None:
    lines = [f"line {number} (with \\ and brackets) – Wójcik" for number in range(120)]
    reader = PdfReader(io.BytesIO(pdf_of("\n".join(lines))))
    assert len(reader.pages) == 3
    shown = "\n".join(page.extract_text() for page in reader.pages)
    assert [line for line in lines if line not in shown] == []
