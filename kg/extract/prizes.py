"""Names of prizes, medals, titles of honour as they are printed behind a verb, before one, or before whoever holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import alternatives, words

_QUOTE = r"[“《][^“”《》]{2,40}[”》]"
_PLAIN = r"[^，。；！？“”《》、：:（）()\n]"
_LEADING = re.compile(
    r"(?:了|过|为|是|成为|其|的|到|我国|首批|全省|这一|此|该|本届|往届|历届|历史上|(?:第[一二三四五]|首|[一二两三四五六七八九十\d]+)[枚块项个座次]|其中|由[^，。；“”]{2,14}?(?:授予|颁发|评选|颁授)的)+"
)
_JOIN = re.compile(
    r"(?:（[^（）]{1,20}）|\([^()]{1,20}\))?(?:[一二两三四五六七八九十\d多]+[次项枚个块座]?)?(?:称号|荣誉称号|奖项|荣誉)?"
    r"(?:、|和|及|与|以及|暨|，(?:以及|并|和|还)?|(?=“))"
)
_TITLE_TAIL = re.compile(r"等?[^，。；“”]{0,4}?(?:荣誉称号|称号|美誉|荣誉|殊荣|名号|授牌|牌匾|奖牌|铜牌|匾额)?")
_NAME_TAIL = re.compile(r"[^，。；、“”（）()等的和与及]{0,8}?(?:奖章|勋章|奖|人选|名单|项目|工程|计划|单位|个人|集体)")
_LISTED = re.compile(r"(?:、|“[^”]*”|和|及)*等?[^，。；“”]{0,6}?(?:荣誉|称号|奖)")
_EDITION = re.compile(r"第[^届]{1,4}届|[12]\d{3}年?")
_GAMES = re.compile(r"(?:运动会|奥运会|大运会|锦标赛|世锦赛|联赛|公开赛|世界杯|亚洲杯|会|赛|杯|届|年)$")
_CONTEST = re.compile(r"(?:[12]\d{3}年|第[^届]{1,4}届)?[^，。；、“”《》的在]{2,22}$")


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize as printed; ``end`` is where it ends in the text."""

    name: str
    end: int


@cache
def _plain() -> re.Pattern[str]:
    """A prize up to its last word, within a clause."""
    endings = alternatives(words("awards", "prizes", "endings"))
    no = alternatives(words("awards", "prizes", "not_prizes"))
    after = alternatives(words("awards", "prizes", "not_next"))
    return re.compile(f"{_PLAIN}{{0,40}}?(?!{no})(?:{endings})(?:{endings})?(?!{after})")


@cache
def _honour() -> re.Pattern[str]:
    """An honour as it stands: to the end of its clause."""
    no = alternatives(words("awards", "prizes", "not_honours"))
    return re.compile(f"(?!{no}){_PLAIN}{{3,30}}")


@cache
def _verb() -> re.Pattern[str]:
    verbs = [
        *words("awards", "verbs", "prize"),
        *words("awards", "verbs", "honour"),
        *words("awards", "giving", "hand"),
    ]
    return re.compile(f"被|并|曾|还|{alternatives(verbs)}")


@cache
def _other() -> re.Pattern[str]:
    """Words by which a clause tells of something else than one more prize."""
    verbs = alternatives([*words("awards", "verbs", "prize"), *words("awards", "verbs", "champion")])
    return re.compile(f"^(?:这|其|该|领先|超过|落后|力压|战胜|击败|也|成为|而|仅)|{verbs}|是")


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile(f"(?P<lead>[^，。；“”《》、：（）()]{{0,16}}?)(?P<quote>{_QUOTE})")


def prizes_after(text: str, start: int, end: int, *, honour: bool = False) -> list[Prize]:
    """The prizes named from an offset on: quoted ones, and such as end like one; none where what follows is no prize.

    Args:
        honour: the verb before gives honours alone (被评为): what follows is one whatever its ending.
    """
    found: list[Prize] = []
    shared: list[str] = []  # 第42届、第43届…锦标赛冠军: what they won is named once
    position = start
    while position < end:
        if found and _verb().match(text, position, end):
            break  # 荣立三等功、获“…”称号: the next verb is read by itself
        lead = _LEADING.match(text, position, end)
        begin = lead.end() if lead else position
        prize = _in_quotes(text, begin, end, honour, bool(found)) or _in_plain(text, begin, end, honour and not found)
        if found and prize is not None and "，" in text[found[-1].end : position] and _other().search(prize.name):
            break  # 获得冠军，乙队夺得亚军: another clause
        if prize is None:
            games = re.compile(r"[^，。；、“”的]{2,24}(?=、)").match(text, begin, end)
            if games is None or not _GAMES.search(games.group()):
                break
            shared.append(games.group())
            position = games.end() + 1
            continue
        found += [Prize(name, prize.end) for name in (_completed(s, prize.name) for s in shared) if name]
        shared = []
        found.append(prize)
        position = prize.end
        more = _JOIN.match(text, position, end)
        if more is None:
            break
        position = more.end()
    return found


def _in_quotes(text: str, start: int, end: int, honour: bool, listed: bool) -> Prize | None:
    match = _quoted().match(text, start, end)
    if match is None:
        return None
    stop = match.end()
    tail = _NAME_TAIL.match(text, stop, end)
    name = match.group()
    if tail is not None and not text.startswith("奖学金", tail.end() - 1):
        return Prize(text[start : tail.end()], tail.end())
    titled = _TITLE_TAIL.match(text, stop, end)
    known = honour or listed or (titled is not None and titled.group()) or _LISTED.match(text, stop, end)
    inner = match.group("quote")[1:-1]
    if not known and not inner.endswith(words("awards", "prizes", "endings")):
        return None
    if match.group("lead") and not honour and not listed and _plain().match(text, start, match.start("quote")):
        return None
    return Prize(name if match.group("lead") else inner, stop)


def _in_plain(text: str, start: int, end: int, honour: bool) -> Prize | None:
    match = _plain().match(text, start, end)
    if match is not None and len(match.group()) > 1:
        return Prize(_TITLE_END.sub("", match.group()) or match.group(), match.end())
    match = _honour().match(text, start, end) if honour else None
    return Prize(match.group().rstrip(), match.end()) if match is not None else None


_TITLE_END = re.compile(r"(?<=.{4})(?:的?荣誉称号|的?称号)$")


def _completed(games: str, prize: str) -> str:
    """1988年汉城奥运会 of 1992年巴塞罗那奥运会女子跳板冠军: with what was won at it."""
    ending = _GAMES.search(games)
    if ending is None:
        return ""
    edition = _EDITION.search(prize) if ending.group() in ("届", "年") else None
    if edition is not None:
        return games + prize[edition.end() :]
    at = prize.rfind(ending.group())
    return games + prize[at + len(ending.group()) :] if at >= 0 else ""


def prize_named(text: str, start: int, end: int) -> Prize | None:
    """The prize that was named last in a stretch: 茅盾文学奖揭晓，…获奖."""
    endings = alternatives(words("awards", "prizes", "proper"))
    found = None
    for match in re.compile(
        f"(?:本届|此次|该|首届)?(?P<name>[^，。；、“”《》的\\s]{{2,20}}?(?:{endings}))(?=揭晓|评选|颁奖|获奖|颁给|授予|公布|名单|评审|，|、|的)"
    ).finditer(text, start, end):
        found = Prize(match.group("name"), match.end("name"))
    return found


def contest_title(text: str, start: int, end: int) -> str:
    """The title that winning a contest gives, from its name before 夺冠: 青河马拉松锦标赛冠军; empty where none is named."""
    match = _CONTEST.search(text, start, end)
    if match is None:
        return ""
    name = re.sub(r"(?:项目)?(?:总?决赛|比赛|争夺战|角逐)$", "", match.group())
    return f"{name}冠军" if len(name) >= 4 else ""
