"""The documents hold what the code holds: references are current, links resolve, commands exist, words are ours."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from copilot.cli import reference
from copilot.cli.criteria import ShowsByDefault
from copilot.cli.main import coach
from copilot.cli.reference import commands, pages, setting_texts
from copilot.settings import Settings
from evals.__main__ import eval_ as evaluation

ROOT = Path(__file__).parents[2]
PACKAGES = ("copilot", "guards", "knowledge", "prompts", "server", "evals")
BANNED = re.compile(r"anonym(?:ous|i[sz]ed)", re.IGNORECASE)
DENIED = re.compile(r"\bnever\b|\bnot\b", re.IGNORECASE)


def documents() -> list[Path]:
    """The Markdown for readers: at the root and under docs; never the sample's notes."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def headings(text: str) -> set[str]:
    return set(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


@pytest.mark.parametrize("name", ["settings.md", "commands.md", "errors.md", "permissions.md", "ledger.md"])
def test_a_reference_is_what_the_code_says(name: str) -> None:
    on_disk = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert on_disk == pages()[name], f"docs/{name} is out of date: run make docs"


def test_every_setting_has_a_heading_and_says_something() -> None:
    texts = setting_texts()
    assert len(texts) == len(Settings.model_fields) > 5
    assert set(texts) <= headings(pages()["settings.md"])
    assert all(len(words) > 10 for words, _ in texts.values())


def test_every_command_has_a_heading() -> None:
    names = {name for name, _ in commands()}
    assert {f"coach {each}" for each in coach.commands} <= names
    assert names <= headings(pages()["commands.md"])


def test_every_command_file_is_registered() -> None:
    """``coach redact`` once lay ready in its file and could not be called."""
    files = [path for path in (ROOT / "copilot" / "cli").glob("*.py") if "@click.command()" in path.read_text()]
    commanded = {path.stem for path in files if f"def {path.stem}(" in path.read_text()}
    assert len(commanded) > 5
    assert commanded <= set(coach.commands)


def test_every_error_class_has_a_heading() -> None:
    written = headings(pages()["errors.md"])
    trees = [ROOT / package / "errors.py" for package in PACKAGES if (ROOT / package / "errors.py").exists()]
    names = {node.name for tree in trees for node in ast.parse(tree.read_text()).body if isinstance(node, ast.ClassDef)}
    assert len(names) > 15
    assert names <= written


def test_every_exit_status_of_the_table_is_explained() -> None:
    said = dict(reference.statuses())
    table = {int(status) for status in re.findall(r"Exit status (\d+)\.", pages()["errors.md"])}
    assert table <= set(said)
    assert {0, 1, 2, 64, 65, 69, 70, 77} == set(said)


def _command_lines(text: str) -> Iterator[list[str]]:
    """``coach ...`` in indented or fenced lines and in code spans, cut at a line's end."""
    for line in re.findall(r"(?:^ {4,}|`)(coach [^`\n]+)", text, re.MULTILINE):
        yield shlex.split(str(line))


def _resolved(words: list[str]) -> tuple[click.Command, list[str]]:
    command: click.Command = coach
    rest = words[1:]
    if rest[:1] == ["eval"]:
        command, rest = evaluation, rest[1:]  # a program of its own, which ``coach eval`` runs
    while rest and isinstance(command, click.Group):
        if isinstance(command, ShowsByDefault) and rest[0] not in command.commands:
            rest = [command.default, *rest]
        assert rest[0] in command.commands, f"{' '.join(words)}: no such command"
        command, rest = command.commands[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "SECURITY.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/evals.md"]
)
def test_commands_and_options_that_a_document_names_exist(name: str) -> None:
    lines = list(_command_lines((ROOT / name).read_text(encoding="utf-8")))
    for words in lines:
        command, rest = _resolved(words)
        known = {flag for each in command.params for flag in each.opts}
        assert {word for word in rest if word.startswith("--")} <= known, f"{' '.join(words)}: no such option"
    if name == "README.md":
        assert len(lines) > 8


def test_make_targets_that_a_document_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in documents():
        named = set(re.findall(r"(?:`| {4})make ([a-z-]+)", path.read_text(encoding="utf-8")))
        assert named <= targets, path.name


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_links_resolve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        file, _, anchor = unquote(str(target)).partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name} links to {target}"
        assert there.is_relative_to(ROOT), f"{path.name} links out of the project: {target}"
        if anchor:
            known = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings(there.read_text())}
            assert anchor in known, f"{path.name} links to {target}"


def test_decisions_are_numbered_and_the_code_names_those_that_exist() -> None:
    there = sorted(path.name for path in (ROOT / "docs" / "decisions").iterdir())
    assert [name[:4] for name in there] == [f"{number:04}" for number in range(1, len(there) + 1)]
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            named = re.findall(r"docs/decisions/([\w.-]+\.md)", path.read_text(encoding="utf-8"))
            assert set(named) <= set(there), path.name


def _shown_strings(path: Path) -> Iterator[str]:
    """String constants of a module: messages, help, docstrings; names of other people's keywords are not among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def test_we_say_pseudonymised() -> None:
    """Redacted text can still point to a person, so the stronger word is only used to deny it."""
    sources = [each for package in PACKAGES for each in (ROOT / package).rglob("*.py")]
    data = [each for suffix in ("*.yaml", "*.md", "*.toml") for each in (ROOT / "knowledge").rglob(suffix)]
    texts = {path: path.read_text(encoding="utf-8") for path in [*documents(), *data]}
    texts |= {path: "\n".join(_shown_strings(path)) for path in sources}
    assert len(texts) > 100
    bad = [
        f"{path.relative_to(ROOT)}: {each}"
        for path, text in texts.items()
        for each in _sentences(text)
        if BANNED.search(each) and not DENIED.search(each)
    ]
    assert bad == []
    assert "pseudonymised" in texts[ROOT / "SECURITY.md"]


def test_documents_name_no_place_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|usr)/\w|\blocalhost:\d|pypi\.|simple/")
    assert [path.name for path in documents() if places.search(path.read_text(encoding="utf-8"))] == []


def test_the_picture_is_plain_shapes_and_fetches_nothing() -> None:
    picture = (ROOT / "docs" / "picture.svg").read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in picture
    assert "<title" in picture
    assert not re.search(r"<(?:script|image|foreignObject)|href=|url\(", picture)
