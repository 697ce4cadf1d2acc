"""What a document says that matters later: promises, their fates, decisions, artifacts, blockers, metrics.

Mentions are read once at ingest, belong to one version of one document and go when it is superseded. The ledger
is a fold over mentions and people's decisions; nothing here is ever edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from guards.text import RedactedText
from knowledge.passages import Citation


class MentionKind(StrEnum):
    """What a line says."""

    COMMITMENT = "commitment"
    CANDIDATE = "candidate"
    """A rough promise ("I'll try to…"): offered for confirmation, not yet a commitment."""
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    STILL_OPEN = "still_open"
    """"Still open", "half done", "not merged yet": changes nothing that runs, and contradicts what was closed."""
    UNCLEAR = "unclear"
    """May say what became of a promise ("parked", "supposedly done"): asked about, never applied."""
    TOLD = "told"
    """Tells how something is or was, in no words of status: asked about where it names what an open commitment is
    about, never applied."""
    REMARK = "remark"
    """Any other sentence: kept for the learnt reader of later lines alone, and never asked about by its words."""
    OBJECTIVE = "objective"
    ARTIFACT = "artifact"
    DECISION = "decision"
    OPEN_DECISION = "open_decision"
    BLOCKER = "blocker"
    METRIC = "metric"
    UNPARSED = "unparsed"
    """Looks like a promise and could not be parsed: shown as such, never silently lost."""


class ReadBy(StrEnum):
    """Who read a mention out of its line."""

    TEMPLATE = "template"
    RULES = "rules"
    MODEL = "model"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing one passage says.

    ``owner`` is a roster id; ``owner_text`` the placeholder or words when the roster does not know them; both
    ``None`` means unassigned, with the ``question`` to ask. ``to`` is who it is owed to, when said. ``due`` is a
    date the text gives or a declared rule makes; ``due_text`` its words. ``ticket`` is literal. ``about`` is the id of
    the promise it belongs to, where that is known and needs no comparing (rows of a file; a promise's own id says that
    it repeats no other).
    """

    id: str
    pair: str
    kind: MentionKind
    text: RedactedText
    session_date: date
    citation: Citation
    read_by: ReadBy
    owner: str | None = None
    owner_text: RedactedText | None = None
    to: str | None = None
    due: date | None = None
    due_text: RedactedText | None = None
    ticket: str | None = None
    question: RedactedText | None = None
    about: str | None = None


class DecisionKind(StrEnum):
    """What a person did to a commitment."""

    CONFIRM = "confirm"
    DENY = "deny"
    DONE = "done"
    DROP = "drop"
    MOVE = "move"
    SHARE = "share"
    UNSHARE = "unshare"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one commitment, appended and never edited. ``reason`` is required to drop or deny.

    ``at`` is the moment the record gives it, later than that of every word before it. ``seen`` is the id of the latest
    word on the commitment that the person knew of, empty where there was none, ``None`` where that was not kept.
    """

    id: str
    pair: str
    commitment: str
    kind: DecisionKind
    by: str
    at: datetime
    day: date
    reason: RedactedText | None = None
    due: date | None = None
    owner: str | None = None
    seen: str | None = None


class CommitmentStatus(StrEnum):
    """Where a commitment stands, as of a day."""

    CANDIDATE = "candidate"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to a commitment: ``what`` in a word, ``by`` a person's id, nobody where a note says so.

    ``kept_only`` marks a word that changed nothing, because a later one stands or the state did not allow it.
    """

    day: date
    what: str
    by: str | None = None
    kept_only: bool = False


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A line of a later note that may mean this commitment. ``among`` are the ids of all that it may mean."""

    kind: MentionKind
    text: RedactedText
    day: date
    citation: Citation
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment as the ledger folds it, as of a day.

    ``age_days`` counts from ``first_agreed`` to that day; ``times_carried`` counts later held sessions of the
    pair that it outlived open; ``moves`` are the due dates it had before. ``unsettled`` are lines that somebody has to
    settle; ``history`` is what happened to it, in the order in which it counts.
    """

    id: str
    pair: str
    action: RedactedText
    status: CommitmentStatus
    first_agreed: date
    owner: str | None
    owner_text: RedactedText | None
    due: date | None
    due_text: RedactedText | None
    ticket: str | None
    age_days: int
    times_carried: int
    moves: tuple[date, ...] = ()
    closed: date | None = None
    reason: RedactedText | None = None
    confirmed: bool = False
    shared: bool = False
    question: RedactedText | None = None
    read_by: ReadBy = ReadBy.RULES
    aliases: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    history: tuple[Change, ...] = ()
