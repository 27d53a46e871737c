"""Who said what: a sentence with a reporting verb, some content and a speaker; speech carried on without a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.draft import Draft
from kg.extract.speech import CLOSE, Quotations, Verb, aside, credited, may_act, told, verbs
from kg.extract.speech_subjects import Memory, last_subject, speakers_of
from kg.language.lexicon import alternatives, title_pattern, words
from kg.model import Mention

_SPEAKS = ("person", "organization", "place")
_ADVICE = re.compile(
    "(?:要|希望|坚持|坚决|必须|加强|进一步|各级|各地|我们|全力|持续|严格|切实|着力|深入|加快|强化|认真|充分|牢牢|不断|下一步|同时|聚焦|把|以(?!色列|军|方|及|来|往|前|后)|压实|突出|狠抓|落实|统筹|努力|既要|一是|二是|三是|四是|首先|其次|第一|第二|第三|一要|二要|三要)"
)
_WRITTEN = re.compile(
    "写着|写有|印着|标语|横幅|题为|名为|标题|主题|口号|记载|歌词|诗|显示|规定|所谓|俗话|古语|即|例如|比如|弹幕|评论区|短信|题词|字样"
)
_COLON_NOT = re.compile(r"[，,。：:；（(]|记者|通讯员|责编|编辑|校对|摄|来源|作者|审核|监制|供图")


@cache
def _gathering() -> re.Pattern[str]:
    """A meeting as the subject: 会议指出; not 座谈会上."""
    return re.compile(f"(?:{alternatives(words('speech', 'gatherings'))})(?![上中后前期])")


@cache
def _pronoun_first() -> re.Pattern[str]:
    return re.compile(f"(?:[^，]{{0,10}}，)?(?:{alternatives(words('speech', 'pronouns'))})")


def extract(document: Document, draft: Draft) -> None:
    memory = Memory()
    quotations = Quotations(document.text)
    for number, sentence in enumerate(document.sentences):
        if sentence.kind != "body":
            continue
        parts = _parts(document.text, sentence, quotations)
        for part in parts:
            _read(document, draft, part, number, memory, quotations, whole=len(parts) == 1)


def _parts(text: str, sentence: Sentence, quotations: Quotations) -> list[Sentence]:
    """A sentence cut at ；, where another may speak: each part with a verb of speech and a name is read by itself."""
    parts: list[Sentence] = []
    start = sentence.start
    for match in re.finditer("[；;]", text[sentence.start : sentence.end]):
        if not quotations.hold(sentence.start + match.start()):
            parts.append(Sentence(start, sentence.start + match.end(), sentence.kind))
            start = sentence.start + match.end()
    parts.append(Sentence(start, sentence.end, sentence.kind))
    if len(parts) == 1:
        return parts
    with_verb = [p for p in parts if told(text, p.start, p.end)]
    return parts if len(with_verb) > 1 and parts[-1].start < sentence.end else [sentence]


def _read(
    document: Document,
    draft: Draft,
    sentence: Sentence,
    number: int,
    memory: Memory,
    quotations: Quotations,
    *,
    whole: bool,
) -> None:
    text = document.text[sentence.start : sentence.end]
    everyone = document.mentions_in(sentence.start, sentence.end, *_SPEAKS)
    bodies = [m for m in everyone if m.type == "organization"]
    persons = [
        m
        for m in everyone
        if not credited(document, m)
        and not aside(document.text, sentence, m)
        and not (m.type == "place" and any(b.start <= m.start and m.end <= b.end for b in bodies))
    ]
    if _gathering().match(re.sub(r"^[^，。]{0,12}，", "", text)) or _gathering().match(text):
        memory.speakers, memory.subjects = (), ()
        return
    said = False
    speakers: list[tuple[Mention, ...]] = []
    labelled = _labelled(document, sentence, persons)
    if labelled is not None:
        _state(draft, sentence, (labelled,), "speaker-colon", "：", 0.85)
        memory.speakers, memory.spoke_at, said = (labelled,), number, True
    reported = False
    for verb in verbs(document, sentence, quotations):
        found, rule, reason = speakers_of(document, sentence, verb, persons, memory)
        if not found or found in speakers:
            continue
        # what follows a reporting verb is what was said: another speaker in it has to be named right at its own verb
        again = document.text[verb.end : verb.end + 1] in ("，", ",", "：", ":", "“")  # 王海波则认为，
        if reported and (
            rule != "speaker-verb" or (verb.careful and not again) or not _at_verb(document, found[-1], verb)
        ):
            continue
        speakers.append(found)
        reported = reported or (
            document.text[verb.end : verb.end + 1] in ("，", ",", "：", ":", "“") and not _reporter(document, found[-1])
        )
        confidence = 0.6 if reason and rule == "zero-subject" else 0.85
        _state(draft, _with_quotation(document, sentence, number, verb), found, rule, verb.word, confidence, reason)
        memory.speakers, memory.spoke_at, said = found, number, True
        memory.said += found
    if not said and (quoted := _quoted(document, sentence, persons, quotations)) is not None:
        _state(draft, sentence, (quoted,), "speaker-quotation", "", 0.7)
        memory.speakers, memory.spoke_at, said = (quoted,), number, True
    if (
        whole
        and not said
        and memory.speakers
        and memory.spoke_at == number - 1
        and _carries_on(text, persons, sentence, quotations)
    ):
        _state(draft, sentence, memory.speakers, "speech-carried-on", "", 0.6, "承上一句的说话人")
        memory.spoke_at = number
    # who is named in what was said is not who acts: the speaker stays the one that 他 means
    subjects = memory.speakers if said else last_subject(document, sentence, persons)
    if subjects and (said or not _pronoun_first().match(text)):
        memory.subjects = subjects


def _at_verb(document: Document, mention: Mention, verb: Verb) -> bool:
    """习近平总书记指出: nothing but a title between a speaker and his verb."""
    between = document.text[mention.end : verb.start]
    return re.fullmatch(f"(?:同志|先生|女士|{title_pattern().pattern})?.{{0,2}}", between) is not None


def _reporter(document: Document, mention: Mention) -> bool:
    """A paper or an agency that only passes on what others say."""
    return mention.type == "organization" and document.name(mention).endswith(words("speech", "media"))


def _with_quotation(document: Document, sentence: Sentence, number: int, verb: Verb) -> Sentence:
    """``“……。”钱斌说。``: the quotation before belongs to the sentence that only says whose it is."""
    before = document.sentences[number - 1] if number else None
    if (
        before is None
        or verb.end < sentence.end - 1
        or document.text[before.end - 1] not in CLOSE
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


def _labelled(document: Document, sentence: Sentence, persons: Sequence[Mention]) -> Mention | None:
    """``国家能源局副局长何洋：…``: a speaker's name with a colon at the head of a paragraph or sentence."""
    for person in persons:
        if (
            person.type == "person"
            and document.text[person.end : person.end + 1] in ("：", ":")
            and person.start - sentence.start <= 30
            and not _COLON_NOT.search(document.text, sentence.start, person.start)
            and sentence.end - person.end > 6
        ):
            return person
    return None


def _quoted(
    document: Document, sentence: Sentence, persons: Sequence[Mention], quotations: Quotations
) -> Mention | None:
    """``赵明亮掰着指头算起账来：“…”``: a person acts, and what he says follows his act without a verb of telling."""
    text = document.text
    at = next((p for c in ("：“", ":“") if (p := text.find(c, sentence.start, sentence.end)) >= 0), -1)
    if at < 0 or quotations.hold(at) or _WRITTEN.search(text, sentence.start, at) or text.find("”", at) - at < 8:
        return None
    people = [p for p in persons if p.type == "person" and p.end <= at and may_act(document, sentence.start, p)]
    return people[0] if len({document.name(p) for p in people}) == 1 else None


def _carries_on(text: str, persons: Sequence[Mention], sentence: Sentence, quotations: Quotations) -> bool:
    """Speech goes on in a sentence that stands in the open quotation, or begins as advice does and names no new subject."""
    if quotations.opened_before(sentence.start):
        return True
    if any(p.type == "person" and p.start - sentence.start < 12 for p in persons):
        return False
    return _ADVICE.match(text) is not None
