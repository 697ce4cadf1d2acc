"""What the local model really answered, replayed through the gateway, the door and every check on an answer.

A changed prompt, schema or setting changes the body and finds no recording: ``make record`` asks the model again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from copilot.engines.chat import ChatEngine
from copilot.engines.gateway import ChatGateway, Limits
from copilot.engines.local import Address
from copilot.engines.protocol import Found, SessionTask, SessionWording
from copilot.programme_file import load_programme
from guards.call_log import CallLog
from guards.egress import EgressDoor
from guards.egress_http import HttpDoor
from guards.leakage import Forms
from guards.text import house
from tests.copilot.engines.conftest import CASSETTES

COACH = house("<PERSON_1>: ")
MENTEE = house("<PERSON_2>: ")
WITH_A_PROMISE = [
    (41, COACH + house("How far is the labelling?")),
    (42, MENTEE + house("I'll label the other 200 claims by Friday, that's CLM-12.")),
    (43, COACH + house("Good. <PERSON_3> will ask legal about retention.")),
]
WITHOUT = [
    (7, COACH + house("The batch job reloads the table every night.")),
    (8, MENTEE + house("We finished the labelling on Tuesday.")),
    (9, COACH + house("What would you do if recall drops below 90 %?")),
]
TOOLS = [
    house("Feedback by situation, behaviour and impact"),
    house("Frame a hypothesis with a measure and an end date"),
    house("Plan the rollback before the release"),
    house("Map who must agree and what each needs to see"),
]
SESSION = SessionTask(
    lines=(
        house("Done: <PERSON_2> labelled 200 closed claims (CLM-118)."),
        house("Open: which threshold goes live after the shadow run. Option A: 0.70. Option B: 0.62."),
        house("Blocked: no access to the nightly export before the freeze ends."),
    ),
    actions=(house("I'll ask <PERSON_3> for access by Friday"),),
    tools=tuple(TOOLS),
    decision=house("which threshold goes live after the shadow run"),
)
"""Asked of the local model as if it were a strong one: what a strong one says is not recorded here."""
LONG_NOTES = [(line, MENTEE + house("I'll send the summary to <PERSON_3> on Monday.")) for line in range(1, 4)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A task, what comes of it, and how many calls it takes."""

    ask: Callable[[ChatEngine], object]
    gives: object
    calls: int = 1
    answer_tokens: int = 400


CASES = {
    "window-with-promises": Recorded(
        lambda engine: engine.find_commitments(WITH_A_PROMISE),
        (
            Found(42, None, "label the other 200 claims", "by Friday", "CLM-12"),
            Found(43, "<PERSON_3>", "ask legal about retention", None, None),
        ),
    ),
    "window-without": Recorded(lambda engine: engine.find_commitments(WITHOUT), ()),
    "choose": Recorded(
        lambda engine: engine.choose(house("How do we go back if the new model fails in production?"), TOOLS), 2
    ),
    "imperative": Recorded(
        lambda engine: engine.imperative(house("I'll try to label 200 claims by Friday (CLM-12)")),
        "Label 200 claims by Friday (CLM-12)",
    ),
    "session": Recorded(
        lambda engine: engine.word_session(SESSION),
        SessionWording(
            questions=(
                house("What is the current threshold for live claims after the shadow run?"),
                house("What is the proposed threshold for live claims after the shadow run?"),
                house("What is the deadline for the rollback before the release?"),
            ),
            tool=0,
            dropped=(
                (house("(a wording of the model)"), "summary: a placeholder that could mean several people"),
                (house("(a wording of the model)"), "action: no imperative, it starts with who does it"),
            ),
        ),
    ),
    "cut-off-twice": Recorded(lambda engine: engine.find_commitments(LONG_NOTES), (), calls=2, answer_tokens=24),
}


def door(tmp_path: Path) -> HttpDoor:
    return HttpDoor(EgressDoor(lambda _pair: frozenset({"Priya"}), log=CallLog(tmp_path / "calls.jsonl")), timeout=60)


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Recorded:
    return CASES[request.param]


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    """One file per case, named like it."""
    return str(request.node.callspec.params["case"])


@pytest.fixture
def gateway(model_address: Address, case: Recorded, tmp_path: Path) -> Iterator[ChatGateway]:
    client = door(tmp_path).client(pair="p")
    limits = Limits(attempts=1, answer_tokens=case.answer_tokens)
    with client:
        yield ChatGateway(
            model="local", base_url=model_address.base_url, api_key=model_address.key, client=client, limits=limits
        )


@pytest.mark.vcr
@pytest.mark.parametrize("case", CASES, indirect=True)
def test_what_the_model_answered(case: Recorded, gateway: ChatGateway, vcr: Any, record_mode: str) -> None:
    engine = ChatEngine(gateway, name="local", model="recorded", words_freely=True)
    assert case.ask(engine) == case.gives
    assert engine.usage().calls == case.calls == vcr.play_count + (0 if record_mode == "none" else case.calls)
    assert vcr.all_played or record_mode != "none"
    assert engine.usage().prompt_tokens > 0


def test_every_cassette_has_its_case_and_every_case_its_cassette() -> None:
    assert {path.name for path in CASSETTES.iterdir()} == {f"{name}.yaml" for name in CASES}


@pytest.mark.parametrize("path", sorted(CASSETTES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_cassette_holds_no_name_no_key_and_nothing_of_the_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert leaks(text) == []
    assert forms_of_the_sample().found_in(text.encode()) == 0


@pytest.mark.parametrize(
    "line",
    [
        "uri: http://127.0.0.1:4311/v1",
        "model: /home/someone/model.gguf",
        "authorization: x",
        "a: Bearer abc",
        "date: Tue, 24 Nov",
        "server: llama",
        "key: sk-canary",
    ],
)
def test_the_scan_would_find_them(line: str) -> None:
    assert leaks(line)
    assert forms_of_the_sample().found_in(b"said Priya Raghunathan")


def leaks(text: str) -> list[str]:
    """Hosts, ports, paths, keys, and headers other than content-type."""
    suspicious = (
        r"https?://(?!model\.test/)\S+|localhost|\b\d+\.\d+\.\d+\.\d+\b|\.gguf|\bsk-\w+|\bBearer\b"
        r"|(?:/|\\)(?:home|root|tmp|work|Users|var)\b|(?i:^\s*(?:authorization|server|date|set-cookie|host|x-[\w-]+):)"
    )
    return re.findall(suspicious, text, re.MULTILINE)


def forms_of_the_sample() -> Forms:
    """Every name of the bundled sample programme."""
    people = load_programme(Path("copilot/sample/programme.yaml")).programme.people
    names = {form for person in people for form in (person.name, *person.also)}
    return Forms(names)
