"""Every role, state, lane, document kind and way of reading: a canary is seen by those alone who may see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from guards.access import Lane
from knowledge.passages import DocumentKind
from tests.doubles import walls


def test_no_canary_is_seen_by_somebody_it_is_not_for(tmp_path: Path) -> None:
    leaks: Counter[tuple[str, str, str]] = Counter()
    seen: dict[tuple[str, str], int] = defaultdict(int)
    count = 0
    for state, role, where, found, may in walls.checked(tmp_path):
        count += 1
        if found and not may:
            leaks[state, role, where] += 1
        seen[state, role] += found
    assert not leaks
    assert count > 100_000
    everybody = {(state, role) for state in walls.STATES for role in walls.VIEWERS if role != walls.NOBODY}
    assert {key for key, hits in seen.items() if hits} == everybody  # a search that finds nothing proves nothing


def test_each_kind_of_canary_reaches_the_pair_so_that_its_absence_elsewhere_means_something(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    told = " ".join(walls.readings(run, "mentor_coach", tmp_path, walls.made_drafts(run)).values())
    missing = {place for lane, kind, place in walls.planted() if walls.canary(lane, kind, place) not in told}
    assert missing == {"held"}


def test_the_index_holds_no_word_of_a_note(tmp_path: Path) -> None:
    stored = walls.stored_vectors(walls.home(tmp_path))
    assert len(stored) > 1000
    assert not [each for each in walls.planted() if walls.canary(*each).encode() in stored]


def test_an_old_draft_is_closed_by_a_withdrawal_and_open_again_with_consent(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    (draft,) = walls.made_drafts(run)
    shown = walls.canary(Lane.CONVERSATION, DocumentKind.NOTE, "committed")
    everything = " ".join(walls.said(run, "why", draft, f"{box}.1") for box in range(1, 6))
    assert "zq" in everything
    assert shown
    walls.bring_to(run, "mentee withdrew")
    for role, word in (("mentor_coach", "ben withdrew consent to session_prep"), ("mentee", "was withdrawn since")):
        said = walls.said(run, "why", draft, "2.1", "--as", role)
        assert word in said
        assert "zq" not in said
    walls.bring_to(run, "open")
    assert "zq" in walls.said(run, "why", draft, "2.1")


def test_the_gate_names_pair_papers_and_place_in_one_line(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    walls.bring_to(run, "no papers")
    said = walls.said(run, "prep", "p")
    assert all(each in said for each in ("NotPermitted", "pair p", "coach_charter", "data_access", "programme.yaml"))
    assert "\n" not in said


def test_consent_is_each_persons_own(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    assert "cannot speak for ben" in walls.said(run, "consent", "withdraw", "ben", "session_prep", "--as", "ada")
    assert "of no pair" in walls.said(run, "consent", "give", "sam", "evaluation")
    assert "counts now for p" in walls.said(run, "consent", "withdraw", "ben", "session_prep")
    assert "ben withdrew" in walls.said(run, "search", "p", "notes")
    assert "zq" in walls.said(run, "search", "p", "notes", "--as", "mentee")
    assert "ben              session_prep         not allowed" in walls.said(run, "consent", "list", "ben")
    walls.said(run, "consent", "give", "ben", "session_prep")
    assert "zq" in walls.said(run, "search", "p", "notes")


def test_without_consent_no_endpoint_is_asked_and_the_page_says_so(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    assert "No model outside" not in walls.said(run, "prep", "p", "--date", "2026-09-21")
    walls.said(run, "consent", "withdraw", "ada", "endpoint_model")
    assert "No model outside this machine was asked" in walls.said(run, "prep", "p", "--date", "2026-09-21")
    with run.copilot(engine="endpoint", openai_base_url="http://127.0.0.1:9/v1") as copilot:
        assert copilot.settings.without_endpoint().openai_base_url is None
        assert copilot.settings.without_endpoint().engine == "auto"
        assert not copilot.endpoint_allowed("p")


def test_a_preview_by_lnd_counts_and_names_nothing(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    told = walls.said(run, "wall", "preview", "p", "--as", "sponsor", "--by", "lnd")
    assert "zq" not in told
    assert "lane: conversation is the pair's" in told
    assert "held back: off the record (1)" in told
    assert "15 shown, 15 withheld (not shared)" in told
    assert "NotPermitted" in walls.said(run, "wall", "preview", "p", "--as", "mentee", "--by", "sam")


def test_papers_reach_the_pair_and_cards_those_who_judge_them(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    told = walls.readings(run, "mentor_coach", tmp_path, ())
    for kind in ("note", "escalation", "evidence", "sponsor", "blockers"):
        assert "zq" in told[f"draft {kind} json"], kind
    assert "zq" in told["review list --json"]
    assert "process-card" not in told["review list --json"]
    lnd = walls.readings(run, "lnd", tmp_path, ())
    assert "process-card" in lnd["review list --json"]
    assert "zq" not in lnd["review list --json"]
    assert "own-card" not in lnd["review list --json"]
    for where in ("flags", "review list", "audit show --json"):
        assert "zq" not in told["audit show --json"] + lnd[where]
