"""Chains of posts as the press prints them: ``省委常委、太原市委书记``, ``副市长兼公安局局长``.

A chain is one or more items; an item is a title with, before it, the words that name its organization, or none. This module
finds them by their form alone; ``bodies`` says which organization an item means, ``positions`` who holds the post.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from kg.analysis.document import Document, Sentence, Token
from kg.analysis.persons import looks_chinese
from kg.language import gazetteer
from kg.language.lexicon import alternatives, title_heads, title_pattern, words
from kg.model import Mention

# Words that only look like titles where one of these follows: 委员会, 书记处, 主席团, 部长级, 理事单位.
_NOT_AFTER = re.compile(r"(?:会(?![议见谈上同])|处|团|级|制|们|单位|岗位|办公|助理|室)")
_FORMER = re.compile(r"(?:原|前|时任|老)$")
_NEW = re.compile(r"(?:新任|新一届|首任|现任|新晋|历任|继任)$")
_FORMER_START = re.compile(r"(?:原|前|时任)(?=.{2})")
_NOUNS = frozenset(
    ("n", "nz", "nw", "ORG", "LOC", "vn", "an", "s", "j", "m", "q", "a", "f", "nr", "ns", "nt", "ad", "vd", "xc")
)
_LEADING = frozenset(("m", "q", "f", "a", "ad", "vd", "xc"))
_QUOTES = {"》": "《", "”": "“", "）": "（", ")": "(", "」": "「"}
_SEPARATOR = re.compile(r"\s*(?:、|兼任?|暨|和|及|以及|/|，|,|\||｜)?\s*(?:兼任?)?\s*")
_STRONG = re.compile(r"[、兼暨/]")
_LEVEL_CHARACTERS = "省市县区州旗盟镇乡村部局厅院处司科所站署会社校馆台园庭队厂行"
_SWALLOWED = re.compile(
    r"当选|担任|原党[组委]|(?:书记|常委|[市省县区部局厅]长|副主任)(?=.{4,})(?!.{0,4}(?:办公室|会议|联席))"
)
_ONE_UNIT = frozenset("处科室办部局组厅队院所站庭")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届任]")
_VERBS_IN_NAMES = frozenset(
    "保护 监督 检查 管理 应急 服务 开发 建设 规划 发展 改革 创新 监察 审判 执行 投资 贸易 生产 安全 退役 教育 培训 研究 交流 合作 督查 审计 设计 传播 运营 战略 宣传 统战 组织 财务 采购 销售 护理 康复 评估 认证 统计 消防 救援 招生 就业 编辑 出版 广播 演艺 文旅 演出 传媒 服务 整合 控股 评价 进修".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """One post of a chain, by form.

    Attributes:
        start, end: what is printed of it, its organization included.
        title_start: where the title begins; ``text[title_start:end]`` is the title as printed.
        title: the title without 原, 前 …
        body_start: where the words for the organization begin; equals ``body_end`` when there are none.
        body_end: where they end: one character inside the title for ``太原市长``, where 市 belongs to both.
        anchors: mentions of places and organizations in those words, in order.
        former: whether 原, 前 or 时任 stands before the title or its organization.
    """

    start: int
    end: int
    title_start: int
    title: str
    body_start: int
    body_end: int
    anchors: tuple[Mention, ...]
    former: bool = False

    @property
    def acting(self) -> bool:
        """代市长, 代理主席, 署理行政长官."""
        return self.title.startswith(("代", "署理")) and not self.title.startswith("代表")

    @property
    def bare(self) -> bool:
        """Whether nothing of an organization is printed before the title."""
        return self.body_start >= self.body_end


@dataclass(frozen=True, slots=True)
class Chain:
    """Posts printed in one row, of one holder.

    Attributes:
        sentence: where it stands.
        items: at least one.
    """

    sentence: Sentence
    items: tuple[Item, ...]

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end


@dataclass(frozen=True, slots=True)
class Shared:
    """Further bodies printed before a chain that its first title holds for as well: 办公室和宣传处处长.

    Attributes:
        start: where the first of them begins.
        bodies: their mentions, in order.
    """

    start: int
    bodies: tuple[Mention, ...]


@cache
def is_no_post(title: str) -> bool:
    """Whether a title only describes a person or belongs to a byline: 见习记者, 村民, 市领导."""
    skipped = words("titles", "posts", "not_posts")
    if title in skipped or title.endswith(("领导", "记者", "领导人")):
        return True
    heads = title_heads()
    head = next((title[i:] for i in range(len(title)) if title[i:] in heads), title)  # 总编辑, not 编辑, in 副总编辑
    return head in skipped


def _abroad(place: str) -> bool:
    return place in gazetteer.countries() and place != "中国"


def _two_posts(text: str) -> bool:
    """A post and the next body taken for one body: 高级总裁助理兼酒管公司."""
    cut = max(text.find("兼"), text.find("、"))
    return cut > 0 and any(m.end() == cut for m in title_pattern().finditer(text, 0, cut))


@cache
def _not_bodies() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('titles', 'departments', 'not_bodies'))})+")


@cache
def _departments() -> re.Pattern[str]:
    units = [*words("titles", "departments", "party"), "纪委监委", "纪委", "党组", "党委"]
    units = [u for u in units if not u.startswith("党")]
    return re.compile(f"(?P<unit>{alternatives(units)})(?:.*)")


class ChainFinder:
    """Finds the chains of a document's sentences."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._person_starts = {m.start for m in document.mentions if m.type == "person"}
        self._person_ends = {m.end for m in document.mentions if m.type == "person"}
        self._ends: dict[int, Mention] = {}
        for mention in document.mentions:
            if mention.type in ("place", "organization"):
                if self._swallowed(mention):
                    continue
                known = self._ends.get(mention.end)
                if known is None or (mention.end - mention.start, mention.type) > (known.end - known.start, known.type):
                    self._ends[mention.end] = mention
        self._inside = bytearray(len(self._text) + 1)  # inside an organization or a person, not at its end
        for mention in document.mentions:
            if mention.type in ("organization", "person") and mention.score >= 0.5 and not self._swallowed(mention):
                for i in range(mention.start, mention.end):
                    self._inside[i] = 1
        self._token_starts = [t.start for t in document.tokens]
        self._token_ends = {t.end for t in document.tokens}

    @staticmethod
    def _swallowed(mention: Mention) -> bool:
        """A stretch taken for one body that holds a post and more: 深圳市委书记孟某率团慰问某部."""
        return mention.type == "organization" and (
            _two_posts(mention.text) or _SWALLOWED.search(mention.text) is not None
        )

    def chains(self, sentence: Sentence) -> list[Chain]:
        """The chains of a sentence, in order."""
        chains: list[list[Item]] = []
        for item in self._items(sentence):
            if chains and self._joined(chains[-1][-1], item):
                chains[-1].append(item)
            else:
                chains.append([item])
        return [Chain(sentence, tuple(items)) for items in chains]

    def shared(self, chain: Chain) -> Shared | None:
        """The bodies listed before a chain's own first one, if there are any."""
        start, bodies = chain.start, list[Mention]()
        while start - 1 > chain.sentence.start and self._text[start - 1] in "、和及与":
            mention = self._ends.get(start - 1)
            if mention is None or mention.type != "organization" or mention.start < chain.sentence.start:
                break
            bodies.insert(0, mention)
            start = self._with_place(mention, chain.sentence.start)
        return Shared(start, tuple(bodies)) if bodies and not chain.items[0].bare else None

    def _joined(self, left: Item, right: Item) -> bool:
        if right.start < left.end:
            return False
        between = self._text[left.end : right.start]
        if left.end in self._person_starts or left.end + len(between) - len(between.lstrip()) in self._person_starts:
            return False
        if not _SEPARATOR.fullmatch(between):
            return False
        if left.bare and left.title_start in self._person_ends:  # 张伟主任、王芳院长
            return bool(between) and right.end not in self._person_starts
        return True

    def _items(self, sentence: Sentence) -> list[Item]:
        items: list[Item] = []
        floor = sentence.start
        for match in title_pattern().finditer(self._text, sentence.start, sentence.end):
            start, end = match.span()
            if not self._ends_here(end, sentence.end):
                continue
            if self._inside[start] and self._inside[end - 1] and not self._after_level(start):
                continue  # 主任 in a name, 书记处 in a body
            start = self._after_body(start, end)
            if is_no_post(self._text[start:end]):
                continue
            item = self._item(start, end, max(floor, sentence.start))
            if items and not item.bare and not item.anchors and item.start == items[-1].end:
                item = self._merged(items.pop(), item)  # 总统气候问题|特使, 校长办公室|主任
            items.append(item)
            floor = end
        return items

    def _merged(self, left: Item, right: Item) -> Item:
        title = self._text[left.title_start : right.end]
        return Item(
            left.start, right.end, left.title_start, title, left.body_start, left.body_end, left.anchors, left.former
        )

    def _after_body(self, start: int, end: int) -> int:
        """Where the title begins when a body's name reaches into the match: 高新区党工委|书记."""
        for inner in range(end - 1, start, -1):
            mention = self._ends.get(inner)
            if mention is not None and mention.type == "organization" and mention.start < start:
                return inner - 1 if self._text[inner:end] == "长" else inner  # 国防部|长 is 国防部, 部长
        return start

    def _after_level(self, start: int) -> bool:
        """市长 in 新北市长, where the place 新北市 ends one character into the title."""
        mention = self._ends.get(start + 1)
        return mention is not None and mention.start < start

    def _ends_here(self, end: int, limit: int) -> bool:
        if end in self._person_starts or end == limit:
            return True
        if _NOT_AFTER.match(self._text, end):
            return False
        if end in self._token_ends or not self._text[end].isalnum():
            return True
        return any(
            looks_chinese(self._text[end : end + n]) and self._text[end + n : end + n + 1] in "、，。；" for n in (2, 3)
        )

    def _item(self, start: int, end: int, floor: int) -> Item:
        text = self._text
        former = False
        body_end = start
        if match := _departments().match(text, start, end):  # 组织部部长, 政法委书记: the department is the body
            start = (
                match.end("unit")
                if match.end("unit") < end and text[match.end("unit")] != "长"
                else match.end("unit") - 1
            )
            body_start, anchors = self._body(match.end("unit"), floor)
            return Item(body_start, end, start, text[start:end], body_start, match.end("unit"), tuple(anchors))
        # 市 of 太原市长, 部 of 司法部长 belong to the body's name as well
        if (
            (mention := self._ends.get(start + 1)) is not None
            and mention.start < start
            and text[start] in _LEVEL_CHARACTERS
        ):
            body_end = start + 1
        elif match := _NEW.search(text, max(floor, start - 4), start):
            body_end = match.start()
        elif (match := _FORMER.search(text, max(floor, start - 2), start)) and (
            match.group() not in ("老", "前") or self._starts_token(match.start())
        ):
            former, body_end = True, match.start()
        body_start, anchors = self._body(body_end, floor)
        if match := _FORMER_START.match(text, body_start, body_end):
            former, body_start = True, match.end()
            anchors = [a for a in anchors if a.start >= body_start] or anchors
        before = _FORMER.search(text, max(floor, body_start - 2), body_start)
        begin = body_start
        if before is not None and before.group() != "老" and body_start < body_end:
            former, begin = True, before.start()
        if body_start >= body_end:
            body_start = body_end
        if former and begin == start:
            begin = body_end
        return Item(min(begin, body_end), end, start, text[start:end], body_start, body_end, tuple(anchors), former)

    def _starts_token(self, offset: int) -> bool:
        index = bisect_left(self._token_starts, offset)
        return index < len(self._token_starts) and self._token_starts[index] == offset

    def _token_before(self, offset: int) -> Token | None:
        index = bisect_left(self._token_starts, offset) - 1
        return self._document.tokens[index] if index >= 0 else None

    def _body(self, end: int, floor: int) -> tuple[int, list[Mention]]:
        """Where the words for an organization that end at ``end`` begin, and the mentions among them."""
        position, anchors = end, list[Mention]()
        while position > floor:
            mention = self._ends.get(position)
            if (
                mention is not None
                and mention.start >= floor
                and not (
                    anchors
                    and anchors[0].type == "organization"
                    and mention.type == "place"
                    and not _abroad(mention.text)
                )
            ):
                anchors.insert(0, mention)
                position = self._with_place(mention, floor)
                continue
            if anchors and anchors[0].end != end and anchors[0].type == "organization":
                break
            opening = _QUOTES.get(self._text[position - 1])
            if opening is not None:
                left = self._text.rfind(opening, floor, position - 1)
                inner = self._text[left + 1 : position - 1]
                if left < 0 or len(inner) > 16 or (opening in "（(" and ("、" in inner or "，" in inner)):
                    break
                if anchors and opening in "（(":
                    break
                position = left
                continue
            if anchors:
                break
            if position < end and self._text[position - 1] in "及与和" and self._conjoined(position, end, floor):
                position -= 1
                continue
            token = self._token_before(position)
            if token is None or (
                token.start < floor and token.start < position and token.end > position and token.start < floor
            ):
                break
            start = max(token.start, floor)
            piece = self._text[start:position]
            if position in self._person_ends:
                break
            if token.tag == "r" and piece in ("该", "本", "我", "全"):
                position = start
                break
            if token.tag == "r" and piece[:1] in "该本我" and len(piece) > 1:
                position = start
                break
            if self._text[position:end] in _ONE_UNIT and token.tag in ("v", "d", "p") and len(piece) > 1:
                position = start  # 体改|处, where the tagger takes 体改 for a verb
                continue
            if (
                (token.tag == "v" and not (position < end and piece in _VERBS_IN_NAMES))
                or (token.tag not in _NOUNS and token.tag != "v")
            ) and not (token.tag == "w" and piece in "·-—&" and position < end):
                break
            position = start
        if not anchors:
            position = self._without_leading(position, end)
        return position, anchors

    def _with_place(self, mention: Mention, floor: int) -> int:
        """The start of a body's name with the place that shares its first character: 武汉市|市中级人民法院."""
        if mention.type == "organization" and mention.text[0] in "省市县区州旗盟镇乡":
            for end in (mention.start + 1, mention.start):
                place = self._ends.get(end)
                if place is not None and place.type == "place" and floor <= place.start < mention.start:
                    return place.start
        return mention.start

    def _conjoined(self, position: int, end: int, floor: int) -> bool:
        """Whether 及, 与, 和 before ``position`` stands inside a name: 运输及物流局, 自然资源与环境部."""
        if end - position > 6 or position - 1 <= floor or self._text[end - 1] not in "部局司处委署会厅心院所":
            return False
        before = position - 1
        mention = self._ends.get(before)
        if before in self._person_ends:
            return False
        if (
            mention is not None
            and mention.type == "organization"
            and mention.text[-1] in "部局司处委署会厅心院所府组团"
        ):
            return False
        token = self._token_before(before)
        if token is None or token.end != before or token.tag not in ("n", "vn", "nz", "an", "LOC", "ORG"):
            return False
        return (
            len(token.text) > 1
            and token.text[-1] not in "部局司处委署会厅心院所长员任"
            and not title_pattern().fullmatch(token.text)
        )

    def _without_leading(self, start: int, end: int) -> int:
        """Numbers, adjectives and words such as 资深 in front are no part of a body's name."""
        changed = True
        while changed and start < end:
            changed = False
            if match := _ORDINAL.match(self._text, start, end) or _not_bodies().match(self._text, start, end):
                start, changed = match.end(), True
                continue
            index = bisect_left(self._token_starts, start)
            if index < len(self._token_starts):
                token = self._document.tokens[index]
                if (
                    token.start == start
                    and token.end <= end
                    and token.tag in _LEADING
                    and not token.text.startswith("第")
                ):
                    start, changed = token.end, True
        return start
