"""Words on a prep over HTTP: struck, edited and accepted by the two of a pair, and by nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.server.conftest import Service

PREP = "/api/v1/pairs/p1/drafts"


def made(service: Service, person: str = "ada") -> dict[str, Any]:
    return service.client.post(PREP, headers=service.token(person), json={}).json()


def items(draft: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for box in draft["boxes"] for item in box["items"]]


def fact(draft: dict[str, Any]) -> dict[str, Any]:
    return next(
        each for each in items(draft) if each["citations"] and each["citations"][0]["source"] != "programme.yaml"
    )


def say(service: Service, draft: dict[str, Any], person: str, **word: object) -> Any:
    return service.client.post(f"{PREP}/{draft['draft']}/words", headers=service.token(person), json=word)


def test_a_struck_line_leaves_every_format_and_comes_back(service: Service) -> None:
    draft = made(service)
    line = fact(draft)
    one = f"{PREP}/{draft['draft']}"
    before = service.client.get(one, headers=service.token("ben")).headers["etag"]
    said = say(service, draft, "ada", item=line["id"], kind="strike")
    assert said.status_code == 201
    assert said.headers["etag"] != before
    assert said.json()["items"][0]["struck_by"] == "ada"
    now = service.client.get(one, headers=service.token("ben"))
    assert now.headers["etag"] == said.headers["etag"]
    assert line["id"] not in [each["id"] for each in items(now.json())]
    for form in ("md", "text"):
        text = service.client.get(f"{one}?format={form}", headers=service.token("ben"))
        assert "attachment" in text.headers["content-disposition"]
        assert line["text"] not in " ".join(text.text.replace("\\", "").split())
    for form, start in (("docx", b"PK"), ("ics", b"BEGIN:VCALENDAR")):
        assert service.client.get(f"{one}?format={form}", headers=service.token("ben")).content.startswith(start)
    assert say(service, draft, "ben", item=line["id"], kind="unstrike").status_code == 201
    assert line in items(service.client.get(one, headers=service.token("ada")).json())


def test_an_edit_is_masked_marked_and_called_what_it_is(service: Service) -> None:
    draft = made(service)
    line = fact(draft)
    say(service, draft, "ben", item=line["id"], kind="edit", text="Sam Reyes bought 9000 llamas", seen="")
    found = service.client.get(f"{PREP}/{draft['draft']}", headers=service.token("ada")).json()
    now = next(each for each in items(found) if each["id"] == line["id"])
    assert (now["text"], now["kind"]) == ("Sam Reyes bought 9000 llamas (edited by Ben Carter)", "own")
    assert now["citations"] == line["citations"]
    quote = line["citations"][0]["quote"]
    say(service, draft, "ada", item=line["id"], kind="edit", text=quote, seen="")  # as it stands in the note
    found = service.client.get(f"{PREP}/{draft['draft']}", headers=service.token("ada")).json()
    assert next(each for each in items(found) if each["id"] == line["id"])["kind"] == "fact"
    assert [each["by"] for each in found["plan"]["items"][0]["beside"]] == ["ben"]  # ada did not know of it
    stored = b"".join(each.read_bytes() for each in service.copilot.home.path.glob("record.db*"))
    assert b"llamas" in stored
    assert b"Sam Reyes bought" not in stored


def test_the_plan_is_accepted_by_each_of_the_two(service: Service) -> None:
    draft = made(service)
    path = f"{PREP}/{draft['draft']}/accept"
    version = draft["plan"]["version"]
    first = service.client.post(path, headers=service.token("ada"), json={"version": version}).json()
    assert (first["accepted"], first["waiting_for"]) == (["ada"], ["ben"])
    page = service.browser("ben").get(f"/pairs/p1/prep/{draft['draft']}").text
    assert "Accepted by Ada Nwosu</strong>, waiting for Ben Carter" in page
    say(service, draft, "ben", item=items(draft)[0]["id"], kind="strike")
    stale = service.client.post(path, headers=service.token("ben"), json={"version": version})
    assert stale.status_code == 412
    last = service.client.post(path, headers=service.token("ben"), json={}).json()
    assert (last["accepted"], last["accepted_earlier"], last["waiting_for"]) == (["ben"], ["ada"], ["ada"])


@pytest.mark.parametrize("person", ["sam", "cy"])
def test_nobody_outside_the_pair_reads_or_says_anything(service: Service, person: str) -> None:
    draft = made(service)
    say(service, draft, "ben", item=items(draft)[0]["id"], kind="edit", text="Zebra words of ours", seen="")
    headers = service.token(person)
    one = f"{PREP}/{draft['draft']}"
    paths = (PREP, one, f"{one}?format=md", f"{one}/plan", f"{one}/items/1.1/why", f"/pairs/p1/prep/{draft['draft']}",
             f"/pairs/p1/prep/{draft['draft']}/items/1.1", f"/pairs/p1/prep/{draft['draft']}/file/ics")  # fmt: skip
    answers = [service.client.get(each, headers={**headers, "Accept": "application/json"}) for each in paths]
    answers.append(say(service, draft, person, item="1.1", kind="strike"))
    answers.append(service.client.post(f"{one}/accept", headers=headers, json={}))
    for each in answers:
        assert each.status_code in {401, 403}
        assert "Zebra" not in each.text


def test_another_pairs_draft_is_not_there(service: Service) -> None:
    draft = made(service)
    assert (
        service.client.get(f"/api/v1/pairs/p9/drafts/{draft['draft']}", headers=service.token("ada")).status_code == 403
    )
    assert service.client.get(f"{PREP}/nosuchdraft", headers=service.token("ada")).status_code == 404


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ({"item": "1.1", "kind": "edit", "text": ""}, 422),
        ({"item": "1.1", "kind": "edit", "text": " \u200b\n "}, 422),
        ({"item": "1.1", "kind": "edit", "text": "x" * 401}, 422),
        ({"item": "1.1", "kind": "edit", "text": "x" * 100_000}, 422),
        ({"item": "1.1", "kind": "edit", "text": "Der Bericht wird morgen von der ganzen Gruppe gelesen"}, 422),
        ({"item": "99.9", "kind": "strike"}, 404),
        ({"item": "../1", "kind": "strike"}, 422),
        ({"item": "1.1", "kind": "burn"}, 422),
        ({"item": "1.1", "kind": "strike", "by": "ben"}, 422),
        ({"item": "1.1", "kind": "strike", "seen": "zz"}, 422),
    ],
)
def test_what_cannot_be_said_is_refused_without_its_words(service: Service, word: dict[str, str], status: int) -> None:
    draft = made(service)
    found = say(service, draft, "ada", **word)
    assert found.status_code == status
    assert "Bericht" not in found.text
    assert service.client.get(f"{PREP}/{draft['draft']}/plan", headers=service.token("ada")).json()["items"] == []


def test_drafts_are_listed_in_pages(service: Service) -> None:
    for day in ("2026-09-28", "2026-10-05", "2026-10-12"):
        service.client.post(PREP, headers=service.token("ada"), json={"date": day})
    first = service.client.get(f"{PREP}?limit=2", headers=service.token("ben")).json()
    rest = service.client.get(f"{PREP}?limit=2&cursor={first['next']}", headers=service.token("ben")).json()
    days = [each["date"] for each in (*first["items"], *rest["items"])]
    assert days == ["2026-10-12", "2026-10-05", "2026-09-28"]
    assert rest["next"] is None


def test_the_page_strikes_edits_and_explains_without_a_script(service: Service) -> None:
    draft = made(service)
    line, browser = fact(draft), service.browser("ben")
    here = f"/pairs/p1/prep/{draft['draft']}"
    assert browser.post(f"{here}/items/{line['id']}", {"kind": "strike"}, csrf="0" * 64).status_code == 403
    struck = browser.post(f"{here}/items/{line['id']}", {"kind": "strike"})
    assert struck.headers["location"] == f"{here}?said=struck#item-{line['id']}"
    assert "Struck by Ben Carter" in browser.get(here).text
    wrote = {"kind": "edit", "text": "<script>alert(1)</script> we look at labels", "seen": ""}
    assert browser.post(f"{here}/items/{line['id']}", wrote).status_code == 303
    for path in (here, f"{here}/items/{line['id']}"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "Edited by Ben Carter" in page
    assert browser.post(f"{here}/items/99.9", {"kind": "strike"}).status_code == 404
    assert browser.post(f"{here}/items/{line['id']}", {"kind": "strike", "by": "ada"}).status_code == 422


def test_the_page_accepts_downloads_and_drafts_another_session(service: Service) -> None:
    draft, browser = made(service), service.browser("ada")
    here = f"/pairs/p1/prep/{draft['draft']}"
    version = re.search(r'name="version" value="(\w+)"', browser.get(here).text)
    assert version is not None
    assert browser.post(f"{here}/accept", {"version": version[1]}).headers["location"] == f"{here}?said=accepted"
    assert browser.get(f"{here}/file/md").text.startswith("# Session prep")
    assert browser.get(f"{here}/file/exe").status_code == 422
    other = browser.post("/pairs/p1/prep", {"day": "2026-10-19", "minutes": "30"}).headers["location"]
    assert "Mon 19 Oct 2026 · 30 min" in browser.get(other).text
    assert browser.post("/pairs/p1/prep", {"day": "soon"}).status_code == 422
    assert browser.post("/pairs/p1/prep", {"day": "", "minutes": ""}).status_code == 303


def test_page_texts_name_no_commands_or_settings(service: Service) -> None:
    draft, browser = made(service), service.browser("ada")
    page = browser.get(f"/pairs/p1/prep/{draft['draft']}").text
    assert "`coach" not in page
    assert "COACH_" not in page
