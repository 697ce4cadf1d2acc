from __future__ import annotations

import pytest

from guards.errors import RedactionFailed
from guards.file_names import mask_file_name
from guards.pair_vault import PairVault
from guards.roster import Roster, RosterPerson
from guards.text import RawText

ROSTER = Roster(
    (
        RosterPerson("yusuf", "Yusuf Demir"),
        RosterPerson("linh", "Linh Trần", ("linh.tran@corp.example",)),
        RosterPerson("will", "Will Nwosu"),
    ),
    mask_words=("Project Heron",),
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("notes/yusuf-linh/2026-09-16 call.vtt", "notes/<PERSON_1>-<PERSON_2>/2026-09-16 call.vtt"),
        ("will_nwosu 20261009.md", "<PERSON_1> 20261009.md"),
        ("WillNwosu-1to1.docx", "<PERSON_1>-1to1.docx"),
        ("project-heron_weekly.html", "<ORGANIZATION_1>_weekly.html"),
        ("linhtran.md", "<PERSON_1>.md"),
        ("Linh 020 7946 0958.txt", "<PERSON_1> <PHONE_NUMBER_1>.txt"),
        ("CLM-12 re-mark.md", "CLM-12 re-mark.md"),
        ("2026-10-09.md", "2026-10-09.md"),
    ],
)
def test_people_are_masked_and_the_rest_stays(name: str, shown: str) -> None:
    assert mask_file_name(RawText(name), vault=PairVault("p", roster=ROSTER)) == shown


def test_a_line_break_in_a_name_is_refused() -> None:
    with pytest.raises(RedactionFailed):
        mask_file_name(RawText("a\nb"), vault=PairVault("p", roster=ROSTER))
