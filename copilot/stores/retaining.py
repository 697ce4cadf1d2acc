"""What of the record is older than its class may be kept: found, and removed in one transaction per class.

Whatever was read from a passage that was held back goes with it, so that nothing comes out of its hold by growing old.
Open commitments are never touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Row, delete, func, select, update

from copilot.criterion_signing import CriterionWord
from copilot.drafts import Draft
from copilot.finding import Finding
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus, Decision, Mention, MentionKind
from copilot.review import ReviewWord
from copilot.stores.codec import decoded
from copilot.stores.database import Database
from copilot.stores.tables import (
    CRITERION_WORDS,
    DECISIONS,
    DOCUMENTS,
    DRAFT_WORDS,
    DRAFTS,
    FINDINGS,
    IMPORTED,
    LINES,
    MENTIONS,
    PAIRS,
    PASSAGES,
    REVIEW_WORDS,
    TOKENS,
)
from copilot.stores.words import PairWords

Counts = dict[str, int]

_PROMISED = frozenset(
    {MentionKind.COMMITMENT, MentionKind.CANDIDATE, MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED}
)


class RetainingStore:
    """Removes what is due; with ``dry_run`` everything is counted and nothing removed."""

    def __init__(self, database: Database, *, dry_run: bool) -> None:
        self._database = database
        self._dry_run = dry_run

    def conversation(self, before: date) -> Counts:
        """Lines and passages of sessions before a day, and what was read from them but promises."""
        counts: Counter[str] = Counter()
        with self._transaction() as connection:
            old = (DOCUMENTS.c.session_date < before.isoformat()) & (DOCUMENTS.c.kind != IMPORTED)
            for row in connection.execute(select(DOCUMENTS.c.no, DOCUMENTS.c.pair).where(old)).all():
                counts += _empty(connection, int(row.no), str(row.pair))
        return _told(counts)

    def commitments(self, pairs: Iterable[str], before: date, today: date) -> Counts:
        """Closed commitments whose last word is older than a day, with people's decisions on them; so for criteria."""
        counts: Counter[str] = Counter()
        for pair in pairs:
            mentions, decisions = self._said(pair)
            gone = _closed(fold(mentions, decisions, (), as_of=today), mentions, decisions, before)
            with self._transaction() as connection:
                counts += _without_commitments(connection, pair, gone, decisions)
                counts += _without_rests(connection, pair, before)
                counts += _without_criterion_words(connection, pair, before)
        return _told(counts)

    def drafts(self, before: date) -> Counts:
        """Drafts of sessions before a day, and cards of the review queue of which nobody has said anything since."""
        with self._transaction() as connection:
            rows = connection.execute(select(DRAFTS.c.pair, DRAFTS.c.id, DRAFTS.c.body)).all()
            old = [row for row in rows if decoded(Draft, row.body).day < before]
            for row in old:
                connection.execute(delete(DRAFTS).where(DRAFTS.c.pair == row.pair, DRAFTS.c.id == row.id))
            kept = {(row.pair, row.id) for row in connection.execute(select(DRAFTS.c.pair, DRAFTS.c.id)).all()}
            words = _without_draft_words(connection, kept)
            cards = _without_cards(connection, before)
        return _told(Counter({"drafts": len(old), "draft_words": words, "review_cards": cards}))

    def tokens(self, before: date) -> Counts:
        """Access tokens that ended or were revoked before a day; moments are kept in UTC, so their text sorts."""
        day = before.isoformat()
        with self._transaction() as connection:
            old = (TOKENS.c.expires < day) | (TOKENS.c.revoked < day)
            return _told(Counter({"tokens": connection.execute(delete(TOKENS).where(old)).rowcount}))

    def _said(self, pair: str) -> tuple[list[Mention], list[Decision]]:
        current = (DOCUMENTS.c.pair == pair) & DOCUMENTS.c.current
        mentions = select(MENTIONS.c.body).join(DOCUMENTS, DOCUMENTS.c.no == MENTIONS.c.document).where(current)
        decisions = select(DECISIONS.c.body).where(DECISIONS.c.pair == pair)
        with self._database.reading() as connection:
            said = [decoded(Mention, body) for body in connection.execute(mentions).scalars()]
            return said, [decoded(Decision, body) for body in connection.execute(decisions).scalars()]

    @contextmanager
    def _transaction(self) -> Generator[Connection]:
        with self._database.writing() as connection:
            yield connection
            if self._dry_run:
                connection.rollback()


def _empty(connection: Connection, number: int, pair: str) -> Counter[str]:
    """Empty one document; its row stays, so that the same file is not read in again."""
    rows = connection.execute(select(PASSAGES).where(PASSAGES.c.document == number)).all()
    words = connection.execute(select(PAIRS.c.no).where(PAIRS.c.id == pair)).scalar()
    shown = [(int(row.no), str(row.text)) for row in rows if not row.held]
    if words is not None and shown:
        PairWords(words).remove(connection, shown)
        PairWords(words).settle(connection)
    counts = Counter({"passages": len(rows)})
    counts["mentions"] = _without_mentions(connection, number, [row for row in rows if row.held])
    connection.execute(delete(PASSAGES).where(PASSAGES.c.document == number))
    counts["lines"] = connection.execute(delete(LINES).where(LINES.c.document == number)).rowcount
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.no == number).values(passages=0, held=0))
    return counts


def _without_mentions(connection: Connection, number: int, held: list[Row[tuple[object, ...]]]) -> int:
    def goes(mention: Mention) -> bool:
        at = mention.citation
        return mention.kind not in _PROMISED or any(at.first <= row.last and row.first <= at.last for row in held)

    return _delete_mentions(connection, number, goes)


def _delete_mentions(connection: Connection, number: int, goes: Callable[[Mention], bool]) -> int:
    rows = connection.execute(select(MENTIONS.c.id, MENTIONS.c.body).where(MENTIONS.c.document == number)).all()
    gone = [row.id for row in rows if goes(decoded(Mention, row.body))]
    for each in gone:
        connection.execute(delete(MENTIONS).where(MENTIONS.c.document == number, MENTIONS.c.id == each))
    return len(gone)


def _closed(
    folded: Iterable[Commitment], mentions: Iterable[Mention], decisions: Iterable[Decision], before: date
) -> frozenset[str]:
    """Ids of the mentions of every commitment that is not open and was last spoken of before a day."""
    said = {each.id: each.session_date for each in mentions}
    decided: dict[str, date] = {}
    for each in decisions:
        decided[each.commitment] = max(each.day, decided.get(each.commitment, each.day))
    gone: set[str] = set()
    for commitment in folded:
        ids = (commitment.id, *commitment.aliases)
        last = [day for each in ids for day in (said.get(each), decided.get(each), commitment.closed) if day]
        if commitment.status is not CommitmentStatus.OPEN and last and max(last) < before:
            gone.update(ids)
    return frozenset(gone)


def _without_commitments(
    connection: Connection, pair: str, gone: frozenset[str], decisions: Iterable[Decision]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number in connection.execute(select(DOCUMENTS.c.no).where(DOCUMENTS.c.pair == pair)).scalars().all():
        counts["mentions"] += _delete_mentions(connection, number, lambda mention: mention.id in gone)
    for each in decisions:
        if each.commitment in gone:
            connection.execute(delete(DECISIONS).where(DECISIONS.c.pair == pair, DECISIONS.c.id == each.id))
            counts["decisions"] += 1
    return counts


def _without_rests(connection: Connection, pair: str, before: date) -> Counter[str]:
    """Mentions of superseded versions, and rows of superseded versions that nothing hangs on any more."""
    old = (DOCUMENTS.c.pair == pair) & ~DOCUMENTS.c.current & (DOCUMENTS.c.session_date < before.isoformat())
    counts: Counter[str] = Counter()
    for number in connection.execute(select(DOCUMENTS.c.no).where(old)).scalars().all():
        counts["mentions"] += connection.execute(delete(MENTIONS).where(MENTIONS.c.document == number)).rowcount
        lines = select(func.count()).select_from(LINES).where(LINES.c.document == number)
        if not connection.execute(lines).scalar_one():
            connection.execute(delete(PASSAGES).where(PASSAGES.c.document == number))
            counts["documents"] += connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.no == number)).rowcount
    return counts


def _without_criterion_words(connection: Connection, pair: str, before: date) -> Counter[str]:
    """Words on criteria of which nobody has said anything since a day."""
    mine = CRITERION_WORDS.c.pair == pair
    bodies = connection.execute(select(CRITERION_WORDS.c.body).where(mine)).scalars()
    words = [decoded(CriterionWord, body) for body in bodies]
    fresh = {each.criterion for each in words if each.day >= before}
    old = [each.id for each in words if each.criterion not in fresh]
    for name in old:
        connection.execute(delete(CRITERION_WORDS).where(mine, CRITERION_WORDS.c.id == name))
    return Counter({"criterion_words": len(old)})


def _without_draft_words(connection: Connection, kept: set[tuple[str, str]]) -> int:
    """Words on drafts that are not kept (any more)."""
    rows = connection.execute(select(DRAFT_WORDS.c.pair, DRAFT_WORDS.c.draft).distinct()).all()
    count = 0
    for row in rows:
        if (row.pair, row.draft) not in kept:
            gone = (DRAFT_WORDS.c.pair == row.pair) & (DRAFT_WORDS.c.draft == row.draft)
            count += connection.execute(delete(DRAFT_WORDS).where(gone)).rowcount
    return count


def _without_cards(connection: Connection, before: date) -> int:
    """Findings whose own day and last word lie before a day, with the words on them."""
    words: dict[tuple[str, str], list[ReviewWord]] = {}
    for body in connection.execute(select(REVIEW_WORDS.c.body)).scalars():
        word = decoded(ReviewWord, body)
        words.setdefault((word.pair, word.finding), []).append(word)
    count = 0
    for body in connection.execute(select(FINDINGS.c.body)).scalars().all():
        card = decoded(Finding, body)
        mine = words.get((card.pair, card.id), [])
        if max([card.as_of, *(each.day for each in mine)]) < before:
            count += 1
            connection.execute(delete(FINDINGS).where(FINDINGS.c.pair == card.pair, FINDINGS.c.id == card.id))
            for each in mine:
                gone = (REVIEW_WORDS.c.pair == card.pair) & (REVIEW_WORDS.c.id == each.id)
                connection.execute(delete(REVIEW_WORDS).where(gone))
    return count


def _told(counts: Counter[str]) -> Counts:
    return {name: count for name, count in sorted(counts.items()) if count}
