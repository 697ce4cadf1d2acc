"""Names that are borrowed by things: methods called after people, models, data sets and tools.

Says where such a word means the thing. Judges only what a model or a guess proposed; a roster's form, a title or a
full name overrules it. The words around decide, and for frequent names of people the doubt is the person's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from guards.recognisers.keep import given

_POSSESSIVE: Final = re.compile(r"['’]s?$")
_BOTH: Final = "[both]"
_METHOD: Final = (
    r"(?i:exact|rank|sum|signed|nearest|optimal|scheduled|tests?|statistics?|scores?|ind(?:ex|ices)|coefficients?|"
    r"laws?|"
    r"rules?|paradox|effects?|distributions?|distributed|process(?:es)?|models?|curves?|matri(?:x|ces)|kappa|alpha|"
    r"beta|[dtfhuz]|correlations?|regressions?|chains?|filters?|transforms?|smoothing|scaling|bounds?|inequality|"
    r"equations?|cycles?|taxonomy|pyramid|hierarchy|windows?|stages?|levels?|evaluation|charts?|diagrams?|values?|"
    r"plots?|correct(?:ed|ion)|adjust(?:ed|ment)|procedure|noise|kernels?|priors?|posteriors?|sampling|divergence|"
    r"distances?|similarity|entropy|information|theorem|estimat(?:or|es?)|intervals?|razor|principles?|chasm|"
    r"criteri(?:on|a)|series|constant|method|simulations?|forecasts?|scale|analysis|chart|razor|"
    r"forces|canvas|framework|hazards?|residuals?|number|sequence|learning|quadrants?|styles?|motivation|"
    r"optimi[sz]er|loss|"
    r"exponent|causality|ratio|heuristics?|norm|decomposition|factori[sz]ation|algorithm|stemmer|initiali[sz]ation|"
    r"momentum|copula|equilibrium|conjecture|fallacy|quotient|rating|roles)"
)
_TOOL: Final = (
    r"(?:pipelines?|jobs?|builds?|services?|clusters?|servers?|dashboards?|boards?|data(?:set|sets)?|corpus|"
    r"benchmarks?|weights|checkpoints?|embeddings|API|APIs|repo|repos|code|scripts?|packages?|library|plugins?|"
    r"runners?|workers?|workflows?|config|instances?|apps?|channels?|workspaces?|integration|SDK|clients?|containers?|"
    r"modules?|versions?|releases?|upgrades?|migrations?|tokens?|prompts?|outputs?|timeouts|queries|gateway|sites?|"
    r"tables?|access|seats?|costs?|backend|frontend|notebooks?|flows?|tasks?|stack|tickets?|licen[cs]es?|bindings?|"
    r"endpoints?|one)"
)
_METHOD_AFTER: Final = re.compile(rf"[ -](?:\w+[ -])?{_METHOD}\b")
_OWN_METHOD_AFTER: Final = re.compile(
    r"['’]s? (?:\w+ )?(?i:laws?|kappa|alpha|[dtfhuz]|paradox|tests?|index|coefficient|taxonomy|razor|hierarchy|stages?|"
    r"window|effect|theorem|rule|principle|inequality|correlation|rho|tau|chasm|matrix|"
    r""
    r"change model|eight steps|five forces|events|distribution|ladder|cycle)\b"
)
_THEORY_AFTER: Final = re.compile(
    r"(?:['’]s? (?:(?i:exact|first|second|third|post[ -]hoc) )?(?:law(?! (?:firm|degree|school|office))|paradox|"
    r"theorem|razor|kappa|"
    r"hierarchy|taxonomy|inequality|lemma|conjecture|criterion|exact test|alpha|tau|rho|[dVQUW](?![\w'’])|coefficient)"
    r"|[ -](?:exponent|causality|divergence|statistics?|distribution|coefficient|inequality|theorem|transform|"
    r"smoothing|"
    r"regression|correlation|estimator|kernel|optimi[sz]er|decomposition|algorithm|paradox|equilibrium|heuristics?|"
    r"scale items))\b"
)
"""What only follows a name that a law or a method bears, whoever it is."""
_TOOL_AFTER: Final = re.compile(rf"[ -]{_TOOL}\b")
_VERSION_AFTER: Final = re.compile(r"[ -]?v?\d[\w.]*\b")
_DOES_AFTER: Final = re.compile(
    r" (?:(?:is|was|went|goes|are|were)(?: all| still| too| now)? (?:red|green|down|slow|slower|faster|flaky|broken|"
    r"stale|deprecated|compared|installed|deployed|public|open[- ]source)|beats?|outperforms?|scales?|crash(?:es|ed)|"
    r"replac(?:es|ed)|forecasts|transcribes|overfits|converges|compiles|times out|timed out|hallucinates|"
    r"generat(?:es|ed)|costs? (?:too|more|less|us)|gave (?:better|worse|the same)|was (?:faster|slower|better|worse)|"
    r"is the wrong tool|had an outage|went down|"
    r"scored|runs (?:the|our|all|every|each|nightly|on)|fits|fail(?:s|ed) (?:on|with|to build))\b"
)
_THING_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|our|each|every|in|via|using|uses?|used|install(?:ed)?|adopt(?:ed)?|deploy(?:ed)?|import|"
    r"train(?:ed)?|fine-tuned?|apply|applied|upgrad(?:e|ed)|benchmark(?:ed)?|quer(?:y|ied)|compared?|"
    r"tr(?:y|ies|ied)|explain(?:ed)?|replac(?:e|ed)|learn(?:ed)?|read about|set up|"
    r"evaluat(?:e|ed)|scores? on|"
    r"(?:run|runs|ran|running|built|based|trained|train|learn|tested|evaluated|deployed|hosted|scheduled) "
    r"(?:on|with|by|in|through)|(?:migrat|mov|switch|port)\w+ (?:[\w-]+ ){0,3}(?:to|from|off)|"
    r"tools? (?:like|such as)|language|library|framework|model|dataset|project|programme|squad|service)) $",
    re.IGNORECASE,
)
_ARTICLE_BEFORE: Final = re.compile(r"\b(?:the|a|an|our|each|every|this) $", re.IGNORECASE)
_SAID_AFTER: Final = re.compile(
    r",? (?:said|says|told|asked|asks|thinks|thought|wants|wanted|agreed|agrees|joined|left|promised|admitted|feels|"
    r"felt|suggested|mentioned|owns|offered|worries|raised|volunteered|resigned|signed off|pushed back|"
    r"from (?:the )?(?:audit|finance|legal|risk|sales|marketing|product|ops|design|platform|data|HR|support)\b)\b"
)
_MET_BEFORE: Final = re.compile(
    r"\b(?:told|met|thanks|thank|cc|tell|spoke (?:to|with)|talked (?:to|with)|lunch with|coffee with|1:1 with) $",
    re.IGNORECASE,
)
_TITLE_BEFORE: Final = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\.? |(?<!\w)[A-Z]\. ?|(?<!\w)[A-Z]{2} )$")
_WORD_BEFORE: Final = re.compile(r"(?<![\w'’])([^\W\d_]+) $")
_LIST_BEFORE: Final = re.compile(r"([\w.-]+)(?:,? (?:and|or|vs\.?|versus|than|with|against|beats?|to|from) |, ?|[/+])$")
_LIST_AFTER: Final = re.compile(r"(?:,? (?:and|or|vs\.?|versus|than|with|against|beats?|to|from) |, ?|[/+])([\w.-]+)")
_FAMILY_AFTER: Final = re.compile(r" ([^\W\d_a-z][^\W\d_A-Z]+)\b")


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    lines = (files("guards.recognisers") / "borrowed.txt").read_text("utf-8").casefold().splitlines()
    at = lines.index(_BOTH)
    both = frozenset(line.strip() for line in lines[at + 1 :] if line.strip())
    return frozenset(line.strip() for line in lines[:at] if line.strip() and line[0] != "#") - both, both


@cache
def borrowed() -> frozenset[str]:
    """All the words, folded; editable in ``borrowed.txt``."""
    things, both = _parts()
    return things | both


def is_borrowed(word: str) -> bool:
    """Whether the word, or each part of one with a hyphen, is on the list."""
    known = borrowed()
    folded = _POSSESSIVE.sub("", word.casefold())
    return folded in known or all(part in known for part in folded.split("-"))


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether the word at ``start`` means a thing there: a borrowed one by its context, another by its announcement."""
    word = _POSSESSIVE.sub("", text[start:end])
    end = start + len(word)
    if not is_borrowed(word):
        return word.casefold() not in given() and _is_announced(text, start, end)
    things, _ = _parts()
    parts = [word, *word.split("-")] if "-" in word else []
    if any(part.casefold() in things for part in parts):
        return True
    if word.casefold() in things:
        return _is_method(text, end) or not _says_person(text, start, end)
    return not _has_first_name(text, start) and _says_thing(text, start, end)


def _is_announced(text: str, start: int, end: int) -> bool:
    """Any word before what only theories have ("Bartlett's theorem"), or after an article and before a tool's."""
    if text[start].isupper() and _THEORY_AFTER.match(text, end):
        return True
    return bool(_TOOL_AFTER.match(text, end) and _ARTICLE_BEFORE.search(text, max(0, start - 8), start))


def _is_method(text: str, end: int) -> bool:
    return bool(_METHOD_AFTER.match(text, end) or _OWN_METHOD_AFTER.match(text, end))


def _has_first_name(text: str, start: int) -> bool:
    before = _WORD_BEFORE.search(text, max(0, start - 32), start)
    first = before is not None and before[1][0].isupper() and before[1].casefold() in given()
    return first or bool(_TITLE_BEFORE.search(text, max(0, start - 6), start))


def _says_person(text: str, start: int, end: int) -> bool:
    if _has_first_name(text, start) or _SAID_AFTER.match(text, end):
        return True
    return text[start].isupper() and bool(_MET_BEFORE.search(text, max(0, start - 14), start))


def _says_thing(text: str, start: int, end: int) -> bool:
    if _SAID_AFTER.match(text, end):
        return False
    if any(
        pattern.match(text, end)
        for pattern in (_METHOD_AFTER, _OWN_METHOD_AFTER, _THEORY_AFTER, _TOOL_AFTER, _VERSION_AFTER, _DOES_AFTER)
    ):
        return True
    family = _FAMILY_AFTER.match(text, end)
    if family is not None and not is_borrowed(family[1]):
        return False
    return bool(_THING_BEFORE.search(text, max(0, start - 40), start)) or _among_things(text, start, end)


def _among_things(text: str, start: int, end: int) -> bool:
    """Beside a thing in a list: "Ray and Dask"."""
    things, _ = _parts()
    before = _LIST_BEFORE.search(text, max(0, start - 40), start)
    after = _LIST_AFTER.match(text, end)
    return any(each is not None and each[1].casefold().strip(".") in things for each in (before, after))
