"""Which open item a later line is linked to: ``python -m benchmarks.status_links``.

Runs the cases of ``tests/copilot/cases/status.yaml`` from text to ledger, over a redactor that knows the roster alone.
A wrong link is a change that was made and that the case does not allow: another item, another change, another date.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Final

from benchmarks.figures import Figure, Share, show
from tests.copilot.status_cases import Result, Verdict, results

_SETS: Final = {
    "status": "first set (rules were made on it)",
    "status_more": "second set (its first run: wrong 2 of 75, plain right 35 of 42; then used too)",
    "status_last": "third set (its first run: wrong 1 of 60, plain right 33 of 37; then used too)",
}


def figures(found: Sequence[Result] | None = None) -> list[Figure]:
    """Right, asked, missed and wrong: apart for lines that a human finds plain, unclear, or closing nothing."""
    told = [each for name in _SETS for each in results(name)] if found is None else list(found)
    tally = Counter((each.group, each.verdict) for each in told)
    plain = sum(n for (group, _), n in tally.items() if group == "plain")
    unclear = sum(n for (group, _), n in tally.items() if group == "unclear")
    still = sum(n for (group, _), n in tally.items() if group == "nothing")
    wrong = sum(n for (_, verdict), n in tally.items() if verdict is Verdict.WRONG)
    return [
        Share("wrong link, of all lines", wrong, len(told), most=0.0),
        Share("plain: right", tally["plain", Verdict.RIGHT], plain, least=0.9),
        Share("plain: asked instead", tally["plain", Verdict.ASKED], plain),
        Share("plain: missed", tally["plain", Verdict.MISSED], plain),
        Share("unclear: asked (or left alone where that will do)", tally["unclear", Verdict.RIGHT], unclear, least=0.9),
        Share("unclear: missed", tally["unclear", Verdict.MISSED], unclear),
        Share("closes nothing: left alone", tally["nothing", Verdict.RIGHT], still, least=0.9),
        Share("closes nothing: asked needlessly", tally["nothing", Verdict.ASKED], still),
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the figures, with ``--cases`` also every line that was not right; 1 where one is not as wanted."""
    met: list[bool] = []
    for name, title in _SETS.items():
        told = list(results(name))
        for each in told if "--cases" in arguments else ():
            if each.verdict is not Verdict.RIGHT:
                print(f"{each.id:5}{each.verdict:8}{each.later!r}: {each.got or 'nothing'}; wanted {each.want[0]}")
        met.append(show(f"Status lines of later notes, {title}", figures(told)))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
