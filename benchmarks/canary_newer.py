"""Planted values down the paths that came later: papers, criteria, trace, tickets, flags, review, log, import, wording.

What is for a pair is recorded for that pair. What is for a sponsor, a board, L&D or the owner of the home is recorded
for nobody: no planted value may be in it, save the name of who owes a shared commitment, which is theirs to read.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

import yaml

from benchmarks.canary_endpoint import Endpoint
from benchmarks.canary_run import CanaryRun, Recording, coach_as
from benchmarks.canary_values import FORMS, Kind, Value
from benchmarks.canary_world import LND, lots
from copilot.composing import draft_for
from copilot.finding import Finding
from copilot.flags.flag import FlagKind, Tier
from copilot.reviewing import enqueue
from copilot.snapshot import Request
from guards.errors import GuardError
from guards.text import RawText, RedactedText

if TYPE_CHECKING:
    from benchmarks.canary_paths import Setting
    from copilot.bootstrap import Copilot

OUTSIDE: Final = "views outside the pair"
STREAMED: Final = "streamed wording"
_OWNER: Final = re.compile(r" Owner: .*?\.(?= |$)")
_TOGETHER: Final = 60
_FORMS: Final = ("text", "md", "json")


def papers(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """Every paper for the pair, and for nobody what goes to others; criteria, trace and tickets."""
    del endpoint
    for pair in setting.shown:
        for form in _FORMS:
            _papers(run, pair, form)
        for form in ("text", "mermaid", "csv", "json"):
            coach_as(run, ["trace", pair, "--format", form, "--all"], pair=pair)
        for form in ("jira", "github", "csv", "ics"):
            coach_as(run, ["export", pair, "--format", form, "--all"], pair=pair)
            if form != "ics":
                _sponsors_tickets(run, pair, form)
        _criteria(run, pair)


def judged(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """Cards that hold values, decided with reasons that hold values; then flags, the log and the cases."""
    del endpoint
    people = _people(run)
    for who in people:
        for purpose in ("programme_review", "evaluation"):
            _outside(run, ["consent", "give", who, purpose])
    for pair in setting.shown:
        own = [each for each in setting.world.values if setting.world.pair_of.get(each.no, pair) == pair]
        ids = _queued(run, pair, own)
        for at, texts in enumerate(lots(_texts(own), _TOGETHER)):
            word = ("confirm", "reopen")[at % 2]
            coach_as(
                run, ["review", "decide", ids[0], word, "--as", people[1], "--reason", "; ".join(texts)], pair=pair
            )
            _outside(run, ["review", "decide", ids[1], word, "--as", LND, "--reason", "; ".join(texts)])
        for which, who in zip(ids, (people[1], LND), strict=True):  # however many words there were, it ends decided
            _outside(run, ["review", "decide", which, "dismiss", "--as", who, "--reason", "it was the pair's own way"])
    _looked_at(setting, run, people)


def _looked_at(setting: Setting, run: CanaryRun, people: Sequence[str]) -> None:
    """Queue, cases and log for each of the pair and for L&D; flags for them and for the owner of the home."""
    for who in (*people, LND):
        states = [["--state", each, "--json"] for each in ("open", "watching", "confirmed", "dismissed")]
        for more in ([], ["--digest"], *states):
            asked = ["review", "list", "--as", who, *more]
            _ = _outside(run, asked) if who == LND else coach_as(run, asked, pair="*")
        _cases(setting, run, who)
        _outside(run, ["audit", "show", "--last", "999", "--as", who])
        _outside(run, ["flags", "--as-of", "2026-11-20", "--json", "--as", who])
    _outside(run, ["flags", "--as-of", "2026-11-20"])
    _outside(run, ["audit", "verify"])


def brought(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """Updates whose commitments hold every value, and files that are refused; the ledger is the pair's afterwards."""
    del endpoint
    pair, owner = setting.world.pairs[0], _people(run)[1]
    own = [each for each in setting.world.values if setting.world.pair_of.get(each.no, pair) == pair]
    for at, texts in enumerate(lots(_texts(own), 4)):
        rows = [
            {"pair": pair, "owner": owner, "opened": "2026-10-01", "action": f"Ask {each} about it"} for each in texts
        ]
        path = setting.folder / "update.yaml"
        broken = [{**row, texts[0][:40]: texts[-1], "due": texts[0]} for row in rows]
        path.write_text(yaml.safe_dump({"commitments": broken if at % 3 == 2 else rows}, allow_unicode=True), "utf-8")
        if at < (3 if setting.quick else 60):
            _outside(run, ["import", str(path), *(["--json"] if at % 2 else [])])
    coach_as(run, ["commitments", pair, "--all", "--json"], pair=pair)


def worded(setting: Setting, run: CanaryRun, endpoint: Endpoint) -> None:
    """What a draft tells while the answer still streams in: masked, whatever the endpoint makes of it."""
    endpoint.script(("right", "echo", "invented", "right", "malformed", "cut off"))
    for pair in setting.shown:
        for _ in range(2 if setting.quick else 6):
            told: list[str] = []
            with run.copilot(engine="endpoint") as copilot:
                try:
                    draft_for(
                        copilot, Request(pair), principal=copilot.principal(pair),
                        told=lambda kind, text, told=told: told.append(f"{kind}: {text}"),
                    )  # fmt: skip
                except GuardError as error:
                    run.recordings.append(Recording("messages", str(error).encode()))
            run.recordings.append(Recording(STREAMED, "\n".join(told).encode()))


def _papers(run: CanaryRun, pair: str, form: str) -> None:
    for kind in ("note", "blockers", "escalation"):
        coach_as(run, ["draft", kind, pair, "--format", form], pair=pair)
        _outside(run, ["draft", kind, pair, "--format", form, "--as", "sponsor"])
    for who in ("mentor_coach", "sponsor"):
        _outside(run, ["draft", "sponsor", pair, "--as", who, "--format", form])
        _outside(run, ["draft", "evidence", pair, "--as", who, "--format", form])


def _outside(run: CanaryRun, arguments: Sequence[str]) -> str:
    """A command whose answer nobody's name may be in; its place is told from output of a stream handed back."""
    own: list[Recording] = []
    page = coach_as(replace(run, recordings=own), arguments).stdout
    run.recordings.append(Recording(OUTSIDE, page.encode()))
    run.recordings.extend(each for each in own if each.place != "output where no name may be")
    return page


def _sponsors_tickets(run: CanaryRun, pair: str, form: str) -> None:
    """A sponsor's tickets without the owner, whose name a shared commitment says."""
    own: list[Recording] = []
    page = coach_as(replace(run, recordings=own), ["export", pair, "--format", form, "--all", "--as", "sponsor"]).stdout
    rows = [{**row, "owner": "", "Assignee": ""} for row in csv.DictReader(io.StringIO(page, newline=""))]
    run.recordings.append(Recording(OUTSIDE, _OWNER.sub("", json.dumps(rows, ensure_ascii=False)).encode()))
    run.recordings.extend(each for each in own if each.place == "messages")


def _criteria(run: CanaryRun, pair: str) -> None:
    shown = coach_as(run, ["criteria", pair, "--json"], pair=pair).stdout
    rows = cast("list[dict[str, object]]", json.loads(shown or "[]"))
    for each in (str(row["id"]) for row in rows if row.get("then")):
        for who in ("mentor_coach", "mentee"):
            coach_as(run, ["criteria", "agree", pair, each, "--as", who], pair=pair)
        _outside(run, ["criteria", "sign", pair, each])
    for more in ([], ["--json"]):
        _outside(run, ["criteria", "show", pair, "--as", "sponsor", *more])


def _cases(setting: Setting, run: CanaryRun, who: str) -> None:
    out = setting.folder / "cases.jsonl"
    _outside(run, ["review", "export", "--as", who, "--out", str(out)])
    if out.exists():
        run.recordings.append(Recording("evaluation cases", out.read_bytes()))


def _queued(run: CanaryRun, pair: str, values: Sequence[Value]) -> tuple[str, str]:
    """A card of the pair's own and one for L&D, both with every value in them as a rule would have it: redacted."""
    today = datetime.now(UTC).date()
    with run.copilot(engine="rules") as copilot:
        told = tuple(_redacted(copilot, pair, "; ".join(each)) for each in lots(_texts(values), _TOGETHER))
        made = [
            Finding(
                f"{kind.value}-{pair}", kind, "repeats", pair, today, told, told[:1], told[0], told[-1], Tier.REVIEW
            )
            for kind in (FlagKind.TICKBOX, FlagKind.BLOCKER)
        ]
        enqueue(copilot, made)
    return made[0].id, made[1].id


def _redacted(copilot: Copilot, pair: str, text: str) -> RedactedText:
    with copilot.record.vaults.open(pair) as vault:
        return copilot.redactor.redact([RawText(text)], vault=vault)[0].text


def _people(run: CanaryRun) -> tuple[str, str]:
    with run.copilot(engine="rules") as copilot:
        pair = copilot.programme().pairs[0]
        return pair.mentor, pair.mentee


def _texts(values: Sequence[Value]) -> list[str]:
    return [each.forms[(each.no + 3) % FORMS].replace("\n", " ") for each in values if each.kind is not Kind.HELD]
