"""What ``coach doctor`` looks at: packages, home, weights, engine, disk. Never shows a key."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from copilot.engines.selection import chosen
from copilot.home_health import Finding, home_findings
from copilot.settings import Settings
from copilot.weights import load_manifests, local_model, weights_folder
from copilot.weights.install import is_installed

_PACKAGES: Final = ("chromadb", "langchain_openai", "onnxruntime", "presidio_analyzer", "sqlalchemy", "tokenizers")
_LEAST_FREE_MB: Final = 500


def examine(settings: Settings) -> list[Finding]:
    """Look at everything, in the order in which things depend on each other."""
    return [
        _python(),
        _packages(),
        *home_findings(settings),
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
