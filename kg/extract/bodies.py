"""Which organization or place a post belongs to: what is printed before it, what the chain or the article named before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analysis.document import Document
from kg.extract.body import BRACKET
from kg.extract.body import Body as Body
from kg.extract.chains import OF, Chain, Item
from kg.extract.completed import COURT, Completed
from kg.extract.elided import LOCAL, Elided, beside, parent
from kg.extract.titles import (
    LEVELS,
    STATE_BODIES,
    generics,
    head_of,
    local_bodies,
    looks_like_body,
    place_of,
    states,
    titles,
    units,
)
from kg.language import gazetteer
from kg.language.lexicon import national_bodies
from kg.model import Mention, Span

_SUB = re.compile(
    r"(?:部|处|室|科|办|司|局|厅|委|委员会|党组|党委|支部|总支|工会|组|庭|分行|支行|分公司|董事会|监事会|^.{0,2}(?:中心|所|院))$"
)
_PARTY = re.compile(r"(?:党工委|党委|党组|党总支|党支部)(?=.)")
_WATCH = re.compile("监察厅|监察局|监委|监察委|监察委员会|预防腐败局")
_OWN_PARTY = re.compile(
    r"(?P<own>局|委|校|院|厅|部|行|社|台|集团|公司|医院|学校|大学|学院|中心|协会|联盟|分局|总局|支队|大队|总队|总社|总行|分行|学会|商会|研究院|研究所|企业)"
    r"(?P<party>党组|党委|党总支|党支部|纪委|工会|团委)"
)
_AFTER_BODY = re.compile(f"^{OF.pattern.removesuffix('$')}")
_AGAIN = re.compile("^(?:新一届|本届|上届|全)(?=.{2})")
_SESSION = re.compile("(?:政协|人大|人大常委会)$")
_SECTION = re.compile("(?:科|股|处|室|精算部|研究部|投资部|市场部|销售部|财务部|保障部|管理部|工程部|办公室)$")
_COUNCIL = re.compile(r"[委办]$")
# Words that a body's own name begins with, not that of a department.
_OWN_NAMES = ("国家", "全国", "中央", "国务院", "中国", "中华", "国际", "世界", "联合", "亚洲", "欧洲", "最高")


_OFFICES = ("办公室", "研究室", "综合处", "秘书处", "办公厅")
_UNDER = re.compile("(?P<root>.{2,}?(?:部|局|厅|司|公司|大学|学院))(?!公司|有限|股份|部).{2,8}(?:处|科|室|组)$")
_PART = re.compile(
    "(?:该|本|我)?(?P<own>院|校|局|学校|医院|学院|大学|公司|集团|中心|协会|研究院|研究所|银行)(?P<part>.{2,10}(?:处|科|室|部|系|办|中心|所|委员会))"
)


def _root(previous: Body, title: str, department: str) -> str:
    """What a department hangs on that is named after another body: on that, or beside it where both are departments."""
    if department.endswith(("部", "庭", "局", "室", "处")) and (court := COURT.match(previous.name)):
        return court.group()  # beside the committee of a court
    if previous.root and beside(previous.name, department):
        return previous.root
    return parent(previous, title).name


class Bodies:
    """Resolves the bodies of a document's posts, in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left_out = Elided(document)
        self._completed = Completed(document, self._left_out)
        self._sentence = -1

    def resolve(self, chain: Chain) -> list[Body | None]:
        """The body of each item of a chain; ``None`` where nothing names one."""
        if chain.sentence.start != self._sentence:
            self._sentence, self._left_out.last = chain.sentence.start, None
        found: list[Body | None] = []
        previous = self._left_out.employer(chain)
        self._completed.chain = []
        for item in chain.items:
            body = self._own(item, chain, previous) if not item.bare else self._left_out.elided(item, chain, previous)
            found.append(body)
            if body is not None:
                previous = body
                self._completed.chain.append(body)
                if not item.bare and body.type == "place":
                    self._left_out.learn(item, body)
        if self._completed.chain:
            self._left_out.last = self._completed.chain[-1]
        return found

    def _own(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        text = self._document.text
        words_before = text[item.body_start : item.body_end]
        last_said = self._left_out.last
        if previous is None and last_said is not None and words_before.endswith("委员会") and len(words_before) > 4:
            whole = last_said.root or last_said.name
            if _SESSION.search(whole):  # 全国政协委员；……为|经济委员会|副主任
                previous = Body("organization", whole)
        level = (
            text[item.title_start]
            if item.body_end == item.title_start and text[item.title_start : item.title_start + 2].endswith("长")
            else ""
        )
        if words_before in _OFFICES and previous is not None and _UNDER.match(previous.name):
            return self._unanchored(item, chain, previous, words_before, level)
        if not item.anchors:
            return self._unanchored(item, chain, previous, words_before, level)
        first, last = item.anchors[0], item.anchors[-1]
        if (
            len(item.anchors) == 1
            and first.start == item.body_start
            and first.end == item.body_end
            and self._generic(first)
        ):
            return self._unanchored(item, chain, previous, words_before, level)
        if last.type == "place" and last.end == item.body_end and (match := _PARTY.match(item.title)) is not None:
            name = self._document.name(last) + match.group()
            span = Span(last.start, item.title_start + match.end())
            return Body(
                "organization", name, span, None, self._document.reasons.get(last.span, ""), 0.88, "", match.group()
            )
        if last.end == item.body_end:
            if (
                last.type == "place" and first.type == "organization" and first.end <= last.start
            ):  # 青河市政协|港澳|委员
                return replace(self._completed.anchor(first), confidence=0.8, prefix=text[first.end : item.body_end])
            if last.type == "organization" and self._document.name(last) != last.text:
                return self._completed.anchor(last)
            if len(item.anchors) == 1 and (body := self._of_previous(last, item, previous)) is not None:
                return body
            if (
                last.type == "place"
                or len(item.anchors) == 1
                or not (looks_like_body(last.text) or _COUNCIL.search(last.text))
            ):
                return self._completed.anchor(last if last.type == "place" else first)
            if (
                first.type == "place"
                and len(item.anchors) == 2
                and first.end == last.start
                and first.text in gazetteer.countries()
            ):
                whole = text[first.start : last.end]
                return Body("organization", whole, Span(first.start, last.end))
            if first.type == "place" or text[first.end : last.start]:
                return self._completed.anchor(last)
            return self._joined(first, text[first.end : item.body_end], item)
        rest = _AFTER_BODY.sub("", BRACKET.sub("", text[last.end : item.body_end]))
        whole = _AFTER_BODY.sub("", BRACKET.sub("", text[first.end : item.body_end]))
        if not rest:
            return self._completed.anchor(last)
        if last.type == "place" and first.type == "organization":  # 中国社科院|美国问题|专家
            body = self._completed.anchor(first)
            return replace(body, confidence=0.8, prefix=text[first.end : item.body_end])
        if looks_like_body(rest) or (looks_like_body(rest + level) and level not in ("", *LEVELS)):
            return self._joined(first, whole + ("" if looks_like_body(rest) else level), item)
        body = self._completed.anchor(last)
        return Body(body.type, body.name, body.span, body.mention, body.reason, 0.8, rest)

    def _generic(self, mention: Mention) -> bool:
        """A body that many places or bodies have, named without its own: 政法委, 管委会, 公安局."""
        text = mention.text
        if mention.type != "organization":
            return False
        if _AGAIN.sub("", text) != text and _AGAIN.sub("", text) in titles("again", "words"):
            return True
        if text.startswith("委") and _OWN_PARTY.fullmatch(text):
            return True  # the party group of a commission, never that of a committee of the place
        if self._document.name(mention) != text:
            return False
        return (
            _OWN_PARTY.fullmatch(text) is not None
            or _PART.fullmatch(text) is not None
            or text in generics()
            or text in local_bodies()
            or text in units()
        )

    def _of_previous(self, mention: Mention, item: Item, previous: Body | None) -> Body | None:
        """A department that has no name of its own, after a post of the body it belongs to: 青石集团高级副总裁兼|规划院|院长."""
        text = mention.text
        if previous is not None and previous.name.endswith("纪委") and _WATCH.fullmatch(text):
            place = place_of(previous.name)
            return Body("organization", place + text, None, None, f"{text}属{place}", 0.8) if place else None
        own = text.startswith((*_OWN_NAMES, "民进", "民革", "民盟", "民建", "台盟", "致公", "九三", "农工"))
        named = self._document.name(mention) != text or own or text in titles("again", "words")
        last = self._left_out.last
        if previous is None and last is not None and _SECTION.search(text) and not LOCAL.search(last.name):
            previous = last  # 青石市教育局办公室主任甲、|基础教育科|科长乙
        if (
            previous is None
            and last is not None
            and text.endswith("委员会")
            and _SESSION.search(last.root or last.name)
        ):
            previous = Body("organization", last.root or last.name)  # 全国政协委员；……为|经济委员会|副主任
        if previous is None or previous.type != "organization" or named or len(text) < 3:
            return None
        if previous.name.endswith(("政协", "人大", "人大常委会")) and text.endswith("委员会") and len(text) < 12:
            root = previous.name.removesuffix("常委会")
            return Body("organization", root + text, None, None, f"{text}属{root}", 0.8, root=root)
        plain = (
            "n",
            "vn",
            "an",
            "v",
            "c",
            "a",
            "m",
            *(
                ("ORG",)
                if text.startswith(tuple(titles("departments", "fields"))) or (len(text) < 6 and _SECTION.search(text))
                else ()
            ),
        )
        if (
            LOCAL.search(previous.name)
            or not _SUB.search(text)
            or len(text) > 12
            or text in national_bodies()
            or text[:2] in previous.name
            or self._document.mentions_in(mention.start, mention.end) != [mention]
            or any(t.tag not in plain for t in self._document.tokens_in(mention.start, mention.end))
        ):
            return None
        root = _root(previous, item.title, text)
        return Body("organization", root + text, None, None, f"{text}属{root}", 0.8, root=root)

    def _joined(self, first: Mention, rest: str, item: Item) -> Body:
        name = self._document.name(first) + rest
        reason = self._document.reasons.get(first.span, "")
        end = min(first.end + len(rest), item.end)
        root = self._document.name(first)
        return Body("organization", re.sub(r"\s", "", name), Span(first.start, end), None, reason, 0.85, root=root)

    def _of_state(self, item: Item, bare: str) -> bool:
        """Whether the first character of a body stands for a country: 俄|国防部, not 法制委员会."""
        tokens = self._document.tokens_in(item.body_start, item.body_start + 1)
        return bare[1:].startswith(STATE_BODIES) or not tokens or tokens[0].end == item.body_start + 1

    def _unanchored(self, item: Item, chain: Chain, previous: Body | None, name: str, level: str) -> Body | None:
        name = name.strip()
        last = self._left_out.last
        if previous is None and last is not None and _SECTION.search(name) and 2 < len(name) < 9:
            previous = None if LOCAL.search(last.name) else last
        bare = name if looks_like_body(name) or looks_like_body(BRACKET.sub("", name)) else name + level
        if (
            name.startswith("常委会")
            and len(name) > 3
            and (known := self._left_out.before("人大常委会", item.start)) is not None
        ):
            return Body("organization", known.name + name[3:], None, None, known.reason, 0.8)
        title_head = head_of(item.title)
        if (match := _OWN_PARTY.fullmatch(name)) and (
            known := self._left_out.own(match.group("own"), item.start, previous)
        ):
            return Body("organization", known.name + match.group("party"), None, None, known.reason, 0.75)
        if (match := _PART.fullmatch(name)) and (known := self._left_out.own(match.group("own"), item.start)):
            part = match.group("part")
            return Body("organization", known.name + part, None, None, f"{part}属{known.name}", 0.75, root=known.name)
        if name == "常委会":
            return self._left_out.before("人大常委会", item.start)
        name = _AGAIN.sub("", name)
        if name in titles("again", "words") or (name[:1] in "该本我" and len(name) <= 4):
            known = self._left_out.before(name.lstrip("该本我"), item.start) or self._left_out.by_head(
                title_head, item.start, chain.sentence.start
            )
            if known is not None:
                return known
        if (
            name[:1] in states()
            and self._of_state(item, bare)
            and name[:2] not in gazetteer.countries()
            and (len(name) == 1 or looks_like_body(bare))
        ):
            country = states()[name[0]]
            if len(name) == 1:
                return Body(
                    "place",
                    country,
                    Span(item.body_start, item.body_start + 1),
                    None,
                    f"{name[0]}为{country}简称",
                    0.85,
                )
            return Body(
                "organization",
                country + bare[1:],
                Span(item.body_start, item.body_start + len(bare)),
                None,
                f"{name[0]}为{country}简称",
                0.85,
            )
        if title_head in titles("posts", "government") or title_head in titles("posts", "state"):
            found = self._left_out.government(item, chain, previous)
            return Body(found.type, found.name, found.span, found.mention, found.reason, 0.6) if found else None
        base = previous or self._left_out.last
        if previous is not None and bare in _OFFICES and (match := _UNDER.match(previous.name)):
            root = match.group("root")  # an office beside an office of one department
            return Body("organization", root + bare, None, None, f"{bare}属{root}", 0.8, root=root)
        if bare in titles("departments", "party"):
            committee = self._left_out.committee(base, item)
            if committee:
                return Body("organization", committee + bare, None, None, f"{bare}属{committee}")
        if bare in local_bodies() or bare in (
            "政府",
            "区委",
            "县委",
            "市委",
            "省委",
            "人武部",
            "管委会",
            "党工委",
            "工委",
        ):
            place = self._left_out.place(base, item, chain)
            if place:
                bare = bare if not bare.endswith("委") or bare[0] not in LEVELS else bare[1:]
                if bare in ("军分区", "警备区"):
                    place = gazetteer.plain_name(place)
                return Body("organization", place + bare, None, None, f"{bare}属{place}", 0.8)
        if bare in titles("departments", "units") and base is not None:
            root = (
                base.name
                if base.type == "organization" and not base.name.endswith("委")
                else place_of(base.name) or base.name
            )
            root = root.removesuffix("党工委").removesuffix("党委").removesuffix("党组")
            return Body("organization", root + bare, None, None, f"{bare}属{root}", 0.8, root=root)
        if bare in units() and base is not None:
            return Body(
                "organization",
                base.name + ("政府" if base.type == "place" else "") + bare,
                None,
                None,
                f"{bare}属{base.name}",
            )
        if looks_like_body(bare):
            if (
                previous is not None
                and len(bare) <= 12
                and _SUB.search(bare)
                and previous.name not in bare
                and previous.type == "organization"
                and not LOCAL.search(previous.name)
            ):
                root = _root(previous, item.title, bare)
                if bare.endswith("委员会"):
                    root = root.removesuffix("常委会")
                if bare.startswith("常委会"):
                    root = root.removesuffix("常委会")
                return Body("organization", root + bare, None, None, f"{bare}属{root}", 0.8, root=root)
            if len(bare) >= 4 or bare[0] in "《“" or bare.endswith(("国家队", "内阁")):
                return Body(
                    "organization",
                    bare.strip("“”"),
                    Span(item.body_start, max(item.body_end, item.body_start + len(bare))),
                    None,
                    "",
                    0.75,
                )
            return self._left_out.elided(item, chain, previous)
        if name in national_bodies():
            return Body("organization", name, Span(item.body_start, item.body_end), None, "", 0.8)
        if len(name) >= 3 and (
            head_of(item.title) in titles("posts", "company")
            or any(
                t.tag in ("ORG", "nz", "nw") or t.text.isascii()
                for t in self._document.tokens_in(item.body_start, item.body_end)
            )
        ):
            return Body("organization", name, Span(item.body_start, item.body_end), None, "", 0.65)
        elided = self._left_out.elided(item, chain, previous)
        if elided is not None and elided.confidence < 0.5:
            return None  # what is printed names the body, in words that are not understood
        return Body(elided.type, elided.name, elided.span, elided.mention, elided.reason, 0.6, name) if elided else None
