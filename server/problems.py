"""From a refusal to an answer: the one table of HTTP statuses, as RFC 9457 problem documents or as a page.

A problem says what, where and what to do next, in the words of the error, which hold ids and counts only. The
framework's own errors never come through as they are: they would repeat what was sent.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from copilot import errors as copilot_errors
from guards import errors as guard_errors
from knowledge import errors as knowledge_errors
from server.html import is_page, show

PROBLEM: Final = "application/problem+json"
_LOG: Final = logging.getLogger("server")

_TABLE: Final[tuple[tuple[type[Exception], int], ...]] = (
    (copilot_errors.NotFound, 404),
    (copilot_errors.BadInput, 422),
    (copilot_errors.Usage, 422),
    (copilot_errors.HomeInUse, 503),
    (copilot_errors.StoreUnavailable, 503),
    (copilot_errors.ModelUnavailable, 503),
    (copilot_errors.ModelAnswerInvalid, 503),
    (copilot_errors.OverBudget, 503),
    (guard_errors.NotSignedIn, 401),
    (guard_errors.NotPermitted, 403),
    (guard_errors.RedactionFailed, 503),
    (guard_errors.EgressRefused, 503),
    (guard_errors.AuditUnwritable, 503),
    (guard_errors.VaultUnreadable, 503),
    (knowledge_errors.Unreadable, 422),
    (knowledge_errors.CorpusInvalid, 500),
    (knowledge_errors.IndexUnavailable, 503),
)
TITLES: Final[Mapping[int, str]] = {
    400: "The request does not read",
    401: "Not signed in",
    403: "Not permitted",
    404: "Not found",
    405: "Not a method of this place",
    408: "Too slow",
    409: "In conflict with what is there",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Not a type that is read here",
    422: "Cannot be taken as it is",
    428: "A condition is missing",
    429: "Too many requests",
    500: "Our fault",
    503: "Not available now",
}


class Conflict(Exception):
    """What was asked cannot be done as things stand; ``status`` is 409, 412 or 428."""

    def __init__(self, line: str, *, status: int = 409) -> None:
        super().__init__(line)
        self.status = status


class Refused(Exception):
    """A request is refused before it reaches the product: a header, a size, a rate; ``status`` says which."""

    def __init__(self, line: str, *, status: int, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(line)
        self.status = status
        self.headers = dict(headers or {})


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


class FieldProblem(BaseModel):
    """One field that does not hold: where it stands and what it must be, never what was sent."""

    where: str
    must: str


def status_of(error: Exception) -> int:
    """The HTTP status of a refusal; what the table does not name is our fault."""
    return next((status for kind, status in _TABLE if isinstance(error, kind)), 500)


def problem(
    request: Request, status: int, detail: str, *, errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The answer for a refusal: a page for somebody in a browser, else a problem document."""
    title = TITLES.get(status, "Refused")
    if is_page(request):
        return show(
            request, "problem.html", {"title": title, "status": status, "detail": detail, "errors": errors},
            status=status, headers=headers,
        )  # fmt: skip
    body = Problem(title=title, status=status, detail=detail, errors=list(errors) or None)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers=headers, media_type=PROBLEM)


def install(app: FastAPI) -> None:
    """Answer every error of an app through this module."""
    for kind, _ in _TABLE:
        app.add_exception_handler(kind, _explained)
    app.add_exception_handler(Conflict, _conflict)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _explained(request: Request, error: Exception) -> Response:
    status = status_of(error)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "5"} if status == 503 else None
    return problem(request, status, str(error), headers=headers)


def _conflict(request: Request, error: Exception) -> Response:
    return problem(request, error.status if isinstance(error, Conflict) else 409, str(error))


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        return _unexpected(request, error)
    return problem(request, error.status, str(error), headers=error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    """Says where and what is wanted; the value sent is left out, since it may be anybody's words."""
    if not isinstance(error, RequestValidationError):
        return _unexpected(request, error)
    found = [
        FieldProblem(where=".".join(str(part) for part in each["loc"] if _plain(part)), must=_must(each["type"]))
        for each in error.errors()[:20]
    ]
    return problem(request, 422, "some fields do not hold: see errors", errors=found)


def _plain(part: object) -> bool:
    """A name of our schema, and no key that the caller made up."""
    return isinstance(part, int) or (isinstance(part, str) and part.isidentifier() and len(part) <= 40)


def _must(kind: str) -> str:
    return kind.replace("_", " ")


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    details = {
        404: "there is nothing at this address", 405: "this address takes other methods",
        408: "the request did not come in time: send it again", 413: "the request is larger than this address takes",
        400: "the body of the request does not read",
    }  # fmt: skip
    return problem(request, status, details.get(status, "the request was refused"), headers=headers)


def _unexpected(request: Request, error: Exception) -> Response:
    """Logs kind and place under a number that the person is told; the message may hold anybody's words."""
    number = secrets.token_hex(4)
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{at.tb_lineno}" if at else "?"
    _LOG.error("unexpected %s at %s, incident %s", type(error).__name__, place, number)
    return problem(request, 500, f"something of ours failed; tell whoever runs this service the number {number}")
