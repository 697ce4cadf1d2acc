"""What the product can refuse, and how each refusal leaves the process.

CopilotError
├── Usage                the command was called wrongly                                  exit 64
├── BadInput             a file, field or answer does not hold together                  exit 65
│   ├── ProgrammeInvalid the programme file breaks its schema or contradicts itself
│   └── NotFound         no such pair, commitment, draft or item
├── HomeInUse            another process owns this home                                  exit 69
├── StoreUnavailable     the record cannot be opened or written                          exit 69
├── ModelUnavailable     no engine could serve: not installed, time-out, refused         exit 69
├── ModelAnswerInvalid   the model's answer broke its schema, also after one repair      exit 69
└── OverBudget           a draft would take more tokens or money than it may             exit 69

``GuardError`` and ``KnowledgeError`` are mapped in ``copilot/cli/exits.py`` too. Messages are one line: what,
where, what to do next; ids and counts, never the text of a note.
"""


class CopilotError(Exception):
    """The product refused or failed in a way it can explain."""


class Usage(CopilotError):
    """The call itself is wrong."""


class BadInput(CopilotError):
    """What was handed in does not hold together."""


class ProgrammeInvalid(BadInput):
    """The programme file breaks its schema or contradicts itself."""


class NotFound(BadInput):
    """There is no such pair, commitment, draft or item."""


class HomeInUse(CopilotError):
    """Another process owns this home folder."""


class StoreUnavailable(CopilotError):
    """The record cannot be opened or written."""


class ModelUnavailable(CopilotError):
    """No engine could serve the task."""


class ModelAnswerInvalid(CopilotError):
    """The model's answer broke its schema."""


class OverBudget(CopilotError):
    """A draft would take more tokens or money than it may; nothing was sent."""
