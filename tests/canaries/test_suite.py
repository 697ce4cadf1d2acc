"""Planted values go down every path and reach nobody; a part that is broken on purpose is found out, path by path."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import canary_paths
from benchmarks.canaries import Outcome, figures_of, judged, rules_setting
from benchmarks.canary_paths import Setting, recorded
from benchmarks.canary_values import LISTED, STRUCTURED, Kind, planted
from benchmarks.canary_world import build_world
from copilot.bootstrap import Copilot, Overrides
from copilot.composing import draft_for
from copilot.drafts import Draft
from copilot.engines.protocol import Told
from copilot.snapshot import Request
from guards.access import Grant, Principal, ReviewFlags
from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms
from guards.redaction import Redaction, Redactor
from guards.text import RawText, RedactedText, mint_redacted
from guards.vault import Vault

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SAMPLE = 60
KNOWN = LISTED | STRUCTURED


def setting_in(folder: Path, count: int = SAMPLE) -> Setting:
    """A world of a few values, on roster and rules alone."""
    return replace(rules_setting(build_world(folder / "world", planted(count)), folder), quick=True)


def run(setting: Setting, paths: Sequence[str] | None = None) -> Outcome:
    """The suite, or some of its paths."""
    chosen = canary_paths.PATHS
    if paths is not None:
        chosen = tuple(each for each in chosen if getattr(each, "__name__", "") in paths)
        assert len(chosen) == len(paths)
    return judged(setting.world, recorded(setting, chosen))


def test_nothing_known_leaks_on_any_path(tmp_path: Path) -> None:
    outcome = run(setting_in(tmp_path))
    bad = {
        place: [outcome.world.values[no].text for no in outcome.of(KNOWN | {Kind.HELD}, [place])]
        for place in outcome.searched
        if place != "what somebody typed, said back to them"
    }
    assert {place: found for place, found in bad.items() if found} == {}
    assert "crash" not in outcome.searched
    assert len(outcome.searched) >= 15, "a path was not recorded"
    assert outcome.searched["model calls"] > 5_000
    assert outcome.searched["record, write-ahead log"] > 50_000
    assert outcome.searched["views outside the pair"] > 50_000
    assert outcome.searched["evaluation cases"] > 500
    assert outcome.searched["streamed wording"] > 100
    assert "tracing" not in outcome.searched
    met = [each.met for each in figures_of(outcome) if each.name.startswith("  known values in")]
    assert all(met)
    assert len(met) >= 14


class Leaky:
    """A redactor that lets every third text through as it is."""

    policy = "leaky"

    def __init__(self, inner: Redactor) -> None:
        self._inner = inner

    def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
        return [self._one(each, vault, transcript=transcript) for each in texts]

    def _one(self, raw: RawText, vault: Vault, *, transcript: bool) -> Redaction:
        if len(raw) % 3:
            return Redaction(mint_redacted(raw.unseal()), ())
        return self._inner.redact([raw], vault=vault, transcript=transcript)[0]


def broken(setting: Setting, **parts: object) -> Setting:
    assert setting.overrides.redactor is not None
    return replace(setting, overrides=Overrides(redactor=Leaky(setting.overrides.redactor)), **parts)


def test_a_redactor_that_leaks_is_found_and_the_door_still_holds(tmp_path: Path) -> None:
    setting = broken(setting_in(tmp_path, 40))
    outcome = run(setting, ["_ingest"])
    for place in ("record, rows", "record, bytes", "record, write-ahead log", "full-text index"):
        assert outcome.of(STRUCTURED, [place]), place
    assert outcome.of(LISTED, ["record, write-ahead log"]), "masked again when the files are done, and seen before"
    assert outcome.of(LISTED, ["model calls"]) == frozenset(), "the door is the second wall"


def open_door(copilot: Copilot) -> None:
    """A door that knows nobody."""
    copilot.__dict__["door"] = EgressDoor(no_forms, log=CallLog(copilot.home.egress_log))


def test_a_door_that_knows_nobody_is_found(tmp_path: Path) -> None:
    outcome = run(broken(setting_in(tmp_path, 40), change=open_door), ["_ingest", "_cassettes"])
    assert outcome.of(KNOWN, ["model calls"])
    assert outcome.of(KNOWN, ["cassette of the calls"])


def chatty(copilot: Copilot) -> None:
    """Something that logs what it is about to mask."""
    redactor = copilot.redactor

    class Chatty(Leaky):
        def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
            logging.getLogger("chatty").debug("masking %s", [each.unseal() for each in texts])
            return redactor.redact(texts, vault=vault, transcript=transcript)

    copilot.__dict__["redactor"] = Chatty(redactor)


def test_a_log_line_with_a_name_is_found(tmp_path: Path) -> None:
    outcome = run(replace(setting_in(tmp_path, 40), change=chatty), ["_ingest"])
    assert outcome.of(KNOWN, ["logs at DEBUG level"])
    assert outcome.of(KNOWN, ["model calls"]) == frozenset()


def test_a_queue_that_puts_names_back_for_lnd_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(copilot: Copilot, grant: Grant[ReviewFlags]) -> Callable[[str], str]:
        return copilot.reveal(grant.pair, copilot.principal(grant.pair))

    monkeypatch.setattr("copilot.reviewing.wording", named)
    outcome = run(setting_in(tmp_path, 40), ["_ingest", "judged"])
    assert outcome.of(LISTED, ["views outside the pair"])
    assert outcome.of(KNOWN, ["model calls"]) == frozenset()


def test_wording_that_tells_names_while_it_streams_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(copilot: Copilot, request: Request, *, principal: Principal, told: Told | None = None) -> Draft:
        reveal = copilot.reveal(request.pair, principal)

        def shown(kind: str, text: RedactedText) -> None:
            assert told is not None
            told(kind, mint_redacted(reveal(text)))

        return draft_for(copilot, request, principal=principal, told=shown)

    monkeypatch.setattr("benchmarks.canary_newer.draft_for", named)
    outcome = run(setting_in(tmp_path, 40), ["_ingest", "worded"])
    assert outcome.of(KNOWN, ["streamed wording"])


PLACES = (
    "views outside the pair", "evaluation cases", "streamed wording",
    "model calls", "tracing", "messages", "warnings", "call log", "vector index", "full-text index", "drafts",
    "output where no name may be", "sponsor's page", "keys, lock and other files", "cassettes in the project",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_one_planted_form_is_found_in_any_place(tmp_path: Path, place: str) -> None:
    from benchmarks.canary_run import Recording

    world = build_world(tmp_path / "world", planted(40))
    for value in (each for each in world.values if each.kind is not Kind.HELD):
        outcome = judged(world, [Recording(place, b"before \x00" + value.forms[5].encode() + b" after")])
        assert value.no in outcome.leaks[place]


def test_a_page_of_one_pair_may_not_hold_what_is_another_pairs(tmp_path: Path) -> None:
    from benchmarks.canary_run import Recording

    world = build_world(tmp_path / "world", planted(40))
    value = next(each for each in world.values if each.kind is Kind.EMAIL)
    mine = world.pair_of[value.no]
    other = next(each for each in world.pairs if each != mine)
    for pair, leaks in ((mine, False), (other, True)):
        outcome = judged(world, [Recording("exports and pages", value.text.encode(), pair)])
        assert (value.no in outcome.leaks["exports and pages"]) is leaks


@pytest.mark.weights
def test_nothing_known_leaks_with_the_name_model(tmp_path: Path) -> None:
    from copilot.settings import read_settings
    from copilot.weights import small_weights, weights_folder

    if small_weights(weights_folder(read_settings())).rampart is None:
        pytest.skip("needs the small model weights: run coach model install --small")
    world = build_world(tmp_path / "world", planted(40))
    outcome = run(Setting(world, tmp_path, quick=True), ["_ingest", "_streams"])
    assert outcome.of(KNOWN | {Kind.HELD}) == frozenset()
    assert outcome.searched["model calls"] > 1_000
