"""Without the name model nothing is sent to an endpoint, and a person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from copilot.bootstrap import Overrides, bootstrap
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from guards.errors import RedactionFailed
from tests.doubles.redaction import RosterRedactor


def test_no_endpoint_without_the_name_model(tmp_path: Path) -> None:
    settings = read_settings(
        home=tmp_path / "home",
        weights=tmp_path / "none",
        engine="endpoint",
        chat_model="m",
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        OPENAI_API_KEY=SecretStr("k"),
    )
    with bootstrap(settings) as copilot, pytest.raises(RedactionFailed, match="nothing is sent to an endpoint"):
        copilot.engine("ada-ben")
    with bootstrap(settings, overrides=Overrides(redactor=RosterRedactor())) as copilot:
        assert copilot.engine("ada-ben").name == "endpoint"


def test_ingest_says_that_only_listed_names_are_masked(tmp_path: Path) -> None:
    sample = build_sample(tmp_path / "notes")
    heard: list[str] = []
    settings = read_settings(home=tmp_path / "home", weights=tmp_path / "none", engine="rules")
    with bootstrap(settings) as copilot:
        ready = prepare(copilot, [sample.folder])
        results = list(run(copilot, ready, options=Options(), remark=heard.append))
    assert not any(each.problem for each in results)
    assert heard[0].startswith("only names that the programme lists are masked")
