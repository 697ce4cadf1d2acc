"""Commitments over HTTP: the shape others script against, each word, who may say it, and who sees what of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from guards.consent import ConsentWord, Purpose
from tests.server.conftest import Browser, Service

API = "/api/v1/pairs/p1/commitments"
PAGE = "/pairs/p1/commitments"
SHAPE = {
    "id", "owner", "action", "due", "ticket", "status", "first_agreed", "age_days", "times_carried", "kpi",
    "criterion", "citations",
}  # fmt: skip


def listed(service: Service, person: str = "ada", query: str = "") -> list[dict[str, Any]]:
    return service.client.get(f"{API}{query}", headers=service.token(person)).json()["items"]


def candidate(service: Service) -> str:
    return next(each["id"] for each in listed(service) if each["status"] == "candidate")


def say(service: Service, person: str, commitment: str, **word: str) -> Any:
    return service.client.post(f"{API}/{commitment}/words", headers=service.token(person), json=word)


def form(browser: Browser, commitment: str, **fields: str) -> Any:
    return browser.post(f"{PAGE}/{commitment}/words", fields)


def test_the_shape_with_the_note_line_for_the_pair(service: Service) -> None:
    found = listed(service)
    assert {tuple(sorted(each)) for each in found} == {tuple(sorted(SHAPE))}
    one = next(each for each in found if each["status"] == "candidate")
    assert one["citations"][0]["quote"].startswith("- Ben Carter: I'll try")
    assert one["owner"] == "ben"


def test_pages_by_cursor_give_every_commitment_once(service: Service) -> None:
    every = [each["id"] for each in listed(service, query="?all=true")]
    seen, cursor = list[str](), ""
    while True:
        got = service.client.get(f"{API}?all=true&limit=1{cursor}", headers=service.token("ada")).json()
        seen += [each["id"] for each in got["items"]]
        if got["next"] is None:
            break
        cursor = f"&cursor={got['next']}"
    assert seen == every
    assert len(every) > 2


@pytest.mark.parametrize("person", ["ada", "ben"])
def test_both_of_a_pair_may_confirm_and_close(service: Service, person: str) -> None:
    one = candidate(service)
    made = say(service, person, one, kind="confirm", due="2026-12-01")
    assert made.status_code == 201
    assert [each["kind"] for each in made.json()["words"]] == ["confirm"]
    assert say(service, person, one, kind="done").status_code == 201
    after = next(each for each in listed(service, query="?all=true") if each["id"] == one)
    assert (after["status"], after["due"]) == ("done", "2026-12-01")


@pytest.mark.parametrize(
    "word",
    [
        {"kind": "drop"}, {"kind": "deny", "reason": "  "}, {"kind": "move"}, {"kind": "eat"}, {},
        {"kind": "move", "owner": "nobody"}, {"kind": "done", "due": "2026-12-01"},
        {"kind": "move", "due": "0001-01-01"},
        {"kind": "drop", "reason": "x" * 2001}, {"kind": "confirm", "extra": "1"}, {"kind": "move", "owner": "../x"},
    ],
)  # fmt: skip
def test_a_word_that_is_not_whole_is_refused_and_changes_nothing(service: Service, word: dict[str, str]) -> None:
    before = listed(service)
    assert say(service, "ben", candidate(service), **word).status_code == 422
    assert listed(service) == before


def test_neither_sponsor_nor_stranger_says_a_word(service: Service) -> None:
    one = candidate(service)
    assert say(service, "sam", one, kind="confirm").status_code == 403
    assert form(service.browser("sam"), one, kind="confirm").status_code == 403
    path = f"/api/v1/pairs/p2/commitments/{one}/words"
    assert service.client.post(path, headers=service.token("ada"), json={"kind": "done"}).status_code == 403
    assert say(service, "ada", "0000000000", kind="done").status_code == 404


def test_to_share_is_the_mentees_alone_and_shows_the_sponsor_that_line_bare(service: Service) -> None:
    one = candidate(service)
    assert listed(service, "sam") == []
    assert say(service, "ada", one, kind="share").status_code == 403
    made = say(service, "ben", one, kind="share").json()
    assert [each["kind"] for each in made["words"]] == ["confirm", "share"]
    (shown,) = listed(service, "sam")
    assert shown["id"] == one
    assert shown["citations"] == []
    assert say(service, "ben", one, kind="unshare").status_code == 201
    assert listed(service, "sam") == []


def test_a_name_in_a_reason_is_masked_before_it_is_kept(service: Service) -> None:
    one = candidate(service)
    assert say(service, "ben", one, kind="drop", reason="Ada Nwosu said it is moot").status_code == 201
    grant_page = service.browser("ben").get(f"{PAGE}?all=true").text
    assert "Ada Nwosu said it is moot" in grant_page
    assert b"Ada Nwosu said" not in service.copilot.home.database.read_bytes()


def test_who_spoke_meanwhile_is_said_and_both_words_are_kept(service: Service) -> None:
    one = candidate(service)
    assert say(service, "ada", one, kind="confirm").json()["at_once"] is False
    sent = form(service.browser("ben"), one, kind="done", seen="", back="mine")  # from a page loaded before
    assert sent.headers["location"] == f"/commitments?said=both#c-{one}"
    page = service.browser("ben").get("/commitments?said=both").text
    assert "both words are kept" in page
    assert "confirmed by Ada Nwosu" in page
    assert "done by Ben Carter" in page


def test_a_word_on_what_the_page_showed_is_no_conflict(service: Service) -> None:
    one = candidate(service)
    last = say(service, "ada", one, kind="confirm").json()["words"][-1]["id"]
    sent = form(service.browser("ben"), one, kind="done", seen=last)
    assert sent.headers["location"] == f"{PAGE}?said=done#c-{one}"


def test_a_form_that_lacks_its_reason_or_date_says_so_on_the_page(service: Service) -> None:
    one, ben = candidate(service), service.browser("ben")
    assert "said=why" in form(ben, one, kind="deny", reason=" ").headers["location"]
    assert "said=where" in form(ben, one, kind="move", due="", owner="").headers["location"]
    assert "Say why" in ben.get("/commitments?said=why").text
    moved = form(ben, one, kind="move", due="2026-12-24", owner="")
    assert "said=move" in moved.headers["location"]
    assert "due Thu 24 Dec 2026" in ben.get("/commitments").text


def test_forms_need_their_token(service: Service) -> None:
    ben = service.browser("ben")
    for path, fields in (
        (f"{PAGE}/{candidate(service)}/words", {"kind": "done"}),
        ("/commitments/pauses", {"start": "2030-01-01", "end": "2030-01-02"}),
        ("/commitments/pauses/2030-01-01/end", {}),
    ):
        assert ben.post(path, fields, csrf="x").status_code == 403


def test_the_mentees_page_is_in_their_own_words_with_what_is_private(service: Service) -> None:
    page = service.browser("ben").get("/commitments").text
    assert "I&#39;ll try to halve the review time." in page
    assert "Who can see this?" in page
    assert "Share with sponsor" in page
    assert "For you alone" in page
    assert "Pause me" in page
    coach = service.browser("ada").get(PAGE).text
    assert "Share with sponsor" not in coach
    assert "For you alone" not in coach
    assert "Not mine" not in coach
    assert service.browser("ada").get("/commitments").text.count("You are a mentee in no pair") == 1


def test_the_sponsor_is_led_to_their_own_page(service: Service) -> None:
    assert service.browser("sam").get(PAGE, follow=False).headers["location"] == "/sponsor"


def test_markup_in_a_reason_is_shown_as_text(service: Service) -> None:
    say(service, "ben", candidate(service), kind="drop", reason='<script>alert("x")</script>')
    page = service.browser("ben").get("/commitments?all=true").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_my_commitments_are_what_i_owe(service: Service) -> None:
    found = service.client.get("/api/v1/me/commitments?all=true", headers=service.token("ben")).json()["items"]
    assert found
    assert {each["owner"] for each in found} == {"ben"}
    assert service.client.get("/api/v1/me/commitments", headers=service.token("sam")).json()["items"] == []


def test_follow_through_is_hidden_below_four_and_never_anothers(service: Service) -> None:
    for person in ("ben", "ada", "sam"):
        got = service.client.get("/api/v1/me/follow-through", headers=service.token(person))
        assert got.json() == {"kinds": []}


def test_pauses_are_taken_listed_and_ended(service: Service) -> None:
    token = service.token("ben")
    today = service.copilot.today.isoformat()
    made = service.client.post("/api/v1/me/pauses", headers=token, json={"from": today, "to": today})
    assert made.status_code == 201
    assert service.client.get("/api/v1/me/pauses", headers=token).json() == [{"id": today, "from": today, "to": today}]
    assert service.client.get("/api/v1/me/pauses", headers=service.token("ada")).json() == []
    gone = made.headers["location"]
    assert service.client.delete(gone, headers=service.token("ada")).status_code == 404
    assert service.client.delete(gone, headers=token).status_code == 204
    assert service.client.delete(gone, headers=token).status_code == 404
    assert service.client.delete("/api/v1/me/pauses/soon", headers=token).status_code == 422
    assert service.client.post("/api/v1/me/pauses", headers=token, json={"from": "9999-12-31", "to": today}).is_error


def test_pausing_by_form_shows_and_ends(service: Service) -> None:
    ben, today = service.browser("ben"), service.copilot.today.isoformat()
    sent = ben.post("/commitments/pauses", {"start": today, "end": today})
    assert sent.headers["location"] == "/commitments?said=paused#pause"
    assert "End it today" in ben.get("/commitments").text
    sent = ben.post(f"/commitments/pauses/{today}/end", {"back": "p1"})
    assert sent.headers["location"] == "/pairs/p1/commitments?said=resumed#pause"
    assert "End it today" not in ben.get(PAGE).text


def test_who_can_see_a_line_is_told_by_the_rules_that_readers_go_by(service: Service) -> None:
    def told(one: str) -> str:
        page = service.browser("ben").get("/commitments").text
        return page.partition(f'id="c-{one}"')[2].partition("Who can see this?")[2].partition("</details>")[0]

    one = candidate(service)
    assert "Ben Carter, Ada Nwosu. Nobody else." in told(one)
    say(service, "ben", one, kind="share")
    assert "Ben Carter, Ada Nwosu, Sam Reyes. Nobody else; the sponsor sees the words and dates" in told(one)
    withdrawn = ConsentWord("ben", Purpose.SESSION_PREP, False, datetime.now(UTC))
    service.copilot.record.consents.append(withdrawn)
    assert "Ben Carter, Sam Reyes. Nobody else" in told(one)
    assert "halve the review time" not in service.browser("ada").get(PAGE).text


def test_a_pair_that_is_closed_for_now_says_so_on_the_page(service: Service) -> None:
    programme = service.copilot.programme()
    pairs = tuple(replace(each, signed=()) for each in programme.pairs)
    service.copilot.record.programmes.save(replace(programme, pairs=pairs))
    assert service.browser("ada").get(PAGE).status_code == 403
    assert listed(service, "ben")
