"""The whole API under generated requests, as every kind of caller: no 5xx, nothing undescribed, nothing foreign.

Requests come from the OpenAPI description (Schemathesis), valid and broken, half of them with ids that exist. The home
holds two pairs whose notes carry planted words; no answer may hold a word that its caller may not read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi import checks

from benchmarks.figures import Figure, Share, show
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.composing import draft_for
from copilot.ingest import Options
from copilot.intake import prepare
from copilot.intake import run as read_notes
from copilot.settings import Settings
from copilot.snapshot import Request
from copilot.stores.protocols import DocumentRow
from copilot.tokens import Scope, TokenKind, issue
from guards.access import ReadConversation, authorize
from guards.redaction import Redactor
from server.app import create_app
from server.limits import Rates

CASES: Final = 100_000
_DESCRIBED: Final[Any] = checks
_LOADERS: Final[Any] = schemathesis.openapi
_LEFT_OUT: Final = frozenset({("POST", "/api/v1/evals/runs")})
"""Each would start a whole evaluation as a process of its own."""
_EVERY: Final[Any] = list(HealthCheck)
_FAST: Final = Rates(10**9, 10**9, 10**9)
_BOTH: Final = frozenset({Scope.READ, Scope.WRITE})
WORDS: Final[Mapping[str, str]] = {"p1": "quillwort", "p2": "zephyrine"}
"""One planted word for each pair's conversation."""
CALLERS: Final[Mapping[str, frozenset[str]]] = {
    "ada": frozenset({"p1"}), "ben": frozenset({"p1"}), "sam": frozenset(), "lea": frozenset(),
    "cy": frozenset({"p2"}), "out": frozenset(),
}  # fmt: skip
"""People, and the pairs whose planted word they may read."""
_PROGRAMME: Final = """
programme: {id: two, name: Two pairs, start: 2026-09-07, weeks: 12, cadence_days: 7}
people:
  - {id: ada, name: Ada Nwosu, roles: [mentor_coach]}
  - {id: ben, name: Ben Carter, roles: [mentee]}
  - {id: sam, name: Sam Reyes, roles: [sponsor]}
  - {id: lea, name: Lea Novak, roles: [lnd]}
  - {id: cy, name: Cy Abara, roles: [mentor_coach]}
  - {id: dee, name: Dee Marsh, roles: [mentee]}
  - {id: out, name: Otto Unger, roles: [other]}
kpis:
  - {id: lead-time, name: Lead time, layer: delivery, unit: days, baseline: 98, target: 70, better: lower, owner: sam,
     source: tickets.csv, window_days: 90}
pairs:
  - {id: p1, mentor: ada, mentee: ben, sponsor: sam, kpi: lead-time, started: 2026-09-07,
     signed: {mentor_agreement: 2026-09-01, coach_charter: 2026-09-01, data_access: 2026-09-02}}
  - {id: p2, mentor: cy, mentee: dee, started: 2026-09-07,
     signed: {mentor_agreement: 2026-09-01, coach_charter: 2026-09-01, data_access: 2026-09-02}}
"""
_NOTE: Final = """# Session note

## Objective

Agree what counts as done for {word}.

## Artifacts reviewed

- The {word} sheet.

## Decisions

- Two people label {word} cases.

## Micro-commitments

- {name}: Label 200 {word} cases. Due 2026-09-21. Ticket CLM-118.

## Escalation flags

- Blocked: {word} data access waits for the sponsor.
"""


@dataclass(slots=True)
class Told:
    """What came of the requests, counted over every caller."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter[int])
    server_errors: list[str] = field(default_factory=list[str])
    undescribed: list[str] = field(default_factory=list[str])
    foreign: list[str] = field(default_factory=list[str])

    def figures(self) -> list[Figure]:
        """The three bounds; each wants none."""
        return [
            Share("API: answers of 5xx", len(self.server_errors), self.cases, most=0),
            Share("API: answers that are not described", len(self.undescribed), self.cases, most=0),
            Share("API: answers with something foreign", len(self.foreign), self.cases, most=0),
        ]


def build(folder: Path, *, redactor: Redactor | None = None) -> Copilot:
    """A home with two pairs, a note and a draft for each."""
    notes = folder / "notes"
    for pair, name in (("p1", "Ben"), ("p2", "Dee")):
        (notes / pair).mkdir(parents=True)
        text = _NOTE.format(word=WORDS[pair], name=name)
        (notes / pair / "2026-09-14.md").write_text(text, encoding="utf-8")
    (notes / "programme.yaml").write_text(_PROGRAMME, encoding="utf-8")
    settings_ = Settings(home=folder / "home", engine="rules")
    copilot = bootstrap(settings_, overrides=Overrides(redactor=redactor))
    done = list(read_notes(copilot, prepare(copilot, [notes]), options=Options()))
    assert not [each.problem for each in done if each.problem]  # noqa: S101 - our own notes read
    return copilot


def known_ids(copilot: Copilot) -> dict[str, list[str]]:
    """Ids that exist, by the name of the path parameter that takes them."""
    drafts = [draft_for(copilot, Request(pair), principal=copilot.principal(pair)) for pair in WORDS]
    return {
        "pair": [*WORDS], "draft": [each.id for each in drafts], "item": ["1.1", "2.1", "c1"],
        "commitment": [each.id for draft in drafts for each in draft.commitments],
        "person": [*CALLERS], "role": ["sponsor", "lnd"], "pair_id": [*WORDS],
        "document": [each.id for pair in WORDS for each in _documents(copilot, pair)],
        "criterion": [each.id for draft in drafts for each in draft.criteria],
    }  # fmt: skip


def _documents(copilot: Copilot, pair: str) -> Sequence[DocumentRow]:
    grant = authorize(copilot.principal(pair), ReadConversation, pair)
    return copilot.record.reader(grant).documents()


def sweep(
    copilot: Copilot, client: TestClient, *, cases: int, seed_: int = 7, callers: Sequence[str] = (*CALLERS,)
) -> Told:
    """Send about ``cases`` requests, spread evenly over callers and operations."""
    told = Told()
    ids = known_ids(copilot)
    schema = _LOADERS.from_dict(client.get("/api/v1/openapi.json").json())
    every: list[Any] = [each.ok() for each in schema.get_all_operations()]
    operations = [each for each in every if (each.method.upper(), each.path) not in _LEFT_OUT]
    each_gets = max(1, round(cases / (len(operations) * len(callers) * 2)))
    for caller in callers:
        token = issue(copilot.tokens, person=caller, kind=TokenKind.API, scopes=_BOTH, now=datetime.now(UTC))
        headers = {"Authorization": f"Bearer {token.secret}"}
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _send(operation, mode, client, headers, caller, ids, told, each_gets, seed_)
    return told


_CHECKS: Final[list[Any]] = [
    _DESCRIBED.status_code_conformance, _DESCRIBED.content_type_conformance, _DESCRIBED.response_schema_conformance,
]  # fmt: skip


def _send(  # noqa: PLR0913, PLR0917 - one request's circumstances
    operation: Any, mode: GenerationMode, client: TestClient, headers: Mapping[str, str],
    caller: str, ids: Mapping[str, Sequence[str]], told: Told, count: int, seed_: int,
) -> None:  # fmt: skip
    @seed(seed_)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=_EVERY,
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.randoms(use_true_random=False))
    def one(case: Any, real: Any) -> None:
        for name in case.path_parameters:
            if ids.get(name) and real.random() < 0.6:
                case.path_parameters[name] = real.choice(ids[name])
        sent = case.as_transport_kwargs(base_url="http://testserver", headers=dict(headers))
        response = client.request(**{name: value for name, value in sent.items() if value is not None})
        _judge(case, response, caller, told)

    one()


def _judge(case: Any, response: Any, caller: str, told: Told) -> None:
    where = f"{caller} {case.method} {case.operation.path}: {response.status_code}"
    told.cases += 1
    told.statuses[response.status_code] += 1
    if response.status_code >= 500:
        told.server_errors.append(where)
        return
    body = response.content.decode(errors="replace").casefold()
    told.foreign += [f"{where} {pair}" for pair in _foreign(caller) if WORDS[pair] in body]
    try:
        case.validate_response(response, checks=_CHECKS)
    except (Failure, FailureGroup) as failure:
        told.undescribed.append(f"{where}: {' '.join(str(failure).split())[:300]}")


def _foreign(caller: str) -> Iterator[str]:
    yield from (pair for pair in WORDS if pair not in CALLERS[caller])


def figures(*, cases: int = CASES) -> list[Figure]:
    """Sweep the API of a fresh home with the real redactor."""
    with tempfile.TemporaryDirectory() as folder, build(Path(folder)) as copilot:
        app = create_app(copilot, hosts=("testserver", "localhost"), warm=False, rates=_FAST)
        started = time.monotonic()
        with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
            told = sweep(copilot, client, cases=cases)
        sys.stderr.write(f"{told.cases} cases in {time.monotonic() - started:.0f} s; {dict(told.statuses)}\n")
        for line in [*told.server_errors, *told.foreign, *told.undescribed][:40]:
            sys.stderr.write(f"{line}\n")
        return told.figures()


def main() -> None:
    """Sweep and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    show("The API under generated requests", figures(cases=parser.parse_args().cases))


if __name__ == "__main__":
    main()
