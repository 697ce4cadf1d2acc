"""Every refusal has an exit status of the interface, and a bug is never shown as anything else."""

from __future__ import annotations

import inspect

import pytest

from copilot import errors as copilot_errors
from copilot.cli import exits
from guards import errors as guard_errors
from knowledge import errors as knowledge_errors

TREES = (
    (copilot_errors, copilot_errors.CopilotError),
    (guard_errors, guard_errors.GuardError),
    (knowledge_errors, knowledge_errors.KnowledgeError),
)
LEAVES = [
    kind
    for module, root in TREES
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, root) and kind is not root
]


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_refusal_is_in_the_table(kind: type[Exception]) -> None:
    assert any(issubclass(kind, named) for named, _ in exits._TABLE)  # pyright: ignore[reportPrivateUsage]
    assert exits.exit_status(kind("x")) in {64, 65, 69, 70, 77}


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_the_tree_in_the_docstring_names_it(kind: type[Exception]) -> None:
    assert kind.__name__ in (inspect.getmodule(kind).__doc__ or "")  # pyright: ignore[reportOptionalMemberAccess]


def test_what_the_table_does_not_know_is_our_fault() -> None:
    assert exits.exit_status(KeyError("x")) == exits.OUR_FAULT
    assert exits.exit_status(guard_errors.NotPermitted("x")) == exits.NOT_PERMITTED
