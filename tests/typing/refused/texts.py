"""What the text types must refuse: a line marked ``# refused: <rule>`` has to be reported, and no other."""

from __future__ import annotations

from guards.text import RawText, RedactedText, composed, house, joined


def model_call(text: RedactedText) -> None:
    """Stands for every function that stores, indexes, sends or drafts."""
    del text


def shown(text: str) -> None:
    """Stands for every function that prints or logs."""
    del text


def note_from_disk() -> str:
    """Plain text of unknown origin."""
    return "Ada agreed".upper()


def may_be_sent(text: RedactedText) -> None:
    """The ways that keep a text redacted."""
    model_call(text)
    model_call(text + house("."))
    model_call(text[:3])
    model_call(joined(", ", text.lines()))
    model_call(composed("{who}: {count}", who=text.trimmed(), count=3))


def plain_text(text: RedactedText, raw: RawText) -> None:
    """Plain or raw text where redacted text is wanted."""
    model_call("hello")  # refused: reportArgumentType
    model_call(note_from_disk())  # refused: reportArgumentType
    model_call(raw)  # refused: reportArgumentType
    model_call(raw.unseal())  # refused: reportArgumentType
    model_call(str(text))  # refused: reportArgumentType


def fallen_out(text: RedactedText, name: str) -> None:
    """Operations that may bring a name in give ``str`` back."""
    model_call(f"{text}: {name}")  # refused: reportArgumentType
    model_call(f"{text}")  # refused: reportArgumentType
    model_call(text + name)  # refused: reportArgumentType
    model_call(name + text)  # refused: reportArgumentType
    model_call(text.replace("<PERSON_1>", name))  # refused: reportArgumentType
    model_call(text % name)  # refused: reportArgumentType
    model_call(", ".join([text, text]))  # refused: reportArgumentType


def own_words(name: str) -> None:
    """The product's own words are literals, known when the types are checked."""
    house("Ticket: ")
    house(name)  # refused: reportArgumentType
    house(f"Ticket: {name}")  # refused: reportArgumentType
    house(note_from_disk())  # refused: reportArgumentType


def composing(text: RedactedText, raw: RawText, name: str) -> None:
    """Every part of a composition is redacted or a whole number, and its template is a literal."""
    composed("{who} agreed", who=name)  # refused: reportArgumentType
    composed("{who} agreed", who=raw)  # refused: reportArgumentType
    composed("{share} of claims", share=0.5)  # refused: reportArgumentType
    composed(name, who=text)  # refused: reportArgumentType
    joined(", ", [text, name])  # refused: reportArgumentType
    joined(name, [text])  # refused: reportArgumentType


def showing(raw: RawText) -> None:
    """Raw text is no string, and has no string's operations."""
    shown(raw)  # refused: reportArgumentType
    raw + "."  # refused: reportOperatorIssue
    raw.upper()  # refused: reportAttributeAccessIssue
    shown(raw.value)  # refused: reportAttributeAccessIssue
