"""Hand-made articles and facts for tests: made-up people in a made-up city, every kind of fact at least once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from kg.model import (
    Article,
    ArticleFacts,
    Block,
    Entity,
    EntityType,
    Fact,
    FactKind,
    Modality,
    Resolution,
    ResolvedEntity,
    Segment,
    Span,
    Status,
    iterate_spans,
    qualifiers,
)

HEADLINE = "青河市产业发展座谈会举行"
SENTENCES = (
    "本报讯(记者 赵一鸣)6月2日,青河市产业发展座谈会在青河市举行。",
    "市委书记钱立国出席并讲话,副市长孙文静主持。",
    "钱立国表示,要把实体经济抓实抓好。",
    "会前,青河市政府与远山集团签署《战略合作协议》。",
    "会议期间,钱立国会见了远山集团董事长李成林。",
    "5月30日,孙文静到石桥县调研。",
    "会议宣布,任命周大勇为青河市水利局局长。",
    "青河市水利局是青河市政府的组成部门。",
    "吴小梅获青河市劳动模范称号。",
    "现场负责人说,工程进展顺利。",
)
BODY = "".join(SENTENCES)
CAPTION = "座谈会现场。何光 摄"
TEXT = f"{HEADLINE}\n{BODY}\n{CAPTION}"
_CUT = BODY.index("实体经济") + 2  # a column ends inside the word, the caption stands in the gap
SOURCE = f"{HEADLINE}\n\n{BODY[:_CUT]}\n\n\n{CAPTION}\n\n{BODY[_CUT:]}\n"
"""The page as it lies in the source: the body is cut in the middle of a word and the caption stands in the cut."""


def page(
    article_id: str = "qinghe-daily", *, text: str = TEXT, source: str = SOURCE, date: str = "2022-06-03"
) -> Article:
    """The sample article, or one of the given text whose blocks stand in ``source`` in any order, cut or not."""
    segments: list[Segment] = []
    position = 0
    while position < len(text):
        length = next((n for n in range(len(text) - position, 0, -1) if text[position : position + n] in source), 0)
        if text[position] != "\n" and length:
            run = text[position : position + length].split("\n")[0]
            segments.append(Segment(position, source.index(run), len(run)))
            position += len(run)
        else:
            position += 1
    blocks = tuple(
        Block("headline" if n == 0 else "caption" if n == 2 else "body", s.start, s.end)
        for n, s in enumerate(_lines(text))
    )
    return Article(
        id=article_id,
        text=text,
        segments=tuple(segments),
        blocks=blocks,
        source=f"{article_id.partition('#')[0]}.txt",
        source_sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        date=date,
        publisher="青河日报",
    )


def _lines(text: str) -> Iterable[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def entity(type_: EntityType, name: str, text: str = TEXT, *, forms: Iterable[str] = (), reason: str = "") -> Entity:
    """An entity with its mentions looked up in the text."""
    forms = tuple(sorted(forms))
    found = {span for form in (name, *forms) for span in iterate_spans(text, form)}
    return Entity(f"{type_}:{name}", type_, name, forms, tuple(sorted(found)), reason)


def fact(
    kind: FactKind,
    subject: str,
    object_: str,
    quote: str,
    /,
    *,
    text: str = TEXT,
    confidence: float = 0.9,
    status: Status = "explicit",
    modality: Modality = "asserted",
    rule: str = "",
    reason: str = "",
    **values: str,
) -> Fact:
    """A fact whose evidence is the place of ``quote`` in ``text``."""
    start = text.index(quote)
    return Fact(
        kind,
        subject,
        object_,
        qualifiers(**values),
        Span(start, start + len(quote)),
        rule or f"test-{kind}",
        "test 1",
        confidence,
        status,
        reason,
        modality,
    )


MEETING = "event:青河市产业发展座谈会"
TOUR = "event:孙文静到石桥县调研"


def entities() -> tuple[Entity, ...]:
    """The entities of the sample article."""
    return (
        entity("person", "赵一鸣"),
        entity("person", "钱立国"),
        entity("person", "孙文静"),
        entity("person", "李成林"),
        entity("person", "周大勇"),
        entity("person", "吴小梅"),
        entity("person", "何光"),
        entity("organization", "青河市委", forms=("市委",), reason="市委 of the paper's own city"),
        entity("organization", "青河市政府", reason="副市长 is of the city's government"),
        entity("organization", "青河市水利局"),
        entity("organization", "远山集团"),
        entity("place", "青河市", forms=("青河",)),
        entity("place", "石桥县"),
        entity("event", "青河市产业发展座谈会", forms=("座谈会",)),
        entity("event", "孙文静到石桥县调研"),
        entity("document", "《战略合作协议》"),
        entity("unnamed", "现场负责人"),
    )


def facts() -> tuple[Fact, ...]:
    """The facts of the sample article: each of the eleven kinds, and a candidate, a plan, a wish and a denial."""
    s = SENTENCES
    return (
        fact(
            "position",
            "person:钱立国",
            "organization:青河市委",
            s[1],
            title="书记",
            status="inferred",
            reason="市委 → 青河市委",
        ),
        fact("position", "person:孙文静", "organization:青河市政府", s[1], title="副市长", status="inferred"),
        fact("position", "person:李成林", "organization:远山集团", s[4], title="董事长"),
        fact("position", "person:周大勇", "organization:青河市水利局", s[6], title="局长"),
        fact("position", "person:赵一鸣", "", s[0], title="记者"),
        fact(
            "position", "person:吴小梅", "organization:远山集团", s[8], title="职工", confidence=0.3, status="candidate"
        ),
        fact("participation", "person:钱立国", MEETING, s[1], role="attend"),
        fact("participation", "person:钱立国", MEETING, s[1], role="speak"),
        fact("participation", "person:孙文静", MEETING, s[1], role="preside"),
        fact("participation", "place:青河市", MEETING, s[0], role="organize", status="inferred"),
        fact("participation", "person:孙文静", TOUR, s[5], role="visit"),
        fact("participation", "person:李成林", MEETING, s[4], role="attend", modality="denied"),
        fact("event", MEETING, "place:青河市", s[0], kind="meeting", date="2022-06-02"),
        fact("event", TOUR, "place:石桥县", s[5], kind="visit", date="--05-30"),
        fact("visit", "person:孙文静", "place:石桥县", s[5]),
        fact("visit", "person:钱立国", "place:石桥县", s[2], modality="urged"),
        fact("meeting", "person:钱立国", "person:李成林", s[4]),
        fact("signing", "organization:青河市政府", "document:《战略合作协议》", s[3]),
        fact("signing", "organization:远山集团", "document:《战略合作协议》", s[3]),
        fact("appointment", "person:周大勇", "organization:青河市水利局", s[6], title="局长", change="appointed"),
        fact("hierarchy", "organization:青河市水利局", "organization:青河市政府", s[7]),
        fact("hierarchy", "organization:青河市水利局", "place:青河市", s[7]),
        fact("statement", "person:钱立国", "", s[2], verb="表示"),
        fact("statement", "unnamed:现场负责人", "", s[9], verb="说"),
        fact("byline", "person:赵一鸣", "", s[0][:10], role="reporter"),
        fact("byline", "person:何光", "", CAPTION, role="photographer"),
        fact("award", "person:吴小梅", "", s[8], award="青河市劳动模范"),
    )


def sample(article_id: str = "qinghe-daily") -> ArticleFacts:
    """The sample article with its entities and facts."""
    return ArticleFacts(page(article_id), entities(), facts(), locality="青河市")


SECOND_TEXT = "青河市产业发展座谈会将于6月2日举行\n市委书记钱立国将出席青河市产业发展座谈会。\n远山集团否认参加。"


def second(article_id: str = "evening-news#2") -> ArticleFacts:
    """A second article: the same person and event, announced before it happened, in a source without any cut."""
    text = SECOND_TEXT
    announced = text.split("\n")[1]
    return ArticleFacts(
        page(article_id, text=text, source=text, date="2022-06-01"),
        (
            entity("person", "钱立国", text),
            entity("organization", "青河市委", text, forms=("市委",)),
            entity("event", "青河市产业发展座谈会", text),
        ),
        (
            fact("position", "person:钱立国", "organization:青河市委", announced, text=text, title="书记"),
            fact(
                "event",
                MEETING,
                "",
                text.split("\n")[0],
                text=text,
                kind="meeting",
                date="2022-06-02",
                modality="planned",
            ),
            fact("participation", "person:钱立国", MEETING, announced, text=text, role="attend", modality="planned"),
        ),
    )


HOSTILE = ("<img src=x onerror=alert(1)>", '"引号"\'\\', "换\n行\t{}|^`", "a>b</script>", "]]>&amp;", "全角／％？＃")


def hostile(article_id: str = "hostile/../<a>#2") -> ArticleFacts:
    """An article whose names are made to break serializers, pages and queries."""
    text = "\n".join(f"名为{name}的人来了。" for name in HOSTILE)
    people = tuple(entity("person", name, text) for name in HOSTILE)
    said = tuple(
        fact("statement", f"person:{name}", "", f"名为{name}的人来了。", text=text, verb="说") for name in HOSTILE
    )
    posts = tuple(
        fact("position", f"person:{name}", "", f"名为{name}的人来了。", text=text, title=f"长<{n}>")
        for n, name in enumerate(HOSTILE)
    )
    article = Article(
        article_id, text, (Segment(0, 0, len(text)),), (Block("body", 0, len(text)),), source="<a>/b c.txt"
    )
    return ArticleFacts(article, people, (*said, *posts))


def resolve(articles: Iterable[ArticleFacts], same: Mapping[tuple[str, str], str] | None = None) -> Resolution:
    """A resolution that joins by type and name, or by what ``same`` says for an article's entity."""
    groups: dict[str, list[tuple[str, Entity]]] = {}
    for found in articles:
        for item in found.entities:
            chosen = (same or {}).get((found.article.id, item.key), f"{item.type}/{item.name}")
            groups.setdefault(chosen, []).append((found.article.id, item))
    resolved = tuple(
        ResolvedEntity(
            id=chosen,
            type=members[0][1].type,
            name=members[0][1].name,
            aliases=tuple(sorted({alias for _, item in members for alias in item.aliases})),
            members=tuple(sorted((article_id, item.key) for article_id, item in members)),
            reasons=("same name and post",) if len(members) > 1 else (),
        )
        for chosen, members in sorted(groups.items())
    )
    return Resolution(resolved, {member: item.id for item in resolved for member in item.members})
