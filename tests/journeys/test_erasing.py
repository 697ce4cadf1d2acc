"""Somebody is erased: nothing of theirs is left in any byte of the home, and nobody else lost a line."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.erasing import Erasure, Target, allow_return, erase, refuse_erased
from copilot.errors import BadInput, NotFound
from copilot.intake import prepare
from copilot.stores.erasing import open_erasing
from guards.access import ReadConversation, authorize
from guards.log_reading import verify
from tests.journeys.erasing_homes import copied, in_bytes, made, opened, preps, state

PAIR = Target("pair", "ada-ben")
PERSON = Target("person", "tomasz")
OTHERS = ("kwabena-priya", "yusuf-linh")
STEPS = ("tombstone", "key", "texts", "vaults", "record", "pages", "settle", "index")
POINTS = [*(f"{step}{end}" for step in STEPS for end in ("", " is done")), "scan", "certificate"]


class Stopped(Exception):
    """Stands for whatever stops a process."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    return copied(sample, tmp_path / "copy")


def erased(home: Path, target: Target) -> Erasure:
    with opened(home) as copilot:
        return erase(copilot, target)


def others(home: Path) -> dict[str, object]:
    with opened(home) as copilot:
        return {pair: state(copilot, pair) for pair in OTHERS}


def texts_of(home: Path, pair: str) -> list[str]:
    with open_erasing(home / "record.db") as store:
        return [text for text in store.texts(pair) if len(text) > 60]


def test_an_erased_pair_is_in_no_byte_and_the_others_lose_nothing(home: Path) -> None:
    before = others(home)
    quotes = [text[:50] for text in texts_of(home, "ada-ben") if "\\" not in text[:50]]
    assert in_bytes(home, *quotes) != []
    done = erased(home, PAIR)
    assert done.found_in == ()
    with open_erasing(home / "record.db") as store:
        assert store.pairs() == OTHERS
        rest = "\n".join(text for pair in OTHERS for text in store.texts(pair))
    assert in_bytes(home, *(each for each in quotes if each not in rest)) == []
    assert others(home) == before
    assert verify(home / "egress.jsonl").broken is None
    assert not list((home / "erasures").glob("*"))


def test_the_certificate_says_what_happened_and_no_name(home: Path) -> None:
    with open_erasing(home / "record.db") as store:
        counts = store.counts("ada-ben")
    done = erased(home, PAIR)
    assert done.certificate is not None
    assert stat.S_IMODE(done.certificate.stat().st_mode) == 0o600
    told = json.loads(done.certificate.read_text())
    assert {name: told["removed"][name] for name in counts} == counts
    assert told["removed"]["keys"] == 1
    assert told["searched"]["finds"] == 0
    assert told["searched"]["bytes"] > 100_000
    assert told["searched"]["files"] >= len([path for path in home.rglob("*") if path.is_file()])
    words = done.certificate.read_text().casefold()
    assert not [name for name in ("ada", "nwosu", "ortega", "harbourline") if name in words]


def test_an_erased_person_is_in_no_byte_and_shows_as_erased(home: Path) -> None:
    before = others(home)
    forms = ("Tomasz Wójcik", "Tomasz Wojcik", "Tomek", "Wójcik", "Tomasz")
    assert in_bytes(home, *forms) == ["record.db"]
    with opened(home) as copilot:
        assert "Tomasz" in preps(copilot, "ada-ben")
    done = erased(home, PERSON)
    assert done.found_in == ()
    assert in_bytes(home, "Tomasz Wójcik", "Tomasz Wojcik", "Tomek", "Wójcik") == []
    assert others(home) == before
    with opened(home) as copilot:
        page = preps(copilot, "ada-ben")
        assert "Wójcik" not in page
        assert "[erased]" in page
        grant = authorize(copilot.principal("ada-ben"), ReadConversation, "ada-ben")
        (decision,) = copilot.record.reader(grant).decisions()
        assert str(decision.reason).endswith("> asked for it")


def test_a_mentor_and_the_lead_can_be_erased_and_their_pairs_go_on(home: Path) -> None:
    """The lead is named in every pair's page, also in pairs whose notes never name her."""
    for person in ("ada", "meiling", "samira", "siobhan"):  # ids spelt like parts of their names
        assert erased(home, Target("person", person)).found_in == ()
    assert in_bytes(home, "Ada Nwosu", "ada.nwosu@coaches.example", "Samira Haddad", "Chua Mei-Ling") == []
    with opened(home) as copilot:
        for pair in ("ada-ben", *OTHERS):
            assert preps(copilot, pair)
        assert "Nwosu" not in preps(copilot, "ada-ben")
    with pytest.raises(NotFound, match="nothing was erased"):
        erased(home, Target("person", "ada"))


def test_a_form_that_somebody_who_stays_has_too_is_left_to_them(home: Path) -> None:
    with opened(home) as copilot:
        programme = copilot.programme()
        twin = replace(programme.people[4], id="tomasz-b", name="Tomasz Brandt", also=())
        copilot.record.programmes.save(replace(programme, people=(*programme.people, twin)))
        done = erase(copilot, PERSON)
        assert done.certificate is not None
        assert json.loads(done.certificate.read_text())["searched"]["left_out"] == {"shared_with_someone_who_stays": 1}
        assert copilot.programme().person("tomasz-b") == twin
    assert in_bytes(home, "Wójcik", "Tomek") == []


@pytest.mark.parametrize("target", [PAIR, PERSON], ids=["pair", "person"])
@pytest.mark.parametrize("point", POINTS)
def test_stopped_at_any_step_the_same_command_finishes(home: Path, point: str, target: Target) -> None:
    def stop(at: str) -> None:
        if at == point:
            raise Stopped

    with opened(home) as copilot, pytest.raises(Stopped):
        erase(copilot, target, at=stop)
    done = erased(home, target)
    assert done.found_in == ()
    assert done.certificate is not None
    assert not list((home / "erasures").glob("*"))
    told = json.loads(done.certificate.read_text())["removed"]
    assert told.get("documents", 0) + told.get("people", 0) > 0
    if target is PAIR:
        with open_erasing(home / "record.db") as store:
            assert store.pairs() == OTHERS
    else:
        assert in_bytes(home, "Wójcik", "Tomek") == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from copilot.erasing import Target, erase
from tests.journeys.erasing_homes import opened
def at(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
with opened(Path(sys.argv[1])) as copilot:
    erase(copilot, Target("pair", "ada-ben"), at=at)
"""


@pytest.mark.parametrize("point", ["record", "record is done", "index is done"])
def test_a_killed_process_is_finished_by_the_next(home: Path, point: str) -> None:
    before = others(home)
    call = [sys.executable, "-c", _KILLED, str(home), point]
    ended = subprocess.run(call, cwd=Path(__file__).parents[2], env={**os.environ}, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert erased(home, PAIR).certificate is not None
    assert others(home) == before


def test_a_stray_copy_is_named_and_no_certificate_is_written_until_it_is_gone(home: Path) -> None:
    stray = home / "my-backup.txt"
    stray.write_text("what T\u00f3mek said: ask Tomasz W\u00f3jcik")
    done = erased(home, PERSON)
    assert (done.found_in, done.certificate) == ((str(stray),), None)
    assert not (home / "certificates").exists()
    stray.unlink()
    assert erased(home, PERSON).certificate is not None


def test_the_next_ingest_does_not_bring_them_back(home: Path, sample: Path) -> None:
    notes = sample.parent / "notes"
    erased(home, PAIR)
    with opened(home) as copilot:
        with pytest.raises(BadInput, match=r"brings back the pair ada-ben.*--allow-return"):
            prepare(copilot, [notes])
        allow_return(copilot, PAIR)
        assert prepare(copilot, [notes]).programme.pair("ada-ben")
    erased(home, PERSON)
    with opened(home) as copilot:
        programme = copilot.programme()
        with pytest.raises(BadInput, match="person tomasz, who was erased") as refused:
            prepare(copilot, [notes])
        assert "Tomasz" not in str(refused.value)
        renamed = replace(programme.people[3], id="tw", name="tomasz  w\u00f3jcik")
        with pytest.raises(BadInput, match="person tw"):
            refuse_erased(copilot, replace(programme, people=(renamed,)))
        refuse_erased(copilot, programme)  # the stub may stay
        allow_return(copilot, Target("person", "tw"))
        refuse_erased(copilot, replace(programme, people=(renamed,)))
