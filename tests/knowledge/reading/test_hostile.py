"""Files that should not be read: each gives one clear line, soon, and never its name or its text."""

from __future__ import annotations

import io
import os
import socket
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from copilot.sample.pdf import pdf_of
from knowledge.errors import Unreadable
from knowledge.passages import Document
from knowledge.reading import SUFFIXES, read_document
from tests.doubles.documents import raw

_SECRET = "Zebedee"  # stands for any word of a note
_SOON = 10.0  # seconds, with room for a busy machine; each takes well under one by itself, save where noted


def _docx(text: str = _SECRET) -> bytes:
    made = docx.Document()
    made.add_paragraph(text)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def _package(parts: dict[str, bytes], *, flag: int = 0) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    data = bytearray(saved.getvalue())
    if flag:
        data[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(data)


def _word(body: bytes) -> bytes:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return b"<w:document " + space + b"><w:body>" + body + b"</w:body></w:document>"


def _encrypted_pdf() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(_SECRET)))
    writer.encrypt("secret", algorithm="AES-256")
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def _blank_pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + _word(b"<w:p/>")
_CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.md", lambda: b"", "is empty"),
    "white space": ("a.md", lambda: b" \n\t\r\n  ", "holds only white space"),
    "comments only": ("a.md", lambda: b"<!-- nothing\nto see -->\n", "holds no text"),
    "markup only": ("a.html", lambda: b"<p></p><script>x</script>", "holds no text"),
    "a photo named .md": ("a.md", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50), "is binary"),
    "zero bytes": ("a.txt", f"hello\0{_SECRET}".encode, "is binary"),
    "a program": ("a.txt", lambda: b"\x7fELF\x02\x01\x01", "is binary"),
    "a PDF named .md": ("a.md", lambda: pdf_of(_SECRET), "is binary"),
    "Cyrillic in an old encoding": ("a.txt", lambda: ("Привет, как дела? " * 9).encode("cp1251"), "cannot be told"),
    "Japanese in an old encoding": ("a.txt", lambda: ("これは会議のメモです。" * 9).encode("shift_jis"), "encoding"),
    "UTF-8 cut inside a letter": ("a.txt", lambda: "Zoë Trần été".encode() + "é".encode()[:1] + b" end", "damaged"),
    "UTF-16 of odd length": ("a.txt", lambda: _SECRET.encode("utf-16") + b"\x01", "damaged"),
    "text named .pdf": ("a.pdf", _SECRET.encode, "is not a PDF"),
    "encrypted PDF": ("a.pdf", _encrypted_pdf, "protected by a password"),
    "half a PDF": ("a.pdf", lambda: pdf_of(_SECRET * 20)[:400], "PDF"),
    "PDF head alone": ("a.pdf", lambda: b"%PDF-1.4\n", "is not a whole PDF"),
    "PDF without a text layer": ("a.pdf", _blank_pdf, "without a text layer"),
    "PDF of 500 pages": ("a.pdf", lambda: _blank_pdf(500), "more than 400 pages"),
    "text named .docx": ("a.docx", _SECRET.encode, "is not a whole DOCX"),
    "half a DOCX": ("a.docx", lambda: _docx()[:-400], "is not a whole DOCX"),
    "old .doc named .docx": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .doc"),
    "another zip": ("a.docx", lambda: _package({"x.txt": b"x"}), "is not a whole DOCX"),
    "encrypted zip": ("a.docx", lambda: _package({"word/document.xml": b"x"}, flag=1), "protected by a password"),
    "zip bomb": ("a.docx", lambda: _package({"word/document.xml": bytes(20 * 2**20)}), "would unpack to more than"),
    "zip bomb beside the text": (
        "a.docx",
        lambda: _package({"word/document.xml": _word(b"<w:p/>"), **{f"m{at}": bytes(15 * 2**20) for at in range(8)}}),
        "would unpack to more than",
    ),
    "zip of 3000 parts": ("a.docx", lambda: _package({f"m{at}": b"" for at in range(3000)}), "would unpack"),
    "entity bomb": ("a.docx", lambda: _package({"word/document.xml": _ENTITIES}), "document type"),
    "broken XML": ("a.docx", lambda: _package({"word/document.xml": b"<w:document>"}), "broken XML"),
    "no body": ("a.docx", lambda: _package({"word/document.xml": b"<a/>"}), "without a text body"),
    "captions without cues": ("a.vtt", lambda: b"WEBVTT\n\nAda: hello\n", "holds no caption"),
    "cues without words": ("a.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "holds no caption"),
    "too many lines": ("a.txt", lambda: b"a\n" * 250_001, "holds more than"),
    "another suffix": ("a.exe", _SECRET.encode, "is not a kind of document"),
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES)
def test_a_file_that_cannot_be_read_says_why_in_one_line(tmp_path: Path, case: str) -> None:
    name, data, expected = _CASES[case]
    path = tmp_path / name
    path.write_bytes(data())
    message = _refused(path, root=tmp_path)
    assert expected in message


def _refused(path: Path, *, root: Path) -> str:
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read_document(path, root=root)
    assert time.monotonic() - started < _SOON
    message = str(caught.value)
    assert message
    assert "\n" not in message
    assert len(message) < 200
    assert _SECRET not in message
    assert path.name not in message
    return message


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    started = time.monotonic()
    assert "is 200 MB, the limit is 20 MB" in _refused(path, root=tmp_path)
    assert time.monotonic() - started < 1


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_read(tmp_path: Path) -> None:
    root = tmp_path / "notes"
    root.mkdir()
    (tmp_path / "outside.md").write_text(_SECRET)
    (root / "inside.md").write_text("hello")
    (root / "out.md").symlink_to(tmp_path / "outside.md")
    (root / "in.md").symlink_to(root / "inside.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    (root / "gone.md").symlink_to(root / "nothing.md")
    assert "leads out of the folder" in _refused(root / "out.md", root=root)
    assert "leads out of the folder" in _refused(root / ".." / "outside.md", root=root)
    assert read_document(root / "in.md", root=root).lines[0].text.unseal() == "hello"
    _refused(root / "loop.md", root=root)
    assert "is not there" in _refused(root / "gone.md", root=root)


def test_a_pipe_a_socket_a_device_and_a_folder_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    assert "is not a regular file" in _refused(tmp_path / "pipe.md", root=tmp_path)
    assert "is a folder" in _refused(tmp_path / "folder.md", root=tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s.md"))
        _refused(tmp_path / "s.md", root=tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(_SECRET)
    path.chmod(stat.S_IWUSR)
    assert "may not be read by this user" in _refused(path, root=tmp_path)


def test_an_odd_path_is_refused(tmp_path: Path) -> None:
    assert "is not there" in _refused(tmp_path / "missing.md", root=tmp_path)
    assert "cannot open" in _refused(tmp_path / "nul\0.md", root=tmp_path)
    _refused(tmp_path / ("x" * 5000 + ".md"), root=tmp_path)


def _read(data: bytes, name: str) -> Document | None:
    """The document, or nothing when it was refused in one line; any other failure is the test's."""
    try:
        return raw(data, name=name)
    except Unreadable as refused:
        if "\n" in str(refused):
            raise
        return None


def _big() -> Iterator[tuple[str, str, bytes]]:
    deep = 100_000
    yield "one line of 5 MB", "a.md", b"word " * 2**20
    yield "one word of 5 MB", "a.txt", b"a" * 5 * 2**20
    yield "a label of 5 MB", "a.txt", b"Ada" + b" " * 5 * 2**20 + b": hi"
    yield "deep nesting", "a.html", b"<div>" * deep + b"hello" + b"</div>" * deep
    yield "deep hidden nesting", "a.html", b"<p>hello</p>" + b"<script><b>" * 10 + b"<svg>" * deep
    yield "unclosed tags", "a.html", b"hello" + b"<a " * deep
    yield "unclosed comments", "a.html", b"hello" + b"<!--" * deep
    yield "unclosed comments in Markdown", "a.md", b"hello " + b"<!-- " * deep
    yield "marked sections", "a.html", b"<![CDATA[" * deep + b"hello>"
    yield "unclosed script", "a.html", b"hello<script>" + b"</" * deep
    yield "entities", "a.html", b"<p>" + b"&amp;" * deep
    yield "attributes", "a.html", b"<p " + b"a=b " * deep + b">hello</p>"
    yield "tags in a cue", "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * deep + b"hello"
    yield "arrows", "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n" + b"-->" * deep
    yield "brackets", "a.txt", b"hello\n" + b"[" * deep
    yield (
        "deep XML",
        "a.docx",
        _package(
            {
                "word/document.xml": _word(
                    b"<w:p><w:r><w:t>hello</w:t></w:r></w:p>" + b"<w:x>" * 50_000 + b"</w:x>" * 50_000
                )
            }
        ),
    )


@pytest.mark.parametrize("case", [case for case, _, _ in _big()])
def test_a_large_or_deep_file_is_read_or_refused_soon(case: str) -> None:
    name, data = next((name, data) for known, name, data in _big() if known == case)
    started = time.monotonic()
    document = _read(data, name)
    assert document is None or all("\n" not in line.text.unseal() for line in document.lines)
    assert time.monotonic() - started < _SOON


def test_a_pdf_stream_that_unpacks_to_much_is_refused() -> None:
    import zlib

    packed = zlib.compress(b"BT (x) Tj ET " * 4_000_000, 9)
    head = pdf_of("hello")
    start, end = head.index(b"<< /Length"), head.index(b"endstream")
    bomb = head[:start] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed) + head[end:]
    started = time.monotonic()
    with pytest.raises(Unreadable):
        raw(bomb, name="a.pdf")
    assert time.monotonic() - started < _SOON


_PDF = pdf_of("# Session note\n\n## Decisions\n\n- one thing (with brackets)\n- another\n" + "word " * 200)
_WORD = _docx("hello there")


def _damaged(data: bytes, at: float, length: int, put: bytes) -> bytes:
    start = int(at * len(data))
    return data[:start] + put + data[start + length :]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(0, 1), st.integers(0, 200), st.binary(max_size=20), st.sampled_from([".pdf", ".docx"]))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(at: float, length: int, put: bytes, suffix: str) -> None:
    data = _damaged(_PDF if suffix == ".pdf" else _WORD, at, length, put)
    document = _read(data, f"a{suffix}")
    assert document is None or any(line.text for line in document.lines)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, suffix: str) -> None:
    document = _read(data, f"a{suffix}")
    lines = document.lines if document else ()
    assert [line.first for line in lines] == sorted(line.first for line in lines)
    assert all(line.first <= line.last for line in lines)
