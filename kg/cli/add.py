"""``kg add``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, progress_bars
from kg.cli.group import DONE, LOOK


@click.command("add", epilog=example("kg add out news/2022-06-04"))
@out_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--workers", type=click.IntRange(min=0), default=0, help="Processes that extract; 0 (the default) chooses."
)
@json_option
def command(out: Path, paths: tuple[Path, ...], workers: int, as_json: bool) -> int:
    """Add articles to a build, as if it had been built with them.

    Only they are extracted. An article of a source that is in the build already takes the earlier one's place.
    """
    from kg.cli import report
    from kg.pipeline.edit import add
    from kg.pipeline.job import NothingToBuildError

    try:
        with progress_bars(not as_json) as progress:
            found = add(out, paths, workers, progress)
    except NothingToBuildError as error:
        report.skipped(error.problems)
        raise
    report.built(found, as_json)
    return LOOK if found.problems else DONE
