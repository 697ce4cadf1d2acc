"""The rules of the house that a type checker cannot hold. Each docstring tells why the rule is there.

A rule yields the lines that break it. Where one may be broken, and why, is said in ``test_sealed.py``.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Collection, Iterator
from typing import Final

from tests.architecture.source import Module

Rule = Callable[[Module], Iterator[int]]
"""Yields the lines that break it."""

_EVALUATE: Final = frozenset({"eval", "exec", "compile"})


def unseals_raw_text(module: Module) -> Iterator[int]:
    """Raw text is opened only where it is read from a document, redacted, or kept in the vault.

    Every other ``unseal`` is a step from a name in a log line, an error or a prompt.
    """
    yield from _uses_of(module, {"unseal"})


def mints_redacted_text(module: Module) -> Iterator[int]:
    """``mint_redacted`` says "no name is in here": who may say so can be counted.

    One careless call turns a whole note into text that every door lets through.
    """
    yield from _uses_of(module, {"mint_redacted"})


def borrows_a_proof(module: Module) -> Iterator[int]:
    """A proof object is held by the module that made it; whoever imports it forges grants, minted or grounded text."""
    proofs = {"_MINT", "_Mint", "_PROOF", "_Proof"}
    made = {node.id for node in module.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    made |= {node.name for node in module.nodes if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    yield from _uses_of(module, proofs - made)
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and any(alias.name in proofs | {"_mint"} for alias in node.names):
            yield node.lineno


def constructs_around_init(module: Module) -> Iterator[int]:
    """``object.__new__(Grant)`` or ``str.__new__(RedactedText)`` makes a capability without the check in its maker."""
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "__new__" and ast.unparse(node.value) != "super()":
            yield node.lineno


def constructs_redacted_text(module: Module) -> Iterator[int]:
    """``RedactedText(...)`` is refused at run time; it should not get as far as that."""
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last(node.func) == "RedactedText":
            yield node.lineno


def casts_to_a_proof(module: Module) -> Iterator[int]:
    """A cast to a text type or a grant tells the type checker that a step was done which was not.

    ``LiteralString`` is one of them: it is what ``house`` trusts to hold no data.
    """
    sealed = re.compile(r"\b(RedactedText|RawText|LiteralString|Grant|Grounded)\b")
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last(node.func) == "cast" and sealed.search(ast.unparse(node.args[0])):
            yield node.lineno


def reaches_into_privates_by_name(module: Module) -> Iterator[int]:
    """``getattr(raw, "_value")`` is ``unseal`` by the back door, and no other check would see it."""
    for node in _calls(module, {"getattr", "setattr", "delattr", "attrgetter", "methodcaller", "__setattr__"}):
        named = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if any(name.startswith("_") or name == "unseal" for name in named):
            yield node.lineno


def hides_an_import_or_code(module: Module) -> Iterator[int]:
    """Imports by string and evaluated code are invisible to the layer contracts and to every rule in this file."""
    yield from (node.lineno for node in _calls(module, {"import_module", "__import__"}))
    for node in module.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _EVALUATE:
            yield node.lineno


def ignores_types_without_saying_which(module: Module) -> Iterator[int]:
    """A bare ``type: ignore`` silences whatever comes later too; ``pyright: ignore[rule]`` silences one rule."""
    bare = re.compile(r"#\s*(type:\s*ignore|pyright:\s*ignore(?!\s*\[))")
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and bare.search(token.string):
            yield token.start[0]


def reads_the_environment(module: Module) -> Iterator[int]:
    """Settings are read in one place, so that a key or a proxy cannot come in where nobody looks."""
    yield from _uses_of(module, {"environ", "environb", "getenv", "getenvb", "putenv"})


def can_reach_the_network(module: Module) -> Iterator[int]:
    """There is one door out. A module that can open a connection can go round it."""
    yield from _imports_of(
        module,
        {"aiohttp", "asyncio", "ftplib", "http.client", "http.server", "httpcore", "httpcore2", "httpx", "httpx2"}
        | {"paramiko", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request"}
        | {"urllib.error", "urllib3", "websocket", "websockets", "webbrowser", "xmlrpc"},
    )


def starts_a_process(module: Module) -> Iterator[int]:
    """A child process is another way out, and inherits what it is given."""
    yield from _imports_of(module, {"multiprocessing", "pty", "subprocess"})
    spawning = re.compile(r"system|popen|fork|exec.*|spawn.*|posix_spawn.*")
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and _last(node.value) == "os" and spawning.fullmatch(node.attr):
            yield node.lineno


def loads_code_as_data(module: Module) -> Iterator[int]:
    """Unpickling runs what it reads, and pickling writes text around its type."""
    yield from _imports_of(module, {"dill", "joblib", "marshal", "pickle", "shelve"})


def prints(module: Module) -> Iterator[int]:
    """Output goes through one renderer, so that what people see is decided in one place. A ``print`` left over from
    debugging prints a name sooner or later.
    """
    yield from (node.lineno for node in _calls(module, {"print", "pprint"}) if isinstance(node.func, ast.Name))


def swallows_every_error(module: Module) -> Iterator[int]:
    """``except Exception`` turns a failed redaction into a call that goes on.

    A handler that ends in a bare ``raise`` only tidies up and is let be.
    """
    broad = {"Exception", "BaseException"}
    for node in module.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        named = {_last(kind) for kind in kinds if kind is not None}
        last = node.body[-1]
        raises = isinstance(last, ast.Raise) and last.exc is None
        if (node.type is None or named & broad) and not raises:
            yield node.lineno


def _uses_of(module: Module, names: Collection[str]) -> Iterator[int]:
    """Where one of ``names`` is read or imported, called or not."""
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and any(alias.name in names for alias in node.names):
            yield node.lineno
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield node.lineno


def _last(node: ast.AST) -> str:
    """The last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls(module: Module, names: Collection[str]) -> Iterator[ast.Call]:
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last(node.func) in names:
            yield node


def _imports_of(module: Module, names: Collection[str]) -> Iterator[int]:
    """Imports of one of the modules or of something in it, also late ones and those for types alone."""
    for node in module.nodes:
        imported: list[str] = []
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        if isinstance(node, ast.Import | ast.ImportFrom) and any(_within(each, names) for each in imported):
            yield node.lineno


def _within(dotted: str, names: Collection[str]) -> bool:
    return any(dotted == name or dotted.startswith(f"{name}.") for name in names)
