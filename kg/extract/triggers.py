"""Happenings that a verb tells with who does it and whom it meets (``公安局抓获陈某``, ``陈某被公安局抓获``).

The grammar is one for police and courts, accidents, contests and deals; their verbs and roles lie in tables of one
form, ``[[trigger]]`` in ``data/cases.toml``, ``contests.toml`` and ``deals.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from kg.extract.happenings import Happening
from kg.extract.roles import Roles, alone, dateline_end, roles_of
from kg.extract.shapes import Line
from kg.extract.sites import sites_after
from kg.extract.story import Story, date_of, inside, speech_zones
from kg.extract.trigger_table import Trigger, trigger_pattern, triggers
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, table, words
from kg.model import Mention, Span

_LINKED = re.compile(r"^(?:受|因|由于|此外|目前|对于|针对)(?=.{4})")
_SAID = re.compile(r"(?<=.{2})(?<![名自宣])(?:称|说|表示|指出|强调)$")
_MANNER = re.compile(r"^(?:正式|成功|圆满|顺利|共同|联合|创新)(?=.)")


def read_triggers(
    story: Story, name: str, settle: Callable[[Story, Line, Trigger, Span, Roles], None] | None = None
) -> None:
    """Find the happenings that a table's verbs tell of, in the article's body.

    Args:
        settle: what to do with one that is found; adds it to the story where nothing else is given.
    """
    for sentence in story.document.sentences:
        if (
            sentence.kind != "body"
            or trigger_pattern(name).search(story.document.text, sentence.start, sentence.end) is None
        ):
            continue
        line = story.lines.of(sentence)
        zones = speech_zones(line)
        for span in _verbs(line, name):
            index = line.index(span.start)
            trigger = _meant(line, span, triggers(name)[line.text[span.start : span.end]])
            if trigger is None or _unreal(line, index, name):
                continue
            if inside([z for z in zones if not _announced(line, z, name)], span.start) and not story.dates.within(
                line.clause_start(span.start), span.start
            ):
                continue
            roles = roles_of(line, span, trigger)
            if trigger.kind == "legal":
                roles.patients = alone(roles.patients)
            (settle or tell)(story, line, trigger, span, roles)


def _verbs(line: Line, name: str) -> Iterator[Span]:
    """The verbs of a table that stand in a sentence as words of their own."""
    position, end = line.sentence.start, line.sentence.end
    if line.text.startswith("原标题", position):  # a headline said before: the story begins at its dateline
        begins = _BEGINS.search(line.text, position, end)
        position = begins.end() if begins else end
    while (match := trigger_pattern(name).search(line.text, position, end)) is not None:
        span = Span(*match.span())
        stands = _stands(line, line.index(span.start), span)
        position = span.end if stands else span.start + 1
        following = _noun_next(name).match(line.text, span.end)
        if stands and (following is None or _dated(line, span, following)):
            yield span


_BEGINS = re.compile(r"[日月](?:电|讯|消息|报道)[，,：: （(]")
_DATED = re.compile(r"\d(?:年|月|日)[^，。；、的]{0,12}$")


@cache
def _noun_next(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(words(name, "grammar", "noun_next")))


def _dated(line: Line, span: Span, following: re.Match[str]) -> bool:
    """Whether a verb before 时 or 后 tells of one occasion: its day or month stands before it (甲公司2021年6月开业时)."""
    when = following.group() in ("时", "后", "之后", "以来", "前")
    return when and _DATED.search(line.text, line.clause_start(span.start), span.start) is not None


def _announced(line: Line, zone: Span, name: str) -> bool:
    """What is announced is done or will be: 甲公司宣布，将投资…"""
    whose = name if "announces" in table(name)["grammar"] else "cases"
    return line.text[line.sentence.start : zone.start].endswith(words(whose, "grammar", "announces"))


def _meant(line: Line, span: Span, groups: Sequence[Trigger]) -> Trigger | None:
    """The first group whose patterns match around the verb: 公司成立, 成立公司."""
    for trigger in groups:
        after = trigger.after is None or trigger.after.match(line.text, span.end, line.sentence.end)
        if after and (trigger.before is None or trigger.before.search(line.text[line.sentence.start : span.start])):
            return trigger
    return None


def _stands(line: Line, index: int, span: Span) -> bool:
    """Whether the match is a word of its own, and no noun: not 的逮捕, not the end of a longer word."""
    items = line.items
    if not line.is_word(index, span.start):
        return False
    if all(i.end != span.end for i in items[index : index + 5]):
        return False
    before = items[index - 1] if index else None
    if before is None:
        return True
    if before.text in ("防", "反", "禁", "拒") or line.text[span.start - 1] in "防反拒禁":
        return False  # 防溺水, 拒酒驾
    if items[index].tag == "vn" and before.mention is None and before.tag in ("n", "vn", "a", "nz"):
        return False
    return before.text not in ("的", "之")


def _unreal(line: Line, index: int, name: str) -> bool:
    """A wish, a rule, a habit, or what did not happen."""
    unreal = word_set(name, "grammar", "unreal")
    for item in reversed(line.items[max(0, index - 5) : index]):
        if item.mention is None and item.text in unreal:
            return True
        if item.mention is not None or item.tag not in ("d", "ad", "vd", "v", "p"):
            return False
    return False


# --- the happening


def tell(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> Happening | None:
    """Add the happening that a verb tells of, or what it tells anew of one that is known; its participants too."""
    over = [
        r
        for r in story.happenings.references(line.sentence.start, line.sentence.end)
        if r.start < span.end and span.start < r.end
    ]
    if any(r.happening.kind != trigger.kind for r in over):
        return None
    agents, patients = _keys(story, roles.agents), _keys(story, roles.patients)
    if roles.voice == "passive":
        patients = [p for p in patients if p not in agents]
    agents = [a for a in agents if a not in patients]
    if trigger.kind == "legal":
        patients = [p for p in patients if not p.endswith(words("cases", "grammar", "law"))]  # who tells of it
    if trigger.rule == "case-court" and not agents:
        agents = _court(story, line, span.start)
    place = (
        _place(story, line, span, roles)
        if trigger.near
        else _at(story, line, span.start if roles.voice == "towards" else roles.start)
    )
    place = place or _to(story, line, span) or _scene(story, line, span)
    date, date_reason = date_of(story, line, span.start, span.end)
    if not _enough(trigger.need, agents, patients, place, date):
        return None
    if not date and _there().search(line.text, line.sentence.start, span.start):
        date, date_reason = _day_there(story, line)
    happening = (
        over[0].happening
        if over
        else _known(story, line, trigger, line.text[span.start : span.end], agents, patients, date, place)
    )
    if happening is None:
        label = _label(story, line, trigger, span, roles)
        happening = Happening(
            label,
            trigger.kind,
            span,
            line.sentence.span,
            line.text[span.start : span.end],
            trigger.rule,
            verbal=True,
            confidence=trigger.confidence,
        )
        happening.date, happening.date_reason = date, date_reason
        happening.places = [place] if place else _struck(story, trigger, roles)
        if any(h.label == label for h in story.happenings.all):
            return None
        story.happenings.add(happening)
    else:
        story.happenings.refer(happening, span)
        happening.date, happening.date_reason = happening.date or date, happening.date_reason or date_reason
        if place and not happening.places and happening.evidence == line.sentence.span:
            happening.places = [place]
    for role, keys in ((trigger.agent, agents), (trigger.patient, patients)):
        for key in keys if role else ():
            take_part(story, key, happening, role, line.sentence.span, f"{trigger.rule}-{role}", trigger.confidence)
    return happening


def _day_there(story: Story, line: Line) -> tuple[str, str]:
    """The day of the gathering in whose course a sentence tells what is done (活动中，…; 仪式上，…), else the day told last."""
    gathering = story.happenings.current(line.sentence.start + 1, gatherings=True)
    if gathering is not None and gathering.date:
        return gathering.date, "承上文日期"
    day = story.dates.before(line.sentence.start)
    near = day is not None and day.is_day and line.sentence.start - day.end < 300
    return (day.value, "承上文日期") if day is not None and near else ("", "")


@cache
def _there() -> re.Pattern[str]:
    return re.compile(rf"(?<![^，。；）)\s！？”])(?:{alternatives(words('cases', 'grammar', 'there'))})，")


def take_part(
    story: Story, key: str, happening: Happening, role: str, evidence: Span, rule: str, confidence: float
) -> None:
    """Add a participant to a happening."""
    if key not in happening.people:
        happening.people.append(key)
    event = story.draft.entity("event", happening.label, span=happening.anchor, reason=happening.reason)
    story.draft.fact("participation", key, event, evidence, rule, confidence=confidence, role=role)


def _court(story: Story, line: Line, offset: int) -> list[str]:
    """The court in which a case is heard: 青河市人民法院第三审判庭内，一起盗窃案公开开庭."""
    courts = [m for m in line.mentions(line.sentence.start, offset, "organization") if "法院" in m.text]
    return [story.key(courts[0])] if courts else []


def _keys(story: Story, mentions: list[Mention]) -> list[str]:
    return list(dict.fromkeys(key for m in mentions for key in story.draft.mentioned_all(m)))


def _enough(need: str, agents: list[str], patients: list[str], place: str, date: str) -> bool:
    if need == "patient":
        return bool(patients)
    if need == "agent":
        return bool(agents)
    if need == "pair":
        return len(agents) > 1
    if need == "both":
        return bool(agents and patients)
    if need == "where":
        return bool(place)
    if need == "dated":
        return bool(agents and (patients or date))
    if need == "when":
        return bool(agents or place or date)
    return bool(agents or patients)


def _known(
    story: Story, line: Line, trigger: Trigger, word: str, agents: list[str], patients: list[str], date: str, place: str
) -> Happening | None:
    """The happening that a verb tells of again.

    Of its kind and in its sentence with the same people, or one tells who did it and the other whom it met; in another
    sentence by the same rule with the same people, or without any the same verb or place, and no other day.
    """
    whom = set(patients or agents)
    for happening in reversed(story.happenings.all):
        if happening.kind != trigger.kind or not happening.verbal:
            continue
        shared = bool(whom & set(happening.people))
        inquiry = trigger.rule == "case-inquiry" and set(happening.people) == whom and _of_rule(happening, trigger)
        if happening.evidence == line.sentence.span or (inquiry and (not date or date == happening.date)):
            if shared or (
                trigger.merge and (not patients or (happening.rule == trigger.rule and not happening.people))
            ):
                return happening
            continue
        if happening.rule == trigger.rule == "case-arrest" and _caught(word) and _caught(happening.head):
            unnamed = not patients or set(happening.people) <= set(agents)
            same = shared or (unnamed and (not agents or bool(set(agents) & set(happening.people))))
            if same and not (date and happening.date and date != happening.date):
                return happening  # told in short first: 近日，…抓获一名嫌疑人; 8月3日，…将陈某抓获
        other_day = date and happening.date and date != happening.date
        again = (happening.head == word and (shared or not whom)) or (not whom and place and place in happening.places)
        if happening.rule == trigger.rule and not other_day and again:
            return happening
    return None


def _caught(word: str) -> bool:
    return re.search("[抓捕擒缉]", word) is not None and "批捕" not in word and "逮捕" not in word


def _of_rule(happening: Happening, trigger: Trigger) -> bool:
    """Whether the verb that a happening was told by is of the trigger's group, whoever found it."""
    return any(t.rule == trigger.rule for t in triggers("cases").get(happening.head, ()))


def _place(story: Story, line: Line, span: Span, roles: Roles) -> str:
    """Where something befell: 在X, else the last place or body named before the verb."""
    place = _at(story, line, span.start if roles.voice == "towards" else roles.start)
    if place:
        return place
    begin = min(dateline_end(line), span.start)
    # who does it is not where it is done: 甲国轰炸了乙市
    named = [
        m
        for m in line.mentions(begin, span.start, "place")
        if not line.text.startswith("时间", m.end) and m not in roles.agents
    ]
    if named:
        return story.key(named[-1])
    found = sites_after(story.draft, line, span.end, motion=False)
    if found:
        return found[0].key
    inner = [
        m
        for m in story.document.mentions_in(begin, span.start, "place")
        if not any(a.start <= m.start and m.end <= a.end for a in roles.agents)
    ]
    return story.key(inner[-1]) if inner else ""


def _at(story: Story, line: Line, offset: int) -> str:
    """Where something is done by its own clause: 在X抓获."""
    begin = line.clause_start(offset)
    for item in reversed(line.items[line.index(begin) : line.index(offset)]):
        if item.text == "在":
            found = sites_after(story.draft, line, item.end, motion=True, limit=offset)
            return found[0].key if found else _chained(story, line, item.end)
    return ""


def _struck(story: Story, trigger: Trigger, roles: Roles) -> list[str]:
    """The places that an act of force meets are where it is done: 甲军轰炸了乙市、丙市."""
    if trigger.kind != "incident" or roles.voice == "passive":
        return []
    return list(dict.fromkeys(story.key(m) for m in roles.patients if m.type == "place"))


def _to(story: Story, line: Line, span: Span) -> str:
    """Whither somebody is brought: 押解至X."""
    if line.text[span.end : span.end + 1] not in ("至", "到"):
        return ""
    found = sites_after(story.draft, line, span.end + 1, motion=True)
    return found[0].key if found else _chained(story, line, span.end + 1)


def _chained(story: Story, line: Line, offset: int) -> str:
    """The last of the places printed in one from an offset on, whatever unnamed spot follows: 在山西忻州一出租屋抓获."""
    last = None
    for item in line.items[line.index(offset) :]:
        if item.code != "place":
            break
        last = item.mention
    return story.key(last) if last is not None else ""


def _scene(story: Story, line: Line, span: Span) -> str:
    """Where a sentence says it plays before the verb's clause: 在青河市，公安局抓获…"""
    start = line.clause_start(span.start)
    while start > line.sentence.start:
        before = line.clause_start(start - 1)
        items = [i for i in line.items[line.index(before) : line.index(start)] if i.tag != "TIME" and i.code != "mark"]
        if len(items) > 1 and items[0].text == "在" and items[-1].code == "place" and items[-1].mention is not None:
            return story.key(items[-1].mention)
        start = before
    return ""


def _label(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> str:
    """Who and what: agents, verb and object; patients and verb where it is told passively."""
    end = min(line.clause_end(span.end, "，。；！？,;："), span.end + 40)
    if trigger.label == "clause" or (not roles.agents and not roles.patients):
        rest = trigger.after.match(line.text, span.end, line.sentence.end) if trigger.after else None
        end = rest.end() if rest is not None and rest.end() > span.end else end
        start = max(line.clause_start(span.start), end - 40)
        for item in line.items[line.index(start) : line.index(span.start)]:
            if item.tag != "TIME" and item.text not in word_set("cases", "grammar", "time"):
                break
            start = item.end
        return _LINKED.sub("", line.text[start:end].strip(" 　，。；！、"))
    first = roles.agents if roles.voice in ("active", "towards") and trigger.agent else roles.patients or roles.agents
    start = roles.start if roles.voice in ("passive", "towards") else span.start
    told = _SAID.sub("", _MANNER.sub("", line.text[start:end].strip()))
    word = _MANNER.sub("", line.text[span.start : span.end])
    object_ = roles.voice == "active" and trigger.agent and trigger.label != "agent" and len(told) - len(word) >= 4
    if object_ and told.startswith(word):
        # trigger and object: what a happening without a name is called by
        return word + told[len(word) :].removeprefix("了")
    return f"{story.printed(first[:3])}{told}"
