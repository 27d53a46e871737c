"""Who said what: a sentence with a reporting verb, some content and a speaker; speech carried on without a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.draft import Draft
from kg.language import gazetteer
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention

_OPEN, _CLOSE = "“「『", "”」』"
_SPEAKS = ("person", "organization", "place")


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    word: str


@dataclass(slots=True)
class _Speech:
    """What the reader has in mind: who spoke last, who was the last subject, whether a quotation is open."""

    speakers: tuple[Mention, ...] = ()
    subjects: tuple[Mention, ...] = ()
    spoke_at: int = -2
    open_quote: bool = False


@cache
def _verb_pattern() -> re.Pattern[str]:
    data = table("speech")
    other, verbs = alternatives(data["other_words"].split()), alternatives(data["verbs"].split())
    return re.compile(f"(?:{other})|(?P<verb>{verbs})")


@cache
def _unnamed() -> re.Pattern[str]:
    """A speaker without a name, right before the verb: 一名当地民众, 该工作人员, 有关负责人."""
    who = alternatives(words("speech", "unnamed"))
    return re.compile(
        f"(?:(?:一|两|多|几)?[名位](?:[^，。、“”]{{0,8}})|(?:该|上述|有关|相关|现场|当地)[^，。、“”]{{0,6}})?(?:主要|有关|相关)?(?:{who})"
    )


@cache
def _cites() -> re.Pattern[str]:
    """A name that only opens the name of a doctrine, a speech or an instruction: 习近平总书记重要讲话精神."""
    return re.compile(f"[^，,。；]{{0,25}}?(?:{alternatives(words('speech', 'cited'))})")


@cache
def _bare_subject() -> re.Pattern[str]:
    """The stretch from a clause's start to its verb that leaves the subject out."""
    adverbs = alternatives(words("speech", "adverbs"))
    return re.compile(f"(?:{adverbs})*")


@cache
def _pronoun() -> re.Pattern[str]:
    adverbs = alternatives(words("speech", "adverbs"))
    return re.compile(
        f"(?:.{{0,10}}?(?:{adverbs}))?({alternatives(words('speech', 'pronouns'))})(?:{adverbs}|在.{{1,20}}?|就.{{1,20}}?|对.{{1,20}}?|向.{{1,30}}?)*"
    )


@cache
def _gathering() -> re.Pattern[str]:
    """A meeting as the subject: 会议指出; not 座谈会上."""
    return re.compile(f"(?:{alternatives(words('speech', 'gatherings'))})(?![上中后前期])")


@cache
def _pronoun_first() -> re.Pattern[str]:
    return re.compile(f"(?:[^，]{{0,10}}，)?(?:{alternatives(words('speech', 'pronouns'))})")


def extract(document: Document, draft: Draft) -> None:
    speech = _Speech()
    block_end = -1
    blocks = iter(document.article.blocks)
    for number, sentence in enumerate(document.sentences):
        if sentence.kind != "body":
            continue
        if sentence.start >= block_end:
            block_end = next((b.end for b in blocks if b.end > sentence.start), block_end)
            speech.open_quote = False
        parts = _parts(document.text, sentence)
        for part in parts:
            _read(document, draft, part, number, speech, whole=len(parts) == 1)


def _parts(text: str, sentence: Sentence) -> list[Sentence]:
    """A sentence cut at ；, where another may speak: each part with a verb of speech and a name is read by itself."""
    parts: list[Sentence] = []
    start = sentence.start
    quoted = _quoted(text, sentence)
    for match in re.finditer("[；;]", text[sentence.start : sentence.end]):
        if not quoted[match.start()]:
            parts.append(Sentence(start, sentence.start + match.end(), sentence.kind))
            start = sentence.start + match.end()
    parts.append(Sentence(start, sentence.end, sentence.kind))
    told = [p for p in parts if any(m.group("verb") for m in _verb_pattern().finditer(text, p.start, p.end))]
    return parts if len(told) > 1 and parts[-1].start < sentence.end else [sentence]


def _read(document: Document, draft: Draft, sentence: Sentence, number: int, speech: _Speech, *, whole: bool) -> None:
    text = document.text[sentence.start : sentence.end]
    persons = [
        m
        for m in document.mentions_in(sentence.start, sentence.end, *_SPEAKS)
        if not _credited(document, m) and not _aside(document.text, sentence, m)
    ]
    if _gathering().match(re.sub(r"^[^，。]{0,12}，", "", text)) or _gathering().match(text):
        speech.speakers, speech.subjects = (), ()
        return
    said = False
    speakers: list[tuple[Mention, ...]] = []
    labelled = _labelled(document, sentence, persons)
    if labelled is not None:
        _state(draft, sentence, (labelled,), "speaker-colon", "：", 0.85)
        speech.speakers, speech.spoke_at, said = (labelled,), number, True
    reported = False
    for verb in _verbs(document, sentence):
        found, rule, reason = _speakers(document, sentence, verb, persons, speech)
        if not found or found in speakers:
            continue
        # what follows a reporting verb is what was said: another speaker in it has to be named right at its own verb
        if reported and (
            rule != "speaker-verb" or verb.start - found[-1].end > 2 or verb.word in words("speech", "careful")
        ):
            continue
        speakers.append(found)
        reported = reported or document.text[verb.end : verb.end + 1] in ("，", ",", "：", ":", "“")
        _state(
            draft,
            _with_quotation(document, sentence, number, verb),
            found,
            rule,
            verb.word,
            0.6 if reason and rule == "zero-subject" else 0.85,
            reason,
        )
        speech.speakers, speech.spoke_at, said = found, number, True
    if (
        whole
        and not said
        and speech.speakers
        and speech.spoke_at == number - 1
        and _carries_on(text, persons, speech, sentence)
    ):
        _state(draft, sentence, speech.speakers, "speech-carried-on", "", 0.6, "承上一句的说话人")
        speech.spoke_at = number
    # who is named in what was said is not who acts: the speaker stays the one that 他 means
    subjects = speech.speakers if said else _subjects(document, sentence, persons)
    if subjects and (said or not _pronoun_first().match(text)):
        speech.subjects = subjects
    for character in text:
        if character in _OPEN:
            speech.open_quote = True
        elif character in _CLOSE:
            speech.open_quote = False


def _with_quotation(document: Document, sentence: Sentence, number: int, verb: _Verb) -> Sentence:
    """``“……。”钱斌说。``: the quotation before belongs to the sentence that only says whose it is."""
    before = document.sentences[number - 1] if number else None
    if (
        before is None
        or verb.end < sentence.end - 1
        or document.text[before.end - 1] not in _CLOSE
        or before.end != sentence.start
    ):
        return sentence
    return Sentence(before.start, sentence.end, sentence.kind)


def _state(
    draft: Draft,
    sentence: Sentence,
    speakers: Sequence[Mention],
    rule: str,
    verb: str,
    confidence: float,
    reason: str = "",
) -> None:
    for speaker in speakers:
        draft.fact(
            "statement",
            draft.mentioned(speaker),
            "",
            sentence.span,
            rule,
            confidence=confidence,
            reason=reason,
            verb=verb,
        )


def _verbs(document: Document, sentence: Sentence) -> Iterator[_Verb]:
    """Reporting verbs outside quotations that report some content."""
    text = document.text
    quoted = _quoted(text, sentence)
    for match in _verb_pattern().finditer(text, sentence.start, sentence.end):
        word = match.group("verb")
        if word is None or quoted[match.start() - sentence.start]:
            continue
        before = text[max(sentence.start, match.start() - 40) : match.start()]
        if before.endswith(words("speech", "noun_after")) and word in words("speech", "careful"):
            continue
        if any(
            t.start < match.start() < t.end and t.tag in ("PER", "ORG", "LOC")
            for t in document.tokens_in(match.start() - 4, match.end())
        ):
            continue
        rest = text[match.end() : sentence.end].lstrip("了，,：:“")
        content = len(rest.rstrip("。！？”"))
        attributes = match.end() >= sentence.end - 1 and text[max(0, sentence.start - 1)] in _CLOSE
        if content < 3 and not (attributes or _quotation_before(before) or rest.startswith(words("speech", "thanks"))):
            continue
        if (
            word == "介绍"
            and re.match(r"(?:了)?[^，。“：]{0,12}(?:情况|做法|经验|工作|成效)", rest)
            and text[match.end()] not in "，,：:“"
        ):
            continue
        yield _Verb(*match.span(), word)


def _aside(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Stands in a clause that only says when or after whom: 自…宣布推翻…后, 据…报道."""
    start = _clause_start(text, sentence, mention.start)
    end = min((i for i in (text.find(c, mention.end, sentence.end) for c in "，,") if i >= 0), default=sentence.end)
    clause = text[start:end]
    return (
        clause.startswith(words("speech", "aside"))
        and end < sentence.end
        and clause.endswith(words("speech", "aside_end"))
    )


def _credited(document: Document, mention: Mention) -> bool:
    """Stands in a byline or a credit: 记者夏一方, 梁琛 摄."""
    before = document.text[max(0, mention.start - 6) : mention.start].rstrip(" 　")
    return before.endswith(words("speech", "credits")) or document.text[
        mention.end : mention.end + 3
    ].strip().startswith("摄")


def _quotation_before(before: str) -> bool:
    return any(c in _CLOSE for c in before)


def _quoted(text: str, sentence: Sentence) -> list[bool]:
    inside, marks = False, []
    for character in text[sentence.start : sentence.end]:
        if character in _OPEN:
            inside = True
        marks.append(inside)
        if character in _CLOSE:
            inside = False
    return marks


def _clause_start(text: str, sentence: Sentence, offset: int) -> int:
    start = offset
    while start > sentence.start and text[start - 1] not in "，,；;：:。！？”":
        start -= 1
    return start


def _speakers(
    document: Document, sentence: Sentence, verb: _Verb, persons: Sequence[Mention], speech: _Speech
) -> tuple[tuple[Mention, ...], str, str]:
    """The speakers of a verb, the rule that found them, and the reason where they are not printed before it."""
    text = document.text
    start = _clause_start(text, sentence, verb.start)
    before = text[start : verb.start]
    if (match := re.search(f"(?:{_unnamed().pattern})(?:在[^，。]{{0,20}}时)?(?:也|还|则)?$", before)) and not any(
        p.type == "person" and p.end > start + match.start() for p in persons
    ):
        bodies = [
            p
            for p in persons
            if p.type == "organization" and p.end <= verb.start and p.end >= start + match.start() - 4
        ]
        if bodies:
            return (bodies[-1],), "unnamed-of-body", ""
        if re.match(r"该|上述|这[名位]", match.group()) and speech.speakers and speech.speakers[0].type != "person":
            return speech.speakers[:1], "unnamed-again", f"承上文的{document.name(speech.speakers[0])}"
        phrase = re.match(_unnamed().pattern, match.group())
        if phrase is not None:
            return (
                (_whole_phrase(document, start, start + match.start(), start + match.start() + phrase.end()),),
                "unnamed-speaker",
                "",
            )
    here = [p for p in persons if start <= p.start and p.end <= verb.start and _may_be_subject(text, start, p)]
    if match := _pronoun().fullmatch(before):
        known = speech.subjects or speech.speakers
        earlier = [
            p for p in persons if p.end <= start and p.type == "person" and _may_be_subject(text, sentence.start, p)
        ]
        if earlier:
            known = (earlier[0],)
        known = tuple(k for k in known if k.type == "person") or known
        plural = match.group(1) in ("他们", "她们", "两人", "二人", "双方")
        if known:
            return (
                (known if plural else known[:1]),
                "pronoun-speaker",
                f"“{match.group(1)}”指{'、'.join(document.name(k) for k in known)}",
            )
        return (), "", ""
    if here:
        named = _coordinated(document, here, start, verb)
        if named:
            careful = verb.word in words("speech", "careful") or named[-1].type != "person"
            if not careful or _near(document, named[-1], verb):
                return named, "speaker-verb", ""
    thanks = document.text.startswith(words("speech", "thanks"), verb.end + _thanks_gap(document.text, verb.end))
    if thanks and not here and re.search("代表|[向对]", text[sentence.start : start]):
        subjects = _first_subject(
            document, [p for p in persons if p.end <= start and _may_be_subject(text, sentence.start, p)]
        )
        if subjects and subjects[0].type == "person":
            return subjects, "speaker-before-clause", ""
    if _bare_subject().fullmatch(before) or re.match(r"(?:并|还|同时|会上|对此|在|就|向|针对|谈及|谈到)", before):
        if (
            verb.word in words("speech", "careful")
            and not _bare_subject().fullmatch(before)
            and not before.startswith(("并", "还", "在", "向"))
        ):
            return (), "", ""
        earlier = [p for p in persons if p.end <= start and _may_be_subject(text, sentence.start, p)]
        pronoun = re.match(r"(?:会上，|同时，|随后，)?(他们|她们|两人|他|她)(?![国人])", text[sentence.start : start])
        subjects = () if pronoun else _first_subject(document, earlier)
        if subjects and (subjects[0].type == "person" or verb.word not in words("speech", "careful")):
            return subjects, "speaker-before-clause", ""
        if pronoun and speech.subjects:
            people = speech.subjects if len(pronoun.group(1)) > 1 else speech.subjects[:1]
            return people, "pronoun-speaker", f"“{pronoun.group(1)}”指{'、'.join(document.name(k) for k in people)}"
        if speech.speakers and (pronoun or sentence.start == start) and not earlier:
            people = tuple(s for s in speech.speakers if s.type == "person") or speech.speakers
            return people, "zero-subject", f"承前省略主语，指{'、'.join(document.name(k) for k in people)}"
        if speech.subjects and not any(p.end <= start for p in persons):
            people = tuple(s for s in speech.subjects if s.type == "person")
            if people:
                return people[:1], "zero-subject", f"承前省略主语，指{document.name(people[0])}"
    return (), "", ""


def _thanks_gap(text: str, offset: int) -> int:
    """Letters of 衷心的 and the like between 表示 and 感谢."""
    match = re.compile(r"(?:了|由衷|衷心|诚挚|热烈|亲切|崇高|深切|高度|充分|真诚|节日|的|问候|和)*").match(text, offset)
    return match.end() - offset if match else 0


def _whole_phrase(document: Document, clause: int, begin: int, end: int) -> Mention:
    """An unnamed speaker with the nouns before it (驻地部队负责人); who only speaks for a body gives the body's words."""
    for token in reversed(document.tokens_in(clause, begin)):
        if token.end != begin or token.tag not in ("n", "nz", "vn", "LOC", "ORG", "r", "m", "s", "a", "j", "nw"):
            break
        begin = token.start
    stop = end
    for head in ("主要负责人", "有关负责人", "相关负责人", "负责人", "负责同志", "工作人员", "发言人"):
        if document.text[begin:end].endswith(head) and end - begin - len(head) >= 2:
            stop = end - len(head)
            break
    return Mention(begin, stop, "unnamed", document.text[begin:stop])


def _may_be_subject(text: str, start: int, mention: Mention) -> bool:
    """Not the object of a preposition or a verb, not the owner of something (习近平总书记关于…的论述)."""
    before = text[start : mention.start]
    if before.endswith(words("speech", "not_subject")):
        return False
    after = text[mention.end : mention.end + 40]
    return not re.match(r"(?:同志|总书记|主席|总统|总理)?(?:的|关于)", after) and not _cites().match(after)


def _coordinated(document: Document, here: Sequence[Mention], start: int, verb: _Verb) -> tuple[Mention, ...]:
    """The last named before the verb, with those joined to it by 、 or 和; a person rather than the body before the name."""
    people = [m for m in here if m.type == "person"]
    if not people:
        bodies = [m for m in here if m.type == "organization"] or [m for m in here if _is_actor(m)]
        return (max(bodies, key=lambda m: m.end),) if bodies else ()
    last = people[-1]
    # 甲对乙的到来表示欢迎: who stands in front acts, unless another name stands right at the verb
    anchor = last if _near(document, last, verb) and len(document.text[last.end : verb.start]) <= 3 else people[0]
    if anchor is people[0]:
        return _first_subject(document, people)
    group = [anchor]
    for mention in reversed(people[:-1]):
        between = document.text[mention.end : group[0].start]
        if between in ("、", "和", "与", "及", "、 ") or re.fullmatch(r"、[^，。]{0,20}", between):
            group.insert(0, mention)
        else:
            break
    return tuple(group)


def _is_actor(mention: Mention) -> bool:
    """A country speaks in its own name; a city or a river does not."""
    return mention.type == "place" and mention.text in gazetteer.countries()


def _near(document: Document, mention: Mention, verb: _Verb) -> bool:
    """Nothing but adverbs, prepositional phrases or a title between a speaker and a verb that may be a noun."""
    between = document.text[mention.end : verb.start]
    if len(between) <= 2 or _bare_subject().fullmatch(between):
        return True
    return (
        re.fullmatch(
            r"(?:同志|先生|女士|教授|主任|书记|局长|会长|总统|总理|主席|部长)?(?:也|还|则|随后|日前|近日|今天|昨日|表示)?(?:[\d日月年时下上午]+)?(?:(?:召开|举行|发布|发表)[^，。]{2,14}，?)?(?:在|就|对|向|针对|接受|通过|于)?[^，。]{0,30}?(?:时|中|上|后|采访|，)?(?:还|也|并|特别|进一步)?",
            between,
        )
        is not None
        and len(between) <= 32
    )


def _first_subject(document: Document, earlier: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first person named, with those joined to him; else the first body, or country."""
    people = [m for m in earlier if m.type == "person"]
    chosen = people or [m for m in earlier if m.type == "organization" or _is_actor(m)]
    if not chosen:
        return ()
    group = [chosen[0]]
    for mention in chosen[1:]:
        if document.text[group[-1].end : mention.start] in ("、", "和", "与", "及", "以及"):
            group.append(mention)
        else:
            break
    return tuple(group)


def _subjects(document: Document, sentence: Sentence, persons: Sequence[Mention]) -> tuple[Mention, ...]:
    people = [p for p in persons if p.type == "person" and _may_be_subject(document.text, sentence.start, p)]
    return _first_subject(document, people)


def _labelled(document: Document, sentence: Sentence, persons: Sequence[Mention]) -> Mention | None:
    """``国家能源局副局长何洋：…``: a speaker's name with a colon at the head of a paragraph or sentence."""
    for person in persons:
        if (
            person.type == "person"
            and document.text[person.end : person.end + 1] in ("：", ":")
            and person.start - sentence.start <= 30
        ):
            prefix = document.text[sentence.start : person.start]
            if (
                not re.search(r"[，,。：:；（(]|记者|通讯员|责编|编辑|校对|摄|来源|作者|审核|监制|供图", prefix)
                and sentence.end - person.end > 6
            ):
                return person
    return None


def _carries_on(text: str, persons: Sequence[Mention], speech: _Speech, sentence: Sentence) -> bool:
    """Speech goes on in a sentence that stands in the open quotation, or begins as advice does and names no new subject."""
    if speech.open_quote:
        return True
    if any(p.type == "person" and p.start - sentence.start < 12 for p in persons):
        return False
    return (
        re.match(
            r"(?:要|希望|坚持|坚决|必须|加强|进一步|各级|各地|我们|全力|持续|严格|切实|着力|深入|加快|强化|认真|充分|牢牢|不断|下一步|同时|聚焦|把|以|压实|突出|狠抓|落实|统筹|努力|既要|一是|二是|三是|四是|首先|其次|第一|第二|第三|一要|二要|三要)",
            text,
        )
        is not None
    )
