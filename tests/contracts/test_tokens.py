"""What tokens and their store promise: good until their moment, once revoked never again, one winner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.errors import BadInput, NotFound
from copilot.stores.protocols import Record
from copilot.tokens import (
    PREFIX,
    RULES,
    Bearer,
    Issued,
    Scope,
    TokenKind,
    TokenStore,
    issue,
    redeem,
    revoke,
    revoke_all,
    verify,
)
from guards.errors import NotSignedIn
from tests.doubles.record import MemoryRecord
from tests.doubles.record_samples import opened

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
EVERY = frozenset(TokenKind)
TICK = timedelta(microseconds=1)
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
KINDS = st.sampled_from([kind for kind in TokenKind if kind is not TokenKind.LINK])
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - the bound of hypothesis is naive
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9.5))]),
)


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TokenStore]:
    record: Record = MemoryRecord() if request.param == "memory" else opened(tmp_path)
    yield record.tokens
    record.close()


def made(store: TokenStore, kind: TokenKind = TokenKind.API, *, person: str = "ada", now: datetime = NOW) -> Issued:
    return issue(store, person=person, kind=kind, scopes=RULES[kind].scopes, now=now)


def known(store: TokenStore, secret: str, now: datetime = NOW) -> Bearer | None:
    try:
        return verify(store, secret, kinds=EVERY, now=now)
    except NotSignedIn:
        return None


@QUICK
@given(kind=KINDS, now=MOMENTS, data=st.data())
def test_what_was_issued_verifies_as_issued_to_the_last_moment_and_no_further(
    store: TokenStore, kind: TokenKind, now: datetime, data: st.DataObject
) -> None:
    rule = RULES[kind]
    scopes = data.draw(st.frozensets(st.sampled_from(sorted(rule.scopes)), min_size=1))
    lifetime = data.draw(st.timedeltas(TICK, rule.most) | st.none())
    token = issue(store, person="ada", kind=kind, scopes=scopes, now=now, lifetime=lifetime)
    assert token.expires == now + (lifetime or rule.default)
    bearer = Bearer("ada", kind, scopes, token.id, token.expires)
    assert known(store, token.secret, now) == bearer
    assert known(store, token.secret, token.expires - TICK) == bearer
    assert known(store, token.secret, token.expires) is None


@QUICK
@given(at=st.integers(0, len(PREFIX) + 42), put=st.characters())
def test_any_changed_character_fails(store: TokenStore, at: int, put: str) -> None:
    secret = made(store).secret
    changed = secret[:at] + put + secret[at + 1 :]
    assert (known(store, changed) is not None) == (changed == secret)
    assert known(store, secret[:at]) is None
    assert known(store, secret + put) is None


@QUICK
@given(secret=st.text() | st.from_regex(rf"{PREFIX}[\w-]{{43}}\n?", fullmatch=True))
def test_what_was_never_issued_fails_and_is_not_told(store: TokenStore, secret: str) -> None:
    made(store)
    for check in (lambda: verify(store, secret, kinds=EVERY, now=NOW), lambda: redeem(store, secret, NOW)):
        with pytest.raises(NotSignedIn) as refusal:
            check()
        assert len(secret) < 8 or secret not in str(refusal.value)


@QUICK
@given(kind=st.sampled_from(list(TokenKind)), later=st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_what_was_revoked_never_verifies_whatever_the_clock_says(
    store: TokenStore, kind: TokenKind, later: timedelta
) -> None:
    token = made(store, kind)
    assert revoke(store, token.id, by="ada", now=NOW)
    assert not revoke(store, token.id, by="ada", now=NOW + later)
    assert known(store, token.secret, NOW + later) is None
    with pytest.raises(NotSignedIn):
        redeem(store, token.secret, NOW + later)


@pytest.mark.parametrize("kind", TokenKind)
def test_a_kind_is_good_for_itself_alone(store: TokenStore, kind: TokenKind) -> None:
    token = made(store, kind)
    with pytest.raises(NotSignedIn):
        verify(store, token.secret, kinds=EVERY - {kind}, now=NOW)
    if kind is TokenKind.LINK:
        assert known(store, token.secret) is None
    else:
        with pytest.raises(NotSignedIn):
            redeem(store, token.secret, NOW)


def test_a_link_is_good_once_and_for_a_quarter_of_an_hour(store: TokenStore) -> None:
    link, late = made(store, TokenKind.LINK), made(store, TokenKind.LINK)
    assert redeem(store, link.secret, NOW).scopes == {Scope.READ, Scope.WRITE}
    with pytest.raises(NotSignedIn):
        redeem(store, link.secret, NOW)
    with pytest.raises(NotSignedIn):
        redeem(store, late.secret, NOW + timedelta(minutes=15))


def test_of_many_who_bring_one_link_at_once_one_is_let_in(store: TokenStore) -> None:
    def won(secret: str) -> bool:
        try:
            return redeem(store, secret, NOW).person == "ada"
        except NotSignedIn:
            return False

    for _ in range(5):
        link = made(store, TokenKind.LINK)
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(won, [link.secret] * 8)) == 1


def test_the_last_use_is_noted_by_the_day_and_written_once_a_day(store: TokenStore) -> None:
    token = made(store)
    noted: list[object] = []
    real = store.touch
    store.touch = lambda token_id, day: (noted.append(day), real(token_id, day))[1]  # pyright: ignore[reportAttributeAccessIssue]
    for hours in (0, 1, 14, 15, 16):
        assert known(store, token.secret, NOW + timedelta(hours=hours))
    assert [str(day) for day in noted] == ["2026-11-25", "2026-11-26"]
    found = store.find(token.id)
    assert found is not None
    assert str(found.used) == "2026-11-26"


def test_all_of_a_person_go_and_nobody_elses(store: TokenStore) -> None:
    mine, others = [made(store, kind) for kind in TokenKind], made(store, person="ben")
    revoke(store, mine[0].id, by="ada")
    assert revoke_all(store, "ada") == len(mine) - 1
    assert revoke_all(store, "nobody") == 0
    assert not any(known(store, each.secret) for each in mine)
    assert known(store, others.secret)


def test_tokens_are_listed_oldest_first_without_their_secret(store: TokenStore) -> None:
    later, first = made(store, now=NOW + timedelta(hours=1)), made(store, now=NOW)
    ben = made(store, person="ben", now=NOW + timedelta(minutes=1))
    assert [each.id for each in store.tokens()] == [first.id, ben.id, later.id]
    assert [each.id for each in store.tokens("ada")] == [first.id, later.id]
    assert later.secret not in repr(store.tokens()) + repr(later)
    with pytest.raises(NotFound):
        revoke(store, "no such", by="ada")


REFUSED: list[Callable[[TokenStore], Issued]] = [
    lambda store: issue(store, person="", kind=TokenKind.API, scopes=frozenset({Scope.READ}), now=NOW),
    lambda store: issue(store, person="ada", kind=TokenKind.API, scopes=frozenset[Scope](), now=NOW),
    lambda store: issue(store, person="ada", kind=TokenKind.API, scopes=frozenset({Scope.FEED}), now=NOW),
    lambda store: issue(store, person="ada", kind=TokenKind.FEED, scopes=frozenset(Scope), now=NOW),
    *(
        lambda store, lasts=lasts: issue(
            store, person="ada", kind=TokenKind.SESSION, scopes=frozenset({Scope.READ}), now=NOW, lifetime=lasts
        )
        for lasts in (timedelta(0), -TICK, timedelta(hours=12) + TICK, timedelta.max)
    ),
    *(
        lambda store, label=label: issue(
            store, person="ada", kind=TokenKind.API, scopes=frozenset({Scope.READ}), now=NOW, label=label
        )
        for label in ("a\n", " a", "a" * 41, "\x1b[31m", "é", "<b>")
    ),
]


@pytest.mark.parametrize("at", range(len(REFUSED)))
def test_what_is_not_of_the_kind_is_refused_and_nothing_is_kept(store: TokenStore, at: int) -> None:
    with pytest.raises(BadInput):
        REFUSED[at](store)
    assert store.tokens() == ()
