"""A form is found in every encoding and place, and not where it is part of another word or of noise."""

from __future__ import annotations

import base64
import json
import random
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.byte_scan import ByteScan, Needle

NAME = "Zoë Quillfeather"
SCAN = ByteScan([Needle(NAME, parts=True), Needle("Quillfeather"), Needle("Ada", exact=True)])


def fully_escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@pytest.mark.parametrize(
    "data",
    [
        NAME.encode(),
        NAME.upper().encode(),
        b"x zoe.quillfeather@corp.example",
        "Zoe\u0308 Quillfeather".encode(),
        "said ZOË quillfeather!".encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16"),
        b"\0" + NAME.encode("utf-16-be"),
        quote(NAME).encode(),
        fully_escaped(NAME).encode(),
        json.dumps({"x": NAME}).encode(),
        "".join(f"\\u{ord(sign):04X}" for sign in NAME).encode(),
        b"zoequillfeather",
    ],
)
def test_a_full_name_is_found(data: bytes) -> None:
    assert 0 in SCAN.found_in(b"\x01\x02 " + data + b" \xfe")


@given(st.binary(max_size=40), st.binary(max_size=40), st.sampled_from([NAME, NAME.lower(), NAME.upper()]))
def test_base64_is_found_at_every_alignment(before: bytes, after: bytes, name: str) -> None:
    data = base64.b64encode(before + name.encode() + after)
    assert 0 in SCAN.found_in(data)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_form_between_other_words_is_found(before: str, after: str) -> None:
    data = f"{before} Quillfeather {after}".encode("utf-8", errors="replace")
    assert 1 in SCAN.found_in(data)


@pytest.mark.parametrize("data", [b"Quillfeathers are", b"adamant Adam", b"ada-ben", "Adélie".encode()[:4], b"xAda"])
def test_another_word_is_no_find(data: bytes) -> None:
    assert not SCAN.found_in(data)


def test_a_short_name_in_noise_is_no_find_and_in_words_it_is() -> None:
    assert not SCAN.found_in(b"\x00\xff\x10Ada\x00\x9c\x81")
    assert 2 in SCAN.found_in(b"\x00\xff\x10said Ada to us\x00\x9c\x81")
    assert 2 in SCAN.found_in(b"Ada")
    noise = random.Random(20261124).randbytes(3_000_000)  # noqa: S311 - a seed, so that a failure can be had again
    assert not SCAN.found_in(noise)


def test_a_file_is_read_in_blocks_and_an_archive_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copilot.byte_scan._BLOCK", 1000)
    (tmp_path / "long").write_bytes(b"-" * 992 + NAME.encode() + b"-" * 3000)
    assert (SCAN.file(tmp_path / "long").finds, SCAN.file(tmp_path / "long").size) == (2, 3992 + len(NAME.encode()))
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<t>{NAME}</t>" * 20)
    assert b"Quill" not in (tmp_path / "a.docx").read_bytes()
    assert SCAN.file(tmp_path / "a.docx").finds == 2
    (tmp_path / "empty").touch()
    assert SCAN.file(tmp_path / "empty").finds == 0


def test_nothing_to_look_for_finds_nothing() -> None:
    assert ByteScan([]).found_in(b"anything") == frozenset()
