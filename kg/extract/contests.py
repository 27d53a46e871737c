"""Contests and elections: who takes part, who wins and loses (``由A、B组成的中国队夺得接力冠军``)."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.event_names import find_names
from kg.extract.games import match_alone, same_games, same_match, short
from kg.extract.happenings import Happening, Reference
from kg.extract.roles import Roles
from kg.extract.shapes import Line
from kg.extract.story import Story, date_of, inside, speech_zones, when_and_where
from kg.extract.trigger_table import Trigger, triggers
from kg.extract.triggers import read_triggers, take_part, tell
from kg.language.event_words import word_set
from kg.language.lexicon import alternatives, words
from kg.model import Mention, Span

_NOUNS = ("n", "nz", "nw", "LOC", "ORG", "m", "nt", "ns")
_ROUND = re.compile(r"(?:半|总|预|四分之一|1/4)?决赛|预赛|比赛|对决|小组赛|淘汰赛|资格赛")


def read(story: Story) -> None:
    """Read contests and the verbs of ``data/contests.toml``; needs the happenings of the stages before."""
    for sentence in story.document.sentences:
        if sentence.kind == "body":
            line = story.lines.of(sentence)
            _contests(story, line)
            _elections(story, line)
    read_triggers(story, "contests", _settle)
    for sentence in story.document.sentences:
        if sentence.kind == "body":
            _contestants(story, story.lines.of(sentence))


@cache
def _athletes() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('contests', 'grammar', 'athletes'))})(?=[^，。；、的]{{2,12}})")


_AT = re.compile(r"(?:的)?(?:比赛|赛|决赛)?(?:现场|赛场上|赛场|上|中(?!心|国)|里|期间)")


def _contestants(story: Story, line: Line) -> None:
    """Who does something at a contest takes part in it: 在X决赛中，甲…; 选手甲、乙 where a contest is told of."""
    zones = speech_zones(line)
    here = [
        r
        for r in story.happenings.references(line.sentence.start, line.sentence.end)
        if r.happening.kind == "competition" and not inside(zones, r.start)
    ]
    for reference in here:
        at = _AT.match(line.text, reference.end, line.sentence.end)
        if at is None:
            continue
        for mention in _acting(line, at.end()):
            for key in story.draft.mentioned_all(mention):
                _competes(story, line, key, reference.happening, "contest-there-compete")
    for match in _athletes().finditer(line.text, line.sentence.start, line.sentence.end):
        before = [r for r in here if r.end <= match.start()]
        if not before or line.clause_start(match.start()) != match.start():
            continue
        contest = before[-1].happening
        people = line.mentions(match.end(), line.clause_end(match.end()), "person")
        if people and people[0].start == match.end():
            for mention in people:
                if not inside(zones, mention.start) and re.fullmatch(
                    r"(?:[、和与]|[^，。；、]{2,4}[、和与])*", line.text[match.end() : mention.start]
                ):
                    _competes(story, line, story.key(mention), contest, "contest-athlete-compete")


def _competes(story: Story, line: Line, key: str, contest: Happening, rule: str) -> None:
    if key not in contest.people:  # who wins or loses is known to take part
        take_part(story, key, contest, "compete", line.sentence.span, rule, 0.6)


def _acting(line: Line, offset: int) -> list[Mention]:
    """The subject of the first verb behind an offset, unless it speaks or looks on."""
    for item in line.items[line.index(offset) :]:
        if item.tag == "v" or item.text in word_set("contests", "grammar", "as"):
            if item.text in word_set("contests", "grammar", "beside"):
                return []
            found = line.subjects(item.start, ("person", "organization"), floor=offset)
            return (
                found
                if not any(i.code == "title" for i in line.items[line.index(offset) : line.index(item.start)])
                else []
            )
    return []


def _contests(story: Story, line: Line) -> None:
    """Contests by name, also where no verb holds them: 成都大运会."""
    for name in find_names(line):
        span = Span(name.start, name.end)
        if name.kind != "competition" or name.bare or name.pointing:
            continue
        proper = _proper(story, name.text, span)
        if not proper and not match_alone(line, name.text, span):
            continue
        if any(
            r.start < span.end and span.start < r.end
            for r in story.happenings.references(line.sentence.start, line.sentence.end)
        ):
            continue
        _add(story, line, name.text, name.head, span, "contest-named" if proper else "contest-match")


def _proper(story: Story, text: str, span: Span) -> bool:
    """Whether it is the name of one contest: with a place, a number, a year or a name in quotation marks."""
    if (
        text.startswith(words("contests", "grammar", "sorts"))
        or text in word_set("contests", "grammar", "games")
        or len(text) < 4
        or re.search(r"首[位枚个名]|第一[位枚个]", text)
    ):
        return False
    if re.search(r"第[一二三四五六七八九十0-9]+届|[0-9]{4}|[“‘《]", text):
        return True
    if len(text) >= 6 and text.startswith(words("contests", "grammar", "whole")):
        return True
    return bool(story.document.mentions_in(span.start, span.end, "place")) or text.endswith(
        words("contests", "grammar", "famous")
    )


@cache
def _election() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(words('contests', 'grammar', 'elections'))})(?![权人法委产结办投])")


def _elections(story: Story, line: Line) -> None:
    """Elections by name, from the head leftwards over nouns: “九合一”选举, 柬第七届国民议会选举."""
    document = story.document
    for match in _election().finditer(line.text, line.sentence.start, line.sentence.end):
        start = match.start()
        for token in reversed(document.tokens_in(max(line.sentence.start, start - 24), start)):
            year = token.tag == "TIME" and re.fullmatch(r"(?:20\d\d年?|\d{1,2}月|今年|明年|去年)", token.text)
            if (
                token.end != start
                or not (token.tag in _NOUNS or token.text in ("“", "”", "第七", "届") or year)
                or token.text in word_set("contests", "grammar", "not_election")
            ):
                break
            start = token.start
        while line.text[start : start + 1] in ("”", "的"):
            start += 1
        label = line.text[start : match.end()]
        if label.count("“") != label.count("”"):
            label = label.replace("“", "").replace("”", "")
        if len(label) < len(match.group()) + 2 or inside(speech_zones(line), match.start()):
            continue
        _add(story, line, label, match.group(), Span(start, match.end()), "election-named")


def _add(story: Story, line: Line, label: str, head: str, span: Span, rule: str) -> Happening:
    known = next((h for h in story.happenings.all if h.kind == "competition" and same_games(label, h.label)), None)
    known = known or next(
        (h for h in story.happenings.all if h.kind == "competition" and same_match(label, h.label)), None
    )
    known = known or story.happenings.named(label, "competition", head)
    if known is not None and known.kind == "competition":
        story.happenings.refer(known, span)
        return known
    happening = Happening(label, "competition", span, line.sentence.span, head, rule, confidence=0.6)
    when_and_where(story, line, happening, span.start, span.end)
    beside = story.dates.within(line.clause_start(span.start), span.start)
    if len(happening.date) == 10 and any(d.value == happening.date for d in beside):
        pass
    elif _ROUND.search(label) and (day := _day_before(story, line, span.start)):
        happening.date, happening.date_reason = day, ""
    elif year := re.search(r"(?:19|20)[0-9]{2}", label):
        happening.date, happening.date_reason = year.group(), ""
    elif short(label)[1]:  # games last: the day beside them is a day of theirs
        happening.date = ""
    places = [
        m
        for m in story.document.mentions_in(span.start, span.end, "place")
        if len(m.text) <= 4 or rule == "contest-named"
    ]
    if places:
        happening.places = [story.key(places[0])]
    elif happening.places and happening.places[0].partition(":")[2] in label:
        happening.places = []
    return story.happenings.add(happening)


def _day_before(story: Story, line: Line, offset: int) -> str:
    """The day that a sentence tells before the name of a match: 28日，甲队在…迎来2023年…小组赛."""
    days = [d for d in story.dates.within(line.sentence.start, offset) if d.is_day]
    heard = line.text[days[-1].end : days[-1].end + 2] if days else ""
    return days[-1].value if days and not heard.startswith(("电", "讯", "消", "报")) else ""


# --- who wins, who takes part


def _settle(story: Story, line: Line, trigger: Trigger, span: Span, roles: Roles) -> None:
    """The match that a verb tells of: named in its sentence, else told by the verb itself."""
    if not roles.agents or "曾" in line.text[line.clause_start(span.start) : span.start]:
        return
    if trigger.kind == "competition" and _hosting().search(line.text, span.end, line.clause_end(span.end)):
        trigger = triggers("contests")["争得"][0]
    contest = _contest(story, line, trigger, span, [key for m in roles.agents for key in story.draft.mentioned_all(m)])
    if contest is None and trigger.rule in ("contest-scores", "contest-ranks"):
        return
    if contest is not None:
        for role, mentions in ((trigger.agent, roles.agents), (trigger.patient, roles.patients)):
            for mention in mentions if role else ():
                for key in story.draft.mentioned_all(mention):
                    take_part(story, key, contest, role, line.sentence.span, f"{trigger.rule}-{role}", 0.65)
        _members(story, line, contest, span)
        return
    if trigger.rule == "contest-meet" and not roles.patients:
        return
    games = _last_games(story, line, span.start) if trigger.kind == "competition" else None
    happening = _discipline(story, line, span) if trigger.rule == "contest-prize" else None
    if happening is not None:
        for mention in roles.agents:
            for key in story.draft.mentioned_all(mention):
                take_part(
                    story, key, happening, trigger.agent, line.sentence.span, f"{trigger.rule}-{trigger.agent}", 0.65
                )
    else:
        happening = tell(story, line, trigger, span, roles)
    if happening is None:
        return
    if games is not None and happening is not games:
        happening.places = happening.places or games.places
    if (
        happening is not None
        and not happening.date
        and trigger.rule in ("contest-prize", "contest-win", "contest-beat", "contest-lose")
    ):
        day = story.dates.before(span.start)
        if day is not None and day.is_day and span.start - day.end < 400:
            happening.date, happening.date_reason = day.value, "承上文日期"
    _members(story, line, happening, span)


@cache
def _prize() -> re.Pattern[str]:
    prizes, counters = (
        alternatives(words("contests", "grammar", "prizes")),
        alternatives(words("contests", "grammar", "counters")),
    )
    return re.compile(f"(?:了|过)?(?:{counters})*(?P<what>[^，。；：！？“”]{{2,30}}?)(?:{counters})*(?:{prizes})")


@cache
def _hosting() -> re.Pattern[str]:
    return re.compile(alternatives(words("contests", "grammar", "hosting")))


@cache
def _medal() -> re.Pattern[str]:
    """Nothing but a prize behind its verb: 摘得银牌, 收获个人铜牌."""
    prizes = alternatives(words("contests", "grammar", "prizes"))
    return re.compile(f"(?:了|过)?(?:个人|团体|一枚|个人赛|团体赛)?(?:{prizes})(?:[和、](?:{prizes}))*(?=[，。；]|$)")


def _discipline(story: Story, line: Line, span: Span) -> Happening | None:
    """The contest of which only the discipline is told: 夺得男子南拳金牌; of several that tell of it one."""
    match = _prize().match(line.text, span.end, line.clause_end(span.end))
    if match is None or not re.search(r"男|女|混合|米|公里|公斤|级|双打|单打|全能|接力|团体|组", match.group("what")):
        return None
    label = match.group("what") + (
        "" if _ROUND.search(match.group("what")) or match.group("what").endswith("赛") else "决赛"
    )
    at = Span(*match.span("what"))
    known = next(
        (
            h
            for h in story.happenings.all
            if h.kind == "competition" and (label in h.label or h.label.startswith(match.group("what")))
        ),
        None,
    )
    if known is not None:
        story.happenings.refer(known, at)
        return known
    happening = Happening(
        label, "competition", at, line.sentence.span, "决赛", "contest-discipline", verbal=True, confidence=0.6
    )
    happening.reason = "名称取自所获名次的项目"
    happening.date, happening.date_reason = date_of(story, line, span.start, span.end)
    return story.happenings.add(happening)


def _last_games(story: Story, line: Line, offset: int) -> Happening | None:
    """The contest by name that was told of last: in the sentence, else rather one whose place is known."""
    here = [r.happening for r in story.happenings.references(line.sentence.start, offset)]
    if here and here[-1].kind == "competition" and not here[-1].verbal:
        return here[-1]
    named = [h for h in story.happenings.all if h.kind == "competition" and not h.verbal and h.anchor.start < offset]
    return next((h for h in reversed(named) if h.places), named[-1] if named else None)


def _contest(story: Story, line: Line, trigger: Trigger, span: Span, agents: list[str]) -> Happening | None:
    """The contest of a verb: a match named before or behind it, or the games where only they are named as what is won."""
    if trigger.kind != "competition":
        return None
    here = [
        r
        for r in story.happenings.references(line.sentence.start, line.sentence.end)
        if r.happening.kind == "competition"
    ]
    here = [r for r in here if not _ahead().search(line.text, span.start, r.start) or r.end <= span.start]
    before = [r for r in here if r.end <= span.start]
    after = [r for r in here if span.end <= r.start <= line.clause_end(span.end)]
    if after and not _games(after[0]):
        return after[0].happening
    if after and re.match(
        f"(?:{alternatives(words('contests', 'grammar', 'prizes'))})", line.text[after[0].end : after[0].end + 6]
    ):
        return after[0].happening
    if before and (not _games(before[-1]) or (trigger.rule != "contest-prize" and not after)):
        return before[-1].happening
    medal = trigger.rule == "contest-prize" and _medal().match(line.text, span.end, line.sentence.end) is not None
    tells = trigger.rule in ("contest-scores", "contest-ranks")
    if before and tells:
        return before[-1].happening
    if medal or tells or (trigger.rule in ("contest-win", "contest-beat", "contest-lose") and not here):
        told = story.happenings.current(span.start, "competition")
        if told is None or line.sentence.start - told.references[-1].end >= (400 if medal or tells else 120):
            return None
        # of several matches the one in which the winner is known to play
        theirs = [h for h in story.happenings.all if h.kind == "competition" and set(agents) & set(h.people)]
        return theirs[-1] if theirs and told not in theirs and told.people else told
    return None


@cache
def _ahead() -> re.Pattern[str]:
    """The round that is reached is not the one that was won: 战胜乙队晋级决赛."""
    return re.compile("晋级|进入|闯入|闯进|挺进|跻身|会师|打入|杀入|杀进|入围")


def _games(reference: Reference) -> bool:
    label = reference.happening.label
    return label.endswith(tuple(words("contests", "grammar", "games"))) and not _ROUND.search(label)


@cache
def _team() -> re.Pattern[str]:
    return re.compile(f"由(?P<who>[^。；]{{2,60}}?)(?:{alternatives(words('contests', 'grammar', 'members'))})")


def _members(story: Story, line: Line, happening: Happening, span: Span) -> None:
    """由A、B组成的中国队: its members take part."""
    match = _team().search(line.text, line.clause_start(span.start, "。；！？;"), span.start)
    for mention in line.mentions(*match.span("who"), "person") if match else ():
        take_part(story, story.key(mention), happening, "compete", line.sentence.span, "contest-member", 0.6)
