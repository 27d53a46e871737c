"""Who holds which post: chains of posts before, after and beside names; names with a verb between are ``appointments``'.

Rules (the fact's ``rule``), each with an example:
    title-before-name   青河市委副书记、市长钱立国
    shared-title        副主任孙文静、李小满、周大同
    title-after-name    钱立国总书记; 周大同主任说
    name-parenthesis    周大同（青河市商务局局长）
    name-apposition     周大同，青河市商务局局长，
    post-colon-name     青河市商务局局长：周大同
    post-is-name        青河市现任市长为钱立国，
    as-post             作为青河市商会会长，周大同…; 周大同以青河市商会会长身份出席
    post-of             担任青河市商会会长的是周大同
    post-left           周大同由青河市商务局局长调任青河市副市长
    career-line         1998.07—2001.03 青河市政府办公室科员
    names-then-post     周大同、李小满等3位青河市商会副会长
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document
from kg.analysis.persons import looks_chinese
from kg.extract import appointments
from kg.extract.bodies import Bodies, Body
from kg.extract.chains import ENVOYS, Chain, ChainFinder, descriptions
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.extract.posts import add, merge
from kg.extract.titles import fits
from kg.language.lexicon import title_pattern, words
from kg.model import Mention, Span

_IS_HE = re.compile(r"(?:等?职务|一职|等职)?的(?:却|则|正|就|也)?(?P<not>不)?是")
_BUT_HE = re.compile("，而?是")
_GROUP = re.compile(r"(?:等?(?:\d+|[一二三四五六七八九十两]+)[名位]|等|[一二两三四五六七八九十]+[名位]同志)$")
# What stands of a person between the name and the posts: 李明，男，汉族，1970年2月生，经济学博士，
_PARTICULARS = re.compile(
    "(?:，[^，。；：]{0,16}(?:男|女|族|生|出生|人|学历|学位|党员|博士|硕士|研究生|毕业|参加工作|入党|盟员|会员|社员|职称|岁|研究员|教授))+，$"
)
_OF_A_BODY = ("成员", "委员", "会员", "代表", "队员", "理事")
_YEARS = re.compile(
    "[\\s（(]*(?:19|20)\\d\\d(?:[.．/年]\\d{1,2})?(?:月|年)?\\s*(?:[-—–―－~～至到]+\\s*(?:(?:19|20)\\d\\d(?:[.．/年]\\d{1,2})?(?:月|年)?|今|现在)?)?"
    "[）)，,：:\\s]*(?:先后)?(?:任|历任|担任)?"
)
_MOVES = re.compile(
    "(?:职务|岗位|任上|位置上?)?(?:调任|转任|升任|改任|晋升|履新|调往|调至|跻身|出任|转岗|接任|调到|调为|升为|提任)"
)
_STATUS = re.compile("的?(?:身份|名义)")


@cache
def _before_name() -> re.Pattern[str]:
    """What may stand between a post and its holder: a colon, a verb, an end of a quotation, what he is called besides."""
    return re.compile(f"[”]?(?:、{descriptions()})?[ \\u3000]*(?:[:：|｜][ \\u3000]*|[为是])?[“]?")


def extract(document: Document, draft: Draft) -> None:
    finder, bodies, people = ChainFinder(document), Bodies(document), People(document, draft)
    later: list[tuple[Chain, Sequence[Body | None], Mention]] = []
    for sentence in document.sentences:
        people.topic = people.subject(*sentence.span) or people.topic
        chains = finder.chains(sentence)
        for chain in chains:
            resolved = bodies.resolve(chain)
            holders, rule = _holders(document, people, chain)
            if holders:
                _hold(document, draft, people, chain, resolved, holders, rule)
                continue
            if appointments.read(document, draft, people, chain, resolved, finder.shared(chain)):
                continue
            if (person := _title_after(people, chain)) is not None:
                later.append((chain, resolved, person))
                continue
            if (person := _of_career(document, people, chain)) is not None:
                _hold(document, draft, people, chain, resolved, [person], "career-line")
                continue
            holders, rule = _beside(document, people, chain)
            if rule == "names-then-post" and (resolved[0] is None or resolved[0].confidence < 0.6):
                continue
            if holders:
                _hold(document, draft, people, chain, resolved, holders, rule)
    _after_names(document, draft, people, later)
    merge(draft)


def _holders(document: Document, people: People, chain: Chain) -> tuple[list[Mention], str]:
    """The persons named directly after a chain."""
    text, end = document.text, chain.sentence.end
    start = chain.end
    match = _before_name().match(text, start, end)
    offset = match.end() if match else start
    if text[start : start + 1] == "的" and any(i.former for i in chain.items):  # 时任青河市市长的钱立国
        offset = start + 1
    described = "、" in text[start:offset]
    first = (people.at(offset) if described else people.after(offset, chain)) or people.at(start)
    if described and first is not None and title_pattern().match(text, first.end, end):
        return [], ""
    if first is None:
        return [], ""
    found = [first]
    while (following := people.next_in_list(found[-1], end)) is not None:
        found.append(following)
    if first.start == start:
        offset = start
    if text[start:offset] in ("为", "是") and not _copula(document, start, found[-1].end, end):
        return [], ""
    colon = any(c in text[start:offset] for c in ":：|｜")
    return found, "post-is-name" if text[start:offset] in (
        "为",
        "是",
    ) else "post-colon-name" if colon else "title-before-name"


def _copula(document: Document, start: int, stop: int, end: int) -> bool:
    """现任市长为钱立国，: 为 is the verb and nothing follows the name."""
    tokens = document.tokens_in(start, start + 1)
    return bool(tokens) and tokens[0].tag == "v" and (stop == end or document.text[stop] in "，。；、等")


def _title_after(people: People, chain: Chain) -> Mention | None:
    first = chain.items[0]
    if not first.bare or len(chain.items) > 1 or first.title in ENVOYS or first.former:
        return None
    person = people.ending(first.title_start)
    return None if person is not None and person.text.isascii() and " " not in person.text else person


def _beside(document: Document, people: People, chain: Chain) -> tuple[list[Mention], str]:
    """The person before a chain set off by a bracket or commas, or after it in 作为…，X."""
    text, sentence = document.text, chain.sentence
    before = text[max(sentence.start, chain.start - 1) : chain.start]
    after = text[chain.end : min(chain.end + 1, sentence.end)]
    if before in ("（", "(") and before:
        person = people.ending(chain.start - 1)
        return ([person], "name-parenthesis") if person else ([], "")
    if (match := _IS_HE.match(text, chain.end, sentence.end)) is not None:
        clause = re.compile("[，。；]").search(text, match.end(), sentence.end)
        stop = clause.start() if clause else sentence.end
        person = people.first_in(match.end(), stop)
        if person is not None and match.group("not") and (real := _BUT_HE.match(text, stop, sentence.end)) is not None:
            person = people.first_in(real.end(), sentence.end)
        elif person is not None and match.group("not"):
            person = None
        return ([person], "post-of") if person else ([], "")
    if (match := _GROUP.search(text, sentence.start, chain.start)) is not None and people.at(chain.end) is None:
        listed = people.list_before(match.start(), sentence.start)
        if len(listed) > 1:
            return listed, "names-then-post"
    if (
        chain.start > sentence.start
        and text[chain.start - 1] in "由从"
        and _MOVES.match(text, chain.end, sentence.end)
        and (person := people.before(chain.start - 1, sentence.start) or people.first_in(chain.end, sentence.end))
    ):
        return [person], "post-left"
    if text[max(sentence.start, chain.start - 1) : chain.start] == "以" and _STATUS.match(
        text, chain.end, sentence.end
    ):
        person = people.before(chain.start, sentence.start)
        return ([person], "as-post") if person else ([], "")
    if text[max(sentence.start, chain.start - 2) : chain.start] in ("作为", "身为"):
        if after in ("，", ","):
            person = people.at(chain.end + 1)
            if person is not None:
                return [person], "as-post"
        person = people.before(chain.start - 2, sentence.start)
        return ([person], "as-post") if person else ([], "")
    start = chain.start
    if (match := _PARTICULARS.search(text, sentence.start, start)) is not None:
        before, start = "，", match.start() + 1
    if before and before in " \u3000" and (after == "" or after in "，。；\n"):  # a roster: 李小满 青河市商务局局长
        gap = len(text[sentence.start : chain.start].rstrip())
        person = people.ending(sentence.start + gap)
        if person is not None and person.start == sentence.start:
            return [person], "name-apposition"
    if before in ("，", ",") and before and (after in ("，", ",", "。", "；", "") or not after):
        person = people.ending(start - 1)
        if person is not None and (person.start == sentence.start or text[person.start - 1] in "，。；、：:（( \u3000"):
            return [person], "name-apposition"
    return [], ""


def _of_career(document: Document, people: People, chain: Chain) -> Mention | None:
    """Whom a line of a career is about that gives years and a post: the person named last as a subject."""
    before = document.text[chain.sentence.start : chain.start]
    if not _YEARS.fullmatch(before) or people.topic is None or people.topic.end > chain.start:
        return None
    return people.topic


def _hold(
    document: Document,
    draft: Draft,
    people: People,
    chain: Chain,
    resolved: Sequence[Body | None],
    holders: Sequence[Mention],
    rule: str,
) -> None:
    for number, person in enumerate(holders):
        start, end = min(chain.start, person.start), max(chain.end, person.end)
        for item, body in zip(chain.items, resolved, strict=True):
            if body is None and item.title in _OF_A_BODY:
                continue
            shared = number > 0 and rule != "names-then-post"
            add(
                draft,
                people.key(person),
                item,
                body,
                Span(start, end),
                "shared-title" if shared else rule,
                0.9 if not shared else 0.85,
            )


def _before_person(document: Document, person: Mention) -> Body | None:
    """The body named before a name that a title follows: 青河大学钱立国教授, 来自青河大学的钱立国教授."""
    of = document.text[person.start - 1 : person.start] == "的"
    for mention in document.mentions_in(max(0, person.start - 40), person.start):
        named = mention.type == "organization" and document.name(mention) not in words("titles", "again", "words")
        if named and mention.end == person.start - of:
            return Body("organization", document.name(mention), mention.span, mention, "", 0.85)
    return None


def _after_names(
    document: Document, draft: Draft, people: People, later: Sequence[tuple[Chain, Sequence[Body | None], Mention]]
) -> None:
    """钱立国总书记: the post that the article gave him before, if it did."""
    for chain, resolved, person in later:
        item = chain.items[0]
        key = people.key(person)
        known = [f for f in draft.facts("position") if f.subject == key and f.qualifier("title").endswith(item.title)]
        if known:
            continue
        body = _before_person(document, person) or resolved[0]
        if (
            body is resolved[0]
            and item.title in words("titles", "posts", "crafts")
            and not (body and body.confidence > 0.75)
        ):
            body = None
        if item.title == "总理" and body is None and looks_chinese(person.text):
            body = Body("organization", "国务院", None, None, "总理为国务院职务", 0.75)
        said = body is None or (body.confidence >= 0.65 and not body.reason.startswith(("接本句前文", "本句前文")))
        if not said and (
            item.title in words("titles", "address") + words("titles", "posts", "crafts")
            or not fits(body.name if body else "", item.title)
        ):
            body = None
        add(draft, key, item, body, Span(person.start, chain.end), "title-after-name", 0.8)
