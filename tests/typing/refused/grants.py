"""What the permission types must refuse. Comments as in ``texts.py``."""

from __future__ import annotations

from copilot.stores.protocols import PairReader, PairWriter, Record
from guards.access import (
    Grant,
    Principal,
    ReadCommitments,
    ReadConversation,
    RevealNames,
    Role,
    WriteNotes,
    authorize,
)
from guards.vault import Vault

ADA = Principal("ada", {"ada-ben": Role.MENTOR_COACH})


def asked(record: Record) -> tuple[PairReader, PairReader, PairWriter]:
    """The right grant for each."""
    return (
        record.reader(authorize(ADA, ReadConversation, "ada-ben")),
        record.ledger_reader(authorize(ADA, ReadCommitments, "ada-ben")),
        record.writer(authorize(ADA, WriteNotes, "ada-ben")),
    )


def wrong_grant(
    record: Record,
    vault: Vault,
    write: Grant[WriteNotes],
    ledger: Grant[ReadCommitments],
    read: Grant[ReadConversation],
) -> None:
    """A grant for something else opens nothing."""
    record.reader(write)  # refused: reportArgumentType
    record.reader(ledger)  # refused: reportArgumentType
    record.writer(read)  # refused: reportArgumentType
    record.ledger_reader(read)  # refused: reportArgumentType
    vault.restore("<PERSON_1>", read)  # refused: reportArgumentType
    vault.restore("<PERSON_1>", ledger)  # refused: reportArgumentType


def no_grant(record: Record, vault: Vault) -> None:
    """Neither a person nor a pair is a grant."""
    record.reader(ADA)  # refused: reportArgumentType
    record.reader("ada-ben")  # refused: reportArgumentType
    vault.restore("<PERSON_1>")  # refused: reportCallIssue


def home_made() -> Grant[RevealNames]:
    """A grant is made by ``authorize`` alone."""
    return Grant(ADA, RevealNames, "ada-ben")  # refused: reportCallIssue
