"""Posts: chains before and after names, bodies elided and resolved. People and posts are made up, places are real."""

from __future__ import annotations

import pytest

from tests.extraction import read, rows

EXAMPLES = [
    # (rule, sentence, positions as person, organization, title)
    (
        "title-before-name",
        "太原市委副书记、市长钱立国出席会议。",
        {("钱立国", "太原市委", "副书记"), ("钱立国", "太原市", "市长")},
    ),
    (
        "title-before-name",
        "河北省委常委、统战部部长周大同主持会议。",
        {("周大同", "河北省委", "常委"), ("周大同", "河北省委统战部", "部长")},
    ),
    (
        "title-before-name",
        "太原市商务局党组书记、局长孙文静表示，要抓好落实。",
        {("孙文静", "太原市商务局党组", "书记"), ("孙文静", "太原市商务局", "局长")},
    ),
    (
        "shared-title",
        "太原市人大常委会副主任孙文静、李晓明、周大同出席会议。",
        {
            ("孙文静", "太原市人大常委会", "副主任"),
            ("李晓明", "太原市人大常委会", "副主任"),
            ("周大同", "太原市人大常委会", "副主任"),
        },
    ),
    ("title-after-name", "会议学习了习近平总书记重要讲话精神。", {("习近平", "中共中央", "总书记")}),
    (
        "name-parenthesis",
        "李晓明（太原市商务局局长）出席会议。",
        {("李晓明", "太原市商务局", "局长")},
    ),
    ("title-before-name", "美国总统拜登发表讲话。", {("拜登", "美国", "总统")}),
    (
        "verb-post",
        "李晓明曾任太原市商务局副局长，忻州市委常委、组织部部长等职。",
        {
            ("李晓明", "太原市商务局", "副局长"),
            ("李晓明", "忻州市委", "常委"),
            ("李晓明", "忻州市委组织部", "部长"),
        },
    ),
    ("holding-post", "担任太原市商会会长的周大同发言。", {("周大同", "太原市商会", "会长")}),
    (
        "verb-post",
        "李晓明曾任太原市商务局副局长（挂职），忻州市委常委、组织部部长；大同市委副书记、市长等职。",
        {
            ("李晓明", "太原市商务局", "副局长（挂职）"),
            ("李晓明", "忻州市委", "常委"),
            ("李晓明", "忻州市委组织部", "部长"),
            ("李晓明", "大同市委", "副书记"),
            ("李晓明", "大同市", "市长"),
        },
    ),
    (
        "verb-post",
        "周大同曾任山西省委组织部干部一处处长、办公室主任、副部长。",
        {
            ("周大同", "山西省委组织部干部一处", "处长"),
            ("周大同", "山西省委组织部办公室", "主任"),
            ("周大同", "山西省委组织部", "副部长"),
        },
    ),
    (
        "verb-post",
        "李晓明曾任太原市公安局刑侦支队支队长、局党委委员、副局长。",
        {
            ("李晓明", "太原市公安局刑侦支队", "支队长"),
            ("李晓明", "太原市公安局党委", "委员"),
            ("李晓明", "太原市公安局", "副局长"),
        },
    ),
    ("title-before-name", "时任太原市副市长的李晓明参加了会议。", {("李晓明", "太原市", "副市长")}),
    ("title-before-name", "来自太原市实验中学的体育教师李晓明发言。", {("李晓明", "太原市实验中学", "教师")}),
    ("title-before-name", "中国驻法国大使周大同出席活动。", {("周大同", "中国", "驻法国大使")}),
    ("title-before-name", "太原市商会会长、青年书法家李晓明出席。", {("李晓明", "太原市商会", "会长")}),
    ("title-before-name", "太原市商会会长、导演李晓明出席。", {("李晓明", "太原市商会", "会长"), ("李晓明", "导演")}),
    ("title-after-name", "来自山西大学文学院的李晓明教授发言。", {("李晓明", "山西大学文学院", "教授")}),
    (
        "name-apposition",
        "李晓明，男，汉族，1970年5月生，经济学博士，太原市商务局局长。",
        {("李晓明", "太原市商务局", "局长")},
    ),
    ("title-before-name", "宁德时代首席科学家李晓明表示，电池很安全。", {("李晓明", "宁德时代", "首席科学家")}),
    (
        "title-before-name",
        "河北省纪委副书记、监察厅厅长李晓明出席。",
        {("李晓明", "河北省纪委", "副书记"), ("李晓明", "河北省监察厅", "厅长")},
    ),
    (
        "title-before-name",
        "福建省委常委，省政府副省长周大同；江西省委常委，省政府党组副书记李晓明出席。",
        {
            ("周大同", "福建省委", "常委"),
            ("周大同", "福建省政府", "副省长"),
            ("李晓明", "江西省委", "常委"),
            ("李晓明", "江西省政府党组", "副书记"),
        },
    ),
    (
        "title-before-name",
        "青河市委常委、副市长、市公安局局长李晓明出席会议。",
        {("李晓明", "青河市委", "常委"), ("李晓明", "青河市", "副市长"), ("李晓明", "青河市公安局", "局长")},
    ),
    (
        "title-before-name",
        "太原市第九医院呼吸与危重症医学科（以下简称呼吸科）主任李晓明参加会诊。",
        {("李晓明", "太原市第九医院呼吸与危重症医学科", "主任")},
    ),
    ("title-before-name", "青石汽车大中华区总裁李晓明出席。", {("李晓明", "青石汽车大中华区", "总裁")}),
    ("title-before-name", "欧盟驻香港及澳门办事处主任李晓明出席。", {("李晓明", "欧盟驻香港及澳门办事处", "主任")}),
    ("title-before-name", "7月28日，东方甄优CEO李晓明在直播中回应。", {("李晓明", "东方甄优", "CEO")}),
    ("verb-post", "李晓明2022年2月任驻新加坡大使。", {("李晓明", "中国", "驻新加坡大使")}),
    (
        "verb-post",
        "李晓明在教育部参加工作，历任副处长、办公厅副主任等职务。",
        {("李晓明", "教育部", "副处长"), ("李晓明", "教育部办公厅", "副主任")},
    ),
    (
        "verb-post",
        "李晓明早年在北京工作，后任太原市商务局副处长、处长。",
        {("李晓明", "太原市商务局", "副处长"), ("李晓明", "太原市商务局", "处长")},
    ),
    (
        "verb-post",
        "李晓明历任太原市某部见习参谋，太原市商务局副局长，太原市某站见习参谋，忻州市委副书记。",
        {("李晓明", "太原市商务局", "副局长"), ("李晓明", "忻州市委", "副书记")},
    ),
    ("title-before-name", "太原市政协港澳委员李晓明出席。", {("李晓明", "太原市政协", "委员")}),
    (
        "title-before-name",
        "本报讯 上海市召开会议。副市长、民建市委主委李晓明出席。",
        {("李晓明", "上海市", "副市长"), ("李晓明", "民建上海市委", "主委")},
    ),
    ("title-before-name", "库珀24日前往以色列与以军总参谋长扎米尔举行会晤。", {("扎米尔", "以色列军", "总参谋长")}),
    ("name-apposition", "李晓明 太原市商务局局长", {("李晓明", "太原市商务局", "局长")}),
]


@pytest.mark.parametrize(("rule", "sentence", "expected"), EXAMPLES, ids=[e[1][:12] for e in EXAMPLES])
def test_example_of_a_rule(rule: str, sentence: str, expected: set[tuple[str, ...]]) -> None:
    found = read(sentence)
    assert rows(found, "position", "title") == expected
    assert rule in {f.rule for f in found.facts if f.kind == "position"}


def test_former_and_acting_posts_say_so() -> None:
    found = read("太原市委原书记周大同、忻州市代市长李晓明出席会议。")
    assert rows(found, "position", "title", "former", "acting") == {
        ("周大同", "太原市委", "书记", "yes", ""),
        ("李晓明", "忻州市", "代市长", "", "yes"),
    }


def test_relative_body_is_resolved_and_gives_a_reason() -> None:
    found = read("本报讯 太原市召开会议。市委书记周大同出席。")
    (fact,) = [f for f in found.facts if f.kind == "position"]
    assert fact.object == "organization:太原市委"
    assert fact.status == "inferred"
    assert fact.reason


def test_a_post_of_no_body_gives_way_to_one_of_a_body() -> None:
    found = read("院长李晓明介绍了情况。李晓明曾任太原市第九医院院长。")
    assert rows(found, "position", "title") == {("李晓明", "太原市第九医院", "院长")}


@pytest.mark.parametrize(
    "sentence",
    [
        "太原市书记处会议在太原举行。",
        "太原市委常委会议研究了有关工作。",
        "省领导周大同出席会议。",
        "见习记者周大同",
        "村民周大同说，日子好了。",
        "太原市领导班子进行了调整。",
        "周大同代表企业发言。",
        "太原市政协委员工作室在社区揭牌。",
    ],
)
def test_what_is_no_post(sentence: str) -> None:
    assert rows(read(sentence), "position", "title") == set()


def test_evidence_stands_in_one_sentence() -> None:
    found = read("太原市委书记周大同出席会议。太原市市长李晓明主持会议。")
    for fact in found.facts:
        assert "。" not in found.quote(fact)[:-1]


def test_same_post_in_two_wordings_is_one_fact() -> None:
    found = read("山西省太原市商务局局长周大同出席会议。太原市商务局局长周大同讲话。")
    assert len(rows(found, "position", "title")) == 1


def test_semicolon_between_persons_parts_their_posts() -> None:
    found = read("太原市商务局局长周大同；太原市财政局副局长、一级调研员李晓明参加。")
    assert rows(found, "position", "title") == {
        ("周大同", "太原市商务局", "局长"),
        ("李晓明", "太原市财政局", "副局长"),
        ("李晓明", "太原市财政局", "一级调研员"),
    }


def test_posts_in_a_bracket_are_not_those_of_the_next_person() -> None:
    found = read("太原市商会会长周大同（曾任太原市商务局局长）、太原市文联主席李晓明出席。")
    assert ("李晓明", "太原市商务局", "局长") not in rows(found, "position", "title")
