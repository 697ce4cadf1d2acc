"""United States social security numbers: written three, two and four, or announced by a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import LIKELY, SURE, Found, Recogniser, matches

_DASH: Final = r"[-\u2010-\u2013]"
_HYPHENS: Final = re.compile(rf"(?<![\w-])(?!000)\d{{3}} ?{_DASH} ?(?!00)\d{{2}} ?{_DASH} ?(?!0000)\d{{4}}(?![\w-])")
_SPACES: Final = re.compile(
    rf"(?<![\w+./#:-])(?<!\d )(?<!\d, )(?!000)\d{{3}}(?:[ \u00a0](?!00)\d{{2}}[ \u00a0]|{_DASH}(?!00)\d{{2}} | "
    rf"(?!00)\d{{2}}{_DASH})"
    r"(?!0000|20[12]\d)\d{4}(?![\w-]|[.,:/]\d| \d| ?(?:rows|records|users|claims|%))"
)
_WORD: Final = (
    r"(?:ssn|s\.s\.n\.?|ss\s?(?:\#|no\.?|number)|soc(?:ial)?\.?[\s_-]+sec(?:urity)?\.?(?:[\s_-]+(?:number|num|"
    r"no\.?|\#))?|"
    r"social(?=\s+(?:is|was|number|num\b|no\b|as\b|:)|:|\W{1,4}\d{3})|(?:my|his|her|their|your|full)\s+social(?!\s+"
    r"(?:media|team|post|channel|skills))|itin|"
    r"(?:us\s+)?tax(?:payer)?\s+(?:id|number|no\.?)|us\s+tin)"
)
_NUMBER: Final = r"(?P<it>(?:\d[ \t\u00a0./\-\u2010-\u2013]{0,3}){8}\d)(?!\w|[.-]\d)"
_ANNOUNCED: Final = re.compile(rf"(?<![^\W_]){_WORD}(?![^\W_])[\s\S]{{0,60}}?(?<![\w.]){_NUMBER}", re.IGNORECASE)
_PAPERS: Final = re.compile(
    r"(?<![^\W_])(?:w-?[249]|i-?9|1099|payroll|background\s+check|credit\s+(?:check|report)|social\s+insurance|"
    r"identity\s+(?:check|theft)|"
    r"benefits?\s+(?:form|file|portal))(?![^\W_])[\s\S]{0,40}?(?<![\w.#-])(?P<it>\d{9})(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
"""Papers on which nine digits are hardly anything else."""
_BEFORE: Final = re.compile(
    rf"(?<![\w.-]){_NUMBER}[\s,(\[\-–—:]{{1,4}}(?:(?:is|was|as|for)\s+)?(?:(?:my|his|her|their|the|your|an?)\s+)?"
    rf"(?:us\s+)?{_WORD}(?![^\W_])",
    re.IGNORECASE,
)


_SHAPE: Final = re.compile(r"(?:\d[ \t\u00a0./\-\u2010-\u2013]{0,3}){8}\d")
"""Without nine digits in a row, signs between them or not, no pattern matches; one look spares five."""


def find(text: str) -> Iterator[Found]:
    """Nine bare digits are a ticket or a count unless the text says otherwise."""
    if not _SHAPE.search(text):
        return
    plain = without_dates(text)
    yield from matches(_HYPHENS, text, "US_SSN", SURE)
    yield from matches(_SPACES, plain, "US_SSN", LIKELY)
    yield from matches(_ANNOUNCED, plain, "US_SSN", SURE)
    yield from matches(_PAPERS, plain, "US_SSN", SURE)
    yield from matches(_BEFORE, plain, "US_SSN", SURE)


RECOGNISER: Final = Recogniser("ssn", ("US_SSN",), find)
