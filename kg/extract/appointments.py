"""Posts with a verb: appointments, elections, removals, resignations, nominations, and careers.

Rules:
    verb-post       钱立国任青河市委书记; 曾任青河市商务局局长
    appoint-as      任命孙文静为青河市副市长; 选举周大同为会长
    remove-from     免去李小满的青河市商务局局长职务
    resign-from     接受李小满辞去青河市副市长职务的请求
    holding-post    担任青河市商会会长的周大同
    post-by-person  青河市商会会长由周大同担任
    listed-post     决定任命： / 孙文静为青河市商务局局长; 免去： / 李小满的青河市商务局局长职务
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.analysis.document import Document
from kg.extract.bodies import Body
from kg.extract.chains import Chain, Item, Shared
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.extract.posts import add, title_of
from kg.language.lexicon import alternatives, table, title_heads, words
from kg.model import Mention, Modality, Span

_PRONOUN = re.compile(r"(?:其|他|她|本人)的?$")
_COUNTED = r"(?:等|共)?[一二三四五六七八九十两\d]*[人位名]"
_AFTER_NAME = re.compile(  # what may stand between names and the verb: 甲、乙（挂职）等三名同志为…
    rf"(?:[（(][^（）()]{{1,12}}[)）]|{_COUNTED}(?:同志)?|等?同志|先生|女士|教授|院士|博士|研究员|少将|中将|上将)+$"
)
_REPLACED = re.compile(r"(?:接替|取代|代替|替代|接任|接棒|继任|接过)$")
_UNNAMED = re.compile(r"(?:多|数|几|[一二三四五六七八九十百\d]+)[名位][^，。；、]{0,16}$")
_SEVERAL = re.compile(r"(?:他们|她们|[两二三四]人)$")
_WRITER = re.compile(r"(?:记者|通讯员|编辑|作者|实习生|摄影)[^，。；]{0,8}$")
_LISTED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*|[·•●■◆▲\-—]\s*)?$")


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
        f"({alternatives(_verbs())})(?:了|过|为|(?<=任)[：:])?(?:第?[一二三四五六七八九十百\\d]+[届任]|新一届|新任|本届|首任|首届|首位)?$"
    )


@cache
def _transitive() -> tuple[dict[str, str], re.Pattern[str]]:
    changes = {v: c for c, listed in table("appointments")["transitive"].items() for v in listed.split()}
    return changes, re.compile("(?:为|任|担任|出任|兼任)(?:第?[一二三四五六七八九十百\\d]+[届任]|新一届|新任|首任)?$")


@cache
def _naming() -> re.Pattern[str]:
    """任命 before names, whose titles may stand before them: 推举某公司董事长|甲; the first verb of the clause is meant."""
    verbs = alternatives(_transitive()[0])
    return re.compile(f"({verbs})(?:了|：|同志|(?:[^，。；：]{{2,40}}(?:{alternatives(title_heads())})))?$")


@cache
def _heading() -> re.Pattern[str]:
    """A line that says what the list below it does: 决定任命：, 二、免去"""
    changes = {**_transitive()[0], **_taking()[0]}
    return re.compile(
        f"(?:^|[\\n。；，、\\s）)：:]|决定|批准)(?P<verb>{alternatives(changes)})(?:下列[^\\n。；：:]{{0,12}}|名单|如下)?[：:]?[ \\u3000]*$",
        re.MULTILINE,
    )


def _headed(document: Document, chain: Chain, kinds: set[str]) -> str:
    """The change that the nearest heading above a list item names; empty where it names another or there is none."""
    start = max(0, chain.sentence.start - 1500)
    last = next(iter(reversed(list(_heading().finditer(document.text, start, chain.sentence.start)))), None)
    kind = {**_transitive()[0], **_taking()[0]}[last.group("verb")] if last is not None else ""
    return kind if kind in kinds else ""


@cache
def _taking() -> tuple[dict[str, str], re.Pattern[str]]:
    changes = {v: c for c, listed in table("appointments")["taking"].items() for v in listed.split()}
    return changes, re.compile(
        f"(?P<verb>{alternatives(changes)})(?:了|：|:)?(?:[^，。；：、免去]{{2,30}}(?:{alternatives(title_heads())}))?$"
    )


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
def _state() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('appointments', 'frames', 'state'))})$")


_MEANWHILE = re.compile(
    r"[^，。；、]{0,4}(?:期间|以来|时期|任内|任上|任期|便利|职权|(?<!任)时(?=[，,]))|(?:的|等)?职务(?:便利|期间|之便|上的?便利|影响)"
)


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
    change = change or _by_person(document, people, chain)
    if change is None:
        return False
    if change.change == "nominated":
        posts = [(item, _as_printed(document, item, body, chain)) for item, body in posts]
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


@cache
def _by() -> re.Pattern[str]:
    return re.compile(r"(?:一职|的?职务|职务)?(?:已|将|则|改|转)?由")


@cache
def _by_verb() -> re.Pattern[str]:
    verbs = alternatives(v for v, kind in _verbs().items() if kind in ("appointed", "held") and len(v) > 1)
    return re.compile(f"(?:同志|先生|女士)?(?:正式|暂时|继续|临时|全面|随后)?(?:{verbs})")


def _by_person(document: Document, people: People, chain: Chain) -> _Change | None:
    """太原市商会会长由甲担任, …一职由甲接任"""
    link = _by().match(document.text, chain.end, chain.sentence.end)
    person = people.at(link.end()) if link is not None else None
    if person is None or _by_verb().match(document.text, person.end, chain.sentence.end) is None:
        return None
    planned = "将" in document.text[chain.end : person.start]
    return _Change((person,), "nominated" if planned else "appointed", "post-by-person", chain.start, real=not planned)


_OPEN_BODY = re.compile(r"(?:县[（(]市、?区[）)]|[省市区县])(?:委|政府|人大常委会|政协|纪委监委|纪委|法院|检察院)?$")


def _as_printed(document: Document, item: Item, body: Body | None, chain: Chain) -> Body | None:
    """A notice before an appointment leaves open of which district (现任A区副区长，拟任区委常委): then the body stays as printed."""
    printed = document.text[item.body_start : item.body_end]
    if body is None or not body.reason or not _OPEN_BODY.fullmatch(printed):
        return body
    if "现任" not in document.text[chain.sentence.start : item.start] and "现任" not in body.reason:
        return body
    return Body("organization", printed, Span(item.body_start, item.body_end), None, "", body.confidence)


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
    if verb := _naming().search(head):
        kind = changes[verb.group(1)]
        unreal = kind == "nominated" or bool(_planned().search(head[: verb.start()]))
        return _Change(tuple(persons), kind, "appoint-as", chain.sentence.start + verb.start(), real=not unreal)
    if _LISTED.match(head) and match.group().startswith("为"):  # 决定任命： / 甲为…局长 / 乙为…局长
        kind = _headed(document, chain, {"appointed", "elected", "nominated"})
        if kind:
            return _Change(tuple(persons), kind, "listed-post", persons[0].start, real=kind != "nominated")
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
    for stop in (len(text), tail.start() if (tail := _AFTER_NAME.search(text)) else -1):
        persons = people.list_before(start + stop, start) if stop > 0 else []
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
    text = before[: resign.start()] if resign else re.sub(r"(?:同志)?(?:兼任|担任)?的?$", "", before)
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
        if before.endswith("的") and _LISTED.match(head) and _headed(document, chain, {"removed"}):
            return _Change(tuple(persons), "removed", "listed-post", persons[0].start)
        return None
    kind = changes[match.group("verb")] if "verb" in match.groupdict() else changes[match.group()]
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
    if kind == "appointed" and (
        _state().search(head) or _MEANWHILE.match(document.text, chain.end, chain.sentence.end)
    ):
        kind = "held"  # 当时兼任…, 在担任…期间: no change is told
    planned = kind in ("appointed", "elected") and bool(_planned().search(head))
    if (
        verb in ("为", "是", "兼", "系", "任", "派", "聘")
        and people.ending(start) is None
        and not _a_word(document, start, len(verb))
    ):
        return None
    after = document.text[chain.end : chain.end + 8]
    relative = re.match(r"(?:等?职务?)?的", after)
    if relative and (person := people.at(chain.end + relative.end())) is not None:
        return _Change((person,), "" if kind == "held" else kind, "holding-post", start)
    adverbs = _adverbs().search(head)
    end = chain.sentence.start + (adverbs.start() if adverbs else len(head))
    persons = people.list_before(end, chain.sentence.start)
    replaced = persons[0] if persons else people.before(start, chain.sentence.start)
    if replaced is not None and _REPLACED.search(document.text, chain.sentence.start, replaced.start):
        # 甲接替乙，出任…: who comes, not who goes
        subject = people.before(replaced.start, chain.sentence.start)
        if subject is None:
            return None
        persons = [subject]
    if not persons and (comrade := people.comrade(start, chain.sentence.start)) is not None:
        persons = [comrade]
    reason = ""
    if not persons:
        if verb in ("为", "是", "系"):
            return None
        nearest = people.before(start, chain.sentence.start)
        if nearest is not None and document.text[nearest.end] == "的":
            return None  # 甲的父亲担任…
        if _UNNAMED.search(document.text, max(chain.sentence.start, nearest.end if nearest is not None else 0), end):
            return None  # 另有多名律师当选…
        if nearest is not None and _SEVERAL.search(head):
            persons = people.list_before(nearest.end, chain.sentence.start)
        elif nearest is not None:
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
    if _WRITER.search(document.text, max(0, person.start - 12), person.start):
        return False
    return "\n" not in document.text[person.end : chain.start] and person.end <= chain.start
