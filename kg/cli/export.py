"""``kg export``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, say_json


@click.command("export", epilog=example("kg export out --to graph.graphml", "kg export out --to graph.nq"))
@out_argument
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="FILE", help="File to write.")
@click.option("--format", "form", metavar="NAME", help="Format, where FILE's suffix does not say it.")
@json_option
def command(out: Path, to: Path, form: str | None, as_json: bool) -> None:
    """Write a build in another format, for other tools.

    Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML, GraphML, GEXF, CSV, TSV, Parquet: by FILE's suffix or --format.
    """
    from kg.graph.export import export
    from kg.pipeline.publish import open_output

    export(open_output(out), to, form)
    if as_json:
        say_json({"file": str(to), "bytes": to.stat().st_size})
    else:
        click.echo(f"{to}  {to.stat().st_size:,} bytes")
