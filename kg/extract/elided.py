"""Bodies that stand in no word before a post: the chain, the sentence or the article named them before."""

from __future__ import annotations

import re

from kg.analysis.context import Context
from kg.analysis.document import Document
from kg.extract.body import BRACKET, Body
from kg.extract.chains import ENVOYS, Chain, Item
from kg.extract.titles import LEVELS, body_endings, defaults, head_of, looks_like_body, place_of, states, titles
from kg.language import gazetteer
from kg.model import Span

LOCAL = re.compile(r"(?:[省市县区州旗盟]委|政府)$")
"""A committee or government of a place."""


_NO_WORKPLACE = ("协会", "学会", "商会", "联合会", "委员会", "党组", "党委", "政协", "公司", "集团")
_HELD = re.compile("(?:任|担任|出任|兼任|历任|升任|晋升为|当选为?|成为)(?:过)?$")
_JOINED = re.compile(
    "(?:加入|进入|入职|加盟|就职于|供职于|任职于|任教于|服务于|效力于|分配到|分配至|调入|调到|调至)(?:了)?$"
)
_WORKED = re.compile("(?:参加)?工作|任职|任教|就职|供职|从教|从业")
_NAMING = frozenset("ORG PER LOC nz nw nr ns nt n".split())
_POSTED = re.compile("驻(?!华|中国).+(?:大使|公使|总领事|参赞|武官)$")
_CLAUSE = re.compile(
    "(?:(?<=[，。；、：:“”）)\\s])|^)(?!现任|曾任|时任|历任|随后|同时|目前|会上|其中|会后|据|原|前|新|由|与|和|任|作为|来自|担任)[^，。；、：:“”（）()\\s的是为了在]{3,8}$"
)
_FIRM = frozenset("CEO CFO COO CTO 董事长 总裁 首席执行官 创始人 联合创始人 总经理".split())
_DOTTED = re.compile("[^，。；、（）]{0,8}[·•・-]")
_COURT = re.compile("^.+法院(?=.+庭$)")
_PRIVATE = re.compile("(?:启蒙|私人|家庭|个人|恩师|国家一级)$")
_SEVERAL = re.compile("[省市县区]级|各|两级|多家|若干|部分")
_BRANCHES = ("分局", "支队", "大队", "总队", "学院", "医院", "大学", "公司", "集团")
_RANKS = {"部": 3, "司": 3, "心": 3, "院": 3, "处": 2, "系": 2, "室": 2, "科": 1, "组": 1, "所": 1, "队": 1}


def beside(one: str, other: str) -> bool:
    """Whether the second department is of a rank with the first, not under it: 财务部 and 人力资源部; 人事司 and its 综合处."""
    return 0 < _RANKS.get(one[-1], 0) <= _RANKS.get(other[-1], 0)


def _cut(body: Body, endings: tuple[str, ...]) -> str:
    """The part of a body's name, or the body it hangs on, that a post belongs to: 法院 of 人民法院审判委员会 for 审判员."""
    if body.root.endswith(endings):
        return body.root
    name = BRACKET.sub("", body.name)
    return max((name[: at + len(e)] for e in endings if (at := name.rfind(e)) > 1), key=len, default="")


def parent(body: Body, title: str) -> Body:
    """The body itself, or the one whose party group it is where the title is no party post: 市商务局党组书记、局长."""
    if head_of(title) in ("书记", "委员", "常委", "成员", "党组成员", "秘书"):
        return body
    if head_of(title) in titles("posts", "company"):  # 执委会主席兼总裁
        name = re.sub("(?<=.{2})(?:董事会|监事会|执委会|执行委员会|理事会)$", "", body.name)
        if name != body.name:
            return Body(body.type, name, None, None, f"接前文{body.name}", body.confidence)
    name = re.sub(r"(?<=.{2})(?:党组|(?<![省市区县州旗盟])党委|党总支|党支部)$", "", body.name)
    return body if name == body.name else Body(body.type, name, None, None, f"接前文{body.name}", body.confidence)


class Elided:
    """The bodies of a document's posts that are left out, by what was said before.

    Attributes:
        last: the body of the last chain in the sentence.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._context = Context(document.article, [m for m in document.mentions if m.type == "place"])
        self._named = [m for m in document.mentions if m.type == "organization" and m.score >= 0.5]
        self._countries = [m for m in document.mentions if m.type == "place" and m.text in gazetteer.countries()]
        self._by_title: dict[str, Body] = {}
        self.last: Body | None = None

    def learn(self, item: Item, body: Body) -> None:
        """Remember of which place a head of government or state was printed."""
        self._by_title[head_of(item.title)] = body

    def employer(self, chain: Chain) -> Body | None:
        """For whom the holder works, by a clause before the first post: 1998年加入青石集团，历任…; 在商务部工作，先后任…"""
        if not chain.items[0].bare and chain.items[0].anchors:
            return None
        text, start = self._document.text, chain.sentence.start
        if not _HELD.search(text, start, chain.start):
            return None
        for mention in reversed(self._document.mentions_in(start, chain.start)):
            if mention.type == "organization" and (
                _JOINED.search(text, start, mention.start)
                or (text[mention.start - 1] == "在" and _WORKED.match(text, mention.end, chain.start))
            ):
                name = self._document.name(mention)
                return Body("organization", name, None, None, f"本句前文说在{name}任职", 0.8)
        return None

    def _printed(self, item: Item) -> bool:
        """Whether a word that is no known body stands directly before a post: 房利美|首席经济学家."""
        tokens = self._document.tokens_in(max(0, item.start - 1), item.start)
        return bool(tokens) and tokens[-1].end == item.start and tokens[-1].tag in _NAMING and len(tokens[-1].text) > 1

    def elided(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        head = head_of(item.title)
        if _POSTED.match(item.title) and not _DOTTED.match(self._document.text, chain.end):  # no foreign envoy
            if previous is not None and previous.type == "place":
                return previous
            return Body("place", "中国", None, None, f"{item.title}为中国职务", 0.8)
        if head == "审判长" and previous is not None and (court := _COURT.match(previous.name)):
            return Body("organization", court.group(), None, None, f"接前文{previous.name}", 0.8)
        if head in titles("posts", "government"):
            return self.government(item, chain, previous)
        if head in titles("posts", "state"):
            short = self._document.text[max(chain.sentence.start, item.title_start - 2) : item.title_start]
            if short[-1:] in states() and short[:-1] in ("", *"，。；、：“ \n"):  # 乌|总统
                return Body("place", states()[short[-1]], None, None, f"{short[-1]}为{states()[short[-1]]}简称", 0.85)
            if previous is not None:
                return previous
            known = self._by_title.get(head)
            if known is not None:
                return Body(known.type, known.name, None, None, f"前文{known.name}{item.title}", 0.75)
            return self._country(item, chain)
        if previous is not None and previous.name in ("中共中央", "中央军委") and item.title in defaults():
            previous = None
        if item.title in ENVOYS and previous is None:
            sender = self._by_title.get("国家主席") or self._by_title.get("总统") or self.last
            return Body(sender.type, sender.name, None, None, f"{sender.name}所派", 0.75) if sender else None
        if previous is None and item.title in ("外交部长", "国防部长", "内政部长"):
            return Body(
                "organization",
                item.title[:-1],
                Span(item.title_start, item.end - 1),
                None,
                "",
                0.85,
                "",
                item.title[:-2],
            )
        if previous is None and (body := defaults().get(item.title)) is not None:
            return Body(
                "place" if body == "中国" else "organization", body, None, None, f"{item.title}为{body}职务", 0.85
            )
        if previous is not None:
            if previous.type == "place" and item.title.startswith("党"):
                return Body("organization", f"{previous.name}政府", None, None, f"接前文{previous.name}")
            endings = body_endings().get(head.removesuffix("助理"))
            if head in titles("posts", "crafts") and previous.name.endswith(_NO_WORKPLACE):
                return None  # 商会会长、导演李明
            if endings and BRACKET.sub("", previous.name).endswith(endings):
                return previous
            if endings and (root := _cut(previous, endings)):
                return Body("organization", root, None, None, f"接前文{previous.name}", 0.8)
            return parent(previous, item.title)
        endings = body_endings().get(head)
        if head in titles("posts", "crafts") and endings is None:
            return None
        if self.last is not None and (endings is None or self.last.name.endswith(endings)):
            last = parent(self.last, item.title)
            return Body(last.type, last.name, None, None, f"接本句前文{last.name}", 0.75)
        if _PRIVATE.search(self._document.text, chain.sentence.start, item.start):
            return None
        found = self.by_head(head, item.start, chain.sentence.start)
        if found is not None:
            return found
        if self.last is not None and head not in titles("posts", "crafts"):
            last = parent(self.last, item.title)
            return Body(last.type, last.name, None, None, f"本句前文为{last.name}", 0.6)
        return self._nearest(item, chain)

    def _unread(self, item: Item, chain: Chain) -> Body | None:
        """A firm by the words before a post of firms, whatever they are taken for: 东方甄选|CEO."""
        text = self._document.text
        match = _CLAUSE.search(text, chain.sentence.start, item.start)
        tokens = self._document.tokens_in(match.start(), match.end()) if match else ()
        if match is None or not tokens or tokens[0].start != match.start() or tokens[0].tag not in _NAMING | {"s", "v"}:
            return None
        if len(tokens) > 3 or any(t.tag in ("p", "d", "c", "r", "u", "TIME", "f", "m", "q") for t in tokens):
            return None
        return Body("organization", match.group(), Span(*match.span()), None, "", 0.65)

    def _nearest(self, item: Item, chain: Chain) -> Body | None:
        """The organization named last before, for a post that does not say what kind of body it belongs to."""
        head = head_of(item.title)
        if head in _FIRM and (unread := self._unread(item, chain)) is not None:
            return unread
        if self._printed(item):
            return None
        if head not in titles("posts", "company") and (
            body_endings().get(head) or head in titles("posts", "crafts") or item.title in titles("posts", "crafts")
        ):
            return None
        for mention in reversed(self._named):
            if mention.end <= item.start:
                name = re.sub("(?:新一届|本届)?(?:领导机构|领导班子)$", "", self._document.name(mention))
                return Body("organization", name, None, None, f"前文最近的机构为{name}", 0.42)
        return None

    def by_head(self, head: str, offset: int, start: int) -> Body | None:
        endings = body_endings().get(head)
        if endings is None:
            return None
        if head in titles("posts", "company"):
            for mention in reversed(self._named):  # a firm may be named without 公司: the one of this sentence
                name = self._document.name(mention)
                plain = BRACKET.sub("", name)
                if (
                    start <= mention.start
                    and mention.end <= offset
                    and (plain.endswith(endings) or not looks_like_body(plain))
                    and name not in titles("again", "words")
                ):
                    return Body("organization", name, None, None, f"本句前文提到{name}", 0.75)
        return next((b for e in (endings,) if (b := self.before(e, offset)) is not None), None)

    def own(self, ending: str, offset: int, previous: Body | None = None) -> Body | None:
        """The body that speaks of itself as 局, 校 …: that of the post before, the one named last, else the first that is named."""
        if previous is not None and (cut := _cut(previous, (ending,))) and not LOCAL.search(cut):
            return Body("organization", cut, None, None, f"接前文{previous.name}", 0.8)
        if (known := self.before(ending, offset)) is not None:
            return known
        for mention in self._named:
            name = re.sub("(?:党组|党委)$", "", self._document.name(mention))
            if len(name) > len(ending) + 2 and name.endswith(ending) and not LOCAL.search(name):
                return Body("organization", name, None, None, f"文中提到{name}", 0.65)
        return None

    def nearest_place(self, ending: str, offset: int) -> str:
        """The place named last before whose name ends so; empty where there is none."""
        places = self._document.mentions
        return next(
            (m.text for m in reversed(places) if m.type == "place" and m.end <= offset and m.text.endswith(ending)), ""
        )

    def before(self, ending: str | tuple[str, ...], offset: int) -> Body | None:
        """The organization named last before whose name ends so."""
        for mention in reversed(self._named):
            if (
                mention.end <= offset
                and not _SEVERAL.search(mention.text)
                and (ending != "委" or not LOCAL.search(self._document.name(mention)))
                and (name := self._document.name(mention)).endswith(ending)
                and name not in titles("again", "words")
            ):
                return Body("organization", name, None, None, f"前文提到{name}", 0.7)
        if isinstance(ending, str) and ending in _BRANCHES:
            for mention in reversed(self._named):
                if (
                    mention.end <= offset and (at := mention.text.rfind(ending)) > 1
                ):  # 河东公安分局 in 河东公安分局禁毒大队
                    name = mention.text[: at + len(ending)]
                    return Body("organization", name, None, None, f"前文提到{mention.text}", 0.7)
        return None

    def government(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        level = head_of(item.title)[0]
        if level in LEVELS and previous is None and (place := self._of_level(level, chain)):
            return Body("place", place, None, None, f"本句提到{place}", 0.8)
        for body in (previous, self.last):
            if body is not None:
                place = body.name if body.type == "place" else place_of(body.name)
                if place.endswith(level) or (body is previous and place and level in "市区" and place[-1] in "市区县"):
                    return Body("place", place, None, None, f"接前文{body.name}")
        if level in LEVELS:
            found = self._context.at_level(level, item.start, chain.sentence.start)
            if found is not None:
                return Body("place", found[0].name, None, None, found[1], 0.8)
        if previous is not None and (place := place_of(previous.name)):
            return Body("place", place, None, None, f"接前文{previous.name}", 0.7)
        return None

    def _of_level(self, level: str, chain: Chain) -> str:
        """The place of a level that a body of the same sentence was completed with: 省政府 in 省长主持召开省政府常务会议."""
        for mention in self._document.mentions_in(*chain.sentence.span):
            name = self._document.name(mention)
            if mention.type == "organization" and mention.text[0] == level and name != mention.text:
                place = place_of(name)
                if place.endswith(level):
                    return place
        return ""

    def _country(self, item: Item, chain: Chain) -> Body | None:
        for mention in reversed(self._countries):
            if mention.end <= item.start:
                same = mention.start >= chain.sentence.start
                return Body(
                    "place", self._document.name(mention), None, None, f"前文提到{mention.text}", 0.75 if same else 0.65
                )
        return None

    def committee(self, base: Body | None, item: Item) -> str:
        """The party committee that a department belongs to."""
        if base is not None:
            if base.name.endswith(("委", "党委", "工委", "中央")):
                return base.name
            if place := (base.name if base.type == "place" else place_of(base.name)):
                return f"{place}委" if place[-1] in LEVELS else ""
        for mention in reversed(self._named):
            name = self._document.name(mention)
            if mention.end <= item.start and name.endswith("委") and name[-2] in LEVELS:
                return name
        return ""

    def place(self, base: Body | None, item: Item, chain: Chain) -> str:
        if base is not None:
            return base.name if base.type == "place" else place_of(base.name)
        for level in "市县区":
            found = self._context.at_level(level, item.start, chain.sentence.start)
            if found is not None and found[0].name == self._document.locality:
                return found[0].name
        return ""
