"""Entry point of ``coach``: collects the commands and turns refusals into one line and an exit status."""

from __future__ import annotations

import click

from copilot.cli.doctor import doctor


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentor-copilot", prog_name="coach")
def main() -> None:
    """Session prep, commitments and follow-through for mentor coaches."""


main.add_command(doctor)
