"""Places one can go to or gather at, as a list after a verb names them; long ones (``露香园二期项目工地``) too."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg.analysis.document import Document
from kg.extract.draft import Draft
from kg.extract.shapes import Item, Line
from kg.language import gazetteer
from kg.language.event_words import event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_NOUNS = ("n", "nz", "nw", "vn", "an", "a", "m", "s", "f", "LOC", "ORG", "j", "q", "xc", "b", "PER", "t")

_LEAD = re.compile(r"(?:一行|当地|位于|辖区|现场)+")
_LOCATED = ("位于", "地处", "坐落于", "坐落在")
_ROOM = re.compile(
    r"(?P<house>[\u4e00-\u9fff]{2,20}(?:医院|大学|学院|学校|中学|小学|公司|集团|法院|检察院))?"
    r"[\u4e00-\u9fff]{1,12}(?:科|室|实验室|车间|展厅|大厅|病房|门诊|急诊部|培训中心|生产线|办公室)"
)
_ROADS = re.compile(r"(?:路口|街口|号|弄|交叉口)$")


@dataclass(frozen=True, slots=True)
class Site:
    """A place or body that someone went to: its key and where it is printed."""

    key: str
    start: int
    end: int


def sites_after(draft: Draft, line: Line, offset: int, *, motion: bool, limit: int = -1) -> list[Site]:
    """The sites of a list that begins at an offset: each piece between 、 and 和 that names a place or ends like one."""
    sites: list[Site] = []
    house = ""
    for piece in _pieces(line, offset, limit):
        room = _ROOM.fullmatch(line.text, piece.start, piece.end)
        if room is not None and room.group("house"):
            house = room.group("house")
        elif house and room is not None and not line.mentions(piece.start, piece.end, "place"):
            # A医院儿科、检验科: another room of the same house
            span = Span(piece.start, piece.end)
            whole = f"{house}{line.text[piece.start : piece.end]}"
            key = draft.entity("place", whole, span=span, alias=room.group(), reason="名称补以所属单位")
            sites.append(Site(key, piece.start, piece.end))
            continue
        else:
            house = ""
        site = site_in(draft, line, piece.start, piece.end, motion, sure=piece.sure or motion)
        if site is None and piece.owner is not None:
            # 察看了A县的防汛工作, 来到A县的B村: B where it names a site, else A
            site = site_in(draft, line, *piece.owner, motion)
        if site is not None:
            sites.append(site)
    return sites


@dataclass(slots=True)
class _Piece:
    """One entry of a list of sites.

    Attributes:
        owner: what stands before 的 there.
        joint: the joining word behind it.
        sure: the list ends behind it, or goes on: what follows does not make it the attribute of something else.
    """

    start: int
    end: int
    owner: tuple[int, int] | None = None
    joint: str = ""
    sure: bool = True


def _pieces(line: Line, offset: int, limit: int) -> list[_Piece]:
    """The entries of a list of nouns. A bracket before one is not read; the head of an entry stands behind 的."""
    pieces: list[_Piece] = []
    start: int | None = None
    end = offset
    owner: tuple[int, int] | None = None
    depth = 0
    sure = True
    for item in line.items[line.index(offset) :]:
        if 0 <= limit <= item.start:
            break
        if item.code == "open":
            depth += 1
            if start is None and item.text in "（(【[":
                continue
        elif item.code == "close":
            depth -= 1
            if start is None:
                continue
        elif depth > 0:
            if start is None:
                continue
        elif item.text.startswith("—") or (start is None and (item.tag == "r" or item.text in _LOCATED)):
            # 帮扶村——A村: what is named is A村; 位于A的B
            start = None
            continue
        elif item.text == "的" and start is not None:
            owner, start = owner or (start, end), None
            continue
        elif item.code == "join":
            if start is not None:
                pieces.append(_Piece(start, end, owner, item.text))
            elif owner is not None:
                pieces.append(_Piece(*owner, None, item.text))
            start, owner = None, None
            continue
        elif item.code == "mark" and not item.text.strip():
            continue
        elif (
            item.code in ("mark", "person")
            or (item.code == "title" and not _in_name(line, item))
            or (item.mention is None and item.tag not in _NOUNS and item.text not in words("events", "tour", "apposed"))
            or item.text in ("等", "等地", "等处", "时", "期间", "后", "之后", "过程中")
        ):
            if item.text == "了":
                continue
            if item.tag in ("v", "vd", "d") and _apposition_ahead(line, item.end):
                # 本次台风重点影响区域A市: a common noun ahead, then the name
                start = None
                continue
            if item.code in ("person", "title") and owner is not None:
                # 到A工作的省委书记: who works there
                start = None
            # 看望慰问儿科、检验科等医务人员: whose people they are
            of_people = item.text.startswith("等") and _ends_like_topic().search(
                line.text[item.end : line.clause_end(item.end)]
            )
            if of_people:
                for piece in pieces:
                    piece.sure = False
            sure = not of_people and (
                item.code == "mark" or item.text.startswith(("等", "时", "期间", "后")) or item.tag == "v"
            )
            break
        if start is None:
            start = item.start
        end = item.end
    if start is not None:
        pieces.append(_Piece(start, end, owner, "", sure))
    elif owner is not None:
        pieces.append(_Piece(*owner))
    return _rejoined(line, pieces)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(f"[^，。；、]{{0,8}}?(?:{alternatives(words('events', 'tour', 'apposed'))})")


def _apposition_ahead(line: Line, offset: int) -> bool:
    """Whether a common noun and right behind it a place's name end the phrase: …影响区域A市，"""
    noun = _ahead().match(line.text, offset, line.clause_end(offset))
    return noun is not None and any(
        m.start == noun.end() for m in line.mentions(noun.end(), line.clause_end(offset), "place")
    )


def _in_name(line: Line, title: Item) -> bool:
    """Whether a title is part of a site's name: 编辑大厅, 人大代表联络站."""
    index = line.index(title.end)
    following = line.items[index] if index < len(line.items) else None
    return following is not None and following.mention is None and following.tag in ("n", "nz", "s", "vn")


def _rejoined(line: Line, pieces: list[_Piece]) -> list[_Piece]:
    """Entries, those of one name together: 精细化工及原料工程项目现场."""
    found: list[_Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before is not None
            and before.joint in ("及", "与", "和")
            and before.owner is None
            and piece.owner is None
            and before.end - before.start >= 4
            and not _names_site(line, before.start, before.end)
            and not line.mentions(piece.start, piece.end, "place", "organization")
        ):
            before.end, before.joint, before.sure = piece.end, piece.joint, piece.sure
        else:
            found.append(piece)
    return found


def _names_site(line: Line, start: int, end: int) -> bool:
    named = line.mentions(start, end, "place", "organization")
    return bool(named and named[-1].end == end) or _ends_like_site().search(line.text[start:end]) is not None


@cache
def _ends_like_site() -> re.Pattern[str]:
    return re.compile(
        f"(?:{alternatives([*words('places', 'sites'), *words('organizations', 'suffixes', 'words'), *words('events', 'tour', 'sites')])})[”》）)]?$"
    )


@cache
def _ends_like_topic() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('events', 'tour', 'topic'))})$")


def site_in(draft: Draft, line: Line, start: int, end: int, motion: bool, *, sure: bool = True) -> Site | None:
    """The site that a noun phrase names.

    Args:
        motion: it is the goal of a movement; what is only inspected has to end like a site.
        sure: nothing follows that would make a phrase without a name of its own the attribute of something else.
    """
    lead = _LEAD.match(line.text, start, end)
    start = lead.end() if lead is not None else start
    named = line.mentions(start, end, "place", "organization")
    text = line.text[start:end].strip("“”").strip()
    whole = next((m for m in named if m.start == start and m.end == end), None)
    if whole is not None and (seen := _SEEN.search(line.text, start + 2, end)) is not None:
        # a name that swallowed the verb: 赴青岛|考察商会
        span = Span(start, seen.start())
        return site_in(draft, line, span.start, span.end, motion, sure=sure) or Site(
            draft.entity("place", line.text[span.start : span.end], span=span), span.start, span.end
        )
    if whole is not None and (line.document.name(whole) != text or not _nameless().match(text)):
        return Site(draft.mentioned(whole), start, end)
    topic = _ends_like_topic().search(text) is not None
    if named and named[-1].end == end and (apposed := _apposed(line, start, named[-1])) is not None:
        return Site(draft.mentioned(apposed), apposed.start, end)
    if named and _ROADS.search(text) and named[0].start == start:
        return Site(draft.entity("place", text, span=Span(start, end)), start, end)
    if named and named[-1].end == end and not topic:
        # 新疆克拉玛依市: the innermost; 驻湖某部 and the like are whole
        inner = named[-1]
        outer = line.mentions(start, inner.start, "place")
        if (
            inner.type == "organization"
            and outer
            and outer[0].start == start
            and outer[-1].end == inner.start
            and len(inner.text) <= 4
        ):
            # 杭州警备区: what the body is called without its place names none
            return Site(draft.entity("organization", text, span=Span(start, end)), start, end)
        before = line.mentions(start, inner.start, "place")
        if inner.start == start or (
            before and (inner.type == "place" or line.document.name(inner).startswith(before[0].text[:2]))
        ):
            return Site(draft.mentioned(inner), inner.start, end)
    if (
        not topic
        and (sure or named)
        and _ends_like_site().search(text)
        and 3 <= len(text) <= 30
        and text not in word_set("places", "common")
        and not _nameless().match(text)
    ):
        first = next((m for m in named if m.start == start), None)
        whole_name = f"{_printed(line, first)}{line.text[first.end : end]}" if first is not None else text
        reason = line.document.reasons.get(first.span, "") if first is not None and whole_name != text else ""
        return Site(draft.entity("place", whole_name, span=Span(start, end), alias=text, reason=reason), start, end)
    if named and (topic or motion):
        return Site(draft.mentioned(named[-1]), named[-1].start, named[-1].end)
    return None


_SEEN = re.compile(r"(?:考察|调研|视察|走访|慰问|参观)(?!中心|基地|室|站|点|团|组|队|处|院|馆|部|协会|学会|活动)")


@cache
def _nameless() -> re.Pattern[str]:
    """What begins like some of many, or one that is pointed at, names none: 多家酒店, 相关乡镇, 该公司展厅."""
    return re.compile(
        f"(?:{alternatives(words('events', 'tour', 'nameless'))})|[0-9一两二三四五六七八九十百几数多]+[余多]?[家个座处所条户间片批](?!庄|村|镇|乡|桥|河|山)"
    )


def _apposed(line: Line, start: int, inner: Mention) -> Mention | None:
    """The name behind a common noun: 侨商企业A公司, 最大的动迁房小区B苑, 苗族村寨C村."""
    lead = line.text[start : inner.start]
    return inner if lead.endswith(words("events", "tour", "apposed")) and len(inner.text) > 1 else None


_CAPITAL = re.compile(r"(?:的?首都|首府|省会)")


def venue_in(draft: Draft, line: Line, start: int, end: int) -> Site | None:
    """Where something was held, from the words between 在 and 举行: 印度金奈 whole, 肯尼亚首都内罗毕 without what it is the capital of."""
    text = line.text
    lead = next((i for i in line.items[line.index(start) :][:1] if i.mention is None and i.text in ("对", "就")), None)
    start = lead.end if lead is not None and lead.end < end else start  # 在对A开展检查时
    end = _before_company(line, start, end)
    if text[end - 1] in "）)" and (opening := max(text.rfind("（", start, end), text.rfind("(", start, end))) > start:
        end = opening
    capital = _CAPITAL.search(text, start, end)
    if capital is not None and end - capital.end() >= 2:
        start = capital.end()
        name = text[start:end]
        whole = next((m for m in line.mentions(start, end, "place") if m.start == start and m.end == end), None)
        return Site(
            draft.mentioned(whole) if whole is not None else draft.entity("place", name, span=Span(start, end)),
            start,
            end,
        )
    named = line.mentions(start, end, "place")
    leading = start
    count = 0
    for mention in named:
        if mention.start != leading:
            break
        leading, count = mention.end, count + 1
    rest = text[leading:end]
    if count >= 2 and len(rest) >= 4 and _ends_like_site().search(rest):
        # 武汉市武昌区…酒店: what the place is called, without what it lies in
        return Site(draft.entity("place", rest, span=Span(leading, end)), leading, end)
    if count == 1 and named[0].text in gazetteer.countries() and _FOREIGN.fullmatch(rest):
        # 印度金奈: a city that no list knows
        return Site(draft.entity("place", rest, span=Span(leading, end)), leading, end)
    if count == 1 and len(named) == 1 and _FOREIGN.fullmatch(rest) and not line.mentions(leading, end, "organization"):
        name = f"{_printed(line, named[-1])}{rest}"
        return Site(draft.entity("place", name, span=Span(start, end)), start, end)
    return site_in(draft, line, start, end, motion=True)


_COMPANY = ("与", "同", "跟", "就", "围绕", "针对", "对", "向", "为", "会见", "会同", "联合", "以", "由")


def _before_company(line: Line, start: int, end: int) -> int:
    """Where a venue ends before with whom or about what it is: 在A|与B举行会谈, 在A|就B开展调研."""
    for item in line.items[line.index(start) : line.index(end)]:
        if item.start > start and item.mention is None and item.text in _COMPANY:
            return item.start
    return end


_FOREIGN = re.compile(r"[^\W与同和及并的]{2,10}")


@cache
def _came() -> re.Pattern[str]:
    doing = alternatives(
        [
            *words("events", "tour", "came_to"),
            *(word for pair in event_verbs() for word in [pair] if event_verbs()[pair].kind == "visit"),
        ]
    )
    return re.compile(f"(?:来|赴|到|抵|莅)(?P<place>[\u4e00-\u9fff])(?={doing}|[，。])")


def _one_character(text: str) -> dict[str, str]:
    """What a character may stand for in an article: 宁 is 南京 where the text speaks of it and not of 宁夏."""
    found = {"华": "中国", **gazetteer.abbreviations()}
    for pair in words("events", "tour", "also"):
        character, _, name = pair.partition("=")
        if name.removesuffix("市") in text and found.get(character, "　")[:2] not in text:
            found[character] = name
    return found


def _named_here(document: Document, character: str) -> str:
    """The district that an article names oftenest by a name that begins with a character: 松 of 松江区."""
    names = [document.name(m) for m in document.mentions if m.type == "place" and m.text.startswith(character)]
    districts = Counter(name for name in names if len(name) > 1 and name.endswith(("市", "区", "县", "旗", "州", "盟")))
    return max(districts, key=lambda name: (districts[name], name), default="")


def came_to(draft: Draft, line: Line, start: int, end: int) -> list[Site]:
    """Places called by one character after 来, 赴 …: 来并调研. The article's own place comes first (来松 in a paper of 松江), then the usual one."""
    sites = []
    for match in _came().finditer(line.text, start, end):
        character = match.group("place")
        locality = line.document.locality
        name = locality if locality.startswith(character) else _one_character(line.document.text).get(character, "")
        name = name or _named_here(line.document, character)
        index = line.index(match.start())
        whole = (
            index < len(line.items) and line.items[index].start == match.start() and line.items[index].mention is None
        )
        if name and whole and line.items[index].end <= match.end():
            sites.append(
                Site(
                    draft.entity(
                        "place", name, span=Span(*match.span("place")), alias=character, reason=f"{character}所指"
                    ),
                    *match.span("place"),
                )
            )
    return sites


def _printed(line: Line, mention: Mention) -> str:
    """A place as printed where its complete name only adds 市 or the like; its complete name else (我市, 区)."""
    name = line.document.name(mention)
    return mention.text if name.startswith(mention.text) and len(name) == len(mention.text) + 1 else name
