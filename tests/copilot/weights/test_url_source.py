"""``COACH_MODEL_URL``: the joined file from one address, with the same pin, and no archive fetched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest

from copilot.errors import ModelUnavailable
from copilot.settings import read_settings
from copilot.weights import whole_file_source
from copilot.weights.install import install, is_installed
from copilot.weights.url_source import UrlSource
from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms
from guards.egress_http import download
from guards.log_reading import verify
from tests.doubles.weights import FolderSource, Heard, parts_manifest


class Hub:
    """Serves one file, from where it is asked to; stops after ``most`` bytes of an answer."""

    def __init__(self, content: bytes, *, most: int | None = None, status: int | None = None) -> None:
        self.content = content
        self.most = most
        self.status = status
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.headers.get("range", "")
        self.asked.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
        body = self.content[start:]
        return httpx2.Response(self.status or (206 if start else 200), content=self._sent(body))

    def _sent(self, body: bytes) -> Iterator[bytes]:
        yield body[: self.most]
        if self.most is not None and self.most < len(body):
            raise httpx2.ReadError("the line went dead")

    def source(self, folder: Path) -> UrlSource:
        log = CallLog(folder / "calls.jsonl")
        get = partial(download, inner=httpx2.MockTransport(self))
        return UrlSource("https://hub.test/model.gguf", door=EgressDoor(no_forms, log=log), get=get)


def test_the_file_comes_whole_and_no_archive_is_fetched(tmp_path: Path) -> None:
    manifest, whole = parts_manifest(tmp_path)
    archives, heard, weights = FolderSource(tmp_path), Heard(), tmp_path / "weights"
    hub = Hub(whole)
    source = hub.source(tmp_path)
    assert install(manifest, weights, source=archives, converters={}, watcher=heard, whole=source)
    assert is_installed(manifest, weights)
    assert (weights / "toy/model.bin").read_bytes() == whole
    assert (archives.fetched, hub.asked) == ([], [""])
    assert heard.counts[-1] == manifest.download_bytes
    assert verify(tmp_path / "calls.jsonl").lines == 1
    assert not list(weights.rglob("*.part*"))


def test_a_line_that_goes_dead_is_resumed(tmp_path: Path) -> None:
    manifest, whole = parts_manifest(tmp_path)
    weights = tmp_path / "weights"
    dead, alive = Hub(whole, most=1500), Hub(whole)
    with pytest.raises(ModelUnavailable, match=r"COACH_MODEL_URL.*resume"):
        install(
            manifest,
            weights,
            source=FolderSource(tmp_path),
            converters={},
            watcher=Heard(),
            whole=dead.source(tmp_path),
        )
    assert not is_installed(manifest, weights)
    source = alive.source(tmp_path)
    install(manifest, weights, source=FolderSource(tmp_path), converters={}, watcher=Heard(), whole=source)
    assert alive.asked == ["bytes=1500-"]
    assert (weights / "toy/model.bin").read_bytes() == whole


@pytest.mark.parametrize("content", [b"another model", b"\x01" * 10_000, b""])
def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path, content: bytes) -> None:
    manifest, _ = parts_manifest(tmp_path)
    weights, source = tmp_path / "weights", Hub(content).source(tmp_path)
    with pytest.raises(ModelUnavailable, match="pinned"):
        install(manifest, weights, source=FolderSource(tmp_path), converters={}, watcher=Heard(), whole=source)
    assert not is_installed(manifest, weights)
    assert not list(weights.rglob("model.bin*"))


def test_a_refusing_server_is_one_line(tmp_path: Path) -> None:
    manifest, whole = parts_manifest(tmp_path)
    source = Hub(whole, status=404).source(tmp_path)
    with pytest.raises(ModelUnavailable) as refused:
        install(manifest, tmp_path / "w", source=FolderSource(tmp_path), converters={}, watcher=Heard(), whole=source)
    assert "\n" not in str(refused.value)
    assert "hub.test" not in str(refused.value)


def test_the_setting_decides(tmp_path: Path) -> None:
    assert whole_file_source(read_settings(weights=tmp_path)) is None
    assert whole_file_source(read_settings(weights=tmp_path, model_url="https://hub.test/m")) is not None
