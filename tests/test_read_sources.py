"""Which files are read, in which order."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import SourceFile, discover


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("甲市召开会议。", encoding="utf-8")


def names(*paths: Path) -> list[str]:
    return [source.name for source in discover(paths)]


def test_folder_is_read_in_order_of_names_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    write(
        tmp_path, "b.txt", "a/z.md", "a/c.JSONL", ".hidden.txt", ".git/x.txt", "picture.png", "d.csv.gz", "e.parquet.gz"
    )
    assert names(tmp_path) == ["a/c.JSONL", "a/z.md", "b.txt", "d.csv.gz"]


def test_order_of_the_paths_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "one/sub/b.txt", "two/a.txt", "c.txt")
    paths = [
        tmp_path / "one",
        tmp_path / "two",
        tmp_path / "c.txt",
        tmp_path / "one" / "sub" / "b.txt",
        tmp_path / "one",
    ]
    found = {discover(order) for order in itertools.permutations(paths)}
    assert len(found) == 1
    assert [source.name for source in found.pop()] == ["a.txt", "a.txt", "c.txt", "sub/b.txt"]


def test_named_file_is_called_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "deep/down/a.txt")
    path = tmp_path / "deep" / "down" / "a.txt"
    assert discover([path]) == (SourceFile(path, "a.txt"),)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("a.txt", "a"), ("x/2022.06.03.md", "2022.06.03"), ("n.jsonl.gz", "n"), ("e\u0301.txt", "\u00e9.txt"[:-4])],
)
def test_stem(name: str, stem: str) -> None:
    assert SourceFile(Path(name), name).stem == stem


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.txt: does not exist"):
        discover([tmp_path / "absent.txt"])


def test_folder_without_anything_to_read(tmp_path: Path) -> None:
    write(tmp_path, "picture.png")
    with pytest.raises(InputError, match=r"holds no file that is read; give \.txt"):
        discover([tmp_path])


def test_named_file_of_another_kind(tmp_path: Path) -> None:
    write(tmp_path, "a.docx")
    with pytest.raises(InputError, match=r"a\.docx: is of no kind that is read"):
        discover([tmp_path / "a.docx"])
