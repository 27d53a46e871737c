"""Posts with a verb: appointments, elections, removals, resignations, nominations, and careers.

Rules:
    verb-post       钱立国任青河市委书记; 曾任青河市商务局局长
    appoint-as      任命孙文静为青河市副市长; 选举周大同为会长
    remove-from     免去李小满的青河市商务局局长职务
    resign-from     接受李小满辞去青河市副市长职务的请求
    holding-post    担任青河市商会会长的周大同
    newly-named     新任青河市商务局局长周大同
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.analysis.document import Document
from kg.extract.bodies import Body
from kg.extract.chains import Chain, Shared
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.extract.posts import add, title_of
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention, Modality, Span

_PRONOUN = re.compile(r"(?:其|他|她|本人)的?$")


@dataclass(frozen=True, slots=True)
class _Change:
    persons: tuple[Mention, ...]
    change: str  # empty: held, no change said
    rule: str
    start: int
    reason: str = ""
    real: bool = True  # the post is or was held
    modality: Modality = "asserted"


@cache
def _verbs() -> dict[str, str]:
    return {v: change for change, listed in table("appointments")["verbs"].items() for v in listed.split()}


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(
        f"({alternatives(_verbs())})(?:了|过|为)?(?:第?[一二三四五六七八九十百\\d]+[届任]|新一届|新任|本届|首任|首届|首位)?$"
    )


@cache
def _transitive() -> tuple[dict[str, str], re.Pattern[str]]:
    changes = {v: c for c, listed in table("appointments")["transitive"].items() for v in listed.split()}
    return changes, re.compile("(?:为|任|担任|出任|兼任)(?:第?[一二三四五六七八九十百\\d]+[届任]|新一届|新任|首任)?$")


@cache
def _taking() -> tuple[dict[str, str], re.Pattern[str]]:
    changes = {v: c for c, listed in table("appointments")["taking"].items() for v in listed.split()}
    return changes, re.compile(f"(?:{alternatives(changes)})了?$")


@cache
def _appointing() -> re.Pattern[str]:
    return re.compile(f"({alternatives(_transitive()[0])})[^，。；：]{{2,30}}?为")


@cache
def _removing() -> re.Pattern[str]:
    return re.compile(alternatives(v for v, change in _taking()[0].items() if change == "removed"))


@cache
def _named_list() -> re.Pattern[str]:
    """任命甲、乙 where the tagger sees no names."""
    return re.compile(f"({alternatives(_transitive()[0])})([^，。；：]{{2,40}})$")


@cache
def _taken_list() -> re.Pattern[str]:
    return re.compile(f"({alternatives(_taking()[0])})([^，。；：]{{2,40}})$")


@cache
def _adverbs() -> re.Pattern[str]:
    adverbs = alternatives(words("appointments", "frames", "adverbs"))
    return re.compile(f"(?:{adverbs}|等?[一二三四五六七八九十两\\d]*[人位名]|等|\\d{{4}}年|\\d+月|\\d+日|于|在|，)*$")


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('appointments', 'frames', 'unreal'))})[^，。；]{{0,4}}$")


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('appointments', 'frames', 'planned'))})[^，。；]{{0,3}}$")


def read(
    document: Document,
    draft: Draft,
    people: People,
    chain: Chain,
    resolved: Sequence[Body | None],
    shared: Shared | None,
) -> bool:
    """Read a chain of posts by the verb before it; whether there was one.

    Args:
        shared: further bodies before the chain that its first title holds for as well.
    """
    change = _change(document, people, chain)
    posts = list(zip(chain.items, resolved, strict=True))
    if change is None and shared is not None:
        first = replace(chain.items[0], start=shared.start)
        change = _change(document, people, replace(chain, items=(first, *chain.items[1:])))
        more = (Body("organization", document.name(m), m.span, m, "", 0.8) for m in shared.bodies)
        posts = [*((first, body) for body in more), *posts]
    if change is None:
        return False
    for person in change.persons:
        key = people.key(person)
        evidence = Span(
            min(change.start, person.start) if person.start >= chain.sentence.start else change.start,
            max(chain.end, person.end) if person.end <= chain.sentence.end else chain.end,
        )
        evidence = Span(max(evidence.start, chain.sentence.start), min(evidence.end, chain.sentence.end))
        for item, body in posts:
            if change.real:
                add(draft, key, item, body, evidence, change.rule, 0.85 if not change.reason else 0.65, change.reason)
            if change.change:
                kind = "nominated" if item.title.endswith(("人选", "候选人")) else change.change
                draft.fact(
                    "appointment", key, body.key(draft) if body else "", evidence, change.rule,
                    confidence=(0.85 if not change.reason else 0.65) * (body.confidence / 0.9 if body else 0.7),
                    reason="；".join(r for r in (change.reason, body.reason if body else "") if r),
                    modality=change.modality, title=title_of(item, body), change=kind,
                )  # fmt: skip
    return bool(change.persons)


def _change(document: Document, people: People, chain: Chain) -> _Change | None:
    return (
        _transitive_change(document, people, chain)
        or _taking_change(document, people, chain)
        or _verb_change(document, people, chain)
    )


def _window(document: Document, chain: Chain) -> str:
    return document.text[chain.sentence.start : chain.start]


def _transitive_change(document: Document, people: People, chain: Chain) -> _Change | None:
    """任命甲、乙为…"""
    changes, link = _transitive()
    before = _window(document, chain)
    match = link.search(before)
    if match is None:
        return None
    text = before[: match.start()]
    found = _persons_before(people, chain, before, text, _named_list())
    if found is None:
        return None
    persons, head = found
    head = re.sub(r"[（(][^（）()]*[)）]$", "", head)
    for verb in sorted(changes, key=lambda v: -len(v)):
        if head.endswith((verb, verb + "了", verb + "：", verb + "同志")):
            kind = changes[verb]
            unreal = kind == "nominated" or bool(_planned().search(head[: -len(verb)]))
            return _Change(
                tuple(persons), kind, "appoint-as", chain.sentence.start + len(head) - len(verb), real=not unreal
            )
    if head.endswith(("、", "，", "；", "和")) and (earlier := list(_appointing().finditer(head))):  # 选举甲为…，乙为…
        kind = changes[earlier[-1].group(1)]
        start = chain.sentence.start + earlier[-1].start()
        return _Change(tuple(persons), kind, "appoint-as", start, real=kind != "nominated")
    return None


def _persons_before(
    people: People, chain: Chain, before: str, text: str, named_list: re.Pattern[str]
) -> tuple[list[Mention], str] | None:
    """Whom a change is about, who stand at the end of ``text`` by name, by pronoun or in a list; and what stands before them."""
    start = chain.sentence.start
    persons = people.list_before(start + len(text), start)
    if persons:
        return persons, before[: persons[0].start - start]
    if pronoun := _PRONOUN.search(text):
        person = people.before(start + pronoun.start(), start) or people.topic
        return ([person], text[: pronoun.start()]) if person is not None else None
    if named := named_list.search(text):
        persons = people.listed(start + named.start(2), start + len(text))
        return (persons, before[: named.start(2)]) if persons else None
    return None


def _taking_change(document: Document, people: People, chain: Chain) -> _Change | None:
    """免去甲的…职务, 接受甲辞去…"""
    changes, verb = _taking()
    before = _window(document, chain)
    resign = re.search(r"(?:同志)?(?:辞去|辞任|的?请辞)的?$", before)
    text = before[: resign.start()] if resign else re.sub(r"(?:同志)?(?:兼任)?的?$", "", before)
    found = _persons_before(people, chain, before, text, _taken_list())
    if found is None:
        return None
    persons, head = found
    match = verb.search(head)
    if (
        match is None and head.endswith(("、", "，", "；", "和")) and before[len(text) :].endswith("的")
    ):  # 免去甲的…、乙的…
        match = next(iter(reversed(list(_removing().finditer(head)))), None)
    if match is None:
        return None
    kind = changes[match.group().rstrip("了")]
    if kind == "resigned" and resign is None:
        return None
    return _Change(
        tuple(persons),
        "resigned" if resign else kind,
        "resign-from" if resign else "remove-from",
        chain.sentence.start + match.start(),
    )


def _verb_change(document: Document, people: People, chain: Chain) -> _Change | None:
    """甲任…, 当选…, 不再担任…"""
    before = _window(document, chain)
    match = _verb().search(before)
    if match is None:
        return None
    verb = match.group(1)
    kind = _verbs()[verb]
    start = chain.sentence.start + match.start()
    head = before[: match.start()]
    if _unreal().search(head):
        return None
    planned = kind in ("appointed", "elected") and bool(_planned().search(head))
    if verb in ("为", "是", "兼", "系", "任", "派", "聘") and not _a_word(document, start, len(verb)):
        return None
    after = document.text[chain.end : chain.end + 8]
    relative = re.match(r"(?:等?职务?)?的", after)
    if relative and (person := people.at(chain.end + relative.end())) is not None:
        return _Change((person,), "" if kind == "held" else kind, "holding-post", start)
    adverbs = _adverbs().search(head)
    end = chain.sentence.start + (adverbs.start() if adverbs else len(head))
    persons = people.list_before(end, chain.sentence.start)
    if not persons and (comrade := people.comrade(start, chain.sentence.start)) is not None:
        persons = [comrade]
    reason = ""
    if not persons:
        if verb in ("为", "是", "系"):
            return None
        nearest = people.before(start, chain.sentence.start)
        if nearest is not None and document.text[nearest.end] == "的":
            return None  # 甲的父亲担任…
        if nearest is not None:
            persons = [nearest]
        elif people.topic is not None and _same_block(document, people.topic, chain):
            persons, reason = [people.topic], f"前句说的是{people.topic.text}"
        else:
            return None
    change = "" if kind == "held" else "nominated" if planned else kind
    return _Change(tuple(persons), change, "verb-post", start, reason, kind != "nominated" and not planned)


def _a_word(document: Document, start: int, length: int) -> bool:
    tokens = document.tokens_in(start, start + length)
    return len(tokens) == 1 and tokens[0].end == start + length and tokens[0].start == start


def _same_block(document: Document, person: Mention, chain: Chain) -> bool:
    return "\n" not in document.text[person.end : chain.start] and person.end <= chain.start
