"""Speakers of statements: every shape with a made-up example, and sentences that look like one but are none."""

from __future__ import annotations

import pytest

from tests.extraction import read

SPEAKERS = [
    ("speaker-verb", "青河市委书记李建华强调，要守住安全底线。", {"李建华"}),
    ("speaker-verb, two", "李建华、王晓梅表示，将全力支持项目建设。", {"李建华", "王晓梅"}),
    ("thanks", "李建华代表市委、市政府向各位专家的到来表示热烈欢迎。", {"李建华"}),
    ("colon", "青河市应急管理局局长王晓梅：今年汛期来得比往年早，要提前做好准备。", {"王晓梅"}),
    ("subject in an earlier clause", "李建华走进车间，详细询问生产情况，要求企业落实安全责任。", {"李建华"}),
    ("unnamed", "一名现场目击者表示，火势很快得到控制。", {"一名现场目击者"}),
    ("two bodies", "远山集团与青河大学共同宣布，将建设一座研究院。", {"远山集团", "青河大学"}),
    ("reported by a paper", "《青河日报》报道称，周大同表示，桥梁将在秋天通车。", {"周大同"}),
    ("body that was asked", "记者致电青河市水利局，一名工作人员回应称，河堤已经加固。", {"青河市水利局"}),
    ("students", "学员们纷纷表示，培训内容很实用。", {"学员们"}),
    ("as told", "“这面旗帜是一份责任。”在授旗仪式现场，王晓梅如是说。", {"王晓梅"}),
    ("title before", "“这面旗帜是一份责任。”志愿者代表王晓梅说。", {"王晓梅"}),
    ("manner", "看着满园的果子，种植户王桂香乐呵呵地说，今年收入能翻一番。", {"王桂香"}),
    ("as told by", "据李建华介绍，这座水库已完成加固。", {"李建华"}),
    ("office of a kind", "铁路部门提示，旅客应提前到站。", {"铁路部门"}),
    ("from the other side", "马方表示，愿与各方加强合作。", {"马方"}),
    ("name that ends like an attribute", "王立新要求，各部门要压实责任。", {"王立新"}),
    ("instruction given", "李建华对救援工作作出重要指示，要求全力组织抢险救援。", {"李建华"}),
    ("another answers", "李明远表示，项目已完成八成，王海波则认为，进度还可以加快。", {"李明远", "王海波"}),
    ("seat", "白宫表示，会谈将如期举行。", {"白宫"}),
    ("spokesman", "公司发言人称，事故正在调查。", {"公司发言人", "公司"}),
    ("quotation first", "“我们会继续努力。”王晓梅说。", {"王晓梅"}),
]


@pytest.mark.parametrize(("rule", "text", "speakers"), SPEAKERS, ids=[s[0] for s in SPEAKERS])
def test_speaker(rule: str, text: str, speakers: set[str]) -> None:
    found = read(text)
    told = {e.key: e.name for e in found.entities}
    said = {told[f.subject] for f in found.facts if f.kind == "statement"}
    assert said == speakers or (said and rule == "spokesman" and said <= speakers)


def test_pronoun_is_the_person_of_the_sentence_before_and_says_so() -> None:
    found = read("李建华来到河堤检查防汛工作。他指出，要加强巡查。")
    facts = [f for f in found.facts if f.kind == "statement"]
    assert [(f.subject, f.status) for f in facts] == [("person:李建华", "inferred")]
    assert "李建华" in facts[0].reason
    assert found.quote(facts[0]) == "他指出，要加强巡查。"


def test_advice_that_follows_is_carried_on_as_inferred() -> None:
    found = read("王晓梅强调，要加强巡查。要落实责任，确保万无一失。")
    rules = {found.quote(f)[:4]: (f.rule, f.status) for f in found.facts if f.kind == "statement"}
    assert rules["要落实责"] == ("speech-carried-on", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "按照市委的要求，各部门抓紧落实。",
        "王晓梅提到的问题已经解决。",
        "在王晓梅宣布这一消息前，桥梁已经通车。",
        "王晓梅到会。通报称，桥梁已经通车。",
        "这家名称特别的小店说明了一切。",
        "王晓梅介绍情况。",
        "委员会鼓励企业加大研发投入。",
        "承认错误、及时改正，符合各方利益。",
        "会议指出，要学习贯彻习近平总书记重要讲话精神。",
    ],
)
def test_no_statement_of_a_person(text: str) -> None:
    assert not [f for f in read(text).facts if f.kind == "statement" and f.subject.startswith("person:")]


def test_one_quotation_is_one_sentence() -> None:
    found = read("李建华强调，要守住底线。王晓梅表示，将认真落实。")
    quotes = sorted(found.quote(f) for f in found.facts if f.kind == "statement")
    assert quotes == ["李建华强调，要守住底线。", "王晓梅表示，将认真落实。"]


def test_marks_inside_a_title_or_a_slogan_end_no_sentence() -> None:
    found = read("周大同在《桥梁何时通车？》一文中指出，工程进展顺利。孙文静在“青春有我！”活动中表示，将坚持下去。")
    quotes = sorted(found.quote(f) for f in found.facts if f.kind == "statement")
    assert quotes == [
        "周大同在《桥梁何时通车？》一文中指出，工程进展顺利。",
        "孙文静在“青春有我！”活动中表示，将坚持下去。",
    ]


def test_a_verb_inside_a_long_quotation_is_nobody_elses() -> None:
    found = read("王晓梅说：“桥通了。市民希望早点通车。我们做到了。”")
    rules = {f.rule for f in found.facts if f.kind == "statement"}
    assert rules <= {"speaker-verb", "speech-carried-on"}
