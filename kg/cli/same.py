"""``kg same``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import decision_arguments, example
from kg.cli.report import decided


@click.command("same", epilog=example("kg same out 太原市委 市委"))
@decision_arguments
def command(out: Path, first: str, second: str, undo: bool, as_json: bool) -> None:
    """Say that two names are one, now and in every later build.

    A and B are names, aliases or ids; NAME@ARTICLE is the one whom that article names.
    The decision is kept in OUT/decisions.json and replayed; `kg different`, or --undo, takes it back.
    """
    decided("same", out, first, second, undo, as_json)
