"""Who went where: the sites of a tour and who goes there."""

from __future__ import annotations

from .extraction import read, rows


def _visits(text: str) -> set[tuple[str, str]]:
    found = read(text, date="2023-08-03")
    names = {entity.key: entity.name for entity in found.entities}
    return {(names[f.subject], names[f.object]) for f in found.facts if f.kind == "visit" and f.status != "candidate"}


def test_a_common_noun_before_a_site_is_no_part_of_its_name() -> None:
    found = _visits("8月2日，市长吴建国来到白石镇最大的动迁房小区青河苑小区，检查消防安全。")
    assert ("吴建国", "青河苑小区") in found


def test_the_rooms_of_one_house_have_its_name() -> None:
    found = _visits("8月2日，市长吴建国参观了青河市人民医院儿科、检验科、介入室。")
    assert {("吴建国", "青河市人民医院检验科"), ("吴建国", "青河市人民医院介入室")} <= found


def test_a_foreign_city_is_visited_with_its_country() -> None:
    assert {("陈立新", "德国"), ("陈立新", "柏林")} <= _visits("外交部长陈立新8月2日抵达德国首都柏林。")


def test_what_is_done_every_year_is_no_visit() -> None:
    assert _visits("陈立新每年都前往青河镇。") == set()


def test_a_speech_about_a_tour_is_no_tour() -> None:
    assert _visits("会议指出，要深入学习贯彻习近平总书记考察山西重要讲话精神。") == set()


def test_an_envoy_goes_and_not_who_sends_him() -> None:
    found = _visits("主席王大明特使、外交部长陈立新将于8月10日前往德国出席会议。")
    assert ("陈立新", "德国") in found
    assert ("王大明", "德国") not in found


def test_a_body_goes_and_its_leaders_without_a_name_do_not_make_it_go() -> None:
    assert ("青河市教育局", "柳河村") in _visits("8月2日，青河市教育局赴柳河村开展帮扶工作。")
    assert _visits("8月2日，青河市教育局领导赴柳河村开展帮扶工作。") == set()


def test_a_group_without_a_name_tours_all_its_sites() -> None:
    found = read("5月3日，参会人员集体调研观摩了城东工业园、白马湖湿地公园。", date="2023-05-04")
    assert {place for _, place in rows(found, "event")} == {"城东工业园", "白马湖湿地公园"}


def test_a_venue_ends_before_with_whom_and_about_what() -> None:
    found = read("5月3日，副市长何伟率调研组在浙江就数字经济开展专题调研。", date="2023-05-04")
    assert ("何伟", "浙江") in rows(found, "visit")


def test_spouses_go_together_to_the_country_a_visit_is_paid_to() -> None:
    found = read("3日至5日，国家主席王建国偕夫人李梅对法国进行国事访问。", date="2023-05-06")
    assert {("王建国", "法国"), ("李梅", "法国")} <= rows(found, "visit")


def test_one_of_many_is_no_site() -> None:
    found = read("5月3日，市长李强华走访了多家酒店。", date="2023-05-04")
    assert not rows(found, "visit")


def test_a_tour_of_those_whom_somebody_leads() -> None:
    found = read("3日，临江市市长李常明带领部分企业负责人深入青河大学，围绕科技创新进行调研。", date="2023-08-04")
    assert rows(found, "visit") == {("李常明", "青河大学")}


def test_an_activity_in_several_cities() -> None:
    found = rows(
        read("8月23日，青河县县长严家林率队赴重庆、武汉等地开展招商活动。", date="2023-08-24"), "event", "kind"
    )
    assert {row[1] for row in found if row[0] == "招商活动"} == {"重庆", "武汉"}
