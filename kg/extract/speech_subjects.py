"""Who speaks: the subject of a verb of speech, in its clause, in a clause before, or in what went before the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.speech import (
    Clause,
    Verb,
    adverbs,
    aside_starts,
    bridges,
    clauses_before,
    gives_thanks,
    may_act,
    nominal,
)
from kg.extract.unnamed import Found, unnamed_speaker
from kg.language import gazetteer
from kg.language.lexicon import alternatives, title_pattern, words
from kg.model import Mention

_NOBODY: Found = ((), "", "")
_PLURAL = ("他们", "她们", "两人", "二人", "双方")
_JOINERS = ("、", "和", "与", "及", "以及", "、 ", "，")
_THING = re.compile(
    "(?:该|此|这)(?:项|份|个|一)?[^，。人员官者]{0,3}(?:命令|法案|计划|项目|政策|协议|文件|报告|办法|方案|条例|规定|通知|决定|措施|活动|事件)"
)
_RELATIVE = re.compile("等[^，。]{0,14}的")
_TOGETHER = re.compile("(?:在[^，。]{1,12}?[中时后上])?(?:共同|联合|均|都|分别|一致|双方|一起|一同|举行|签署|先后)")
_PAPER = re.compile(
    "(?:该|这份|上述)?(?:通报|批示|公告|声明|报告|贺信|回信|来信|贺电|唁电|文章|报道|消息|公报|社论|通知|意见|文件|信)"
)
_LEADING = re.compile(r"(?:并|还|同时|会上|对|对此|在|就|向|针对|围绕|谈及|谈到|为|从|代表|也|又|再)")


@dataclass(slots=True)
class Memory:
    """What the reader has in mind: who spoke last, who acted last, everyone who has spoken."""

    speakers: tuple[Mention, ...] = ()
    subjects: tuple[Mention, ...] = ()
    spoke_at: int = -2
    said: list[Mention] = field(default_factory=list)


@cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(f"(?:.{{0,10}}?{adverbs().pattern})({alternatives(words('speech', 'pronouns'))})")


@cache
def _pronoun_head() -> re.Pattern[str]:
    return re.compile(f"(?:{adverbs().pattern})({alternatives(words('speech', 'pronouns'))})(?![国人])")


def speakers_of(
    document: Document, sentence: Sentence, verb: Verb, persons: Sequence[Mention], memory: Memory
) -> Found:
    """The speakers of a verb, the rule that found them, and the reason where they are not printed before it."""
    paper = _PAPER.match(document.text, verb.clause, verb.end)
    if paper and (paper.end() >= verb.start or adverbs().fullmatch(document.text, paper.end(), verb.start)):
        return _writer(document, verb.clause, paper.group())
    unnamed = unnamed_speaker(document, sentence, verb, persons, memory.said)
    if unnamed is not None:
        return unnamed
    before = document.text[verb.clause : verb.start]
    match = _pronoun().match(before)
    if match and bridges(document.text, verb.clause + match.end(), verb.start):
        return _meant(document, sentence, verb.clause, match.group(1), persons, memory)
    named = _named(document, verb, persons)
    if named:
        return named, "speaker-verb", ""
    if not (adverbs().fullmatch(before) or _LEADING.match(before)):
        return _NOBODY
    if (
        verb.careful
        and not adverbs().fullmatch(before)
        and not gives_thanks(document.text, verb.end)
        and not before.startswith(("并", "还", "在", "向", "对"))
    ):
        return _NOBODY
    return _shared(document, sentence, verb, persons, memory)


def _writer(document: Document, offset: int, paper: str) -> Found:
    """``批示指出``: who wrote what is quoted, where a sentence before says so; a notice has no speaker of its own."""
    if not paper.endswith(words("speech", "letters")):
        return _NOBODY
    for person in reversed(document.mentions_in(0, offset, "person")):
        stop = document.text.find("。", person.end)
        if paper in document.text[person.end : stop] and may_act(document, person.start, person):
            return (person,), "letter", f"{paper}出自{document.name(person)}"
    return _NOBODY


def _shared(document: Document, sentence: Sentence, verb: Verb, persons: Sequence[Mention], memory: Memory) -> Found:
    """The subject left out: that of a clause before, else whoever spoke or acted last."""
    text = document.text
    for clause in clauses_before(text, sentence, verb.clause):
        if match := _pronoun_head().match(text, clause.start, clause.end):
            return _meant(document, sentence, clause.start, match.group(1), persons, memory)
        if _THING.match(text, clause.start, clause.end):
            return _NOBODY
        heads = heading(document, clause, persons)
        if heads and (heads[0].type == "person" or not verb.careful or verb.word in words("speech", "of_bodies")):
            return heads, "speaker-before-clause", ""
        predicate = next((t for t in document.tokens_in(clause.start, clause.end) if t.tag == "v"), None)
        if predicate is not None:
            found = unnamed_speaker(
                document, sentence, Verb(predicate.start, predicate.end, "", clause.start), persons, memory.said
            )
            if found is not None:
                return found
    earlier = [p for p in persons if p.end <= verb.clause and may_act(document, sentence.start, p)]
    subjects = first_subject(document, earlier)
    if subjects and (subjects[0].type == "person" or not verb.careful):
        return subjects, "speaker-before-clause", ""
    if verb.careful and verb.word not in words("speech", "goes_on"):
        return _NOBODY
    if memory.speakers and sentence.start == verb.clause and not earlier:
        people = tuple(s for s in memory.speakers if s.type == "person") or memory.speakers
        return people, "zero-subject", f"承前省略主语，指{_names(document, people)}"
    if memory.subjects and not any(p.end <= verb.clause for p in persons):
        people = tuple(s for s in memory.subjects if s.type == "person")[:1]
        if people:
            return people, "zero-subject", f"承前省略主语，指{_names(document, people)}"
    return _NOBODY


def heading(document: Document, clause: Clause, persons: Sequence[Mention]) -> tuple[Mention, ...]:
    """Who stands at the head of a clause, before its verb, with those joined to him."""
    text = document.text
    if text.startswith(aside_starts(), clause.start):
        return ()
    inside = [p for p in persons if clause.start <= p.start and p.end <= clause.end]
    for mention in acting(document, clause.start, inside):
        tokens = document.tokens_in(clause.start, mention.start)
        if not nominal([t for t in tokens if t.tag != "d"]):
            break
        if mention.type != "person":
            # 市人大常委会主任李建华: the person after a body, where nothing but his title stands between
            person = next((p for p in inside if p.type == "person" and p.start >= mention.end), None)
            if (
                person is not None
                and nominal(document.tokens_in(mention.end, person.start))
                and may_act(document, clause.start, person)
            ):
                continue
            if mention.type == "place" and not is_actor(mention):
                continue
        together = group(document, mention, inside)
        return () if _RELATIVE.match(text, together[-1].end, clause.end) else together
    return ()


def acting(document: Document, start: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Those among the names of a clause that may be its subject; who is joined to an object is one too."""
    found: list[Mention] = []
    objects: list[Mention] = []
    for mention in mentions:
        joined = any(document.text[o.end : mention.start] in ("、", "和", "与", "及") for o in objects)
        if found and _beside(document, found[-1], mention):
            found.append(mention)
        elif joined or not may_act(document, start, mention):
            objects.append(mention)
        else:
            found.append(mention)
    return found


def _beside(document: Document, one: Mention, other: Mention) -> bool:
    """甲与乙共同宣布: two who act together."""
    return (
        one.type == other.type
        and document.text[one.end : other.start] in ("与", "和", "同")
        and _TOGETHER.match(document.text, other.end) is not None
    )


def _named(document: Document, verb: Verb, persons: Sequence[Mention]) -> tuple[Mention, ...]:
    """The name before a verb in its clause: the person rather than the body before his name."""
    here = acting(document, verb.clause, [p for p in persons if verb.clause <= p.start and p.end <= verb.start])
    people = [m for m in here if m.type == "person"]
    if people:
        last = people[-1]
        # 甲对乙的到来表示欢迎: who stands in front acts, unless another name stands right at the verb
        anchor = last if _close(document, last, verb) else people[0]
    else:
        bodies = [m for m in here if m.type == "organization" and document.text[m.start - 1] not in "(（"] or [
            m for m in here if is_actor(m)
        ]
        if not bodies:
            return ()
        anchor = max(bodies, key=lambda m: m.end)
    if (
        anchor.type != "person"
        and verb.word in words("speech", "directly")
        and not re.match("(?:了|道)?[，,：:“]", document.text[verb.end : verb.end + 2])
    ):
        return ()
    if (
        (verb.careful or anchor.type != "person")
        and not bridges(document.text, anchor.end, verb.start)
        and not (
            anchor.type == "organization"
            and may_act(document, verb.clause, anchor)
            and re.match("的", document.text[anchor.end :])
        )
    ):
        return ()
    return group(document, anchor, here)


@cache
def _titles_between() -> re.Pattern[str]:
    return re.compile(f"(?:{title_pattern().pattern}|同志|先生|女士).{{0,3}}")


def _close(document: Document, mention: Mention, verb: Verb) -> bool:
    between = document.text[mention.end : verb.start]
    return len(between) <= 3 or _titles_between().fullmatch(between) is not None


def group(document: Document, anchor: Mention, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """A name with those of its type that are joined to it by 、 or 和, titles between them."""
    same = [m for m in mentions if m.type == anchor.type]
    at = same.index(anchor)
    found = [anchor]
    for mention in reversed(same[:at]):
        if not _joined(document, mention, found[0]):
            break
        found.insert(0, mention)
    for mention in same[at + 1 :]:
        if not _joined(document, found[-1], mention):
            break
        found.append(mention)
    return tuple(found)


def _joined(document: Document, one: Mention, other: Mention) -> bool:
    between = re.sub("^[（(][^（）()]{1,24}[）)]", "", document.text[one.end : other.start].strip())
    if between in _JOINERS[:-1]:
        return True
    if not between.startswith(_JOINERS) or len(between) > 40:
        return False
    if between[0] == "，" and not re.match("共同|一同|一起|分别|均|都|等|先后", document.text[other.end :]):
        return False
    return one.type == "person" and nominal(document.tokens_in(one.end, other.start))


def is_actor(mention: Mention) -> bool:
    """A country speaks in its own name, and who sits in the White House; a city or a river does not."""
    return mention.type == "place" and (
        mention.text in gazetteer.countries() or mention.text in words("speech", "seats")
    )


def first_subject(document: Document, earlier: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first person named, with those joined to him; else the first body, or country."""
    people = [m for m in earlier if m.type == "person"]
    chosen = people or [m for m in earlier if m.type == "organization" or is_actor(m)]
    return group(document, chosen[0], earlier) if chosen else ()


def _meant(
    document: Document, sentence: Sentence, clause: int, pronoun: str, persons: Sequence[Mention], memory: Memory
) -> Found:
    """Whom a pronoun means: who acts earlier in its sentence, else who spoke or acted last."""
    earlier = [p for p in persons if p.end <= clause and may_act(document, sentence.start, p)]
    plural = pronoun in _PLURAL
    known: tuple[Mention, ...] = ()
    people = [p for p in earlier if p.type == "person"]
    if people:
        known = group(document, people[0], people) if plural else (people[0],)
    elif pronoun == "其" and earlier:
        known = (earlier[-1],)
    if pronoun == "双方" and not people:
        here = [p for p in persons if clause <= p.start]
        at = document.text.find("双方", clause)
        known = tuple(
            p
            for n, p in enumerate(here)
            if p.end <= at
            and all(q.start == q_.end for q_, q in zip(here[n:], here[n + 1 :], strict=False) if q.end <= at)
        )
        known = known if known and known[-1].end == at else ()
    if not known:
        before = memory.subjects or memory.speakers
        known = tuple(k for k in before if k.type == "person") or tuple(
            k for k in before if k.type == "unnamed" or pronoun in ("其", "对方", "双方")
        )
        known = known if plural else known[:1]
    if not known:
        return _NOBODY
    return known, "pronoun-speaker", f"“{pronoun}”指{_names(document, known)}"


def last_subject(document: Document, sentence: Sentence, persons: Sequence[Mention]) -> tuple[Mention, ...]:
    """Who acts in a sentence: the person that a pronoun in the next one means."""
    people = [p for p in persons if p.type == "person" and may_act(document, sentence.start, p)]
    return first_subject(document, people)


def _names(document: Document, mentions: Sequence[Mention]) -> str:
    return "、".join(m.text if m.type == "unnamed" else document.name(m) for m in mentions)
