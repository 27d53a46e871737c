"""Who signed, issued or published which document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.draft import Draft
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_AGENTS = ("person", "organization", "place")
_REPRESENTS = re.compile(r"代表[^，。]{0,10}签")
_WHEN = re.compile(
    r"(?:当地时间|于|已|日前|近日|今天|[0-9一二三四五六七八九十]+[年月日]|上午|下午|官网|官方网站|微信公众号|发言人)+"
)
_NOT = re.compile(r"未|没有|拒绝|拟|不再|退出|废除此前|此前")
_NO_AGENT = re.compile(r"(?:在|于|自|(?<![收接看见提])到|从|对|向|据)$")
_GOES_ON = re.compile(r"(?:并|还|又|也|同时|此外|随后|另)*(?:分别|先后|共同)?(?:与|同|和)")
# who says that others signed signs nothing; who announces may sign
_SAID = re.compile(r"(?:表示|指出|强调|介绍|介绍说|认为|回应|透露|提到|说)(?:，|：|:)")
_ANY = re.compile(r"各类|各种|各项|有关|相关|一些|任何|多项|多个|这类|此类|类似|其他|所有|部分")
_LIST = re.compile(r"、|和|与|及|联合|会同|，")
_HOSTING = re.compile(r"(?:共同|联合|正式|隆重)?(?:举行|举办|召开)$")
_DATELINE = re.compile(r"[^，。]{0,24}(?:电|讯)(?=[ 　（(])")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(
        f"(?P<sign>(?!会签[发订署约])(?:{alternatives(words('signings', 'sign'))}))|(?P<issue>{alternatives(words('signings', 'issue'))})"
    )


@cache
def _object() -> re.Pattern[str]:
    """The document after its verb: 《…》 with what names its kind, or a noun phrase that ends like one."""
    lead, heads = alternatives(words("signings", "lead")), alternatives(words("signings", "heads"))
    return re.compile(
        f"(?:{lead})*(?:(?P<quoted>《[^》]{{2,60}}》(?:等?(?:{heads}))?(?:(?:、|和|及|与|以及)?《[^》]{{2,60}}》)*)|(?P<plain>[^，。；：！？《》、]{{0,36}}?(?:{heads}))(?=[，。；：！？、]|$|称|显示|以来|后|时|，|中|说|指出|的?仪式))"
    )


@cache
def _witness() -> re.Pattern[str]:
    return re.compile(alternatives(words("signings", "witness")))


def extract(document: Document, draft: Draft) -> None:
    known: list[tuple[str, Span]] = []
    for sentence in document.sentences:
        if sentence.kind in ("byline", "headline"):
            continue
        first: list[Mention] = []
        for match in _verbs().finditer(document.text, sentence.start, sentence.end):
            found = _object().match(document.text, match.end(), sentence.end)
            signing = match.group("sign") is not None
            represented = (
                found is None and signing and known and _REPRESENTS.search(document.text, sentence.start, match.end())
            )
            before = document.text[max(sentence.start, match.start() - 4) : match.start()]
            if (found is None and not represented) or _NOT.search(before):
                continue
            relative = document.text.startswith("的", match.end())
            parties = _parties(document, sentence, match.start(), signing, relative)
            if signing and first and _GOES_ON.match(document.text, _clause(document.text, sentence, match.start())):
                # A与B签署…，并与C签订…: A signs too
                parties = [*first, *parties]
            if not parties:
                continue
            first = parties[:1] if signing else []
            if found is not None:
                known = _documents(found)
            _signed(draft, sentence, parties, known, "party-signs" if signing else "body-issues")
        for match in _by().finditer(document.text, sentence.start, sentence.end):
            parties = _listed(document, *match.span("who"))
            _signed(draft, sentence, parties, [(match.group("quoted"), Span(*match.span("quoted")))], "issued-by")
        for match in _ceremony().finditer(document.text, sentence.start, sentence.end):
            name = _named_part(document, match)
            parties = _before_name(document, sentence, name[0][1].start - (match.group("quoted") is not None))
            if len(parties) > 1:
                _signed(draft, sentence, parties, name, "ceremony-signs")


@cache
def _by() -> re.Pattern[str]:
    """《A》由B、C联合发布: who issues stands behind."""
    issue = alternatives(words("signings", "issue"))
    return re.compile(
        f"《(?P<quoted>[^》]{{2,60}})》(?:[^，。；《》]{{0,14}}?，)?[^，。；《》]{{0,14}}?由(?P<who>[^，。；《》]{{2,50}}?)(?:共同|联合|正式|制定|编制|修订|研究|起草|并|牵头|于|近日|日前|[0-9]+[年月日])*(?:{issue})"
    )


def _listed(document: Document, start: int, end: int) -> list[Mention]:
    """The bodies that a stretch lists, the smallest of a chain of places."""
    found = _outermost(document.mentions_in(start, end, "organization", "place"))
    return [m for m in found if m.type == "organization"] or found[:1]


def _signed(
    draft: Draft, sentence: Sentence, parties: list[Mention], documents: list[tuple[str, Span]], rule: str
) -> None:
    for name, span in documents:
        if _ANY.match(name):
            continue
        key = draft.entity("document", name, span=span)
        for party in (key_ for mention in parties for key_ in draft.mentioned_all(mention)):
            draft.fact("signing", party, key, sentence.span, rule, confidence=0.8)


@cache
def _ceremony() -> re.Pattern[str]:
    """A document in the name of the ceremony it is signed at: A与B战略合作协议签约仪式."""
    heads = alternatives(words("signings", "heads"))
    return re.compile(
        f"(?:(?P<quoted>《[^》]{{2,60}}》)|(?P<plain>(?:“[^”]{{1,20}}”)?[\u4e00-\u9fff]{{0,16}}?(?:{heads})))(?:签约|签字|签署|签订|会签)(?:仪式|暨|活动|大会)"
    )


def _named_part(document: Document, found: re.Match[str]) -> list[tuple[str, Span]]:
    """The document in a ceremony's name, without who holds it: A与B举行|战略合作协议|签约仪式."""
    if found.group("quoted") is not None:
        return _documents(found)
    start, end = found.span("plain")
    for mention in document.mentions_in(start, end, *_AGENTS):
        start = max(start, mention.end)
    for holding in _HELD.finditer(document.text, start, end):
        start = holding.end()
    return [(document.text[start:end], Span(start, end))]


_HELD = re.compile(r"举行了?|举办了?|召开|隆重|共同|正式|联合|在[\u4e00-\u9fff]{1,4}?举行|双方|项目")


def _before_name(document: Document, sentence: Sentence, offset: int) -> list[Mention]:
    """Whose ceremony it is: a list that stands right before its name, or before 举行."""
    text = document.text
    hosting = _HOSTING.search(text[sentence.start : offset])
    end = sentence.start + hosting.start() if hosting else offset
    agents = _outermost(document.mentions_in(sentence.start, end, "organization", "place"))
    group: list[Mention] = []
    for agent in reversed(agents):
        between = text[agent.end : group[0].start if group else end]
        if (_LIST.fullmatch(between) is None) if group else bool(between.strip()):
            break
        group.insert(0, agent)
    return group


def _clause(text: str, sentence: Sentence, offset: int) -> int:
    return max(sentence.start, max(text.rfind(mark, sentence.start, offset) for mark in "，,；;。") + 1)


def _documents(found: re.Match[str]) -> list[tuple[str, Span]]:
    if found.group("quoted") is None:
        return [(found.group("plain"), Span(*found.span("plain")))]
    start = found.start("quoted")
    return [
        (m.group(1), Span(start + m.start(1), start + m.end(1)))
        for m in re.finditer(r"《([^》]+)》", found.group("quoted"))
    ]


def _parties(document: Document, sentence: Sentence, verb: int, signing: bool, relative: bool) -> list[Mention]:
    """The agents that share the verb: a list joined by 与, 和, 、 that ends before it; one for what is issued.

    Args:
        relative: the verb qualifies the document (A签订的《…》): who signs stands in its own clause.
    """
    text = document.text
    start = sentence.start
    if dateline := _DATELINE.match(text, start, verb):
        start = dateline.end()
    for match in _witness().finditer(text, sentence.start, verb):
        start = match.end()
    for match in _SAID.finditer(text, start, verb):
        start = match.end()
    agents = _outermost(document.mentions_in(start, verb, *_AGENTS))
    agents = [a for a in agents if not _NO_AGENT.search(text[start : a.start]) and not _in_title(text, start, a.start)]
    agents = _without_topic(text, sentence, verb, agents)
    if not agents:
        return _pointed_at(document, sentence, verb, signing)
    people = [a for a in agents if a.type == "person"]
    clause = _clause(text, sentence, verb)
    here = [a for a in agents if a.start >= clause] or ([] if relative else agents)
    if not here:
        return []
    if not signing:
        near = [a for a in here if a.type != "place"] or here
        last = near[-1]
        gap = _WHEN.sub("", text[last.end : verb])
        if len(gap) > 14 or re.search(r"[“”《》]|的(?!官网|微信)|要求|根据|按照", gap):
            return []
        group = [last]
        for agent in reversed(near[:-1]):
            if _one_list(document, agent, group[0]):
                group.insert(0, agent)
        return group
    pool = [p for p in people if p.start >= clause] or [p for p in here if p.type == "organization"] or here
    if re.search(r"代表", text[clause:verb]) and people:
        pool = [p for p in people if p.start >= clause] or people
    if len(pool) == 1 and pool[0].type != "person":
        pool = here
    if any(m.span in document.parts for m in pool):  # 太原、忻州 only say which 两市 are meant
        pool = [m for m in pool if m.type != "place"]
    return pool


def _in_title(text: str, start: int, offset: int) -> bool:
    return text.rfind("《", start, offset) > text.rfind("》", start, offset)


_TOPIC = re.compile(r"(?:就|围绕|针对|关于)[^，。；]{2,}$")


def _without_topic(text: str, sentence: Sentence, verb: int, agents: list[Mention]) -> list[Mention]:
    """Without who is only spoken of: A与B就收购C签署备忘录."""
    topic = _TOPIC.search(text, _clause(text, sentence, verb), verb)
    return [a for a in agents if topic is None or a.end <= topic.start()]


_POINTED = re.compile(
    r"(?:该|这家|这所)(?P<what>公司|集团|企业|学校|医院|法院|检察院|委员会|协会|[局厅委部院校会所司办行])"
)
_BOTH = re.compile(r"(?:双方|两国|两校|两地|三方|两家)[^，。；《》]{0,16}$")


def _pointed_at(document: Document, sentence: Sentence, verb: int, signing: bool) -> list[Mention]:
    """Who is meant by a pointing word: 该局印发《A》 the body named last of its sort, 双方签署《A》 the two named last together."""
    clause = document.text[_clause(document.text, sentence, verb) : verb]
    known = _outermost(document.mentions_in(max(0, sentence.start - 200), verb, "organization", "place"))
    if pointed := _POINTED.search(clause):
        return [m for m in known if m.type == "organization" and m.text.endswith(pointed["what"])][-1:]
    if signing and _BOTH.search(clause):
        for first, second in zip(known[-2::-1], known[:0:-1], strict=False):
            between = document.text[first.end : second.start]
            if re.fullmatch(r"[与和同、及]", between) and first.type == second.type:
                return [first, second]
    return []


def _one_list(document: Document, first: Mention, second: Mention) -> bool:
    """Whether two agents stand in one list; between persons the posts of the second do not count: 书记A，省长B."""
    text = document.text
    if _LIST.fullmatch(text, first.end, second.start):
        return True
    if first.type != "person" or second.type != "person":
        return False
    posts = document.mentions_in(first.end, second.start, "title", "organization", "place")
    rest = [
        text[offset]
        for offset in range(first.end, second.start)
        if not any(post.start <= offset < post.end for post in posts)
    ]
    return re.fullmatch(r"[，、和]?[省市县区级、]*", "".join(rest)) is not None


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that stand inside no other one (浦东新区 in 浦东新区政府)."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and kept[-1].end >= mention.end:
            continue
        # a chain of places is one agent: the smallest
        if kept and kept[-1].type == "place" and kept[-1].end == mention.start:
            kept[-1] = mention
        else:
            kept.append(mention)
    return kept
