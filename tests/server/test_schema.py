"""Generated requests over the whole API, a small sweep; ``coach bench api_schema`` is the big one."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.api_schema import build, sweep
from server.app import create_app
from server.limits import Rates
from tests.doubles.redaction import RosterRedactor

CASES = 600


def test_no_answer_is_ours_to_blame_undescribed_or_foreign(tmp_path: Path) -> None:
    with build(tmp_path, redactor=RosterRedactor()) as copilot:
        app = create_app(copilot, hosts=("testserver", "localhost"), warm=False, rates=Rates(10**9, 10**9, 10**9))
        with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
            told = sweep(copilot, client, cases=CASES)
    assert told.cases > CASES / 2
    assert told.server_errors == []
    assert told.foreign == []
    assert told.undescribed == []
    assert told.statuses[200] + told.statuses[201] > 20
    assert told.statuses[403] > 20
