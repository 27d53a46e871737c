"""``kg explain``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, say_json


@click.command("explain", epilog=example("kg explain out 韦韬", "kg explain out 韦韬 王纯"))
@out_argument
@click.argument("name", metavar="NAME")
@click.argument("other", metavar="[OTHER]", required=False)
@json_option
def command(out: Path, name: str, other: str | None, as_json: bool) -> None:
    """Tell what is known of one, or what ties two, each fact with its sentence.

    NAME and OTHER are names, aliases or ids. Each fact comes with its sentence and place in the source, the rule that
    found it and how sure it is, and why names were taken for one.
    """
    from kg.graph.archive import read_archive
    from kg.graph.explain import explain
    from kg.pipeline.manifest import read_manifest
    from kg.pipeline.publish import open_output

    articles, resolution = read_archive(open_output(out))
    found = explain(articles, resolution, name, other, base=read_manifest(out).base)
    if as_json:
        say_json(found.to_dict())
    else:
        click.echo("\n".join(found.lines()))
