"""Every route says who may call it, and refuses the rest."""

from __future__ import annotations

import re

from fastapi import FastAPI

from server.auth import PUBLIC
from server.describing import declared
from tests.server.conftest import Service


def app_of(service: Service) -> FastAPI:
    app = service.client.app
    assert isinstance(app, FastAPI)
    return app


def test_every_route_says_who_may_call_it(service: Service) -> None:
    assert [each.path for each in declared(app_of(service)) if not each.callers] == []


def test_every_public_address_is_there(service: Service) -> None:
    known = {each.path for each in declared(app_of(service))} | {"/api/v1/openapi.json"}
    assert set(PUBLIC) <= known


def test_nobody_gets_past_a_route_without_signing_in(service: Service) -> None:
    tried = 0
    for each in declared(app_of(service)):
        if each.path in PUBLIC:
            continue
        path = re.sub(r"\{\w+\}", "abcd1234", each.path)
        for method in each.methods:
            tried += 1
            found = service.client.request(method, path, headers={"Accept": "application/json"}, follow_redirects=False)
            assert found.status_code == 401, (method, path, found.status_code)
            if method != "HEAD":
                assert found.headers["content-type"] == "application/problem+json"
    assert tried > 5


def test_the_description_says_who_may_call(service: Service) -> None:
    schema = service.client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    operations = [each for path in schema["paths"].values() for each in path.values()]
    assert operations
    assert all(each["x-callers"] for each in operations)
