"""Chat handles: ``@priya``, ``@tomo'c``, ``<@U024BE7LH>``, and user names that a word announces without an at sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser
from guards.recognisers.hints import lowered, words_in
from guards.recognisers.keep import crowd, everyday, is_kept
from guards.recognisers.keep_shape import Kept
from guards.recognisers.unlisted import is_unlisted

_HANDLE: Final = re.compile(r"(?<![\w@.+])@(?=\w*[^\W\d_])\w(?:[\w.'’-]*\w)?")
_BROADCAST: Final = frozenset(
    re.findall(
        r"\w+",
        "here channel everyone all team group staff room media import param return override property dataclass test "
        "staticmethod classmethod click app pytest ",
    )
)
_GROUPS: Final = frozenset({"team", "group", "staff", "test", "app", "media"})
"""Words for many that also begin an account ("@test.user")."""
_PLACE: Final = (
    r"(?:slack|(?:ms\s+|microsoft\s+)?teams|discord|telegram|git\s?hub|git\s?lab|bitbucket|twitter|instagram|insta|"
    r"linked\s?in|skype|jira|zoom|whats\s?app|signal|mastodon|bluesky|reddit|tiktok|mattermost|rocket\s?chat|gitter|"
    r"matrix|irc|webex|snapchat|facebook|you\s?tube|stack\s?overflow|chat|gh|ig|threads|twitch|steam|keybase|kaggle|"
    r"hugging\s?face|codeberg|gitea|docker\s?hub|wechat|viber|kakao\s?talk|vk|weibo|git|devops|flowdock|zulip|"
    r"element|x\.com)"
)
_NOUN: Final = (
    r"(?:user[\s_-]?names?|user[\s_-]?ids?|screen[\s_-]?name|nick[\s_-]?names?|nick|handles?|login(?:[\s_-]name)?|"
    r"log-in|alias|account(?:\s+name)?|profile|display\s+name|ids?|name|user)"
)
_ALONE: Final = r"(?:user[\s_-]?names?|user[\s_-]?id|screen[\s_-]?name|nick[\s_-]?name|handle|login(?:[\s_-]name)?)"
_NAME: Final = r"[`\"'“‘*(<]?(?P<it>[^\W_](?:[\w.'’-]{0,38}\w)?)(?![\w@/]|\.\w|:/)"
_CLAUSE: Final = r"(?=[`\"'”’*)>]?(?:\s*(?:$|[\n,;|)\].!?])|\s+(?:and|but|or|on|if|so|in|for|there|please|now)\b))"
_LINK: Final = r"(?:\s*[:=]\s*|['’]s\s+|\s+(?:is|was|are|=)\s+(?:now\s+|still\s+)?)"
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
_SAYS: Final = (
    r"(?:i['’]?m|i\s+am|(?:he|she)['’]s|(?:he|she|it)\s+is|it['’]s|they(?:['’]re|\s+are)|goes\s+by|go\s+by|as|"
    r"under|known\s+as|"
    r"(?:find|look\s+for|search(?:\s+for)?|ping|dm|message|ask|add|follow|write(?:\s+to)?|tag|mention|contact|reach)"
    r"(?:\s+(?:me|him|her|them))?(?:\s+(?:as|under|at|via))?)"
)
_ON: Final = re.compile(rf"\b(?:on|in|via|over)\s+{_PLACE},?\s+{_SAYS}\s+{_NAME}", re.IGNORECASE)
"""The place first: "on Slack I'm jnwosu"."""
_ACTS_AS: Final = re.compile(
    r"\b(?:goes\s+by|(?:posts?|posting|tweets?|streams?|shows\s+up|appears|listed|commits?|committed|logs?\s+in|"
    r"logged\s+in|"
    r"signs?\s+in|signed\s+in|writes|reviews|merges|joined|known|active|registered|online)\s+(?:as|under)|aka|"
    r"a\.k\.a\.?|"
    rf"(?:git|gh|chat|dev|user|his|her|my|their)\s+(?:handle|nick|alias|login|username)\s+(?:is|=|:)|alias|handle|"
    rf"nick)\s*[:=]?\s+{_NAME}",
    re.IGNORECASE,
)
_THERE: Final = re.compile(rf"{_NAME}\s+(?:on|via|over|@)\s+{_PLACE}\b", re.IGNORECASE)
_BESIDE: Final = re.compile(rf"\b{_PLACE}\s*[(–—-]\s*{_NAME}", re.IGNORECASE)
_PINGED: Final = re.compile(rf"\b(?:ping(?:ed|s)?|dm(?:['’]?(?:ed|d|s))?|cc|nudge[ds]?)\s*:?\s+{_NAME}", re.IGNORECASE)
_TAGGED: Final = re.compile(
    r"(?<![\w#])(?P<it>[a-zA-Z][\w.]{1,30}\#\d{4})(?!\d)|(?<![\w/])in/(?P<link>[a-z][\w-]{2,40})"
)
"""A name with a number of four figures, as Discord gives them; the tail of a profile's address."""
_ACCOUNT: Final = re.compile(
    r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)+_?|[a-z]{3,}\d{1,4}|[a-z]{2,}_+|(?:[A-Z]?[a-z]+)(?:[A-Z][a-z]*)+", re.ASCII
)
"""With a sign, a figure or a hump inside: what an account is mostly called."""
_PIECE: Final = re.compile(r"[^\W\d_]{2,}")
_CODE_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "test tests user id ids db main prod env api app web log login logs data model models run runs "
        "file files name key url uri config conf service services feature features flag flags job jobs batch "
        "train eval exp build pr repo branch hotfix bugfix fix release staging stage qa ci cd sql json csv "
        "js ts get set is has num max min avg mean std ",
    )
)
"""Parts of the names of things in code."""
_HINT: Final = GUESS / 2
"""For a bare lower-case word, which may as well be somebody's name: a name that stands there as well wins."""
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


_PLACE_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "slack teams discord telegram github hub gitlab lab bitbucket twitter instagram insta linkedin linked skype "
        "jira zoom whatsapp whats signal mastodon bluesky reddit tiktok mattermost rocketchat chat gitter matrix irc "
        "webex snapchat facebook youtube tube stackoverflow overflow gh ig threads twitch steam keybase kaggle "
        "huggingface hugging codeberg gitea dockerhub docker wechat viber kakaotalk kakao vk weibo git devops "
        "flowdock zulip element x ",
    )
)
"""One of these words is in every place."""
_ACT_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "goes aka k alias handle nick login username post posts posting tweet tweets stream streams shows appears "
        "listed commit commits committed log logs logged sign signs signed writes reviews merges joined known active "
        "registered online ",
    )
)
_PING_WORDS: Final = frozenset(
    ["ping", "pinged", "pings", "dm", "dmed", "dmd", "dms", "cc", "nudge", "nudged", "nudges"]
)
_NAME_FOLLOWS: Final = re.compile(rf"\b{_ALONE}(?:['’]s)?[\s:=]")
_AT_PLACE: Final = re.compile(rf"(?:\b(?:on|in|via|over)|@)\s+{_PLACE}\b")
_PLACE_FIRST: Final = re.compile(
    rf"\b{_PLACE}(?:\s*(?P<label>[:=])|\s*(?P<beside>[(–—-])|(?:['’]s)?\s+(?P<named>user|screen|nick|handle|log|alias|"
    r"account|profile|display|id|name))"
)
_ACT_HINT: Final = re.compile(
    r"\b(?:goes\s|aka|a\.k\.a|alias|handle|nick|(?:login|username)\s|(?:post|tweet|stream|show|appear|list|commit|log|"
    r"sign|writes|review|merge|join|known|active|regist|online)[a-z]{0,4}(?:\s+(?:up|in))?\s+(?:as|under)[\s:=])"
)
_HASHED: Final = re.compile(r"\#\d{4}")
"""Hints over the lowered text (``hints``): where none matches, none of the patterns that it stands for does."""


def find(text: str) -> Iterator[Found]:
    """A mention of one person; words that call a whole channel, code decorators and plain words are kept."""
    if "@" in text:
        yield from _mentioned(text)
    low = lowered(text)
    words = words_in(low)
    placed = not words.isdisjoint(_PLACE_WORDS)
    kinds = {match.lastgroup for match in _PLACE_FIRST.finditer(low)} if placed else frozenset[str]()
    at = placed and bool(_AT_PLACE.search(low))
    if "named" in kinds or _NAME_FOLLOWS.search(low):
        yield from _named(text)
    yield from _announced(text, label="label" in kinds, at=at)
    if "u/" in text:
        for match in _REDDIT.finditer(text):
            yield _found(match)
    acts = not words.isdisjoint(_ACT_WORDS) and bool(_ACT_HINT.search(low))
    tried = (
        *((_ON, True, at), (_ACTS_AS, True, acts), (_BESIDE, False, "beside" in kinds), (_THERE, False, at)),
        (_PINGED, False, not words.isdisjoint(_PING_WORDS)),
    )
    yield from _in_words(text, [(pattern, plain) for pattern, plain, may_match in tried if may_match])
    if "in/" in text or _HASHED.search(text):
        yield from _tagged(text)


def _mentioned(text: str) -> Iterator[Found]:
    for match in _HANDLE.finditer(text):
        word = match.group(0)
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        parts = re.split(r"[.\-]", word[1:].casefold())
        if parts[0] not in _BROADCAST or (len(parts) > 1 and parts[0] in _GROUPS and parts[1] not in _BROADCAST):
            yield Found(match.start(), match.start() + len(word), "HANDLE", LIKELY)


def _announced(text: str, *, label: bool, at: bool) -> Iterator[Found]:
    for match in _LABEL.finditer(text) if label else ():
        if _is_account(match.group("it"), plain=match.group("clause") is not None):
            yield _found(match)
    for match in _REACHED.finditer(text) if at else ():
        if _is_account(match.group("it"), plain=False) and not Kept(text).touches(*match.span("it")):
            yield _found(match)
        elif _is_bare(match["it"]):
            yield _found(match, _HINT)


def _named(text: str) -> Iterator[Found]:
    for match in _NAMED.finditer(text):
        linked, clause = bool(match.group("link").strip()), match.group("clause") is not None
        if _is_account(match.group("it"), plain=linked and clause):
            yield _found(match)
        elif clause and _is_bare(match["it"]):
            yield _found(match, _HINT)


def _in_words(text: str, tried: Sequence[tuple[re.Pattern[str], bool]]) -> Iterator[Found]:
    """Accounts that a sentence gives away; nothing that stays by its shape, such as a ticket on a board."""
    kept = Kept(text)
    for pattern, plain in tried:
        for match in pattern.finditer(text):
            if kept.touches(*match.span("it")):
                continue
            if _is_account(match["it"], plain=False) and (plain or _looks_owned(match["it"])):
                yield _found(match)
            elif pattern is _ON and _is_bare(match["it"]):
                yield _found(match, _HINT)


def _tagged(text: str) -> Iterator[Found]:
    kept = Kept(text)
    for match in _TAGGED.finditer(text):
        group = "it" if match["it"] else "link"
        if (group == "it" and not kept.touches(*match.span())) or "linkedin" in text[
            max(0, match.start() - 40) : match.start()
        ].casefold():
            yield Found(*match.span(group), "HANDLE", LIKELY)


def _is_bare(word: str) -> bool:
    """A word in lower case that is on no list."""
    return len(word) > 3 and word.isalpha() and word.islower() and is_unlisted(word) and _is_account(word, plain=True)


def _looks_owned(word: str) -> bool:
    """The shape of an account, a part of which is on no list: "test_login" is nobody."""
    parts = _PIECE.findall(word.casefold())
    return bool(_ACCOUNT.fullmatch(word)) and any(map(is_unlisted, parts)) and not _CODE_WORDS.intersection(parts)


def _found(match: re.Match[str], score: float = LIKELY) -> Found:
    word = match.group("it")
    end = match.end("it") - (2 if word.endswith(("'s", "’s")) else 0)
    return Found(match.start("it"), end, "HANDLE", score)


def _is_account(word: str, *, plain: bool) -> bool:
    """The shape of an account (a figure, a sign or a hump inside); where ``plain``, any word that means nothing."""
    if _THING.fullmatch(word) or word.casefold() in _NO_NAME:
        return False
    if _SHAPED.match(word) or ("-" in word and _looks_owned(word)):
        return True
    folded = word.casefold()
    return plain and len(word) > 2 and not (folded in everyday() or folded in crowd() or is_kept(word))


RECOGNISER: Final = Recogniser("handle", ("HANDLE",), find)
