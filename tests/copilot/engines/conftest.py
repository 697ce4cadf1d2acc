"""Cassettes of the local model: replayed without a socket, recorded only when ``--record-mode`` asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from copilot.engines.local import Address, LocalServer
from copilot.settings import read_settings
from copilot.weights import local_model
from tests.copilot.engines import cassette_format

CASSETTES = Path(__file__).parents[2] / "cassettes"


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(CASSETTES)


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, object]:
    return {
        "match_on": ["method", "path", "body"],
        "before_record_request": cassette_format.scrubbed_request,
        "before_record_response": cassette_format.scrubbed_response,
        "allow_playback_repeats": False,
    }


@pytest.hookimpl
def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    vcr.register_serializer("yaml", cassette_format)


@pytest.fixture(scope="session")
def model_address(record_mode: str) -> Iterator[Address]:
    """The local model's server when recording; else an address at which nothing listens."""
    if record_mode == "none":
        yield Address(f"{cassette_format.HOST}/v1", SecretStr("none"))
        return
    model = local_model(read_settings())
    if model is None:
        pytest.fail("recording needs the local model: run coach model install qwen")
    with LocalServer(model) as server:
        yield server.start()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """While recording, and only then, tests with a cassette may reach this machine's own ports."""
    if (config.getoption("--record-mode") or "none") != "none":
        for item in items:
            if item.get_closest_marker("vcr"):
                item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
