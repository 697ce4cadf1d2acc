"""People's words on consent: only their own, kept in the record, and what they amount to now."""

from __future__ import annotations

from copilot.bootstrap import Copilot
from copilot.errors import NotFound
from guards.access import GiveConsent, authorize
from guards.audit_log import Act, Entry
from guards.consent import ConsentWord, Purpose
from guards.errors import NotPermitted


def keep_word(copilot: Copilot, word: ConsentWord, *, speaker: str) -> str:
    """Keep a person's word on a purpose, and say in a line what follows.

    Raises:
        NotFound: the programme has no such person.
        NotPermitted: somebody speaks for another, or is the coach or mentee of no pair.
    """
    person = word.person
    principal = copilot.person(person)
    if speaker != person:
        raise NotPermitted(f"consent is each person's own: {speaker} cannot speak for {person}; run it --as {person}")
    own = [pair for pair, role in principal.roles.items() if role.value in {"mentor_coach", "mentee"}]
    if not own:
        raise NotPermitted(f"{person} is coach or mentee of no pair, so nothing of theirs waits for consent")
    authorize(principal, GiveConsent, own[0])
    given = "given" if word.given else "withdrawn"
    copilot.audit.append(Entry(Act.CONSENT, who=person, what=word.purpose.value, detail=given))
    copilot.record.consents.append(word)
    said = f"{word.purpose.value} {given}"
    return f"{person}: {said}; it counts now for {', '.join(sorted(own))}"


def state_of(copilot: Copilot, person: str | None = None) -> list[dict[str, object]]:
    """What each coach and mentee, or one person, allows now.

    Raises:
        NotFound: the person is coach or mentee of no pair.
    """
    pairs, consents = copilot.programme().pairs, copilot.consents
    known = sorted({each for pair in pairs for each in (pair.mentor, pair.mentee)})
    if person is not None and person not in known:
        raise NotFound(f"no coach or mentee {person} here: see pairs in programme.yaml")
    return [
        {"person": each, "purpose": purpose.value, "allowed": consents.allows(each, purpose)}
        for each in ([person] if person else known)
        for purpose in Purpose
    ]
