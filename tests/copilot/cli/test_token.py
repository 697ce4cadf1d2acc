"""``coach token``: a secret is shown once and is nowhere else; wrong calls are refused; erasing takes tokens along."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.main import coach
from copilot.cli.token import token
from copilot.erasing import erase
from copilot.erasure_records import Target
from copilot.errors import BadInput, CopilotError, HomeInUse, NotFound, Usage
from copilot.home import audit_log
from copilot.retention import run_retention
from copilot.token_log import LoggedTokens
from copilot.tokens import Scope, TokenKind, issue, redeem, revoke, verify
from guards.audit_log import shown
from guards.errors import AuditUnwritable, NotSignedIn
from tests.copilot.cli.home import HomeRun, filled
from tests.doubles.tokens import MemoryTokens

EVERY = frozenset(TokenKind)
READ = frozenset({Scope.READ})


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def called(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(token, list(arguments), obj=run)


def listed(run: HomeRun, *arguments: str) -> list[dict[str, object]]:
    return json.loads(called(run, "list", "--json", *arguments).stdout)


def test_a_token_is_shown_once_and_is_in_no_byte_of_the_home(run: HomeRun) -> None:
    done = called(
        run, "issue", "--person", "ada", "--scope", "read", "--scope", "write", "--days", "3", "--label", "ci"
    )
    secret = done.stdout.strip()
    path = called(run, "link", "--person", "ben").stdout.strip()
    assert secret.startswith("coach_")
    assert path.startswith("/sign-in/coach_")
    with run.copilot() as copilot:
        now = datetime.now(UTC)
        bearer = verify(copilot.tokens, secret, kinds=EVERY, now=now)
        assert (bearer.person, bearer.scopes) == ("ada", {Scope.READ, Scope.WRITE})
        assert timedelta(days=2.9) < bearer.expires - now < timedelta(days=3)
        link = path.removeprefix("/sign-in/")
        assert redeem(copilot.tokens, link, now).person == "ben"
        assert run.home is not None
        open_ = [each for each in run.home.rglob("*") if each.is_file()]  # also while its journal is there
        assert {"record.db", "audit.jsonl"} <= {each.name for each in open_}
        for kept in (secret, link):
            assert [each for each in open_ if kept[6:].encode() in each.read_bytes()] == []
    (row,) = listed(run)
    assert (row["person"], row["kind"], row["state"], row["label"]) == ("ada", "api", "good", "ci")
    assert row["used"] == datetime.now(UTC).date().isoformat()
    assert {each["state"] for each in listed(run, "--all")} == {"good", "revoked"}


def test_one_and_all_of_a_person_are_revoked_at_once(run: HomeRun) -> None:
    first, second, other = (called(run, "issue", "--person", who).stdout.strip() for who in ("ada", "ada", "ben"))
    one = str(listed(run)[0]["id"])
    assert "is revoked" in called(run, "revoke", one).stdout
    assert "was revoked before" in called(run, "revoke", one).stdout
    assert "1 token was" in called(run, "revoke", "--person", "ada").stdout
    with run.copilot() as copilot:
        for gone in (first, second):
            with pytest.raises(NotSignedIn):
                verify(copilot.tokens, gone, kinds=EVERY, now=datetime.now(UTC))
        assert verify(copilot.tokens, other, kinds=EVERY, now=datetime.now(UTC)).person == "ben"
    assert "ada" not in called(run, "list").stdout


def test_every_issue_revocation_and_sign_in_is_a_line_of_the_log(run: HomeRun) -> None:
    link = called(run, "link", "--person", "ben").stdout.strip().removeprefix("/sign-in/")
    called(run, "issue", "--person", "ben")
    with run.copilot() as copilot:
        redeem(copilot.tokens, link, datetime.now(UTC))
        revoke(copilot.tokens, next(each.id for each in copilot.tokens.tokens() if not each.revoked), by="ada")
        lines = shown(audit_log(copilot.home.path), keyring=copilot.keyring, pairs=[], people=["ada", "ben"], most=4)
    assert [(each["act"], each["detail"], each["who"]) for each in lines] == [
        ("issue", "link", "ben"),
        ("issue", "api", "ben"),
        ("sign_in", "link", "ben"),
        ("revoke", "api", "ada"),
    ]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["issue", "--person", "nobody"], NotFound),
        (["link", "--person", ""], NotFound),
        (["list", "--person", "nobody"], NotFound),
        (["issue", "--person", "ada", "--label", "<script>"], BadInput),
        (["issue", "--person", "ada", "--label", "x" * 41], BadInput),
        (["revoke"], Usage),
        (["revoke", "1", "--person", "ada"], Usage),
        (["revoke", "coach_" + "x" * 43], NotFound),
        (["revoke", ""], NotFound),
    ],
)
def test_wrong_calls_are_refused(run: HomeRun, arguments: list[str], refusal: type[CopilotError]) -> None:
    done = called(run, *arguments)
    assert isinstance(done.exception, refusal)
    assert "x" * 43 not in str(done.exception)
    assert listed(run, "--all") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["issue"],
        ["issue", "--person", "ada", "--scope", "feed"],
        ["issue", "--person", "ada", "--days", "0"],
        ["issue", "--person", "ada", "--days", "366"],
        ["issue", "--person", "ada", "--days", "1.5"],
        ["link"],
        ["revoke", "1", "2"],
    ],
)
def test_wrong_arguments_are_usage(tmp_path: Path, arguments: list[str]) -> None:
    assert called(HomeRun(home=tmp_path), *arguments).exit_code == 2
    assert CliRunner().invoke(coach, ["token", *arguments]).exit_code in {2, 64}


def test_a_home_in_use_refuses(run: HomeRun) -> None:
    with run.copilot():
        assert isinstance(called(run, "issue", "--person", "ada").exception, HomeInUse)


def test_erasing_somebody_takes_their_tokens_along_and_their_name_out_of_labels(run: HomeRun) -> None:
    mine = called(run, "issue", "--person", "ben").stdout.strip()
    other = called(run, "issue", "--person", "ada", "--label", "for Ben Carter").stdout.strip()
    with run.copilot() as copilot:
        done = erase(copilot, Target("person", "ben"))
        assert (done.found_in, done.counts["tokens"]) == ((), 1)
        with pytest.raises(NotSignedIn):
            verify(copilot.tokens, mine, kinds=EVERY, now=datetime.now(UTC))
        assert verify(copilot.tokens, other, kinds=EVERY, now=datetime.now(UTC)).person == "ada"
        assert [(each.person, each.label) for each in copilot.tokens.tokens()] == [("ada", "")]
    assert isinstance(called(run, "issue", "--person", "ben").exception, NotFound)


def test_ended_tokens_go_after_their_limit_and_good_ones_stay(run: HomeRun) -> None:
    start = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    assert run.home is not None
    (run.home / "retention.yaml").write_text("tokens: 90\n", encoding="utf-8")
    with run.copilot() as copilot:
        made = [
            issue(
                copilot.tokens, person="ada", kind=TokenKind.API, scopes=READ, now=start, lifetime=timedelta(days=each)
            )
            for each in (10, 10, 365)
        ]
        revoke(copilot.tokens, made[1].id, by="ada", now=start)
        left = {
            day: (run_retention(copilot, start.date() + timedelta(days=day)), len(copilot.tokens.tokens()))[1]
            for day in (90, 91, 100, 101, 400)
        }
    assert left == {90: 3, 91: 2, 100: 2, 101: 1, 400: 1}


class _FullDisk:
    """An audit log that cannot be kept."""

    def append(self, entry: object) -> None:
        raise AuditUnwritable("the disk is full")


def test_a_log_that_cannot_be_kept_makes_no_token_and_leaves_no_door_open() -> None:
    kept, now = MemoryTokens(), datetime.now(UTC)
    logged = LoggedTokens(kept, _FullDisk())  # pyright: ignore[reportArgumentType]
    with pytest.raises(AuditUnwritable):
        issue(logged, person="ada", kind=TokenKind.API, scopes=READ, now=now)
    assert kept.tokens() == ()
    api, link = (issue(kept, person="ada", kind=kind, scopes=READ, now=now) for kind in (TokenKind.API, TokenKind.LINK))
    with pytest.raises(AuditUnwritable):
        revoke(logged, api.id, by="ada")
    with pytest.raises(AuditUnwritable):
        redeem(logged, link.secret, now)
    assert not any(each.live(now) for each in kept.tokens())
