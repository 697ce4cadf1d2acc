"""Everything a draft rests on, frozen. What follows is a pure function of it, so a draft can be replayed.

``collect`` is the only part of drafting that reads anything: the ledger, mentions, cited lines, the calendar, the
programme's KPI, and passages near the decision at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Protocol

from copilot.calendar import days_met, next_session
from copilot.errors import BadInput, NotFound
from copilot.ledger_views import with_owners_gone
from copilot.mentions import Commitment, Decision, Mention, MentionKind
from copilot.programme import Kpi, Pair, Programme, SessionRecord
from copilot.stores.protocols import PairReader
from guards.access import Lane, Role, audience
from guards.held import kept_back, kinds_of
from guards.roster_mask import mask_known
from guards.text import RedactedText
from guards.vault import Vault
from knowledge.corpus_files import Blueprint, Corpus
from knowledge.passages import Passage, RedactedLine

_OF_PAIR: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE})

Near = Callable[[RedactedText, int], Sequence[Passage]]
"""The ``k`` passages of the pair nearest to a query, best first, held ones left out."""


class Fold(Protocol):
    """The ledger, as drafting needs it."""

    def __call__(
        self,
        mentions: Iterable[Mention],
        decisions: Iterable[Decision],
        sessions: Iterable[SessionRecord],
        *,
        as_of: date,
    ) -> tuple[Commitment, ...]:
        """Every commitment as it stands on a day."""
        ...


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody the programme says is away on the day of the session, and until when."""

    person: str
    until: date


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """The pair's KPI with its words masked; numbers as the programme file has them."""

    kpi: Kpi
    name: RedactedText
    unit: RedactedText
    source: RedactedText


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was known about one pair for one day. ``lines`` holds every line of each cited document."""

    pair: Pair
    day: date
    day_reason: str
    week: int
    weeks: int
    cadence_days: int
    blueprint: Blueprint
    corpus: Corpus
    people: Mapping[str, RedactedText]
    commitments: tuple[Commitment, ...] = ()
    mentions: tuple[Mention, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    met: tuple[date, ...] = ()
    lines: Mapping[str, tuple[RedactedLine, ...]] = field(default_factory=dict[str, tuple[RedactedLine, ...]])
    lanes: Mapping[str, str] = field(default_factory=dict[str, str])
    kpi: KpiFacts | None = None
    away: tuple[Away, ...] = ()
    found: tuple[Passage, ...] = ()
    policy: str = ""
    held_back: int = 0
    held_kinds: tuple[tuple[str, int], ...] = ()
    """What was held back, by kind, with how many passages each."""
    escalation_how: RedactedText | None = None
    """How the mentor agreement says an escalation is made, masked."""
    lead: str | None = None
    """Who runs the programme: the next step where a sponsor does not answer."""

    @property
    def last(self) -> date | None:
        """The last session that took place before this day."""
        return self.met[-1] if self.met else None

    def who(self, person: str | None) -> RedactedText | None:
        """The placeholder of a roster person."""
        return self.people.get(person) if person else None

    def audience(self, documents: Sequence[str]) -> tuple[str, ...]:
        """Who may see a draft resting on these documents: the intersection of their audiences, within the pair."""
        return tuple(sorted(audience(Lane(self.lanes.get(each, Lane.CONVERSATION)) for each in documents) & _OF_PAIR))


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: a pair, perhaps a day and a length."""

    pair: str
    day: date | None = None
    minutes: int | None = None


def collect(  # noqa: PLR0913 - the parts a home is made of, each replaceable
    request: Request,
    *,
    programme: Programme,
    reader: PairReader,
    vault: Vault,
    corpus: Corpus,
    fold: Fold,
    near: Near | None = None,
    policy: str = "",
    opted_in: bool = False,
    through: bool = False,
) -> Snapshot:
    """Read everything the draft needs and freeze it.

    Mentions on held passages are left out here, whoever read them. ``opted_in`` says that the pair has opened its
    sensitive passages to drafts by the engine at hand. Mentions of the day itself are not known yet when the session
    is prepared; with ``through`` they are, for papers as of its evening.

    Raises:
        NotFound: the programme has no such pair.
        BadInput: there is no blueprint of that length.
    """
    pair = programme.pair(request.pair)
    if pair is None:
        raise NotFound(f"no pair {request.pair} in the programme: see the ids under `pairs` in programme.yaml")
    cadence = pair.cadence_days or programme.cadence_days
    sessions = reader.sessions()
    day, reason = (request.day, "asked for") if request.day else next_session(pair, programme, sessions)
    held = tuple(each for each in reader.all_passages() if kept_back(each.held, opted_in=opted_in))
    first_unknown = day + timedelta(days=1) if through else day
    mentions = _usable(reader, first_unknown, held)
    decisions = tuple(each for each in reader.decisions() if each.day <= day)
    sessions = tuple(each for each in sessions if each.day < first_unknown)
    commitments = with_owners_gone(fold(mentions, decisions, sessions, as_of=day), pair=pair, programme=programme)
    found = tuple(each for each in _near(mentions, near, first_unknown) if not kept_back(each.held, opted_in=opted_in))
    reasons = [each.held for each in held if each.session_date < first_unknown]
    wanted = sorted({*_cited(mentions, commitments), *(each.document for each in found)})
    return Snapshot(
        pair=pair, day=day, day_reason=reason, week=programme.week_of(day), weeks=programme.weeks,
        cadence_days=cadence, blueprint=_blueprint(corpus, request, pair, programme), corpus=corpus,
        people={each: vault.placeholder_of(each) for each in _people(programme, pair, commitments)},
        commitments=commitments, mentions=mentions, decisions=decisions, sessions=sessions,
        met=days_met(sessions, mentions),
        lines={each: _open_lines(reader, each, held) for each in wanted},
        lanes={row.id: str(row.lane) for row in reader.documents()},
        kpi=_kpi(programme, pair, vault), away=_away(programme, pair, day),
        found=found, policy=policy, held_back=len(reasons), held_kinds=kinds_of(reasons), lead=_lead(programme),
        escalation_how=_how(pair, vault),
    )  # fmt: skip


def _usable(reader: PairReader, day: date, held: Sequence[Passage]) -> tuple[Mention, ...]:
    return tuple(
        mention
        for mention in reader.mentions()
        if mention.session_date < day and not any(_inside(mention, passage) for passage in held)
    )


def _inside(mention: Mention, passage: Passage) -> bool:
    at = mention.citation
    return at.document == passage.document and at.first <= passage.last and passage.first <= at.last


def _open_lines(reader: PairReader, document: str, held: Sequence[Passage]) -> tuple[RedactedLine, ...]:
    """The lines of a document without those of held passages: what isn't here can neither be quoted nor cited."""
    spans = [(each.first, each.last) for each in held if each.document == document]
    lines = reader.lines(document, 1, 10**9)
    return tuple(line for line in lines if not any(line.first <= last and first <= line.last for first, last in spans))


def _cited(mentions: Sequence[Mention], commitments: Sequence[Commitment]) -> tuple[str, ...]:
    documents = {each.citation.document for each in mentions}
    documents |= {citation.document for each in commitments for citation in each.citations}
    return tuple(sorted(documents))


def _lead(programme: Programme) -> str | None:
    return next((each.id for each in programme.people if Role.LND in each.roles), None)


def _people(programme: Programme, pair: Pair, commitments: Sequence[Commitment]) -> list[str]:
    """Whom the draft may name: the pair's own, the KPI's owner, the lead, and who owes something."""
    kpi = next((each for each in programme.kpis if each.id == pair.kpi), None)
    named = {pair.mentor, pair.mentee, pair.sponsor, _lead(programme), kpi.owner if kpi else None}
    named |= {each.owner for each in commitments}
    if pair.escalation is not None:
        named |= {pair.escalation.to, pair.escalation.then}
    return sorted(each for each in named if each and programme.person(each))


def _blueprint(corpus: Corpus, request: Request, pair: Pair, programme: Programme) -> Blueprint:
    wanted = f"session-{request.minutes}" if request.minutes else pair.blueprint or programme.blueprint
    found = corpus.blueprint(wanted)
    if found is None:
        known = ", ".join(each.id for each in corpus.blueprints)
        raise BadInput(f"no blueprint {wanted}: there are {known}")
    return found


def _kpi(programme: Programme, pair: Pair, vault: Vault) -> KpiFacts | None:
    kpi = next((each for each in programme.kpis if each.id == pair.kpi), None)
    if kpi is None:
        return None
    lines = "\n".join(" ".join(text.split()) for text in (kpi.name, kpi.unit, kpi.source))
    name, unit, source = mask_known(lines, vault=vault).lines()
    return KpiFacts(kpi, name, unit, source)


def _how(pair: Pair, vault: Vault) -> RedactedText | None:
    if pair.escalation is None or pair.escalation.how is None:
        return None
    return mask_known(" ".join(pair.escalation.how.split()), vault=vault).trimmed(" .")


def _away(programme: Programme, pair: Pair, day: date) -> tuple[Away, ...]:
    found: list[Away] = []
    for person_id in (pair.mentor, pair.mentee, pair.sponsor):
        person = programme.person(person_id) if person_id else None
        periods = [each for each in person.away if day in each] if person else []
        if person and periods:
            found.append(Away(person.id, max(each.end for each in periods)))
    return tuple(found)


def _near(mentions: Sequence[Mention], near: Near | None, day: date) -> tuple[Passage, ...]:
    asked = [each for each in mentions if each.kind in {MentionKind.OPEN_DECISION, MentionKind.DECISION}]
    if near is None or not asked:
        return ()
    latest = max(asked, key=lambda each: (each.session_date, each.kind is MentionKind.OPEN_DECISION))
    found = near(latest.text, 6)
    return tuple(each for each in found if each.session_date < day)


def first_day_back(away: Away) -> date:
    """The first weekday after somebody's leave; a declared rule."""
    day = away.until + timedelta(days=1)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
