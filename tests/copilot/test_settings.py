"""Nothing traces or reports: hostile variables are gone before a library loads, and a child opens no socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr

from copilot.cli.main import coach
from copilot.engines.selection import build_engine
from copilot.errors import Usage
from copilot.settings import asked_offline, child_environment, forget_tracing, read_settings

HOSTILE = {
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_ENDPOINT": "http://192.0.2.7:1",
    "LANGCHAIN_API_KEY": "x",
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_ENDPOINT": "http://192.0.2.7:2",
    "LANGSMITH_API_KEY": "x",
    "LANGSMITH_OTEL_ENABLED": "true",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://192.0.2.7:3",
    "OTEL_SDK_DISABLED": "false",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.7:4",
    "ANONYMIZED_TELEMETRY": "True",
    "POSTHOG_API_KEY": "x",
    "POSTHOG_HOST": "http://192.0.2.7:5",
    "SENTRY_DSN": "http://x@192.0.2.7:6/1",
    "WANDB_API_KEY": "x",
    "WANDB_MODE": "online",
    "MLFLOW_TRACKING_URI": "http://192.0.2.7:7",
    "HF_HUB_OFFLINE": "0",
    "HF_ENDPOINT": "http://192.0.2.7:8",
    "DO_NOT_TRACK": "0",
    "OPENAI_LOG": "debug",
    "OPENAI_PROXY": "http://192.0.2.7:9",
    "OPENAI_CUSTOM_HEADERS": "x-note: hello",
    "HTTP_PROXY": "http://192.0.2.7:10",
    "HTTPS_PROXY": "http://192.0.2.7:10",
    "ALL_PROXY": "http://192.0.2.7:10",
}

_CHILD = """
import atexit, json, sys
reached = []
def look(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        where = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        reached.append(str(where))
sys.addaudithook(look)
from pathlib import Path
from copilot.bootstrap import Overrides, bootstrap
from copilot.errors import ModelUnavailable
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from guards.egress_http import HttpDoor
from guards.text import house
from prompts.model import load_prompt
from prompts.rendering import render
from pydantic import BaseModel, SecretStr
from tests.doubles.finding import HashEmbedder
from tests.doubles.redaction import RosterRedactor
class Answer(BaseModel):
    choice: int
here = Path(sys.argv[1])
notes = build_sample(here / "notes").folder
overrides = Overrides(redactor=RosterRedactor(), embedder=HashEmbedder())
with bootstrap(read_settings(home=here / "home", engine="rules"), overrides=overrides) as copilot:
    assert [each for each in run(copilot, prepare(copilot, [notes]), options=Options()) if not each.problem]
    from copilot.engines.gateway import ChatGateway, Limits  # as the engine does, after the home was opened
    gateway = ChatGateway(model="m", base_url="http://127.0.0.1:9/v1", api_key=SecretStr("k"),
        client=HttpDoor(copilot.door, timeout=2).client(pair="p"), limits=Limits(1, 2, 2, 0.01))
    try:
        gateway.ask(render(load_prompt("choose"), question=house("What?"), candidates=house("1: a")), Answer)
    except ModelUnavailable:
        pass
    else:
        raise AssertionError("nobody listens there")
import langsmith
langsmith.Client  # its threads would start with a traced call
print(json.dumps(reached))
"""


def test_a_process_with_hostile_settings_reaches_its_endpoint_alone(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")} | HOSTILE
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    reached = json.loads(done.stdout.splitlines()[-1])
    assert reached, "the recorder saw the one call"
    assert {each for each in reached if "127.0.0.1" not in each} == set()
    assert "debug" not in done.stderr.casefold()


def test_what_would_tell_others_is_gone_and_the_rest_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    monkeypatch.setattr(os, "environ", os.environ.copy())
    forget_tracing()
    assert [name for name, value in os.environ.items() if "192.0.2.7" in value and "PROXY" not in name] == []
    assert not {"LANGSMITH_API_KEY", "SENTRY_DSN", "OPENAI_LOG", "OPENAI_PROXY", "POSTHOG_API_KEY"} & os.environ.keys()
    assert os.environ["OPENAI_API_KEY"] == "k"
    assert (os.environ["ANONYMIZED_TELEMETRY"], os.environ["DO_NOT_TRACK"]) == ("False", "1")
    assert os.environ["OTEL_SDK_DISABLED"] == "true"


def test_keys_are_not_handed_to_children(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "COACH_MASTER_KEY", "COACH_MASTER_KEY_COMMAND"):
        monkeypatch.setenv(name, "secret")
    assert "secret" not in child_environment(X="1").values()


@pytest.mark.parametrize(
    ("value", "offline"), [("", False), ("0", False), ("no", False), ("1", True), ("yes", True), ("what", True)]
)
def test_a_doubtful_word_means_offline(monkeypatch: pytest.MonkeyPatch, value: str, offline: bool) -> None:
    monkeypatch.setenv("COACH_OFFLINE", value)
    assert asked_offline() is offline


class NoDoor:
    def client(self, *, pair: str) -> object:
        raise AssertionError("offline makes no client")


@pytest.mark.parametrize("url", [None, "https://models.example/v1", "http://10.0.0.1/v1", "http://[::", "http:///v1"])
def test_an_endpoint_elsewhere_is_one_clear_line_when_offline(url: str | None) -> None:
    settings = read_settings(
        engine="endpoint", chat_model="m", openai_base_url=url, openai_api_key=SecretStr("k"), offline=True
    )
    with pytest.raises(Usage, match="another machine and --offline"):
        build_engine(settings, door=NoDoor(), pair="p", weights=None)


def test_the_option_reaches_the_settings_of_the_run(tmp_path: Path) -> None:
    code = (
        "import sys; from copilot.cli.main import main\n"
        "sys.argv = ['coach', '--offline', '--home', sys.argv[1], 'egress', 'show']\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        "from copilot.settings import read_settings\nassert read_settings().offline\n"
        "import socket\nsocket.create_connection(('192.0.2.7', 9), 1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert "to another machine was refused" in done.stderr
    assert CliRunner().invoke(coach, ["--help"]).output.count("--offline") == 1
