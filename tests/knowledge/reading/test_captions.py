"""Captions: turns with the cues' lines, Teams and Zoom, and the scan held against webvtt-py."""

from __future__ import annotations

import io

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import DocumentKind
from tests.doubles.documents import raw

_AT = "00:00:0{0}.000 --> 00:00:0{1}.000"


def _turns(text: str, name: str = "call.vtt") -> list[tuple[str, int, int]]:
    document = raw(text, name=name)
    assert document.kind is DocumentKind.TRANSCRIPT
    return [(line.text.unseal(), line.first, line.last) for line in document.lines]


def _vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"{_AT.format(at, at + 1)}\n{cue}" for at, cue in enumerate(cues)) + "\n"


def test_teams_voices() -> None:
    text = _vtt("<v Ada Nwosu>Hi Ben.</v>", "<v Ada Nwosu>How is it?</v>", "<v Ben Ortega>Fine,\nthank you.</v>")
    assert _turns(text) == [
        ("Ada Nwosu: Hi Ben. How is it?", 3, 7),
        ("Ben Ortega: Fine, thank you.", 9, 11),
    ]


def test_two_voices_in_one_cue_and_a_class_on_the_tag() -> None:
    text = _vtt("<v.first Ada>Yes.</v> <v Ben>No.</v>", "<v Ada><i>Well</i> <00:00:01.500>then.</v>")
    assert _turns(text) == [("Ada: Yes.", 3, 4), ("Ben: No.", 3, 4), ("Ada: Well then.", 6, 7)]


def test_zoom_labels_and_identifiers() -> None:
    text = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAda Nwosu: Hi Ben,\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\nAda Nwosu: how is it?\n\n3\n00:00:03.000 --> 00:00:04.000\nBen: Fine.\n"
    )
    assert _turns(text) == [("Ada Nwosu: Hi Ben, how is it?", 4, 9), ("Ben: Fine.", 12, 13)]


def test_srt_with_commas_blank_lines_and_windows_line_ends() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nAda: Hi.\n\n2\n00:00:02,500 --> 00:00:03,000\nBen: The\n\nend.\n"
    assert _turns(text.replace("\n", "\r\n"), "call.srt") == [("Ada: Hi.", 2, 3), ("Ben: The end.", 6, 9)]


def test_entities_are_read_as_the_letters_they_stand_for() -> None:
    assert _turns(_vtt("<v Ann&amp;Co>R&amp;D is &lt; 3 &#8212; ok</v>")) == [("Ann&Co: R&D is < 3 — ok", 3, 4)]


def test_a_sentence_split_over_cues_is_one_turn() -> None:
    text = _vtt("Ada: I will send the", "log by Friday.", "Ben: Good.", "Ada: Bye.")
    assert _turns(text) == [("Ada: I will send the log by Friday.", 3, 7), ("Ben: Good.", 9, 10), ("Ada: Bye.", 12, 13)]


def test_a_cue_without_a_label_among_labelled_ones_is_nobodys() -> None:
    """Zoom labels every cue it knows the speaker of; the last speaker must not be given somebody's promise."""
    text = _vtt("Ada: Hi.", "Ada: Can you do it?", "Yes, I will.", "Ben: Hello.")
    assert _turns(text)[1] == ("Yes, I will.", 9, 10)


def test_notes_styles_and_settings_are_not_said() -> None:
    head = "WEBVTT - call\nKind: captions\n\nNOTE Ada is late\n\nSTYLE\n::cue {}\n\n"
    text = f"{head}00:01.000 --> 00:02.000 align:start\nAda: Hi.\n"
    assert _turns(text) == [("Ada: Hi.", 9, 10)]


def test_a_long_monologue_is_cut_at_a_sentence() -> None:
    turns = _turns(_vtt(*["Ada: " + "word " * 40 + "end."] * 9))
    assert [len(text.split()) for text, _, _ in turns] == [124, 124, 124]


def test_captions_saved_as_text_are_captions() -> None:
    assert _turns(_vtt("Ada: Hi."), "call.txt") == [("Ada: Hi.", 3, 4)]


_WORDS = st.lists(
    st.sampled_from(["we", "label", "200", "claims", "R&amp;D", "<i>now</i>", "ok."]), min_size=1, max_size=9
)


@given(st.lists(st.tuples(st.booleans(), st.lists(_WORDS, min_size=1, max_size=3)), min_size=1, max_size=8))
def test_webvtt_py_hears_the_same_words_in_the_same_order(cues: list[tuple[bool, list[list[str]]]]) -> None:
    blocks = [
        (f"id-{number}\n" if named else "") + _AT.format(1, 2) + "\n" + "\n".join(" ".join(line) for line in lines)
        for number, (named, lines) in enumerate(cues)
    ]
    text = "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"
    heard = " ".join(caption.text for caption in webvtt.from_buffer(io.StringIO(text)))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType, reportUnknownMemberType]
    ours = " ".join(turn for turn, _, _ in _turns(text))
    assert ours.split() == heard.replace("&amp;", "&").split()


@pytest.mark.parametrize("turn", range(2))
def test_locators_point_at_the_words(turn: int) -> None:
    text = _vtt("Ada: Hi there.", "Ben: Fine\nso far.")
    words, first, last = _turns(text)[turn]
    source = text.split("\n")[first - 1 : last]
    assert "-->" in source[0]
    assert " ".join(source[1:]) == words
