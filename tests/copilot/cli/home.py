"""A home in a temporary folder, with a redactor that knows the roster alone and an engine that says nothing."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from copilot import intake
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.cli.commit import commit
from copilot.cli.commitments import commitments
from copilot.cli.output import Run
from copilot.ingest import Options
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.redaction import RosterRedactor

PROGRAMME = """
programme: {id: demo, name: Demo, start: 2026-09-07, weeks: 12, cadence_days: 7}
people:
  - {id: ada, name: Ada Nwosu, roles: [mentor_coach]}
  - {id: ben, name: Ben Carter, roles: [mentee]}
  - {id: sam, name: Sam Reyes, roles: [sponsor]}
kpis:
  - {id: lead-time, name: Lead time, layer: delivery, unit: days, baseline: 98, target: 70, better: lower, owner: sam,
     source: tickets.csv, window_days: 90}
pairs:
  - {id: p1, mentor: ada, mentee: ben, sponsor: sam, kpi: lead-time, started: 2026-09-07,
     signed: {coach_charter: 2026-09-01, data_access: 2026-09-02}}
commitments:
  - {pair: p1, owner: ada, action: Send Ben the hypothesis sheet, opened: 2026-09-07, due: 2026-09-10, status: done,
     closed: 2026-09-10}
"""
FIRST = """# Session note

## Objective

Agree what counts as done.

## Artifacts reviewed

- Label sheet.

## Decisions

- Two people label.

## Micro-commitments

- Ben: Label 200 claims. Due 2026-09-21. Ticket CLM-118.
- Sam: Sign the data access form. Due 2026-09-18.

## Escalation flags

None.
"""
SECOND = """# 21 Sept

- Ben labelled 200 claims, done (CLM-118). Sam was sceptical about it.
- Ben: I'll try to halve the review time.
"""


class HomeRun(Run):
    """The global options of a call, with doubles for the slow parts."""

    def copilot(self, **changes: object) -> Copilot:
        return bootstrap(
            self.settings(**changes), overrides=Overrides(redactor=RosterRedactor(), engine=SilentEngine())
        )


def filled(folder: Path) -> HomeRun:
    """A home that has read the programme and two notes."""
    notes = folder / "notes" / "p1"
    notes.mkdir(parents=True)
    (folder / "notes" / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (notes / "2026-09-14.md").write_text(FIRST, encoding="utf-8")
    (notes / "2026-09-21.md").write_text(SECOND, encoding="utf-8")
    run = HomeRun(home=folder / "home")
    read(run, folder / "notes")
    return run


def read(run: HomeRun, folder: Path) -> None:
    """Ingest a folder; every file must be read."""
    with run.copilot() as copilot:
        results = list(intake.run(copilot, intake.prepare(copilot, [folder]), options=Options()))
    assert not [each.problem for each in results if each.problem]


def listed(run: HomeRun, *options: str, pair: str = "p1") -> Result:
    return CliRunner().invoke(commitments, [pair, *options], obj=run)


def said(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(commit, list(arguments), obj=run)
