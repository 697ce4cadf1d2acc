"""Signing in and out, tokens that may only read, and forms that other sites send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.tokens import Scope, TokenKind, issue, revoke_all
from server.auth import OWNER, OWNER_SESSION, SESSION
from tests.server.conftest import BOTH, Service


def link(service: Service, person: str) -> str:
    made = issue(service.copilot.tokens, person=person, kind=TokenKind.LINK, scopes=BOTH, now=datetime.now(UTC))
    return f"/sign-in/{made.secret}"


def test_a_link_signs_in_once(service: Service) -> None:
    path = link(service, "ada")
    assert service.client.get(path).status_code == 200  # a preview uses nothing up
    first = service.client.post(path, follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].casefold()
    assert SESSION in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    service.client.cookies.clear()
    assert service.client.post(path, headers={"Accept": "application/json"}).status_code == 401


def test_over_tls_the_cookie_is_bound_to_the_host(service: Service) -> None:
    service.client.base_url = service.client.base_url.copy_with(scheme="https")
    cookie = service.client.post(link(service, "ada"), follow_redirects=False).headers["set-cookie"]
    assert cookie.startswith("__Host-coach_session=")
    assert "Secure" in cookie


def test_signing_out_ends_the_session_everywhere(service: Service) -> None:
    browser = service.browser("ada")
    assert browser.get("/").status_code == 200
    assert browser.post("/sign-out").status_code == 303
    assert browser.get("/").status_code == 401


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://other.example"}]
)
def test_a_form_of_another_site_changes_nothing(service: Service, headers: dict[str, str]) -> None:
    browser = service.browser("ada")
    cookie = {"Cookie": f"{SESSION}={browser.secret}", **headers}
    assert service.client.post("/sign-out", headers=cookie).status_code == 403
    assert browser.post("/sign-out", csrf="0" * 64).status_code == 403
    assert browser.get("/").status_code == 200


def test_a_token_that_may_only_read_changes_nothing(service: Service) -> None:
    headers = service.token("ada", scopes=frozenset({Scope.READ}))
    assert service.client.get("/api/v1/me", headers=headers).status_code == 200
    refused = service.client.post("/api/v1/pairs/p1/drafts", headers=headers, json={})
    assert (refused.status_code, refused.json()["status"]) == (403, 403)


def test_a_session_is_no_api_token_and_a_token_no_cookie(service: Service) -> None:
    session = service.browser("ada").secret
    assert service.client.get("/api/v1/me", headers={"Authorization": f"Bearer {session}"}).status_code == 401
    token = service.token("ada")["Authorization"].removeprefix("Bearer ")
    assert service.client.get("/api/v1/me", headers={"Cookie": f"{SESSION}={token}"}).status_code == 401


def test_revoking_counts_at_once(service: Service) -> None:
    headers = service.token("ada")
    assert service.client.get("/api/v1/me", headers=headers).json()["pairs"] == {"p1": "mentor_coach"}
    revoke_all(service.copilot.tokens, "ada")
    assert service.client.get("/api/v1/me", headers=headers).status_code == 401


def test_only_the_owner_looks_as_somebody(service: Service) -> None:
    assert service.browser("ada").post("/look-as", {"person": "ben"}).status_code == 401
    made = issue(service.copilot.tokens, person=OWNER, kind=TokenKind.SESSION, scopes=BOTH, now=datetime.now(UTC))
    assert service.client.get("/start", headers={"Cookie": f"{OWNER_SESSION}={made.secret}"}).status_code == 200
    # a person's own session in the owner's cookie opens nothing
    mine = service.browser("ada").secret
    assert service.client.get("/start", headers={"Cookie": f"{OWNER_SESSION}={mine}"}).status_code == 401


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=400))
def test_no_authorization_header_gets_in(service: Service, value: str) -> None:
    for header in (value, f"Bearer {value}", f"Basic {value}"):
        found = service.client.get("/api/v1/me", headers={"Authorization": header})
        assert found.status_code == 401
        assert value not in found.text or len(value) < 8


def test_another_host_name_is_refused(service: Service) -> None:
    assert service.client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
