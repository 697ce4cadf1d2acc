"""From a refusal to one line and an exit status; the only table of exit codes.

0 done; 1 a check found something; 2 not enough to judge; 64 usage; 65 bad input; 69 model or store unavailable;
70 our fault; 77 not permitted.
"""

from __future__ import annotations

from typing import Final

from copilot import errors as copilot_errors
from guards import errors as guard_errors
from knowledge import errors as knowledge_errors

FOUND: Final = 1
TOO_FEW: Final = 2
USAGE: Final = 64
BAD_INPUT: Final = 65
UNAVAILABLE: Final = 69
OUR_FAULT: Final = 70
NOT_PERMITTED: Final = 77

EXPLAINED: Final = (copilot_errors.CopilotError, guard_errors.GuardError, knowledge_errors.KnowledgeError)

_TABLE: Final[tuple[tuple[type[Exception], int], ...]] = (
    (copilot_errors.Usage, USAGE),
    (copilot_errors.BadInput, BAD_INPUT),
    (copilot_errors.HomeInUse, UNAVAILABLE),
    (copilot_errors.StoreUnavailable, UNAVAILABLE),
    (copilot_errors.ModelUnavailable, UNAVAILABLE),
    (copilot_errors.ModelAnswerInvalid, UNAVAILABLE),
    (copilot_errors.OverBudget, UNAVAILABLE),
    (guard_errors.NotSignedIn, NOT_PERMITTED),
    (guard_errors.NotPermitted, NOT_PERMITTED),
    (guard_errors.RedactionFailed, UNAVAILABLE),
    (guard_errors.EgressRefused, UNAVAILABLE),
    (guard_errors.AuditUnwritable, UNAVAILABLE),
    (guard_errors.VaultUnreadable, UNAVAILABLE),
    (guard_errors.PlaceholderUnknown, OUR_FAULT),
    (guard_errors.RawTextExposed, OUR_FAULT),
    (guard_errors.WallBreached, OUR_FAULT),
    (guard_errors.Unsupported, OUR_FAULT),
    (knowledge_errors.Unreadable, BAD_INPUT),
    (knowledge_errors.CorpusInvalid, BAD_INPUT),
    (knowledge_errors.IndexUnavailable, UNAVAILABLE),
)


def exit_status(error: Exception) -> int:
    """The exit status of a refusal; anything the table does not name is our fault."""
    return next((status for kind, status in _TABLE if isinstance(error, kind)), OUR_FAULT)
