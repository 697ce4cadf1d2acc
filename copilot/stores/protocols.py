"""What the record promises to the rest of the product.

Writers are idempotent: the same document, mention, decision or draft twice is once. Every write is durable before
it returns. Readers need a grant for one pair and answer for that pair alone. Raw lines and vaults are sealed at
rest with the pair's key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from copilot.criterion_signing import CriterionWord
from copilot.draft_words import DraftWord
from copilot.drafts import Draft
from copilot.finding import Finding
from copilot.mentions import Decision, Mention
from copilot.programme import Programme, SessionRecord
from copilot.review import Card, Precision, ReviewWord
from copilot.tokens import TokenStore
from guards.access import (
    AgreeCriteria,
    Grant,
    Lane,
    PreviewWall,
    ReadCommitments,
    ReadConversation,
    ReadCriteria,
    ReadProgramme,
    ReviewFlags,
    SignCriteria,
    WriteNotes,
)
from guards.consent import ConsentWord
from guards.text import RedactedText
from guards.vault import Vault
from knowledge.passages import DocumentKind, Passage, RedactedDocument, RedactedLine


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the record, without its text. ``fields_missing`` names absent note template fields,
    ``indexed`` whether every passage is in the vector index.
    """

    id: str
    version: str
    pair: str
    lane: Lane
    kind: DocumentKind
    session_date: date
    name: RedactedText
    passages: int
    fields_missing: tuple[str, ...] = ()
    held: int = 0
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document without its name or any text: what a preview of the walls counts. ``held`` is passages by reason."""

    id: str
    lane: Lane
    kind: DocumentKind
    session_date: date
    passages: int
    held: tuple[tuple[str, int], ...] = ()


class ConsentStore(Protocol):
    """What people said about purposes; words are only ever appended."""

    def append(self, word: ConsentWord) -> None:
        """Keep one more word, as said after every earlier one, whatever the clock says."""
        ...

    def words(self) -> tuple[ConsentWord, ...]:
        """Every word, as of now."""
        ...


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A kept draft without its boxes."""

    id: str
    pair: str
    day: date
    engine: str
    blueprint: str
    audience: tuple[str, ...]


class DraftWordStore(Protocol):
    """What the pair says of its drafts; words are only ever appended."""

    def append(self, word: DraftWord, grant: Grant[WriteNotes]) -> DraftWord:
        """Keep one more word of the grant's own person, as said after every earlier one; the same id twice is once."""
        ...

    def words(self, draft: str, grant: Grant[ReadConversation]) -> tuple[DraftWord, ...]:
        """Words on a draft of the grant's pair, oldest first."""
        ...

    def drafts(self, grant: Grant[ReadConversation]) -> tuple[DraftHead, ...]:
        """The pair's drafts that the grant's role may see, the latest session first."""
        ...


class ReviewStore(Protocol):
    """The review queue: findings and people's words on them, only ever appended."""

    def put(self, findings: Iterable[Finding], grant: Grant[WriteNotes]) -> tuple[str, ...]:
        """Queue findings, one card for an episode. Returns the ids of those that made a card or lifted one."""
        ...

    def standing(self, findings: Iterable[Finding], grant: Grant[WriteNotes], *, as_of: date) -> dict[str, Card]:
        """The card that each finding's episode has on a day, by the finding's id."""
        ...

    def append(self, word: ReviewWord, grant: Grant[ReviewFlags]) -> None:
        """Keep one more word of the grant's own person on a finding they may judge."""
        ...

    def findings(self, grant: Grant[ReviewFlags]) -> tuple[Finding, ...]:
        """The pair's findings that the grant's role may judge, oldest first."""
        ...

    def words(self, grant: Grant[ReviewFlags]) -> tuple[ReviewWord, ...]:
        """People's words on those findings, oldest first."""
        ...

    def precisions(self, *, as_of: date) -> dict[str, Precision]:
        """How often each category was confirmed, over every pair: numbers alone, so below grants."""
        ...


class ProgrammeStore(Protocol):
    """The programme's people, pairs and calendar."""

    def save(self, programme: Programme) -> None:
        """Replace the programme of that id."""
        ...

    def change(self, edit: Callable[[Programme], Programme]) -> None:
        """Change the home's programme in one step: no other write comes between reading and keeping it.

        Raises:
            NotFound: there is none.
        """
        ...

    def load(self) -> Programme | None:
        """The programme of this home, or ``None`` before one was read."""
        ...


class VaultStore(Protocol):
    """Vaults, one per pair, sealed."""

    def open(self, pair: str) -> AbstractContextManager[Vault]:
        """The pair's vault, locked for this thread; what was minted is saved when the block ends, before any
        text that uses it is written.
        """
        ...

    def scratch(self, pair: str) -> AbstractContextManager[Vault]:
        """A copy of the pair's vault that is never saved, for a look at a text before it is kept."""
        ...

    def forms(self, pair: str) -> frozenset[str]:
        """Every surface form that must not leave with a call for this pair."""
        ...


class PairWriter(Protocol):
    """Writes for one pair; made from a ``WriteNotes`` grant."""

    def put_document(
        self, document: RedactedDocument, passages: Sequence[Passage], *, missing: tuple[str, ...] = ()
    ) -> bool:
        """Store a version with its passages in one transaction, superseding older versions of the same id.

        Returns False when this very version is already there (nothing was written).
        """
        ...

    def put_mentions(self, document: str, version: str, mentions: Sequence[Mention]) -> None:
        """Replace the mentions read from this version."""
        ...

    def mark_indexed(self, document: str, version: str) -> None:
        """Say that every passage of the version is in the vector index."""
        ...

    def withdraw(self, document: str) -> dict[str, int]:
        """Take a document out in every version, with its passages, mentions and the drafts that cite it.

        Returns how many rows of each went; people's decisions stay.

        Raises:
            NotFound: the pair has no such document.
        """
        ...

    def append_decision(self, decision: Decision) -> Decision:
        """Append a person's word, as said after every earlier one whatever the clock says; the same id twice is once.

        Returns the word as kept.
        """
        ...

    def remask(self, needed: Callable[[str], bool], mask: Callable[[RedactedText], RedactedText]) -> tuple[str, ...]:
        """Mask what the vault has learnt since in what the pair has on record, people's decisions left as they are.

        ``needed`` is a quick look at a stored string, ``mask`` makes the new text. Ids stay as they are. Returns the
        ids of current passages whose text changed: their vectors are of the old text.
        """
        ...

    def put_draft(self, draft: Draft) -> None:
        """Keep a draft for ``why``; the same id replaces."""
        ...


class PairReader(Protocol):
    """Reads for one pair, within the lanes the grant allows."""

    def documents(self) -> tuple[DocumentRow, ...]:
        """Current documents by session date, then name."""
        ...

    def lines(self, document: str, first: int, last: int) -> tuple[RedactedLine, ...]:
        """Lines of the current version that touch ``first``..``last`` of the source."""
        ...

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """Current passages of these ids, in the order asked; unknown ids are left out."""
        ...

    def all_passages(self) -> tuple[Passage, ...]:
        """Every current passage, held ones included, by session date and line."""
        ...

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Passage ids by full-text rank, best first; the score is higher for better. Held passages excluded."""
        ...

    def mentions(self) -> tuple[Mention, ...]:
        """Mentions of every current document version, plus imported history."""
        ...

    def superseded(self) -> tuple[Mention, ...]:
        """Mentions of changed notes as they were, without those that a current note still holds."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """People's words, oldest first."""
        ...

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Calendar entries of the pair and the days that have a note, oldest first."""
        ...

    def draft(self, draft_id: str) -> Draft | None:
        """A draft by id or unambiguous prefix of at least four characters."""
        ...


class Record(Protocol):
    """The system of record of one home."""

    @property
    def programmes(self) -> ProgrammeStore:
        """The programme's store."""
        ...

    @property
    def vaults(self) -> VaultStore:
        """The vaults' store."""
        ...

    @property
    def consents(self) -> ConsentStore:
        """The store of consent."""
        ...

    @property
    def reviews(self) -> ReviewStore:
        """The review queue."""
        ...

    @property
    def draft_words(self) -> DraftWordStore:
        """People's words on drafts."""
        ...

    @property
    def tokens(self) -> TokenStore:
        """The access tokens, without their audit log: ``Copilot.tokens`` has it."""
        ...

    def writer(self, grant: Grant[WriteNotes]) -> PairWriter:
        """A writer for the grant's pair."""
        ...

    def reader(self, grant: Grant[ReadConversation] | Grant[ReadProgramme]) -> PairReader:
        """A reader for the grant's pair and lanes; rows of other lanes are not selected."""
        ...

    def sources(self, grant: Grant[PreviewWall]) -> tuple[SourceRow, ...]:
        """Current documents of every lane, by date, with nothing in them that a note says."""
        ...

    def ledger_reader(self, grant: Grant[ReadCommitments]) -> PairReader:
        """A reader of the commitment lane alone (mentions, decisions, sessions); other methods answer empty."""
        ...

    def criterion_words(self, grant: Grant[ReadCriteria]) -> tuple[CriterionWord, ...]:
        """Words on the pair's criteria, oldest first; a sponsor gets those on texts that both of the pair agreed."""
        ...

    def append_criterion_word(self, word: CriterionWord, grant: Grant[AgreeCriteria] | Grant[SignCriteria]) -> None:
        """Append a person's own word; the same id twice is once."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
