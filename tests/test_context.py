"""Short names made complete from the article's own context, with the reason."""

from __future__ import annotations

import pytest

from kg.analysis import analyse
from kg.analysis.completion import shortened
from kg.analysis.context import Context, titled
from kg.analysis.coreference import joined_names
from kg.analysis.departments import base_of, split_body
from kg.model import Mention
from tests.extraction import article


def completed(text: str, printed: str, **meta: str) -> tuple[str, str]:
    """The complete name of the first mention printed so, and the reason."""
    document = analyse([article(text, **meta)])[0]
    mention = next(m for m in document.mentions if m.text == printed and m.type != "title")
    return document.name(mention), document.reasons.get(mention.span, "")


@pytest.mark.parametrize(
    ("text", "printed", "meta", "name"),
    [
        ("市委书记周立新主持会议。", "市委", {"publisher": "太原日报"}, "太原市委"),
        ("太原市举行大会。省委书记出席。", "省委", {}, "山西省委"),
        ("五常市委书记周立新，市委副书记李明出席。", "市委", {}, "五常市委"),
        ("昨日，市人大常委会召开会议。", "市人大常委会", {"place": "大同市"}, "大同市人大常委会"),
        ("太原市小店区举行活动，区委书记周立新讲话。", "区委", {}, "小店区委"),
        ("广西壮族自治区举行大会，自治区党委书记讲话。", "自治区党委", {}, "广西壮族自治区党委"),
        ("我市连日降雨，太原市全力应对。", "我市", {}, "太原市"),
        ("山西省公安厅党组书记、厅长周立新，厅党组成员李明出席。", "厅党组", {}, "山西省公安厅党组"),
    ],
)
def test_names_are_made_complete(text: str, printed: str, meta: dict[str, str], name: str) -> None:
    found, reason = completed(text, printed, **meta)
    assert found == name
    assert reason


def test_nothing_is_completed_where_nothing_decides() -> None:
    assert completed("昨日，市委召开会议。", "市委") == ("市委", "")


def test_where_a_leader_spoke_is_not_where_the_article_plays() -> None:
    text = "山西省太原市传达学习习近平总书记在四川省考察时的重要讲话精神。会议强调，要落实省委要求。"
    assert completed(text, "省委")[0] == "山西省委"


def test_the_paper_outweighs_the_places_it_writes_of() -> None:
    places = [Mention(i * 10, i * 10 + 3, "place", "大同市") for i in range(5)]
    assert Context(article("大同市" + "，" * 60, publisher="太原日报"), places).locality == "太原市"


def test_divisions_of_a_title() -> None:
    assert [d.name for d in titled("庆城县举行启动仪式")] == ["庆城县"]
    assert titled("举行启动仪式") == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("太原市委组织部", ("太原市", "委组织部")),
        ("太原市人大常委会", ("太原市", "人大常委会")),
        ("清河大学", ("清河大学", "")),
    ],
)
def test_a_body_is_a_place_and_the_rest(name: str, parts: tuple[str, str]) -> None:
    assert split_body(name) == parts


def test_departments_and_higher_places_are_taken_off() -> None:
    assert base_of("太原市公安局党组") == "太原市公安局"
    assert shortened("山西省太原市小店区人民政府") == "小店区人民政府"
    assert shortened("太原市小店区清河运输有限公司") == "太原市小店区清河运输有限公司"


def _joined(type_: str, *printed: str) -> dict[str, str]:
    context = Context(article("太原市"), [Mention(0, 3, "place", "太原市")])
    return {name: target for name, (target, _) in joined_names(type_, printed, context).items()}


def test_short_names_stand_for_full_ones() -> None:
    assert _joined("person", "乔治·沃伦", "沃伦", "周敏") == {"沃伦": "乔治·沃伦"}
    assert _joined("organization", "中国足协", "中国足球协会") == {"中国足协": "中国足球协会"}
    assert _joined("organization", "太原中院", "太原市中级人民法院") == {"太原中院": "太原市中级人民法院"}
    assert _joined("organization", "清河药业", "清河药业集团有限公司") == {"清河药业": "清河药业集团有限公司"}
    assert _joined("place", "太原", "太原市") == {"太原": "太原市"}


def test_parts_printed_alone_stand_for_the_whole() -> None:
    station = "清河市公安局城南分局金口派出所"
    assert _joined("organization", station, "金口派出所") == {"金口派出所": station}
    assert _joined("organization", "华安汽车", "华安") == {"华安": "华安汽车"}
    assert _joined("organization", "清河市医疗保障局", "清河市医保局") == {"清河市医保局": "清河市医疗保障局"}
    assert _joined("organization", "中国全国政协", "全国政协") == {"中国全国政协": "全国政协"}
    assert _joined("place", "利兹", "利兹市") == {"利兹": "利兹市"}
    assert _joined("place", "佛子庄乡班各庄大桥", "班各庄大桥") == {"班各庄大桥": "佛子庄乡班各庄大桥"}
    assert _joined("place", "洛里昂地区", "洛里昂") == {"洛里昂地区": "洛里昂"}


def test_parts_of_towns_are_no_towns() -> None:
    assert _joined("place", "金边市", "金边市区") == {"金边市区": "金边市"}
    assert _joined("place", "拒马河", "北拒马河", "双堰村", "双堰村村") == {}


def test_names_of_different_bodies_stay_apart() -> None:
    assert _joined("organization", "太原市委", "太原市纪委", "太原市委组织部") == {}
    assert _joined("person", "周敏", "周敏华") == {}


def test_the_same_words_are_of_one_type() -> None:
    document = analyse([article("白宫发言人说，白宫将公布报告。记者到白宫采访，白宫南草坪上站满了人。")])[0]
    spans = [m.span for m in document.mentions if m.type in ("person", "organization", "place")]
    assert len(spans) == len(set(spans))
