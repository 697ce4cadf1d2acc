"""``auto`` picks in a fixed order and says why."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx2
import pytest

from copilot.engines.local import LocalServer
from copilot.engines.selection import build_engine, chosen
from copilot.errors import ModelUnavailable, Usage
from copilot.settings import read_settings


class OpenDoor:
    def client(self, *, pair: str) -> object:
        return httpx2.Client(transport=httpx2.MockTransport(lambda _request: httpx2.Response(500)))


def test_the_order_of_auto() -> None:
    model = Path("model.gguf")
    assert chosen(read_settings(openai_base_url=None), local_model=None).name == "rules"
    assert chosen(read_settings(), local_model=model).name == "local"
    assert chosen(read_settings(engine="rules"), local_model=model).name == "rules"


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_an_endpoint_comes_first_and_wants_a_model(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "http://model.test/v1")
    with pytest.raises(Usage, match="COACH_CHAT_MODEL"):
        build_engine(read_settings(), door=OpenDoor(), pair="p", weights=Path("model.gguf"))
    engine = build_engine(read_settings(chat_model="m"), door=OpenDoor(), pair="p", weights=None)
    assert (engine.name, engine.model, engine.words_freely) == ("endpoint", "m", True)


def test_local_that_is_not_installed_says_how_to_get_it() -> None:
    with pytest.raises(ModelUnavailable, match="coach model install"):
        build_engine(read_settings(engine="local"), door=OpenDoor(), pair="p", weights=None)


def test_a_server_that_does_not_start_is_one_line(tmp_path: Path) -> None:
    server = LocalServer(tmp_path / "none.gguf", command=(sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(ModelUnavailable) as refusal:
        server.start()
    assert "\n" not in str(refusal.value)
