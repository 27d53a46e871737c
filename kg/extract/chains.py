"""Chains of posts as the press prints them: ``省委常委、太原市委书记``, ``副市长兼公安局局长``.

A chain is one or more items; an item is a title with, before it, the words that name its organization, or none. This module
finds them by their form alone; ``bodies`` says which organization an item means, ``positions`` who holds the post.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from kg.analysis.document import Document, Sentence
from kg.analysis.persons import looks_chinese
from kg.extract.body_words import ORDINAL, BodyWords, not_bodies, swallowed
from kg.extract.titles import head_of, looks_like_body, titles
from kg.language.lexicon import alternatives, title_heads, title_pattern, words
from kg.model import Mention

# Words that only look like titles where one of these follows: 委员会, 书记处, 主席团, 部长级, 理事单位.
_NOT_AFTER = re.compile(r"(?:会(?![议见谈上同])|处|团|级|制|们|单位|岗位|办公|助理|室|班子|工作[处室部委站]|信箱|热线)")
_FORMER = re.compile(r"(?:原|前|(?<![同当届])时任|老)$")
_VERBS = ("历任", "现任", "继任")
_NEW = re.compile(r"(?:新任|新一届|首任|现任|新晋|历任|继任)$")
_FORMER_START = re.compile(r"(?:原|前|时任)(?=.{2})")
# Between two posts of one holder: a mark or 兼, after what a bracket says of the first one (挂职), or the bracket of a post itself.
_SEPARATOR = (
    r"(?:之一)?(?:（[^（）]{1,12}）|\([^()]{1,12}\))?\s*"
    r"(?:、|兼任?|暨|和|与|及|以及|/|，|,|；|;|\||｜|[（(]|[）)][，、；]?)?\s*(?:兼任?)?\s*"
)
_ARMY = re.compile("[俄美英法德日韩朝印以乌巴伊土]军$")
_CAREER = re.compile("(?:历任|曾任|先后任|先后担任|曾担任|后任)[：:]?$")
_UNREAD = re.compile("(?:[、，；][^，。；：、的（）]{2,22}){1,2}[、，；]")
_UNREAD_FIRST = re.compile(
    "(?:历任|曾任|先后任|先后担任|曾担任|后任)[：:]?(?P<unread>[^，。；：、的期时]{2,24}[、，；])$"
)
OF = re.compile(r"(?:(?:分管|主管|负责|主持|主抓)[^，。；、的]{1,10})?的$")
"""Between a body and its post: 国际足联|的|主席, 市工商联|分管日常工作的|副主席."""
_HELD_OF = frozenset("来自 担任 任 出任 就任 兼任 曾任 现任 当选 作为 是 为".split())
_POSTED = ("代表", "大使", "公使", "领事", "参赞", "武官")
_SECOND = frozenset("新闻秘书 新闻发言人 办公室主任 特别助理 顾问 组长 特使 特别代表 秘书 助理 发言人 高级代表".split())
_WHOLE = ("新闻秘书", "新闻发言人")
_OF_STATE = frozenset("总书记 主席 总理 总统 国王 女王 首相 王储 亲王 委员长".split())
_SEATS = ("人大", "人民代表大会", "党代会")
_LEVEL_CHARACTERS = "省市县区州旗盟镇乡村部局厅院处司科所站署会社校馆台园庭队厂行"


ENVOYS = ("特使", "特别代表", "私人代表", "私人特使")
"""Posts that stand after the name of him who sends: 习近平主席特使."""


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
    if title.endswith("代表") and re.search("副|常驻|首席|全权|总", title):
        return False
    if title in skipped or title.endswith(("领导", "记者", "领导人")):
        return True
    heads = title_heads()
    head = next((title[i:] for i in range(len(title)) if title[i:] in heads), title)  # 总编辑, not 编辑, in 副总编辑
    return head in skipped


@cache
def _weak() -> tuple[str, ...]:
    return words("titles", "posts", "weak")


@cache
def descriptions() -> str:
    """An expression for what a person is called between two posts: 青年评论家, 国际新闻学博士."""
    return f"[^，。；、：:（）()\\s]{{0,10}}(?:{alternatives(words('titles', 'posts', 'descriptions'))})"


@cache
def _gap() -> re.Pattern[str]:
    aside = f"(?:现任|历任|新任|{not_bodies().pattern}|{ORDINAL.pattern}|(?:分管|主管|负责)[^，。；、的]{{1,10}}的)*"
    return re.compile(f"{_SEPARATOR}(?:{descriptions()}[、，])*{aside}")


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
        self._words = BodyWords(document)
        self._ends = self._words.ends
        self._inside = bytearray(len(self._text) + 1)  # inside an organization or a person, not at its end
        for mention in document.mentions:
            if mention.type in ("organization", "person") and mention.score >= 0.5 and not swallowed(mention):
                for i in range(mention.start, mention.end):
                    self._inside[i] = 1
        self._token_ends = {t.end for t in document.tokens}

    def chains(self, sentence: Sentence) -> list[Chain]:
        """The chains of a sentence, in order."""
        chains: list[list[Item]] = []
        for item in self._items(sentence):
            if chains and self._joined(chains[-1], item):
                chains[-1].append(item)
            else:
                chains.append([self._after_unread(item, sentence)])
        return [Chain(sentence, tuple(part)) for items in chains for part in self._parted(items)]

    def _after_unread(self, first: Item, sentence: Sentence) -> Item:
        """A career goes on after a first post that no table knows: 历任|支队参谋、|支队长."""
        match = _UNREAD_FIRST.search(self._text, sentence.start, first.start) if not first.bare else None
        return replace(first, start=match.start("unread")) if match is not None else first

    def _parted(self, items: list[Item]) -> list[list[Item]]:
        """A career is one list, semicolons and all; where a name follows, each semicolon is the end of a person."""
        if items[-1].end not in self._person_starts:
            return [items]
        parts = [[items[0]]]
        for left, right in pairwise(items):
            if re.search("[；;]", self._text[left.end : right.start]):
                parts.append([])
            parts[-1].append(right)
        return parts

    def shared(self, chain: Chain) -> Shared | None:
        """The bodies listed before a chain's own first one, if there are any."""
        start, bodies = chain.start, list[Mention]()
        while start - 1 > chain.sentence.start and self._text[start - 1] in "、和及与":
            mention = self._ends.get(start - 1)
            if mention is None or mention.type != "organization" or mention.start < chain.sentence.start:
                break
            bodies.insert(0, mention)
            start = self._words.with_place(mention, chain.sentence.start)
        return Shared(start, tuple(bodies)) if bodies and not chain.items[0].bare else None

    def _joined(self, chain: list[Item], right: Item) -> bool:
        left = chain[-1]
        if right.start < left.end:
            return False
        between = self._text[left.end : right.start]
        if any(offset in self._person_starts for offset in range(left.end, right.start)):
            return False
        if not _gap().fullmatch(between) and not (
            _UNREAD.fullmatch(between)
            and not right.bare
            and _CAREER.search(self._text, max(0, chain[0].start - 6), chain[0].start)
        ):
            return False
        if re.search("[；;]", between) and right.bare:
            return False
        if re.match("[）)]", between) and not re.search("[（(]", self._text[chain[0].start : left.end]):
            return False  # the end of a bracket that holds posts of another: 钱立国（曾任青河市市长）、
        if left.bare and left.title_start in self._person_ends and left.title not in ENVOYS:  # 张伟主任、王芳院长
            return right.bare and "，" not in between and right.end not in self._person_starts
        return True

    def _items(self, sentence: Sentence) -> list[Item]:
        items: list[Item] = []
        floor = sentence.start
        for match in title_pattern().finditer(self._text, sentence.start, sentence.end):
            start, end = match.span()
            if not self._ends_here(start, end, sentence.end):
                continue
            if self._inside[start] and self._inside[end - 1] and not self._after_level(start):
                continue  # 主任 in a name, 书记处 in a body
            start = self._after_body(start, end)
            title = self._text[start:end]
            seat = title == "代表" and (
                self._text.endswith(_SEATS, sentence.start, start)
                or re.search("驻[^，。；、]{1,10}$", self._text[sentence.start : start]) is not None
            )
            if is_no_post(title) and not seat and not (title.endswith(_weak()) and end in self._person_starts):
                continue
            item = self._item(start, end, max(floor, sentence.start))
            if is_no_post(title) and not item.anchors and not seat:
                continue
            if items and item.start == items[-1].end:
                if item.title in ENVOYS and items[-1].title_start in self._person_ends:
                    items.pop()  # 习近平主席|特别代表 is no 主席
                elif self._continues(item):
                    item = self._merged(items.pop(), item)
            items.append(item)
            floor = end
        return items

    def _continues(self, item: Item) -> bool:
        """Whether a post goes on in the next one: 总统气候问题|特使, 校长办公室|主任, 教练|组长."""
        if item.bare:
            return item.title in _SECOND
        body = self._text[item.body_start : item.body_end]
        return not item.anchors and (body.endswith("办公室") or not looks_like_body(body))

    def _merged(self, left: Item, right: Item) -> Item:
        title = self._text[left.title_start : right.end]
        return Item(
            left.start, right.end, left.title_start, title, left.body_start, left.body_end, left.anchors, left.former
        )

    def _after_body(self, start: int, end: int) -> int:
        """Where the title begins when a body's name reaches into the match: 高新区党工委|书记."""
        if self._text[start:end] in _WHOLE:
            return start
        for inner in range(end - 1, start, -1):
            mention = self._ends.get(inner)
            if mention is not None and mention.type == "organization" and mention.start < start:
                return inner - 1 if self._text[inner:end] == "长" else inner  # 国防部|长 is 国防部, 部长
        return start

    def _after_level(self, start: int) -> bool:
        """市长 in 新北市长, where the place 新北市 ends one character into the title."""
        mention = self._ends.get(start + 1)
        return mention is not None and mention.start < start

    def _ends_here(self, start: int, end: int, limit: int) -> bool:
        if end in self._person_starts or end == limit or self._text[end] in "兼暨":
            return True
        if _NOT_AFTER.match(self._text, end):
            return False
        if (
            (start in self._person_ends and self._text[start:end] in _OF_STATE)
            or end in self._token_ends
            or not self._text[end].isalnum()
        ):
            return True
        return any(
            looks_chinese(self._text[end : end + n]) and self._text[end + n : end + n + 1] in "、，。；" for n in (2, 3)
        )

    def _item(self, start: int, end: int, floor: int) -> Item:
        text = self._text
        if text[start:end] == "党主席" and (named := self._words.token_before(start)) and named.end == start:
            start += named.tag in ("n", "nz", "ORG", "nr", "PER", "LOC", "a", "vn")  # 人民|党主席
        title, former, body_end = text[start:end], False, start
        if match := _departments().match(text, start, end):  # 组织部部长, 政法委书记: the department is the body
            start = (
                match.end("unit")
                if match.end("unit") < end and text[match.end("unit")] != "长"
                else match.end("unit") - 1
            )
            body_start, anchors = self._words.before(match.end("unit"), floor)
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
            match.group() not in ("老", "前") or self._words.starts_token(match.start())
        ):
            former, body_end = True, match.start()
        body_start, anchors = self._words.before(body_end, floor)
        if (
            anchors
            and all(a.type == "place" for a in anchors)
            and head_of(title) in titles("posts", "company")
            and (firm := self._words.of_region(body_start, body_end, floor)) is not None
        ):
            body_start, anchors = firm.start, [firm]
        if match := _FORMER_START.match(text, body_start, body_end):
            former, body_start = True, match.end()
            anchors = [a for a in anchors if a.start >= body_start] or anchors
        if not anchors and (army := _ARMY.search(text, floor, body_end)) is not None:
            body_start = army.start()  # 以军|总参谋长, where 以 is taken for a preposition
        if not anchors and (found := self._of(body_start, floor)) is not None:
            body_start, anchors = found
        if title.endswith(_POSTED) and anchors and anchors[0].type == "place" and text[body_start - 1] == "驻":
            body_end = start = body_start - 1  # 中国|驻美国大使
            title = text[start:end]
            body_start, anchors = self._words.before(body_end, floor)
        before = _FORMER.search(text, max(floor, body_start - 2), body_start)
        begin = body_start
        if before is not None and before.group() != "老" and body_start < body_end:
            former, begin = True, before.start()
        if body_start >= body_end:
            body_start = body_end
        if former and begin == start:
            begin = body_end
        elif body_start == body_end and text[body_end:start] in _VERBS:
            begin = body_start = body_end = start  # a verb of the sentence: 历任副局长、局长
        return Item(min(begin, body_end), end, start, title, body_start, body_end, tuple(anchors), former)

    def _of(self, offset: int, floor: int) -> tuple[int, list[Mention]] | None:
        """The body before 的: 国际足联的主席."""
        match = OF.search(self._text, max(floor, offset - 14), offset)
        mention = self._ends.get(match.start()) if match else None
        if mention is None or mention.start < floor:
            return None
        token = self._words.token_before(mention.start)
        if token is not None and token.end == mention.start and token.tag == "v" and token.text not in _HELD_OF:
            return None  # 走进国际足联的主席
        return self._words.with_place(mention, floor), [mention]
