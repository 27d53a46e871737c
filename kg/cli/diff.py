"""``kg diff``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.console import example, json_option, say_json
from kg.cli.group import DONE, LOOK


@click.command("diff", epilog=example("kg diff out-may out-june"))
@click.argument("first", type=click.Path(path_type=Path), metavar="OUT1")
@click.argument("second", type=click.Path(path_type=Path), metavar="OUT2")
@json_option
def command(first: Path, second: Path, as_json: bool) -> int:
    """Tell what two builds say differently: facts, and who is taken for whom.

    Exit code 1 when they differ.
    """
    from kg.graph.archive import read_archive
    from kg.pipeline.difference import difference
    from kg.pipeline.publish import open_output

    found = difference(read_archive(open_output(first)), read_archive(open_output(second)))
    if as_json:
        say_json(
            {
                "gone": {words: list(articles) for words, articles in found.gone.items()},
                "new": {words: list(articles) for words, articles in found.new.items()},
                "joined": [list(names) for names in found.joined],
                "parted": [list(names) for names in found.parted],
            }
        )
        return LOOK if found else DONE
    for mark, facts in (("-", found.gone), ("+", found.new)):
        for words, articles in facts.items():
            click.echo(f"{mark} {words}  [{', '.join(articles)}]")
    for said, groups in (("joined", found.joined), ("parted", found.parted)):
        for names in groups:
            click.echo(f"{said}: {', '.join(names)}")
    if not found:
        click.echo(f"{first} and {second} say the same")
    return LOOK if found else DONE
