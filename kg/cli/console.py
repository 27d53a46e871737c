"""What commands share at the terminal: arguments, progress bars, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

Progress = Callable[[str, int, int], None]
F = TypeVar("F", bound=Callable[..., object])

_LABELS = {
    "read": "reading files",
    "extract": "extracting facts",
    "resolve": "resolving names",
    "write": "writing the graph",
    "verify": "reading quotations again",
    "add": "adding",
}


def out_argument(function: F) -> F:
    """The argument OUT of a command that reads a build."""
    return click.argument("out", type=click.Path(path_type=Path), metavar="OUT")(function)


def json_option(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")(function)


def decision_arguments(function: F) -> F:
    """OUT A B --undo --json."""
    function = json_option(function)
    function = click.option("--undo", is_flag=True, help="Take back what was decided about A and B.")(function)
    function = click.argument("second", metavar="B")(function)
    return out_argument(click.argument("first", metavar="A")(function))


def say_json(value: Any) -> None:
    """A JSON answer on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


@contextmanager
def progress_bars(wanted: bool = True) -> Iterator[Progress]:
    """A function that shows how far each stage of a job is; bars are drawn on a terminal only, on standard error."""
    if not wanted or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_LABELS.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def example(*lines: str) -> str:
    """The epilogue of a command's help: an example that can be pasted."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
