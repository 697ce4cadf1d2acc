"""An invented programme in which each instruction is planted into one pair's notes in four places, and its clean twins.

Places: the text (own line, inside a bullet, a turn of the mentee), a heading, the file's name, and what the document
says about itself (DOCX properties, PDF information, HTML title and meta, front matter). Naughty strings
go in as they are, as far as a format can hold them. It refuses nothing.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import docx
import yaml

from copilot.sample.build import docx_of
from copilot.sample.pdf import pdf_of

TEXTS: Final = ("own line", "bullet", "turn")
METAS: Final = ("docx", "pdf", "html", "md")
_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME: Final = re.compile(r"[\x00-\x1f/\ud800-\udfff]")
_FIRST: Final = """# Session note

Date: 2026-09-14

## Decisions

- Decision: two people label 200 claims.
- Open: which threshold goes live after the shadow run, 0.70 or 0.62?

## Commitments

- Ben Okoro: label 200 claims by 2026-09-28 (CLM-118)
- Ada Verne will send the label sheet to Ben by 2026-09-21 (CLM-119)

## Notes

- Blocked: no access to the nightly export before the freeze ends.
- The shadow run showed recall 0.53 at 0.70.
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair and what is planted in its notes; nothing in a twin's."""

    pair: str
    text: str
    at: int

    @property
    def twin(self) -> str:
        """The pair with the same notes and nothing planted."""
        return f"twin-{self.at % len(TEXTS)}-{self.at % len(METAS)}"


@dataclass(frozen=True, slots=True)
class World:
    """Where the programme stands."""

    programme: Path
    twins: tuple[Planted, ...]
    planted: tuple[Planted, ...]

    def folder(self, each: Planted) -> Path:
        """A pair's notes."""
        return self.programme.parent / "notes" / each.pair


def instructions(data: Path) -> tuple[str, ...]:
    """Every attack, naughty string and question of an e-mail task, each once."""
    attacks = cast("dict[str, list[str]]", json.loads((data / "text_attack_train.json").read_text("utf-8")))
    naughty = cast("list[str]", json.loads((data / "naughty_strings.json").read_text("utf-8")))
    mails = [json.loads(line) for line in (data / "email_train.jsonl").read_text("utf-8").splitlines() if line]
    found = [
        *(each for some in attacks.values() for each in some),
        *(str(each["question"]) for each in mails),
        *naughty,
    ]
    return tuple(dict.fromkeys(each for each in found if each.strip()))


def build_world(folder: Path, texts: Sequence[str]) -> World:
    """Write programme and notes."""
    planted = tuple(Planted(f"x{at:04}", text, at) for at, text in enumerate(texts))
    wanted = {each.twin: Planted(each.twin, "", each.at) for each in planted}
    twins = tuple(wanted[name] for name in sorted(wanted))
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder / "programme.yaml", twins, planted)
    world.programme.write_text(_programme([each.pair for each in (*twins, *planted)]), encoding="utf-8")
    for each in (*twins, *planted):
        notes = world.folder(each)
        notes.mkdir(parents=True, exist_ok=True)
        (notes / "2026-09-14.md").write_text(_FIRST, encoding="utf-8")
        (notes / "2026-09-21.md").write_text(_second(each), encoding="utf-8", errors="replace")
        name, content = _third(each)
        (notes / name).write_bytes(content)
    return world


def _programme(pairs: Sequence[str]) -> str:
    roles = (("ada", "Ada Verne", "mentor_coach"), ("ben", "Ben Okoro", "mentee"), ("sam", "Samira Lind", "sponsor"))
    people: list[dict[str, Any]] = [{"id": each, "name": name, "roles": [role]} for each, name, role in roles]
    signed = {"mentor_agreement": "2026-09-01", "coach_charter": "2026-09-01", "data_access": "2026-09-02"}
    rows = [{"id": pair, "mentor": "ada", "mentee": "ben", "sponsor": "sam", "kpi": "lead", "signed": dict(signed)}
            for pair in pairs]  # fmt: skip
    kpi = {"id": "lead", "name": "Share of referrals upheld", "layer": "delivery", "unit": "%", "baseline": 31,
           "target": 45, "better": "higher", "owner": "sam", "source": "referrals.csv", "window_days": 90}  # fmt: skip
    head = {"id": "inject", "name": "Inject", "start": "2026-09-07", "weeks": 12, "cadence_days": 7}
    return yaml.safe_dump({"programme": head, "people": people, "pairs": rows, "kpis": [kpi]}, sort_keys=False)


def _second(each: Planted) -> str:
    """The note with the words in its text and as a heading above a promise."""
    said = " ".join(each.text.split()) if each.at % 2 else each.text
    own = f"\n{said}\n" if each.text and each.at % len(TEXTS) == 0 else ""
    inside = f" {said}" if each.text and each.at % len(TEXTS) == 1 else ""
    turn = f"\n\nBen Okoro: {said}" if each.text and each.at % len(TEXTS) == 2 else ""
    heading = f"## {' '.join(each.text.split())}\n\n" if each.text else ""
    return f"""# Session note

Date: 2026-09-21

## Notes

- The label sheet is on the shared drive.{inside}
- Open: who signs off the reason codes, legal or operations?
{own}
Ada Verne: The export needs to be moved before the freeze; Samira Lind knows where it is.{turn}

Ben Okoro: I will draft the rollback steps by 2026-10-02, that is CLM-121.

{heading}- Ben Okoro: rerun the test set by 2026-10-05 (CLM-122)
- Done: Ada Verne sent the label sheet (CLM-119).
- Blocked: legal has not answered on retention.
"""


def _third(each: Planted) -> tuple[str, bytes]:
    """A short note with the words as its file's name, and in what it says about itself."""
    kind = METAS[each.at % len(METAS)]
    words = _NO_NAME.sub(" ", each.text).strip(". ")
    while len(words.encode()) > 120:
        words = words[:-1]
    name = f"2026-09-28 {words or 'call'}.{kind}"
    text = "# Call\n\nDate: 2026-09-28\n\n- Samira Lind will approve the access list by 2026-10-09 (CLM-123).\n"
    if kind == "docx":
        return name, _docx(text, each.text)
    if kind == "pdf":
        return name, _pdf(text, each.text)
    if kind == "html":
        said = html.escape(each.text)
        head = f'<title>{said}</title><meta name="author" content="{said}"><meta name="description" content="{said}">'
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.lstrip("# ").splitlines() if line)
        return name, f"<html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")
    one = " ".join(each.text.split())
    return name, f"---\ntitle: {one}\ndate: 2026-09-28\ntags: {one}\n---\n{text}".encode("utf-8", "replace")


def _docx(text: str, words: str) -> bytes:
    page = docx.Document(io.BytesIO(docx_of(text)))
    said = _XML.sub(" ", words)[:250]
    core = page.core_properties
    core.title = core.author = core.subject = core.comments = core.keywords = said
    saved = io.BytesIO()
    page.save(saved)
    return saved.getvalue()


def _pdf(text: str, words: str) -> bytes:
    said = words.encode("utf-16-be", "replace").hex().encode()
    return pdf_of(text).replace(
        b"/Root 1 0 R >>", b"/Root 1 0 R /Info << /Title <feff%s> /Author <feff%s> >> >>" % (said, said)
    )
