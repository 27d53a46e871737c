"""Which organization or place a post belongs to: what is printed before it, what the chain or the article named before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.analysis.context import Context
from kg.analysis.document import Document
from kg.extract.chains import Chain, Item
from kg.extract.draft import Draft
from kg.extract.titles import (
    LEVELS,
    body_endings,
    defaults,
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
from kg.model import EntityType, Mention, Span

_SUB = re.compile(
    r"(?:部|处|室|科|办|司|局|厅|委|委员会|党组|党委|支部|总支|工会|组|庭|分行|支行|分公司|董事会|监事会|^.{0,2}(?:中心|所|院))$"
)
_PARTY = re.compile(r"(?:党工委|党委|党组|党总支|党支部)(?=.)")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_OWN_PARTY = re.compile(
    r"(?P<own>局|委|校|院|厅|部|行|社|台|集团|公司|医院|学校|大学|学院|中心|协会|联盟)(?P<party>党组|党委|党总支|党支部)"
)
_LOCAL = re.compile(r"(?:[省市县区州旗盟]委|政府)$")


@dataclass(frozen=True, slots=True)
class Body:
    """The organization (or place) of a post.

    Attributes:
        type: ``organization``, or ``place`` for heads of government (太原市, 市长).
        span: where it is named; ``None`` where the chain or the article gives it.
        reason: what completed it, empty where it is printed.
        confidence: that this is the body meant.
        prefix: words between the body and the title that belong to the title (气候变化事务|特使).
        root: the body it hangs on where the chain gave it (审判委员会: the court).
        taken: the beginning of the title that belongs to the body's name (宁夏回族自治区|党委|书记).
    """

    type: EntityType
    name: str
    span: Span | None = None
    mention: Mention | None = None
    reason: str = ""
    confidence: float = 0.9
    prefix: str = ""
    taken: str = ""
    root: str = ""

    def key(self, draft: Draft) -> str:
        """The key of its entity in the draft, which is made where it is new."""
        if self.mention is not None and self.mention.type == self.type:
            return draft.mentioned(self.mention)
        return draft.entity(self.type, self.name, span=self.span, reason=self.reason)


def _cut(body: Body, endings: tuple[str, ...]) -> str:
    """The part of a body's name, or the body it hangs on, that a post belongs to: 法院 of 人民法院审判委员会 for 审判员."""
    if body.root.endswith(endings):
        return body.root
    return max((body.name[: at + len(e)] for e in endings if (at := body.name.rfind(e)) > 1), key=len, default="")


def _parent(body: Body, title: str) -> Body:
    """The body itself, or the one whose party group it is where the title is no party post: 市商务局党组书记、局长."""
    if head_of(title) in ("书记", "委员", "常委", "成员", "党组成员", "秘书"):
        return body
    name = re.sub(r"(?<=.{3})(?:党组|(?<![省市区县州旗盟])党委|党总支|党支部)$", "", body.name)
    return body if name == body.name else Body(body.type, name, None, None, f"接前文{body.name}", body.confidence)


class Bodies:
    """Resolves the bodies of a document's posts, in the order of the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._context = Context(document.article, [m for m in document.mentions if m.type == "place"])
        self._named = [m for m in document.mentions if m.type == "organization" and m.score >= 0.5]
        self._countries = [m for m in document.mentions if m.type == "place" and m.text in gazetteer.countries()]
        self._places: dict[int, tuple[Mention, ...]] = {}
        for mention in document.mentions:
            if mention.type == "place" and len(mention.text) > 1:
                self._places[mention.end] = (*self._places.get(mention.end, ()), mention)
        self._by_title: dict[str, Body] = {}
        self._last: Body | None = None
        self._sentence = -1

    def resolve(self, chain: Chain) -> list[Body | None]:
        """The body of each item of a chain; ``None`` where nothing names one."""
        if chain.sentence.start != self._sentence:
            self._sentence, self._last = chain.sentence.start, None
        found: list[Body | None] = []
        previous: Body | None = None
        for item in chain.items:
            body = self._own(item, chain, previous) if not item.bare else self._elided(item, chain, previous)
            found.append(body)
            if body is not None:
                previous = body
                if not item.bare and body.type == "place":
                    self._by_title[head_of(item.title)] = body
        if previous is not None:
            self._last = previous
        return found

    def _own(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        text = self._document.text
        words_before = text[item.body_start : item.body_end]
        level = (
            text[item.title_start]
            if item.body_end == item.title_start and text[item.title_start : item.title_start + 2].endswith("长")
            else ""
        )
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
            if last.type == "place" or len(item.anchors) == 1 or not looks_like_body(last.text):
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
        rest = _BRACKET.sub("", text[last.end : item.body_end])
        whole = _BRACKET.sub("", text[first.end : item.body_end])
        if not rest:
            return self._anchor(last, item)
        if looks_like_body(rest) or (looks_like_body(rest + level) and level not in ("", *LEVELS)):
            return self._joined(first, whole + ("" if looks_like_body(rest) else level), item)
        body = self._anchor(last, item)
        return Body(body.type, body.name, body.span, body.mention, body.reason, 0.8, rest)

    def _generic(self, mention: Mention) -> bool:
        """A body that many places or bodies have, named without its own: 政法委, 管委会, 公安局."""
        if mention.type != "organization" or self._document.name(mention) != mention.text:
            return False
        text = mention.text
        return _OWN_PARTY.fullmatch(text) is not None or text in generics() or text in local_bodies() or text in units()

    def _anchor(self, mention: Mention, item: Item) -> Body:
        name = self._document.name(mention)
        reason = self._document.reasons.get(mention.span, "")
        if name != mention.text and name.endswith(mention.text) and mention.text[:2] in gazetteer.countries():
            return Body("organization", mention.text, mention.span)
        if mention.type == "organization" and mention.text[0] in LEVELS:  # 江西|省发展改革委: the place was cut off
            for place in self._places.get(mention.start, ()) + self._places.get(mention.start + 1, ()):
                whole = self._document.text[place.start : mention.end]
                return Body("organization", whole, Span(place.start, mention.end))
        return Body(mention.type, name, mention.span, mention, reason)  # type: ignore[arg-type]

    def _joined(self, first: Mention, rest: str, item: Item) -> Body:
        name = self._document.name(first) + rest
        reason = self._document.reasons.get(first.span, "")
        end = min(first.end + len(rest), item.end)
        root = self._document.name(first)
        return Body("organization", re.sub(r"\s", "", name), Span(first.start, end), None, reason, 0.85, root=root)

    def _unanchored(self, item: Item, chain: Chain, previous: Body | None, name: str, level: str) -> Body | None:
        bare = name if looks_like_body(name) else name + level
        if (
            name.startswith("常委会")
            and len(name) > 3
            and (known := self._before("人大常委会", item.start)) is not None
        ):
            return Body("organization", known.name + name[3:], None, None, known.reason, 0.8)
        title_head = head_of(item.title)
        if (match := _OWN_PARTY.fullmatch(name)) and (known := self._before(match.group("own"), item.start)):
            return Body("organization", known.name + match.group("party"), None, None, known.reason, 0.75)
        if name == "常委会":
            return self._before("人大常委会", item.start)
        if name in titles("again", "words") or (name[:1] in "该本我" and len(name) <= 4):
            known = self._before(name.lstrip("该本我"), item.start) or self._by_head(title_head, item.start)
            if known is not None:
                return known
        if title_head in titles("posts", "government") or title_head in titles("posts", "state"):
            found = self._government(item, chain, previous)
            return Body(found.type, found.name, found.span, found.mention, found.reason, 0.6) if found else None
        base = previous or self._last
        if name[:1] in states() and (len(name) == 1 or looks_like_body(bare)):
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
        if bare in titles("departments", "party"):
            committee = self._committee(base, item)
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
            place = self._place(base, item, chain)
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
                and not _LOCAL.search(previous.name)
            ):
                root = _parent(previous, item.title).name
                if previous.root and previous.name[-1] == bare[-1]:  # one department after the other, of one body
                    root = previous.root
                if bare.endswith("委员会"):
                    root = root.removesuffix("常委会")
                return Body("organization", root + bare, None, None, f"{bare}属{root}", 0.8, root=root)
            if len(bare) >= 4 or bare[0] in "《“":
                return Body(
                    "organization",
                    bare.strip("“”"),
                    Span(item.body_start, max(item.body_end, item.body_start + len(bare))),
                    None,
                    "",
                    0.75,
                )
            return self._elided(item, chain, previous)
        if len(name) >= 3 and (
            head_of(item.title) in titles("posts", "company")
            or any(
                t.tag in ("ORG", "nz", "nw") or t.text.isascii()
                for t in self._document.tokens_in(item.body_start, item.body_end)
            )
        ):
            return Body("organization", name, Span(item.body_start, item.body_end), None, "", 0.65)
        elided = self._elided(item, chain, previous)
        return Body(elided.type, elided.name, elided.span, elided.mention, elided.reason, 0.6, name) if elided else None

    def _elided(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        head = head_of(item.title)
        if head in titles("posts", "government"):
            return self._government(item, chain, previous)
        if head in titles("posts", "state"):
            if previous is not None:
                return previous
            known = self._by_title.get(head)
            if known is not None:
                return Body(known.type, known.name, None, None, f"前文{known.name}{item.title}", 0.75)
            return self._country(item, chain)
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
            endings = body_endings().get(head)
            if endings and not previous.name.endswith(endings) and (root := _cut(previous, endings)):
                return Body("organization", root, None, None, f"接前文{previous.name}", 0.8)
            return _parent(previous, item.title)
        endings = body_endings().get(head)
        if self._last is not None and (endings is None or self._last.name.endswith(endings)):
            last = _parent(self._last, item.title)
            return Body(last.type, last.name, None, None, f"接本句前文{last.name}", 0.75)
        found = self._by_head(head, item.start)
        if found is not None:
            return found
        if self._last is not None:
            last = _parent(self._last, item.title)
            return Body(last.type, last.name, None, None, f"本句前文为{last.name}", 0.6)
        return self._nearest(item, chain)

    def _nearest(self, item: Item, chain: Chain) -> Body | None:
        """The organization named last before, for a post that does not say what kind of body it belongs to."""
        for mention in reversed(self._named):
            if mention.end <= item.start:
                name = self._document.name(mention)
                return Body("organization", name, None, None, f"前文最近的机构为{name}", 0.42)
        return None

    def _by_head(self, head: str, offset: int) -> Body | None:
        endings = body_endings().get(head)
        if endings is None:
            return None
        return next((b for e in (endings,) if (b := self._before(e, offset)) is not None), None)

    def _before(self, ending: str | tuple[str, ...], offset: int) -> Body | None:
        """The organization named last before whose name ends so."""
        for mention in reversed(self._named):
            if (
                mention.end <= offset
                and (ending != "委" or not _LOCAL.search(self._document.name(mention)))
                and (name := self._document.name(mention)).endswith(ending)
                and name not in titles("again", "words")
            ):
                return Body("organization", name, None, None, f"前文提到{name}", 0.7)
        return None

    def _government(self, item: Item, chain: Chain, previous: Body | None) -> Body | None:
        level = head_of(item.title)[0]
        for body in (previous, self._last):
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

    def _country(self, item: Item, chain: Chain) -> Body | None:
        for mention in reversed(self._countries):
            if mention.end <= item.start:
                same = mention.start >= chain.sentence.start
                return Body(
                    "place", self._document.name(mention), None, None, f"前文提到{mention.text}", 0.75 if same else 0.65
                )
        return None

    def _committee(self, base: Body | None, item: Item) -> str:
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

    def _place(self, base: Body | None, item: Item, chain: Chain) -> str:
        if base is not None:
            return base.name if base.type == "place" else place_of(base.name)
        for level in "市县区":
            found = self._context.at_level(level, item.start, chain.sentence.start)
            if found is not None and found[0].name == self._document.locality:
                return found[0].name
        return ""
