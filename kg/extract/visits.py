"""Who went where: a tour's sites, each a place or an organization."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.happenings import Happening
from kg.extract.shapes import Line
from kg.extract.sites import Site, came_to, sites_after
from kg.extract.story import Story, date_of, inside, speech_zones
from kg.extract.travellers import TOURING, Travellers, coming, group_pattern, led, travellers, with_spouse
from kg.extract.trips import paid_to
from kg.language import gazetteer
from kg.language.event_words import event_verbs, word_set
from kg.language.lexicon import alternatives, words
from kg.model import Span

__all__ = ("TOURING", "coming", "led", "paid_to", "read", "with_spouse")
_STAYS = re.compile(
    r"(?!开展|进行|指导|检查|督导|调研|就|围绕|对|针对|推进|协调|看望|慰问|察看|了解)[^，。；]{0,4}(?:工作|任职|学习|就读|担任|挂职)"
)
_STUDIED = re.compile(r"时?的?(?:系列)?(?:重要)?(?:讲话|指示|批示|精神|要求|嘱托)")
_HABIT = re.compile(r"每年|每月|每周|每逢|每到|定期|常态化|经常|常年")
_REMOTE = re.compile(r"视频连线|视频调度|现场调度|线上|远程|电话|云端")


def read(story: Story) -> None:
    for sentence in story.document.sentences:
        line = story.lines.of(sentence)
        zones = speech_zones(line)
        for match in _went().finditer(line.text, sentence.start, sentence.end):
            _went_to(story, line, zones, Span(*match.span()), match.group())
        for site in came_to(story.draft, line, sentence.start, sentence.end):
            _came_to(story, line, zones, site)
        _looked_around(story, line)
        _there(story, line)
        _abroad(story, line, zones)


@cache
def _went() -> re.Pattern[str]:
    motion, verbs = words("events", "tour", "motion"), words("events", "tour", "site_verbs")
    tours = alternatives(word for word, entry in event_verbs().items() if entry.kind == "visit")
    held = f"[在对](?=[^，。；]{{2,30}}?(?:开展|进行)了?[^，。；]{{0,8}}?(?:{tours}))"
    return re.compile(f"(?:{alternatives([*motion, *verbs])})(?:了)?|{held}")


@cache
def _looking() -> re.Pattern[str]:
    return re.compile(
        f"(?:随后|之后|接着|期间)?，?在(?P<sites>[^，。；]{{2,60}}?)，(?P<who>[^，。；]{{0,20}}?)(?P<how>{alternatives(words('events', 'tour', 'looking'))})"
    )


def _went_to(story: Story, line: Line, zones: list[Span], span: Span, word: str) -> None:
    """来到A、B和C; 走访A、B."""
    index = line.index(span.start)
    if not line.is_word(index, span.start) and not line.text.startswith("一行", span.start - 2):
        return
    if inside(zones, span.start) and not _told_in_speech(story, line, span):
        return
    if word.rstrip("了") in ("到", "来", "深入", "进入") and not _stands_free(line, index):
        return
    if (
        _unreal(line, index)
        or _REMOTE.search(line.text, line.clause_start(span.start), span.start)
        or _HABIT.search(line.text, line.sentence.start, span.start)
    ):
        return
    going = travellers(story, line, span.start)
    if not going.keys:
        return
    sites = sites_after(
        story.draft, line, span.end, motion=word == "在" or word.rstrip("了") in word_set("events", "tour", "motion")
    )
    if word == "对":
        # 对全市安全生产进行检查: a site has a name
        sites = [site for site in sites if line.mentions(site.start, site.end, "place", "organization")]
    rest = line.text[sites[-1].end : sites[-1].end + 8] if sites else ""
    if not sites or _STAYS.match(rest) or _STUDIED.match(rest):
        return
    tour = _tour(story, line, going, span, sites, word)
    for person in going.keys:
        for site in (*_countries(story, line, sites), *sites):
            story.draft.fact(
                "visit", person, site.key, line.sentence.span, "tour-sites", confidence=0.75, reason=going.reason
            )
    if tour is not None and not tour.places and (tour.kind == "visit" or tour.evidence == line.sentence.span):
        tour.places = list(dict.fromkeys(site.key for site in sites))


def _told_in_speech(story: Story, line: Line, span: Span) -> bool:
    """A journey that somebody tells of, with its day or with who made it."""
    start = line.clause_start(span.start)
    return bool(story.dates.within(start, span.start) or line.mentions(start, span.start, "person"))


def _countries(story: Story, line: Line, sites: list[Site]) -> list[Site]:
    """The country that a foreign city is printed with: 印尼雅加达, 沙特首都利雅得."""
    found = []
    for site in sites:
        for mention in line.mentions(line.clause_start(site.start), site.start, "place")[-1:]:
            between = line.text[mention.end : site.start]
            if gazetteer.countries().get(mention.text, "中国") != "中国" and between in ("", "首都", "的首都"):
                found.append(Site(story.key(mention), mention.start, mention.end))
    return found


def _stands_free(line: Line, index: int) -> bool:
    """到 and 来 as verbs of motion, not as the end of another verb (感受到, 未来)."""
    item = line.items[index]
    previous = line.items[index - 1] if index else None
    return item.text in ("到", "来", "深入", "进入") and (
        previous is None
        or previous.tag not in ("v", "vn", "n", "a")
        or previous.mention is not None
        or previous.text in word_set("roles", "walk", "light")
        # 带领部分委员深入A
        or (
            previous.tag == "n"
            and _LEADING.search(line.text, line.clause_start(item.start), previous.start) is not None
        )
    )


_LEADING = re.compile("带领|率领|率|带队|会同|陪同|组织")


def _unreal(line: Line, index: int) -> bool:
    previous = line.items[index - 1] if index else None
    return (
        previous is not None
        and previous.mention is None
        and previous.text in word_set("events", "unreal", "before")
        and previous.text not in ("多次", "此前")
    )


def _came_to(story: Story, line: Line, zones: list[Span], site: Site) -> None:
    """来并调研."""
    if inside(zones, site.start) or _unreal(line, line.index(site.start - 1)):
        return
    going = travellers(story, line, site.start - 1)
    people = going.keys
    if line.text.startswith("表示", site.end):
        # 对A一行来并表示欢迎
        guests = line.mentions(line.clause_start(site.start), site.start, "person")
        people = [story.key(m) for m in guests[-1:]]
    if people and not going.reason and _purpose(line, site.end):
        tour = _tour(
            story,
            line,
            Travellers(people, guests=going.guests),
            Span(site.start - 1, site.start),
            [site],
            line.text[site.start - 1],
        )
        if tour is not None:
            tour.places = [site.key]
    for person in people:
        story.draft.fact("visit", person, site.key, line.sentence.span, "came-to", confidence=0.7, reason=going.reason)


@cache
def _there_pattern() -> re.Pattern[str]:
    return re.compile(
        f"在(?P<sites>[^，。；在]{{2,20}}?)(?:{alternatives(words('events', 'tour', 'there'))})(?:时|期间)"
    )


def _there(story: Story, line: Line) -> None:
    """A在B考察时指出."""
    for match in _there_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        people = line.subjects(match.start())
        sites = (
            sites_after(story.draft, line, match.start("sites"), motion=True, limit=match.end("sites"))
            if people
            else []
        )
        for person in people[:1]:
            for site in sites:
                story.draft.fact(
                    "visit", story.key(person), site.key, line.sentence.span, "visit-there", confidence=0.7
                )


def _looked_around(story: Story, line: Line) -> None:
    """在A，X详细了解…: a stop of the tour."""
    match = _looking().match(line.text, line.sentence.start, line.sentence.end)
    if match is None:
        return
    here = line.mentions(*match.span("who"), "person")
    if here and re.search("[为给对向替]", line.text[match.start("who") : here[0].start]):
        return  # 在A，医生为B检查
    keys = [story.key(m) for m in here]
    tour = story.happenings.current(line.sentence.start + 1, "visit", "trip")
    if tour is None or not tour.people or not tour.verbal or (keys and keys[0] not in tour.people):
        if keys and match.group("how") in word_set("events", "tour", "looking_closely"):
            for site in sites_after(story.draft, line, match.start("sites"), motion=False, limit=match.end("sites")):
                story.draft.fact("visit", keys[0], site.key, line.sentence.span, "looked-around", confidence=0.7)
        return
    if not keys and not (group_pattern().search(match.group("who")) or len(match.group("who")) <= 4):
        return
    sites = sites_after(story.draft, line, match.start("sites"), motion=True, limit=match.end("sites"))
    for site in sites:
        for person in keys or tour.people:
            story.draft.fact(
                "visit",
                person,
                site.key,
                line.sentence.span,
                "tour-stop",
                confidence=0.7,
                reason="" if keys else "承上文带队者",
            )


@cache
def _abroad_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(pair.partition("=")[0] for pair in words("events", "tour", "abroad")))


def _abroad(story: Story, line: Line, zones: list[Span]) -> None:
    """布林肯访华."""
    countries = dict(pair.partition("=")[::2] for pair in words("events", "tour", "abroad"))
    for match in _abroad_pattern().finditer(line.text, line.sentence.start, line.sentence.end):
        if _unreal(line, line.index(match.start())):
            continue
        for person in line.subjects(match.start()):
            place = story.draft.entity(
                "place",
                countries[match.group()],
                span=Span(match.start() + 1, match.end()),
                reason=f"{match.group()}所指",
            )
            story.draft.fact("visit", story.key(person), place, line.sentence.span, "visit-abroad", confidence=0.7)


def _tour(story: Story, line: Line, going: Travellers, span: Span, sites: list[Site], word: str) -> Happening | None:
    """The happening that these visits are part of; a new one where a named person goes somewhere and nothing else is told there."""
    people = going.keys
    happenings = story.happenings
    here = happenings.references(line.sentence.start, line.sentence.end)
    for reference in here:
        if reference.happening.kind in ("visit", "trip") and set(people) & set(reference.happening.people):
            return reference.happening
    apart = not going.reason and len(people) <= 2 and line.sentence.kind == "body"
    for happening in happenings.all:
        if (
            apart
            and len(happening.people) >= 3
            and happening.people[0].startswith("person:")
            and line.sentence.span != happening.evidence
        ):
            # a list of leaders who went to different places: each sentence tells another tour
            continue
        if happening.kind in ("visit", "trip") and set(happening.people) & set(people):
            happenings.refer(happening, span)
            return happening
    weak = word.rstrip("了") in ("到", "来", "对", "查看", "察看", "进入", "回到", "观摩")
    if ((here or weak) and not _purpose(line, sites[-1].end)) or line.sentence.kind != "body":
        return None
    end = line.clause_end(sites[-1].end) if word in ("在", "对") else sites[-1].end
    label = f"{_names(people)}{word.rstrip('了')}{line.text[sites[0].start : min(end, span.end + 50)]}"
    tour = Happening(label, "visit", span, line.sentence.span, word, "tour", verbal=True, confidence=0.65)
    tour.people = list(people)
    tour.date, tour.date_reason = date_of(story, line, span.start, span.end)
    tour.background = going.guests or inside(speech_zones(line), span.start)
    if going.guests and not tour.date and (last := story.dates.before(span.start)) is not None and last.is_day:
        tour.date, tour.date_reason = last.value, "承上文日期"
    return happenings.add(tour)


@cache
def _tells_purpose() -> re.Pattern[str]:
    tours = alternatives(word for word, entry in event_verbs().items() if entry.kind == "visit")
    return re.compile(
        f"(?:{tours})(?:工作|活动|[，。；、并]|[^，。；]{{2,30}}(?:工作|情况|活动))|(?:开展|对接|协调|推进|指挥)[^，。；]{{2,30}}工作"
    )


def _purpose(line: Line, offset: int) -> bool:
    """Whether the rest of a clause says that one goes there to inspect or visit: 到A进行调研, 到A指导救灾工作."""
    return _tells_purpose().search(line.text, offset, min(line.clause_end(offset) + 1, line.sentence.end)) is not None


def _names(keys: list[str]) -> str:
    return "、".join(key.partition(":")[2] for key in keys[:2])
