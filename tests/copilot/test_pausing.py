"""Pauses that people take for themselves: kept over ingests and imports, ended early, and counted like any leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from copilot import intake
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.errors import BadInput, NotFound
from copilot.flags.history import histories
from copilot.importing import import_file
from copilot.pausing import LONGEST, end_pause, pause, pauses
from copilot.raising import raised
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.redaction import RosterRedactor

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class DatedRun(HomeRun):
    """A run on a day of its own."""

    days: list[date] = field(default_factory=lambda: [TODAY])

    def copilot(self, **changes: object) -> Copilot:
        doubles = Overrides(redactor=RosterRedactor(), engine=SilentEngine(), today=lambda: self.days[-1])
        return bootstrap(self.settings(**changes), overrides=doubles)


@pytest.fixture
def run(tmp_path: Path) -> DatedRun:
    return DatedRun(home=filled(tmp_path).home)


def taken(copilot: Copilot, *, days: int = 14) -> None:
    pause(copilot, principal=copilot.person("ben"), start=TODAY, end=TODAY + timedelta(days=days))


def test_a_pause_stands_through_a_later_ingest_of_the_same_file(run: DatedRun, tmp_path: Path) -> None:
    with run.copilot() as copilot:
        taken(copilot)
    with run.copilot() as copilot:
        intake.prepare(copilot, [tmp_path / "notes"])
        (kept,) = pauses(copilot, principal=copilot.person("ben"))
        assert (kept.start, kept.logged) == (TODAY, TODAY)
        intake.prepare(copilot, [tmp_path / "notes"])
        assert len(pauses(copilot, principal=copilot.person("ben"))) == 1


def test_a_pause_stands_through_an_import_and_the_file_may_be_ingested_still(run: DatedRun, tmp_path: Path) -> None:
    given = tmp_path / "given.yaml"
    given.write_text(PROGRAMME.replace("weeks: 12", "weeks: 13"), encoding="utf-8")
    with run.copilot() as copilot:
        taken(copilot)
        import_file(copilot, given)
        assert len(pauses(copilot, principal=copilot.person("ben"))) == 1
        other = tmp_path / "notes" / "programme.yaml"
        other.write_text(PROGRAMME.replace("weeks: 12", "weeks: 14"), encoding="utf-8")
        intake.prepare(copilot, [tmp_path / "notes"])  # it lacks nothing that a file could have
        assert copilot.programme().weeks == 14
        assert len(pauses(copilot, principal=copilot.person("ben"))) == 1


def test_the_clock_of_the_pair_stands_still_and_says_so_only_from_the_day_it_was_known(run: DatedRun) -> None:
    with run.copilot() as copilot:
        taken(copilot)
        (history,) = histories(copilot.programme())
        later = TODAY + timedelta(days=10)
        assert history.seen_on(later).clock(handover_days=0).active_days(TODAY - timedelta(days=1), later) == 0
        before = TODAY - timedelta(days=1)
        assert history.seen_on(before).away == ()


def test_a_stall_is_not_flagged_while_the_mentee_pauses(run: DatedRun) -> None:
    def flags(copilot: Copilot, day: date) -> list[str]:
        return [each.pair for each in raised(copilot, days=[day], kinds={"stalled"}, remark=lambda _: None)[day]]

    with run.copilot() as copilot:
        run.days.append(date(2026, 9, 22))
        pause(copilot, principal=copilot.person("ben"), start=run.days[-1], end=date(2026, 11, 30))
        assert flags(copilot, TODAY) == []
        end_pause(copilot, principal=copilot.person("ben"), start=run.days[-1])
        assert flags(copilot, TODAY) == ["p1"]


def test_ending_early_keeps_the_days_that_were_and_takes_away_what_never_began(run: DatedRun) -> None:
    with run.copilot() as copilot:
        ben = copilot.person("ben")
        taken(copilot)
        run.days.append(TODAY + timedelta(days=3))
        end_pause(copilot, principal=ben, start=TODAY)
        assert pauses(copilot, principal=ben) == ()
        (was,) = next(each for each in copilot.programme().people if each.id == "ben").away
        assert was.end == TODAY + timedelta(days=2)
        soon = run.days[-1] + timedelta(days=5)
        pause(copilot, principal=ben, start=soon, end=soon)
        end_pause(copilot, principal=ben, start=soon)
        assert pauses(copilot, principal=ben) == ()
        with pytest.raises(NotFound):
            end_pause(copilot, principal=ben, start=soon)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (TODAY, TODAY - timedelta(days=1)),
        (TODAY - timedelta(days=1), TODAY),
        (TODAY, TODAY + timedelta(days=LONGEST)),
        (date(2028, 1, 1), date(2028, 1, 2)),
        (date.max, date.max),
    ],
)
def test_days_that_make_no_pause_are_refused(run: DatedRun, start: date, end: date) -> None:
    with run.copilot() as copilot:
        with pytest.raises(BadInput):
            pause(copilot, principal=copilot.person("ben"), start=start, end=end)
        assert pauses(copilot, principal=copilot.person("ben")) == ()


def test_two_pauses_do_not_touch_and_nobody_ends_anothers(run: DatedRun) -> None:
    with run.copilot() as copilot:
        taken(copilot)
        with pytest.raises(BadInput, match="touch"):
            taken(copilot, days=2)
        with pytest.raises(NotFound):
            end_pause(copilot, principal=copilot.person("ada"), start=TODAY)
        assert len(pauses(copilot, principal=copilot.person("ben"))) == 1
