"""The record over SQL: the one way in. Readers and writers are made from grants and from nothing else."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from copilot.criterion_signing import CriterionWord
from copilot.stores.consents import SqlConsents
from copilot.stores.criterion_words import append_word, words_of
from copilot.stores.database import Database, open_database
from copilot.stores.draft_words import SqlDraftWords
from copilot.stores.ledger_reading import LedgerReader, shown_to
from copilot.stores.programmes import SqlProgrammes
from copilot.stores.protocols import PairReader, SourceRow
from copilot.stores.reading import SqlReader, sources_of
from copilot.stores.reviews import SqlReviews
from copilot.stores.tokens import SqlTokens
from copilot.stores.vaults import SqlVaults
from copilot.stores.writing import SqlWriter
from guards.access import (
    AgreeCriteria,
    Grant,
    Lane,
    PreviewWall,
    ReadCommitments,
    ReadConversation,
    ReadCriteria,
    ReadProgramme,
    SignCriteria,
    WriteNotes,
)
from guards.errors import NotPermitted
from guards.keys import Keyring


class SqlRecord:
    """The system of record of one home; a context manager."""

    def __init__(self, database: Database, *, keyring: Keyring) -> None:
        self._database = database
        self._programmes = SqlProgrammes(database)
        self._consents = SqlConsents(database)
        self._reviews = SqlReviews(database)
        self._draft_words = SqlDraftWords(database)
        self._tokens = SqlTokens(database)
        self._vaults = SqlVaults(database, keyring=keyring, programmes=self._programmes)

    @property
    def programmes(self) -> SqlProgrammes:
        """The programme's store."""
        return self._programmes

    @property
    def vaults(self) -> SqlVaults:
        """The vaults' store."""
        return self._vaults

    @property
    def consents(self) -> SqlConsents:
        """The store of consent."""
        return self._consents

    @property
    def reviews(self) -> SqlReviews:
        """The review queue."""
        return self._reviews

    @property
    def draft_words(self) -> SqlDraftWords:
        """People's words on drafts."""
        return self._draft_words

    @property
    def tokens(self) -> SqlTokens:
        """The access tokens, without their audit log: ``Copilot.tokens`` has it."""
        return self._tokens

    def writer(self, grant: Grant[WriteNotes]) -> SqlWriter:
        """A writer for the grant's pair."""
        _check(grant.permission, WriteNotes)
        return SqlWriter(self._database, pair=grant.pair)

    def reader(self, grant: Grant[ReadConversation] | Grant[ReadProgramme]) -> PairReader:
        """A reader for the grant's pair and lanes."""
        if grant.permission is not ReadProgramme:
            _check(grant.permission, ReadConversation)
        return SqlReader(self._database, pair=grant.pair, lanes=grant.lanes, programmes=self._programmes)

    def sources(self, grant: Grant[PreviewWall]) -> tuple[SourceRow, ...]:
        """Current documents of every lane, without names or text."""
        _check(grant.permission, PreviewWall)
        return sources_of(self._database, grant.pair)

    def ledger_reader(self, grant: Grant[ReadCommitments]) -> PairReader:
        """A reader of the commitment lane alone."""
        _check(grant.permission, ReadCommitments)
        lanes = frozenset(Lane)  # the ledger is folded over everything; the reader of it shows what the grant may see
        reader = SqlReader(self._database, pair=grant.pair, lanes=lanes, programmes=self._programmes)
        return LedgerReader(reader, shown=shown_to(grant))

    def criterion_words(self, grant: Grant[ReadCriteria]) -> tuple[CriterionWord, ...]:
        """The pair's words on criteria, as far as the grant's role may see them."""
        _check(grant.permission, ReadCriteria)
        return words_of(self._database, grant)

    def append_criterion_word(self, word: CriterionWord, grant: Grant[AgreeCriteria] | Grant[SignCriteria]) -> None:
        """Append a word of the grant's own person."""
        if grant.permission is not SignCriteria:
            _check(grant.permission, AgreeCriteria)
        append_word(self._database, word, grant)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> SqlRecord:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_record(where: Path | str, *, keyring: Keyring) -> SqlRecord:
    """Open the record in a file or at a database URL, its schema brought up to date.

    Raises:
        StoreUnavailable: it cannot be opened.
    """
    return SqlRecord(open_database(where), keyring=keyring)


def _check(held: type[object], asked: type[object]) -> None:
    # The type checker refuses this already; a caller without one is refused here.
    if held is not asked:
        raise NotPermitted(f"a {asked.__name__} grant is needed here, not {held.__name__}")
