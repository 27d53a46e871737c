"""What the documents say is so: commands, sessions, dependencies, files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import kg
from kg.cli import COMMANDS
from tests.readme import README, ROOT, Session, play, sessions

TEXT = README.read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `kg {name} OUT|^\| `kg {name} PATH|^\| `kg {name} OUT1", TEXT, re.MULTILINE)


def test_the_readme_has_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"`kg ([a-z]+)[ `]", TEXT)) <= COMMANDS.keys()


@pytest.mark.slow
def test_the_readmes_sessions_print_what_it_says() -> None:
    told = sessions(TEXT)
    assert len(told) >= 5
    printed = [
        Session(session.command, output)
        for session, output in zip(told, play([session.command for session in told]), strict=True)
    ]
    assert printed == told, "run `python -m tests.readme`"


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    section = TEXT.split("## Dependencies")[1].split("\n## ")[0]
    listed = re.findall(r"^\| ([A-Za-z][A-Za-z0-9_.-]*) \|", section, re.MULTILINE)
    needed = [re.split(r"[<>=!~\[; ]", entry)[0] for entry in PROJECT["project"]["dependencies"]]
    assert sorted(set(listed) - {"package"}) == sorted(needed)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_every_dependency_with_hashes(lock: str) -> None:
    locked = {
        name.lower().replace("_", "-"): hashes
        for name, hashes in re.findall(
            r"^([A-Za-z0-9_.-]+)==[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
            (ROOT / lock).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }
    wanted = list(PROJECT["project"]["dependencies"])
    if "dev" in lock:
        wanted += PROJECT["dependency-groups"]["dev"]
    for entry in wanted:
        name = re.split(r"[<>=!~\[; ]", entry)[0].lower().replace("_", "-")
        assert locked.get(name), f"{name} is not in {lock}"


def test_the_two_locks_agree() -> None:
    versions = [
        dict(re.findall(r"^([a-z0-9_.-]+)==([^ ]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert versions[0].items() <= versions[1].items()


def test_the_readmes_two_commands_are_what_ci_runs() -> None:
    commands = re.findall(r"^python3 -m venv .*$", TEXT, re.MULTILINE)
    assert len(commands) == 2
    assert "kg build data/taiyuan-daily.txt" in commands[0]
    assert commands[1].endswith("pytest")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"grep '([^']+)' README.md", script) == [
        "^python3 -m venv .*kg build",
        "^python3 -m venv .*pytest$",
    ]


def test_what_the_documents_link_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[(?:{re.escape(kg.__version__)}|Unreleased)\]", text, re.MULTILINE)


def test_the_top_level_holds_what_belongs_there() -> None:
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    expected = {
        "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.lock", "requirements-dev.lock",
        "kg", "tests", "notebooks", "data",
    }  # fmt: skip
    assert expected <= there
    assert there - expected <= {"out", "build", "dist"}


def test_the_package_is_typed() -> None:
    assert (Path(kg.__file__).parent / "py.typed").exists()
