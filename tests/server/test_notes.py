"""A pair's notes over the API: looked at, kept as a job, listed, withdrawn; the pair's alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from copilot.programme import Pair, Person
from guards.access import Role
from tests.server.conftest import Service

OTHERS = (
    Person("lena", "Lena Ortiz", roles=frozenset({Role.LND})),
    Person("carl", "Carl Weber", roles=frozenset({Role.MENTOR_COACH})),
    Person("dina", "Dina Roth", roles=frozenset({Role.MENTEE})),
)
NOTES = "/api/v1/pairs/p1/notes"
NOTE = """# 28 Sept

Date: 2026-09-28

- Ben: I'll write the rollback plan by 2026-10-05 (CLM-140).
- Ben: I'll try to ask Sam about quizzaciously odd figures.
- Off the record: Sam may leave the zymurgy team.
"""


def with_others(service: Service) -> None:
    """Somebody of L&D, and the coach of another pair."""
    store = service.copilot.record.programmes
    known = service.copilot.programme()
    other = Pair("p2", "carl", "dina", signed=known.pairs[0].signed)
    store.save(replace(known, people=(*known.people, *OTHERS), pairs=(*known.pairs, other)))


def waited(service: Service, job: dict[str, Any], person: str = "ada") -> dict[str, Any]:
    until = monotonic() + 20
    while job["state"] not in {"done", "failed"} and monotonic() < until:
        sleep(0.02)
        job = service.client.get(f"/api/v1/jobs/{job['id']}", headers=service.token(person)).json()
    return job


def looked(service: Service, text: str = NOTE, person: str = "ada", **form: str) -> Any:
    return service.client.post(f"{NOTES}/preview", headers=service.token(person), data={"text": text, **form})


def added(service: Service, text: str = NOTE, person: str = "ada", **form: str) -> dict[str, Any]:
    made = service.client.post(NOTES, headers=service.token(person), data={"text": text, **form})
    assert made.status_code == 202, made.text
    return waited(service, made.json(), person)


def home_bytes(service: Service) -> dict[Path, bytes]:
    home = service.copilot.home.path
    return {each: each.read_bytes() for each in home.rglob("*") if each.is_file()}


def test_a_preview_shows_what_is_masked_held_and_promised_and_keeps_nothing(service: Service) -> None:
    headers = service.token("ada")
    before = home_bytes(service)
    got = service.client.post(f"{NOTES}/preview", headers=headers, data={"text": NOTE})
    assert got.status_code == 200, got.text
    seen = got.json()
    assert (seen["date"], seen["kind"], seen["replaces"]) == ("2026-09-28", "note", False)
    assert {each["kind"] for each in seen["masked"]} == {"PERSON"}
    assert seen["held_back"] == [{"line_from": 7, "line_to": 7, "kind": "off the record"}]
    assert [each["informal"] for each in sorted(seen["promises"], key=lambda one: one["line_from"])] == [False, True]
    assert "Ben" not in got.text
    assert "Sam" not in got.text
    after = home_bytes(service)
    assert {each for each in after if b"quizzaciously" in after[each] or b"zymurgy" in after[each]} == set()
    changed = {each.name for each in after if after[each] != before.get(each)}
    assert changed <= {"record.db", "record.db-wal", "record.db-shm"}  # when the token was used


def test_a_note_is_kept_as_a_job_with_the_callers_word(service: Service) -> None:
    promises = sorted(looked(service).json()["promises"], key=lambda one: one["line_from"])
    said = [
        {"promise": promises[0]["id"], "is_one": True, "owner": "ada", "due": "2026-10-09"},
        {"promise": promises[1]["id"], "is_one": False},
    ]
    job = added(service, promises=json.dumps(said))
    assert job["state"] == "done", job
    result = job["result"]
    assert (result["outcome"], result["confirmed"], result["denied"], result["left"]) == ("added", 1, 1, 0)
    events = service.client.get(f"/api/v1/jobs/{job['id']}/events", headers=service.token("ada")).text
    assert events.count("event: step") == 3
    assert "quizzaciously" not in events + json.dumps(job)


def test_notes_are_listed_in_pages_and_read_as_masked(service: Service) -> None:
    added(service)
    headers = service.token("ben")
    first = service.client.get(NOTES, headers=headers, params={"limit": 2}).json()
    rest = service.client.get(NOTES, headers=headers, params={"limit": 2, "cursor": first["next"]}).json()
    rows = [*first["items"], *rest["items"]]
    assert [each["date"] for each in rows] == ["2026-09-14", "2026-09-21", "2026-09-28"]
    assert rest["next"] is None
    assert rows[2]["held"] == 1
    one = service.client.get(f"{NOTES}/{rows[2]['id']}", headers=headers).json()
    assert one["read_by"] == ["mentee", "mentor_coach"]
    assert not any("Ben" in line["text"] for line in one["lines"])
    assert [line["held"] for line in one["lines"] if line["held"]] == ["off the record"]


def test_a_withdrawn_note_is_gone_from_the_list_and_the_home(service: Service) -> None:
    job = added(service)
    path = f"{NOTES}/{job['result']['document']}"
    gone = service.client.delete(path, headers=service.token("ben"))
    assert gone.status_code == 200, gone.text
    assert gone.json()["removed"]["passages"] == job["result"]["passages"]
    assert service.client.get(path, headers=service.token("ada")).status_code == 404
    assert service.client.delete(path, headers=service.token("ada")).status_code == 404
    assert not [each for each, held in home_bytes(service).items() if b"quizzaciously" in held]
    days = [each["date"] for each in service.client.get(NOTES, headers=service.token("ada")).json()["items"]]
    assert days == ["2026-09-14", "2026-09-21"]


@pytest.mark.parametrize("person", ["sam", "lena", "carl"])
def test_nobody_else_gets_anything(service: Service, person: str) -> None:
    with_others(service)
    document = added(service)["result"]["document"]
    headers = service.token(person)
    calls = [
        service.client.post(f"{NOTES}/preview", headers=headers, data={"text": NOTE}),
        service.client.post(NOTES, headers=headers, data={"text": NOTE}),
        service.client.get(NOTES, headers=headers),
        service.client.get(f"{NOTES}/{document}", headers=headers),
        service.client.delete(f"{NOTES}/{document}", headers=headers),
        service.client.get("/pairs/p1/notes", headers=headers),
        service.client.get(f"/pairs/p1/notes/{document}", headers=headers),
        service.client.post(f"/pairs/p1/notes/{document}/withdraw", headers=headers),
    ]
    assert {each.status_code for each in calls} == {403}
    assert not [each for each in calls if "quizzaciously" in each.text or "zymurgy" in each.text]
    assert service.client.get(f"{NOTES}/{document}", headers=service.token("ada")).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("2026-09-28.md", b"", "empty"),
        ("2026-09-28.exe", b"MZ", "no kind that is read here"),
        ("2026-09-28.docx", b"PK\x03\x04 cut", "the file"),
        ("2026-09-28.pdf", b"%PDF-1.7\nnothing", "the file"),
        ("undated.md", b"words", "no session date"),
    ],
)
def test_a_file_that_cannot_be_taken_is_a_problem_in_a_line(
    service: Service, name: str, content: bytes, says: str
) -> None:
    got = service.client.post(f"{NOTES}/preview", headers=service.token("ada"), files={"file": (name, content)})
    assert got.status_code == 422, got.text
    assert says in got.json()["detail"]


@pytest.mark.parametrize(
    "form",
    [
        {"fields": "{"},
        {"fields": '{"nothing": "x"}'},
        {"promises": '[{"promise": "../../x", "is_one": true}]'},
        {"promises": '[{"promise": "0000000000000000", "is_one": true, "more": 1}]'},
        {"kind": "charter"},
        {"date": "tomorrow"},
    ],
)
def test_hostile_form_fields_are_refused(service: Service, form: dict[str, str]) -> None:
    got = service.client.post(NOTES, headers=service.token("ada"), data={"text": NOTE, **form})
    assert got.status_code == 422, got.text
    assert "quizzaciously" not in got.text


def test_a_pasted_text_beyond_the_form_is_a_problem(service: Service) -> None:
    got = looked(service, "word " * 300_000)
    assert got.status_code in {400, 413, 422}
    assert got.headers["content-type"] == "application/problem+json"


def test_a_text_is_masked_and_forgotten(service: Service) -> None:
    body = {"text": "Ben Carter met <PERSON_9>."}
    got = service.client.post("/api/v1/redactions", headers=service.token("sam"), json=body).json()
    assert got["text"].startswith("<PERSON_1> met ")
    first = got["spans"][0]
    assert (first["start"], first["end"], first["placeholder"]) == (0, 10, "<PERSON_1>")
    too_long = service.client.post("/api/v1/redactions", headers=service.token("sam"), json={"text": "a" * 200_001})
    assert too_long.status_code == 422
