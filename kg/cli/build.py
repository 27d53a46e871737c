"""``kg build``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, progress_bars
from kg.cli.group import DONE, LOOK


@click.command(
    "build",
    epilog=example("kg build data/taiyuan-daily.txt -o out", "kg build news/2022 extra.jsonl -o out --workers 4"),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("kg-out"),
    show_default=True,
    help="Folder for the output.",
)
@click.option(
    "--workers", type=click.IntRange(min=0), default=0, help="Processes that extract; 0 (the default) chooses."
)
@click.option("--extractor", default="grammar", show_default=True, help="A registered extractor, or MODULE:FUNCTION.")
@click.option("--base", default="", metavar="IRI", help="Base of the IRIs that are minted.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0.5, 1),
    default=0.5,
    show_default=True,
    help="Facts below stay candidates: kept, not asserted.",
)
@click.option("--fresh", is_flag=True, help="Extract every article again, also those that did not change.")
@json_option
def command(
    paths: tuple[Path, ...],
    out: Path,
    workers: int,
    extractor: str,
    base: str,
    min_confidence: float,
    fresh: bool,
    as_json: bool,
) -> int:
    """Build the graph of newspaper articles: files and folders in, a folder out.

    Reads .txt, .md, .html, .jsonl, .csv and .parquet. OUT gets graph.ttl, evidence.ttl, a SPARQL store and graph.html.
    What cannot be read is told and skipped; until a build is complete OUT keeps what it held.
    """
    from kg import vocab
    from kg.cli import report
    from kg.pipeline import BuildOptions, NothingToBuildError, build

    try:
        iri = vocab.base_with_slash(base or vocab.DEFAULT_BASE)
        options = BuildOptions(extractor, workers, iri, fresh, min_confidence)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    try:
        with progress_bars(not as_json) as progress:
            found = build(paths, out, options, progress)
    except NothingToBuildError as error:
        report.skipped(error.problems)
        raise
    report.built(found, as_json)
    return LOOK if found.problems else DONE
