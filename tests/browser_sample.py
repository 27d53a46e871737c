"""Facts written by hand for tests of the page: the sample newspaper page, and a page of hostile names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.model import (
    Article,
    ArticleFacts,
    Block,
    Entity,
    EntityType,
    Fact,
    FactKind,
    Resolution,
    ResolvedEntity,
    Segment,
    Span,
    qualifiers,
)

PAGE = Path(__file__).parent.parent / "data" / "taiyuan-daily.txt"
TYPES: dict[str, EntityType] = {
    "p": "person", "o": "organization", "l": "place", "e": "event", "d": "document", "u": "unnamed",
}  # fmt: skip


class Writer:
    """Collects the facts of one article; entities are written ``p:韦韬``, evidence as a quotation of the text."""

    def __init__(self, article_id: str, text: str, *, title: str = "", date: str = "", publisher: str = "") -> None:
        blocks, start = [], 0
        for line in text.split("\n"):
            kind = "headline" if line and not blocks else "body"
            if line:
                blocks.append(Block(kind, start, start + len(line)))
            start += len(line) + 1
        self.article = Article(
            article_id, text, (Segment(0, 0, len(text)),), tuple(blocks), source=f"{article_id}.txt", title=title,
            date=date, publisher=publisher,
        )  # fmt: skip
        self.entities: dict[str, Entity] = {}
        self.facts: list[Fact] = []

    def entity(self, short: str, *aliases: str) -> str:
        if not short:
            return ""
        kind, _, name = short.partition(":")
        key = f"{TYPES[kind]}:{name}"
        if key not in self.entities or aliases:
            self.entities[key] = Entity(key, TYPES[kind], name, tuple(sorted(aliases)))
        return key

    def say(
        self, relation: FactKind, subject: str, object_: str, quote: str, /, *, confidence: float = 0.9, **details: str
    ) -> None:
        start = self.article.text.index(quote)
        self.facts.append(
            Fact(
                relation, self.entity(subject), self.entity(object_), qualifiers(**details),
                Span(start, start + len(quote)), "by hand", confidence=confidence,
                status="candidate" if confidence < 0.5 else "explicit",
            )
        )  # fmt: skip

    def done(self) -> ArticleFacts:
        return ArticleFacts(self.article, tuple(self.entities.values()), tuple(self.facts))


def resolve(articles: Iterable[ArticleFacts]) -> Resolution:
    """The plainest resolution: same type and name, same entity."""
    members: dict[str, list[tuple[str, str]]] = {}
    entities: dict[str, Entity] = {}
    aliases: dict[str, set[str]] = {}
    for facts in articles:
        for entity in facts.entities:
            identifier = f"{entity.type}/{entity.name}"
            members.setdefault(identifier, []).append((facts.article.id, entity.key))
            entities[identifier] = entity
            aliases.setdefault(identifier, set()).update(entity.aliases)
    resolved = tuple(
        ResolvedEntity(i, entities[i].type, entities[i].name, tuple(sorted(aliases[i])), tuple(sorted(members[i])))
        for i in sorted(members)
    )
    return Resolution(resolved, {m: e.id for e in resolved for m in e.members})


def taiyuan() -> list[ArticleFacts]:
    """The two articles of the sample page with most of their facts."""
    lines = [line.strip() for line in PAGE.read_text(encoding="utf-8").split("\n") if line.strip()]
    split = next(i for i, line in enumerate(lines) if line.startswith("韦韬在督导检查"))
    first = Writer("taiyuan-daily", "\n".join(lines[:split]))
    meeting = "e:太忻经济一体化发展协作工作座谈会"
    lead = "省委常委、太原市委书记韦韬,市人大常委会副主任王纯,忻州市委书记朱晓东出席并讲话。"
    second = "太原市委副书记、市长张新伟,忻州市委副书记、市长李建国出席。"
    third = "省太忻经济一体化发展促进中心主任张翔,太原市人大常委会主任魏民,忻州市人大常委会主任王珍发言。"
    opening = "6月2日,太原、忻州两市人大常委会太忻经济一体化发展协作工作座谈会在并举行。"
    posts = [
        ("韦韬", "山西省委", "常委", lead), ("韦韬", "太原市委", "书记", lead),
        ("王纯", "山西省人大常委会", "副主任", lead), ("朱晓东", "忻州市委", "书记", lead),
        ("张新伟", "太原市委", "副书记", second), ("张新伟", "太原市人民政府", "市长", second),
        ("李建国", "忻州市委", "副书记", second), ("李建国", "忻州市人民政府", "市长", second),
        ("张翔", "山西省太忻经济一体化发展促进中心", "主任", third), ("魏民", "太原市人大常委会", "主任", third),
        ("王珍", "忻州市人大常委会", "主任", third),
    ]  # fmt: skip
    for person, organization, title, quote in posts:
        first.say("position", f"p:{person}", f"o:{organization}", quote, title=title)
    for name in ("韦韬", "王纯", "朱晓东"):
        first.say("participation", f"p:{name}", meeting, lead, role="attend")
        first.say("participation", f"p:{name}", meeting, lead, role="speak")
    for name in ("张新伟", "李建国"):
        first.say("participation", f"p:{name}", meeting, second, role="attend")
    for name in ("张翔", "魏民", "王珍"):
        first.say("participation", f"p:{name}", meeting, third, role="speak")
    first.say("event", meeting, "l:太原", opening, kind="meeting", date="--06-02")
    signing = "会前,太原、忻州两市人大常委会共同签署太忻经济一体化发展协作协议。"
    for city in ("太原", "忻州"):
        first.say("participation", f"o:{city}市人大常委会", meeting, opening, role="organize")
        first.say("signing", f"o:{city}市人大常委会", "d:太忻经济一体化发展协作协议", signing)
        first.say("hierarchy", f"o:{city}市人大常委会", f"l:{city}", opening)
    for speaker, start in (("王纯", "王纯表示"), ("朱晓东", "朱晓东表示"), ("韦韬", "韦韬代表太原市委")):
        text = first.article.text
        at = text.index(start)
        first.say("statement", f"p:{speaker}", "", text[at : text.index("。", at) + 1], verb="表示")
    first.say("position", "p:林武", "o:山西省委", "是省委书记林武亲自谋划", title="书记")
    first.say("position", "p:习近平", "o:中共中央", "习近平总书记殷殷嘱托", title="总书记")
    for name in ("殷雪鸢", "梁涛"):
        first.say("byline", f"p:{name}", "", "本报讯(记者 殷雪鸢 梁涛)", role="reporter")
    first.say("byline", "p:梁琛", "", "梁琛 摄", role="photographer")
    first.entity("o:太原市委", "市委", "中共太原市委")
    first.entity("l:京津冀")
    first.entity("l:雄安新区")

    other = Writer("taiyuan-daily#2", "\n".join(lines[split:]))
    tour = "e:督导检查全市安全生产和常态化疫情防控工作"
    report = "6月1日,省委常委、市委书记韦韬在督导检查全市安全生产和常态化疫情防控工作时强调"
    other.say("event", tour, "l:太原", report, kind="visit", date="--06-01")
    other.say("participation", "p:韦韬", tour, report, role="visit")
    other.say("position", "p:韦韬", "o:山西省委", report, title="常委")
    other.say("position", "p:韦韬", "o:太原市委", report, title="书记")
    centre = "韦韬来到市应急管理局救援指挥中心,听取全市安全生产工作情况汇报"
    other.say("visit", "p:韦韬", "o:太原市应急管理局救援指挥中心", centre)
    park = "韦韬走进双塔公园,认真检查疫情防控措施落实情况"
    other.say("visit", "p:韦韬", "l:双塔公园", park)
    other.say("visit", "p:韦韬", "l:永祚寺", "实地察看永祚寺文物保护利用情况")
    mine = "现场调度山西焦煤集团马兰矿"
    other.say("participation", "o:马兰矿", tour, mine, role="other", confidence=0.4)
    other.say("hierarchy", "o:马兰矿", "o:山西焦煤集团", mine)
    other.say("hierarchy", "o:太原市应急管理局救援指挥中心", "o:太原市应急管理局", centre)
    other.say("visit", "p:韦韬", "o:马兰矿", mine)
    for start in ("他指出,安全生产永远在路上", "韦韬在督导检查中强调"):
        at = other.article.text.index(start)
        end = other.article.text.index("。", at) + 1
        other.say("statement", "p:韦韬", "", other.article.text[at:end], verb="指出")
    for name in ("殷雪鸢", "梁涛"):
        other.say("byline", f"p:{name}", "", "本报讯(记者 殷雪鸢 梁涛)", role="reporter")
    return [first.done(), other.done()]


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)//",
    "<!--<script>",
    "{{7*7}}${7*7}",
    "=HYPERLINK(\"http://example.invalid\")",
    "\u202egnp.exe",
    "'\\u003c\u2028 &lt;b&gt;",
)  # fmt: skip


def hostile() -> list[ArticleFacts]:
    """Every name, title, quotation, date and file name is an attack."""
    text = "\n".join([*HOSTILE, "。".join(HOSTILE)])
    writer = Writer('h"><img src=x onerror=alert(5)>', text, title=HOSTILE[0], date=HOSTILE[1], publisher=HOSTILE[2])
    for i, name in enumerate(HOSTILE):
        other = HOSTILE[(i + 1) % len(HOSTILE)]
        writer.say("position", f"p:{name}", f"o:{other}", name, title=HOSTILE[(i + 2) % len(HOSTILE)])
        writer.say("participation", f"p:{name}", f"e:{other}", name, role=HOSTILE[0])
        writer.say("event", f"e:{other}", f"l:{name}", other, kind=HOSTILE[1], date=HOSTILE[2])
        writer.say("statement", f"p:{name}", "", "。".join(HOSTILE), verb=HOSTILE[3])
        writer.entity(f"p:{name}", other)
    return [writer.done()]
