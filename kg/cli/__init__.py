"""The command line. ``kg --help`` answers from this module alone; a command's code is imported when it is called."""

from __future__ import annotations

import sys
from typing import Final

COMMANDS: Final = {
    "build": ("kg.cli.build", "Build the graph of newspaper articles: files and folders in, a folder out."),
    "query": ("kg.cli.query", "Ask a build in SPARQL, or by the name of a query."),
    "explain": ("kg.cli.explain", "Tell what is known of one, or what ties two, each fact with its sentence."),
    "view": ("kg.cli.view", "Make or open the interactive page: the whole graph, or the part around one."),
    "answers": ("kg.cli.answers", "Write the answers to the twelve named queries as CSV."),
    "export": ("kg.cli.export", "Write a build in another format, for other tools."),
    "verify": ("kg.cli.verify", "Read every quotation again in its source, and check the graph against its shapes."),
    "eval": ("kg.cli.eval", "Score a build against gold: precision, recall and F1 of the twelve questions."),
    "add": ("kg.cli.add", "Add articles to a build, as if it had been built with them."),
    "remove": ("kg.cli.remove", "Take articles out of a build, as if they had never been in it."),
    "diff": ("kg.cli.diff", "Tell what two builds say differently: facts, and who is taken for whom."),
    "same": ("kg.cli.same", "Say that two names are one, now and in every later build."),
    "different": ("kg.cli.different", "Say that two that were taken for one are not, now and in every later build."),
}
"""Every command: the module that holds it, as ``command``, and what it does in a line."""


def help_text() -> str:
    """What ``kg --help`` prints."""
    width = max(map(len, COMMANDS)) + 2
    rows = "\n".join(f"  {name:<{width}}{line}" for name, (_, line) in COMMANDS.items())
    return f"""\
Usage: kg COMMAND ...

  Knowledge graphs from Chinese newspapers: every fact with the sentence that says it.

Commands:
{rows}

Options:
  --version   Show the version.
  --help      Show this text; `kg COMMAND --help` shows a command's, with an example.

Example:
  kg build data/taiyuan-daily.txt -o out
  kg explain out 韦韬

Exit codes: 0 all went well, 1 done but something is to be looked at, 2 wrong usage or nothing done.
"""


def main() -> None:
    """The ``kg`` program."""
    arguments = sys.argv[1:]
    if not arguments or arguments in (["--help"], ["-h"]):
        sys.stdout.write(help_text())
        sys.exit(0 if arguments else 2)
    from kg.cli.group import run

    sys.exit(run(arguments))
