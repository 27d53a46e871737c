"""``kg verify``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, say_json
from kg.cli.group import DONE, LOOK


@click.command("verify", epilog=example("kg verify out", "kg verify out --root /archive/news"))
@out_argument
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Where else to look for sources that were moved.",
)
@json_option
def command(out: Path, roots: tuple[Path, ...], as_json: bool) -> int:
    """Read every quotation again in its source, and check the graph against its shapes.

    Exit code 1, and a list, when something does not hold.
    """
    from kg.graph.verify import verify_build
    from kg.pipeline.manifest import read_manifest
    from kg.pipeline.publish import open_output

    manifest = read_manifest(open_output(out))
    problems = verify_build(out, (*roots, *manifest.source_roots(out)))
    if as_json:
        say_json({"holds": not problems, "problems": [problem._asdict() for problem in problems]})
    elif problems:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(problems)} do not hold")
    else:
        click.echo(f"{out}: every quotation stands in its source, the graph fits its shapes")
    return LOOK if problems else DONE
