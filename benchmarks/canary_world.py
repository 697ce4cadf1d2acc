"""A programme folder in which every planted value stands in every form: notes in seven formats, names in file names.

Values belong to one pair each, so that a value of one pair in the output of another is a leak too. Roster people are
the programme's. Refuses to plant in a format what that format cannot hold.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from benchmarks.canary_values import Kind, Value, plantings
from copilot.sample.build import docx_of
from copilot.sample.pdf import pdf_of

LND: Final = "lead-of-the-programme"
"""The id of who runs the programme, somebody of no pair; their name is no planted value."""
FORMATS: Final = ("md", "txt", "html", "docx", "pdf", "vtt", "srt")
_VALUES_A_PAIR: Final = 275
_LINES_A_FILE: Final = 160
_SENTENCES: Final = (
    "- {a} will send the label sheet to {b} by Friday (CLM-{n}).",
    "- Talked with {a} about the threshold, and {b} was in copy.",
    "- Decision: we keep 0.8 as the bar until {a} has checked {b} (OPS-{n}).",
    "- I'll try to reach {a} before Thursday; {b} is blocked on data access.",
    "- Blocked: waiting for {a}, asked {b} twice since 2026-09-10.",
    "- Somebody should get {a} and {b} into one room at some point, I'd happily take that on myself.",
    "- The dashboard that {a} built shows 12 % less lead time, which {b} doubts.",
    "- {a}: I can get the export done for {b}, give me until next week.",
)
_HEAD: Final = "# Session note\n\nDate: {day}\n\n## Decisions\n\n- Two people label 200 claims.\n\n## Notes\n\n"


@dataclass(frozen=True, slots=True)
class World:
    """Where the programme stands, and whose value is whose."""

    folder: Path
    values: tuple[Value, ...]
    pair_of: dict[int, str]
    """Pair by the value's number; people and customers of the roster are everybody's and stand in none."""
    pairs: tuple[str, ...]

    @property
    def programme(self) -> Path:
        """The programme's file: its roster."""
        return self.folder / "programme.yaml"


def build_world(folder: Path, values: tuple[Value, ...]) -> World:
    """Write programme and notes."""
    folder.mkdir(parents=True, exist_ok=True)
    people = [each for each in values if each.kind is Kind.PERSON]
    customers = [each for each in values if each.kind is Kind.CUSTOMER]
    pairs = tuple(f"p{at}" for at in range(1, max(2, len(values) // _VALUES_A_PAIR) + 1))
    (folder / "programme.yaml").write_text(_programme(people, customers, pairs), encoding="utf-8")
    pair_of = {each.no: pairs[each.no % len(pairs)] for each in values}
    spoken: dict[tuple[str, str], list[str]] = {}
    held: dict[tuple[str, str], list[str]] = {}
    for value, form, text in plantings(values):
        suffix = _format(value, form, text)
        into = held if value.kind is Kind.HELD else spoken
        into.setdefault((pair_of[value.no], suffix), []).append(text)
    names = _file_names(people, customers)
    for (pair, suffix), texts in spoken.items():
        lines = list(_lines(texts))
        remarks = held.get((pair, suffix), [])
        for part, own in enumerate(lots(lines, _LINES_A_FILE)):
            share = remarks[part :: max(1, -(-len(lines) // _LINES_A_FILE))]
            day = f"2026-09-{10 + part % 20:02}"
            path = folder / "notes" / pair / f"{day} {next(names)} {part}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_content(suffix, day, [*own, *(f"- {each}" for each in share)]))
    own = {no: pair for no, pair in pair_of.items() if values[no].kind not in _EVERYBODYS}
    return World(folder, values, own, pairs)


_EVERYBODYS: Final = frozenset({Kind.PERSON, Kind.CUSTOMER})


def lots(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The items in runs of ``size``; the last is shorter."""
    return (items[at : at + size] for at in range(0, len(items), size))


def _programme(people: Sequence[Value], customers: Sequence[Value], names: Sequence[str]) -> str:
    """JSON is YAML; a roster of a thousand is read much quicker so."""
    rows: list[dict[str, object]] = [
        {"id": f"x{each.no}", "name": each.text, **({"also": list(each.also)} if each.also else {})} for each in people
    ]
    for at, role in enumerate(("mentor_coach", "mentee", "sponsor")):
        rows[at]["roles"] = [role]
    first = [str(row["id"]) for row in rows]
    rows.append({"id": LND, "name": "Quill Overton", "roles": ["lnd"]})
    people_of = {"mentor": first[0], "mentee": first[1], "sponsor": first[2]}
    signed = {"mentor_agreement": "2026-09-01", "coach_charter": "2026-09-01", "data_access": "2026-09-02"}
    rules = {"authority": True, "after_days": 1, "how": f"by a call with {people[2].text} of {customers[2].text}"}
    pairs = [
        {"id": pair, **people_of, "kpi": "lead", "signed": dict(signed), "escalation": dict(rules)} for pair in names
    ]
    kpi = {
        "id": "lead", "name": f"Lead time at {customers[0].text}", "layer": "delivery", "unit": "days", "baseline": 98,
        "target": 70, "better": "lower", "owner": first[2], "source": f"{people[0].text}.csv", "window_days": 90,
    }  # fmt: skip
    moved = {"pair": names[0], "owner": first[1], "action": f"Send {people[3].text} the sheet of {customers[1].text}"}
    whole = {
        "programme": {"id": "canary", "name": "Canary", "start": "2026-09-07", "weeks": 12, "cadence_days": 7},
        "people": rows, "pairs": pairs, "kpis": [kpi], "mask_words": [each.text for each in customers],
        "commitments": [{**moved, "opened": "2026-09-07", "due": "2026-09-20"}],
    }  # fmt: skip
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=1000)


def _format(value: Value, form: int, text: str) -> str:
    suffix = FORMATS[(value.no + form) % len(FORMATS)]
    if suffix != "pdf":
        return suffix
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return "html"
    return "pdf"


def _lines(texts: Sequence[str]) -> Iterator[str]:
    for at, two in enumerate(lots(texts, 2)):
        a, b = two[0], two[-1]
        yield _SENTENCES[at % len(_SENTENCES)].format(a=a, b=b, n=100 + at)


def _file_names(people: Sequence[Value], customers: Sequence[Value]) -> Iterator[str]:
    """Every third file is named after somebody."""
    turn = 0
    while True:
        turn += 1
        person, customer = people[turn % len(people)].text, customers[turn % len(customers)].text
        yield ("call", f"call with {person}", f"{customer.replace(' ', '-')}_review", "weekly")[turn % 4]


def _content(suffix: str, day: str, lines: Sequence[str]) -> bytes:
    if suffix in {"vtt", "srt"}:
        return _captions(lines, srt=suffix == "srt").encode()
    if suffix == "html":
        items = "".join(f"<p>{html.escape(each).replace(chr(10), '<br>')}</p>\n" for each in lines)
        return f"<html><body><h1>Session note</h1><p>Date: {day}</p>\n{items}</body></html>".encode()
    text = _HEAD.format(day=day) + "\n\n".join(lines) + "\n"
    return {"docx": docx_of, "pdf": pdf_of}[suffix](text) if suffix in {"docx", "pdf"} else text.encode()


def _captions(lines: Sequence[str], *, srt: bool) -> str:
    cues: list[str] = [] if srt else ["WEBVTT\n"]
    for at, line in enumerate(lines, 1):
        stamp = f"00:{at // 60:02}:{at % 60:02}{',' if srt else '.'}000"
        words = line.removeprefix("- ")
        speaker, _, said = words.partition(": ")
        names = said.startswith("I can get") and "\n" not in speaker and "<" not in words
        voiced = f"<v {speaker}>{said}</v>" if names and not srt else words
        cues.append(f"{at}\n{stamp} --> {stamp}\n{voiced}\n")
    return "\n".join(cues)


def jsonl(values: Sequence[Value], *, texts: int) -> str:
    """Records for ``coach redact --jsonl``: every value in every form, ``texts`` lines to a record."""
    lines = list(_lines([text for value, _, text in plantings(tuple(values)) if value.kind is not Kind.HELD]))
    records = ("\n".join(own) for own in lots(lines, texts))
    rows = ({"id": at, "text": text} for at, text in enumerate(records))
    return "".join(json.dumps(each, ensure_ascii=int(each["id"]) % 2 == 0) + "\n" for each in rows)
