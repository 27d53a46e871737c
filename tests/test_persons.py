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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("日本前首相鸠山由纪夫出席论坛。", {"鸠山由纪夫"}),
        ("大谷翔平和山本由伸代表日本队出战。", {"大谷翔平", "山本由伸"}),
        ("市领导高山、江河、安宁、李想出席会议。", {"高山", "江河", "安宁", "李想"}),
        ("锡林郭勒盟副盟长那仁满都拉参加。", {"那仁满都拉"}),
        ("自治区领导祖木热提·吾布力、木太力甫·吾布力参加。", {"祖木热提·吾布力", "木太力甫·吾布力"}),
        ("分析师Jim Reid表示，利率将下调。", {"Jim Reid"}),
        ("中索两国关系良好，索方表示赞赏。", set()),
        ("黎以双方举行会谈，韩日关系改善。", set()),
        ("一只柯基犬在公园里走失。", set()),
        ("哈马斯武装人员与以军交火。", set()),
    ],
)
def test_names_by_their_shape(text: str, names: set[str]) -> None:
    assert {e.name for e in read(text).entities if e.type == "person"} == {n.replace(" ", "") for n in names}


def test_a_foreign_name_parted_by_a_tagger_is_one() -> None:
    text = "北约秘书长斯托尔滕贝格表示欢迎。"
    found = settled(text, _mentions(text, "斯托尔", "滕贝格"))
    assert [m.text for m in found] == ["斯托尔滕贝格"]
