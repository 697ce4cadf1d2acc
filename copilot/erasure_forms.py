"""Which forms are the erased's alone: those nobody who stays has, with care for names that are ordinary words.

Pure. What is left out of the search is counted by reason, so that a certificate can say so: forms that somebody who
stays has too, ordinary words, initials, and forms that are spelt like an id that stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from copilot.byte_scan import Needle
from copilot.programme import Kpi, Pair, Person, Programme
from guards.leakage import everyday_names
from guards.names import folded, words_of
from guards.roster import ERASED
from guards.text import RedactedText, house, joined
from guards.vault import Kept

MOST_PIECES: Final = 1000
"""Most pieces of a pair's notes that are searched for; of a longer record, evenly chosen ones."""

_GONE: Final = house("[erased]")
_LITERAL: Final = "LITERAL"
_INITIALS: Final = 3
_PIECE: Final = (24, 60)


@dataclass(frozen=True, slots=True)
class Forms:
    """What to search for, which unlisted vault entries (folded) go, and how many forms were left out and why."""

    needles: tuple[Needle, ...]
    gone: frozenset[str]
    left_out: Mapping[str, int]


def person_forms(person: Person, programme: Programme, kept: Iterable[Kept]) -> Forms:
    """The forms of a person that nobody who stays has.

    Args:
        person: as the programme lists them.
        programme: with everybody else in it.
        kept: what all vaults of the home keep.
    """
    entries = [each for each in kept if each.kind != _LITERAL]
    mine = [each for each in entries if each.person == person.id or _belongs(each, person)]
    own = [*_listed(person), *(each.form for each in mine)]
    others = {form for each in programme.people if each.id != person.id for form in _listed(each)}
    others |= {each.form for each in entries if each not in mine}
    others |= {*programme.mask_words, *programme.keep_words}
    needles, left_out = _sorted_out(own, others, _ids(programme))
    gone = frozenset(folded(each.form) for each in mine if each.person is None)
    return Forms(needles, gone, left_out)


def pair_forms(kept: Iterable[Kept], others: Iterable[Kept], programme: Programme, staying: str) -> Forms:
    """The forms that only a pair's own vault has; a listed person stays known to the programme.

    Args:
        kept: the pair's vault.
        others: all other vaults.
        programme: without the pair.
        staying: every text of the pairs that stay; a word that stands in it openly hides nobody.
    """
    own = [each.form for each in kept if each.kind != _LITERAL and each.person is None]
    shared = {each.form for each in others} | {form for each in programme.people for form in _listed(each)}
    shared |= {*programme.mask_words, *programme.keep_words}
    shared |= {form for form in own if _whole(form, re.IGNORECASE).search(staying)}
    needles, left_out = _sorted_out(own, shared, _ids(programme))
    return Forms(needles, frozenset(), left_out)


def pieces(texts: Sequence[str], staying: str) -> tuple[Needle, ...]:
    """Beginnings of lines long enough to be nobody else's, each of four words or more, that no staying text has."""
    least, most = _PIECE
    low = staying.casefold()
    found: dict[str, None] = {}
    for text in texts:
        for line in text.splitlines():
            piece = line.strip()[:most].rpartition(" ")[0] if len(line.strip()) > most else line.strip()
            if len(piece) >= least and len(piece.split()) >= 4 and "\\" not in piece and '"' not in piece:
                found[piece] = None
    step = max(1, -(-len(found) // MOST_PIECES))
    return tuple(Needle(each) for each in list(found)[::step] if each.casefold() not in low)


@dataclass(frozen=True)
class Scrubber:
    """Puts a person's own placeholder where one of their forms stands openly in a redacted text."""

    needles: tuple[Needle, ...]
    mark: RedactedText = _GONE

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        longest_first = sorted(self.needles, key=lambda each: -len(each.text))
        return tuple(_whole(each.text, 0 if each.exact else re.IGNORECASE) for each in longest_first)

    def needed(self, stored: str) -> bool:
        """Whether one of the forms stands in a stored string."""
        return any(each.search(stored) for each in self._patterns)

    def mask(self, text: RedactedText) -> RedactedText:
        """The text with the placeholder in place of the forms."""
        for pattern in self._patterns:
            parts: list[RedactedText] = []
            at = 0
            for match in pattern.finditer(text):
                parts += [text[at : match.start()], self.mark]
                at = match.end()
            if parts:
                text = joined("", [*parts, text[at:]])
        return text

    def plain(self, text: str) -> str:
        """The same for the programme's own words, which have no placeholders."""
        for pattern in self._patterns:
            text = pattern.sub(ERASED, text)
        return text


def without_person(programme: Programme, person: str, plain: Callable[[str], str]) -> Programme:
    """The programme with a stub in a person's place: the id stays for other people's ledgers, and nothing else."""
    stub = Person(person, ERASED)
    return replace(
        programme,
        name=plain(programme.name),
        people=tuple(replace(stub, roles=each.roles) if each.id == person else each for each in programme.people),
        pairs=tuple(_pair(each, person, plain) for each in programme.pairs),
        kpis=tuple(_kpi(each, plain) for each in programme.kpis),
        holidays=tuple(replace(each, name=plain(each.name)) for each in programme.holidays),
        pulses=tuple(each for each in programme.pulses if each.by != person),
    )


def without_pair(programme: Programme, pair: str) -> Programme:
    """The programme without a pair, its calendar and its ratings; its people stay listed."""
    return replace(
        programme,
        pairs=tuple(each for each in programme.pairs if each.id != pair),
        sessions=tuple(each for each in programme.sessions if each.pair != pair),
        pulses=tuple(each for each in programme.pulses if each.pair != pair),
        work=tuple(each for each in programme.work if each.pair != pair),
    )


def pairs_of(programme: Programme, person: str) -> tuple[str, ...]:
    """The pairs in which a person holds a role, now or before."""
    return tuple(each.id for each in programme.pairs if person in _people(each))


def _people(pair: Pair) -> set[str | None]:
    before = {who for change in pair.mentor_changes for who in (change.previous, change.next)}
    return {pair.mentor, pair.mentee, pair.sponsor, *before}


def _pair(pair: Pair, person: str, plain: Callable[[str], str]) -> Pair:
    rules = pair.escalation
    if rules is None:
        return pair
    to, then = (None if each == person else each for each in (rules.to, rules.then))
    return replace(pair, escalation=replace(rules, to=to, then=then, how=plain(rules.how) if rules.how else None))


def _kpi(kpi: Kpi, plain: Callable[[str], str]) -> Kpi:
    return replace(kpi, name=plain(kpi.name), unit=plain(kpi.unit), source=plain(kpi.source))


def _listed(person: Person) -> set[str]:
    words = (word for word in re.findall(r"[^\W_]+", person.name) if len(word) > 1)
    return {person.name, *person.also, *words}


def _belongs(entry: Kept, person: Person) -> bool:
    """Whether an entry that no roster links is plainly theirs: a listed form, or two words of the name in it."""
    if entry.person is not None:
        return False
    listed = {folded(person.name), *(folded(form) for form in person.also)}
    return folded(entry.form) in listed or len({*words_of(entry.form)} & {*words_of(person.name)}) > 1


def _ids(programme: Programme) -> frozenset[str]:
    """Ids that stay, and the parts of them."""
    ids = {each.id for each in (*programme.people, *programme.pairs, *programme.kpis)} | {programme.id}
    return frozenset(ids | {part for each in ids for part in re.split(r"[._-]", each)})


def _sorted_out(
    own: Iterable[str], others: Iterable[str], ids: frozenset[str]
) -> tuple[tuple[Needle, ...], dict[str, int]]:
    taken = {folded(form) for form in others}
    like_ids = {each.casefold() for each in ids}
    needles: dict[str, Needle] = {}
    left_out: Counter[str] = Counter()
    for key, form in {folded(form): form for form in sorted(own, reverse=True) if folded(form)}.items():
        reason = _left_out(key, form, taken, ids)
        if reason:
            left_out[reason] += 1
            continue
        exact = not like_ids.isdisjoint({key, _bare(key)}) or len(form) <= _INITIALS
        words = key.split()
        parts = len(words) > 1 and not any(sign.join(words) in like_ids for sign in ("", "-", "_", "."))
        needles[key] = Needle(form, exact=exact, parts=parts)
    return tuple(needles.values()), dict(left_out)


def _left_out(key: str, form: str, taken: set[str], ids: frozenset[str]) -> str:
    letters = "".join(words_of(form))
    if key in taken or _bare(key) in taken:
        return "shared_with_someone_who_stays"
    if key in everyday_names():
        return "ordinary_words"
    if len(letters) < _INITIALS or (len(letters) == _INITIALS and form.isupper()) or _few_digits(letters):
        return "initials_and_short_numbers"
    return "spelt_like_an_id_that_stays" if form in ids else ""


def _bare(key: str) -> str:
    """Without marks on letters, as the search finds it too."""
    return "".join(sign for sign in unicodedata.normalize("NFD", key) if not unicodedata.combining(sign))


def _few_digits(letters: str) -> bool:
    return letters.isdigit() and len(letters) < 7


def _whole(form: str, flags: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", flags)
