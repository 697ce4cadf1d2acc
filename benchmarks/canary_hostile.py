"""What a person gets wrong, with planted values in the file: every message must speak of places and counts alone.

File contents and what stands in them may never come back in a message. What somebody typed themselves (an argument,
the name of the file they point at) may be repeated to them; those runs are recorded apart, and counted apart.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.canary_endpoint import Endpoint
from benchmarks.canary_run import NAMED, CanaryRun, Recording, coach_as
from benchmarks.canary_values import Kind, Value
from benchmarks.canary_world import lots

if TYPE_CHECKING:
    from benchmarks.canary_paths import Setting

_LOT: Final = 40
_PAIR: Final = "p1"


def hostile(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """Files that cannot be read, with values in them; then arguments that are values."""
    del endpoint
    folder = setting.folder / "hostile"
    texts = [each.text for each in setting.world.values if each.kind is not Kind.HELD]
    for number, lot in enumerate(lots(texts, _LOT * 8)):
        for name, content in _files(lot, f"{number:03}"):
            path = folder / _PAIR / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    coach_as(run, ["ingest", str(folder), "--engine", "rules"])
    _records(folder, texts, run)
    _programmes(folder, texts, run)
    _typed(setting.world.values, run)


def _files(texts: Sequence[str], mark: str) -> Iterator[tuple[str, bytes]]:
    body = "\n".join(texts).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", b"<w:document><w:p>" + body)
    yield f"{mark}.docx", packed.getvalue()
    yield f"{mark}-plain.docx", body
    yield f"{mark}.pdf", b"%PDF-1.4\n1 0 obj << /Names (" + body + b") >>"
    yield f"{mark}-none.pdf", body
    yield f"{mark}.vtt", b"WEBVTT\n\n" + body
    yield f"{mark}.srt", body
    yield f"{mark}-no-date.md", b"# Note\n\n" + body
    yield f"{mark}-wide.md", b"---\npair: " + body.replace(b"\n", b" ") + b"\ndate: " + body[:40] + b"\n---\n"
    yield f"2026-09-14-{mark}.txt", b"\xff\xfe\x00" + body
    yield f"2026-09-15-{mark}.html", b"<html><![CDATA[" + body + b"<p" * 40


def _records(folder: Path, texts: Sequence[str], run: CanaryRun) -> None:
    """Streams whose lines are no records."""
    stream = folder / "broken.jsonl"
    lines = [f'{{"id": 1, "text": "{each}"' for each in texts]
    lines += [f'{{"id": "{each}"}}' for each in texts] + [f'["{each}"]' for each in texts] + list(texts)
    stream.write_text("\n".join(each.replace("\n", " ") for each in lines), encoding="utf-8")
    for command in ("redact", "extract"):
        coach_as(run, [command, "--jsonl", str(stream)])
    latin = folder / "latin.txt"
    latin.write_bytes("\n".join(texts).encode() + b"\xff\xff")
    for command in ("redact", "extract"):
        coach_as(run, [command, str(latin)])


def _programmes(folder: Path, texts: Sequence[str], run: CanaryRun) -> None:
    """Rosters and programme files that break their schema in every field."""
    said = ", ".join(f'"{each}"' for each in texts[:200]).replace("\n", " ")
    one = texts[0].replace('"', "")
    people = f'[{{id: a, name: "{one}"}}, {{id: a, name: "{one}"}}]'
    start = "start: 2026-09-07"
    broken = (
        f"people: [{said}",
        f"people: [{said}]",
        f"- {{id: [{said}], name: 3}}",
        f"programme: {{id: 1, name: [{said}]}}\npeople: [{said}]\npairs: [{said}]\n",
        f'programme: {{id: c, name: C, start: "{one}"}}\npeople: [{{id: a, "{one}": 1}}]\npairs: []\n',
        f'programme: {{id: c, name: C, {start}}}\npeople: {people}\npairs: [{{id: p, mentor: "{one}", mentee: z}}]\n',
        "\t" + one,
    )
    for number, text in enumerate(broken):
        path = folder / f"roster-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        coach_as(run, ["redact", "--roster", str(path), str(path)])
        coach_as(run, ["ingest", str(folder / _PAIR), "--programme", str(path)])


def _typed(values: Sequence[Value], run: CanaryRun) -> None:
    """Values as arguments: what comes back is the person's own, and is counted apart."""
    from dataclasses import replace

    own: list[Recording] = []
    apart = replace(run, recordings=own)
    for value in values[:: max(1, len(values) // 12)]:
        one = value.text
        for arguments in (
            ["prep", one], ["commitments", one], ["search", one, "x"], ["why", one, one], ["commit", "done", one],
            ["criteria", one], ["ingest", one], ["redact", one], ["bench", one], ["model", "install", one],
            ["prep", _PAIR, "--date", one], ["prep", _PAIR, "--as", "sponsor"],
            ["search", _PAIR, one, "--as", "sponsor"],
        ):  # fmt: skip
            coach_as(apart, arguments)
    run.recordings.extend(Recording(NAMED if each.place != "crash" else each.place, each.data) for each in own)
