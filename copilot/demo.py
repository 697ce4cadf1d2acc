"""The sample programme, end to end: built, ingested, and one session prep a pair written to files.

Pure orchestration over the same parts that a user's own notes go through; nothing here is special to the sample
but its text. Showing and fetching belong to ``copilot/cli/demo.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for, rendered
from copilot.ingest import FileResult, Options
from copilot.intake import prepare, run
from copilot.sample.build import build_sample
from copilot.settings import Settings
from copilot.snapshot import Request
from guards.redaction import Redactor

_READ_BY = "read-by.txt"


@dataclass(frozen=True, slots=True)
class DemoPage:
    """One pair's prep: the page as text, and the files it was written to."""

    pair: str
    text: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine made of the sample. ``results`` has a line for each file."""

    engine: str
    pages: tuple[DemoPage, ...]
    results: tuple[FileResult, ...]
    sample: Path
    redactor: Redactor


def read_by(home: Path) -> str:
    """The engine that last read the whole sample in this home, or an empty string."""
    path = home / _READ_BY
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def read_sample(settings: Settings, *, told: Callable[[str], None], redactor: Redactor | None = None) -> Reading:
    """Build the sample in the home, ingest it with the settings' engine and write every pair's page.

    Args:
        settings: home and engine.
        told: hears one line for each step.
        redactor: one that is loaded already.
    """
    with bootstrap(settings, overrides=Overrides(redactor=redactor), purpose="coach demo") as copilot:
        sample = build_sample(settings.home / "sample")
        intake = prepare(copilot, [sample.folder])
        engine = copilot.engine(intake.programme.pairs[0].id).name
        fresh = read_by(settings.home) != engine
        doing = "reading" if fresh else "checking"
        told(f"{doing} {len(intake.files)} notes of {len(intake.programme.pairs)} pairs ({engine})")
        results = tuple(run(copilot, intake, options=Options(reread=fresh), remark=told))
        pages = tuple(_page(copilot, pair.id, engine) for pair in intake.programme.pairs)
        (settings.home / _READ_BY).write_text(engine, encoding="utf-8")
        return Reading(engine, pages, results, sample.folder, copilot.redactor)


def earlier_page(home: Path, pair: str, engine: str) -> str:
    """The page that an engine wrote for a pair before, or an empty string."""
    path = home / "pages" / f"{pair}.{engine}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def marked(page: str, *, before: str) -> str:
    """The page with a ``+`` before every line that an earlier page does not have."""
    known = {line.strip() for line in before.splitlines()}
    return "\n".join(f"{'  ' if line.strip() in known else '+ '}{line}".rstrip() for line in page.splitlines())


def _page(copilot: Copilot, pair: str, engine: str) -> DemoPage:
    principal = copilot.principal(pair)
    draft = draft_for(copilot, Request(pair), principal=principal)
    reveal = copilot.reveal(pair, principal)
    folder = copilot.home.path / "pages"
    folder.mkdir(exist_ok=True)
    text = str(rendered(draft, form="text", reveal=reveal))
    files: list[Path] = []
    for form, name in (("text", f"{pair}.{engine}.txt"), ("md", f"{pair}.md"), ("docx", f"{pair}.docx")):
        content = rendered(draft, form=form, reveal=reveal)
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else str(content).encode())
        files.append(path)
    return DemoPage(pair, text, tuple(files))
