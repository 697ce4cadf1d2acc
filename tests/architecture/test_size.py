"""Small files, small functions, no import cycles. A limit is met by taking a thing apart, never by raising it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from statistics import median

import grimp
import pytest

from tests.architecture.source import PACKAGES, Module, module, modules

Sizes = Mapping[str, int]


def file_sizes(of: Iterable[Module]) -> Sizes:
    """Lines of each file."""
    return {each.path: len(each.text.splitlines()) for each in of}


def function_sizes(of: Iterable[Module]) -> Sizes:
    """Lines of each function, decorators apart and docstring included."""
    return {f"{each.path}:{node.lineno} {node.name}": _lines(node) for each in of for node in _functions(each)}


def over(sizes: Sizes, *, limit: int) -> Sizes:
    """Those above a limit."""
    return {name: size for name, size in sizes.items() if size > limit}


def share_within(sizes: Sizes, *, limit: int) -> float:
    """The share that is not above a limit."""
    return 1 - len(over(sizes, limit=limit)) / len(sizes)


def cycle(imports: Mapping[str, Iterable[str]]) -> list[str]:
    """A ring of imports, or nothing."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def _functions(of: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in of.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_a_file_can_be_read_in_one_sitting() -> None:
    assert over(file_sizes(modules(*PACKAGES, "tests", "benchmarks")), limit=400) == {}


def test_most_files_fit_on_two_screens() -> None:
    sizes = file_sizes(modules())
    assert median(sizes.values()) <= 100
    assert share_within(sizes, limit=250) >= 0.9


def test_a_function_fits_on_a_screen() -> None:
    assert over(function_sizes(modules(*PACKAGES, "tests", "benchmarks")), limit=50) == {}


def test_most_functions_are_small() -> None:
    sizes = function_sizes(modules())
    assert median(sizes.values()) <= 8
    assert share_within(sizes, limit=25) >= 0.9


def test_no_module_imports_itself_by_a_detour() -> None:
    """Also not for types alone: two modules that need each other are one module, or need a third."""
    graph = _graph()
    assert cycle({each: graph.find_modules_directly_imported_by(each) for each in graph.modules}) == []


def test_no_two_neighbours_import_each_other() -> None:
    """Within every package the parts, whole sub-packages among them, have an order."""
    graph = _graph()
    packages = [each for each in graph.modules if graph.find_children(each)]
    assert {each: graph.nominate_cycle_breakers(each) for each in packages} == {
        each: set[object]() for each in packages
    }


def test_no_two_packages_import_each_other() -> None:
    graph = _graph()
    imports: dict[str, set[str]] = {each: set() for each in PACKAGES}
    for each in graph.modules:
        reached = graph.find_modules_directly_imported_by(each)
        imports[each.split(".")[0]] |= {to.split(".")[0] for to in reached} - {each.split(".")[0]}
    assert cycle(imports) == []
    assert sum(map(len, imports.values())) >= 4


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, False),
        ({"a": ["b"], "b": ["a"]}, True),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, True),
    ],
)
def test_a_cycle_is_found(imports: Mapping[str, Iterable[str]], found: bool) -> None:
    assert bool(cycle(imports)) is found


def test_sizes_are_counted() -> None:
    long = module("@cache\ndef f():\n" + "    g()\n" * 50 + "class C:\n    async def m(self): ...\n")
    assert file_sizes([long]) == {"copilot/example.py": 54}
    assert function_sizes([long]) == {"copilot/example.py:2 f": 51, "copilot/example.py:54 m": 1}
    assert list(over(function_sizes([long]), limit=50)) == ["copilot/example.py:2 f"]
    assert share_within(function_sizes([long]), limit=50) == 0.5
