"""Words of a note on a page: shown as they are, and nothing in them comes to life."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from markdown_it.token import Token

from copilot.cli.output import note, say
from copilot.drafts import Draft
from copilot.pipeline import prep
from copilot.rendering import docx, ics, md, text
from copilot.rendering.inert import markdown, plain
from copilot.rendering.shape import draft_shape
from guards.held import CRISIS, help_card
from guards.text import mint_redacted
from tests.doubles.snapshots import PlainEngine, running

HOSTILE = (
    "[click](https://evil.example/x)",
    "![pixel](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "[ref]: https://evil.example",
    "[needs: x](https://evil.example)",
    "[needs: [x](https://evil.example)]",
    "[needs: [x]][y]",
    "[needs: ![x](https://evil.example/p.png) - ask [erased]]",
    "`code` **bold** _soft_ ~~gone~~",
    "# heading",
    "- item",
    "1. first",
    "> quoted",
    "---",
    "a | b",
    "&lt;b&gt; &#60;",
    "back\\slash \\[x](y)",
    "</li></ul><script>alert(1)</script>",
)
_WORDS = {"text", "softbreak", "inline", "paragraph_open", "paragraph_close", "text_special"}


def tokens(source: str) -> list[Token]:
    return [leaf for token in MarkdownIt("commonmark").parse(source) for leaf in (token, *(token.children or ()))]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_reader_of_markdown_sees_the_notes_own_characters(words: str) -> None:
    found = tokens(markdown(words))
    assert {each.type for each in found} <= _WORDS
    assert "".join(each.content for each in found if each.type in {"text", "text_special"}) == words


@given(st.lists(st.sampled_from([*"[]()!<>`*_~#&:/.@\\|- \nwa1;x=", "[needs: "]), max_size=40).map("".join))
def test_no_markdown_survives_in_any_words(words: str) -> None:
    found = tokens(f"- {markdown('note ' + words)} [1]")
    kept = _WORDS | {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
    assert {each.type for each in found} <= kept
    shown = "".join(each.content for each in found if each.type in {"text", "text_special"})
    assert shown == f"note {' '.join(words.split())}".rstrip() + " [1]"


@pytest.mark.parametrize("words", ["https://evil.example", "www.evil.com/x", "mail a@evil.com", "see freegame.com now"])
def test_bare_addresses_are_broken_where_some_readers_make_links(words: str) -> None:
    assert "\\" in markdown(words)


@pytest.mark.parametrize(
    "words", ["2026-10-12.md:5", "At 0.70: precision 0.46", "[needs: date - ask Ada]", "label_sheet.csv", "CLM-140 · a"]
)
def test_ordinary_words_stay_readable(words: str) -> None:
    assert markdown(words) == words


def test_the_products_own_mark_stays_one_where_somebody_was_erased() -> None:
    assert markdown("[needs: date - ask [erased]]") == "[needs: date - ask \\[erased\\]]"


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert plain("a\x1b[31mred\x9b\u202eb\u2066c\u200bd\U000e0041e\tf\ng") == "a[31mredbcde\tf\ng"


def crowded(words: str) -> Draft:
    """A draft in which every text of a note says ``words``, and so does a file's name."""
    draft = prep(running(), PlainEngine())
    told = mint_redacted(words)
    boxes = tuple(
        replace(box, items=tuple(
            replace(item, text=told, citations=tuple(replace(c, source=told) for c in item.citations))
            for item in box.items
        ))
        for box in draft.boxes
    )  # fmt: skip
    made = tuple(replace(each, action=told) for each in draft.commitments)
    return replace(draft, boxes=boxes, commitments=made)


@pytest.mark.parametrize("words", [*HOSTILE, "\x1b]0;owned\x07 \x9b31m \u202eabc \ufffe"])
def test_every_format_shows_words_alone(words: str) -> None:
    draft = crowded(words)
    kinds = {each.type for each in tokens(md.render(draft, reveal=str))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "fence", "hr"}
    paper = docx.render(draft, reveal=str)
    assert b"hyperlink" not in ZipFile(BytesIO(paper)).read("word/document.xml")
    assert len(Document(BytesIO(paper)).paragraphs) > 20
    calendar = ics.render(draft, reveal=str)
    Calendar.from_ical(calendar)  # reads what was written
    assert calendar.count(b"BEGIN:VEVENT") == 1 + sum(bool(each.due) for each in draft.commitments)
    for page in (text.render(draft, reveal=str), calendar.decode(), md.render(draft, reveal=str)):
        assert not any((ord(each) < 32 and each not in "\r\n") or each in "\x9b\u202e" for each in page)


def test_a_revealed_name_is_shown_as_it_is_written() -> None:
    named = md.render(prep(running(), PlainEngine()), reveal=lambda words: words.replace("<PERSON_2>", "[B](http://x)"))
    assert not any(each.type == "link_open" for each in tokens(named))


def test_nothing_said_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("failed \x1b[2Jname\x9b.md")
    note("failed \x1b]0;x\x07.md")
    told = capsys.readouterr()
    assert told.out == "failed [2Jname.md\n"
    assert told.err == "failed ]0;x.md\n"


def test_the_help_card_stands_on_every_page_of_a_draft_that_held_a_crisis_back() -> None:
    calm = prep(running(), PlainEngine())
    draft = prep(replace(running(), held_back=1, held_kinds=((CRISIS, 1),)), PlainEngine())
    assert help_card() in md.render(draft, reveal=str).replace("\\", "")
    assert "findahelpline.com" in text.render(draft, reveal=str)
    assert text.render(draft, reveal=str).count("\n") <= text.LINES
    assert any(help_card() == each.text for each in Document(BytesIO(docx.render(draft, reveal=str))).paragraphs)
    assert draft_shape(draft, reveal=str)["help"] == help_card()
    assert "help" not in draft_shape(calm, reveal=str)
    assert "findahelpline" not in text.render(calm, reveal=str)
