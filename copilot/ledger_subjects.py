"""What a status line and a promise name, as stems: the thing, its verb, people; without ticket, date and status words.

Refuses to say whether both are the same: ``ledger_links.py`` weighs that.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from copilot.extraction.grammar import TICKET
from copilot.extraction.rules.status_words import DONE
from copilot.extraction.verbs import opens_task, task_verbs, third_person
from copilot.mentions import Mention, MentionKind
from copilot.similarity import content, fillers, status_words, stems, word_kind

_TICKED: Final = re.compile(r"[✅✔✓☑]|\[[xX]\]|\(ok\)")
_REST: Final = re.compile(
    r",|\b(?:with|for|to|in|on|at|by|from|about|into|of|so|who|that|which|if|whether|when)\b", re.IGNORECASE
)
_COMPOUND: Final = re.compile(r"[a-z]+(?:-[a-z]+)+")
"""A word such as "one-page", which a later line leaves out."""
_STOP: Final = re.compile(r"[.;!?](?:\s|$)")
_CLAUSE: Final = re.compile(r"\s*(?:[,;:(]\s|\s[-–—]\s)")
_LABEL: Final = re.compile(r"\s*(?:(?:re|about|on)\s+)?(?P<label>[^:.;!?]{2,60}?)\s*(?::|\s[–—-]|→|->)\s")
_POINTS: Final = re.compile(r"\b(?:it|them|those|that|this|these|one|so|will)\b", re.IGNORECASE)
_POINTERS: Final = frozenset({"one", "togeth", "up", "out"})
_TOKEN: Final = re.compile(r"<[A-Z_]+_\d+>|[A-Za-z][\w'’-]*|\d+")
_DAY: Final = re.compile(r"\b(?:since |on |by )?(?:the )?\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}[:.]\d\d\b", re.IGNORECASE)
"""A day or an hour, which names no item."""
_FREE: Final = re.compile(
    r"(?:the|a|an|this|that|these|those|my|your|his|her|our|their|its|of|on|and|both|all|new|first|old|for|with|from|to"
    r"|'s|’s|<[A-Z_]+_\d+>(?:['’]s)?|\w+['’]s)$",
    re.IGNORECASE,
)
"""What may stand before the word that names the thing without making it another thing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says of its subject, as stems: without ticket, date and words of status.

    ``of_anything`` says that it ended in a word such as "done", which fits every item; else the item's own verb must
    be in it. ``told`` is the text that the words were taken from.
    """

    words: frozenset[str]
    of_anything: bool
    old_owner: str | None
    """Who hands it on, where it is handed on and the line says by whom."""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise's words as stems: its verb, the thing it is done to (``core``, its last word the head), and the rest.

    The thing ends at the first preposition: "send Sam | the estimate" is one, "ask legal | about the clause" ends it.
    ``beside`` are words of its line, where the promise itself only points ("clean those out").
    """

    verb: str
    core: frozenset[str]
    head: str
    things: frozenset[str]
    told: frozenset[str]
    beside: frozenset[str] = frozenset()


def said_of(mention: Mention) -> tuple[Said, ...]:
    """What the line names; where it has a label ("Lunch talk: postponed to 3 December"), also what the label names."""
    text = str(mention.text)
    if mention.due_text:
        # The new date is what the line says of the item, not part of the item's name.
        text = text.replace(str(mention.due_text), " due ")
    text = _DAY.sub(" ", text)
    label = _LABEL.match(text)
    whole = _around(text, mention.ticket) if mention.ticket else _up_to_status(text)
    of_anything = mention.kind is not MentionKind.DONE or says_status(_on_its_line(mention))
    old_owner = mention.owner if mention.to is not None else None
    texts = [whole, *([label["label"]] if label and not mention.ticket else [])]
    made = (Said(_names(each), of_anything, old_owner, each) for each in texts)
    return tuple(each for n, each in enumerate(made) if n == 0 or each.words)


def _names(text: str) -> frozenset[str]:
    return content(TICKET.sub(" ", text)) - status_words() - fillers()


def _up_to_status(text: str) -> str:
    """What comes before the comma of "The contract is no longer needed, legal has one"; the last such clause counts."""
    ends = [*(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
    told = [end for start, end in zip(starts, ends, strict=True) if says_status(text[start:end])]
    upto = text[: told[-1]] if told else text
    return upto if content(upto) - status_words() - fillers() else text


def says_status(text: str) -> bool:
    """Whether a word of status or a check mark stands in the text."""
    by_word = any(word in status_words() for word in stems(text))
    return by_word or _TICKED.search(text) is not None or DONE.search(text) is not None


def _on_its_line(mention: Mention) -> str:
    """The sentence of the cited line that the text was taken from: trimmed off, "is done" stands right behind it."""
    text, line = str(mention.text), str(mention.citation.quote)
    at = line.find(text)
    if at < 0:
        return text
    box = re.match(r"\W*\[[xX]\]", line)
    end = _STOP.search(line, at + len(text))
    if end is not None and end.group(0).startswith("?"):
        return "done"  # a question that the next line answers with yes
    return f"{box.group(0) if box else ''} {_before(line[:at])} {line[at : end.start() if end else len(line)]}"


def _before(lead: str) -> str:
    """The start of the sentence, up to the text: "Done with the booking", "✔ template"."""
    return _STOP.split(lead)[-1]


def _around(text: str, ticket: str) -> str:
    """The clause that holds the ticket: "OPS-7 completed, we walked through it" speaks of OPS-7 up to the comma."""
    at, start = text.find(ticket), 0
    for match in _CLAUSE.finditer(text):
        piece = text[start : match.start()]
        if match.start() >= at + len(ticket) and says_status(piece):
            return piece
        if match.end() <= at and not says_status(piece):
            start = match.end()
    return text[start:]


def promised(mention: Mention) -> Promised:
    """What a promise is about."""
    nothing = status_words() | fillers() | {str(mention.owner_text), mention.ticket or ""}
    told = content(mention.text) - {str(mention.owner_text), mention.ticket or ""}
    first = next((word for word in stems(mention.text) if word in told), "")
    verb = first if _is_verb(mention.text) else ""
    ends = [match.start() for match in _REST.finditer(mention.text)]
    lead = mention.text[: ends[0]] if ends else mention.text
    start = [word for word in stems(lead) if word in told - ({verb} if verb else set())]
    nothing |= {word for match in _COMPOUND.finditer(mention.text) for word in stems(match.group(0))}
    core = [word for word in start if word not in nothing and not word[0].isdigit() and not word.startswith("<")]
    things = told - {verb} - nothing
    if _POINTS.search(mention.text):
        things -= _POINTERS
    points = _POINTS.search(mention.text) is not None and len(things) < 2
    beside = _names(str(mention.citation.quote)) - told if points or not things else frozenset[str]()
    return Promised(verb, frozenset(core), core[-1] if core else "", things, things | ({verb} - {""}), beside)


def _is_verb(text: str) -> bool:
    first = re.match(r"[A-Za-z]+", text)
    if first is None:
        return True
    noun = re.match(r"[A-Za-z]+\s+(?:for|with|to|of|about|on)\b", text) is not None
    known = first.group(0).lower() in task_verbs() if noun else opens_task(text)
    return known or first.group(0).lower() in third_person() or word_kind(stems(text)[0]) is not None


def named_barely(said: Said, word: str, known: Collection[str]) -> bool:
    """Whether the thing is named with nothing before it that makes it another one: "the parser", "her page".

    "The release plan" names no rollback plan; a word of the promise itself may stand there.
    """
    tokens = _TOKEN.findall(said.told)
    for n, token in enumerate(tokens):
        if not any(each == word for each in stems(token)):
            continue
        before = tokens[n - 1] if n else "the"
        if (_FREE.match(before) or set(stems(before)) & set(known)) and not _of_another(said.told, token, known):
            return True
    return False


def _of_another(text: str, word: str, known: Collection[str]) -> bool:
    """Whether words behind the thing make it another one: "called the vendor about the invoice"."""
    match = re.search(rf"\b{re.escape(word)}\s+(?:about|for|of|on|with|to)\s+(?P<rest>[^,.;:()]+)", text)
    return match is not None and bool(_names(match["rest"]) - set(known)) and not _names(match["rest"]) & set(known)
