"""The calendar feed: by its secret address alone, of one's own due dates, until it is taken back."""

from __future__ import annotations

import re

from server.auth import SESSION
from tests.server.conftest import Browser, Service


def made(service: Service, browser: Browser) -> str:
    """A new address, as a path."""
    page = browser.post("/feeds")
    assert page.status_code == 200
    (secret,) = re.findall(r"<code>http://testserver/feeds/([A-Za-z0-9_-]+)\.ics</code>", page.text)
    assert secret not in browser.get("/feeds").text
    return f"/feeds/{secret}.ics"


def test_an_address_gives_a_calendar_and_nothing_else(service: Service) -> None:
    path = made(service, service.browser("ben"))
    got = service.client.get(path)
    assert got.status_code == 200
    assert got.headers["content-type"].startswith("text/calendar")
    assert got.text.startswith("BEGIN:VCALENDAR")
    assert "halve the review time" not in got.text
    secret = path.removeprefix("/feeds/").removesuffix(".ics")
    assert service.client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    as_session = {"Cookie": f"{SESSION}={secret}", "Accept": "application/json"}
    assert service.client.get("/api/v1/me", headers=as_session).status_code == 401


def test_one_taken_back_reads_like_one_never_made(service: Service) -> None:
    ben = service.browser("ben")
    path = made(service, ben)
    (feed,) = re.findall(r"/feeds/([0-9a-z]+)/end", ben.get("/feeds").text)
    assert service.browser("ada").post(f"/feeds/{feed}/end").status_code == 404
    assert ben.post(f"/feeds/{feed}/end", csrf="x").status_code == 403
    assert service.client.get(path).status_code == 200
    assert ben.post(f"/feeds/{feed}/end").headers["location"] == "/feeds?said=ended"
    json = {"Accept": "application/json"}
    gone, never = (
        service.client.get(path, headers=json),
        service.client.get(f"/feeds/coach_{'x' * 43}.ics", headers=json),
    )
    assert (gone.status_code, gone.text) == (401, never.text)


def test_of_many_addresses_the_oldest_is_taken_back(service: Service) -> None:
    ben = service.browser("ben")
    first = made(service, ben)
    *_, last = (made(service, ben) for _ in range(5))
    assert service.client.get(first).status_code == 401
    assert service.client.get(last).status_code == 200
    assert ben.get("/feeds").text.count("Take it back") == 5


def test_a_session_or_api_token_is_no_address(service: Service) -> None:
    ben = service.browser("ben")
    assert service.client.get(f"/feeds/{ben.secret}.ics").status_code == 401
    token = service.token("ben")["Authorization"].removeprefix("Bearer ")
    assert service.client.get(f"/feeds/{token}.ics").status_code == 401
