"""Errors: one shape, what and where, never what was sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot import errors as copilot_errors
from copilot.cli.exits import EXPLAINED, NOT_PERMITTED, OUR_FAULT, UNAVAILABLE, exit_status
from knowledge.errors import CorpusInvalid
from server.problems import PROBLEM, status_of
from tests.server.conftest import Service

SECRET = "Zebulon Quartermaine"


def every_error() -> list[type[Exception]]:
    found: list[type[Exception]] = []
    todo = [*EXPLAINED]
    while todo:
        each = todo.pop()
        found.append(each)
        todo += each.__subclasses__()
    return [each for each in found if each not in EXPLAINED]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_the_two_tables_of_errors_agree(kind: type[Exception]) -> None:
    status, exits = status_of(kind("x")), exit_status(kind("x"))
    if exits == OUR_FAULT or kind is CorpusInvalid:  # a blueprint that somebody edited: whoever calls can't mend it
        assert status == 500
    elif exits == UNAVAILABLE:
        assert status == 503
    elif exits == NOT_PERMITTED:
        assert status in {401, 403}
    else:
        assert status in {404, 422}


@pytest.mark.parametrize(
    "sent",
    [{"date": SECRET}, {"minutes": SECRET}, {SECRET: 1}, [SECRET], SECRET],
)
def test_a_field_that_does_not_hold_is_named_and_not_repeated(service: Service, sent: object) -> None:
    found = service.client.post("/api/v1/pairs/p1/drafts", headers=service.token("ada"), json=sent)
    assert (found.status_code, found.headers["content-type"]) == (422, PROBLEM)
    assert found.json()["errors"]
    assert SECRET not in found.text
    assert "Quartermaine" not in found.text


def test_somebody_in_a_browser_gets_a_page(service: Service) -> None:
    found = service.browser("ada").get("/pairs/none/prep")
    assert found.status_code == 403
    assert found.headers["content-type"].startswith("text/html")
    assert "not permitted" in found.text.casefold()


def test_what_we_did_not_expect_says_a_number_and_nothing_else(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr("server.drafts.endpoints.draft_for", broken)
    with pytest.raises(ZeroDivisionError):  # the test client raises what the server also answers
        service.client.post("/api/v1/pairs/p1/drafts", headers=service.token("ada"), json={})
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in "".join(each.getMessage() for each in caplog.records)


def test_every_answer_has_the_headers(service: Service) -> None:
    for path in ("/healthz", "/sign-in", "/api/v1/me", "/nothing-here", "/static/app.css"):
        found = service.client.get(path)
        assert "default-src 'none'" in found.headers["content-security-policy"]
        assert "'unsafe-inline'" not in found.headers["content-security-policy"]
        assert found.headers["x-content-type-options"] == "nosniff"
        if not path.startswith("/static"):
            assert found.headers["cache-control"] == "no-store"


def test_a_request_of_more_than_the_limit_is_refused(service: Service) -> None:
    found = service.client.post(
        "/api/v1/pairs/p1/drafts", headers={**service.token("ada"), "Content-Length": str(10**9)}, content=b"{}"
    )
    assert found.status_code == 413


def test_no_template_holds_script_or_style() -> None:
    for path in Path("server").rglob("*.html"):
        text = path.read_text("utf-8")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick=" not in text, path
        assert text.count("<script") == (1 if path.name == "base.html" else 0), path
        assert "|safe" not in text.replace(" ", ""), path
        assert "https://" not in text, path


def test_there_is_one_more_error_than_none() -> None:
    assert copilot_errors.NotFound in every_error()
