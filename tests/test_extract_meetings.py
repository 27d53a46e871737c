"""Who met whom."""

from __future__ import annotations

from .extraction import read, rows


def _meetings(text: str) -> set[tuple[str, str]]:
    found = read(text, date="2023-08-03")
    names = {entity.key: entity.name for entity in found.entities}
    return {(names[f.subject], names[f.object]) for f in found.facts if f.kind == "meeting" and f.status != "candidate"}


def test_a_bracket_between_the_sides_does_not_part_them() -> None:
    text = "8月2日，市长吴建国与白石集团（以下简称“白石”）董事长周海波举行会谈。"
    assert _meetings(text) == {("吴建国", "周海波")}


def test_a_body_before_a_post_is_not_met() -> None:
    text = "8月2日，市长吴建国会见了白石集团董事长周海波和柳河大学代表团。"
    assert _meetings(text) == {("吴建国", "周海波"), ("吴建国", "柳河大学代表团")}


def test_who_speaks_at_a_talk_with_named_guests_is_none_of_them() -> None:
    text = "8月2日，市长吴建国会见白石集团董事长周海波一行。陈立新先后发言。"
    assert _meetings(text) == {("吴建国", "周海波")}


def test_work_is_not_received() -> None:
    assert _meetings("8月2日，市长吴建国做好迎接检查工作。") == set()


def test_a_guest_who_comes_is_met_and_visits() -> None:
    found = read("5月3日，市长李强华与来沪考察的中天能源集团董事长马俊一行座谈交流。", date="2023-05-04")
    assert ("李强华", "马俊") in rows(found, "meeting")
    assert rows(found, "visit") == {("马俊", "上海市")}


def test_a_talk_is_held_where_it_says_and_not_where_the_guest_is_from() -> None:
    found = read("5月3日，美国国务卿布朗在华盛顿与德国外长施密特举行会谈。", date="2023-05-04")
    assert {place for _, place in rows(found, "event")} == {"华盛顿"}
