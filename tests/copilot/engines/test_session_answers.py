"""One completion for a session: read while it streams, each part checked once, what fails left out with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.loopback_endpoint import asked_to_stream, events
from copilot.engines.chat import ChatEngine
from copilot.engines.gateway import Budget, ChatGateway
from copilot.engines.protocol import SessionTask, SessionWording
from copilot.engines.session_answers import Reading, SessionAnswer
from copilot.engines.wording import Prepared
from copilot.errors import ModelUnavailable, OverBudget
from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms
from guards.egress_http import guarded_client
from guards.text import RedactedText, house
from tests.copilot.engines.test_gateway_faults import Server, completion, gateway

TASK = SessionTask(
    lines=(house("Done: <PERSON_2> labelled 200 claims (CLM-118)."), house("Blocked: no access to the export.")),
    actions=(house("I'll ask <PERSON_3> for access by Friday"),),
    tools=(house("Rollback plan. Plan the way back."), house("Hypothesis. Frame a bet.")),
    decision=house("Which threshold goes live, 0.70 or 0.62?"),
)
GOOD: dict[str, object] = {
    "summary": [{"text": "<PERSON_2> labelled 200 claims (CLM-118).", "lines": [1]},
                {"text": "There is no access to the export.", "lines": [2]}],
    "questions": ["What would change your mind about 0.70?"],
    "actions": [{"n": 1, "action": "Ask <PERSON_3> for access by Friday"}],
    "tool": 2,
}  # fmt: skip


def read(**changes: object) -> SessionWording:
    answer: dict[str, object] = {**GOOD, **changes}
    return Reading(TASK).whole(SessionAnswer.model_validate(answer))


def test_a_good_answer_is_taken_whole() -> None:
    said = read()
    assert [(str(each.text), each.lines) for each in said.summary] == [
        ("<PERSON_2> labelled 200 claims (CLM-118).", (0,)),
        ("There is no access to the export.", (1,)),
    ]
    assert said.questions == ("What would change your mind about 0.70?",)
    assert said.actions == {"I'll ask <PERSON_3> for access by Friday": "Ask <PERSON_3> for access by Friday"}
    assert (said.tool, said.dropped) == (1, ())


FAILING: list[tuple[dict[str, object], str]] = [
    ({"summary": [{"text": "<PERSON_2> labelled 300 claims.", "lines": [1]}]}, "number"),
    ({"summary": [{"text": "<PERSON_7> labelled 200 claims.", "lines": [1]}]}, "placeholder"),
    ({"summary": [{"text": "The work goes on.", "lines": []}]}, "no line"),
    ({"summary": [{"text": "The work goes on.", "lines": [9]}]}, "not offered"),
    ({"summary": [{"text": "word " * 60, "lines": [1]}]}, "too long"),
    ({"summary": [{"text": " ", "lines": [1]}]}, "empty"),
    ({"questions": ["Ship it."]}, "asks nothing"),
    ({"questions": ["Is 0.99 enough?"]}, "number"),
    ({"actions": [{"n": 4, "action": "Ask"}]}, "no promise"),
    ({"actions": [{"n": 1, "action": "I'll ask <PERSON_3> for access by Friday"}]}, "no imperative"),
    ({"actions": [{"n": 1, "action": "Ask <PERSON_3> for money by Friday"}]}, "note lacks"),
]


@pytest.mark.parametrize(("changes", "reason"), FAILING)
def test_what_fails_a_check_is_left_out_with_its_reason_and_without_its_words(
    changes: dict[str, object], reason: str
) -> None:
    ((shown, why),) = read(**changes).dropped
    assert reason in why
    assert shown == "(a wording of the model)"


@pytest.mark.parametrize("number", [0, 3, -1, 10**9])
def test_a_tool_that_was_not_offered_is_no_choice(number: int) -> None:
    assert read(tool=number).tool is None


def test_parts_are_told_once_each_and_only_when_whole() -> None:
    heard: list[tuple[str, str]] = []

    def told(kind: str, text: RedactedText) -> None:
        heard.append((kind, str(text)))

    reading = Reading(TASK, told)
    answer = json.dumps(GOOD)
    for end in range(len(answer) + 1):
        reading.partial(answer[:end])
    early = list(heard)
    said = reading.whole(SessionAnswer.model_validate(GOOD))
    assert early == [("summary", "<PERSON_2> labelled 200 claims (CLM-118).")]
    assert len(heard) == len(set(heard)) == 4
    assert len(said.summary) == 2


@given(st.text(max_size=60) | st.from_regex(r'\{"summary": ?\[.{0,20}', fullmatch=True))
def test_any_broken_answer_is_read_without_an_error(text: str) -> None:
    Reading(TASK).partial(text)


def test_a_sentence_that_turns_its_line_round_is_never_told() -> None:
    """A streamed part was once told before the check of claims had seen it."""
    heard: list[str] = []
    reading = Reading(TASK, lambda kind, _text: heard.append(kind))
    turned = {"text": "There is access to the export.", "lines": [2]}
    said = reading.whole(SessionAnswer.model_validate({**GOOD, "summary": [turned]}))
    assert "summary" not in heard
    assert said.summary == ()
    assert any(reason.startswith("summary: it ") for _, reason in said.dropped)


def test_what_was_prepared_answers_for_that_session_alone() -> None:
    said = Prepared("endpoint", TASK, read())
    assert said.choose(house("which?"), list(TASK.tools)) == 1
    assert said.choose(house("which?"), [house("another")]) is None
    assert said.imperative(house("something else")) is None


def streaming(request: httpx2.Request) -> httpx2.Response:
    body = request.read()
    content = json.dumps(GOOD)
    if not asked_to_stream(body):
        return completion(content)
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=events(content, usage=usage))


def engine(made: ChatGateway, *, budget: Budget | None = None) -> ChatEngine:
    return ChatEngine(made, name="endpoint", model="m", words_freely=True, budget=budget)


def test_the_answer_streams_through_the_door_in_one_call(tmp_path: Path) -> None:
    server = Server(streaming)
    door = EgressDoor(no_forms, log=CallLog(tmp_path / "calls.jsonl"))
    heard: list[str] = []
    with guarded_client(door, pair=lambda: "p", timeout=5, inner=httpx2.MockTransport(server)) as client:
        asked = engine(gateway(server, client=client))
        said = asked.word_session(TASK, told=lambda kind, _text: heard.append(kind))
    assert said is not None
    assert said == read()
    assert len(server.bodies) == 1
    assert heard[0] == "summary"
    assert (asked.usage().calls, asked.usage().prompt_tokens) == (1, 100)


def test_what_changes_least_comes_first_for_the_servers_cache() -> None:
    server = Server(streaming)
    engine(gateway(server)).word_session(TASK)
    later = SessionTask(TASK.lines, (house("Send the sheet"),), TASK.tools, house("Another decision"))
    engine(gateway(server)).word_session(later)
    one, other = (json.loads(each)["messages"] for each in server.bodies)
    assert one[0] == other[0]
    shared = next(n for n, (a, b) in enumerate(zip(one[1]["content"], other[1]["content"], strict=False)) if a != b)
    assert shared > one[1]["content"].index("END LINES")


@pytest.mark.parametrize("budget", [Budget(tokens=500), Budget(cost=0.001), Budget(tokens=0)])
def test_a_draft_over_its_budget_sends_nothing(budget: Budget) -> None:
    server = Server(streaming)
    with pytest.raises(OverBudget, match="COACH_DRAFT_TOKENS"):
        engine(gateway(server), budget=budget).word_session(TASK)
    assert server.bodies == []


def test_the_repair_turn_counts_against_the_budget() -> None:
    def broken(_request: httpx2.Request) -> httpx2.Response:
        usage = {"prompt_tokens": 3000, "completion_tokens": 900, "total_tokens": 3900}
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=events("{", usage=usage))

    server = Server(broken)
    with pytest.raises(OverBudget):
        engine(gateway(server), budget=Budget(tokens=4000)).word_session(TASK)
    assert len(server.bodies) == 1


def _drips() -> Iterator[bytes]:
    for _ in range(1000):
        yield b": still here\n\n"


def _breaks_off() -> Iterator[bytes]:
    yield events(json.dumps(GOOD))[:300]
    raise httpx2.ReadError("reset")


@pytest.mark.parametrize("pieces", [_drips, _breaks_off])
def test_a_stream_that_never_ends_well_is_no_answer(tmp_path: Path, pieces: Callable[[], Iterator[bytes]]) -> None:
    def reply(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=pieces())

    server = Server(reply)
    door = EgressDoor(no_forms, log=CallLog(tmp_path / "calls.jsonl"))
    with guarded_client(door, pair=lambda: "p", timeout=1, inner=httpx2.MockTransport(server)) as client:
        try:
            said = engine(gateway(server, client=client)).word_session(TASK)
        except ModelUnavailable:
            said = None
    assert said is None


def test_a_weak_model_is_not_asked_for_a_session() -> None:
    server = Server(streaming)
    weak = ChatEngine(gateway(server), name="local", model="m", words_freely=False)
    assert weak.word_session(TASK) is None
    assert server.bodies == []


def test_what_is_worded_is_redacted_text() -> None:
    assert all(isinstance(each.text, RedactedText) for each in read().summary)
