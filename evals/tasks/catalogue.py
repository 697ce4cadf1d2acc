"""The one table of tasks by the name that ``sets.yaml`` uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evals.tasks.drafting import commitment_rows, page_rows
from evals.tasks.flags import stalled_rows
from evals.tasks.language import criterion_rows, language_rows
from evals.tasks.names import name_rows
from evals.tasks.orders import order_rows
from evals.tasks.reviewing import reviewed_rows
from evals.tasks.searching import search_rows
from evals.tasks.task import Task
from evals.tasks.texts import claim_rows, passage_rows, redaction_rows

TASKS: Final[Mapping[str, Task]] = {
    "commitments": commitment_rows,
    "pages": page_rows,
    "redaction": redaction_rows,
    "passages": passage_rows,
    "claims": claim_rows,
    "orders": order_rows,
    "language": language_rows,
    "criteria": criterion_rows,
    "stalled": stalled_rows,
    "names": name_rows,
    "search": search_rows,
    "reviewed": reviewed_rows,
}
