"""Pages: the one way a template becomes an answer, with what every page needs beside it.

Everything is escaped; a template that names something it was not given is an error. Refuses inline script and style:
the policy that goes with each answer would not run them (``server.headers``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

API: Final = "/api/"
_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"


@cache
def environment() -> Environment:
    """The templates, those of each slice beside the shared ones."""
    folders = [_HERE / "templates", *sorted(_HERE.glob("*/templates"))]
    made = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    filters: dict[str, Any] = {"day": day, "words": words, "counted": counted}
    made.filters.update(filters)
    return made


def is_page(request: Request) -> bool:
    """Whether the caller wants a page: anything outside the API that does not ask for JSON alone."""
    return not request.url.path.startswith(API) and "text/html" in request.headers.get("accept", "*/*")


def show(
    request: Request, template: str, context: Mapping[str, Any], *, status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    """A page. ``caller`` is whoever is signed in, or ``None``; nothing of a page is kept by a browser or a proxy."""
    caller = getattr(request.state, "caller", None)
    text = (
        environment()
        .get_template(template)
        .render(caller=caller, path=request.url.path, notice=request.query_params.get("said", "")[:40], **context)
    )
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store", **(headers or {})})


def day(value: date | str | None) -> str:
    """A day as people write it: ``Mon 7 Sep 2026``; nothing for none."""
    if value is None or value == "":
        return ""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found:%a} {found.day} {found:%b %Y}"


def words(value: object) -> str:
    """An identifier as words: ``mentor_coach`` is ``mentor coach``, ``lnd`` is ``L&D``."""
    return "L&D" if value == "lnd" else str(value).replace("_", " ")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 line``, ``3 lines``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
