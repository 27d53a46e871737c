"""Every rule of the grammar reads its own example."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kg.extract
from kg.extract import extract
from kg.extract.examples import Example, examples
from kg.model import Article, ArticleFacts, Fact
from kg.read import discover, read_source

from .extraction import read

SAMPLE = Path(__file__).parent.parent / "data" / "taiyuan-daily.txt"


def _says(found: ArticleFacts, fact: Fact, said: dict[str, str]) -> bool:
    names = {entity.key: entity.name for entity in found.entities} | {"": ""}
    values = {**dict(fact.qualifiers), "kind": fact.kind, "subject": names[fact.subject], "object": names[fact.object]}
    return all(values.get(name, "") == value for name, value in said.items())


@pytest.mark.parametrize("example", examples(), ids=lambda e: f"{e.module}:{e.rule}")
def test_a_rule_reads_its_example(example: Example) -> None:
    found = read(example.text, date=example.date, place=example.place, publisher=example.publisher)
    facts = [fact for fact in found.facts if fact.rule == example.rule and fact.status != "candidate"]
    for said in example.says:
        assert any(_says(found, fact, dict(said)) for fact in facts), (said, found.facts)


def _shown() -> set[str]:
    return {example.rule for example in examples()}


def test_an_example_says_something() -> None:
    assert all(example.says and all("kind" in said for said in example.says) for example in examples())


def test_each_rule_of_the_sample_has_an_example() -> None:
    rules = {
        fact.rule
        for source in discover([SAMPLE])
        for article in read_source(source)
        if isinstance(article, Article)
        for fact in extract(article).facts
    }
    assert rules <= _shown()


def _named_in_code() -> set[str]:
    """Rules that the code names in so many words: the fifth argument of ``draft.fact`` where it is a literal."""
    found = set()
    for path in Path(kg.extract.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fact":
                rule = node.args[4] if len(node.args) > 4 else None
                if isinstance(rule, ast.Constant) and isinstance(rule.value, str):
                    found.add(rule.value)
    return found


def test_each_rule_named_in_the_code_has_an_example() -> None:
    assert _named_in_code() <= _shown()
