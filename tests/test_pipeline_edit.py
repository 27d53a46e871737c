"""Changes to a finished build end where a build of the changed input ends; decisions last and can be taken back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.graph.archive import read_archive
from kg.pipeline import BuildOptions, NothingToBuildError, build
from kg.pipeline.edit import add, decide, forget, original, remove
from kg.pipeline.manifest import read_manifest
from kg.pipeline.sources import with_own_ids
from kg.resolve.ledger import LEDGER, load
from tests.test_pipeline import PLAIN, contents, write


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with a file of the same name in each, and a bad file in the second."""
    one, two = tmp_path / "one", tmp_path / "two"
    write(one / "a.txt", "青河市委书记钱立国说好。")
    write(one / "b.txt", "青河市委书记孙文静说好。")
    write(two / "deep" / "a.txt", "青河市委书记钱立国说不好。")
    write(two / "zeros.txt", bytes(100))
    return one, two


def test_adding_gives_what_building_everything_gives(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = folders
    build([one], tmp_path / "out", PLAIN)
    found = add(tmp_path / "out", [two])
    assert found.reused == 2
    build([one, two], tmp_path / "full", PLAIN)
    assert contents(tmp_path / "out") == contents(tmp_path / "full")


def test_removing_what_was_added_gives_the_bytes_of_before(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = folders
    out = tmp_path / "out"
    build([two], out, PLAIN)
    before = contents(out)
    add(out, [one])
    assert contents(out) != before
    remove(out, ["a.txt", "b.txt"])
    assert contents(out) == before
    shutil.rmtree(out)
    build([one], out, PLAIN)
    before = contents(out)
    add(out, [two])
    remove(out, ["deep/a.txt", str(two / "zeros.txt")])
    assert contents(out) == before


def test_facts_below_the_least_confidence_are_candidates_for_every_later_change(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = folders
    out = tmp_path / "out"
    sure, strict = replace(PLAIN, min_confidence=0.9), replace(PLAIN, min_confidence=0.95)
    for options, wanted in (
        (PLAIN, {"explicit"}),
        (sure, {"explicit"}),
        (strict, {"candidate"}),
        (PLAIN, {"explicit"}),
    ):
        build([one], out, options)
        assert {fact.status for facts in read_archive(out)[0] for fact in facts.facts} == wanted
    build([one], out, strict)
    add(out, [two])
    build([one, two], tmp_path / "full", strict)
    assert contents(out) == contents(tmp_path / "full")
    assert {fact.status for facts in read_archive(out)[0] for fact in facts.facts} == {"candidate"}
    with pytest.raises(ValueError, match="min_confidence"):
        build([one], out, replace(PLAIN, min_confidence=0.4))


def test_a_source_that_changed_takes_the_place_of_the_earlier_one(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = folders
    out = tmp_path / "out"
    build([one], out, PLAIN)
    write(one / "a.txt", "青河市委书记李成林说好。")
    add(out, [one])
    build([one], tmp_path / "full", PLAIN)
    assert contents(out) == contents(tmp_path / "full")


def test_one_article_of_a_page_can_be_taken_out(tmp_path: Path) -> None:
    rows = '{"id": "x", "text": "钱立国说好。"}\n{"id": "y", "text": "孙文静说好。"}\n'
    source = write(tmp_path / "news.jsonl", rows)
    out = tmp_path / "out"
    build([source], out, PLAIN)
    remove(out, ["x"])
    assert read_manifest(out).articles == ("y",)


def test_what_is_not_there_cannot_be_taken_out_and_something_must_stay(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build([folders[0]], out, PLAIN)
    before = contents(out)
    with pytest.raises(InputError, match=r"nonesuch: no article and no source"):
        remove(out, ["nonesuch"])
    with pytest.raises(InputError, match="nothing would be left"):
        remove(out, ["a", "b"])
    with pytest.raises(NothingToBuildError):
        add(out, [tmp_path / "missing"])
    assert contents(out) == before


@pytest.mark.parametrize("change", [lambda out: add(out, [out]), lambda out: remove(out, ["a"])])
def test_there_must_be_a_build_to_change(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OutputError, match="no such folder"):
        change(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_an_id_that_was_made_unique_knows_its_origin(folders: tuple[Path, Path], tmp_path: Path) -> None:
    found = build(list(folders), tmp_path / "out", PLAIN)
    articles = [facts.article for facts in found.articles]
    assert sorted(original(article).id for article in articles) == ["a", "a", "b"]
    assert with_own_ids(original(article) for article in articles) == tuple(articles)


# ------------------------------------------------------------------------------------------------- decisions
def people(out: Path) -> dict[str, set[str]]:
    """The articles of each person, by id."""
    _, resolution = read_archive(out)
    return {e.id: {article for article, _ in e.members} for e in resolution.entities if e.type == "person"}


def test_two_who_were_taken_for_one_are_told_apart_and_stay_so(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = folders
    out = tmp_path / "out"
    build([one, two], out, PLAIN)
    first, other = sorted(people(out)["person/钱立国"])
    decide(out, "different", f"钱立国@{first}", f"钱立国@{other}")
    parted = people(out)
    assert parted["person/钱立国"] == {first}
    build([one, two], out, BuildOptions(PLAIN.extractor, 1, fresh=True))
    assert people(out) == parted
    forget(out, f"钱立国@{first}", f"钱立国@{other}")
    assert people(out)["person/钱立国"] == {first, other}
    assert load(out) == ()


def test_two_names_are_made_one_and_parted_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folders[0]], out, PLAIN)
    before = contents(out)
    decide(out, "same", "钱立国", "孙文静")
    assert people(out) == {"person/钱立国": {"a", "b"}}
    assert "孙文静" in next(e for e in read_archive(out)[1].entities if e.type == "person").aliases
    decide(out, "different", "钱立国@a", "孙文静@b")
    assert [decision.verdict for decision in load(out)] == ["different"]
    assert contents(out) == before


def test_a_decision_outlives_the_articles_it_was_made_on(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = folders
    out = tmp_path / "out"
    build([one, two], out, PLAIN)
    decide(out, "same", "钱立国", "孙文静")
    remove(out, ["a.txt"])
    assert len(people(out)) == 1


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("无此人", "钱立国", "nothing in the build is called so"),
        ("钱立国", "钱立国", "are one in this build"),
        ("钱立国@a", "person/钱立国", "are one in this build"),
    ],
)
def test_a_decision_needs_two(
    folders: tuple[Path, Path], tmp_path: Path, first: str, second: str, problem: str
) -> None:
    out = tmp_path / "out"
    build([folders[0]], out, PLAIN)
    with pytest.raises(InputError, match=problem):
        decide(out, "different", first, second)
    assert not (out / LEDGER).exists()


def test_homonyms_must_be_told_by_id(folders: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = folders
    out = tmp_path / "out"
    build([one, two], out, PLAIN)
    first, other = sorted(people(out)["person/钱立国"])
    decide(out, "different", f"钱立国@{first}", f"钱立国@{other}")
    with pytest.raises(InputError, match=r"several are called so; name one of person/钱立国, person/钱立国~"):
        decide(out, "same", "钱立国", "孙文静")


@pytest.mark.parametrize(
    "content",
    ["not json", "[]", '{"decisions": [{}]}', '{"decisions": [{"verdict": "maybe", "first": [], "second": [], "names": ["", ""]}]}', "\udcff"],
)  # fmt: skip
def test_a_broken_ledger_is_told_and_nothing_is_lost(folders: tuple[Path, Path], tmp_path: Path, content: str) -> None:
    out = tmp_path / "out"
    build([folders[0]], out, PLAIN)
    before = contents(out)
    write(out / LEDGER, content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="repair it or move it away"):
        build([folders[0]], out, PLAIN)
    assert contents(out) == before


def test_nothing_was_decided_about_these(folders: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folders[0]], out, PLAIN)
    with pytest.raises(InputError, match="nothing was decided about 钱立国 and 孙文静"):
        forget(out, "钱立国", "孙文静")
