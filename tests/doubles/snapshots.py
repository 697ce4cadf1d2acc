"""Three small snapshots to draft from, written as notes: a running pair, a first session, a mentor on leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from copilot.engines.protocol import Found, SessionTask, SessionWording, Told, Usage
from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind, ReadBy
from copilot.programme import Kpi, Pair, Stage
from copilot.snapshot import Away, KpiFacts, Snapshot
from guards.text import RedactedText, house, mint_redacted
from knowledge.corpus_files import load_corpus
from knowledge.passages import Citation, RedactedLine

NOTE = """# Session note
Objective: get the shadow run ready
- Label sheet, all 200 claims (CLM-118). At 0.70: precision 0.46, recall 0.53.
- Open: which threshold goes live after the shadow run. Option A: 0.70. Option B: 0.62 with reason codes.
- Done: <PERSON_2> labelled 200 closed claims (CLM-118).
- Moved: Add the alert reason codes to the nightly export (CLM-127, <PERSON_4>) to 2026-10-19.
- <PERSON_2>: Start the shadow run at both thresholds. Due 2026-10-14. Ticket CLM-140.
- <PERSON_2>: Put a cost on a missed case, not on alerts. Due 2026-10-19. Ticket CLM-141.
- Blocked: no access to the nightly export before the freeze ends."""
DAY, HELD = date(2026, 10, 19), date(2026, 10, 12)
_LINES = tuple(RedactedLine(mint_redacted(text), n, n) for n, text in enumerate(NOTE.split("\n"), 1))
PEOPLE = {
    "ada": house("<PERSON_1>"),
    "ben": house("<PERSON_2>"),
    "sam": house("<PERSON_3>"),
    "tom": house("<PERSON_4>"),
}


class PlainEngine:
    """The ``rules`` engine's answers: abstains everywhere."""

    name = "rules"
    model = "rules-double"
    words_freely = False

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        return ()

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        return None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        return None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        return None

    def usage(self) -> Usage:
        return Usage()


def at(line: int) -> Citation:
    return Citation("doc", house("2026-10-12.md"), line, line, _LINES[line - 1].text)


def mention(kind: MentionKind, line: int, words: str) -> Mention:
    return Mention(f"m{line}", "ada-ben", kind, mint_redacted(words), HELD, at(line), ReadBy.TEMPLATE)


def promise(line: int, words: str, *, owner: str | None, due: date | None, ticket: str | None) -> Commitment:
    return Commitment(
        id=f"c{line}", pair="ada-ben", action=mint_redacted(words), status=CommitmentStatus.OPEN, first_agreed=HELD,
        owner=owner, owner_text=None, due=due, due_text=None, ticket=ticket, age_days=(DAY - HELD).days,
        times_carried=0, citations=(at(line),),
    )  # fmt: skip


def running() -> Snapshot:
    """A pair in its sixth week."""
    kpi = Kpi("lead", "Share of referrals upheld", "delivery", "%", 31, 45, "higher", "sam", "referrals.csv")
    done = replace(promise(5, "labelled 200 closed claims", owner="ben", due=None, ticket="CLM-118"),
                   status=CommitmentStatus.DONE, closed=HELD)  # fmt: skip
    moved = replace(
        promise(6, "Add the alert reason codes to the nightly export", owner="tom", due=DAY, ticket="CLM-127"),
        moves=(date(2026, 10, 2),), times_carried=2,
    )  # fmt: skip
    return replace(
        first(), day=DAY, week=6, met=(HELD,),
        lines={"doc": _LINES}, lanes={"doc": "conversation"},
        kpi=KpiFacts(kpi, mint_redacted(kpi.name), house("%"), mint_redacted(kpi.source)),
        commitments=(
            done, moved,
            promise(7, "Start the shadow run at both thresholds", owner="ben", due=date(2026, 10, 14),
                    ticket="CLM-140"),
            promise(8, "Put a cost on a missed case, not on alerts", owner="ben", due=DAY, ticket="CLM-141"),
        ),
        mentions=(
            mention(MentionKind.ARTIFACT, 3, "Label sheet, all 200 claims (CLM-118)"),
            mention(MentionKind.METRIC, 3, "At 0.70: precision 0.46, recall 0.53"),
            mention(MentionKind.OPEN_DECISION, 4,
                    "which threshold goes live after the shadow run. Option A: 0.70. Option B: 0.62 with reason codes"),
            mention(MentionKind.BLOCKER, 9, "no access to the nightly export before the freeze ends"),
        ),
    )  # fmt: skip


def first() -> Snapshot:
    """A pair with no note yet."""
    corpus = load_corpus()
    blueprint = corpus.blueprint("session-60")
    assert blueprint is not None
    signed = (("mentor_agreement", date(2026, 9, 1)),)
    return Snapshot(
        pair=Pair("ada-ben", "ada", "ben", "sam", "lead", date(2026, 9, 7),
                  stage=Stage.MODEL_VALIDATION, signed=signed),
        day=date(2026, 9, 7), day_reason="asked for", week=0, weeks=12, cadence_days=7, blueprint=blueprint,
        corpus=corpus, people=PEOPLE,
    )  # fmt: skip


def leave() -> Snapshot:
    """The running pair on a day its mentor is away."""
    return replace(running(), away=(Away("ada", DAY + timedelta(days=4)),))
