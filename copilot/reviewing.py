"""The review queue of an opened home: who sees which cards, a person's decision, and decisions as evaluation cases.

L&D sees process findings of pairs whose two people both allow programme review. What somebody may not see is to them as
if it were not there: not listed, not counted, and an id of it reads as unknown. Nothing acts on a decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from copilot.bootstrap import Copilot
from copilot.errors import NotFound, Usage
from copilot.finding import Finding
from copilot.review import Card, Event, Precision, ReviewWord, State, card_of, decided, digest, queue
from guards.access import Grant, ReviewFlags, Role, WriteNotes, authorize
from guards.audit_log import Act, Entry
from guards.consent import Purpose
from guards.errors import NotPermitted
from guards.roster_mask import mask_known
from guards.text import RawText, RedactedText

_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Board:
    """What one person sees: every card of theirs, what waits, and categories that muted themselves among these."""

    cards: tuple[Card, ...]
    waiting: tuple[Card, ...]
    muted: tuple[Precision, ...]
    counts_shown: bool


def enqueue(copilot: Copilot, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Queue findings; those already there stay as they are. Returns the new ids.

    Raises:
        NotFound: a finding's pair is not of the programme.
    """
    by_pair: dict[str, list[Finding]] = {}
    for each in findings:
        by_pair.setdefault(each.pair, []).append(each)
    new: list[str] = []
    for pair, mine in by_pair.items():
        grant = authorize(copilot.principal(pair, Role.MENTEE), WriteNotes, pair)
        ids = copilot.record.reviews.put(mine, grant)
        for each in mine:
            if each.id in ids:
                copilot.audit.append(Entry(Act.FLAG, pair, what=each.id, detail=each.kind.value))
        new += ids
    return tuple(new)


def board(copilot: Copilot, person: str) -> Board:
    """The cards that a person may judge, as of today.

    Raises:
        NotFound: the programme has no such person.
    """
    seen = [(grant, card) for grant in _grants(copilot, person) for card in _cards(copilot, grant)]
    cards = tuple(card for _, card in seen)
    muted = _muted(copilot, cards)
    waiting = queue(cards, frozenset(each.category for each in muted))
    return Board(cards, waiting, muted, any(grant.role is Role.LND for grant, _ in seen))


def weekly(copilot: Copilot, person: str) -> tuple[Card, ...]:
    """The cards of this week's digest for a person, capped; asked again in the week they are the same.

    Raises:
        NotFound: the programme has no such person.
    """
    reviews = copilot.record.reviews
    grants = list(_grants(copilot, person))
    findings = [each for grant in grants for each in reviews.findings(grant)]
    words = [each for grant in grants for each in reviews.words(grant)]
    muted = {name for name, each in reviews.precisions(as_of=copilot.today).items() if each.muted}
    return digest(findings, words, day=copilot.today, muted=frozenset(muted))


def one_card(copilot: Copilot, person: str, card_id: str) -> tuple[Card, Grant[ReviewFlags]]:
    """The one card that an id or its beginning means to a person.

    Raises:
        NotFound: there is none that they may see.
        Usage: it fits several.
    """
    every = [(card, grant) for grant in _grants(copilot, person) for card in _cards(copilot, grant)]
    exact = [each for each in every if each[0].finding.id == card_id]
    found = exact or [each for each in every if len(card_id) >= _SHORTEST and each[0].finding.id.startswith(card_id)]
    if not found:
        raise NotFound(f"{person} has no such card in the queue: see coach review list --as {person}")
    if len(found) > 1:
        raise Usage(f"this fits {len(found)} cards: give more of its characters")
    return found[0]


def decide(copilot: Copilot, person: str, card_id: str, *, event: Event, reason: str) -> Card:
    """Keep a named person's word on a card, its reason redacted; the card as it stands afterwards.

    Raises:
        NotFound: there is no such card for them.
        Usage: the reason is missing, or the state refuses the word.
    """
    card, grant = one_card(copilot, person, card_id)
    if not reason.strip():
        raise Usage("say why: --reason TEXT (names in it are masked before it is kept)")
    with copilot.record.vaults.open(grant.pair) as vault:
        why = copilot.redactor.redact([RawText(" ".join(reason.split()))], vault=vault)[0].text
    word = decided(card, event, why, grant=grant, at=datetime.now(UTC))
    said = Entry(Act.REVIEW, grant.pair, person, grant.role.value, word.finding, event.value)
    copilot.audit.append(said)
    copilot.record.reviews.append(word, grant)
    return next(each for each in _cards(copilot, grant) if each.finding.id == card.finding.id)


def wording(copilot: Copilot, grant: Grant[ReviewFlags]) -> Callable[[str], str]:
    """How a person reads the texts of a pair's cards: the pair with names, L&D without any that is known by now."""
    if grant.role is not Role.LND:
        return copilot.reveal(grant.pair, grant.principal)
    with copilot.record.vaults.open(grant.pair) as vault:
        opened = vault
    return lambda text: mask_known(text, vault=opened)


def wordings(copilot: Copilot, person: str) -> dict[str, Callable[[str], str]]:
    """For each pair whose cards a person may judge, how they read them."""
    return {grant.pair: wording(copilot, grant) for grant in _grants(copilot, person)}


def cases(copilot: Copilot, person: str) -> list[dict[str, object]]:
    """Decided cards as evaluation cases, masked, of pairs whose two people both allow evaluation; the log says so.

    Left out are pair, people and days; a reason is taken over where one of the pair gave it.

    Raises:
        NotFound: the programme has no such person.
    """
    made: list[dict[str, object]] = []
    for grant in _grants(copilot, person):
        if not _allowed(copilot, grant.pair, Purpose.EVALUATION):
            continue
        with copilot.record.vaults.open(grant.pair) as vault:
            opened = vault
        own = [
            _case(card, lambda text, vault=opened: mask_known(text, vault=vault))
            for card in _cards(copilot, grant)
            if card.state in {State.CONFIRMED, State.DISMISSED}
        ]
        if own:
            said = Entry(Act.EXPORT, grant.pair, person, grant.role.value, detail="review-cases", count=len(own))
            copilot.audit.append(said)
        made += own
    return made


def _case(card: Card, mask: Callable[[RedactedText], RedactedText]) -> dict[str, object]:
    one = card.finding
    last = _deciding(card)
    of_pair = last.role in {Role.MENTOR_COACH.value, Role.MENTEE.value}
    return {
        "id": hashlib.sha256(f"review case\x1f{one.pair}\x1f{one.id}".encode()).hexdigest()[:16],
        "kind": one.kind.value,
        "category": one.category,
        "tier": one.tier.value,
        "evidence": [mask(each) for each in one.evidence],
        "alternatives": [mask(each) for each in one.alternatives],
        "clears_when": mask(one.clears_when),
        "next_step": mask(one.next_step),
        "label": card.state.value,
        "by_role": last.role,
        "reason": mask(last.reason) if of_pair else None,
        "words": len(card.words),
    }


def _deciding(card: Card) -> ReviewWord:
    return next(each for each in reversed(card.words) if each.event in {Event.CONFIRM, Event.DISMISS})


def _grants(copilot: Copilot, person: str) -> Iterator[Grant[ReviewFlags]]:
    principal = copilot.person(person)
    for pair in copilot.programme().pairs:
        try:
            grant = authorize(principal, ReviewFlags, pair.id)
        except NotPermitted:
            continue
        if grant.role is not Role.LND or _allowed(copilot, pair.id, Purpose.PROGRAMME_REVIEW):
            yield grant


def _allowed(copilot: Copilot, pair: str, purpose: Purpose) -> bool:
    known = copilot.programme().pair(pair)
    return known is not None and copilot.consents.pair_allows((known.mentor, known.mentee), purpose)


def _cards(copilot: Copilot, grant: Grant[ReviewFlags]) -> tuple[Card, ...]:
    reviews = copilot.record.reviews
    words = reviews.words(grant)
    today = copilot.today
    return tuple(card_of(each, words, as_of=today) for each in reviews.findings(grant) if each.as_of <= today)


def _muted(copilot: Copilot, cards: Iterable[Card]) -> tuple[Precision, ...]:
    """Muted categories among the viewer's own cards; of others they hear nothing."""
    mine = {each.finding.category for each in cards}
    found = copilot.record.reviews.precisions(as_of=copilot.today)
    return tuple(each for name, each in sorted(found.items()) if each.muted and name in mine)
