"""The main job: what it writes, that only the input shows in it, and that nothing is lost when something goes wrong."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError, PluginError
from kg.graph.archive import read_archive
from kg.pipeline import BuildOptions, BuildReport, NothingToBuildError, build, publish
from kg.pipeline.extraction import CHUNK, extract_all
from kg.pipeline.extractors import ExtractorSpec, find_extractor
from kg.pipeline.manifest import read_manifest
from kg.pipeline.summary import questions
from tests import plain_extractor

PLAIN = BuildOptions("tests.plain_extractor:extract_many", workers=1)
OUTPUTS = (publish.GRAPH, publish.EVIDENCE, publish.PAGE, publish.ARTICLES, publish.RESOLUTION, publish.MANIFEST)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of three articles."""
    folder = tmp_path / "news"
    write(folder / "a.txt", "青河市委书记钱立国6月2日到石桥县调研。")
    write(folder / "b.txt", "青河市委书记钱立国会见远山集团董事长李成林。")
    write(folder / "deep" / "c.txt", "孙文静主持会议。")
    return folder


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def left_beside(out: Path) -> list[str]:
    return sorted(p.name for p in out.parent.iterdir() if p.name.startswith(f".{out.name}"))


# ------------------------------------------------------------------------------------------------ what it writes
def test_a_build_writes_everything_and_says_what(news: Path, tmp_path: Path) -> None:
    found = build([news], tmp_path / "out", PLAIN)
    assert dict(found.counts) == {
        "articles": 3, "persons": 3, "organizations": 1, "places": 0, "events": 0, "documents": 0, "facts": 4,
    }  # fmt: skip
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted([*OUTPUTS, publish.STORE])
    assert "钱立国" in (tmp_path / "out" / publish.GRAPH).read_text(encoding="utf-8")
    assert found.problems == ()
    assert left_beside(tmp_path / "out") == []


def test_the_manifest_names_extractor_articles_and_where_the_sources_are(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([news, write(tmp_path / "one" / "d.txt", "孙文静说好。")], out, PLAIN)
    manifest = read_manifest(out)
    assert manifest.articles == ("a", "b", "c", "d")
    assert manifest.extractor == "tests.plain_extractor:extract_many"
    assert manifest.roots == ("../news", "../one")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(out, moved / "out")
    shutil.move(news, moved / "news")
    assert (moved / "news") in read_manifest(moved / "out").source_roots(moved / "out")


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": 99}', '{"format": 2, "kg": 1}', "\0"])
def test_a_manifest_of_another_kind_is_an_error(tmp_path: Path, content: str) -> None:
    write(tmp_path / publish.MANIFEST, content)
    with pytest.raises(OutputError, match="build again"):
        read_manifest(tmp_path)


def test_progress_counts_each_stage_to_its_end(news: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build([news], tmp_path / "out", PLAIN, lambda *step: told.append(step))
    last = {stage: (done, total) for stage, done, total in told}
    assert list(last) == ["read", "extract", "resolve", "write"]
    assert all(done == total > 0 for done, total in last.values())


def test_questions_are_about_who_is_in_it(news: Path, tmp_path: Path) -> None:
    found = build([news], tmp_path / "out put", PLAIN)
    asked = questions(found.articles, found.resolution, tmp_path / "out put")
    assert len(asked) == 3
    assert "钱立国" in asked[0].text
    assert f"'{tmp_path / 'out put'}' 钱立国" in asked[0].command


# -------------------------------------------------------------------------------------- same input, same bytes
def test_order_workers_and_hash_seed_do_not_show(news: Path, tmp_path: Path) -> None:
    for n in range(CHUNK + 3):
        write(news / f"n{n}.txt", f"青河市委书记钱立国说第{n}句。孙文静说好。")
    expected = build([news], tmp_path / "one", PLAIN)
    files = sorted(news.rglob("*.txt"), reverse=True)
    build([*files, news], tmp_path / "two", BuildOptions(PLAIN.extractor, workers=2))
    script = (
        "import sys; from pathlib import Path; from kg.pipeline import *; "
        f"build([Path(sys.argv[1])], Path(sys.argv[2]), BuildOptions({PLAIN.extractor!r}, workers=1))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", script, news, tmp_path / "three"], check=True, env=environment)
    assert expected.counts["articles"] == CHUNK + 6
    for other in ("two", "three"):
        for name in (publish.GRAPH, publish.EVIDENCE, publish.PAGE):
            assert (tmp_path / other / name).read_bytes() == (tmp_path / "one" / name).read_bytes(), (other, name)


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    write(tmp_path / "p" / "a.txt", "钱立国说好。")
    write(tmp_path / "q" / "a.txt", "孙文静说好。")
    found = build([tmp_path / "q", tmp_path / "p"], tmp_path / "out", PLAIN)
    ids = [facts.article.id for facts in found.articles]
    assert len(set(ids)) == 2
    assert "a" in ids
    again = build([tmp_path / "p", tmp_path / "q"], tmp_path / "out2", PLAIN)
    assert [facts.article for facts in again.articles] == [facts.article for facts in found.articles]


# ------------------------------------------------------------------------------------------------ incremental
@pytest.fixture
def extracted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the ids of the articles that were extracted."""
    path = tmp_path / "counts"
    path.touch()
    monkeypatch.setenv(plain_extractor.COUNTER, str(path))
    return path


def test_only_what_changed_is_extracted_again_and_the_result_is_that_of_a_full_build(
    news: Path, tmp_path: Path, extracted: Path
) -> None:
    build([news], tmp_path / "out", PLAIN)
    extracted.write_text("")
    write(news / "b.txt", "远山集团董事长李成林说好。")
    write(news / "d.txt", "赵一鸣说好。")
    found = build([news], tmp_path / "out", PLAIN)
    assert extracted.read_text().split() == ["b", "d"]
    assert found.reused == 2
    build([news], tmp_path / "full", PLAIN)
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_what_is_added_and_taken_away_again_leaves_no_trace(news: Path, tmp_path: Path) -> None:
    build([news], tmp_path / "out", PLAIN)
    before = contents(tmp_path / "out")
    write(news / "0-first.txt", "长沙市委书记钱立国说好。")
    build([news], tmp_path / "out", PLAIN)
    assert contents(tmp_path / "out") != before
    (news / "0-first.txt").unlink()
    build([news], tmp_path / "out", PLAIN)
    assert contents(tmp_path / "out") == before


def test_a_build_that_would_write_the_same_writes_nothing(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([news], out, PLAIN)
    before, inode = contents(out), out.stat().st_ino
    write(out / publish.VIEWS / "x.html", "a page of this build")
    assert build([news], out, PLAIN).reused == 3
    assert out.stat().st_ino == inode
    assert (out / publish.VIEWS / "x.html").exists()
    write(out / publish.GRAPH, "by hand")
    build([news], out, PLAIN)
    assert contents(out) == before
    write(news / "empty.txt", "")
    assert build([news], out, PLAIN).problems
    assert read_manifest(out).skipped


def test_the_code_that_writes_counts_too(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build([news], out, PLAIN)
    inode = out.stat().st_ino
    monkeypatch.setattr("kg.pipeline.job._writers", lambda: "another version")
    build([news], out, PLAIN)
    assert out.stat().st_ino != inode


def test_fresh_extracts_everything_and_so_does_another_extractor(news: Path, tmp_path: Path, extracted: Path) -> None:
    build([news], tmp_path / "out", PLAIN)
    assert build([news], tmp_path / "out", BuildOptions(PLAIN.extractor, 1, fresh=True)).reused == 0
    assert extracted.read_text().split() == ["a", "b", "c"] * 2
    manifest = json.loads((tmp_path / "out" / publish.MANIFEST).read_text())
    write(tmp_path / "out" / publish.MANIFEST, json.dumps({**manifest, "fingerprint": "of other rules"}))
    assert build([news], tmp_path / "out", PLAIN).reused == 0


@pytest.mark.parametrize("name", [publish.ARTICLES, publish.RESOLUTION, publish.MANIFEST])
def test_a_broken_earlier_build_only_costs_time(news: Path, tmp_path: Path, name: str) -> None:
    build([news], tmp_path / "out", PLAIN)
    before = contents(tmp_path / "out")
    write(tmp_path / "out" / name, b"\x00broken")
    build([news], tmp_path / "out", PLAIN)
    assert contents(tmp_path / "out") == before


# ------------------------------------------------------------------------------------------------- bad input
BAD = {
    "nothing.txt": b"",
    "zeros.txt": bytes(2000),
    "image.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
    "cut.txt": "钱立国".encode() + b"\xff\xfe\xff" + "说好。".encode() * 50,
    "long.txt": "字".encode() * 11_000_000,
    "norecord.jsonl": b'{"id": "x", "title": "y"}\n',
    "matter.md": "---\ntitle: [unclosed\n---\n钱立国说好。\n".encode(),
    "month.md": "---\ndate: 2022年13月1日\n---\n钱立国说好。\n".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_with_its_place_and_the_others_are_built(news: Path, tmp_path: Path, name: str) -> None:
    write(news / name, BAD[name])
    found = build([news], tmp_path / "out", PLAIN)
    told = [problem for problem in found.problems if Path(problem.path).name == name]
    assert told, f"nothing is said of {name}"
    assert all("\n" not in str(problem) for problem in told)
    assert {"a", "b", "c"} <= {facts.article.id for facts in found.articles}
    assert [str(p) for p in read_manifest(tmp_path / "out").skipped] == [str(p) for p in found.problems]


def test_a_path_that_is_not_there_is_told_and_the_others_are_built(news: Path, tmp_path: Path) -> None:
    found = build([news, tmp_path / "missing.txt"], tmp_path / "out", PLAIN)
    assert [problem.path for problem in found.problems] == [str(tmp_path / "missing.txt")]
    assert found.counts["articles"] == 3


@pytest.mark.parametrize("name", ["missing", "empty", "empty.txt"])
def test_where_nothing_can_be_read_nothing_is_written(news: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty.txt", "")
    out = tmp_path / "out"
    with pytest.raises(NothingToBuildError) as caught:
        build([tmp_path / name], out, PLAIN)
    assert caught.value.problems
    assert not out.exists()
    build([news], out, PLAIN)
    before = contents(out)
    with pytest.raises(NothingToBuildError):
        build([tmp_path / name], out, PLAIN)
    assert contents(out) == before
    assert left_beside(out) == []


def test_an_output_inside_the_folder_that_is_read_is_not_read(news: Path) -> None:
    out = news / "out"
    build([news], out, PLAIN)
    before = contents(out)
    write(out / "answers" / "x.csv", "text\n孙文静说好。\n")
    assert build([news], out, BuildOptions(PLAIN.extractor, 1, fresh=True)).problems == ()
    assert contents(out) == before
    assert build([out / "answers"], news / "other", PLAIN).counts["articles"] == 1


# ------------------------------------------------------------------------------------------------- extractors
@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_cannot_be_extracted_costs_no_other(news: Path, tmp_path: Path, workers: int) -> None:
    write(news / "x.txt", "孙文静说坏了。")
    write(news / "y.txt", "孙文静说空话。")
    found = build([news], tmp_path / "out", BuildOptions(PLAIN.extractor, workers))
    assert [(p.path, p.place) for p in found.problems] == [("x.txt", "article x"), ("y.txt", "article y")]
    assert "ValueError: 坏 of two lines" in found.problems[0].problem
    assert "person:无此人" in found.problems[1].problem
    assert found.counts["articles"] == 3


def test_an_article_that_kills_its_worker_costs_no_other(news: Path, tmp_path: Path) -> None:
    for n in range(2 * CHUNK):
        write(news / f"n{n:03}.txt", f"孙文静说第{n}句。")
    for n in (5, 40, 41):
        write(news / f"n{n:03}.txt", f"孙文静说死了{n}次。")
    found = build([news], tmp_path / "out", BuildOptions(PLAIN.extractor, 2))
    assert [p.place for p in found.problems] == ["article n005", "article n040", "article n041"]
    assert all("died" in p.problem for p in found.problems)
    assert found.counts["articles"] == 2 * CHUNK


def test_when_no_article_can_be_extracted_nothing_is_written(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", "孙文静说坏了。")
    with pytest.raises(NothingToBuildError) as caught:
        build([source], tmp_path / "out", PLAIN)
    assert "ValueError" in str(caught.value.problems[0])
    assert not (tmp_path / "out").exists()


def test_an_extractor_that_loses_articles_is_told(news: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToBuildError) as caught:
        build([news], tmp_path / "out", BuildOptions("tests.plain_extractor:not_enough", 1))
    assert "2 results for 3 articles" in str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nonesuch", "use one of .*grammar"),
        ("no_such_module:extract", "cannot be imported"),
        ("tests.plain_extractor:missing", "has no function missing"),
        ("tests.plain_extractor:broken", "has no function broken"),
    ],
)
def test_an_extractor_that_cannot_be_loaded_is_told_before_anything_is_written(
    news: Path, tmp_path: Path, name: str, problem: str
) -> None:
    with pytest.raises(PluginError, match=problem):
        build([news], tmp_path / "out", BuildOptions(name, 1))
    assert not (tmp_path / "out").exists()


def test_the_built_in_extractor_is_registered() -> None:
    assert find_extractor("grammar").module == "kg.extract"
    assert len(find_extractor("grammar").fingerprint()) == 64


def test_the_fingerprint_changes_with_the_extractors_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = write(tmp_path / "own_extractor.py", "def extract_many(articles): return []\n")
    monkeypatch.syspath_prepend(tmp_path)
    spec = ExtractorSpec("own", "own_extractor", "extract_many")
    before = spec.fingerprint()
    assert spec.fingerprint() == before
    module.write_text("def extract_many(articles): return list(articles)\n")
    assert spec.fingerprint() != before


def test_no_articles_no_extractor() -> None:
    assert extract_all([], ExtractorSpec("none", "no_such_module", "x")) == ([], [])


# --------------------------------------------------------------------------------------------- the output folder
def test_what_else_lies_in_the_folder_stays(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out / "notes.md", "mine")
    write(out / "answers" / "positions.csv", "a,b")
    build([news], out, PLAIN)
    write(out / publish.VIEWS / "old.html", "a page of an earlier build")
    write(news / "d.txt", "孙文静说好。")
    build([news], out, PLAIN)
    assert (out / "notes.md").read_text() == "mine"
    assert (out / "answers" / "positions.csv").read_text() == "a,b"
    assert not (out / publish.VIEWS).exists()


def test_out_that_is_a_file_is_refused_and_stays(news: Path, tmp_path: Path) -> None:
    out = write(tmp_path / "out", "mine")
    with pytest.raises(OutputError, match="is a file"):
        build([news], out, PLAIN)
    with pytest.raises(OutputError, match="is a file"):
        build([news], out / "below", PLAIN)
    assert out.read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_out_that_may_not_be_written_is_refused(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([news], out, PLAIN)
    before = contents(out)
    out.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="permission"):
            build([news], out, PLAIN)
        assert contents(out) == before
    finally:
        out.chmod(0o700)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("at", ["write_bytes", "write_text", "mkdir"])
def test_an_output_that_cannot_be_written_leaves_the_earlier_one(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, at: str
) -> None:
    out = tmp_path / "out"
    build([news], out, PLAIN)
    before = contents(out)
    write(news / "d.txt", "孙文静说好。")

    def fail(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(code, os.strerror(code), str(self))

    target = tmp_path / "other" if at == "mkdir" else out
    with monkeypatch.context() as patch:
        patch.setattr(Path, at, fail)
        with pytest.raises(OutputError, match=str(target)) as caught:
            build([news], target, PLAIN)
    assert ("disk is full" in str(caught.value)) == (code in (errno.ENOSPC, errno.EDQUOT))
    assert contents(out) == before
    assert left_beside(out) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for one build of three articles and not for two."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1900k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_earlier_output(news: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    build([news], out, PLAIN)
    before = contents(out)
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 100_000))
    write(news / "d.txt", "孙文静说好。")
    with pytest.raises(OutputError, match="disk is full"):
        build([news], out, PLAIN)
    assert contents(out) == before
    assert left_beside(out) == []


def test_a_disk_that_is_read_only_is_told(news: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    build([news], out, PLAIN)
    before = contents(out)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(OutputError, match=f"{out}: cannot be written"):
        build([news], out, PLAIN)
    with pytest.raises(OutputError, match=r"new: cannot be written \(Read-only"):
        build([news], small_disk / "new", PLAIN)
    assert contents(out) == before


def test_two_builds_into_one_folder_do_not_mix(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with publish.staging(out) as folder:
        with pytest.raises(OutputError, match="another build is writing"):
            build([news], out, PLAIN)
        (folder / publish.MANIFEST).write_text("{}")
    assert (out / publish.MANIFEST).read_text() == "{}"


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"):
        publish.open_output(tmp_path / "none")
    with pytest.raises(OutputError, match="holds no finished build"):
        publish.open_output(tmp_path)
    with pytest.raises(OutputError, match="is a file"):
        publish.open_output(write(tmp_path / "file", "x"))


# ------------------------------------------------------------------------------------------------------ kills
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.pipeline import publish
from tests.test_pipeline import lay_out

left = int(sys.argv[2])
def counted(function):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call

# Every step of putting an output in place, and of sweeping up after it.
for name in ("rename", "replace", "unlink", "touch", "rmdir"):
    setattr(Path, name, counted(getattr(Path, name)))
publish._remove = counted(publish._remove)
publish.os.link = counted(os.link)
publish.shutil.move = counted(publish.shutil.move)
publish._exchange = counted(publish._exchange if sys.argv[3] == "exchange" else lambda first, second: False)
with publish.staging(Path(sys.argv[1])) as folder:
    lay_out(folder, "new")
"""


def lay_out(folder: Path, text: str) -> None:
    """What stands for an output of a build: every entry, with the same text in it."""
    for name in OUTPUTS:
        write(folder / name, text)
    write(folder / publish.STORE / "CURRENT", text)


def texts(out: Path) -> set[str]:
    return {(out / name).read_text() for name in (*OUTPUTS, f"{publish.STORE}/CURRENT")}


@pytest.mark.parametrize("way", ["exchange", "one by one"])
def test_a_kill_at_any_step_of_putting_it_in_place_leaves_a_whole_output(tmp_path: Path, way: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    seen: list[set[str]] = []
    for steps in range(100):
        out = tmp_path / f"{steps}" / "out"
        lay_out(out, "old")
        write(out / publish.VIEWS / "x.html", "old")
        write(out / "notes.md", "mine")
        write(out / "answers" / "positions.csv", "a,b")
        command = [sys.executable, "-c", KILLED, out, str(steps), way]
        code = subprocess.run(command, env=environment, check=False).returncode
        publish.open_output(out)
        seen.append(texts(out))
        assert len(seen[-1]) == 1, f"mixed after step {steps}"
        assert (out / "notes.md").read_text() == "mine"
        with publish.staging(out) as folder:
            lay_out(folder, "newest")
        assert texts(out) == {"newest"}
        assert (out / "answers" / "positions.csv").read_text() == "a,b", f"lost after step {steps}"
        assert left_beside(out) == []
        if code == 0:
            break
    assert code == 0
    assert {"old"} in seen
    assert {"new"} in seen


def _build_and_keep(news: Path, out: Path) -> dict[str, bytes]:
    build([news], out, PLAIN)
    return contents(out)


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_whole_output(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    old = _build_and_keep(news, out)
    write(news / "d.txt", "赵一鸣说好。")
    new = _build_and_keep(news, tmp_path / "reference")
    script = (
        "import sys; from pathlib import Path; from kg.pipeline import *; "
        f"build([Path(sys.argv[1])], Path(sys.argv[2]), BuildOptions({PLAIN.extractor!r}, workers=1))"
    )
    command = [sys.executable, "-c", script, news, out]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    whole: list[bool] = []
    for moment in range(12):
        process = subprocess.Popen(command, env=environment)
        try:
            process.wait(timeout=0.1 * (moment + 1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        publish.open_output(out)
        whole.append(contents(out) in (old, new))
    assert all(whole)
    assert isinstance(build([news], out, PLAIN), BuildReport)
    assert contents(out) == new
    assert left_beside(out) == []
    assert len(read_archive(out)[0]) == 4


def test_the_processes_of_a_killed_build_leave_with_it(tmp_path: Path) -> None:
    for n in range(4):
        write(tmp_path / "news" / f"{n}.txt", f"孙文静说等{n}次。")
    pids = tmp_path / "pids"
    script = (
        "import sys; from pathlib import Path; from kg.pipeline import *\n"
        "if __name__ == '__main__': "
        f"build([Path(sys.argv[1])], Path(sys.argv[2]), BuildOptions({PLAIN.extractor!r}, workers=2))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), plain_extractor.PIDS: str(pids)}
    process = subprocess.Popen([sys.executable, "-c", script, tmp_path / "news", tmp_path / "out"], env=environment)
    assert eventually(lambda: pids.exists() and pids.read_text().strip())
    process.kill()
    process.wait()
    worker = int(pids.read_text().split()[0])
    assert eventually(lambda: not _alive(worker))


def eventually(holds: Callable[[], object], seconds: float = 60) -> bool:
    """Whether something comes true before the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_an_interrupted_build_is_swept_up(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.job.resolve", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build([news], tmp_path / "out", PLAIN)
    assert not (tmp_path / "out").exists()
    assert left_beside(tmp_path / "out") == []


def test_problems_are_input_errors_with_a_path() -> None:
    error = NothingToBuildError([Path("a"), Path("b"), Path("c"), Path("d")], [InputError("a", "x")])
    assert str(error).startswith("a, b, c …: no article")
