"""What the parts of a newspaper page look like: datelines, bylines, captions, furniture, headlines.

All patterns read normalized text (half-width digits and letters, simplified script). They judge one paragraph by
itself; what its neighbours say is for ``layout``.
"""

from __future__ import annotations

import re

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
HEADLINE_LENGTH = 36
"""Characters of the longest headline line. Print sets at most some 30 in a line (the sample page: 32)."""
CAPTION_LENGTH = 120
"""Characters of the longest caption that ends in a credit."""
INSET_LENGTH = 60
"""Characters of the longest caption that only its place (blank lines, inside a sentence) shows to be one."""

_MARK = r"[■□●○◆◇▲△★☆▶►*\s]*"
_AGENCY = r"(?:新华社|新华网|中新社|中新网|中国新闻网|人民网|央视网|央广网|国际在线|光明网|法新社|路透社)"
_REPORTER = (
    r"(?:本报|本社|本刊|本网|本台|新华社|中新社|新京报|人民日报|[" + HAN + r"]{2,6}(?:日报|晚报|晨报|网|台))?"
    r"(?:驻[" + HAN + r"]{1,6})?(?:特约|特派|首席|见习|实习|全媒体|融媒体|全媒|新媒体)*"
    r"(?:记者|通讯员|评论员|撰稿人|特约撰稿)"
)
_NAME = rf"[{HAN}·]{{2,4}}"
_NAMES = rf"{_NAME}(?:[ 、,，]{{1,3}}{_NAME})*"

_DATELINE = re.compile(
    rf"{_MARK}(?:"
    r"(?:本报|本刊|本网|本台|本台消息|本刊讯)[^。，,]{0,16}?(?:讯|电|消息|综合报道)"
    rf"|据?{_AGENCY}[^。，,]{{0,16}}?(?:电|讯|消息)(?![{HAN}]{{0,2}}[社视台话脑力网])"
    rf"|[{HAN}]{{2,8}}(?:日报|晚报|晨报|早报|都市报|商报|时报|新闻网|频道|客户端)(?:讯|消息)"
    rf"|(?:本报|本社|本刊)(?:特约|特派|首席|见习|实习|全媒体|融媒体)*(?:记者|通讯员)[ :：]*{_NAMES}"
    r"\s*(?:报道|摄影报道|文/图)?"
    r"(?:[ 。]|$)"
    rf"|[{HAN}]{{2,8}}?(?:网|报|台|社|传媒|融媒|新闻|客户端)(?:首席|见习|实习|全媒体|融媒体)*(?:记者|通讯员) {_NAME}"
    r"|[(（](?:本报)?(?:首席|见习|实习|全媒体|融媒体)*记者"
    r")"
)
_BYLINE = re.compile(
    rf"(?!{_MARK}记者[{HAN}]){_MARK}[(（\[【]?(?:{_REPORTER}[ :：]*{_NAMES}(?:[ /／]*{_REPORTER}[ :：]*{_NAMES})*"
    rf"|(?:作者|撰文|文|执笔|采写)[ :：/／|]+{_NAMES})"
    r"\s*(?:综合)?(?:报道|摄影报道|文/图|文图|文/摄|整理|综合)?\s*[)）\]】]?"
)
_CREDIT = re.compile(
    rf"(?:^|[。!！？\s(（)）,，、/／记者员社报网])[{HAN}·]{{1,12}}(?:[ 、]{{1,2}}{_NAME}){{0,4}}\s*[/／(（]?\s*"
    r"(?:(?<![拍航])摄影?(?:报道)?|供图|提供图片|[/ ]图|绘图|制图)\s*[)）】]?。?$"
    rf"|[(（【](?:摄影|图|供图|图片来源|来源|图源|图片)[ :：/／]?[^()（）]{{2,20}}[)）】]。?$"
    rf"|(?:摄影|摄|供图|图|图片来源|图片)[:：/／]\s*{_NAMES}\s*$"
)
_CAPTION_START = re.compile(
    r"[(（\[【]?(?:图为|图片为|上图|下图|左图|右图|图[①-⑳一二三四五六1-9]+[为:：.、 ]|[▲△▼▽◀◁▷▶►↑↓←→])"
)
_CAPTION_WHOLE = re.compile(
    rf"[(（\[【]?[{HAN}A-Za-z0-9“”·、]{{0,14}}(?:现场|现场图|现场图片|现场照片|图片|资料图|资料图片|资料照片|资料片|"
    r"效果图|示意图|截图|视频截图|合影)\s*[)）\]】]?。?"
)
_DAY = r"[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?"
_DAY_LINE = re.compile(_DAY)
_FURNITURE = re.compile(
    r"(?:"
    r"(?:第\s*[A-D]?\s*[0-9〇一二三四五六七八九十]{1,3}\s*版|[A-D]?[0-9]{1,3}版)[ :：·|]*\S{0,10}"
    r"|(?:P|p|Page |page )\.?[0-9]{1,3}|[A-D][0-9]{1,2}(?:[ :：|/-]+\S{0,10})?|[-—·. ]{0,4}[0-9]{1,3}[-—·. ]{0,4}"
    r"|[(（【]?\s*(?:紧?下转|上接|转|接)\s*(?:第?\s*[A-D]?[0-9一二三四五六七八九十]{1,3}\s*(?:、[0-9]+)?版?|[^。]{0,8}版)"
    r"[^。]{0,8}[)）】]?"
    r"|(?:本版)?(?:责任编辑|责编|值班编辑|编辑|主编|美编|美术编辑|版式|校对|审校|检校|审核|签发|监制|终审|一审|二审|三审|组版|"
    r"制图|统筹|本期编辑|本版编辑|图编|见习编辑|实习编辑|值班主任|值班总编|编审)"
    r"(?:\s*[:：/／|]\s*|\s+)[" + HAN + r" ·、:：/／|]{2,40}"
    r"|(?:来源|稿源|浏览次数|阅读|点击|字号|分享到)\s*[:：][^。，]{0,30}"
    r"|(?:原标题|推荐阅读|相关阅读|相关链接)\s*[:：][^。]{0,32}"
    r"|(?:分享到|打印|关闭|收藏|扫一扫|推荐阅读|相关阅读|相关链接|更多精彩|点击进入专题|下一篇|上一篇)"
    r"|(?:(?!据|从|在|通过)[^。，]{0,30}|[^。]{0,20}(?:关注|扫|长按|欢迎)[^。]{0,20})(?:扫码|扫描?[^。]{0,6}二维码|长按[^。]{0,8}二维码|微信公众号|官方微博|新闻热线|投稿邮箱|电子邮箱|联系邮箱|广告热线|"
    r"订阅热线|发行热线|广告刊登|版权所有|未经授权|邮发代号|国内统一(?:连续出版物|刊)号|零售价?每?份|总第\s*[0-9]+期|E-?mail)[^。，]{0,40}。?"
    r"|[^。，]{0,20}[\w.+-]+@[\w-]+\.[\w.]+[^。]{0,10}"
    r"|(?:https?://|www\.)\S+"
    r"|[-=_*—─━~·•.#＿\s]{3,}"
    r"|[(（\[【]?广告[)）\]】]?|(?:首页|要闻|正文|返回首页|上一篇|下一篇)(?:[ >|/»]+\S{1,8}){0,6}"
    r"|[^。，]{0,12}[0-9]{4}年\s*[0-9]{1,2}月\s*[0-9]{1,2}日\s*(?:星期|周)[一二三四五六日天][^。，]{0,30}"
    r"|(?:星期|周)[一二三四五六日天](?:\s+\S{1,12}){0,4}|农历\S{4,14}"
    rf"|{_DAY}(?:\s+[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?|(?=\s*(?:来源|作者|编辑|责编|责任编辑|浏览|阅读|字号|\||｜)))"
    r"(?:\s*(?:来源|作者|编辑|责编|责任编辑|浏览|阅读|字号|\||｜)[^。]{0,40})?"
    r")"
)
_PAGE_MARK = re.compile(
    r"第\s*[A-D]?[0-9〇一二三四五六七八九十]{1,3}\s*版.{0,12}|[A-D][0-9]{1,2}(?:[ :：|/-]+\S{0,10})?|[-=_*—─━]{5,}"
)
CONTINUED = re.compile(r"[(（【]\s*紧?下转[^。()（）【】]{1,14}[)）】]\s*$")
"""``（下转第2版）`` at the end of a paragraph."""
CONTINUING = re.compile(r"^\s*[(（【]\s*紧?上接[^。()（）【】]{1,14}[)）】]\s*")
"""``（上接第1版）`` at the start of a paragraph."""
PRINTED_DATE = re.compile(
    r"(?P<date>[0-9]{4}年\s*[0-9]{1,2}月\s*[0-9]{1,2}日)\s*(?:星期|周)"
    r"|^(?P<iso>[0-9]{4}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2})日?(?![0-9])"
)
PRINTED_SOURCE = re.compile(r"(?:来源|稿源)\s*[:：]\s*(?P<source>[^\s|｜:：]{2,20})")

_ITEM = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[、)）.]|[(（]?[0-9]{1,2}[、)）]|[0-9]{1,2}[.](?![0-9])|第[一二三四五六七八九十百]{1,4}[条章节]"
    r"|[①-⑳●■◆★▲•]|(?:问|答|记者|主持人)[:：])"
)
_NUMERALS = frozenset("一二三四五六七八九十")
_CLOSING = frozenset("，。、；：！？）》”’】〉」』,;:!?)]}…%")
_FINAL = frozenset("。！？…!?”’）)：:；;】]」』|｜~～")
_OPEN_END = re.compile(rf"[{HAN}A-Za-z0-9，,、《“‘（(》〉%·—-]")


def is_finished(text: str) -> bool:
    """Whether a paragraph ends as a sentence, a quotation, a bracket or a list line ends."""
    return not text or text[-1] in _FINAL or not _OPEN_END.match(text[-1])


def continues(text: str) -> bool:
    """Whether a paragraph can only be the rest of another: it begins with a closing mark."""
    return text[:1] in _CLOSING and not text.startswith("…")


def starts_numeral(text: str) -> bool:
    """Whether a paragraph begins as ``一、`` does: an item, or the second half of a word (``统|一、全面``)."""
    return text[:1] in _NUMERALS and starts_item(text)


def starts_item(text: str) -> bool:
    """Whether a paragraph begins as a list item or an answer does."""
    return _ITEM.match(text) is not None


def is_dateline(text: str) -> bool:
    """Whether a paragraph begins as the body of an article begins: ``本报讯（记者…）``, ``新华社北京6月2日电``."""
    return _DATELINE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether a paragraph is nothing but who wrote it: ``本报记者 张三 李四``, ``（记者 王五）``."""
    return len(text) <= 60 and _BYLINE.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Whether a short paragraph shows by itself to be a caption: by its credit or its wording."""
    if len(text) > CAPTION_LENGTH:
        return False
    if has_credit(text) or _CAPTION_WHOLE.fullmatch(text):
        return True
    return _CAPTION_START.match(text) is not None and is_finished(text)


def is_credit(text: str) -> bool:
    """Whether a paragraph is a photo credit and no more: ``梁琛 摄``."""
    return len(text) <= 20 and "。" not in text and has_credit(text)


def has_credit(text: str) -> bool:
    """Whether a short paragraph ends in a photo credit: ``梁琛 摄``, ``张三/图``, ``（李四供图）``."""
    return len(text) <= CAPTION_LENGTH and _CREDIT.search(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a short paragraph belongs to the page and no article: page marks, editors, addresses, advertisements."""
    return len(text) <= 90 and _FURNITURE.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a line is a day and no more: of publication above an article, in one a heading of a chronicle."""
    return len(text) <= 12 and _DAY_LINE.fullmatch(text) is not None


def is_page_mark(text: str) -> bool:
    """Whether a line of furniture says that a new page or part of a page begins."""
    return _PAGE_MARK.fullmatch(text) is not None


def is_headline_like(text: str) -> bool:
    """Whether a paragraph can be a line of a headline: short, no sentence mark inside, not cut off at its end."""
    if not 2 <= len(text) <= HEADLINE_LENGTH or text[-1] in "，,、：:；;。（(《“—" or text[0] in _CLOSING:
        return False
    if any(text.count(mark) > text.count(other) for mark, other in ("“”", "（）", "《》", "()")):  # cut off inside
        return False
    return "。" not in text and "；" not in text and not is_dateline(text) and not is_byline(text)
