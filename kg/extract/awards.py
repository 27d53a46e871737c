"""Who was given which prize, title or honour.

Rules:
    won          周大同荣获青河市科技进步奖; 李小满夺得女子100米冠军; 甲、乙分获金奖、银奖
    won-before   青河文学奖揭晓，周大同、李小满获此殊荣
    honoured     青河市被评为“全国文明城市”; 周大同入选“青河英才计划”
    given        授予孙文静“青河好人”称号; 为孙文静颁发荣誉证书; 将青河文学奖授予孙文静
    commended    对孙文静、周大同等10名先进个人进行表彰
    holder       世界冠军周大同; 青河文学奖得主孙文静
    champion     在青河马拉松锦标赛中夺冠
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.analysis.document import Document, Sentence
from kg.extract.draft import Draft
from kg.extract.people import People
from kg.extract.prizes import Prize, contest_title, prize_named, prizes_after
from kg.extract.roles import governing, roles_of
from kg.extract.shapes import Line
from kg.extract.trigger_table import Trigger
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_TEAM = re.compile(r"(?:国家|男子|女子|青年)?(?:男|女)?(?:队|代表队|代表团|男足|女足|男排|女排|男篮|女篮)")
_ADVERBS = re.compile(
    r"(?:同志|先生|女士|先后|曾|曾经|还|也|已|均|都|共同|成功|连续|再次|一举|分别|多次|近日|日前|等(?:\d+[名位人个家])?|被|又|则|双双|荣幸|首次|光荣|累计|共|并|正式|[两三四五六]人)*$"
)
_RECIPIENTS = ("person", "organization", "place")
_AGAIN = re.compile(r"(?:了|得)?(?:此|该|这一|这项|此项|以上|上述)?(?:殊荣|奖项|大奖|荣誉|奖)(?=[，。；！]|$)")
_NUMBERED = re.compile(
    r"(?:同志|先生|女士)?(?:等)?(?:\d+|[一二两三四五六七八九十百]+)?(?:余|多)?(?:人|位|名|个|家|所|同志|单位)?(?:同志)?的?"
)
_CURRICULUM = re.compile(
    r"^[^，。]{0,12}[，,](?:男|女)[，,]|汉族|生于|出生|毕业于|曾任|历任|(?:他|她)(?:是|曾|先后|还|也)"
)
_VITA = re.compile(r"[，,](?:男|女)[，,]")
_UNTOLD = re.compile(r"^(?:他|她|其|曾|先后|还|并|也|[12]\d{3}年(?:\d{1,2}月)?(?:\d{1,2}日)?|，|、|至今|同年|当年)*$")

_CONTEST = re.compile(r"[赛会杯]$|男子|女子|混合|项目|级|米")

_AWARD = Trigger(
    "award", "", "", "win", _RECIPIENTS, _RECIPIENTS, "any", 0.7, "", False, False, None, None
)  # fmt: skip


@cache
def _verb() -> re.Pattern[str]:
    prize, honour = words("awards", "verbs", "prize"), words("awards", "verbs", "honour")
    champion = alternatives(words("awards", "verbs", "champion"))
    return re.compile(f"(?P<champion>{champion})|(?P<honour>{alternatives(honour)})|(?P<prize>{alternatives(prize)})")


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('awards', 'prizes', 'unreal'))})[^，。；]{{0,6}}$")


@cache
def _giving() -> re.Pattern[str]:
    award, hand = words("awards", "giving", "award"), words("awards", "giving", "hand")
    return re.compile(
        f"(?P<to>为|向|给)(?P<who>[^，。；为向给]{{2,80}}?)(?P<hand>{alternatives(hand)})|(?P<award>{alternatives(award)})"
    )


@cache
def _more() -> re.Pattern[str]:
    return re.compile(f"(?:、|，|并|和|，并)(?:{alternatives(words('awards', 'giving', 'hand'))})")


@cache
def _commending() -> re.Pattern[str]:
    commend = alternatives(words("awards", "giving", "commend"))
    return re.compile(
        f"(?:(?:对|给|给予|向)(?P<who>[^，。；对]{{2,120}}?)(?:进行|予以|给予|作出|授予|颁发)(?:了)?[^，。；]{{0,8}}?(?:{commend})|(?:{commend})了?(?P<whom>[^，。；]{{2,120}}))"
    )


@cache
def _holder() -> re.Pattern[str]:
    endings = alternatives(words("awards", "prizes", "endings"))
    holders, champions = (alternatives(words("awards", "prizes", g)) for g in ("holders", "champions"))
    return re.compile(
        f"(?P<prize>(?:(?:\\d{{4}}、)*[^，。；、“”《》等和与\\s]{{2,30}}?(?:{endings})|[“《][^“”《》]{{2,30}}[”》](?:奖|称号)?))(?:{holders})|(?P<champion>{champions})(?!赛|队|奖)"
    )


@cache
def _holds() -> re.Pattern[str]:
    return re.compile(alternatives([*words("awards", "prizes", "holders"), *words("awards", "prizes", "champions")]))


def extract(document: Document, draft: Draft) -> None:
    _Reader(document, draft).read()


class _Reader:
    def __init__(self, document: Document, draft: Draft) -> None:
        self.document, self.draft = document, draft
        self.people = People(document, draft)
        self.lines = draft.lines
        self.last: tuple[Sentence | None, Sequence[Mention]] = None, ()
        self.reporters = {fact.subject for fact in draft.facts("byline")}

    def read(self) -> None:
        text = self.document.text
        for sentence in self.document.sentences:
            subject = self.people.subject(*sentence.span)
            if subject is not None and self.people.key(subject) not in self.reporters:
                self.people.topic = subject
            for person in self.document.mentions_in(*sentence.span, "person"):
                if _VITA.match(text, person.end):
                    self.people.topic = person
            for pattern, reads in (
                (_verb(), self._won),
                (_giving(), self._given),
                (_commending(), self._commended),
                (_holder(), self._held),
            ):
                if pattern is _holder() and _holds().search(text, *sentence.span) is None:
                    continue  # the long pattern is slow where it cannot match
                for match in pattern.finditer(text, sentence.start, sentence.end):
                    reads(sentence, match)

    # --- the recipient before the verb

    def _won(self, sentence: Sentence, match: re.Match[str]) -> None:
        text, start = self.document.text, match.start()
        if _unreal().search(text, max(sentence.start, start - 12), start):
            return
        if match.group().endswith("分获") and text.startswith("得", match.end()):
            match = _verb().match(text, start + 1, sentence.end) or match  # 以54分|获得银牌
            start = match.start()
        if start > sentence.start and text[start - 1] in "向为对给的":
            return  # 为荣获…的同志颁奖: who won it comes later
        if match.group() in words("awards", "verbs", "alone") and not self._is_word(*match.span()):
            return
        rule, prizes = self._what(sentence, match)
        if not prizes:
            return
        recipients, confidence = self._recipients(sentence, match.start(), rule == "honoured")
        self.last = sentence, recipients
        apart = "分" in match.group() or text[start - 2 : start] == "分别"
        for index, recipient in enumerate(recipients):
            mine = prizes[index : index + 1] if apart and len(recipients) == len(prizes) else prizes
            for prize in mine:
                begin = min(recipient.start, start) if recipient.start >= sentence.start else start
                self._add(recipient, prize, Span(begin, max(prize.end, match.end())), rule, confidence)

    def _what(self, sentence: Sentence, match: re.Match[str]) -> tuple[str, list[Prize]]:
        """What a verb says was won, and the rule that reads it."""
        text, end = self.document.text, sentence.end
        if match.group("champion"):
            contest = re.compile(r"在(?P<where>[^，。；在]{4,40}?)(?:的)?(?:中|上|里)(?=[^上中]{0,30}$)")
            where = contest.search(text[sentence.start : match.start()])
            title = contest_title(where.group("where"), 0, len(where.group("where"))) if where else ""
            return "champion", [Prize(title, match.end())] if title.endswith(
                words("awards", "prizes", "medals")
            ) and re.search("[赛会杯]冠军$|组|级|打|米", title) else []
        honour = bool(match.group("honour"))
        prizes = prizes_after(text, match.end(), end, honour=honour)
        if prizes and prizes[0].name in words("awards", "prizes", "medals"):
            where = re.compile(r"在(?P<where>[^，。；在]{4,40}?)(?:的)?(?:中|上|里)(?=，|[^，。；]{0,16}$)").search(
                text[sentence.start : match.start()]
            )
            contest_name = re.sub(r"(?:总?决赛|比赛)$", "", where.group("where")) if where else ""
            contest_name = re.sub(r"^[^，。]{0,14}?(?:进行|举行|举办|结束|展开)的", "", contest_name)
            contest_name = contest_name if _CONTEST.search(contest_name) else ""
            prizes = [Prize(contest_name + p.name, p.end) for p in prizes] if contest_name else prizes
        prizes = [p for p in prizes if p.name not in words("awards", "prizes", "bare")]
        if not prizes and not honour and (again := _AGAIN.match(text, match.end(), end)):
            named = prize_named(text, sentence.start, match.start())
            return "won-before", [Prize(named.name, again.end())] if named is not None else []
        return "honoured" if honour else "won", prizes

    def _recipients(self, sentence: Sentence, offset: int, honour: bool) -> tuple[Sequence[Mention], float]:
        """Who stands before the verb: a list of persons, else the subject by its clause's grammar, else what is spoken of."""
        text, line = self.document.text, self.lines.of(sentence)
        adverbs = _ADVERBS.search(text, sentence.start, offset)
        end = adverbs.start() if adverbs else offset
        persons = [p for p in self.people.list_before(end, sentence.start) if self._may_win(p)]
        if persons and governing(line, persons[0], line.clause_start(offset)) is None:
            return persons, 0.85
        found = [m for m in roles_of(line, Span(offset, offset + 1), _AWARD).patients if self._may_win(m)]
        found = [m for m in found if m.type == "person" or m.start >= line.clause_start(offset) or _is_subject(line, m)]
        if found:
            return [m for m in found if m.type == found[-1].type], 0.75
        named = _noun_before(line, end)
        if named is not None:
            return [named], 0.6
        if self.last[0] is sentence:
            return self.last[1], 0.65
        return self._spoken_of(sentence, line, offset)

    def _spoken_of(self, sentence: Sentence, line: Line, offset: int) -> tuple[Sequence[Mention], float]:
        """Whom a sentence is about that names no winner: its own first person, or the one whose life is told."""
        text, topic = self.document.text, self.people.topic
        if topic is None or "\n" in text[topic.end : offset]:
            return [], 0
        if topic.start >= sentence.start:
            others = self.document.mentions_in(topic.end, offset, "person")
            return ([topic], 0.65) if not others else ([], 0)
        clause = text[line.clause_start(offset, "。；！？;") : offset]
        first = next(iter(self.document.tokens_in(sentence.start, offset)), None)
        pronoun = text.startswith(("他", "她"), sentence.start)
        goes_on = first is not None and (first.tag in ("v", "d", "TIME") or first.start == offset)
        told = _CURRICULUM.search(text[topic.start : offset])
        if _UNTOLD.match(clause) or pronoun or (goes_on and told):
            return [topic], 0.6
        return [], 0

    def _may_win(self, mention: Mention) -> bool:
        return self.draft.mentioned(mention) not in self.reporters

    # --- the recipient behind the verb

    def _given(self, sentence: Sentence, match: re.Match[str]) -> None:
        text, line = self.document.text, self.lines.of(sentence)
        if match.group("hand"):
            found = self._listed(line, match.start("who"), match.end("who"))
            if not found or found[-1].end < match.end("who") - 12:
                return
            position = match.end()
            while prizes := prizes_after(text, position, sentence.end):
                self._add_all(found, prizes, match.start(), "given")
                more = _more().match(text, prizes[-1].end, sentence.end)
                if more is None:
                    break
                position = more.end()
            return
        before = _prize_before(text, line.clause_start(match.start()), match.start())
        if before is None and _unreal().search(text, max(sentence.start, match.start() - 8), match.start()):
            return
        if text.startswith("被", match.start() - 1):
            return  # 被授予: the recipient stands before
        position, clause = match.end(), line.clause_end(match.end(), "。；！？;，")
        while position < clause:
            quote = re.compile(r"[“《]").search(text, position, clause)
            found = self._listed(line, position, quote.start() if quote else clause)
            if not found or not re.fullmatch(r"[^，。；“”]{0,40}", text[position : found[0].start]):
                return
            if before is not None:
                self._add_all(found, [Prize(before.name, found[-1].end)], match.start(), "given")
                return
            number = _NUMBERED.match(text, found[-1].end, clause)
            prizes = prizes_after(text, number.end() if number else found[-1].end, sentence.end)
            if not prizes:
                return
            self._add_all(found, prizes, match.start(), "given")
            position = prizes[-1].end
            if text[position : position + 1] not in ("、", "，", "和"):
                return

    def _listed(self, line: Line, start: int, end: int) -> list[Mention]:
        """The persons of a stretch, else the bodies or places that head it."""
        persons = self.document.mentions_in(start, end, "person")
        if persons:
            while (following := self.people.next_in_list(persons[-1], end)) is not None:
                persons.append(following)
            return [p for p in persons if self._may_win(p)]
        return [m for m in line.mentions(start, end, "organization", "place") if _heads(line, m, end)]

    def _commended(self, sentence: Sentence, match: re.Match[str]) -> None:
        text = self.document.text
        group = "who" if match.group("who") else "whom"
        start, end = match.span(group)
        persons = [p for p in self.document.mentions_in(start, end, "person") if self._may_win(p)]
        if not persons:
            return
        number = _NUMBERED.match(text, persons[-1].end, end)
        honours = alternatives(words("awards", "giving", "commended"))
        honour = re.compile(f"[^，。；、等对]{{0,30}}?(?:{honours})").match(text, number.end() if number else 0, end)
        if honour is None or honour.group().endswith("获得者"):
            return
        self._add_all(persons, [Prize(honour.group(), honour.end())], match.start(), "commended")

    def _held(self, sentence: Sentence, match: re.Match[str]) -> None:
        """世界冠军甲, …奖获得者甲、乙; 甲等30名…奖学金获得者; 甲是…奖得主."""
        text = self.document.text
        stop = match.end()
        name = match.group("champion") or self._of_holder(match.group("prize"))
        if len(name) < 3 and name not in words("awards", "prizes", "medals") and name != "首金":
            return
        space = re.compile(r"[ 　]?").match(text, stop, sentence.end)
        first = self.people.at(space.end() if space else stop)
        found = [first] if first is not None else []
        while found and (following := self.people.next_in_list(found[-1], sentence.end)) is not None:
            found.append(following)
        if not found and match.group("prize"):
            numbered = re.compile(r"等[\d一二两三四五六七八九十]*(?:余|多)?[名位个人]?[^，。；]{0,20}$")
            begin = numbered.search(text, sentence.start, match.start("prize"))
            found = self.people.list_before(begin.start(), sentence.start) if begin else []
            if not found and re.match("是|系|为", match.group("prize")):
                line = self.lines.of(sentence)
                found = [m for m in line.subjects(match.start()) or line.inherited(match.start()) if m.type == "person"]
        found = [m for m in found if self._may_win(m)]
        if found:
            stop = max(stop, *(m.end for m in found))
            begin_at = min(match.start(), *(m.start for m in found))
            for person in found:
                self._add(person, Prize(name, stop), Span(begin_at, stop), "holder", 0.65)

    def _of_holder(self, printed: str) -> str:
        before = alternatives(words("awards", "prizes", "before_holder"))
        return re.sub(f"^(?:{before}|(?:\\d{{4}}、)+\\d{{4}}届)+", "", printed).strip("“”《》")

    # --- facts

    def _add_all(self, recipients: Sequence[Mention], prizes: Sequence[Prize], start: int, rule: str) -> None:
        for prize in prizes:
            if prize.name in words("awards", "prizes", "bare") and rule != "given":
                continue
            for recipient in recipients:
                stop = max(prize.end, recipient.end)
                self._add(recipient, prize, Span(min(start, recipient.start), stop), rule, 0.8)

    def _add(self, recipient: Mention, prize: Prize, evidence: Span, rule: str, confidence: float) -> None:
        key = self._key(recipient)
        self.draft.fact("award", key, "", evidence, rule, confidence=confidence, award=prize.name)

    def _key(self, recipient: Mention) -> str:
        """The recipient's entity; 中国|队 is a team, not the country."""
        if recipient.type == "unnamed":
            return self.draft.entity("unnamed", recipient.text, span=recipient.span)
        team = _TEAM.match(self.document.text, recipient.end) if recipient.type == "place" else None
        if team is None:
            return self.draft.mentioned(recipient)
        return self.draft.entity("organization", recipient.text + team.group(), span=Span(recipient.start, team.end()))

    def _is_word(self, start: int, end: int) -> bool:
        tokens = self.document.tokens_in(start, end)
        return bool(tokens) and tokens[0].start == start and tokens[-1].end == end


def _prize_before(text: str, start: int, end: int) -> Prize | None:
    """The prize that 授予 or 颁给 stands behind: 将青河文学奖授予…"""
    endings = alternatives(words("awards", "prizes", "endings"))
    match = re.compile(f"(?:将|把|^)?(?P<name>[^，。；将把“”]{{2,30}}?(?:{endings}))(?:分别)?$").search(
        text, start, end
    )
    return Prize(match.group("name"), match.end()) if match else None


def _is_subject(line: Line, mention: Mention) -> bool:
    """Whether a body or place begins its clause: not in 在X举行."""
    return mention.start == line.clause_start(mention.start)


def _heads(line: Line, mention: Mention, end: int) -> bool:
    """Whether a mention is not only part of what follows: 青河市 in 青河市先进单位."""
    index = line.index(mention.end)
    following = line.items[index] if index < len(line.items) else None
    return (
        following is None
        or following.start >= end
        or following.code in ("mark", "join", "open")
        or following.text in ("等", "、")
    )


_NOUNS = ("n", "nz", "nw", "vn", "an", "LOC", "ORG", "m", "ns", "nt", "a", "q", "xc", "s")


def _noun_before(line: Line, offset: int) -> Mention | None:
    """What is honoured without being a body: “城市大脑”获评…; 粮食服务入选…"""
    text = line.text
    quoted = re.compile(
        r"[“《](?P<name>[^“”《》]{2,30})[”》](?:项目|工程|品牌|案例|系统|平台|作品|一书|活动)?$"
    ).search(text, line.sentence.start, offset)
    if quoted is not None and quoted.start() == line.clause_start(quoted.start()):
        return Mention(quoted.start(), offset, "unnamed", quoted.group("name"))
    start = line.clause_start(offset)
    items = line.items[line.index(start) : line.index(offset)]
    nouns = bool(items) and all(
        i.code in ("word", "organization", "place") and (i.mention is not None or i.tag in _NOUNS) for i in items
    )
    name = text[start:offset].strip()
    if not nouns or not 4 <= len(name) <= 20 or name.startswith(("该", "此", "这", "其", "本", "今年", "目前")):
        return None
    return Mention(start, offset, "unnamed", name)
