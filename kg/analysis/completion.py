"""Complete names for mentions: what stands before an offset, the article's place, and names of one thing joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analysis import departments
from kg.analysis.consistency import SHORT_FOR
from kg.analysis.context import Context
from kg.analysis.coreference import joined_names, leading_places
from kg.analysis.departments import Body, above_of, bare_body, split_body
from kg.analysis.document import Sentence
from kg.analysis.kinds import is_kind_of_body
from kg.language import gazetteer
from kg.language.lexicon import table
from kg.model import Mention, Span

SURE = 0.4
"""Mentions below this are kept for the record and name no entity."""
_NUMBER = "第?[一二三四五六七八九十]+届"
_CONGRESS = re.compile(
    rf"^(.*?){_NUMBER}(?=全国人大|全国政协|人大|政协|市委|省委|区委|县委|委|人民代表|[省市区县州](?:人大|政协|委))"
)
_SESSION = re.compile(rf"(?<=政协|人大){_NUMBER}(?=常委会|委员会|常务委员会)")
_CPPCC = re.compile(rf"^(?:中国人民政治协商会议|政协)(.{{2,12}}?)(?:{_NUMBER})?委员会(.*)$")
_CPPCC_NATIONAL = re.compile(rf"^(?:中国人民政治协商会议|政协)(?:{_NUMBER})?全国委员会")
_DOUBLED = re.compile(r"(?<!新)(?<=.)([县区市])\1(?=委)")
_STANDING_ALONE = frozenset("民革 民盟 民建 民进 农工党 致公党 九三学社 台盟".split())
# 市政协原|党组书记, 某小学原|党支部: the secretary is the former one; 新加坡前|外交部长
_FORMER = re.compile(
    r"(?<=[学院局部委会厅司社团队室心行府协政区市县处])原(?=[\u4e00-\u9fff]{2})|(?<=[国亚坡本斯兰利宾])前(?=[\u4e00-\u9fff]{1,8}(?:部|局|署|院)$)"
)
_LEVEL_SITE = re.compile(r"[省市县区](?![场域内外区直级民辖管政属城郊长委])[\u4e00-\u9fff]{3,}(?<!会场)$")
_SPIRIT = re.compile(r"(?<=[话示批述信])精神$")
# 镇党委, 街道办, 村委会: of the town, the street, the village that the article named last
_OF_TOWN = re.compile(
    r"(镇|乡|街道|村|社区)(?:党委|党工委|政府|人民政府|人大|团委|团工委|纪委|党支部|党总支|综治|武装部|妇联|便民|卫生院|中心|机关|两委|委会|居委会|"
    r"办事处|办$|[^\s]{2,6}(?:办|所|站|中心)$)"
)
_ZONE = re.compile(r"^(?:区|该)?(经开区|高新区|开发区|新区|自贸区|园区|示范区|工业园区|度假区|合作区|片区)(.+)$")


@dataclass(frozen=True, slots=True)
class Completed:
    """Mentions with their complete names.

    Attributes:
        mentions: as given; those that name nothing by themselves and could not be completed have a score below 0.5.
        names, reasons: by span, where the name differs from what is printed.
    """

    mentions: tuple[Mention, ...]
    names: dict[Span, str]
    reasons: dict[Span, str]


def complete(context: Context, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Completed:
    """Complete names of all mentions of an article."""
    names: dict[Span, str] = {}
    reasons: dict[Span, str] = {}
    kept: list[Mention] = []
    before: list[Body] = []
    number = 0
    for mention in mentions:
        while number + 1 < len(sentences) and mention.start >= sentences[number + 1].start:
            number += 1
        begin = sentences[number].start if sentences else 0
        earlier = sentences[max(0, number - 1)].start if sentences else 0
        name, reason = mention.text, ""
        if mention.type == "organization":
            name, reason, base = _organization(context, text, mention, begin, earlier, before, mentions)
            if name:
                before.append(Body(mention.start, mention.end, name, base or above_of(name)))
            else:
                name, mention = mention.text, replace(mention, score=min(mention.score, 0.3))
        elif mention.type == "place":
            name, reason = _place(context, mention, begin, mentions)
            if not reason and context.is_own(mention.text):
                mention = replace(mention, score=min(mention.score, 0.3))
        elif mention.type == "person":
            name = "".join(mention.text.split())
        elif mention.type == "document":
            name = _SPIRIT.sub("", mention.text)  # what is studied is the speech; its 精神 is how it is spoken of
        kept.append(mention)
        if name != mention.text:
            names[mention.span], reasons[mention.span] = name, reason
    _join([*kept, *_parents(kept, names)], names, reasons, context, _defined(text, kept, names))
    return Completed(tuple(kept), names, reasons)


def _parents(mentions: Sequence[Mention], names: dict[Span, str]) -> list[Mention]:
    """The bodies above party groups and offices as mentions of their own: 省审计厅 in 省审计厅党组."""
    found = []
    for mention in mentions:
        if mention.type == "organization" and mention.score >= SURE:
            parent = departments.parent_of(names.get(mention.span, mention.text), mention)
            if parent is not None:
                span, name = parent
                names[span] = shortened(name)
                found.append(
                    Mention(
                        *span, "organization", mention.text[: span.end - span.start], mention.sources, mention.score
                    )
                )
    return found


def _place(context: Context, mention: Mention, begin: int, mentions: Sequence[Mention]) -> tuple[str, str]:
    own = context.own_place(mention.text, mention.start, begin)
    if own:
        return own
    if mention.text == "华":
        return "中国", "华为中国简称"
    if _LEVEL_SITE.match(mention.text) and mention.text[:2] not in gazetteer.by_name():
        return context.complete(mention.text, mention.start, begin)  # 县中心广场
    if len(mention.text) == 1 and (long := _spelled(context, mention, mentions)):
        return long, f"{mention.text}为{long}简称"
    return mention.text, ""


def _spelled(context: Context, mention: Mention, mentions: Sequence[Mention]) -> str:
    """What a one-character name is short for: the country or division with that character that the article spells out first."""
    states = table("abbreviations")["states"]
    beside = [m for m in mentions if m.type == "place" and len(m.text) == 1 and abs(m.start - mention.start) == 1]
    foreign = [
        (m.text in states and m.text not in gazetteer.abbreviations()) or m.text == "中" for m in (mention, *beside)
    ]
    if any(m.text == "中" for m in beside) and mention.text not in states:
        named = [m.text for m in mentions if m.type == "place" and m.text in gazetteer.countries()]
        return next((gazetteer.countries()[n] for n in named if n[0] == mention.text), "")
    if mention.text in states and (any(foreign) or mention.text not in gazetteer.abbreviations()):
        for other in mentions:
            if other.type == "place" and other.text.startswith(mention.text) and other.text in gazetteer.countries():
                return other.text
        return str(states[mention.text])
    division = context.division(mention.text)
    second = table("abbreviations")["second"].get(mention.text, "")
    if second and context.names(second) and not (division and context.names(division.name)):
        return str(second)
    return division.name if division else ""


def _defined(text: str, mentions: Sequence[Mention], names: dict[Span, str]) -> dict[str, str]:
    """Short names that the article explains: 清河大学（以下简称“清大”）, 世界卫生组织（WHO）; each with the full name."""
    ends = {m.end: m for m in mentions if m.type == "organization" and m.score >= SURE}
    found: dict[str, str] = {}
    for match in SHORT_FOR.finditer(text):
        mention = ends.get(match.start())
        short = match.group(1) or match.group(2)
        if mention is not None and short:
            found.setdefault(short.strip('“”"： :'), names.get(mention.span, mention.text))
    return found


def _join(
    mentions: Sequence[Mention],
    names: dict[Span, str],
    reasons: dict[Span, str],
    context: Context,
    defined: Mapping[str, str],
) -> None:
    for type_ in ("person", "organization", "place", "document"):
        listed = [(m, names.get(m.span, m.text)) for m in mentions if m.type == type_ and m.score >= SURE]
        for short, (name, reason) in joined_names(type_, [name for _, name in listed], context, defined).items():
            for mention, known in listed:
                if known == short:
                    names[mention.span] = name
                    reasons[mention.span] = reasons.get(mention.span) or reason


def _town(article: str, level: str, offset: int, mentions: Sequence[Mention]) -> str:
    """The town, street or village named last before an offset; empty where none is."""
    for other in reversed(mentions):
        if other.end <= offset and other.type == "place" and len(other.text) > len(level) + 1:
            if other.text.endswith(level):
                return other.text
        elif other.end <= offset and other.type == "organization" and other.score >= SURE:
            found = re.match(rf"(?:.*[省市区县])?([\u4e00-\u9fff]{{2,5}}{level})(?=.{{2}})", other.text)
            if found is not None:
                return found.group(1)
    return ""


def _organization(
    context: Context,
    article: str,
    mention: Mention,
    begin: int,
    earlier: int,
    before: Sequence[Body],
    mentions: Sequence[Mention],
) -> tuple[str, str, str]:
    """The complete name, why, and the body above; an empty name where a bare department has nothing to belong to."""
    text = mention.text if mention.text[:3] in gazetteer.by_name() else _DOUBLED.sub(r"\1", mention.text)
    text = _FORMER.sub("", text)
    if text in _STANDING_ALONE:
        return text, "", ""
    if text in ("人大", "政协") and article[max(0, mention.start - 2) : mention.start] in (
        "地方",
        "各级",
        "基层",
        "级",
    ):
        return "", "", ""
    if _CPPCC_NATIONAL.match(text):
        return _CPPCC_NATIONAL.sub("全国政协", text), "政协全国委员会即全国政协", ""
    if match := _CPPCC.match(text):
        return f"{match.group(1)}政协{match.group(2)}", "政协委员会即政协", ""
    text = _SESSION.sub("", _CONGRESS.sub(r"\1", text))
    if (town := _OF_TOWN.match(text)) and (name := _town(article, town.group(1), mention.start, mentions)):
        return name + text[len(town.group(1)) :], f"前文提到{name}", ""
    if party := departments.party_of(text, article, mention.end, before):
        name, reason = context.complete(text, mention.start, begin)
        return party + name, f"前文提到{party}", party
    found = departments.completed(text, article, mention.start, mention.end, begin, earlier, before)
    if found:
        return found
    if known := departments.shared_tail(text, before):
        return known + text[departments.overlap(known, text) :], f"前文提到{known}", known
    if departments.is_department(text):
        near = context.nearest(mention.start, begin) if departments.departments()[text] == "place" else None
        return (near[0] + text, near[1], near[0]) if near else ("", "", "")
    if match := _ZONE.match(text):
        zone = context.zone(match.group(1))
        if not zone and match.group(1) in ("高新区", "经开区"):
            zone = context.city_short() + match.group(1)
        if zone:
            return zone + match.group(2), f"{match.group(1)}指{zone}", zone
    name, reason = context.complete(text, mention.start, begin)
    if reason:
        return name, reason, ""
    if bare_body().fullmatch(text):
        for body in reversed(before):
            place, kind = split_body(body.name)
            if body.start >= begin and kind:
                return place + text, f"前文提到{body.name}", place
        near = context.nearest(mention.start, begin)
        if near and text[:2] not in ("公安", "人大"):
            return near[0] + text, near[1], near[0]
    if is_kind_of_body(text):
        return "", "", ""
    name = shortened(text)
    return name, "" if name == mention.text else "略去上级地名与届次", ""


def shortened(name: str) -> str:
    """A body of a county or lower without the places above it: 达州市达川区税务局 -> 达川区税务局."""
    place, rest = leading_places(name)
    if rest and place and name != place + rest and split_body(place + rest)[1]:
        return place + rest
    return name
