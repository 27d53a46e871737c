"""Who was given which prize, title or honour.

Rules:
    won          周大同荣获青河市科技进步奖; 李小满夺得女子100米冠军
    honoured     青河市被评为“全国文明城市”; 周大同入选“青河英才计划”
    given        授予孙文静“青河好人”称号; 为孙文静颁发荣誉证书
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_QUOTED = re.compile(r"[“《]([^“”《》]{2,40})[”》]")
_LIST = re.compile(r"(?:称号|荣誉称号|奖项|荣誉)?(?:、|和|及|与|以及|，并?)?")
_CLAUSE = "，,；;。：:"
_TEAM = re.compile(r"(?:国家|男子|女子|青年)?(?:男|女)?(?:队|代表队|代表团|男足|女足|男排|女排|男篮|女篮)")
_LEADING = re.compile(r"^(?:了|荣立|荣获|获|过|为|是|成为|其|的|到|我国|首批|全省|这一)+")
_RECIPIENTS = ("person", "organization", "place")


@cache
def _verb() -> re.Pattern[str]:
    prize, honour = words("awards", "verbs", "prize"), words("awards", "verbs", "honour")
    return re.compile(f"(?P<honour>{alternatives(honour)})|(?P<prize>{alternatives(prize)})")


@cache
def _prize() -> re.Pattern[str]:
    """A prize up to its last word, within a clause."""
    endings = alternatives(words("awards", "prizes", "endings"))
    no = alternatives(words("awards", "prizes", "not_prizes"))
    return re.compile(
        f"[^，。；！？“”、]{{0,40}}?(?!{no})(?:{endings})(?![\\u4e00-\\u9fff]?(?:者|得主|赛|励|队|学金|金))"
    )


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('awards', 'prizes', 'unreal'))})[^，。；]{{0,6}}$")


@cache
def _giving() -> re.Pattern[str]:
    award, hand = words("awards", "giving", "award"), words("awards", "giving", "hand")
    return re.compile(
        f"(?:(?P<award>{alternatives(award)})|(?P<to>为|向|给)(?P<who>[^，。；]{{2,40}}?)(?P<hand>{alternatives(hand)}))"
    )


def extract(document: Document, draft: Draft) -> None:
    people = People(document, draft)
    reporters = {fact.subject for fact in draft.facts("byline")}
    for sentence in document.sentences:
        subject = people.subject(*sentence.span)
        if subject is not None and people.key(subject) not in reporters:
            people.topic = subject
        text = document.text[sentence.start : sentence.end]
        if _verb().search(text):
            _won(document, draft, people, sentence)
        if _giving().search(text):
            _given(document, draft, people, sentence)


def _won(document: Document, draft: Draft, people: People, sentence: Sentence) -> None:
    text = document.text
    for match in _verb().finditer(text, sentence.start, sentence.end):
        if _unreal().search(text, max(sentence.start, match.start() - 12), match.start()):
            continue
        if text[match.start() - 1 : match.start()] in ("向", "为", "对", "给", "的") and match.start() > sentence.start:
            continue  # 为荣获…的同志颁奖: who won it comes later
        if match.group() in ("获", "评为", "收获") and not _a_word(document, match.start(), match.end()):
            continue
        prizes = _prizes(text, match.end(), sentence.end, bool(match.group("honour")))
        if not prizes:
            continue
        recipients, confidence = _recipients(document, people, sentence, match.start())
        for recipient in recipients:
            for name, stop in prizes:
                evidence = Span(
                    min(recipient.start, match.start()) if recipient.start >= sentence.start else match.start(), stop
                )
                rule = "honoured" if match.group("honour") else "won"
                draft.fact(
                    "award", _key(document, draft, recipient), "", evidence, rule, confidence=confidence, award=name
                )


def _key(document: Document, draft: Draft, recipient: Mention) -> str:
    """The recipient's entity; 中国|队 is a team, not the country."""
    team = _TEAM.match(document.text, recipient.end) if recipient.type == "place" else None
    if team is None:
        return draft.mentioned(recipient)
    return draft.entity("organization", recipient.text + team.group(), span=Span(recipient.start, team.end()))


def _given(document: Document, draft: Draft, people: People, sentence: Sentence) -> None:
    text = document.text
    for match in _giving().finditer(text, sentence.start, sentence.end):
        if match.group("award"):
            first = people.first_in(match.end(), sentence.end)
            if first is None or first.start > match.end() + 12:
                continue
            recipients = [first]
            while (following := people.next_in_list(recipients[-1], sentence.end)) is not None:
                recipients.append(following)
            after = recipients[-1].end
        else:
            recipients = list(document.mentions_in(match.start("who"), match.end("who"), "person"))
            last = recipients[-1] if recipients else None
            if last is None or last.end < match.end("who") - 8:
                continue
            after = match.end()
        for name, stop in _prizes(text, after, sentence.end, False):
            for recipient in recipients:
                draft.fact(
                    "award", draft.mentioned(recipient), "", Span(match.start(), max(stop, recipient.end)), "given",
                    confidence=0.8, award=name,
                )  # fmt: skip


def _prizes(text: str, start: int, end: int, honour: bool) -> list[tuple[str, int]]:
    """The prizes named from an offset on, each with where it ends; none where what follows is no prize."""
    found: list[tuple[str, int]] = []
    position = start
    while position < end:
        lead = _LEADING.match(text[position : min(end, position + 8)])
        if lead and not found:
            position += lead.end()
        quoted = _QUOTED.match(text, position, end) or re.compile(r"[^，。；“”、]{0,14}" + _QUOTED.pattern).match(
            text, position, end
        )
        if quoted is not None and (
            honour
            or found
            or re.match(
                r"等?\d*[项个多]*(?:荣誉)?(?:称号|奖|荣誉|美誉|[“、和]|[^，。；“”]{0,12}(?:奖|称号))",
                text[quoted.end() : end],
            )
        ):
            stop = quoted.end()
            tail = re.compile(r"[^，。；、“”]{0,8}?(?:奖|称号|人选|名单)").match(text, stop, end)
            name = quoted.group(1)
            if (
                tail is not None
                and tail.group() not in ("称号", "荣誉称号", "等荣誉称号", "等称号")
                and "等" not in tail.group()
            ):
                name, stop = text[position : tail.end()], tail.end()
            found.append((name, stop))
            position = stop
        elif (prize := _prize().match(text, position, end)) is not None and len(prize.group()) > 2:
            found.append((prize.group(), prize.end()))
            position = prize.end()
        elif honour and not found:
            plain = re.compile(r"[^，。；！？、“”（）()]{4,30}").match(text, position, end)
            if plain is None:
                break
            found.append((plain.group(), plain.end()))
            position = plain.end()
        else:
            break
        more = _LIST.match(text, position, end)
        if more is None or (more.end() == position and text[position : position + 1] != "“"):
            break
        position = more.end()
    return found


def _recipients(document: Document, people: People, sentence: Sentence, offset: int) -> tuple[Sequence[Mention], float]:
    """Who stands before the verb: a list of persons, else the first name of the clause, else of the sentence."""
    text = document.text
    adverbs = re.compile(r"(?:同志|先后|曾|还|也|已|共同|成功|连续|再次|一举|分别|多次|近日|均|等)*$")
    head = adverbs.search(text, sentence.start, offset)
    end = head.start() if head else offset
    persons = people.list_before(end, sentence.start)
    if persons:
        return persons, 0.85
    clause = max(text.rfind(c, sentence.start, offset) for c in _CLAUSE) + 1
    named = document.mentions_in(max(clause, sentence.start), offset, *_RECIPIENTS)
    if named:
        inside = [m for m in named if not any(o is not m and o.start <= m.start and m.end <= o.end for o in named)]
        near = [m for m in inside if m.type == "person" or (end - m.end <= 14 and text[m.end] not in "的第")]
        if near:
            return [near[0]], 0.7
    before = document.mentions_in(sentence.start, offset, *_RECIPIENTS)
    for mention in before:
        if mention.type == "person":
            return [mention], 0.65
    if people.topic is not None and "\n" not in text[people.topic.end : offset]:
        return [people.topic], 0.55
    return [], 0


def _a_word(document: Document, start: int, end: int) -> bool:
    tokens = document.tokens_in(start, end)
    return len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (start, end)
