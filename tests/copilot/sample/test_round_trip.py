"""Every text of the sample programme comes back letter for letter, also one with typed and hostile marks in it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.round_trip import exact
from copilot.programme_file import load_programme
from copilot.sample.build import build_sample
from guards.presidio import build_redactor
from tests.guards.spellings import MISSPELT


def test_the_sample_programme_comes_back_letter_for_letter(tmp_path: Path) -> None:
    sample = build_sample(tmp_path)
    texts = [path.read_text("utf-8") for path in sorted(tmp_path.rglob("*")) if path.suffix in {".md", ".txt", ".vtt"}]
    assert len(texts) >= 6
    texts += [
        f"Ada Nwosu wrote {write('PERSON', '1')} to Ben.\r\n\tTomek: ok\u2028 fine" for write in MISSPELT.values()
    ]
    roster = load_programme(sample.programme).programme.roster()
    same, restored = exact(texts, redactor=build_redactor(ner=None), roster=roster)
    assert same == len(texts)
    assert restored >= len(texts) - len(MISSPELT)
