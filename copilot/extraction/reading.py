"""What one rule reads out of one line, before it becomes a mention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from copilot.mentions import MentionKind
from guards.text import RedactedText, house


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody a line names: a roster id where known, and the words or placeholder the line has for them."""

    person: str | None = None
    text: RedactedText | None = None

    def same_as(self, other: Owner | None) -> bool:
        """Whether both name the same person."""
        if other is None:
            return False
        if self.person or other.person:
            return self.person == other.person
        return self.text is not None and self.text == other.text


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its surroundings: where its own words start, who speaks, under which headings it stands.

    ``body`` is the offset past bullet, quote mark, check box and speaker label; ``ticked`` the check box, if any.
    ``under`` is the person whose heading it stands under; ``section`` one of ``actions``, ``done``, or empty.
    ``speaker`` is who says "I": in a turn, in a letter, or the author the note names; ``addressee`` who "you" is.
    ``spoken`` says that the line is a turn of a talk, with its own speaker.
    ``before`` are the words of the line above, where a pronoun's person may stand.
    """

    text: RedactedText
    first: int
    last: int
    body: int
    bullet: bool = False
    ticked: bool | None = None
    speaker: Owner | None = None
    under: Owner | None = None
    section: str = ""
    heading: int = 0
    cells: tuple[tuple[str, int, int], ...] = ()
    addressee: Owner | None = None
    before: RedactedText | None = None
    spoken: bool = False

    @property
    def words(self) -> RedactedText:
        """The line's own words."""
        return self.text[self.body :]

    def same_speaker(self, other: Line) -> bool:
        """Whether both lines are said by the same person."""
        return self.speaker is not None and self.speaker.same_as(other.speaker)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a line says. ``start``..``end`` is the action in the line; ``clause`` where due and ticket stand.

    ``text`` replaces the action where it stands in another line ("I'll do that"); ``due`` likewise. ``to`` on a
    ``MOVED`` reading is who takes the work over.
    """

    kind: MentionKind
    start: int
    end: int
    clause: tuple[int, int]
    owner: Owner | None = None
    question: RedactedText | None = None
    text: RedactedText | None = None
    to: Owner | None = None
    due: tuple[date | None, RedactedText] | None = None


WHO = house("Nobody is named: who takes this?")
WHO_OF_US = house("Said of the group: who takes this?")
WHO_IS_I = house("The note does not say who speaks: who takes this?")
WHO_IS_HE = house("A pronoun could mean several people: who takes this?")
CONFIRM = house("Said loosely: is this a commitment?")
CONDITION = house("Said with a condition: does it stand?")
NO_ANSWER = house("Asked, and no answer is noted: was it agreed?")
