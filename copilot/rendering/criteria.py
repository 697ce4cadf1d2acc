"""Criteria as lines for people and as plain values: the pair's with what each lacks, the sponsor's bare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from copilot.boxes.spoken import cut
from copilot.commitment_pages import masked as bare
from copilot.criteria import worth_a_look
from copilot.criterion_lint import CriterionLinter
from copilot.criterion_signing import CriterionWord, Offered, SignOff, State, WordKind, sentence
from copilot.criterion_views import Board
from copilot.drafts import Criterion
from copilot.ledger import is_open
from copilot.mentions import CommitmentStatus
from copilot.rendering.page import criterion_lines, place
from copilot.rendering.shape import criterion_shape
from guards.tokens import day_text

__all__ = ["bare", "criterion_page", "gone_lines", "offer_lines", "offer_shape", "signed_shape"]


def criterion_page(found: Board, *, names: Mapping[str, str], linter: CriterionLinter) -> Iterator[str]:
    """Every criterion: what it is about, its parts, its state, what it needs, what serves it, where it stands."""
    yield f"Criteria of {found.snapshot.pair.id}, for {found.snapshot.day.isoformat()}"
    for each in found.criteria:
        yield ""
        yield from _criterion(each, found, names, linter)


def _criterion(each: Criterion, found: Board, names: Mapping[str, str], linter: CriterionLinter) -> Iterator[str]:
    yield f"{each.id}  {_title(each)}"
    stands = found.signed[each.id].state in {State.AGREED, State.SIGNED}
    yield from (f"  {line}" for line in criterion_lines(replace(each, proposed=()) if stands else each))
    yield f"  {_state(found.signed[each.id], names)}"
    yield f"  counts towards {f'KPI {each.kpi}' if each.kpi else 'no KPI yet'}; {_serving(each, found)}"
    shown = "\n".join(criterion_lines(each))
    yield from (f"  {ask}" for ask in each.needs if ask not in shown)
    for card in worth_a_look(each, linter):
        yield f"  worth a look: {card.why}: {card.question}"
    yield f"  from {', '.join(dict.fromkeys(place(citation) for citation in each.citations)) or 'nothing yet'}"


def _title(each: Criterion) -> str:
    about = f"“{cut(each.about, limit=90)}”" if each.about else "no decision noted for it"
    noted = f", {day_text(each.day)}" if each.day else ""
    return f"First criterion, week 0: {about}{noted}" if each.first else f"{about}{noted}"


def _serving(each: Criterion, found: Board) -> str:
    serving = {link.commitment for link in found.links.values() if link.criterion == each.id}
    known = [one for one in found.snapshot.commitments if one.id in serving]
    still = [one.id[:8] for one in known if is_open(one)]
    done = sum(one.status is CommitmentStatus.DONE for one in known)
    said = [f"served by {', '.join(still)}" if still else "no open commitment serves it"]
    return ", ".join([*said, f"{done} done"] if done else said)


def _state(signed: SignOff, names: Mapping[str, str]) -> str:
    by = f"{names.get(signed.signed_by or '', signed.signed_by or '')} on {signed.signed_on}"
    if signed.state is State.SIGNED:
        return f"{State.SIGNED.value} by {by}"
    if signed.state is State.CHANGED:
        again = "agreed again, waits for the sponsor" if len(signed.agreed) > 1 else "agree it again, then sign"
        return f"{State.CHANGED.value} by {by}: {', '.join(signed.changed)}; {again}"
    if signed.state is State.AGREED:
        return f"{State.AGREED.value}, waits for the sponsor"
    told = f"agreed by {signed.agreed[0].replace('_', ' ')} alone" if signed.agreed else "nobody has agreed it yet"
    return f"{State.PROPOSED.value}: {told}"


def gone_lines(found: Board, *, names: Mapping[str, str]) -> Iterator[str]:
    """Criteria that somebody agreed or signed and that no note gives any more."""
    for each in found.gone:
        verb = "signed off" if each.kind is WordKind.SIGN else "agreed"
        yield ""
        yield f"{each.criterion}  {verb} by {names.get(each.by, each.by)} on {each.day}, and no note gives it any more:"
        yield f"  {sentence(dict(each.parts))}"


def offer_lines(pair: str, found: Sequence[tuple[Offered, CriterionWord | None]]) -> Iterator[str]:
    """For the sponsor: the texts that both agreed, bare."""
    yield f"Criteria that the pair {pair} agreed"
    if not found:
        yield "None yet: what both of the pair agree is shown here, to be signed off."
    for each, signed in found:
        yield f"{each.criterion}  {bare(sentence(dict(each.parts)))}"
        state = f"signed off on {signed.day}" if signed else f"to sign: coach criteria sign {pair} {each.criterion}"
        yield f"          agreed {each.agreed_on}; KPI {each.kpi or 'none yet'}; {state}"


def offer_shape(each: Offered, signed: CriterionWord | None) -> dict[str, object]:
    """An agreed criterion as plain values, names as plain words."""
    parts = {name.replace(" ", "_"): bare(text) for name, text in each.parts}
    return {"id": each.criterion, **parts, "kpi": each.kpi, "agreed_on": each.agreed_on.isoformat(),
            "signed_on": signed.day.isoformat() if signed else None}  # fmt: skip


def signed_shape(each: Criterion, signed: SignOff) -> dict[str, object]:
    """A criterion of the interface with its sign-off."""
    on = signed.signed_on
    return {**criterion_shape(each), "state": signed.state.value, "agreed_by": list(signed.agreed),
            "signed_by": signed.signed_by, "signed_on": on.isoformat() if on else None,
            "changed": list(signed.changed)}  # fmt: skip
