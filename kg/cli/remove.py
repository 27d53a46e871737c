"""``kg remove``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, progress_bars


@click.command("remove", epilog=example("kg remove out 'taiyuan-daily#2'", "kg remove out 2022/06-03.txt"))
@out_argument
@click.argument("names", nargs=-1, required=True, metavar="ARTICLE...")
@json_option
def command(out: Path, names: tuple[str, ...], as_json: bool) -> None:
    """Take articles out of a build, as if they had never been in it.

    ARTICLE is the id of an article, or a source with everything in it, named as it was read.
    """
    from kg.cli import report
    from kg.pipeline.edit import remove

    with progress_bars(not as_json) as progress:
        found = remove(out, names, progress)
    report.built(found, as_json)
