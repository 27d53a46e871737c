"""The command line as a user meets it: what it prints where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

import kg
from kg.cli import COMMANDS, console, group, help_text
from kg.cli.group import DONE, LOOK, NOTHING, run
from tests.test_pipeline import write

PLAIN = ("--extractor", "tests.plain_extractor:extract_many", "--workers", "1")


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run a command line in this process."""

    def call(*arguments: object) -> Result:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build of two articles; tests only read it."""
    folder = tmp_path_factory.mktemp("made")
    write(folder / "news" / "a.txt", "青河市委书记钱立国6月2日到石桥县调研。")
    write(folder / "news" / "b.txt", "青河市委书记孙文静说怪话。")
    assert run(["build", str(folder / "news"), "-o", str(folder / "out"), *PLAIN]) == DONE
    return folder / "out"


# ------------------------------------------------------------------------------------------------------- help
def test_help_lists_every_command_without_importing_any() -> None:
    script = (
        "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('click', 'rich', 'rdflib', 'numpy', 'jieba')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"{help_text()}[]\n"
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(command, name: str) -> None:  # type: ignore[no-untyped-def]
    found = command(name, "--help")
    assert found.code == DONE
    assert f"Usage: kg {name}" in found.out
    assert f"Example:\n    kg {name} " in found.out
    assert "--json" in found.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_the_command_says(name: str) -> None:
    found = group.group.get_command(click.Context(group.group), name)
    assert found is not None
    assert found.name == name
    first = str(found.help).split("\n\n")[0].replace("\n", " ")
    assert first == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_needs_none_of_the_heavy_libraries(name: str) -> None:
    script = (
        f"import sys; from kg.cli.group import run; run([{name!r}, '--help'])\n"
        "print([m for m in ('rich', 'rdflib', 'pyoxigraph', 'numpy', 'jieba', 'onnxruntime', 'networkx', 'pyarrow') "
        "if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_version(command) -> None:  # type: ignore[no-untyped-def]
    found = command("--version")
    assert (found.code, found.out) == (DONE, f"kg, version {kg.__version__}\n")


def test_no_command_is_wrong_usage() -> None:
    done = subprocess.run([sys.executable, "-m", "kg"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (NOTHING, help_text(), "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonesuch"], "error: No such command 'nonesuch'; see `kg --help`"),
        (["build"], "error: Missing argument 'PATH...'; see `kg build --help`"),
        (["build", "x", "--workers", "-1"], "see `kg build --help`"),
        (["build", "x", "--base", "no iri"], "absolute IRI"),
        (["query", "x"], "error: give one of SPARQL, --named NAME and -f FILE; see `kg query --help`"),
        (["query", "x", "ASK {}", "--named", "positions"], "give one of"),
        (["answers", "x"], "Missing option '-o'"),
    ],
)
def test_wrong_usage_is_a_line_and_exit_code_2(command, arguments: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    found = command(*arguments)
    assert found.code == NOTHING
    assert said in found.err
    assert found.err.startswith("error: ")
    assert found.err.count("\n") == 1
    assert found.out == ""


# ------------------------------------------------------------------------------------------------------ build
def test_build_says_how_much_there_is_where_it_lies_and_what_to_ask(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.txt", "青河市委书记钱立国说好。")
    out = tmp_path / "out"
    found = command("build", tmp_path / "a.txt", "-o", out, *PLAIN)
    assert found.code == DONE
    assert found.err == ""
    for name, number in (
        ("articles", 1),
        ("persons", 1),
        ("organizations", 1),
        ("places", 0),
        ("events", 0),
        ("facts", 1),
    ):
        assert f"  {name:<13} {number:>8}\n" in found.out
    assert f"graph  {out}/graph.ttl\n" in found.out
    assert f"page   {out}/graph.html\n" in found.out
    asked = [line.strip() for line in found.out.split("Ask next:\n")[1].splitlines()]
    assert len(asked) == 6
    assert all(line.startswith("kg ") for line in asked[1::2])


def test_the_questions_of_a_build_can_be_asked(command, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    import shlex

    found = json.loads(command("build", made.parent / "news", "-o", made, "--json", *PLAIN).out)
    assert len(found["questions"]) == 3
    monkeypatch.setattr("webbrowser.open", lambda url: True)
    for question in found["questions"]:
        answer = command(*shlex.split(question["command"])[1:])
        assert answer.code == DONE, question
        assert answer.out.strip(), question


def test_build_in_json(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "a.txt", "青河市委书记钱立国说怪话。")
    write(tmp_path / "b.txt", "")
    found = command("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out", "--json", *PLAIN)
    assert found.code == LOOK
    told = json.loads(found.out)
    assert told["counts"]["articles"] == 1
    assert [skipped["path"] for skipped in told["skipped"]] == [str(tmp_path / "b.txt")]
    assert told["warnings"] == ["a: odd"]
    assert Path(told["page"]).is_file()


def test_what_is_skipped_is_told_on_standard_error_and_the_exit_code_is_1(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "news" / "a.txt", "青河市委书记钱立国说好。")
    write(tmp_path / "news" / "bad.txt", bytes(50))
    found = command("build", tmp_path / "news", "-o", tmp_path / "out", *PLAIN)
    assert found.code == LOOK
    assert found.err.startswith(f"error: {tmp_path / 'news' / 'bad.txt'}")
    assert found.err.count("\n") == 1
    assert "skipped: 1" in found.out


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "folder"])
def test_where_nothing_is_done_the_exit_code_is_2(command, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "empty.txt", "")
    (tmp_path / "folder").mkdir()
    found = command("build", tmp_path / name, "-o", tmp_path / "out", *PLAIN)
    assert (found.code, found.out) == (NOTHING, "")
    lines = found.err.splitlines()
    assert [line.startswith(f"error: {tmp_path / name}") for line in lines] == [True, True]
    assert "nothing was built" in lines[1]


def test_a_file_in_the_place_of_out(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source, out = write(tmp_path / "a.txt", "钱立国说好。"), write(tmp_path / "out", "mine")
    found = command("build", source, "-o", out, *PLAIN)
    assert found.code == NOTHING
    assert found.err == f"error: {out}: is a file; choose another folder with -o\n"


def test_a_fault_of_ours_is_told_as_such(command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kg.pipeline.job.resolve", fail)
    found = command("build", write(tmp_path / "a.txt", "钱立国说好。"), "-o", tmp_path / "out", *PLAIN)
    assert found.code == NOTHING
    assert "ZeroDivisionError" in found.err
    assert "please report" in found.err


def test_an_interrupt_is_no_fault(command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.job.resolve", interrupt)
    found = command("build", write(tmp_path / "a.txt", "钱立国说好。"), "-o", tmp_path / "out", *PLAIN)
    assert found.code == 130
    assert "earlier output is untouched" in found.err


# ------------------------------------------------------------------------------------------------ the readers
READERS = {
    "query": ("query", "OUT", "--named", "positions"),
    "view": ("view", "OUT"),
    "export": ("export", "OUT", "--to", "TO/graph.nt"),
    "explain": ("explain", "OUT", "钱立国"),
    "verify": ("verify", "OUT"),
    "answers": ("answers", "OUT", "-o", "TO/answers"),
    "diff": ("diff", "OUT", "OUT"),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_answers_as_text_and_as_json(command, made: Path, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    arguments = [a.replace("OUT", str(made)).replace("TO", str(tmp_path)) for a in READERS[name]]
    found = command(*arguments)
    assert (found.code, found.err) == (DONE, "")
    assert found.out.strip()
    found = command(*arguments, "--json")
    assert (found.code, found.err) == (DONE, "")
    json.loads(found.out)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_without_a_build_says_how_to_make_one(command, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    arguments = [a.replace("OUT", str(tmp_path / "none")).replace("TO", str(tmp_path)) for a in READERS[name]]
    found = command(*arguments)
    assert found.code == NOTHING
    assert found.err == f"error: {tmp_path / 'none'}: no such folder; `kg build PATH -o {tmp_path / 'none'}` makes it\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_query_in_every_form(command, made: Path, form: str) -> None:  # type: ignore[no-untyped-def]
    found = command("query", made, "SELECT ?name WHERE { person:钱立国 foaf:name ?name }", "--format", form)
    assert found.code == DONE
    assert "钱立国" in found.out


def test_query_from_a_file_and_from_standard_input(
    command, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    import io

    query = write(tmp_path / "q.rq", "CONSTRUCT WHERE { person:钱立国 foaf:name ?name }")
    from_file = command("query", made, "-f", query, "--format", "ttl")
    assert "foaf:name" in from_file.out
    monkeypatch.setattr(sys, "stdin", io.StringIO(query.read_text(encoding="utf-8")))
    assert command("query", made, "-f", "-", "--format", "ttl").out == from_file.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["SELECT ?x WHER { }"], "line 1, column 11"),
        (["--named", "postions"], "did you mean positions"),
        (["-f", "missing.rq"], "missing.rq: cannot be read"),
        (["SELECT * { ?s ?p ?o }", "--format", "ttl"], "CONSTRUCT"),
    ],
)
def test_a_wrong_query_is_a_line_and_exit_code_2(command, made: Path, arguments: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    found = command("query", made, *arguments)
    assert (found.code, found.out) == (NOTHING, "")
    assert said in found.err
    assert found.err.count("\n") == 1


def test_the_named_queries_are_listed(command, made: Path) -> None:  # type: ignore[no-untyped-def]
    lines = command("query", made, "--named", "list").out.splitlines()
    assert len(lines) >= 12
    assert lines[0].split()[0] == "entities"
    listed = json.loads(command("query", made, "--named", "list", "--json").out)
    assert [query["name"] for query in listed] == [line.split()[0] for line in lines]


def test_view_of_one_is_a_page_of_its_own(command, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    found = command("view", made, "--about", "钱立国", "--to", tmp_path / "deep" / "page.html", "--open")
    assert found.out == f"{tmp_path / 'deep' / 'page.html'}\n"
    page = (tmp_path / "deep" / "page.html").read_text(encoding="utf-8")
    assert "钱立国" in page
    assert opened == [(tmp_path / "deep" / "page.html").as_uri()]
    assert command("view", made, "--about", "无此人").code == NOTHING


def test_explain_two_names_none_and_an_unknown_one(command, made: Path) -> None:  # type: ignore[no-untyped-def]
    assert "钱立国" in command("explain", made, "钱立国", "孙文静").out
    found = command("explain", made, "钱立")
    assert found.code == NOTHING
    assert "钱立国" in found.err


def test_verify_fails_where_a_source_changed_or_is_gone(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source = write(tmp_path / "news" / "a.txt", "青河市委书记钱立国说好。")
    out = tmp_path / "out"
    command("build", tmp_path / "news", "-o", out, *PLAIN)
    assert command("verify", out).code == DONE
    write(source, "青河市委书记孙立国说好。")
    found = command("verify", out)
    assert found.code == LOOK
    assert "changed since it was read" in found.out
    source.rename(write(tmp_path / "moved" / "x", "").parent / "a.txt")
    assert command("verify", out).code == LOOK
    write(tmp_path / "moved" / "a.txt", "青河市委书记钱立国说好。")
    assert command("verify", out, "--root", tmp_path / "moved").code == DONE
    assert json.loads(command("verify", out, "--json").out)["holds"] is False


def test_add_remove_and_diff(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    one, two = (
        write(tmp_path / "a.txt", "青河市委书记钱立国说好。"),
        write(tmp_path / "b.txt", "青河市委书记孙文静说好。"),
    )
    out, other = tmp_path / "out", tmp_path / "other"
    command("build", one, "-o", out, *PLAIN)
    command("build", one, two, "-o", other, *PLAIN)
    found = command("diff", out, other)
    assert found.code == LOOK
    assert found.out == "+ 孙文静任青河市委书记  [b]\n"
    assert command("diff", other, out).out == "- 孙文静任青河市委书记  [b]\n"
    assert json.loads(command("diff", out, other, "--json").out)["new"] == {"孙文静任青河市委书记": ["b"]}
    assert "unchanged since the last build: 1" in command("add", out, two).out
    assert command("diff", out, other).code == DONE
    assert command("remove", out, "b").code == DONE
    assert command("diff", out, other).code == LOOK
    assert command("remove", out, "nonesuch").code == NOTHING
    assert command("add", out, tmp_path / "missing").code == NOTHING


def test_same_and_different(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    one, two = (
        write(tmp_path / "a.txt", "青河市委书记钱立国说好。"),
        write(tmp_path / "b.txt", "青河市委书记孙文静说好。"),
    )
    out, before = tmp_path / "out", tmp_path / "before"
    command("build", one, two, "-o", before, *PLAIN)
    command("build", one, two, "-o", out, *PLAIN)
    found = command("same", out, "钱立国", "孙文静")
    assert found.code == DONE
    assert found.out.startswith("钱立国, 孙文静: same")
    told = command("diff", before, out)
    assert "joined: 钱立国@a, 孙文静@b\n" in told.out
    assert "parted: 钱立国@a, 孙文静@b\n" in command("diff", out, before).out
    assert command("same", out, "钱立国", "孙文静", "--undo", "--json").code == DONE
    assert command("diff", before, out).code == DONE
    assert command("different", out, "钱立国", "无此人").code == NOTHING


# --------------------------------------------------------------------------------------------------- terminal
def test_bars_are_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for terminal, wanted, drawn in ((False, True, False), (True, False, False), (True, True, True)):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        with console.progress_bars(wanted) as progress:
            progress("read", 1, 3)
            progress("read", 3, 3)
        captured = capsys.readouterr()
        assert captured.out == ""
        assert ("reading files" in captured.err) == drawn


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """The writing end of a pipe that nobody reads."""
    read, written = os.pipe()
    os.close(read)
    yield written
    os.close(written)


def test_a_reader_that_had_enough_is_no_error(made: Path, closed_pipe: int) -> None:
    arguments = [sys.executable, "-m", "kg", "query", made, "--named", "entities"]
    done = subprocess.run(arguments, stdout=closed_pipe, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (DONE, b"")
