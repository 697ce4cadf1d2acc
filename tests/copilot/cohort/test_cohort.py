"""A cohort's table is read row by row and forgotten; small groups stay unseen, and a difference is never a verdict."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from copilot.cli.main import coach
from copilot.cohort.spread import LEAST, spread
from copilot.cohort.table import Cohort, read_cohort
from copilot.errors import BadInput
from copilot.holm import holm


def table(groups: dict[str, tuple[int, int]], *, consent: str = "yes") -> bytes:
    """People by group: (how many with the outcome, how many)."""
    rows = ["person,consent,group,extended"]
    for group, (yes, n) in groups.items():
        rows += [f"{group}{at},{consent},{group},{'yes' if at < yes else 'no'}" for at in range(n)]
    return "\n".join(rows).encode()


def test_a_clear_difference_is_worth_a_look_and_no_more() -> None:
    found = spread(read_cohort(table({"a": (36, 40), "b": (12, 40)})))
    (look,) = found.looks
    assert (look.group, look.n, look.worth_a_look) == ("b", 40, True)
    assert look.ratio == pytest.approx(1 / 3)
    assert look.low < look.ratio < look.high < 0.8
    assert look.p < 1e-6


def test_a_small_difference_is_not() -> None:
    (look,) = spread(read_cohort(table({"a": (20, 40), "b": (18, 40)}))).looks
    assert not look.worth_a_look


def test_below_four_fifths_by_chance_is_not() -> None:
    (look,) = spread(read_cohort(table({"a": (8, 10), "b": (6, 10)}))).looks
    assert look.ratio < 0.8
    assert not look.worth_a_look


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.integers(0, 14).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    )
)
def test_a_small_group_is_never_shown(groups: dict[str, tuple[int, int]]) -> None:
    found = spread(read_cohort(table(groups)))
    small = {name for name, (_, n) in groups.items() if n < LEAST}
    assert not small & {each.group for each in found.looks}
    assert all(0 <= each.rate <= 1 and 0 <= each.low <= each.high for each in found.looks)


def test_a_small_group_is_not_the_yardstick_either() -> None:
    found = spread(read_cohort(table({"a": (20, 40), "b": (18, 40), "tiny": (9, 9)})))
    assert all(each.ratio <= 1 for each in found.looks)
    assert [each.group for each in found.looks] == ["b"]


def test_without_consent_nothing_counts() -> None:
    assert read_cohort(table({"a": (5, 40)}, consent="")).members == ()
    assert read_cohort(table({"a": (5, 40)}, consent="maybe")).members == ()


def test_many_looks_are_corrected() -> None:
    """Twenty columns of chance: without correction one would often stand out."""
    chance = random.Random(3)  # noqa: S311 - reproducible, not secret
    head = ",".join(f"o{n}" for n in range(20))
    rows = [
        f"p{at},yes,{'ab'[at % 2]}," + ",".join(chance.choice(["yes", "no"]) for _ in range(20)) for at in range(120)
    ]
    found = spread(read_cohort("\n".join([f"person,consent,group,{head}", *rows]).encode()))
    assert len(found.looks) == 20
    assert not [each for each in found.looks if each.worth_a_look]


def test_mentors_matches_and_sponsors() -> None:
    rows = ["person,consent,group,mentor,team,mentor_team,sponsor,sponsor_hours,feedback_notes,feedback_behaviour"]
    for at in range(60):
        mentor = "m0" if at < 6 else f"m{at % 12}"
        team = f"t{at % 6}"
        rows.append(
            f"p{at},yes,{'ab'[at % 2]},{mentor},{team},{team},s{at % 12},{60 if at % 12 == 0 else 1},4,{at % 2 * 4}"
        )
    found = spread(read_cohort("\n".join(rows).encode()))
    text = "\n".join(found.lines)
    assert "mentors have more than 4 mentees" in text
    assert "60 of 60 pairs are of one team" in text
    assert text.count("Worth a look") == 3
    (look,) = found.looks
    assert look.what == "mostly behaviour-based feedback"
    assert (look.group, look.rate, look.worth_a_look) == ("a", 0, True)
    assert look.high > 0
    assert "m0" not in text
    assert "p1" not in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"person,group\n", "no column consent"),
        (b"person,consent,group,group\n", "two of one name"),
        (b"person,consent,group\na,yes,g,x,y\n", "row 2: 5 cells"),
        (b"person,consent,group\n,yes,g\n", "row 2: no person"),
        (b"person,consent,group\na,yes,g\na,yes,g\n", "row 3: a person who was in an earlier row"),
        (b"person,consent,group,kept\na,yes,g,perhaps\n", "row 2, kept: neither yes"),
        (b"person,consent,group,sponsor_hours\na,yes,g,nan\n", "row 2, sponsor_hours"),
        (b"person,consent,group,sponsor_hours\na,yes,g,-1\n", "row 2, sponsor_hours"),
        (b"person,consent,group,feedback_notes,feedback_behaviour\na,yes,g,1,2\n", "more than feedback_notes"),
        (b"person,consent,group,feedback_notes\na,yes,g,many\n", "not a whole number"),
        (b'person,consent,group\n"a', "never closed"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x" * 20_000_001, "MB"),
    ],
)
def test_bad_tables_are_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read_cohort(data)
    assert "\n" not in str(caught.value)
    assert "perhaps" not in str(caught.value)


def test_nothing_to_compare_says_so(tmp_path: Path) -> None:
    assert spread(Cohort((), ())).looks == ()
    path = tmp_path / "t.csv"
    path.write_bytes(table({"a": (2, 5)}))
    done = CliRunner().invoke(coach, ["cohort", str(path)])
    assert "fewer than 10 people is not shown" in done.output
    assert "biased" not in done.output


def test_holm_keeps_a_single_test_as_it_is() -> None:
    assert holm([0.04]) == [0.04]
