"""Box 3: the decision at hand, the questions that fit it, the trade-off it hides."""

from __future__ import annotations

from copilot.boxes.fit import cue_score, stage_score
from copilot.boxes.lines import Line, day_slot, fact, needs, of_kind, quote, suggest
from copilot.boxes.nearby import near_by
from copilot.boxes.spoken import spoken
from copilot.engines.protocol import Engine
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.claims import verify_question
from guards.text import RedactedText, composed
from guards.tokens import day_text
from knowledge.corpus_files import Question, QuestionSet


def at_hand(snapshot: Snapshot) -> Mention | None:
    """The decision at hand, without its label: the fullest open one of the latest session that has any, unless a
    later decision was taken and it is older than two sessions; else the latest decision.
    """
    open_ones = _worded(snapshot, MentionKind.OPEN_DECISION)
    taken = _worded(snapshot, MentionKind.DECISION)
    if open_ones and (
        not taken or open_ones[0].session_date >= taken[0].session_date or _still_open(snapshot, open_ones[0])
    ):
        latest = [each for each in open_ones if each.session_date == open_ones[0].session_date]
        return max(latest, key=lambda each: (len(each.text), -each.citation.first))
    return taken[0] if taken else None


def _worded(snapshot: Snapshot, kind: MentionKind) -> list[Mention]:
    found = [spoken(snapshot, each) for each in of_kind(snapshot, kind)]
    return [each for each in found if len(each.text.split()) > 2]


def _still_open(snapshot: Snapshot, mention: Mention) -> bool:
    return sum(day > mention.session_date for day in snapshot.met) <= 2


def build(snapshot: Snapshot, engine: Engine) -> list[Line]:
    """The decision, two or three questions, the trade-off."""
    mention = at_hand(snapshot)
    made: list[Line] = []
    if mention is None:
        mentee = snapshot.people[snapshot.pair.mentee]
        made.append(needs(composed("[needs: the decision of the week - ask {who}]", who=mentee)))
    else:
        lead = "Open" if mention.kind is MentionKind.OPEN_DECISION else "Decided"
        made.append(_shown(snapshot, mention, lead=lead))
        made += near_by(snapshot, mention)
    about = context(snapshot)
    kind = decision_kind(snapshot, about)
    made += _questions(snapshot, kind, about, engine, mention)
    made.append(suggest(composed("Trade-off to name: {words}", words=kind.tradeoff)))
    return made


def _shown(snapshot: Snapshot, mention: Mention, *, lead: str) -> Line:
    day = day_slot(mention.session_date.isoformat(), day_text(mention.session_date))
    words = quote(mention.text, limit=240)
    if lead == "Open":
        return fact("Open on {day}: “{words}”", snapshot, [mention.citation], day=day, words=words)
    return fact("Nothing is noted as open. Decided {day}: “{words}” Does it hold?", snapshot,
                [mention.citation], day=day, words=words)  # fmt: skip


def context(snapshot: Snapshot) -> str:
    """The words the fit is judged on: the decision, counted twice, and the last session's other mentions."""
    mention = at_hand(snapshot)
    last = [str(each.text) for each in snapshot.mentions if each.session_date == snapshot.last]
    return " ".join([*([str(mention.text)] * 2 if mention else []), *last])


def decision_kind(snapshot: Snapshot, about: str) -> QuestionSet:
    """The kind of decision with most cues; first sessions have their own, and any decision is the last resort."""
    sets = {each.id: each for each in snapshot.corpus.question_sets}
    if not snapshot.mentions:
        return sets["first"]
    mention = at_hand(snapshot)
    said = str(mention.text) if mention else about
    ranked = sorted(
        sets.values(), key=lambda each: (-3 * cue_score(said, each.cues) - cue_score(about, each.cues), each.id)
    )
    best = ranked[0]
    return best if cue_score(about, best.cues) else sets["general"]


def _questions(
    snapshot: Snapshot, kind: QuestionSet, about: str, engine: Engine, mention: Mention | None
) -> list[Line]:
    pool = [(each, kind) for each in kind.questions]
    pool += [(each, group) for group in snapshot.corpus.question_sets if group is not kind for each in group.questions]
    said = str(mention.text) if mention else about

    def score(pair: tuple[Question, QuestionSet]) -> tuple[int, int]:
        question, group = pair
        near = 3 * cue_score(said, question.cues) + cue_score(about, question.cues) + 4 * (group is kind)
        return near + stage_score(snapshot.pair.stage, question.stages), -(
            sum(question.id.encode()) + snapshot.week
        ) % 7

    ranked = [question for question, group in sorted(pool, key=score, reverse=True) if group is kind or question.cues]
    return _led(ranked[:6], engine, mention)


def _led(shortlist: list[Question], engine: Engine, mention: Mention | None) -> list[Line]:
    """The engine may choose which question leads, or word one where it is strong; the rest go by fit."""
    chosen, by = 0, "rules"
    if mention is not None:
        worded: RedactedText | None = engine.word_question(mention.text, ()) if engine.words_freely else None
        if worded is not None and not verify_question(worded, (mention.text,)).supported:
            worded = None
        if worded is not None:
            return [suggest(_ask(worded), by=engine.name), *(suggest(_ask(each.text)) for each in shortlist[:2])]
        answer = engine.choose(mention.text, [each.text for each in shortlist])
        if answer is not None and 0 <= answer < len(shortlist):
            chosen, by = answer, engine.name
    rest = [each for index, each in enumerate(shortlist) if index != chosen][:2]
    return [suggest(_ask(shortlist[chosen].text), by=by), *(suggest(_ask(each.text)) for each in rest)]


def _ask(text: RedactedText) -> RedactedText:
    return composed("Ask: {text}", text=text)
