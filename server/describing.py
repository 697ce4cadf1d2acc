"""The OpenAPI description: each operation says who may call it, read off the very dependencies that refuse the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from guards.access import ALLOWED, Role
from server.auth import PUBLIC, Asks, acting, owner, signed_in


@dataclass(frozen=True, slots=True)
class Declared:
    """A route as it is served: its address, its methods, and who may call it; nobody named is a route that forgot."""

    path: str
    methods: frozenset[str]
    callers: tuple[str, ...]
    described: bool


def declared(app: FastAPI) -> Iterator[Declared]:
    """Every route of the app but its static files."""
    for found in iter_route_contexts(app.routes):
        if isinstance(found.original_route, APIRoute) and found.path_format:
            asked = [*_calls(found.dependant)]
            callers = tuple(_callers(asked, found.path_format))
            methods, shown = frozenset(found.methods or ()), bool(found.include_in_schema)
            yield Declared(found.path_format, methods, callers, shown)


def described(app: FastAPI) -> None:
    """Replace the app's description by one with ``x-callers``."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, routes=app.routes, openapi_version="3.1.0")
            for each in declared(app):
                for method in each.methods if each.described else ():
                    schema["paths"][each.path][method.lower()]["x-callers"] = list(each.callers)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi


def _callers(asked: Sequence[object], path: str) -> Iterator[str]:
    roles = [ALLOWED[each.permission] for each in asked if isinstance(each, Asks)]
    if roles:
        yield from (each.value for each in Role if all(each in some for some in roles))
    elif signed_in in asked or acting in asked:
        yield "signed_in"
    elif owner in asked:
        yield "owner"
    elif path in PUBLIC:
        yield "anybody"


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for each in dependant.dependencies:
        yield from _calls(each)
