"""The matrix of permissions for ``docs/permissions.md``, from the tables that decide. Knows nothing of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from copilot.gates import BY_CONSENT, BY_GATE, PAPERS
from guards.access import ALLOWED, AT_LARGE, Lane, Permission, Role, readers_of
from guards.consent import UNTIL_WITHDRAWN, Purpose

T = TypeVar("T")
_UNASKED: Final = (
    "Only what the code asks for is listed. On one machine these ask for no role and are for whoever owns the home:"
    " `coach ingest` and `coach import` (the programme file decides who is who), `coach erase`, `coach retention`,"
    " `coach consent list`, `coach egress`, `coach audit verify` and `restart`, and `coach flags` without `--as`, which"
    " shows every pair but those of which somebody withdrew `programme_review`. Where people sign in, a person has"
    " their own person erased, both of a pair their pair, and the server's owner what they are asked to; each sees the"
    " calls of their own pairs."
)
_MADE: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def permissions_page() -> str:
    """Who may do what, which lane is open to whom, and what closes a pair for a while."""
    large = ", ".join(f"`{each.value}`" for each in Role if each in AT_LARGE)
    papers, prep = " and ".join(f"`{each}`" for each in PAPERS), Purpose.SESSION_PREP.value
    parts = [
        "# Permissions",
        _MADE,
        f"Roles at large ({large}) count for every pair; the others for the pair that names the person.",
        "## Who may do what",
        _matrix("Permission", ALLOWED, lambda each: f"`{each.__name__}`: {_words(each)}", lambda each: ALLOWED[each]),
        _UNASKED,
        "## Whose documents a role can find",
        "A commitment is shared line by line: a sponsor sees shared lines and no document of that lane.",
        _matrix("Lane", Lane, lambda each: f"`{each.value}`", readers_of),
        "A draft is for whoever may read every one of its sources.",
        "## What closes a pair for a while",
        f"Until {papers} are signed (`pairs[].signed`), the coach is refused {_names(BY_GATE)}. The mentee is not.",
        f"While one of the two withdrew `{prep}`, the other is refused {_names(BY_CONSENT)} and sees what they owe.",
        "## Purposes",
        "\n".join(["| Purpose | Before anybody says a word |", "|---|---|", *(_purpose(each) for each in Purpose)]),
    ]
    return "\n\n".join(parts) + "\n"


def _matrix(title: str, rows: Iterable[T], name: Callable[[T], str], held: Callable[[T], frozenset[Role]]) -> str:
    head = [f"| {title} | {' | '.join(role.value for role in Role)} |", f"|---|{'---|' * len(Role)}"]
    body = (f"| {name(row)} | {' | '.join('yes' if role in held(row) else 'no' for role in Role)} |" for row in rows)
    return "\n".join([*head, *body])


def _words(permission: type[Permission]) -> str:
    words = " ".join((permission.__doc__ or "").split()).rstrip(".")
    return words[:1].lower() + words[1:]


def _names(permissions: Iterable[type[Permission]]) -> str:
    return " and ".join(sorted(f"`{each.__name__}`" for each in permissions))


def _purpose(purpose: Purpose) -> str:
    return (
        f"| `{purpose.value}` | {'allowed by the signed agreement' if purpose in UNTIL_WITHDRAWN else 'not allowed'} |"
    )
