"""The small grammar the rules share: who, when a clause starts, and which words carry a promise."""

from __future__ import annotations

import re
from typing import Final

PERSON: Final = r"(?:@?<(?:PERSON|USERNAME|HANDLE|EMAIL_ADDRESS)_\d+>)"
ROLE: Final = r"(?:(?:[Tt]he )?(?:[Mm]entee|[Mm]entor coach|[Mm]entor|[Cc]oach|[Ss]ponsor)\b)"
ONE: Final = rf"(?:{PERSON}(?!['’]s\b(?! (?:going|gonna|\w+ing)\b))|{ROLE})"
GROUP: Final = rf"{ONE}(?:\s*(?:,\s*and\s|,\s*or\s|,|\band\b|&|\+|\bor\b|/|\(\s*or\s)\s*{ONE}(?:\s*\?)?\)?){{0,11}}"
COLLECTIVE: Final = (
    r"(?:[Ww]e all|[Ww]e both|[Ww]e|[Tt]he (?:[Gg]roup|[Tt]eam)|[Tt]eam|[Ee]veryone|[Ee]verybody|[Aa]ll of us"
    r"|[Bb]oth of us|[Bb]oth|[Ss]omebody(?: else| from \w+(?: \w+)?)?|[Ss]omeone(?: else| from \w+(?: \w+)?)?"
    r"|[Oo]ne of (?:us|you|them)|[Aa]nyone|[Ee]ach of us"
    r"|[Tt]he two of us|[Ee]ither of us|[Aa]ll)\b"
)
TICKET: Final = re.compile(r"(?<![\w/])(?:[A-Z][A-Z0-9]{1,9}-\d{1,6}\b|(?:pull|issue|PR|MR|GH)?[#!]\d{1,6}\b)")

_VOWED: Final = (
    r"(?:agreed?|agrees|promised?|promises|committed|commits?|volunteer(?:ed|s)?|offered|undert(?:ook|akes?|aken)"
    r"|signed up|accept(?:ed|s)?|consented|pledged|decided|resolved|arranged)"
)
_SAID: Final = (
    rf"(?:has |have |had )?(?:said|says|promised|promises|agreed|confirmed|confirms|assured(?: \S+)?|(?:told"
    rf"|tells) (?:me|us|him|her|{PERSON})"
    r"|announced|mentioned|wrote|writes|offered|replied|insisted|thinks|reckons|volunteered|hopes)"
)
_FIRM: Final = (
    r"['’]ll|will now|will then|will also|will|shall|gonna|imma|am going(?= [a-z])|['’]s going to|is going to"
    r"|are going to|am going to"
    rf"|['’]m going to|['’]re going to|is gonna|are gonna|['’]m gonna|['’]s gonna|(?:has |have |['’]ve |is "
    rf"|are |had )?{_VOWED}"
    rf"(?: (?:me|us|him|her|{PERSON}))? to"
    r"|is responsible for|are responsible for|(?:is|are) the ones? (?:to|who will)|will be the one to"
    rf"|(?:is |are |was |were |has been |have been )(?:assigned|tasked|asked|told|reminded|requested|instructed"
    rf"|expected"
    rf"|required|invited)(?: by {ONE})? to|(?:is|are) due to|(?:is|are) to(?= [a-z])|is down to|(?:is|are) down to"
    r"|(?:is|are) (?:in charge|responsible) to|(?:takes|took|take|has|have|had|gets|got) (?:the |on the "
    r"|on )(?:action|task|job)"
    rf"(?: item| point)? (?:to|of)|{_SAID} (?:that )?(?:he|she|they|you)(?:['’]ll|['’]d| will| would| is going to"
    r"| are going to| is gonna)"
)
_WEAK: Final = (
    r"will have to|['’]ll have to|will need to|['’]ll need to|needs to|need to|has to|have to|must|should"
    r"|(?:is|are|am|['’]m|['’]s) (?:supposed|meant|obliged|required) to|['’]ve got to|has got to|have got to"
    r"|ought to|(?:had|['’]d) better|will must"
)
_ROUGH: Final = (
    r"(?:['’]ll|will) (?:try|aim|attempt|hope|see (?:if|whether|what|about)|look whether|maybe|probably"
    r"|possibly|perhaps|likely|hopefully"
    r"|have a (?:go|look|think|stab|try)(?: at)?|do (?:my|his|her|our|their) best to|give it a (?:go|try))(?: to)?"
    rf"|{_SAID} (?:that )?(?:he|she|they|you) (?:can|could|might|may)"
    r"|(?:would|['’]d) (?:love|prefer) to|(?:would|['’]d) be (?:up for|open to|happy with)"
    r"|should (?:probably|maybe|perhaps|really|try to)|(?:needs?|ought) to (?:probably|maybe)|(?:am|is|are|['’]m|['’]re"
    r"|was|were)? ?(?:hoping|planning|trying|intending|aiming|thinking of|meaning) to|hop(?:es?|ed) to|plan(?:s"
    r"|ned)? to|intend(?:s|ed)? to|wants? to|wanted to|were (?:going|planning|meaning) to|meant to|needed to"
    r"|aims? to|might|may|could|(?:would|['’]d) like to|(?:would|['’]d) (?:try|be happy|be glad|be willing) to"
    r"|(?:am|is|['’]m) (?:happy|glad|willing) to|can(?! you)|(?:tries|try|trying) to"
)
MODAL_WORDS: Final = (
    r"will|shall|to|is|are|was|has|have|had|should|must|needs?|can|could|would|may|might|agreed|promised|offered|plans?"
    r"|hopes?|wants?|wanted|said|takes?|owns?|am|gonna|also|then|still|now|committed|volunteered|did|does|asked|thinks?"
)
"""What may follow a subject where a clause begins."""
PRONOUN: Final = r"(?:[Hh]e|[Ss]he)(?=['’\s])"
MODAL: Final = rf"(?:(?P<rough>{_ROUGH})|(?P<weak>{_WEAK})|(?P<firm>{_FIRM}))(?:\s+to(?=\s+[a-z]))?"

LEADS: Final = (
    r"(?:and|but|then|so|while|also|plus|hence|therefore|ok|okay|k|yes|yeah|yep|sure|great|thanks|thank you"
    r"|right|fine|well|perfect"
    r"|agreed"
    r"|no problem|sounds good|of course|cool|good|in the meantime|meanwhile|afterwards|first|next|finally|today"
    r"|tomorrow"
    r"|oh|hmm|um|uh|er|alright|definitely|absolutely|in that case|otherwise|btw|anyway|basically|actually|additionally"
    r"|furthermore|moreover|in addition|likewise|lastly|second(?:ly)?|third(?:ly)?|firstly|to recap|in return"
    r"|and so|as (?:discussed|agreed|promised|planned|usual|you (?:asked|know))|from my side|for my part|on my side)"
)
HEDGES: Final = r"(?:maybe|perhaps|possibly|hopefully|I think|I guess|I suppose|I hope|I believe|probably)"

STATIVE: Final = re.compile(
    r"(?:not\b|never\b|no longer\b|be (?!\w+ing\b)|have (?:been|a\b|no\b|had\b)|become|seem|appear|remain|stay\b"
    r"|have \w+(?:ed|wn|ne|en|nt|pt)\b|happen|see\b(?! (?:what|if|whether|to)\b)|receive|get (?:access|used"
    r"|there)\b|get (?:it|them|this|that)\W*$"
    r"|know|think|believe|like\b|love|want|need\b|feel|guess|agree\b|disagree|depend|mean\b|exist|cost|matter"
    r"|get (?:a (?:sense|feel|grip)|the (?:point|idea|feeling|hang)|better|worse)"
    r"\b|say (?:that|this|it|so)|always|still|just say|admit|assume|suggest\b|differ|fail|break\b|work\b(?! on"
    r"| with| out| up| through)"
    r"|benefit|struggle|suffer|miss\b|lose\b|understand|remember|hear\b|look (?:like|good|bad|at it)|argue"
    r"|stop there|only be)",
    re.IGNORECASE,
)
"""What follows "will" where nothing is promised."""

NEGATED: Final = re.compile(r"\s*(?:not|never|n['’]t)\b", re.IGNORECASE)
CONDITIONAL: Final = re.compile(
    r"(?:^|[,;—]\s*|\s)(?:if|unless|in case|assuming|provided|supposing|should you)\s", re.IGNORECASE
)
ANAPHORIC: Final = re.compile(
    r"(?:do|have|take|handle|get|sort|own|fix|send|make|try)\s+(?:it|that|this|them|those|so)\b(?:\s+(?:over|on"
    r"|for you|to you))?|get (?:right )?on it"
    r"|look into (?:it|that)|take care of (?:it|that|this)|follow up on (?:it|that)",
    re.IGNORECASE,
)
"""An action that only points back ("I'll do that"): its words stand in the request before it."""

YES: Final = re.compile(
    r"(?:yes|yeah|yep|yup|sure|of course|ok|okay|will do|absolutely|definitely|certainly|no problem|happy to|glad to"
    r"|leave it with me|i['’]m on it|on it|consider it done|i can do|i['’]ll|i will|can do|fine|agreed|sounds good"
    r"|got it|done deal|understood|roger|sure thing|k\b|np\b|please do|that would (?:be|help)|do that|go ahead"
    r"|aye|alright"
    r"|noted|very well|why not|perfect|great\b|lovely|👍|✅|🙋|i['’]d be happy|that works|great idea|with pleasure"
    r"|good idea|right)\b",
    re.IGNORECASE,
)
NO: Final = re.compile(
    r"(?:no\b(?! problem| worries)|not\b|nope|sorry|i can['’]?t|i cannot|i won['’]?t|i['’]m afraid|unfortunately"
    r"|i don['’]t"
    r"|i['’]d rather|i would rather|not me|leave (?:it|that)|wait\b|let['’]?s (?:wait|not)|don['’]t|hold on"
    r"|can['’]t|someone else|maybe\b|i doubt)",
    re.IGNORECASE,
)
BUT_NO: Final = re.compile(
    r"\b(?:but (?:i can['’]?t|i won['’]?t|not|i cannot|no\b|i don['’]t)|can['’]t|cannot|won['’]t|not (?:this|yet"
    r"|until))",
    re.IGNORECASE,
)
