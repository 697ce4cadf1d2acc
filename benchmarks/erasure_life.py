"""A home with a life behind it, for the erasure bench: words and cards beside the notes, names in all of them.

Every table and file that a command writes gets a row: criterion words with a sign-off, decisions with reasons, review
cards decided, consents, an imported update, a kept draft, papers, an export, lines of both logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from copilot.bootstrap import Copilot, bootstrap
from copilot.cli.main import coach
from copilot.cli.output import Run
from copilot.finding import Finding
from copilot.flags.flag import FlagKind, Tier
from copilot.ledger import fold
from copilot.reviewing import enqueue
from guards.access import ReadCommitments, authorize
from guards.redaction import Redactor
from guards.text import RawText, RedactedText

WANTED_TABLES: Final = ("criterion_words", "decisions", "findings", "review_words", "consents", "drafts", "programmes")


class _HomeRun(Run):
    """The global options of a call, on a redactor that is loaded already."""

    redactor: Redactor

    def copilot(self, **changes: object) -> Copilot:
        from copilot.bootstrap import Overrides

        return bootstrap(self.settings(**changes, engine="rules"), overrides=Overrides(redactor=self.redactor))


def live(home: Path, folder: Path, redactor: Redactor) -> None:
    """Do what the people of each pair do with the product, naming one another wherever a text is taken."""
    run = _HomeRun(home=home)
    object.__setattr__(run, "redactor", redactor)
    with run.copilot() as copilot:
        pairs = [(each.id, each.mentor, each.mentee, each.sponsor or "") for each in copilot.programme().pairs]
    for pair, mentor, mentee, sponsor in pairs:
        with run.copilot() as copilot:
            commitment, names = _first_of(copilot, pair), _names(copilot, mentor, mentee, sponsor)
            enqueue(copilot, [_card(copilot, pair, names)])
        (folder / "update.yaml").write_text(_update(pair, mentee, names), encoding="utf-8")
        criterion = _criterion(run, pair)
        for words in (
            ["import", str(folder / "update.yaml")],
            ["commit", "confirm", commitment, "--as", "mentee", "--reason", f"{names} agreed it"],
            ["commit", "share", commitment, "--as", "mentee"],
            ["consent", "give", mentee, "evaluation"],
            ["criteria", "agree", pair, criterion],
            ["criteria", "agree", pair, criterion, "--as", "mentee"],
            ["criteria", "sign", pair, criterion],
            ["review", "decide", f"life-{pair}", "confirm", "--as", mentee, "--reason", f"{names} said so"],
            ["prep", pair, "--as", "mentee"],
            ["draft", "blockers", pair],
            ["export", pair, "--format", "csv", "--as", "sponsor"],
        ):
            _said(run, words)


def _said(run: Run, words: Sequence[str]) -> str:
    result = CliRunner().invoke(type(coach)(name="coach", commands=coach.commands), list(words), obj=run)
    if result.exit_code != 0:
        raise RuntimeError(f"{words[0]} {words[1]} of the home's life ended {result.exit_code}: {result.stderr}")
    return result.stdout


def _first_of(copilot: Copilot, pair: str) -> str:
    reader = copilot.record.ledger_reader(authorize(copilot.principal(pair), ReadCommitments, pair))
    return fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=date.max)[0].id


def _criterion(run: Run, pair: str) -> str:
    import json

    return str(next(each["id"] for each in json.loads(_said(run, ["criteria", pair, "--json"])) if each["then"]))


def _names(copilot: Copilot, *people: str) -> str:
    known = {each.id: each.name for each in copilot.programme().people}
    return " and ".join(known[each] for each in people if each)


def _card(copilot: Copilot, pair: str, names: str) -> Finding:
    """A card whose words name people, masked as a rule's own words would be."""
    with copilot.record.vaults.open(pair) as vault:
        told: RedactedText = copilot.redactor.redact([RawText(f"{names} wrote the same line twice")], vault=vault)[
            0
        ].text
    today = datetime.now(UTC).date()
    return Finding(f"life-{pair}", FlagKind.TICKBOX, "repeats", pair, today, (told,), (told,), told, told, Tier.WATCH)


def _update(pair: str, mentee: str, names: str) -> str:
    action = f"Show {names} the second sheet"
    return (
        f'pairs: [{{id: {pair}, escalation: {{authority: true, how: "by a call with {names}"}}}}]\n'
        f"sessions: [{{pair: {pair}, date: 2026-10-19, status: held}}]\n"
        f'commitments: [{{pair: {pair}, owner: {mentee}, action: "{action}", opened: 2026-10-19}}]\n'
    )
