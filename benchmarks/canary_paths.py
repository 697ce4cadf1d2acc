"""Sends planted values down every path there is and hands back what was recorded on the way.

Paths: ingest of seven formats, model calls with their repairs and retries, faults, search, redaction streams, pages
and exports, papers, criteria, flags, review, imports, decisions, messages, logs, tracing, cassettes, and every file of
the home. The server, the evals and the
judge do not exist yet: each gets a function here that yields recordings, and a line in ``PATHS``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast

from pydantic import SecretStr

from benchmarks.canary_endpoint import FAULTS, Endpoint
from benchmarks.canary_home import home_bytes
from benchmarks.canary_hostile import hostile
from benchmarks.canary_newer import brought, judged, papers, worded
from benchmarks.canary_run import CanaryRun, Recording, coach_as, logs_kept
from benchmarks.canary_values import FORMS, Kind, Value
from benchmarks.canary_world import World, jsonl, lots
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.engines.chat import ChatEngine
from copilot.engines.fallback import FallbackEngine
from copilot.engines.gateway import ChatGateway, Limits
from copilot.engines.protocol import SessionTask
from guards.access import ReadConversation, authorize
from guards.egress_http import HttpDoor

QUICK: Final = Limits(attempts=2, call_seconds=0.15, deadline_seconds=1, longest_wait=0.01)
_TOGETHER: Final = 100
"""Values in one search query or one reason."""
_OWNER: Final = re.compile(r"  \S.*; (?:open|done|dropped)")
"""The line below a commitment, which begins with its owner."""
_TRACING: Final = {
    "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "none",
    "LANGCHAIN_API_KEY": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What the paths run in."""

    world: World
    folder: Path
    weights: Path | None = None
    overrides: Overrides = field(default_factory=Overrides)
    change: Callable[[Copilot], None] = lambda _: None
    quick: bool = False
    """One pair where the others would show nothing new, and nothing twice; for tests."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The pairs whose pages are looked at."""
        return self.world.pairs[:1] if self.quick else self.world.pairs[:4]

    @property
    def home(self) -> Path:
        """The home of the runs."""
        return self.folder / "home"


Step = Callable[[Setting, CanaryRun, Endpoint], None]


def recorded(setting: Setting, paths: Sequence[Step] | None = None) -> tuple[Recording, ...]:
    """Run every path (or those given) in turn, each on what the ones before left."""
    into: list[Recording] = []
    with Endpoint() as endpoint, Endpoint() as tracer, _tracing(tracer.url), logs_kept(into):
        run = _run(setting, endpoint.url, into)
        for path in PATHS if paths is None else paths:
            path(setting, run, endpoint)
        into += [Recording("model calls", each) for each in endpoint.requests]
        into += [Recording("tracing", each) for each in tracer.requests]
    into += [Recording(place, data) for place, data in home_bytes(setting.home)]
    return tuple(into)


def _run(setting: Setting, url: str, into: list[Recording]) -> CanaryRun:
    given: dict[str, object] = {
        "openai_base_url": url, "openai_api_key": SecretStr("none"), "chat_model": "canary",
        **({"weights": setting.weights} if setting.weights else {}),
    }  # fmt: skip
    return CanaryRun(setting.home, False, setting.overrides, _by_alias(given), into, True, setting.change)


def _by_alias(given: Mapping[str, object]) -> dict[str, object]:
    """Settings that are read from another program's variable are given by that name."""
    names = {"openai_base_url": "OPENAI_BASE_URL", "openai_api_key": "OPENAI_API_KEY"}
    return {names.get(name, name): value for name, value in given.items()}


@contextmanager
def _tracing(url: str) -> Generator[None]:
    """The variables with which a library would send what it sees to a tracing service."""
    wanted = _TRACING | {"LANGSMITH_ENDPOINT": url, "LANGCHAIN_ENDPOINT": url}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _ingest(setting: Setting, run: CanaryRun, _: Endpoint) -> None:
    """All notes, read with the endpoint; read again, which changes nothing."""
    for _turn in range(1 if setting.quick else 2):
        coach_as(run, ["ingest", str(setting.world.folder), "--engine", "endpoint"], pair="*", named=True)


def _pages(setting: Setting, run: CanaryRun, _: Endpoint) -> None:
    """Pages and exports for the people of a pair."""
    for pair in setting.shown:
        for engine in ("rules", "endpoint"):
            coach_as(run, ["prep", pair, "--engine", engine], pair=pair)
        for form in ("md", "json", "docx", "ics"):
            out = setting.folder / f"{pair}.{form}"
            coach_as(run, ["prep", pair, "--format", form, "--out", str(out)], pair=pair)
            run.recordings.extend(_exported(out, pair))
        draft = _draft_id(setting.folder / f"{pair}.json")
        coach_as(run, ["why", draft, "2.1"], pair=pair)
        coach_as(run, ["criteria", pair], pair=pair)
        coach_as(run, ["commitments", pair, "--all"], pair=pair)


def _draft_id(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8")).get("id", "none")) if path.exists() else "none"


def _exported(path: Path, pair: str) -> Iterator[Recording]:
    """A file as it is, and what a packed one holds."""
    import zipfile

    if not path.exists():
        return
    yield Recording("exports and pages", path.read_bytes(), pair)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from (Recording("exports and pages", packed.read(name), pair) for name in packed.namelist())


def _searches(setting: Setting, run: CanaryRun, _: Endpoint) -> None:
    """Queries that hold every value, each in one of its forms; the answer may hold nothing held back."""
    for at, texts in enumerate(lots(_one_form(setting.world.values), _TOGETHER)):
        pair = setting.world.pairs[at % len(setting.world.pairs)]
        coach_as(run, ["search", pair, " and ".join(texts)], pair="*")


def _decisions(setting: Setting, run: CanaryRun, _: Endpoint) -> None:
    """A reason that holds every value, kept with a decision; then the sponsor's page of what was shared."""
    pair = setting.world.pairs[0]
    listed = coach_as(run, ["commitments", pair, "--json"], pair=pair)
    ids = [str(each["id"]) for each in cast("list[dict[str, object]]", json.loads(listed.stdout or "[]"))]
    for at, texts in enumerate(lots(_one_form(setting.world.values), _TOGETHER)):
        if ids:
            coach_as(run, ["commit", "drop", ids[at % len(ids)], "--reason", "; ".join(texts)], pair=pair)
    if ids:
        coach_as(run, ["commit", "share", *ids, "--as", "mentee"], pair=pair)
    for each in setting.shown:
        _sponsor(run, each)
    for arguments in (["egress", "show"], ["egress", "verify"], ["doctor"]):
        coach_as(run, arguments)


def _sponsor(run: CanaryRun, pair: str) -> None:
    """A shared commitment says by name whose it is; its words may hold nobody's."""
    own: list[Recording] = []
    apart = replace(run, recordings=own)
    for more in ([], ["--all"]):
        page = coach_as(apart, ["commitments", pair, "--as", "sponsor", *more]).stdout.splitlines()
        words = (each for each in page if not _OWNER.match(each))
        run.recordings.append(Recording("sponsor's page", "\n".join(words).encode()))
    shown = coach_as(apart, ["commitments", pair, "--as", "sponsor", "--json"]).stdout
    rows = cast("list[dict[str, object]]", json.loads(shown or "[]"))
    rest = [{name: value for name, value in row.items() if name != "owner"} for row in rows]
    run.recordings.append(Recording("sponsor's page", json.dumps(rest).encode()))
    run.recordings.extend(each for each in own if each.place == "messages")


def _one_form(values: tuple[Value, ...]) -> list[str]:
    return [each.forms[each.no % FORMS].replace("\n", " ") for each in values if each.kind is not Kind.HELD]


def _streams(setting: Setting, run: CanaryRun, _: Endpoint) -> None:
    """Every value in every form through ``coach redact``, as a stream and as one text, with the roster."""
    stream = setting.folder / "stream.jsonl"
    stream.write_text(jsonl(setting.world.values, texts=40), encoding="utf-8")
    roster = ["--roster", str(setting.world.programme)]
    coach_as(run, ["redact", "--jsonl", str(stream), *roster])
    note = next((setting.world.folder / "notes" / setting.world.pairs[0]).glob("*.md"))
    coach_as(run, ["redact", str(note), *roster])
    coach_as(run, ["redact", "--transcript", str(note), *roster])
    coach_as(run, ["extract", "--jsonl", str(stream), *roster], pair="*")


def _faults(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """Every kind of bad answer to questions made of the notes' lines: repairs, retries, time-outs."""
    endpoint.script(FAULTS)
    with bootstrap(run.settings(engine="rules"), overrides=setting.overrides) as copilot:
        setting.change(copilot)
        for pair in setting.shown:
            _ask(copilot, pair, endpoint.url, most=1 if setting.quick else 10)


def _ask(copilot: Copilot, pair: str, url: str, *, most: int) -> None:
    """Each question with a fresh engine, so that one that gave up is not what keeps a name in."""
    reader = copilot.record.reader(authorize(copilot.principal(pair), ReadConversation, pair))
    for passage in [each for each in reader.all_passages() if not each.held][:most]:
        client = HttpDoor(copilot.door, timeout=1).client(pair=pair)
        gateway = ChatGateway(model="m", base_url=url, api_key=SecretStr("none"), client=client, limits=QUICK)
        engine = FallbackEngine(ChatEngine(gateway, name="endpoint", model="m", words_freely=True))
        lines = passage.text.lines()
        engine.find_commitments(list(enumerate(lines, 1)))
        engine.choose(lines[0], lines)
        engine.imperative(lines[0])
        engine.word_session(SessionTask(tuple(lines), tuple(lines[:3]), (), lines[0]))


def _cassettes(_: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """What was sent, written down the way a cassette is."""
    bodies = [each.partition(b"\n\n")[2] or each for each in endpoint.requests]
    lines = (json.dumps(each.decode("utf-8", "replace"), ensure_ascii=True) for each in bodies)
    run.recordings.append(Recording("cassette of the calls", "\n".join(lines).encode()))
    for path in sorted((Path(__file__).parents[1] / "tests" / "cassettes").glob("*.yaml")):
        run.recordings.append(Recording("cassettes in the project", path.read_bytes()))


PATHS: Final[tuple[Step, ...]] = (
    _ingest, _pages, _searches, _decisions, papers, judged, brought, _streams, hostile, worded, _faults, _cassettes,
)  # fmt: skip
"""Add evals, the judge and the server's streams here when there are any."""
