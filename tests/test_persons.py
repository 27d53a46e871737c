"""Where persons' names begin and end in an article, and who is meant by a title alone."""

from __future__ import annotations

import pytest

from kg.analysis.person_borders import called_by_title, settled
from kg.model import Mention
from tests.extraction import read


def _mentions(text: str, *names: str) -> list[Mention]:
    return [
        Mention(start, start + len(name), "person", name, ("tagger",), 0.9)
        for name in names
        for start in [text.index(name)]
    ]


@pytest.mark.parametrize(
    ("text", "tagged", "names"),
    [
        ("林文正到访。记者问林文正。林文正答复。林文正离开。", ("林文",), {"林文正"}),
        ("王强代表企业发言。会后王强离开。", ("王强代", "王强离"), {"王强", "王强离"}),
        ("李建华作关于预算的说明。", ("李建华",), {"李建华"}),
        ("肖敏作关于预算的说明。", ("肖敏作",), {"肖敏"}),
        ("庞文同志逝世，各界向庞文同志亲属表示慰问。", ("庞文", "向庞文"), {"庞文"}),
        ("发言人让-卡罗尔回答提问。", ("卡罗尔",), {"让-卡罗尔"}),
        ("在周大明家，她询问了情况。", ("周大明家",), {"周大明"}),
        ("学习马克思主义理论。", ("马克思",), set()),
    ],
)
def test_borders(text: str, tagged: tuple[str, ...], names: set[str]) -> None:
    assert {m.text for m in settled(text, _mentions(text, *tagged))} == names


def test_every_border_lies_where_the_text_has_the_name() -> None:
    text = "林文正到访。记者问林文正。林文正答复。向周敏同志致意，周敏在场。"
    for mention in settled(text, _mentions(text, "林文", "周敏", "向周敏")):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("name", "names", "meant"),
    [
        ("郭书记", ["郭文海", "郭书记", "李明"], "郭文海"),
        ("郭书记", ["郭文海", "郭书记", "郭立"], ""),
        ("总书记", ["习近平", "总书记"], "习近平"),
        ("总书记", ["李明", "总书记"], ""),
        ("李明", ["李明", "李书记"], ""),
    ],
)
def test_called_by_title(name: str, names: list[str], meant: str) -> None:
    assert called_by_title(name, names) == meant


def test_a_surname_with_a_title_is_the_person_named_before() -> None:
    found = read("青河市委书记郭文海来到石桥村调研。郭书记强调，要抓好春耕生产。")
    assert {e.name for e in found.entities if e.type == "person"} == {"郭文海"}
    assert [f.subject for f in found.facts if f.kind == "statement"] == ["person:郭文海"]
