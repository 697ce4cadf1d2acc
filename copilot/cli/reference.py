"""Writes the reference pages under ``docs/`` from the code: settings, commands, errors and permissions.

Run by ``make docs``; a test holds the pages against the code. Refuses to know anything that the code does not say.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Final, cast

import click

from copilot import errors as copilot_errors
from copilot.cli import exits
from copilot.cli.ledger_page import ledger_page
from copilot.cli.main import coach
from copilot.cli.output import note
from copilot.cli.permission_page import permissions_page
from copilot.settings import Settings
from guards import errors as guard_errors
from knowledge import errors as knowledge_errors
from prompts import errors as prompt_errors

_MADE: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"
_TREES: Final = (copilot_errors, guard_errors, knowledge_errors, prompt_errors)


_KINDS: Final = {
    "path": "a path",
    "file": "a file",
    "directory": "a folder",
    "integer": "a number",
    "integer range": "a number",
    "datetime": "a date such as `2026-09-14`",
}
"""What an option takes, by click's name of its type."""


def pages() -> Mapping[str, str]:
    """Every reference page by file name."""
    made = {"settings.md": settings_page(), "commands.md": commands_page(), "errors.md": errors_page()}
    return {**made, "permissions.md": permissions_page(), "ledger.md": ledger_page()}


def settings_page() -> str:
    """One heading for each setting, by the name of its environment variable."""
    parts = [
        "# Settings",
        _MADE,
        "Settings are read from the environment, once per command. An option of a command goes before its setting.",
    ]
    for variable, (text, default) in setting_texts().items():
        parts += [f"## {variable}", text, f"Default: {default}."]
    return _joined(parts)


def setting_texts() -> dict[str, tuple[str, str]]:
    """What ``copilot/settings.py`` says of each variable, and its default."""
    body = ast.parse(inspect.getsource(Settings)).body[0]
    texts = dict(_attribute_texts(body))
    found: dict[str, tuple[str, str]] = {}
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or f"COACH_{name.upper()}")
        words = texts[name].removeprefix(f"`{variable}`:").strip()
        default = "a folder of the platform" if field.default_factory else _default(field.default)
        found[variable] = (_sentence(words), default)
    return found


def commands_page() -> str:
    """One heading for each command and subcommand of ``coach``, with its arguments and options."""
    parts = ["# Commands", _MADE, "Exit statuses are listed in [errors.md](errors.md).", "## coach"]
    parts += _command_parts(coach)
    for name, command in commands():
        parts += [f"## {name}", *_command_parts(command, name)]
    return _joined(parts)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, such as ``coach model install``; groups come before their parts."""
    yield from _below(coach, "coach")


def errors_page() -> str:
    """The exit statuses, and one heading for each error of each tree."""
    parts = [
        "# Errors",
        _MADE,
        "A refusal is one line on stderr: what, where, what to do next. It never holds the text of a note.",
        "## Exit statuses",
        "\n".join(["| Status | Means |", "|---|---|", *(f"| {code} | {words} |" for code, words in statuses())]),
    ]
    for tree in _TREES:
        parts += [f"## {tree.__name__.split('.')[0]}", f"From `{tree.__name__.replace('.', '/')}.py`."]
        for error in errors_of(tree):
            above = error.__bases__[0].__name__
            kind = "" if above == "Exception" else f" A kind of `{above}`."
            parts += [f"### {error.__name__}", f"{_summary(error)}{kind} Exit status {exits.exit_status(error())}."]
    return _joined(parts)


def statuses() -> Iterator[tuple[int, str]]:
    """Exit statuses with their meaning, as ``copilot/cli/exits.py`` says it."""
    said = " ".join((exits.__doc__ or "").split())
    for code, words in re.findall(r"(?:(?<=\. )|(?<=; ))(\d+) ([^;.]+)", said):
        yield int(code), words


def errors_of(tree: ModuleType) -> tuple[type[Exception], ...]:
    """The errors that a module defines, in its order."""
    own = (each for each in vars(tree).values() if isinstance(each, type) and issubclass(each, Exception))
    return tuple(each for each in own if each.__module__ == tree.__name__)


def write_pages(folder: Path) -> tuple[Path, ...]:
    """Write every page into ``folder`` and say which."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in pages())


def _attribute_texts(body: ast.stmt) -> Iterator[tuple[str, str]]:
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for assigned, text in pairwise(statements):
        if isinstance(assigned, ast.AnnAssign) and isinstance(assigned.target, ast.Name):
            value = text.value if isinstance(text, ast.Expr) else None
            if isinstance(value, ast.Constant):
                yield assigned.target.id, " ".join(str(value.value).split()).replace("``", "`")


def _default(value: object) -> str:
    return "not set" if value is None else f"`{value}`"


def _below(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for part in sorted(group.commands):
        command = group.commands[part]
        yield f"{name} {part}", command
        if isinstance(command, click.Group):
            yield from _below(command, f"{name} {part}")


def _command_parts(command: click.Command, name: str = "coach") -> list[str]:
    parts = [" ".join(each.split()) for each in inspect.cleandoc(command.help or "").split("\n\n")]
    with click.Context(command, info_name=name) as context:
        pieces = command.collect_usage_pieces(context)
    parts.append(f"    {' '.join([name, *pieces])}")
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        rows = [f"| {_flags(each)} | {_about(each)} |" for each in options]
        parts.append("\n".join(["| Option | Means |", "|---|---|", *rows]))
    return parts


def _flags(option: click.Option) -> str:
    flags = ", ".join(f"`{each}`" for each in option.opts)
    return flags if option.is_flag else f"{flags} {_values(option)}"


def _values(option: click.Option) -> str:
    about: Mapping[str, object] = option.type.to_info_dict()
    choices = about.get("choices")
    if isinstance(choices, Sequence):
        return " or ".join(f"`{each}`" for each in cast("Sequence[object]", choices))
    return _KINDS.get(str(about["name"]), "a text")


def _about(option: click.Option) -> str:
    words = " ".join((option.help or "").split()).replace("|", "\\|")
    plain = isinstance(option.default, str | int) and not isinstance(option.default, bool)
    shown = f"Default: `{option.default}`." if plain else ""
    return " ".join(each for each in (words, shown) if each)


def _summary(error: type[Exception]) -> str:
    return " ".join((error.__doc__ or "").split("\n\n")[0].split())


def _sentence(words: str) -> str:
    text = words[:1].upper() + words[1:]
    return text if text.endswith(".") else f"{text}."


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    for written in write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        note(f"wrote {written}")
