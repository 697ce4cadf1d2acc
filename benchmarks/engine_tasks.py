"""How well an engine does its narrow tasks, on small cases of our own, and what starting the local one costs.

``python -m benchmarks.engine_tasks [find] [choose] [imperative]`` runs the rules and, if installed, the local model.
Prints right / n and seconds per task. The cases are few: differences of one or two mean nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import TypeVar

import httpx2

from copilot.engines.chat import ChatEngine
from copilot.engines.gateway import ChatGateway
from copilot.engines.local import LocalServer
from copilot.engines.protocol import Engine
from copilot.engines.rules import RulesEngine
from copilot.settings import read_settings
from copilot.weights import local_model
from guards.text import RedactedText, house

Case = TypeVar("Case")
P = house("<PERSON_1>: ")
Q = house("<PERSON_2>: ")

# (lines, owner, due, ticket) of the one promise in the window
PROMISES: list[tuple[list[RedactedText], str, str | None, str | None]] = [
    (
        [P + house("How is it going?"), Q + house("I'll label 200 claims by Friday, CLM-12.")],
        "<PERSON_2>",
        "Friday",
        "CLM-12",
    ),
    ([P + house("<PERSON_3> will ask legal about retention."), Q + house("Good.")], "<PERSON_3>", None, None),
    ([Q + house("Let me rerun the test set before Monday.")], "<PERSON_2>", "Monday", None),
    ([P + house("I'll send you the charter tomorrow."), Q + house("Thanks.")], "<PERSON_1>", "tomorrow", None),
    ([house("<PERSON_4> to draft the rollback steps (OPS-31) by 12 October")], "<PERSON_4>", "12 October", "OPS-31"),
    (
        [P + house("Could you check the logs?"), Q + house("Yes, I will check the logs this week.")],
        "<PERSON_2>",
        "this week",
        None,
    ),
    ([Q + house("I'll try to book the sponsor for Thursday.")], "<PERSON_2>", "Thursday", None),
    ([P + house("<PERSON_2> agreed to write the data sheet, DS-7.")], "<PERSON_2>", None, "DS-7"),
]
NO_PROMISE: list[list[RedactedText]] = [
    [P + house("Update the frame window every second.")],
    [P + house("The batch job reloads the table every night.")],
    [Q + house("We finished the labelling on Tuesday.")],
    [P + house("What would you do if recall drops below 90 %?")],
    [Q + house("It would be nice to have a second reviewer.")],
    [P + house("Set the threshold to 0.7 when the queue is full.")],
    [Q + house("Somebody should probably look at that one day.")],
    [P + house("Restart the service after each deploy, says the manual.")],
]
CANDIDATES = [
    house("Feedback by situation, behaviour and impact"),
    house("Frame a hypothesis with a measure and an end date"),
    house("Plan the rollback before the release"),
    house("Map who must agree and what each needs to see"),
]
CHOICES: list[tuple[RedactedText, int]] = [
    (house("How do we go back if the new model fails in production?"), 2),
    (house("We release on Monday and nobody knows how to undo it"), 2),
    (house("The release needs a rollback"), 2),
    (house("How do I tell a colleague that their reviews arrive late?"), 0),
    (house("A teammate interrupted the client and I want to give feedback"), 0),
    (house("Feedback on behaviour in the stand-up"), 0),
    (house("We think shorter forms raise completion, but how would we know?"), 1),
    (house("An experiment without a measure or an end"), 1),
    (house("Test the hypothesis that a second label helps"), 1),
    (house("Legal and operations both have to say yes"), 3),
    (house("Who must agree before we can use the data?"), 3),
    (house("The sponsor and the risk board want different evidence"), 3),
]
REWRITES: list[tuple[RedactedText, str]] = [
    (house("I'll label 200 claims by Friday"), "Label 200 claims by Friday"),
    (house("I'll try to finish the plan"), "Finish the plan"),
    (house("<PERSON_3> will ask legal about retention"), "Ask legal about retention"),
    (house("Let me rerun the test set before Monday"), "Rerun the test set before Monday"),
    (house("I am going to write the rollback steps (OPS-31)"), "Write the rollback steps (OPS-31)"),
    (house("We need to check the logs"), "Check the logs"),
    (house("I'm writing the data sheet"), "Write the data sheet"),
    (house("I will send <PERSON_2> the charter"), "Send <PERSON_2> the charter"),
    (house("we'll not deploy before 12 October"), "Not deploy before 12 October"),
    (house("I can take the sponsor update"), "Take the sponsor update"),
]


_FIRST = (CHOICES[0][0], CANDIDATES)


def _promise(engine: Engine, case: tuple[list[RedactedText], str, str | None, str | None]) -> bool:
    lines, owner, due, ticket = case
    found = engine.find_commitments(list(enumerate(lines, 1)))
    if len(found) != 1:
        return False
    one = found[0]
    return (
        one.owner == owner and one.ticket == ticket and ((due or "") in (one.due or "")) and bool(one.due) == bool(due)
    )


def _count(engine: Engine, task: str, cases: Iterable[Case], right: Callable[[Case], bool]) -> None:
    started, verdicts = time.perf_counter(), [right(case) for case in cases]
    each = (time.perf_counter() - started) / len(verdicts)
    print(f"{engine.name:8} {task:34} {sum(verdicts):2} of {len(verdicts):2}   {each:6.2f} s each", flush=True)


def measure(engine: Engine, tasks: Container[str]) -> None:
    """Print one line per task."""
    if "find" in tasks:
        _count(engine, "promise, all fields right", PROMISES, lambda case: _promise(engine, case))
        _count(
            engine,
            "no promise, nothing found",
            NO_PROMISE,
            lambda case: not engine.find_commitments(list(enumerate(case, 1))),
        )
    if "choose" in tasks:
        _count(engine, "choose", CHOICES, lambda case: engine.choose(case[0], CANDIDATES) == case[1])
    if "imperative" in tasks:
        _count(engine, "imperative", REWRITES, lambda case: engine.imperative(case[0]) == case[1])


def measure_local(model: Path, tasks: Container[str]) -> None:
    """Print what starting costs, then the tasks on the local model."""
    started = time.perf_counter()
    with LocalServer(model) as server:
        at = server.start()
        listening = time.perf_counter()
        # These cases hold nobody's name, so the benchmark goes round the door.
        gateway = ChatGateway(model="local", base_url=at.base_url, api_key=at.key, client=httpx2.Client())
        engine = ChatEngine(gateway, name="local", model=model.stem, words_freely=False)
        engine.choose(*_FIRST)
        first = time.perf_counter()
        engine.choose(*_FIRST)
        second = time.perf_counter()
        print(f"local    server listens after {listening - started:.1f} s, first call {first - listening:.1f} s,")
        print(f"         same call again {second - first:.1f} s, {_memory(server.pid)}")
        measure(engine, tasks)
        used = engine.usage()
        print(
            f"local    {used.calls} calls, {used.prompt_tokens} + {used.completion_tokens} tokens, {used.seconds:.0f} s"
        )


def _memory(pid: int | None) -> str:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return "memory unknown on this system"
    kilobytes = {line.split(":")[0]: line.split()[1] for line in status.read_text().splitlines() if "kB" in line}
    return (
        f"{int(kilobytes['VmRSS']) // 1000} MB resident, {int(kilobytes['RssFile']) // 1000} MB of it the mapped file"
    )


def main() -> None:
    """Measure the rules, and the local model if it is here; arguments name the tasks."""
    tasks = sys.argv[1:] or ["find", "choose", "imperative"]
    measure(RulesEngine(), tasks)
    model = local_model(read_settings())
    if model is not None:
        measure_local(model, tasks)


if __name__ == "__main__":
    main()
