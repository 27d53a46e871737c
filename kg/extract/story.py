"""What the stages that tell of happenings share: an article being read for them, its dates, its speech, its places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.dates import Date, Dates
from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.extract.happenings import Happening, Happenings
from kg.extract.shapes import Line, Lines
from kg.extract.sites import Site, came_to, sites_after, venue_in
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_QUOTATION = re.compile(r"“[^”]{25,}(?:”|$)")
_CARRIED_ON = re.compile(r"(?:要|一要|二要|三要|必须|希望|切实|坚持|坚决|各级|全力|下一步)")
_SPEAKING = ("会议", "他", "她", "会上", "上", "中", "时", "双方", "大会", "全会", "等", "方面", "会", "同志", "一行")


@dataclass(slots=True)
class Story:
    """An article being read for happenings."""

    document: Document
    draft: Draft
    dates: Dates
    lines: Lines

    @property
    def happenings(self) -> Happenings:
        return self.draft.happenings

    def key(self, mention: Mention) -> str:
        return self.draft.mentioned(mention)

    def keys(self, mentions: Sequence[Mention]) -> list[str]:
        """The keys of all that mentions name. Beside a counted body (太原、忻州两市人大常委会) its places only say which."""
        counted = [m for m in mentions if m.span in self.document.parts]
        return [key for m in counted or mentions for key in self.draft.mentioned_all(m)]

    def printed(self, mentions: list[Mention]) -> str:
        return "、".join(self.document.name(m) for m in mentions)


def when_and_where(story: Story, line: Line, happening: Happening, start: int, end: int, named: int = -1) -> None:
    """Set the day and the place of a happening that is told in ``text[start:end]``; its name ends at ``named``."""
    while end < line.sentence.end and line.text[end] in "”》」』’" and line.text[start - 1 : start] in "“《「『‘":
        end += 1  # what stands after the quotation marks of a name is of its clause
    happening.date, happening.date_reason = date_of(story, line, start, end, named)
    if len(happening.date) == 4 and len(happening.references) > 1:
        happening.date = happening.date_reason = ""  # a year that is spoken of when it is told again
    if happening.background and not _beside(story, line, start) and not story.dates.within(max(named, start), end):
        # 7月21日，…传达学习…大会精神: the day is not that of the 大会
        happening.date = happening.date if len(happening.date) == 4 else ""
        happening.places = []
        return
    happening.places = places_of(
        story, line, start, end, verbal=happening.verbal, visit=happening.kind in ("visit", "activity", "trip")
    )
    if not happening.places and happening.kind == "competition":
        # 福冈游泳世锦赛: a contest is held where its name says
        happening.places = [
            story.key(m) for m in line.mentions(start, named if named > 0 else end, "place") if m.start == start
        ][:1]
    if not happening.places:
        # …项目建设驻马店分会场活动
        happening.places = [
            story.key(m)
            for m in line.mentions(start, end, "place")
            if line.text.startswith(("分会场", "主会场", "会场"), m.end)
        ][:1]


def date_of(story: Story, line: Line, start: int, end: int, named: int = -1) -> tuple[str, str]:
    """The day of a happening told at an offset: named before it in its sentence, else after it in its clause.

    A bare year that is part of a name (2023年…会议) tells less than a day named before it, unless that day is of another year.

    Args:
        named: where its name ends, when a verb that holds it ends at ``end``: a day between the two is its own (会议将于7月21日举行).
    """
    if start < named < end and (
        own := [d for d in story.dates.within(named, end) if d.value and not _of_a_count(line.text, d)]
    ):
        return own[0].value, own[0].reason
    dates = [
        d
        for d in story.dates.within(line.sentence.start, start)
        if (d.value or d.vague) and not _of_life(line.text, d) and not _of_a_count(line.text, d)
    ]
    before = [d for d in dates if not _of_source(line, d, start)]
    years = [d for d in story.dates.within(start, max(named, start)) if len(d.value) == 4]
    if (
        years
        and before
        and before[-1].value[:4] not in ("", "----", years[-1].value)
        and not before[-1].value.startswith("-")
    ):
        return years[-1].value, years[-1].reason
    if years and not before:
        inherited = story.dates.before(line.sentence.start)
        if inherited is not None and len(inherited.value) == 10 and inherited.value[:4] != years[-1].value:
            return years[-1].value, years[-1].reason  # …2022年毕业典礼 is not of a day of 2023
    days = [d for d in before if d.is_day]
    if before:
        last = before[-1]
        sure = len(last.value) > 4 or last.vague
        if sure or (not days and last.end < start - 1):
            return last.value, last.reason
    if days:
        return days[-1].value, days[-1].reason
    after = [
        d
        for d in story.dates.within(start, line.clause_end(end))
        if (d.start >= end or len(d.value) > 4) and not _of_a_count(line.text, d)
    ]
    if after:
        return after[0].value, after[0].reason
    if before:
        return before[-1].value, before[-1].reason
    if dates and line.text.startswith(("电", "讯"), dates[-1].end):
        return dates[-1].value, dates[-1].reason
    gathering = _there(story, line)
    return (gathering.date, "据所在活动的日期") if gathering is not None and gathering.date else ("", "")


_AT_IT = re.compile(
    r"(?:会议|大会|活动|仪式|论坛|座谈会?|签约|启动仪式|开幕式|典礼|发布会|会)(?:现场)?(?:上|期间|当天|后)[，,]|(?:现场|会前|会后|期间)[，,]"
)


def _there(story: Story, line: Line) -> Happening | None:
    """The gathering that a sentence goes on to tell of: 会上，…, 仪式上，…"""
    if _AT_IT.match(line.text, line.sentence.start, line.sentence.end) is None:
        return None
    return story.happenings.current(line.sentence.end, "meeting", "ceremony", "activity", "signing", gatherings=True)


def _beside(story: Story, line: Line, start: int) -> bool:
    """A date right before a name, without a comma between."""
    near = story.dates.within(max(line.sentence.start, start - 30), start)
    return bool(near) and not re.search(r"[，。；、]", line.text[near[-1].end : start])


_SOURCE = re.compile(
    r"(?:据|记者|笔者|从)[^。；]{0,60}?(?:获悉|了解到?|报道|消息|介绍|通报|显示|披露|透露|公告|称)[，：,:]?$"
)


def _of_source(line: Line, date: Date, start: int) -> bool:
    """When news came, not when it happened: 新华社8月4日电, 记者8月4日从…获悉，, 据…8月4日消息，."""
    if line.text.startswith(("电", "讯", "报道", "消息"), date.end):
        return True
    end = line.clause_end(date.end)
    return end < start and _SOURCE.fullmatch(line.text, line.clause_start(date.start), end) is not None


_COUNTED = re.compile(r"[^，。；]{0,12}倒计时")


def _of_a_count(text: str, date: Date) -> bool:
    """A day up to which something is counted: 截至8月4日; from which days are counted down; a year since which something goes on."""
    if text[max(0, date.start - 2) : date.start] in ("截至", "截止", "止到"):
        return True
    if len(date.value) == 4 and text.startswith("以来", date.end):
        return True
    return _COUNTED.match(text, date.end) is not None


def _of_life(text: str, date: Date) -> bool:
    """When somebody was born, began to work: 1969年9月生, 出生于1969年9月."""
    return text.startswith(("生", "出生", "入党", "参加工作"), date.end) or text[
        max(0, date.start - 3) : date.start
    ].endswith("生于")


@cache
def _held_in() -> re.Pattern[str]:
    verbs = alternatives([*words("events", "holding", "after"), *words("events", "holding", "before")])
    return re.compile(
        f"(?:在|于)(?P<place>(?:(?!出席|参加|由)[^，。；在]){{1,30}}?)(?:隆重|再次|首次|再度|陆续|同时|分别|先后|即将|准时|热烈|顺利|圆满|成功|胜利|如期|正式|盛大|以[^，。；]{{2,10}}形式|共同|联合|主会场|同步|举办地|，)*(?:{verbs})"
    )


_ATTENDED_IN = re.compile(
    r"(?:在|来到|前往|赴)(?P<place>[^，。；在]{2,24}?)(?:，)?(?:出席|参加|列席)了?[^，。；]{0,16}$"
)
_SETTLED = re.compile(r"(?:落户|落地|亮相|登陆|进驻|入驻|花落|移师|走进)(?:于|在|到)?$")
_THERE = re.compile(
    r"(?P<head>[^，。；！？\s]{0,12})在(?P<place>[^，。；在]{2,30}?)(?<![下里时后前间际旁])(?<!(?:程|动|会|其|式|当|节|赛)中)，"
)
_PLACE_ALONE = re.compile(r"\d日，(?P<place>[^，。；]{2,10})，[^。；]{0,80}$")


def places_of(
    story: Story, line: Line, start: int, end: int, *, verbal: bool = False, visit: bool = False
) -> list[str]:
    """The keys of where a happening took place: 在X举行 in its clause, 在X会见 and 赴X、Y调研 before its verb, 在X， at the head; empty where it is not said."""
    text = line.text
    stop = line.clause_end(end)
    for match in _held_in().finditer(text, line.clause_start(start, "。；！？;"), stop):
        if match.end() < start - 40:
            continue
        site = _venue(story, line, *match.span("place"))
        if site is not None:
            return [_whole(story, line, site)]
    begin = line.clause_start(start)
    attended = _ATTENDED_IN.search(text, line.sentence.start, start)
    if attended is not None and (site := _venue(story, line, *attended.span("place"))) is not None:
        return [site.key]
    if came := came_to(story.draft, line, begin, start):
        return [came[-1].key]
    for item in reversed([i for i in line.items if begin <= i.start < start]):
        if item.text == "在" and verbal:
            return [s.key for s in sites_after(story.draft, line, item.end, motion=True, limit=start)[:1]]
        if item.mention is None and item.text in word_set("events", "tour", "motion"):
            found = sites_after(story.draft, line, item.end, motion=True, limit=start)
            if verbal:
                return [s.key for s in found]
            return [s.key for s in (found if visit else found[:1]) if start - found[-1].end <= 14]
    if verbal and visit and (after := sites_after(story.draft, line, end, motion=False)):
        return [s.key for s in after]
    for place in line.mentions(end - 2 if verbal else end, stop, "place"):
        if _SETTLED.search(text, start, place.start):
            return [story.key(place)]
    if (site := _led_by(story, line, start)) is not None:
        return [site.key]
    alone = _PLACE_ALONE.search(text, line.sentence.start, start)
    if (
        alone is not None
        and line.mentions(*alone.span("place"), "place")
        and not line.mentions(*alone.span("place"), "organization", "title", "person")
    ):
        site = _venue(story, line, *alone.span("place"))
        return [site.key] if site is not None else []
    return []


_NO_VENUE = re.compile(
    r"^(?:各|多个|全[市省县区国]各?|[^，。；]{0,4}部分)|(?:运动会|[大亚奥全省]运会|冬奥会|博览会|进博会|锦标赛|[世锦]赛|联赛|论坛|峰会|年会|程|形式|方式|框架|基础|背景)$"
)
_AND_OTHERS = re.compile(
    r"(?:各(?:乡镇|县区|县市区|街道|社区|村|地)|(?:及|和|以及|与)(?:各|重点|部分|其他|所辖|下属|周边|有关|相关)[^，。；]{1,8})$"
)
_WHOSE = re.compile(r"(?:农户家?|群众|村民家?|居民家?|贫困户家?)(?:中|里)?$")


def _venue(story: Story, line: Line, start: int, end: int) -> Site | None:
    """The site that a happening was held at; none where the words name no single one, or another happening."""
    for extra in (_AND_OTHERS, _WHOSE):
        # 在A镇及重点村, 在B村农户家中
        if (match := extra.search(line.text, start, end)) is not None and match.start() - start >= 2:
            end = match.start()
    if _NO_VENUE.search(line.text[start:end]) is not None:
        return None
    return venue_in(story.draft, line, start, end)


def _led_by(story: Story, line: Line, start: int) -> Site | None:
    """在某市，…举行了…活动: the place that leads its part of a sentence is that of all the part tells, unless another is named nearer."""
    begin = line.clause_start(start, "。；！？;")
    for match in reversed(list(_THERE.finditer(line.text, begin, start))):
        named = line.mentions(*match.span("place"), "place", "organization")
        near = start - match.end() <= 20
        if line.mentions(*match.span("place"), "person") or not (near or named):
            return None
        if not near and (len(match.group("head")) > 5 or line.mentions(match.end(), start, "place")):
            return None
        return _venue(story, line, *match.span("place"))
    return None


_OF_A_LEVEL = re.compile(
    r"(?P<level>[省市县区镇乡村])(?![民场区城域长级内直]|中[学医区院]|[东南西北][区路街])(?=.{2,})"
)


def _whole(story: Story, line: Line, site: Site) -> str:
    """The key of a venue that is called by its level (县中心广场): with the county, city … named last before it."""
    printed = line.text[site.start : site.end]
    match = _OF_A_LEVEL.match(printed)
    if match is None or site.key != f"place:{printed}":
        return site.key
    before = [story.document.name(m) for m in story.document.mentions_in(0, site.start, "place")]
    for name in (*reversed(before), story.document.locality):
        if name.endswith(match.group("level")) and len(name) > 2:
            return story.draft.entity(
                "place",
                f"{name}{printed[1:]}",
                span=Span(site.start, site.end),
                alias=printed,
                reason=f"前文提到{name}",
            )
    return site.key


def place_of(story: Story, line: Line, start: int, end: int, *, verbal: bool = False) -> str:
    """The key of the first place of ``places_of``; empty where none is said."""
    return next(iter(places_of(story, line, start, end, verbal=verbal)), "")


def speech_zones(line: Line) -> list[Span]:
    """What a sentence reports as said: from a reporting verb's comma to the sentence's end, and quotations of some length."""
    zones = []
    for index, item in enumerate(line.items):
        if item.tag == "v" and item.text in word_set("events", "unreal", "reporting") and _reports(line, index):
            zones.append(Span(item.end, line.sentence.end))
            break
        if (
            item.text in ("希望", "呼吁", "期待", "要求")
            and item.tag == "v"
            and index
            and line.items[index - 1].code == "mark"
        ):
            zones.append(Span(item.end, line.sentence.end))
    for quote in _QUOTATION.finditer(line.text, line.sentence.start, line.sentence.end):
        zones.append(Span(*quote.span()))
    if _CARRIED_ON.match(line.text, line.sentence.start):
        zones.append(line.sentence.span)
    return zones


def _reports(line: Line, index: int) -> bool:
    """Whether a reporting verb has a speaker before it and words after it: A指出，…; not 有关要求，… or 官网称：…"""
    item = line.items[index]
    following = line.text[item.end : item.end + 2].lstrip("了")[:1]
    if following not in "，：:,“":
        return False
    index -= 1
    while index >= 0 and (
        line.items[index].text in word_set("roles", "walk", "light") or line.items[index].tag in ("d", "ad", "v", "c")
    ):
        index -= 1
    before = line.items[index] if index >= 0 else None
    if before is None:
        return True
    if following in "：:":
        return before.code in ("person", "title") or before.text in _SPEAKING
    return (
        before.code in ("person", "title", "mark", "close")
        or before.text in _SPEAKING
        or (before.code == "organization" and following != "：")
    )


def inside(zones: list[Span], offset: int) -> bool:
    return any(z.start <= offset < z.end for z in zones)
