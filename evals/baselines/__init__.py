"""Accepted runs, committed: one file for each suite and engine, with values and digests and without texts."""

from __future__ import annotations

import json
from pathlib import Path

from evals.results import Results, read

FOLDER = Path(__file__).parent


def baseline_of(suite: str, engine: str, *, folder: Path = FOLDER) -> Results | None:
    """The accepted run of a suite and engine, where one is committed."""
    path = folder / f"{suite}-{engine}.json"
    return read(path) if path.is_file() else None


def accept(results: Results, *, folder: Path = FOLDER) -> Path:
    """Write a run as the baseline of its suite and engine: values and digests, a row a line for readable diffs."""
    path = folder / f"{results.suite}-{results.engine}.json"
    rows = [
        each.model_dump(mode="json", include={"set", "scorer", "unit", "cluster", "value", "error"})
        for each in results.rows
        if each.value is not None or each.error
    ]
    head = results.model_dump(mode="json", exclude={"rows", "seconds"})
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    text = json.dumps({**head, "seconds": {}}, ensure_ascii=False, indent=1)[:-2] + f',\n "rows": [\n{lines}\n]}}\n'
    path.write_text(text, "utf-8")
    return path
