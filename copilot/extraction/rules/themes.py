"""What a session was about: objective, artifacts looked at, decisions taken and open, blockers, measures."""

from __future__ import annotations

import re
from typing import Final

from copilot.extraction.reading import Line, Reading
from copilot.mentions import MentionKind

_THING: Final = (
    r"(?:notebook|dashboard|data ?set|report|deck|slides?|draft|matrix|chart|plot|table|log|model card|checklist"
    r"|runbook"
    r"|spec|prototype|PR|pull request|rubric|guideline|plan|sample|curve)"
)
_KPI: Final = (
    r"(?:lead time|accuracy|precision|recall|F1|AUC|latency|p\d\d|error rate|throughput|coverage|cost"
    r"|override rate|kappa"
    r"|agreement|uptime|backlog|cycle time|adoption|drift|rate|score|volume|time to \w+|turnaround)"
)
_NUMBER: Final = (
    r"(?<![\w-])\d+(?:[.,]\d+)?\s?(?:%|percent|days?|hours?|h\b|ms\b|s\b|min(?:utes)?|weeks?|claims?|points?|pp\b"
    r"|k\b|€|\$|eur|usd)?"
)
RULES: Final = (
    (MentionKind.OBJECTIVE, re.compile(
        r"(?:session )?(?:objective|goal|aim|focus|purpose)(?: of (?:the )?session"
        r"| today)?\s*:\s*(?P<what>.+)", re.IGNORECASE)),
    (MentionKind.ARTIFACT, re.compile(
        r"(?:artifacts?|artefacts?)(?: (?:reviewed|discussed|looked at))?\s*:\s*(?P<what>.+)", re.IGNORECASE)),
    (MentionKind.ARTIFACT, re.compile(
        rf".{{0,60}}?\b(?:reviewed|looked (?:at|through)|walked through|went (?:through|over)"
        rf"|inspected|demoed|showed)\s+(?P<what>.*\b{_THING}s?\b.*)", re.IGNORECASE)),
    (MentionKind.OPEN_DECISION, re.compile(
        r"(?P<what>.*\b(?:undecided|open question|not (?:yet )?decided|still (?:open|to decide)"
        r"|need(?:s)? to decide|to be decided|decide (?:whether|between|if|which|on)"
        r"|the question is (?:whether|if)|can['’]t decide|torn between)\b.*|(?:open decision"
        r"|decision needed)s?\s*:.+)", re.IGNORECASE)),
    (MentionKind.OPEN_DECISION, re.compile(
        r"(?P<what>(?:do we|should we|shall we)\b[^?]{3,80}\bor\b[^?]{3,80}\?)", re.IGNORECASE)),
    (MentionKind.OPEN_DECISION, re.compile(r"(?P<what>whether\b[^?]{3,80}\bor\b.{3,})", re.IGNORECASE)),
    (MentionKind.DECISION, re.compile(r"(?:decisions?|decided|resolved|resolution)\s*:\s*(?P<what>.+)", re.IGNORECASE)),
    (MentionKind.DECISION, re.compile(
        r"(?:.{0,40}\b)?(?:we|they|both) (?:have )?(?:decided|agreed (?:that|on)|settled on"
        r"|chose)\s+(?P<what>.+)", re.IGNORECASE)),
    (MentionKind.BLOCKER, re.compile(
        r"(?P<what>.*\b(?:blocked (?:on|by)|still blocked|waiting (?:for|on)|stuck on|no access"
        r"|(?:has|have)(?: not|n['’]t) (?:signed|approved|answered|replied|granted|given"
        r"|confirmed|responded)|held up by|depends on approval)\b.*)", re.IGNORECASE)),
    (MentionKind.BLOCKER, re.compile(
        r"(?:blocked|blockers?|stuck|escalation(?: flags?)?)\s*:\s*(?!none|no\b"
        r"|n/?a)(?P<what>.+)", re.IGNORECASE)),
    (MentionKind.METRIC, re.compile(
        rf"(?P<what>.*\b{_KPI}\b[^.?!]{{0,40}}{_NUMBER}.*|.*{_NUMBER}[^.?!]{{0,15}}\b{_KPI}\b.*)", re.IGNORECASE)),
)  # fmt: skip


_SECTIONS: Final = {
    "blocked": MentionKind.BLOCKER,
    "undecided": MentionKind.OPEN_DECISION,
    "decided": MentionKind.DECISION,
}
_NOTHING: Final = re.compile(r"(?:none|nothing|no|nil|n/?a)\b\s*(?:[.;,:!–—(-]|$)", re.IGNORECASE)


def read(line: Line) -> tuple[Reading, ...]:
    """Themes of the line; a decision said to be open is not also a decision taken."""
    found: dict[MentionKind, Reading] = {}
    whole = (line.body, len(line.text))
    if line.heading:
        return ()
    listed = _SECTIONS.get(line.section)
    if listed and line.bullet and not _NOTHING.match(line.words):
        found[listed] = Reading(listed, *whole, whole)
    for kind, pattern in RULES:
        match = pattern.match(line.text, line.body)
        if match and kind not in found:
            found[kind] = Reading(kind, match.start("what"), match.end("what"), whole)
    if MentionKind.OPEN_DECISION in found:
        found.pop(MentionKind.DECISION, None)
    return tuple(found.values())
