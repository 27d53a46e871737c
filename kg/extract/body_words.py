"""The words before a title that name its organization: where they begin, and the mentions among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from kg.analysis.document import Document, Token
from kg.language import gazetteer
from kg.language.lexicon import alternatives, title_pattern, words
from kg.model import Mention

_NOUNS = frozenset(
    ("n", "nz", "nw", "ORG", "LOC", "vn", "an", "s", "j", "m", "q", "a", "f", "nr", "ns", "nt", "ad", "vd", "xc")
)
_LEADING = frozenset(("m", "q", "f", "a", "ad", "vd", "xc"))
_QUOTES = {"》": "《", "”": "“", "）": "（", ")": "(", "」": "「"}
_SWALLOWED = re.compile(
    r"(?:总统|总理|首相)(?=新闻|发言|特使|顾问|助理)|当选|担任|(?<=.{2})原(?:党(?:[组委]|支部|总支|工委)|纪委)|(?:书记|常委|[市省县区部局厅]长|副主任)(?=.{4,})(?!.{0,4}(?:办公室|会议|联席))"
)
_ONE_UNIT = frozenset("处科室办部局组厅队院所站庭")
_ALIAS = re.compile("(?:以下|下称|简称|原名|前身|后相继|后更名|曾用名|英文)")
_FIGURES = re.compile(
    r"[\d.,，%+\-\s]+|[^，、]{0,12}[\d]{4,6}[^，、]{0,6}"
)  # what a share costs: 中国移动(98.610, 1.13, 1.16%)
_DEPARTMENT = re.compile("[^，。、；：（）的在是为由被将对向率等]{5,24}[科室系处]$")
_WHOLES = "院校学司局行团"
_POSTED_TO = re.compile("驻[^，。；、驻]{2,8}[及和暨与]$")
LEAGUE = re.compile("(?:共青)?团(?:第?[一二三四五六七八九十百]+届)?$")
"""What makes a committee of the party one of its youth: 团|省委, 团十九届|中央书记处."""
OF_LEAGUE = re.compile("(?:[省市区县州]委|中央)(?!组织|宣传|统战|政法|办公)")
ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+[届任]")
_VERBS_IN_NAMES = frozenset(
    "保护 监督 检查 管理 应急 服务 开发 建设 规划 发展 改革 创新 监察 审判 执行 投资 贸易 生产 安全 退役 教育 培训 研究 交流 合作 督查 审计 设计 传播 运营 战略 宣传 统战 组织 财务 采购 销售 护理 康复 评估 认证 统计 消防 救援 招生 就业 编辑 出版 广播 演艺 文旅 演出 传媒 服务 整合 控股 评价 进修".split()
)


def _abroad(place: str) -> bool:
    return place in gazetteer.countries() and place != "中国"


def _two_posts(text: str) -> bool:
    """A post and the next body taken for one body: 高级总裁助理兼酒管公司."""
    cut = max(text.find("兼"), text.find("、"))
    return cut > 0 and any(m.end() == cut for m in title_pattern().finditer(text, 0, cut))


def swallowed(mention: Mention) -> bool:
    """A stretch taken for one body that holds a post and more: 深圳市委书记孟某率团慰问某部."""
    return mention.type == "organization" and (_two_posts(mention.text) or _SWALLOWED.search(mention.text) is not None)


@cache
def not_bodies() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('titles', 'departments', 'not_bodies'))})+")


class BodyWords:
    """Finds the words for an organization that end at an offset.

    Attributes:
        ends: the longest place or organization that ends at an offset.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._person_ends = {m.end for m in document.mentions if m.type == "person"}
        self.ends: dict[int, Mention] = {}
        for mention in document.mentions:
            if mention.type in ("place", "organization"):
                if swallowed(mention):
                    continue
                known = self.ends.get(mention.end)
                if known is None or (mention.end - mention.start, mention.type) > (known.end - known.start, known.type):
                    self.ends[mention.end] = mention
        self._token_starts = [t.start for t in document.tokens]

    def starts_token(self, offset: int) -> bool:
        index = bisect_left(self._token_starts, offset)
        return index < len(self._token_starts) and self._token_starts[index] == offset

    def token_before(self, offset: int) -> Token | None:
        index = bisect_left(self._token_starts, offset) - 1
        return self._document.tokens[index] if index >= 0 else None

    def before(self, end: int, floor: int) -> tuple[int, list[Mention]]:
        """Where the words for an organization that end at ``end`` begin, and the mentions among them."""
        position, anchors = end, list[Mention]()
        while position > floor:
            mention = self.ends.get(position)
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
                position = self.with_place(mention, floor)
                if (whole := self._posted(mention, floor)) is not None:
                    anchors, position = [whole], whole.start
                continue
            if anchors and anchors[0].end != end and anchors[0].type == "organization":
                break
            opening = _QUOTES.get(self._text[position - 1])
            if opening is not None:
                left = self._text.rfind(opening, floor, position - 1)
                inner = self._text[left + 1 : position - 1]
                if (
                    left < 0
                    or (len(inner) > 16 and not _ALIAS.match(inner))
                    or (
                        opening in "（("
                        and ("、" in inner or "，" in inner)
                        and not _ALIAS.match(inner)
                        and not _FIGURES.fullmatch(inner)
                    )
                ):
                    break
                if position == end and opening in "（(" and _ALIAS.match(inner):
                    return self.before(left, floor)  # 呼吸与危重症医学科（以下简称呼吸科）|主任
                if anchors and opening in "（(":
                    break
                position = left
                continue
            if anchors:
                break
            if position == end and self._text[position - 1] == " " and self._text[position - 2].isascii():
                position -= 1  # UFC |总裁
                continue
            if position < end and self._text[position - 1] in "及与和" and self._conjoined(position, end, floor):
                position -= 1
                continue
            token = self.token_before(position)
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
            if (body := self._department(end, floor)) is not None:
                return body.start, [body]
            position = self._without_leading(position, end)
        return position, anchors

    def _department(self, end: int, floor: int) -> Mention | None:
        """A body whose department is named with words the walk does not pass: 第一医院|呼吸与危重症医学科."""
        match = _DEPARTMENT.search(self._text, max(floor, end - 26), end)
        if match is None:
            return None
        for middle in range(max(match.start(), floor + 2), end - 2):
            body = self.ends.get(middle)
            if body is not None and body.type == "organization" and body.start >= floor and body.text[-1] in _WHOLES:
                if any(t.tag in ("r", "d", "u", "TIME", "PER") for t in self._document.tokens_in(middle, end)):
                    return None
                return body
        return None

    def _posted(self, mention: Mention, floor: int) -> Mention | None:
        """One office for two places: 欧盟驻香港及澳门办事处."""
        match = _POSTED_TO.search(self._text, floor, mention.start)
        sender = self.ends.get(match.start()) if match else None
        if sender is None or sender.start < floor:
            return None
        return Mention(
            sender.start, mention.end, "organization", self._text[sender.start : mention.end], ("chain",), 0.8
        )

    def of_region(self, start: int, end: int, floor: int) -> Mention | None:
        """The firm before the region a manager has charge of: 青石汽车|大中华区|总裁."""
        first = start - (self._text[start - 1] == "大")
        if first <= floor or self._text[first - 1] in "驻在对":
            return None
        begin, anchors = self.before(first, floor)
        tokens = self._document.tokens_in(begin, first)
        named = anchors[0].type == "organization" if anchors else any(t.tag in ("ORG", "nz", "nw") for t in tokens)
        if begin >= first or not named:
            return None
        return Mention(begin, end, "organization", self._text[begin:end], ("chain",), 0.7)

    def with_place(self, mention: Mention, floor: int) -> int:
        """The start of a body's name with the place that shares its first character: 武汉市|市中级人民法院."""
        if OF_LEAGUE.match(mention.text) and (
            league := LEAGUE.search(self._text, max(floor, mention.start - 8), mention.start)
        ):
            return league.start()
        if mention.type == "organization" and mention.text[0] in "省市县区州旗盟镇乡":
            for end in (mention.start + 1, mention.start):
                place = self.ends.get(end)
                if place is not None and place.type == "place" and floor <= place.start < mention.start:
                    return place.start
        return mention.start

    def _conjoined(self, position: int, end: int, floor: int) -> bool:
        """Whether 及, 与, 和 before ``position`` stands inside a name: 运输及物流局, 自然资源与环境部."""
        if end - position > 6 or position - 1 <= floor or self._text[end - 1] not in "部局司处委署会厅心院所":
            return False
        before = position - 1
        mention = self.ends.get(before)
        if before in self._person_ends:
            return False
        if (
            mention is not None
            and mention.type == "organization"
            and mention.text[-1] in "部局司处委署会厅心院所府组团"
        ):
            return False
        token = self.token_before(before)
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
            if match := ORDINAL.match(self._text, start, end) or not_bodies().match(self._text, start, end):
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
