"""``kg different``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import decision_arguments, example
from kg.cli.report import decided


@click.command("different", epilog=example("kg different out '张伟@a' '张伟@b'"))
@decision_arguments
def command(out: Path, first: str, second: str, undo: bool, as_json: bool) -> None:
    """Say that two that were taken for one are not, now and in every later build.

    A and B are names, aliases or ids; NAME@ARTICLE is the one whom that article names.
    The decision is kept in OUT/decisions.json and replayed; `kg same`, or --undo, takes it back.
    """
    decided("different", out, first, second, undo, as_json)
