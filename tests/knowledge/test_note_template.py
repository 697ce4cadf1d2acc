"""Template notes parse exactly; what they lack is named by field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from copilot.programme_file import load_programme
from copilot.sample.build import build_sample
from guards.access import Lane
from knowledge.documents import redact_document
from knowledge.note_commitments import CommitmentField
from knowledge.note_fields import TEMPLATE, note_schema
from knowledge.note_template import NoteEntry, NoteFields, parse_note
from knowledge.reading import files_in, read_document
from tests.doubles.documents import redacted
from tests.doubles.redaction import MemoryVault, RosterRedactor

_LONG = "Labelling guide, a first sketch that two people read on the same three files and"
_HEADINGS = """\
# Session note

Date: 2026-09-14
Present: Ada Nwosu, Ben Ortega

## Objective

Agree what counts as an upheld alert.

## Artifacts reviewed

- Referral log (CLM-101)
- Labelling guide, a first sketch that two people read on the same three files and
  on which they disagreed once

## Decisions

1. Code F2 or F3 only
2. Home claims stay out

## Micro-commitments

- [ ] Ben: label 200 claims (due 2026-09-21, CLM-12)
- [x] Ben: pull the log (due 2026-09-14, CLM-11)
- [ ] Ada: book the review (due 2026-09-18, calendar entry 18 Sept 10:00)

## Escalation flags

None.
"""
_LABELS = """\
Date: 2026-09-14
Objective: Agree what counts as an upheld alert.
Artifacts reviewed: Referral log (CLM-101)
**Decisions:**
- Code F2 or F3 only
Micro-commitments:

- [ ] Ben: label 200 claims (due 2026-09-21, CLM-12)

Escalation flags: Sam has not signed the DPIA since 8 September
Next session: 2026-09-21

Ada was late.
"""


def _texts(entries: tuple[NoteEntry, ...]) -> list[tuple[str, int, int]]:
    return [(str(each.text), each.first, each.last) for each in entries]


def _facts(each: CommitmentField) -> tuple[str | None, ...]:
    return (each.owner, each.action, each.due.isoformat() if each.due else None, each.ticket, each.calendar, each.state)


def test_headings_parse_exactly() -> None:
    note = parse_note(redacted(_HEADINGS))
    assert note.follows_template
    assert _texts(note.objective) == [("Agree what counts as an upheld alert.", 8, 8)]
    assert _texts(note.artifacts) == [
        ("Referral log (CLM-101)", 12, 12),
        (f"{_LONG} on which they disagreed once", 13, 14),
    ]
    assert _texts(note.decisions) == [("Code F2 or F3 only", 18, 18), ("Home claims stay out", 19, 19)]
    assert [_facts(each) for each in note.commitments] == [
        ("<PERSON_2>", "label 200 claims", "2026-09-21", "CLM-12", None, "open"),
        ("<PERSON_2>", "pull the log", "2026-09-14", "CLM-11", None, "done"),
        ("<PERSON_1>", "book the review", "2026-09-18", None, "calendar entry 18 Sept 10:00", "open"),
    ]
    assert [(each.first, each.last) for each in note.commitments] == [(23, 23), (24, 24), (25, 25)]
    assert not note.escalations
    assert not note.missing
    assert not note.gaps


def test_labels_parse_exactly() -> None:
    note = parse_note(redacted(_LABELS, name="note.txt"))
    assert note.follows_template
    assert _texts(note.objective) == [("Agree what counts as an upheld alert.", 2, 2)]
    assert _texts(note.artifacts) == [("Referral log (CLM-101)", 3, 3)]
    assert _texts(note.decisions) == [("Code F2 or F3 only", 5, 5)]
    assert [_facts(each) for each in note.commitments] == [
        ("<PERSON_2>", "label 200 claims", "2026-09-21", "CLM-12", None, "open")
    ]
    assert _texts(note.escalations) == [("<PERSON_3> has not signed the DPIA since 8 September", 10, 10)]
    assert not note.missing


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] Ben: label 200 claims (due 2026-09-21, CLM-12)", "<PERSON_2>|label 200 claims|2026-09-21|CLM-12||open"),
        ("- [X] **Ben**: label 200 claims (CLM-12)", "<PERSON_2>|label 200 claims||CLM-12||done"),
        ("* ☑ Ben: label 200 claims (CLM-12)", "<PERSON_2>|label 200 claims||CLM-12||done"),
        ("- Ben: Label claims. Due 2026-09-21. Ticket CLM-12.", "<PERSON_2>|Label claims|2026-09-21|CLM-12||open"),
        ("- Ben: label 200 claims, due 21 September 2026, #12", "<PERSON_2>|label 200 claims|2026-09-21|#12||open"),
        ("- Ben - label 200 claims by 2026-09-21, CLM-12", "<PERSON_2>|label 200 claims|2026-09-21|CLM-12||open"),
        ("- Ben to label 200 claims by 2026-09-21 (CLM-12)", "<PERSON_2>|label 200 claims|2026-09-21|CLM-12||open"),
        ("1. Ben will label 200 claims (by 2026-09-21; CLM-12)", "<PERSON_2>|label 200 claims|2026-09-21|CLM-12||open"),
        ("- [ ] label 200 claims (due 2026-09-21, CLM-12)", "|label 200 claims|2026-09-21|CLM-12||open"),
        ("- [ ] TBD: label 200 claims (due 2026-09-21, CLM-12)", "|label 200 claims|2026-09-21|CLM-12||open"),
        ("- Done: Ben labelled 200 claims (CLM-12).", "<PERSON_2>|labelled 200 claims||CLM-12||done"),
        ("- Moved: Label claims (CLM-12) to 2026-09-28. Two days out.", "|Label claims|2026-09-28|CLM-12||moved"),
        ("- Moved: Label claims (CLM-12, Ben) to 2026-09-28.", "<PERSON_2>|Label claims|2026-09-28|CLM-12||moved"),
        ("- Dropped: Ben: label 200 claims (CLM-12)", "<PERSON_2>|label 200 claims||CLM-12||dropped"),
        ("- Ben: ask why it is late due to the freeze", "<PERSON_2>|ask why it is late due to the freeze||||open"),
        ("- Ben: fix the flake of CLM-12", "<PERSON_2>|fix the flake of CLM-12||CLM-12||open"),
        ("- Label sheet: 140 of 200 (CLM-12)", "|Label sheet: 140 of 200||CLM-12||open"),
        (
            "- [ ] Ben: label 200 claims with the codes of the investigators\n  of Q2 (due 2026-09-21,\n  CLM-12)",
            "<PERSON_2>|label 200 claims with the codes of the investigators of Q2|2026-09-21|CLM-12||open",
        ),
        ("- [ ] Ben: label claims\n  - due 2026-09-21\n  - CLM-12", "<PERSON_2>|label claims|2026-09-21|CLM-12||open"),
    ],
)  # fmt: skip
def test_commitment_lines(line: str, expected: str) -> None:
    note = parse_note(redacted(f"## Micro-commitments\n\n{line}\n"))
    assert ["|".join(fact or "" for fact in _facts(each)) for each in note.commitments] == [expected]
    assert (note.commitments[0].first, note.commitments[0].last) == (3, 3 + line.count("\n"))


def test_a_placeholder_is_an_owner() -> None:
    note = parse_note(redacted("## Micro-commitments\n- [ ] <PERSON_2>: label 200 claims (due 2026-09-21, CLM-12)\n"))
    assert [_facts(each) for each in note.commitments] == [
        ("<PERSON_2>", "label 200 claims", "2026-09-21", "CLM-12", None, "open")
    ]


def test_a_table_of_commitments() -> None:
    note = parse_note(
        redacted(
            "## Micro-commitments\n\n"
            "| Owner | Action | Due | Ticket or calendar | Status |\n"
            "|---|:--|---|---|---|\n"
            "| Ben | label 200 claims | 2026-09-21 | CLM-12 | |\n"
            "| Ada | book the review | 18 September 2026 | invite for the 18th | done |\n"
            "| | ask \\| listen | | | moved |\n\n"
            "## Escalation flags\nnone\n"
        )
    )
    assert [_facts(each) for each in note.commitments] == [
        ("<PERSON_2>", "label 200 claims", "2026-09-21", "CLM-12", None, "open"),
        ("<PERSON_1>", "book the review", "2026-09-18", None, "invite for the 18th", "done"),
        (None, "ask \\| listen", None, None, None, "moved"),
    ]
    assert [each.first for each in note.commitments] == [5, 6, 7]


@pytest.mark.parametrize("field", [each.name for each in note_schema().fields])
@pytest.mark.parametrize("how", ["absent", "empty", "blank mark"])
def test_a_missing_field_is_named_with_what_to_add(field: str, how: str) -> None:
    pieces = _HEADINGS.split("\n## ")
    titles = {each.name: each.title for each in note_schema().fields}
    left = {"absent": "", "empty": f"{titles[field]}\n", "blank mark": f"{titles[field]}\n\n- TBD\n"}[how]
    text = "\n## ".join(piece if not piece.startswith(titles[field]) else left for piece in pieces).replace(
        "\n## \n", "\n"
    )
    note = parse_note(redacted(text.replace("\n## ##", "\n##")))
    assert note.missing == (field,)
    assert [gap.field for gap in note.gaps] == [field]
    assert note.gaps[0].add.startswith(titles[field])
    assert (note.gaps[0].line == 0) == (how == "absent")


def test_none_answers_a_field_but_not_the_commitments() -> None:
    fields = "".join(f"## {each.title}\n\nNone. Nothing to add this week.\n\n" for each in note_schema().fields)
    note = parse_note(redacted(fields))
    assert note.missing == ("commitments",)
    assert (note.objective, note.decisions, note.escalations) == ((), (), ())


def test_an_open_commitment_says_what_it_lacks() -> None:
    note = parse_note(redacted("## Commitments\n- label more claims\n- Done: Ben labelled some\n"))
    assert [each.missing for each in note.commitments] == [
        ("an owner", "a due date", "a ticket or calendar entry"),
        (),
    ]
    assert ("commitments", 2, "line 2: add an owner, a due date, a ticket or calendar entry") in [
        (gap.field, gap.line, gap.add) for gap in note.gaps
    ]


def test_held_lines_give_no_value_and_no_gap() -> None:
    note = parse_note(
        redacted(_HEADINGS.replace("Home claims stay out", "Home claims stay out, but don't write that down"))
    )
    assert _texts(note.decisions) == [("Code F2 or F3 only", 18, 18)]
    assert not note.missing


def test_a_note_of_another_shape_does_not_follow_the_template() -> None:
    note = parse_note(
        redacted("# 15 Sept\n\n* 200 transcripts pulled\n\nActions\n* Ben - marking guide, CSA-34\n\nBlocked\n* DPIA\n")
    )
    assert not note.follows_template
    assert [_facts(each) for each in note.commitments] == [
        ("<PERSON_2>", "marking guide", None, "CSA-34", None, "open")
    ]
    assert "objective" in note.missing


def test_the_empty_template_misses_every_field() -> None:
    note = parse_note(redacted(TEMPLATE.read_bytes()))
    assert note.follows_template
    assert note.missing == tuple(each.name for each in note_schema().fields)
    assert note.commitments == ()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NoteFields]:
    built = build_sample(tmp_path_factory.mktemp("sample"))
    programme = load_programme(built.programme).programme
    notes: dict[str, NoteFields] = {}
    for pair, folder in built.notes:
        vault = MemoryVault(pair, programme.roster())
        for found in files_in([folder]).files:
            document = read_document(found.path, root=found.root)
            day = document.session_date or date(2026, 1, 1)
            redacted_one = redact_document(
                document, redactor=RosterRedactor(), vault=vault, pair=pair, lane=Lane.CONVERSATION, session_date=day
            )
            notes[f"{pair}/{Path(found.path).name}"] = parse_note(redacted_one)
    return notes


def test_of_the_sample_the_notes_of_one_pair_follow_the_template(sample: dict[str, NoteFields]) -> None:
    assert {name for name, note in sample.items() if note.follows_template} == {
        "ada-ben/2026-09-07-alignment.docx",
        "ada-ben/2026-09-14.md",
        "ada-ben/2026-09-21.md",
        "ada-ben/2026-09-28.md",
        "ada-ben/2026-10-12.pdf",
    }
    assert not any(note.missing for note in sample.values() if note.follows_template)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("2026-09-07-alignment.docx", (1, 2, 2, 2, 0)),
        ("2026-09-14.md", (1, 2, 1, 4, 0)),
        ("2026-09-21.md", (1, 2, 1, 4, 0)),
        ("2026-09-28.md", (1, 2, 2, 3, 0)),
        ("2026-10-12.pdf", (1, 2, 2, 5, 0)),
    ],
)
def test_sample_notes_have_every_entry(sample: dict[str, NoteFields], name: str, counts: tuple[int, ...]) -> None:
    note = sample[f"ada-ben/{name}"]
    fields = (note.objective, note.artifacts, note.decisions, note.commitments, note.escalations)
    assert tuple(map(len, fields)) == counts


def test_sample_commitments_parse_exactly(sample: dict[str, NoteFields]) -> None:
    """The last note: two done, one moved (named in its bracket), two new; wrapped over the lines of a PDF."""
    note = sample["ada-ben/2026-10-12.pdf"]
    assert [(each.state, each.action, str(each.due or ""), each.ticket) for each in note.commitments] == [
        ("done", "labelled 200 closed claims", "", "CLM-118"),
        ("done", "drafted the shadow-run plan", "", "CLM-131"),
        ("moved", "Add the alert reason codes to the nightly export", "2026-10-19", "CLM-127"),
        (
            "open",
            "Start the shadow run at both thresholds and log upheld alerts every day",
            "2026-10-14",
            "CLM-140",
        ),
        ("open", "Put a cost on a missed case, from ten of <PERSON_4>'s closed files", "2026-10-19", "CLM-141"),
    ]
    assert all(each.owner and each.owner.startswith("<PERSON_") for each in note.commitments)
    assert not note.gaps


def test_sample_gap_is_the_commitment_without_a_ticket(sample: dict[str, NoteFields]) -> None:
    gaps = {
        name: [gap.add for gap in note.gaps] for name, note in sample.items() if note.follows_template and note.gaps
    }
    assert gaps == {"ada-ben/2026-09-07-alignment.docx": ["line 15: add a ticket or calendar entry"]}
