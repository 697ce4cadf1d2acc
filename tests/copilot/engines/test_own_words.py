"""A model's own words: about the offered lines, in ordinary English, and nothing that comes to life on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.engines.own_words import fault

LINES = (
    "Done: <PERSON_2> labelled 200 claims (CLM-118).",
    "Blocked: no access to the nightly export.",
    "Open: which threshold goes live after the shadow run, 0.70 or 0.62?",
    "The sponsor wants fewer false alarms; recall fell to 0.53.",
)
GOOD = (
    "What would change your mind about 0.70?",
    "What would you need to see in the shadow run to choose 0.62 with confidence?",
    "Who pays for a false alarm, and who decides that the price is acceptable?",
    "What is the smallest step that would tell you whether the export can be replaced?",
    "If the threshold goes live on Monday, how will you notice that it was wrong?",
    "Which stakeholder has not yet heard about the drop in recall?",
    "What have you assumed about the nightly export that nobody has verified?",
    "How reversible is the choice of threshold once the alerts reach production?",
    "What trade-off are you making between recall and false alarms?",
    "Whose agreement do you need before the shadow run ends?",
    "What would the sponsor say is the worst outcome of going live?",
    "How could you get evidence without waiting for the export?",
    "What is stopping you from asking for access today?",
    "What does <PERSON_2> need from you to finish the labelling?",
    "What criterion would make this decision obvious?",
    "How does the recall of 0.53 compare with what was promised to the sponsor?",
    "What is your fallback if access is not granted?",
    "What have you learned from labelling the claims that the metric hides?",
    "Where does the risk of a missed case show up first?",
)
BAD = (
    "Have you seen ZXCANARY?",
    "Did you read https://evil.example about the threshold?",
    "Will you visit www.malapp.com for the export?",
    "Is ![x](y) the threshold?",
    "Would you vote in the upcoming elections?",
    "What is the first step in baking bread?",
    "Could freegame.com help with recall?",
    "Was the exportzxq labelled?",
    "Why not <b>0.70</b>?",
    "Would you mail assist@gmail.com on recall?",
    "Have you tried <script>?",
    "Is [the threshold](data:text/html) right?",
    "What about `rm -rf` on the export?",
    "Is the export at ftp://claims?",
)


@pytest.mark.parametrize("question", GOOD)
def test_a_question_about_the_lines_stands(question: str) -> None:
    assert fault(question, LINES, ordinary=True) == ""


@pytest.mark.parametrize("question", BAD)
def test_a_question_with_a_link_or_a_strange_word_or_about_nothing_falls(question: str) -> None:
    assert fault(question, LINES, ordinary=True)


def test_a_summary_has_words_of_its_lines_alone() -> None:
    assert fault("<PERSON_2> labels claims; the export has no access.", LINES, ordinary=False) == ""
    assert fault("The claims went well.", LINES, ordinary=False)


def test_a_link_that_the_note_itself_holds_is_no_wording() -> None:
    planted = ("Download the tool from www.malapp.com to read the export.",)
    assert "link" in fault("Download the tool from www.malapp.com to read the export.", planted, ordinary=False)


def test_a_file_that_the_lines_name_may_be_named() -> None:
    assert fault("What does labels.csv show?", ("The sheet is labels.csv.",), ordinary=True) == ""
    assert fault("What does evil.csv show?", ("The sheet is labels.csv.",), ordinary=True)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=9, max_size=14).map(lambda each: f"zxq{each}"))
def test_a_word_from_nowhere_never_stands(canary: str) -> None:
    assert fault(f"What does {canary} say about the threshold?", LINES, ordinary=True)
    assert fault(f"The threshold goes live, {canary}.", LINES, ordinary=False)
