"""The group of commands, and what becomes of errors: a line on standard error and an exit code."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

import kg
from kg.cli import COMMANDS, help_text
from kg.errors import KgError

DONE, LOOK, NOTHING = 0, 1, 2
"""Exit codes: all went well; done, but something is to be looked at; wrong usage or nothing done."""
_INTERRUPTED = 130


class _Group(click.Group):
    """Commands by name, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(help_text())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kg.__version__, prog_name="kg")
def group() -> None:
    """Knowledge graphs from Chinese newspapers."""


def run(arguments: Sequence[str]) -> int:
    """Run a command line; its exit code."""
    logging.basicConfig(format="note: %(message)s", level=logging.WARNING)
    try:
        code = group.main(list(arguments), prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _say_usage(error)
        return NOTHING
    except KgError as error:
        say_error(str(error))
        return NOTHING
    except (click.Abort, KeyboardInterrupt):
        say_error("interrupted; earlier output is untouched")
        return _INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the reader of a pipe had enough; click exits when it finds out first
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        traceback.print_exc()
        say_error("this is a fault of kg itself; please report it with the lines above")
        return NOTHING
    return code if isinstance(code, int) else DONE


def say_error(message: str) -> None:
    """One line on standard error."""
    click.echo(f"error: {' '.join(message.split())}", err=True)


def _say_usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "kg"
    say_error(f"{error.format_message().rstrip('.')}; see `{path} --help`")
