"""Changes of posts told beside the name of the holder, and posts that a notice only describes.

Rules:
    newly-named      新任命的青河市商务局局长周大同
    holder-leaves    董事长李小满因个人原因辞职; 总理钱立国3日宣布辞职; 主教练周大同下课
    holder-stays     会长周大同成功连任
    holder-removed   解除商务局局长周大同的职务; 罢免议长钱立国
    elected-list     选举产生会长周大同，副会长李小满、孙文静
    open-post        周大同，男，1974年4月生，现任青河市副市长，拟任省直单位正职
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.draft import Draft
from kg.extract.story import Story
from kg.language.lexicon import alternatives, title_heads, words
from kg.model import Fact, Span

_NEW = re.compile(
    r"(?P<elected>新近?当选的?|新选出的)|(?:新任命的?|新上任的?|新到任的?|新履新的|新就任的|新就职的|刚刚?上任的|刚刚?履新的|刚刚?就任的|新任的?|新晋|新聘的?|新聘任的?)"
)
_BEFORE_VERB = r"(?:同志|先生|女士)?(?:因[^，。；]{1,24}?|在[^，。；]{1,10}?|向[^，。；]{1,14}?|于?(?:当地时间)?(?:\d{1,2}月)?\d{1,2}日(?:上午|下午|晚间?|凌晨)?|提交|递交|已经?|也|都|均|双双|先后|随后|而|正式|宣布|提出|申请|突然|主动|被迫|率先|即将|将于[^，。；]{1,8}|日前|近日|昨日|今日|当天|于[^，。；]{1,8}日|，)*"
_GONE = re.compile(
    _BEFORE_VERB
    + r"(?P<not>没有|未|不会|拒绝|否认)?(?:(?P<resigned>辞职|请辞|辞任|引咎辞职|挂冠|辞呈|的?(?:书面)?辞[职任](?:报告|申请|信|函|请求))|(?:[被遭](?:免职|解职|撤职|撤换|罢免|解雇|解聘|罢黜|弹劾下台|炒)|离任|卸任|去职|下台|下课|离职|退位))(?![信书函要申报后前时])"
)
_STAYS = re.compile(
    r"(?:同志|先生|女士)?(?:再次|再度|成功|顺利|获得?|高票|全票|得以|如愿|宣布|，)*(?P<verb>连任|获续聘|留任)(?=[，。；！]|$)"
)
_TAKEN = re.compile(
    r"(?:(?P<post>解除|免去|撤销|免除|撤去|暂停)|(?P<man>罢免|解雇|解聘|撤换|撤掉|炒掉|罢黜))了?(?:原|其|前)?$"
)
_POST_OF = re.compile(
    r"(?:同志|先生|女士)?的?(?:一切|全部|党内外?|行政|上述|相关|相应|所有|现任|有关|领导|该|现有|聘用|执教){0,2}(?:职务|合同|一职)"
)
_WISHED = re.compile(
    r"(?:要求|呼吁|建议|提议|可能|威胁|考虑|准备|希望|计划|打算|试图|企图|主张|或|将|拟|拒绝|没有|未|不会|是否|若)[^，。；]{0,6}$"
)
_CHOSEN = re.compile(
    r"(?:选举|推选|推举|改选|换届选举|票选|公选|投票|表决|选)(?:并?(?:产生|选出|出)|产生出)(?:的|了)?(?:[^，。；、：]{0,24}(?:新一届|新任|第[^，。；、]{1,4}届|首届|首任|领导班子|领导机构|理事会|班子)[^，。；、：]{0,14})?[：:，,]?(?:其中[，,]?|由)?"
)
_JOINED = re.compile(
    r"(?:同志|先生|女士|等|\d+[人名位]|[一二两三四五六七八九十]+[人名位]|[、，,；;和及与\s]|以及|并|其中)*"
)
_OWN_CLAUSE = re.compile(
    r"(?:同志|先生|女士)?(?:等?[一二两三四五六七八九十\d]*[人名位]?)?(?:[，、；。,;！]|和|及|以及|并|共|[一二两三四五六七八九十\d]+[人名位]|$|\n)"
)


def read(story: Story) -> None:
    """Add the appointments that stand beside the posts of persons, and those to posts that a notice leaves open."""
    _holders(story)
    _chosen(story)
    _open_posts(story)


def _add(draft: Draft, fact: Fact, span: Span, rule: str, change: str) -> None:
    draft.fact(
        "appointment", fact.subject, fact.object, span, rule, confidence=0.75, reason=fact.reason,
        title=fact.qualifier("title"), change=change,
    )  # fmt: skip


def _holders(story: Story) -> None:
    """What stands right before or after a post and its holder says that the post changes."""
    text = story.document.text
    for fact in story.draft.facts("position"):
        if fact.rule != "title-before-name" or fact.status == "candidate":
            continue
        sentence = story.document.sentence_at(fact.evidence.start)
        start, end = fact.evidence
        if fact.qualifier("former"):
            continue
        title = text.find(fact.qualifier("title"), start, end)
        comes = next(
            (
                m
                for at in (start, title)
                for m in _NEW.finditer(text, max(sentence.start, at - 6), max(at, sentence.start))
                if m.end() == at
            ),
            None,
        )
        if comes is not None:
            change = "elected" if comes.group("elected") else "appointed"
            _add(story.draft, fact, Span(min(comes.start(), start), end), "newly-named", change)
        elif (goes := _GONE.match(text, end, sentence.end)) is not None and not goes.group("not"):
            change = "resigned" if goes.group("resigned") else "removed"
            _add(story.draft, fact, Span(start, goes.end()), "holder-leaves", change)
        elif (stays := _STAYS.match(text, end, sentence.end)) is not None:
            change = "elected" if stays.group("verb") == "连任" else "appointed"
            _add(story.draft, fact, Span(start, stays.end()), "holder-stays", change)
        elif (taken := _TAKEN.search(text, sentence.start, start)) is not None and not _WISHED.search(
            text, sentence.start, taken.start()
        ):
            after = _POST_OF.match(text, end, sentence.end)
            if taken.group("man") or after is not None:
                _add(story.draft, fact, Span(taken.start(), after.end() if after else end), "holder-removed", "removed")


_LISTED = ("title-before-name", "shared-title", "post-colon-name", "post-is-name")  # without a verb of their own


def _chosen(story: Story) -> None:
    """选举产生会长甲，副会长乙、丙: all the posts with their holders that a list after the verb names."""
    text = story.document.text
    held = sorted(
        story.draft.facts("position"),
        key=lambda f: (f.evidence.end, f.evidence.start),
    )
    for sentence in story.document.sentences:
        verb = _CHOSEN.search(text, *sentence.span)
        if verb is None or _WISHED.search(text, sentence.start, verb.start()):
            continue
        reached = verb.end()
        for fact in held:
            if not (verb.end() <= fact.evidence.start and fact.evidence.end <= sentence.end):
                continue
            if fact.evidence.start > reached and _JOINED.fullmatch(text, reached, fact.evidence.start) is None:
                break
            if _OWN_CLAUSE.match(text, fact.evidence.end, sentence.end) is None:
                break
            reached = max(reached, fact.evidence.end)
            if fact.rule in _LISTED:
                _add(story.draft, fact, Span(verb.start(), fact.evidence.end), "elected-list", "elected")


_LEVEL = "(?:省部|厅局|司局|县处|乡科|[省部厅司局处科])"
_KINDS = (
    rf"(?:[正副]职(?:领导)?(?:职务|干部|岗位)?|[正副]{_LEVEL}(?:长)?级?(?:领导)?(?:职务|干部|岗位|职级)?|[一二三四]级(?:巡视员|调研员|主任科员|主办|高级警长|警长)"
    r"|领导班子(?:成员|副职|正职)|领导职务|(?:县|乡|镇|街道)?[（(][市县区旗镇乡办街道、]{1,8}[）)](?:委(?:副?书记|常委)?|长|党(?:工)?委(?:副?书记)?|政府[正副]职|[正副]职)"
    r"|(?:副(?:县|区))[（(][市县区旗、]{1,6}[）)]长)"
)


@cache
def _open_post() -> re.Pattern[str]:
    verbs = alternatives([v for v in words("appointments", "verbs", "nominated") if v.startswith("拟")])
    levels = "副省级城市|设区市|省辖市|地级市|县级市|市州|[省市区县州]直(?:属|管)?(?:单位|机关|部门|企业|企事业单位|事业单位)?|[省市区县州][属管](?:[^，。；（(]{0,4})?(?:企业|高校|本科高校|高职院校|事业单位|院校|国企|金融企业)|(?:[^，。；（(、]{0,10})?派出机构|(?:县|区)[（(][市县区、]{1,6}[）)]直?(?:单位|部门)?|开发区|乡镇|街道"
    return re.compile(
        rf"(?P<verb>{verbs})(?P<body>{levels})?(?P<title>{_KINDS}|(?<=[位市业校构区])[^，。；（(]{{0,8}}?(?:{alternatives(title_heads())}))(?P<kind>候选人|人选|提名人选)?(?=[，。；、（(\n]|$)"
    )


def _open_posts(story: Story) -> None:
    """拟任省直单位正职: a notice that names the rank of the post alone. It is about whom its sentence begins with."""
    document = story.document
    for sentence in document.sentences:
        for match in _open_post().finditer(document.text, *sentence.span):
            persons = document.mentions_in(sentence.start, match.start(), "person")
            known = [
                f
                for f in story.draft.facts("appointment")
                if f.qualifier("change") == "nominated" and f.evidence.start <= match.start("title") < f.evidence.end
            ]
            if not persons or known:
                continue
            person = persons[0] if persons[0].start - sentence.start <= 6 else persons[-1]
            body = ""
            if match.group("body"):
                body = story.draft.entity("organization", match.group("body"), span=Span(*match.span("body")))
            title = f"{match.group('title')}{match.group('kind') or ''}"
            story.draft.fact(
                "appointment", story.draft.mentioned(person), body, Span(person.start, match.end()), "open-post",
                confidence=0.75, title=title, change="nominated",
            )  # fmt: skip
