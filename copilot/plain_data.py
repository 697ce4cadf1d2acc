"""Reads a YAML or JSON text into plain lists, mappings and scalars, and refuses what a data file has no need of.

Refuses aliases and tags, duplicate keys, deep nesting and huge files. Dates stay text for the schema to judge, and
``no`` or ``012`` stay what the person typed. Messages give a line, never the line's content.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

import yaml

from copilot.errors import BadInput

MAX_BYTES: Final = 20_000_000
MAX_DEPTH: Final = 16
_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,31}")
_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})")
_FLOAT: Final = re.compile(r"[-+]?[0-9]{0,15}\.[0-9]{1,15}|[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?[eE][-+]?[0-9]{1,2}")
_WORDS: Final[Mapping[str, bool | None]] = {"": None, "~": None, "null": None, "true": True, "false": False}


def shown_key(key: object) -> str:
    """A key fit for a message: quoted when it looks like one, else not repeated at all."""
    return f'"{key}"' if isinstance(key, str) and _KEY.fullmatch(key) else "a key that is not a plain word"


def read_plain(path: Path) -> object:
    """Read a file as JSON (``.json``, or text that starts with ``{``) or YAML.

    Raises:
        BadInput: not a readable file, too big, not UTF-8, or not plain data; the message starts with its name.
    """
    try:
        text = _text_of(path)
        as_json = path.suffix.lower() == ".json" or text.lstrip().startswith("{")
        return _from_json(text) if as_json else _from_yaml(text)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from None


def _text_of(path: Path) -> str:
    try:
        details = path.stat()
        if not stat.S_ISREG(details.st_mode):
            raise BadInput("is not a file; give the path of a YAML or JSON file")
        if details.st_size > MAX_BYTES:
            raise BadInput(f"is larger than {MAX_BYTES // 1_000_000} MB; split it")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput("no such file; `coach init DIR` writes one to start from") from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror}); check its permissions") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    if not text.strip():
        raise BadInput("is empty; `coach init DIR` writes one to start from")
    return text


def _from_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise BadInput(f"line {error.lineno}: not valid JSON; check commas, quotes and brackets") from None
    except RecursionError:
        raise BadInput(f"nested deeper than {MAX_DEPTH} levels; a programme file needs four") from None
    except ValueError:
        raise BadInput("holds a number too long to read; write it shorter") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise BadInput(f"{shown_key(key)} stands twice in one mapping; keep one")
        made[key] = value
    return made


def _refuse_constant(_name: str) -> NoReturn:
    raise BadInput("NaN and Infinity are not numbers here; leave the value out")


def _from_yaml(text: str) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_events(text, loader=loader)
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"line {line}: not valid YAML; check indentation (spaces, no tabs), colons and quotes") from None
    except yaml.YAMLError:
        raise BadInput("holds a character YAML does not allow; save it as plain UTF-8 text") from None
    return _value(node)


def _check_events(text: str, *, loader: type[yaml.SafeLoader]) -> None:
    """Walk the event stream before anything is built, so that a bomb or a tower is refused while it is small."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > MAX_DEPTH:
            raise BadInput(f"line {line}: nested deeper than {MAX_DEPTH} levels; a programme file needs four")
        if isinstance(event, yaml.AliasEvent):
            raise BadInput(f"line {line}: aliases (* and &) are not read here; write the value out")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag not in {None, "!"}:
            raise BadInput(f"line {line}: tags (!) are not read here; write the plain value")


def _value(node: yaml.Node | None) -> object:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    # A plain scalar has style None or "" (the C parser); a quoted or block one stays text.
    quoted = isinstance(node, yaml.ScalarNode) and bool(node.style)
    return str(node.value) if quoted else _scalar(str(node.value))


def _mapping(node: yaml.MappingNode) -> dict[str, object]:
    made: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1 if key_node.start_mark else 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise BadInput(f"line {line}: a key must be one word")
        key = str(key_node.value)
        if key in made:
            raise BadInput(f"line {line}: {shown_key(key)} stands twice in one mapping; keep one")
        made[key] = _value(value_node)
    return made


def _scalar(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
