"""The patterns of status lines: what ends, moves, drops or hands on a promise, and what only sounds like it."""

from __future__ import annotations

import re
from typing import Final

from copilot.extraction.grammar import LEADS, ONE, PERSON

_ENDED: Final = (
    r"[a-z]{2,}ed|sent|wrote|written|made|built|ran|run|met|gave|given|took|taken|set|drew|drawn|held|did|put|read|got"
    r"|chose|chosen|cut|brought|found|spoke|spoken|taught|told"
)
DONE: Final = re.compile(
    r"\b(?:done|finished|completed?|merged|closed|shipped|delivered|resolved|sorted)\b"
    r"|\b(?:came (?:through|in|back)|arrived|went (?:out|live)|landed)\b"
    r"|\b(?:is|are) (?:now )?(?:out(?! of\b)|live|in place|up and running)\b|[✅✔]",
    re.IGNORECASE,
)
NOT_YET: Final = re.compile(
    r"\b(?:not|nearly|almost|half|partly|partially|mostly|never|nobody|no one|none|yet|to be|will|once|when|until"
    r"|after|before|if|unless|should|must|get(?:ting)? (?:it )?done|can(?:not)? (?:be|get)|could|would|to get|to have"
    r"|may|might"
    r"|\d+ ?(?:/|of|out of) (?:the )?\d+|\d+ ?per ?cent|some of|most of|wants?|hopes?|needs?|without|far from"
    r"|except|apart from|all but|but for|(?:first|second|other|one) (?:half|part|batch|section)|tried|forgot|failed"
    r"|being"
    r"|(?:started|begun|began) (?:on|with|to|\w+ing)"
    r"|every|each|weekly|daily|always|usually|often)\b|['’]ll\b|\w*n['’]t\b|\d ?%",
    re.IGNORECASE,
)
"""Said with a status word, but nothing has ended: not yet, in part, wished for, or as a rule."""
STILL_OPEN: Final = re.compile(
    r"\bstill (?:open|pending|to do|outstanding|in progress|on (?:my|his|her|their) list)\b|\bnot (?:yet )?"
    r"(?:done|finished|complete|merged|closed|shipped|delivered|sorted|started)\b"
    r"|\b(?:half|nearly|almost|partly) done\b|\bin progress\b|\bre-?opened\b|\bongoing\b"
    r"|\bno change\b|\bn['’]t (?:done|finished|merged|closed|shipped)\b",
    re.IGNORECASE,
)
UNSURE: Final = re.compile(
    r"\b(?:supposedly|apparently|allegedly|probably|maybe|perhaps|thinks?|believes?|guess(?:es)?|as far as|seems?"
    r"|might be|may be|by mistake|reverted|rolled back|restored|undone)\b|\bdone wrong\b|\bdone except\b"
    r"|\b(?:first|second|early|rough|initial) (?:draft|version|cut|pass|sketch)\b",
    re.IGNORECASE,
)
BESIDE: Final = re.compile(r",\s+(?:in|on|with|which|who|where|because|since|so)\b.*$", re.IGNORECASE)
"""What is only said beside: "set aside, in a folder that I cannot open"."""
PARKED: Final = re.compile(
    r"\b(?:parked|on hold|on ice|paused|shelved|deprioriti[sz]ed|needs? (?:another|more time|a (?:few|couple))"
    r"|(?:is|are) obsolete)\b",
    re.IGNORECASE,
)
"""What may be a drop or a move: somebody says which."""
PAST: Final = re.compile(
    rf"(?:^|[,:]\s*)(?:(?i:{LEADS})[,.!]?\s+)*(?:(?P<who>{ONE})|(?P<first>I))\s*(?:has |have |['’]ve "
    rf"|['’]s )?(?:already |now |just |also |finally )?(?P<verb>{_ENDED})\s+(?=\S)"
)
PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|been|got|have (?:now )?(?:got )?the)\s+(?:now |already |all |both |finally )*"
    rf"(?P<verb>{_ENDED})\b",
    re.IGNORECASE,
)
BARE: Final = re.compile(
    rf"^(?:the\s+)?(?:[\w<>-]+\s+){{1,5}}?(?P<verb>{_ENDED})(?<!artifacts reviewed)(?<!decisions made)"
    r"(?:\s+(?:on|last|this)\s+\w+|\s+(?:yesterday|today|already|now|in full)"
    r"|\s+(?:to|into|with|for|from|in|at)\s+[^,;:]{2,50})?(?:\s*\([^()]{2,20}\))?\s*(?:[.!]?$|,\s)"
    rf"|^(?:the\s+)?(?:[\w<>-]+\s+){{0,4}}[\w<>-]+:\s+(?P<short>{_ENDED})\b",
    re.IGNORECASE,
)
"""A heading-like remark of a few words: "Interview guide reviewed"."""
NOT_ENDED: Final = re.compile(
    r"(?:agreed|wanted|tried|needed|used|promised|committed|offered|talked|planned"
    r"|hoped|volunteered|noticed|liked|seemed|looked|worried|struggled|failed"
    r"|reported|assigned|tasked|interested|supposed|concerned|tired|excited|pleased|stuck|got|did|blocked"
    r"|expected)",
    re.IGNORECASE,
)
"""Verbs in the past that end nothing."""
SAYS: Final = re.compile(
    r"(?:told|reminded|suggested|recommended|proposed|advised|warned|instructed|urged|encouraged|requested|said|ordered)",
    re.IGNORECASE,
)
WHAT_IS_SAID: Final = re.compile(
    rf"\s+(?:(?:{ONE}|him|her|them|us|me|you)\s+)?(?:to|that|how|whether|if)\b", re.IGNORECASE
)
"""What was told or proposed, which is not done by that."""
MOVED: Final = re.compile(
    r"\b(?:moved(?! on\b)|pushed|slip(?:s|ped)?|postponed|rescheduled|delayed|shifted|deferred|moves|extended"
    r"|(?:pulled|brought) forward|put back|now due|(?:is|are) (?:now )?due|new (?:date|deadline)"
    r"|(?:agreed|decided|had) to (?:move|push|postpone|delay|shift|extend|defer))\b",
    re.IGNORECASE,
)
BY_A_SPAN: Final = re.compile(
    r"\b(?:by |back |out |another )*(?:an?|one|two|three|four|five|six|\d{1,2})(?: more| further)? "
    r"(?:day|week|month)s?\b",
    re.IGNORECASE,
)
BEFORE_A_DATE: Final = re.compile(r"(?:\b(?:to|until|till|for|due|due on|be|is)|[:,–-])\s*(?:the\s+)?$", re.IGNORECASE)
DROPPED: Final = re.compile(
    r"\b(?:no longer (?:needed|required|necessary|relevant)|not needed (?:any ?more|after all|now)"
    r"|dropped(?! (?:to|by|from|below|under|off|out|in)\b)|cancell?ed|descoped|withdrawn"
    r"|abandoned|(?:we|i) (?:won['’]t|will not) (?:do|need)|drop (?:it|this|that)"
    r"|(?:could|should|may|might|to) drop)\b",
    re.IGNORECASE,
)
MAYBE: Final = re.compile(
    r"\b(?:may|might|could|should|would|can|maybe|perhaps|suggests?|suggested|proposes?|proposed|wants?|considers?"
    r"|considered|thinks?|discuss(?:ed|es)?|whether|be|to)\b",
    re.IGNORECASE,
)
NEGATED: Final = re.compile(r"\b(?:not|never|cannot)\b|\w*n['’]t\b", re.IGNORECASE)
DEPENDS: Final = re.compile(r"\b(?:if|unless|once|when|until|whenever|in case|assuming)\b", re.IGNORECASE)

_WHAT: Final = r"(?P<what>[^,;:]{2,80}?)"
HANDED: Final = (
    re.compile(
        rf"(?P<new>{ONE})\s+(?:(?:will )?(?:now )?takes? over|took over|has taken over|is taking over|to take over"
        rf"|picks? up|picked up)\s+{_WHAT}(?:\s+from\s+(?P<old>{ONE}))?\s*[.!]?$"
    ),
    re.compile(
        rf"(?P<new>{ONE})\s+(?:now )?(?:takes?|took|gets|got)\s+{_WHAT}\s+(?:over )?from\s+(?P<old>{ONE})\s*[.!]?$"
    ),
    re.compile(rf"(?P<new>{ONE})\s+(?:now\s+(?:has|owns|does)\s+{_WHAT}\s*[.!]?$)"),
    re.compile(rf"(?P<new>{ONE})\s+(?:has|owns|does|takes|took)\s+{_WHAT}\s+now\b"),
    re.compile(rf"^{_WHAT}\s+(?:is|are|sits)\s+(?:now\s+with\s+(?P<new>{ONE})|with\s+(?P<late>{ONE})\s+now)"),
    re.compile(
        rf"^{_WHAT}\s+(?:(?:was|is|has been|got)\s+)?(?:handed(?: over| on)?|passed on|re-?assigned|transferred)"
        rf"\s+to\s+(?P<new>{ONE})"
    ),
)
SEVERAL: Final = re.compile(rf"{ONE}\s*(?:,|\bor\b|\band\b|/|&)\s*{ONE}")
POINTS_ONLY: Final = re.compile(r"\s*(?:it|that|this|them|those|these|the lead|a look|time)\b", re.IGNORECASE)

NOTED: Final = re.compile(
    rf"\((?P<who>{PERSON})['’]s\s+[^()]{{2,40}}?,?\s*done\)"
    rf"|^(?P<by>{PERSON})\s+(?P<verb>[a-z]+)\b[^():;.]{{2,60}}?\(done\)",
    re.IGNORECASE,
)
"""Done, said in brackets of what somebody did: "X asked Y (done): ...", "... (X's introduction, done)"."""
ONLY_DONE: Final = re.compile(
    r"(?:(?:yes|yeah|yep|all|it['’]s|that['’]s)[,.]?\s+)?(?:done|finished|sorted)\W*$", re.IGNORECASE
)
POINTS_BACK: Final = re.compile(
    r"^(?:(?:yes|yeah|yep|sure)[,.]?\s+)?(?:i\s+)?(?:got|did|sent|finished|have)\s+(?:it|that|them|those)\b"
    r"|\b(?:that|it|those)(?: is|['’]s| are) done\b",
    re.IGNORECASE,
)
SUFFIX: Final = re.compile(r"(?:[\s.;,(–—-]+done\b\)?\s*(?::?\s*\S*)?|\s*[✅✔]️?)\s*$", re.IGNORECASE)
PIECE: Final = re.compile(r"[,;]\s+(?:and |but |while )?|\s+(?:but|while|whereas)\s+")
