"""IRIs are readable, legal and never shared by accident; tables hold what the facts can say."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import vocab
from kg.model import EntityType, FactKind, Modality, Status
from tests.factories import HOSTILE

TEXT = st.text(max_size=20)


@given(TEXT)
def test_a_local_name_is_a_legal_readable_path_segment(text: str) -> None:
    name = vocab.local_name(text)
    NamedNode(vocab.DEFAULT_BASE + name)  # raises where it is not legal
    assert name
    assert not set(name) & set('%/#?<>"{}|\\^` \n')
    assert name == unicodedata.normalize("NFKC", name)


@given(TEXT, TEXT)
def test_two_names_share_an_iri_only_where_width_or_white_space_is_all_that_differs(one: str, other: str) -> None:
    def plain(text: str) -> str:
        return "_".join(unicodedata.normalize("NFKC", text).split())

    if vocab.local_name(one) == vocab.local_name(other):
        assert plain(one) == plain(other) or "~" in one + other


def test_hostile_names_stay_apart() -> None:
    assert len({vocab.local_name(name) for name in HOSTILE}) == len(HOSTILE)
    assert vocab.local_name("a/b") != vocab.local_name("a#b")
    assert vocab.local_name("..") not in (".", "..")


@pytest.mark.parametrize(
    ("entity_id", "iri"),
    [
        ("person/韦韬", "person/韦韬"),
        ("person/张伟~3fa9c1", "person/张伟~3fa9c1"),
        ("place/（全角）", "place/(全角)"),
        ("person/约翰 史密斯", "person/约翰_史密斯"),
    ],
)
def test_entity_iris_follow_the_id(entity_id: str, iri: str) -> None:
    assert vocab.entity_iri(vocab.DEFAULT_BASE, entity_id) == f"{vocab.DEFAULT_BASE}id/{iri}"


def test_article_iris() -> None:
    ids = ["daily", "daily#1", "daily#2", "daily/2", "daily_2", "daily#x", "日报#2"]
    iris = [vocab.article_iri(vocab.DEFAULT_BASE, each) for each in ids]
    assert len(set(iris)) == len(ids)
    assert iris[2].endswith("/article/daily/2")
    assert iris[6].endswith("/article/日报/2")


def test_sources_keep_their_folders_and_records() -> None:
    assert vocab.source_iri("x:/", "2022/六月/a.txt") == "x:/id/source/2022/六月/a.txt"
    assert vocab.source_iri("x:/", "all.jsonl", "12") == "x:/id/source/all.jsonl/12"
    assert "/../" not in vocab.source_iri("x:/", "../../etc/passwd")


def test_evidence_is_told_by_its_subject() -> None:
    base = vocab.DEFAULT_BASE
    assert vocab.is_evidence(base, f"{base}id/claim/00")
    assert vocab.is_evidence(base, vocab.source_iri(base, "a.txt") + "#char=0,1")
    assert vocab.is_evidence(base, vocab.naming_iri(base, "a#2", "person:韦韬"))
    assert not vocab.is_evidence(base, vocab.article_iri(base, "a#2"))
    assert not vocab.is_evidence(base, vocab.entity_iri(base, "person/claim"))


@pytest.mark.parametrize("base", ["", "kg", "not an iri", "https://a b/", "https://a/#", "https://a/%20/"])
def test_a_base_has_to_be_an_absolute_iri(base: str) -> None:
    with pytest.raises(ValueError, match="absolute IRI"):
        vocab.base_with_slash(base)


def test_a_base_gets_its_slash() -> None:
    assert vocab.base_with_slash("https://news.example/kg") == "https://news.example/kg/"
    assert vocab.base_with_slash("urn:kg:") == "urn:kg:"


def test_every_kind_of_the_model_has_its_term() -> None:
    assert set(vocab.CLAIM_CLASS) == set(get_args(FactKind))
    assert set(vocab.ENTITY_CLASSES) == set(get_args(EntityType))
    assert set(vocab.STATUS) == set(get_args(Status))
    assert set(vocab.MODALITY) == set(get_args(Modality))
    assert set(get_args(Modality)) > vocab.HAPPENED


def test_hashes_depend_on_where_parts_end() -> None:
    assert vocab.digest("ab", "c") != vocab.digest("a", "bc")
    assert vocab.digest("a\x1fb") != vocab.digest("a", "b")
