"""Names in made-up sentences: what is mentioned, and its complete name."""

from __future__ import annotations

import pytest

from kg.analysis import analyse
from kg.analysis.borders import clean
from kg.analysis.consistency import agreed, moved
from kg.analysis.document import Sentence, Token
from kg.analysis.mentions import choose
from kg.analysis.persons import looks_chinese, separated, spread
from kg.model import Mention
from tests.extraction import article


def names(text: str, type_: str, **meta: str) -> set[str]:
    """The complete names of one type in a text."""
    document = analyse([article(text, **meta)])[0]
    return {document.name(m) for m in document.mentions if m.type == type_ and m.score >= 0.5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清河市委书记周立新主持会议。", {"周立新"}),
        ("外长托马斯·沃伦会见了记者，沃伦表示双方将继续合作。", {"托马斯·沃伦"}),
        ("曾会见安德烈·科兹洛夫和玛丽亚·贝洛娃。", {"安德烈·科兹洛夫", "玛丽亚·贝洛娃"}),
        ("邻居张大爷说，王先生来过两次。", {"张大爷", "王先生"}),
        ("副主任 周 敏 出席会议。", {"周敏"}),
    ],
)
def test_persons(text: str, expected: set[str]) -> None:
    assert expected <= names(text, "person")


def test_a_foreign_name_takes_no_verb_and_no_title_with_it() -> None:
    found = names("财政部长布鲁诺·马尔尚将于周五访华，马尔尚称此行很重要。", "person")
    assert found == {"布鲁诺·马尔尚"}


def test_names_run_together_are_parted() -> None:
    found = separated([Mention(0, 5, "person", "周立新王敏", ("tagger",), 0.9)])
    assert [m.text for m in found] == ["周立新", "王敏"]
    assert [(m.start, m.end) for m in found] == [(0, 3), (3, 5)]


def test_a_sure_name_is_found_everywhere_but_inside_other_mentions() -> None:
    text = "周敏说。周敏中学开学。周敏答。"
    school = Mention(4, 8, "organization", "周敏中学")
    assert [m.start for m in spread(text, {"周敏": 0.9}, [Mention(0, 2, "person", "周敏"), school])] == [11]


@pytest.mark.parametrize(("name", "is_one"), [("周立新", True), ("欧阳明月", True), ("表示将", False), ("王说", False)])
def test_the_shape_of_chinese_names(name: str, is_one: bool) -> None:
    assert looks_chinese(name) is is_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("太原市委、市政府召开会议。", {"太原市委", "太原市政府"}),
        ("会议传达了省委省政府要求，山西省委常委王建国出席。", {"山西省委", "山西省政府"}),
        ("河南省委常委、组织部部长李卫东出席会议。", {"河南省委", "河南省委组织部"}),
        ("太原市委常委、市纪委书记、监委主任赵国强讲话。", {"太原市纪委", "太原市监委"}),
        ("国家发展改革委会同有关部门印发通知。", {"国家发展改革委"}),
        ("达州市达川区税务局举行仪式。", {"达川区税务局"}),
        ("政协山西省委员会召开会议。", {"山西省政协"}),
        ("据人民网报道，太原市公安局发布通报。", {"人民网", "太原市公安局"}),
        ("据《清河日报》消息，会议昨日举行。", {"清河日报"}),
        ("民进中央副主席、山西省委会主委陈明出席。", {"民进山西省委会"}),
        ("清源集团下属青河置业有限公司发布公告。", {"清源集团", "青河置业有限公司"}),
        ("据“清河发布”微信公众号消息，会议昨日举行。", {"清河发布"}),
        ("太原市政协原党组书记王建国接受审查。", {"太原市政协党组"}),
        ("太原市司法局律师工作处处长王建国出席会议。", {"太原市司法局律师工作处"}),
    ],
)
def test_organizations(text: str, expected: set[str]) -> None:
    assert expected <= names(text, "organization")


def test_a_bare_department_without_its_body_is_no_organization() -> None:
    assert "组织部" not in names("昨日，组织部部长出席会议。", "organization")


def test_a_kind_is_no_organization() -> None:
    assert names("有关部门负责同志和社会组织参加新时代文明实践活动。", "organization") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大会在山西省太原市举行。", {"山西省", "太原市"}),
        ("记者在巴西、法国采访。", {"巴西", "法国"}),
        ("推动中美关系发展，中国和美国同意继续对话。", {"中国", "美国"}),
        ("太原市举行活动，省长昨日在并调研。", {"太原市"}),
        ("京津冀协同发展座谈会召开。", {"京津冀"}),
        ("代表团参观襄阳古城。", {"襄阳古城"}),
        ("代表团参观长春农博园。", {"长春农博园"}),
        ("王建国，浙江开化人，2001年参加工作。", {"浙江", "开化"}),
    ],
)
def test_places(text: str, expected: set[str]) -> None:
    assert expected <= names(text, "place")


def test_a_slogan_is_no_place() -> None:
    assert "中国" not in names("深入推进中国式现代化，建设健康中国。", "place")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("双方签署了清河数据中心战略合作协议。", {"清河数据中心战略合作协议"}),
        ("会议审议了《清河市水资源条例（草案）》。", {"清河市水资源条例（草案）"}),
        ("她主演的电影《远山》获奖。", {"远山"}),
        (
            "会议学习了党章，审议通过清河市信访工作办法、清河市督查工作细则。",
            {"党章", "清河市信访工作办法", "清河市督查工作细则"},
        ),
        ("认真学习习近平总书记关于防汛工作的重要指示精神。", {"习近平总书记关于防汛工作的重要指示"}),
    ],
)
def test_documents(text: str, expected: set[str]) -> None:
    assert expected <= names(text, "document")


def test_speeches_in_general_are_no_document() -> None:
    assert names("认真学习习近平总书记重要讲话和重要指示批示精神。", "document") == set()


def test_a_site_of_the_articles_own_county_takes_its_name() -> None:
    assert "丹凤县中心广场" in names("丹凤县启动仪式在县中心广场举行。", "place")


def test_a_notice_named_in_short_is_none_of_its_own() -> None:
    text = "市政府印发《关于加强清河水库管理的通知》（以下简称《通知》）。《通知》要求加强巡查。"
    assert names(text, "document") == {"关于加强清河水库管理的通知"}


def test_the_surest_of_overlapping_mentions_stays_and_votes_add_up() -> None:
    one = Mention(0, 3, "place", "太原市", ("gazetteer",), 0.7)
    same = Mention(0, 3, "place", "太原市", ("lac",), 0.6)
    other = Mention(1, 4, "place", "原市区", ("lac",), 0.8)
    chosen = choose([other, one, same])
    assert [(m.text, m.sources) for m in chosen] == [("太原市", ("gazetteer", "lac"))]
    assert chosen[0].score == pytest.approx(0.88)


def test_mentions_lie_in_order_and_quote_the_text() -> None:
    text = "太原市委书记周立新在太原市人民政府会见美国客人。"
    document = analyse([article(text)])[0]
    spans = [(m.start, -m.end) for m in document.mentions]
    assert spans == sorted(spans)
    assert all(text[m.start : m.end] == m.text for m in document.mentions)
    assert all(isinstance(t, Token) for t in document.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "大型农产品物流中心里人来人往，商户们忙着备货。",
        "双方约定在软件园见面，随后前往核心区。",
        "各乡镇都要做好准备，我们村也不例外。",
        "民警提醒不要堵塞消防通道，活动现场秩序井然。",
    ],
)
def test_a_kind_of_place_is_no_name(text: str) -> None:
    assert names(text, "place") == set()


@pytest.mark.parametrize(
    "text",
    [
        "就业服务平台将发布岗位，金融科技公司也会参加。",
        "市场监管部门和检察机关将联合执法，检察机关介绍了情况。",
        "民警将男子交由属地派出所处理。",
        "全国法院累计受理案件百余万件。",
    ],
)
def test_a_kind_of_body_is_no_name(text: str) -> None:
    assert names(text, "organization") == set()


@pytest.mark.parametrize(
    ("text", "expected", "not_there"),
    [
        ("清河大学（以下简称“清大”）与华安集团签约，清大校长周立新出席。", {"清河大学", "华安集团"}, {"清大"}),
        (
            "浙江清源股份有限公司（证券简称：清源股份）发布公告，清源股份称业绩增长。",
            {"浙江清源股份有限公司"},
            {"清源股份"},
        ),
        ("华安技术有限公司与清源集团签约，华安董事长周立新出席。", {"华安技术有限公司", "清源集团"}, {"华安"}),
        ("俄罗斯俄国防部发布通报。", {"俄国防部"}, {"俄罗斯俄国防部"}),
        (
            "河阳县柳林镇召开会议，镇党委书记周立新主持，镇政府要求加强巡查。",
            {"柳林镇党委", "柳林镇政府"},
            {"镇党委", "镇政府"},
        ),
    ],
)
def test_short_names_stand_for_the_full_ones(text: str, expected: set[str], not_there: set[str]) -> None:
    found = names(text, "organization")
    assert expected <= found
    assert not found & not_there


def test_a_pair_with_china_is_two_countries() -> None:
    assert {"中国", "匈牙利"} <= names("中匈两国总理在布达佩斯会谈，匈牙利总理致辞。", "place")


def test_a_text_may_end_with_a_place() -> None:
    assert "太原市" in names("活动在山西省太原市", "place")


def test_cities_abroad_are_no_persons() -> None:
    person = Mention(1, 4, "person", "利雅得", ("tagger",), 0.9)
    site = Mention(1, 5, "person", "库拉霍沃", ("tagger",), 0.9)
    assert [m.type for m in moved("在利雅得举行。", [person])[1]] == ["place"]
    assert [m.type for m in moved("在库拉霍沃等地交战。", [site])[1]] == ["place"]
    assert moved("库拉霍沃表示欢迎。", [Mention(0, 4, "person", "库拉霍沃", ("tagger",), 0.9)])[1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("南京熊猫（600775）", ["南京熊猫"]),
        ("国际评级机构惠安评级公司", ["惠安评级公司"]),
        ("水利局（信息中心", ["水利局"]),
        ("某中心派出前方工作组", ["某中心", "前方工作组"]),
        ("河西警方、卫健委", ["河西警方、卫健委"]),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(text: str, expected: list[str]) -> None:
    tokens = [Token(i, i + 1, c, "n") for i, c in enumerate(text)]
    assert [text[a:b] for a, b in clean(text, 0, len(text), tokens, False)] == expected


def test_the_same_name_is_one_wherever_it_stands() -> None:
    text = "南山站停靠。到达小南山站。小南山站客流增长。"
    sentences = [Sentence(0, 6, "body"), Sentence(6, 13, "body"), Sentence(13, len(text), "body")]
    short = Mention(9, 12, "place", "南山站", ("tagger",), 0.6)
    full = Mention(13, 17, "place", "小南山站", ("lac", "tagger"), 0.95)
    found, _ = agreed(text, sentences, [[], [], []], [short, full], [], [])
    assert [m.text for m in found] == ["小南山站", "小南山站"]
