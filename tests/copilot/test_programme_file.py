"""The programme file: what loads, what is refused, and that a refusal is one useful line which repeats no value."""

# ruff: noqa: E501 - tables of cases read better unwrapped

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import BadInput, ProgrammeInvalid
from copilot.programme import MentorChange, Period, Pulse, SessionStatus, Stage
from copilot.programme_file import find_programme, load_programme
from guards.access import Role
from guards.text import RawText

WHOLE = """
programme: {id: demo, name: Claims AI cohort, start: 2026-09-07, weeks: 12, cadence_days: 7, blueprint: session-60,
            holidays: [{from: 2026-10-12, to: 2026-10-12, name: Founders' day}]}
people:
  - {id: ada, name: Ada Nwosu, also: [A. Nwosu, "@ada"], roles: [mentor_coach], away: [{from: 2026-10-05, to: 2026-10-16, logged: 2026-09-20}]}
  - {id: ben, name: Ben Ortega, roles: [mentee]}
  - {id: sam, name: Sam Lee, roles: [sponsor]}
kpis:
  - {id: lead-time, name: Deployment lead time, layer: delivery, unit: days, baseline: 98, target: 70.5, better: lower, owner: sam, source: tickets.csv, window_days: 90}
pairs:
  - {id: ada-ben, mentor: ada, mentee: ben, sponsor: sam, kpi: lead-time, started: 2026-09-07, stage: modelling,
     signed: {mentor_agreement: 2026-09-01, data_access: 2026-09-02}, chemistry_check: {due: 2026-09-14, done: 2026-09-11},
     pauses: [{from: 2026-10-20, to: 2026-10-21}], mentor_changes: [2026-09-20, {date: 2026-09-21, from: sam, to: ada}]}
sessions:
  - {pair: ada-ben, date: 2026-09-14, status: cancelled, cancelled_by: mentor, logged: 2026-09-15}
commitments:
  - {pair: ada-ben, owner: ben, action: Label 200 claims, due: 2026-09-21, ticket: CLM-12, opened: 2026-09-14, moved: [2026-09-20], moved_to: [2026-09-25]}
pulses:        # nothing yet
mask_words: [Acme Insurance]
keep_words: [SBI]
"""


def _written(folder: Path, text: str, name: str = "programme.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_of_a_whole_file_arrives(tmp_path: Path) -> None:
    loaded = load_programme(_written(tmp_path, WHOLE))
    programme = loaded.programme
    pair = programme.pair("ada-ben")
    assert pair is not None
    assert (pair.stage, pair.signed[1], pair.chemistry_done) == (
        Stage.MODELLING,
        ("mentor_agreement", date(2026, 9, 1)),
        date(2026, 9, 11),
    )
    assert pair.pauses == (Period(date(2026, 10, 20), date(2026, 10, 21)),)
    assert pair.mentor_changes[1] == MentorChange(date(2026, 9, 21), "sam", "ada")
    assert programme.people[0].away[0].logged == date(2026, 9, 20)
    assert programme.holidays[0].name == "Founders' day"
    assert (programme.kpis[0].baseline, programme.kpis[0].target) == (98, 70.5)
    session = programme.sessions[0]
    assert (session.status, session.cancelled_by) == (SessionStatus.CANCELLED, Role.MENTOR_COACH)
    row = loaded.commitments[0]
    assert (row.action, row.ticket, row.status) == (RawText("Label 200 claims"), "CLM-12", "open")
    assert row.moves == ((date(2026, 9, 20), date(2026, 9, 25)),)


def test_json_says_the_same_as_yaml(tmp_path: Path) -> None:
    as_text = json.dumps(yaml.safe_load(WHOLE), default=date.isoformat)
    as_json = load_programme(_written(tmp_path, as_text, "programme.json"))
    assert as_json == load_programme(_written(tmp_path, WHOLE))


def test_pulses_are_read(tmp_path: Path) -> None:
    text = WHOLE.replace(
        "pulses:        # nothing yet", "pulses: [{pair: ada-ben, by: ben, date: 2026-09-30, rating: 4}]"
    )
    assert load_programme(_written(tmp_path, text)).programme.pulses == (Pulse("ada-ben", "ben", date(2026, 9, 30), 4),)


CONTRADICTIONS = [
    ("mentor: ada,", "mentor: adda,", 'pairs[0].mentor: no person with id "adda"; people are ada, ben, sam'),
    ("kpi: lead-time", "kpi: lead", 'pairs[0].kpi: no kpi with id "lead"; kpis are lead-time'),
    ("owner: sam", "owner: tom", 'kpis[0].owner: no person with id "tom"; people are ada, ben, sam'),
    ("owner: ben", "owner: bob", 'commitments[0].owner: no person with id "bob"; people are ada, ben, sam'),
    ("from: sam, to: ada", "from: max, to: ada", 'pairs[0].mentor_changes[1].from: no person with id "max"; people are ada, ben, sam'),
    ("{pair: ada-ben, date", "{pair: ben-ada, date", 'sessions[0].pair: no pair with id "ben-ada"; pairs are ada-ben'),
    ("mentee: ben", "mentee: ada", "pairs[0].mentee: is the mentor too; a pair needs two people"),
    ("id: sam, name", "id: ben, name", 'people[2].id: "ben" stands twice; give each row its own id'),
    ("mentor: ada,", "mentr: ada,", 'pairs[0]: unknown key "mentr"; did you mean "mentor"?'),
    ("{pair: ada-ben, date: 2026-09-14, ", "{pair: ada-ben, date: 14 Sept, ", "sessions[0].date: is not a date; write it as 2026-09-07"),
    ("start: 2026-09-07", "start: 2026-13-07", "programme.start: is not a date; write it as 2026-09-07"),
    ("start: 2026-09-07", "start: 1788739200", "programme.start: is not a date; write it as 2026-09-07"),
    ("status: cancelled", "status: off", "sessions[0].status: should be one of held, missed or cancelled"),
    ("baseline: 98", "baseline: ninety", "kpis[0].baseline: should be a number, without quotes"),
    ("weeks: 12", "weeks: 0", "programme.weeks: should be at least 1"),
    ("weeks: 12", "weeks: true", "programme.weeks: should be a whole number, without quotes"),
    ("{from: 2026-10-05, to: 2026-10-16", "{from: 2026-10-17, to: 2026-10-16", "people[0].away[0]: ends before it starts; swap from and to"),
    ("moved: [2026-09-20]", "moved: [2026-09-20, 2026-09-22]", "commitments[0]: moved and moved_to have different lengths; give one new date for each move"),
    ("mask_words: [Acme Insurance]", "mask_words: [A]", "mask_words[0]: is empty or too short; write it out or leave the key away"),
    ("name: Sam Lee", 'name: "Sam\\nLee"', "people[2].name: holds a line break or control character; write it on one line"),
    ("name: Sam Lee", "name: [Sam, Lee]", "people[2].name: should be text; put it in quotes"),
    ("pulses: ", "pulses: soon", "pulses: should be a list; start each row with a dash"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), CONTRADICTIONS)
def test_a_contradiction_gets_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert WHOLE.count(old) >= 1
    with pytest.raises(ProgrammeInvalid) as caught:
        load_programme(_written(tmp_path, WHOLE.replace(old, new, 1)))
    assert f"programme.yaml: {said}" in str(caught.value).splitlines()


def test_several_problems_come_at_once_and_repeat_no_value(tmp_path: Path) -> None:
    text = WHOLE.replace("baseline: 98", "baseline: s3cret-9").replace("start: 2026-09-07", "start: s3cret-8")
    with pytest.raises(ProgrammeInvalid) as caught:
        load_programme(_written(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 2
    assert "s3cret" not in str(caught.value)


def test_a_long_list_of_problems_is_cut_and_counted(tmp_path: Path) -> None:
    rows = "\n".join(f"  - {{pair: ada-ben, date: 2026-09-14, status: x{n}}}" for n in range(30))
    with pytest.raises(ProgrammeInvalid) as caught:
        load_programme(_written(tmp_path, WHOLE.replace("sessions:", f"sessions:\n{rows}", 1)))
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "programme.yaml: and 10 more; mend these first"


HOSTILE = [
    ("empty", b"", "is empty"),
    ("blank", b"\n  \n", "is empty"),
    ("list", b"- a\n- b\n", "should start with `programme:`"),
    ("word", b"hello", "should start with `programme:`"),
    ("tab", b"programme:\n\tid: x\n", "line 2: not valid YAML"),
    ("latin-1", "programme: {name: Zoë}".encode("latin-1"), "is not UTF-8 text (byte "),
    ("utf-16", "programme: {}".encode("utf-16"), "is not UTF-8 text (byte 0)"),
    ("nul", b"programme: {id: a\x00b}", "holds a character YAML does not allow"),
    ("alias bomb", b"a: &a [x,x]\nb: &b [*a,*a]\n", "line 2: aliases (* and &)"),
    ("tag", b"programme: !!python/object/apply:os.system [x]", "line 1: tags (!)"),
    ("tower", b"a: " + b"[" * 5000, "nested deeper"),
    ("json tower", b'{"a": ' + b"[" * 200_000, "nested deeper"),
    ("same key twice", b"programme: {id: a, id: b}", 'line 1: "id" stands twice'),
    ("same json key twice", b'{"programme": 1, "programme": 2}', '"programme" stands twice'),
    ("half json", b'{"programme": ', "line 1: not valid JSON"),
    ("json nan", b'{"programme": NaN}', "NaN and Infinity"),
    ("json digits", b'{"a": ' + b"9" * 6000 + b"}", "number too long"),
    ("key of keys", b"? {a: b}\n: c\n", "a key must be one word"),
    ("lone surrogate", b'{"programme": {"id": "a", "name": "\\ud800"}}', "control character"),
    ("personal key", b"Jane Roe owes me: 1\n", "a key that is not a plain word"),
]


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_file_gets_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "programme.yaml"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        load_programme(path)
    assert said in str(caught.value)
    assert "Jane" not in str(caught.value)
    assert all(line.startswith("programme.yaml: ") for line in str(caught.value).splitlines())


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "programme.yaml"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(BadInput, match="is larger than 20 MB"):
        load_programme(path)


def test_a_folder_or_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not a file"):
        load_programme(tmp_path)
    with pytest.raises(BadInput, match="no such file"):
        load_programme(tmp_path / "programme.yaml")


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
KEYS = st.sampled_from(["id", "people", "pairs", "programme", "name", "x"])
DATA = st.recursive(LEAVES, lambda each: st.lists(each, max_size=3) | st.dictionaries(KEYS, each), max_leaves=12)


@given(DATA)
def test_any_plain_data_loads_or_is_refused_in_lines(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    path = _written(tmp_path_factory.mktemp("any"), json.dumps({"programme": data}), "programme.json")
    with pytest.raises(BadInput) as caught:
        load_programme(path)
    assert all(line.startswith("programme.json: ") for line in str(caught.value).splitlines())


def test_the_nearest_file_above_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "user"
    deep = home / "cohort" / "notes" / "ada"
    deep.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    outside = _written(tmp_path, WHOLE)
    assert find_programme(deep) is None
    near = _written(home / "cohort", WHOLE)
    note = _written(deep, "a note", "note.md")
    assert find_programme(note) == find_programme(deep) == near
    assert find_programme(tmp_path) == outside
