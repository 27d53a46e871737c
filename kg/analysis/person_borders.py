"""Where the names of persons begin and end, judged by the whole article; who is meant by a surname with a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kg.analysis.person_shapes import written_in_sounds
from kg.analysis.persons import looks_chinese, transliterated, verbs_after
from kg.language.lexicon import alternatives, surnames, table, words
from kg.model import Mention

_HYPHENS = "-－–"
_AFTER = "时开所完则在说称将对向与为已也又还就从由被把给再曾正视病"
_HAN = re.compile("[\u4e00-\u9fff]")
_OPENERS = "，。、：；！？“”（）()《》【】 　\n对向和与在由给请跟同随经是"
_LEADER, _HIS_TITLE = "习近平", "总书记"


def settled(text: str, found: Sequence[Mention]) -> list[Mention]:
    """An article's persons with their borders agreed, and those that are called by their title alone.

    ``林芳`` that 正 follows wherever it stands is 林芳正; 王强代 is 王强 where he stands alone elsewhere; ``向庞波同志`` is
    庞波; ``郭书记`` is a person where one of that surname is named.
    """
    found = _whole(text, _hyphenated(text, [m for m in found if not _no_name(text, m)]))
    counts = Counter(m.text for m in found)
    grown = {name: _grown(text, name) for name in sorted(counts)}
    full = {longer for name, longer in grown.items() if longer != name}
    settled_ = [_cut(text, _extended(text, m, grown), counts, full) for m in found]
    return [*settled_, *_by_title(text, settled_)]


def _no_name(text: str, mention: Mention) -> bool:
    """A surname alone; a thinker who only stands in the name of a doctrine."""
    return len(mention.text) < 2 or text.startswith("主义", mention.end)


def _hyphenated(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Foreign names whose parts a hyphen joins (让-皮埃尔), found in pieces, put together."""
    joined: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        stem = re.sub("（.*|\\(.*", "", mention.text).rstrip(_HYPHENS)
        if len(stem) < len(mention.text) and len(stem) > 1:
            mention = replace(mention, end=mention.start + len(stem), text=stem)
        before = mention.start - 1
        if before > 0 and text[before] in _HYPHENS and transliterated(re.sub("[·•・‧]|[-－–]", "", stem)):
            if joined and joined[-1].end == before:
                first = joined.pop()
                mention = replace(mention, start=first.start, text=text[first.start : mention.end])
            elif not any(m.start < before < m.end for m in joined):
                start = before
                while start > 0 and before - start < 4 and transliterated(text[start - 1]):
                    start -= 1
                if start < before:
                    mention = replace(mention, start=start, text=text[start : mention.end])
        if not (joined and mention.start < joined[-1].end and mention.end <= joined[-1].end):
            joined.append(mention)
    return joined


_FOREIGNER = re.compile("(?:总理|总统|首相|秘书长|外长|议长|大臣|发言人|国王|部长|主席)$")


def _whole(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Foreign names put together that a tagger parted or cut askew: 斯托尔|滕贝格, 向泽连|斯基 where 泽连斯基 is named."""
    known = sorted({m.text for m in found if len(m.text) > 3 and transliterated(m.text)}, key=lambda n: (-len(n), n))
    for name in known:
        for match in re.finditer(re.escape(name), text):
            start, end = match.span()
            over = [m for m in found if m.start < end and start < m.end]
            if over and all(m.end - m.start < len(name) + 2 and not (m.start <= start and end <= m.end) for m in over):
                whole = Mention(start, end, "person", name, over[0].sources, max(m.score for m in over))
                found = [*(m for m in found if m not in over), whole]
    joined: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end == mention.start
            and len(last.text) + len(mention.text) < 8
            and written_in_sounds(last.text)
            and written_in_sounds(mention.text)
            and not (
                looks_chinese(last.text)
                and looks_chinese(mention.text)
                and not _FOREIGNER.search(text[max(0, last.start - 4) : last.start])
            )
        ):
            joined[-1] = replace(last, end=mention.end, text=text[last.start : mention.end])
        else:
            joined.append(mention)
    return joined


def _grown(text: str, name: str) -> str:
    """A name of two characters with the third that follows it everywhere."""
    if len(name) != 2 or not looks_chinese(name):
        return name
    following = {text[m.end() : m.end() + 1] for m in re.finditer(re.escape(name), text)}
    if len(following) != 1:
        return name
    character = following.pop()
    times = text.count(name)
    certain = 3 if character in verbs_after() else 2
    if times < certain or not _HAN.fullmatch(character) or character in table("names")["not_in_given_names"]:
        return name
    # what follows is the same, too, where one sentence is printed twice: a name shows in different company
    company = {text[m.end() : m.end() + 2] for m in re.finditer(re.escape(name + character), text)}
    if len(company) < 2 or any(
        text.startswith(words("names", "joined_after"), m.end()) for m in re.finditer(re.escape(name), text)
    ):
        return name
    return name + character


def _extended(text: str, mention: Mention, grown: dict[str, str]) -> Mention:
    longer = grown[mention.text]
    if longer == mention.text or not text.startswith(longer, mention.start):
        return mention
    return Mention(mention.start, mention.start + 3, "person", longer, mention.sources, mention.score)


def _cut(text: str, mention: Mention, counts: Counter[str], full: set[str]) -> Mention:
    """Without the verb after it or the preposition before it that a tagger took for a part of the name."""
    name, start = mention.text, mention.start
    if name in full:
        return mention
    if len(name) == 4 and name[3] in "家等们" and looks_chinese(name[:3]) and name[:2] not in surnames()[1]:
        name = name[:3]
    if len(name) == 3 and name[0] in "向和与同对跟于" and counts[name[1:]] and looks_chinese(name[1:]):
        name, start = name[1:], start + 1
    elif name[0] in "同向与和对" and len(name) > 4 and transliterated(name[1:]) and not transliterated(name[0]):
        name, start = name[1:], start + 1  # 同恩达伊施米耶总统通电话
    elif len(name) > 2 and counts[name[:-1]] and transliterated(name[:-1]) and not transliterated(name[-1]):
        name = name[:-1]  # 拜登开
    elif len(name) == 3 and name[2] in _AFTER and counts[name[:2]] > 1 and counts[name] == 1:
        name = name[:2]  # 普京时
    elif (prefix := re.match("[文图摄] +", name)) is not None:
        name, start = name[prefix.end() :], start + prefix.end()
    elif len(name) > 2 and name[-1] == "摄" and (looks_chinese(name[:-1]) or len(name) > 3):
        name = name[:-1]
    elif (
        len(name) == 3
        and name[0] in "小老"
        and name[2] in verbs_after()
        and text.startswith(("正在", "将在"), start + 2)
    ):
        name = name[:2]
    elif (len(name) == 3 and looks_chinese(name[:2])) or (len(name) == 3 and name[1] == "某"):
        alone = len(re.findall(re.escape(name[:2]) + f"(?!{name[2]})", text))
        if (name[2] in verbs_after() and ((counts[name[:2]] and alone) or name[1] == "某")) or text.startswith(
            words("names", "verb_ends"), start + 2
        ):
            name = name[:2]
    if name == mention.text:
        return mention
    return Mention(start, start + len(name), "person", name, mention.sources, mention.score)


@cache
def _titled() -> re.Pattern[str]:
    single, _ = surnames()
    return re.compile(
        f"([{''.join(sorted(single - set('代和向于与')))}])(?:{alternatives(words('names', 'called_by'))})(?![\u4e00-\u9fff]?[·])"
    )


def _by_title(text: str, found: Sequence[Mention]) -> list[Mention]:
    """``郭书记`` where but one 郭 is named, ``总书记`` where 习近平总书记 is."""
    covered = {offset for m in found for offset in range(m.start, m.end)}
    by_surname: dict[str, set[str]] = {}
    for mention in found:
        if looks_chinese(mention.text) and mention.text[1] != "某":
            by_surname.setdefault(mention.text[0], set()).add(mention.text)
    called = []
    for match in _titled().finditer(text):
        start, end = match.span()
        if (
            start in covered
            or (start and text[start - 1] not in _OPENERS)
            or len(by_surname.get(match.group(1), ())) != 1
        ):
            continue
        called.append(Mention(start, end, "person", match.group(), ("grammar",), 0.9))
    if _LEADER + _HIS_TITLE in text:
        for match in re.finditer(_HIS_TITLE, text):
            start, end = match.span()
            if start and text[start - 1] in _OPENERS and not text.startswith(("记", "的", "重要", "关于"), end):
                called.append(Mention(start, end, "person", match.group(), ("grammar",), 0.9))
    return called


def called_by_title(name: str, names: Sequence[str]) -> str:
    """Whom a surname with a title means among an article's names, or nobody.

    >>> called_by_title("郭书记", ["郭任维", "郭书记", "李明"])
    '郭任维'
    """
    if name == _HIS_TITLE:
        return _LEADER if _LEADER in names else ""
    if _titled().fullmatch(name) is None:
        return ""
    same = [n for n in names if n != name and n[0] == name[0] and looks_chinese(n) and _titled().fullmatch(n) is None]
    return same[0] if len(same) == 1 else ""
