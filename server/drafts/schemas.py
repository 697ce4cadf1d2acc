"""Drafts in the API. The draft itself is the document of ``coach prep --json``, which others script against."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from copilot.draft_words import LONGEST, DraftWord, DraftWordKind, ItemPlan, Plan
from copilot.stores.protocols import DraftHead
from server.drafts.view import Reveal

ItemName = Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")]
WordId = Annotated[str, StringConstraints(max_length=32, pattern=r"^[0-9a-f]*$")]
Version = Annotated[str, StringConstraints(min_length=16, max_length=16, pattern=r"^[0-9a-f]+$")]
Format = Literal["json", "md", "docx", "ics", "text"]


class DraftIn(BaseModel):
    """What to draft: a session on a day (else the next one expected), of a length (else the pair's blueprint)."""

    model_config = ConfigDict(extra="forbid")
    day: date | None = Field(default=None, alias="date")
    minutes: Literal[60, 45, 30] | None = None


class DraftHeadOut(BaseModel):
    """A kept draft without its lines."""

    draft: str
    date: date
    engine: str
    blueprint: str

    @classmethod
    def of(cls, head: DraftHead) -> DraftHeadOut:
        """The head as the API lists it."""
        return cls(draft=head.id, date=head.day, engine=head.engine, blueprint=head.blueprint)


class WordIn(BaseModel):
    """A word on a line. ``text`` is an edit's; ``seen`` the ``latest_text`` of the line when it was read, if known."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    item: ItemName
    kind: DraftWordKind
    text: Annotated[str, StringConstraints(max_length=LONGEST * 2)] = ""
    seen: WordId | None = None


class WordForm(BaseModel):
    """A word on a line as the page sends it; the session's token goes with it and was checked before."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    kind: DraftWordKind
    text: Annotated[str, StringConstraints(max_length=LONGEST * 2)] = ""
    seen: WordId = ""
    csrf: Annotated[str, StringConstraints(max_length=128)] = ""


class SessionForm(BaseModel):
    """Another session as the page asks for it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    day: date | None = None
    minutes: Literal["60", "45", "30"] | None = None
    csrf: Annotated[str, StringConstraints(max_length=128)] = ""


class AcceptIn(BaseModel):
    """Acceptance of the whole plan; with a ``version`` only if it still reads so."""

    model_config = ConfigDict(extra="forbid")
    version: Version | None = None


class WordOut(BaseModel):
    """What somebody of the pair said of a line."""

    id: str
    kind: DraftWordKind
    by: str
    at: datetime
    text: str | None
    carried: bool

    @classmethod
    def of(cls, word: DraftWord, reveal: Reveal) -> WordOut:
        """The word with names restored."""
        text = None if word.text is None else reveal(word.text)
        return cls(id=word.id, kind=word.kind, by=word.by, at=word.at, text=text, carried=word.carried)


class ItemPlanOut(BaseModel):
    """A line as it stands. ``beside`` are edits of the other that the standing one did not know of."""

    item: str
    struck_by: str | None
    edit: WordOut | None
    beside: list[WordOut]
    accepted: list[str]
    latest_text: str
    words: list[WordOut]

    @classmethod
    def of(cls, item: str, plan: ItemPlan, reveal: Reveal, *, latest: str) -> ItemPlanOut:
        """The line as the API shows it."""
        return cls(
            item=item, struck_by=plan.struck.by if plan.struck else None,
            edit=WordOut.of(plan.edit, reveal) if plan.edit else None,
            beside=[WordOut.of(each, reveal) for each in plan.beside], accepted=list(plan.accepted),
            latest_text=latest, words=[WordOut.of(each, reveal) for each in plan.words],
        )  # fmt: skip


class PlanOut(BaseModel):
    """A draft as the pair has it: who accepted this version, whom it waits for, and every line that was touched."""

    draft: str
    version: str
    accepted: list[str]
    accepted_earlier: list[str]
    waiting_for: list[str]
    items: list[ItemPlanOut]

    @classmethod
    def of(cls, draft: str, plan: Plan, both: tuple[str, ...], reveal: Reveal) -> PlanOut:
        """The plan as the API shows it; ``both`` are the two of the pair."""
        items = [ItemPlanOut.of(name, each, reveal, latest=plan.latest_text(name)) for name, each in plan.items.items()]
        waiting = [each for each in both if each not in plan.accepted]
        return cls(
            draft=draft, version=plan.version, accepted=list(plan.accepted), accepted_earlier=list(plan.earlier),
            waiting_for=waiting, items=items,
        )  # fmt: skip


class WhyOut(BaseModel):
    """The note lines behind an item, one of context on either side."""

    draft: str
    item: str
    lines: list[str]
