"""What ``coach doctor`` looks at. Opens nothing that another process may hold, and never shows a key."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from copilot.engines.selection import chosen
from copilot.settings import Settings
from copilot.weights import load_manifests, local_model, weights_folder
from copilot.weights.install import is_installed

_PACKAGES: Final = ("chromadb", "langchain_openai", "onnxruntime", "presidio_analyzer", "sqlalchemy", "tokenizers")
_LEAST_FREE_MB: Final = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``mend`` says what to do; a finding may be fine and still have something to offer."""

    what: str
    ok: bool
    says: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at everything, in the order in which things depend on each other."""
    return [
        _python(),
        _packages(),
        _home(settings.home),
        _database(settings.home),
        *_weights(settings),
        _engine(settings),
        _endpoint(settings),
        _disk(settings.home),
    ]


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("python", sys.version_info >= (3, 11), version)


def _packages() -> Finding:
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    mend = "run make setup" if missing else ""
    return Finding("packages", not missing, f"missing: {', '.join(missing)}" if missing else "all there", mend)


def _home(home: Path) -> Finding:
    if not home.exists():
        return Finding("home", True, f"{home} is not there yet; the first command makes it")
    mode = home.stat().st_mode & 0o777
    if sys.platform != "win32" and mode & 0o077:
        return Finding("home", False, f"{home} can be read by others (mode {mode:04o})", f"chmod 700 '{home}'")
    return Finding("home", True, f"{home} (mode {mode:04o})")


def _database(home: Path) -> Finding:
    files = sorted(home.glob("*.db")) + sorted(home.glob("*.sqlite*")) if home.is_dir() else []
    bad: list[str] = []
    for file in (each for each in files if not each.name.endswith(("-wal", "-shm"))):
        try:
            with file.open("rb") as stream:
                whole = stream.read(16) in {b"", b"SQLite format 3\x00"}
        except OSError:
            whole = False
        if not whole:
            bad.append(file.name)
    says = f"not an SQLite file: {', '.join(bad)}" if bad else f"{len(files)} file(s); SQLite {sqlite3.sqlite_version}"
    return Finding("database", not bad, says, "restore it from a backup" if bad else "")


def _weights(settings: Settings) -> list[Finding]:
    folder = weights_folder(settings)
    found: list[Finding] = []
    for manifest in load_manifests():
        there = is_installed(manifest, folder)
        state = "installed" if there else "not installed" + ("" if manifest.small else " (optional)")
        mend = "" if there else f"coach model install {manifest.name}"
        found.append(Finding(f"model {manifest.name}", there or not manifest.small, state, mend))
    return found


def _engine(settings: Settings) -> Finding:
    choice = chosen(settings, local_model=local_model(settings))
    if choice.name == "endpoint" and settings.chat_model is None:
        return Finding(
            "engine", False, f"endpoint, because {choice.why}, but no model is named", "set COACH_CHAT_MODEL"
        )
    if choice.name == "local" and local_model(settings) is None:
        return Finding("engine", False, "local is set but not installed", "coach model install qwen")
    return Finding("engine", True, f"{choice.name}, because {choice.why}")


def _endpoint(settings: Settings) -> Finding:
    key = "set" if settings.openai_api_key else "not set"
    url = "set" if settings.openai_base_url else "not set"
    return Finding("endpoint", True, f"OPENAI_API_KEY {key}, OPENAI_BASE_URL {url}")


def _disk(home: Path) -> Finding:
    there = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free >> 20
    return Finding(
        "disk", free >= _LEAST_FREE_MB, f"{free} MB free", "" if free >= _LEAST_FREE_MB else "free some space"
    )
