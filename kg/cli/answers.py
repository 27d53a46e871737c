"""``kg answers``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, out_argument, say_json


@click.command("answers", epilog=example("kg answers out -o answers"))
@out_argument
@click.option(
    "-o", "--to", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder for the CSV files."
)
@json_option
def command(out: Path, to: Path, as_json: bool) -> None:
    """Write the answers to the twelve named queries as CSV."""
    from kg.errors import OutputError
    from kg.graph.queries import write_answers
    from kg.graph.store import open_store
    from kg.pipeline.publish import STORE, open_output

    with open_store(open_output(out) / STORE) as store:
        try:
            rows = write_answers(store, to)
        except OSError as error:
            raise OutputError(f"{to}: cannot be written ({error.strerror}); choose another folder with -o") from error
    if as_json:
        say_json({"folder": str(to), "rows": rows})
        return
    for name, number in rows.items():
        click.echo(f"{to / name}.csv {number:>8,}")
