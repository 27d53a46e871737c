"""Which organization or place a post belongs to: what is printed before it, what the chain or the article named before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analysis.document import Document
from kg.extract.body import Body as Body
from kg.extract.body_words import LEAGUE, OF_LEAGUE
from kg.extract.chains import OF, Chain, Item
from kg.extract.elided import LOCAL, Elided, beside, parent
from kg.extract.titles import (
    LEVELS,
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
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_OWN_PARTY = re.compile(
    r"(?P<own>局|委|校|院|厅|部|行|社|台|集团|公司|医院|学校|大学|学院|中心|协会|联盟|分局|总局|支队|大队|总队|总社|总行|分行|学会|商会|研究院|研究所|企业)"
    r"(?P<party>党组|党委|党总支|党支部|纪委|工会|团委)"
)
_AFTER_BODY = re.compile(f"^{OF.pattern.removesuffix('$')}")
_AGAIN = re.compile("^(?:新一届|本届|上届|全)(?=.{2})")
_COURT = re.compile("^.+(?:法院|检察院)(?=(?:审判|检察)委员会$|审委会$|检委会$)")
_COUNCIL = re.compile(r"[委办]$")


# Words that a body's own name begins with, not that of a department.
_OWN_NAMES = ("国家", "全国", "中央", "国务院", "中国", "中华", "国际", "世界", "联合", "亚洲", "欧洲", "最高")


_OFFICES = ("办公室", "研究室", "综合处", "秘书处", "办公厅")
_UNDER = re.compile("(?P<root>.{2,}?(?:部|局|厅|司|公司|大学|学院))(?!公司|有限|股份|部).{2,8}(?:处|科|室|组)$")
_MINISTRIES = frozenset(
    "财政部 外交部 国防部 内政部 司法部 商务部 教育部 卫生部 农业部 工业部 能源部 交通部 劳工部 贸易部 经济部 环境部 文化部 国土安全部 旅游部 科技部".split()
)
_PART = re.compile(
    "(?:该|本|我)?(?P<own>院|校|局|学校|医院|学院|大学|公司|集团|中心|协会|研究院|研究所|银行)(?P<part>.{2,10}(?:处|科|室|部|系|办|中心|所|委员会))"
)


def _root(previous: Body, title: str, department: str) -> str:
    """What a department hangs on that is named after another body: on that, or beside it where both are departments."""
    if department.endswith(("部", "庭", "局", "室", "处")) and (court := _COURT.match(previous.name)):
        return court.group()  # beside the committee of a court
    if previous.root and beside(previous.name, department):
        return previous.root
    return parent(previous, title).name


class Bodies:
    """Resolves the bodies of a document's posts, in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left_out = Elided(document)
        self._places: dict[int, tuple[Mention, ...]] = {}
        for mention in document.mentions:
            if mention.type == "place" and len(mention.text) > 1:
                self._places[mention.end] = (*self._places.get(mention.end, ()), mention)
        self._sentence = -1

    def resolve(self, chain: Chain) -> list[Body | None]:
        """The body of each item of a chain; ``None`` where nothing names one."""
        if chain.sentence.start != self._sentence:
            self._sentence, self._left_out.last = chain.sentence.start, None
        found: list[Body | None] = []
        previous: Body | None = None
        for item in chain.items:
            body = self._own(item, chain, previous) if not item.bare else self._left_out.elided(item, chain, previous)
            found.append(body)
            if body is not None:
                previous = body
                if not item.bare and body.type == "place":
                    self._left_out.learn(item, body)
        if previous is not None:
            self._left_out.last = previous
        return found

    def _own(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        text = self._document.text
        words_before = text[item.body_start : item.body_end]
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
            if last.type == "organization" and self._document.name(last) != last.text:
                return self._anchor(last, item)
            if len(item.anchors) == 1 and (body := self._of_previous(last, item, previous)) is not None:
                return body
            if (
                last.type == "place"
                or len(item.anchors) == 1
                or not (looks_like_body(last.text) or _COUNCIL.search(last.text))
            ):
                return self._anchor(last if last.type == "place" else first, item)
            if (
                first.type == "place"
                and len(item.anchors) == 2
                and first.end == last.start
                and first.text in gazetteer.countries()
            ):
                whole = text[first.start : last.end]
                return Body("organization", whole, Span(first.start, last.end))
            if first.type == "place" or text[first.end : last.start]:
                return self._anchor(last, item)
            return self._joined(first, text[first.end : item.body_end], item)
        rest = _AFTER_BODY.sub("", _BRACKET.sub("", text[last.end : item.body_end]))
        whole = _AFTER_BODY.sub("", _BRACKET.sub("", text[first.end : item.body_end]))
        if not rest:
            return self._anchor(last, item)
        if last.type == "place" and first.type == "organization":  # 中国社科院|美国问题|专家
            body = self._anchor(first, item)
            return replace(body, confidence=0.8, prefix=text[first.end : item.body_end])
        if looks_like_body(rest) or (looks_like_body(rest + level) and level not in ("", *LEVELS)):
            return self._joined(first, whole + ("" if looks_like_body(rest) else level), item)
        body = self._anchor(last, item)
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
        own = text.startswith((*_OWN_NAMES, "民进", "民革", "民盟", "民建", "台盟", "致公", "九三", "农工"))
        named = self._document.name(mention) != text or own or text in titles("again", "words")
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
            *(("ORG",) if text.startswith(tuple(titles("departments", "fields"))) else ()),
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

    def _anchor(self, mention: Mention, item: Item) -> Body:
        name = self._document.name(mention)
        if name != mention.text and self._of_another(mention, name):
            return Body("organization", mention.text, mention.span)
        if mention.type == "organization" and (special := self._special(mention, name)) is not None:
            return special
        reason = self._document.reasons.get(mention.span, "")
        if name != mention.text and name.endswith(mention.text) and mention.text[:2] in gazetteer.countries():
            return Body("organization", mention.text, mention.span)
        if mention.type == "organization" and mention.text[0] in LEVELS:  # 江西|省发展改革委: the place was cut off
            for place in self._places.get(mention.start, ()) + self._places.get(mention.start + 1, ()):
                whole = self._document.text[place.start : mention.end]
                return Body("organization", whole, Span(place.start, mention.end))
        return Body(mention.type, name, mention.span, mention, reason)  # type: ignore[arg-type]

    def _special(self, mention: Mention, name: str) -> Body | None:
        """Bodies whose names are completed in a way of their own."""
        text, printed = self._document.text, mention.text
        if (league := LEAGUE.search(text, max(0, mention.start - 10), mention.start)) and OF_LEAGUE.match(printed):
            return Body("organization", f"共青团{name}", Span(league.start(), mention.end), None, "", 0.85)
        if name != printed and printed[:2] in ("街道", "镇党", "镇政", "乡党", "乡政"):
            level = "街道" if printed.startswith("街道") else printed[0]
            if not name.removesuffix(printed).endswith(level) and (
                place := self._left_out.nearest_place(level, mention.start)
            ):
                return Body("organization", place + printed.removeprefix(level), None, None, f"前文提到{place}", 0.75)
        if name != printed and (court := _COURT.match(name.removesuffix(printed))):
            return Body("organization", court.group() + printed, None, None, f"{printed}属{court.group()}", 0.8)
        if printed in _MINISTRIES and name == printed:
            last = self._left_out.last
            if last is not None and last.type == "place" and last.name in gazetteer.countries() and last.name != "中国":
                return Body("organization", last.name + printed, None, None, f"接本句前文{last.name}", 0.8)
        return None

    def _of_another(self, mention: Mention, name: str) -> bool:
        """Whether a name was completed with a body though it begins with the name of one, or with a number that is not printed."""
        text = mention.text
        if mention.type != "organization":
            return False
        if "第" in name and "第" not in text and text[:2] == name[:2]:
            return True  # 市人民医院 is no 市第二人民医院
        added = name.removesuffix(text)
        return (
            added != name
            and len(added) > 3
            and looks_like_body(added)
            and any(
                other.type == "organization" and 2 < len(other.text) < len(text) - 2 and text.startswith(other.text)
                for other in self._document.mentions
            )
        )

    def _joined(self, first: Mention, rest: str, item: Item) -> Body:
        name = self._document.name(first) + rest
        reason = self._document.reasons.get(first.span, "")
        end = min(first.end + len(rest), item.end)
        root = self._document.name(first)
        return Body("organization", re.sub(r"\s", "", name), Span(first.start, end), None, reason, 0.85, root=root)

    def _unanchored(self, item: Item, chain: Chain, previous: Body | None, name: str, level: str) -> Body | None:
        bare = name if looks_like_body(name) or looks_like_body(_BRACKET.sub("", name)) else name + level
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
        if name[:1] in states() and name[:2] not in gazetteer.countries() and (len(name) == 1 or looks_like_body(bare)):
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
