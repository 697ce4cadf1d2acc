"""Chat handles: ``@priya``, ``@tomo'c``, ``<@U024BE7LH>``, and user names that a word announces without an at sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import LIKELY, Found, Recogniser
from guards.recognisers.keep import crowd, everyday, is_kept

_HANDLE: Final = re.compile(r"(?<![\w@.+/])@(?=\w*[^\W\d_])\w(?:[\w.'’-]*\w)?")
_BROADCAST: Final = frozenset(
    [
        "here",
        "channel",
        "everyone",
        "all",
        "team",
        "group",
        "staff",
        "room",
        "media",
        "import",
        "param",
        "return",
        "override",
        "property",
        "dataclass",
        "test",
        "staticmethod",
        "classmethod",
        "click",
        "app",
        "pytest",
    ]
)
_PLACE: Final = (
    r"(?:slack|(?:ms\s+|microsoft\s+)?teams|discord|telegram|git\s?hub|git\s?lab|bitbucket|twitter|instagram|insta|"
    r"linked\s?in|skype|jira|zoom|whats\s?app|signal|mastodon|bluesky|reddit|tiktok|mattermost|rocket\s?chat|gitter|"
    r"matrix|irc|webex|snapchat|facebook|you\s?tube|stack\s?overflow|chat)"
)
_NOUN: Final = (
    r"(?:user[\s_-]?names?|user[\s_-]?ids?|screen[\s_-]?name|nick[\s_-]?names?|nick|handles?|login(?:[\s_-]name)?|"
    r"log-in|alias|account(?:\s+name)?|profile|display\s+name|ids?|name|user)"
)
_ALONE: Final = r"(?:user[\s_-]?names?|user[\s_-]?id|screen[\s_-]?name|nick[\s_-]?name|handle|login(?:[\s_-]name)?)"
_NAME: Final = r"[`\"'“‘*(<]?(?P<it>[^\W_](?:[\w.'’-]{0,38}\w)?)(?![\w@/]|\.\w|:/)"
_CLAUSE: Final = r"(?=[`\"'”’*)>]?(?:\s*(?:$|[\n,;|)\].!?])|\s+(?:and|but|or|on|if|so|in|for|there|please|now)\b))"
_LINK: Final = r"(?:\s*[:=]\s*|\s+(?:is|was|are|=)\s+(?:now\s+|still\s+)?)"
_NAMED: Final = re.compile(
    rf"\b(?:{_PLACE}(?:['’]s)?\s+{_NOUN}|{_ALONE})(?:\s+(?:on|for|in)\s+{_PLACE})?(?P<link>{_LINK}|\s+){_NAME}"
    rf"(?P<clause>{_CLAUSE})?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(rf"\b{_PLACE}\s*[:=]\s*{_NAME}(?P<clause>{_CLAUSE})?", re.IGNORECASE)
_REACHED: Final = re.compile(
    r"\b(?:i['’]?m|am|is|as|by|dm|ping|pinged|message|messaged|find|follow|add|added|reach|it['’]?s|named|called|"
    rf"under|contact|tag|mention|ask|user)\s+(?:me\s+(?:at|as|under)\s+)?{_NAME}\s+(?:on|in|via|over)\s+{_PLACE}\b",
    re.IGNORECASE,
)
_REDDIT: Final = re.compile(r"(?<![\w/])/?u/(?P<it>[A-Za-z][\w-]{2,30})")
_SHAPED: Final = re.compile(r"(?=.*[a-z])(?:.*\d|.+[_.].|.*[a-z][A-Z])|U0[A-Z0-9]{7,9}$", re.DOTALL)
_THING: Final = re.compile(
    r"(?:v|pr|pull|issue|sprint|python|node|q|h|release|build|run|port|team|iso|sha|md|utf|s|ec|k|ticket|bug|week|w|"
    r"phase|day|server|host|db|env|step|part|page|level|p|oauth|web|http|tls|java|es|vue|log)[-_.]?\d+[\w.-]*"
    r"|\d[\d.,:%-]*[a-z]{0,3}|.+\.(?:py|md|js|ts|json|ya?ml|txt|csv|sh|toml|log|com|org|net|io|html?)|e\.g|i\.e",
    re.IGNORECASE,
)
_NO_NAME: Final = frozenset(
    [
        "required",
        "missing",
        "empty",
        "invalid",
        "optional",
        "unique",
        "wrong",
        "broken",
        "slow",
        "down",
        "fine",
        "done",
        "taken",
        "null",
        "none",
        "unknown",
        "mandatory",
        "stored",
        "hashed",
        "shared",
        "used",
        "case-sensitive",
        "disabled",
        "enabled",
        "locked",
        "expired",
        "needed",
        "visible",
        "hidden",
        "up",
        "live",
        "late",
        "ready",
        "blocked",
        "closed",
        "open",
        "pending",
        "here",
        "there",
        "that",
        "this",
        "it",
        "what",
        "which",
        "not",
        "no",
        "yes",
        "also",
        "only",
        "same",
        "always",
        "never",
        "field",
        "fields",
        "page",
        "pages",
        "flow",
        "flows",
        "form",
        "screen",
        "error",
        "errors",
        "button",
        "service",
        "service-account",
        "module",
        "endpoint",
        "issue",
        "issues",
        "test",
        "tests",
        "failure",
        "failures",
        "validation",
        "problem",
        "problems",
        "rate",
        "time",
        "times",
        "story",
        "stories",
        "feature",
        "bug",
        "change",
        "changes",
        "dashboard",
        "tba",
        "tbd",
        "n/a",
        "na",
        "todo",
        "see",
        "via",
        "the",
        "a",
        "an",
        "my",
        "his",
        "her",
        "their",
        "our",
        "your",
        "by",
        "to",
        "for",
        "from",
        "in",
        "on",
        "at",
        "of",
        "and",
        "or",
        "with",
        "changed",
        "removed",
        "deleted",
        "updated",
        "created",
        "displayed",
        "returned",
        "masked",
        "redacted",
        "confidential",
        "private",
        "public",
        "working",
        "agreed",
        "main",
        "master",
        "retrospective",
        "retro",
        "password",
        "recording",
        "metal",
        "backlog",
        "green",
        "red",
        "amber",
        "merged",
        "failing",
        "fixed",
        "deployed",
        "tested",
        "integrated",
        "channel",
        "thread",
        "message",
        "messages",
        "notification",
        "notifications",
        "actions",
    ]
)


def find(text: str) -> Iterator[Found]:
    """A mention of one person; words that call a whole channel, code decorators and plain words are kept."""
    for match in _HANDLE.finditer(text):
        word = match.group(0)
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        if re.split(r"[.\-]", word[1:].casefold())[0] not in _BROADCAST:
            yield Found(match.start(), match.start() + len(word), "HANDLE", LIKELY)
    yield from _announced(text)


def _announced(text: str) -> Iterator[Found]:
    for match in _NAMED.finditer(text):
        if _is_account(
            match.group("it"), plain=bool(match.group("link").strip()) and match.group("clause") is not None
        ):
            yield _found(match)
    for match in _LABEL.finditer(text):
        if _is_account(match.group("it"), plain=match.group("clause") is not None):
            yield _found(match)
    for match in _REACHED.finditer(text):
        if _is_account(match.group("it"), plain=False):
            yield _found(match)
    for match in _REDDIT.finditer(text):
        yield _found(match)


def _found(match: re.Match[str]) -> Found:
    word = match.group("it")
    end = match.end("it") - (2 if word.endswith(("'s", "’s")) else 0)
    return Found(match.start("it"), end, "HANDLE", LIKELY)


def _is_account(word: str, *, plain: bool) -> bool:
    """The shape of an account (a figure, a sign or a hump inside); where ``plain``, any word that means nothing."""
    if _THING.fullmatch(word) or word.casefold() in _NO_NAME:
        return False
    if _SHAPED.match(word):
        return True
    folded = word.casefold()
    return plain and len(word) > 2 and not (folded in everyday() or folded in crowd() or is_kept(word))


RECOGNISER: Final = Recogniser("handle", ("HANDLE",), find)
