"""The house's rules hold, every exception is named with its reason and needed, and every rule can fail."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import pytest

from tests.architecture import rules
from tests.architecture.rules import Rule
from tests.architecture.source import module, modules

ALLOWED: Final[Mapping[Rule, Mapping[str, str]]] = {
    rules.unseals_raw_text: {
        "guards/presidio.py": "redacts: reads what it masks",
        "guards/file_names.py": "redacts a file's name by table",
        "guards/pair_vault.py": "keeps the surface form behind a placeholder",
        "knowledge/documents.py": "hands lines to the redactor and hashes names for ids",
        "knowledge/reading/meta.py": "finds the date at the head of a document before it is redacted",
        "knowledge/reading/turns.py": "finds speaker labels and joins a turn's lines before they are redacted",
    },
    rules.mints_redacted_text: {
        "guards/masking.py": "the redactor's last step: mints what it masked and scanned",
        "guards/roster_mask.py": "masks short texts of the programme file by table",
        "guards/pair_vault.py": "writes placeholders",
        "guards/tokens.py": "days, numbers and ticket ids, which cannot hold a name",
        "copilot/stores/codec.py": "reads back what was stored redacted",
        "copilot/engines/session_answers.py": "takes what a model worded that saw redacted text alone",
        "knowledge/corpus_files.py": "the product's own words, from its data files",
        "evals/tasks/texts.py": "labelled passages of invented people, as the cases write them",
    },
    rules.borrows_a_proof: {},
    rules.constructs_around_init: {},
    rules.constructs_redacted_text: {"guards/text.py": "the mint"},
    rules.casts_to_a_proof: {"prompts/rendering.py": "the words of a bundled prompt file, frozen by its digest"},
    rules.reaches_into_privates_by_name: {},
    rules.hides_an_import_or_code: {},
    rules.ignores_types_without_saying_which: {},
    rules.reads_the_environment: {"copilot/settings.py": "the one reader"},
    rules.can_reach_the_network: {
        "guards/egress_http.py": "the transport that asks the door first",
        "guards/offline.py": "refuses sockets; opens none",
        "guards/egress_bounds.py": "bounds what the transport it is given brings; opens nothing",
        "server/bodies.py": "bounds how long a body may take; opens nothing",
        "server/patience.py": "closes connections that wait too long; opens none",
        "server/jobs/endpoints.py": "sleeps between looks at a job; opens nothing",
    },
    rules.starts_a_process: {
        "copilot/engines/local.py": "the local model's server, our own module, on a loopback port",
        "copilot/cli/eval.py": "runs the evaluation, whose room this one may not import",
        "copilot/eval_runs.py": "runs the evaluation for the service, whose room neither may import",
        "copilot/cli/serve.py": "runs the service, whose room this one may not import",
        "copilot/cli/mcp.py": "becomes the MCP server, of a room this one may not import",
        "copilot/cli/bench.py": "runs the benchmarks of a checkout, each in a process of its own",
        "copilot/weights/pip_source.py": "the user's own pip fetches pinned archives; no note goes near it",
        "guards/keys.py": "asks the operating system's key store, where there is one",
    },
    rules.loads_code_as_data: {},
    rules.prints: {},
    rules.swallows_every_error: {
        "copilot/cli/refusing.py": "the last line of defence: shows type and place, never the text"
    },
}

CAUGHT: Final[Mapping[Rule, tuple[str, ...]]] = {
    rules.unseals_raw_text: ("raw.unseal()", "read = raw.unseal", "map(RawText.unseal, texts)"),
    rules.mints_redacted_text: (
        "from guards.text import mint_redacted as m",
        "text.mint_redacted('Ada')",
        "import guards.text as t\nf = t.mint_redacted",
    ),
    rules.borrows_a_proof: (
        "from guards.text import _mint",
        "from guards.access import _PROOF as p",
        "import guards.text\nguards.text._MINT",
    ),
    rules.constructs_around_init: ("object.__new__(Grant)", "str.__new__(RedactedText, name)", "RedactedText.__new__"),
    rules.constructs_redacted_text: ("RedactedText('x')", "text.RedactedText('x', proof)"),
    rules.casts_to_a_proof: (
        "cast(RedactedText, name)",
        "cast('RedactedText', name)",
        "typing.cast('list[RedactedText]', names)",
        "cast('LiteralString', name)",
        "cast(Grant[RevealNames], object())",
    ),
    rules.reaches_into_privates_by_name: (
        "getattr(raw, '_value')",
        "operator.attrgetter('_value')(raw)",
        "methodcaller('unseal')(raw)",
        "object.__setattr__(grant, '_pair', 'q')",
    ),
    rules.hides_an_import_or_code: (
        "importlib.import_module('socket')",
        "from importlib import import_module\nimport_module(name)",
        "__import__('socket')",
        "eval(text)",
        "exec(text)",
        "compile(text, '', 'exec')",
    ),
    rules.ignores_types_without_saying_which: (
        "x = 1  # type: ignore",
        "x = 1  # type: ignore[arg-type]",
        "x = 1  #type:ignore",
        "x = 1  # pyright: ignore",
    ),
    rules.reads_the_environment: (
        "os.environ['K']",
        "os.getenv('K')",
        "from os import environ",
        "from os import getenv",
    ),
    rules.can_reach_the_network: (
        "import socket",
        "import urllib.request",
        "from urllib import request",
        "import httpx2 as h",
        "from http.client import HTTPConnection",
        "from http import client",
        "def f():\n    import requests",
        "if TYPE_CHECKING:\n    import httpx",
    ),
    rules.starts_a_process: ("import subprocess", "from subprocess import run", "os.system('curl')", "os.execv(a, b)"),
    rules.loads_code_as_data: ("import pickle", "from marshal import loads"),
    rules.prints: ("print(name)", "pprint(name)"),
    rules.swallows_every_error: (
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept (ValueError, BaseException) as error:\n    log(error)",
        "try:\n    f()\nexcept:\n    pass",
        "try:\n    f()\nexcept Exception as error:\n    raise ValueError(str(error)) from error",
    ),
}

LET_BE: Final[Mapping[Rule, tuple[str, ...]]] = {
    rules.unseals_raw_text: ("unsealed(blob, key=key, context=context)",),
    rules.borrows_a_proof: ("_PROOF = _Proof()\nGrant(proof=_PROOF)\nclass _Proof: ...", "self._mint(form)"),
    rules.constructs_around_init: ("super().__new__(cls, value)",),
    rules.casts_to_a_proof: ("cast('list[str]', names)",),
    rules.reaches_into_privates_by_name: ("getattr(row, name)", "getattr(row, 'text')"),
    rules.hides_an_import_or_code: ("re.compile('x')", "from importlib.util import find_spec"),
    rules.ignores_types_without_saying_which: (
        "x = 1  # pyright: ignore[reportArgumentType]",
        "x = 'a # type: ignore in a string'",
    ),
    rules.can_reach_the_network: ("from urllib.parse import unquote", "import http", "from copilot import requests"),
    rules.starts_a_process: ("prompt.system", "os.path"),
    rules.prints: ("console.print(table)", "'print(x)'"),
    rules.swallows_every_error: (
        "try:\n    f()\nexcept ValueError:\n    pass",
        "try:\n    f()\nexcept BaseException:\n    close()\n    raise",
    ),
}


@cache
def broken(rule: Rule) -> tuple[tuple[str, int], ...]:
    """Where the product breaks a rule, exceptions included."""
    return tuple((each.path, line) for each in modules() for line in rule(each))


def _named(rule: Rule) -> str:
    return getattr(rule, "__name__", "rule")


@pytest.mark.parametrize("rule", ALLOWED, ids=_named)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert [(path, line) for path, line in broken(rule) if path not in ALLOWED[rule]] == [], rule.__doc__


@pytest.mark.parametrize("rule", ALLOWED, ids=_named)
def test_every_exception_is_needed(rule: Rule) -> None:
    assert ALLOWED[rule].keys() - {path for path, _ in broken(rule)} == set()


@pytest.mark.parametrize(("rule", "snippet"), [(rule, each) for rule in CAUGHT for each in CAUGHT[rule]])
def test_the_rule_catches(rule: Rule, snippet: str) -> None:
    assert list(rule(module(snippet))) != []


@pytest.mark.parametrize(("rule", "snippet"), [(rule, each) for rule in LET_BE for each in LET_BE[rule]])
def test_the_rule_lets_be(rule: Rule, snippet: str) -> None:
    assert list(rule(module(snippet))) == []


def test_every_rule_is_applied_tells_its_reason_and_is_shown_to_fail() -> None:
    written = {
        name: rule
        for name, rule in vars(rules).items()
        if getattr(rule, "__module__", "") == rules.__name__ and not name.startswith("_")
    }
    assert {_named(rule) for rule in ALLOWED} == set(written)
    assert ALLOWED.keys() == CAUGHT.keys()
    assert all(rule.__doc__ for rule in written.values())


def test_tests_and_benchmarks_say_which_type_rule_they_silence() -> None:
    rule = rules.ignores_types_without_saying_which
    assert [f"{each.path}:{line}" for each in modules("tests", "benchmarks") for line in rule(each)] == []


def test_the_product_was_found() -> None:
    assert len(modules()) > 100
