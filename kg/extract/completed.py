"""The body that a mention before a post names, its name made complete by the chain, the article or its own form."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analysis.document import Document
from kg.extract.body import Body
from kg.extract.body_words import LEAGUE, OF_LEAGUE
from kg.extract.elided import Elided
from kg.extract.titles import LEVELS, is_local, looks_like_body, place_of
from kg.language import gazetteer
from kg.language.lexicon import national_bodies
from kg.model import Mention, Span

_LEVEL = re.compile("自治[区州县旗]|[省市县区州旗]")
_STUDY = re.compile("(?P<body>.{2,}(?:大学|学院|研究院|研究所))(?P<study>.{2,8}(?<!大|中|小|科|医)学)")
_VILLAGE = re.compile("(?:村|社区)(?=(?:党|两?委|居委|民委|团))")
_SOCIETY = re.compile("^(?:共青团|民进|民盟|民革|民建|台盟|农工党|致公党|九三学社|民主党派)(?:中央)?")
_SOCIETY_OF = re.compile("(?P<name>民进|民盟|民革|民建|台盟|农工党|致公党|九三学社)(?P<level>[省市县区])(?=委)")
_TERM = re.compile("^(?:新一届|本届|上届)(?=.{2})")
_MINISTRIES = frozenset(
    "财政部 外交部 国防部 内政部 司法部 商务部 教育部 卫生部 农业部 工业部 能源部 交通部 劳工部 贸易部 经济部 环境部 文化部 国土安全部 旅游部 科技部".split()
)
COURT = re.compile("^.+(?:法院|检察院)(?=(?:审判|检察)委员会$|审委会$|检委会$)")


class Completed:
    """Names of bodies in posts.

    Attributes:
        chain: the bodies of the chain that is read, so far.
    """

    def __init__(self, document: Document, left_out: Elided) -> None:
        self._document, self._left_out = document, left_out
        self.chain: list[Body] = []
        self._places: dict[int, tuple[Mention, ...]] = {}
        for mention in document.mentions:
            if mention.type == "place" and len(mention.text) > 1:
                self._places[mention.end] = (*self._places.get(mention.end, ()), mention)

    def anchor(self, mention: Mention) -> Body:
        name = self._document.name(mention)
        if mention.type == "organization" and (near := self._of_chain(mention)) and not name.endswith(near):
            return Body(
                "organization", near, mention.span, None, f"接前文{self.chain[-1].name if self.chain else near}", 0.85
            )
        if name != mention.text and self._of_another(mention, name):
            return Body("organization", mention.text, mention.span)
        if mention.type == "organization" and (special := self._special(mention, name)) is not None:
            return special
        reason = self._document.reasons.get(mention.span, "")
        national = mention.text[:2] in gazetteer.countries() or (
            mention.text in national_bodies() and name == f"中国{mention.text}"
        )
        if name != mention.text and name.endswith(mention.text) and national:
            return Body("organization", mention.text, mention.span)
        if (
            mention.type == "organization"
            and mention.text[0] in "区州县"
            and self._document.text.endswith("自治", 0, mention.start)
            and (place := self._left_out.nearest_place(f"自治{mention.text[0]}", mention.end))
        ):
            return Body("organization", place + mention.text[1:], None, None, f"前文提到{place}", 0.8)
        if mention.type == "organization" and mention.text[0] in LEVELS:  # 江西|省发展改革委: the place was cut off
            for cut in self._places.get(mention.start, ()) + self._places.get(mention.start + 1, ()):
                whole = self._document.text[cut.start : mention.end]
                return Body("organization", whole, Span(cut.start, mention.end))
        return Body(mention.type, name, mention.span, mention, reason)  # type: ignore[arg-type]

    def _of_chain(self, mention: Mention) -> str:
        """A local body by the place of that level which the chain has named: 福建省委常委，|省政府|副省长."""
        text = mention.text
        level = _LEVEL.match(text)
        if level is None or not (is_local(text, level.end()) or self._document.name(mention) != text):
            return ""
        said = self.chain
        if (
            not said
            and self._left_out.last is not None
            and not self._document.reasons.get(mention.span, "").startswith("本句")
        ):
            said = [self._left_out.last]
        for body in reversed(said):
            place = body.name if body.type == "place" else place_of(_SOCIETY.sub("", body.name))
            if level.group() == "区" and place.endswith("自治区"):
                continue
            if place.endswith(level.group()) and len(place) > len(level.group()):
                name = self._document.name(mention)
                known = place_of(name)
                if name.startswith(place) or (known and place.endswith(known)):
                    return ""  # said already
                return place + text[level.end() :]
        return ""

    def _special(self, mention: Mention, name: str) -> Body | None:
        """Bodies whose names are completed in a way of their own."""
        text, printed = self._document.text, mention.text
        if (league := LEAGUE.search(text, max(0, mention.start - 10), mention.start)) and OF_LEAGUE.match(printed):
            return Body("organization", f"共青团{name}", Span(league.start(), mention.end), None, "", 0.85)
        if study := _STUDY.fullmatch(printed):  # 又石大学警察行政学|教授
            return Body(
                "organization",
                study.group("body"),
                Span(mention.start, mention.start + study.end("body")),
                None,
                "",
                0.85,
                study.group("study"),
            )
        if _TERM.match(printed):  # 新一届自治区总工会
            inner = _TERM.sub("", printed)
            shorter = replace(mention, start=mention.end - len(inner), text=inner)
            near = self._of_chain(shorter)
            if (
                not near
                and (rank := _LEVEL.match(inner))
                and (place := self._left_out.nearest_place(rank.group(), mention.start))
            ):
                near = place + inner[rank.end() :]
            return Body("organization", near or inner, shorter.span, None, "", 0.8)
        if name == printed and (society := _SOCIETY_OF.match(printed)):  # 民建|市委
            locality, level = self._document.locality or "", society.group("level")
            place = locality if locality.endswith(level) else self._left_out.nearest_place(level, mention.start)
            rest = printed[society.end("level") :]
            return (
                Body(
                    "organization",
                    f"{society.group('name')}{place}{rest}",
                    mention.span,
                    None,
                    f"全文所述之地为{place}",
                    0.75,
                )
                if place
                else None
            )
        if village := _VILLAGE.match(printed):
            place = self._left_out.nearest_place(village.group(), mention.start)
            return (
                Body("organization", place + printed[village.end() :], None, None, f"前文提到{place}", 0.75)
                if place
                else None
            )
        if name != printed and printed[:2] in ("街道", "镇党", "镇政", "乡党", "乡政"):
            level = "街道" if printed.startswith("街道") else printed[0]
            if not name.removesuffix(printed).endswith(level) and (
                place := self._left_out.nearest_place(level, mention.start)
            ):
                return Body("organization", place + printed.removeprefix(level), None, None, f"前文提到{place}", 0.75)
        if name != printed and (court := COURT.match(name.removesuffix(printed))):
            return Body("organization", court.group() + printed, None, None, f"{printed}属{court.group()}", 0.8)
        if printed in _MINISTRIES and name == printed:
            last = self._left_out.last
            if last is not None and last.type == "place" and last.name in gazetteer.countries() and last.name != "中国":
                return Body("organization", last.name + printed, None, None, f"接本句前文{last.name}", 0.8)
        return None

    def _of_another(self, mention: Mention, name: str) -> bool:
        """Whether a name was completed with a body though it begins with the name of one, or with a number that is not printed."""
        text = mention.text
        if mention.type != "organization":
            return False
        if "第" in name and "第" not in text and text[:2] == name[:2]:
            return True  # 市人民医院 is no 市第二人民医院
        added = name.removesuffix(text)
        return (
            added != name
            and len(added) > 3
            and looks_like_body(added)
            and any(
                other.type == "organization" and 2 < len(other.text) < len(text) - 2 and text.startswith(other.text)
                for other in self._document.mentions
            )
        )
